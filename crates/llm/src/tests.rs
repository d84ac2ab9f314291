//! What recorded streams say, however they are cut; and a server that stalls, breaks and refuses.

mod bodies;
mod server;
mod settings;
mod streams;
