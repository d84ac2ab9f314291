//! Changing a plan by hand: what somebody asks for, what then changes in every week, and what may not be.
//!
//! A person's own choice is held against the rules that keep them safe. What only makes a plan less good is told, and
//! stays theirs to decide ([`warnings`]).

use std::fmt;

use serde::{Deserialize, Serialize};
use units::ExerciseId;

use crate::athlete::Followed;
use crate::exercise::{Facts, Kit, LoadKind, Role};
use crate::planner::rules::{Rule, Violation, violations};
use crate::planner::{Intake, Why, chosen};
use crate::program::{Item, Program, Week, WeekKind, Weekday, Workout};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Another exercise in the place of one.
    Swap(Place, ExerciseId),
    /// So many sets.
    Sets(Place, u8),
    /// Repetitions, or seconds, from and to.
    Target(Place, u16, u16),
    /// A load, grams; none to find it oneself.
    Load(Place, Option<u32>),
    /// Rest after each set, seconds.
    Rest(Place, u16),
    /// Leave it out.
    Remove(Place),
    /// One more exercise, as work.
    Add(Place),
    /// Do it before another one, or last of its kind.
    Move(Place, Option<ExerciseId>),
    /// Train on another day; what is there changes places.
    MoveDay(Weekday, Weekday),
}

/// An exercise on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The day.
    pub day: Weekday,
    /// What is done there.
    pub exercise: ExerciseId,
}

/// What changed in a plan. Needs no library to be applied, so it means the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Something else stands there, by week.
    Replaced {
        /// Where.
        at: Place,
        /// What, in each week.
        with: Vec<Item>,
    },
    /// Nothing stands there any more.
    Removed {
        /// Where it was.
        at: Place,
    },
    /// Something new stands at the end of the day's work, by week.
    Added {
        /// The day.
        day: Weekday,
        /// What, in each week.
        items: Vec<Item>,
    },
    /// It is done earlier or later on its day.
    Moved {
        /// What.
        at: Place,
        /// Right before this one; last of its kind where none.
        before: Option<ExerciseId>,
    },
    /// Two days changed places.
    DaysSwapped {
        /// One.
        day: Weekday,
        /// The other; it may have been free.
        to: Weekday,
    },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// There is no such exercise on that day.
    NotThere(Place),
    /// The library has no such exercise.
    Unknown(ExerciseId),
    /// Nothing is planned on that day.
    NoWorkout(Weekday),
    /// It would not be safe, or not make sense: what is wrong and what would be right.
    Unsafe(Violation),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere(Place { day, exercise }) => {
                write!(f, "there is no `{}` on {}", exercise.as_str(), day.as_str())
            }
            Self::Unknown(exercise) => write!(f, "there is no exercise `{}`", exercise.as_str()),
            Self::NoWorkout(day) => write!(f, "nothing is planned on {}", day.as_str()),
            Self::Unsafe(violation) => f.write_str(&violation.says),
        }
    }
}

/// Rules that a person may not break, either: they keep from harm or from nonsense.
const FIRM: [Rule; 7] =
    [Rule::Exists, Rule::Kit, Rule::Limits, Rule::Ranges, Rule::Rest, Rule::Maximal, Rule::Fit];

/// What an edit changes.
///
/// # Errors
/// When what it is about is not there, or the plan would not be safe.
pub fn change(plan: &Followed, edit: &Edit, library: &[Facts]) -> Result<Change, Refused> {
    change_in(&plan.program(), &plan.intake(), edit, library)
}

/// What an edit changes in a program that is no plan of anybody's yet.
///
/// # Errors
/// As [`change`].
pub fn change_in(
    before: &Program,
    intake: &Intake,
    edit: &Edit,
    library: &[Facts],
) -> Result<Change, Refused> {
    let change = changed(before, intake, edit, library)?;
    let (mut after, mut intake) = (before.clone(), intake.clone());
    change.apply(&mut after);
    change.follow(&mut intake);
    // What was wrong before, since a limit is new or the library has changed, does not stand in the way of mending it.
    let known = violations(before, &intake, library);
    let found = violations(&after, &intake, library);
    let times = |all: &[Violation], one: &Violation| {
        all.iter().filter(|other| other.rule == one.rule && other.says == one.says).count()
    };
    let is_new =
        |one: &&Violation| FIRM.contains(&one.rule) && times(&found, one) > times(&known, one);
    match found.iter().find(is_new) {
        Some(violation) => Err(Refused::Unsafe(violation.clone())),
        None => Ok(change),
    }
}

/// Rules that a plan does not keep any more, after changes by hand or new limits: first week first, each said once.
#[must_use]
pub fn warnings(plan: &Followed, library: &[Facts]) -> Vec<Violation> {
    let mut found: Vec<Violation> = Vec::new();
    for violation in violations(&plan.program(), &plan.intake(), library) {
        // A load that somebody chose is their own; weeks repeat what the first one says.
        let own = violation.rule == Rule::Load;
        let said = |known: &Violation| known.rule == violation.rule && known.says == violation.says;
        if !own && !found.iter().any(said) {
            found.push(violation);
        }
    }
    found
}

fn changed(
    program: &Program,
    intake: &Intake,
    edit: &Edit,
    library: &[Facts],
) -> Result<Change, Refused> {
    let known = |id: &ExerciseId| {
        let facts = library.iter().find(|facts| facts.id == *id);
        facts.ok_or_else(|| Refused::Unknown(id.clone()))
    };
    let each = |place: &Place, with: &dyn Fn(&Item, WeekKind, u8) -> Item| {
        let with: Vec<Item> = (1..)
            .zip(in_weeks(program, place)?)
            .map(|(week, (item, kind))| with(item, kind, week))
            .collect();
        Ok(Change::Replaced { at: place.clone(), with })
    };
    let eased = |n: u8, kind| if kind == WeekKind::Deload { n.div_ceil(2) } else { n };
    match edit {
        Edit::Swap(place, to) => {
            let facts = known(to)?;
            let old = library.iter().find(|facts| facts.id == place.exercise);
            each(place, &|item, _, week| {
                let rir = item.target.rir;
                let mut new = chosen(intake, facts, item.role, Some(item.n_sets), rir, week);
                let converted = || converted_g(item.load_g?, old?, facts);
                new.load_g = new.load_g.or_else(converted);
                new
            })
        }
        Edit::Sets(place, n_sets) => each(place, &|item, kind, _| {
            let item = own(item, |why| matches!(why, Why::Volume { .. }));
            Item { n_sets: eased(*n_sets, kind), ..item }
        }),
        Edit::Target(place, low, high) => each(place, &|item, _, _| {
            let mut item = own(item, |why| matches!(why, Why::Range { .. }));
            (item.target.low, item.target.high) = (*low, *high);
            item
        }),
        Edit::Load(place, Some(_)) if known(&place.exercise)?.load != LoadKind::Weight => {
            let says = format!("`{}` has no weight to set", place.exercise.as_str());
            Err(Refused::Unsafe(Violation { rule: Rule::Load, at: String::new(), says }))
        }
        Edit::Load(place, load_g) => each(place, &|item, kind, _| {
            let lighter = |g: u32| if kind == WeekKind::Deload { g / 10 * 9 } else { g };
            let item = own(item, |why| matches!(why, Why::Load { .. }));
            Item { load_g: load_g.map(lighter), ..item }
        }),
        Edit::Rest(place, rest_secs) => each(place, &|item, _, _| {
            let item = own(item, |why| matches!(why, Why::Rest { .. }));
            Item { rest_secs: *rest_secs, ..item }
        }),
        Edit::Remove(place) => {
            in_weeks(program, place)?;
            Ok(Change::Removed { at: place.clone() })
        }
        Edit::Add(Place { day, exercise }) => {
            let facts = known(exercise)?;
            on_day(program, *day)?;
            let reserve = |week: &Week| {
                let mut items = week.workouts.iter().flat_map(|workout| &workout.items);
                items.find_map(|item| item.target.rir.filter(|_| item.role == Role::Work))
            };
            let item = |(n, week): (u8, &Week)| {
                let mut item = chosen(intake, facts, Role::Work, None, reserve(week), n);
                item.n_sets = eased(item.n_sets, week.kind);
                item
            };
            let items = (1..).zip(&program.weeks).map(item).collect();
            Ok(Change::Added { day: *day, items })
        }
        Edit::Move(place, before) => {
            let role = in_weeks(program, place)?[0].0.role;
            if let Some(before) = before {
                let before = Place { day: place.day, exercise: before.clone() };
                if in_weeks(program, &before)?[0].0.role != role {
                    let says = "warm-up, work and cool-down keep their order".to_owned();
                    return Err(Refused::Unsafe(Violation {
                        rule: Rule::Frame,
                        at: String::new(),
                        says,
                    }));
                }
            }
            Ok(Change::Moved { at: place.clone(), before: before.clone() })
        }
        Edit::MoveDay(day, to) => {
            on_day(program, *day)?;
            Ok(Change::DaysSwapped { day: *day, to: *to })
        }
    }
}

/// The item with a number that the athlete chose: the reason that the planner had for it is gone.
fn own(item: &Item, reason: impl Fn(&Why) -> bool) -> Item {
    let mut item = item.clone();
    item.why.retain(|why| !reason(why) && *why != Why::Chosen);
    item.why.push(Why::Chosen);
    item
}

/// The item at a place in every week that has it, with what the week is for.
fn in_weeks<'a>(program: &'a Program, place: &Place) -> Result<Vec<(&'a Item, WeekKind)>, Refused> {
    let of_week = |week: &'a Week| {
        let day = week.workouts.iter().find(|workout| workout.weekday == place.day)?;
        let item = day.items.iter().find(|item| item.exercise == place.exercise)?;
        Some((item, week.kind))
    };
    let found: Vec<_> = program.weeks.iter().filter_map(of_week).collect();
    if found.is_empty() { Err(Refused::NotThere(place.clone())) } else { Ok(found) }
}

fn on_day(program: &Program, day: Weekday) -> Result<(), Refused> {
    let mut workouts = program.weeks.iter().flat_map(|week| &week.workouts);
    match workouts.any(|workout| workout.weekday == day) {
        true => Ok(()),
        false => Err(Refused::NoWorkout(day)),
    }
}

/// A load of one exercise as one of another: only between a bar and two dumbbells of the same movement, where it is
/// known. Two dumbbells together press about 83 % of the bar (Saeterbakken 2011), so each is 0.4 of it, rounded down to
/// half a kilogram.
fn converted_g(load_g: u32, from: &Facts, to: &Facts) -> Option<u32> {
    let alike = from.pattern == to.pattern && from.direct.first() == to.direct.first();
    let weights = from.load == LoadKind::Weight && to.load == LoadKind::Weight;
    if !alike || !weights {
        return None;
    }
    let has = |facts: &Facts, kit| facts.kit.contains(&kit);
    let in_steps = |load_g: u32| load_g / 500 * 500;
    match (has(from, Kit::Barbell), has(to, Kit::Barbell)) {
        (true, true) => Some(load_g),
        (true, false) if has(to, Kit::Dumbbells) => Some(in_steps(load_g / 5 * 2)),
        (false, true) if has(from, Kit::Dumbbells) => Some(in_steps(load_g.saturating_mul(2))),
        (false, false) if has(from, Kit::Dumbbells) && has(to, Kit::Dumbbells) => Some(load_g),
        _ => None,
    }
}

impl Change {
    /// Makes the change. What it is about may be gone: then nothing changes.
    pub fn apply(&self, program: &mut Program) {
        for (n, week) in program.weeks.iter_mut().enumerate() {
            if let Self::DaysSwapped { day, to } = self {
                for workout in &mut week.workouts {
                    workout.weekday = swapped(workout.weekday, *day, *to);
                }
                week.workouts.sort_by_key(|workout| workout.weekday);
            }
            let workout =
                week.workouts.iter_mut().find(|workout| Some(workout.weekday) == self.day());
            if let Some(workout) = workout {
                self.apply_to(workout, n);
            }
        }
    }

    /// The days of training go along with what was moved.
    pub fn follow(&self, intake: &mut Intake) {
        if let Self::DaysSwapped { day, to } = self {
            for weekday in &mut intake.weekdays {
                *weekday = swapped(*weekday, *day, *to);
            }
            intake.weekdays.sort_unstable();
        }
    }

    fn day(&self) -> Option<Weekday> {
        match self {
            Self::Replaced { at, .. } | Self::Removed { at } | Self::Moved { at, .. } => {
                Some(at.day)
            }
            Self::Added { day, .. } => Some(*day),
            Self::DaysSwapped { .. } => None,
        }
    }

    fn apply_to(&self, workout: &mut Workout, week: usize) {
        let items = &mut workout.items;
        let position =
            |items: &[Item], id: &ExerciseId| items.iter().position(|item| item.exercise == *id);
        match self {
            Self::Replaced { at, with } => {
                let old = position(items, &at.exercise);
                if let (Some(old), Some(new)) = (old, with.get(week).or_else(|| with.last())) {
                    items[old] = new.clone();
                }
            }
            Self::Removed { at } => items.retain(|item| item.exercise != at.exercise),
            Self::Added { items: new, .. } => {
                if let Some(new) = new.get(week).or_else(|| new.last()) {
                    let end = items.iter().rposition(|item| item.role == Role::Work);
                    items.insert(end.map_or(items.len(), |last| last + 1), new.clone());
                }
            }
            Self::Moved { at, before } => {
                let Some(from) = position(items, &at.exercise) else { return };
                let item = items.remove(from);
                let last = items.iter().rposition(|other| other.role == item.role);
                let end = last.map_or(from, |last| last + 1);
                let to = before.as_ref().map_or(end, |id| position(items, id).unwrap_or(from));
                items.insert(to, item);
            }
            Self::DaysSwapped { .. } => {}
        }
    }
}

fn swapped(weekday: Weekday, day: Weekday, to: Weekday) -> Weekday {
    if weekday == day {
        to
    } else if weekday == to {
        day
    } else {
        weekday
    }
}

/// An exercise that could stand in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative<'a> {
    /// Which.
    pub facts: &'a Facts,
    /// Its load, grams, where one is known or can be converted.
    pub load_g: Option<u32>,
}

/// What could stand at a place, best first: the same movement and the same muscles before others, what the person may
/// do only, and nothing that would make the plan unsafe.
///
/// # Errors
/// When there is nothing at that place.
pub fn alternatives<'a>(
    plan: &Followed,
    place: &Place,
    library: &'a [Facts],
) -> Result<Vec<Alternative<'a>>, Refused> {
    let (program, intake) = (plan.program(), plan.intake());
    let role = in_weeks(&program, place)?[0].0.role;
    let old = library.iter().find(|facts| facts.id == place.exercise);
    let old = old.ok_or_else(|| Refused::Unknown(place.exercise.clone()))?;
    let likeness = |facts: &Facts| {
        let shared = facts.direct.iter().filter(|muscle| old.direct.contains(muscle)).count();
        let neighbour = old.regressions.contains(&facts.id) || old.progressions.contains(&facts.id);
        let pattern = facts.pattern == old.pattern;
        3 * usize::from(pattern) + 2 * shared.min(3) + 2 * usize::from(neighbour)
    };
    let mut fitting: Vec<(usize, Alternative<'a>)> = Vec::new();
    for facts in library {
        let likely = facts.id != old.id && facts.roles.contains(&role) && intake.allows(facts);
        let alike = likeness(facts);
        if !likely || (role == Role::Work && alike < 3) {
            continue;
        }
        let edit = Edit::Swap(place.clone(), facts.id.clone());
        if let Ok(Change::Replaced { with, .. }) = change(plan, &edit, library) {
            let load_g = with.first().and_then(|item| item.load_g);
            fitting.push((alike, Alternative { facts, load_g }));
        }
    }
    fitting
        .sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.facts.id.cmp(&other.facts.id)));
    Ok(fitting.into_iter().map(|(_, alternative)| alternative).collect())
}
