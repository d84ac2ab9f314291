//! The live set as JSON: what goes over the WebSocket and between the page and its worker, byte for byte the same.
//!
//! [`LiveProtocol`] is the whole conversation, text in and text out; the hosts only carry it.

mod answer;
mod diagnosis;
mod frame;
mod message;
mod protocol;

pub use answer::{Cue, CueKind, LiveRep, Tick};
pub use frame::{LiveFrame, MAX_TIME_MS};
pub use message::{Message, Start, WireError, read, unspoken};
pub(crate) use message::{Recorded, read_recorded};
pub use protocol::{Close, LiveProtocol, Reply, session_asked_for};

/// The most bytes that one message may have; a frame of 33 landmarks has about 4,000.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;
