//! Accounts and their names.

use store::Error;
use uuid::Uuid;

use crate::places::{ANNA, NOBODY, account, each};

#[tokio::test]
async fn a_name_is_taken_in_whatever_capitals() {
    each(async |place| {
        let store = &place.store;
        // The second is written with a letter and an accent apart.
        for (n, name) in ["Zoë", "Ünal", "Straße 7"].into_iter().enumerate() {
            store.create_account(&account(Uuid::from_u128(100 + n as u128), name)).await.unwrap();
        }
        for taken in
            ["anna", "ANNA", " Anna ", "ZOE\u{308}", "u\u{308}nal", "ＡＮＮＡ", "straße ７"]
        {
            let error = store.create_account(&account(NOBODY, taken)).await.unwrap_err();
            assert!(matches!(error, Error::NameTaken), "{taken}");
            assert!(store.account_named(taken).await.unwrap().is_some(), "{taken}");
        }
        assert_eq!(store.account_named("an na").await.unwrap(), None);
        assert_eq!(store.account_named("Zoë").await.unwrap().unwrap().name, "Zoë");
        let names: Vec<_> =
            store.accounts().await.unwrap().into_iter().map(|account| account.name).collect();
        assert_eq!(names, ["Anna", "Ben", "Straße 7", "Zoë", "Ünal"]);
    })
    .await;
}

#[tokio::test]
async fn passwords_and_roles_change() {
    each(async |place| {
        let store = &place.store;
        store.set_password(ANNA, Some("$argon2id$x")).await.unwrap();
        store.set_role(ANNA, "admin").await.unwrap();
        let anna = place.reopened().await.account(ANNA).await.unwrap().unwrap();
        assert_eq!(anna.password.as_deref(), Some("$argon2id$x"));
        assert_eq!(anna.role, "admin");
        assert!(!format!("{anna:?}").contains("argon2id"));
        store.set_password(ANNA, None).await.unwrap();
        assert_eq!(store.account(ANNA).await.unwrap().unwrap().password, None);
        assert!(matches!(store.set_password(NOBODY, None).await, Err(Error::NoAccount)));
        assert!(matches!(store.set_role(NOBODY, "x").await, Err(Error::NoAccount)));
        assert_eq!(store.account(NOBODY).await.unwrap(), None);
    })
    .await;
}
