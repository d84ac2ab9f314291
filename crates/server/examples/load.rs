//! `cargo xtask bench -- sockets`: how many live streams one core carries, and how late the slowest ticks are.
//!
//! Starts a server of its own on core 0 (`taskset`), replays a recorded set on every stream from core 1 at 30 frames a
//! second, and measures from the moment a frame is sent to the moment its tick is read, the generator's own delays
//! included.
#![expect(clippy::print_stdout, reason = "a program that prints figures")]

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use futures_util::{SinkExt as _, StreamExt as _};
use motion::pose::Skeleton;
use tokio::time::MissedTickBehavior;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const FRAME: Duration = Duration::from_micros(33_333);
const CLIP: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../motion/tests/golden/clips/squat_side.jsonl.gz");

/// `load [streams] [seconds] [compact|seed]`, or `load serve` for the child.
fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "serve") {
        return serve();
    }
    let number =
        |index: usize, default: usize| args.get(index).map_or(Ok(default), |arg| arg.parse());
    let (n_streams, secs) = (number(0, 1000)?, number(1, 60)?);
    let frames = frames(args.get(2).map_or("compact", String::as_str))?;
    let mut server = start_server()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(load(&server, n_streams, secs, &frames));
    server.child.kill()?;
    result
}

struct UnderTest {
    child: Child,
    address: String,
}

/// This very program as the server, with limits for one client that plays a thousand people.
fn serve() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let folder = std::env::temp_dir().join(format!("spotter-load-{}", std::process::id()));
        let many = 1 << 20;
        #[expect(clippy::disallowed_methods, reason = "a measurement of real time")]
        let clock = SystemTime::now;
        let settings = server::Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            metrics: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            data: folder,
            database: None,
            model: None,
            build: String::new(),
            tls: false,
            hosts: Vec::new(),
            addresses: Vec::new(),
            features: server::Features::default(),
            limits: server::Limits {
                connections: many,
                connections_per_address: many,
                requests_per_minute: 1 << 20,
                request_burst: 1 << 20,
                sockets_per_address: many,
                live_sets: many,
                // On a busy machine this program catches up in bursts.
                messages_per_second: 10_000,
                ..server::Limits::default()
            },
            clock,
        };
        let no_finders =
            server::PoseFinders::new(|_network| Err("no pictures are sent".to_owned()));
        let server = server::Server::bind(settings, no_finders).await?;
        println!("{}", server.address());
        server.run(std::future::pending()).await;
        Ok(())
    })
}

fn start_server() -> Result<UnderTest, Failure> {
    let own = std::env::current_exe()?;
    let mut child = Command::new("taskset")
        .args(["-c", "0"])
        .arg(own)
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut address = String::new();
    let stdout = child.stdout.take().ok_or("the server has no output")?;
    BufReader::new(stdout).read_line(&mut address)?;
    let pid = std::process::id().to_string();
    // Only this thread runs here, so the process is its thread.
    Command::new("taskset").args(["-pc", "1", &pid]).stdout(Stdio::null()).status()?;
    Ok(UnderTest { child, address: address.trim().to_owned() })
}

/// The recorded set as messages.
fn frames(shape: &str) -> Result<Arc<[Utf8Bytes]>, Failure> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(CLIP)?).read_to_string(&mut text)?;
    text.lines()
        .map(|line| {
            let mut frame: serde_json::Value = serde_json::from_str(line)?;
            let ts_ms = frame["t_ms"].take();
            let message = if shape == "seed" {
                let rows = frame["lm"].as_array().cloned().unwrap_or_default();
                let points: serde_json::Map<String, serde_json::Value> = Skeleton::BlazePose33
                    .names()
                    .iter()
                    .zip(rows)
                    .map(|(name, row)| {
                        let point = serde_json::json!({"x": row[0], "y": row[1], "score": row[3]});
                        ((*name).to_owned(), point)
                    })
                    .collect();
                serde_json::json!({"ts_ms": ts_ms, "keypoints": points})
            } else {
                serde_json::json!({"ts_ms": ts_ms, "lm": frame["lm"], "world": frame["world"]})
            };
            Ok(Utf8Bytes::from(message.to_string()))
        })
        .collect()
}

async fn load(
    server: &UnderTest,
    n_streams: usize,
    secs: usize,
    frames: &Arc<[Utf8Bytes]>,
) -> Result<(), Failure> {
    let url = format!("ws://{}/ws/session", server.address);
    let bytes: usize = frames.iter().map(|frame| frame.len()).sum();
    println!(
        "{n_streams} streams at 30 frames a second, {} bytes a frame, server on core 0, this on core 1",
        bytes / frames.len()
    );
    // Connecting takes a while, and is not what is measured.
    let begin = tokio::time::Instant::now() + Duration::from_secs(5);
    let until = begin.into_std() + Duration::from_secs(secs as u64);
    let mut streams = tokio::task::JoinSet::new();
    for index in 0..n_streams {
        let (socket, _) = tokio_tungstenite::connect_async(&url).await?;
        let phase = FRAME * u32::try_from(index)? / u32::try_from(n_streams)?;
        streams.spawn(stream(socket, Arc::clone(frames), index * 7, begin + phase, until));
    }
    let pid = server.child.id();
    if tokio::time::Instant::now() > begin {
        return Err("connecting took longer than five seconds; ask for fewer streams".into());
    }
    tokio::time::sleep_until(begin).await;
    let start = Instant::now();
    let cpu_at_start = cpu_secs(pid)?;
    println!("  second   server CPU   RSS");
    let mut cpu_before = cpu_secs(pid)?;
    let every = Duration::from_secs((secs as u64 / 6).max(1));
    while Instant::now() + every < until {
        tokio::time::sleep(every).await;
        let cpu = cpu_secs(pid)?;
        println!(
            "  {:>6.0}   {:>8.1} %   {:>4} MB",
            start.elapsed().as_secs_f64(),
            100.0 * (cpu - cpu_before) / every.as_secs_f64(),
            rss_mb(pid)?
        );
        cpu_before = cpu;
    }
    let mut all: Vec<u32> = Vec::new();
    let (mut n_sent, mut n_reps) = (0, 0);
    while let Some(done) = streams.join_next().await {
        let done = done??;
        all.extend(done.latencies_us);
        n_sent += done.n_sent;
        n_reps += done.n_reps;
    }
    all.sort_unstable();
    let at = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index"
        )]
        let index = ((all.len() as f64 * share) as usize).min(all.len().saturating_sub(1));
        f64::from(all.get(index).copied().unwrap_or_default()) / 1e3
    };
    println!(
        "  ticks {} of {n_sent} frames, {n_reps} repetitions; latency p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, worst {:.2} ms",
        all.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    #[expect(clippy::cast_precision_loss, reason = "a count of ticks")]
    let us_per_tick = 1e6 * (cpu_secs(pid)? - cpu_at_start) / all.len().max(1) as f64;
    println!("  server processor time {us_per_tick:.1} µs a tick, {} MB at the end", rss_mb(pid)?);
    let good = at(0.99) < 50.0 && all.len() == n_sent;
    println!("  {}", if good { "holds: p99 below 50 ms, no tick lost" } else { "MISSES the bar" });
    if good { Ok(()) } else { Err("the bar was missed".into()) }
}

#[derive(Default)]
struct Done {
    latencies_us: Vec<u32>,
    n_sent: usize,
    n_reps: usize,
}

type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

async fn stream(
    socket: Socket,
    frames: Arc<[Utf8Bytes]>,
    first: usize,
    begin: tokio::time::Instant,
    until: Instant,
) -> Result<Done, Failure> {
    let (mut write, mut read) = socket.split();
    let mut timer = tokio::time::interval_at(begin, FRAME);
    timer.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut waiting: VecDeque<Instant> = VecDeque::new();
    let mut done = Done::default();
    let mut next = first % frames.len();
    let start = Utf8Bytes::from_static(r#"{"type":"start","exercise_id":"squat"}"#);
    write.send(Message::Text(start.clone())).await?;
    let mut sending = true;
    while sending || !waiting.is_empty() {
        tokio::select! {
            _ = timer.tick(), if sending => {
                if Instant::now() >= until {
                    sending = false;
                    continue;
                }
                if next == frames.len() {
                    // The clip begins anew, and with it the set.
                    next = 0;
                    write.send(Message::Text(start.clone())).await?;
                }
                waiting.push_back(Instant::now());
                write.send(Message::Text(frames[next].clone())).await?;
                next += 1;
                done.n_sent += 1;
            }
            message = read.next() => {
                let text = message.ok_or("the server closed a stream")??.into_text()?;
                if text.starts_with(r#"{"type":"tick""#) {
                    let sent = waiting.pop_front().ok_or("a tick for no frame")?;
                    done.latencies_us.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
                    done.n_reps += usize::from(!text.contains(r#""reps":[]"#));
                } else if text.contains("\"error\"") {
                    return Err(format!("the server complains: {text}").into());
                }
            }
            () = tokio::time::sleep(Duration::from_secs(10)), if !sending => break,
        }
    }
    Ok(done)
}

/// Seconds of processor time so far; Linux counts in hundredths.
fn cpu_secs(pid: u32) -> Result<f64, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit(')').next().ok_or("no process state")?;
    let times = after_name.split_whitespace().skip(11).take(2);
    Ok(times.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0)
}

fn rss_mb(pid: u32) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no memory figure")?;
    let kb: u64 = line.split_whitespace().nth(1).ok_or("no memory figure")?.parse()?;
    Ok(kb / 1024)
}
