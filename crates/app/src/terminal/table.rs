//! One line per repetition.

use wire::report::{Analysis, Rep, RepSide};

use super::{BOLD, DIM, RED, Text, color};
use crate::phrases;

pub(super) fn table(out: &mut Text, analysis: &Analysis) {
    if analysis.rep_list.is_empty() {
        return;
    }
    let one_sided = analysis.rep_list.iter().any(|rep| rep.side != RepSide::Both);
    let side_head = if one_sided { "side   " } else { "" };
    out.line("");
    out.line(&format!(
        "{BOLD}  #  {side_head}start    length  range   tempo e–b–c–t     peak m/s  score{BOLD:#}"
    ));
    for rep in &analysis.rep_list {
        row(out, rep, one_sided);
    }
}

fn row(out: &mut Text, rep: &Rep, one_sided: bool) {
    let side = if one_sided { format!("{:<7}", phrases::side(rep.side)) } else { String::new() };
    let reasons: Vec<String> =
        rep.reasons.iter().map(|id| phrases::title(id).to_lowercase()).collect();
    let style = color(rep.score);
    let score = rep.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"));
    #[expect(clippy::cast_precision_loss, reason = "a repetition lasts seconds")]
    let length = (rep.end_ms - rep.start_ms) as f64 / 1000.0;
    let verdict = if rep.counted { String::new() } else { format!("  {RED}✗{RED:#}") };
    out.line(&format!(
        "{DIM}{:>3}{DIM:#}  {side}{:<8} {:>5.1} s  {:>4.0}°   {:<17} {:>7.2}  {style}{score:>5}{style:#}{verdict}",
        rep.number,
        phrases::clock(rep.start_ms),
        length,
        rep.rom_deg,
        phrases::tempo(&rep.tempo_s),
        rep.peak_speed,
    ));
    if !reasons.is_empty() {
        out.line(&format!("     {RED}attempt: {}{RED:#}", reasons.join(", ")));
    }
}
