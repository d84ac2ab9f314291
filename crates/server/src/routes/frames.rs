//! `/api/v1/ws/frames`: poses in pictures that a consenting person streams here, where the owner switched that on.
//!
//! Pictures exist as bytes of a message and as pixels on one thread, and are dropped when they have been looked at.
//! Nothing writes, logs or measures them; only counts and durations are told. See `wire::frames` for the messages.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::Extensions;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::Instant;
use units::MediaTime;
use wire::frames::{FoundPose, FramesAnswer, StartFrames, TIME_BYTES, time_of_frame};
use wire::live::WireError;

use super::session::{Sockets, seat};
use crate::gate::peer_of;
use crate::jpeg;
use crate::limits::{Bucket, Seat};
use crate::live::Hub;
use crate::poses::{Picture, PoseFinder, PoseFinders, Poses};
use crate::problem::Problem;
use crate::settings::Limits;
use crate::socket::{Gone, Goodbye, READABLE, SILENT, STOPPING, TOO_LARGE, close, send, too_large};

/// How long a client may take to say that the person agreed.
const START_WITHIN: Duration = Duration::from_secs(10);
/// Pictures in a row that could not be read, after which there is no point in more.
const MAX_REFUSED: u32 = 20;

const REFUSED: Goodbye = (1008, "too many messages could not be read");
const NO_START: Goodbye = (1008, "a stream begins with a `start` that says `consent: true`");
const BUSY: Goodbye = (1013, "as many streams are looked at as the owner allows");
const FAILED: Goodbye = (1011, "the pose networks stopped working");

/// Pictures over a WebSocket: send `start` with `consent: true`, then JPEG files; read landmarks. Nothing is kept. See
/// docs/serving.md for the messages.
#[utoipa::path(get, operation_id = "stream_frames", path = "/api/v1/ws/frames", tag = "Live", responses(
    (status = 101, description = "The socket is open; each answer is a `FramesAnswer`"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "`features.server_pose` is off"),
    (status = 426, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn connect(
    State(hub): State<Arc<Hub>>,
    State(poses): State<Poses>,
    State(sockets): State<Sockets>,
    extensions: Extensions,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Some(finders) = poses.finders.clone() else {
        return Problem::forbidden("this server looks at no pictures")
            .remedy("Set `features.server_pose = true` in the configuration of `spotter serve` and start it again.")
            .into_response();
    };
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let most = sockets.limits.frame_bytes.saturating_add(TIME_BYTES).saturating_mul(READABLE);
    match seat(&hub, peer_of(&extensions).key()) {
        Ok(seat) => {
            upgrade.max_message_size(most).max_frame_size(most).write_buffer_size(0).on_upgrade(
                move |socket| async move {
                    let open = sockets.open.clone();
                    open.track_future(converse(socket, seat, finders, poses, sockets)).await;
                },
            )
        }
        Err(problem) => problem.into_response(),
    }
}

/// How a conversation ends: with a goodbye, or with nobody there to hear one.
type End = Option<Goodbye>;

async fn converse(
    mut socket: WebSocket,
    seat: Seat,
    finders: PoseFinders,
    poses: Poses,
    sockets: Sockets,
) {
    let mut line = Line { socket: &mut socket, limits: &sockets.limits, n_refused: 0 };
    let talk = line.talk(&finders, &poses);
    let stopped = sockets.stop.run_until_cancelled(Box::pin(talk)).await;
    if let Some(goodbye) = stopped.unwrap_or(Some(STOPPING)) {
        close(&mut socket, Some(goodbye)).await;
    }
    drop(seat);
}

/// A picture as it came.
struct Frame {
    ts_ms: f64,
    message: Bytes,
}

/// One stream's networks and its turn, which is given back when the last picture has been looked at.
struct Looker {
    finder: Box<dyn PoseFinder>,
    _turn: OwnedSemaphorePermit,
    _counted: Counted,
}

/// Who looks: ready, or at work on a picture on another thread.
enum Work {
    Ready(Looker),
    Busy(JoinHandle<Looked>),
}

struct Looked {
    looker: Looker,
    ts_ms: f64,
    result: Result<FramesAnswer, Failure>,
}

/// Why a picture has no answer.
enum Failure {
    /// It costs itself only.
    Picture(WireError),
    /// The networks stopped working, for this reason.
    Networks(String),
}

struct Line<'a> {
    socket: &'a mut WebSocket,
    limits: &'a Limits,
    /// Messages in a row that could not be read.
    n_refused: u32,
}

impl Line<'_> {
    async fn talk(&mut self, finders: &PoseFinders, poses: &Poses) -> End {
        let announced = match tokio::time::timeout(START_WITHIN, self.hear_start()).await {
            Ok(Ok(announced)) => announced,
            Ok(Err(end)) => return end,
            Err(_elapsed) => return Some(NO_START),
        };
        let Ok(turn) = Arc::clone(&poses.streams).try_acquire_owned() else {
            let most = self.limits.pose_streams;
            let why = format!(
                "the server looks at as many streams as it may ({most}); end another one, or raise `limits.pose_streams`"
            );
            drop(self.complain(WireError::new("busy", why), None).await);
            return Some(BUSY);
        };
        let making = finders.clone();
        let looker = match spawn_blocking(move || making.make(announced.network)).await {
            Ok(Ok(finder)) => Looker { finder, _turn: turn, _counted: Counted::new() },
            Ok(Err(reason)) => return self.fail(&reason).await,
            Err(panic) => return self.fail(&panic.to_string()).await,
        };
        let max_frame_bytes = self.limits.frame_bytes;
        if self.tell(&FramesAnswer::Started { max_frame_bytes }).await.is_err() {
            return None;
        }
        self.look(announced, looker).await
    }

    /// The first message. Whatever else it is ends the conversation, so that nobody streams by mistake.
    async fn hear_start(&mut self) -> Result<StartFrames, End> {
        let heard = loop {
            match self.socket.recv().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(text))) => {
                    break StartFrames::read(&text, self.limits.frame_side);
                }
                Some(Ok(Message::Binary(_))) => {
                    let why = "a picture came before `start`; it was dropped unseen";
                    break Err(WireError::new("consent", why));
                }
                Some(Err(error)) if too_large(&error) => return Err(Some(TOO_LARGE)),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
            }
        };
        match heard {
            Ok(announced) => Ok(announced),
            Err(error) => {
                drop(self.complain(error, None).await);
                Err(Some(NO_START))
            }
        }
    }

    /// Looks at the latest picture, and takes in newer ones meanwhile.
    async fn look(&mut self, announced: StartFrames, looker: Looker) -> End {
        let mut work = Work::Ready(looker);
        let mut waiting: Option<Frame> = None;
        let mut heard = Instant::now();
        let mut bucket = Bucket::new(self.limits.messages_per_second, heard);
        loop {
            work = match (work, waiting.take()) {
                (Work::Ready(looker), Some(frame)) => {
                    Work::Busy(spawn_blocking(move || see(looker, &frame, announced)))
                }
                (same, frame) => {
                    waiting = frame;
                    same
                }
            };
            let message = tokio::select! {
                looked = finished(&mut work) => {
                    let (looker, told) = match looked {
                        Ok(Looked { looker, ts_ms, result }) => (looker, self.answer(ts_ms, result).await),
                        Err(panic) => return self.fail(&panic.to_string()).await,
                    };
                    if let Err(end) = told {
                        return end;
                    }
                    work = Work::Ready(looker);
                    continue;
                }
                message = self.socket.recv() => message,
                // Pings do not count: a page that sends no pictures gives its place to another.
                () = tokio::time::sleep_until(heard + self.limits.idle_timeout) => return Some(SILENT),
            };
            let now = Instant::now();
            let taken = match message {
                Some(Ok(Message::Binary(message))) => self.take(message, bucket.take(now)),
                Some(Ok(Message::Text(_))) => {
                    Err((WireError::new("message", "it is text; send pictures as binary"), None))
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Err(error)) if too_large(&error) => return Some(TOO_LARGE),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            };
            heard = now;
            let told = match taken {
                Ok(frame) => match waiting.replace(frame) {
                    Some(older) => {
                        count("skipped");
                        self.tell(&FramesAnswer::Skipped { ts_ms: older.ts_ms })
                            .await
                            .map_err(|Gone| None)
                    }
                    None => Ok(()),
                },
                Err((error, ts_ms)) => self.refuse(error, ts_ms).await,
            };
            if let Err(end) = told {
                return end;
            }
        }
    }

    /// A picture that may be looked at, or why not and its time.
    fn take(&self, message: Bytes, in_time: bool) -> Result<Frame, (WireError, Option<f64>)> {
        let ts_ms = time_of_frame(&message).map_err(|error| (error, None))?;
        let (n_bytes, most) = (message.len() - TIME_BYTES, self.limits.frame_bytes);
        let wrong = |why: String| Err((WireError::new("frame", why), Some(ts_ms)));
        if n_bytes > most {
            return wrong(format!(
                "its JPEG has {n_bytes} bytes; send at most {most}, a smaller picture or a lower quality"
            ));
        }
        if !in_time {
            let most = self.limits.messages_per_second;
            return wrong(format!(
                "there are too many; send at most {most} a second, better one after the other's answer"
            ));
        }
        Ok(Frame { ts_ms, message })
    }

    async fn answer(
        &mut self,
        ts_ms: f64,
        result: Result<FramesAnswer, Failure>,
    ) -> Result<(), End> {
        match result {
            Ok(answer) => {
                self.n_refused = 0;
                self.tell(&answer).await.map_err(|Gone| None)
            }
            Err(Failure::Picture(error)) => self.refuse(error, Some(ts_ms)).await,
            Err(Failure::Networks(reason)) => Err(self.fail(&reason).await),
        }
    }

    /// Tells the client what was wrong, until there is no point in it any more.
    async fn refuse(&mut self, error: WireError, ts_ms: Option<f64>) -> Result<(), End> {
        count("refused");
        self.n_refused += 1;
        self.complain(error, ts_ms).await.map_err(|Gone| None)?;
        if self.n_refused >= MAX_REFUSED { Err(Some(REFUSED)) } else { Ok(()) }
    }

    /// Something of ours failed: the owner reads why in the log, the client that it did.
    async fn fail(&mut self, reason: &str) -> End {
        tracing::error!(reason, "The pose networks failed: {reason}");
        let why = "the pose networks stopped working; try again, and look into the server's log";
        drop(self.complain(WireError::new("server", why), None).await);
        Some(FAILED)
    }

    async fn complain(&mut self, error: WireError, ts_ms: Option<f64>) -> Result<(), Gone> {
        let WireError { field, message } = error;
        self.tell(&FramesAnswer::Error { field, message, ts_ms }).await
    }

    async fn tell(&mut self, answer: &FramesAnswer) -> Result<(), Gone> {
        let text = serde_json::to_string(answer).map_err(|_not_json| Gone)?;
        send(self.socket, Message::Text(text.into())).await
    }
}

/// One stream in the metrics, until it ends.
struct Counted;

impl Counted {
    fn new() -> Self {
        metrics::gauge!("spotter_pose_streams").increment(1.0);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("spotter_pose_streams").decrement(1.0);
    }
}

/// Waits for the picture that is being looked at; for ever where there is none.
async fn finished(work: &mut Work) -> Result<Looked, tokio::task::JoinError> {
    match work {
        Work::Busy(job) => job.await,
        Work::Ready(_) => std::future::pending().await,
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("spotter_pose_frames_total", "outcome" => outcome).increment(1);
}

/// Decodes a picture and looks at it. Blocks.
fn see(mut looker: Looker, frame: &Frame, announced: StartFrames) -> Looked {
    let started = Instant::now();
    let ts_ms = frame.ts_ms;
    let mut look = || {
        let file = frame.message.get(TIME_BYTES..).unwrap_or_default();
        let (size, rgb) = jpeg::decode(file, announced).map_err(Failure::Picture)?;
        let picture = Picture { time: MediaTime::from_ms(ts_ms), size, rgb };
        let pose: Option<FoundPose> = looker.finder.find(picture).map_err(Failure::Networks)?;
        let took = started.elapsed();
        count(if pose.is_some() { "seen" } else { "nobody" });
        metrics::histogram!("spotter_pose_seconds").record(took);
        let took_ms = (took.as_secs_f64() * 1e4).round() / 10.0;
        Ok(FramesAnswer::Pose { ts_ms, width: size.width, height: size.height, took_ms, pose })
    };
    let result = look();
    Looked { looker, ts_ms, result }
}
