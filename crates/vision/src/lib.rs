//! Frames to poses: runtimes, networks and the person followed.
