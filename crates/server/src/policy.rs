//! Who may do what: one table and one function, and whatever is not named in them is denied.
//!
//! A route that is missing here answers 403 to everybody, so forgetting it is noticed at once.

use axum::http::Method;

use crate::problem::Problem;
use axum::http::StatusCode;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Principal {
    /// Somebody at this machine.
    Owner,
    /// A device that was paired by scanning the code that this machine showed.
    Paired,
    /// Anybody else who can reach the port.
    Stranger,
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
    /// Train: live sets, analyses, references.
    Train,
    /// Stream pictures of oneself to this server.
    StreamFrames,
    /// Let further devices in, and shut them all out.
    ManageDevices,
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
        "/pair/{code}" => Some(Action::PairDevice),
        "/api/v1/pairing" => Some(Action::ManageDevices),
        _ => None,
    }
}

/// The one place that decides. Denies first: only what is listed is allowed.
pub(crate) fn may(principal: Principal, action: Action) -> bool {
    use Action::{ManageDevices, PairDevice, ProbeHealth, ReadSite, StreamFrames, Train};
    match (principal, action) {
        (_, ProbeHealth | ReadSite | PairDevice) => true,
        (Principal::Owner, Train | StreamFrames | ManageDevices) => true,
        (Principal::Paired, Train | StreamFrames) => true,
        (Principal::Paired, ManageDevices)
        | (Principal::Stranger, Train | StreamFrames | ManageDevices) => false,
    }
}

/// As [`may`], with the answer for those who may not.
pub(crate) fn require(principal: Principal, action: Option<Action>) -> Result<(), Problem> {
    match action {
        Some(action) if may(principal, action) => Ok(()),
        Some(_) if principal == Principal::Stranger => Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "only this server's owner and paired devices may do that",
        )),
        Some(_) => Err(Problem::forbidden("only somebody at the server itself may do that")
            .remedy("Do it in a browser on the machine that runs `spotter serve`.")),
        None => Err(Problem::forbidden("nobody may do that")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Principal, may};

    #[test]
    fn the_table_of_rights() {
        let all = [
            Action::ProbeHealth,
            Action::ReadSite,
            Action::PairDevice,
            Action::Train,
            Action::StreamFrames,
            Action::ManageDevices,
        ];
        let row = |principal| {
            all.map(|action| if may(principal, action) { "yes" } else { " – " }).join(" ")
        };
        //                                        health site pair train frames devices
        assert_eq!(row(Principal::Owner), "yes yes yes yes yes yes");
        assert_eq!(row(Principal::Paired), "yes yes yes yes yes  – ");
        assert_eq!(row(Principal::Stranger), "yes yes yes  –   –   – ");
    }
}
