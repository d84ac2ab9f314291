//! Every repetition in a table.

use maud::{Markup, html};
use units::Language;
use wire::report::{Rep, RepSide};

use super::grade_class;
use crate::judge::Answer;
use crate::phrases;

pub(super) fn table(answer: &Answer<'_>) -> Markup {
    let (analysis, language) = (&answer.analysis, answer.language);
    if analysis.rep_list.is_empty() {
        return html! {};
    }
    let missed = |rep: &Rep| {
        answer.set.as_ref().map(|set| phrases::missed(set.engine.standard(), &rep.reasons))
    };
    let sided = analysis.rep_list.iter().any(|rep| rep.side != RepSide::Both);
    html! {
        section.card {
            h2 { (language.pick("Every repetition", "Jede Wiederholung")) }
            div.scroll {
                table {
                    thead {
                        tr {
                            th scope="col" { "#" }
                            @if sided { th scope="col" { (language.pick("Side", "Seite")) } }
                            th.minor scope="col" { (language.pick("Start", "Beginn")) }
                            th.num.minor scope="col" { (language.pick("Length", "Dauer")) }
                            th.num scope="col" { (language.pick("Range", "Weg")) }
                            th.num scope="col" { "Tempo" }
                            th.num.minor scope="col" { (language.pick("Peak speed", "Höchsttempo")) }
                            th.num scope="col" { (language.pick("Score", "Punkte")) }
                            th scope="col" { (language.pick("Standard", "Maßstab")) }
                        }
                    }
                    tbody { @for rep in &analysis.rep_list { (row(language, rep, missed(rep), sided)) } }
                }
            }
            p.small {
                (language.pick(
                    "Tempo is seconds lowering – bottom – lifting – top, of the working muscle. Range is the first joint's.",
                    "Tempo: Sekunden nachgeben – unten – anstrengen – oben, vom Muskel aus gesehen. Weg: der des ersten Gelenks.",
                ))
            }
        }
    }
}

fn row(language: Language, rep: &Rep, missed: Option<String>, sided: bool) -> Markup {
    #[expect(clippy::cast_precision_loss, reason = "a repetition lasts seconds")]
    let secs = (rep.end_ms - rep.start_ms) as f64 / 1000.0;
    html! {
        tr.(if rep.counted { "counted" } else { "attempt" }) {
            th scope="row" { (rep.number) }
            @if sided { td { (phrases::side(language, rep.side)) } }
            td.minor { (phrases::clock(language, rep.start_ms)) }
            td.num.minor { (phrases::decimal(language, secs, 1)) " s" }
            td.num { (format!("{:.0}°", rep.rom_deg)) }
            td.num { (phrases::tempo(language, &rep.tempo_s)) }
            td.num.minor { (phrases::decimal(language, rep.peak_speed, 2)) " m/s" }
            td.num.score.(grade_class(rep.score)) { (rep.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"))) }
            td { @if rep.counted { span.met { (language.pick("met", "erfüllt")) } } @else { span.missed { (missed.unwrap_or_default()) } } }
        }
    }
}
