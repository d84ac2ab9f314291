//! The router from the inside: a request as text in, the answer as text out, no socket.

mod athletes;
mod authenticator;
mod bodies;
mod connections;
mod doors;
mod frames;
mod house;
mod killed;
mod members;
mod pages;
mod passkeys;
mod portability;
mod sessions;
mod sockets;
mod workouts;
