//! Constraints in the words of people: `no barbell`, `bad knees`.

use training::exercise::{Kit, Limit};

/// A constraint that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constraint {
    Without(Kit),
    Nothing,
    Limit(Limit),
}

/// What people write, and the limit that they mean.
const LIMITS: [(&str, Limit); 20] = [
    ("low_back", Limit::LowBackPain),
    ("lower_back", Limit::LowBackPain),
    ("upper_back", Limit::UpperBackPain),
    ("back", Limit::LowBackPain),
    ("neck", Limit::NeckPain),
    ("shoulder", Limit::ShoulderPain),
    ("elbow", Limit::ElbowPain),
    ("wrist", Limit::WristPain),
    ("hand", Limit::WristPain),
    ("hip", Limit::HipPain),
    ("knee", Limit::KneePain),
    ("ankle", Limit::AnklePain),
    ("foot", Limit::AnklePain),
    ("feet", Limit::AnklePain),
    ("blood_pressure", Limit::Hypertension),
    ("hypertension", Limit::Hypertension),
    ("osteoporosis", Limit::Osteoporosis),
    ("pelvic_floor", Limit::PelvicFloor),
    ("pregnan", Limit::PregnancyLate),
    ("dizz", Limit::Vertigo),
];

impl Constraint {
    /// Whether it says something about the person's health.
    pub(super) fn tells_health(self) -> bool {
        matches!(self, Self::Limit(_))
    }

    pub(super) fn of(text: &str) -> Option<Self> {
        let words = text.trim().to_lowercase().replace([' ', '-'], "_");
        let ruled_out = ["no_", "without_", "don't_have_", "dont_have_"]
            .into_iter()
            .find_map(|start| words.strip_prefix(start));
        if let Some(what) = ruled_out {
            if matches!(what, "equipment" | "kit" | "gym" | "weights") {
                return Some(Self::Nothing);
            }
            let singular = what.strip_suffix('s').unwrap_or(what);
            let is_it = |kit: &&Kit| {
                let name = kit.as_str();
                name == what || name.strip_suffix('s').unwrap_or(name) == singular
            };
            return Kit::ALL.iter().find(is_it).map(|&kit| Self::Without(kit));
        }
        if matches!(words.as_str(), "bodyweight" | "bodyweight_only" | "home" | "at_home") {
            return Some(Self::Nothing);
        }
        let means = |(part, _): &&(&str, Limit)| words.contains(part);
        LIMITS.iter().find(means).map(|&(_, limit)| Self::Limit(limit))
    }
}
