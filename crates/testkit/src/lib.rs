//! The synthetic lab: motion streams with known truth, made from the kinematic figure and a network's imperfections.
//!
//! [`synth`] describes a set, [`Scene::play`] plays it; [`idling`] plays what must not count. Same seed, same bytes.
//! Never shipped. Camera yaw here is where the CAMERA stands around the athlete (as in `body`); the engine's yaw is the
//! trunk's and has the other sign.

pub mod allocations;
pub mod bodies;
mod cycle;
pub mod idle;
pub mod lens;
pub mod rng;
mod scene;
mod sensor;
mod timeline;
pub mod truth;

pub use idle::Idle;
pub use scene::{FilmedSet, Scene, idling, synth};
pub use sensor::{Noise, Sensor};
pub use truth::{TrueRep, Truth};
