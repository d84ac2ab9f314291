//! Turning points, holds and form checks on hand-made signals.

use motion::cycle::{CycleConfig, CycleTracker};
use motion::form::{CheckState, Look, Told};
use motion::hold::HoldTracker;
use motion::signal::Signal;
use motion::spec::{Baseline, FormCheck, Part, Severity, ViewPreference};
use units::MediaTime;

const CONFIG: CycleConfig = CycleConfig {
    min_excursion: 0.25,
    dwell_secs: 0.15,
    min_secs: 0.5,
    max_secs: 20.0,
    open_start: false,
};

fn at(secs: f64) -> MediaTime {
    MediaTime::from_ms(secs * 1000.0)
}

/// Straight lines between (seconds, progress) corners at 30 frames a second.
fn polyline(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut samples = Vec::new();
    for pair in corners.windows(2) {
        let ((t0, p0), (t1, p1)) = (pair[0], pair[1]);
        let mut t = t0;
        while t < t1 {
            samples.push((t, p0 + (p1 - p0) * (t - t0) / (t1 - t0)));
            t += 1.0 / 30.0;
        }
    }
    samples
}

/// The turning times of the cycles in a signal, in tenths of a second.
fn turns(config: CycleConfig, corners: &[(f64, f64)]) -> Vec<i64> {
    let mut tracker = CycleTracker::new(config, None);
    let mut cycles = Vec::new();
    for (t, progress) in polyline(corners) {
        if let Some(cycle) = tracker.push(at(t), progress) {
            tracker.keep(&cycle);
            cycles.push(cycle);
        }
    }
    cycles.extend(tracker.finish());
    cycles.iter().map(|cycle| cycle.turn.time.micros / 100_000).collect()
}

#[test]
fn a_cycle_is_out_and_back() {
    let check = |corners: &[(f64, f64)], expected: &[i64]| {
        assert_eq!(turns(CONFIG, corners), expected, "{corners:?}");
    };
    check(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 0.0)], &[10]);
    check(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0), (4.5, 0.0)], &[10, 30]);
    // Held at the turn, and rested at the start.
    check(
        &[(0.0, 0.0), (1.0, 1.0), (4.0, 1.0), (5.0, 0.0), (9.0, 0.0), (10.0, 1.0), (11.0, 0.0)],
        &[10, 100],
    );
    // Down without coming back, and coming up without having gone down.
    check(&[(0.0, 0.0), (1.0, 1.0), (2.0, 1.0)], &[]);
    check(&[(0.0, 1.0), (1.0, 0.0), (2.0, 0.0)], &[]);
}

/// Start times of the cycles in a signal, in tenths of a second.
fn starts(corners: &[(f64, f64)]) -> Vec<i64> {
    let mut tracker = CycleTracker::new(CONFIG, None);
    let cycles =
        polyline(corners).into_iter().filter_map(|(t, progress)| tracker.push(at(t), progress));
    cycles.map(|cycle| cycle.start.time.micros / 100_000).collect()
}

#[test]
fn a_repetition_begins_in_the_start_position() {
    let check = |corners: &[(f64, f64)], expected: &[i64]| {
        assert_eq!(starts(corners), expected, "{corners:?}");
    };
    // Sitting, lying down, a moment's rest, and a bridge: lying down was no way out.
    check(
        &[(0.0, -0.8), (2.0, -0.8), (3.0, 0.1), (4.0, 0.1), (5.0, 1.0), (6.0, 0.1), (7.0, 0.1)],
        &[40],
    );
    // Shifting about in the start position, long before the repetition.
    check(&[(0.0, 0.0), (1.0, 0.16), (5.0, 0.16), (6.0, 1.0), (7.0, 0.1), (8.0, 0.1)], &[50]);
}

#[test]
fn small_and_short_movements_do_not_count() {
    let check = |corners: &[(f64, f64)], expected: usize| {
        assert_eq!(turns(CONFIG, corners).len(), expected, "{corners:?}");
    };
    let sway: Vec<(f64, f64)> =
        (0..20).map(|k| (f64::from(k), if k % 2 == 0 { 0.0 } else { 0.12 })).collect();
    check(&sway, 0);
    // A twitch of a fifth of a second.
    check(&[(0.0, 0.0), (0.1, 1.0), (0.2, 0.0), (2.0, 0.0)], 0);
    // Swaying between repetitions of full size.
    check(
        &[
            (0.0, 0.0),
            (1.0, 1.0),
            (2.0, 0.0),
            (3.0, 0.3),
            (4.0, 0.0),
            (5.0, 1.0),
            (6.0, 0.0),
            (7.0, 0.0),
        ],
        2,
    );
}

#[test]
fn a_wobble_at_the_turn_is_one_cycle() {
    assert_eq!(
        turns(CONFIG, &[(0.0, 0.0), (1.0, 1.0), (1.5, 0.7), (2.0, 1.0), (3.0, 0.0), (4.0, 0.0)])
            .len(),
        1
    );
}

#[test]
fn a_half_return_ends_a_cycle_only_when_it_is_half_of_what_is_shown() {
    let full = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)];
    let with = |low: f64| {
        let mut corners = full.to_vec();
        corners.extend([(5.0, 1.0), (6.0, low), (7.0, 1.0), (8.0, 0.0), (9.0, 0.0)]);
        turns(CONFIG, &corners).len()
    };
    assert_eq!(with(0.4), 4, "back to 0.4 is more than half-way");
    assert_eq!(with(0.7), 3, "back to 0.7 is a wobble");
}

#[test]
fn a_set_may_open_at_the_turn_where_the_exercise_says_so() {
    let lift = [(0.0, 1.0), (0.5, 1.0), (1.5, 0.0), (2.5, 0.0), (3.5, 1.0), (4.5, 0.0), (5.0, 0.0)];
    assert_eq!(turns(CycleConfig { open_start: true, ..CONFIG }, &lift).len(), 2);
    assert_eq!(turns(CONFIG, &lift).len(), 1);
}

#[test]
fn a_cycle_is_told_within_the_dwell_time_of_its_end() {
    let mut tracker = CycleTracker::new(CONFIG, None);
    let mut told = None;
    for (t, progress) in polyline(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (4.0, 0.0)]) {
        if tracker.push(at(t), progress).is_some() {
            told.get_or_insert(t);
        }
    }
    let told = told.expect("one cycle");
    assert!((2.0..2.0 + 0.19).contains(&told), "told at {told} s");
}

fn sag_check() -> FormCheck {
    FormCheck {
        id: "hip_sag".to_owned(),
        signal: Signal::BodyLine,
        min: None,
        max: Some(10.0),
        relative_to: Baseline::Zero,
        during: Part::Always,
        view: ViewPreference::Side,
        severity: Severity::High,
        text: String::new(),
        tip: String::new(),
        cue: String::new(),
    }
}

/// (frames outside the limit, announced?) for a run of values at 30 frames a second, starting at `start_secs`.
fn look(state: &mut CheckState, start_secs: f64, values: &[f64], rep: usize) -> (usize, usize) {
    let (mut found, mut announced) = (0, 0);
    for (k, &value) in values.iter().enumerate() {
        let time = at(start_secs + motion::math::as_f64(k) / 30.0);
        let look =
            Look { time, value, margin: 5.0, part: Part::Out, near_turn: false, rep: Some(rep) };
        if let Told::New(finding) = state.look(0, &sag_check(), &look) {
            found += 1;
            announced += usize::from(finding.announced);
            assert!(finding.confidence > 0.94, "{finding:?}");
        }
    }
    (found, announced)
}

#[test]
fn three_frames_beyond_doubt_make_a_finding() {
    let check = |values: &[f64], expected: usize| {
        assert_eq!(look(&mut CheckState::default(), 0.0, values, 0).0, expected, "{values:?}");
    };
    check(&[20.0, 20.0, 20.0], 1);
    check(&[20.0, 20.0], 0);
    check(&[20.0, 20.0, 5.0, 20.0, 20.0], 0);
    // Outside the limit of 10 but within the interval of ±5.
    check(&[14.0; 30], 0);
    check(&[20.0; 30], 1);
}

#[test]
fn a_finding_is_noted_per_repetition_and_said_every_ten_seconds() {
    let mut state = CheckState::default();
    assert_eq!(look(&mut state, 0.0, &[20.0; 10], 0), (1, 1));
    assert_eq!(look(&mut state, 2.0, &[20.0; 10], 1), (1, 0));
    assert_eq!(look(&mut state, 9.0, &[20.0; 10], 2), (1, 0));
    assert_eq!(look(&mut state, 11.0, &[20.0; 10], 3), (1, 1));
}

#[test]
fn a_finding_grows_to_its_worst_moment_but_not_with_one_wild_frame() {
    let check = |values: &[f64], expected: f64| {
        let mut state = CheckState::default();
        let mut worst = 0.0_f64;
        for (k, &value) in values.iter().enumerate() {
            let time = at(motion::math::as_f64(k) / 30.0);
            let look =
                Look { time, value, margin: 5.0, part: Part::Out, near_turn: false, rep: Some(0) };
            match state.look(0, &sag_check(), &look) {
                Told::New(finding) | Told::Still(finding) => worst = worst.max(finding.excess),
                Told::Nothing => {}
            }
        }
        assert!((worst - expected).abs() < 1e-9, "{values:?}: {worst} is not {expected}");
    };
    check(&[20.0; 5], 10.0);
    check(&[20.0, 20.0, 20.0, 35.0, 35.0, 35.0, 20.0], 25.0);
    check(&[20.0, 20.0, 20.0, 90.0, 20.0], 10.0);
    check(&[20.0, 20.0, 90.0, 20.0, 20.0], 10.0);
}

#[test]
fn a_hold_counts_time_in_position() {
    let check = |stretches: &[(f64, f64)], expected_ms: f64, n_breaks: u32| {
        let mut tracker = HoldTracker::default();
        for frame in 0..900 {
            let t = f64::from(frame) / 30.0;
            if stretches.iter().any(|&(from, to)| t >= from && t < to) {
                tracker.held_at(at(t));
            }
        }
        let hold = tracker.hold();
        assert!((hold.held_ms - expected_ms).abs() < 100.0, "{hold:?}");
        assert_eq!(hold.n_breaks, n_breaks, "{hold:?}");
    };
    check(&[(2.0, 18.0)], 16_000.0, 0);
    check(&[(2.0, 10.0), (15.0, 20.0)], 13_000.0, 1);
    // A wobble of a third of a second is not a break.
    check(&[(2.0, 10.0), (10.3, 18.0)], 16_000.0, 0);
    check(&[], 0.0, 0);
}
