//! The exercise library: one data file per exercise, parsed into types.
