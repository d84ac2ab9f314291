//! Server-sent events: bytes in, events out, whatever the pieces they come in.
//!
//! As in the HTML standard, and one thing more: old llama.cpp servers write `error: {…}` where a field belongs, which
//! the standard would have us drop.

/// Bytes of a line, and of an event's data. A model's largest legal event is a few kilobytes.
pub(crate) const MOST_BYTES: usize = 1024 * 1024;

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SseEvent {
    /// Its type; empty where there is none.
    pub(crate) name: String,
    /// Its data lines, joined.
    pub(crate) data: String,
}

/// A line or an event is longer than [`MOST_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Reads events from bytes.
#[derive(Debug, Default)]
pub(crate) struct Sse {
    line: Vec<u8>,
    event: SseEvent,
    has_data: bool,
    /// The last byte was a carriage return, whose line feed may still come.
    after_cr: bool,
    /// Past the first line, where a byte order mark may stand.
    begun: bool,
}

impl Sse {
    /// Takes more bytes and gives each event that they complete to `out`.
    ///
    /// # Errors
    /// When something is too long; whoever goes on after that gets nonsense.
    pub(crate) fn push(&mut self, bytes: &[u8], out: &mut Vec<SseEvent>) -> Result<(), TooLong> {
        for &byte in bytes {
            let after_cr = std::mem::replace(&mut self.after_cr, byte == b'\r');
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => self.end_line(out)?,
                _ if self.line.len() == MOST_BYTES => return Err(TooLong),
                _ => self.line.push(byte),
            }
        }
        Ok(())
    }

    fn end_line(&mut self, out: &mut Vec<SseEvent>) -> Result<(), TooLong> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let line = if self.begun { &line } else { line.trim_start_matches('\u{feff}') };
        self.begun = true;
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            if std::mem::take(&mut self.has_data) {
                out.push(event);
            }
            return Ok(());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.name),
            "data" | "error" => {
                if field == "error" {
                    "error".clone_into(&mut self.event.name);
                }
                if self.event.data.len() + value.len() > MOST_BYTES {
                    return Err(TooLong);
                }
                if self.has_data {
                    self.event.data.push('\n');
                }
                self.has_data = true;
                self.event.data.push_str(value);
            }
            // `id` and `retry` are for reconnecting, which no model's stream can.
            _ => {}
        }
        Ok(())
    }
}
