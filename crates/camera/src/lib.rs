//! Files and devices as timed frames.
