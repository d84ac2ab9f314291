//! What can be typed after `spotter`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use motion::engine::StandardName;
use units::Language;

/// Counts and judges every repetition in a video of a training set.
#[derive(Debug, Parser)]
#[command(name = "spotter", version, about, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: 0 a report was made, 1 the input cannot be analyzed, 2 wrong usage";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reports on every repetition of a set: counts, technique, what to change
    #[command(after_help = EXIT_CODES)]
    Analyze(Box<AnalyzeArgs>),
    /// Lists the exercises that can be judged
    Exercises,
    /// Serves the live coach and its API to browsers
    Serve(Box<ServeArgs>),
}

#[derive(Debug, Default, Args)]
pub(crate) struct ServeArgs {
    /// Where to listen; 127.0.0.1:8080, or 0.0.0.0:8443 with --tls
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
    /// The folder for everything that is kept
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The database, `sqlite:///path/file.db` or `postgres://…`; a file in the data folder by default. A password belongs in
    /// the environment (`SPOTTER_DATABASE`) or the configuration, where other users do not see it
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Where Prometheus reads metrics, or `off`, which is the default
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) metrics: Option<String>,
    /// Speak HTTPS with a certificate made here, and let phones in the same network in by QR code
    #[arg(long)]
    pub(crate) tls: bool,
    /// A name that this server is called by, besides localhost; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// Offer to find poses in pictures that a consenting person streams here, for devices that cannot; none is kept
    #[arg(long)]
    pub(crate) server_pose: bool,
    /// Let anybody who reaches this server make an account
    #[arg(long)]
    pub(crate) sign_up: bool,
    /// Let people sign in with passkeys, where they open it by a name
    #[arg(long)]
    pub(crate) passkeys: bool,
    /// What is logged: error, warn, info, debug
    #[arg(long, value_name = "LEVEL")]
    pub(crate) log: Option<String>,
    /// How it is logged: text or json
    #[arg(long, value_name = "FORMAT")]
    pub(crate) log_format: Option<String>,
    /// Settings in TOML; the environment (`SPOTTER_LISTEN`, `SPOTTER_LIMITS__BODY_BYTES`) and flags come before it
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print the settings in effect, with where they come from, and stop
    #[arg(long)]
    pub(crate) print_config: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// A video that ffmpeg can read
    #[arg(required_unless_present = "poses", conflicts_with = "poses")]
    pub(crate) video: Option<PathBuf>,

    /// Analyze a landmark stream instead of a video: JSON lines as --save-poses writes, plain or gzip
    #[arg(long, value_name = "FILE", requires = "width", requires = "height")]
    pub(crate) poses: Option<PathBuf>,
    /// Width of the images that the landmark stream was made from, pixels
    #[arg(long, value_name = "PIXELS", requires = "poses", value_parser = clap::value_parser!(u32).range(1..=32_768))]
    pub(crate) width: Option<u32>,
    /// Height of the images that the landmark stream was made from, pixels
    #[arg(long, value_name = "PIXELS", requires = "poses", value_parser = clap::value_parser!(u32).range(1..=32_768))]
    pub(crate) height: Option<u32>,

    /// Judge as this exercise (see `spotter exercises`), or let the classifier name it
    #[arg(long, value_name = "ID", default_value = "auto")]
    pub(crate) exercise: String,
    /// What a repetition must show to count
    #[arg(long, value_enum, default_value_t = StandardChoice::Default)]
    pub(crate) standard: StandardChoice,
    /// Compare technique with this instead of the built-in reference: a `ReferenceTemplate` as JSON, or a landmark
    /// stream of three to five good repetitions
    #[arg(long, value_name = "FILE")]
    pub(crate) reference: Option<PathBuf>,
    /// Body height that speeds in metres per second rest on
    #[arg(long, value_name = "CM", value_parser = height_cm)]
    pub(crate) height_cm: Option<f64>,

    /// What the report is told in: en or de
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
    pub(crate) lang: Language,

    /// The pose network
    #[arg(long, value_enum, default_value_t = NetworkArg::Full, conflicts_with = "poses")]
    pub(crate) network: NetworkArg,
    /// Use this YOLO-pose network (ONNX, 640 × 640) instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["poses", "network"])]
    pub(crate) yolo: Option<PathBuf>,

    /// Print the report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the report as one self-contained page
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Keep the landmarks as gzipped JSON lines, to be analyzed again with --poses
    #[arg(long, value_name = "FILE", conflicts_with = "poses")]
    pub(crate) save_poses: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StandardChoice {
    /// The exercise's published default, with the benefit of the doubt
    Default,
    /// Exact thresholds, no benefit of the doubt
    Strict,
}

impl From<StandardChoice> for StandardName {
    fn from(choice: StandardChoice) -> Self {
        match choice {
            StandardChoice::Default => Self::Default,
            StandardChoice::Strict => Self::Strict,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkArg {
    /// Fastest
    Lite,
    /// Good and fast
    Full,
    /// Most accurate
    Heavy,
}

fn language(text: &str) -> Result<Language, String> {
    let known = Language::ALL.map(Language::code).join(" or ");
    Language::of_tag(text).ok_or_else(|| format!("`{text}` is not spoken here; use {known}"))
}

fn height_cm(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(cm) if (50.0..=250.0).contains(&cm) => Ok(cm),
        _ => Err(format!("`{text}` is no body height; give centimetres from 50 to 250")),
    }
}
