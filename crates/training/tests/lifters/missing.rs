//! Whatever is missing, out of order or absurd, every function answers, and no answer is NaN or infinite.

use jiff::civil::Date;
use training::calendar::{calendar, weeks_in_a_row};
use training::deload::{History, Sign, assess};
use training::freshness::freshness;
use training::load::{averages, daily, session_load, week};
use training::load_state::load_state;
use training::measured::{Measured, Measurement};
use training::progress::progress;
use training::readiness::readiness;
use training::records::records;
use training::review::weekly_review;
use training::session::{CheckIn, Origin, Seen, Session, SetKind};
use training::trend::Trend;
use training::volume::weeks;

use crate::lifter::{Lifter, Random, USUAL, day, library};

/// All numbers that were answered.
#[derive(Default)]
struct Numbers {
    n: usize,
    n_unknown: usize,
}

impl Numbers {
    fn add(&mut self, what: &str, value: f64) {
        assert!(value.is_finite(), "{what}: {value}");
        self.n += 1;
    }

    fn measured(&mut self, what: &str, value: &Measurement<f64>) {
        match value {
            Ok(Measured { value, .. }) => self.add(what, *value),
            Err(_) => self.n_unknown += 1,
        }
    }

    fn trend(&mut self, trend: &Measurement<Trend>) {
        let Ok(Measured { value, .. }) = trend else {
            self.n_unknown += 1;
            return;
        };
        for number in [
            value.slope,
            value.slope_low,
            value.slope_high,
            value.tau,
            value.middle,
            value.latest,
            value.best,
        ] {
            self.add("trend", number);
        }
        self.add("slope", value.slope_percent().unwrap_or_default());
    }
}

fn ask_all(numbers: &mut Numbers, sessions: &[Session], check_ins: &[CheckIn], today: Date) {
    let library = library();
    let sessions: Vec<&Session> = sessions.iter().collect();
    let before = today.saturating_add(jiff::Span::new().days(-60));
    for session in &sessions {
        numbers.measured("session load", &session_load(session));
    }
    for week in weeks(&sessions, &library, before, today) {
        numbers.measured("volume load", &week.volume_load_kg);
        week.muscles.iter().for_each(|(_, sets)| numbers.measured("sets", sets));
    }
    let loads = daily(&sessions, today);
    let last = week(&loads);
    [last.load, last.monotony, last.strain]
        .iter()
        .for_each(|value| numbers.measured("week", value));
    for average in averages(&loads) {
        numbers.add("acute", average.acute);
        numbers.add("chronic", average.chronic);
    }
    if let Ok(state) = load_state(&loads) {
        numbers.add("ratio", state.value.ratio.unwrap_or_default());
        numbers.add("acute", state.value.acute);
    }
    for now_ms in [i64::MIN, -1, 1_770_000_000_000, i64::MAX] {
        freshness(&sessions, &library, now_ms)
            .iter()
            .for_each(|(_, value)| numbers.measured("freshness", value));
    }
    for (_, value) in readiness(check_ins, &loads, before, today) {
        numbers.measured(
            "readiness",
            &value.map(|value| Measured {
                value: value.value.score,
                method: value.method,
                confidence: value.confidence,
                n: value.n,
            }),
        );
    }
    for record in records(&sessions, &library) {
        numbers.add("record", record.mark.value);
    }
    for progress in progress(&sessions, &library, today) {
        [progress.strength, progress.volume, progress.technique]
            .iter()
            .for_each(|trend| numbers.trend(trend));
        let series = progress.series;
        for point in series.strength.iter().chain(&series.volume).chain(&series.technique) {
            numbers.add("point", point.value);
        }
    }
    let history = History {
        sessions: &sessions,
        library: &library,
        check_ins,
        deloads: &[],
        asked_on: Some(today),
        answered_on: None,
    };
    for sign in assess(&history, today).signs {
        match sign {
            Sign::Regression(lifts) => {
                lifts.iter().for_each(|(_, percent)| numbers.add("regression", *percent));
            }
            Sign::Spike { ratio } => numbers.add("spike", ratio),
            Sign::Strain { strain, usual_most } => numbers.add("strain", strain - usual_most),
            Sign::LowReadiness { .. } | Sign::Asked { .. } => {}
        }
    }
    let review = weekly_review(&sessions, &library, None, vec![], (before, today));
    numbers.measured("review", &review.volume_load_kg);
    numbers.n += calendar(&sessions, before, today).len() + weeks_in_a_row(&sessions, today);
}

/// Takes away or spoils a part of what is known.
fn spoil(random: &mut Random, session: &mut Session, share: f64) {
    let mut lost = || random.chance(share);
    if lost() {
        session.srpe_halves = None;
    }
    if lost() {
        session.minutes = None;
    }
    if lost() {
        session.ended_at_ms = None;
    }
    if lost() {
        session.origin = Origin::Imported;
        session.started_at_ms = 0;
    }
    if lost() {
        session.sets.clear();
    }
    for set in &mut session.sets {
        if lost() {
            set.reps = None;
        }
        if lost() {
            set.load_g = None;
        }
        if lost() {
            set.rir_halves = None;
        }
        if lost() {
            set.exercise = "unheard_of".to_owned().try_into().expect("a name");
        }
        if lost() {
            set.kind = SetKind::WarmUp;
        }
        if lost() {
            let technique = [None, Some(f64::NAN), Some(f64::INFINITY), Some(-1.0), Some(73.0)];
            let at = usize::from(lost()) + usize::from(lost()) + 2 * usize::from(lost());
            set.seen = Some(Seen {
                attempts: 0,
                technique: technique[at],
                rom_deg: None,
                rep_secs: None,
                best_velocity_mps: Some(f64::NAN),
                velocity_loss: None,
                rir_halves: Some(255),
            });
        }
    }
}

/// Numbers that no one can mean.
fn make_absurd(random: &mut Random, session: &mut Session) {
    for set in &mut session.sets {
        match random.next() % 12 {
            0 => set.reps = Some(0),
            1 => set.reps = Some(u16::MAX),
            2 => set.load_g = Some(i32::MAX),
            3 => set.load_g = Some(i32::MIN),
            4 => set.rir_halves = Some(255),
            5 => set.secs = Some(u32::MAX),
            6 => set.done_at_ms = i64::MIN,
            7 => set.done_at_ms = i64::MAX,
            _ => {}
        }
    }
    match random.next() % 12 {
        0 => session.on = Date::MIN,
        1 => session.on = Date::MAX,
        2 => session.started_at_ms = i64::MIN,
        3 => session.ended_at_ms = Some(i64::MAX),
        4 => session.minutes = Some(u16::MAX),
        5 => session.srpe_halves = Some(255),
        6 => session.deload = true,
        _ => {}
    }
}

#[test]
fn what_is_missing_is_unknown_and_never_a_wrong_number() {
    let mut numbers = Numbers::default();
    for seed in 0..60_u32 {
        let mut lifter = Lifter::new(u64::from(seed));
        let mut random = Random(u64::from(seed));
        let share = f64::from(seed % 10) / 9.0;
        let (mut sessions, mut check_ins) = (Vec::new(), Vec::new());
        for n in 0..90 {
            check_ins.extend(lifter.morning(n, USUAL));
            sessions.extend(lifter.session(n, USUAL));
        }
        sessions.iter_mut().for_each(|session| spoil(&mut random, session, share));
        check_ins.retain(|_| !random.chance(share));
        for today in [day(0), day(45), day(95)] {
            ask_all(&mut numbers, &sessions, &check_ins, today);
        }
        sessions.iter_mut().for_each(|session| make_absurd(&mut random, session));
        if seed % 3 == 0 {
            sessions.reverse();
        }
        for today in [day(90), Date::MIN, Date::MAX] {
            ask_all(&mut numbers, &sessions, &check_ins, today);
        }
    }
    ask_all(&mut numbers, &[], &[], day(0));
    println!("{} numbers, all finite, and {} unknown", numbers.n, numbers.n_unknown);
}
