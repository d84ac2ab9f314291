//! Athletes' logs: what is known is folded from events, what is asked for becomes events, each in one transaction.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use lru::LruCache;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{Claim, Expected, NewEvent, Recorded, Request, Snapshot, Store, Unit};
use training::athlete::{self, Command, Followed, Now, Refused, State, decide, read, write};
use training::exercise::Facts;
use uuid::Uuid;

use crate::clock::Clock;
use crate::etag::Etag;
use crate::policy::Member;
use crate::problem::Problem;
use crate::who::{Local, idempotency_key};

/// The state as a projection; a new revision where folding or its shape changes, and it is folded afresh.
const PROJECTOR: &str = "athlete";
pub(crate) const REVISION: u32 = 2;
/// So many events are not folded twice after a start: a snapshot is kept then.
const SNAPSHOT_EVERY: u64 = 512;
/// Athletes whose state stays in memory; the others' is folded when they come back.
const IN_MEMORY: NonZeroUsize = NonZeroUsize::new(256).expect("more than none");
/// Events read at once.
const PAGE: u32 = 1000;
/// Tries against others who append at the same time.
const TRIES: usize = 8;
/// Answers are kept for phones that come back after a holiday, milliseconds.
const KEEP_ANSWERS_MS: i64 = 35 * 24 * 60 * 60 * 1000;

/// What is known of an athlete, and how far the log was when it was.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) state: State,
    pub(crate) version: u64,
    /// Of the snapshot that it was folded from.
    snapshot: u64,
}

/// An answer to something that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub(crate) status: StatusCode,
    /// JSON.
    pub(crate) body: Vec<u8>,
    /// Of the log; none where the answer was given before.
    pub(crate) version: Option<u64>,
}

/// Who asks for something, and how it is asked.
#[derive(Debug)]
pub(crate) struct Asking<'a> {
    pub(crate) member: &'a Member,
    pub(crate) local: &'a Local,
    /// Takes effect once.
    pub(crate) once: Option<Request>,
    /// Only if the log is still here.
    pub(crate) if_version: Option<u64>,
}

/// Every athlete's log.
#[derive(Debug)]
pub(crate) struct Athletes {
    store: Store,
    library: Arc<[Facts]>,
    pub(crate) clock: Clock,
    /// What the words of answers come from.
    build: String,
    /// What was folded last, of what is committed. Nothing that a restart would lose.
    folded: Mutex<LruCache<Uuid, Known>>,
}

impl Athletes {
    pub(crate) fn new(store: Store, library: Vec<Facts>, clock: Clock, build: String) -> Arc<Self> {
        let folded = Mutex::new(LruCache::new(IN_MEMORY));
        Arc::new(Self { store, library: library.into(), clock, build, folded })
    }

    /// The tag of an answer about an athlete; none where the version is not known.
    pub(crate) fn etag(&self, account: Uuid, version: impl Into<Option<u64>>) -> Etag {
        Etag::of(account, version.into(), &self.build)
    }

    /// How far an athlete's log is.
    pub(crate) async fn version(&self, account: Uuid) -> Result<u64, Problem> {
        Ok(self.store.version(account).await?)
    }

    /// What is known of an athlete. What took long to fold is kept for the next start.
    pub(crate) async fn known(&self, account: Uuid) -> Result<Known, Problem> {
        let mut known = self.folded(account).await?;
        if known.version >= known.snapshot + SNAPSHOT_EVERY {
            let mut unit = self.store.begin().await?;
            keep(&mut unit, account, &mut known).await?;
            unit.commit().await?;
            self.remember(account, &known);
        }
        Ok(known)
    }

    /// An answer that changes only with an athlete's log, `part` and the program: nothing is made of it where the asker
    /// has it already.
    pub(crate) async fn tell(
        &self,
        account: Uuid,
        headers: &HeaderMap,
        part: &str,
        answer: impl FnOnce(&Known) -> Result<Vec<u8>, Problem> + Send,
    ) -> Result<Response, Problem> {
        let etag = self.etag(account, self.version(account).await?).and(part);
        if etag.is_known(headers) {
            return Ok(etag.not_modified());
        }
        let known = self.known(account).await?;
        let etag = self.etag(account, known.version).and(part);
        Ok(etag.answer(StatusCode::OK, answer(&known)?))
    }

    /// As [`Self::known`], without writing.
    async fn folded(&self, account: Uuid) -> Result<Known, Problem> {
        let version = self.version(account).await?;
        let remembered = {
            let mut folded = self.folded.lock().unwrap_or_else(PoisonError::into_inner);
            folded.get(&account).filter(|known| known.version <= version).cloned()
        };
        let mut known = match remembered {
            Some(known) if known.version == version => return Ok(known),
            Some(known) => known,
            None => self.kept(account).await?,
        };
        self.fold(account, &mut known, |_| {}).await?;
        self.remember(account, &known);
        Ok(known)
    }

    /// What was known when a snapshot was kept last; nothing where none was, or another revision kept it.
    async fn kept(&self, account: Uuid) -> Result<Known, Problem> {
        let kept = self.store.snapshot(account, PROJECTOR, REVISION).await?;
        let known = kept.and_then(|kept| {
            let state = serde_json::from_slice(&kept.data).ok()?;
            Some(Known { state, version: kept.version, snapshot: kept.version })
        });
        Ok(known.unwrap_or_default())
    }

    fn remember(&self, account: Uuid, known: &Known) {
        let mut folded = self.folded.lock().unwrap_or_else(PoisonError::into_inner);
        folded.put(account, known.clone());
    }

    /// Nothing of an athlete stays in memory: their log is gone, or another one has taken its place.
    pub(crate) fn forget(&self, account: Uuid) {
        self.folded.lock().unwrap_or_else(PoisonError::into_inner).pop(&account);
    }

    /// A plan of an athlete's, whether it is still followed or not; none where there was never such a plan.
    pub(crate) async fn plan(
        &self,
        account: Uuid,
        id: Uuid,
    ) -> Result<Option<(Followed, u64)>, Problem> {
        let known = self.known(account).await?;
        if known.state.light_only() {
            return Err(Refused::SeeAProfessional.into());
        }
        if let Some(plan) = known.state.fitting().filter(|plan| plan.made.id == id) {
            return Ok(Some((plan, known.version)));
        }
        // One that is not followed any more is as it was when another came.
        let mut found: Option<Followed> = None;
        let mut past = Known::default();
        self.fold(account, &mut past, |state| {
            let Some(plan) = state.plan.as_ref().filter(|plan| plan.made.id == id) else { return };
            let n_known = found.as_ref().map(|known| known.changes.len());
            if n_known != Some(plan.changes.len()) {
                found = Some(plan.clone());
            }
        })
        .await?;
        Ok(found.map(|plan| (plan, known.version)))
    }

    /// Takes in what happened since, and shows the state after each event.
    pub(crate) async fn fold(
        &self,
        account: Uuid,
        known: &mut Known,
        mut see: impl FnMut(&State),
    ) -> Result<(), Problem> {
        loop {
            let page = self.store.events(account, known.version, PAGE).await?;
            let last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
            for recorded in page {
                known.version = recorded.version;
                let Recorded { kind, schema_version, data, .. } = &recorded;
                let event = read(kind, *schema_version, data)
                    .map_err(|unreadable| Problem::internal(&unreadable))?;
                known.state.evolve(event);
                see(&known.state);
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Does what is asked for, or refuses it. `commands` and `answer` may be called again when others were faster.
    pub(crate) async fn act(
        &self,
        asking: &Asking<'_>,
        commands: impl Fn(&Known) -> Result<Vec<Command>, Problem> + Send,
        answer: impl Fn(&Known) -> Result<(StatusCode, Vec<u8>), Problem> + Send,
    ) -> Result<Done, Problem> {
        for _ in 0..TRIES {
            if let Some(done) = self.try_to(asking, &commands, &answer).await? {
                return Ok(done);
            }
        }
        Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "others are changing the same thing")
            .retry_after_secs(1))
    }

    /// How a request was answered before; none where it is new, or takes effect whenever it is made. Whoever is about to do
    /// something slow for an answer asks here first.
    pub(crate) async fn answered(&self, once: Option<&Request>) -> Result<Option<Done>, Problem> {
        let Some(request) = once else { return Ok(None) };
        let mut unit = self.store.begin().await?;
        // Dropped without a commit: the request is still free.
        answered(unit.claim(request, self.clock.now_ms(), KEEP_ANSWERS_MS).await?)
    }

    /// Every exercise that plans are made of.
    pub(crate) fn library(&self) -> &[Facts] {
        &self.library
    }

    /// None where somebody else was faster.
    async fn try_to(
        &self,
        asking: &Asking<'_>,
        commands: &(impl Fn(&Known) -> Result<Vec<Command>, Problem> + Send),
        answer: &(impl Fn(&Known) -> Result<(StatusCode, Vec<u8>), Problem> + Send),
    ) -> Result<Option<Done>, Problem> {
        let (account, now_ms) = (asking.member.account, self.clock.now_ms());
        let mut unit = self.store.begin().await?;
        if let Some(request) = &asking.once {
            let done = answered(unit.claim(request, now_ms, KEEP_ANSWERS_MS).await?)?;
            if done.is_some() {
                return Ok(done);
            }
        }
        let mut known = self.folded(account).await?;
        if asking.if_version.is_some_and(|version| version != known.version) {
            let detail = "somebody, maybe you on another device, has changed it";
            return Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail));
        }
        let before = known.version;
        let today = asking.local.date(self.clock.now());
        let mut new = Vec::new();
        for command in commands(&known)? {
            let now = Now { today, ms: now_ms };
            for event in decide(&known.state, command, &self.library, now)? {
                new.push(self.new_event(asking, &event, now_ms)?);
                known.state.evolve(event);
            }
        }
        if !new.is_empty() {
            match unit.append(account, Expected::Exact(before), &new).await {
                Ok(version) => known.version = version,
                Err(store::Error::Conflict { .. }) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
        if known.version >= known.snapshot + SNAPSHOT_EVERY {
            keep(&mut unit, account, &mut known).await?;
        }
        let (status, body) = answer(&known)?;
        if asking.once.is_some() {
            unit.answer(status.as_u16(), &body).await?;
        }
        unit.commit().await?;
        self.remember(account, &known);
        Ok(Some(Done { status, body, version: Some(known.version) }))
    }

    fn new_event(
        &self,
        asking: &Asking<'_>,
        event: &athlete::Event,
        now_ms: i64,
    ) -> Result<NewEvent, Problem> {
        let stored = write(event);
        Ok(NewEvent {
            event_id: self.clock.new_id().map_err(|error| Problem::internal(&error))?,
            kind: stored.kind.to_owned(),
            schema_version: stored.schema_version,
            actor: asking.member.account,
            actor_kind: "athlete".to_owned(),
            occurred_at_ms: now_ms,
            tz: asking.local.name().to_owned(),
            local_date: asking.local.date(self.clock.now()).to_string(),
            recorded_at_ms: now_ms,
            data: stored.data,
        })
    }
}

async fn keep(unit: &mut Unit, account: Uuid, known: &mut Known) -> Result<(), Problem> {
    let data = json(&known.state)?;
    let snapshot = Snapshot { version: known.version, data };
    unit.keep_snapshot(account, PROJECTOR, REVISION, &snapshot).await?;
    known.snapshot = known.version;
    Ok(())
}

/// The request as it takes effect once; none where the client sends no key.
pub(crate) fn once(
    principal: &Uuid,
    route: &str,
    headers: &HeaderMap,
    text: &str,
) -> Result<Option<Request>, Problem> {
    let key = idempotency_key(headers)?;
    Ok(key.map(|key| Request {
        principal: *principal,
        route: route.to_owned(),
        key,
        fingerprint: Sha256::digest(text).into(),
    }))
}

/// # Errors
/// When a request that must have a key of its own has none.
pub(crate) fn needed_key(headers: &HeaderMap) -> Result<(), Problem> {
    if idempotency_key(headers)?.is_some() {
        return Ok(());
    }
    Err(Problem::new(StatusCode::BAD_REQUEST, "this request needs a key of its own")
        .kind("/api/docs#idempotency-key-missing", "The key is missing")
        .field("Idempotency-Key")
        .remedy("Send `Idempotency-Key` with a UUID, the same one with each retry."))
}

/// An answer's body.
pub(crate) fn json(value: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|error| Problem::internal(&error))
}

/// The answer that was given before; none where there was none.
fn answered(claim: Claim) -> Result<Option<Done>, Problem> {
    match claim {
        Claim::New => Ok(None),
        Claim::Answered { status, body } => {
            let status = StatusCode::from_u16(status).map_err(|error| Problem::internal(&error))?;
            Ok(Some(Done { status, body, version: None }))
        }
        Claim::Other => Err(key_reused()),
    }
}

fn key_reused() -> Problem {
    Problem::new(StatusCode::CONFLICT, "this key was used for another request")
        .kind("/api/docs#idempotency-key-reuse", "The key is used already")
        .field("Idempotency-Key")
        .remedy("Make a new key for each thing that you want done; send the same one only with the same body.")
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let says = refused.to_string();
        match refused {
            Refused::Invalid(invalid) => Self::invalid(invalid.field, invalid.remedy),
            Refused::SeeAProfessional => Self::new(StatusCode::UNPROCESSABLE_ENTITY, says)
                .kind("/api/docs#see-a-professional", "See a professional first")
                .remedy(
                    "Until then there is light movement. Change the answers in your profile when you have their go-ahead.",
                ),
            Refused::NotThisPlan => Self::not_found(says)
                .remedy("Read the state for the plan that is followed."),
            Refused::NothingToUndo => Self::new(StatusCode::CONFLICT, says)
                .remedy("Nothing was changed since the plan was made."),
            Refused::BreaksRules(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, says)
                .kind("/api/docs#unsafe-plan", "The plan is not safe"),
            Refused::Edit(training::edit::Refused::Unsafe(_)) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, says)
                    .kind("/api/docs#unsafe-plan", "The plan is not safe")
                    .remedy("Choose something that your kit, limits and level allow.")
            }
            Refused::Edit(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, says)
                .remedy("Read the plan again; it may have changed."),
            Refused::NoSuchSession | Refused::NoSuchSet | Refused::NoSuchPain => {
                Self::not_found(says).remedy("Read it again; it may have been removed.")
            }
            Refused::Conflict(_) => Self::new(StatusCode::CONFLICT, says)
                .remedy("Read what is there, and change that or make a new id."),
            Refused::Import { invalid, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, says)
                    .field(invalid.field)
                    .remedy(invalid.remedy)
            }
            Refused::NothingToReverse | Refused::NoDeload => Self::new(StatusCode::CONFLICT, says)
                .remedy("Read the state again; it may be so already."),
        }
    }
}
