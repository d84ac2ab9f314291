//! Loads that can be made, in kilograms and pounds, with many plates and with few.

use super::*;

fn home() -> Loading {
    let plates = [(20_000, 1), (15_000, 2), (2_500, 1)];
    Loading {
        plates: plates.map(|(g, n_pairs)| Plates { g, n_pairs }).to_vec(),
        kettlebells: Weights::List(vec![16_000]),
        ..Loading::default()
    }
}

#[test]
fn plates_on_each_end_are_as_few_as_can_be() {
    fn check(loading: &Loading, load_g: i32, expected: Option<&[u32]>) {
        let got = loading.on_bar(load_g).map(|on| on.plates_g);
        assert_eq!(got.as_deref(), expected, "{load_g}");
    }
    let kg = Loading::default();
    check(&kg, 20_000, Some(&[]));
    check(&kg, 60_000, Some(&[20_000]));
    check(&kg, 62_500, Some(&[20_000, 1_250]));
    check(&kg, 100_000, Some(&[25_000, 15_000]));
    check(&kg, 61_000, None);
    check(&kg, 19_000, None);
    check(&kg, -5_000, None);
    check(&kg, i32::MAX, None);
    let lb = Loading::usual(MassUnit::Pound);
    check(&lb, 61_235, Some(&[20_412])); // 135 lb
    check(&lb, 83_915, Some(&[20_412, 11_340])); // 185 lb
    check(&lb, 20_412, Some(&[]));
    // Thirty on each end are two of fifteen: the twenty does not help.
    check(&home(), 80_000, Some(&[15_000, 15_000]));
    check(&home(), 60_000, Some(&[20_000]));
    check(&home(), 130_000, None);
}

#[test]
fn the_nearest_load_is_one_that_can_be_made() {
    fn check(gear: Gear, load_g: i32, expected: [Option<i32>; 3]) {
        let kg = Loading::default();
        let got = [kg.at_most(gear, load_g), kg.nearest(gear, load_g), kg.at_least(gear, load_g)];
        assert_eq!(got, expected, "{gear:?} {load_g}");
    }
    let all = |g| [Some(g), Some(g), Some(g)];
    check(Gear::Bar, 61_000, [Some(60_000), Some(60_000), Some(62_500)]);
    check(Gear::Bar, 61_500, [Some(60_000), Some(62_500), Some(62_500)]);
    check(Gear::Bar, 5_000, [None, Some(20_000), Some(20_000)]);
    check(Gear::Bar, 62_500, all(62_500));
    check(Gear::Dumbbells, 13_000, [Some(12_000), Some(12_000), Some(14_000)]);
    check(Gear::Dumbbells, 60_000, [Some(50_000), Some(50_000), None]);
    check(Gear::Kettlebell, 13_000, [Some(12_000), Some(12_000), Some(16_000)]);
    check(Gear::Machine, 37_000, [Some(35_000), Some(35_000), Some(40_000)]);
    check(Gear::Added, 0, all(0));
    check(Gear::Added, 3_000, [Some(2_500), Some(2_500), Some(3_750)]);
    check(Gear::Added, -17_000, [Some(-20_000), Some(-15_000), Some(-15_000)]);
    assert_eq!(home().at_most(Gear::Bar, 129_000), Some(125_000));
    assert_eq!(home().at_least(Gear::Bar, 86_000), Some(90_000));
    assert_eq!(home().at_least(Gear::Bar, 126_000), None);
}

#[test]
fn the_next_load_is_a_step_up() {
    fn check(loading: &Loading, gear: Gear, load_g: i32, legs: bool, expected: Option<i32>) {
        assert_eq!(loading.next_up(gear, load_g, legs), expected, "{gear:?} {load_g}");
    }
    let (kg, lb) = (Loading::default(), Loading::usual(MassUnit::Pound));
    check(&kg, Gear::Bar, 80_000, false, Some(82_500));
    check(&kg, Gear::Bar, 80_000, true, Some(85_000));
    check(&kg, Gear::Dumbbells, 12_000, false, Some(14_000));
    check(&kg, Gear::Dumbbells, 50_000, false, None);
    check(&kg, Gear::Kettlebell, 12_000, true, Some(16_000));
    check(&kg, Gear::Machine, 40_000, false, Some(45_000));
    check(&kg, Gear::Machine, 38_000, false, Some(40_000));
    check(&kg, Gear::Added, 0, false, Some(2_500));
    check(&kg, Gear::Added, -20_000, false, Some(-15_000));
    check(&kg, Gear::Added, -5_000, false, Some(0));
    check(&lb, Gear::Bar, 61_235, false, Some(63_504)); // 135 to 140 lb
    check(&lb, Gear::Bar, 61_235, true, Some(65_772)); // 135 to 145 lb
    check(&lb, Gear::Machine, 45_359, false, Some(49_896)); // 100 to 110 lb
    check(&home(), Gear::Bar, 85_000, false, Some(90_000));
}

#[test]
fn whatever_plates_there_are_what_is_near_can_be_made() {
    let mut seed = 7_u32;
    let mut next = |n: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % n
    };
    for _ in 0..150 {
        let mut plates: Vec<Plates> = (0..next(6))
            .map(|_| Plates {
                g: 250 + 250 * next(100),
                n_pairs: 1 + u8::try_from(next(4)).expect("small"),
            })
            .collect();
        plates.sort_by_key(|one| one.g);
        plates.dedup_by_key(|one| one.g);
        let loading = Loading { plates, ..Loading::default() };
        loading.check().expect("fits");
        let load_g = i32::try_from(next(300_000)).expect("small");
        for gear in Gear::ALL {
            let nearest = loading.nearest(*gear, load_g).expect("something");
            assert_eq!(loading.nearest(*gear, nearest), Some(nearest));
            assert!(loading.at_most(*gear, load_g).is_none_or(|g| g <= load_g + 20));
            assert!(loading.at_least(*gear, load_g).is_none_or(|g| g >= load_g - 20));
            if let Some(next) = loading.next_up(*gear, load_g, false) {
                assert!(next > load_g);
            }
        }
        let on_bar = loading.nearest(Gear::Bar, load_g).expect("the bar");
        let made = loading.on_bar(on_bar).expect("made");
        let sum: u32 = made.bar_g + 2 * made.plates_g.iter().sum::<u32>();
        assert_eq!(i32::try_from(sum), Ok(on_bar));
    }
}
