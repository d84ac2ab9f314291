//! What every WebSocket here needs: sending with patience that ends, saying goodbye, and telling one kind of error apart.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};

/// How long a client may leave our answers unread before it is given up.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// How many times too large a message may be and still be answered; beyond that the connection ends.
pub(crate) const READABLE: usize = 4;

/// The client is not there any more, or reads nothing.
pub(crate) struct Gone;

/// Why a socket is closed: a code and words for the client.
pub(crate) type Goodbye = (u16, &'static str);

pub(crate) const STOPPING: Goodbye = (1001, "the server is stopping");
pub(crate) const SILENT: Goodbye = (1001, "nothing was heard for too long");
pub(crate) const TOO_LARGE: Goodbye = (1009, "the message is far too large");

pub(crate) async fn send(socket: &mut WebSocket, message: Message) -> Result<(), Gone> {
    match tokio::time::timeout(SEND_TIMEOUT, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

pub(crate) async fn close(socket: &mut WebSocket, goodbye: Option<Goodbye>) {
    let frame =
        goodbye.map(|(code, reason)| CloseFrame { code, reason: Utf8Bytes::from_static(reason) });
    // A client that is gone already needs no goodbye.
    drop(send(socket, Message::Close(frame)).await);
}

/// Whether a message was larger than the socket reads at all.
pub(crate) fn too_large(error: &axum::Error) -> bool {
    use std::error::Error as _;
    error.source().is_some_and(|source| source.to_string().contains("too long"))
}
