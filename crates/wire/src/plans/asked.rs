//! What somebody asks a plan for: the first specification's `UserGoal`, and everything that may be said besides.

use catalog::Catalog;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use training::athlete::{NewPlan, PlanId, Profile, Source, first_monday};
use training::exercise::{Kit, Level, Limit};
use training::planner::{Intake, Unplannable, plan};
use training::program::{Goal, Program, Weekday};
use units::ExerciseId;

use super::constraint::Constraint;
use crate::live::WireError;

/// Days, minutes and kit where nobody said.
const USUAL_DAYS: u8 = 3;
const USUAL_MINUTES: u16 = 45;
/// What nearly every home has.
pub(crate) const HOUSEHOLD: [Kit; 3] = [Kit::Mat, Kit::Wall, Kit::Chair];
/// More constraints than this, or longer ones, are no constraints.
const MOST_CONSTRAINTS: usize = 20;
const MOST_CHARS: usize = 200;
const MOST_AVOIDED: usize = 200;

/// What somebody wants a plan for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserGoal {
    /// `lose_weight`, `back_strength`, `neck_strength` or `gain_mass`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub goal: Goal,
    /// `beginner`, `intermediate` or `advanced`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub level: Level,
    /// In the person's words: `no barbell`, `knee pain`.
    #[serde(default)]
    pub constraints: Vec<String>,
    /// 1..=6; 3 where nobody says.
    #[serde(default)]
    pub days_per_week: Option<u8>,
    /// Length of a session, 15..=120; 45 where nobody says.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// What there is; a mat, a wall and a chair where nobody says.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub kit: Option<Vec<Kit>>,
    /// What hurts or forbids.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub injuries: Vec<Limit>,
    /// The days themselves, where they matter: `mon` to `sun`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub weekdays: Vec<Weekday>,
    /// Ids of exercises that are not wanted.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub avoid: Vec<ExerciseId>,
    /// Chooses among equals.
    #[serde(default)]
    pub seed: u64,
    /// The day from which on it is followed, on the asker's calendar, `2026-11-21`; today where nobody says.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub start_on: Option<Date>,
    /// Whether a language model may adapt it, where the server has one.
    #[serde(default)]
    pub model: bool,
    /// Whether `injuries`, and constraints that tell of health, may be kept with the plan. Without it they are heeded, and
    /// forgotten.
    #[serde(default)]
    pub health_consent: bool,
}

/// A plan before it has a name and an owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What was understood of the request.
    pub intake: Intake,
    /// What came of it.
    pub program: Program,
    /// Constraints that nobody understood.
    pub not_understood: Vec<String>,
}

impl Planned {
    /// The plan, with its name. What it tells of the person's health stays in it only where they agreed.
    #[must_use]
    pub fn named(
        mut self,
        id: PlanId,
        asked: &UserGoal,
        today: Date,
        health_consent: bool,
    ) -> NewPlan {
        let mut constraints = asked.constraints.clone();
        if !health_consent {
            self.intake.limits.clear();
            self.not_understood.clear();
            constraints.retain(|text| Constraint::of(text).is_some_and(|one| !one.tells_health()));
        }
        NewPlan {
            id,
            source: Source::Deterministic,
            starts_on: first_monday(asked.start_on.unwrap_or(today), &self.intake.weekdays),
            intake: self.intake,
            constraints,
            not_understood: self.not_understood,
            remarks: None,
            health_consent,
            asked: None,
            program: self.program,
        }
    }
}

impl UserGoal {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not JSON, a field is missing, unknown or out of range: with the field and the remedy.
    pub fn read(text: &str) -> Result<Self, WireError> {
        let asked: Self = serde_json::from_str(text)
            .map_err(|error| WireError::new("body", format!("is no UserGoal: {error}")))?;
        if asked.constraints.len() > MOST_CONSTRAINTS
            || asked.constraints.iter().any(|one| one.chars().count() > MOST_CHARS)
        {
            let limits = format!("at most {MOST_CONSTRAINTS} of {MOST_CHARS} characters each");
            return Err(WireError::new("constraints", limits));
        }
        let n_days = asked.days_per_week.unwrap_or(USUAL_DAYS);
        if !(1..=6).contains(&n_days) {
            return Err(WireError::new("days_per_week", "give 1 to 6"));
        }
        let contradicts =
            asked.days_per_week.is_some() && asked.weekdays.len() != usize::from(n_days);
        if !asked.weekdays.is_empty() && contradicts {
            return Err(WireError::new(
                "weekdays",
                "name as many as `days_per_week` says, or leave one out",
            ));
        }
        if asked.avoid.len() > MOST_AVOIDED {
            return Err(WireError::new("avoid", format!("at most {MOST_AVOIDED}")));
        }
        Ok(asked)
    }

    /// The same, with what the profile says of everything that is not said here. What hurts counts in any case.
    #[must_use]
    pub fn with(mut self, profile: &Profile) -> Self {
        if self.weekdays.is_empty() && self.days_per_week.is_none() {
            self.weekdays.clone_from(&profile.weekdays);
        }
        self.minutes = self.minutes.or(Some(profile.minutes));
        // Who rules a thing out in words has the others, which only this request can say.
        let in_words = |text: &String| Constraint::of(text).is_some_and(|one| !one.tells_health());
        if self.kit.is_none() && !self.constraints.iter().any(in_words) {
            self.kit = Some(profile.kit.clone());
        }
        self.injuries.extend(&profile.limits);
        self.avoid.extend(profile.avoid.iter().cloned());
        self.avoid.sort_unstable();
        self.avoid.dedup();
        self
    }

    /// Makes the plan that this asks for.
    ///
    /// # Errors
    /// When the numbers are out of range, or nothing is left that the person may do.
    pub fn plan(&self, catalog: &Catalog) -> Result<Planned, WireError> {
        let (intake, not_understood) = self.intake();
        let library: Vec<_> = catalog.library().iter().map(|entry| entry.facts.clone()).collect();
        let program = plan(&intake, &library).map_err(|error| match error {
            Unplannable::Invalid(field, remedy) => WireError::new(field, remedy),
            Unplannable::NothingLeft(_) | Unplannable::TooLittleLeft => {
                WireError::new("constraints", error.to_string())
            }
        })?;
        Ok(Planned { intake, program, not_understood })
    }

    /// What the planner is told, and the constraints that nobody understood.
    pub(super) fn intake(&self) -> (Intake, Vec<String>) {
        let mut without: Vec<Kit> = Vec::new();
        let mut limits = self.injuries.clone();
        let mut not_understood = Vec::new();
        let mut nothing_at_all = false;
        for constraint in &self.constraints {
            match Constraint::of(constraint) {
                Some(Constraint::Without(kit)) => without.push(kit),
                Some(Constraint::Nothing) => nothing_at_all = true,
                Some(Constraint::Limit(limit)) => limits.push(limit),
                None => not_understood.push(constraint.clone()),
            }
        }
        limits.sort_unstable();
        limits.dedup();
        // Who rules one thing out has others.
        let usual: &[Kit] =
            if without.is_empty() || nothing_at_all { &HOUSEHOLD } else { Kit::ALL };
        let mut kit = self.kit.clone().unwrap_or_else(|| usual.to_vec());
        kit.retain(|kit| !without.contains(kit));
        let weekdays = match &self.weekdays[..] {
            [] => days(self.days_per_week.unwrap_or(USUAL_DAYS)),
            named => named,
        };
        let intake = Intake {
            goal: self.goal,
            level: self.level,
            weekdays: weekdays.to_vec(),
            minutes: self.minutes.unwrap_or(USUAL_MINUTES),
            kit,
            limits,
            avoid: self.avoid.clone(),
            known: Vec::new(),
            usual: Vec::new(),
            seed: self.seed,
        };
        (intake, not_understood)
    }
}

/// The usual days for so many sessions: rest between them where there is room.
fn days(n: u8) -> &'static [Weekday] {
    use Weekday::{Fri, Mon, Sat, Thu, Tue, Wed};
    match n {
        0 | 1 => &[Wed],
        2 => &[Mon, Thu],
        3 => &[Mon, Wed, Fri],
        4 => &[Mon, Tue, Thu, Fri],
        5 => &[Mon, Tue, Wed, Fri, Sat],
        _ => &[Mon, Tue, Wed, Thu, Fri, Sat],
    }
}
