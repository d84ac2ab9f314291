//! What decides which model is asked, where, and how much.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::Url;
use serde::Deserialize;

use crate::error::Error;
use crate::secret::Secret;

/// Everything about one model. Readable from any format that has names; unknown ones are refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The kill switch: nobody is asked anything where this is `false`.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What the server speaks.
    pub provider: Provider,
    /// Where it is, such as `http://localhost:11434/v1`; nothing else is ever called. Anthropic's own where nobody says.
    #[serde(default)]
    pub base_url: String,
    /// The model's id, as the provider spells it.
    pub model: String,
    /// The model that draws, on a server that has `images/generations`.
    #[serde(default)]
    pub image_model: Option<String>,
    /// The environment variable that holds the key.
    #[serde(default)]
    pub api_key_env: Option<String>,
    /// The file that holds the key.
    #[serde(default)]
    pub api_key_file: Option<PathBuf>,
    /// Speak HTTP without TLS to a server that is not on this machine or a private network.
    #[serde(default)]
    pub allow_http: bool,
    /// What models can do, by their id. One that is not here is asked for plain text only.
    #[serde(default)]
    pub capabilities: BTreeMap<String, Capabilities>,
    /// How long to wait.
    #[serde(default)]
    pub timeouts: Timeouts,
    /// How often a request is repeated that failed before it showed anything.
    #[serde(default = "two")]
    pub retries: u32,
    /// Tokens that one call may take, read and written.
    #[serde(default = "per_call")]
    pub call_tokens: u64,
    /// Tokens that all calls of a day (UTC) may take.
    #[serde(default = "per_day")]
    pub daily_tokens: u64,
}

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Anthropic's Messages.
    Anthropic,
    /// OpenAI's chat completions: Ollama, llama.cpp, vLLM and many more.
    OpenaiCompatible,
}

/// What a model can do with its server. The default is the least that any can.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Capabilities {
    /// Holds its answer to a JSON schema.
    pub json_schema: bool,
    /// Calls tools.
    pub tools: bool,
    /// Holds a tool's arguments to their schema.
    pub strict_tools: bool,
    /// May call several tools in one answer.
    pub parallel_tools: bool,
    /// Takes marks of what to cache (Anthropic).
    pub prompt_cache: bool,
    /// How hard it should think, in the provider's word, such as `low` or `none`; not said where nobody says.
    pub effort: Option<String>,
    /// Tokens that a conversation may have, read and written; unknown where nobody says.
    pub context_tokens: Option<u64>,
}

/// How long to wait, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Timeouts {
    /// For a connection.
    pub connect_s: u64,
    /// For the first sign of an answer: a model on this machine may have to be loaded first.
    pub first_token_s: u64,
    /// For the whole of it, with all tries.
    pub whole_s: u64,
    /// For a picture.
    pub image_s: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect_s: 5, first_token_s: 30, whole_s: 120, image_s: 120 }
    }
}

fn yes() -> bool {
    true
}

fn two() -> u32 {
    2
}

fn per_call() -> u64 {
    50_000
}

fn per_day() -> u64 {
    500_000
}

impl Timeouts {
    pub(crate) fn connect(&self) -> Duration {
        Duration::from_secs(self.connect_s)
    }

    pub(crate) fn first_token(&self) -> Duration {
        Duration::from_secs(self.first_token_s)
    }

    pub(crate) fn whole(&self) -> Duration {
        Duration::from_secs(self.whole_s)
    }

    pub(crate) fn image(&self) -> Duration {
        Duration::from_secs(self.image_s)
    }
}

impl Settings {
    /// What the model in use can do.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities.get(&self.model).cloned().unwrap_or_default()
    }

    /// # Errors
    /// With the setting that cannot be used, and what it must be.
    pub fn check(&self) -> Result<(), Error> {
        for (field, model) in
            [("model", Some(&self.model)), ("image_model", self.image_model.as_ref())]
        {
            if model.is_some_and(|id| id.is_empty() || id.chars().any(char::is_control)) {
                return Err(wrong(field, "must be the id of a model"));
            }
        }
        let Timeouts { connect_s, first_token_s, whole_s, image_s } = self.timeouts;
        for (field, secs) in [
            ("timeouts.connect_s", connect_s),
            ("timeouts.first_token_s", first_token_s),
            ("timeouts.whole_s", whole_s),
            ("timeouts.image_s", image_s),
        ] {
            if !(1..=3600).contains(&secs) {
                return Err(wrong(field, "must be whole seconds from 1 to 3600"));
            }
        }
        if self.retries > 5 {
            return Err(wrong("retries", "must be at most 5"));
        }
        if self.api_key_env.is_some() && self.api_key_file.is_some() {
            return Err(wrong("api_key_file", "cannot be given beside `api_key_env`; keep one"));
        }
        if self.provider == Provider::Anthropic && self.image_model.is_some() {
            return Err(wrong("image_model", "needs a server that speaks `openai_compatible`"));
        }
        self.endpoint("").map(drop)
    }

    /// The address of one of the API's paths.
    pub(crate) fn endpoint(&self, path: &str) -> Result<Url, Error> {
        let base = match (self.base_url.trim_end_matches('/'), self.provider) {
            ("", Provider::Anthropic) => "https://api.anthropic.com",
            (base, _) => base,
        };
        let example = "must be an address such as `http://localhost:11434/v1`";
        let url = Url::parse(base).map_err(|error| {
            wrong("base_url", &format!("is no address ({error}); it {example}"))
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("base_url", "must not hold a password; use `api_key_env`"));
        }
        if url.query().is_some() || url.fragment().is_some() || url.host_str().is_none() {
            return Err(wrong("base_url", example));
        }
        let fine = match url.scheme() {
            "https" => true,
            "http" => self.allow_http || url.host_str().is_some_and(is_near),
            _ => return Err(wrong("base_url", example)),
        };
        if !fine {
            let must = "must begin with `https://`: the server is not on a private network; \
                        set `allow_http = true` to send prompts and key in the clear";
            return Err(wrong("base_url", must));
        }
        let last = base.rsplit('/').next().unwrap_or_default();
        let is_version = |part: &str| {
            part.strip_prefix('v').is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
        };
        let version = if is_version(last) { "" } else { "/v1" };
        Url::parse(&format!("{base}{version}/{path}"))
            .map_err(|error| wrong("base_url", &format!("is no address ({error}); it {example}")))
    }

    /// The key, if one is set; `variable` looks up the environment.
    ///
    /// # Errors
    /// When it is set and cannot be had. The key itself is in no message.
    pub(crate) fn key(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Secret>, Error> {
        let (field, text) = match (&self.api_key_env, &self.api_key_file) {
            (Some(name), _) => {
                let missing = || wrong("api_key_env", &format!("names `{name}`, which is not set"));
                ("api_key_env", variable(name).ok_or_else(missing)?)
            }
            (None, Some(path)) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    let must = format!("`{}` cannot be read ({error})", path.display());
                    wrong("api_key_file", &must)
                })?;
                ("api_key_file", text)
            }
            (None, None) if self.provider == Provider::Anthropic && self.base_url.is_empty() => {
                return Err(wrong("api_key_env", "must name where Anthropic's key is"));
            }
            (None, None) => return Ok(None),
        };
        let key = Secret::new(&text);
        let fits = |c: char| c.is_ascii_graphic();
        if key.reveal().is_empty() || !key.reveal().chars().all(fits) {
            return Err(wrong(field, "must lead to a key of one line"));
        }
        Ok(Some(key))
    }
}

pub(crate) fn wrong(field: &'static str, must: &str) -> Error {
    Error::Setting { field, must: must.to_owned() }
}

/// Whether a host is this machine or on a private network, as far as its name tells.
fn is_near(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        // `ollama`, the name of a neighbor in a compose file, has no dot.
        Err(_) => {
            !bare.contains('.')
                || ["localhost", "local", "lan", "internal", "home.arpa"]
                    .iter()
                    .any(|end| bare == *end || bare.ends_with(&format!(".{end}")))
        }
    }
}
