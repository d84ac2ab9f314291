//! Whether the last seven days were more or less than somebody is used to.
//!
//! It takes the place of the acute:chronic workload ratio, and foretells nothing: dividing by random chronic loads gave the
//! same odds (Impellizzeri 2020). Somebody who comes back after a break is `returning`, whatever the ratio says.

use crate::exercise::names;
use crate::load::{Day, confidence};
use crate::math::median;
use crate::measured::{Confidence, Measured, Measurement, Missing, unknown};

/// Days of a block.
const BLOCK_DAYS: usize = 7;
/// The usual block is the median of so many at most, the latest with any training,
const MOST_BLOCKS: usize = 8;
/// and of so many at least.
const FEWEST_BLOCKS: usize = 3;
/// Blocks longer ago than this say nothing about what is usual today.
const OLDEST_BLOCK: usize = 16;

names! {
    /// How the last seven days compare with the usual ones.
    State {
        /// Too little is known of what is usual.
        Calibrating = "calibrating",
        /// Under 0.7 of the usual.
        Low = "low",
        /// 0.7 to 1.3.
        Ok = "ok",
        /// Above 1.3, to 1.5.
        High = "high",
        /// Above 1.5.
        Spike = "spike",
        /// There were seven days or more without training, and the seven days after them are not over: begin easier.
        Returning = "returning",
    }
}

/// The last seven days against the usual ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoadState {
    /// How they compare.
    pub state: State,
    /// The load of the last seven days.
    pub acute: f64,
    /// The usual load of seven days; none while calibrating.
    pub usual: Option<f64>,
    /// `acute` by `usual`.
    pub ratio: Option<f64>,
    /// How much of the usual volume to plan, percent: 60 in the first seven days after a break of seven or more, 80 in the
    /// next seven, else 100.
    pub ramp_percent: u8,
}

/// The state on the last of the days (see [`crate::load::daily`]). The usual load is the median of up to 8 latest seven-day
/// blocks before these seven days that have any training, of the last 16. `n` counts those blocks; the confidence is high
/// with 6 or more, low where most sessions of the seven days are estimated or while calibrating.
pub fn load_state(days: &[Day]) -> Measurement<LoadState> {
    let Some(first) = days.iter().position(|day| day.load > 0.0) else {
        return unknown(Missing::NothingLogged);
    };
    let days = &days[first..];
    let sum = |block: &[Day]| block.iter().map(|day| day.load).sum::<f64>();
    // Whole blocks only: the first days of somebody's training are no usual week.
    let mut blocks = days.rchunks(BLOCK_DAYS).filter(|block| block.len() == BLOCK_DAYS).map(sum);
    let acute = blocks.next().unwrap_or_else(|| sum(days));
    let before: Vec<f64> = blocks.take(OLDEST_BLOCK).collect();
    let usual: Vec<f64> =
        before.iter().copied().filter(|load| *load > 0.0).take(MOST_BLOCKS).collect();
    let usual_load = median(&usual).filter(|_| usual.len() >= FEWEST_BLOCKS);
    let ratio = usual_load.map(|usual| acute / usual);
    let ramp_percent = ramp_percent(days);
    let state = match ratio {
        _ if ramp_percent == 60 => State::Returning,
        None => State::Calibrating,
        Some(ratio) if ratio < 0.7 => State::Low,
        Some(ratio) if ratio <= 1.3 => State::Ok,
        Some(ratio) if ratio <= 1.5 => State::High,
        Some(_) => State::Spike,
    };
    let estimated = confidence(&days[days.len().saturating_sub(BLOCK_DAYS)..]);
    let by_blocks = match usual.len() {
        0..FEWEST_BLOCKS => Confidence::Low,
        FEWEST_BLOCKS..6 => Confidence::Medium,
        _ => Confidence::High,
    };
    let value = LoadState { state, acute, usual: usual_load, ratio, ramp_percent };
    Ok(Measured {
        value,
        method: "seven_days_by_median_block",
        confidence: by_blocks.min(estimated),
        n: usual.len(),
    })
}

/// How much to plan after a break of seven days or more: the first seven days from the first session after it on (and until
/// there is one) 60, the next seven 80, else 100. The days begin with the first training ever.
fn ramp_percent(days: &[Day]) -> u8 {
    let mut n_off = 0;
    let mut n_back = None;
    for day in days {
        n_back = n_back.map(|n: usize| n + 1);
        if day.load > 0.0 && n_off >= BLOCK_DAYS {
            n_back = Some(0);
        }
        n_off = if day.load > 0.0 { 0 } else { n_off + 1 };
    }
    match n_back {
        _ if n_off >= BLOCK_DAYS => 60,
        Some(0..7) => 60,
        Some(7..14) => 80,
        _ => 100,
    }
}

/// The loads of the seven days that end with each day, from the seventh on.
pub(crate) fn acute_loads(days: &[Day]) -> Vec<f64> {
    days.windows(BLOCK_DAYS).map(|block| block.iter().map(|day| day.load).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::day;

    /// Weeks of three sessions each, of which one session has so much load, then some days of the next week.
    fn check(weeks: &[u32], more: &[u32], expected: &str) {
        let week = |load: u32| [load, 0, load, 0, load, 0, 0];
        let loads = weeks.iter().flat_map(|load| week(*load)).chain(more.iter().copied());
        let one = |(n, load): (i64, u32)| Day {
            on: day(n),
            load: f64::from(load),
            n_sessions: usize::from(load > 0),
            n_estimated: 0,
        };
        let days: Vec<Day> = (0..).zip(loads).map(one).collect();
        let got = match load_state(&days) {
            Ok(Measured { value, confidence, n, .. }) => {
                let ratio =
                    value.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
                format!(
                    "{} {ratio} ramp {} of {n} {}",
                    value.state.as_str(),
                    value.ramp_percent,
                    confidence.as_str()
                )
            }
            Err(unknown) => unknown.why.as_str().to_owned(),
        };
        assert_eq!(got, expected, "{weeks:?} {more:?}");
    }

    #[test]
    fn a_week_is_held_against_the_usual_ones() {
        check(&[], &[], "nothing_logged");
        check(&[0, 0], &[], "nothing_logged");
        check(&[], &[300], "calibrating - ramp 100 of 0 low");
        check(&[300, 300, 300], &[], "calibrating - ramp 100 of 2 low");
        check(&[300, 300, 300, 300], &[], "ok 1.00 ramp 100 of 3 medium");
        check(&[300, 300, 300, 300], &[300, 0, 300], "ok 1.00 ramp 100 of 3 medium");
        check(&[300, 300, 300, 200], &[], "low 0.67 ramp 100 of 3 medium");
        check(&[300, 300, 300, 210], &[], "ok 0.70 ramp 100 of 3 medium");
        check(&[300, 300, 300, 390], &[], "ok 1.30 ramp 100 of 3 medium");
        check(&[300, 300, 300, 450], &[], "high 1.50 ramp 100 of 3 medium");
        check(&[300, 300, 300, 510], &[], "spike 1.70 ramp 100 of 3 medium");
        check(
            &[100, 100, 100, 300, 300, 300, 300, 300, 300, 300, 300, 300],
            &[],
            "ok 1.00 ramp 100 of 8 high",
        );
    }

    #[test]
    fn a_break_leads_back_in_steps() {
        check(&[300, 300, 300, 300], &[0; 4], "low 0.33 ramp 100 of 3 medium");
        check(&[300, 300, 300, 300], &[0; 7], "returning 0.00 ramp 60 of 4 medium");
        check(&[300, 300, 300, 300], &[0; 12], "returning 0.00 ramp 60 of 3 medium");
        check(&[300, 300, 300, 300, 0, 0, 300], &[], "returning 1.00 ramp 60 of 4 medium");
        check(&[300, 300, 300, 300, 0, 0, 300, 300], &[], "ok 1.00 ramp 80 of 5 medium");
        check(&[300, 300, 300, 300, 0, 0, 300, 300, 300], &[], "ok 1.00 ramp 100 of 6 high");
        check(&[&[300; 4][..], &[0; 30], &[300]].concat(), &[], "returning - ramp 60 of 0 low");
        check(&[300, 300, 300, 300, 0], &[300], "returning 0.33 ramp 60 of 4 medium");
        check(&[300, 0, 300], &[], "returning - ramp 60 of 1 low");
    }
}
