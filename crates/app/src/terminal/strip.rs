//! The whole set on one line of time: where each repetition was and how good.

use units::Language;
use wire::report::{Analysis, Rep, RepSide};

use super::{DIM, Text, color};
use crate::phrases;

/// Columns of the time line.
const N_COLUMNS: i64 = 64;

pub(super) fn strip(out: &mut Text, language: Language, analysis: &Analysis) {
    let Some((first, last)) = analysis.rep_list.first().zip(analysis.rep_list.last()) else {
        return;
    };
    let duration_ms =
        i64::try_from(analysis.duration_ms).unwrap_or(i64::MAX).max(last.end_ms).max(1);
    let one_sided =
        analysis.rep_list.iter().any(|rep| rep.side != first.side) || first.side != RepSide::Both;
    out.line("");
    let lanes: &[Option<RepSide>] =
        if one_sided { &[Some(RepSide::Left), Some(RepSide::Right)] } else { &[None] };
    let indent = if one_sided { 7 } else { 0 };
    for &side in lanes {
        let shown =
            |rep: &&Rep| side.is_none_or(|side| rep.side == side || rep.side == RepSide::Both);
        let reps: Vec<&Rep> = analysis.rep_list.iter().filter(shown).collect();
        let name = side.map_or("", |side| phrases::side(language, side));
        lane(out, &format!("{name:<indent$}"), &reps, duration_ms);
    }
    let [begin, end] = [0, duration_ms].map(|ms| phrases::clock(language, ms));
    let key = match analysis.attempts {
        0 => "",
        _ => language.pick("█ rep  ▒ attempt", "█ Wiederholung  ▒ Versuch"),
    };
    let (indent, width) = (" ".repeat(indent), 58 - end.len());
    out.line(&format!("{indent}{DIM}{begin}{key:^width$}{end}{DIM:#}"));
}

fn lane(out: &mut Text, name: &str, reps: &[&Rep], duration_ms: i64) {
    let column = |ms: i64| {
        i64::try_from(i128::from(ms) * i128::from(N_COLUMNS) / i128::from(duration_ms)).unwrap_or(0)
    };
    let (mut bars, mut numbers) = (String::from(name), " ".repeat(name.len()));
    let mut at = 0;
    for rep in reps {
        let start = column(rep.start_ms).clamp(at, N_COLUMNS);
        let end = column(rep.end_ms).clamp(start, N_COLUMNS).max((start + 1).min(N_COLUMNS));
        for _ in at..start {
            bars += &format!("{DIM}·{DIM:#}");
            numbers.push(' ');
        }
        let (style, fill) = (color(rep.score), if rep.counted { "█" } else { "▒" });
        for cell in start..end {
            // A thinner last cell keeps neighbors apart.
            let last = cell + 1 == end && end - start > 1;
            let cell = if last { "▌" } else { fill };
            bars += &format!("{style}{cell}{style:#}");
        }
        let width = usize::try_from(end - start).unwrap_or(0);
        let number = rep.number.to_string();
        if number.len() <= width {
            numbers += &format!("{number:^width$}");
        } else {
            numbers += &" ".repeat(width);
        }
        at = end;
    }
    for _ in at..N_COLUMNS {
        bars += &format!("{DIM}·{DIM:#}");
    }
    out.line(&bars);
    out.line(&format!("{DIM}{}{DIM:#}", numbers.trim_end()));
}
