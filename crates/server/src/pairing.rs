//! Letting a phone in: a code that works once, then a cookie that stays on the phone.
//!
//! The code is in the path of the URL that the QR picture shows, so it is in no query string, and the log names routes,
//! not paths. Showing the page does not use the code up: messengers and browsers look at links before people do.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::kept;
use crate::secret;
use crate::settings::{Error, Settings};

/// A code that nobody used is worth nothing after this long.
const CODE_LIFE: Duration = Duration::from_mins(15);
/// After this long a device must be paired again.
const DEVICE_LIFE: Duration = Duration::from_hours(90 * 24);
/// Room for a household.
const MAX_DEVICES: usize = 50;

/// The codes and devices.
#[derive(Debug)]
pub(crate) struct Pairing {
    file: PathBuf,
    clock: fn() -> SystemTime,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    code: Option<Code>,
    devices: Vec<Device>,
}

#[derive(Debug)]
struct Code {
    hash: String,
    until: SystemTime,
}

/// What is kept of a paired device: nothing that could be used to get in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Device {
    /// SHA-256 of its token.
    token_sha256: String,
    /// Seconds since 1970.
    paired_at_s: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    devices: Vec<Device>,
}

impl Pairing {
    /// The `__Host-` prefix makes browsers insist on HTTPS, this host alone and the whole path.
    pub(crate) const COOKIE: &str = "__Host-spotter";

    pub(crate) fn open(settings: &Settings) -> Result<Arc<Self>, Error> {
        let file = settings.data.join("devices.json");
        let kept: Option<File> = kept::read(&file)?;
        let inner = Inner { code: None, devices: kept.unwrap_or_default().devices };
        Ok(Arc::new(Self { file, clock: settings.clock, inner: Mutex::new(inner) }))
    }

    /// A new code; the one before it stops working.
    pub(crate) fn new_code(&self) -> Result<String, Error> {
        let code = secret::random::<16>()?;
        let until = (self.clock)() + CODE_LIFE;
        self.lock().code = Some(Code { hash: secret::hash(&code), until });
        Ok(code)
    }

    /// Whether the code still works.
    pub(crate) fn is_open(&self, code: &str) -> bool {
        self.lock().code.as_ref().is_some_and(|kept| self.fits(kept, code))
    }

    /// Uses the code up and gives the device's token, if the code is right.
    pub(crate) fn pair(&self, code: &str) -> Result<Option<String>, Error> {
        let mut inner = self.lock();
        let Some(_used) = inner.code.take_if(|kept| self.fits(kept, code)) else {
            return Ok(None);
        };
        let token = secret::random::<32>()?;
        let now_s = self.now_s();
        inner.devices.retain(|device| is_alive(device, now_s));
        if inner.devices.len() >= MAX_DEVICES {
            inner.devices.remove(0);
        }
        inner.devices.push(Device { token_sha256: secret::hash(&token), paired_at_s: now_s });
        self.keep(&inner)?;
        Ok(Some(token))
    }

    /// Whether it is the token of a paired device.
    pub(crate) fn knows(&self, token: &str) -> bool {
        let (hash, now_s) = (secret::hash(token), self.now_s());
        let inner = self.lock();
        let known = |device: &&Device| secret::same(&device.token_sha256, &hash);
        inner.devices.iter().find(known).is_some_and(|device| is_alive(device, now_s))
    }

    /// Shuts every device out; tells how many there were.
    pub(crate) fn forget_all(&self) -> Result<usize, Error> {
        let mut inner = self.lock();
        let n_devices = inner.devices.len();
        inner.devices.clear();
        inner.code = None;
        self.keep(&inner)?;
        Ok(n_devices)
    }

    /// The cookie that a paired device is given.
    pub(crate) fn cookie(token: &str) -> String {
        let (name, secs) = (Self::COOKIE, DEVICE_LIFE.as_secs());
        format!("{name}={token}; Path=/; Max-Age={secs}; Secure; HttpOnly; SameSite=Lax")
    }

    fn fits(&self, kept: &Code, code: &str) -> bool {
        (self.clock)() < kept.until && secret::same(&kept.hash, &secret::hash(code))
    }

    fn keep(&self, inner: &Inner) -> Result<(), Error> {
        kept::write(&self.file, &File { devices: inner.devices.clone() })
    }

    fn now_s(&self) -> u64 {
        (self.clock)().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_alive(device: &Device, now_s: u64) -> bool {
    now_s < device.paired_at_s + DEVICE_LIFE.as_secs()
}
