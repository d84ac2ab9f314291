//! Angles, filters, smoothness, alignment and effort against hand-checked and published values.

use motion::dtw;
use motion::effort::effort;
use motion::one_euro::{OneEuroConfig, OneEuroFilter, smoothing_factor};
use motion::pose::{Joint, Keypoint, Pose};
use motion::signal::{Signal, interior_angle};
use motion::smoothness::sparc_of_speed;
use motion::spec::Muscle;
use motion::tempo::tempo;
use motion::view::View;
use units::{MediaTime, Side};

fn point(x: f64, y: f64, confidence: f64) -> Keypoint {
    Keypoint { x, y, confidence }
}

#[test]
fn an_interior_angle_is_measured_at_the_middle_point() {
    let check = |a: (f64, f64), b: (f64, f64), c: (f64, f64), expected_deg: f64| {
        let [a, b, c] = [a, b, c].map(|(x, y)| point(x, y, 0.9));
        let measured = interior_angle(a, b, c);
        assert!((measured.value - expected_deg).abs() < 1e-9, "{measured:?} is not {expected_deg}");
        assert_eq!(measured.confidence, 0.9);
    };
    check((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), 90.0);
    check((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), 180.0);
    check((2.0, 0.0), (1.0, 0.0), (2.0, 0.0), 0.0);
    check((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), 45.0);
}

#[test]
fn coincident_or_unseen_points_measure_nothing() {
    let check = |a: Keypoint, b: Keypoint, c: Keypoint, expected: f64| {
        assert_eq!(interior_angle(a, b, c).confidence, expected);
    };
    check(point(1.0, 1.0, 1.0), point(1.0, 1.0, 1.0), point(2.0, 1.0, 1.0), 0.0);
    check(point(0.0, 1.0, 1.0), point(1.0, 1.0, 0.2), point(2.0, 1.0, 1.0), 0.2);
}

/// A person standing side-on, 100 px of torso, facing right.
fn standing() -> Pose {
    let mut pose = Pose::nobody(MediaTime::ZERO);
    let column = [
        (Joint::Nose, 10.0, 60.0),
        (Joint::LeftEar, 2.0, 62.0),
        (Joint::LeftShoulder, 0.0, 100.0),
        (Joint::LeftElbow, 0.0, 160.0),
        (Joint::LeftWrist, 0.0, 210.0),
        (Joint::LeftHip, 0.0, 200.0),
        (Joint::LeftKnee, 0.0, 285.0),
        (Joint::LeftAnkle, 0.0, 370.0),
        (Joint::LeftHeel, -5.0, 380.0),
        (Joint::LeftToe, 30.0, 380.0),
    ];
    for (joint, x, y) in column {
        pose.keypoints[joint as usize] = point(x, y, 1.0);
        // The right side is the left's twin in every second slot; the nose has none.
        if joint != Joint::Nose {
            pose.keypoints[joint as usize + 1] = point(x, y, 1.0);
        }
    }
    pose
}

#[test]
fn signals_read_a_standing_person() {
    let pose = standing();
    let mut view = View::default();
    view.see(&pose);
    assert!((view.torso_px() - 100.0).abs() < 1e-9);
    let check = |signal: Signal, expected: f64| {
        let measure = signal.measure(&pose, Side::Left, &view);
        assert!(
            (measure.value - expected).abs() < 0.01,
            "{signal:?} is {}, not {expected}",
            measure.value
        );
        assert_eq!(measure.confidence, 1.0, "{signal:?}");
    };
    check(Signal::ElbowAngle, 180.0);
    check(Signal::ShoulderAngle, 0.0);
    check(Signal::HipAngle, 180.0);
    check(Signal::KneeAngle, 180.0);
    check(Signal::TrunkLean, 0.0);
    check(Signal::ThighLean, 0.0);
    check(Signal::HandHeight, -110.0);
    check(Signal::HipHeight, 170.0);
    check(Signal::FootHeight, -170.0);
    check(Signal::HeelRise, 0.0);
    check(Signal::KneePastToe, -30.0);
    check(Signal::HeadOverHands, 150.0);
    check(Signal::HipShift, 0.0);
    check(Signal::ShoulderY, -100.0);
}

#[test]
fn world_signals_need_world_landmarks() {
    let pose = standing();
    assert_eq!(Signal::KneeAngleWorld.measure(&pose, Side::Left, &View::default()).confidence, 0.0);
    assert_eq!(Signal::KneeAngleWorld.in_image(), Signal::KneeAngle);
}

#[test]
fn the_one_euro_filter_has_the_papers_smoothing_factor() {
    // Casiez 2012: α(1 Hz, 30 fps).
    assert!((smoothing_factor(1.0, 1.0 / 30.0) - 0.17317).abs() < 1e-5);
}

#[test]
fn the_filter_follows_a_ramp_and_stills_jitter() {
    let mut filter = OneEuroFilter::new(OneEuroConfig::ANGLE_DEG);
    let mut last = 0.0;
    for frame in 0..90 {
        last = filter.filter(f64::from(frame) * 6.0, 1.0 / 30.0);
    }
    assert!((last - 534.0).abs() < 6.0, "at 180°/s the lag stays under a frame: {last}");
    let mut filter = OneEuroFilter::new(OneEuroConfig::ANGLE_DEG);
    let jitter: Vec<f64> = (0..90)
        .map(|frame| filter.filter(if frame % 2 == 0 { 91.0 } else { 89.0 }, 1.0 / 30.0))
        .collect();
    let swing = jitter[60..].iter().map(|v| (v - 90.0).abs()).fold(0.0, f64::max);
    assert!(swing < 0.5, "{swing}");
}

#[test]
fn sparc_equals_the_reference_implementation() {
    let speed = |tremor: f64, amplitude: f64| -> Vec<f64> {
        (0..200)
            .map(|k| {
                let t = -1.0 + f64::from(k) * 0.01;
                let tremor = 1.0 + tremor * motion::math::sin(core::f64::consts::TAU * 6.0 * t);
                amplitude * motion::math::exp(-5.0 * t * t) * tremor
            })
            .collect()
    };
    let check = |tremor: f64, amplitude: f64, expected: f64| {
        let value = sparc_of_speed(&speed(tremor, amplitude), 100.0);
        assert!((value - expected).abs() < 2e-5, "{value} is not {expected}");
    };
    check(0.0, 1.0, -1.41403);
    check(0.3, 1.0, -1.90519);
    check(0.0, 3.0, -1.41403);
}

#[test]
fn tempo_names_the_phases_of_the_muscle() {
    // 2 s out, 1 s there, 1 s back.
    let curve: Vec<(f64, f64)> = (0..=40)
        .map(|k| {
            let t = f64::from(k) * 0.1;
            (
                t,
                if t < 2.0 {
                    t / 2.0
                } else if t <= 3.0 {
                    1.0
                } else {
                    4.0 - t
                },
            )
        })
        .collect();
    let check = |way_out: Muscle, expected: [f64; 4]| {
        let tempo = tempo(&curve, way_out, 0.5);
        let told = [tempo.eccentric_secs, tempo.bottom_secs, tempo.concentric_secs, tempo.top_secs];
        for (told, expected) in told.iter().zip(expected) {
            assert!((told - expected).abs() < 0.31, "{told} is not about {expected}");
        }
    };
    check(Muscle::Eccentric, [1.8, 1.3, 0.9, 0.5]);
    check(Muscle::Concentric, [0.9, 0.5, 1.8, 1.3]);
}

#[test]
fn dtw_of_a_curve_with_itself_is_the_diagonal() {
    let curve: Vec<f64> =
        (0..48).map(|k| 90.0 + 80.0 * motion::math::cos(f64::from(k) * 0.13)).collect();
    let alignment = dtw::align(&curve, &curve, dtw::BAND);
    assert_eq!(alignment.expected_at, (0..48).collect::<Vec<_>>());
    assert!(alignment.distances.iter().all(|&d| d == 0.0));
}

#[test]
fn dtw_forgives_a_shift_in_time_but_not_in_angle() {
    let curve = |shift: f64, offset: f64| -> Vec<f64> {
        (0..48)
            .map(|k| offset + 90.0 + 80.0 * motion::math::cos((f64::from(k) + shift) * 0.13))
            .collect()
    };
    let mean = |measured: &[f64]| {
        dtw::align(measured, &curve(0.0, 0.0), dtw::BAND).deviation(Signal::KneeAngle).mean_deg
    };
    assert!(mean(&curve(3.0, 0.0)) < 1.0, "three samples late is 19° without warping");
    assert!(mean(&curve(0.0, 25.0)) > 8.0);
}

#[test]
fn slowing_down_leaves_fewer_reps_in_reserve() {
    let check = |speeds: &[f64], reserve: std::ops::RangeInclusive<f64>| {
        let (_, effort) = effort(speeds).expect("enough repetitions");
        assert!(reserve.contains(&effort.reps_in_reserve), "{effort:?}");
        let (low, high) = effort.reps_in_reserve_interval;
        assert!(low <= effort.reps_in_reserve && effort.reps_in_reserve <= high, "{effort:?}");
    };
    check(&[1.0, 1.0, 1.0, 1.0, 1.0], 10.0..=20.0);
    check(&[1.0, 1.0, 0.95, 0.9, 0.85, 0.8, 0.78], 4.0..=9.0);
    check(&[1.0, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5], 0.0..=1.0);
    assert!(effort(&[1.0, 0.9, 0.8]).is_none(), "three repetitions tell nothing");
    assert!(effort(&[1.0, 0.9, 0.0, 0.8]).is_none(), "a repetition without a speed tells nothing");
}
