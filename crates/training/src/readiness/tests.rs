//! Mornings and bands, one case a line.

use super::*;
use crate::made_up::day;

fn check_in(n: i64, answers: [u8; 4]) -> CheckIn {
    let [sleep, soreness, stress, motivation] =
        answers.map(|answer| (answer > 0).then_some(answer));
    CheckIn { on: day(n), sleep, soreness, stress, motivation }
}

fn loads(all: &[f64]) -> Vec<Day> {
    let one =
        |(n, load): (i64, &f64)| Day { on: day(n), load: *load, n_sessions: 1, n_estimated: 0 };
    (0..).zip(all).map(one).collect()
}

fn text(value: &Measurement<Readiness>) -> String {
    match value {
        Ok(Measured { value, confidence, n, .. }) => {
            format!("{:.0} {} of {n} {}", value.score, value.band.as_str(), confidence.as_str())
        }
        Err(unknown) => unknown.why.as_str().to_owned(),
    }
}

#[test]
fn the_first_mornings_are_held_against_most_people() {
    fn check(answers: [u8; 4], expected: &str) {
        let got = readiness(&[check_in(0, answers)], &[], day(0), day(0));
        assert_eq!(text(&got[0].1), expected, "{answers:?}");
    }
    check([5, 5, 5, 5], "92 push of 4 low");
    check([4, 4, 4, 4], "78 normal of 4 low");
    check([3, 3, 3, 3], "62 normal of 4 low");
    check([2, 2, 2, 2], "48 reduce of 4 low");
    check([1, 1, 1, 1], "32 recover of 4 low");
    check([1, 0, 0, 5], "55 reduce of 2 low");
    check([3, 0, 0, 0], "too_few");
    check([0, 0, 0, 0], "too_few");
    check([9, 255, 0, 0], "too_few");
}

#[test]
fn later_mornings_are_held_against_the_own_usual() {
    fn check(usual: [u8; 4], today: [u8; 4], load_today: f64, expected: &str) {
        let mut check_ins: Vec<CheckIn> = (0..28).map(|n| check_in(n, usual)).collect();
        check_ins.push(check_in(28, today));
        let loads = loads(&[vec![300.0; 21], vec![load_today; 8]].concat());
        let got = readiness(&check_ins, &loads, day(28), day(28));
        assert_eq!(text(&got[0].1), expected, "{usual:?} {today:?}");
    }
    check([2, 2, 2, 2], [2, 2, 2, 2], 300.0, "70 normal of 5 high");
    check([4, 4, 4, 4], [4, 4, 4, 4], 300.0, "70 normal of 5 high");
    check([4, 4, 4, 4], [3, 3, 3, 3], 300.0, "55 reduce of 5 high");
    check([4, 4, 4, 4], [2, 2, 2, 2], 300.0, "40 reduce of 5 high");
    check([4, 4, 4, 4], [1, 1, 1, 1], 600.0, "25 recover of 5 high");
    check([4, 4, 4, 4], [4, 4, 4, 4], 600.0, "59 reduce of 5 high");
    check([4, 4, 4, 4], [4, 4, 4, 4], 0.0, "74 normal of 5 high");
    check([4, 4, 4, 4], [5, 5, 5, 5], 300.0, "85 push of 5 high");
    check([4, 4, 4, 4], [0, 4, 4, 4], 300.0, "70 normal of 4 medium");
    check([0, 4, 4, 4], [1, 4, 4, 4], 300.0, "61 normal of 5 low");
}

#[test]
fn a_band_does_not_flicker() {
    fn check(scores: &[f64], expected: &str) {
        let mut band = None;
        let bands: Vec<&str> = scores
            .iter()
            .map(|score| {
                let next = band.map_or_else(|| Band::of(*score), |band: Band| band.next(*score));
                band = Some(next);
                next.as_str()
            })
            .collect();
        assert_eq!(bands.join(" "), expected, "{scores:?}");
    }
    check(
        &[70.0, 81.0, 84.9, 85.0, 80.0, 79.9, 81.0],
        "normal normal normal push push normal normal",
    );
    check(&[61.0, 59.0, 61.0, 64.0, 65.0], "normal reduce reduce reduce normal");
    check(&[20.0, 90.0, 20.0], "recover push recover");
    check(&[20.0, 62.0, 82.0], "recover reduce normal");
}

#[test]
fn the_later_answer_of_a_day_counts() {
    let twice = [check_in(0, [1, 1, 1, 1]), check_in(0, [4, 4, 4, 4])];
    assert_eq!(text(&readiness(&twice, &[], day(0), day(1))[0].1), "78 normal of 4 low");
    assert_eq!(text(&readiness(&twice, &[], day(0), day(1))[1].1), "too_few");
}
