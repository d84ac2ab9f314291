//! Which exercise of the library a name in a file means: proposed by likeness, taken only beyond doubt.
//!
//! Both names are taken apart into words and kit, since programs write `Bench Press (Barbell)` where the library says
//! `Barbell bench press`. The library is asked in every language.

mod spoken;

use std::collections::BTreeSet;

use catalog::{Catalog, Entry};
use training::exercise::{Kit, LoadKind};
use units::{ExerciseId, Language};

pub(crate) use spoken::fold;
use spoken::{Gear, Spoken};

/// From here on a likeness is beyond doubt, if the next best is [`CLEAR_LEAD`] behind.
const CERTAIN: f64 = 0.95;
const CLEAR_LEAD: f64 = 0.05;
/// Below, a suggestion only distracts.
const WORTH_SAYING: f64 = 0.4;
const MOST_SUGGESTIONS: usize = 5;
/// What a likeness keeps where the kit differs.
const OTHER_KIT: f64 = 0.6;
/// What it keeps where only one of the two says a kit.
const UNSAID_KIT: f64 = 0.85;

/// An exercise that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The exercise.
    pub id: ExerciseId,
    /// How alike the names are, 0..=1; from 0.95 the same but for spelling.
    pub likeness: f64,
}

/// What the sets tell of their exercise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// Load was added.
    pub(crate) loaded: bool,
    /// The program trains with a barbell unless it says otherwise.
    pub(crate) barbell: bool,
}

/// The library, ready to be asked.
pub(crate) struct Index {
    labels: Vec<Label>,
    entries: Vec<Of>,
}

/// A name of an entry.
struct Label {
    entry: usize,
    spoken: Spoken,
}

struct Of {
    id: ExerciseId,
    gear: BTreeSet<Gear>,
    load: LoadKind,
}

/// The lifts that `StrongLifts` means with a barbell.
const BARBELL_LIFTS: [&str; 5] = ["squat", "bench press", "overhead press", "row", "deadlift"];

impl Index {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        let (mut labels, mut entries) = (Vec::new(), Vec::<Of>::new());
        for language in Language::ALL {
            for (number, entry) in catalog.in_language(language).library().iter().enumerate() {
                if number == entries.len() {
                    let (id, load) = (entry.facts.id.clone(), entry.facts.load);
                    entries.push(Of { id, gear: gear(entry), load });
                }
                let names = [entry.name.as_str(), entry.facts.id.as_str()].into_iter();
                let names = names.chain(entry.aliases.iter().map(String::as_str));
                let spoken = names.map(Spoken::of).filter(|spoken| !spoken.words.is_empty());
                labels.extend(spoken.map(|spoken| Label { entry: number, spoken }));
            }
        }
        Self { labels, entries }
    }

    /// What a name may mean, best first, and what it means beyond doubt.
    pub(crate) fn suggest(
        &self,
        name: &str,
        reading: Reading,
    ) -> (Vec<Suggestion>, Option<ExerciseId>) {
        let mut asked = Spoken::of(name);
        if reading.barbell && BARBELL_LIFTS.contains(&asked.plain().as_str()) {
            asked.gear.insert(Gear::Barbell);
        }
        let mut best = vec![0.0_f64; self.entries.len()];
        for label in &self.labels {
            let (Some(best), Some(of)) = (best.get_mut(label.entry), self.entries.get(label.entry))
            else {
                continue;
            };
            let likeness = asked.likeness(&label.spoken);
            *best = best.max(likeness * kit_factor(&asked, &label.spoken, of));
        }
        // With load added, the same name rather means the exercise that is done with a weight.
        let weighted = self
            .entries
            .iter()
            .zip(&best)
            .any(|(of, likeness)| of.load == LoadKind::Weight && *likeness >= UNSAID_KIT);
        let mut found: Vec<Suggestion> = Vec::new();
        for (of, likeness) in self.entries.iter().zip(best) {
            let doubted = reading.loaded && weighted && of.load == LoadKind::Body;
            let likeness = if doubted { likeness * UNSAID_KIT } else { likeness };
            if likeness >= WORTH_SAYING {
                found.push(Suggestion { id: of.id.clone(), likeness });
            }
        }
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.id.cmp(&b.id)));
        found.truncate(MOST_SUGGESTIONS);
        let certain = match found.as_slice() {
            [first, rest @ ..] if first.likeness >= CERTAIN => {
                let next = rest.first().map_or(0.0, |next| next.likeness);
                let clear = first.likeness - next >= CLEAR_LEAD;
                (clear && !self.may_be_barbell(&asked, &found)).then(|| first.id.clone())
            }
            _ => None,
        };
        (found, certain)
    }
}

impl Index {
    /// Whether no kit is said, and the same words may mean a barbell rather than what is found first: for many people an
    /// overhead press is done with one.
    fn may_be_barbell(&self, asked: &Spoken, found: &[Suggestion]) -> bool {
        let barbell = |of: &Suggestion| {
            let entry = self.entries.iter().find(|entry| entry.id == of.id);
            entry.is_some_and(|entry| entry.gear.contains(&Gear::Barbell))
        };
        let weighted = |of: &Suggestion| {
            let entry = self.entries.iter().find(|entry| entry.id == of.id);
            entry.is_some_and(|entry| entry.load == LoadKind::Weight)
        };
        let [first, rest @ ..] = found else { return false };
        asked.gear.is_empty()
            && weighted(first)
            && !barbell(first)
            && rest.iter().any(|of| of.likeness >= UNSAID_KIT && barbell(of))
    }
}

fn kit_factor(asked: &Spoken, label: &Spoken, of: &Of) -> f64 {
    if asked.gear.is_empty() {
        return if label.gear.is_empty() { 1.0 } else { UNSAID_KIT };
    }
    let fits = |gear: &Gear| label.gear.contains(gear) || of.gear.contains(gear);
    if asked.gear.iter().all(fits) { 1.0 } else { OTHER_KIT }
}

/// What an exercise is done with, in the words of other programs.
fn gear(entry: &Entry) -> BTreeSet<Gear> {
    let mut gear = BTreeSet::new();
    for kit in &entry.facts.kit {
        match kit {
            Kit::Dumbbells => gear.extend([Gear::Dumbbell]),
            Kit::Kettlebell => gear.extend([Gear::Kettlebell]),
            Kit::Barbell => gear.extend([Gear::Barbell]),
            Kit::Plates => gear.extend([Gear::Plate]),
            Kit::Band => gear.extend([Gear::Band]),
            Kit::Cable | Kit::LatPulldown => gear.extend([Gear::Cable, Gear::Machine]),
            Kit::LegPress | Kit::LegCurl | Kit::LegExtension | Kit::BackExtension => {
                gear.extend([Gear::Machine]);
            }
            Kit::Mat | Kit::Wall | Kit::Chair | Kit::Box | Kit::Rack | Kit::Bench => {}
            Kit::PullUpBar | Kit::DipBars | Kit::JumpRope => {}
        }
    }
    if gear.is_empty() {
        gear.insert(Gear::Bodyweight);
    }
    gear
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_programs_find_ours() {
        let catalog = Catalog::builtin().expect("the library");
        let index = Index::new(&catalog);
        let told: Vec<String> = include_str!("names/cases.txt")
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| {
                let name = line.split(" -> ").next().unwrap_or_default();
                let (bare, loaded) = match name.strip_suffix(" +") {
                    Some(bare) => (bare, true),
                    None => (name, false),
                };
                let (found, certain) = index.suggest(bare, Reading { loaded, barbell: false });
                let all: Vec<String> = found
                    .iter()
                    .take(3)
                    .map(|of| format!("{} {:.2}", of.id, of.likeness))
                    .collect();
                match certain {
                    Some(id) => format!("{name} -> {id}"),
                    None => format!("{name} -> ? {}", all.join(", ")).trim_end().to_owned(),
                }
            })
            .collect();
        expect_test::expect_file!["names/cases.txt"].assert_eq(&(told.join("\n") + "\n"));
    }
}
