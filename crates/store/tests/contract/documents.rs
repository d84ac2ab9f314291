//! What is kept without a history.

use store::Document;

use crate::places::{ANNA, BEN, each};

fn document(id: &str, body: &str) -> Document {
    Document { id: id.to_owned(), body: body.to_owned(), changed_at_ms: 5 }
}

#[tokio::test]
async fn documents_are_put_replaced_and_deleted() {
    each(async |place| {
        let mut unit = place.store.begin().await.unwrap();
        for (account, kind, id, body) in [
            (ANNA, "reference", "b", "1"),
            (ANNA, "reference", "a", "2"),
            (ANNA, "passkey", "a", "3"),
            (BEN, "reference", "a", "4"),
            (ANNA, "reference", "b", "5"),
        ] {
            unit.put_document(account, kind, &document(id, body)).await.unwrap();
        }
        unit.commit().await.unwrap();
        let store = place.reopened().await;
        let hers = store.documents(ANNA, "reference").await.unwrap();
        assert_eq!(hers, [document("a", "2"), document("b", "5")]);
        assert_eq!(store.document(BEN, "reference", "a").await.unwrap(), Some(document("a", "4")));
        assert_eq!(store.document(BEN, "passkey", "a").await.unwrap(), None);

        let mut unit = place.store.begin().await.unwrap();
        assert!(unit.delete_document(ANNA, "reference", "a").await.unwrap());
        assert!(!unit.delete_document(ANNA, "reference", "a").await.unwrap());
        unit.commit().await.unwrap();
        assert_eq!(store.documents(ANNA, "reference").await.unwrap(), [document("b", "5")]);
        assert_eq!(store.documents(ANNA, "passkey").await.unwrap(), [document("a", "3")]);
        store.close().await;
    })
    .await;
}
