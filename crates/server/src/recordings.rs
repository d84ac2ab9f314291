//! What takes long: recordings that are sent whole, and reports. So many at once, and never on the sockets' threads.

use std::sync::Arc;

use axum::extract::{FromRequest as _, Request};
use tokio::sync::Semaphore;

use crate::body::JsonText;
use crate::problem::Problem;

/// Recordings that may be on their way in at once; each takes as much memory as `recording_bytes` says.
const UPLOADS: usize = 4;

/// Turns for what takes long.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    pub(crate) judging: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
}

impl Turns {
    pub(crate) fn new(n_judging: usize) -> Self {
        let (judging, uploads) = (Semaphore::new(n_judging), Semaphore::new(UPLOADS));
        Self { judging: Arc::new(judging), uploads: Arc::new(uploads) }
    }

    /// Reads a recording and works on it. Waiting is bounded by the request's own time limit; work that has begun is
    /// finished even if its client has gone, so that its turn is not given away early.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        request: Request,
        work: impl FnOnce(&str) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let closed = |error| Problem::internal(&error);
        let upload = Arc::clone(&self.uploads).acquire_owned().await.map_err(closed)?;
        let JsonText(text) = JsonText::from_request(request, &()).await?;
        let turn = Arc::clone(&self.judging).acquire_owned().await.map_err(closed)?;
        let job = move || {
            let result = work(&text);
            drop((turn, upload));
            result
        };
        tokio::task::spawn_blocking(job).await.map_err(|error| Problem::internal(&error))?
    }
}
