//! The synthetic lab: motion streams with known truth.
