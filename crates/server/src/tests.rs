//! The router from the inside: a request as text in, the answer as text out, no socket.

mod bodies;
mod connections;
mod doors;
mod frames;
mod house;
mod pages;
mod sockets;
