//! Made-up people who train: the same seed gives the same person, session by session.

use jiff::Span;
use jiff::civil::{Date, date};
use training::exercise::{Dose, Facts, Level, LoadKind, Muscle, Pattern, Role};
use training::session::{CheckIn, Origin, PerformedSet, Session, SetKind};
use units::ExerciseId;

/// A Monday.
pub(crate) const DAY_0: Date = date(2026, 1, 5);
const DAY_0_MS: i64 = 1_767_636_000_000;
const DAY_MS: i64 = 86_400_000;

pub(crate) fn day(n: u16) -> Date {
    DAY_0.saturating_add(Span::new().days(i64::from(n)))
}

/// The generator `SplitMix64`.
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0..1.
    pub(crate) fn uniform(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).expect("32 bits")) / 4_294_967_296.0
    }

    /// Mean 0, standard deviation 1: twelve uniform numbers less six.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }
}

/// To the nearest whole number within bounds.
pub(crate) fn whole(value: f64, low: u16, high: u16) -> u16 {
    (low..high).find(|&whole| value < f64::from(whole) + 0.5).unwrap_or(high)
}

pub(crate) fn library() -> Vec<Facts> {
    use Muscle::{
        Biceps, Chest, FrontDelts, Glutes, Hamstrings, Lats, LowerBack, Quads, Triceps, UpperBack,
    };
    let facts =
        |name: &str, pattern, direct: &[Muscle], indirect: &[Muscle], load, compound| Facts {
            id: ExerciseId::try_from(name.to_owned()).expect("a name"),
            pattern,
            level: Level::Beginner,
            roles: vec![Role::Work],
            direct: direct.to_vec(),
            indirect: indirect.to_vec(),
            kit: vec![],
            limits: vec![],
            dose: Dose::Reps,
            rep_secs: 4,
            load,
            compound,
            regressions: vec![],
            progressions: vec![],
        };
    let (weight, body) = (LoadKind::Weight, LoadKind::Body);
    vec![
        facts("bench", Pattern::PushHorizontal, &[Chest], &[Triceps, FrontDelts], weight, true),
        facts("curl", Pattern::Isolation, &[Biceps], &[], weight, false),
        facts("deadlift", Pattern::Hinge, &[Hamstrings, LowerBack], &[Glutes], weight, true),
        facts("press", Pattern::PushVertical, &[FrontDelts], &[Triceps], weight, true),
        facts("pull_up", Pattern::PullVertical, &[Lats], &[Biceps], body, true),
        facts("row", Pattern::PullHorizontal, &[UpperBack, Lats], &[Biceps], weight, true),
        facts("squat", Pattern::Squat, &[Quads, Glutes], &[LowerBack], weight, true),
    ]
}

/// What changes on a day, in parts of what is usual.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Life {
    /// Strength.
    pub(crate) strength: f64,
    /// Minutes and effort of a session together.
    pub(crate) load: f64,
    /// Added to the answers of the morning, 1..=5.
    pub(crate) mood: f64,
    /// Whether there is no training at all.
    pub(crate) away: bool,
    /// Whether the session is an easier one.
    pub(crate) deload: bool,
}

pub(crate) const USUAL: Life =
    Life { strength: 1.0, load: 1.0, mood: 0.0, away: false, deload: false };

/// Somebody with a plan that never changes and a life that is not quite even.
#[derive(Debug, Clone)]
pub(crate) struct Lifter {
    pub(crate) random: Random,
    /// On which days of the week, from Monday.
    weekdays: Vec<u16>,
    /// What is done in odd and even sessions, with the load that is 80 % of the one-repetition maximum.
    workouts: [Vec<(ExerciseId, i32)>; 2],
    n_sets: u16,
    reps: u16,
    minutes: f64,
    srpe: f64,
    answers: [f64; 4],
    /// How yesterday was felt; days are like the days before.
    mood: f64,
    n_sessions: u16,
    postponed: bool,
}

impl Lifter {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x1234_5677).wrapping_add(99));
        let weekdays = match random.next() % 4 {
            0 => vec![0, 3],
            1 => vec![0, 2, 4],
            2 => vec![0, 1, 3, 4],
            _ => vec![0, 1, 2, 4, 5],
        };
        let mut load = |name: &str, kg: i32| {
            let g = kg * 1000 / 10 * i32::from(whole(10.0 + random.normal(), 7, 13));
            (ExerciseId::try_from(name.to_owned()).expect("a name"), g)
        };
        let workouts = [
            vec![load("squat", 90), load("bench", 70), load("row", 60), load("curl", 25)],
            vec![load("deadlift", 110), load("press", 45), load("bench", 65), load("pull_up", 0)],
        ];
        let answer = |random: &mut Random| 3.4 + 0.6 * random.normal();
        Self {
            weekdays,
            workouts,
            n_sets: whole(3.0 + 0.7 * random.normal(), 2, 4),
            reps: whole(7.0 + 1.5 * random.normal(), 4, 10),
            minutes: 60.0 + 12.0 * random.normal(),
            srpe: 6.3 + 0.6 * random.normal(),
            answers: [
                answer(&mut random),
                answer(&mut random),
                answer(&mut random),
                answer(&mut random),
            ],
            mood: 0.0,
            n_sessions: 0,
            postponed: false,
            random,
        }
    }

    /// The morning: 15 % of them are not told.
    pub(crate) fn morning(&mut self, n: u16, life: Life) -> Option<CheckIn> {
        self.mood = 0.5 * self.mood + 0.35 * self.random.normal();
        let shared = self.mood + life.mood;
        let mut answer = |usual: f64| {
            let told = usual + shared + 0.6 * self.random.normal();
            Some(u8::try_from(whole(told, 1, 5)).expect("small"))
        };
        let [sleep, soreness, stress, motivation] = self.answers.map(&mut answer);
        let check_in = CheckIn { on: day(n), sleep, soreness, stress, motivation };
        (!self.random.chance(0.15)).then_some(check_in)
    }

    /// The session of a day, if there is one: 5 % are left out and 8 % done the day after.
    pub(crate) fn session(&mut self, n: u16, life: Life) -> Option<Session> {
        let planned = self.weekdays.contains(&(n % 7));
        let today = (planned || self.postponed) && !life.away;
        let (skipped, postponed) = (self.random.chance(0.05), self.random.chance(0.08));
        self.postponed = planned && today && postponed && !skipped;
        if !today || skipped || self.postponed {
            return None;
        }
        let workout = self.workouts[usize::from(self.n_sessions % 2)].clone();
        self.n_sessions += 1;
        let started_at_ms = DAY_0_MS + i64::from(n) * DAY_MS;
        let mut sets = Vec::new();
        for (place, (exercise, load_g)) in (0..).zip(workout) {
            // Nobody is equally strong every day, and nobody knows their reserve exactly.
            let strength = life.strength * (1.0 + 0.02 * self.random.normal());
            for n_set in 0..=self.n_sets {
                let (kind, share) =
                    if n_set == 0 { (SetKind::WarmUp, 0.6) } else { (SetKind::Work, 1.0) };
                if life.deload && n_set > self.n_sets.div_ceil(2) {
                    continue;
                }
                let tired = f64::from(n_set.saturating_sub(1)) * 0.5;
                // A percent of strength is about a third of a repetition.
                let could = f64::from(self.reps) + 2.0 + 33.0 * (strength - 1.0) - tired;
                let reps = whole(could, 1, self.reps);
                let rir = could - f64::from(reps) + 0.7 * self.random.normal();
                sets.push(PerformedSet {
                    id: self.id(),
                    exercise: exercise.clone(),
                    place,
                    group: None,
                    kind,
                    side: None,
                    reps: Some(reps),
                    load_g: (load_g > 0)
                        .then(|| load_g * i32::from(whole(share * 10.0, 1, 10)) / 10),
                    secs: None,
                    meters: None,
                    rir_halves: Some(u8::try_from(whole(2.0 * rir, 0, 10)).expect("small")),
                    note: None,
                    target: None,
                    seen: None,
                    done_at_ms: started_at_ms
                        + i64::try_from(sets.len() + 1).expect("few") * 180_000,
                });
            }
        }
        let ease = if life.deload { 0.6 } else { 1.0 };
        let half = if life.load > 1.0 { (life.load - 1.0) / 2.0 + 1.0 } else { life.load };
        let minutes = self.minutes * (1.0 + 0.08 * self.random.normal()) * ease * half;
        let srpe = (self.srpe + 0.6 * self.random.normal()) * life.load / half;
        let minutes = whole(minutes, 10, 300);
        Some(Session {
            id: self.id(),
            on: day(n),
            started_at_ms,
            ended_at_ms: Some(started_at_ms + i64::from(minutes) * 60_000),
            title: String::new(),
            origin: Origin::Logged,
            from_plan: None,
            deload: life.deload,
            srpe_halves: Some(u8::try_from(whole(2.0 * srpe, 1, 20)).expect("small")),
            minutes: Some(minutes),
            note: None,
            sets,
        })
    }

    pub(crate) fn id(&mut self) -> uuid::Uuid {
        uuid::Uuid::from_u64_pair(self.random.next(), self.random.next())
    }
}
