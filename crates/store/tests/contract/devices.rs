//! Signed-in browsers and paired phones.

use store::{Error, NewDevice};
use uuid::Uuid;

use crate::places::{ANNA, BEN, NOBODY, Place, each};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const START_MS: i64 = 1_700_000_000_000;

fn device(n: u8, account: Uuid) -> NewDevice {
    NewDevice {
        id: Uuid::from_u128(n.into()),
        account,
        token_sha256: [n; 32],
        label: "Firefox on Linux".to_owned(),
        kind: "password".to_owned(),
        created_at_ms: START_MS,
        idle_ms: 30 * DAY_MS,
        expires_at_ms: START_MS + 90 * DAY_MS,
    }
}

async fn knows(place: &Place, n: u8, after_ms: i64) -> bool {
    place.store.device(&[n; 32], START_MS + after_ms).await.unwrap().is_some()
}

#[tokio::test]
async fn a_device_is_known_by_its_token() {
    each(async |place| {
        place.store.add_device(&device(1, ANNA)).await.unwrap();
        let (device_1, account) = place.store.device(&[1; 32], START_MS).await.unwrap().unwrap();
        assert_eq!((account.id, account.name.as_str()), (ANNA, "Anna"));
        assert_eq!(device_1.seen_at_ms, START_MS);
        assert_eq!(place.store.devices(ANNA).await.unwrap(), [device_1]);
        assert!(!knows(place, 2, 0).await);
        let nobodys = place.store.add_device(&device(2, NOBODY)).await;
        assert!(matches!(nobodys, Err(Error::NoAccount)));
    })
    .await;
}

#[tokio::test]
async fn a_device_expires() {
    each(async |place| {
        let id = Uuid::from_u128(1);
        place.store.add_device(&device(1, ANNA)).await.unwrap();
        place.store.add_device(&device(2, ANNA)).await.unwrap();
        assert!(knows(place, 1, 30 * DAY_MS - 1).await);
        assert!(!knows(place, 1, 30 * DAY_MS).await);
        for day in [25, 50, 75] {
            place.store.touch_device(id, START_MS + day * DAY_MS).await.unwrap();
        }
        // An old note that comes late changes nothing.
        place.store.touch_device(id, START_MS + DAY_MS).await.unwrap();
        assert!(knows(place, 1, 90 * DAY_MS - 1).await);
        assert!(!knows(place, 1, 90 * DAY_MS).await);
        // One that is signed out is not brought back.
        place.store.touch_device(Uuid::from_u128(2), START_MS + 31 * DAY_MS).await.unwrap();
        assert!(!knows(place, 2, 32 * DAY_MS).await);
        assert_eq!(place.store.sweep(START_MS + 31 * DAY_MS).await.unwrap().devices, 1);
        assert_eq!(place.store.sweep(START_MS + 90 * DAY_MS).await.unwrap().devices, 1);
        assert!(place.store.devices(ANNA).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn devices_are_forgotten_one_by_one_or_together() {
    each(async |place| {
        for n in 1..=4 {
            place.store.add_device(&device(n, ANNA)).await.unwrap();
        }
        place.store.add_device(&device(5, BEN)).await.unwrap();
        let id = |n: u8| Uuid::from_u128(n.into());
        assert!(!place.store.forget_device(BEN, id(1)).await.unwrap());
        assert!(place.store.forget_device(ANNA, id(1)).await.unwrap());
        assert!(!place.store.forget_device(ANNA, id(1)).await.unwrap());
        assert_eq!(place.store.forget_devices(ANNA, Some(id(3))).await.unwrap(), 2);
        assert!(knows(place, 3, 0).await);
        assert_eq!(place.store.forget_devices(ANNA, None).await.unwrap(), 1);
        assert!(!knows(place, 3, 0).await);
        assert!(knows(place, 5, 0).await);
    })
    .await;
}
