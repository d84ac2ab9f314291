//! Ids of what comes from files, so that the same file again adds nothing.
//!
//! Nobody trains twice at the same second: a session is its beginning as the file writes it, in no zone, whatever the program.
//! A set is its session, its place there and its index at that place. A name, load or note that changed changes no id.

use uuid::Uuid;

/// Ours, drawn once. Changing it would make every import a new one.
pub(crate) const NAMESPACE: Uuid = Uuid::from_u128(0x6f1b_8a52_3c0e_4b7d_9a41_5d0c_77e2_91f3);

/// The session that began so; `nth` counts sessions of one file with the same beginning, from 0.
pub(crate) fn session(began: &str, nth: u32) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("session\n{began}\n{nth}").as_bytes())
}

/// The set at an index, from 0, of a place.
pub(crate) fn set(session: &Uuid, place: u16, index: u16) -> Uuid {
    Uuid::new_v5(session, format!("{place}/{index}").as_bytes())
}
