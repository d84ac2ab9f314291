//! What to do in the next set, for a page that logs without a network.

use units::Language;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use wire::live::unspoken;
use wire::sessions::NextSetAsked;

/// Answers a `NextSetAsked` in JSON with the JSON that `GET /api/v1/sessions/{id}/next-set` gives; `null` where nothing is
/// asked for and nothing was done yet.
///
/// # Errors
/// Throws when the question is not one, or the language is not spoken.
#[wasm_bindgen]
pub fn next_set(asked: &str, language: &str) -> Result<String, JsError> {
    let spoken = Language::of_tag(language).ok_or_else(|| unspoken("language", language))?;
    Ok(serde_json::to_string(&NextSetAsked::answer(asked, spoken)?)?)
}
