//! One line is one situation: the last sets, what was asked for, and what to do next.

use super::*;
use crate::exercise::{Dose, Kit};
use crate::session::{Seen, SetKind};

fn facts(load: LoadKind, kit: &[Kit], dose: Dose) -> Facts {
    let id = "lift".to_owned().try_into().expect("an id");
    Facts { kit: kit.to_vec(), dose, load, ..Facts::unknown(id) }
}

fn set(load_g: Option<i32>, reps: u16, rir_halves: Option<u8>) -> PerformedSet {
    PerformedSet {
        id: uuid::Uuid::from_u128(1),
        exercise: "lift".to_owned().try_into().expect("an id"),
        place: 0,
        group: None,
        kind: SetKind::Work,
        side: None,
        reps: Some(reps),
        load_g,
        secs: None,
        meters: None,
        rir_halves,
        note: None,
        target: None,
        seen: None,
        done_at_ms: 0,
    }
}

fn seen(velocity_loss: Option<f64>, technique: Option<f64>) -> Option<Seen> {
    Some(Seen {
        attempts: 0,
        technique,
        rom_deg: None,
        rep_secs: None,
        best_velocity_mps: None,
        velocity_loss,
        rir_halves: None,
    })
}

fn asked(low: u16, high: u16, load_g: Option<i32>) -> Asked {
    Asked { target: Target { dose: Dose::Reps, low, high, rir: Some(2) }, load_g }
}

fn next(facts: &Facts, sets: &[PerformedSet], asked: Asked) -> Suggestion {
    next_set(facts, None, sets, Some(asked), &Loading::default()).expect("something is asked for")
}

fn told(suggestion: &Suggestion) -> String {
    let kg = suggestion.load_g.map(|g| format!("{} kg x ", f64::from(g) / 1000.0));
    let why: Vec<String> = suggestion.why.iter().map(|why| format!("{why:?}")).collect();
    format!("{}{} | {}", kg.unwrap_or_default(), suggestion.reps, why.join(", "))
}

#[test]
fn the_bar_follows_todays_strength() {
    let bar = facts(LoadKind::Weight, &[Kit::Barbell], Dose::Reps);
    let check = |sets: &[PerformedSet], expected: &str| {
        let got = next(&bar, sets, asked(8, 10, Some(100_000)));
        assert_eq!(told(&got), expected);
    };
    let kg = Some(100_000);
    check(&[], "100 kg x 8 | AsAsked");
    check(&[set(kg, 10, Some(4))], "100 kg x 10 | Fits, Estimate { e1rm_g: 142000 }");
    check(&[set(kg, 8, Some(4))], "100 kg x 8 | Fits, Estimate { e1rm_g: 133333 }");
    check(&[set(kg, 6, Some(2))], "90 kg x 8 | TooHeavy { reps: 5 }, Estimate { e1rm_g: 121667 }");
    check(&[set(kg, 7, Some(4))], "95 kg x 8 | TooHeavy { reps: 7 }, Estimate { e1rm_g: 129286 }");
    check(&[set(kg, 11, Some(8))], "105 kg x 10 | TooLight { reps: 13 }");
    check(&[set(kg, 9, None)], "100 kg x 9 | NoReserve");
    check(&[set(kg, 6, None)], "95 kg x 6 | NoReserve");
    // The last set speaks, not the freshest; getting ready says nothing.
    let warm_up = PerformedSet { kind: SetKind::WarmUp, ..set(Some(40_000), 5, Some(20)) };
    let both = [set(kg, 10, Some(8)), set(kg, 8, Some(4)), warm_up];
    check(&both, "100 kg x 8 | Fits, Estimate { e1rm_g: 133333 }");
}

#[test]
fn pounds_that_plates_add_up_to_are_the_same_load() {
    let bar = facts(LoadKind::Weight, &[Kit::Barbell], Dose::Reps);
    let loading = Loading::usual(crate::loading::MassUnit::Pound);
    // 140 lb; the plates' rounded grams add up to one more.
    let sets = [set(Some(63_503), 8, Some(4))];
    let got = next_set(&bar, None, &sets, Some(asked(6, 8, Some(63_503))), &loading);
    let expected = "63.503 kg x 8 | Fits, Estimate { e1rm_g: 84671 }";
    assert_eq!(got.as_ref().map(told).as_deref(), Some(expected));
}

#[test]
fn where_nothing_is_asked_for_it_goes_on_as_it_began() {
    let bar = facts(LoadKind::Weight, &[Kit::Barbell], Dose::Reps);
    let check = |sets: &[PerformedSet], expected: Option<&str>| {
        let got = next_set(&bar, None, sets, None, &Loading::default());
        assert_eq!(got.as_ref().map(told).as_deref(), expected);
    };
    let kg = Some(100_000);
    check(&[], None);
    check(&[set(kg, 0, None)], None);
    let same = "100 kg x 8 | Estimate { e1rm_g: 135425 }, AsBegun";
    check(&[set(kg, 8, Some(5))], Some(same));
    // To failure at once: one less.
    let failed = "100 kg x 7 | Estimate { e1rm_g: 125402 }, AsBegun";
    check(&[set(kg, 8, Some(0))], Some(failed));
    // Two in reserve at first, none in the second: it was too much.
    let tired = "95 kg x 7 | TooHeavy { reps: 6 }, Estimate { e1rm_g: 125402 }, AsBegun";
    check(&[set(kg, 8, Some(4)), set(kg, 8, Some(0))], Some(tired));
}

#[test]
fn each_side_goes_its_own_way() {
    let lunge = facts(LoadKind::Weight, &[Kit::Barbell], Dose::RepsPerSide);
    let of = |side, reps| PerformedSet { side: Some(side), ..set(Some(40_000), reps, Some(4)) };
    let sets = [of(Side::Left, 10), of(Side::Right, 4)];
    let check = |side, expected: &str| {
        let asked = Some(asked(8, 10, Some(40_000)));
        let got = next_set(&lunge, Some(side), &sets, asked, &Loading::default());
        assert_eq!(told(&got.expect("asked for")), expected);
    };
    check(Side::Left, "40 kg x 10 | Fits, Estimate { e1rm_g: 56800 }");
    check(Side::Right, "37.5 kg x 6 | TooHeavy { reps: 4 }, Estimate { e1rm_g: 47226 }");
}

#[test]
fn a_set_that_slowed_down_or_came_apart_takes_load_off() {
    let bar = facts(LoadKind::Weight, &[Kit::Barbell], Dose::Reps);
    let check = |velocity_loss, technique, expected: &str| {
        let seen = seen(velocity_loss, technique);
        let last = PerformedSet { seen, ..set(Some(100_000), 8, Some(4)) };
        let got = next(&bar, &[last], asked(8, 10, None));
        assert_eq!(told(&got), expected);
    };
    let estimate = "Estimate { e1rm_g: 133333 }";
    check(Some(0.25), Some(60.0), &format!("100 kg x 8 | Fits, {estimate}"));
    let slower = format!("95 kg x 8 | SlowedDown {{ percent: 26 }}, Fits, {estimate}");
    check(Some(0.26), None, &slower);
    let apart = format!("95 kg x 8 | CameApart {{ technique: 59 }}, Fits, {estimate}");
    check(None, Some(59.0), &apart);
}

#[test]
fn what_cannot_be_made_near_by_changes_the_repetitions() {
    let dumbbells = facts(LoadKind::Weight, &[Kit::Dumbbells], Dose::Reps);
    let last = set(Some(12_000), 6, Some(2));
    let got = next(&dumbbells, &[last], asked(8, 10, None));
    let expected = "12 kg x 5 | TooHeavy { reps: 5 }, NoneNear, Estimate { e1rm_g: 14600 }";
    assert_eq!(told(&got), expected);
    let body = facts(LoadKind::Body, &[], Dose::Reps);
    let got = next(&body, &[set(None, 9, Some(2))], asked(8, 12, None));
    assert_eq!(told(&got), "8 | Fits");
    let plank = facts(LoadKind::Body, &[], Dose::Secs);
    let last = PerformedSet { reps: None, secs: Some(35), ..set(None, 0, None) };
    let target = Target { dose: Dose::Secs, low: 30, high: 40, rir: None };
    let got = next(&plank, &[last], Asked { target, load_g: None });
    assert_eq!(told(&got), "35 | Fits");
}

#[test]
fn no_set_is_more_than_a_tenth_from_the_one_before_and_all_can_be_made() {
    let loading = Loading::default();
    for kit in [Kit::Barbell, Kit::Dumbbells, Kit::Kettlebell, Kit::Cable] {
        let facts = facts(LoadKind::Weight, &[kit], Dose::Reps);
        for (rung, reps) in (0..40).flat_map(|rung| (0..20).map(move |reps| (rung, reps))) {
            let gear = Gear::of(&facts);
            let load_g = loading.nearest(gear, 1_000 + 2_500 * rung).expect("a weight");
            for rir_halves in [None, Some(0), Some(3), Some(8), Some(20)] {
                for loss in [None, Some(0.5)] {
                    let last = PerformedSet {
                        seen: seen(loss, None),
                        ..set(Some(load_g), reps, rir_halves)
                    };
                    let got = next(&facts, &[last], asked(6, 8, None));
                    let next_g = got.load_g.expect("a load");
                    assert_eq!(loading.nearest(gear, next_g), Some(next_g));
                    assert!(10 * next_g.abs_diff(load_g) <= load_g.unsigned_abs() + 200);
                    assert!(loss.is_none() || next_g <= load_g);
                    assert!((1..=8).contains(&got.reps), "{got:?}");
                }
            }
        }
    }
}
