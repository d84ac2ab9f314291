//! The hard rules that every plan keeps, whoever wrote it: the planner, a person or a language model.
//!
//! Numbers and sources stand in `docs/planning.md`. H1 (shape) and H15 (wording) are held where text enters; here is
//! what can be said of a typed program.

use std::fmt;

use units::ExerciseId;

use crate::exercise::{Facts, Level, Muscle, Pattern, Role};
use crate::planner::Intake;
use crate::planner::build::TOLERANCE_PERCENT;
use crate::planner::ledger::{BALANCE, Family, HARD_SETS, TOO_FEW_TO_WEIGH, most_half_sets};
use crate::planner::time::workout_secs;
use crate::program::{Item, Program, Week, WeekKind, Weekday, Workout};

/// A rule, numbered as in `docs/planning.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// H2: every exercise is in the library.
    Exists,
    /// H3: the kit is there.
    Kit,
    /// H4: nothing that the person's limits forbid.
    Limits,
    /// H5: as many days as asked for.
    Days,
    /// H6: as long as asked for, give or take a tenth; an easier week may be shorter.
    Minutes,
    /// H7: no muscle gets more in a week than suits the level.
    Volume,
    /// H8: two days between hard sessions for the same muscle.
    Recovery,
    /// H9: sets, repetitions and reserve are in range.
    Ranges,
    /// H10: rests are in range.
    Rest,
    /// H11: every session warms up and cools down.
    Frame,
    /// H12: loads follow from the maximum and rise slowly.
    Load,
    /// H13: nothing close to a maximal attempt.
    Maximal,
    /// H14: pushing and pulling, knees and hips stay balanced; an easier week is not weighed.
    Balance,
    /// Level and wishes are kept, and no exercise comes twice in a session.
    Fit,
}

/// A rule that a plan breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// JSON pointer into the program.
    pub at: String,
    /// What is wrong and what would be right.
    pub says: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.says)
    }
}

/// Every rule that a program breaks, in its order; none for a good one.
#[must_use]
pub fn violations(program: &Program, intake: &Intake, library: &[Facts]) -> Vec<Violation> {
    let mut court = Court { intake, library, found: Vec::new() };
    if program.weeks.is_empty() {
        court.say(Rule::Days, "/weeks", "there are no weeks".to_owned());
    }
    for (n, week) in program.weeks.iter().enumerate() {
        court.week(&format!("/weeks/{n}"), week);
    }
    court.found
}

struct Court<'a> {
    intake: &'a Intake,
    library: &'a [Facts],
    found: Vec<Violation>,
}

impl<'a> Court<'a> {
    fn say(&mut self, rule: Rule, at: &str, says: String) {
        self.found.push(Violation { rule, at: at.to_owned(), says });
    }

    fn facts(&self, id: &ExerciseId) -> Option<&'a Facts> {
        self.library.iter().find(|facts| facts.id == *id)
    }

    fn week(&mut self, at: &str, week: &'a Week) {
        let mut asked = self.intake.weekdays.clone();
        asked.sort_unstable();
        let planned: Vec<Weekday> = week.workouts.iter().map(|workout| workout.weekday).collect();
        if planned != asked {
            self.say(Rule::Days, at, format!("trains on {planned:?}; asked for {asked:?}"));
        }
        for (n, workout) in week.workouts.iter().enumerate() {
            self.workout(&format!("{at}/workouts/{n}"), workout, week.kind);
        }
        self.volume(at, week);
        self.recovery(at, week);
        if week.kind == WeekKind::Build {
            self.balance(at, week);
        }
    }

    fn workout(&mut self, at: &str, workout: &Workout, kind: WeekKind) {
        for role in [Role::WarmUp, Role::CoolDown, Role::Work] {
            if !workout.items.iter().any(|item| item.role == role) {
                self.say(Rule::Frame, at, format!("has no {}", role.as_str()));
            }
        }
        let secs = workout_secs(workout, self.library);
        let asked_secs = 60 * u32::from(self.intake.minutes);
        let tolerance_secs = asked_secs * TOLERANCE_PERCENT / 100;
        let short = secs + tolerance_secs < asked_secs && kind == WeekKind::Build;
        if short || secs > asked_secs + tolerance_secs {
            let (takes, asked) = (secs / 60, self.intake.minutes);
            self.say(Rule::Minutes, at, format!("takes {takes} min; asked for {asked}"));
        }
        for (n, item) in workout.items.iter().enumerate() {
            let at = format!("{at}/items/{n}");
            if workout.items[..n].iter().any(|before| before.exercise == item.exercise) {
                let id = item.exercise.as_str();
                self.say(Rule::Fit, &at, format!("`{id}` comes twice; give it more sets"));
            }
            self.item(&at, item);
        }
    }

    fn item(&mut self, at: &str, item: &Item) {
        let id = item.exercise.as_str();
        let Some(facts) = self.facts(&item.exercise) else {
            self.say(Rule::Exists, at, format!("there is no exercise `{id}`"));
            return;
        };
        if let Some(kit) = facts.kit.iter().find(|kit| !self.intake.kit.contains(kit)) {
            self.say(Rule::Kit, at, format!("`{id}` needs `{}`", kit.as_str()));
        }
        if let Some(limit) = facts.limits.iter().find(|limit| self.intake.limits.contains(limit)) {
            self.say(Rule::Limits, at, format!("`{id}` is out because of `{}`", limit.as_str()));
        }
        let unwanted = self.intake.avoid.contains(&facts.id);
        if facts.level > self.intake.level || unwanted || !facts.roles.contains(&item.role) {
            let role = item.role.as_str();
            self.say(Rule::Fit, at, format!("`{id}` does not suit this person as `{role}`"));
        }
        self.numbers(at, item, facts);
        self.load(at, item);
    }

    fn numbers(&mut self, at: &str, item: &Item, facts: &Facts) {
        let target = &item.target;
        let most = if facts.dose.is_timed() { 6600 } else { 30 };
        let in_order = 1 <= target.low && target.low <= target.high && target.high <= most;
        if !(1..=6).contains(&item.n_sets) || !in_order || target.dose != facts.dose {
            let Item { n_sets, .. } = item;
            let says = format!("{n_sets} × {}-{} is out of range", target.low, target.high);
            self.say(Rule::Ranges, at, says);
        }
        let careful = self.intake.level == Level::Beginner && facts.compound;
        let least_rir = u8::from(careful && item.role == Role::Work);
        let rir_fits = match target.rir {
            Some(rir) => !facts.dose.is_timed() && (least_rir..=5).contains(&rir),
            None => facts.dose.is_timed(),
        };
        if !rir_fits {
            self.say(Rule::Ranges, at, format!("{:?} in reserve is out of range", target.rir));
        }
        let heavy = facts.compound && item.role == Role::Work && item.n_sets > 1;
        let steady = matches!(facts.pattern, Pattern::Steady | Pattern::Conditioning);
        let least_secs = if heavy && !steady && !facts.dose.is_timed() { 45 } else { 0 };
        if !(least_secs..=300).contains(&item.rest_secs) {
            let says = format!("{} s of rest; give {least_secs} to 300", item.rest_secs);
            self.say(Rule::Rest, at, says);
        }
        if target.high < 3 && !facts.dose.is_timed() {
            self.say(Rule::Maximal, at, "fewer than 3 repetitions is a maximal attempt".to_owned());
        }
    }

    fn load(&mut self, at: &str, item: &Item) {
        let Some(load_g) = item.load_g.map(u64::from) else { return };
        let known = self.intake.known.iter().find(|known| known.exercise == item.exercise);
        let Some(known) = known else {
            self.say(Rule::Load, at, "a load, but nothing is known of the strength".to_owned());
            return;
        };
        let to_failure = u64::from(item.target.low) + u64::from(item.target.rir.unwrap_or(0));
        let by_maximum = u64::from(known.e1rm_g) * 30 / (30 + to_failure) * 105 / 100;
        let by_last = known.last_load_g.map_or(u64::MAX, |last| u64::from(last) * 110 / 100);
        let most = by_maximum.min(by_last);
        if load_g > most {
            self.say(Rule::Load, at, format!("{load_g} g; at most {most} g"));
        }
    }

    fn work(&self, week: &'a Week) -> Vec<(Weekday, u16, &'a Facts)> {
        let of_day = |workout: &'a Workout| {
            let items = workout.items.iter().filter(|item| item.role == Role::Work);
            items.map(|item| (workout.weekday, item))
        };
        let all = week.workouts.iter().flat_map(of_day);
        let known = all.filter_map(|(day, item)| {
            Some((day, u16::from(item.n_sets), self.facts(&item.exercise)?))
        });
        known.filter(|(_, _, facts)| facts.pattern.counts_as_volume()).collect()
    }

    fn volume(&mut self, at: &str, week: &'a Week) {
        let work = self.work(week);
        for &muscle in Muscle::ALL {
            let half_sets: u16 = work
                .iter()
                .map(|(_, n_sets, facts)| {
                    if facts.direct.contains(&muscle) {
                        2 * n_sets
                    } else if facts.indirect.contains(&muscle) {
                        *n_sets
                    } else {
                        0
                    }
                })
                .sum();
            let most = most_half_sets(self.intake, muscle);
            if half_sets > most {
                let says = format!(
                    "{} gets {} sets; at most {}",
                    muscle.as_str(),
                    f32::from(half_sets) / 2.0,
                    f32::from(most) / 2.0
                );
                self.say(Rule::Volume, at, says);
            }
        }
    }

    fn recovery(&mut self, at: &str, week: &'a Week) {
        let work = self.work(week);
        for &muscle in Muscle::ALL {
            let sets_on = |day: usize| -> u16 {
                let here = work.iter().filter(|(on, _, facts)| {
                    *on as usize == day % Weekday::ALL.len() && facts.direct.contains(&muscle)
                });
                here.map(|(_, n_sets, _)| n_sets).sum()
            };
            for day in 0..Weekday::ALL.len() {
                if sets_on(day) >= HARD_SETS && sets_on(day + 1) >= HARD_SETS {
                    let (muscle, day) = (muscle.as_str(), Weekday::ALL[day].as_str());
                    let says = format!("{muscle} is trained hard on {day} and the day after");
                    self.say(Rule::Recovery, at, says);
                }
            }
        }
    }

    fn balance(&mut self, at: &str, week: &'a Week) {
        let work = self.work(week);
        for (one, other) in Family::PAIRS {
            let sets = |family: Family| -> u16 {
                let of = work.iter().filter(|(_, _, f)| Family::of(f.pattern) == Some(family));
                of.map(|(_, n_sets, _)| n_sets).sum()
            };
            let possible = |family: Family| {
                self.library.iter().any(|facts| {
                    Family::of(facts.pattern) == Some(family) && self.intake.allows(facts)
                })
            };
            let (few, many) = (sets(one).min(sets(other)), sets(one).max(sets(other)));
            let lopsided = many > TOO_FEW_TO_WEIGH && many > BALANCE * few;
            if lopsided && possible(one) && possible(other) {
                let says = format!("{many} sets of {one:?} or {other:?} against {few}");
                self.say(Rule::Balance, at, says);
            }
        }
    }
}
