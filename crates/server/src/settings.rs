//! What the server is told before it starts, and the checks that it is safe to start so.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Everything that decides how the server behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where Prometheus reads metrics; nowhere by default.
    pub metrics: Option<SocketAddr>,
    /// The folder for everything that is kept.
    pub data: PathBuf,
    /// The database, `sqlite:///path/file.db` or `postgres://…`; a file in the data folder where none is given.
    pub database: Option<String>,
    /// Speak HTTPS with a certificate of our own, and let devices in by pairing.
    pub tls: bool,
    /// Names besides localhost that this server is called by.
    pub hosts: Vec<String>,
    /// This machine's own addresses on its networks.
    pub addresses: Vec<IpAddr>,
    /// The language model that may adapt plans; none where nobody set one up.
    pub model: Option<Arc<llm::Model>>,
    /// What can be switched on and off.
    pub features: Features,
    /// Bounds on what clients may ask.
    pub limits: Limits,
    /// Names this build: what its words and exercises are kept under in caches. Letters and digits.
    pub build: String,
    /// The wall clock.
    pub clock: fn() -> SystemTime,
}

/// What can be switched on and off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Features {
    /// Find poses in frames that a consenting person streams to this server.
    pub server_pose: bool,
    /// Let anybody who reaches this server make an account.
    pub sign_up: bool,
    /// Let people sign in with passkeys.
    pub passkeys: bool,
}

/// Bounds on what clients may ask. Each has a default that a person training never meets.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Connections open at once.
    pub connections: usize,
    /// Connections open at once from one address.
    pub connections_per_address: usize,
    /// Requests that one address may make in a minute, over a longer time.
    pub requests_per_minute: u32,
    /// Requests that one address may make at once.
    pub request_burst: u32,
    /// Bytes of a request's body, where nothing else is said.
    pub body_bytes: usize,
    /// Bytes of a recording that is sent to be analyzed or to become a reference.
    pub recording_bytes: usize,
    /// Recordings analyzed at once.
    pub judging: usize,
    /// Technique references kept.
    pub references: usize,
    /// Live sockets open at once from one address.
    pub sockets_per_address: usize,
    /// Live sets kept at once, with those whose client may come back.
    pub live_sets: usize,
    /// Poses of a live set kept for its report, 928 bytes each.
    pub live_poses: usize,
    /// Messages a second that one socket may send.
    pub messages_per_second: u32,
    /// Bytes of one message.
    pub message_bytes: usize,
    /// Streams of pictures looked at once, if that is switched on; each has networks of its own.
    pub pose_streams: usize,
    /// Bytes of one picture's JPEG.
    pub frame_bytes: usize,
    /// Pixels of a picture's longer side.
    pub frame_side: u32,
    /// How long a request may take.
    pub request_timeout: Duration,
    /// How long a plan may wait for a language model.
    pub model_timeout: Duration,
    /// How long a socket may be silent; it is asked for a sign of life at half of that.
    pub idle_timeout: Duration,
    /// How long a set waits for its client to come back.
    pub resume: Duration,
    /// How long open connections get to finish when the server stops.
    pub shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_per_address: 256,
            requests_per_minute: 1200,
            request_burst: 300,
            body_bytes: 64 * 1024,
            recording_bytes: 32 * 1024 * 1024,
            judging: 1,
            references: 1000,
            sockets_per_address: 8,
            live_sets: 1200,
            // Three minutes at 30 frames a second: 5 MB.
            live_poses: 5400,
            messages_per_second: 120,
            message_bytes: 64 * 1024,
            pose_streams: 2,
            frame_bytes: 1024 * 1024,
            frame_side: 1920,
            request_timeout: Duration::from_secs(60),
            model_timeout: crate::model::DEADLINE,
            idle_timeout: Duration::from_secs(60),
            resume: Duration::from_mins(2),
            shutdown: Duration::from_secs(5),
        }
    }
}

/// Why the server will not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Others could reach it, and nothing would keep them out.
    #[error(
        "`listen` is `{0}`, which other machines can reach, and what is sent could be read on the way: add `--tls` (devices are let in by QR code or password), or listen on `127.0.0.1`"
    )]
    Open(SocketAddr),
    /// The port cannot be had.
    #[error(
        "`{key}` is `{address}`, where nothing can listen ({source}); choose another port, or stop what uses it"
    )]
    Bind {
        /// Which setting.
        key: &'static str,
        /// Its value.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The data folder cannot be used.
    #[error(
        "`data`: `{path}` cannot be {what} ({source}); choose a folder that you may write, with --data"
    )]
    Data {
        /// Which file or folder.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why not.
        source: std::io::Error,
    },
    /// A kept file was changed by something else.
    #[error("`{path}` is damaged ({reason}); restore it, or remove it to start afresh")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The certificate cannot be made.
    #[error("no certificate could be made for `--tls`: {0}")]
    Certificate(String),
    /// A feature was switched on that cannot work here.
    #[error("`features.{name}` is on, but {reason}; put that right, or leave it off")]
    Feature {
        /// Which one.
        name: &'static str,
        /// Why not.
        reason: String,
    },
    /// The database cannot be used.
    #[error("`database`: {0}")]
    Store(#[from] store::Error),
    /// An exercise file is malformed.
    #[error(transparent)]
    Catalog(#[from] catalog::CatalogError),
    /// Randomness cannot be had.
    #[error("this machine gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// Metrics cannot be collected.
    #[error("metrics cannot be collected: {0}")]
    Metrics(String),
}

impl Settings {
    /// Whether only this machine can connect.
    #[must_use]
    pub fn is_home(&self) -> bool {
        self.listen.ip().is_loopback()
    }

    /// The database's address.
    pub(crate) fn database_url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("spotter.db").display());
        self.database.clone().unwrap_or_else(file)
    }

    /// # Errors
    /// When others could use the server and nothing would keep them out.
    pub fn check(&self) -> Result<(), Error> {
        if !self.is_home() && !self.tls {
            return Err(Error::Open(self.listen));
        }
        Ok(())
    }
}
