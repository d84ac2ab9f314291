//! The first week, built by adding what helps most and breaks no rule until the sessions are full.

use crate::exercise::{Facts, Level, LoadKind, Muscle, Pattern, Role};
use crate::planner::dosing::{Dosage, aim_half_sets, dosage, serves};
use crate::planner::ledger::{Family, Ledger};
use crate::planner::time::item_secs;
use crate::planner::{Intake, Why};
use crate::program::{Goal, Item, Target, Weekday, Workout};

/// A session may be this part shorter or longer than asked for, percent.
pub(super) const TOLERANCE_PERCENT: u32 = 10;
/// Easy work for the heart that fills a session, seconds, at least and at most.
const STEADY_SECS: (u32, u32) = (60, 6600);
/// Who wants to lose weight keeps this part of a session for easy work for the heart.
const HEART_PART: u32 = 5;
/// More exercises than this are not remembered, one for so many minutes.
const MINUTES_PER_EXERCISE: u16 = 7;

/// An exercise in a session that is being built.
#[derive(Debug, Clone)]
struct Chosen<'a> {
    facts: &'a Facts,
    role: Role,
    n_sets: u8,
    dosage: Dosage,
    why: Vec<Why>,
}

impl Chosen<'_> {
    fn secs(&self) -> u32 {
        item_secs(self.facts, &self.dosage.target, self.n_sets, self.dosage.rest_secs)
    }
}

/// A session that is being built.
#[derive(Debug, Clone)]
struct Day<'a> {
    weekday: Weekday,
    chosen: Vec<Chosen<'a>>,
}

impl Day<'_> {
    fn secs(&self) -> u32 {
        self.chosen.iter().map(Chosen::secs).sum()
    }

    fn has(&self, facts: &Facts) -> bool {
        self.chosen.iter().any(|chosen| chosen.facts.id == facts.id)
    }

    fn n_work(&self) -> usize {
        self.chosen.iter().filter(|chosen| chosen.role == Role::Work).count()
    }
}

/// A week that is being built.
struct Builder<'a> {
    intake: &'a Intake,
    allowed: &'a [&'a Facts],
    ledger: Ledger,
    days: Vec<Day<'a>>,
    /// Seconds a session should take.
    budget_secs: u32,
    /// Of these, seconds that are kept for easy work for the heart.
    heart_secs: u32,
}

pub(super) fn first_week(intake: &Intake, allowed: &[&Facts]) -> Vec<Workout> {
    let mut weekdays = intake.weekdays.clone();
    weekdays.sort_unstable();
    let budget_secs = 60 * u32::from(intake.minutes);
    let for_heart = intake.goal == Goal::LoseWeight && allowed.iter().any(|facts| fills(facts));
    let mut builder = Builder {
        intake,
        allowed,
        ledger: Ledger::new(intake, allowed),
        days: weekdays.into_iter().map(|weekday| Day { weekday, chosen: Vec::new() }).collect(),
        budget_secs,
        heart_secs: if for_heart { budget_secs / HEART_PART } else { 0 },
    };
    builder.frame();
    builder.add_work();
    builder.add_sets();
    builder.fill();
    builder.finish()
}

impl<'a> Builder<'a> {
    /// A warm-up and a cool-down for every day.
    fn frame(&mut self) {
        for at in 0..self.days.len() {
            for (role, part, most_secs) in [(Role::WarmUp, 9, 420), (Role::CoolDown, 12, 360)] {
                let wanted_secs = (self.budget_secs / part).min(most_secs);
                let mut secs = 0;
                while secs < wanted_secs {
                    let Some(chosen) = self.easy(at, role) else { break };
                    let more = chosen.secs();
                    if secs > 0 && secs + more > wanted_secs + 60 {
                        break;
                    }
                    secs += more;
                    self.days[at].chosen.push(chosen);
                }
            }
        }
    }

    /// The next item of a warm-up or cool-down: movements that the day has not, others on other days.
    fn easy(&self, at: usize, role: Role) -> Option<Chosen<'a>> {
        let day = &self.days[at];
        // The last easy work for the heart is kept for filling the session.
        let last_steady =
            self.allowed.iter().filter(|facts| fills(facts) && !day.has(facts)).count() <= 1;
        let fits = |facts: &&&Facts| {
            facts.roles.contains(&role) && !day.has(facts) && !(last_steady && fills(facts))
        };
        let fresh = |facts: &Facts| self.days.iter().filter(|day| day.has(facts)).count();
        let facts = self.allowed.iter().filter(fits).min_by_key(|facts| {
            let steady = facts.pattern == Pattern::Steady;
            let serves = facts.direct.iter().any(|&muscle| serves(self.intake.goal, muscle));
            // The blood first, then the joints; what could be work is left for that.
            (
                day.n_of(role) > 0 && steady
                    || day.n_of(role) == 0 && !steady && role == Role::WarmUp,
                !steady && facts.roles.contains(&Role::Work),
                fresh(facts),
                !serves,
                self.jitter(facts, day.weekday),
            )
        })?;
        let why = if role == Role::WarmUp { Why::WarmsUp } else { Why::CoolsDown };
        let mut dosage = dosage(self.intake, facts, role);
        if facts.pattern == Pattern::Steady {
            dosage.target.low = 120;
            dosage.target.high = 120;
        }
        Some(Chosen { facts, role, n_sets: 1, dosage, why: vec![why] })
    }

    /// Exercises, day by day in turn, until no session has room for another.
    fn add_work(&mut self) {
        let most = usize::from(self.intake.minutes / MINUTES_PER_EXERCISE).clamp(2, 10);
        loop {
            let mut added = false;
            for at in 0..self.days.len() {
                if self.days[at].n_work() < most
                    && let Some(chosen) = self.best(at)
                {
                    self.ledger.add(chosen.facts, self.days[at].weekday, chosen.n_sets);
                    self.days[at].chosen.push(chosen);
                    added = true;
                }
            }
            if !added {
                return;
            }
        }
    }

    /// What helps most on a day, if anything does.
    fn best(&self, at: usize) -> Option<Chosen<'a>> {
        let day = &self.days[at];
        let room_secs = (self.budget_secs - self.heart_secs).saturating_sub(day.secs());
        let candidates = self.allowed.iter().filter(|facts| {
            facts.roles.contains(&Role::Work) && facts.pattern != Pattern::Steady && !day.has(facts)
        });
        let scored = candidates.filter_map(|facts| {
            let mut dosage = dosage(self.intake, facts, Role::Work);
            let secs = |n_sets| item_secs(facts, &dosage.target, n_sets, dosage.rest_secs);
            let fits = |n_sets| {
                secs(n_sets) <= room_secs
                    && self.ledger.has_room(facts, day.weekday, n_sets)
                    && (n_sets == 1 || self.wants(facts, n_sets))
            };
            let n_sets = (1..=dosage.n_sets).rev().find(|&n_sets| fits(n_sets))?;
            dosage.n_sets = n_sets;
            let worth = self.worth(facts, at, n_sets)?;
            Some((worth, facts, dosage))
        });
        let (_, facts, dosage) = scored.max_by(|a, b| (a.0, &b.1.id).cmp(&(b.0, &a.1.id)))?;
        let why = self.reasons(facts, dosage.n_sets);
        Some(Chosen { facts, role: Role::Work, n_sets: dosage.n_sets, dosage, why })
    }

    /// Whether so many sets give a muscle no more than it should get in the week.
    fn wants(&self, facts: &Facts, n_sets: u8) -> bool {
        let after = |muscle| self.ledger.half_sets(muscle) + 2 * u16::from(n_sets);
        let within = |&muscle: &Muscle| after(muscle) <= aim_half_sets(self.intake, muscle);
        facts.pattern == Pattern::Conditioning || facts.direct.iter().any(within)
    }

    /// How much an exercise helps on a day; none where it does not.
    fn worth(&self, facts: &Facts, at: usize, n_sets: u8) -> Option<i64> {
        let Intake { goal, level, .. } = *self.intake;
        let day = &self.days[at];
        let missing = |muscle: Muscle, half_sets: u16| {
            let have = self.ledger.half_sets(muscle);
            let aim = aim_half_sets(self.intake, muscle);
            let weight = if serves(goal, muscle) { 3 } else { 1 };
            weight * i64::from(aim.saturating_sub(have).min(half_sets))
        };
        let n_sets = u16::from(n_sets);
        let direct: i64 = facts.direct.iter().map(|&muscle| missing(muscle, 2 * n_sets)).sum();
        let indirect: i64 = facts.indirect.iter().map(|&muscle| missing(muscle, n_sets)).sum();
        let for_heart = facts.pattern == Pattern::Conditioning;
        if direct == 0 && !for_heart {
            return None;
        }
        let is_work = |chosen: &&Chosen<'_>| chosen.role == Role::Work;
        let today = || day.chosen.iter().filter(is_work);
        if for_heart && today().any(|chosen| chosen.facts.pattern == Pattern::Conditioning) {
            return None;
        }
        let all = || self.days.iter().flat_map(|day| day.chosen.iter().filter(is_work));
        let same_today = today().filter(|one| one.facts.pattern == facts.pattern).count();
        let same_muscle = today()
            .filter(|one| one.facts.direct.iter().any(|muscle| facts.direct.contains(muscle)))
            .count();
        let new_pattern = !all().any(|one| one.facts.pattern == facts.pattern);
        let times = all().filter(|one| one.facts.id == facts.id).count();
        let behind = Family::of(facts.pattern).is_some_and(|family| self.ledger.is_behind(family));
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        // Beginners learn by doing the same again; others like to vary.
        let again = if level == Level::Beginner { 8 } else { 25 };
        let mut worth = 10 * direct + 5 * indirect;
        worth += if behind { 120 } else { 0 };
        worth += if new_pattern { 60 } else { 0 };
        worth += if facts.compound { 50 } else { 0 };
        worth += if facts.level == level { 15 } else { 0 };
        worth += if for_heart && goal == Goal::LoseWeight { 160 } else { 0 };
        // Who is new to it learns the easier variant first, where nothing but the body makes it hard.
        let by_body = |one: &Facts| one.load == LoadKind::Body;
        let has_easier = self.allowed.iter().any(|easier| {
            by_body(easier)
                && easier.roles.contains(&Role::Work)
                && facts.regressions.contains(&easier.id)
        });
        worth -= if level == Level::Beginner && by_body(facts) && has_easier { 90 } else { 0 };
        worth -= 60 * count(same_today) + 15 * count(same_muscle) + again * count(times);
        Some(worth + self.jitter(facts, day.weekday))
    }

    fn reasons(&self, facts: &Facts, n_sets: u8) -> Vec<Why> {
        let mut why = Vec::new();
        let served = facts.direct.iter().find(|&&muscle| serves(self.intake.goal, muscle));
        why.extend(served.map(|&muscle| Why::Serves { muscle }));
        if Family::of(facts.pattern).is_some_and(|family| self.ledger.is_behind(family)) {
            why.push(Why::Balances { pattern: facts.pattern });
        }
        if facts.pattern == Pattern::Conditioning {
            why.push(Why::Heart);
        } else if let Some(&muscle) = facts.direct.first() {
            why.push(Why::Volume {
                muscle,
                half_sets: 2 * u16::from(n_sets),
                aim_half_sets: aim_half_sets(self.intake, muscle),
            });
        }
        why
    }

    /// More sets of what is there, as long as they fit: first of what has the fewest.
    fn add_sets(&mut self) {
        for at in 0..self.days.len() {
            while let Some(which) = self.next_set(at) {
                let day = &mut self.days[at];
                let chosen = &mut day.chosen[which];
                chosen.n_sets += 1;
                self.ledger.add(chosen.facts, day.weekday, 1);
            }
        }
    }

    fn next_set(&self, at: usize) -> Option<usize> {
        let day = &self.days[at];
        let room_secs = (self.budget_secs - self.heart_secs).saturating_sub(day.secs());
        let can_grow = |chosen: &Chosen<'_>| {
            let Chosen { facts, dosage, n_sets, .. } = chosen;
            let one_more = item_secs(facts, &dosage.target, n_sets + 1, dosage.rest_secs);
            let wanted = facts
                .direct
                .iter()
                .any(|&muscle| self.ledger.half_sets(muscle) < aim_half_sets(self.intake, muscle));
            chosen.role == Role::Work
                && *n_sets < dosage.most_sets
                && one_more - chosen.secs() <= room_secs
                && (wanted || facts.pattern == Pattern::Conditioning)
                && self.ledger.has_room(facts, day.weekday, 1)
        };
        let growing = day.chosen.iter().enumerate().filter(|(_, chosen)| can_grow(chosen));
        growing.min_by_key(|(at, chosen)| (chosen.n_sets, *at)).map(|(at, _)| at)
    }

    /// Easy work for the heart where a session would be short, then longer stretches at its ends.
    fn fill(&mut self) {
        for at in 0..self.days.len() {
            loop {
                let short_secs = self.budget_secs.saturating_sub(self.days[at].secs());
                let Some(steady) = self.steady(at, short_secs) else { break };
                self.days[at].chosen.push(steady);
            }
            while self.days[at].secs() + self.budget_secs * TOLERANCE_PERCENT / 200
                < self.budget_secs
                && let Some(chosen) =
                    self.easy(at, Role::CoolDown).or_else(|| self.easy(at, Role::WarmUp))
            {
                self.days[at].chosen.push(chosen);
            }
            let day = &mut self.days[at];
            let budget_secs = self.budget_secs;
            // Still short: stretches are done twice.
            for again in 0..day.chosen.len() {
                let missing = budget_secs.saturating_sub(day.secs());
                let chosen = &mut day.chosen[again];
                if chosen.role != Role::Work && chosen.n_sets < chosen.dosage.most_sets {
                    chosen.n_sets += 1;
                    if item_secs(chosen.facts, &chosen.dosage.target, 1, chosen.dosage.rest_secs)
                        > missing
                    {
                        chosen.n_sets -= 1;
                    }
                }
            }
        }
    }

    fn steady(&self, at: usize, short_secs: u32) -> Option<Chosen<'a>> {
        if short_secs < STEADY_SECS.0 + 30 {
            return None;
        }
        let day = &self.days[at];
        let fits = |facts: &&&Facts| fills(facts) && !day.has(facts);
        let facts =
            self.allowed.iter().filter(fits).max_by_key(|facts| self.jitter(facts, day.weekday))?;
        let mut dosage = dosage(self.intake, facts, Role::Work);
        let secs = (short_secs - 30).min(STEADY_SECS.1) / 30 * 30;
        let secs = u16::try_from(secs).unwrap_or(u16::MAX);
        dosage.target = Target { low: secs, high: secs, ..dosage.target };
        Some(Chosen { facts, role: Role::Work, n_sets: 1, dosage, why: vec![Why::Heart] })
    }

    fn finish(self) -> Vec<Workout> {
        let one = |day: Day<'_>| {
            let mut chosen = day.chosen;
            for one in &mut chosen {
                let n_half_sets = 2 * u16::from(one.n_sets);
                for why in &mut one.why {
                    if let Why::Volume { half_sets, .. } = why {
                        *half_sets = n_half_sets;
                    }
                }
            }
            chosen.sort_by_key(|one| (order(one), one.role == Role::Work && !one.facts.compound));
            Workout { weekday: day.weekday, items: chosen.into_iter().map(item).collect() }
        };
        self.days.into_iter().map(one).collect()
    }

    /// 0..=30, the same for the same seed, exercise and day.
    fn jitter(&self, facts: &Facts, weekday: Weekday) -> i64 {
        let start = self.intake.seed ^ ((weekday as u64) << 56);
        let bytes = facts.id.as_str().bytes();
        // FNV-1a, then the finish of SplitMix64.
        let hash = bytes.fold(start ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        i64::from((mixed >> 40) as u32 % 31)
    }
}

impl Day<'_> {
    fn n_of(&self, role: Role) -> usize {
        self.chosen.iter().filter(|chosen| chosen.role == role).count()
    }
}

/// Whether it can go on for as long as a session needs.
fn fills(facts: &Facts) -> bool {
    facts.pattern == Pattern::Steady && facts.roles.contains(&Role::Work)
}

/// Warm-up, heavy work, small work, trunk and neck, heart, cool-down.
fn order(chosen: &Chosen<'_>) -> u8 {
    match (chosen.role, chosen.facts.pattern) {
        (Role::WarmUp, Pattern::Steady) => 0,
        (Role::WarmUp, _) => 1,
        (Role::Work, Pattern::Core | Pattern::Neck) => 4,
        (Role::Work, Pattern::Isolation) => 3,
        (Role::Work, Pattern::Conditioning | Pattern::Steady) => 5,
        (Role::Work, _) => 2,
        (Role::CoolDown, _) => 6,
    }
}

fn item(chosen: Chosen<'_>) -> Item {
    let Chosen { facts, role, n_sets, dosage, mut why } = chosen;
    if role == Role::Work && !facts.dose.is_timed() {
        why.push(Why::Range { low: dosage.target.low, high: dosage.target.high });
    }
    if role == Role::Work && dosage.rest_secs > 0 {
        why.push(Why::Rest { secs: dosage.rest_secs });
    }
    Item {
        exercise: facts.id.clone(),
        role,
        n_sets,
        target: dosage.target,
        rest_secs: dosage.rest_secs,
        load_g: None,
        why,
    }
}
