//! The conversation about one set: text in, text out, the same for a WebSocket and for the worker in the page.
//!
//! Easy to get wrong: the report takes as long as several runs of the engine over the set, so it is not part of the
//! answer; [`Reply::report_due`] says that it is time to ask [`LiveProtocol::report`] for it, off the hot path.

use catalog::Catalog;
use coach::live::{LiveSet, LiveStart, LiveTick, MAX_POSES, Stage};
use motion::engine::StandardName;
use motion::pose::Pose;
use serde::{Deserialize, Serialize};
use units::ImageSize;

use super::message::{Message, Start, WireError, read};
use super::{LiveFrame, Tick};
use crate::figures::{self, Replay};
use crate::judged::analysis;
use crate::report::Analysis;

/// Errors after which a client is told to go.
const MAX_ERRORS: u32 = 100;

/// What to send back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// One JSON object each, in this order.
    pub messages: Vec<String>,
    /// The set is over: send [`LiveProtocol::report`] next.
    pub report_due: bool,
    /// Close the connection after all of that.
    pub close: Option<Close>,
}

/// Why to close a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// All was said: WebSocket code 1000.
    Normal,
    /// The client keeps sending what cannot be read: WebSocket code 1008.
    TooManyErrors,
}

impl Close {
    /// The WebSocket's code for it.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Normal => 1000,
            Self::TooManyErrors => 1008,
        }
    }
}

/// Everything but ticks.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told<'a> {
    Started { session: &'a str, exercise_id: Option<&'a str>, resumed: bool, rep_count: u32 },
    Pong,
    Report { analysis: &'a Analysis, figures: Option<Replay> },
    Error(&'a WireError),
}

/// One client's conversation. Keep it when a connection drops: [`LiveProtocol::resumed`] goes on with it.
#[derive(Debug, Clone)]
pub struct LiveProtocol {
    catalog: Catalog,
    session: String,
    max_poses: usize,
    set: Option<LiveSet>,
    n_errors: u32,
    report_told: bool,
}

impl LiveProtocol {
    /// A conversation that has not begun, in the catalog's language unless the start asks for another. `session` is what a client resumes by: as hard to guess as the host wants.
    #[must_use]
    pub fn new(catalog: &Catalog, session: &str) -> Self {
        Self::with_memory(catalog, session, MAX_POSES)
    }

    /// As [`LiveProtocol::new`], keeping at most so many poses (of 928 bytes) for the report.
    #[must_use]
    pub fn with_memory(catalog: &Catalog, session: &str, max_poses: usize) -> Self {
        let (catalog, session) = (catalog.clone(), session.to_owned());
        Self { catalog, session, max_poses, set: None, n_errors: 0, report_told: false }
    }

    /// Takes in one message.
    pub fn receive(&mut self, text: &str) -> Reply {
        match read(text) {
            Ok(Message::Frame(frame)) => self.frame(&frame),
            Ok(Message::Start(start)) => match self.begin(&start) {
                Ok(()) => Reply { messages: vec![self.started(false)], ..Reply::default() },
                Err(error) => self.refuse(&error),
            },
            Ok(Message::Pause) => self.tell(LiveSet::pause),
            Ok(Message::Resume) => self.tell(LiveSet::resume),
            Ok(Message::Finish) => {
                if self.set.is_none() {
                    let message = "there is no set to finish; send start or a frame first";
                    return self.refuse(&WireError::new("type", message));
                }
                let mut reply = self.tell(LiveSet::finish);
                (reply.report_due, reply.close) = (true, Some(Close::Normal));
                self.report_told = true;
                reply
            }
            Ok(Message::Ping) => Reply { messages: vec![json(&Told::Pong)], ..Reply::default() },
            Err(error) => self.refuse(&error),
        }
    }

    /// Takes in one frame of flat rows of numbers: x, y, z, visibility ×33 and metric x, y, z ×33, or nothing where
    /// nobody was seen.
    pub fn rows(&mut self, ts_ms: f64, lm: &[f64], world: &[f64]) -> Reply {
        match LiveFrame::from_rows(ts_ms, lm, world) {
            Some(frame) => self.frame(&frame),
            None => self.refuse(&WireError::new(
                "lm",
                format!(
                    "at `{ts_ms}` ms there are {} and {} numbers; give 33 × 4 and 33 × 3 of them, or none",
                    lm.len(),
                    world.len()
                ),
            )),
        }
    }

    /// Takes in one frame that needs no reading. Without a start before it, the exercise is recognized.
    pub fn frame(&mut self, frame: &LiveFrame) -> Reply {
        let max_poses = self.max_poses;
        let set = self.set.get_or_insert_with(|| {
            LiveSet::new(&self.catalog, &LiveStart { max_poses, ..LiveStart::default() })
        });
        let tick = set.push(&frame.pose(set.start().image));
        let report_due = tick.stage == Stage::Ended && !self.report_told;
        self.report_told |= report_due;
        Reply { messages: vec![json(&Tick::from(tick))], report_due, close: None }
    }

    /// Begins a set, in place of the one before.
    ///
    /// # Errors
    /// When there is no such exercise.
    pub fn begin(&mut self, start: &Start) -> Result<(), WireError> {
        let language = start.language.unwrap_or_else(|| self.catalog.language());
        let catalog = self.catalog.in_language(language);
        let exercise = match &start.exercise_id {
            None => None,
            Some(id) => Some(
                self.catalog
                    .get(id)
                    .map_err(|error| WireError::new("exercise_id", error.to_string()))?
                    .id
                    .clone(),
            ),
        };
        let usual = LiveStart::default();
        let image = ImageSize {
            width: start.width.unwrap_or(usual.image.width),
            height: start.height.unwrap_or(usual.image.height),
        };
        let standard = if start.strict { StandardName::Strict } else { StandardName::Default };
        let start = LiveStart {
            exercise,
            standard,
            hands_free: start.hands_free,
            height_cm: start.height_cm.unwrap_or(usual.height_cm),
            image,
            max_poses: self.max_poses,
        };
        self.set = Some(LiveSet::new(&catalog, &start));
        self.report_told = false;
        Ok(())
    }

    /// The answer to a client that came back to this session.
    #[must_use]
    pub fn resumed(&self) -> String {
        self.started(true)
    }

    /// The report message of the set so far. Takes milliseconds to seconds.
    #[must_use]
    pub fn report(&self) -> String {
        let Some(set) = &self.set else {
            let message = "there is no set to report on; send start or a frame first";
            return json(&Told::Error(&WireError::new("type", message)));
        };
        let judged = set.judge();
        let analysis = analysis(set.poses(), &judged, set.start().standard, set.start().height_cm);
        let image = set.start().image;
        let figures = judged.set.and_then(|judged| figures::replay(&judged, set.poses(), image));
        json(&Told::Report { analysis: &analysis, figures })
    }

    /// What was kept of the set, in pixels of [`LiveProtocol::image`].
    #[must_use]
    pub fn poses(&self) -> &[Pose] {
        self.set.as_ref().map_or(&[], LiveSet::poses)
    }

    /// The picture's size.
    #[must_use]
    pub fn image(&self) -> ImageSize {
        self.set.as_ref().map_or_else(|| LiveStart::default().image, |set| set.start().image)
    }

    fn started(&self, resumed: bool) -> String {
        let set = self.set.as_ref();
        json(&Told::Started {
            session: &self.session,
            exercise_id: set.and_then(LiveSet::exercise).map(|exercise| exercise.id.as_str()),
            resumed,
            rep_count: set.map_or(0, |set| set.tick().n_reps),
        })
    }

    fn tell(&mut self, change: impl FnOnce(&mut LiveSet) -> &LiveTick) -> Reply {
        let messages = self.set.as_mut().map(|set| json(&Tick::from(change(set))));
        Reply { messages: messages.into_iter().collect(), ..Reply::default() }
    }

    fn refuse(&mut self, error: &WireError) -> Reply {
        self.n_errors += 1;
        Reply {
            messages: vec![json(&Told::Error(error))],
            close: (self.n_errors >= MAX_ERRORS).then_some(Close::TooManyErrors),
            ..Reply::default()
        }
    }
}

/// The session that a message asks to go on with, if it is a `start` that does.
#[must_use]
pub fn session_asked_for(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Asked {
        #[serde(rename = "type")]
        kind: String,
        session: String,
    }
    let asked: Asked = serde_json::from_str(text).ok()?;
    (asked.kind == "start").then_some(asked.session)
}

/// Text of what is made of numbers, names and texts only, so nothing of it can fail.
fn json(message: &impl Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default()
}
