//! What comes out of a model while it answers, the same for every provider.

/// One step of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It began; the model that answers, as it calls itself.
    Started {
        /// Its id; empty where the server does not say.
        model: String,
    },
    /// More text.
    Text(String),
    /// It thinks, or says that it is alive. Nothing to show.
    Alive,
    /// It calls a tool; its arguments follow.
    ToolStart {
        /// Which of the tools of this answer, from 0.
        index: usize,
        /// The provider's id of this call, to answer it by.
        id: String,
        /// The tool.
        name: String,
    },
    /// More of a call's arguments: a piece of JSON text, cut anywhere.
    ToolArguments {
        /// Which of the tools.
        index: usize,
        /// The piece.
        json: String,
    },
    /// Tokens so far.
    Usage(Usage),
    /// The end. Nothing follows.
    Stop(Stop),
    /// It failed. Nothing follows.
    Failed(Fault),
}

/// Why a stream has no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The server says so.
    Server {
        /// HTTP status that this stands for.
        code: u16,
        /// Its reason.
        message: String,
    },
    /// It broke off in the middle.
    Cut,
    /// It is not what it should be.
    Garbled(String),
}

/// Tokens of an exchange.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Read, without those from the cache.
    pub input: u64,
    /// Written, with those of thinking.
    pub output: u64,
    /// Read from the provider's cache.
    pub cache_read: u64,
    /// Written to the provider's cache.
    pub cache_write: u64,
}

impl Usage {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        [self.output, self.cache_read, self.cache_write]
            .into_iter()
            .fold(self.input, u64::saturating_add)
    }

    /// Both together, for several exchanges.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            input: self.input.saturating_add(other.input),
            output: self.output.saturating_add(other.output),
            cache_read: self.cache_read.saturating_add(other.cache_read),
            cache_write: self.cache_write.saturating_add(other.cache_write),
        }
    }
}

/// Why an answer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It is complete.
    End,
    /// It waits for its tools.
    ToolUse,
    /// It reached the tokens that it was given: the text is cut.
    MaxTokens,
    /// It met a stop sequence.
    Sequence,
    /// It paused, and would go on if asked to.
    Pause,
    /// It will not answer. The turn that asked must be taken out of the conversation, or every later one is refused too.
    Refusal {
        /// The provider's category, if it names one.
        category: Option<String>,
        /// The provider's explanation, if it gives one.
        explanation: Option<String>,
    },
    /// The conversation is longer than the model can read: the text is cut.
    ContextFull,
    /// Something newer than this code.
    Other(String),
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The model that answered, as it calls itself; empty where the server does not say.
    pub model: String,
    /// Its text.
    pub text: String,
    /// The tools it calls.
    pub calls: Vec<ToolCall>,
    /// What it took; zero where the server does not say.
    pub usage: Usage,
    /// Why it ended.
    pub stop: Stop,
}

/// A call of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolCall {
    /// The provider's id of this call.
    pub id: String,
    /// The tool.
    pub name: String,
    /// Its arguments, as JSON text that nobody has checked.
    pub arguments: String,
}
