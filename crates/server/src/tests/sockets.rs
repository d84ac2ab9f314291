//! Live sets over real sockets on the loopback address, with recorded sets as fixtures.

use std::io::Read as _;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use wire::live::LiveProtocol;

use super::bodies::recorded;
use super::house::{House, Running, no_finders};

const SQUAT: &str = r#"{"type":"start","exercise_id":"squat","width":406,"height":720}"#;

impl Running {
    async fn connect(&self) -> Client {
        self.connect_to("/api/v1/ws/session").await
    }

    pub(super) async fn connect_to(&self, path: &str) -> Client {
        let url = format!("ws://{}{path}", self.address);
        Client(tokio_tungstenite::connect_async(url).await.unwrap().0)
    }
}

pub(super) struct Client(pub(super) WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    pub(super) async fn say(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next answer, or `closed CODE reason`.
    pub(super) async fn hear(&mut self) -> String {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return text.to_string(),
                Some(Ok(Message::Close(Some(CloseFrame { code, reason })))) => {
                    return format!("closed {} {reason}", u16::from(code));
                }
                Some(Ok(_)) => {}
                other => return format!("gone {other:?}"),
            }
        }
    }

    pub(super) async fn ask(&mut self, text: &str) -> String {
        self.say(text).await;
        self.hear().await
    }

    /// Starts and gives the session's name.
    async fn start(&mut self, text: &str) -> String {
        let started: serde_json::Value = serde_json::from_str(&self.ask(text).await).unwrap();
        assert_eq!((&started["type"], &started["resumed"]), (&"started".into(), &false.into()));
        started["session"].as_str().unwrap().to_owned()
    }
}

/// A recorded set as compact frames.
pub(super) fn frames(name: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../motion/tests/golden/clips");
    let file = std::fs::File::open(format!("{folder}/{name}.jsonl.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text.lines().map(|line| line.replacen("\"t_ms\"", "\"ts_ms\"", 1)).collect()
}

fn rep_count(tick: &str) -> u64 {
    serde_json::from_str::<serde_json::Value>(tick).unwrap()["rep_count"].as_u64().unwrap()
}

/// What comes over the socket is what the same protocol says in this process, byte for byte.
async fn check(clip: &str, start: &str) {
    let running = Running::new(|settings| settings.limits.messages_per_second = 100_000).await;
    let mut client = running.connect().await;
    let catalog = catalog::Catalog::builtin().unwrap();
    let mut here = LiveProtocol::with_memory(&catalog, "", 5400);
    if !start.is_empty() {
        client.start(start).await;
        here.receive(start);
    }
    for frame in frames(clip) {
        assert_eq!(vec![client.ask(&frame).await], here.receive(&frame).messages);
    }
    let finished = here.receive(r#"{"type":"finish"}"#);
    assert_eq!(vec![client.ask(r#"{"type":"finish"}"#).await], finished.messages);
    assert_eq!(client.hear().await, here.report());
    assert_eq!(client.hear().await, "closed 1000 the set is over");
}

#[tokio::test]
async fn ticks_are_the_same_as_in_the_page_byte_for_byte() {
    check("squat_side", SQUAT).await;
    check("push_up_side", r#"{"type":"start","exercise_id":"ex_pushup"}"#).await;
    // The seed's protocol: no start, the exercise is recognized.
    check("sit_up_side", "").await;
}

/// The technique told with each repetition of a live set, and what the report compared with.
async fn technique(running: &Running, clip: &str, start: &str) -> (Vec<f64>, String) {
    let mut client = running.connect().await;
    client.start(start).await;
    let mut scores = Vec::new();
    for frame in frames(clip) {
        let tick: serde_json::Value = serde_json::from_str(&client.ask(&frame).await).unwrap();
        let reps = tick["reps"].as_array().into_iter().flatten();
        scores.extend(reps.filter_map(|rep| rep["score"].as_f64()));
    }
    client.ask(r#"{"type":"finish"}"#).await;
    let report: serde_json::Value = serde_json::from_str(&client.hear().await).unwrap();
    let reference = report["analysis"]["reference"].as_str().unwrap().to_owned();
    (scores, reference)
}

#[tokio::test]
async fn live_technique_is_compared_with_the_reference_that_was_given() {
    let house = House::new(|settings| settings.limits.messages_per_second = 100_000).await;
    let set = r#""exercise_id":"squat","width":406,"height":720"#;
    let body = recorded("squat_side", &format!(r#"{set},"id":"mine","name":"Sunday""#));
    let made =
        house.ask(&format!("POST /references\nContent-Type: application/json\n\n{body}")).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let running = Running::in_house(house, no_finders()).await;
    let (with_mine, reference) = technique(&running, "squat_side", SQUAT).await;
    assert_eq!(reference, "reference template `Sunday`");

    let usual = Running::new(|settings| settings.limits.messages_per_second = 100_000).await;
    let (without, _) = technique(&usual, "squat_side", SQUAT).await;
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    assert_eq!(with_mine.len(), without.len());
    assert!(mean(&with_mine) > mean(&without), "{with_mine:?} {without:?}");
}

#[tokio::test]
async fn a_dropped_connection_loses_no_count() {
    let running = Running::new(|settings| settings.limits.messages_per_second = 100_000).await;
    let frames = frames("squat_side");
    let (first, rest) = frames.split_at(frames.len() / 2);
    let mut whole = running.connect().await;
    whole.start(SQUAT).await;
    let mut expected = String::new();
    for frame in &frames {
        expected = whole.ask(frame).await;
    }
    assert!(rep_count(&expected) >= 2, "{expected}");

    for goodbye in ["drop", "keep open", "going away"] {
        let mut client = running.connect().await;
        let session = client.start(SQUAT).await;
        let mut last = String::new();
        for frame in first {
            last = client.ask(frame).await;
        }
        let mut old = None;
        match goodbye {
            // As when the phone leaves the network: nothing is said.
            "drop" => drop(client),
            "going away" => {
                let code = CloseFrame { code: 1001.into(), reason: "".into() };
                client.0.close(Some(code)).await.unwrap();
            }
            _ => old = Some(client),
        }
        let mut again = running.connect().await;
        let resume = format!(r#"{{"type":"start","session":"{session}"}}"#);
        let mut started = again.ask(&resume).await;
        while goodbye == "drop" && started.contains("\"resumed\":false") {
            // The server has not noticed yet; it does as soon as it is asked.
            started = again.ask(&resume).await;
        }
        let expected_start = format!(
            r#"{{"type":"started","session":"{session}","exercise_id":"squat","resumed":true,"rep_count":{}}}"#,
            rep_count(&last)
        );
        assert_eq!(started, expected_start, "{goodbye}");
        if let Some(mut old) = old {
            assert_eq!(old.hear().await, "closed 1000 this set goes on over another connection");
        }
        for frame in rest {
            last = again.ask(frame).await;
        }
        assert_eq!(last, expected, "{goodbye}");
    }
}

#[tokio::test]
async fn an_unknown_session_begins_anew_and_says_so() {
    let running = Running::new(|_| {}).await;
    let mut client = running.connect().await;
    let session = client.start(r#"{"type":"start","exercise_id":"squat","session":"gone"}"#).await;
    assert_eq!(session.len(), 22);
    assert_ne!(session, "gone");
}

#[tokio::test]
async fn hostile_messages_are_answered_and_harm_nobody() {
    let running = Running::new(|settings| settings.limits.messages_per_second = 100_000).await;
    let mut other = running.connect().await;
    other.start(SQUAT).await;
    let mut hostile = running.connect().await;
    hostile.start(SQUAT).await;
    let recorded = frames("squat_side");
    let mut others_last = String::new();
    let nested = "[".repeat(10_000);
    let big = format!("{{\"ts_ms\":1,\"lm\":\"{}\"}}", "x".repeat(70_000));
    let table = [
        ("{", "message"),
        ("", "message"),
        ("null", "message"),
        (nested.as_str(), "message"),
        ("{\"type\":\"explode\"}", "type"),
        ("{\"ts_ms\":NaN}", "message"),
        ("{\"ts_ms\":1e999}", "message"),
        ("{\"ts_ms\":\"1\"}", "ts_ms"),
        ("{\"keypoints\":{}}", "ts_ms"),
        ("{\"ts_ms\":1,\"keypoints\":{\"left_knee\":{\"x\":NaN,\"y\":0,\"score\":1}}}", "message"),
        (
            "{\"ts_ms\":1,\"keypoints\":{\"left_knee\":{\"x\":1e30,\"y\":0,\"score\":1}}}",
            "keypoints.left_knee.x",
        ),
        ("{\"ts_ms\":1,\"keypoints\":{\"tail\":{\"x\":0,\"y\":0,\"score\":1}}}", "keypoints.tail"),
        ("{\"ts_ms\":1,\"lm\":[[1]]}", "lm"),
        ("{\"type\":\"start\",\"exercise_id\":\"dance\"}", "exercise_id"),
        ("{\"type\":\"start\",\"width\":-1}", "width"),
        (big.as_str(), "message"),
    ];
    let (early, late) = recorded.split_at(table.len());
    for ((message, field), frame) in table.into_iter().zip(early) {
        let error: serde_json::Value = serde_json::from_str(&hostile.ask(message).await).unwrap();
        assert_eq!(error["type"], "error", "{message}");
        assert_eq!(error["field"], field, "{message}: {error}");
        assert!(error["message"].as_str().is_some_and(|text| text.len() > 10), "{error}");
        others_last = other.ask(frame).await;
    }
    hostile.0.send(Message::binary(vec![0; 10])).await.unwrap();
    assert!(hostile.hear().await.contains("it is binary; send JSON as text"));
    // Frames out of order and twice the same are answered, and count nothing.
    for ts_ms in [500, 100, 100, -5] {
        let tick = hostile.ask(&format!("{{\"ts_ms\":{ts_ms},\"keypoints\":{{}}}}")).await;
        assert!(tick.starts_with("{\"type\":\"tick\"") && rep_count(&tick) == 0, "{tick}");
    }
    for frame in late {
        others_last = other.ask(frame).await;
    }
    assert!(rep_count(&others_last) >= 2, "{others_last}");

    hostile.0.send(Message::text("x".repeat(1 << 20))).await.unwrap();
    assert_eq!(hostile.hear().await, "closed 1009 the message is far too large");
}

#[tokio::test]
async fn whoever_sends_rubbish_only_is_told_to_go() {
    let running = Running::new(|settings| settings.limits.messages_per_second = 100_000).await;
    let mut client = running.connect().await;
    for _ in 0..99 {
        assert!(client.ask("rubbish").await.starts_with("{\"type\":\"error\""));
    }
    client.say("rubbish").await;
    assert!(client.hear().await.starts_with("{\"type\":\"error\""));
    assert_eq!(client.hear().await, "closed 1008 too many messages could not be read");
}

#[tokio::test]
async fn whoever_floods_is_slowed_and_then_told_to_go() {
    let running = Running::new(|settings| settings.limits.messages_per_second = 1).await;
    let mut client = running.connect().await;
    let ping = r#"{"type":"ping"}"#;
    assert_eq!(client.ask(ping).await, r#"{"type":"pong"}"#);
    assert_eq!(client.ask(ping).await, r#"{"type":"pong"}"#);
    let refused = client.ask(ping).await;
    assert!(refused.contains("there are too many; send at most 1 a second"), "{refused}");
    for _ in 0..110 {
        client.say(ping).await;
    }
    let mut last = client.hear().await;
    while !last.starts_with("closed") {
        last = client.hear().await;
    }
    assert_eq!(last, "closed 1008 too many messages could not be read");
}

#[tokio::test]
async fn one_address_gets_so_many_sockets_and_other_sites_none() {
    let running = Running::new(|settings| settings.limits.sockets_per_address = 2).await;
    let _one = running.connect().await;
    let two = running.connect().await;
    let refused = |origin: Option<&str>| {
        use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
        let url = format!("ws://{}/ws/session", running.address);
        let mut request = url.into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        async move {
            match tokio_tungstenite::connect_async(request).await {
                Ok(_) => 101,
                Err(Error::Http(answer)) => answer.status().as_u16(),
                Err(error) => panic!("{error}"),
            }
        }
    };
    assert_eq!(refused(None).await, 429);
    assert_eq!(refused(Some("http://evil.example")).await, 403);
    let mut two = two;
    two.0.close(None).await.unwrap();
    while two.0.next().await.is_some() {}
    let own = format!("http://{}", running.address);
    let mut status = refused(Some(&own)).await;
    while status == 429 {
        status = refused(Some(&own)).await;
    }
    assert_eq!(status, 101);
}

#[tokio::test]
async fn a_stopping_server_says_so_to_live_sockets() {
    let running = Running::new(|_| {}).await;
    let mut client = running.connect().await;
    client.start(SQUAT).await;
    running.stop.cancel();
    assert_eq!(client.hear().await, "closed 1001 the server is stopping");
    running.done.await.unwrap();
}

#[tokio::test]
async fn a_plain_request_learns_that_this_is_a_websocket() {
    let home = House::new(|_| {}).await;
    let told = home.ask("GET /ws/session").await.told();
    assert!(told.starts_with("400 ") || told.starts_with("426 "), "{told}");
    assert_eq!(home.ask("POST /ws/session").await.status.as_u16(), 405);
}
