//! Every repetition in a table.

use maud::{Markup, html};
use wire::report::{Analysis, Rep, RepSide};

use super::grade_class;
use crate::phrases;

pub(super) fn table(analysis: &Analysis) -> Markup {
    if analysis.rep_list.is_empty() {
        return html! {};
    }
    let sided = analysis.rep_list.iter().any(|rep| rep.side != RepSide::Both);
    html! {
        section.card {
            h2 { "Every repetition" }
            div.scroll {
                table {
                    thead {
                        tr {
                            th scope="col" { "#" }
                            @if sided { th scope="col" { "Side" } }
                            th.minor scope="col" { "Start" }
                            th.num.minor scope="col" { "Length" }
                            th.num scope="col" { "Range" }
                            th.num scope="col" { "Tempo" }
                            th.num.minor scope="col" { "Peak speed" }
                            th.num scope="col" { "Score" }
                            th scope="col" { "Standard" }
                        }
                    }
                    tbody { @for rep in &analysis.rep_list { (row(rep, sided)) } }
                }
            }
            p.small { "Tempo is seconds lowering – bottom – lifting – top, of the working muscle. Range is the first joint's." }
        }
    }
}

fn row(rep: &Rep, sided: bool) -> Markup {
    #[expect(clippy::cast_precision_loss, reason = "a repetition lasts seconds")]
    let secs = (rep.end_ms - rep.start_ms) as f64 / 1000.0;
    let reasons: Vec<String> =
        rep.reasons.iter().map(|id| phrases::title(id).to_lowercase()).collect();
    html! {
        tr.(if rep.counted { "counted" } else { "attempt" }) {
            th scope="row" { (rep.number) }
            @if sided { td { (phrases::side(rep.side)) } }
            td.minor { (phrases::clock(rep.start_ms)) }
            td.num.minor { (format!("{secs:.1} s")) }
            td.num { (format!("{:.0}°", rep.rom_deg)) }
            td.num { (phrases::tempo(&rep.tempo_s)) }
            td.num.minor { (format!("{:.2} m/s", rep.peak_speed)) }
            td.num.score.(grade_class(rep.score)) { (rep.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}"))) }
            td { @if rep.counted { span.met { "met" } } @else { span.missed { (reasons.join(", ")) } } }
        }
    }
}
