//! Who may do what: one table and one function, and whatever is not named in them is denied.
//!
//! A route that is missing here answers 403 to everybody, so forgetting it is noticed at once.

use axum::http::{Method, StatusCode};
use uuid::Uuid;

use crate::problem::Problem;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// Somebody with an account.
    Member(Member),
    /// Anybody else who can reach the port.
    Stranger,
}

/// Somebody with an account, and how they came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) account: Uuid,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) via: Via,
    /// The device that is signed in; none for somebody at this machine.
    pub(crate) device: Option<Uuid>,
}

/// What an account may do beyond training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Trains.
    Athlete,
    /// Trains, and looks after others who let them.
    Trainer,
    /// Runs the cameras of a gym.
    Operator,
    /// Runs the server: lets accounts and devices in.
    Admin,
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [Self::Athlete, Self::Trainer, Self::Operator, Self::Admin];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Athlete => "athlete",
            Self::Trainer => "trainer",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }

    /// Unknown words have no power.
    pub(crate) fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|role| role.as_str() == text).unwrap_or(Self::Athlete)
    }
}

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// At the machine that the server runs on.
    ThisMachine,
    /// On a device that was paired by scanning a code.
    Paired,
    /// With a password.
    Password,
    /// With a passkey.
    Passkey,
}

impl Via {
    pub(crate) const DEVICES: [Self; 3] = [Self::Paired, Self::Password, Self::Passkey];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ThisMachine => "this_machine",
            Self::Paired => "paired",
            Self::Password => "password",
            Self::Passkey => "passkey",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Whether the server lives; for machines that watch it.
    ProbeHealth,
    /// The site, its networks and the exercise library: the same for everybody, and public.
    ReadSite,
    /// Show the page that pairs a device, and pair with the code from the QR picture.
    PairDevice,
    /// Sign up, in or out.
    SignIn,
    /// Train: live sets, analyses, references.
    Train,
    /// Stream pictures of oneself to this server.
    StreamFrames,
    /// One's own profile, state and plans.
    Plan,
    /// One's own sessions, and how one feels.
    Log,
    /// One's own account: password, passkeys, devices, everything taken along or deleted.
    OwnAccount,
    /// Let further devices in to one's own account, and shut them all out.
    ManageDevices,
    /// Let people in, and say what they may do.
    ManageAccounts,
}

/// What a request to a route is. `route` is the pattern that matched; none where the site's files are asked for.
pub(crate) fn action(method: &Method, route: Option<&str>) -> Option<Action> {
    let Some(route) = route else {
        // The fallback answers with files and with 404s.
        return Some(Action::ReadSite);
    };
    let read = method == Method::GET || method == Method::HEAD;
    match route {
        "/healthz" | "/readyz" => Some(Action::ProbeHealth),
        "/openapi.json" | "/api/docs" | "/api/v1/features" | "/tls/ca.crt" => {
            Some(Action::ReadSite)
        }
        "/api/v1/exercises" | "/api/v1/exercises/{id}" | "/api/v1/exercises/{id}/figure.svg"
            if read =>
        {
            Some(Action::ReadSite)
        }
        // What is read there is a screen of the site; a set is judged by sending one.
        "/analyze" if read => Some(Action::ReadSite),
        "/ws/session"
        | "/api/v1/ws/session"
        | "/analyze"
        | "/api/v1/analyze"
        | "/references"
        | "/api/v1/references"
        | "/references/{id}"
        | "/api/v1/references/{id}" => Some(Action::Train),
        "/api/v1/ws/frames" => Some(Action::StreamFrames),
        "/api/v1/me" if read => Some(Action::Plan),
        "/api/v1/sessions"
        | "/api/v1/sessions/running"
        | "/api/v1/sessions/{id}"
        | "/api/v1/sessions/{id}/sets"
        | "/api/v1/sessions/{id}/sets/{set}"
        | "/api/v1/sessions/{id}/decisions/{exercise}/reverse"
        | "/api/v1/exercises/{id}/history"
        | "/api/v1/next-targets"
        | "/api/v1/progress/summary"
        | "/api/v1/review/weekly"
        | "/api/v1/sessions/{id}/next-set"
        | "/api/v1/deload"
        | "/api/v1/deload/decline"
        | "/api/v1/check-ins"
        | "/api/v1/pain-reports"
        | "/api/v1/pain-reports/{id}"
        | "/api/v1/own-exercises"
        | "/api/v1/own-exercises/{id}"
        | "/api/v1/own-exercises/{id}/picture"
        | "/api/v1/loading" => Some(Action::Log),
        "/api/v1/state"
        | "/api/v1/profile"
        | "/api/v1/weekly-plan"
        | "/plans"
        | "/api/v1/plans"
        | "/plans/{id}"
        | "/api/v1/plans/{id}"
        | "/api/v1/plans/{id}/plan.md"
        | "/api/v1/plans/{id}/plan.ics"
        | "/api/v1/plans/{id}/edits"
        | "/api/v1/plans/{id}/swaps" => Some(Action::Plan),
        "/api/v1/auth/sign-up"
        | "/api/v1/auth/sign-in"
        | "/api/v1/auth/sign-out"
        | "/api/v1/auth/passkeys/sign-in/begin"
        | "/api/v1/auth/passkeys/sign-in/finish" => Some(Action::SignIn),
        "/api/v1/me"
        | "/api/v1/auth/password"
        | "/api/v1/auth/devices"
        | "/api/v1/auth/devices/{id}"
        | "/api/v1/auth/passkeys"
        | "/api/v1/auth/passkeys/{id}"
        | "/api/v1/auth/passkeys/register/begin"
        | "/api/v1/auth/passkeys/register/finish"
        | "/api/v1/export"
        | "/api/v1/export/workouts"
        | "/api/v1/import/workouts"
        | "/api/v1/import" => Some(Action::OwnAccount),
        "/api/v1/accounts" | "/api/v1/accounts/{id}" => Some(Action::ManageAccounts),
        "/pair/{code}" => Some(Action::PairDevice),
        "/api/v1/pairing" => Some(Action::ManageDevices),
        _ => None,
    }
}

/// The one place that decides. Denies first: only what is listed is allowed.
pub(crate) fn may(principal: &Principal, action: Action) -> bool {
    use Action::{
        Log, ManageAccounts, ManageDevices, OwnAccount, PairDevice, Plan, ProbeHealth, ReadSite,
        SignIn, StreamFrames, Train,
    };
    match (principal, action) {
        (_, ProbeHealth | ReadSite | PairDevice | SignIn) => true,
        (Principal::Stranger, _) => false,
        (Principal::Member(_), Train | StreamFrames | Plan | Log) => true,
        // Whoever finds a paired phone may train with it, but not take everything along or delete it.
        (Principal::Member(member), OwnAccount | ManageDevices) => member.via != Via::Paired,
        (Principal::Member(member), ManageAccounts) => {
            member.via != Via::Paired && member.role == Role::Admin
        }
    }
}

/// As [`may`], with the answer for those who may not.
pub(crate) fn require(principal: &Principal, action: Option<Action>) -> Result<(), Problem> {
    match (action, principal) {
        (Some(action), _) if may(principal, action) => Ok(()),
        (None, _) => Err(Problem::forbidden("nobody may do that")),
        (Some(_), Principal::Stranger) => {
            Err(Problem::new(StatusCode::UNAUTHORIZED, "only somebody who is signed in may do that"))
        }
        (Some(_), Principal::Member(member)) if member.via == Via::Paired => {
            Err(Problem::forbidden("a paired device may not do that").remedy(
                "Do it in a browser on the machine that runs `spotter serve`, or sign in with a password.",
            ))
        }
        (Some(_), Principal::Member(_)) => Err(Problem::forbidden("only an admin may do that")
            .remedy("Ask whoever runs this server.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_rights() {
        let all = [
            Action::ProbeHealth,
            Action::ReadSite,
            Action::PairDevice,
            Action::SignIn,
            Action::Train,
            Action::StreamFrames,
            Action::Plan,
            Action::OwnAccount,
            Action::ManageDevices,
            Action::ManageAccounts,
        ];
        let row = |principal: &Principal| {
            all.map(|action| if may(principal, action) { "yes" } else { " – " }).join(" ")
        };
        let member = |role, via| {
            Principal::Member(Member {
                account: Uuid::nil(),
                name: "somebody".to_owned(),
                role,
                via,
                device: None,
            })
        };
        let check = |role, via, expected: &str| {
            assert_eq!(row(&member(role, via)), expected, "{role:?} {via:?}");
        };
        //                                        health site pair sign train frames plan own devices accounts
        check(Role::Admin, Via::ThisMachine, "yes yes yes yes yes yes yes yes yes yes");
        check(Role::Admin, Via::Password, "yes yes yes yes yes yes yes yes yes yes");
        check(Role::Admin, Via::Paired, "yes yes yes yes yes yes yes  –   –   – ");
        for role in [Role::Operator, Role::Trainer, Role::Athlete] {
            check(role, Via::Password, "yes yes yes yes yes yes yes yes yes  – ");
            check(role, Via::Passkey, "yes yes yes yes yes yes yes yes yes  – ");
            check(role, Via::Paired, "yes yes yes yes yes yes yes  –   –   – ");
        }
        assert_eq!(row(&Principal::Stranger), "yes yes yes yes  –   –   –   –   –   – ");
    }
}
