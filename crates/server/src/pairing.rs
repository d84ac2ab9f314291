//! Letting a phone in: a code that works once, then the account that asked for it, signed in on the phone.
//!
//! The code is in the path of the URL that the QR picture shows, so it is in no query string, and the log names routes,
//! not paths. Showing the page does not use the code up: messengers and browsers look at links before people do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use axum::http::HeaderMap;
use store::Store;
use uuid::Uuid;

use crate::accounts::{Accounts, SignedIn};
use crate::clock::Clock;
use crate::policy::Via;
use crate::problem::Problem;
use crate::secret;
use crate::settings::Error;

/// A code that nobody used is worth nothing after this long.
const CODE_LIFE: Duration = Duration::from_mins(15);

/// The code that lets the next phone in.
#[derive(Debug)]
pub(crate) struct Pairing {
    store: Store,
    accounts: Arc<Accounts>,
    clock: Clock,
    code: Mutex<Option<Code>>,
}

#[derive(Debug)]
struct Code {
    /// Whom the phone is signed in as: whoever made the code.
    account: Uuid,
    hash: String,
    until: SystemTime,
}

impl Pairing {
    pub(crate) fn new(store: Store, accounts: Arc<Accounts>, clock: Clock) -> Arc<Self> {
        Arc::new(Self { store, accounts, clock, code: Mutex::default() })
    }

    /// A new code; the one before it stops working.
    pub(crate) fn new_code(&self, account: Uuid) -> Result<String, Error> {
        let code = secret::random::<16>()?;
        let until = (self.clock.0)() + CODE_LIFE;
        *self.lock() = Some(Code { account, hash: secret::hash(&code), until });
        Ok(code)
    }

    /// Whether the code still works.
    pub(crate) fn is_open(&self, code: &str) -> bool {
        self.lock().as_ref().is_some_and(|kept| self.fits(kept, code))
    }

    /// Uses the code up and signs the device in to the owner's account, if the code is right.
    pub(crate) async fn pair(
        &self,
        code: &str,
        headers: &HeaderMap,
    ) -> Result<Option<SignedIn>, Problem> {
        let used = self.lock().take_if(|kept| self.fits(kept, code));
        let Some(Code { account, .. }) = used else { return Ok(None) };
        let account = self.store.account(account).await?.ok_or(store::Error::NoAccount)?;
        self.accounts.let_in(&account, Via::Paired, headers).await.map(Some)
    }

    /// Shuts every paired device of an account out; tells how many there were.
    pub(crate) async fn forget_all(&self, account: Uuid) -> Result<usize, Problem> {
        drop(self.lock().take_if(|kept| kept.account == account));
        let mut n_devices = 0;
        for device in self.store.devices(account).await? {
            if device.kind == Via::Paired.as_str() {
                n_devices += usize::from(self.store.forget_device(account, device.id).await?);
            }
        }
        Ok(n_devices)
    }

    fn fits(&self, kept: &Code, code: &str) -> bool {
        (self.clock.0)() < kept.until && secret::same(&kept.hash, &secret::hash(code))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Code>> {
        self.code.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
