//! The next set as JSON: what a device asks, and what it is told.

use coach::next_set::sentence;
use serde::{Deserialize, Serialize};
use training::athlete::State;
use training::copilot::{Reason, Suggestion, next_set};
use training::exercise::{Dose, Facts, Kit, LoadKind};
use training::loading::MassUnit;
use training::session::Session;
use units::{ExerciseId, Language, Side};

use super::{LoadingTold, PerformedSet, SetTarget, kilograms};
use crate::live::WireError;

/// What a device asks that reckons for itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextSetAsked {
    /// Of which exercise.
    pub exercise: ExerciseAsked,
    /// Of which side, where sides work alone.
    #[serde(default)]
    pub side: Option<Side>,
    /// What the set asks for; null where nothing does.
    #[serde(default)]
    pub target: Option<SetTarget>,
    /// Today's sets of it, in order.
    pub sets: Vec<PerformedSet>,
    /// What there is to lift.
    pub loading: LoadingTold,
}

/// What the answer rests on of an exercise. The device knows it of one's own exercises, too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExerciseAsked {
    /// Its id.
    pub id: ExerciseId,
    /// What it needs.
    pub kit: Vec<Kit>,
    /// What makes it harder.
    pub load: LoadKind,
    /// What a set is counted in.
    pub dose: Dose,
}

/// What to do in the next set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextSetTold {
    /// Load, as it can be made of what there is; null where there is none, or only the person can find it.
    pub load_kg: Option<f64>,
    /// Repetitions to aim for; null where a set is counted in seconds.
    pub reps: Option<u16>,
    /// Seconds to aim for; null where a set is counted in repetitions.
    pub seconds: Option<u16>,
    /// Repetitions to keep in reserve.
    pub rir: Option<u8>,
    /// Why, the weightiest first.
    pub why: Vec<ReasonTold>,
}

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonTold {
    /// `as_asked`, `as_begun`, `slowed_down`, `came_apart`, `too_heavy`, `too_light`, `fits`, `estimate`, `no_reserve` or
    /// `none_near`.
    pub reason: &'static str,
    /// In a sentence.
    pub text: String,
}

impl NextSetAsked {
    /// Answers a question: nothing where nothing is asked for and nothing was done yet.
    ///
    /// # Errors
    /// When the question is not JSON, or a field is missing, unknown or cannot be kept exactly.
    pub fn answer(text: &str, language: Language) -> Result<Option<NextSetTold>, WireError> {
        let asked: Self = serde_json::from_str(text)
            .map_err(|error| WireError::new("body", format!("is no NextSetAsked: {error}")))?;
        let ExerciseAsked { id, kit, load, dose } = asked.exercise;
        let facts = Facts { kit, load, dose, ..Facts::unknown(id) };
        let target = asked.target.map(|target| target.kept(asked.side)).transpose()?;
        let sets: Result<Vec<_>, WireError> =
            asked.sets.into_iter().map(PerformedSet::kept).collect();
        let loading = asked.loading.kept()?;
        loading.check().map_err(|invalid| WireError::new(invalid.field, invalid.remedy))?;
        let suggestion = next_set(&facts, asked.side, &sets?, target, &loading);
        Ok(suggestion.map(|one| told(&one, dose, loading.unit, language)))
    }
}

/// What to do next in a session of an exercise: what its last set asked for holds for the next, too.
#[must_use]
pub fn in_session(
    state: &State,
    session: &Session,
    facts: &Facts,
    side: Option<Side>,
    language: Language,
) -> Option<NextSetTold> {
    let of = |set: &&training::session::PerformedSet| {
        set.counts() && set.exercise == facts.id && set.side == side
    };
    let last = session.sets.iter().rfind(of).and_then(|set| set.target);
    let decided = || state.decided(&facts.id).map(|decision| decision.next);
    let suggestion = next_set(facts, side, &session.sets, last.or_else(decided), &state.loading)?;
    Some(told(&suggestion, facts.dose, state.loading.unit, language))
}

fn told(suggestion: &Suggestion, dose: Dose, unit: MassUnit, language: Language) -> NextSetTold {
    let Suggestion { load_g, reps, rir, why } = suggestion;
    let timed = dose.is_timed();
    let reason = |&reason: &Reason| ReasonTold {
        reason: name(reason),
        text: sentence(reason, unit, language),
    };
    NextSetTold {
        load_kg: load_g.map(kilograms),
        reps: (!timed).then_some(*reps),
        seconds: timed.then_some(*reps),
        rir: *rir,
        why: why.iter().map(reason).collect(),
    }
}

fn name(reason: Reason) -> &'static str {
    match reason {
        Reason::AsAsked => "as_asked",
        Reason::AsBegun => "as_begun",
        Reason::SlowedDown { .. } => "slowed_down",
        Reason::CameApart { .. } => "came_apart",
        Reason::TooHeavy { .. } => "too_heavy",
        Reason::TooLight { .. } => "too_light",
        Reason::Fits => "fits",
        Reason::Estimate { .. } => "estimate",
        Reason::NoReserve => "no_reserve",
        Reason::NoneNear => "none_near",
    }
}
