//! What is known of an athlete, as JSON: the profile that onboarding gives, and the state that screens show.

use catalog::Catalog;
use serde::{Deserialize, Serialize};
use training::athlete::{self, Body, RedFlag, Sex};
use training::exercise::{Kit, Level, Limit, Pattern, Role};
use training::program::{Goal, Weekday};
use units::ExerciseId;

use crate::live::WireError;
use crate::plans::HOUSEHOLD;

/// What somebody has told. Health data (`limits`, `body`, `red_flags`) only with `consent.health`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `lose_weight`, `back_strength`, `neck_strength` or `gain_mass`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub goal: Goal,
    /// `beginner`, `intermediate` or `advanced`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub level: Level,
    /// 1..=6 different ones of `mon` to `sun`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub weekdays: Vec<Weekday>,
    /// Length of a session, 15..=120.
    pub minutes: u16,
    /// What there is.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub kit: Vec<Kit>,
    /// What hurts or forbids.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub limits: Vec<Limit>,
    /// Ids of exercises that are not wanted.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub avoid: Vec<ExerciseId>,
    /// Measures of the body.
    #[serde(default)]
    pub body: Option<BodyMeasures>,
    /// What a professional should see first: `chest_pain`, `fainting`, `heart_condition`, `recent_surgery`, `pregnancy`,
    /// `under_16` or `told_not_to`. With any of them there is no plan, only light movement.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub red_flags: Vec<RedFlag>,
    /// What may be kept.
    pub consent: Consent,
}

/// Measures of a body; what is unknown is null, not zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BodyMeasures {
    /// 100..=250.
    #[serde(default)]
    pub height_cm: Option<f64>,
    /// 25..=350.
    #[serde(default)]
    pub body_mass_kg: Option<f64>,
    /// Year of birth.
    #[serde(default)]
    pub birth_year: Option<i16>,
    /// `female` or `male`, as far as formulas ask for it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub sex: Option<Sex>,
}

/// What may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Health data. Taking it back takes them out of the profile and of whatever is planned from then on; what the log says of
    /// earlier days goes with the account.
    pub health: bool,
}

/// What is known of an athlete.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct State {
    /// Grows with everything that happens.
    pub version: u64,
    /// What was told; null before onboarding.
    pub profile: Option<Profile>,
    /// Whether there is only light movement, until a professional has said otherwise.
    pub light_only: bool,
    /// Ids of light exercises that need nothing special; filled where `light_only`.
    pub light: Vec<String>,
    /// The plan that is followed; null where there is none, or only light movement.
    pub plan: Option<PlanInShort>,
}

/// The plan that is followed, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanInShort {
    /// Its name.
    pub id: String,
    /// As in `UserGoal`.
    pub goal: &'static str,
    /// As in `UserGoal`.
    pub level: &'static str,
    /// The Monday of its first week, `2026-11-23`.
    pub starts_on: String,
    /// How many.
    pub weeks: usize,
    /// As in `WorkoutPlan`.
    pub source: &'static str,
    /// Whether there is a change to take back.
    pub can_undo: bool,
}

impl Profile {
    /// Reads a request's body. Whether it may be kept, the domain decides.
    ///
    /// # Errors
    /// When it is not JSON, or a field is missing, unknown or of the wrong kind.
    pub fn read(text: &str) -> Result<Self, WireError> {
        serde_json::from_str(text)
            .map_err(|error| WireError::new("body", format!("is no Profile: {error}")))
    }
}

impl From<Profile> for athlete::Profile {
    fn from(told: Profile) -> Self {
        Self {
            goal: told.goal,
            level: told.level,
            weekdays: told.weekdays,
            minutes: told.minutes,
            kit: told.kit,
            limits: told.limits,
            avoid: told.avoid,
            body: told.body.map(|body| Body {
                height_cm: body.height_cm,
                body_mass_kg: body.body_mass_kg,
                birth_year: body.birth_year,
                sex: body.sex,
            }),
            red_flags: told.red_flags,
            health_consent: told.consent.health,
        }
    }
}

impl From<athlete::Profile> for Profile {
    fn from(kept: athlete::Profile) -> Self {
        Self {
            goal: kept.goal,
            level: kept.level,
            weekdays: kept.weekdays,
            minutes: kept.minutes,
            kit: kept.kit,
            limits: kept.limits,
            avoid: kept.avoid,
            body: kept.body.map(|body| BodyMeasures {
                height_cm: body.height_cm,
                body_mass_kg: body.body_mass_kg,
                birth_year: body.birth_year,
                sex: body.sex,
            }),
            red_flags: kept.red_flags,
            consent: Consent { health: kept.health_consent },
        }
    }
}

/// The state as it is answered.
#[must_use]
pub fn told(state: &athlete::State, version: u64, catalog: &Catalog) -> State {
    let flagged = state.profile.as_ref().filter(|profile| profile.light_only());
    State {
        version,
        profile: state.profile.clone().map(Profile::from),
        light_only: flagged.is_some(),
        light: flagged.map_or_else(Vec::new, |profile| light(profile, catalog)),
        plan: state.plan.as_ref().filter(|_| flagged.is_none()).map(|plan| PlanInShort {
            id: plan.made.id.to_string(),
            goal: plan.made.intake.goal.as_str(),
            level: plan.made.intake.level.as_str(),
            starts_on: plan.made.starts_on.to_string(),
            weeks: plan.made.program.weeks.len(),
            source: plan.made.source.as_str(),
            can_undo: !plan.changes.is_empty(),
        }),
    }
}

/// Easy movement with what every home has, that none of the person's own limits and no general condition speaks against.
fn light(profile: &athlete::Profile, catalog: &Catalog) -> Vec<String> {
    // What the heart may have nothing to do with yet.
    let for_heart = [RedFlag::ChestPain, RedFlag::Fainting, RedFlag::HeartCondition];
    let heart = profile.red_flags.iter().any(|flag| for_heart.contains(flag));
    let easy = |entry: &catalog::Entry| {
        let calm = entry.pattern == Pattern::Mobility || entry.pattern == Pattern::Steady && !heart;
        calm && entry.level == Level::Beginner
            && !entry.limits.iter().any(|limit| CONDITIONS.contains(limit))
            && !entry.limits.iter().any(|limit| profile.limits.contains(limit))
            && entry.kit.iter().all(|kit| HOUSEHOLD.contains(kit))
            && entry.roles.iter().any(|role| *role != Role::Work)
    };
    let all = catalog.library().iter().filter(|entry| easy(entry));
    all.map(|entry| entry.id.to_string()).collect()
}

/// Limits that are no single joint's: who has red flags may have these without knowing.
const CONDITIONS: [Limit; 5] = [
    Limit::Hypertension,
    Limit::Osteoporosis,
    Limit::PelvicFloor,
    Limit::PregnancyLate,
    Limit::Vertigo,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_survives_the_way_in_and_out() {
        let text = r#"{"goal":"gain_mass","level":"beginner","weekdays":["mon","fri"],"minutes":45,"kit":["mat"],
            "limits":["knee_pain"],"avoid":["burpee"],"body":{"height_cm":172.5,"sex":"female"},"red_flags":["fainting"],
            "consent":{"health":true}}"#;
        let told_in = Profile::read(text).expect("a profile");
        let kept = athlete::Profile::from(told_in.clone());
        assert_eq!(Profile::from(kept.clone()), told_in);
        let state = athlete::State { profile: Some(kept), ..athlete::State::default() };
        let catalog = Catalog::builtin().expect("well-formed");
        let told_out = told(&state, 3, &catalog);
        assert_eq!((told_out.version, told_out.light_only), (3, true));
        let calm =
            ["breathing", "cat_cow"].iter().any(|id| told_out.light.contains(&(*id).to_owned()));
        assert!(calm && told_out.light.len() >= 3, "{:?}", told_out.light);
        assert!(!told_out.light.contains(&"shadow_boxing".to_owned()));
    }

    #[test]
    fn what_is_no_profile_is_refused() {
        let check = |text: &str, part: &str| {
            let error = Profile::read(text).expect_err(text);
            assert!(error.to_string().contains(part), "{error}");
        };
        check("", "is no Profile");
        check("{}", "missing field `goal`");
        check(
            r#"{"goal":"gain_mass","level":"beginner","weekdays":["mon"],"minutes":45}"#,
            "missing field `consent`",
        );
        check(
            r#"{"goal":"gain_mass","level":"beginner","weekdays":["mon"],"minutes":45,"consent":{"health":true},"name":"x"}"#,
            "unknown field `name`",
        );
        check(
            r#"{"goal":"gain_mass","level":"beginner","weekdays":["mon"],"minutes":-1,"consent":{"health":true}}"#,
            "invalid value: integer `-1`",
        );
    }
}
