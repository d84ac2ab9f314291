//! The exercise library and its pictures for the page.

use std::sync::OnceLock;

use catalog::Catalog;
use units::Language;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use wire::figures::{Drawing, Picture};
use wire::live::unspoken;
use wire::{exercises, figures};

/// Every exercise as a JSON list, as `GET /api/v1/exercises?lang=` gives it.
///
/// # Errors
/// Throws when an exercise file is malformed or the language is not spoken.
#[wasm_bindgen]
pub fn catalog(language: &str) -> Result<String, JsError> {
    Ok(serde_json::to_string(&exercises::list(&spoken(language)?))?)
}

/// An exercise as it should look, as SVG. `view` is `side` or `front`, `theme` `light`, `dark` or `any`, `picture` `still`,
/// `moving` or the number of a step picture.
///
/// # Errors
/// Throws when there is no such exercise, view, theme or picture, or the language is not spoken.
#[wasm_bindgen]
pub fn exercise_figure(
    id: &str,
    language: &str,
    view: &str,
    theme: &str,
    picture: &str,
) -> Result<String, JsError> {
    let picture = match picture {
        "still" => Picture::Still,
        "moving" => Picture::Moving,
        number => Picture::Step(number.parse()?),
    };
    let catalog = spoken(language)?;
    Ok(figures::exercise_figure(catalog.entry(id)?, Drawing { view, theme, picture })?)
}

/// The library in a language. Parsed once: a build of the site draws hundreds of figures.
fn spoken(language: &str) -> Result<Catalog, JsError> {
    static PARSED: OnceLock<Catalog> = OnceLock::new();
    let spoken = Language::of_tag(language).ok_or_else(|| unspoken("language", language))?;
    let builtin = match PARSED.get() {
        Some(parsed) => parsed,
        None => PARSED.get_or_init({
            let parsed = Catalog::builtin()?;
            || parsed
        }),
    };
    Ok(builtin.in_language(spoken))
}
