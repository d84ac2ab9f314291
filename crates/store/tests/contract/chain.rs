//! A changed, missing or added event is found.

use store::{Chain, Expected};

use crate::places::{ANNA, BEN, NOBODY, each, event};

#[tokio::test]
async fn a_chain_tells_where_it_breaks() {
    let table = [
        ("update events set data = 'x' where version = 2", 2),
        ("update events set local_date = '2024-01-01' where version = 3", 3),
        ("update events set recorded_at_ms = 5 where version = 1", 1),
        ("delete from events where version = 2", 2),
        ("delete from events where version = 3", 3),
        ("delete from events", 1),
        ("update events set hash = prev_hash where version = 3", 3),
        ("update streams set version = 4", 4),
        ("update streams set version = 2", 2),
    ];
    for (tamper, broken) in table {
        each(async |place| {
            let mut unit = place.store.begin().await.unwrap();
            let events = [event(1, "a"), event(2, "b"), event(3, "c")];
            unit.append(ANNA, Expected::Any, &events).await.unwrap();
            unit.commit().await.unwrap();
            assert_eq!(place.store.verify(ANNA).await.unwrap(), Chain::Whole { version: 3 });
            place.run(tamper).await;
            let found = place.store.verify(ANNA).await.unwrap();
            assert_eq!(found, Chain::Broken { version: broken }, "{tamper}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_chain_goes_on_over_units_and_pages() {
    each(async |place| {
        for unit_idx in 0..3 {
            let mut unit = place.store.begin().await.unwrap();
            let events: Vec<_> = (0..700).map(|n| event(unit_idx * 700 + n, "a")).collect();
            unit.append(ANNA, Expected::Any, &events).await.unwrap();
            unit.append(BEN, Expected::Any, &events[..10]).await.unwrap();
            unit.commit().await.unwrap();
        }
        assert_eq!(place.store.verify(ANNA).await.unwrap(), Chain::Whole { version: 2100 });
        assert_eq!(place.store.verify(BEN).await.unwrap(), Chain::Whole { version: 30 });
        assert_eq!(place.store.verify(NOBODY).await.unwrap(), Chain::Whole { version: 0 });
    })
    .await;
}
