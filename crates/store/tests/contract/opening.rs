//! Opening a database, and what is said when it cannot be opened.

use store::{Expected, Store};

use crate::places::{ANNA, Kind, each, event};

#[tokio::test]
async fn what_was_kept_is_there_after_reopening() {
    each(async |place| {
        let mut unit = place.store.begin().await.unwrap();
        unit.append(ANNA, Expected::Any, &[event(1, "a")]).await.unwrap();
        unit.commit().await.unwrap();
        place.store.clone().close().await;
        let store = place.reopened().await;
        assert_eq!(store.version(ANNA).await.unwrap(), 1);
        assert_eq!(store.accounts().await.unwrap().len(), 2);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    each(async |place| {
        place.store.clone().close().await;
        place
            .run(
                "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                 values (9999, 'later', true, '', 0)",
            )
            .await;
        let error = Store::open(&place.url).await.unwrap_err().to_string();
        assert!(error.contains("a newer spotter made it"), "{error}");
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    each(async |place| {
        let Kind::Sqlite(folder) = &place.kind else { return };
        let path = folder.path().join("new/folder/spotter.db");
        let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
        let mut modes = Vec::new();
        for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            modes.push(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777);
        }
        assert_eq!(modes, [0o600; 3], "the database, its log and its index");
        let folder = std::fs::metadata(path.parent().unwrap()).unwrap();
        assert_eq!(folder.permissions().mode() & 0o777, 0o700);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_opened_names_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "this is no database, and it is longer than a header").unwrap();
    let no_database = format!("sqlite://{}", file.display());
    let no_folder = format!("sqlite://{}/spotter.db", file.display());
    for (url, expected) in [
        (no_database.as_str(), "check that its folder can be written"),
        (no_folder.as_str(), "check that its folder can be written"),
        ("mysql://root:secret@localhost/x", "write `sqlite:///folder/file.db`"),
        ("postgres://root:secret@localhost:x/x", "write it as `postgres://"),
        ("postgres://root:secret@127.0.0.1:1/x", "check that the server runs"),
    ] {
        let error = Store::open(url).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{url}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}
