//! `/api/v1/ws/session`: one live set per socket. What is said is [`LiveProtocol`]'s business, the same as in the page;
//! this file carries it, bounds it, and keeps the set when the connection drops.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{Extensions, StatusCode};
use axum::response::Response;
use catalog::Catalog;
use metrics::{Counter, Histogram};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;
use wire::live::{Close, LiveProtocol, Reply, session_asked_for};

use crate::gate::peer_of;
use crate::limits::{Bucket, Full, Seat};
use crate::live::{Handover, Hold, Hub, Set};
use crate::problem::Problem;
use crate::references::References;
use crate::settings::Limits;
use crate::socket::{Gone, Goodbye, READABLE, SILENT, STOPPING, TOO_LARGE, close, send, too_large};
use crate::who::Who;

/// Two frames; the usual 128 KiB would be most of what a thousand sockets take.
const READ_BUFFER_BYTES: usize = 8 * 1024;
/// Unread messages after which a client is told to go; as many as the protocol forgives errors.
const MAX_UNREAD: u32 = 100;

/// What sockets need, besides the hub.
#[derive(Debug, Clone)]
pub(crate) struct Sockets {
    pub(crate) limits: Arc<Limits>,
    /// Turns for what takes long.
    pub(crate) judging: Arc<Semaphore>,
    pub(crate) stop: CancellationToken,
    /// Every open socket, so that the server can wait for their goodbyes.
    pub(crate) open: TaskTracker,
}

/// A live set over a WebSocket: send frames, read ticks. See docs/serving.md for the messages.
#[utoipa::path(get, operation_id = "train", path = "/api/v1/ws/session", tag = "Live", responses(
    (status = 101, description = "The socket is open; send one JSON object per message"),
    (status = 426, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn connect(
    State(hub): State<Arc<Hub>>,
    State(references): State<Arc<References>>,
    State(sockets): State<Sockets>,
    Who(member): Who,
    extensions: Extensions,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    let seat = seat(&hub, peer_of(&extensions).key())?;
    let catalog = references.of(member.account).await?.catalog();
    let owner = member.account;
    Ok(upgrade
        .max_message_size(sockets.limits.message_bytes * READABLE)
        .max_frame_size(sockets.limits.message_bytes * READABLE)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .on_upgrade(move |socket| async move {
            let open = sockets.open.clone();
            open.track_future(converse(socket, seat, hub, owner, catalog, sockets)).await;
        }))
}

pub(super) fn seat(hub: &Arc<Hub>, address: IpAddr) -> Result<Seat, Problem> {
    hub.seat(address).map_err(|full| match full {
        Full::Address => Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "this address has as many live sockets open as one may",
        )
        .remedy("Close another tab that is training.")
        .retry_after_secs(10),
        Full::All => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "there is no room for another live socket",
        )
        .retry_after_secs(30),
    })
}

/// How a conversation ended.
enum End {
    /// All was said, or the client left for good.
    Over(Option<Goodbye>),
    /// The connection dropped: the client may come back.
    Dropped,
    /// The client is already back on another socket.
    Elsewhere(Handover),
}

async fn converse(
    mut socket: WebSocket,
    seat: Seat,
    hub: Arc<Hub>,
    owner: Uuid,
    catalog: Catalog,
    sockets: Sockets,
) {
    metrics::gauge!("spotter_live_sockets").increment(1.0);
    if let Some(hold) = hub.begin(owner) {
        let n_poses = sockets.limits.live_poses;
        let set = Box::new(LiveProtocol::with_memory(&catalog, &hold.session, n_poses));
        let mut line = Line::new(&sockets, owner);
        let (end, hold, set) = line.talk(&mut socket, &hub, hold, set).await;
        match end {
            End::Over(goodbye) => {
                drop(hold);
                close(&mut socket, goodbye).await;
            }
            End::Dropped if set.poses().is_empty() => {}
            End::Dropped => hold.park(set),
            End::Elsewhere(to) => {
                hold.hand_over(set, to);
                close(&mut socket, Some((1000, "this set goes on over another connection"))).await;
            }
        }
    } else {
        close(&mut socket, Some((1013, "there is no room for another live set; try again later")))
            .await;
    }
    metrics::gauge!("spotter_live_sockets").decrement(1.0);
    drop(seat);
}

/// One socket's bounds and measurements.
struct Line<'a> {
    limits: &'a Limits,
    stop: &'a CancellationToken,
    bucket: Bucket,
    heard: Instant,
    /// Whose sets these are.
    owner: Uuid,
    /// Messages beyond the bounds, which the protocol never sees.
    n_unread: u32,
    judging: &'a Semaphore,
    messages: Counter,
    errors: Counter,
    ticks: Histogram,
}

impl<'a> Line<'a> {
    fn new(sockets: &'a Sockets, owner: Uuid) -> Self {
        let now = Instant::now();
        Self {
            limits: &sockets.limits,
            stop: &sockets.stop,
            bucket: Bucket::new(sockets.limits.messages_per_second, now),
            heard: now,
            owner,
            n_unread: 0,
            judging: &sockets.judging,
            messages: metrics::counter!("spotter_live_messages_total"),
            errors: metrics::counter!("spotter_live_errors_total"),
            ticks: metrics::histogram!("spotter_live_tick_seconds"),
        }
    }

    async fn talk(
        &mut self,
        socket: &mut WebSocket,
        hub: &Arc<Hub>,
        mut hold: Hold,
        mut set: Set,
    ) -> (End, Hold, Set) {
        let half = self.limits.idle_timeout / 2;
        let mut alarm = std::pin::pin!(tokio::time::sleep(half));
        // One registration for the whole conversation, not one a message.
        let stop = self.stop;
        let mut stopping = std::pin::pin!(stop.cancelled());
        loop {
            let message = tokio::select! {
                biased;
                () = stopping.as_mut() => {
                    return (End::Over(Some(STOPPING)), hold, set);
                }
                message = socket.recv() => message,
                Some(to) = hold.asked() => return (End::Elsewhere(to), hold, set),
                () = alarm.as_mut() => {
                    let silent = self.heard.elapsed();
                    if silent >= self.limits.idle_timeout {
                        close(socket, Some(SILENT)).await;
                        return (End::Dropped, hold, set);
                    }
                    let quiet = silent >= half;
                    if quiet && send(socket, Message::Ping(bytes::Bytes::new())).await.is_err() {
                        return (End::Dropped, hold, set);
                    }
                    alarm.as_mut().reset(Instant::now() + half);
                    continue;
                }
            };
            self.heard = Instant::now();
            let text = match message {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Binary(_))) => {
                    let refused = self.refuse(socket, "it is binary; send JSON as text").await;
                    if let Some(end) = refused {
                        return (end, hold, set);
                    }
                    continue;
                }
                // Whoever says goodbye does not come back; a page that is reloaded does not say it in time.
                Some(Ok(Message::Close(frame))) => {
                    let for_good = frame.is_some_and(|frame| frame.code == 1000);
                    let end = if for_good { End::Over(None) } else { End::Dropped };
                    return (end, hold, set);
                }
                Some(Err(error)) => {
                    let end = match too_large(&error) {
                        true => End::Over(Some(TOO_LARGE)),
                        false => End::Dropped,
                    };
                    return (end, hold, set);
                }
                None => return (End::Dropped, hold, set),
            };
            self.messages.increment(1);
            if let Some(why) = self.unreadable(&text) {
                if let Some(end) = self.refuse(socket, &why).await {
                    return (end, hold, set);
                }
                continue;
            }
            if let Some(session) = wanted(&text)
                && let Some(message) = self.resume(hub, &session, &mut hold, &mut set).await
            {
                if send(socket, Message::Text(message.into())).await.is_err() {
                    return (End::Dropped, hold, set);
                }
                continue;
            }
            let reply = set.receive(&text);
            self.ticks.record(self.heard.elapsed());
            let Reply { messages, report_due, close } = reply;
            let goodbye = close.map(farewell);
            let mut sent = self.answer(socket, messages).await;
            if report_due && sent.is_ok() {
                sent = match self.report(&set).await {
                    Some(report) => send(socket, Message::Text(report.into())).await,
                    None => return (End::Over(Some((1011, "the report failed"))), hold, set),
                };
            }
            if sent.is_err() {
                return (End::Dropped, hold, set);
            }
            if let Some(goodbye) = goodbye {
                return (End::Over(Some(goodbye)), hold, set);
            }
        }
    }

    /// Goes on with the set that the client names, and gives the answer; none where it is too late: then the message
    /// begins a new set, and its answer says `resumed: false`.
    async fn resume(
        &self,
        hub: &Arc<Hub>,
        session: &str,
        hold: &mut Hold,
        set: &mut Set,
    ) -> Option<String> {
        if session != hold.session {
            (*hold, *set) = hub.resume(self.owner, session).await?;
        }
        Some(set.resumed())
    }

    /// The report takes long, so it is made elsewhere, from a copy, and only so many at once.
    async fn report(&self, set: &Set) -> Option<String> {
        let _turn = self.judging.acquire().await.ok()?;
        let copy = set.clone();
        tokio::task::spawn_blocking(move || copy.report()).await.ok()
    }

    /// Why the protocol does not get to see a message.
    fn unreadable(&mut self, text: &str) -> Option<String> {
        let (n_bytes, most) = (text.len(), self.limits.message_bytes);
        if n_bytes > most {
            return Some(format!(
                "it has {n_bytes} bytes; send at most {most}, one frame at a time"
            ));
        }
        (!self.bucket.take(self.heard)).then(|| {
            let most = self.limits.messages_per_second;
            format!(
                "there are too many; send at most {most} a second, and of frames only the latest"
            )
        })
    }

    /// Tells the client why its message was not read, until there is no point in it any more.
    async fn refuse(&mut self, socket: &mut WebSocket, why: &str) -> Option<End> {
        self.n_unread += 1;
        self.errors.increment(1);
        if self.n_unread >= MAX_UNREAD {
            return Some(End::Over(Some((1008, "too many messages could not be read"))));
        }
        let error = serde_json::json!({"type": "error", "field": "message", "message": why});
        let sent = send(socket, Message::Text(error.to_string().into())).await;
        sent.is_err().then_some(End::Dropped)
    }

    async fn answer(&self, socket: &mut WebSocket, messages: Vec<String>) -> Result<(), Gone> {
        for message in messages {
            if message.starts_with("{\"type\":\"error\"") {
                self.errors.increment(1);
            }
            send(socket, Message::Text(message.into())).await?;
        }
        Ok(())
    }
}

fn farewell(close: Close) -> Goodbye {
    let reason = match close {
        Close::Normal => "the set is over",
        Close::TooManyErrors => "too many messages could not be read",
    };
    (close.code(), reason)
}

/// The session to go on with. Frames never name one, and there are many of them.
fn wanted(text: &str) -> Option<String> {
    if text.len() < 1024 && text.contains("\"session\"") { session_asked_for(text) } else { None }
}
