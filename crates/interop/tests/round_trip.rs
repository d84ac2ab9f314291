//! What we write, we read back: our own formats without loss, FIT within its resolution, the others' as far as they go.

mod support;

use std::collections::BTreeMap;

use interop::{
    Choice, Named, read, write_csv, write_fit, write_hevy_csv, write_json, write_strong_csv,
};
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::{collection, option};
use support::{CATALOG, options, told};
use training::exercise::Dose;
use training::program::{Target, Weekday};
use training::session::{
    Asked, FromPlan, Group, GroupKind, Origin, PerformedSet, Seen, Session, SetKind,
};
use units::{ExerciseId, Side};
use uuid::Uuid;

fn id(text: &str) -> ExerciseId {
    ExerciseId::try_from(text.to_owned()).expect("an id")
}

fn custom() -> BTreeMap<ExerciseId, String> {
    BTreeMap::from([(id("custom_sled_push"), "Sled \"Push\"".to_owned())])
}

/// A session with every field, and everything that a table finds hard.
fn full() -> Session {
    let set = PerformedSet {
        id: Uuid::from_u128(2),
        exercise: id("bench_press"),
        place: 0,
        group: Some(Group { number: 1, kind: GroupKind::Circuit }),
        kind: SetKind::Amrap,
        side: Some(Side::Left),
        reps: Some(12),
        load_g: Some(-17_555),
        secs: Some(61),
        meters: Some(12.5),
        rir_halves: Some(3),
        note: Some("=1+1, \"quoted\"; and\na second line".to_owned()),
        target: Some(Asked {
            target: Target { dose: Dose::RepsPerSide, low: 8, high: 12, rir: Some(2) },
            load_g: Some(20_000),
        }),
        seen: Some(Seen {
            attempts: 2,
            technique: Some(87.25),
            rom_deg: Some(101.3),
            rep_secs: Some(2.5),
            best_velocity_mps: Some(0.31),
            velocity_loss: Some(0.2),
            rir_halves: Some(5),
        }),
        done_at_ms: 1_736_359_401_123,
    };
    let bare = PerformedSet {
        id: Uuid::from_u128(3),
        exercise: id("custom_sled_push"),
        place: 1,
        group: None,
        kind: SetKind::WarmUp,
        side: None,
        reps: None,
        load_g: None,
        secs: Some(0),
        meters: None,
        rir_halves: None,
        note: None,
        target: None,
        seen: None,
        done_at_ms: 1_736_359_401_124,
    };
    Session {
        id: Uuid::from_u128(1),
        on: date(2025, 1, 8),
        started_at_ms: 1_736_359_400_000,
        ended_at_ms: Some(1_736_363_000_000),
        title: "-Push; \"A\"".to_owned(),
        origin: Origin::Logged,
        from_plan: Some(FromPlan { plan: Uuid::from_u128(9), week: 3, weekday: Weekday::Wed }),
        deload: true,
        srpe_halves: Some(15),
        minutes: Some(60),
        note: Some("'=quoted".to_owned()),
        sets: vec![set, bare],
    }
}

fn comes_back(sessions: &[Session]) {
    let custom = custom();
    let named = Named { catalog: &CATALOG, custom: &custom };
    for bytes in [write_csv(sessions, named), write_json(sessions, named)] {
        let preview = read(&bytes, &CATALOG, &options()).expect("our own file");
        assert_eq!(preview.warnings.first, []);
        assert_eq!(preview.sessions, sessions);
        let accepted = preview.accept().expect("nothing is asked");
        assert!(accepted.sessions.iter().all(|session| session.ended_at_ms.is_some()));
        let used = |id: &&ExerciseId| {
            sessions.iter().flat_map(|session| &session.sets).any(|set| set.exercise == **id)
        };
        let used: Vec<_> = custom.keys().filter(used).collect();
        assert_eq!(accepted.custom.keys().collect::<Vec<_>>(), used);
    }
}

#[test]
fn every_field_comes_back() {
    comes_back(&[full()]);
    comes_back(&[Session { sets: Vec::new(), ended_at_ms: None, ..full() }]);
    comes_back(&[]);
}

#[test]
fn our_table_is_as_people_know_it() {
    let custom = custom();
    let named = Named { catalog: &CATALOG, custom: &custom };
    let text = String::from_utf8(write_csv(&[full()], named)).expect("UTF-8");
    expect_test::expect_file!["files/spotter.csv"].assert_eq(&text);
    let text = String::from_utf8(write_json(&[full()], named)).expect("UTF-8");
    expect_test::expect_file!["files/spotter.json"].assert_eq(&(text + "\n"));
}

#[test]
fn files_that_people_kept_are_still_read() {
    let old = include_bytes!("files/spotter.v1.nulls.json");
    let preview = read(old, &CATALOG, &options()).expect("our own file of old");
    assert_eq!(preview.sessions, [full()]);
}

#[test]
fn fit_keeps_what_fit_can_say() {
    let custom = custom();
    let named = Named { catalog: &CATALOG, custom: &custom };
    let mut session = full();
    session.sets[0].load_g = Some(82_540);
    session.sets[1].secs = Some(45);
    session.sets.push(PerformedSet {
        exercise: id("neck_rotation"),
        place: 2,
        reps: Some(10),
        id: Uuid::from_u128(4),
        done_at_ms: 1_736_359_500_900,
        ..session.sets[1].clone()
    });
    let zone = options().zone;
    let bytes = write_fit(&session, named, &zone).expect("a time that FIT can write");
    let mut options = options();
    options.choices.insert("Sled \"Push\"".to_owned(), Choice::Custom);
    let preview = read(&bytes, &CATALOG, &options).expect("our own FIT");
    expect_test::expect_file!["files/fit.txt"].assert_eq(&told(&preview));
    let read = preview.accept().expect("nothing is asked").sessions;
    assert_eq!(read[0].started_at_ms, session.started_at_ms / 1000 * 1000);
    for (set, of) in read[0].sets.iter().zip(&session.sets) {
        assert_eq!(set.done_at_ms, of.done_at_ms / 1000 * 1000);
        assert_eq!((&set.exercise, set.reps), (&of.exercise, of.reps));
        let loss = set.load_g.unwrap_or(0) - of.load_g.unwrap_or(0);
        assert!(loss.abs() <= 32, "a sixteenth of a kilogram: {loss}");
    }
}

#[test]
fn what_fit_cannot_say_is_refused() {
    let none = BTreeMap::new();
    let named = Named { catalog: &CATALOG, custom: &none };
    let old = Session { started_at_ms: 0, ..full() };
    assert!(write_fit(&old, named, &TimeZone::UTC).is_err());
    let empty = Session { sets: Vec::new(), ..full() };
    assert!(write_fit(&empty, named, &TimeZone::UTC).is_err());
}

#[test]
fn people_can_leave_for_strong_and_hevy() {
    let custom = custom();
    let named = Named { catalog: &CATALOG, custom: &custom };
    let mut session = full();
    session.sets[1].reps = Some(3);
    let zone = options().zone;
    let strong = write_strong_csv(std::slice::from_ref(&session), named, &zone);
    let hevy = write_hevy_csv(&[session], named, &zone);
    let text = format!("{}\n{}", String::from_utf8_lossy(&strong), String::from_utf8_lossy(&hevy));
    expect_test::expect_file!["files/leaving.csv"].assert_eq(&text);
    for bytes in [strong, hevy] {
        let preview = read(&bytes, &CATALOG, &options()).expect("a file that is read");
        assert_eq!(preview.n_skipped, 0);
        let sets = &preview.sessions[0].sets;
        assert_eq!((sets[0].reps, sets[0].load_g), (Some(12), Some(-17_555)));
    }
}

/// Texts with everything that tables find hard, as they are after cleaning.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Zäß=+@'\",;|\n-]{0,20}".prop_map(|text| text.trim().to_owned())
}

fn line() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn note() -> impl Strategy<Value = Option<String>> {
    option::of(text()).prop_map(|text| text.filter(|text| !text.is_empty()))
}

fn seen() -> impl Strategy<Value = Seen> {
    // As measured: what has more than fifteen digits comes back from JSON to within the last bit.
    let most = |most: u32| option::of((0..=most * 1_000).prop_map(|n| f64::from(n) / 1_000.0));
    (0..=1_000_u16, most(100), most(360), most(60), most(5), most(1), half()).prop_map(
        |(attempts, technique, rom_deg, rep_secs, best_velocity_mps, velocity_loss, rir_halves)| {
            Seen {
                attempts,
                technique,
                rom_deg,
                rep_secs,
                best_velocity_mps,
                velocity_loss,
                rir_halves,
            }
        },
    )
}

fn half() -> impl Strategy<Value = Option<u8>> {
    option::of(0..=20_u8)
}

fn load() -> impl Strategy<Value = Option<i32>> {
    option::of(-500_000..=1_000_000)
}

fn asked() -> impl Strategy<Value = Asked> {
    let dose = prop::sample::select(Dose::ALL);
    (dose, 0..=1_800_u16, 0..=1_800_u16, option::of(0..=10_u8), load()).prop_map(
        |(dose, low, more, rir, load_g)| Asked {
            target: Target { dose, low, high: low + more, rir },
            load_g,
        },
    )
}

fn performed_set() -> impl Strategy<Value = PerformedSet> {
    let exercise = prop::sample::select(vec!["squat", "deadlift", "custom_sled_push"]);
    let group = (any::<u16>(), prop::sample::select(GroupKind::ALL));
    let what = (exercise, 0..50_u16, option::of(group), prop::sample::select(SetKind::ALL));
    let side = option::of(prop::sample::select(Side::BOTH.to_vec()));
    let done = (
        side,
        option::of(0..=1000_u16),
        load(),
        option::of(0..=86_400_u32),
        option::of((0..=10_000_000_u32).prop_map(|n| f64::from(n) / 10.0)),
        half(),
    );
    let told =
        (note(), option::of(asked()), option::of(seen()), 946_684_800_000..1_700_000_000_000_i64);
    (any::<u128>(), what, done, told).prop_map(|(name, what, done, told)| PerformedSet {
        id: Uuid::from_u128(name),
        exercise: id(what.0),
        place: what.1,
        group: what.2.map(|(number, kind)| Group { number, kind }),
        kind: what.3,
        side: done.0,
        // Something was done, or it is no set.
        reps: done.1.or_else(|| (done.3.is_none() && done.4.is_none()).then_some(0)),
        load_g: done.2,
        secs: done.3,
        meters: done.4,
        rir_halves: done.5,
        note: told.0,
        target: told.1,
        seen: told.2,
        done_at_ms: told.3,
    })
}

fn session() -> impl Strategy<Value = Session> {
    let when =
        (0..9_000_i32, 946_684_800_000..1_700_000_000_000_i64, option::of(0..90_000_000_i64));
    let plan = option::of((any::<u128>(), any::<u16>(), prop::sample::select(Weekday::ALL)));
    let kept = (line(), prop::sample::select(Origin::ALL), plan, any::<bool>());
    let told = (half(), option::of(1..=1440_u16), note());
    let sets = collection::vec(performed_set(), 0..6);
    (any::<u128>(), when, kept, told, sets).prop_map(|(name, when, kept, told, mut sets)| {
        sets.sort_by_key(|set| (set.place, set.done_at_ms, set.id));
        let days = jiff::Span::new().days(when.0);
        Session {
            id: Uuid::from_u128(name),
            on: date(2000, 1, 1).saturating_add(days),
            started_at_ms: when.1,
            ended_at_ms: when.2.map(|after| when.1 + after),
            title: kept.0,
            origin: kept.1,
            from_plan: kept.2.map(|(plan, week, weekday)| FromPlan {
                plan: Uuid::from_u128(plan),
                week,
                weekday,
            }),
            deload: kept.3,
            srpe_halves: told.0,
            minutes: told.1,
            note: told.2,
            sets,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn whatever_is_kept_comes_back(mut sessions in collection::vec(session(), 0..6)) {
        sessions.sort_by_key(|session| (session.started_at_ms, session.id));
        comes_back(&sessions);
    }
}
