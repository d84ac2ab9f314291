//! Sessions and a small library for tests, written as text: `bench 100x5@2 w60x5; plank 60s`.

use jiff::civil::Date;
use units::ExerciseId;

use crate::days;
use crate::exercise::{Dose, Facts, Level, LoadKind, Muscle, Pattern, Role};
use crate::session::{Origin, PerformedSet, Seen, Session, SetKind};

/// Day 0 of every test, a Monday.
pub(crate) const DAY_0: Date = jiff::civil::date(2026, 1, 5);
/// 18:00 on day 0.
pub(crate) const DAY_0_MS: i64 = 1_767_636_000_000;
pub(crate) const DAY_MS: i64 = 86_400_000;

pub(crate) fn id(name: &str) -> ExerciseId {
    ExerciseId::try_from(name.to_owned()).expect("a name")
}

pub(crate) fn day(n: i64) -> Date {
    days::after(DAY_0, n)
}

/// A session of an hour on a day, CR10 unknown. A set is `[w|d]KGxREPS[@RIR]` or `SECSs`, then perhaps `!TECHNIQUE`, `L` or
/// `R`; exercises are parted by `;`, and `deload` first makes it an easier one.
pub(crate) fn session(n: i64, text: &str) -> Session {
    let started_at_ms = DAY_0_MS + n * DAY_MS;
    let (deload, text) = text.strip_prefix("deload ").map_or((false, text), |rest| (true, rest));
    let mut sets = Vec::new();
    for (place, part) in (0..).zip(text.split(';')) {
        let mut words = part.split_whitespace();
        let Some(name) = words.next() else { continue };
        for word in words {
            let number = i64::try_from(sets.len()).expect("few") + 1;
            let done_at_ms = started_at_ms + number * 180_000;
            sets.push(PerformedSet { place, done_at_ms, ..set(name, word, (n, number)) });
        }
    }
    Session {
        id: uuid::Uuid::from_u64_pair(u64::try_from(n + 1000).expect("late"), 0),
        on: day(n),
        started_at_ms,
        ended_at_ms: Some(started_at_ms + 3_600_000),
        title: String::new(),
        origin: Origin::Logged,
        from_plan: None,
        deload,
        srpe_halves: None,
        minutes: None,
        note: None,
        sets,
    }
}

/// Sessions on days.
pub(crate) fn sessions(all: &[(i64, &str)]) -> Vec<Session> {
    all.iter().map(|(n, text)| session(*n, text)).collect()
}

/// As the functions want them.
pub(crate) fn refs(all: &[Session]) -> Vec<&Session> {
    all.iter().collect()
}

fn set(name: &str, word: &str, (n, number): (i64, i64)) -> PerformedSet {
    let mut set = PerformedSet {
        id: uuid::Uuid::from_u64_pair(
            u64::try_from(n + 1000).expect("late"),
            u64::try_from(number).expect("some"),
        ),
        exercise: id(name),
        place: 0,
        group: None,
        kind: SetKind::Work,
        side: None,
        reps: None,
        load_g: None,
        secs: None,
        meters: None,
        rir_halves: None,
        note: None,
        target: None,
        seen: None,
        done_at_ms: 0,
    };
    let word = match word.strip_suffix('L') {
        Some(word) => {
            set.side = Some(units::Side::Left);
            word
        }
        None => {
            word.strip_suffix('R').inspect(|_| set.side = Some(units::Side::Right)).unwrap_or(word)
        }
    };
    let word = match word.split_once('!') {
        Some((word, technique)) => {
            set.seen = Some(Seen {
                attempts: 0,
                technique: technique.parse().ok(),
                rom_deg: None,
                rep_secs: None,
                best_velocity_mps: None,
                velocity_loss: None,
                rir_halves: None,
            });
            word
        }
        None => word,
    };
    let word = match word.split_once('@') {
        Some((word, rir)) => {
            set.rir_halves = units_of_half(rir);
            word
        }
        None => word,
    };
    if let Some(secs) = word.strip_suffix('s') {
        set.secs = secs.parse().ok();
        return set;
    }
    let (kind, word) = match word.split_at(1) {
        ("w", rest) => (SetKind::WarmUp, rest),
        ("d", rest) => (SetKind::Drop, rest),
        _ => (SetKind::Work, word),
    };
    set.kind = kind;
    let (kg, reps) = word.split_once('x').expect("a load and repetitions");
    set.load_g = kg.parse().ok().map(|kg: i32| kg * 1000);
    set.reps = reps.parse().ok();
    set
}

/// `2` or `2.5` in halves.
fn units_of_half(text: &str) -> Option<u8> {
    let (whole, half) = text.split_once('.').map_or((text, 0), |(whole, _)| (whole, 1));
    Some(whole.parse::<u8>().ok()? * 2 + half)
}

/// Two main lifts, a third, a pull-up, a hold, a lunge and a stretch.
pub(crate) fn library() -> Vec<Facts> {
    use Muscle::{
        Abs, Biceps, Chest, FrontDelts, Glutes, Hamstrings, Lats, LowerBack, Quads, Triceps,
    };
    let facts = |name, pattern, direct: &[Muscle], indirect: &[Muscle], dose, load| Facts {
        id: id(name),
        pattern,
        level: Level::Beginner,
        roles: vec![Role::Work],
        direct: direct.to_vec(),
        indirect: indirect.to_vec(),
        kit: vec![],
        limits: vec![],
        dose,
        rep_secs: 4,
        load,
        compound: load == LoadKind::Weight,
        regressions: vec![],
        progressions: vec![],
    };
    vec![
        facts(
            "bench",
            Pattern::PushHorizontal,
            &[Chest],
            &[Triceps, FrontDelts],
            Dose::Reps,
            LoadKind::Weight,
        ),
        facts(
            "deadlift",
            Pattern::Hinge,
            &[Hamstrings, LowerBack],
            &[Glutes],
            Dose::Reps,
            LoadKind::Weight,
        ),
        facts("lunge", Pattern::Lunge, &[Quads], &[Glutes], Dose::RepsPerSide, LoadKind::Weight),
        facts("plank", Pattern::Core, &[Abs], &[], Dose::Secs, LoadKind::Body),
        facts("pull_up", Pattern::PullVertical, &[Lats], &[Biceps], Dose::Reps, LoadKind::Body),
        facts(
            "squat",
            Pattern::Squat,
            &[Quads, Glutes],
            &[LowerBack],
            Dose::Reps,
            LoadKind::Weight,
        ),
        facts("stretch", Pattern::Mobility, &[Hamstrings], &[], Dose::Secs, LoadKind::Body),
    ]
}
