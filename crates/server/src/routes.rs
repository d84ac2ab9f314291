//! Everything that can be asked for, one file per noun.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod analyze;
pub(crate) mod athlete;
pub(crate) mod condition;
pub(crate) mod docs;
pub(crate) mod exercises;
pub(crate) mod features;
pub(crate) mod frames;
pub(crate) mod health;
pub(crate) mod own_exercises;
pub(crate) mod pairing;
pub(crate) mod passkeys;
pub(crate) mod plans;
pub(crate) mod progress;
pub(crate) mod references;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod takeout;
pub(crate) mod workouts;
