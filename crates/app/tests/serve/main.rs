//! The built server from the outside, looking at pictures through the real networks.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tokio_tungstenite::tungstenite::stream::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};

/// Two colors and nobody, as JPEG.
fn nobody() -> Vec<u8> {
    let digits: Vec<u8> = include_bytes!("../../../server/src/tests/two_colors.hex")
        .iter()
        .filter_map(|&digit| char::from(digit).to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap())
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

/// `spotter serve` on a port of its own, until it is dropped.
struct Serving {
    process: Child,
    /// Whoever does not listen ends a program that talks.
    _said: BufReader<ChildStdout>,
    address: String,
    folder: PathBuf,
}

impl Serving {
    fn start(name: &str, flags: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut process = Command::new(env!("CARGO_BIN_EXE_spotter"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--data"])
            .arg(&folder)
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let plain: String = line.chars().filter(|c| !c.is_control()).collect();
        let (_, rest) = plain.split_once("http://").expect("it tells its address");
        let address: String =
            rest.chars().take_while(|c| c.is_ascii_digit() || ".:".contains(*c)).collect();
        Self { process, _said: said, address, folder }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

struct Stream(WebSocket<MaybeTlsStream<TcpStream>>);

impl Stream {
    fn open(serving: &Serving) -> Self {
        let url = format!("ws://{}/api/v1/ws/frames", serving.address);
        let mut stream = Self(tungstenite::connect(url).unwrap().0);
        let start = r#"{"type":"start","consent":true,"width":1280,"height":1280}"#;
        stream.0.send(Message::text(start)).unwrap();
        assert_eq!(stream.hear()["type"], "started");
        stream
    }

    fn hear(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.0.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    fn look(&mut self, ts_ms: f64, jpeg: &[u8]) -> Value {
        let message = [&ts_ms.to_le_bytes()[..], jpeg].concat();
        self.0.send(Message::binary(message)).unwrap();
        self.hear()
    }
}

/// Whether the real networks are there.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn networks_present() -> bool {
    let names = ["pose_detection.tflite", "pose_landmark_lite.tflite", "pose_landmark_full.tflite"];
    let present = names.iter().all(|name| vision::Networks::find().path(name).is_ok());
    if !present {
        println!("skipped: the networks are not here; `cargo xtask setup` fetches them");
    }
    present
}

/// Half a second of a person, ten JPEG files, made in memory: the footage is somebody else's.
fn somebody() -> Option<Vec<Vec<u8>>> {
    let shared = std::env::var_os("SPOTTER_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = shared.unwrap_or(beside);
    let clip = shared.join("clips/squat-side.mp4");
    if !clip.is_file() {
        return None;
    }
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-ss", "1", "-i"]).arg(clip);
    command.args(["-vf", "scale=640:-2,fps=20", "-frames:v", "10", "-f", "mjpeg", "-"]);
    let files = command.output().ok()?.stdout;
    let starts: Vec<usize> = files
        .windows(3)
        .enumerate()
        .filter(|(_, three)| *three == [0xff, 0xd8, 0xff])
        .map(|(at, _)| at)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([files.len()]);
    Some(starts.iter().zip(ends).map(|(&from, to)| files[from..to].to_vec()).collect())
}

#[test]
fn the_real_networks_look_at_streamed_pictures() {
    if !networks_present() {
        return;
    }
    let serving = Serving::start("serve-poses", &["--server-pose"]);
    let mut stream = Stream::open(&serving);
    let answer = stream.look(40.0, &nobody());
    assert_eq!((&answer["type"], &answer["pose"]), (&"pose".into(), &Value::Null), "{answer}");
    let Some(pictures) = somebody() else {
        println!("nobody was looked at: there are no shared clips here");
        return;
    };
    assert_eq!(pictures.len(), 10);
    for (picture, n) in pictures.iter().zip(2_u8..) {
        let answer = stream.look(50.0 * f64::from(n), picture);
        let pose = &answer["pose"];
        assert_eq!(pose["lm"].as_array().unwrap().len(), 33, "{answer}");
        assert_eq!(pose["world"].as_array().unwrap().len(), 33);
        // Somebody on their feet: the nose above the hips, and those above the ankles.
        let [nose, hip, ankle] = [0, 24, 28].map(|index| pose["lm"][index][1].as_f64().unwrap());
        assert!(nose < hip && hip < ankle, "{pose}");
    }
}

#[test]
fn it_is_off_unless_switched_on() {
    let serving = Serving::start("serve-no-poses", &[]);
    let url = format!("ws://{}/api/v1/ws/frames", serving.address);
    let error = tungstenite::connect(url).unwrap_err().to_string();
    assert!(error.contains("403"), "{error}");
}
