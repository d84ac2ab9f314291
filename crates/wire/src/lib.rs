//! Every type that crosses a process or language boundary.
