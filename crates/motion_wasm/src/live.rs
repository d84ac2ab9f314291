//! The live coach for the page's worker: `wire`'s conversation about a set, with a start and ready-made poses.

#[cfg(test)]
mod tests;

use catalog::Catalog;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use wire::live::{LiveProtocol, Message, Reply, WireError, read};
use wire::pose_stream::PoseLine;
use wire::reference::{self, ReferenceTemplate};

/// One live set. Messages are those of the WebSocket; see `wire::live`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct LiveCoach {
    protocol: LiveProtocol,
}

#[wasm_bindgen]
impl LiveCoach {
    /// Begins a set with a `start` message. Technique is compared with the user's own references, where there are any: the
    /// list that `GET /api/v1/references` answers.
    ///
    /// # Errors
    /// Throws when the message is no `start`, names no exercise of ours, or the references cannot be read.
    #[wasm_bindgen(constructor)]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "wasm-bindgen hands optional texts over owned"
    )]
    pub fn new(start_json: &str, references_json: Option<String>) -> Result<Self, JsError> {
        Self::begin(start_json, references_json.as_deref()).map_err(|error| JsError::new(&error))
    }

    /// Takes in any message and gives the answer: a tick, or an error with field and remedy.
    pub fn push(&mut self, message_json: &str) -> String {
        only(self.protocol.receive(message_json))
    }

    /// Takes in one frame without parsing: x, y, z, visibility of 33 landmarks and x, y, z in metres, or nothing where
    /// nobody was seen. Gives a tick.
    pub fn push_landmarks(&mut self, ts_ms: f64, lm: &[f64], world: &[f64]) -> String {
        only(self.protocol.rows(ts_ms, lm, world))
    }

    /// Counts nothing until `resume`.
    pub fn pause(&mut self) {
        self.protocol.receive(r#"{"type":"pause"}"#);
    }

    /// Counts again.
    pub fn resume(&mut self) {
        self.protocol.receive(r#"{"type":"resume"}"#);
    }

    /// Ends the set and gives the report message. Takes as long as several runs of the engine over the set.
    pub fn finish(&mut self) -> String {
        self.protocol.receive(r#"{"type":"finish"}"#);
        self.protocol.report()
    }

    /// The set as a landmark stream, as `spotter analyze --poses` reads.
    #[must_use]
    pub fn save_poses(&self) -> String {
        let image = self.protocol.image();
        let lines = self.protocol.poses().iter().map(|pose| PoseLine::of(pose, image));
        lines.filter_map(|line| Some(serde_json::to_string(&line).ok()? + "\n")).collect()
    }
}

impl LiveCoach {
    /// As [`LiveCoach::new`], natively.
    ///
    /// # Errors
    /// What is wrong with the start message or the references, and what to do.
    pub fn begin(start_json: &str, references_json: Option<&str>) -> Result<Self, String> {
        let mut catalog = Catalog::builtin().map_err(|error| error.to_string())?;
        if let Some(text) = references_json {
            let own = reference::read_list(text).map_err(|error| error.to_string())?;
            catalog =
                reference::comparing(&catalog, &own.iter().collect::<Vec<&ReferenceTemplate>>());
        }
        let mut protocol = LiveProtocol::new(&catalog, "page");
        let begun = match read(start_json) {
            Ok(Message::Start(start)) => protocol.begin(&start),
            Ok(_) => Err(WireError {
                field: "type".to_owned(),
                message: "a set begins with a message of type start".to_owned(),
            }),
            Err(error) => Err(error),
        };
        begun.map(|()| Self { protocol }).map_err(|error| error.to_string())
    }
}

/// The one answer to a message.
fn only(reply: Reply) -> String {
    reply.messages.into_iter().next().unwrap_or_default()
}
