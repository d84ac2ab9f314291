//! One line per repetition.

use units::Language;
use wire::report::{Rep, RepSide};

use super::{BOLD, DIM, RED, Text, WIDTH, color, wrap};
use crate::judge::Answer;
use crate::phrases;

pub(super) fn table(out: &mut Text, answer: &Answer<'_>) {
    let (analysis, language) = (&answer.analysis, answer.language);
    if analysis.rep_list.is_empty() {
        return;
    }
    let one_sided = analysis.rep_list.iter().any(|rep| rep.side != RepSide::Both);
    let side_head = if one_sided { language.pick("side   ", "Seite  ") } else { "" };
    let heads = language.pick(
        "start    length  range   tempo e–b–c–t     peak m/s  score",
        "Beginn    Dauer    Weg   Tempo e–u–k–o     max. m/s  Punkte",
    );
    out.line("");
    out.line(&format!("{BOLD}  #  {side_head}{heads}{BOLD:#}"));
    for rep in &analysis.rep_list {
        row(out, language, rep, one_sided);
        if let Some(set) = &answer.set
            && !rep.counted
        {
            let missed = phrases::missed(set.engine.standard(), &rep.reasons);
            let attempt = language.pick("attempt", "Versuch");
            for line in wrap(&format!("{attempt}: {missed}"), WIDTH - 5) {
                out.line(&format!("     {RED}{line}{RED:#}"));
            }
        }
    }
}

fn row(out: &mut Text, language: Language, rep: &Rep, one_sided: bool) {
    let side = phrases::side(language, rep.side);
    let side = if one_sided { format!("{side:<7}") } else { String::new() };
    let style = color(rep.score);
    let score = rep.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"));
    #[expect(clippy::cast_precision_loss, reason = "a repetition lasts seconds")]
    let length = (rep.end_ms - rep.start_ms) as f64 / 1000.0;
    let verdict = if rep.counted { String::new() } else { format!("  {RED}✗{RED:#}") };
    out.line(&format!(
        "{DIM}{:>3}{DIM:#}  {side}{:<8} {:>5} s  {:>4.0}°   {:<17} {:>7}  {style}{score:>5}{style:#}{verdict}",
        rep.number,
        phrases::clock(language, rep.start_ms),
        phrases::decimal(language, length, 1),
        rep.rom_deg,
        phrases::tempo(language, &rep.tempo_s),
        phrases::decimal(language, rep.peak_speed, 2),
    ));
}
