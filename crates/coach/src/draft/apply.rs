//! A draft's edits, made in every week of a program, and held against every rule.

use training::edit::{Change, Edit, Refused, change_in};
use training::exercise::{Facts, Muscle, Pattern, Role};
use training::planner::rules::{Rule, Violation, violations};
use training::planner::{Intake, Why};
use training::program::{Item, Program, WeekKind};
use units::ExerciseId;

use super::{Draft, Fault};

/// A draft that leaves less than this part of the goal's sets is not about the goal any more, percent.
const LEAST_OF_GOAL_PERCENT: u16 = 60;
/// Seconds of a set that a model may ask for, where it is not easy work for the heart.
const MOST_HELD_SECS: u16 = 300;

/// The program with a draft's edits in every week.
///
/// # Errors
/// With the faults of its edits; or, where each can be made, with the rules that the whole then breaks.
pub fn apply(
    draft: &Draft,
    program: &Program,
    intake: &Intake,
    library: &[Facts],
) -> Result<Program, Vec<Fault>> {
    let mut after = program.clone();
    let mut faults = Vec::new();
    for (n, proposal) in draft.edits.iter().enumerate() {
        let at = format!("/edits/{n}");
        match change(&after, intake, &proposal.edit, library) {
            Ok(change) => change.apply(&mut after),
            Err((rule, says)) => faults.push(Fault::new(rule, at, says)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let broken = violations(&after, intake, library);
    let mut faults = Vec::new();
    for Violation { rule, at, says } in broken {
        let fault = Fault::new(number(rule), at, discreet(rule, says));
        // Weeks repeat each other.
        if !faults.iter().any(|one: &Fault| one.rule == fault.rule && one.says == fault.says) {
            faults.push(fault);
        }
    }
    faults.extend(out_of_order(&after));
    faults.extend(off_goal(program, &after, library));
    if faults.is_empty() { Ok(after) } else { Err(faults) }
}

type Wrong = (&'static str, String);

fn change(
    program: &Program,
    intake: &Intake,
    edit: &Edit,
    library: &[Facts],
) -> Result<Change, Wrong> {
    allowed(program, edit, library)?;
    let refused = |refused: Refused| match refused {
        Refused::Unsafe(Violation { rule, says, .. }) => (number(rule), discreet(rule, says)),
        Refused::Unknown(_) => ("H2", refused.to_string()),
        Refused::NotThere(_) | Refused::NoWorkout(_) => ("H1", refused.to_string()),
    };
    let mut change = change_in(program, intake, edit, library).map_err(refused)?;
    if let Change::Replaced { with: items, .. } | Change::Added { items, .. } = &mut change {
        for item in items {
            own_up(item);
            hold_load(item, intake);
        }
    }
    Ok(change)
}

/// What is told back to a model: not which of the person's limits forbids an exercise.
fn discreet(rule: Rule, says: String) -> String {
    match says.split_once(" is out because") {
        Some((exercise, _limit)) if rule == Rule::Limits => {
            format!("{exercise} is not in the list")
        }
        _ => says,
    }
}

/// What the rules would let pass because a person may want it, and a model may not.
fn allowed(program: &Program, edit: &Edit, library: &[Facts]) -> Result<(), Wrong> {
    let known = |id: &ExerciseId| {
        let facts = library.iter().find(|facts| facts.id == *id);
        facts.ok_or_else(|| ("H2", unknown(id, library)))
    };
    match edit {
        Edit::Swap(place, to) => {
            known(&place.exercise)?;
            known(to).map(drop)
        }
        Edit::Target(place, low, high) => {
            let facts = known(&place.exercise)?;
            let (least, most) = match (facts.dose.is_timed(), facts.pattern) {
                (false, _) => (3, 30),
                (true, Pattern::Steady) => (30, 6600),
                (true, _) => (5, MOST_HELD_SECS),
            };
            if low < &least || low > high || high > &most {
                let says = format!("{low}-{high} is out of range; give {least} to {most}");
                return Err(("H9", says));
            }
            Ok(())
        }
        Edit::Move(place, Some(before)) => {
            known(&place.exercise)?;
            known(before)?;
            let role = |id: &ExerciseId| {
                let mut workouts = program.weeks.iter().flat_map(|week| &week.workouts);
                let day = workouts.find(|workout| workout.weekday == place.day)?;
                day.items.iter().find(|item| item.exercise == *id).map(|item| item.role)
            };
            if role(&place.exercise) == role(before) && place.exercise != *before {
                return Ok(());
            }
            Err(("H11", format!("`{before}` is of another part of the session")))
        }
        Edit::Sets(place, _)
        | Edit::Rest(place, _)
        | Edit::Remove(place)
        | Edit::Add(place)
        | Edit::Move(place, None) => known(&place.exercise).map(drop),
        // Loads follow from strength, and days are the person's own.
        Edit::Load(..) | Edit::MoveDay(..) => {
            Err(("H1", "a draft changes neither loads nor days".to_owned()))
        }
    }
}

/// Says that there is no such exercise, and which one may have been meant.
fn unknown(id: &ExerciseId, library: &[Facts]) -> String {
    let bare = |id: &str| id.replace('_', "").trim_end_matches('s').to_owned();
    let wanted = bare(id.as_str());
    let meant = library.iter().find(|facts| bare(facts.id.as_str()) == wanted);
    let meant = meant.map_or_else(String::new, |facts| format!("; there is `{}`", facts.id));
    format!("there is no exercise `{id}`{meant}")
}

/// The model proposed it, not the person.
fn own_up(item: &mut Item) {
    for why in &mut item.why {
        if *why == Why::Chosen {
            *why = Why::Proposed;
        }
    }
}

/// The load that follows from what is known of the strength, and none where nothing is.
fn hold_load(item: &mut Item, intake: &Intake) {
    let Some(load_g) = item.load_g else { return };
    let known = intake.known.iter().find(|known| known.exercise == item.exercise);
    item.load_g = known.map(|known| {
        let to_failure = u64::from(item.target.high) + u64::from(item.target.rir.unwrap_or(0));
        let most = u64::from(known.e1rm_g) * 30 / (30 + to_failure);
        load_g.min(u32::try_from(most).unwrap_or(u32::MAX) / 500 * 500)
    });
    if item.load_g.is_none() || item.load_g != Some(load_g) {
        item.why.retain(|why| !matches!(why, Why::Load { .. }));
    }
}

/// Warm-up, work, cool-down: H11 is about their order, too.
fn out_of_order(program: &Program) -> Option<Fault> {
    let order = |item: &Item| match item.role {
        Role::WarmUp => 0,
        Role::Work => 1,
        Role::CoolDown => 2,
    };
    let mut workouts = program.weeks.iter().flat_map(|week| &week.workouts);
    let mixed = workouts.find(|workout| !workout.items.is_sorted_by_key(order))?;
    let says = "warm-up, work and cool-down come in this order";
    Some(Fault::new("H11", format!("/weeks/0/{}", mixed.weekday.as_str()), says))
}

/// A plan may not lose its goal on the way: what serves it keeps most of its sets.
fn off_goal(before: &Program, after: &Program, library: &[Facts]) -> Option<Fault> {
    let facts = |id: &ExerciseId| library.iter().find(|facts| facts.id == *id);
    let work = |program: &Program| -> Vec<Item> {
        let week = program.weeks.iter().find(|week| week.kind == WeekKind::Build);
        let items = week.iter().flat_map(|week| &week.workouts).flat_map(|day| &day.items);
        items.filter(|item| item.role == Role::Work).cloned().collect()
    };
    let mut served: Vec<Muscle> = work(before)
        .iter()
        .flat_map(|item| &item.why)
        .filter_map(|why| match why {
            Why::Serves { muscle } => Some(*muscle),
            _ => None,
        })
        .collect();
    served.sort_unstable();
    served.dedup();
    let sets = |program: &Program| -> u16 {
        let serves = |item: &&Item| {
            facts(&item.exercise)
                .is_some_and(|facts| facts.direct.iter().any(|muscle| served.contains(muscle)))
        };
        work(program).iter().filter(serves).map(|item| u16::from(item.n_sets)).sum()
    };
    let (had, has) = (sets(before), sets(after));
    if 100 * has >= LEAST_OF_GOAL_PERCENT * had {
        return None;
    }
    let says = format!("{has} sets a week serve the goal, of {had}; keep most of them");
    Some(Fault::new("fit", "/weeks/0", says))
}

/// The number of a rule in `docs/planning.md`.
fn number(rule: Rule) -> &'static str {
    match rule {
        Rule::Exists => "H2",
        Rule::Kit => "H3",
        Rule::Limits => "H4",
        Rule::Days => "H5",
        Rule::Minutes => "H6",
        Rule::Volume => "H7",
        Rule::Recovery => "H8",
        Rule::Ranges => "H9",
        Rule::Rest => "H10",
        Rule::Frame => "H11",
        Rule::Load => "H12",
        Rule::Maximal => "H13",
        Rule::Balance => "H14",
        Rule::Fit => "fit",
    }
}
