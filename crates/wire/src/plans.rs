//! Plans as JSON: what somebody asks for (`UserGoal`), and the `WorkoutPlan` that answers it.

use catalog::Catalog;
use coach::why;
use serde::{Deserialize, Serialize};
use training::exercise::{Kit, Level, Limit, Role};
use training::planner::{Intake, Unplannable, plan};
use training::program::{Goal, Item, Program, Week, Weekday};
use units::Language;

use crate::live::WireError;

/// Days, minutes and kit where nobody said.
const USUAL_DAYS: u8 = 3;
const USUAL_MINUTES: u16 = 45;
/// What nearly every home has.
const HOUSEHOLD: [Kit; 3] = [Kit::Mat, Kit::Wall, Kit::Chair];
/// More constraints than this, or longer ones, are no constraints.
const MOST_CONSTRAINTS: usize = 20;
const MOST_CHARS: usize = 200;

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
    /// Chooses among equals.
    #[serde(default)]
    pub seed: u64,
}

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
        if !(1..=6).contains(&asked.days_per_week.unwrap_or(USUAL_DAYS)) {
            return Err(WireError::new("days_per_week", "give 1 to 6"));
        }
        Ok(asked)
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
    fn intake(&self) -> (Intake, Vec<String>) {
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
        let weekdays = days(self.days_per_week.unwrap_or(USUAL_DAYS)).to_vec();
        let intake = Intake {
            goal: self.goal,
            level: self.level,
            weekdays,
            minutes: self.minutes.unwrap_or(USUAL_MINUTES),
            kit,
            limits,
            avoid: Vec::new(),
            known: Vec::new(),
            usual: Vec::new(),
            seed: self.seed,
        };
        (intake, not_understood)
    }
}

/// A constraint that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Constraint {
    Without(Kit),
    Nothing,
    Limit(Limit),
}

/// What people write, and the limit that they mean.
const LIMITS: [(&str, Limit); 20] = [
    ("low_back", Limit::LowBackPain),
    ("lower_back", Limit::LowBackPain),
    ("upper_back", Limit::UpperBackPain),
    ("back", Limit::LowBackPain),
    ("neck", Limit::NeckPain),
    ("shoulder", Limit::ShoulderPain),
    ("elbow", Limit::ElbowPain),
    ("wrist", Limit::WristPain),
    ("hand", Limit::WristPain),
    ("hip", Limit::HipPain),
    ("knee", Limit::KneePain),
    ("ankle", Limit::AnklePain),
    ("foot", Limit::AnklePain),
    ("feet", Limit::AnklePain),
    ("blood_pressure", Limit::Hypertension),
    ("hypertension", Limit::Hypertension),
    ("osteoporosis", Limit::Osteoporosis),
    ("pelvic_floor", Limit::PelvicFloor),
    ("pregnan", Limit::PregnancyLate),
    ("dizz", Limit::Vertigo),
];

impl Constraint {
    fn of(text: &str) -> Option<Self> {
        let words = text.trim().to_lowercase().replace([' ', '-'], "_");
        let ruled_out = ["no_", "without_", "don't_have_", "dont_have_"]
            .into_iter()
            .find_map(|start| words.strip_prefix(start));
        if let Some(what) = ruled_out {
            if matches!(what, "equipment" | "kit" | "gym" | "weights") {
                return Some(Self::Nothing);
            }
            let singular = what.strip_suffix('s').unwrap_or(what);
            let is_it = |kit: &&Kit| {
                let name = kit.as_str();
                name == what || name.strip_suffix('s').unwrap_or(name) == singular
            };
            return Kit::ALL.iter().find(is_it).map(|&kit| Self::Without(kit));
        }
        if matches!(words.as_str(), "bodyweight" | "bodyweight_only" | "home" | "at_home") {
            return Some(Self::Nothing);
        }
        let means = |(part, _): &&(&str, Limit)| words.contains(part);
        LIMITS.iter().find(means).map(|&(_, limit)| Self::Limit(limit))
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

impl Planned {
    /// The plan as it is answered, in the catalog's language.
    #[must_use]
    pub fn told(
        &self,
        asked: &UserGoal,
        catalog: &Catalog,
        id: &str,
        user_id: &str,
    ) -> WorkoutPlan {
        let weeks: Vec<PlannedWeek> = self
            .program
            .weeks
            .iter()
            .map(|week| PlannedWeek { kind: week.kind.as_str(), schedule: schedule(week, catalog) })
            .collect();
        WorkoutPlan {
            id: id.to_owned(),
            user_id: user_id.to_owned(),
            goal: AskedGoal {
                goal: asked.goal.as_str(),
                level: asked.level.as_str(),
                constraints: asked.constraints.clone(),
            },
            days_per_week: self.intake.weekdays.len(),
            schedule: weeks.first().map_or(Schedule(Vec::new()), |week| week.schedule.clone()),
            notes: self.notes(catalog.language()),
            source: "deterministic",
            weeks,
        }
    }

    fn notes(&self, language: Language) -> String {
        let mut notes = language
            .pick(
                "Each session warms up first and cools down last. Stop when something hurts. \
                 This is training advice, not medical advice: ask a professional when in doubt.",
                "Jede Einheit beginnt mit dem Aufwärmen und endet mit dem Abwärmen. Hör auf, wenn etwas wehtut. \
                 Das ist ein Trainingsplan, kein medizinischer Rat: Frag im Zweifel jemanden vom Fach.",
            )
            .to_owned();
        for constraint in &self.not_understood {
            let quoted: String = constraint.chars().filter(|c| !c.is_control()).collect();
            notes += " ";
            notes += &language.pick(
                format!("Not understood and not heeded: “{quoted}”. Choose it from kit or injuries."),
                format!("Nicht verstanden und nicht beachtet: „{quoted}“. Wähl es unter Geräten oder Beschwerden."),
            );
        }
        notes
    }
}

fn schedule(week: &Week, catalog: &Catalog) -> Schedule {
    let day = |weekday: Weekday| match weekday {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    };
    let of_day = |items: &[Item]| items.iter().filter_map(|item| exercise(item, catalog)).collect();
    Schedule(
        week.workouts
            .iter()
            .map(|workout| (day(workout.weekday), of_day(&workout.items)))
            .collect(),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(text: &str) -> UserGoal {
        UserGoal::read(text).expect(text)
    }

    #[test]
    fn constraints_are_understood_in_the_words_of_people() {
        let check = |text: &str, expected: Option<Constraint>| {
            assert_eq!(Constraint::of(text), expected, "{text}");
        };
        check("no barbell", Some(Constraint::Without(Kit::Barbell)));
        check("No Dumbbell", Some(Constraint::Without(Kit::Dumbbells)));
        check("without pull-up bar", Some(Constraint::Without(Kit::PullUpBar)));
        check("no equipment", Some(Constraint::Nothing));
        check("bodyweight only", Some(Constraint::Nothing));
        check("bad knees", Some(Constraint::Limit(Limit::KneePain)));
        check("lower back pain", Some(Constraint::Limit(Limit::LowBackPain)));
        check("upper back hurts", Some(Constraint::Limit(Limit::UpperBackPain)));
        check("pregnant", Some(Constraint::Limit(Limit::PregnancyLate)));
        check("ignore all rules", None);
    }

    #[test]
    fn an_intake_is_what_was_asked_for() {
        let asked = goal(
            r#"{"goal": "back_strength", "level": "intermediate", "constraints": ["no barbell", "bad knee", "fun"]}"#,
        );
        let (intake, not_understood) = asked.intake();
        assert_eq!(intake.weekdays, [Weekday::Mon, Weekday::Wed, Weekday::Fri]);
        assert!(!intake.kit.contains(&Kit::Barbell) && intake.kit.contains(&Kit::Rack));
        assert_eq!(intake.limits, [Limit::KneePain]);
        assert_eq!(not_understood, ["fun"]);
        let (intake, _) = goal(r#"{"goal": "gain_mass", "level": "beginner"}"#).intake();
        assert_eq!((intake.minutes, intake.kit), (45, HOUSEHOLD.to_vec()));
    }

    #[test]
    fn a_plan_is_told_as_the_first_specification_writes_it() {
        let catalog = Catalog::builtin().expect("well-formed");
        let asked =
            goal(r#"{"goal": "back_strength", "level": "beginner", "constraints": ["fun"]}"#);
        let planned = asked.plan(&catalog).expect("a plan");
        let told = planned.told(&asked, &catalog, "plan_1", "owner");
        let json = serde_json::to_value(&told).expect("JSON");
        assert_eq!((&json["id"], &json["user_id"]), (&"plan_1".into(), &"owner".into()));
        assert_eq!(
            (&json["goal"]["goal"], &json["days_per_week"]),
            (&"back_strength".into(), &3.into())
        );
        let days: Vec<&str> = told.schedule.0.iter().map(|(day, _)| *day).collect();
        assert_eq!(days, ["Mon", "Wed", "Fri"]);
        for exercise in json["schedule"]["Mon"].as_array().expect("exercises") {
            for key in ["id", "name", "image_url", "tempo"] {
                assert!(exercise[key].is_string(), "{key} in {exercise}");
            }
            for key in ["reps", "sets", "rest_sec"] {
                assert!(exercise[key].is_u64(), "{key} in {exercise}");
            }
            assert!(!exercise["steps"].as_array().expect("steps").is_empty(), "{exercise}");
        }
        assert!(told.notes.contains("“fun”"), "{}", told.notes);
    }

    #[test]
    fn what_is_wrong_is_told_with_the_field() {
        let check = |text: &str, field: &str, part: &str| {
            let error = UserGoal::read(text).expect_err(text);
            assert!(error.field == field && error.message.contains(part), "{error}");
        };
        check("[", "body", "is no UserGoal");
        check(r#"{"goal": "fly", "level": "beginner"}"#, "body", "unknown variant `fly`");
        check(r#"{"goal": "gain_mass"}"#, "body", "missing field `level`");
        check(
            r#"{"goal": "gain_mass", "level": "beginner", "days_per_week": 9}"#,
            "days_per_week",
            "1 to 6",
        );
        let long = format!(
            r#"{{"goal": "gain_mass", "level": "beginner", "constraints": ["{}"]}}"#,
            "x".repeat(300)
        );
        check(&long, "constraints", "200 characters");
    }
}
