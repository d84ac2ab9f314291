//! A judge for plans, whoever wrote them. It reads them as JSON and knows the rules from `docs/planning.md` only: it
//! shares no code with the planner. Tests of other crates take it in by its path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use training::exercise::Facts;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LEVELS: [&str; 3] = ["beginner", "intermediate", "advanced"];

/// Sets of a week, by what they are counted for.
#[derive(Default)]
struct Tally<'a> {
    half_sets: BTreeMap<&'a str, u64>,
    direct_on: BTreeMap<(&'a str, usize), u64>,
    patterns: BTreeMap<&'a str, u64>,
}

/// A judge for one person's plan.
pub(crate) struct Judge<'a> {
    somebody: &'a Value,
    library: &'a BTreeMap<&'a str, &'a Facts>,
    faults: Vec<String>,
}

fn texts<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    value[key].as_array().expect(key).iter().filter_map(Value::as_str).collect()
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} in {value}"))
}

impl<'a> Judge<'a> {
    /// For what somebody asked for, as the JSON of an intake.
    pub(crate) fn of(somebody: &'a Value, library: &'a BTreeMap<&'a str, &'a Facts>) -> Self {
        Self { somebody, library, faults: Vec::new() }
    }

    /// Everything that is wrong with a plan.
    pub(crate) fn faults(mut self, program: &Value) -> Vec<String> {
        self.program(program);
        self.faults
    }

    fn must(&mut self, holds: bool, says: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(says());
        }
    }

    fn program(&mut self, program: &Value) {
        let weeks = program["weeks"].as_array().expect("weeks");
        self.must(weeks.len() >= 4, || "a block has at least four weeks".to_owned());
        for (n, week) in weeks.iter().enumerate() {
            let easier = n + 1 == weeks.len();
            self.must((week["kind"] == "deload") == easier, || {
                format!("week {n} is {}", week["kind"])
            });
            self.week(week, easier);
        }
    }

    fn week(&mut self, week: &Value, easier: bool) {
        let workouts = week["workouts"].as_array().expect("workouts");
        let days: Vec<&str> =
            workouts.iter().map(|one| one["weekday"].as_str().expect("a day")).collect();
        let asked = texts(self.somebody, "weekdays");
        self.must(days == asked, || format!("H5: {days:?} for {asked:?}"));
        let mut tally = Tally::default();
        for workout in workouts {
            self.workout(workout, easier, &mut tally);
        }
        self.tallied(&tally, easier);
    }

    fn workout(&mut self, workout: &Value, easier: bool, tally: &mut Tally<'a>) {
        let items = workout["items"].as_array().expect("items");
        let day = DAYS.iter().position(|day| workout["weekday"] == **day).expect("a day");
        let roles: Vec<&str> =
            items.iter().map(|item| item["role"].as_str().expect("a role")).collect();
        let in_order = roles.is_sorted_by_key(|role| match *role {
            "warm_up" => 0,
            "work" => 1,
            _ => 2,
        });
        self.must(in_order, || format!("H11: {roles:?}"));
        for role in ["warm_up", "work", "cool_down"] {
            self.must(roles.contains(&role), || format!("H11: no {role} on day {day}"));
        }
        let mut secs = 0;
        let mut seen = BTreeSet::new();
        for item in items {
            let id = item["exercise"].as_str().expect("an id");
            self.must(seen.insert(id), || format!("{id} twice on day {day}"));
            let Some(&facts) = self.library.get(id) else {
                self.must(false, || format!("H2: {id}"));
                continue;
            };
            secs += self.item(item, facts);
            if item["role"] == "work" {
                count(facts, number(item, "n_sets"), day, tally);
            }
        }
        let asked_secs = 60 * number(self.somebody, "minutes");
        let long_enough = easier || 10 * secs >= 9 * asked_secs;
        self.must(long_enough && 10 * secs <= 11 * asked_secs, || {
            format!("H6: {secs} s on day {day}, asked for {asked_secs}")
        });
    }

    /// Judges an exercise and tells how long it takes, seconds.
    fn item(&mut self, item: &Value, facts: &Facts) -> u64 {
        let id = facts.id.as_str();
        let (kit, limits) = (texts(self.somebody, "kit"), texts(self.somebody, "limits"));
        let lacks = facts.kit.iter().find(|one| !kit.contains(&one.as_str()));
        self.must(lacks.is_none(), || format!("H3: {id} needs {lacks:?}"));
        let hurts = facts.limits.iter().find(|one| limits.contains(&one.as_str()));
        self.must(hurts.is_none(), || format!("H4: {id} in spite of {hurts:?}"));
        let rank = |level: &str| LEVELS.iter().position(|one| *one == level);
        let level = self.somebody["level"].as_str().expect("a level");
        self.must(rank(facts.level.as_str()) <= rank(level), || {
            format!("{id} is too hard for {level}")
        });
        self.must(!texts(self.somebody, "avoid").contains(&id), || format!("{id} is not wanted"));
        let role = item["role"].as_str().expect("a role");
        self.must(facts.roles.iter().any(|one| one.as_str() == role), || format!("{id} as {role}"));
        let (n_sets, rest) = (number(item, "n_sets"), number(item, "rest_secs"));
        let (low, high) = (number(&item["target"], "low"), number(&item["target"], "high"));
        let dose = facts.dose.as_str();
        let timed = dose.starts_with("secs");
        let reps_fit = timed && high <= 6600 || low >= 3 && high <= 30;
        self.must((1..=6).contains(&n_sets) && low >= 1 && low <= high && reps_fit, || {
            format!("H9, H13: {id} {n_sets} × {low}-{high}")
        });
        self.must(item["target"]["dose"] == dose, || format!("{id} is counted in {dose}"));
        self.must(rest <= 300, || format!("H10: {rest} s after {id}"));
        let rir = item["target"]["rir"].as_u64();
        let careful = level == "beginner" && facts.compound && role == "work";
        let least = u64::from(careful);
        self.must(rir.map_or(timed, |rir| (least..=5).contains(&rir)), || {
            format!("H9: {id} {rir:?}")
        });
        self.load(item, id, low + rir.unwrap_or(0));
        self.must(role != "work" || !item["why"].as_array().expect("reasons").is_empty(), || {
            format!("{id} without a reason")
        });
        let sides = if dose.ends_with("per_side") { 2 } else { 1 };
        let set_secs = if timed { high } else { high * u64::from(facts.rep_secs) };
        30 + n_sets * (sides * set_secs + rest)
    }

    fn load(&mut self, item: &Value, id: &str, to_failure: u64) {
        let Some(load_g) = item["load_g"].as_u64() else { return };
        let known = self.somebody["known"].as_array().expect("known");
        let Some(known) = known.iter().find(|one| one["exercise"] == id) else {
            return self.must(false, || format!("H12: {id} has a load out of nowhere"));
        };
        let most = number(known, "e1rm_g") * 30 * 105 / (100 * (30 + to_failure));
        self.must(load_g <= most, || format!("H12: {load_g} g of {most} g for {id}"));
        let slow = known["last_load_g"].as_u64().is_none_or(|last| 10 * load_g <= 11 * last);
        self.must(slow, || format!("H12: {load_g} g for {id} rises too fast"));
    }

    fn tallied(&mut self, tally: &Tally<'_>, easier: bool) {
        let level = self.somebody["level"].as_str().expect("a level");
        for (muscle, &half_sets) in &tally.half_sets {
            let most = match (level, muscle.starts_with("neck")) {
                ("beginner", true) => 16,
                (_, true) => 20,
                ("beginner", _) => 24,
                ("intermediate", _) => 36,
                _ => 44,
            };
            let usual = self.somebody["usual"].as_array().expect("usual");
            let usual = usual.iter().find(|one| one[0] == *muscle).and_then(|one| one[1].as_u64());
            let most = usual.map_or(most, |usual| most.min((13 * usual / 10).max(8)));
            self.must(half_sets <= most, || format!("H7: {half_sets} half sets of {muscle}"));
        }
        for (&(muscle, day), &sets) in &tally.direct_on {
            let next = tally.direct_on.get(&(muscle, (day + 1) % 7)).copied().unwrap_or(0);
            self.must(sets < 4 || next < 4, || format!("H8: {muscle} on day {day} and the next"));
        }
        let families: [[&[&str]; 2]; 2] = [
            [&["push_horizontal", "push_vertical"], &["pull_horizontal", "pull_vertical"]],
            [&["squat", "lunge"], &["hinge"]],
        ];
        for pair in families {
            let sets = |names: &[&str]| -> u64 {
                names.iter().filter_map(|name| tally.patterns.get(name)).sum()
            };
            let [a, b] = pair.map(sets);
            let possible = pair.iter().all(|names| self.could_do(names));
            let fine = easier || a.max(b) <= 4 || a.max(b) <= 2 * a.min(b) || !possible;
            self.must(fine, || format!("H14: {a} sets against {b} of {pair:?}"));
        }
    }

    fn could_do(&self, patterns: &[&str]) -> bool {
        self.library.values().any(|facts| {
            patterns.contains(&facts.pattern.as_str())
                && facts.roles.iter().any(|role| role.as_str() == "work")
                && self.may(facts)
        })
    }

    /// Whether the person may do an exercise.
    pub(crate) fn may(&self, facts: &Facts) -> bool {
        let (kit, limits) = (texts(self.somebody, "kit"), texts(self.somebody, "limits"));
        let rank = |level: &str| LEVELS.iter().position(|one| *one == level);
        rank(facts.level.as_str()) <= rank(self.somebody["level"].as_str().expect("a level"))
            && facts.kit.iter().all(|one| kit.contains(&one.as_str()))
            && !facts.limits.iter().any(|one| limits.contains(&one.as_str()))
            && !texts(self.somebody, "avoid").contains(&facts.id.as_str())
    }
}

fn count<'a>(facts: &'a Facts, n_sets: u64, day: usize, tally: &mut Tally<'a>) {
    let pattern = facts.pattern.as_str();
    if ["conditioning", "steady", "mobility"].contains(&pattern) {
        return;
    }
    *tally.patterns.entry(pattern).or_default() += n_sets;
    for muscle in &facts.direct {
        *tally.half_sets.entry(muscle.as_str()).or_default() += 2 * n_sets;
        *tally.direct_on.entry((muscle.as_str(), day)).or_default() += n_sets;
    }
    for muscle in &facts.indirect {
        *tally.half_sets.entry(muscle.as_str()).or_default() += n_sets;
    }
}
