//! Where settings come from: a file, then the environment, then flags; the later one wins.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};
use server::{Features, Limits, Settings};
use toml::{Table, Value};

use super::keys::{KEYS, without_password};
use crate::cli::ServeArgs;

/// Everything that `spotter serve` is told.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) settings: Settings,
    /// What is logged.
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    /// Where each setting that is not the default comes from, in the order of [`KEYS`].
    sources: Vec<Option<String>>,
    /// The language model, as it is told.
    model_about: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl LogFormat {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

const PREFIX: &str = "SPOTTER_";
/// Variables that other parts of the program read.
const OTHERS: [&str; 5] =
    ["SPOTTER_CONFIG", "SPOTTER_NETWORKS", "SPOTTER_SHARED", "SPOTTER_ACCEPT", "SPOTTER_FFMPEG"];

impl Config {
    pub(crate) fn read(
        args: &ServeArgs,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self> {
        let variables: Vec<(String, String)> = environment
            .filter_map(|(name, value)| {
                let name = name.into_string().ok().filter(|name| name.starts_with(PREFIX))?;
                Some((name, value.to_string_lossy().into_owned()))
            })
            .collect();
        let variable = |wanted: &str| {
            variables.iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
        };
        let mut config = Self::defaults(data_folder());
        let file = args.config.clone().or_else(|| variable("SPOTTER_CONFIG").map(PathBuf::from));
        if let Some(path) = file {
            let shown = path.display().to_string();
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("the configuration `{shown}` cannot be read"))?;
            let table: Table =
                text.parse().with_context(|| format!("the configuration `{shown}` is not TOML"))?;
            config.take_table("", &table, &shown)?;
        }
        for (name, value) in &variables {
            if OTHERS.contains(&name.as_str()) {
                continue;
            }
            let key = name[PREFIX.len()..].to_ascii_lowercase().replace("__", ".");
            config.set(&key, &Value::String(value.clone()), name)?;
        }
        let texts = [
            ("listen", args.listen.clone(), "--listen"),
            ("data", args.data.as_ref().map(|path| path.display().to_string()), "--data"),
            ("database", args.database.clone(), "--database"),
            ("metrics", args.metrics.clone(), "--metrics"),
            ("tls", args.tls.then(|| "true".to_owned()), "--tls"),
            ("hosts", (!args.host.is_empty()).then(|| args.host.join(",")), "--host"),
            ("features.server_pose", args.server_pose.then(|| "true".to_owned()), "--server-pose"),
            ("features.sign_up", args.sign_up.then(|| "true".to_owned()), "--sign-up"),
            ("features.passkeys", args.passkeys.then(|| "true".to_owned()), "--passkeys"),
            ("log", args.log.clone(), "--log"),
            ("log_format", args.log_format.clone(), "--log-format"),
        ];
        for (key, value, flag) in texts {
            if let Some(value) = value {
                config.set(key, &Value::String(value), flag)?;
            }
        }
        // A phone cannot reach the loopback address, and `--tls` is for phones.
        if config.settings.tls && config.source("listen").is_none() {
            config.settings.listen = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 8443));
        }
        Ok(config)
    }

    fn defaults(data: PathBuf) -> Self {
        let settings = Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            metrics: None,
            data,
            database: None,
            model: None,
            build: String::new(),
            tls: false,
            hosts: Vec::new(),
            addresses: Vec::new(),
            features: Features::default(),
            limits: Limits::default(),
            clock: || SystemTime::UNIX_EPOCH,
        };
        let sources = vec![None; KEYS.len()];
        Self {
            settings,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            sources,
            model_about: "none".to_owned(),
        }
    }

    fn take_table(&mut self, prefix: &str, table: &Table, file: &str) -> Result<()> {
        for (name, value) in table {
            match value {
                Value::Table(inner) if prefix.is_empty() && name == "model" => {
                    self.take_model(inner, file)?;
                }
                Value::Table(inner) => {
                    self.take_table(&format!("{prefix}{name}."), inner, file)?;
                }
                value => self.set(&format!("{prefix}{name}"), value, file)?,
            }
        }
        Ok(())
    }

    /// The language model has a table of its own, which is handed on whole.
    fn take_model(&mut self, table: &Table, file: &str) -> Result<()> {
        let settings: llm::Settings = Value::Table(table.clone())
            .try_into()
            .with_context(|| format!("`[model]` cannot be used (from {file})"))?;
        self.model_about = format!("{} (from {file})", settings.model);
        let model = llm::Model::open(settings, |name| std::env::var(name).ok())
            .with_context(|| format!("`[model]` cannot be used (from {file})"))?;
        self.settings.model = Some(Arc::new(model));
        Ok(())
    }

    fn set(&mut self, name: &str, value: &Value, source: &str) -> Result<()> {
        let Some(index) = KEYS.iter().position(|key| key.name == name) else {
            let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
            bail!("there is no setting `{name}` (from {source}); there are {}", known.join(", "));
        };
        if let Err(must) = (KEYS[index].set)(self, value) {
            bail!("`{name}` is `{}` (from {source}); it {must}", plain(value));
        }
        self.sources[index] = Some(source.to_owned());
        Ok(())
    }

    fn source(&self, name: &str) -> Option<&str> {
        let index = KEYS.iter().position(|key| key.name == name)?;
        self.sources[index].as_deref()
    }

    /// Everything in effect, as a file that could be given with `--config`. Passwords are left out.
    pub(crate) fn print(&self) -> String {
        let mut text =
            String::from("# What `spotter serve` goes by: flags before environment before file.\n");
        let mut section = "";
        for (key, source) in KEYS.iter().zip(&self.sources) {
            let (part, name) = key.name.split_once('.').unwrap_or(("", key.name));
            if part != section {
                section = part;
                text += &format!("\n[{part}]\n");
            }
            let from =
                source.as_ref().map_or_else(String::new, |source| format!("; from {source}"));
            text += &format!("# {}{from}\n{name} = {}\n", key.about, (key.get)(self));
        }
        text += &format!("\n# language model: {}\n", self.model_about);
        text
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), without_password)
}

/// Where a program's data belongs on this system.
fn data_folder() -> PathBuf {
    let variable =
        |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("XDG_DATA_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/share")))
        .or_else(|| variable("LOCALAPPDATA"))
        .map_or_else(|| PathBuf::from("spotter-data"), |base| base.join("spotter"))
}

#[cfg(test)]
mod tests;
