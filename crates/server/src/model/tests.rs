//! A model on a raw socket that is slow, wrong, unwilling or good; and the plan that comes of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use catalog::Catalog;
use coach::draft::{self, Ask};
use llm::{Day, Model};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::Instant;
use training::athlete::Source;
use training::exercise::{Facts, Role};
use training::planner::{Intake, plan, rules};
use training::program::Program;
use units::Language;

use super::{DEADLINE, Edited, Outcome, edited};

const DAY: Day = Day(20_000);

struct Somebody {
    intake: Intake,
    library: Vec<Facts>,
    program: Program,
}

impl Somebody {
    fn new() -> Self {
        let catalog = Catalog::builtin().unwrap();
        let library: Vec<Facts> =
            catalog.library().iter().map(|entry| entry.facts.clone()).collect();
        let intake: Intake = serde_json::from_value(json!({
            "goal": "back_strength", "level": "beginner", "weekdays": ["mon", "thu"], "minutes": 45,
            "kit": ["mat", "wall", "chair", "band", "dumbbells"], "limits": ["neck_pain"],
        }))
        .unwrap();
        let program = plan(&intake, &library).unwrap();
        Self { intake, library, program }
    }

    fn ask(&self) -> Ask<'_> {
        Ask {
            intake: &self.intake,
            program: &self.program,
            library: &self.library,
            wishes: &[],
            language: Language::English,
        }
    }

    /// A draft that breaks no rule.
    fn good(&self) -> String {
        let items = &self.program.weeks[0].workouts[0].items;
        let mut work = items.iter().filter(|item| item.role == Role::Work);
        let id = work.next().unwrap().exercise.as_str();
        let edit = json!({
            "op": "move", "day": "mon", "exercise": id, "to": "none", "sets": 0, "low": 0, "high": 0,
            "rest_secs": 0, "why": "You do it last, with the calm that it needs.",
        });
        json!({"edits": [edit], "notes": "One change for you."}).to_string()
    }
}

/// What the server does with a request.
#[derive(Clone)]
enum Act {
    /// Answers with a stream of this text, and this reason.
    Say(String, &'static str),
    /// Answers with these bytes.
    Raw(String),
    /// Stops the clock and says nothing.
    Stall,
    /// Stops the clock and says a letter every second, for ever.
    Drip,
}

fn stream(events: &[Value]) -> String {
    let events: String = events.iter().map(|event| format!("data: {event}\n\n")).collect();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{events}"
    )
}

fn chunk(text: &str, reason: Option<&str>) -> Value {
    json!({"model": "qwen3:8b", "choices": [{"delta": {"content": text}, "finish_reason": reason}]})
}

/// A server that does this with each request, in order; and the bodies of those.
async fn server(acts: Vec<Act>) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let heard: Arc<Mutex<Vec<Value>>> = Arc::default();
    let hears = Arc::clone(&heard);
    tokio::spawn(async move {
        for act in acts {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut bytes = Vec::new();
            let body = loop {
                socket.read_buf(&mut bytes).await.unwrap();
                let text = String::from_utf8_lossy(&bytes);
                let body = text.split_once("\r\n\r\n").map(|(_, body)| body);
                if let Some(Ok(body)) = body.map(serde_json::from_str) {
                    break body;
                }
            };
            hears.lock().unwrap().push(body);
            let answer = match act {
                Act::Say(text, reason) => {
                    let usage = json!({"choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 50}});
                    stream(&[chunk(&text, None), chunk("", Some(reason)), usage])
                }
                Act::Raw(answer) => answer,
                Act::Stall => {
                    tokio::time::pause();
                    std::future::pending().await
                }
                Act::Drip => {
                    socket.write_all(stream(&[]).as_bytes()).await.unwrap();
                    tokio::time::pause();
                    let letter = format!("data: {}\n\n", chunk("x", None));
                    while socket.write_all(letter.as_bytes()).await.is_ok() {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                    continue;
                }
            };
            drop(socket.write_all(answer.as_bytes()).await);
        }
    });
    (base, heard)
}

fn model(base: &str, more: &Value) -> Model {
    let mut settings = json!({
        "provider": "openai_compatible", "base_url": base, "model": "some-model", "retries": 0,
        "capabilities": {"some-model": {"json_schema": true}},
    });
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    Model::open(serde_json::from_value(settings).unwrap(), |_| None).unwrap()
}

/// Asks a server that does this, and checks what must hold whatever it did.
async fn asked(somebody: &Somebody, acts: Vec<Act>) -> (Edited, Vec<Value>) {
    let (base, heard) = server(acts).await;
    let edited = edited(&model(&base, &json!({})), &somebody.ask(), DAY, DEADLINE).await;
    let broken = rules::violations(&edited.program, &somebody.intake, &somebody.library);
    assert_eq!(broken, []);
    if edited.source == Source::Deterministic {
        assert_eq!((&edited.program, &edited.remarks), (&somebody.program, &None));
    }
    assert_eq!(edited.record.prompt_hash.len(), 64);
    let heard = heard.lock().unwrap().clone();
    assert_eq!(usize::from(edited.record.attempts), heard.len());
    (edited, heard)
}

fn say(text: &str) -> Act {
    Act::Say(text.to_owned(), "stop")
}

#[tokio::test]
async fn a_good_draft_is_taken_at_once() {
    let somebody = Somebody::new();
    let (edited, heard) = asked(&somebody, vec![say(&somebody.good())]).await;
    assert_eq!((edited.source, edited.record.outcome), (Source::Model, Outcome::Taken));
    assert_ne!(edited.program, somebody.program);
    let remarks = "One change for you.\nYou do it last, with the calm that it needs.";
    assert_eq!(edited.remarks.as_deref(), Some(remarks));
    assert_eq!((edited.record.attempts, edited.record.usage.total()), (1, 1050));
    assert_eq!((edited.record.model.as_str(), edited.record.schema_rev), ("qwen3:8b", 1));
    assert_eq!(edited.record.faults, []);
    assert_eq!(heard[0]["response_format"]["type"], "json_schema");
}

#[tokio::test]
async fn a_model_that_changes_and_says_nothing_made_nothing() {
    let somebody = Somebody::new();
    let (edited, _) = asked(&somebody, vec![say(r#"{"edits":[],"notes":""}"#)]).await;
    assert_eq!((edited.source, edited.record.outcome), (Source::Deterministic, Outcome::Taken));
    let says = r#"{"edits":[],"notes":"The plan is good as it is."}"#;
    let (edited, _) = asked(&somebody, vec![say(says)]).await;
    assert_eq!(edited.source, Source::Model);
    assert_eq!(edited.remarks.as_deref(), Some("The plan is good as it is."));
}

#[tokio::test]
async fn faults_are_told_and_repaired() {
    let somebody = Somebody::new();
    let unknown = somebody.good().replace("\"op\":\"move\"", "\"op\":\"teleport\"");
    let cut = Act::Say("{\"edits\":[".to_owned(), "length");
    let (edited, heard) = asked(&somebody, vec![say(&unknown), cut, say(&somebody.good())]).await;
    assert_eq!((edited.source, edited.record.attempts), (Source::Model, 3));
    let rules: Vec<&str> = edited.record.faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, ["H1", "H1"]);
    assert_eq!(edited.record.usage.total(), 3150);
    let last =
        |n: usize| heard[n]["messages"].as_array().unwrap().last().unwrap()["content"].clone();
    assert!(last(1).as_str().unwrap().contains("unknown variant `teleport`"), "{}", last(1));
    assert!(last(2).as_str().unwrap().contains("cut off"), "{}", last(2));
    let n_turns: Vec<usize> =
        heard.iter().map(|body| body["messages"].as_array().unwrap().len()).collect();
    assert_eq!(n_turns, [2, 4, 4], "system and user, then the newest answer and its faults");
}

#[tokio::test]
async fn after_two_repairs_the_plan_stays_as_it_was() {
    let somebody = Somebody::new();
    let (edited, _) =
        asked(&somebody, vec![say("no"), say("no"), say("no"), say("never asked")]).await;
    assert_eq!((edited.source, edited.record.outcome), (Source::Deterministic, Outcome::Faulty));
    assert_eq!((edited.record.attempts, edited.record.faults.len()), (3, 3));
}

#[tokio::test]
async fn a_refusal_is_not_argued_with() {
    let somebody = Somebody::new();
    let filtered = Act::Say("I can".to_owned(), "content_filter");
    let refused = Act::Raw(
        stream(&[
            json!({"model": "m", "choices": [{"delta": {"refusal": "I won't."}, "finish_reason": "stop"}]}),
        ]) + "data: [DONE]\n\n",
    );
    for act in [filtered, refused] {
        let (edited, _) = asked(&somebody, vec![act, say(&somebody.good())]).await;
        assert_eq!(
            (edited.source, edited.record.outcome),
            (Source::Deterministic, Outcome::Refused)
        );
        assert_eq!(edited.record.attempts, 1);
    }
}

#[tokio::test]
async fn whatever_a_server_sends_there_is_a_plan() {
    let somebody = Somebody::new();
    let status = |line: &str| Act::Raw(format!("HTTP/1.1 {line}\r\nconnection: close\r\n\r\n"));
    for act in [
        status("500 Internal Server Error"),
        status("401 Unauthorized"),
        status("302 Found\r\nlocation: http://elsewhere.example/"),
        Act::Raw(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"error\":\"no\"}"
                .to_owned(),
        ),
        Act::Raw("SSH-2.0-OpenSSH_9.9\r\n".to_owned()),
        Act::Raw(String::new()),
        Act::Raw(stream(&[chunk("{\"edits\"", None)])),
        Act::Raw(stream(&[json!({"error": {"message": "out of memory", "code": 500}})])),
        Act::Raw(stream(&vec![chunk(&"x".repeat(100_000), None); 100])),
    ] {
        let (edited, _) = asked(&somebody, vec![act]).await;
        assert_eq!(
            (edited.source, edited.record.outcome),
            (Source::Deterministic, Outcome::Failed)
        );
    }
}

#[tokio::test]
async fn a_silent_model_is_left_at_the_deadline() {
    let somebody = Somebody::new();
    let begun = Instant::now();
    let (edited, _) = asked(&somebody, vec![Act::Stall]).await;
    let waited = begun.elapsed();
    assert_eq!((edited.source, edited.record.outcome), (Source::Deterministic, Outcome::Late));
    assert!(
        waited >= DEADLINE - Duration::from_secs(1) && waited < DEADLINE + Duration::from_secs(1),
        "{waited:?}"
    );
}

#[tokio::test]
async fn a_model_that_never_ends_is_left_at_the_deadline() {
    let somebody = Somebody::new();
    let begun = Instant::now();
    let (edited, _) = asked(&somebody, vec![Act::Drip]).await;
    let waited = begun.elapsed();
    assert_eq!((edited.source, edited.record.outcome), (Source::Deterministic, Outcome::Late));
    assert!(
        waited >= DEADLINE - Duration::from_secs(1) && waited < DEADLINE + Duration::from_secs(1),
        "{waited:?}"
    );
}

#[tokio::test]
async fn a_model_that_stalls_in_a_repair_is_left_at_the_same_deadline() {
    let somebody = Somebody::new();
    let begun = Instant::now();
    let (edited, _) = asked(&somebody, vec![say("no"), Act::Stall]).await;
    let waited = begun.elapsed();
    assert_eq!((edited.record.outcome, edited.record.attempts), (Outcome::Late, 2));
    assert_eq!(edited.record.faults.len(), 1, "what was heard before is kept");
    assert!(waited < DEADLINE + Duration::from_secs(1), "{waited:?}");
}

#[tokio::test]
async fn no_model_is_asked_that_is_off_or_spent() {
    let somebody = Somebody::new();
    for more in
        [json!({"enabled": false}), json!({"daily_tokens": 100}), json!({"call_tokens": 100})]
    {
        let (base, heard) = server(vec![say(&somebody.good())]).await;
        let edited = edited(&model(&base, &more), &somebody.ask(), DAY, DEADLINE).await;
        assert_eq!(
            (edited.source, edited.record.outcome),
            (Source::Deterministic, Outcome::Failed)
        );
        assert_eq!(edited.program, somebody.program);
        assert!(heard.lock().unwrap().is_empty(), "{more}");
    }
}

#[test]
fn every_provider_compiles_the_shape_of_a_draft() {
    let somebody = Somebody::new();
    let all: Vec<&Facts> = somebody.library.iter().collect();
    let size = llm::schema::measure(&draft::schema(&all)).unwrap();
    assert_eq!((size.n_optional, size.n_unions, size.depth), (0, 0, 3));
}

#[test]
fn the_same_question_has_the_same_hash() {
    let (one, mut other) = (Somebody::new(), Somebody::new());
    let hash = |somebody: &Somebody| super::hash(&super::request(&somebody.ask()));
    assert_eq!(hash(&one), hash(&other));
    other.intake.minutes += 1;
    assert_ne!(hash(&one), hash(&other));
}
