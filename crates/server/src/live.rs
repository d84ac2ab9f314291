//! Live sets and who holds them: a socket, or for two minutes nobody, so that a dropped connection loses no count.
//!
//! A socket owns its set alone, so a tick takes no lock. Only beginning, parting and coming back go through here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use uuid::Uuid;

use crate::limits::{Full, Seat, Seats};
use crate::secret;
use crate::settings::Limits;

/// What a socket and the hub hand to each other.
pub(crate) type Set = Box<wire::live::LiveProtocol>;

/// How long the socket that holds a set may take to hand it over.
const HANDOVER: Duration = Duration::from_secs(2);

/// Every live set of the server.
#[derive(Debug)]
pub(crate) struct Hub {
    most: usize,
    resume: Duration,
    sockets: Arc<Seats>,
    slots: Mutex<HashMap<Key, Slot>>,
}

#[derive(Debug)]
enum Slot {
    /// A socket has it and can be asked for it.
    Held(mpsc::Sender<Handover>),
    /// Nobody has it.
    Parked { set: Set, until: Instant },
}

/// Whose set it is, and its name: nobody goes on with somebody else's.
type Key = (Uuid, String);

/// Where to hand a set to.
pub(crate) type Handover = oneshot::Sender<Set>;

/// A set's name, and the way to be asked for it. Dropping it forgets the set, unless it was parked.
#[derive(Debug)]
pub(crate) struct Hold {
    hub: Arc<Hub>,
    pub(crate) session: String,
    owner: Uuid,
    asked: mpsc::Receiver<Handover>,
    over: bool,
}

impl Hub {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            most: limits.live_sets,
            resume: limits.resume,
            sockets: Seats::new(limits.live_sets, limits.sockets_per_address),
            slots: Mutex::default(),
        })
    }

    /// Room for one more socket.
    pub(crate) fn seat(&self, address: std::net::IpAddr) -> Result<Seat, Full> {
        self.sockets.take(address)
    }

    /// Forgets every waiting set of an account that was deleted.
    pub(crate) fn forget(&self, owner: Uuid) {
        self.lock().retain(|(of, _), slot| *of != owner || matches!(slot, Slot::Held(_)));
    }

    /// A name for a new set; none when there is no room.
    pub(crate) fn begin(self: &Arc<Self>, owner: Uuid) -> Option<Hold> {
        let session = secret::random::<16>().ok()?;
        let mut slots = self.lock();
        if slots.len() >= self.most {
            // Whoever waits longest for its client makes room for one who is here.
            let oldest = slots.iter().filter_map(|(key, slot)| match slot {
                Slot::Parked { until, .. } => Some((*until, key)),
                Slot::Held(_) => None,
            });
            let (_, key) = oldest.min()?;
            let key = key.clone();
            slots.remove(&key);
        }
        Some(self.hold(&mut slots, (owner, session)))
    }

    /// The set of a client that comes back, from where it was parked or from the socket that still has it.
    pub(crate) async fn resume(
        self: &Arc<Self>,
        owner: Uuid,
        session: &str,
    ) -> Option<(Hold, Set)> {
        let key = (owner, session.to_owned());
        let holder = {
            let mut slots = self.lock();
            match slots.remove(&key)? {
                Slot::Parked { set, .. } => {
                    return Some((self.hold(&mut slots, key), set));
                }
                Slot::Held(holder) => {
                    slots.insert(key.clone(), Slot::Held(holder.clone()));
                    holder
                }
            }
        };
        let (to, from) = oneshot::channel();
        holder.try_send(to).ok()?;
        let set = tokio::time::timeout(HANDOVER, from).await.ok()?.ok()?;
        Some((self.hold(&mut self.lock(), key), set))
    }

    /// Forgets sets whose clients did not come back. Called from time to time.
    pub(crate) fn sweep(&self) {
        let now = Instant::now();
        let mut slots = self.lock();
        slots.retain(|_, slot| match slot {
            Slot::Held(_) => true,
            Slot::Parked { until, .. } => now < *until,
        });
        #[expect(clippy::cast_precision_loss, reason = "there are fewer sets than 2^52")]
        metrics::gauge!("spotter_live_sets").set(slots.len() as f64);
    }

    fn hold(self: &Arc<Self>, slots: &mut HashMap<Key, Slot>, key: Key) -> Hold {
        let (to_ask, asked) = mpsc::channel(1);
        slots.insert(key.clone(), Slot::Held(to_ask));
        let (owner, session) = key;
        Hold { hub: Arc::clone(self), session, owner, asked, over: false }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hold {
    /// Somebody else wants the set: the same client on another socket.
    pub(crate) async fn asked(&mut self) -> Option<Handover> {
        self.asked.recv().await
    }

    /// Hands the set over; its name goes with it.
    pub(crate) fn hand_over(mut self, set: Set, to: Handover) {
        self.over = true;
        // Whoever asked has gone meanwhile, and may ask again.
        if let Err(set) = to.send(set) {
            self.put(set);
        }
    }

    /// Keeps the set for a while.
    pub(crate) fn park(mut self, set: Set) {
        self.over = true;
        self.put(set);
    }

    fn key(&self) -> Key {
        (self.owner, self.session.clone())
    }

    fn put(&self, set: Set) {
        let until = Instant::now() + self.hub.resume;
        self.hub.lock().insert(self.key(), Slot::Parked { set, until });
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if !self.over {
            self.hub.lock().remove(&self.key());
        }
    }
}

/// How often to [`Hub::sweep`].
pub(crate) const SWEEP_EVERY: Duration = Duration::from_secs(10);
