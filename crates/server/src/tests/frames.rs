//! Streams of pictures over real sockets, with a finder that tells what it was shown.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use wire::frames::FoundPose;

use super::house::{House, Running};
use super::sockets::Client;
use crate::settings::Settings;
use crate::{Picture, PoseFinder, PoseFinders, Server};

const PATH: &str = "/api/v1/ws/frames";
const START: &str = r#"{"type":"start","consent":true,"width":640,"height":480}"#;
/// 32 × 24 pixels, the left half red and the right half blue: `ffmpeg`'s own drawing, of nobody.
static JPEG: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let digits: Vec<u8> = include_bytes!("two_colors.hex")
        .iter()
        .filter_map(|&digit| char::from(digit).to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap())
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect()
});

/// Sees somebody at the color of the first pixel, in pictures that are as wide as they should be.
struct Fake {
    /// A word for each picture that it may go on with.
    go: Option<Arc<Mutex<Receiver<()>>>>,
}

impl PoseFinder for Fake {
    fn find(&mut self, picture: Picture) -> Result<Option<FoundPose>, String> {
        if let Some(go) = &self.go {
            go.lock().unwrap().recv().map_err(|_gone| "nobody waits any more".to_owned())?;
        }
        match picture.time.micros {
            666_000 => return Err("secret reason".to_owned()),
            777_000 => panic!("as a bug would"),
            0 => return Ok(None),
            _ => {}
        }
        let [r, g, b] = *picture.rgb.first_chunk().unwrap();
        let color = [r, g, b].map(|value| f32::from(value / 64));
        let lm = vec![[color[0], color[1], color[2], 1.0]];
        Ok(Some(FoundPose { lm, world: vec![[0.5; 3]] }))
    }
}

fn finders() -> PoseFinders {
    PoseFinders::new(|_network| Ok(Box::new(Fake { go: None })))
}

async fn running(change: impl FnOnce(&mut Settings)) -> Running {
    Running::with_finders(finders(), |settings| {
        settings.features.server_pose = true;
        change(settings);
    })
    .await
}

fn frame(ts_ms: f64, jpeg: &[u8]) -> Vec<u8> {
    [&ts_ms.to_le_bytes()[..], jpeg].concat()
}

impl Client {
    async fn show(&mut self, ts_ms: f64, jpeg: &[u8]) {
        self.0.send(Message::binary(frame(ts_ms, jpeg))).await.unwrap();
    }

    /// The answer to a picture, without how long it took.
    async fn look(&mut self, ts_ms: f64, jpeg: &[u8]) -> String {
        self.show(ts_ms, jpeg).await;
        timeless(&self.hear().await)
    }
}

fn timeless(answer: &str) -> String {
    let Some((head, rest)) = answer.split_once("\"took_ms\":") else { return answer.to_owned() };
    format!("{head}{}", rest.split_once(',').unwrap().1)
}

const STARTED: &str = r#"{"type":"started","max_frame_bytes":1048576}"#;
const RED: &str = r#"{"type":"pose","ts_ms":33.5,"width":32,"height":24,"pose":{"lm":[[3.0,0.0,0.0,1.0]],"world":[[0.5,0.5,0.5]]}}"#;

#[tokio::test]
async fn a_picture_is_answered_with_who_is_seen_in_it() {
    let running = running(|_| {}).await;
    let mut client = running.connect_to(PATH).await;
    assert_eq!(client.ask(START).await, STARTED);
    assert_eq!(client.look(33.5, &JPEG).await, RED);
    let nobody = r#"{"type":"pose","ts_ms":0.0,"width":32,"height":24,"pose":null}"#;
    assert_eq!(client.look(0.0, &JPEG).await, nobody);
    let kept = files_below(running.house.folder());
    let others: Vec<&String> = kept.iter().filter(|path| !path.contains("spotter.db")).collect();
    assert!(others.is_empty(), "{others:?} was kept");
    for path in kept {
        let bytes = std::fs::read(&path).unwrap();
        assert!(
            !bytes.windows(JPEG.len()).any(|window| window == *JPEG),
            "the picture is in {path}"
        );
    }
    running.stop.cancel();
    assert_eq!(client.hear().await, "closed 1001 the server is stopping");
}

fn files_below(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: std::path::PathBuf| {
        if path.is_dir() { files_below(&path) } else { vec![path.display().to_string()] }
    };
    entries.flat_map(named).collect()
}

#[tokio::test]
async fn without_consent_nothing_is_looked_at() {
    let running = running(|_| {}).await;
    let goodbye = "closed 1008 a stream begins with a `start` that says `consent: true`";
    for (text, field) in [
        (r#"{"type":"start","width":640,"height":480}"#, "consent"),
        (r#"{"type":"start","consent":false,"width":640,"height":480}"#, "consent"),
        (r#"{"type":"start","consent":true,"width":640}"#, "height"),
        (r#"{"type":"ping"}"#, "type"),
        ("rubbish", "message"),
    ] {
        let mut client = running.connect_to(PATH).await;
        let error = client.ask(text).await;
        let expected = format!(r#"{{"type":"error","field":"{field}","message":"#);
        assert!(error.starts_with(&expected), "{text}: {error}");
        assert_eq!(client.hear().await, goodbye);
    }
    let mut client = running.connect_to(PATH).await;
    let dropped = r#"{"type":"error","field":"consent","message":"a picture came before `start`; it was dropped unseen"}"#;
    assert_eq!(client.look(33.5, &JPEG).await, dropped);
    assert_eq!(client.hear().await, goodbye);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_stream_goes_on() {
    let running = running(|settings| settings.limits.frame_bytes = 2000).await;
    let mut client = running.connect_to(PATH).await;
    client.ask(r#"{"type":"start","consent":true,"width":31,"height":31}"#).await;
    let error = client.look(1.0, &JPEG).await;
    assert!(error.contains("its picture is 32×24, more than the 31×31 that `start`"), "{error}");
    let mut client = running.connect_to(PATH).await;
    client.ask(START).await;
    let huge = with_size(&JPEG, 65_500, 65_500);
    let broken = JPEG[..JPEG.len() / 2].to_vec();
    for (jpeg, expected) in [
        (&b""[..], "\"field\":\"frame\",\"message\":\"it is no JPEG that can be read"),
        (b"\x89PNG\r\n\x1a\n and so on", "it is no JPEG that can be read"),
        (&JPEG[..20], "it is no JPEG that can be read"),
        (&broken, "send one whole JPEG file after the eight bytes of time"),
        (&huge, "its picture is 65500×65500, more than the 640×480"),
        (&[0; 2001], "its JPEG has 2001 bytes; send at most 2000, a smaller picture or a"),
    ] {
        let error = client.look(33.5, jpeg).await;
        assert!(error.contains(expected) && error.ends_with("\"ts_ms\":33.5}"), "{error}");
        assert_eq!(client.look(33.5, &JPEG).await, RED);
    }
    let error = client.look(f64::NAN, &JPEG).await;
    assert!(error.contains("\"field\":\"ts_ms\""), "{error}");
    assert!(client.ask("hello").await.contains("it is text; send pictures as binary"));
    client.0.send(Message::binary(vec![1; 7])).await.unwrap();
    assert!(client.hear().await.contains("it has 7 bytes; send eight bytes of time"));
    client.show(1.0, &[0; 10_000]).await;
    assert_eq!(client.hear().await, "closed 1009 the message is far too large");
}

/// The same file, claiming another size.
fn with_size(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut file = jpeg.to_vec();
    let at = file.windows(2).position(|two| two == [0xff, 0xc0]).unwrap() + 5;
    file[at..at + 2].copy_from_slice(&height.to_be_bytes());
    file[at + 2..at + 4].copy_from_slice(&width.to_be_bytes());
    file
}

#[tokio::test]
async fn whoever_sends_rubbish_only_is_told_to_go() {
    let running = running(|_| {}).await;
    let mut client = running.connect_to(PATH).await;
    client.ask(START).await;
    for _ in 0..20 {
        assert!(client.look(1.0, b"rubbish").await.starts_with("{\"type\":\"error\""));
    }
    assert_eq!(client.hear().await, "closed 1008 too many messages could not be read");
}

#[tokio::test]
async fn the_latest_picture_wins_and_each_is_answered_once() {
    let (go, wait): (Sender<()>, _) = channel();
    let wait = Arc::new(Mutex::new(wait));
    let finders =
        PoseFinders::new(move |_network| Ok(Box::new(Fake { go: Some(Arc::clone(&wait)) })));
    let running =
        Running::with_finders(finders, |settings| settings.features.server_pose = true).await;
    let mut client = running.connect_to(PATH).await;
    client.ask(START).await;
    // The first is being looked at, or about to be, when the others come.
    for ts_ms in [1.0, 2.0, 3.0, 4.0] {
        client.show(ts_ms, &JPEG).await;
    }
    let mut skipped = Vec::new();
    for _ in 0..2 {
        skipped.push(client.hear().await);
    }
    assert_eq!(skipped, [2, 3].map(|n| format!(r#"{{"type":"skipped","ts_ms":{n}.0}}"#)));
    go.send(()).unwrap();
    assert!(client.hear().await.starts_with(r#"{"type":"pose","ts_ms":1.0"#));
    go.send(()).unwrap();
    assert!(client.hear().await.starts_with(r#"{"type":"pose","ts_ms":4.0"#));
}

#[tokio::test]
async fn so_many_streams_at_once_and_a_place_is_given_back() {
    let running = running(|settings| settings.limits.pose_streams = 1).await;
    let mut first = running.connect_to(PATH).await;
    assert_eq!(first.ask(START).await, STARTED);
    let mut second = running.connect_to(PATH).await;
    let busy = r#"{"type":"error","field":"busy","message":"the server looks at as many streams as it may (1); end another one, or raise `limits.pose_streams`"}"#;
    assert_eq!(second.ask(START).await, busy);
    assert_eq!(
        second.hear().await,
        "closed 1013 as many streams are looked at as the owner allows"
    );
    first.0.close(None).await.unwrap();
    let mut answer = busy.to_owned();
    while answer == busy {
        let mut again = running.connect_to(PATH).await;
        answer = again.ask(START).await;
    }
    assert_eq!(answer, STARTED);
}

#[tokio::test]
async fn networks_that_fail_end_the_stream_and_keep_their_reason() {
    for ts_ms in [666.0, 777.0] {
        let running = running(|settings| settings.limits.pose_streams = 1).await;
        let mut client = running.connect_to(PATH).await;
        client.ask(START).await;
        let error = client.look(ts_ms, &JPEG).await;
        assert!(error.contains("\"field\":\"server\"") && !error.contains("secret"), "{error}");
        assert_eq!(client.hear().await, "closed 1011 the pose networks stopped working");
        let mut other = running.connect_to(PATH).await;
        assert_eq!(other.ask(START).await, STARTED, "the place was not given back");
    }
}

#[tokio::test]
async fn whoever_shows_nothing_gives_the_place_up() {
    let running =
        running(|settings| settings.limits.idle_timeout = Duration::from_millis(50)).await;
    let mut client = running.connect_to(PATH).await;
    client.ask(START).await;
    assert_eq!(client.hear().await, "closed 1001 nothing was heard for too long");
}

#[tokio::test]
async fn other_sites_and_a_server_that_does_not_offer_it_are_refused() {
    let status = async |running: &Running, origin: &str| {
        use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
        let mut request = format!("ws://{}{PATH}", running.address).into_client_request().unwrap();
        request.headers_mut().insert("origin", origin.parse().unwrap());
        match tokio_tungstenite::connect_async(request).await {
            Ok(_) => 101,
            Err(Error::Http(answer)) => answer.status().as_u16(),
            Err(error) => panic!("{error}"),
        }
    };
    let offering = running(|_| {}).await;
    assert_eq!(status(&offering, "http://evil.example").await, 403);
    assert_eq!(status(&offering, &format!("http://{}", offering.address)).await, 101);
    let home = House::new(|_| {}).await;
    assert_eq!(
        home.ask(&format!("GET {PATH}")).await.told(),
        "403 this server looks at no pictures → Set `features.server_pose = true` in the configuration of `spotter serve` and start it again."
    );
    assert_eq!(
        home.ask("GET /api/v1/features").await.told(),
        r#"200 {"server_pose":false,"sign_up":false,"passkeys":false,"model"#
    );
}

#[tokio::test]
async fn a_server_without_networks_says_so_at_the_start() {
    let house = House::new(|settings| settings.features.server_pose = true).await;
    let mut settings = house.settings();
    settings.listen.set_port(0);
    let finders = PoseFinders::new(|_network| {
        Err("there are no networks: run `cargo xtask setup`".to_owned())
    });
    let error = Server::bind(settings, finders).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`features.server_pose` is on, but there are no networks: run `cargo xtask setup`; put that right, or leave it off"
    );
}
