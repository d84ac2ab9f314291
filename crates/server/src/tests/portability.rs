//! Taking everything along, bringing it elsewhere, and deleting it without a trace.

use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::house::House;
use super::members::JSON;

async fn send(house: &House, line: &str, body: &Value) -> Value {
    let answer = house.ask(&format!("{line}\n{JSON}\n\n{body}")).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

/// Somebody with a history; `canary` is in everything that they wrote.
async fn lived_in(house: &House, canary: &str) {
    let profile = json!({
        "goal": "gain_mass", "level": "beginner", "weekdays": ["mon", "thu"], "minutes": 40, "kit": ["mat"],
        "limits": ["wrist_pain"], "consent": {"health": true},
    });
    send(house, "PUT /api/v1/profile", &profile).await;
    let goal = json!({"goal": "gain_mass", "level": "beginner", "constraints": [canary]});
    let plan =
        send(house, "POST /plans\nIdempotency-Key: 019a9f00-0000-7000-8000-000000000001", &goal)
            .await;
    let edits = format!("POST /api/v1/plans/{}/edits", plan["id"].as_str().unwrap());
    send(house, &edits, &json!({"op": "move_day", "day": "Mon", "to": "Tue"})).await;
    let mut reference: Value = serde_json::from_str(super::bodies::PUSH_UP).unwrap();
    reference["metadata"]["notes"] = canary.into();
    send(house, "POST /references", &reference).await;
}

async fn import(house: &House, zip: Vec<u8>) -> String {
    house.ask_with("POST /api/v1/import\nContent-Type: application/zip", zip).await.told()
}

#[tokio::test]
async fn what_is_taken_along_gives_the_same_state_elsewhere() {
    let home = House::new(|_| {}).await;
    lived_in(&home, "canary").await;
    let zip = home.ask("GET /api/v1/export").await;
    assert_eq!(zip.header("content-disposition"), "attachment; filename=\"spotter.zip\"");
    let elsewhere = House::new(|_| {}).await;
    let told = import(&elsewhere, zip.bytes.clone()).await;
    assert!(told.starts_with("200 {\"version\":3"), "{told}");
    let check = async |path: &str| {
        let (here, there) =
            (home.ask(&format!("GET {path}")).await, elsewhere.ask(&format!("GET {path}")).await);
        assert_eq!(here.body, there.body, "{path}");
    };
    check("/api/v1/state").await;
    check("/api/v1/references").await;
    let again = import(&elsewhere, zip.bytes).await;
    assert_eq!(
        again,
        "409 this account has a history of its own → Import into an empty account: make one, or delete everything of this one first."
    );
}

#[tokio::test]
async fn every_schema_holds_for_what_is_exported() {
    let home = House::new(|_| {}).await;
    lived_in(&home, "canary").await;
    let zip = home.ask("GET /api/v1/export").await.bytes;
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let schema =
        |text: String| jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
    let (event, document) =
        (schema(text("schemas/event.json")), schema(text("schemas/document.json")));
    for line in text("events.jsonl").lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(event.validate(&line).is_ok(), "{line}");
        let name = match line["type"].as_str().unwrap() {
            "user_onboarded" | "profile_updated" => "profile",
            kind => kind,
        };
        let of_kind = schema(text(&format!("schemas/{name}.json")));
        let result = of_kind.validate(&line["data"]).map_err(|error| error.to_string());
        assert_eq!(result, Ok(()), "{name}");
    }
    for line in text("documents.jsonl").lines() {
        assert!(document.validate(&serde_json::from_str(line).unwrap()).is_ok(), "{line}");
    }
    assert!(text("plan.csv").starts_with(
        "week,kind,day,exercise,role,sets,low,high,unit,in_reserve,rest_s,load_g\n1,build,tue,"
    ));
    // Samples of every version that was ever written are exported as they are.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../training/tests/events");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let kind =
            path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
        let name = if kind.ends_with("onboarded") || kind.starts_with("profile") {
            "profile"
        } else {
            &kind
        };
        let sample: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let result = schema(text(&format!("schemas/{name}.json")))
            .validate(&sample)
            .map_err(|error| error.to_string());
        assert_eq!(result, Ok(()), "{}", path.display());
    }
}

#[tokio::test]
async fn what_is_no_export_is_refused_by_file_and_line() {
    let home = House::new(|_| {}).await;
    let zip = |files: &[(&str, &str)]| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let check = async |bytes: Vec<u8>, part: &str| {
        let told = import(&home, bytes).await;
        assert!(told.starts_with("422") && told.contains(part), "{told}");
    };
    check(b"PK nonsense".to_vec(), "[body] it is no ZIP").await;
    check(zip(&[]), "[events.jsonl] it is not in the ZIP").await;
    check(zip(&[("events.jsonl", ""), ("documents.jsonl", "{")]), "[documents.jsonl:1] EOF").await;
    let line = r#"{"specversion":"1.0","id":"019a9f00-0000-7000-8000-000000000001","source":"spotter","type":"flown","dataschemaversion":1,"time":"2026-11-21T00:00:00Z","timezone":"UTC","localdate":"2026-11-21","recordedtime":"2026-11-21T00:00:00Z","actorkind":"athlete","data":{}}"#;
    check(
        zip(&[("events.jsonl", line), ("documents.jsonl", "")]),
        "[events.jsonl:1] an event `flown`",
    )
    .await;
    let other = r#"{"kind":"passkey","id":"x","changed":"2026-11-21T00:00:00Z","body":{}}"#;
    check(zip(&[("events.jsonl", ""), ("documents.jsonl", other)]), "unknown kind").await;
    let bomb = "x".repeat(30 << 20);
    check(
        zip(&[("events.jsonl", &bomb), ("documents.jsonl", "")]),
        "[events.jsonl:1] the line is too long",
    )
    .await;
    let plain = home.ask(&format!("POST /api/v1/import\n{JSON}\n\n{{}}")).await.told();
    assert!(plain.starts_with("415 [Content-Type]"), "{plain}");
    assert!(home.ask("GET /api/v1/state").await.body.starts_with("{\"version\":0"));
}

/// Everything that is logged, from the finest on.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_is_deleted_leaves_no_trace() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let home = House::new(|_| {}).await;
    let canary = "canary7f3a9c";
    lived_in(&home, canary).await;
    let found = || {
        let files = std::fs::read_dir(home.folder()).unwrap().map(|file| file.unwrap().path());
        let holds = |path: &std::path::PathBuf| {
            let bytes = std::fs::read(path).unwrap();
            bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
        };
        files.filter(|path| path.is_file()).filter(holds).count()
    };
    assert!(found() > 0);
    let wrong =
        home.ask(&format!("DELETE /api/v1/me\n{JSON}\n\n{{\"confirm\": \"me\"}}")).await.told();
    assert_eq!(
        wrong,
        "422 [confirm] it is not the name of this account → Type the account's name exactly as it is shown."
    );
    let gone = home.ask(&format!("DELETE /api/v1/me\n{JSON}\n\n{{\"confirm\": \"owner\"}}")).await;
    assert_eq!(gone.status.as_u16(), 204, "{}", gone.body);
    assert_eq!(found(), 0);
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(logged.contains("Answered POST") && !logged.contains(canary), "{logged}");
    assert!(!logged.contains("wrist_pain"), "{logged}");
    let state = home.ask("GET /api/v1/state").await.body;
    assert!(state.starts_with("{\"version\":0,\"profile\":null"), "{state}");
    assert_eq!(home.ask("GET /references").await.told(), "200 []");
}
