//! Pure pre- and post-processing of the pose networks.
