//! The whole library: that every entry is whole, that they lead to each other, and that nobody is left without.

use std::collections::BTreeSet;

use body::Phase;
use catalog::{Catalog, Entry};
use training::exercise::{Kit, Level, Limit, Muscle, Pattern, Role};
use units::{ExerciseId, Language};

fn builtin() -> Catalog {
    Catalog::builtin().expect("the exercise files are well-formed")
}

#[test]
fn there_are_enough() {
    let catalog = builtin();
    let n_with =
        |role| catalog.library().iter().filter(|entry| entry.roles.contains(&role)).count();
    assert!(catalog.library().len() >= 80, "{}", catalog.library().len());
    assert!(n_with(Role::WarmUp) >= 8 && n_with(Role::CoolDown) >= 8);
    assert!(n_with(Role::Work) >= 70);
}

#[test]
fn every_entry_is_whole() {
    for entry in builtin().library() {
        let id = &entry.id;
        assert!((3..=6).contains(&entry.steps.len()), "{id} has {} steps", entry.steps.len());
        assert!(entry.cues.len() >= 2, "{id} has too few cues");
        assert!(entry.faults.len() >= 2, "{id} has too few faults");
        assert!(!entry.aliases.is_empty(), "{id} has no other name");
        let texts = entry.faults.iter().flat_map(|fault| [&fault.text, &fault.tip]);
        for text in texts.chain(&entry.steps) {
            assert!(text.ends_with('.'), "{id}: `{text}` is no sentence");
        }
        let holds = entry.figure.phase_at(0.0) == Phase::Hold;
        assert_eq!(holds, entry.tempo == "0-0-0-0", "{id}: a hold has no tempo");
        assert!(!holds || entry.dose.is_timed(), "{id}: a hold is timed");
        assert_eq!(entry.dose.is_timed(), entry.rep_secs == 0, "{id}");
        let mobility = entry.pattern == Pattern::Mobility;
        assert!(!mobility || !entry.roles.contains(&Role::Work), "{id}: a stretch is no work");
    }
}

#[test]
fn german_is_german_and_short_enough_to_say() {
    let english = builtin();
    let german = english.in_language(Language::German);
    for (english, german) in english.library().iter().zip(german.library()) {
        let id = &english.id;
        let texts = |entry: &Entry| -> Vec<String> {
            let faults = entry.faults.iter().flat_map(|fault| [&fault.text, &fault.tip]);
            faults.chain(&entry.steps).chain(&entry.cues).cloned().collect()
        };
        for (english, german) in texts(english).iter().zip(texts(german)) {
            assert_ne!(*english, german, "{id} is left in English");
            // Who speaks to a guest says "Sie"; a trainer says "du".
            assert!(!german.contains(" Sie ") && !german.contains("Ihre"), "{id}: `{german}`");
        }
        for cue in &german.cues {
            assert!(cue.split_whitespace().count() <= 4, "{id}: `{cue}` is too long to say");
        }
        for name in english.aliases.iter().chain([&english.name]) {
            assert!(german.name == *name || german.aliases.contains(name), "{id}: {name}");
        }
    }
}

#[test]
fn easier_and_harder_lead_to_each_other() {
    let catalog = builtin();
    // Everything that can be reached by going on, or back.
    let reaches = |from: &Entry, to: &Entry, next: fn(&Entry) -> &[ExerciseId]| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.id.clone()]);
        while let Some(id) = open.pop() {
            if seen.insert(id.clone()) {
                let entry = catalog.entry(id.as_str()).expect("checked when parsed");
                open.extend(next(entry).iter().cloned());
            }
        }
        seen.contains(&to.id)
    };
    for entry in catalog.library() {
        for id in &entry.regressions {
            let easier = catalog.entry(id.as_str()).expect("checked when parsed");
            assert!(
                reaches(easier, entry, |entry| &entry.progressions),
                "{id} does not lead on to {}",
                entry.id
            );
        }
        for id in &entry.progressions {
            let harder = catalog.entry(id.as_str()).expect("checked when parsed");
            assert!(
                reaches(harder, entry, |entry| &entry.regressions),
                "{id} does not lead back to {}",
                entry.id
            );
            assert!(!reaches(harder, entry, |entry| &entry.progressions), "{id} goes in a circle");
        }
    }
}

#[test]
fn every_muscle_is_trained_by_something() {
    let catalog = builtin();
    for muscle in Muscle::ALL {
        let trains = |entry: &Entry| {
            entry.direct.contains(muscle)
                && entry.roles.contains(&Role::Work)
                && entry.pattern.counts_as_volume()
        };
        assert!(catalog.library().iter().any(|entry| trains(entry)), "{muscle:?}");
    }
}

/// What people have: from a floor to a gym.
const KITS: [(&str, &[Kit]); 5] = [
    ("nothing", &[]),
    ("home", &[Kit::Mat, Kit::Wall, Kit::Chair]),
    ("band", &[Kit::Mat, Kit::Wall, Kit::Chair, Kit::Band]),
    ("dumbbells", &[Kit::Mat, Kit::Wall, Kit::Chair, Kit::Dumbbells, Kit::Bench]),
    ("gym", Kit::ALL),
];

fn fits(entry: &Entry, kit: &[Kit], level: Level) -> bool {
    entry.level <= level && entry.kit.iter().all(|one| *one == Kit::Mat || kit.contains(one))
}

#[test]
fn everybody_finds_work_for_every_goal() {
    let catalog = builtin();
    for (name, kit) in KITS {
        for &level in Level::ALL {
            let any = |wanted: &dyn Fn(&Entry) -> bool| {
                catalog.library().iter().any(|entry| {
                    entry.roles.contains(&Role::Work) && fits(entry, kit, level) && wanted(entry)
                })
            };
            for pattern in [
                Pattern::Squat,
                Pattern::Lunge,
                Pattern::Hinge,
                Pattern::PushHorizontal,
                Pattern::PullHorizontal,
                Pattern::Core,
                Pattern::Neck,
                Pattern::Isolation,
                Pattern::Conditioning,
                Pattern::Steady,
            ] {
                assert!(any(&|entry| entry.pattern == pattern), "{name} {level:?}: no {pattern:?}");
            }
            // Pressing and pulling overhead need something to press or to pull on.
            if kit.contains(&Kit::Band) {
                for pattern in [Pattern::PushVertical, Pattern::PullVertical] {
                    assert!(
                        any(&|entry| entry.pattern == pattern),
                        "{name} {level:?}: {pattern:?}"
                    );
                }
            }
            for muscle in [
                Muscle::LowerBack,
                Muscle::UpperBack,
                Muscle::NeckFlexors,
                Muscle::NeckExtensors,
                Muscle::Chest,
                Muscle::Quads,
                Muscle::Glutes,
                Muscle::Hamstrings,
                Muscle::Abs,
            ] {
                assert!(
                    any(&|entry| entry.direct.contains(&muscle)),
                    "{name} {level:?}: {muscle:?}"
                );
            }
        }
    }
}

#[test]
fn every_limit_leaves_something_to_do() {
    let catalog = builtin();
    for limit in Limit::ALL {
        let n = |wanted: &dyn Fn(&Entry) -> bool| {
            catalog
                .library()
                .iter()
                .filter(|entry| {
                    fits(entry, &[], Level::Beginner)
                        && !entry.limits.contains(limit)
                        && wanted(entry)
                })
                .count()
        };
        assert!(n(&|entry| entry.roles.contains(&Role::WarmUp)) >= 4, "{limit:?}: warm-up");
        assert!(n(&|entry| entry.roles.contains(&Role::CoolDown)) >= 4, "{limit:?}: cool-down");
        assert!(n(&|entry| entry.pattern == Pattern::Steady) >= 2, "{limit:?}: for the heart");
        let work =
            |entry: &Entry| entry.roles.contains(&Role::Work) && entry.pattern.counts_as_volume();
        assert!(n(&work) >= 6, "{limit:?}: {} to work on", n(&work));
    }
}
