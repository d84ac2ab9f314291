//! A name taken apart: its words, in one spelling, and its kit.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

/// A kit that names of exercises speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gear {
    Barbell,
    Dumbbell,
    Kettlebell,
    Cable,
    Machine,
    Smith,
    Band,
    Plate,
    EzBar,
    TrapBar,
    Suspension,
    Bodyweight,
}

/// A name taken apart.
#[derive(Debug)]
pub(crate) struct Spoken {
    /// In order of the alphabet, each once, with what it weighs: words in brackets half.
    pub(crate) words: Vec<(String, f64)>,
    pub(crate) gear: BTreeSet<Gear>,
}

/// Longer names than this many words are compared by their first.
const MOST_WORDS: usize = 12;

impl Spoken {
    pub(crate) fn of(name: &str) -> Self {
        let folded = fold(name);
        let mut spoken = Self { words: Vec::new(), gear: BTreeSet::new() };
        let mut depth = 0_u32;
        let mut word = String::new();
        for c in folded.chars().chain([' ']) {
            // A farmer's walk is the farmers' walk.
            if matches!(c, '\'' | '’') {
                continue;
            }
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                spoken.add(&word, if depth > 0 { 0.5 } else { 1.0 });
                word.clear();
            }
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        spoken.words.sort_by(|(a, _), (b, _)| a.cmp(b));
        spoken.words.dedup_by(|(a, _), (b, _)| a == b);
        spoken.words.truncate(MOST_WORDS);
        spoken
    }

    /// Its words, joined.
    pub(crate) fn plain(&self) -> String {
        let mut words: Vec<&str> = self.words.iter().map(|(word, _)| word.as_str()).collect();
        // `press bench` in order of the alphabet is said the other way around.
        if let [first @ ("press" | "row"), second] = words.as_slice() {
            words = vec![second, first];
        }
        words.join(" ")
    }

    /// How alike the words are, 0..=1: twice what both have, by what they have together (Dice 1945).
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let sum = |words: &[(String, f64)]| words.iter().map(|(_, weight)| weight).sum::<f64>();
        let has = |words: &[(String, f64)], word: &str| words.iter().any(|(of, _)| alike(of, word));
        let shared = |a: &[(String, f64)], b: &[(String, f64)]| {
            a.iter().filter(|(word, _)| has(b, word)).map(|(_, weight)| weight).sum::<f64>()
        };
        let all = sum(&self.words) + sum(&other.words);
        if all <= 0.0 {
            return 0.0;
        }
        (shared(&self.words, &other.words) + shared(&other.words, &self.words)) / all
    }

    fn add(&mut self, word: &str, weight: f64) {
        if STOP_WORDS.contains(&word) {
            return;
        }
        if let Some(gear) = gear_of(word) {
            self.gear.insert(gear);
            return;
        }
        if let Some((_, parts)) = COMPOUNDS.iter().find(|(compound, _)| *compound == word) {
            for part in *parts {
                self.add(part, weight);
            }
            return;
        }
        // German puts the kit before the exercise, in one word.
        for (prefix, gear) in GERMAN_KIT {
            if let Some(rest) = word.strip_prefix(prefix)
                && rest.len() >= 4
            {
                self.gear.insert(gear);
                self.add(rest, weight);
                return;
            }
        }
        self.words.push((singular(word), weight));
    }
}

/// Lower case, without marks on letters; `ä` is `ae`, `ß` is `ss`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.to_lowercase().nfc() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            other => folded.extend(std::iter::once(other).nfkd().filter(|c| !is_mark(*c))),
        }
    }
    folded
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The same word, or one with a letter typed wrong.
fn alike(a: &str, b: &str) -> bool {
    a == b
        || (a.len() >= 6
            && b.len() >= 6
            && a.len().abs_diff(b.len()) <= 1
            && a.chars().next() == b.chars().next()
            && strsim::osa_distance(a, b) <= 1)
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("es")
        && (stem.ends_with("ch") || stem.ends_with("ss") || stem.ends_with("sh"))
    {
        return stem.to_owned();
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

fn gear_of(word: &str) -> Option<Gear> {
    Some(match word {
        "barbell" | "bb" | "langhantel" | "lh" => Gear::Barbell,
        "dumbbell" | "dumbbells" | "dumbell" | "db" | "kurzhantel" | "kurzhanteln" | "kh" => {
            Gear::Dumbbell
        }
        "kettlebell" | "kettlebells" | "kb" => Gear::Kettlebell,
        "cable" | "kabel" | "kabelzug" | "seilzug" => Gear::Cable,
        "machine" | "maschine" | "lever" => Gear::Machine,
        "smith" | "multipresse" => Gear::Smith,
        "band" | "bands" | "banded" | "theraband" | "widerstandsband" => Gear::Band,
        "plate" | "scheibe" => Gear::Plate,
        "ez" | "sz" => Gear::EzBar,
        "trap" | "hex" => Gear::TrapBar,
        "suspension" | "trx" | "rings" | "ring" => Gear::Suspension,
        "bodyweight" | "koerpergewicht" => Gear::Bodyweight,
        _ => return None,
    })
}

/// Words that tell nothing of the exercise.
const STOP_WORDS: [&str; 27] = [
    "a",
    "the",
    "on",
    "with",
    "of",
    "and",
    "to",
    "at",
    "in",
    "for",
    "mit",
    "am",
    "an",
    "im",
    "auf",
    "der",
    "die",
    "das",
    "dem",
    "und",
    "bar",
    "weighted",
    "assisted",
    "assistiert",
    "gewichtet",
    "resistance",
    "flat",
];

/// Words in one that others write apart, and short forms.
const COMPOUNDS: [(&str, &[&str]); 22] = [
    ("pullup", &["pull", "up"]),
    ("pullups", &["pull", "up"]),
    ("pushup", &["push", "up"]),
    ("pushups", &["push", "up"]),
    ("chinup", &["chin", "up"]),
    ("chinups", &["chin", "up"]),
    ("situp", &["sit", "up"]),
    ("situps", &["sit", "up"]),
    ("stepup", &["step", "up"]),
    ("stepups", &["step", "up"]),
    ("ups", &["up"]),
    ("pulldown", &["pull", "down"]),
    ("pulldowns", &["pull", "down"]),
    ("pushdown", &["push", "down"]),
    ("pushdowns", &["push", "down"]),
    ("benchpress", &["bench", "press"]),
    ("rdl", &["romanian", "deadlift"]),
    ("ohp", &["overhead", "press"]),
    ("flye", &["fly"]),
    ("flyes", &["fly"]),
    ("flies", &["fly"]),
    ("legged", &["leg"]),
];

const GERMAN_KIT: [(&str, Gear); 4] = [
    ("langhantel", Gear::Barbell),
    ("kurzhantel", Gear::Dumbbell),
    ("kettlebell", Gear::Kettlebell),
    ("kabel", Gear::Cable),
];
