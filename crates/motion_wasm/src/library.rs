//! The exercise library and its pictures for the page.

use catalog::Catalog;
use coach::judged::judge;
use motion::engine::StandardName;
use motion::pose::Pose;
use units::{ImageSize, Language};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use wire::live::unspoken;
use wire::{exercises, figures, pose_stream};

/// Every exercise as a JSON list, as `GET /api/v1/exercises?lang=` gives it.
///
/// # Errors
/// Throws when an exercise file is malformed or the language is not spoken.
#[wasm_bindgen]
pub fn catalog(language: &str) -> Result<String, JsError> {
    let spoken = Language::of_tag(language).ok_or_else(|| unspoken("language", language))?;
    Ok(serde_json::to_string(&exercises::list(&Catalog::builtin()?.in_language(spoken)))?)
}

/// An exercise as it should look, as SVG. `view` is `side` or `front`, `theme` `light` or `dark`.
///
/// # Errors
/// Throws when there is no such exercise, view or theme.
#[wasm_bindgen]
pub fn exercise_figure(
    id: &str,
    view: &str,
    theme: &str,
    animated: bool,
) -> Result<String, JsError> {
    let catalog = Catalog::builtin()?;
    Ok(figures::exercise_figure(catalog.get(id)?, view, theme, animated)?)
}

/// The worst repetition of a landmark stream (JSON lines) as moving figures, as in the report message of a live set:
/// JSON, or `null` where there is nothing to show. `exercise` may be `auto`.
///
/// # Errors
/// Throws when the stream cannot be read or there is no such exercise.
#[wasm_bindgen]
pub fn report_figures(
    jsonl: &str,
    width: u32,
    height: u32,
    exercise: &str,
) -> Result<String, JsError> {
    let (catalog, image) = (Catalog::builtin()?, ImageSize { width, height });
    let exercise = if exercise == "auto" { None } else { Some(catalog.get(exercise)?) };
    let poses: Vec<Pose> =
        pose_stream::read(jsonl)?.iter().map(|frame| frame.pose(image)).collect();
    let judged = judge(&poses, &catalog, exercise, StandardName::Default, None);
    let replay = judged.set.and_then(|set| figures::replay(&set, &poses, image));
    Ok(serde_json::to_string(&replay)?)
}
