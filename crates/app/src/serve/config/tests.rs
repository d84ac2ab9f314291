//! File, environment, flags: who wins, and what is said about mistakes.

use clap::Parser as _;

use super::Config;
use crate::cli::{Cli, Command};

/// The settings that are not the default, or the complaint.
fn check(file: &str, environment: &[(&str, &str)], flags: &str, expected: &str) {
    static N: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let n = N.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("spotter-config-{}-{n}.toml", std::process::id()));
    std::fs::write(&path, file).unwrap();
    let flags = flags.split_whitespace();
    let cli = ["spotter", "serve", "--config", path.to_str().unwrap()].into_iter().chain(flags);
    let Command::Serve(args) = Cli::parse_from(cli).command else { panic!("not serve") };
    let environment = environment.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    let answer = match Config::read(&args, environment) {
        Ok(config) => {
            let printed = config.print();
            let lines: Vec<&str> = printed.lines().collect();
            let chosen = lines.windows(2).filter(|pair| pair[0].contains("; from "));
            chosen
                .map(|pair| {
                    let (_, source) = pair[0].split_once("; from ").unwrap();
                    format!("{} ({source})", pair[1])
                })
                .collect::<Vec<_>>()
                .join("; ")
        }
        Err(error) => format!("{error:#}"),
    };
    std::fs::remove_file(&path).unwrap();
    let answer = answer.replace(path.to_str().unwrap(), "FILE");
    assert_eq!(answer.lines().next().unwrap_or_default(), expected);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = "listen = \"127.0.0.1:1\"\n[limits]\nbody_bytes = 1\njudging = 3\n";
    let environment = [("SPOTTER_LISTEN", "127.0.0.1:2"), ("SPOTTER_LIMITS__BODY_BYTES", "2")];
    check(
        file,
        &[],
        "",
        "listen = \"127.0.0.1:1\" (FILE); body_bytes = 1 (FILE); judging = 3 (FILE)",
    );
    check(
        file,
        &environment,
        "--listen 127.0.0.1:3",
        "listen = \"127.0.0.1:3\" (--listen); body_bytes = 2 (SPOTTER_LIMITS__BODY_BYTES); judging = 3 (FILE)",
    );
}

#[test]
fn every_kind_of_value_is_understood() {
    check("", &[("SPOTTER_TLS", "true")], "", "tls = true (SPOTTER_TLS)");
    check("", &[("SPOTTER_NETWORKS", "/x"), ("PATH", "/x")], "", "");
    check("hosts = [\"gym.local\"]", &[], "", "hosts = [\"gym.local\"] (FILE)");
    check("", &[], "--host a.local --host b", "hosts = [\"a.local\", \"b\"] (--host)");
    check("metrics = \"off\"", &[], "", "metrics = \"off\" (FILE)");
    check("", &[], "--metrics 127.0.0.1:9100", "metrics = \"127.0.0.1:9100\" (--metrics)");
    check("[limits]\nidle_timeout_s = 9", &[], "", "idle_timeout_s = 9 (FILE)");
    check("[features]\nserver_pose = true", &[], "", "server_pose = true (FILE)");
    let variable = [("SPOTTER_FEATURES__SERVER_POSE", "true")];
    check("", &variable, "", "server_pose = true (SPOTTER_FEATURES__SERVER_POSE)");
    let database = [("SPOTTER_DATABASE", "postgres://me:secret@db/spotter")];
    check("", &database, "", "database = \"postgres://…@db/spotter\" (SPOTTER_DATABASE)");
    check("", &[], "--sign-up", "sign_up = true (--sign-up)");
    check("", &[], "--passkeys", "passkeys = true (--passkeys)");
    check("", &[], "--server-pose", "server_pose = true (--server-pose)");
}

#[test]
fn mistakes_are_told_with_key_source_and_remedy() {
    check(
        "listen = \"8080\"",
        &[],
        "",
        "`listen` is `8080` (from FILE); it must be an address and a port, such as `127.0.0.1:8080`",
    );
    check(
        "",
        &[("SPOTTER_TLS", "yes")],
        "",
        "`tls` is `yes` (from SPOTTER_TLS); it must be `true` or `false`",
    );
    check(
        "[limits]\nbody_bytes = 0",
        &[],
        "",
        "`limits.body_bytes` is `0` (from FILE); it must be a whole number of at least 1",
    );
    check(
        "",
        &[],
        "--host https://x",
        "`hosts` is `https://x` (from --host); it must be names such as `spotter.local`, without `https://` and port",
    );
    check(
        "listen = ",
        &[],
        "",
        "the configuration `FILE` is not TOML: TOML parse error at line 1, column 10",
    );
}

#[test]
fn an_unknown_setting_is_refused_with_those_there_are() {
    let error = {
        let args = crate::cli::ServeArgs::default();
        let environment = [("SPOTTER_LISTN".into(), "x".into())].into_iter();
        Config::read(&args, environment).unwrap_err().to_string()
    };
    assert!(error.starts_with(
        "there is no setting `listn` (from SPOTTER_LISTN); there are listen, data, database, metrics"
    ));
}

#[test]
fn what_is_printed_can_be_read_back() {
    let config = Config::defaults("/data".into());
    let table: toml::Table = config.print().parse().unwrap();
    let mut again = Config::defaults("/elsewhere".into());
    again.take_table("", &table, "printed").unwrap();
    assert_eq!(again.settings.limits, config.settings.limits);
    assert_eq!(again.settings.data, config.settings.data);
}
