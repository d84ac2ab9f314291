//! Technique references made from the kinematic template, measured as a camera would see it from all around.

use motion::technique::Reference;

use crate::Exercise;

/// The reference of one exercise.
pub(crate) fn of(exercise: &Exercise) -> Reference {
    Reference { source: format!("Spotter's template for {}", exercise.name), views: Vec::new() }
}
