//! Why there is no answer, named by what the caller can do about it.

use std::time::Duration;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Switched off in the settings.
    #[error("the language model is switched off (`enabled = false`)")]
    Off,
    /// A setting cannot be used.
    #[error("`{field}` {must}")]
    Setting {
        /// Which.
        field: &'static str,
        /// What is wrong with it and what it must be.
        must: String,
    },
    /// Today's tokens are used up.
    #[error("{spent} of {daily} tokens are spent today, and this call may take {asked} more")]
    Spent {
        /// Tokens spent or promised today.
        spent: u64,
        /// Tokens allowed in a day.
        daily: u64,
        /// Tokens this call may take.
        asked: u64,
    },
    /// The call is longer than the settings, or the model, allow.
    #[error("the call is too long: {0}")]
    TooLong(String),
    /// The model in the settings cannot do it.
    #[error("this model has no {0}")]
    Unsupported(&'static str),
    /// The shape asked for is more than providers compile; a mistake of the caller.
    #[error("the schema cannot be asked for: {0}")]
    Schema(String),
    /// It took too long.
    #[error("no answer in time: {0} took more than {1:?}")]
    Timeout(Stage, Duration),
    /// No connection, or one that broke before anything was answered.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server refuses the request.
    #[error("the server answered {code}: {message}")]
    Status {
        /// HTTP status, or what stands for it in a stream.
        code: u16,
        /// The server's reason, shortened, without the key.
        message: String,
    },
    /// The server failed in the middle of its answer.
    #[error("the server broke off: {0}")]
    BrokeOff(String),
    /// What the server sent is not what it should speak.
    #[error("the server's answer cannot be read: {0}")]
    Garbled(String),
}

/// What was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A connection.
    Connect,
    /// The first sign of an answer.
    FirstToken,
    /// The whole answer.
    Whole,
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::FirstToken => "the first token",
            Self::Whole => "the whole answer",
        })
    }
}

/// A server's message as it may be shown and logged: one line, no control characters, at most 300 characters.
pub(crate) fn shortened(message: &str) -> String {
    let words = message.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(300) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
