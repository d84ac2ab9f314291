//! Files, headers and errors of every kind.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use expect_test::{expect, expect_file};

use super::house::House;
use crate::headers::content_security_policy;
use crate::site::Site;

#[tokio::test]
async fn every_error_is_a_problem_with_a_remedy() {
    let home = House::new(|_| {}).await;
    for (request, expected) in [
        ("GET /api/nope", "404 there is nothing at `/api/nope` → See /api/docs for what there is."),
        (
            "GET /_app/gone.js",
            "404 there is nothing at `/_app/gone.js` → See /api/docs for what there is.",
        ),
        (
            "PUT /healthz",
            "405 `PUT` cannot be done here → Use one of the methods in the `Allow` header.",
        ),
        (
            "POST /index.html",
            "405 files can only be read → Use one of the methods in the `Allow` header.",
        ),
    ] {
        let answer = home.ask(request).await;
        assert_eq!(answer.told(), expected, "{request}");
        if answer.status == 405 {
            assert!(answer.header("allow").contains("GET"), "{request}");
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let home = House::new(|_| {}).await;
    let mut told = Vec::new();
    for request in ["GET /healthz", "GET /api/nope", "GET /healthz\nHost: evil.example"] {
        let answer = home.ask(request).await;
        let names = [
            "cache-control",
            "content-security-policy",
            "cross-origin-embedder-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "referrer-policy",
            "x-content-type-options",
            "x-frame-options",
        ];
        assert_eq!(answer.header("x-request-id").len(), 12);
        let lines = names.map(|name| {
            let value = answer.header(name);
            // The built site's hashes depend on the site.
            let directives = value.split("; ").map(|directive| {
                let words = directive.split(' ').filter(|word| !word.starts_with("'sha256-"));
                words.collect::<Vec<_>>().join(" ")
            });
            format!("{name}: {}", directives.collect::<Vec<_>>().join(";\n    "))
        });
        told.push(lines.join("\n"));
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:#?}");
    expect![[r#"
        cache-control: no-store
        content-security-policy: default-src 'none';
            script-src 'self' 'wasm-unsafe-eval';
            worker-src 'self' blob:;
            style-src 'self' 'unsafe-inline';
            img-src 'self' data: blob:;
            media-src 'self' blob:;
            font-src 'self';
            connect-src 'self';
            manifest-src 'self';
            form-action 'self';
            base-uri 'none';
            frame-ancestors 'none'
        cross-origin-embedder-policy: require-corp
        cross-origin-opener-policy: same-origin
        cross-origin-resource-policy: same-origin
        permissions-policy: camera=(self), microphone=(), screen-wake-lock=(self), fullscreen=(self), geolocation=(), payment=(), usb=(), interest-cohort=()
        referrer-policy: same-origin
        x-content-type-options: nosniff
        x-frame-options: DENY"#]].assert_eq(&told[0]);
}

#[test]
fn only_the_pages_own_inline_script_may_run() {
    let page = "<script>boot()</script><script src=\"/a.js\"></script>";
    let policy = content_security_policy([page].into_iter());
    let scripts = policy.to_str().unwrap().split("; ").find(|part| part.starts_with("script-src"));
    expect![
        "script-src 'self' 'wasm-unsafe-eval' 'sha256-MeZS89WlF0u+o0hCvHTBt4q1WHU+U+sJKgbdRUc36mY='"
    ]
    .assert_eq(scripts.unwrap());
}

#[tokio::test]
async fn the_api_is_described_for_programs_and_people() {
    let home = House::new(|_| {}).await;
    let json = home.ask("GET /openapi.json").await;
    expect_file!["../../openapi.json"].assert_eq(&(json.body.clone() + "\n"));
    let ids = json.body.matches("\"operationId\":").count();
    let mut named: Vec<&str> = json.body.split("\"operationId\":").skip(1).collect();
    named.sort_by_key(|rest| rest.split('"').nth(1));
    named.dedup_by_key(|rest| rest.split('"').nth(1));
    assert_eq!(named.len(), ids, "two operations share a name");
    let again =
        home.ask(&format!("GET /openapi.json\nIf-None-Match: {}", json.header("etag"))).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    let page = home.ask("GET /api/docs").await;
    assert!(page.body.contains("<code>GET /healthz</code>") && !page.body.contains("<script"));
}

#[tokio::test]
async fn every_described_operation_has_somebody_who_may_do_it() {
    let api = serde_json::to_value(crate::router::api()).unwrap();
    for (path, item) in api["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase().parse().unwrap();
            assert!(crate::policy::action(&method, Some(path)).is_some(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_screen_can_be_opened_by_its_address_and_by_anybody() {
    let lan = House::with_tls().await;
    let phone = "Host: 192.168.1.20:8443\nPeer: 192.168.1.7\nAccept: text/html,*/*;q=0.8";
    let screens =
        ["/", "/analyze", "/exercise/squat", "/history", "/live", "/report/1", "/settings"];
    for screen in screens {
        let answer = lan.ask(&format!("GET {screen}\n{phone}")).await;
        let told = (answer.status.as_u16(), answer.header("content-type"));
        assert_eq!(told, (200, "text/html; charset=utf-8"), "{screen}");
    }
}

/// The answer of a small site: status, type, coding, caching.
fn check(path: &str, headers: &[(&'static str, &'static str)], expected: &str) {
    let files = [
        ("index.html", "<p>page</p>"),
        ("_app/immutable/a.1234.js", "a()"),
        ("_app/immutable/a.1234.js.br", "BR"),
        ("_app/immutable/a.1234.js.gz", "GZ"),
        ("engine.wasm", "\0asm"),
        ("networks/pose.tflite", "TFL3"),
        ("icon.svg", "<svg/>"),
        ("manifest.webmanifest", "{}"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().into()));
    let site = Site::of(BTreeMap::from(files));
    let given: HeaderMap = headers
        .iter()
        .map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), HeaderValue::from_static(value))
        })
        .collect();
    let answer = site.answer(&Method::GET, &path.parse::<Uri>().unwrap(), &given);
    let header = |name: &str| answer.headers().get(name).map_or("", |v| v.to_str().unwrap());
    let told = [header("content-type"), header("content-encoding"), header("cache-control")];
    assert_eq!(format!("{} {}", answer.status().as_u16(), told.join(" | ")), expected, "{path}");
}

#[test]
fn files_have_their_types_caching_and_copies() {
    const FOREVER: &str = "public, max-age=31536000, immutable";
    let js = |coding: &str| format!("200 text/javascript; charset=utf-8 | {coding} | {FOREVER}");
    let script = "/_app/immutable/a.1234.js";
    check(script, &[], &js(""));
    check(script, &[("accept-encoding", "gzip, deflate, br")], &js("br"));
    check(script, &[("accept-encoding", "gzip, br;q=0")], &js("gzip"));
    check("/engine.wasm", &[], "200 application/wasm |  | public, no-cache");
    check("/networks/pose.tflite", &[], "200 application/octet-stream |  | public, no-cache");
    check("/icon.svg", &[], "200 image/svg+xml |  | public, no-cache");
    check("/manifest.webmanifest", &[], "200 application/manifest+json |  | public, no-cache");
}

#[test]
fn only_navigations_fall_back_to_the_page() {
    const PAGE: &str = "200 text/html; charset=utf-8 |  | public, no-cache";
    const GONE: &str = "404 application/problem+json |  | ";
    let navigation = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    check("/", &[], PAGE);
    check("/live", &navigation, PAGE);
    check("/live", &[("accept", "*/*")], GONE);
    check("/live/gone.js", &navigation, GONE);
    check("/_app/immutable/gone", &navigation, GONE);
    check("/api/v1/gone", &navigation, GONE);
    check("/ws/gone", &navigation, GONE);
    check("/../etc/passwd", &[], GONE);
}
