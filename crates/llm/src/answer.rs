//! An answer while it comes: the connection, its timeouts, and another try where nothing was shown yet.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, Url};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};

use crate::budget::Day;
use crate::decoder::Decoder;
use crate::error::{Error, Stage};
use crate::event::{Event, Fault, Usage};
use crate::http::{cause, is_too_long, read};
use crate::model::Model;
use crate::retry::{self, Advice};

/// Bytes that are read of an answer that is no stream.
const MOST_BODY_BYTES: usize = 64 * 1024;

/// An answer that is coming. Dropping it hangs up.
pub struct Answer<'m> {
    model: &'m Model,
    body: Value,
    url: Url,
    /// The day, and the tokens that were put aside on it.
    reserved: (Day, u64),
    /// When the whole must be over.
    until: Instant,
    /// When the first sign of this try must have come.
    first_until: Instant,
    state: State,
    ready: VecDeque<Event>,
    n_before: u32,
    /// Something was heard in this try.
    alive: bool,
    /// Something was shown to the caller, who could not take it back.
    shown: bool,
    /// A server took the request, so it may be paid for.
    taken: bool,
    usage: Usage,
}

enum State {
    Waiting,
    Open(Box<(Response, Decoder)>),
    /// The bytes are over, the events may not be.
    Read,
    Over,
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("model", &self.model.id()).finish_non_exhaustive()
    }
}

impl<'m> Answer<'m> {
    pub(crate) fn new(model: &'m Model, body: Value, url: Url, reserved: (Day, u64)) -> Self {
        let now = Instant::now();
        Self {
            model,
            body,
            url,
            reserved,
            until: now + model.settings.timeouts.whole(),
            first_until: now,
            state: State::Waiting,
            ready: VecDeque::new(),
            n_before: 0,
            alive: false,
            shown: false,
            taken: false,
            usage: Usage::default(),
        }
    }

    /// The next event; none after a [`Event::Stop`] or an error. Never an [`Event::Failed`]: that is an error here.
    ///
    /// # Errors
    /// When there is no answer, or no more of it. What failed before anything was shown has been tried again.
    pub async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            let failed = match self.ready.pop_front() {
                Some(Event::Failed(fault)) => self.told(fault),
                Some(event) => return Some(Ok(self.pass_on(event))),
                None => match self.advance().await {
                    Ok(true) => continue,
                    Ok(false) => return None,
                    Err(failed) => failed,
                },
            };
            if let Err(error) = self.again(failed).await {
                self.state = State::Over;
                self.ready.clear();
                return Some(Err(error));
            }
        }
    }

    fn pass_on(&mut self, event: Event) -> Event {
        match &event {
            Event::Text(_) | Event::ToolStart { .. } | Event::ToolArguments { .. } => {
                self.shown = true;
            }
            Event::Usage(usage) => self.usage = *usage,
            Event::Stop(_) => {
                self.state = State::Over;
                // Where the server does not count, what was put aside stays spent.
                if self.usage.total() > 0 {
                    let (day, tokens) = self.reserved;
                    self.model.budget().settle(day, tokens, self.usage.total());
                    self.reserved.1 = self.usage.total();
                }
            }
            Event::Started { .. } | Event::Alive | Event::Failed(_) => {}
        }
        event
    }

    /// Connects, or reads on. `false` when there is no more.
    async fn advance(&mut self) -> Result<bool, (Error, Option<Duration>)> {
        match &mut self.state {
            State::Over => return Ok(false),
            // The decoder always ends with a stop or a failure.
            State::Read => self.state = State::Over,
            State::Waiting => self.connect().await?,
            State::Open(open) => {
                let first = self.first_until < self.until && !self.alive;
                let until = if first { self.first_until } else { self.until };
                let Ok(chunk) = timeout_at(until, open.0.chunk()).await else {
                    return Err((self.late(first), None));
                };
                let events = match chunk {
                    Ok(Some(bytes)) => open.1.push(&bytes),
                    Ok(None) => open.1.finish(),
                    Err(error) => {
                        let wait = Some(retry::backoff(self.n_before));
                        return Err((Error::BrokeOff(self.model.http.tell(&cause(&error))), wait));
                    }
                };
                let is_over = |event: &Event| matches!(event, Event::Stop(_) | Event::Failed(_));
                if events.last().is_some_and(is_over) {
                    self.state = State::Read;
                }
                let signs =
                    |event: &Event| !matches!(event, Event::Started { .. } | Event::Usage(_));
                self.alive |= events.iter().any(signs);
                self.ready.extend(events);
            }
        }
        Ok(true)
    }

    async fn connect(&mut self) -> Result<(), (Error, Option<Duration>)> {
        let timeouts = self.model.settings.timeouts;
        self.first_until = Instant::now() + timeouts.first_token();
        self.alive = false;
        let (stage, until) = if self.first_until < self.until {
            (Stage::FirstToken, (self.first_until, timeouts.first_token()))
        } else {
            (Stage::Whole, (self.until, timeouts.whole()))
        };
        let http = &self.model.http;
        let response = http.post(&self.url, &self.body, (stage, until), self.n_before).await?;
        self.taken = true;
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("application/json")) {
            // llama.cpp once answered 200 with a refusal inside; and some servers do not stream at all.
            let bytes = timeout_at(until.0, read(response, MOST_BODY_BYTES)).await;
            let bytes = bytes.map_err(|_elapsed| (Error::Timeout(stage, until.1), None))?;
            let body: Value =
                serde_json::from_slice(&bytes.map_err(|error| (error, None))?).unwrap_or_default();
            let mut decoder = Decoder::new(self.model.settings.provider);
            let events = decoder.push(format!("data: {body}\n\n").as_bytes());
            let fault = events.into_iter().find_map(|event| match event {
                Event::Failed(fault) => Some(fault),
                _ => None,
            });
            let silent = || Fault::Garbled("it does not stream".to_owned());
            return Err(self.told(fault.unwrap_or_else(silent)));
        }
        let decoder = Decoder::new(self.model.settings.provider);
        self.state = State::Open(Box::new((response, decoder)));
        Ok(())
    }

    fn late(&self, first: bool) -> Error {
        let timeouts = self.model.settings.timeouts;
        if first {
            Error::Timeout(Stage::FirstToken, timeouts.first_token())
        } else {
            Error::Timeout(Stage::Whole, timeouts.whole())
        }
    }

    /// What a fault in the stream means, and how long to wait before another try.
    fn told(&self, fault: Fault) -> (Error, Option<Duration>) {
        match fault {
            Fault::Cut => {
                let says = "the answer has no end".to_owned();
                (Error::BrokeOff(says), Some(retry::backoff(self.n_before)))
            }
            Fault::Garbled(why) => (Error::Garbled(why), None),
            Fault::Server { message, .. } if is_too_long(&message) => {
                (Error::TooLong(self.model.http.tell(&message)), None)
            }
            Fault::Server { code, message } => {
                let provider = self.model.settings.provider;
                let wait = retry::wait(provider, code, &Advice::default(), self.n_before);
                let message = self.model.http.tell(&message);
                let error = if self.shown {
                    Error::BrokeOff(message)
                } else {
                    Error::Status { code, message }
                };
                (error, wait)
            }
        }
    }

    /// Waits for another try, or gives the error back where there is none: after something was shown, after so many
    /// tries, or where the wait would outlast the whole.
    async fn again(&mut self, (error, wait): (Error, Option<Duration>)) -> Result<(), Error> {
        let Some(wait) = wait.filter(|_| !self.shown) else { return Err(error) };
        if self.n_before >= self.model.settings.retries || Instant::now() + wait >= self.until {
            return Err(error);
        }
        self.n_before += 1;
        self.ready.clear();
        self.state = State::Waiting;
        sleep(wait).await;
        Ok(())
    }
}

impl Drop for Answer<'_> {
    /// What no server took is not spent.
    fn drop(&mut self) {
        if !self.taken {
            let (day, tokens) = self.reserved;
            self.model.budget().settle(day, tokens, 0);
        }
    }
}
