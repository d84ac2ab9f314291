//! Value types that every crate shares: media time, confidence, image size, sides, languages and ids.
//!
//! A type is here when a wrong mix-up would compile otherwise. Local arithmetic uses plain `f64` with the unit in
//! the name (`knee_flexion_rad`, `rest_secs`).
#![warn(missing_docs)]

use std::fmt;

use serde::{Deserialize, Serialize};

/// Time by the source's own clock, in microseconds from the start of the stream. It may jump but never goes back
/// within one stream; whoever reads a source enforces that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaTime {
    /// Microseconds from the start of the stream.
    pub micros: i64,
}

impl MediaTime {
    /// The start of the stream.
    pub const ZERO: Self = Self { micros: 0 };

    /// From milliseconds, rounded to the nearest microsecond. Non-finite input gives zero.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "float to int casts saturate, which is what is wanted"
    )]
    pub fn from_ms(ms: f64) -> Self {
        Self { micros: (ms * 1000.0).round() as i64 }
    }

    /// Milliseconds from the start of the stream.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 285 years")]
    pub fn as_ms(self) -> f64 {
        self.micros as f64 / 1e3
    }

    /// Seconds from the start of the stream.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 285 years")]
    pub fn as_secs(self) -> f64 {
        self.micros as f64 / 1e6
    }

    /// Seconds from `earlier` to `self`; negative when `earlier` is later.
    #[must_use]
    pub fn secs_since(self, earlier: Self) -> f64 {
        Self { micros: self.micros.saturating_sub(earlier.micros) }.as_secs()
    }
}

/// Width and height of an image in pixels, both at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageSize {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The athlete's own left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The athlete's left.
    Left,
    /// The athlete's right.
    Right,
}

impl Side {
    /// Left, then right.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// What an athlete is spoken to in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.pick("en", "de")
    }

    /// The language of a code, or of a tag that begins with one, such as `de-AT`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let code = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| code.eq_ignore_ascii_case(language.code()))
    }

    /// Whichever of the two is in this language. A further language is a further parameter, so none can be forgotten.
    #[must_use]
    pub fn pick<T>(self, english: T, german: T) -> T {
        match self {
            Self::English => english,
            Self::German => german,
        }
    }
}

/// The name of a catalogue entry: lower-case ASCII letters, digits and `_`, starting with a letter, at most 64 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExerciseId(String);

/// The text is not an exercise id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidExerciseId(String);

impl fmt::Display for InvalidExerciseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an exercise id (use a-z, 0-9 and _, starting with a letter)", self.0)
    }
}

impl std::error::Error for InvalidExerciseId {}

impl TryFrom<String> for ExerciseId {
    type Error = InvalidExerciseId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let valid = text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if valid { Ok(Self(text)) } else { Err(InvalidExerciseId(text)) }
    }
}

impl From<ExerciseId> for String {
    fn from(id: ExerciseId) -> Self {
        id.0
    }
}

impl ExerciseId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExerciseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
