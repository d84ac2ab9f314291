//! Requests that take effect once.

use store::{Claim, Expected, Store};

use crate::places::{ANNA, BEN, each, event, request};

const NOW_MS: i64 = 1_700_000_000_000;
const KEEP_MS: i64 = 1000;

/// A request as a handler treats it. Returns whether it took effect, and the answer.
async fn submit(store: &Store, key: u128, event_id: u128) -> (bool, Vec<u8>) {
    let mut unit = store.begin().await.unwrap();
    match unit.claim(&request(ANNA, key, 0), NOW_MS, KEEP_MS).await.unwrap() {
        Claim::New => {
            let event = event(event_id, "a");
            let version = unit.append(ANNA, Expected::Any, &[event]).await.unwrap();
            let body = format!("event {event_id} at {version}").into_bytes();
            unit.answer(201, &body).await.unwrap();
            unit.commit().await.unwrap();
            (true, body)
        }
        Claim::Answered { status: 201, body } => (false, body),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_copies_at_once_one_takes_effect() {
    each(async |place| {
        // Half through a store of their own, as another process would.
        let second = place.reopened().await;
        let tasks: Vec<_> = (1..=64)
            .map(|copy| {
                let store = if copy % 2 == 0 { &place.store } else { &second }.clone();
                tokio::spawn(async move { submit(&store, 7, copy).await })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|(effective, _)| *effective).count(), 1);
        assert!(answers.iter().all(|(_, body)| *body == answers[0].1));
        assert_eq!(place.store.version(ANNA).await.unwrap(), 1);
        second.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_belongs_to_an_account_a_route_and_what_was_said() {
    each(async |place| {
        submit(&place.store, 1, 1).await;
        let hers = request(ANNA, 1, 0);
        let answered = Claim::Answered { status: 201, body: b"event 1 at 1".to_vec() };
        let mut elsewhere = hers.clone();
        elsewhere.route = "POST /plans/{id}/edits".to_owned();
        let table = [
            (hers, answered),
            (request(ANNA, 1, 9), Claim::Other),
            (request(ANNA, 2, 0), Claim::New),
            (request(BEN, 1, 0), Claim::New),
            (request(BEN, 1, 9), Claim::New),
            (elsewhere, Claim::New),
        ];
        for (request, expected) in table {
            let mut unit = place.store.begin().await.unwrap();
            let claim = unit.claim(&request, NOW_MS + KEEP_MS - 1, KEEP_MS).await.unwrap();
            assert_eq!(claim, expected, "{request:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_kept_for_its_time() {
    each(async |place| {
        submit(&place.store, 1, 1).await;
        submit(&place.store, 2, 2).await;
        let mut unit = place.store.begin().await.unwrap();
        let claim = unit.claim(&request(ANNA, 1, 0), NOW_MS + KEEP_MS, KEEP_MS).await.unwrap();
        assert_eq!(claim, Claim::New);
        unit.answer(200, b"").await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(place.store.sweep(NOW_MS + KEEP_MS - 1).await.unwrap().answers, 0);
        assert_eq!(place.store.sweep(NOW_MS + KEEP_MS).await.unwrap().answers, 1);
        assert_eq!(place.count("select count(*) from idempotency").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_claim_without_an_answer_is_let_go() {
    each(async |place| {
        for commit in [true, false] {
            let mut unit = place.store.begin().await.unwrap();
            let claim = unit.claim(&request(ANNA, 1, 0), NOW_MS, KEEP_MS).await.unwrap();
            assert_eq!(claim, Claim::New);
            if commit {
                unit.commit().await.unwrap();
            }
        }
        assert_eq!(place.count("select count(*) from idempotency").await, 0);
        let mut unit = place.store.begin().await.unwrap();
        assert!(unit.answer(200, b"to what?").await.is_err());
        assert!(unit.commit().await.is_err());
    })
    .await;
}
