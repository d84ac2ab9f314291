//! How ready somebody is today, from what they said in the morning and what they did in the last days.
//!
//! Everything is held against the person's own four weeks: a three of five from somebody who always says three is as usual.
//! It suggests how much to do and never stops anybody; pain is asked for elsewhere and never averaged in here.

use jiff::civil::Date;

use crate::days;
use crate::exercise::names;
use crate::load::Day;
use crate::load_state::acute_loads;
use crate::math::{median, median_of_answers, robust_sd};
use crate::measured::{Confidence, Measured, Measurement, Missing, unknown};
use crate::session::CheckIn;

/// The own usual is that of so many days before the day.
const OWN_DAYS: i64 = 28;
/// With fewer values than this, what most people say takes its place.
const FEWEST_OWN: usize = 14;
/// What most people say, of 1..=5, and how far apart they are. A judgement.
const PRIOR: (f64, f64) = (3.5, 1.0);
/// Answers are whole numbers, so less spread than this is only their coarseness.
const LEAST_ANSWER_SD: f64 = 0.75;
/// Weekly loads of a constant plan differ by so much of themselves anyway.
const LEAST_LOAD_SD: f64 = 0.15;
/// Single inputs count no more than this, in standard deviations.
const MOST_Z: f64 = 3.0;
/// Little training alone makes nobody readier than this.
const MOST_LOAD_Z: f64 = 1.0;
/// The score of a day like any other, and what a standard deviation moves it.
const USUAL_SCORE: f64 = 70.0;
const SCORE_PER_Z: f64 = 15.0;
/// To go up a band, a score must be so much above its lower end; down it goes at once.
const HYSTERESIS: f64 = 5.0;

names! {
    /// What readiness is made of.
    Input {
        /// Slept well.
        Sleep = "sleep",
        /// Not sore.
        Soreness = "soreness",
        /// Not stressed.
        Stress = "stress",
        /// Wants to train.
        Motivation = "motivation",
        /// The load of the seven days before, less being better.
        Load = "load",
    }
}

names! {
    /// What to make of a day.
    Band {
        /// Under 40: easy, or rest.
        Recover = "recover",
        /// From 40: 10 to 20 % fewer sets.
        Reduce = "reduce",
        /// From 60: as planned.
        Normal = "normal",
        /// From 80: as planned, more if it feels light.
        Push = "push",
    }
}

impl Input {
    /// Its part of the whole, where all are known; they add up to 1.
    #[must_use]
    pub fn weight(self) -> f64 {
        match self {
            Self::Sleep | Self::Load => 0.25,
            Self::Soreness => 0.20,
            Self::Stress | Self::Motivation => 0.15,
        }
    }

    fn answer(self, check_in: &CheckIn) -> Option<f64> {
        let answer = match self {
            Self::Sleep => check_in.sleep,
            Self::Soreness => check_in.soreness,
            Self::Stress => check_in.stress,
            Self::Motivation => check_in.motivation,
            Self::Load => None,
        };
        answer.filter(|answer| (1..=5).contains(answer)).map(f64::from)
    }
}

impl Band {
    fn of(score: f64) -> Self {
        match score {
            80.0.. => Self::Push,
            60.0.. => Self::Normal,
            40.0.. => Self::Reduce,
            _ => Self::Recover,
        }
    }

    /// The band after this one.
    fn next(self, score: f64) -> Self {
        let down = Self::of(score);
        if down <= self { down } else { Self::of(score - HYSTERESIS).max(self) }
    }
}

/// One input of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which.
    pub input: Input,
    /// Its value: an answer 1..=5, or a load.
    pub value: f64,
    /// What it usually is.
    pub usual: f64,
    /// How much better than usual, in standard deviations, −3..=3.
    pub z: f64,
    /// Whether the usual is the person's own; else it is most people's.
    pub own: bool,
}

/// How ready somebody is on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Readiness {
    /// 0..=100; 70 is a day like any other.
    pub score: f64,
    /// What to make of it; it does not flicker between two.
    pub band: Band,
    /// What it is made of, in order of [`Input::ALL`]; what is unknown is not there.
    pub parts: Vec<Part>,
}

impl Readiness {
    /// The score by what the person said alone, where all of it is held against their own usual. A load that is a sign by
    /// itself is not counted twice by it.
    #[must_use]
    pub fn own_answers_score(&self) -> Option<f64> {
        let answers: Vec<&Part> =
            self.parts.iter().filter(|part| part.input != Input::Load).collect();
        score(answers.iter().copied()).filter(|_| answers.iter().all(|part| part.own))
    }
}

/// Readiness on each day from `first` to `last` (at most 1000). `check_ins` are in order of their days, where the later one of
/// a day counts; `loads` are what [`crate::load::daily`] gives.
///
/// The score is 70 + 15 times the weighted mean of what each input is better than usual, robust z against median and scaled
/// MAD of the person's 28 days before (most people's until there are 14 values). Unknown with fewer than two inputs, one of
/// them an answer. `n` counts inputs. Confidence is high with all five and the own usual of each, low with two or where
/// the usual of an answer is most people's.
#[must_use]
pub fn readiness(
    check_ins: &[CheckIn],
    loads: &[Day],
    first: Date,
    last: Date,
) -> Vec<(Date, Measurement<Readiness>)> {
    let acute = Acute { first: loads.first().map(|day| day.on), loads: acute_loads(loads) };
    // Bands remember; two weeks before are enough to know them.
    let mut band: Option<Band> = None;
    let from = days::after(first, -14);
    let mut all = Vec::new();
    for today in days::all(from, last).take(1014) {
        let until = check_ins.partition_point(|check_in| check_in.on <= today);
        let mut value = on_day(&check_ins[..until], &acute, today);
        if let Ok(readiness) = &mut value {
            let score = readiness.value.score;
            let next = band.map_or_else(|| Band::of(score), |band| band.next(score));
            readiness.value.band = next;
            band = Some(next);
        }
        if today >= first {
            all.push((today, value));
        }
    }
    all
}

/// The loads of seven days, by the day after them.
struct Acute {
    first: Option<Date>,
    loads: Vec<f64>,
}

impl Acute {
    /// The load of the seven days before a day, and those of the 28 days before.
    fn before(&self, today: Date) -> Option<(f64, &[f64])> {
        // The first value is of days 0 to 6, so it belongs to day 7.
        let at = days::index(self.first?, today)?.checked_sub(7)?;
        let own =
            &self.loads[at.saturating_sub(28).min(self.loads.len())..at.min(self.loads.len())];
        Some((*self.loads.get(at)?, own))
    }
}

fn on_day(until: &[CheckIn], acute: &Acute, today: Date) -> Measurement<Readiness> {
    let check_in = until.last().filter(|check_in| check_in.on == today);
    let recent = until.partition_point(|check_in| days::between(check_in.on, today) > OWN_DAYS);
    let own: Vec<&CheckIn> =
        until[recent..].iter().filter(|check_in| check_in.on < today).collect();
    let mut parts: Vec<Part> = Input::ALL
        .iter()
        .filter_map(|&input| {
            let value = input.answer(check_in?)?;
            let answers: Vec<f64> =
                own.iter().filter_map(|check_in| input.answer(check_in)).collect();
            let own = median_of_answers(&answers)
                .filter(|_| answers.len() >= FEWEST_OWN)
                .and_then(|usual| Some((usual, robust_sd(&answers, usual)?)));
            let (usual, sd) = own.unwrap_or(PRIOR);
            let z = ((value - usual) / sd.max(LEAST_ANSWER_SD)).clamp(-MOST_Z, MOST_Z);
            Some(Part { input, value, usual, z, own: own.is_some() })
        })
        .collect();
    let n_answers = parts.len();
    parts.extend(load_part(acute, today));
    let Some(score) = score(&parts).filter(|_| n_answers > 0 && parts.len() > 1) else {
        return unknown(Missing::TooFew);
    };
    let confidence = match parts.len() {
        _ if parts.iter().any(|part| !part.own) => Confidence::Low,
        2 => Confidence::Low,
        n if n == Input::ALL.len() => Confidence::High,
        _ => Confidence::Medium,
    };
    let n = parts.len();
    Ok(Measured {
        value: Readiness { score, band: Band::of(score), parts },
        method: "robust_z_of_own_28_days",
        confidence,
        n,
    })
}

/// 0..=100, by the parts that are there; none without any.
fn score<'a>(parts: impl IntoIterator<Item = &'a Part> + Clone) -> Option<f64> {
    let weights: f64 = parts.clone().into_iter().map(|part| part.input.weight()).sum();
    let z = parts.into_iter().map(|part| part.input.weight() * part.z).sum::<f64>() / weights;
    (weights > 0.0).then(|| (USUAL_SCORE + SCORE_PER_Z * z).clamp(0.0, 100.0))
}

fn load_part(acute: &Acute, today: Date) -> Option<Part> {
    let (value, own) = acute.before(today)?;
    if own.len() < FEWEST_OWN {
        return None;
    }
    // Where most of these weeks had no training there is no usual load yet.
    let usual = median(own).filter(|usual| *usual > 0.0)?;
    let sd = robust_sd(own, usual)?;
    let sd = sd.max(LEAST_LOAD_SD * usual);
    let z = if sd > 0.0 { ((usual - value) / sd).clamp(-MOST_Z, MOST_LOAD_Z) } else { 0.0 };
    Some(Part { input: Input::Load, value, usual, z, own: true })
}

#[cfg(test)]
mod tests;
