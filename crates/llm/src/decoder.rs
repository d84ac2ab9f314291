//! Bytes of a provider's stream to events: a pure state machine that never fails otherwise than by an event.

use serde_json::Value;

use crate::event::{Event, Fault};
use crate::settings::Provider;
use crate::sse::Sse;
use crate::{anthropic, chat};

/// Bytes of text and arguments in one answer, beyond which nobody wants to read on.
const MOST_ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// Decodes one answer. After an [`Event::Stop`] or [`Event::Failed`] it has nothing more to say.
#[derive(Debug)]
pub struct Decoder {
    sse: Sse,
    wire: Wire,
    n_bytes: usize,
    over: bool,
}

#[derive(Debug)]
enum Wire {
    Anthropic(anthropic::Wire),
    Chat(chat::Wire),
}

impl Decoder {
    /// For one answer of a provider.
    #[must_use]
    pub fn new(provider: Provider) -> Self {
        let wire = match provider {
            Provider::Anthropic => Wire::Anthropic(anthropic::Wire::default()),
            Provider::OpenaiCompatible => Wire::Chat(chat::Wire::default()),
        };
        Self { sse: Sse::default(), wire, n_bytes: 0, over: false }
    }

    /// Takes more bytes, cut anywhere, and tells what they say.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut out = Vec::new();
        if self.over {
            return out;
        }
        let mut found = Vec::new();
        let whole = self.sse.push(bytes, &mut found);
        for event in found {
            self.read(&event.name, &event.data, &mut out);
        }
        if whole.is_err() {
            self.add(Event::Failed(Fault::Garbled("an event without end".to_owned())), &mut out);
        }
        out
    }

    /// The bytes are over: tells the end if it was reached, and a failure if not.
    #[must_use]
    pub fn finish(&mut self) -> Vec<Event> {
        let mut out = Vec::new();
        let stop = match &mut self.wire {
            Wire::Anthropic(wire) => wire.finish(),
            Wire::Chat(wire) => wire.finish(),
        };
        self.add(stop.map_or(Event::Failed(Fault::Cut), Event::Stop), &mut out);
        out
    }

    fn read(&mut self, name: &str, data: &str, out: &mut Vec<Event>) {
        if self.over {
            return;
        }
        let mut events = Vec::new();
        match (&mut self.wire, serde_json::from_str::<Value>(data)) {
            (Wire::Chat(wire), _) if data.trim() == "[DONE]" => {
                events.push(Event::Stop(wire.done()));
            }
            (_, Err(_)) => {
                events.push(Event::Failed(Fault::Garbled("an event is not JSON".to_owned())));
            }
            (Wire::Anthropic(wire), Ok(value)) => wire.read(&value, &mut events),
            (Wire::Chat(wire), Ok(value)) => wire.read(name, &value, &mut events),
        }
        for event in events {
            self.add(event, out);
        }
    }

    fn add(&mut self, event: Event, out: &mut Vec<Event>) {
        if self.over {
            return;
        }
        if let Event::Text(text) | Event::ToolArguments { json: text, .. } = &event {
            self.n_bytes += text.len();
        }
        let event = if self.n_bytes > MOST_ANSWER_BYTES {
            Event::Failed(Fault::Garbled("an answer without end".to_owned()))
        } else {
            event
        };
        self.over = matches!(event, Event::Stop(_) | Event::Failed(_));
        out.push(event);
    }
}

/// A number that a server wrote, 0 where it did not.
pub(crate) fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

/// A text that a server wrote, empty where it did not.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
