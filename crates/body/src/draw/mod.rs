//! Pictures of figures as SVG, still and moving.
//!
//! Colors are CSS custom properties with fallbacks that work on light and dark paper: `--figure-skin`, `--figure-top`,
//! `--figure-shorts` and `--figure-shoe`, each with a `-far` shade for the body's far side, and `--figure-hair`,
//! `--figure-metal`, `--figure-plate`, `--figure-pad`, `--figure-band`, `--figure-wood`, `--figure-mat`, `--figure-line`.
//! Floor, walls and shadow use `currentColor`. Every selector starts at the class `fig`, so a picture can be put straight into a page.

mod animation;
mod equipment;
mod furniture;
mod keypoints;
mod machines;
mod mannequin;
mod part;
mod ropes;
mod scene;
mod shape;
mod still;

pub use animation::animated;
pub use keypoints::{Joints, Scale, from_keypoints};
pub use scene::{Angle, Caption};
pub use still::still;
