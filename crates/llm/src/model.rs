//! The model that the settings name.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use reqwest::Url;
use serde_json::Value;

use crate::answer::Answer;
use crate::budget::{Budget, Day};
use crate::error::Error;
use crate::event::{Event, Reply, Stop, ToolCall, Usage};
use crate::http::Http;
use crate::request::Request;
use crate::settings::{Capabilities, Provider, Settings};
use crate::{anthropic, chat, schema};

/// Optional properties and unions that Anthropic compiles in one request; others take at least as many.
const MOST_OPTIONAL: usize = 24;
const MOST_UNIONS: usize = 16;

/// A language model. Cheap to keep, safe to share; asks nobody before it is asked.
pub struct Model {
    pub(crate) settings: Settings,
    pub(crate) can: Capabilities,
    pub(crate) http: Http,
    budget: Mutex<Budget>,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Model {
    /// Checks the settings and fetches the key; `variable` looks up the environment. Calls nobody.
    ///
    /// # Errors
    /// [`Error::Setting`], with the setting to change.
    pub fn open(
        settings: Settings,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        settings.check()?;
        let key = if settings.enabled { settings.key(variable)? } else { None };
        let http = Http::new(&settings, key)?;
        let budget = Mutex::new(Budget::new(settings.daily_tokens));
        Ok(Self { can: settings.capabilities(), http, budget, settings })
    }

    /// The model's id, as in the settings.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.settings.model
    }

    /// Whether it may be asked at all.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.settings.enabled
    }

    /// Whether it may be asked for pictures.
    #[must_use]
    pub fn draws(&self) -> bool {
        self.settings.enabled && self.settings.image_model.is_some()
    }

    /// Tokens spent or promised on a day.
    #[must_use]
    pub fn spent(&self, day: Day) -> u64 {
        self.budget().spent(day)
    }

    /// Begins to ask. Nothing is sent before the first [`Answer::next`].
    ///
    /// # Errors
    /// When it is switched off, the call is too long, its schema is too much, or today's tokens are spent.
    pub fn stream(&self, request: &Request, day: Day) -> Result<Answer<'_>, Error> {
        if !self.settings.enabled {
            return Err(Error::Off);
        }
        self.check_schemas(request)?;
        if !request.tools.is_empty() && !self.can.tools {
            return Err(Error::Unsupported("tools"));
        }
        let tokens = request.most_tokens();
        let most = self
            .can
            .context_tokens
            .map_or(self.settings.call_tokens, |context| context.min(self.settings.call_tokens));
        if tokens > most {
            let says = format!("it may take {tokens} tokens, of {most}");
            return Err(Error::TooLong(says));
        }
        let url = self.settings.endpoint(match self.settings.provider {
            Provider::Anthropic => "messages",
            Provider::OpenaiCompatible => "chat/completions",
        })?;
        self.budget().reserve(day, tokens)?;
        Ok(Answer::new(self, self.body(request), url, (day, tokens)))
    }

    /// Asks, and waits for the whole answer.
    ///
    /// # Errors
    /// As [`Model::stream`], and everything that can go wrong on the way. An answer that ends early for a reason of the
    /// model's own is no error: see [`Reply::stop`].
    pub async fn ask(&self, request: &Request, day: Day) -> Result<Reply, Error> {
        let mut answer = self.stream(request, day)?;
        let mut reply = Reply {
            model: String::new(),
            text: String::new(),
            calls: Vec::new(),
            usage: Usage::default(),
            stop: Stop::Other("nothing".to_owned()),
        };
        while let Some(event) = answer.next().await {
            match event? {
                Event::Started { model } => reply.model = model,
                Event::Text(text) => reply.text.push_str(&text),
                Event::ToolStart { id, name, .. } => {
                    reply.calls.push(ToolCall { id, name, arguments: String::new() });
                }
                Event::ToolArguments { index, json } => {
                    if let Some(call) = reply.calls.get_mut(index) {
                        call.arguments.push_str(&json);
                    }
                }
                Event::Usage(usage) => reply.usage = usage,
                Event::Stop(stop) => reply.stop = stop,
                Event::Alive | Event::Failed(_) => {}
            }
        }
        Ok(reply)
    }

    /// The body of a request, as it would be sent.
    #[must_use]
    pub fn body(&self, request: &Request) -> Value {
        match self.settings.provider {
            Provider::Anthropic => anthropic::body(&self.settings.model, &self.can, request),
            Provider::OpenaiCompatible => chat::body(&self.settings.model, &self.can, request),
        }
    }

    pub(crate) fn image_endpoint(&self) -> Result<Url, Error> {
        self.settings.endpoint("images/generations")
    }

    pub(crate) fn budget(&self) -> MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_schemas(&self, request: &Request) -> Result<(), Error> {
        let shape = request.shape.iter().map(|shape| &shape.schema);
        let tools = request.tools.iter().map(|tool| &tool.schema);
        let (mut n_optional, mut n_unions) = (0, 0);
        for one in shape.chain(tools) {
            let size = schema::measure(one).map_err(Error::Schema)?;
            n_optional += size.n_optional;
            n_unions += size.n_unions;
        }
        if n_optional > MOST_OPTIONAL || n_unions > MOST_UNIONS {
            let says = format!(
                "{n_optional} optional properties of {MOST_OPTIONAL}, {n_unions} unions of {MOST_UNIONS}"
            );
            return Err(Error::Schema(says));
        }
        Ok(())
    }
}
