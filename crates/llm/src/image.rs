//! Pictures by servers that have OpenAI's `images/generations`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};

use crate::budget::Day;
use crate::error::{Error, Stage};
use crate::http::read;
use crate::model::Model;

/// Bytes of a picture.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// What a picture counts for in the day's tokens: a large one of OpenAI's.
const TOKENS: u64 = 4200;

/// A picture as the server made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What it is, by its first bytes.
    pub kind: ImageKind,
    /// The file, at most 8 MiB.
    pub bytes: Vec<u8>,
}

/// What a picture's file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl ImageKind {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// What a file is, by its first bytes; none where it is no such picture.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }
}

impl Model {
    /// Asks for one square picture. Whoever asks has another one ready: most servers draw nothing.
    ///
    /// # Errors
    /// When it is switched off, no model in the settings draws, today's tokens are spent, or what comes is no picture.
    pub async fn image(&self, prompt: &str, day: Day) -> Result<Image, Error> {
        if !self.settings.enabled {
            return Err(Error::Off);
        }
        let Some(id) = &self.settings.image_model else {
            return Err(Error::Unsupported("pictures"));
        };
        let url = self.image_endpoint()?;
        self.budget().reserve(day, TOKENS)?;
        let body = json!({
            "model": id,
            "prompt": prompt,
            "n": 1,
            "size": "1024x1024",
            "response_format": "b64_json",
        });
        let allowed = self.settings.timeouts.image();
        let until = (Instant::now() + allowed, allowed);
        let mut n_before = 0;
        let response = loop {
            match self.http.post(&url, &body, (Stage::Whole, until), n_before).await {
                Ok(response) => break response,
                Err((_, Some(wait)))
                    if n_before < self.settings.retries && Instant::now() + wait < until.0 =>
                {
                    n_before += 1;
                    sleep(wait).await;
                }
                Err((error, _)) => {
                    self.budget().settle(day, TOKENS, 0);
                    return Err(error);
                }
            }
        };
        // Four characters for three bytes, and something around them.
        let body = timeout_at(until.0, read(response, MOST_BYTES / 3 * 4 + 64 * 1024)).await;
        let late = |_elapsed| Error::Timeout(Stage::Whole, allowed);
        picture(&body.map_err(late)??)
    }
}

fn picture(body: &[u8]) -> Result<Image, Error> {
    let garbled = |why: &str| Error::Garbled(why.to_owned());
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| garbled(&format!("it is not JSON ({error})")))?;
    let text = body["data"][0]["b64_json"].as_str().ok_or_else(|| garbled("it has no picture"))?;
    let bytes = STANDARD
        .decode(text.trim())
        .map_err(|error| garbled(&format!("its picture is not base64 ({error})")))?;
    if bytes.len() > MOST_BYTES {
        return Err(garbled("its picture is too large"));
    }
    let kind = ImageKind::of(&bytes).ok_or_else(|| garbled("it is no PNG, JPEG or WebP"))?;
    Ok(Image { kind, bytes })
}
