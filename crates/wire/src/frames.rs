//! Pictures for a server that finds poses in them: what a client sends, and what it is answered.
//!
//! A stream begins with a [`StartFrames`] that says that the person agreed. Then each picture is one binary message: its
//! time as eight bytes, then one JPEG file. Each is answered once, with landmarks as in a landmark stream.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::live::{MAX_TIME_MS, WireError};

/// Before the JPEG: milliseconds by the client's clock, as a little-endian IEEE 754 double.
pub const TIME_BYTES: usize = 8;
/// Networks see nobody in less.
const MIN_SIDE: u32 = 16;
const EXAMPLE: &str = r#"{"type":"start","consent":true,"width":640,"height":480}"#;

/// How a stream of pictures begins. That it could be read means that the person in them agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartFrames {
    /// The longest side that a picture will have, pixels.
    pub longer: u32,
    /// The longest that its other side will be, pixels.
    pub shorter: u32,
    /// What is to look at them.
    pub network: PoseNetwork,
}

/// How exactly, and how slowly, a picture is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PoseNetwork {
    /// Quicker.
    Lite,
    /// More exact.
    #[default]
    Full,
}

impl PoseNetwork {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Lite, Self::Full];
}

#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(rename = "type", borrow, default)]
    kind: Option<Cow<'a, str>>,
    consent: Option<bool>,
    width: Option<f64>,
    height: Option<f64>,
    #[serde(borrow, default)]
    network: Option<Cow<'a, str>>,
}

impl StartFrames {
    /// Reads the first message. `max_side` is the most pixels that a side may have.
    ///
    /// # Errors
    /// Names the field that is wrong and what to do; without consent that is `consent`.
    pub fn read(text: &str, max_side: u32) -> Result<Self, WireError> {
        let fields: Fields<'_> = serde_json::from_str(text).map_err(|error| {
            WireError::new("message", format!("{error}; begin with `{EXAMPLE}`"))
        })?;
        if fields.kind.as_deref() != Some("start") {
            return Err(WireError::new("type", format!("it must be `start`, as in `{EXAMPLE}`")));
        }
        if fields.consent != Some(true) {
            let why = "it must be `true`: pictures are looked at only when the person in them agreed to send them";
            return Err(WireError::new("consent", why));
        }
        let side = |name: &str, value: Option<f64>| {
            value.and_then(|value| whole_side(value, max_side)).ok_or_else(|| {
                let must = format!("it must be whole pixels from {MIN_SIDE} to {max_side}");
                WireError::new(name, must)
            })
        };
        let (width, height) = (side("width", fields.width)?, side("height", fields.height)?);
        let network = match fields.network.as_deref() {
            None | Some("full") => PoseNetwork::Full,
            Some("lite") => PoseNetwork::Lite,
            Some(_) => return Err(WireError::new("network", "it must be `lite` or `full`")),
        };
        Ok(Self { longer: width.max(height), shorter: width.min(height), network })
    }

    /// Whether a picture of that size was announced. It may be turned: a phone can be stood up during a set.
    ///
    /// # Errors
    /// With what to do about it.
    pub fn admits(self, width: u32, height: u32) -> Result<(), WireError> {
        if width.min(height) < MIN_SIDE {
            let why =
                format!("its picture is {width}×{height}; both sides must be at least {MIN_SIDE}");
            return Err(WireError::new("frame", why));
        }
        if width.max(height) > self.longer || width.min(height) > self.shorter {
            let Self { longer, shorter, .. } = self;
            let why = format!(
                "its picture is {width}×{height}, more than the {longer}×{shorter} that `start` announced; announce more, or make it smaller"
            );
            return Err(WireError::new("frame", why));
        }
        Ok(())
    }
}

fn whole_side(value: f64, max_side: u32) -> Option<u32> {
    let fits = value.fract() == 0.0 && (f64::from(MIN_SIDE)..=f64::from(max_side)).contains(&value);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is whole and within bounds that are u32"
    )]
    fits.then_some(value as u32)
}

/// A binary message's time in milliseconds. The JPEG begins after [`TIME_BYTES`].
///
/// # Errors
/// When the message is shorter than that, or the eight bytes are no time.
pub fn time_of_frame(message: &[u8]) -> Result<f64, WireError> {
    let head = message.first_chunk::<TIME_BYTES>().ok_or_else(|| {
        let n = message.len();
        let why = format!("it has {n} bytes; send eight bytes of time and then a JPEG file");
        WireError::new("frame", why)
    })?;
    let ts_ms = f64::from_le_bytes(*head);
    if !ts_ms.is_finite() || ts_ms.abs() > MAX_TIME_MS {
        let why = "its first eight bytes are no time; send milliseconds as a little-endian double";
        return Err(WireError::new("ts_ms", why));
    }
    Ok(ts_ms)
}

/// What a client of a stream of pictures is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FramesAnswer {
    /// The networks are ready: send pictures.
    Started {
        /// The most bytes of one JPEG.
        max_frame_bytes: usize,
    },
    /// A picture was looked at.
    Pose {
        /// The picture's own time.
        ts_ms: f64,
        /// Its size as it was looked at, pixels.
        width: u32,
        /// See `width`.
        height: u32,
        /// Decoding it and looking at it, milliseconds.
        took_ms: f64,
        /// Who was seen; `null` where nobody was.
        pose: Option<FoundPose>,
    },
    /// A newer picture came before this one's turn.
    Skipped {
        /// The picture's own time.
        ts_ms: f64,
    },
    /// Something could not be read, or cannot be done.
    Error {
        /// Where, such as `consent` or `frame`.
        field: String,
        /// What is wrong and what to do.
        message: String,
        /// The time of the picture that it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        ts_ms: Option<f64>,
    },
}

/// One person in one picture, as in a landmark stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundPose {
    /// 33 rows of x, y, z, visibility: fractions of the picture (z: of its width), in `MediaPipe`'s order.
    pub lm: Vec<[f32; 4]>,
    /// 33 rows of x, y, z in metres from between the hips.
    pub world: Vec<[f32; 3]>,
}
