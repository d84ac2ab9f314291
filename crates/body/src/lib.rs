//! The kinematic figure: anthropometry, forward kinematics, camera projection and drawing as SVG.
//!
//! One description of a movement ([`FigureSpec`]) on one body ([`Physique`]) makes a [`Rig`], which gives the body at any
//! point of a repetition, right or with named faults: for pictures, for technique references and for synthetic test
//! data. Everything is pure: the same input gives the same bytes on every target.
#![warn(missing_docs)]

mod camera;
mod contact;
pub mod draw;
mod fault;
mod figure;
mod keyframes;
mod math;
mod physique;
mod posture;
mod rig;
mod skeleton;
mod solve;
pub mod space;
mod steps;

pub use camera::{Camera, Projected};
pub use contact::Contact;
pub use fault::{FaultSpec, When};
pub use figure::Figure;
pub use keyframes::{Equipment, FigureSpec, InvalidFigure, Joints, Keyframe, Phase};
pub use physique::{Physique, Segments};
pub use posture::{Dof, Posture};
pub use rig::{Moment, Rig};
pub use skeleton::Segment;
pub use steps::{Part, Step};

#[cfg(test)]
mod tests;
