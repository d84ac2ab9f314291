//! Bodies of different proportions, by name.

use body::Physique;

/// A body with its name.
pub type NamedBody = (&'static str, Physique);

const AVERAGE: Physique = Physique {
    height_m: 1.75,
    body_mass_kg: None,
    leg_ratio: 1.0,
    arm_ratio: 1.0,
    torso_ratio: 1.0,
    shoulder_ratio: 1.0,
    hip_ratio: 1.0,
    girth_ratio: 1.0,
};

/// The bodies of the lab. Ratios stay inside what Drillis and Contini's standard deviations (about 4 % of a segment)
/// make common: two of them at most.
pub const BODIES: [NamedBody; 6] = [
    ("average", AVERAGE),
    ("long_legs", Physique { height_m: 1.86, leg_ratio: 1.07, torso_ratio: 0.95, ..AVERAGE }),
    ("short_legs", Physique { height_m: 1.64, leg_ratio: 0.94, torso_ratio: 1.06, ..AVERAGE }),
    ("long_arms", Physique { height_m: 1.92, arm_ratio: 1.07, shoulder_ratio: 1.06, ..AVERAGE }),
    (
        "small_wide_hips",
        Physique { height_m: 1.55, hip_ratio: 1.15, shoulder_ratio: 0.93, ..AVERAGE },
    ),
    (
        "broad",
        Physique {
            height_m: 1.80,
            shoulder_ratio: 1.10,
            arm_ratio: 0.96,
            girth_ratio: 1.25,
            ..AVERAGE
        },
    ),
];

/// The body of a name; the average one where there is none such.
#[must_use]
pub fn named(name: &str) -> Physique {
    BODIES.iter().find(|(known, _)| *known == name).map_or(AVERAGE, |(_, physique)| *physique)
}
