//! Settings are read, refused with the field's name, and lead to the right address.

use expect_test::{Expect, expect};

use crate::{Model, Secret, Settings};

const GOOD: &str =
    "provider = 'openai_compatible'\nbase_url = 'http://localhost:11434/v1'\nmodel = 'm'\n";

fn open(text: &str) -> Result<Model, String> {
    let settings: Settings = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let variable = |name: &str| match name {
        "KEY" => Some("sk-1\n".to_owned()),
        "EMPTY" => Some(String::new()),
        "TWO_LINES" => Some("a\nb".to_owned()),
        _ => None,
    };
    Model::open(settings, variable).map_err(|error| error.to_string())
}

#[test]
fn settings_that_cannot_be_used_are_refused_by_name() {
    fn check(text: &str, expected: &Expect) {
        expected
            .assert_eq(&open(text).map_or_else(|error| error, |model| format!("{:?}", model.id())));
    }
    let with = |more: &str| format!("{GOOD}{more}");
    let at =
        |base: &str| format!("provider = 'openai_compatible'\nmodel = 'm'\nbase_url = '{base}'");
    check(GOOD, &expect![[r#""m""#]]);
    check(&with("api_key_env = 'KEY'"), &expect![[r#""m""#]]);
    check(
        "provider = 'gpt'\nmodel = 'm'",
        &expect!["unknown variant `gpt`, expected `anthropic` or `openai_compatible`"],
    );
    check("provider = 'anthropic'", &expect!["missing field `model`"]);
    check(
        &with("modle = 'x'"),
        &expect![
            "unknown field `modle`, expected one of `enabled`, `provider`, `base_url`, `model`, `image_model`, `api_key_env`, `api_key_file`, `allow_http`, `capabilities`, `timeouts`, `retries`, `call_tokens`, `daily_tokens`"
        ],
    );
    check(
        &with("capabilities.m.json_shcema = true"),
        &expect![
            "unknown field `json_shcema`, expected one of `json_schema`, `tools`, `strict_tools`, `parallel_tools`, `prompt_cache`, `effort`, `context_tokens`"
        ],
    );
    check(
        &with("timeouts.whole_s = 0"),
        &expect!["`timeouts.whole_s` must be whole seconds from 1 to 3600"],
    );
    check(&with("timeouts.whole_s = -1"), &expect!["invalid value: integer `-1`, expected u64"]);
    check(&with("retries = 6"), &expect!["`retries` must be at most 5"]);
    check(&with("image_model = ''"), &expect!["`image_model` must be the id of a model"]);
    check(
        &with("api_key_env = 'NOT_SET'"),
        &expect!["`api_key_env` names `NOT_SET`, which is not set"],
    );
    check(&with("api_key_env = 'EMPTY'"), &expect!["`api_key_env` must lead to a key of one line"]);
    check(
        &with("api_key_env = 'TWO_LINES'"),
        &expect!["`api_key_env` must lead to a key of one line"],
    );
    check(
        &with("api_key_env = 'KEY'\napi_key_file = '/k'"),
        &expect!["`api_key_file` cannot be given beside `api_key_env`; keep one"],
    );
    check(
        &with("api_key_file = '/nowhere/key'"),
        &expect![
            "`api_key_file` `/nowhere/key` cannot be read (No such file or directory (os error 2))"
        ],
    );
    check(
        "provider = 'anthropic'\nmodel = 'm'",
        &expect!["`api_key_env` must name where Anthropic's key is"],
    );
    check(
        "provider = 'anthropic'\nmodel = 'm'\napi_key_env = 'KEY'\nimage_model = 'd'",
        &expect!["`image_model` needs a server that speaks `openai_compatible`"],
    );
    check(
        &at(""),
        &expect![
            "`base_url` is no address (relative URL without a base); it must be an address such as `http://localhost:11434/v1`"
        ],
    );
    check(
        &at("ftp://localhost"),
        &expect!["`base_url` must be an address such as `http://localhost:11434/v1`"],
    );
    check(
        &at("http://u:p@localhost"),
        &expect!["`base_url` must not hold a password; use `api_key_env`"],
    );
    check(
        &at("http://localhost/v1?key=1"),
        &expect!["`base_url` must be an address such as `http://localhost:11434/v1`"],
    );
    check(
        &at("http://models.example.com"),
        &expect![
            "`base_url` must begin with `https://`: the server is not on a private network; set `allow_http = true` to send prompts and key in the clear"
        ],
    );
    check(&format!("{}\nallow_http = true", at("http://models.example.com")), &expect![[r#""m""#]]);
}

#[test]
fn plain_http_is_for_near_servers() {
    fn check(host: &str, near: bool) {
        let text =
            format!("provider = 'openai_compatible'\nmodel = 'm'\nbase_url = 'http://{host}/v1'");
        let settings: Settings = toml::from_str(&text).unwrap();
        assert_eq!(settings.check().is_ok(), near, "{host}");
    }
    for host in [
        "localhost:11434",
        "127.0.0.1",
        "127.1",
        "[::1]:8000",
        "192.168.1.7",
        "10.0.0.2",
        "172.20.0.3",
        "[fd00::1]",
        "ollama:11434",
        "gpu.local",
        "box.lan",
        "host.docker.internal",
    ] {
        check(host, true);
    }
    for host in [
        "8.8.8.8",
        "172.32.0.1",
        "[2001:db8::1]",
        "api.openai.com",
        "localhost.evil.com",
        "notlocal.dev",
    ] {
        check(host, false);
    }
}

#[test]
fn addresses_are_put_together() {
    fn check(base: &str, provider: &str, path: &str, expected: &str) {
        let text = format!("provider = '{provider}'\nmodel = 'm'\nbase_url = '{base}'");
        let settings: Settings = toml::from_str(&text).unwrap();
        assert_eq!(settings.endpoint(path).unwrap().as_str(), expected);
    }
    check("", "anthropic", "messages", "https://api.anthropic.com/v1/messages");
    check(
        "https://gateway.example/anthropic/",
        "anthropic",
        "messages",
        "https://gateway.example/anthropic/v1/messages",
    );
    check(
        "http://localhost:11434/v1",
        "openai_compatible",
        "chat/completions",
        "http://localhost:11434/v1/chat/completions",
    );
    check(
        "http://localhost:8080",
        "openai_compatible",
        "images/generations",
        "http://localhost:8080/v1/images/generations",
    );
    check(
        "https://host.example/api/v4/",
        "openai_compatible",
        "chat/completions",
        "https://host.example/api/v4/chat/completions",
    );
    check(
        "https://host.example/vllm",
        "openai_compatible",
        "chat/completions",
        "https://host.example/vllm/v1/chat/completions",
    );
}

#[test]
fn a_server_with_tls_can_be_meant() {
    let text = "provider = 'anthropic'\nmodel = 'm'\napi_key_env = 'KEY'";
    assert_eq!(open(text).unwrap().id(), "m");
}

#[test]
fn a_key_shows_itself_to_nobody() {
    assert_eq!(format!("{:?} {:?}", Secret::new("sk-1"), Some(Secret::new("x"))), "… Some(…)");
    assert!(
        !format!("{:?}", open(&format!("{GOOD}api_key_env = 'KEY'")).unwrap()).contains("sk-1")
    );
}

#[test]
fn models_that_nobody_described_can_do_nothing_special() {
    let text = format!("{GOOD}capabilities.m.tools = true\ncapabilities.other.json_schema = true");
    let settings: Settings = toml::from_str(&text).unwrap();
    let can = settings.capabilities();
    assert!(can.tools && !can.json_schema);
    let unknown = Settings { model: "new".to_owned(), ..settings };
    assert_eq!(unknown.capabilities(), crate::Capabilities::default());
}
