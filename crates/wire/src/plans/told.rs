//! A plan as it is answered: the first specification's `WorkoutPlan`, and everything we know besides.

use catalog::Catalog;
use coach::why;
use serde::Serialize;
use training::athlete::Followed;
use training::edit;
use training::exercise::{Facts, Role};
use training::planner::Intake;
use training::program::{Item, Week, Workout};

use super::day_name;

/// A plan as the first specification writes it, and everything we know besides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkoutPlan {
    /// Its name.
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// What was asked for.
    pub goal: AskedGoal,
    /// Workouts in a week.
    pub days_per_week: usize,
    /// The first week: what to do on `Mon`, `Tue`, …, in the order in which it is done.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub schedule: Schedule,
    /// What holds for every session, in sentences.
    pub notes: String,
    /// Who made it: `deterministic`, or `model` where a language model edited it.
    pub source: &'static str,
    /// The Monday of its first week, `2026-11-23`.
    pub starts_on: String,
    /// Whether there is a change to take back.
    pub can_undo: bool,
    /// What changes by hand made less good, in sentences.
    pub warnings: Vec<&'static str>,
    /// Every week, the easier one last.
    pub weeks: Vec<PlannedWeek>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedGoal {
    /// As in the request.
    pub goal: &'static str,
    /// As in the request.
    pub level: &'static str,
    /// As in the request.
    pub constraints: Vec<String>,
}

/// Days in their order, with what is done on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule(pub Vec<(&'static str, Vec<PlannedExercise>)>);

impl Serialize for Schedule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(day, exercises)| (day, exercises)))
    }
}

/// One week of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedWeek {
    /// `build`, or `deload` for an easier one.
    pub kind: &'static str,
    /// As in [`WorkoutPlan::schedule`].
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub schedule: Schedule,
}

/// One exercise of a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedExercise {
    /// Its name in messages.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it trains, helpers last.
    pub muscle_groups: Vec<&'static str>,
    /// How to do it.
    pub steps: Vec<String>,
    /// A picture of it.
    pub image_url: String,
    /// The same, moving.
    pub video_url: Option<String>,
    /// At most so many repetitions in a set (of each side); 1 where a set is counted in seconds.
    pub reps: u16,
    /// At least so many.
    pub reps_low: u16,
    /// Seconds of a set (of each side), where it is counted in seconds.
    pub seconds: Option<u16>,
    /// Whether one side comes after the other.
    pub per_side: bool,
    /// Sets.
    pub sets: u8,
    /// Seconds eccentric-bottom-concentric-top.
    pub tempo: String,
    /// Seconds after each set.
    pub rest_sec: u16,
    /// Repetitions left in reserve at the end of a set.
    pub rir: Option<u8>,
    /// Load, kilograms; none where only the person can find it.
    pub load_kg: Option<f64>,
    /// `warm_up`, `work` or `cool_down`.
    pub role: &'static str,
    /// Whether the camera can count and judge it.
    pub camera_judged: bool,
    /// Why it is here, and why these numbers, in sentences.
    pub why: Vec<String>,
}

/// A plan as it stands, in the catalog's language.
#[must_use]
pub fn told(plan: &Followed, catalog: &Catalog, user_id: &str) -> WorkoutPlan {
    let (program, made) = (plan.program(), &plan.made);
    let language = catalog.language();
    let weeks: Vec<PlannedWeek> = program
        .weeks
        .iter()
        .map(|week| PlannedWeek { kind: week.kind.as_str(), schedule: schedule(week, catalog) })
        .collect();
    let mut warnings: Vec<&'static str> = edit::warnings(plan, &facts(catalog))
        .iter()
        .map(|violation| why::warning(violation.rule, language))
        .collect();
    warnings.dedup();
    WorkoutPlan {
        id: made.id.to_string(),
        user_id: user_id.to_owned(),
        goal: AskedGoal {
            goal: made.intake.goal.as_str(),
            level: made.intake.level.as_str(),
            constraints: made.constraints.clone(),
        },
        days_per_week: made.intake.weekdays.len(),
        schedule: weeks.first().map_or(Schedule(Vec::new()), |week| week.schedule.clone()),
        notes: notes(plan, catalog),
        source: made.source.as_str(),
        starts_on: made.starts_on.to_string(),
        can_undo: !plan.changes.is_empty(),
        warnings,
        weeks,
    }
}

/// What planning needs of the whole library.
pub(super) fn facts(catalog: &Catalog) -> Vec<Facts> {
    catalog.library().iter().map(|entry| entry.facts.clone()).collect()
}

/// What is left out for what hurts or forbids: who told it sees that it was heard.
fn left_out(plan: &Followed, catalog: &Catalog) -> Option<String> {
    let language = catalog.language();
    let intake = plan.intake();
    let free = Intake { limits: Vec::new(), ..intake.clone() };
    let names: Vec<&str> = catalog
        .library()
        .iter()
        .filter(|entry| free.allows(entry) && !intake.allows(entry))
        .map(|entry| entry.name.as_str())
        .collect();
    let (first, more) = names.split_at(names.len().min(3));
    let (named, n_more) = (first.join(", "), more.len());
    match n_more {
        _ if first.is_empty() => None,
        0 => Some(language.pick(
            format!("Left out for what you told us hurts or forbids: {named}."),
            format!("Weggelassen wegen dem, was wehtut oder dagegen spricht: {named}."),
        )),
        _ => Some(language.pick(
            format!("Left out for what you told us hurts or forbids: {named} and {n_more} more."),
            format!("Weggelassen wegen dem, was wehtut oder dagegen spricht: {named} und {n_more} weitere."),
        )),
    }
}

pub(super) fn notes(plan: &Followed, catalog: &Catalog) -> String {
    let language = catalog.language();
    let mut notes = plan.made.remarks.clone().map_or_else(String::new, |remarks| remarks + " ");
    notes += language.pick(
        "Each session warms up first and cools down last. Stop when something hurts. \
         This is training advice, not medical advice: ask a professional when in doubt.",
        "Jede Einheit beginnt mit dem Aufwärmen und endet mit dem Ausklang. Hör auf, wenn etwas wehtut. \
         Das ist ein Trainingsplan, kein medizinischer Rat: Frag im Zweifel jemanden vom Fach.",
    );
    if let Some(left_out) = left_out(plan, catalog) {
        notes += " ";
        notes += &left_out;
    }
    for constraint in &plan.made.not_understood {
        let quoted: String = constraint.chars().filter(|c| !c.is_control()).collect();
        notes += " ";
        notes += &language.pick(
            format!("Not understood and not heeded: “{quoted}”. Choose it from kit or injuries."),
            format!("Nicht verstanden und nicht beachtet: „{quoted}“. Wähl es unter Geräten oder Beschwerden."),
        );
    }
    notes
}

fn schedule(week: &Week, catalog: &Catalog) -> Schedule {
    let of_day = |workout: &Workout| (day_name(workout.weekday), exercises(workout, catalog));
    Schedule(week.workouts.iter().map(of_day).collect())
}

/// Everything that is done on a day, in its order.
pub(super) fn exercises(workout: &Workout, catalog: &Catalog) -> Vec<PlannedExercise> {
    workout.items.iter().filter_map(|item| exercise(item, catalog)).collect()
}

/// None where the library no longer has it.
fn exercise(item: &Item, catalog: &Catalog) -> Option<PlannedExercise> {
    let entry = catalog.entry(item.exercise.as_str()).ok()?;
    let language = catalog.language();
    let timed = item.target.dose.is_timed();
    let muscles = entry.direct.iter().chain(&entry.indirect);
    Some(PlannedExercise {
        id: entry.id.to_string(),
        name: entry.name.clone(),
        muscle_groups: muscles.map(|&muscle| why::muscle_name(muscle, language)).collect(),
        steps: entry.steps.clone(),
        image_url: format!("/api/v1/exercises/{}/figure.svg", entry.id),
        video_url: Some(format!("/api/v1/exercises/{}/figure.svg?animated=1", entry.id)),
        reps: if timed { 1 } else { item.target.high },
        reps_low: if timed { 1 } else { item.target.low },
        seconds: timed.then_some(item.target.high),
        per_side: item.target.dose.is_per_side(),
        sets: item.n_sets,
        tempo: entry.tempo.clone(),
        rest_sec: item.rest_secs,
        rir: item.target.rir.filter(|_| item.role == Role::Work),
        load_kg: item.load_g.map(|load_g| f64::from(load_g) / 1000.0),
        role: item.role.as_str(),
        camera_judged: catalog.get(entry.id.as_str()).is_ok(),
        why: item.why.iter().map(|&why| why::sentence(why, language)).collect(),
    })
}
