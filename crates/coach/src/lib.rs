//! What to tell the athlete: the live set, its cues, and the judgement of a finished one.
//!
//! Pure, as the rest of the ground floor: time comes from the poses, nobody is called, and no input makes it fail.
#![warn(missing_docs)]

pub mod judged;
pub mod live;
pub mod why;
