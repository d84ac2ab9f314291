//! Appending to streams and reading them.

use store::{Error, Expected, NewEvent, Snapshot};

use crate::places::{ANNA, BEN, NOBODY, Place, each, event};

/// Appends to Anna's stream in a unit of its own.
async fn append(place: &Place, expected: Expected, events: &[NewEvent]) -> String {
    let mut unit = place.store.begin().await.unwrap();
    let version = match unit.append(ANNA, expected, events).await {
        Ok(version) => version,
        Err(error) => return error.to_string(),
    };
    unit.commit().await.unwrap();
    version.to_string()
}

async fn data(place: &Place) -> Vec<String> {
    let events = place.store.events(ANNA, 0, 100).await.unwrap();
    events.into_iter().map(|event| event.data).collect()
}

#[tokio::test]
async fn facts_append_in_any_order_and_once() {
    each(async |place| {
        let (a, b, c) = (event(1, "a"), event(2, "b"), event(3, "c"));
        assert_eq!(append(place, Expected::Any, &[]).await, "0");
        assert_eq!(append(place, Expected::Any, &[b.clone(), a.clone()]).await, "2");
        assert_eq!(append(place, Expected::Any, &[a.clone(), c, b]).await, "3");
        let recorded_later = NewEvent { recorded_at_ms: a.recorded_at_ms + 9, ..a };
        assert_eq!(append(place, Expected::Any, &[recorded_later]).await, "3");
        assert_eq!(data(place).await, ["b", "a", "c"]);
    })
    .await;
}

#[tokio::test]
async fn decisions_need_the_version_that_they_were_made_on() {
    each(async |place| {
        let (a, b, c) = (event(1, "a"), event(2, "b"), event(3, "c"));
        assert_eq!(append(place, Expected::Exact(0), std::slice::from_ref(&a)).await, "1");
        let late = append(place, Expected::Exact(0), std::slice::from_ref(&b)).await;
        assert_eq!(late, "the stream is at version 1 by now; read it again");
        assert_eq!(append(place, Expected::Exact(1), &[b.clone(), c]).await, "3");
        // Handed in again, since the answer was lost.
        assert_eq!(append(place, Expected::Exact(0), &[a]).await, "3");
        assert_eq!(
            append(place, Expected::Exact(1), &[b, event(4, "d")]).await,
            "the stream is at version 3 by now; read it again"
        );
        assert_eq!(
            append(place, Expected::Exact(9), &[]).await,
            "the stream is at version 3 by now; read it again"
        );
        assert_eq!(data(place).await, ["a", "b", "c"]);
    })
    .await;
}

#[tokio::test]
async fn a_unit_goes_on_after_a_conflict() {
    each(async |place| {
        append(place, Expected::Any, &[event(1, "a")]).await;
        let mut unit = place.store.begin().await.unwrap();
        let error = unit.append(ANNA, Expected::Exact(0), &[event(2, "b")]).await.unwrap_err();
        let Error::Conflict { version } = error else { panic!("{error}") };
        unit.append(ANNA, Expected::Exact(version), &[event(2, "b")]).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(data(place).await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn an_id_is_not_used_for_something_else() {
    each(async |place| {
        append(place, Expected::Any, &[event(1, "a")]).await;
        let other: [fn(&mut NewEvent); 9] = [
            |event| event.kind.push('x'),
            |event| event.schema_version += 1,
            |event| event.actor = BEN,
            |event| event.actor_kind.push('x'),
            |event| event.occurred_at_ms += 1,
            |event| event.tz.push('x'),
            |event| event.local_date.push('x'),
            |event| event.data.push('x'),
            |event| event.data.clear(),
        ];
        for change in other {
            let mut changed = event(1, "a");
            change(&mut changed);
            let mut unit = place.store.begin().await.unwrap();
            let events = [event(2, "b"), changed];
            let error = unit.append(ANNA, Expected::Any, &events).await.unwrap_err();
            assert!(
                matches!(error, Error::EventReused { event_id } if event_id == events[1].event_id)
            );
            // The first of the two was written by then.
            assert!(matches!(unit.commit().await, Err(Error::Unfinished)));
        }
        assert_eq!(data(place).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn streams_do_not_know_of_each_other() {
    each(async |place| {
        let mut unit = place.store.begin().await.unwrap();
        unit.append(ANNA, Expected::Any, &[event(1, "hers"), event(2, "hers")]).await.unwrap();
        unit.append(BEN, Expected::Exact(0), &[event(1, "his")]).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(place.store.version(ANNA).await.unwrap(), 2);
        assert_eq!(place.store.version(BEN).await.unwrap(), 1);
        assert_eq!(place.store.version(NOBODY).await.unwrap(), 0);
        assert_eq!(place.store.events(BEN, 0, 9).await.unwrap()[0].data, "his");
        assert!(place.store.events(NOBODY, 0, 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_for_nobody() {
    each(async |place| {
        let mut unit = place.store.begin().await.unwrap();
        let error = unit.append(NOBODY, Expected::Any, &[event(1, "a")]).await.unwrap_err();
        assert!(matches!(error, Error::NoAccount), "{error:?}");
        assert!(matches!(unit.commit().await, Err(Error::Unfinished)));
        let mut unit = place.store.begin().await.unwrap();
        let snapshot = Snapshot { version: 0, data: vec![1] };
        let error = unit.keep_snapshot(NOBODY, "state", 1, &snapshot).await.unwrap_err();
        assert!(matches!(error, Error::NoAccount), "{error:?}");
        drop(unit);
        assert_eq!(place.count("select count(*) from events").await, 0);
        assert_eq!(place.count("select count(*) from streams").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_unit_never_was() {
    each(async |place| {
        append(place, Expected::Any, &[event(1, "a")]).await;
        let mut unit = place.store.begin().await.unwrap();
        unit.append(ANNA, Expected::Any, &[event(2, "b")]).await.unwrap();
        let snapshot = Snapshot { version: 2, data: vec![1] };
        unit.keep_snapshot(ANNA, "state", 1, &snapshot).await.unwrap();
        drop(unit);
        assert_eq!(append(place, Expected::Exact(1), &[event(3, "c")]).await, "2");
        assert_eq!(data(place).await, ["a", "c"]);
        assert_eq!(place.store.snapshot(ANNA, "state", 1).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn events_are_read_in_pages_and_to_the_letter() {
    each(async |place| {
        let odd = event(3, "{\"note\": \"Kniebeuge 🏋 'x' \\u0000\",  \"n\":1.50}");
        append(place, Expected::Any, &[event(1, "a"), event(2, "b"), odd.clone()]).await;
        let store = place.reopened().await;
        let first = store.events(ANNA, 0, 2).await.unwrap();
        assert_eq!(first.iter().map(|event| event.version).collect::<Vec<_>>(), [1, 2]);
        let rest = store.events(ANNA, 2, 2).await.unwrap();
        assert!(rest[0].position > first[1].position);
        assert_eq!(NewEvent::from(rest[0].clone()), odd);
        assert_eq!(rest.len(), 1);
        assert!(store.events(ANNA, u64::MAX, 2).await.unwrap().is_empty());
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_is_the_newest_of_its_revision() {
    each(async |place| {
        let keep = async |rev: u32, version: u64| {
            let snapshot = Snapshot { version, data: vec![0, 255, 7] };
            let mut unit = place.store.begin().await.unwrap();
            unit.keep_snapshot(ANNA, "state", rev, &snapshot).await.unwrap();
            unit.commit().await.unwrap();
        };
        let kept = async |rev: u32| {
            let snapshot = place.store.snapshot(ANNA, "state", rev).await.unwrap();
            snapshot.map(|snapshot| (snapshot.version, snapshot.data))
        };
        assert_eq!(kept(1).await, None);
        keep(1, 5).await;
        keep(1, 4).await;
        assert_eq!(kept(1).await, Some((5, vec![0, 255, 7])));
        assert_eq!(kept(2).await, None);
        keep(2, 3).await;
        assert_eq!(kept(1).await, None);
        assert_eq!(kept(2).await, Some((3, vec![0, 255, 7])));
        assert_eq!(place.store.snapshot(BEN, "state", 2).await.unwrap(), None);
        assert_eq!(place.store.snapshot(ANNA, "other", 2).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_decisions_on_one_version_one_wins() {
    each(async |place| {
        let tasks: Vec<_> = (1..=16)
            .map(|id| {
                let store = place.store.clone();
                tokio::spawn(async move {
                    let mut unit = store.begin().await.unwrap();
                    let done = unit.append(ANNA, Expected::Exact(0), &[event(id, "a")]).await;
                    if done.is_ok() {
                        unit.commit().await.unwrap();
                    }
                    done.is_ok()
                })
            })
            .collect();
        let mut n_won = 0;
        for task in tasks {
            n_won += usize::from(task.await.unwrap());
        }
        assert_eq!(n_won, 1);
        assert_eq!(place.store.version(ANNA).await.unwrap(), 1);
    })
    .await;
}
