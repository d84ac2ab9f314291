//! What to tell the athlete: the live set, its cues, the judgement of a finished one; and what to ask of a language model.
//!
//! Pure, as the rest of the ground floor: time comes from the poses, nobody is called, and no input makes it fail.
#![warn(missing_docs)]

pub mod decisions;
pub mod draft;
pub mod judged;
pub mod live;
pub mod next_set;
pub mod review;
pub mod voice;
pub mod why;
pub mod wording;
