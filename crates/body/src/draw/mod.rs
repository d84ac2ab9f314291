//! Pictures of figures as SVG, still and moving.
//!
//! Colors are CSS custom properties with fallbacks that work on light and dark paper: `--figure-skin`, `--figure-hair`,
//! `--figure-top`, `--figure-shorts`, `--figure-shoe`, `--figure-metal`, `--figure-plate`, `--figure-wood`,
//! `--figure-mat`, each with a `-far` shade for the body's far side, and `--figure-line`. Floor and shadow use
//! `currentColor`.

mod animation;
mod equipment;
mod keypoints;
mod mannequin;
mod part;
mod scene;
mod shape;
mod still;

pub use animation::animated;
pub use keypoints::from_keypoints;
pub use scene::{Angle, Caption};
pub use still::{still, stills};
