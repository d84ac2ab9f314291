//! Streams that nobody should have sent.

use std::io::{BufReader, Read as _, repeat};

use motion::engine::StandardName;
use proptest::prelude::*;
use units::ImageSize;

use super::poses;
use crate::judge::{Question, judge};
use crate::recording::Recording;
use crate::{page, terminal};

const IMAGE: ImageSize = ImageSize { width: 640, height: 480 };

#[test]
fn an_endless_line_ends_in_an_error() {
    let error = poses(BufReader::new(repeat(b' ').take(1 << 40)), IMAGE).unwrap_err();
    assert_eq!(error.to_string(), "line 1: it is longer than a frame can be (65536 bytes)");
}

/// Numbers that have gone wrong somewhere before us, and plausible ones.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..1.0, 1 => -1e3..1e3, 1 => Just(0.5), 1 => Just(1e308), 1 => Just(-1e-308)]
}

fn line() -> impl Strategy<Value = String> {
    let landmarks = proptest::collection::vec([number(), number(), number(), number()], 33);
    let world = proptest::option::of(proptest::collection::vec([number(), number(), number()], 33));
    let time = prop_oneof![8 => 0.0..20_000.0, 1 => -1e11..1e11];
    (time, landmarks, world).prop_map(|(t_ms, lm, world)| match world {
        Some(world) => format!("{{\"t_ms\":{t_ms:?},\"lm\":{lm:?},\"world\":{world:?}}}\n"),
        None => format!("{{\"t_ms\":{t_ms:?},\"lm\":{lm:?}}}\n"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        drop(poses(bytes.as_slice(), IMAGE));
    }

    #[test]
    fn wild_numbers_never_panic(lines in proptest::collection::vec(line(), 1..40), sorted: bool, exercise in 0..19_usize) {
        let mut poses = poses(lines.concat().as_bytes(), IMAGE).unwrap();
        if sorted {
            poses.sort_by_key(|pose| pose.time);
        }
        let recording = Recording { name: "wild".to_owned(), image: IMAGE, poses, seen_by: None, warnings: Vec::new() };
        let catalog = catalog::Catalog::builtin().unwrap();
        let exercise = &catalog.exercises()[exercise % catalog.exercises().len()];
        for exercise in [None, Some(exercise.id.to_string())] {
            let question = Question { exercise, standard: StandardName::Strict, reference: None, height_cm: None };
            if let Ok(answer) = judge(&recording, &catalog, &question) {
                let told = serde_json::to_string(&answer.analysis).unwrap();
                prop_assert!(serde_json::from_str::<wire::report::Analysis>(&told).is_ok());
                prop_assert!(!page::render(&recording, &answer).contains("NaN"));
                prop_assert!(!terminal::render(&recording, &answer).contains("NaN"));
            }
        }
    }
}
