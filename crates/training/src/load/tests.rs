//! Session loads, Foster's golden week and running averages, one case a line.

use super::*;
use crate::made_up::{day, refs, session};

fn days_of(loads: &[f64]) -> Vec<Day> {
    let one = |(n, load): (i64, &f64)| Day {
        on: day(n),
        load: *load,
        n_sessions: usize::from(*load > 0.0),
        n_estimated: 0,
    };
    (0..).zip(loads).map(one).collect()
}

fn text(measurement: Measurement<f64>, n_digits: usize) -> String {
    match measurement {
        Ok(measured) => {
            format!("{:.n_digits$} {}", measured.value, measured.confidence.as_str())
        }
        Err(unknown) => unknown.why.as_str().to_owned(),
    }
}

#[test]
fn a_session_has_a_load() {
    fn check(
        sets: &str,
        srpe_halves: Option<u8>,
        minutes: Option<u16>,
        ended_after: Option<i64>,
        expected: &str,
    ) {
        let mut session = session(0, sets);
        session.ended_at_ms = ended_after.map(|minutes| session.started_at_ms + minutes * 60_000);
        let got = session_load(&Session { srpe_halves, minutes, ..session });
        assert_eq!(text(got, 1), expected, "{sets}");
    }
    check("", Some(14), Some(60), None, "420.0 high");
    check("", Some(14), None, Some(60), "420.0 medium");
    check("", Some(14), None, None, "nothing_logged");
    check("", None, Some(60), None, "nothing_logged");
    check("squat 100x5 100x5 100x5", Some(14), None, Some(600), "273.0 medium"); // Forgot to end it: 9 + 30 minutes.
    check("squat 100x5@2 100x5@2 100x5@2", None, Some(30), None, "180.0 low");
    check("squat 100x5 100x5 100x5", None, None, None, "45.0 low");
    check("squat w20x5 w40x5", None, Some(10), None, "20.0 low");
    check("deload squat 80x5@6", None, Some(30), None, "60.0 low");
    check("squat 80x5@10", None, Some(30), None, "30.0 low");
    check("", Some(255), Some(60), None, "600.0 high");
}

#[test]
fn a_week_has_monotony_and_strain() {
    fn check(loads: &[f64], expected: &str) {
        let week = week(&days_of(loads));
        let got = [text(week.load, 0), text(week.monotony, 3), text(week.strain, 1)].join(", ");
        assert_eq!(got, expected, "{loads:?}");
    }
    // The golden week of Foster's formulas.
    check(&[420.0, 0.0, 540.0, 0.0, 600.0, 300.0, 0.0], "1860 high, 1.080 high, 2008.7 high");
    check(
        &[900.0, 420.0, 0.0, 540.0, 0.0, 600.0, 300.0, 0.0],
        "1860 high, 1.080 high, 2008.7 high",
    );
    check(&[300.0; 7], "2100 high, 5.000 high, 10500.0 high");
    check(&[300.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], "300 high, too_few, too_few");
    check(&[300.0, 300.0, 300.0], "900 high, too_few, too_few");
    check(&[0.0; 7], "nothing_logged, nothing_logged, nothing_logged");
    check(&[], "nothing_logged, nothing_logged, nothing_logged");
}

#[test]
fn averages_are_right_from_the_first_day() {
    let step: Vec<f64> = [vec![300.0; 28], vec![600.0; 7]].concat();
    // The golden vector starts from the first load instead of zero, so it needs no correction.
    let from_first =
        |n_days| step.iter().fold(300.0, |average, load| next_average(average, *load, n_days));
    let (acute, chronic) = (from_first(ACUTE_DAYS), from_first(CHRONIC_DAYS));
    assert_eq!(format!("{acute:.1} {chronic:.1} {:.3}", acute / chronic), "560.0 418.1 1.339");

    fn check(loads: &[f64], expected: &str) {
        let averages = averages(&days_of(loads));
        let last = averages.last().expect("a day");
        assert_eq!(format!("{:.1} {:.1}", last.acute, last.chronic), expected);
    }
    check(&[300.0], "300.0 300.0");
    check(&[300.0; 28], "300.0 300.0");
    check(&step, "560.0 428.6");
    check(&[0.0; 9], "0.0 0.0");
}

#[test]
fn every_day_since_the_first_session_has_a_load() {
    let mut all = vec![
        session(0, "squat 100x5"),
        session(2, "squat 100x5"),
        session(2, "bench 50x5"),
        session(9, "squat 100x5"),
    ];
    all[0].srpe_halves = Some(10);
    let got: Vec<String> = daily(&refs(&all), day(3))
        .iter()
        .map(|day| format!("{}/{}", day.load, day.n_sessions))
        .collect();
    assert_eq!(got.join(" "), "165/1 0/0 330/2 0/0");
    assert_eq!(daily(&refs(&all), day(-1)), []);
}
