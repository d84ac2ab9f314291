//! Accounts: who there is, how they prove it, and the devices that are signed in.
//!
//! A token is 256 random bits in a cookie that no script can read; only its hash is kept. At home, whoever sits at the
//! machine that the server runs on is its owner and needs no password (ADR 0041).

use std::sync::{Arc, PoisonError, RwLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest as _, Sha256};
use store::{Account, Device, NewAccount, NewDevice, Store};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::clock::Clock;
use crate::policy::{Member, Principal, Role, Via};
use crate::problem::Problem;
use crate::secret;
use crate::settings::Error;

/// Signed out after so long without use, and after so long in any case, milliseconds.
const IDLE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
const LIFE_MS: i64 = 90 * 24 * 60 * 60 * 1000;
/// How exactly it is known when a device was last seen.
const SEEN_EVERY_MS: i64 = 10 * 60 * 1000;
/// Room for a household on one account.
const MOST_DEVICES: usize = 50;
/// A password has at least and at most so many characters.
const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=256;
const NAME_CHARS: std::ops::RangeInclusive<usize> = 1..=64;
/// Passwords checked at once: each takes 19 MiB and a core for some ten milliseconds.
const HASHING: usize = 2;
/// Those who may wait for that.
const QUEUE: usize = 32;
/// Wrong passwords that a name forgives at once, and one more every minute.
const GUESSES: std::num::NonZeroU32 = std::num::NonZeroU32::new(8).unwrap();
/// What the account of whoever runs the server at home is called.
const OWNER: &str = "owner";

/// The name of the cookie. The prefix makes browsers insist on HTTPS, this host alone and the whole path; without TLS
/// only this very machine gets in, and browsers would not take it.
pub(crate) fn cookie_name(tls: bool) -> &'static str {
    if tls { "__Host-spotter" } else { "spotter" }
}

/// Who there is.
#[derive(Debug)]
pub(crate) struct Accounts {
    store: Store,
    clock: Clock,
    tls: bool,
    /// The account of whoever runs the server.
    home: RwLock<Uuid>,
    hashing: Arc<Semaphore>,
    /// Those who wait for a turn, and those who have one.
    queue: Arc<Semaphore>,
    /// Wrong passwords, by whose they are and who tries them.
    guesses: DefaultKeyedRateLimiter<(String, String)>,
}

/// What a request shows of who it is from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Nothing,
    Token(String),
    /// Nobody has two: the request is not taken for either.
    Several,
}

/// A device that has just been signed in.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) member: Member,
    pub(crate) cookie: HeaderValue,
}

impl Accounts {
    pub(crate) async fn open(store: Store, clock: Clock, tls: bool) -> Result<Arc<Self>, Error> {
        let home = match store.account_named(OWNER).await? {
            Some(account) => account.id,
            None => {
                let new = NewAccount {
                    id: clock.new_id()?,
                    name: OWNER.to_owned(),
                    role: Role::Admin.as_str().to_owned(),
                    password: None,
                    created_at_ms: clock.now_ms(),
                };
                store.create_account(&new).await?.id
            }
        };
        Ok(Arc::new(Self {
            store,
            clock,
            tls,
            home: RwLock::new(home),
            hashing: Arc::new(Semaphore::new(HASHING)),
            queue: Arc::new(Semaphore::new(QUEUE)),
            guesses: RateLimiter::keyed(
                Quota::per_minute(GUESSES.min(std::num::NonZeroU32::MIN)).allow_burst(GUESSES),
            ),
        }))
    }

    /// The account of whoever runs the server.
    pub(crate) fn home(&self) -> Uuid {
        *self.home.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who shows this token. Without any, whoever is at this machine is its owner. A token that is not valid is nobody's: at
    /// home as well, or what a signed-out person does would end up in the owner's log.
    pub(crate) async fn who(&self, shown: &Shown, at_home: bool) -> Result<Principal, Problem> {
        let token = match shown {
            Shown::Nothing if at_home => None,
            Shown::Nothing | Shown::Several => return Ok(Principal::Stranger),
            Shown::Token(token) => Some(token),
        };
        if let Some(token) = token {
            let now_ms = self.clock.now_ms();
            let found = self.store.device(&sha256(token), now_ms).await?;
            let Some((device, account)) = found else { return Ok(Principal::Stranger) };
            if device.seen_at_ms + SEEN_EVERY_MS < now_ms
                && let Err(error) = self.store.touch_device(device.id, now_ms).await
            {
                // It is known a little less exactly, and no reason to turn anybody away.
                tracing::warn!(%error, "When a device was seen could not be kept");
            }
            return Ok(Principal::Member(member(&account, Some(&device))));
        }
        match self.store.account(self.home()).await? {
            Some(account) => Ok(Principal::Member(member(&account, None))),
            None => Ok(Principal::Stranger),
        }
    }

    /// Makes an account, with a password.
    pub(crate) async fn sign_up(
        &self,
        name: &str,
        password: &str,
        role: Role,
    ) -> Result<Account, Problem> {
        let name = checked_name(name)?;
        check_password(password, &name)?;
        let phc = self.hash(password).await?;
        let new = NewAccount {
            id: self.clock.new_id().map_err(|error| Problem::internal(&error))?,
            name,
            role: role.as_str().to_owned(),
            password: Some(phc),
            created_at_ms: self.clock.now_ms(),
        };
        Ok(self.store.create_account(&new).await?)
    }

    /// The account of a name, if the password is right. A wrong name takes as long as a wrong password.
    pub(crate) async fn prove(
        &self,
        name: &str,
        password: &str,
        from: String,
    ) -> Result<Account, Problem> {
        let name = checked_name(name)?;
        // By who tries it as well: nobody is kept out of their own account by somebody else's guesses.
        if self.guesses.check_key(&(store::folded(&name), from)).is_err() {
            return Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "there were too many wrong passwords for this name",
            )
            .remedy("Wait a minute, then try again.")
            .retry_after_secs(60));
        }
        let account = self.store.account_named(&name).await?;
        let kept = account.as_ref().and_then(|account| account.password.clone());
        let right = self.verify(password, kept).await?;
        match account {
            Some(account) if right => Ok(account),
            _ => Err(Problem::new(StatusCode::UNAUTHORIZED, "name or password is wrong")
                .remedy("Check both, and try again.")),
        }
    }

    /// Signs a device in.
    pub(crate) async fn let_in(
        &self,
        account: &Account,
        via: Via,
        headers: &HeaderMap,
    ) -> Result<SignedIn, Problem> {
        let internal = |error: &dyn std::fmt::Display| Problem::internal(error);
        let now_ms = self.clock.now_ms();
        let devices = self.store.devices(account.id).await?;
        // The one that was unused for longest makes room.
        for device in devices.iter().skip(MOST_DEVICES - 1) {
            self.store.forget_device(account.id, device.id).await?;
        }
        let token = secret::random::<32>().map_err(|error| internal(&error))?;
        let new = NewDevice {
            id: self.clock.new_id().map_err(|error| internal(&error))?,
            account: account.id,
            token_sha256: sha256(&token),
            label: label(headers),
            kind: via.as_str().to_owned(),
            created_at_ms: now_ms,
            idle_ms: IDLE_MS,
            expires_at_ms: now_ms + LIFE_MS,
        };
        self.store.add_device(&new).await?;
        let secure = if self.tls { "; Secure" } else { "" };
        let (name, secs) = (cookie_name(self.tls), LIFE_MS / 1000);
        let cookie =
            format!("{name}={token}; Path=/; Max-Age={secs}; HttpOnly; SameSite=Lax{secure}");
        let cookie = HeaderValue::from_str(&cookie).map_err(|error| internal(&error))?;
        let mut member = member(account, None);
        (member.via, member.device) = (via, Some(new.id));
        Ok(SignedIn { member, cookie })
    }

    /// The cookie that forgets.
    pub(crate) fn no_cookie(&self) -> Result<HeaderValue, Problem> {
        let secure = if self.tls { "; Secure" } else { "" };
        let name = cookie_name(self.tls);
        let cookie = format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&cookie).map_err(|error| Problem::internal(&error))
    }

    /// Sets a password after the one before it was proved, and signs every other device out. Whoever is at this machine
    /// and has none yet needs to prove nothing.
    pub(crate) async fn change_password(
        &self,
        member: &Member,
        current: &str,
        new: &str,
    ) -> Result<(), Problem> {
        let account = self.store.account(member.account).await?;
        let account = account.ok_or(store::Error::NoAccount)?;
        if account.password.is_some() {
            let from = member.device.unwrap_or_default().to_string();
            let proved = self.prove(&account.name, current, from).await;
            proved.map_err(|problem| problem.field("current"))?;
        }
        check_password(new, &account.name).map_err(|problem| problem.field("new"))?;
        let phc = self.hash(new).await?;
        self.store.set_password(account.id, Some(&phc)).await?;
        self.store.forget_devices(account.id, member.device).await?;
        Ok(())
    }

    /// Deletes an account and everything of it. The owner's is followed by an empty one, under another id. Goes on even if
    /// whoever asked hangs up.
    pub(crate) async fn delete(self: Arc<Self>, account: Uuid) -> Result<(), Problem> {
        let job = tokio::spawn(async move {
            let kept = self.store.account(account).await?.ok_or(store::Error::NoAccount)?;
            let successor = if account == self.home() {
                let id = self.clock.new_id().map_err(|error| Problem::internal(&error))?;
                let created_at_ms = self.clock.now_ms();
                let (name, role) = (kept.name, kept.role);
                Some(NewAccount { id, name, role, password: None, created_at_ms })
            } else {
                None
            };
            let erased = self.store.erase_for(account, successor.as_ref()).await?;
            if let Some(successor) = successor {
                *self.home.write().unwrap_or_else(PoisonError::into_inner) = successor.id;
            }
            if !erased.wiped {
                tracing::warn!("An account was deleted; the last bytes go with the next sweep");
            }
            Ok(())
        });
        job.await.map_err(|error| Problem::internal(&error))?
    }

    async fn hash(&self, password: &str) -> Result<String, Problem> {
        let password = password.to_owned();
        self.hashing_job(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
        })
        .await?
        .map_err(|error| Problem::internal(&error))
    }

    async fn verify(&self, password: &str, kept: Option<String>) -> Result<bool, Problem> {
        let password = password.to_owned();
        self.hashing_job(move || {
            let Some(kept) = kept else {
                // As much work as a real one.
                drop(Argon2::default().hash_password(password.as_bytes()));
                return false;
            };
            PasswordHash::new(&kept).is_ok_and(|hash| {
                Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            })
        })
        .await
    }

    async fn hashing_job<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(place) = Arc::clone(&self.queue).try_acquire_owned() else {
            return Err(Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "too many people are signing in at once",
            )
            .retry_after_secs(5));
        };
        let turn = Arc::clone(&self.hashing).acquire_owned().await;
        let turn = turn.map_err(|error| Problem::internal(&error))?;
        let job = move || {
            let done = job();
            drop((turn, place));
            done
        };
        tokio::task::spawn_blocking(job).await.map_err(|error| Problem::internal(&error))
    }

    /// Forgets who guessed long ago.
    pub(crate) fn sweep(&self) {
        self.guesses.retain_recent();
        self.guesses.shrink_to_fit();
    }
}

fn member(account: &Account, device: Option<&Device>) -> Member {
    let via = device.map_or(Via::ThisMachine, |device| {
        let known = |via: &Via| via.as_str() == device.kind;
        Via::DEVICES.into_iter().find(known).unwrap_or(Via::Paired)
    });
    Member {
        account: account.id,
        name: account.name.clone(),
        role: Role::of(&account.role),
        via,
        device: device.map(|device| device.id),
    }
}

fn sha256(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

fn checked_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let fits = NAME_CHARS.contains(&name.chars().count()) && !name.contains(char::is_control);
    if fits {
        Ok(name.to_owned())
    } else {
        Err(Problem::invalid("name", "a name has 1 to 64 characters, on one line"))
    }
}

fn check_password(password: &str, name: &str) -> Result<(), Problem> {
    if !PASSWORD_CHARS.contains(&password.chars().count()) {
        return Err(Problem::invalid("password", "a password has 10 to 256 characters").remedy(
            "Four words that nobody would put together are easy to remember and hard to guess.",
        ));
    }
    let mut chars = password.chars();
    let first = chars.next();
    if chars.all(|c| Some(c) == first) || password.eq_ignore_ascii_case(name) {
        return Err(Problem::invalid("password", "this password is guessed first"));
    }
    Ok(())
}

/// Such as `Firefox on Linux`, from what the browser says of itself.
pub(crate) fn label(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name)
    };
    // Each also says that it is those below it.
    let browser = named(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "A program".to_owned(),
    }
}
