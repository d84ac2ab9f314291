//! Facts in any order, told twice, corrected and struck out add up to the same; what cannot be kept is refused by name.

use jiff::civil::date;

use super::*;
use crate::exercise::{Dose, Kit, Level, Limit, LoadKind, Pattern};
use crate::program::{Goal, Target, Weekday};
use crate::session::{Asked, Origin, Seen, SetKind};

const NOW: Now = Now { today: date(2026, 11, 21), ms: 1_795_262_400_000 };
const BEGAN_MS: i64 = NOW.ms - 3_600_000;

/// A tiny generator (SplitMix64): the same seed gives the same numbers for ever.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n.max(1)).expect("small")).expect("small")
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}

fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

fn exercise(name: &str) -> ExerciseId {
    name.to_owned().try_into().expect("an id")
}

fn library() -> Vec<Facts> {
    let one = |name: &str, load, kit: &[Kit]| Facts {
        pattern: Pattern::Squat,
        kit: kit.to_vec(),
        limits: vec![Limit::KneePain],
        load,
        ..Facts::unknown(exercise(name))
    };
    vec![one("barbell_squat", LoadKind::Weight, &[Kit::Barbell]), one("squat", LoadKind::Body, &[])]
}

fn started(n: u128) -> Started {
    Started {
        id: id(n),
        on: NOW.today,
        started_at_ms: BEGAN_MS,
        title: "Legs".to_owned(),
        from_plan: None,
        deload: false,
    }
}

fn set(n: u128) -> PerformedSet {
    PerformedSet {
        id: id(n),
        exercise: exercise("squat"),
        place: 0,
        group: None,
        kind: SetKind::Work,
        side: None,
        reps: Some(8),
        load_g: None,
        secs: None,
        meters: None,
        rir_halves: Some(4),
        note: None,
        target: None,
        seen: None,
        done_at_ms: BEGAN_MS + 60_000 * i64::try_from(n % 7).expect("small"),
    }
}

fn completed(n: u128) -> Completed {
    Completed {
        session: id(n),
        ended_at_ms: NOW.ms,
        srpe_halves: Some(14),
        minutes: None,
        note: None,
    }
}

fn consenting() -> Profile {
    Profile {
        goal: Goal::GainMass,
        level: Level::Beginner,
        weekdays: vec![Weekday::Mon],
        minutes: 45,
        kit: Vec::new(),
        limits: Vec::new(),
        avoid: Vec::new(),
        body: None,
        red_flags: Vec::new(),
        health_consent: true,
    }
}

fn pain() -> PainReport {
    PainReport {
        id: id(900),
        on: NOW.today,
        limit: Limit::KneePain,
        level: 3,
        exercise: Some(exercise("squat")),
        session: None,
        note: None,
    }
}

fn imported(n: u128) -> Session {
    let mut other = set(n + 500);
    other.exercise = exercise("custom_log_press");
    Session {
        id: id(n),
        on: NOW.today,
        started_at_ms: BEGAN_MS,
        ended_at_ms: Some(NOW.ms),
        title: String::new(),
        origin: Origin::Imported,
        from_plan: None,
        deload: false,
        srpe_halves: None,
        minutes: None,
        note: None,
        sets: vec![set(n + 501), other],
    }
}

fn act(state: &mut State, command: Command) -> Result<usize, Refused> {
    let events = decide(state, command, &library(), NOW)?;
    let n_events = events.len();
    for event in events {
        let stored = write(&event);
        let again = read(stored.kind, stored.schema_version, &stored.data).expect("readable");
        assert_eq!(again, event);
        state.evolve(event);
    }
    Ok(n_events)
}

fn log(set: PerformedSet) -> Command {
    Command::LogSet { session: id(1), set: Box::new(set) }
}

fn correct(set: PerformedSet) -> Command {
    Command::CorrectSet { session: id(1), set: Box::new(set) }
}

fn with_session() -> State {
    let mut state = State::default();
    act(&mut state, Command::GiveProfile(consenting())).expect("onboarded");
    act(&mut state, Command::StartSession(started(1))).expect("started");
    state
}

fn lifted(n: u128, reps: u16) -> PerformedSet {
    PerformedSet { reps: Some(reps), ..set(n) }
}

#[test]
fn sets_in_any_order_and_told_twice_are_the_same_session() {
    let target = Target { dose: Dose::Reps, low: 6, high: 10, rir: Some(2) };
    let asked = Asked { target, load_g: None };
    let sets: Vec<PerformedSet> = (10..40)
        .map(|n| PerformedSet {
            place: u16::try_from(n % 4).expect("small"),
            target: Some(asked),
            ..set(n)
        })
        .collect();
    let mut random = Random(1);
    let mut expected: Option<State> = None;
    for _ in 0..200 {
        let mut commands: Vec<Command> = sets.iter().cloned().map(log).collect();
        commands.extend((0..10).map(|_| log(sets[random.below(sets.len())].clone())));
        commands.push(Command::CompleteSession(completed(1)));
        commands.push(Command::StartSession(started(1)));
        random.shuffle(&mut commands);
        let mut state = with_session();
        for command in commands {
            act(&mut state, command).expect("a fact");
        }
        assert_eq!(*expected.get_or_insert_with(|| state.clone()), state);
    }
    let state = expected.expect("some");
    assert_eq!(state.progress.len(), 1, "what was decided does not depend on the order, either");
    let sets = &state.sessions[&id(1)].sets;
    assert_eq!(sets.len(), 30);
    assert!(sets.is_sorted_by_key(|set| (set.place, set.done_at_ms, set.id)));
}

/// A plain model beside the real thing: a map of sets.
#[test]
fn corrections_and_voids_agree_with_a_plain_map() {
    for seed in 0..300 {
        let mut random = Random(seed);
        let mut state = with_session();
        let mut model: BTreeMap<SetId, Option<PerformedSet>> = BTreeMap::new();
        let mut first: BTreeMap<SetId, PerformedSet> = BTreeMap::new();
        for step in 0_u16..60 {
            let n = 10 + u128::try_from(random.below(8)).expect("small");
            let new = lifted(n, step);
            let known = model.get(&id(n)).cloned();
            match random.below(4) {
                0 => {
                    let result = act(&mut state, log(new.clone()));
                    match known {
                        None => {
                            assert_eq!(result, Ok(1));
                            model.insert(id(n), Some(new.clone()));
                            first.insert(id(n), new);
                        }
                        Some(_) => assert!(matches!(result, Err(Refused::Conflict(_)))),
                    }
                }
                1 => {
                    let again = first.get(&id(n)).cloned();
                    if let Some(again) = again {
                        assert_eq!(act(&mut state, log(again)), Ok(0));
                    }
                }
                2 => match act(&mut state, correct(new.clone())) {
                    Ok(_) => {
                        assert!(known.is_some());
                        model.insert(id(n), Some(new));
                    }
                    Err(refused) => assert_eq!((refused, known), (Refused::NoSuchSet, None)),
                },
                _ => match act(&mut state, Command::VoidSet { session: id(1), set: id(n) }) {
                    Ok(n_events) => {
                        let there = known.expect("known").is_some();
                        assert_eq!(n_events, usize::from(there));
                        model.insert(id(n), None);
                    }
                    Err(refused) => assert_eq!((refused, known), (Refused::NoSuchSet, None)),
                },
            }
            let mut expected: Vec<PerformedSet> = model.values().flatten().cloned().collect();
            expected.sort_by_key(|set| (set.place, set.done_at_ms, set.id));
            assert_eq!(state.sessions[&id(1)].sets, expected, "seed {seed}, step {step}");
        }
        let kept = serde_json::to_string(&state).expect("writable");
        assert_eq!(serde_json::from_str::<State>(&kept).expect("readable"), state);
    }
}

#[test]
fn whatever_is_asked_for_nothing_panics() {
    for seed in 0..2_000 {
        let mut random = Random(seed);
        let mut state = if random.below(2) == 0 { with_session() } else { State::default() };
        for _ in 0..30 {
            let command = wild(&mut random);
            let _outcome = act(&mut state, command);
        }
    }
}

fn wild(random: &mut Random) -> Command {
    let session = id(1 + u128::try_from(random.below(3)).expect("small"));
    let mut one = lifted(
        10 + u128::try_from(random.below(5)).expect("small"),
        [0, 5, 8, 12, 1000, u16::MAX][random.below(6)],
    );
    one.load_g = [None, Some(i32::MIN), Some(0), Some(100_000), Some(i32::MAX)][random.below(5)];
    one.done_at_ms = [i64::MIN, BEGAN_MS, NOW.ms, i64::MAX][random.below(4)];
    one.meters = [None, Some(f64::NAN), Some(400.0)][random.below(3)];
    if random.below(2) == 0 {
        one.exercise = exercise("barbell_squat");
    }
    let day = [Date::MIN, NOW.today, Date::MAX][random.below(3)];
    match random.below(18) {
        0 => Command::StartSession(Started { id: session, on: day, ..started(1) }),
        1 => Command::StartSession(Started { id: session, ..started(1) }),
        2 | 3 => Command::LogSet { session, set: Box::new(one) },
        4 => Command::CorrectSet { session, set: Box::new(one) },
        5 => Command::VoidSet { session, set: one.id },
        6 => Command::CompleteSession(Completed { session, ..completed(1) }),
        7 => Command::NoteSession(Noted {
            session,
            title: "x".repeat(random.below(200)),
            srpe_halves: Some(30),
            minutes: Some(0),
            note: None,
        }),
        8 => Command::RemoveSession { session },
        9 => Command::ImportSessions(vec![imported(2), Session { on: day, ..imported(3) }]),
        10 => Command::ReportPain(PainReport { on: day, session: Some(session), ..pain() }),
        11 => Command::ReversePrescription { session, exercise: one.exercise },
        12 => Command::StartDeload(Deload { on: day, days: 7, why: DeloadWhy::Asked }),
        13 => Command::ReopenSession { session },
        14 => Command::WithdrawPain { report: pain().id },
        15 => Command::DeclineDeload { on: day },
        16 => Command::NameExercise(own("custom_step", Some("squat"))),
        _ => Command::EndDeload { on: day },
    }
}

#[test]
fn what_cannot_be_kept_is_refused_by_name() {
    let field = |command: Command| match act(&mut with_session(), command) {
        Err(Refused::Invalid(invalid)) => Some(invalid.field),
        Ok(_) => None,
        Err(other) => panic!("{other}"),
    };
    let check = |change: fn(&mut PerformedSet), expected: Option<&str>| {
        let mut one = set(10);
        change(&mut one);
        assert_eq!(field(log(one)), expected);
    };
    check(|_| {}, None);
    check(|set| set.reps = Some(1001), Some("reps"));
    check(|set| set.reps = None, Some("reps"));
    check(|set| set.load_g = Some(1_000_001), Some("load_g"));
    check(|set| set.load_g = Some(-500_001), Some("load_g"));
    check(|set| set.secs = Some(86_401), Some("secs"));
    check(|set| set.meters = Some(f64::NAN), Some("meters"));
    check(|set| set.rir_halves = Some(21), Some("rir_halves"));
    check(|set| set.place = 500, Some("place"));
    check(|set| set.note = Some("x".repeat(501)), Some("note"));
    check(|set| set.done_at_ms = NOW.ms + 86_400_001, Some("done_at_ms"));
    check(|set| set.done_at_ms = 0, Some("done_at_ms"));
    check(|set| set.exercise = exercise("custom_lift"), Some("exercise"));
    check(
        |set| {
            set.seen = Some(Seen {
                attempts: 0,
                technique: Some(101.0),
                rom_deg: None,
                rep_secs: None,
                best_velocity_mps: None,
                velocity_loss: None,
                rir_halves: None,
            });
        },
        Some("seen"),
    );
    let late = Completed { ended_at_ms: NOW.ms + 90_000_000, ..completed(1) };
    assert_eq!(field(Command::CompleteSession(late)), Some("ended_at_ms"));
    let hard = Completed { srpe_halves: Some(21), ..completed(1) };
    assert_eq!(field(Command::CompleteSession(hard)), Some("srpe_halves"));
    let long = Completed { minutes: Some(0), ..completed(1) };
    assert_eq!(field(Command::CompleteSession(long)), Some("minutes"));
    let titled = Started { title: "x".repeat(121), ..started(2) };
    assert_eq!(field(Command::StartSession(titled)), Some("title"));
    let future = Started { on: date(2026, 11, 23), ..started(2) };
    assert_eq!(field(Command::StartSession(future)), Some("on"));
    assert_eq!(field(Command::ReportPain(PainReport { level: 0, ..pain() })), Some("level"));
    let blank =
        CheckIn { on: NOW.today, sleep: None, soreness: None, stress: None, motivation: None };
    assert_eq!(field(Command::CheckIn(blank)), Some("sleep"));
    assert_eq!(field(Command::CheckIn(CheckIn { stress: Some(6), ..blank })), Some("stress"));
    let deload = Deload { on: NOW.today, days: 22, why: DeloadWhy::Asked };
    assert_eq!(field(Command::StartDeload(deload)), Some("days"));
    let loading = Loading { machine_step_g: 0, ..Loading::default() };
    assert_eq!(field(Command::ChooseLoading(loading)), Some("machine_step_g"));
}

#[test]
fn a_state_that_was_kept_before_there_was_a_record_is_read() {
    let kept = r#"{ "profile": null, "plan": null }"#;
    assert_eq!(serde_json::from_str::<State>(kept).ok(), Some(State::default()));
}

#[test]
fn health_needs_consent_and_goes_with_it() {
    let check_in =
        CheckIn { on: NOW.today, sleep: Some(3), soreness: None, stress: None, motivation: None };
    let refused = act(&mut State::default(), Command::CheckIn(check_in));
    assert!(matches!(refused, Err(Refused::Invalid(Invalid { field: "consent.health", .. }))));
    let refused = act(&mut State::default(), Command::ReportPain(pain()));
    assert!(matches!(refused, Err(Refused::Invalid(Invalid { field: "consent.health", .. }))));
    let mut state = with_session();
    assert_eq!(act(&mut state, Command::CheckIn(check_in)), Ok(1));
    assert_eq!(act(&mut state, Command::CheckIn(check_in)), Ok(0));
    assert_eq!(act(&mut state, Command::ReportPain(pain())), Ok(1));
    assert_eq!(act(&mut state, Command::ReportPain(pain())), Ok(0));
    let other = act(&mut state, Command::ReportPain(PainReport { level: 4, ..pain() }));
    assert!(matches!(other, Err(Refused::Conflict(_))));
    let withdraw = Command::WithdrawPain { report: pain().id };
    assert_eq!(act(&mut state, withdraw.clone()), Ok(1));
    assert_eq!(act(&mut state, withdraw), Err(Refused::NoSuchPain));
    assert!(state.pain.is_empty());
    assert_eq!(act(&mut state, Command::ReportPain(pain())), Ok(1));
    let withdrawn = Profile { health_consent: false, ..consenting() };
    act(&mut state, Command::GiveProfile(withdrawn)).expect("given");
    assert!(state.pain.is_empty() && state.check_ins.is_empty());
}

fn own(id: &str, like: Option<&str>) -> OwnExercise {
    OwnExercise { id: exercise(id), name: "Mine".to_owned(), like: like.map(exercise) }
}

#[test]
fn exercises_of_ones_own_are_logged_like_any_other() {
    let mut state = with_session();
    let mine = |n, name: &str| log(PerformedSet { exercise: exercise(name), ..set(n) });
    let unknown = act(&mut state, mine(10, "custom_step"));
    assert!(matches!(unknown, Err(Refused::Invalid(Invalid { field: "exercise", .. }))));
    let step = own("custom_step", Some("barbell_squat"));
    assert_eq!(act(&mut state, Command::NameExercise(step)), Ok(1));
    assert_eq!(act(&mut state, Command::NameExercise(own("custom_sled", None))), Ok(1));
    assert_eq!(act(&mut state, mine(10, "custom_step")), Ok(1));
    assert_eq!(act(&mut state, mine(11, "custom_sled")), Ok(1));
    let round = act(&mut state, Command::NameExercise(own("custom_it", Some("custom_step"))));
    assert!(matches!(round, Err(Refused::Invalid(Invalid { field: "like", .. }))));
    let library = library();
    let known = state.library(&library);
    let of = |name: &str| known.iter().find(|facts| facts.id == exercise(name)).expect("known");
    assert_eq!(
        (of("custom_step").load, &of("custom_step").kit[..]),
        (LoadKind::Weight, &[Kit::Barbell][..])
    );
    assert_eq!(of("custom_sled"), &Facts::unknown(exercise("custom_sled")));
    assert!(matches!(State::default().library(&library), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn what_is_not_there_or_is_something_else_is_told() {
    let mut state = with_session();
    let (squat, nowhere) = (exercise("squat"), id(77));
    let check = |state: &mut State, command: Command, expected: Result<usize, Refused>| {
        let result = act(state, command.clone());
        match (&result, &expected) {
            (Err(Refused::Conflict(_)), Err(Refused::Conflict(_))) => {}
            _ => assert_eq!(result, expected, "{command:?}"),
        }
    };
    let conflict = || Err(Refused::Conflict(""));
    let lost = Command::LogSet { session: nowhere, set: Box::new(set(10)) };
    check(&mut state, lost, Err(Refused::NoSuchSession));
    check(&mut state, Command::StartSession(started(1)), Ok(0));
    let other = Started { deload: true, ..started(1) };
    check(&mut state, Command::StartSession(other), conflict());
    check(&mut state, log(set(10)), Ok(1));
    check(&mut state, Command::StartSession(started(2)), Ok(1));
    let elsewhere = Command::LogSet { session: id(2), set: Box::new(set(10)) };
    check(&mut state, elsewhere, conflict());
    check(&mut state, Command::CompleteSession(completed(1)), Ok(1));
    check(&mut state, Command::CompleteSession(completed(1)), Ok(0));
    let later = Completed { ended_at_ms: NOW.ms - 5, ..completed(1) };
    check(&mut state, Command::CompleteSession(later.clone()), conflict());
    check(&mut state, Command::ReopenSession { session: id(1) }, Ok(1));
    check(&mut state, Command::ReopenSession { session: id(1) }, Ok(0));
    check(&mut state, Command::ReopenSession { session: nowhere }, Err(Refused::NoSuchSession));
    check(&mut state, Command::CompleteSession(later), Ok(1));
    check(&mut state, log(set(11)), Ok(1));
    let reverse = Command::ReversePrescription { session: id(1), exercise: squat };
    check(&mut state, reverse, Err(Refused::NothingToReverse));
    check(&mut state, Command::EndDeload { on: NOW.today }, Err(Refused::NoDeload));
    let deload = Deload { on: NOW.today, days: 7, why: DeloadWhy::Asked };
    check(&mut state, Command::StartDeload(deload), Ok(1));
    check(&mut state, Command::StartDeload(deload), Ok(0));
    check(&mut state, Command::StartDeload(Deload { days: 3, ..deload }), conflict());
    check(&mut state, Command::EndDeload { on: date(2026, 11, 24) }, Ok(1));
    assert!(state.deload_on(date(2026, 11, 23)).is_some());
    assert!(state.deload_on(date(2026, 11, 24)).is_none());
    check(&mut state, Command::RemoveSession { session: id(1) }, Ok(1));
    check(&mut state, Command::RemoveSession { session: id(1) }, Ok(0));
    check(&mut state, log(set(10)), Err(Refused::NoSuchSession));
    check(&mut state, Command::StartSession(started(1)), conflict());
    check(&mut state, Command::ImportSessions(vec![imported(1), imported(4)]), Ok(2));
    check(&mut state, Command::ImportSessions(vec![imported(1), imported(4)]), Ok(0));
    check(&mut state, Command::ImportSessions(vec![imported(2)]), conflict());
    check(&mut state, Command::ReopenSession { session: id(4) }, conflict());
    check(&mut state, Command::DeclineDeload { on: NOW.today }, Ok(1));
    check(&mut state, Command::DeclineDeload { on: NOW.today }, Ok(0));
    let mut open = imported(5);
    open.ended_at_ms = None;
    let invalid = Invalid { field: "ended_at_ms", remedy: "import sessions that have ended" };
    check(
        &mut state,
        Command::ImportSessions(vec![imported(6), open]),
        Err(Refused::Import { nth: 1, invalid }),
    );
}

#[test]
fn fifty_thousand_sets_are_folded_in_a_moment() {
    let began = std::time::Instant::now();
    let mut state = State::default();
    for n in 0..50_000_u128 {
        let session = 1 + n / 500;
        if n % 500 == 0 {
            state.evolve(Event::SessionStarted(started(session)));
        }
        let set = Box::new(set(1_000 + n));
        state.evolve(Event::SetLogged { session: id(session), set });
    }
    assert_eq!(state.sessions.values().map(|session| session.sets.len()).sum::<usize>(), 50_000);
    let copy = state.clone();
    assert_eq!(copy, state);
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}
