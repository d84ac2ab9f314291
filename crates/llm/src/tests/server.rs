//! A server on a raw socket that does what a script says, and what the model makes of it.
//!
//! No test waits: a script that stalls stops the clock first, and tokio then jumps to the next timer.

use std::sync::{Arc, Mutex};

use expect_test::{Expect, expect};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::{
    Day, Error, Image, ImageKind, Message, Model, Provider, Reply, Request, Settings, Stop,
};

const DAY: Day = Day(20_000);
const KEY: &str = "sk-very-secret";

/// What the server does with a connection, after it has read the request.
#[derive(Clone)]
enum Act {
    /// Sends this, byte by byte.
    Send(String),
    /// Sends this at once.
    Blob(Vec<u8>),
    /// Stops the clock: what is waited for from here on is over at once.
    StopClock,
    /// Lets it run again.
    RunClock,
    /// Keeps the connection, and says nothing more.
    Stall,
    /// Breaks the connection. Without this, it is closed in order.
    Reset,
}

use Act::{Blob, Reset, RunClock, Send, Stall, StopClock};

/// Requests as they came, head and body.
type Heard = Arc<Mutex<Vec<String>>>;

/// A server with a script for each connection, in order.
async fn server(scripts: Vec<Vec<Act>>) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let heard = Heard::default();
    let hears = Arc::clone(&heard);
    tokio::spawn(async move {
        for script in scripts {
            let (mut socket, _) = listener.accept().await.unwrap();
            let request = request(&mut socket).await;
            hears.lock().unwrap().push(request);
            for act in script {
                match act {
                    Send(text) => {
                        for byte in text.as_bytes().chunks(1) {
                            // The client may have hung up.
                            let _hung_up = socket.write_all(byte).await;
                            let _hung_up = socket.flush().await;
                        }
                    }
                    Blob(bytes) => drop(socket.write_all(&bytes).await),
                    StopClock => tokio::time::pause(),
                    RunClock => tokio::time::resume(),
                    Stall => std::future::pending().await,
                    Reset => socket.set_zero_linger().unwrap(),
                }
            }
        }
        // Whoever comes too often is told apart from whoever may come.
        drop(listener);
    });
    (base, heard)
}

async fn request(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_ascii_lowercase();
            let length = length.split("content-length: ").nth(1).unwrap_or("0");
            let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
            if body.len() >= length {
                return text.into_owned();
            }
        }
        if socket.read_buf(&mut bytes).await.unwrap() == 0 {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
    }
}

fn head(status: &str, headers: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\n\r\n")
}

fn stream(name: &str) -> Act {
    let path = format!("{}/cassettes/{name}.sse", env!("CARGO_MANIFEST_DIR"));
    let body = std::fs::read_to_string(path).unwrap();
    Send(head("200 OK", "content-type: text/event-stream\r\n") + &body)
}

fn refusal(status: &str, headers: &str, body: &str) -> Act {
    Send(head(status, headers) + body)
}

fn settings(base: &str, provider: &str, more: &str) -> Settings {
    let text = format!(
        "provider = '{provider}'\nbase_url = '{base}'\nmodel = 'some-model'\napi_key_env = 'KEY'\n{more}"
    );
    toml::from_str(&text).unwrap()
}

fn model(base: &str, provider: Provider, more: &str) -> Model {
    let provider = match provider {
        Anthropic => "anthropic",
        OpenaiCompatible => "openai_compatible",
    };
    Model::open(settings(base, provider, more), |name| (name == "KEY").then(|| KEY.to_owned()))
        .unwrap()
}

fn question() -> Request {
    Request {
        system: "Be short.".to_owned(),
        messages: vec![Message::User("Hello?".to_owned())],
        tools: Vec::new(),
        shape: None,
        max_tokens: 100,
    }
}

fn told(answer: &Result<Reply, Error>) -> String {
    match answer {
        Ok(Reply { model, text, calls, usage, stop }) => {
            let calls: Vec<&str> = calls.iter().map(|call| call.name.as_str()).collect();
            format!("{model}: {text:?} {calls:?} {stop:?}, {} tokens", usage.total())
        }
        Err(error) => error.to_string(),
    }
}

/// Asks once and compares the answer, and how often the server was asked.
async fn check(provider: Provider, scripts: Vec<Vec<Act>>, n_asked: usize, expected: Expect) {
    let (base, heard) = server(scripts).await;
    let model = model(&base, provider, "");
    let answer = model.ask(&question(), DAY).await;
    expected.assert_eq(&told(&answer));
    assert_eq!(heard.lock().unwrap().len(), n_asked);
}

use Provider::{Anthropic, OpenaiCompatible};

#[tokio::test]
async fn an_answer_comes_byte_by_byte() {
    check(
        Anthropic,
        vec![vec![stream("anthropic-tool")]],
        1,
        expect![[r#"claude-sonnet-5: "Let me look." ["get_plan"] ToolUse, 1557 tokens"#]],
    )
    .await;
    check(
        OpenaiCompatible,
        vec![vec![stream("chat-openai-text")]],
        1,
        expect![[r#"qwen3:8b: "Drück dich hoch." [] End, 107 tokens"#]],
    )
    .await;
}

#[tokio::test]
async fn the_key_goes_where_the_provider_wants_it_and_nowhere_else() {
    for (provider, line) in [
        (Anthropic, "x-api-key: sk-very-secret"),
        (OpenaiCompatible, "authorization: Bearer sk-very-secret"),
    ] {
        let name = if provider == Anthropic { "anthropic-text" } else { "chat-openai-text" };
        let (base, heard) = server(vec![vec![stream(name)]]).await;
        let model = model(&base, provider, "");
        model.ask(&question(), DAY).await.unwrap();
        let heard = heard.lock().unwrap().remove(0);
        assert_eq!(heard.matches(KEY).count(), 1, "{heard}");
        assert!(heard.contains(line), "{heard}");
        assert_eq!(heard.contains("anthropic-version: 2023-06-01"), provider == Anthropic);
        assert!(!format!("{model:?}").contains(KEY));
    }
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_says_so() {
    let busy = refusal("429 Too Many Requests", "retry-after: 3\r\n", "{}");
    let scripts = vec![vec![busy, StopClock], vec![RunClock, stream("anthropic-text")]];
    let expected = expect![[r#"claude-sonnet-5: "Grüß dich — los geht’s 💪" [] End, 1511 tokens"#]];
    check(Anthropic, scripts, 2, expected).await;
}

#[tokio::test]
async fn tries_are_counted() {
    let busy = || {
        vec![refusal(
            "529 ",
            "retry-after-ms: 1\r\n",
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
        )]
    };
    let scripts = vec![busy(), busy(), busy(), busy()];
    check(Anthropic, scripts, 3, expect!["the server answered 529: Overloaded (overloaded_error)"])
        .await;
}

#[tokio::test]
async fn a_wait_that_outlasts_the_whole_is_not_begun() {
    let busy = vec![refusal("429 Too Many Requests", "retry-after: 121\r\n", "{}")];
    check(Anthropic, vec![busy], 1, expect!["the server answered 429: no reason"]).await;
}

#[tokio::test]
async fn a_wrong_key_is_told_without_the_key() {
    let body = format!(r#"{{"error":{{"message":"Incorrect API key:\n{KEY}","type":"auth"}}}}"#);
    let scripts = vec![vec![refusal("401 Unauthorized", "", &body)]];
    check(
        OpenaiCompatible,
        scripts,
        1,
        expect!["the server answered 401: Incorrect API key: … (auth)"],
    )
    .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let scripts =
        vec![vec![refusal("307 Temporary Redirect", "location: http://127.0.0.1:1/\r\n", "")]];
    let expected = expect![
        "the server answered 307: it is somewhere else; `base_url` must be the place itself"
    ];
    check(OpenaiCompatible, scripts, 1, expected).await;
}

#[tokio::test]
async fn a_conversation_that_is_too_long_is_told_apart() {
    let body = r#"{"error":{"code":400,"message":"request (4390 tokens) exceeds the available context size (4096 tokens)","type":"exceed_context_size_error"}}"#;
    let expected = "the call is too long: request (4390 tokens) exceeds the available context size (4096 tokens) (exceed_context_size_error)";
    let refused = refusal("400 Bad Request", "", body);
    let inside = refusal("200 OK", "content-type: application/json\r\n", body);
    for act in [refused, inside] {
        let (base, _) = server(vec![vec![act]]).await;
        let answer = model(&base, OpenaiCompatible, "").ask(&question(), DAY).await;
        assert_eq!(told(&answer), expected);
    }
}

#[tokio::test]
async fn a_server_that_does_not_stream_is_told() {
    let body = r#"{"object":"chat.completion","choices":[{"message":{"content":"Hi"}}]}"#;
    let scripts = vec![vec![refusal("200 OK", "content-type: application/json\r\n", body)]];
    let expected = expect!["the server's answer cannot be read: it does not stream"];
    check(OpenaiCompatible, scripts, 1, expected).await;
}

#[tokio::test]
async fn a_broken_connection_is_tried_again_while_nothing_was_shown() {
    let unanswered = vec![StopClock, Reset];
    let good = || vec![RunClock, stream("chat-no-reason")];
    let expected = || expect![[r#"qwen3:8b: "ab" [] End, 0 tokens"#]];
    check(OpenaiCompatible, vec![unanswered, good()], 2, expected()).await;
    let begun = head("200 OK", "content-type: text/event-stream\r\n") + ": hello\n\ndata: {";
    check(OpenaiCompatible, vec![vec![Send(begun), StopClock], good()], 2, expected()).await;
}

#[tokio::test]
async fn an_error_after_200_is_tried_again_while_nothing_was_shown() {
    let scripts = vec![
        vec![stream("anthropic-overloaded"), StopClock],
        vec![RunClock, stream("anthropic-thinking")],
    ];
    check(Anthropic, scripts, 2, expect![[r#"claude-sonnet-5: "Yes." [] End, 1536 tokens"#]]).await;
}

#[tokio::test]
async fn what_was_shown_is_never_asked_again() {
    check(
        OpenaiCompatible,
        vec![vec![stream("chat-vllm-error")]],
        1,
        expect!["the server broke off: EngineCore died (InternalServerError)"],
    )
    .await;
    check(
        OpenaiCompatible,
        vec![vec![stream("chat-cut")]],
        1,
        expect!["the server broke off: the answer has no end"],
    )
    .await;
    check(
        Anthropic,
        vec![vec![stream("anthropic-cut")]],
        1,
        expect!["the server broke off: the answer has no end"],
    )
    .await;
    let (base, heard) = server(vec![vec![stream("chat-cut"), StopClock, Stall]]).await;
    let answer = model(&base, OpenaiCompatible, "").ask(&question(), DAY).await;
    assert_eq!(told(&answer), "no answer in time: the whole answer took more than 120s");
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left() {
    let silent = vec![vec![StopClock, Stall]];
    check(
        OpenaiCompatible,
        silent,
        1,
        expect!["no answer in time: the first token took more than 30s"],
    )
    .await;
}

#[tokio::test]
async fn a_server_that_begins_and_says_nothing_is_left() {
    let begun = head("200 OK", "content-type: text/event-stream\r\n");
    let begun = vec![vec![Send(begun), StopClock, Stall]];
    check(
        OpenaiCompatible,
        begun,
        1,
        expect!["no answer in time: the first token took more than 30s"],
    )
    .await;
}

#[tokio::test]
async fn a_refusal_is_an_answer() {
    check(Anthropic, vec![vec![stream("anthropic-refusal")]], 1, expect![[r#"claude-sonnet-5: "I can" [] Refusal { category: Some("bio"), explanation: Some("This request was declined.") }, 1500 tokens"#]]).await;
}

#[tokio::test]
async fn the_kill_switch_asks_nobody() {
    let (base, heard) = server(vec![vec![stream("chat-no-reason")]]).await;
    let text = format!(
        "enabled = false\nprovider = 'openai_compatible'\nbase_url = '{base}'\nmodel = 'm'\napi_key_env = 'NOT_SET'\nimage_model = 'd'"
    );
    let model = Model::open(toml::from_str(&text).unwrap(), |_| None).unwrap();
    assert_eq!(model.ask(&question(), DAY).await, Err(Error::Off));
    assert_eq!(model.image("a cat", DAY).await, Err(Error::Off));
    assert!(heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn tokens_are_counted_by_the_day() {
    let (base, _) =
        server(vec![vec![stream("chat-openai-text")], vec![stream("chat-no-reason")]]).await;
    let model = model(&base, OpenaiCompatible, "daily_tokens = 220");
    let most = question().most_tokens();
    assert_eq!(most, 105);
    assert_eq!(model.ask(&question(), DAY).await.unwrap().stop, Stop::End);
    assert_eq!(model.spent(DAY), 107, "what the server counted");
    model.ask(&question(), DAY).await.unwrap();
    assert_eq!(model.spent(DAY), 107 + most, "what was put aside, where the server does not count");
    let spent = Error::Spent { spent: 212, daily: 220, asked: most };
    assert_eq!(model.ask(&question(), DAY).await, Err(spent));
    assert_eq!(model.spent(Day(DAY.0 + 1)), 0);
    let unreachable = model.ask(&question(), Day(DAY.0 + 1)).await;
    assert!(matches!(unreachable, Err(Error::Unreachable(_))), "{unreachable:?}");
    assert_eq!(model.spent(Day(DAY.0 + 1)), 0, "nobody took the request");
}

#[tokio::test]
async fn calls_that_are_too_long_are_not_made() {
    let (base, heard) = server(Vec::new()).await;
    let model = model(&base, OpenaiCompatible, "capabilities.some-model.context_tokens = 104");
    let refused = Err(Error::TooLong("it may take 105 tokens, of 104".to_owned()));
    assert_eq!(model.ask(&question(), DAY).await, refused);
    assert_eq!(model.spent(DAY), 0);
    assert!(heard.lock().unwrap().is_empty());
}

async fn draw(body: Vec<u8>) -> Result<Image, Error> {
    let mut answer = head("200 OK", "content-type: application/json\r\n").into_bytes();
    answer.extend(body);
    let (base, heard) = server(vec![vec![Blob(answer)]]).await;
    let image = model(&base, OpenaiCompatible, "image_model = 'painter'").image("a cat", DAY).await;
    assert!(heard.lock().unwrap()[0].starts_with("POST /v1/images/generations HTTP/1.1"));
    image
}

#[tokio::test]
async fn pictures_are_pictures() {
    let one =
        |text: &str| format!(r#"{{"created":1,"data":[{{"b64_json":"{text}"}}]}}"#).into_bytes();
    let png = draw(one("iVBORw0KGgo=")).await.unwrap();
    assert_eq!((png.kind, png.bytes.as_slice()), (ImageKind::Png, b"\x89PNG\r\n\x1a\n".as_slice()));
    assert_eq!(draw(one("/9j/4A==")).await.unwrap().kind, ImageKind::Jpeg);
    assert_eq!(draw(one("UklGRgAAAABXRUJQ")).await.unwrap().kind.media_type(), "image/webp");
    for (body, why) in [
        (one("PHN2Zz4="), "it is no PNG, JPEG or WebP"),
        (one(""), "it is no PNG, JPEG or WebP"),
        (one("%%%"), "its picture is not base64 (Invalid symbol 37, offset 0.)"),
        (br#"{"data":[{"url":"http://elsewhere/cat.png"}]}"#.to_vec(), "it has no picture"),
        (b"<html>".to_vec(), "it is not JSON (expected value at line 1 column 1)"),
        (vec![b'x'; 12 * 1024 * 1024], "more than 11250344 bytes"),
    ] {
        assert_eq!(draw(body).await, Err(Error::Garbled(why.to_owned())));
    }
}

#[tokio::test]
async fn a_picture_that_never_comes_is_not_waited_for() {
    let (base, _) = server(vec![vec![StopClock, Stall]]).await;
    let model = model(&base, OpenaiCompatible, "image_model = 'painter'");
    let answer = model.image("a cat", DAY).await.map_err(|error| error.to_string());
    assert_eq!(answer, Err("no answer in time: the whole answer took more than 120s".to_owned()));
    let (base, _) = server(Vec::new()).await;
    let unable = self::model(&base, OpenaiCompatible, "").image("a cat", DAY).await;
    assert_eq!(unable, Err(Error::Unsupported("pictures")));
}
