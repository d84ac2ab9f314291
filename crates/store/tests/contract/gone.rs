//! Callers that go away in the middle, as handlers do when a client hangs up.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use store::{Chain, Error, Expected, Store};

use crate::places::{ANNA, each, event, request};

async fn submit(store: &Store, n: u128) -> Result<u64, Error> {
    let mut unit = store.begin().await?;
    unit.claim(&request(ANNA, n, 0), 0, 1000).await?;
    let version = unit.append(ANNA, Expected::Any, &[event(n, "a"), event(n + 500, "b")]).await?;
    unit.answer(201, b"done").await?;
    unit.commit().await?;
    Ok(version)
}

/// A request whose caller goes away after so many steps.
async fn submit_and_go(store: &Store, n: u128, n_polls: usize) {
    let mut submitting = pin!(submit(store, n));
    let mut left = n_polls;
    poll_fn(|context| {
        if left == 0 || submitting.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_away_leaves_nothing_half_done() {
    each(async |place| {
        for n in 0..60 {
            submit_and_go(&place.store, n, usize::try_from(n).unwrap() % 30).await;
        }
        submit(&place.store, 400).await.unwrap();
        let version = place.store.version(ANNA).await.unwrap();
        assert_eq!(place.store.verify(ANNA).await.unwrap(), Chain::Whole { version });
        let n_answers = place.count("select count(*) from idempotency where status = 201").await;
        let n_claims = place.count("select count(*) from idempotency").await;
        assert_eq!(u64::try_from(n_answers).unwrap() * 2, version);
        assert_eq!(n_claims, n_answers);
    })
    .await;
}
