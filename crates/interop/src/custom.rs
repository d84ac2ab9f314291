//! Ids of exercises that are not in the library.
//!
//! The same name gives the same id in every file and on every server. No exercise of the library begins with the prefix.

use units::ExerciseId;
use uuid::Uuid;

use crate::identity;
use crate::names::fold;

/// What every id of an exercise of one's own begins with.
pub const CUSTOM_PREFIX: &str = "custom_";

/// Letters of the name that an id keeps.
const SLUG_CHARS: usize = 40;

/// The id of an exercise of one's own: `custom_` and its name in lower case ASCII letters and digits, joined by `_`. Where that
/// loses letters (long names, other scripts), eight hexadecimal digits of the name's hash follow.
#[must_use]
pub fn custom_id(name: &str) -> ExerciseId {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let whole = words.join("_");
    let mut slug: String = whole.chars().filter(|c| c.is_ascii()).take(SLUG_CHARS).collect();
    if slug != whole || slug.is_empty() {
        let hash = Uuid::new_v5(&identity::NAMESPACE, format!("exercise\n{whole}").as_bytes());
        let hash = hash.simple().to_string();
        slug = format!("{}_{}", slug.trim_matches('_'), hash.get(..8).unwrap_or_default());
    }
    let id = format!("{CUSTOM_PREFIX}{}", slug.trim_matches('_'));
    ExerciseId::try_from(id).expect("letters, digits and `_` after a letter, at most 56 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_that_stay() {
        fn check(name: &str, id: &str) {
            assert_eq!(custom_id(name).as_str(), id, "{name}");
        }
        check("Sled Push", "custom_sled_push");
        check("sled-push!", "custom_sled_push");
        check("Überzüge (KH)", "custom_ueberzuege_kh");
        check("45° Leg Press", "custom_45_leg_press");
        check("Жим лёжа", "custom_03fa6975");
        check("", "custom_71cdf593");
        check(
            "Half-kneeling single-arm landmine press with a pause",
            "custom_half_kneeling_single_arm_landmine_press_b8175553",
        );
    }
}
