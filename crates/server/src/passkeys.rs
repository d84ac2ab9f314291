//! Passkeys: keys that people's devices keep and sign in with, and the ceremonies in which they are made and shown.
//!
//! Nobody types a name: the device says whose key it is, by the account's id, so what we answer before a signature is
//! right tells nothing about who has an account here. That id is not signed; what counts is a key kept in that account.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Account, Document, Store};
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::ceremonies::{Ceremonies, LIFE};
use crate::clock::Clock;
use crate::gate::Called;
use crate::policy::Member;
use crate::problem::{Problem, shown};

/// What they are called in the store.
const KIND: &str = "passkey";
/// Of one account: each device needs one, and many share theirs.
const MOST: usize = 20;

#[derive(Debug)]
pub(crate) struct Passkeys {
    store: Store,
    clock: Clock,
    registrations: Ceremonies<Uuid, PasskeyRegistration>,
    sign_ins: Ceremonies<IpAddr, DiscoverableAuthentication>,
}

/// A passkey as it is kept. Its id is the credential's, in base64url.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Where it was made, such as `Firefox on Linux`.
    pub(crate) label: String,
    /// The name of this server that it is bound to.
    pub(crate) host: String,
    pub(crate) created_at_ms: i64,
    /// When it last signed somebody in.
    pub(crate) used_at_ms: Option<i64>,
    passkey: Passkey,
}

impl Kept {
    pub(crate) fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.passkey.cred_id())
    }
}

/// This server by the name that a request used: passkeys are bound to it.
#[derive(Debug)]
pub(crate) struct Here {
    host: String,
    relying_party: Webauthn,
}

impl<S: Send + Sync> FromRequestParts<S> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let called = parts.extensions.get::<Called>();
        Self::of(called.ok_or_else(|| Problem::internal(&"the door let a request by"))?)
    }
}

impl Here {
    fn of(called: &Called) -> Result<Self, Problem> {
        let host = called.host();
        let by_name = |origin: &Url| {
            let builder = WebauthnBuilder::new(&host, origin)?;
            builder.rp_name("Spotter").timeout(LIFE).build()
        };
        // WebAuthn knows no addresses: a key is bound to a name.
        let relying_party =
            Url::parse(&called.origin()).ok().and_then(|origin| by_name(&origin).ok());
        let relying_party = relying_party.ok_or_else(|| {
            let detail = format!("passkeys belong to a name, and `{}` is none", shown(&host));
            Problem::invalid("Host", detail).remedy(
                "Open Spotter by a name: `localhost` on the machine that it runs on, elsewhere one that is in `hosts` of its configuration.",
            )
        })?;
        Ok(Self { host, relying_party })
    }
}

impl Passkeys {
    pub(crate) fn new(store: Store, clock: Clock) -> Arc<Self> {
        let (registrations, sign_ins) = (Ceremonies::default(), Ceremonies::default());
        Arc::new(Self { store, clock, registrations, sign_ins })
    }

    /// An account's passkeys, the first one first.
    pub(crate) async fn of(&self, account: Uuid) -> Result<Vec<Kept>, Problem> {
        let documents = self.store.documents(account, KIND).await?;
        let mut kept = documents.iter().map(read).collect::<Result<Vec<Kept>, _>>()?;
        kept.sort_by_key(|kept| kept.created_at_ms);
        Ok(kept)
    }

    /// What the browser is to make a passkey from.
    pub(crate) async fn begin_registration(
        &self,
        member: &Member,
        here: &Here,
    ) -> Result<Value, Problem> {
        let kept = self.with_room(member.account).await?;
        // A device that has one already says so instead of making another.
        let known = kept.iter().map(|kept| kept.passkey.cred_id().clone()).collect();
        let (id, name) = (member.account, member.name.as_str());
        let begun = here.relying_party.start_passkey_registration(id, name, name, Some(known));
        let (options, state) = begun.map_err(|error| Problem::internal(&error))?;
        let options = options.public_key;
        self.registrations.begin(id, options.challenge.clone(), state, self.clock.now_ms());
        let mut told = serde_json::to_value(options).map_err(|error| Problem::internal(&error))?;
        // The device is to keep whose key it is, so that it can be asked without a name.
        let selection = &mut told["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        Ok(told)
    }

    /// Keeps the passkey that the browser made.
    pub(crate) async fn finish_registration(
        &self,
        member: &Member,
        here: Here,
        made: &RegisterPublicKeyCredential,
        label: String,
    ) -> Result<Kept, Problem> {
        let now_ms = self.clock.now_ms();
        let begun = challenge(&made.response.client_data_json)
            .and_then(|challenge| self.registrations.end(&challenge, now_ms));
        let Some((_, state)) = begun.filter(|(account, _)| *account == member.account) else {
            let detail = "no passkey was asked for, or too long ago, or it was answered already";
            return Err(Problem::invalid("response.clientDataJSON", detail)
                .remedy("Begin again, and answer within five minutes."));
        };
        let passkey =
            here.relying_party.finish_passkey_registration(made, &state).map_err(|error| {
                tracing::debug!(%error, "Refused a new passkey");
                Problem::invalid("response", format!("this is no passkey for here: {error}"))
                    .remedy("Begin again, at the same address.")
            })?;
        let kept =
            Kept { label, host: here.host, created_at_ms: now_ms, used_at_ms: None, passkey };
        let known = self.with_room(member.account).await?;
        if known.iter().any(|known| known.passkey == kept.passkey) {
            let detail = "this passkey is known here already";
            return Err(Problem::new(StatusCode::CONFLICT, detail).remedy("Sign in with it."));
        }
        let mut unit = self.store.begin().await?;
        unit.put_document(member.account, KIND, &self.document(&kept)?).await?;
        unit.commit().await?;
        Ok(kept)
    }

    /// What the browser is to show a passkey for; the same for everybody.
    pub(crate) fn begin_sign_in(&self, from: IpAddr, here: &Here) -> Result<Value, Problem> {
        let begun = here.relying_party.start_discoverable_authentication();
        let (options, state) = begun.map_err(|error| Problem::internal(&error))?;
        let options = options.public_key;
        self.sign_ins.begin(from, options.challenge.clone(), state, self.clock.now_ms());
        serde_json::to_value(options).map_err(|error| Problem::internal(&error))
    }

    /// Whose passkey it is, if it is right. Every other answer is the same.
    pub(crate) async fn finish_sign_in(
        &self,
        here: &Here,
        shown: &PublicKeyCredential,
    ) -> Result<Account, Problem> {
        let refused = |why: &str| {
            tracing::debug!(why, "Refused a passkey");
            Problem::new(StatusCode::UNAUTHORIZED, "this passkey was not accepted")
                .remedy("Try again within five minutes, or sign in with your password.")
        };
        let wrong = |error: WebauthnError| refused(&error.to_string());
        let now_ms = self.clock.now_ms();
        let (_, state) = challenge(&shown.response.client_data_json)
            .and_then(|challenge| self.sign_ins.end(&challenge, now_ms))
            .ok_or_else(|| refused("nothing was begun"))?;
        let (account, credential) =
            here.relying_party.identify_discoverable_authentication(shown).map_err(wrong)?;
        let id = URL_SAFE_NO_PAD.encode(credential);
        let document = self.store.document(account, KIND, &id).await?;
        let mut kept = read(&document.ok_or_else(|| refused("it is not known"))?)?;
        if kept.host != here.host {
            return Err(refused("it was made for another name"));
        }
        let done = here
            .relying_party
            .finish_discoverable_authentication_v2(shown, state, &kept.passkey)
            .map_err(wrong)?;
        kept.passkey.update_credential(&done).ok_or_else(|| refused("it is another one"))?;
        kept.used_at_ms = Some(now_ms);
        // Put in its own place, so that one removed meanwhile does not come back.
        let mut unit = self.store.begin().await?;
        if !unit.delete_document(account, KIND, &id).await? {
            return Err(refused("it was removed meanwhile"));
        }
        unit.put_document(account, KIND, &self.document(&kept)?).await?;
        unit.commit().await?;
        let account = self.store.account(account).await?;
        account.ok_or_else(|| refused("its account was deleted meanwhile"))
    }

    /// Removes a passkey, and tells whether it was there.
    pub(crate) async fn remove(&self, account: Uuid, id: &str) -> Result<bool, Problem> {
        let mut unit = self.store.begin().await?;
        let removed = unit.delete_document(account, KIND, id).await?;
        unit.commit().await?;
        Ok(removed)
    }

    /// An account's passkeys, if there is room for another.
    async fn with_room(&self, account: Uuid) -> Result<Vec<Kept>, Problem> {
        let kept = self.of(account).await?;
        if kept.len() >= MOST {
            let detail = format!("there are {MOST} passkeys already");
            return Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE, detail)
                .remedy("Remove one that you no longer use."));
        }
        Ok(kept)
    }

    fn document(&self, kept: &Kept) -> Result<Document, Problem> {
        let body = serde_json::to_string(kept).map_err(|error| Problem::internal(&error))?;
        Ok(Document { id: kept.id(), body, changed_at_ms: self.clock.now_ms() })
    }
}

fn read(document: &Document) -> Result<Kept, Problem> {
    serde_json::from_str(&document.body).map_err(|error| Problem::internal(&error))
}

/// What the browser says it was asked: it tells ceremonies apart. Whether it was signed is checked later.
fn challenge(client_data: &[u8]) -> Option<Vec<u8>> {
    #[derive(Deserialize)]
    struct ClientData {
        challenge: String,
    }
    let data: ClientData = serde_json::from_slice(client_data).ok()?;
    URL_SAFE_NO_PAD.decode(data.challenge).ok()
}
