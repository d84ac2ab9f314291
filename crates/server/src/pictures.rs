//! Pictures that a model drew of exercises of one's own, as they are kept: a document with its media type and base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use catalog::Entry;
use llm::Image;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// What they are called in the store.
pub(crate) const KIND: &str = "picture";
/// So many of one account's.
pub(crate) const MOST: usize = 12;
/// Bytes of one.
const MOST_BYTES: usize = 3 << 20;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    media_type: String,
    base64: String,
}

/// What to draw. What the person typed stays a quoted name; a model that draws has no tools to misuse.
pub(crate) fn prompt(name: &str, like: Option<&Entry>) -> String {
    let name: String = name.chars().filter(|one| !one.is_control() && *one != '"').collect();
    let like = like.map_or_else(String::new, |entry| {
        format!(" It is like \"{}\": {}", entry.name, entry.steps.join(" "))
    });
    format!(
        "A calm, flat line drawing of one adult in plain sports clothes doing the strength exercise \"{name}\" with good \
         technique, seen from the side, whole body, white background, no text, no logo, no other people.{like}"
    )
}

/// A picture as it is kept; none where it is too large.
pub(crate) fn kept(image: &Image) -> Option<String> {
    if image.bytes.len() > MOST_BYTES {
        return None;
    }
    let media_type = image.kind.media_type().to_owned();
    serde_json::to_string(&Kept { media_type, base64: STANDARD.encode(&image.bytes) }).ok()
}

/// The media type and the bytes of what was kept, here or in somebody's file: nothing but a picture gets through.
pub(crate) fn read(body: &str) -> Result<(&'static str, Vec<u8>), Problem> {
    let invalid = |why: &str| Problem::invalid("documents.jsonl", why.to_owned());
    let kept: Kept = serde_json::from_str(body).map_err(|error| invalid(&error.to_string()))?;
    let bytes = STANDARD.decode(&kept.base64).map_err(|_not| invalid("a picture is no base64"))?;
    if bytes.len() > MOST_BYTES {
        return Err(invalid("a picture is too large"));
    }
    let media_type = llm::ImageKind::of(&bytes).map(llm::ImageKind::media_type);
    let media_type = media_type.filter(|media_type| *media_type == kept.media_type);
    Ok((media_type.ok_or_else(|| invalid("a picture is none"))?, bytes))
}
