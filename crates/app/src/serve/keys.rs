//! Every setting: its name, what it means, how it is written and read back.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use toml::Value;

use super::config::{Config, LogFormat};

/// One setting.
pub(crate) struct Key {
    /// As in the file; below `[limits]` it is `limits.…`.
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) get: fn(&Config) -> Value,
    /// Refuses with what the value must be.
    pub(crate) set: fn(&mut Config, &Value) -> Result<(), &'static str>,
}

const KNOWN_DATABASES: [&str; 3] = ["sqlite://", "postgres://", "postgresql://"];

/// An address that can be shown: what stands between `//` and `@` may hold a password.
pub(crate) fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    }
}

macro_rules! number {
    ($field:ident, $about:literal) => {
        Key {
            name: concat!("limits.", stringify!($field)),
            about: $about,
            get: |config| int(config.settings.limits.$field),
            set: |config, value| {
                config.settings.limits.$field =
                    positive(value).ok_or("must be a whole number of at least 1")?;
                Ok(())
            },
        }
    };
}

macro_rules! seconds {
    ($name:literal, $field:ident, $about:literal) => {
        Key {
            name: $name,
            about: $about,
            get: |config| int(config.settings.limits.$field.as_secs()),
            set: |config, value| {
                let secs = positive(value).filter(|secs| *secs <= 86_400);
                config.settings.limits.$field =
                    Duration::from_secs(secs.ok_or("must be whole seconds from 1 to 86400")?);
                Ok(())
            },
        }
    };
}

pub(crate) const KEYS: &[Key] = &[
    Key {
        name: "listen",
        about: "where to listen",
        get: |config| text(config.settings.listen),
        set: |config, value| {
            let wrong = "must be an address and a port, such as `127.0.0.1:8080`";
            config.settings.listen = parsed(value).ok_or(wrong)?;
            Ok(())
        },
    },
    Key {
        name: "data",
        about: "the folder for everything that is kept",
        get: |config| text(config.settings.data.display()),
        set: |config, value| {
            let folder = value.as_str().filter(|path| !path.is_empty());
            config.settings.data = folder.map(PathBuf::from).ok_or("must be a folder")?;
            Ok(())
        },
    },
    Key {
        name: "database",
        about: "the database, `sqlite:///path/file.db` or `postgres://…`; `data` for a file in that folder",
        get: |config| match &config.settings.database {
            Some(url) => text(without_password(url)),
            None => text("data"),
        },
        set: |config, value| {
            config.settings.database = match value.as_str() {
                Some("data") => None,
                Some(url) if KNOWN_DATABASES.iter().any(|start| url.starts_with(start)) => {
                    Some(url.to_owned())
                }
                _ => return Err("must be `data`, `sqlite:///path/file.db` or `postgres://…`"),
            };
            Ok(())
        },
    },
    Key {
        name: "metrics",
        about: "where Prometheus reads metrics, or `off`",
        get: |config| config.settings.metrics.map_or_else(|| text("off"), text),
        set: |config, value| {
            let wrong = "must be `off` or an address and a port, such as `127.0.0.1:9100`";
            config.settings.metrics = match value.as_str() {
                Some("off") => None,
                _ => Some(parsed::<SocketAddr>(value).ok_or(wrong)?),
            };
            Ok(())
        },
    },
    Key {
        name: "tls",
        about: "speak HTTPS with a certificate of our own and let phones in by QR code",
        get: |config| Value::Boolean(config.settings.tls),
        set: |config, value| {
            config.settings.tls = switch(value).ok_or("must be `true` or `false`")?;
            Ok(())
        },
    },
    Key {
        name: "hosts",
        about: "names besides localhost that this server is called by",
        get: |config| Value::Array(config.settings.hosts.iter().map(text).collect()),
        set: |config, value| {
            let names = list(value).filter(|names| names.iter().all(|name| is_name(name)));
            config.settings.hosts = names
                .ok_or("must be names such as `spotter.local`, without `https://` and port")?;
            Ok(())
        },
    },
    Key {
        name: "log",
        about: "what is logged: `error`, `warn`, `info`, `debug`, or per crate as in `info,server=debug`",
        get: |config| text(&config.log),
        set: |config, value| {
            config.log = value.as_str().ok_or("must be a word such as `info`")?.to_owned();
            Ok(())
        },
    },
    Key {
        name: "log_format",
        about: "`text` for people, `json` for machines",
        get: |config| text(config.log_format.name()),
        set: |config, value| {
            config.log_format = match value.as_str() {
                Some("text") => LogFormat::Text,
                Some("json") => LogFormat::Json,
                _ => return Err("must be `text` or `json`"),
            };
            Ok(())
        },
    },
    Key {
        name: "features.server_pose",
        about: "let this server find poses in frames that a consenting person streams to it",
        get: |config| Value::Boolean(config.settings.features.server_pose),
        set: |config, value| {
            config.settings.features.server_pose =
                switch(value).ok_or("must be `true` or `false`")?;
            Ok(())
        },
    },
    Key {
        name: "features.sign_up",
        about: "let anybody who reaches this server make an account",
        get: |config| Value::Boolean(config.settings.features.sign_up),
        set: |config, value| {
            config.settings.features.sign_up = switch(value).ok_or("must be `true` or `false`")?;
            Ok(())
        },
    },
    Key {
        name: "features.passkeys",
        about: "let people sign in with passkeys",
        get: |config| Value::Boolean(config.settings.features.passkeys),
        set: |config, value| {
            config.settings.features.passkeys = switch(value).ok_or("must be `true` or `false`")?;
            Ok(())
        },
    },
    number!(connections, "connections open at once"),
    number!(connections_per_address, "connections open at once from one address"),
    number!(requests_per_minute, "requests of one address in a minute, over a longer time"),
    number!(request_burst, "requests of one address at once"),
    number!(body_bytes, "bytes of a request's body, where nothing else is said"),
    number!(recording_bytes, "bytes of a recording that is sent to be analyzed"),
    number!(judging, "recordings analyzed at once"),
    number!(references, "technique references kept"),
    number!(sockets_per_address, "live sockets open at once from one address"),
    number!(live_sets, "live sets kept at once"),
    number!(live_poses, "poses of a live set kept for its report, 928 bytes each"),
    number!(messages_per_second, "messages a second that one socket may send"),
    number!(message_bytes, "bytes of one message"),
    number!(pose_streams, "streams of pictures looked at once"),
    number!(frame_bytes, "bytes of one picture's JPEG"),
    number!(frame_side, "pixels of a picture's longer side"),
    seconds!("limits.request_timeout_s", request_timeout, "how long a request may take"),
    seconds!("limits.model_timeout_s", model_timeout, "how long a plan may wait for a model"),
    seconds!("limits.idle_timeout_s", idle_timeout, "how long a socket may be silent"),
    seconds!("limits.resume_s", resume, "how long a set waits for its client to come back"),
    seconds!("limits.shutdown_s", shutdown, "how long open requests may finish at the end"),
];

fn text(value: impl Display) -> Value {
    Value::String(value.to_string())
}

fn int(value: impl TryInto<i64>) -> Value {
    Value::Integer(value.try_into().unwrap_or(i64::MAX))
}

fn parsed<T: FromStr>(value: &Value) -> Option<T> {
    value.as_str()?.parse().ok()
}

/// The environment and flags have text where a file has numbers.
fn positive<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    let number = value.as_integer().or_else(|| parsed(value))?;
    T::try_from(number).ok().filter(|_| number >= 1)
}

fn switch(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| parsed(value))
}

/// A list, or text with commas.
fn list(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        Value::String(text) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(items.map(str::to_owned).collect())
        }
        _ => None,
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-.[]".contains(c))
}
