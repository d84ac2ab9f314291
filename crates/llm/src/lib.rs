//! Language models behind one type: Anthropic's Messages, or any server that speaks OpenAI's chat completions.
//!
//! It knows the wire and nothing of training: what to ask, and whether an answer may be believed, is the caller's
//! business. No answer is ever trusted to have the shape that was asked for; servers that ignore it are common.
#![warn(missing_docs)]

mod answer;
mod anthropic;
mod budget;
mod chat;
mod decoder;
mod error;
mod event;
mod http;
mod image;
mod model;
mod request;
mod retry;
pub mod schema;
mod secret;
mod settings;
mod sse;

pub use answer::Answer;
pub use budget::{Budget, Day};
pub use decoder::Decoder;
pub use error::{Error, Stage};
pub use event::{Event, Fault, Reply, Stop, ToolCall, Usage};
pub use image::{Image, ImageKind};
pub use model::Model;
pub use request::{Message, Request, Shape, Tool};
pub use secret::Secret;
pub use settings::{Capabilities, Provider, Settings, Timeouts};

#[cfg(test)]
mod tests;
