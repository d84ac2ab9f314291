//! What is asked of a model.

use serde_json::Value;

use crate::event::ToolCall;

/// One question, with the conversation that led to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What holds for the whole conversation.
    pub system: String,
    /// In turns, the person's first.
    pub messages: Vec<Message>,
    /// What the model may call, where it can.
    pub tools: Vec<Tool>,
    /// The shape that the answer's text should have. Where the model or its server cannot be held to one, it is left
    /// out; so the system text must ask for it as well, and the answer must be checked in any case.
    pub shape: Option<Shape>,
    /// Tokens that the answer may have, with those of thinking.
    pub max_tokens: u32,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// What the person, or we in their place, said.
    User(String),
    /// What the model answered.
    Assistant {
        /// Its text.
        text: String,
        /// The tools that it called.
        calls: Vec<ToolCall>,
    },
    /// What a tool gave back.
    ToolResult {
        /// The call's id.
        id: String,
        /// What it gave.
        text: String,
        /// Whether that is an error.
        failed: bool,
    },
}

/// A tool.
#[derive(Debug, Clone, PartialEq)]
pub struct Tool {
    /// Its name: letters, digits, `_` and `-`.
    pub name: String,
    /// When to call it.
    pub description: String,
    /// JSON schema of its arguments, as in [`Shape::schema`].
    pub schema: Value,
}

/// A shape for the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its name: letters, digits, `_` and `-`.
    pub name: String,
    /// A JSON schema that [`crate::schema::measure`] accepts.
    pub schema: Value,
}

impl Request {
    /// Tokens that this may read and write, generously: three bytes to a token, where English has four.
    #[must_use]
    pub fn most_tokens(&self) -> u64 {
        let said = self.messages.iter().map(|message| match message {
            Message::User(text) | Message::ToolResult { text, .. } => text.len(),
            Message::Assistant { text, calls } => {
                text.len() + calls.iter().map(|call| call.arguments.len()).sum::<usize>()
            }
        });
        let tools =
            self.tools.iter().map(|tool| tool.description.len() + tool.schema.to_string().len());
        let shape = self.shape.as_ref().map(|shape| shape.schema.to_string().len());
        let n_bytes: usize = self.system.len() + said.chain(tools).chain(shape).sum::<usize>();
        u64::try_from(n_bytes / 3).unwrap_or(u64::MAX).saturating_add(u64::from(self.max_tokens))
    }
}
