//! What a client says, read in one pass. What does not read is looked at again, slowly, for a good answer.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use units::Language;

use super::frame::{Keypoints, Landmarks, LiveFrame, MAX_TIME_MS, Points, World};
use super::{MAX_MESSAGE_BYTES, diagnosis};

/// The most frames of a set in one message: half an hour at 30 frames a second.
const MAX_FRAMES: usize = 54_000;

/// What a client may say.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly every message is a frame, and none is kept")]
pub enum Message {
    /// Begin a set.
    Start(Start),
    /// A frame.
    Frame(LiveFrame),
    /// Count nothing until `resume`.
    Pause,
    /// Count again.
    Resume,
    /// The set is over: give the report.
    Finish,
    /// Answer `pong`.
    Ping,
}

/// How a set is to begin; what is absent has a default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Start {
    /// Id or alias; none, or `auto`, to recognize it.
    pub exercise_id: Option<String>,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// By the strict standard.
    pub strict: bool,
    /// Wait for the start pose.
    pub hands_free: bool,
    /// Body height.
    pub height_cm: Option<f64>,
    /// What to speak; none for the host's usual language.
    pub language: Option<Language>,
    /// The session to go on with.
    pub session: Option<String>,
}

/// What is wrong with a message, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct WireError {
    /// Where, such as `keypoints.left_knee.x`.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl WireError {
    /// An error of a field.
    #[must_use]
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Every field of every message.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(rename = "type", borrow, default)]
    kind: Option<Cow<'a, str>>,
    /// Recorded streams say `t_ms`; their lines may be sent as they are.
    #[serde(alias = "t_ms")]
    ts_ms: Option<f64>,
    keypoints: Option<Keypoints>,
    lm: Option<Landmarks>,
    world: Option<World>,
    #[serde(borrow, default)]
    exercise_id: Option<Cow<'a, str>>,
    width: Option<f64>,
    height: Option<f64>,
    #[serde(borrow, default)]
    standard: Option<Cow<'a, str>>,
    hands_free: Option<bool>,
    height_cm: Option<f64>,
    #[serde(borrow, default)]
    language: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    session: Option<Cow<'a, str>>,
}

/// Reads a message.
///
/// # Errors
/// Names the field that is wrong and what to do.
pub fn read(text: &str) -> Result<Message, WireError> {
    if text.len() > MAX_MESSAGE_BYTES {
        return Err(WireError::new(
            "message",
            format!(
                "it has {} bytes; send one frame a message, at most {MAX_MESSAGE_BYTES} bytes",
                text.len()
            ),
        ));
    }
    let fields: Fields<'_> =
        serde_json::from_str(text).map_err(|error| diagnosis::of(text, &error))?;
    match fields.kind.as_deref() {
        None | Some("frame") => frame(fields).map(Message::Frame),
        Some("start") => start(fields).map(Message::Start),
        Some("pause") => Ok(Message::Pause),
        Some("resume") => Ok(Message::Resume),
        Some("finish") => Ok(Message::Finish),
        Some("ping") => Ok(Message::Ping),
        Some(other) => Err(WireError::new(
            "type",
            format!(
                "there is no message `{}`; send start, pause, resume, finish, ping, or a frame, which has no type",
                shown(other)
            ),
        )),
    }
}

fn frame(fields: Fields<'_>) -> Result<LiveFrame, WireError> {
    let Some(ts_ms) = fields.ts_ms else {
        return Err(WireError::new(
            "ts_ms",
            "it is missing; give the frame's time in milliseconds, such as 33",
        ));
    };
    if ts_ms.abs() > MAX_TIME_MS {
        return Err(WireError::new("ts_ms", format!("`{ts_ms:e}` is no time in milliseconds")));
    }
    let points = match (fields.keypoints, fields.lm) {
        (Some(_), Some(_)) => {
            return Err(WireError::new("lm", "send either `keypoints` or `lm`, not both"));
        }
        (Some(Keypoints(points)), None) | (None, Some(Landmarks(points))) => points,
        (None, None) => Points::Nobody,
    };
    Ok(LiveFrame::new(ts_ms, points, fields.world))
}

fn start(fields: Fields<'_>) -> Result<Start, WireError> {
    let strict = match fields.standard.as_deref() {
        None | Some("default") => false,
        Some("strict") => true,
        Some(other) => {
            let message = format!("there is no standard `{}`; use default or strict", shown(other));
            return Err(WireError::new("standard", message));
        }
    };
    if let Some(cm) = fields.height_cm.filter(|cm| !(50.0..=260.0).contains(cm)) {
        let message = format!("`{cm}` is no body height; give 50 to 260 centimetres");
        return Err(WireError::new("height_cm", message));
    }
    let language = match fields.language.as_deref() {
        None => None,
        Some(tag) => Some(Language::of_tag(tag).ok_or_else(|| unspoken("language", tag))?),
    };
    let session = fields.session.map(Cow::into_owned);
    if session.as_ref().is_some_and(|session| session.len() > 64) {
        return Err(WireError::new("session", "it is too long; send back the one from `started`"));
    }
    Ok(Start {
        exercise_id: fields.exercise_id.map(Cow::into_owned).filter(|id| id != "auto"),
        width: fields.width.map(|width| pixels("width", width)).transpose()?,
        height: fields.height.map(|height| pixels("height", height)).transpose()?,
        strict,
        hands_free: fields.hands_free.unwrap_or(false),
        height_cm: fields.height_cm,
        language,
        session,
    })
}

/// A set in one message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recorded {
    pub(crate) start: Start,
    pub(crate) frames: Vec<LiveFrame>,
    pub(crate) reference_id: Option<String>,
    pub(crate) name: Option<String>,
}

/// Reads a set in one message: the fields of a `start`, and `frames`.
pub(crate) fn read_recorded(text: &str) -> Result<Recorded, WireError> {
    #[derive(Deserialize)]
    struct Set<'a> {
        #[serde(borrow, default)]
        frames: Vec<Fields<'a>>,
        reference_id: Option<String>,
        name: Option<String>,
    }
    let wrong = |error: serde_json::Error| diagnosis::of(text, &error);
    let set: Set<'_> = serde_json::from_str(text).map_err(wrong)?;
    let head: Fields<'_> = serde_json::from_str(text).map_err(wrong)?;
    if set.frames.is_empty() || set.frames.len() > MAX_FRAMES {
        let message =
            format!("there are {}; give 1 to {MAX_FRAMES} frames of one set", set.frames.len());
        return Err(WireError::new("frames", message));
    }
    let frames = set.frames.into_iter().enumerate().map(|(index, fields)| {
        frame(fields).map_err(|error| {
            WireError::new(format!("frames[{index}].{}", error.field), error.message)
        })
    });
    Ok(Recorded {
        frames: frames.collect::<Result<_, _>>()?,
        start: start(head)?,
        reference_id: set.reference_id,
        name: set.name,
    })
}

/// The answer to whoever asks for a language that nothing is told in.
#[must_use]
pub fn unspoken(field: &str, tag: &str) -> WireError {
    let known = Language::ALL.map(Language::code).join(" or ");
    WireError::new(field, format!("`{}` is not spoken here; use {known}", shown(tag)))
}

/// A number of pixels, 1 to 16384.
pub(crate) fn pixels(field: &str, value: f64) -> Result<u32, WireError> {
    if !(1.0..=16_384.0).contains(&value) {
        let message = format!("`{value}` is no picture size; give 1 to 16384 pixels");
        return Err(WireError::new(field, message));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    Ok(value.round() as u32)
}

/// The beginning of a text that somebody sent, for an answer.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
