//! What a week means, as facts with the names of their rules and the numbers that they rest on. Words are made elsewhere.

use units::ExerciseId;

use crate::exercise::Muscle;
use crate::load_state::State;
use crate::measured::Confidence;
use crate::progress::Progress;
use crate::review::WeeklyReview;
use crate::series::Point;
use crate::trend::{Direction, Trend};

/// Under this part of its planned sets a muscle had little, above the other one much.
const LITTLE: f64 = 0.7;
const MUCH: f64 = 1.3;
/// Fewer planned sets than this are too few to hold a muscle to.
const FEWEST_PLANNED: f64 = 2.0;
/// Where more than this part of the sets have no reserve told, numbers are rough.
const UNTOLD: f64 = 0.5;

/// Something that a week means.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// All planned sessions were done.
    AllDone {
        /// How many.
        n_planned: usize,
    },
    /// Fewer sessions than planned were done.
    Missed {
        /// Done.
        n_done: usize,
        /// Planned.
        n_planned: usize,
    },
    /// A muscle had less than 0.7 of its planned sets.
    LittleVolume {
        /// Which.
        muscle: Muscle,
        /// Hard sets.
        sets: f64,
        /// Planned.
        planned: f64,
    },
    /// A muscle had more than 1.3 times its planned sets.
    MuchVolume {
        /// Which.
        muscle: Muscle,
        /// Hard sets.
        sets: f64,
        /// Planned.
        planned: f64,
    },
    /// The last seven days were not as usual.
    Load {
        /// How: low, high, spike or returning.
        state: State,
        /// How many times the usual load; none where that is unknown.
        ratio: Option<f64>,
    },
    /// Strength in an exercise goes up, with all of its interval.
    Stronger(ExerciseId, Trend),
    /// Strength in an exercise goes down: by the rule of regressions, or with all of its interval.
    Weaker(ExerciseId, Trend),
    /// Technique in an exercise goes up, with all of its interval.
    CleanerTechnique(ExerciseId, Trend),
    /// Technique in an exercise goes down, with all of its interval.
    RougherTechnique(ExerciseId, Trend),
    /// Something was better than ever before.
    Records {
        /// How many.
        n: usize,
    },
    /// Few sets have told how much was in reserve, so volume and strength are rough.
    ReserveUntold {
        /// Sets without.
        n_untold: usize,
        /// Of so many.
        n_sets: usize,
    },
}

impl Finding {
    /// The name of its rule.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::AllDone { .. } => "week.all_done",
            Self::Missed { .. } => "week.missed",
            Self::LittleVolume { .. } => "volume.little",
            Self::MuchVolume { .. } => "volume.much",
            Self::Load { .. } => "load.not_usual",
            Self::Stronger(..) => "strength.up",
            Self::Weaker(..) => "strength.down",
            Self::CleanerTechnique(..) => "technique.up",
            Self::RougherTechnique(..) => "technique.down",
            Self::Records { .. } => "records.new",
            Self::ReserveUntold { .. } => "effort.untold",
        }
    }
}

/// What a week means. While it goes on, what is not done yet is nothing missed.
pub(crate) fn findings(review: &WeeklyReview, progress: &[Progress], over: bool) -> Vec<Finding> {
    let mut all = Vec::new();
    match review.n_planned {
        Some(n_planned) if n_planned > 0 && review.n_done >= n_planned => {
            all.push(Finding::AllDone { n_planned });
        }
        Some(n_planned) if over && review.n_done < n_planned => {
            all.push(Finding::Missed { n_done: review.n_done, n_planned });
        }
        _ => {}
    }
    for muscle in &review.muscles {
        let (Ok(done), Some(planned)) =
            (muscle.done, muscle.planned.filter(|planned| *planned >= FEWEST_PLANNED))
        else {
            continue;
        };
        let (muscle, sets) = (muscle.muscle, done.value);
        if over && !review.eased && sets < LITTLE * planned {
            all.push(Finding::LittleVolume { muscle, sets, planned });
        } else if sets > MUCH * planned {
            all.push(Finding::MuchVolume { muscle, sets, planned });
        }
    }
    if let Ok(load) = review.load_state {
        let eased = review.eased && load.value.state == State::Low;
        if !eased
            && !matches!(load.value.state, State::Ok | State::Calibrating)
            && (over || load.value.state != State::Low)
        {
            all.push(Finding::Load { state: load.value.state, ratio: load.value.ratio });
        }
    }
    let done_this_week =
        |points: &[Point]| points.last().is_some_and(|point| point.on >= review.monday);
    for progress in progress {
        let id = || progress.series.exercise.clone();
        let sure = |trend: &crate::measured::Measurement<Trend>| {
            trend.ok().filter(|trend| trend.confidence > Confidence::Low).map(|trend| trend.value)
        };
        if let Some(trend) =
            sure(&progress.strength).filter(|_| done_this_week(&progress.series.strength))
        {
            if trend.regression || trend.direction() == Direction::Falling {
                all.push(Finding::Weaker(id(), trend));
            } else if trend.direction() == Direction::Rising {
                all.push(Finding::Stronger(id(), trend));
            }
        }
        if let Some(trend) =
            sure(&progress.technique).filter(|_| done_this_week(&progress.series.technique))
        {
            match trend.direction() {
                Direction::Rising => all.push(Finding::CleanerTechnique(id(), trend)),
                Direction::Falling => all.push(Finding::RougherTechnique(id(), trend)),
                Direction::Unclear => {}
            }
        }
    }
    let n = review.records.iter().filter(|record| record.beat.is_some()).count();
    if n > 0 {
        all.push(Finding::Records { n });
    }
    let (n_untold, n_sets) = review.reserve_untold;
    if crate::math::as_f64(n_untold) > UNTOLD * crate::math::as_f64(n_sets) {
        all.push(Finding::ReserveUntold { n_untold, n_sets });
    }
    all
}
