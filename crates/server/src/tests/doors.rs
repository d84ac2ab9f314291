//! Who gets in, and what those are told who do not.

use super::house::House;

const UNKNOWN_HOST: &str = "→ Use the address that `spotter serve` prints, or add the name to `hosts` in its configuration.";
const ELSEWHERE: &str = "403 [Origin] another website may not do that here → Open Spotter at the address that `spotter serve` prints.";
const NOT_PAIRED: &str = "401 only somebody who is signed in may do that → Sign in, or scan the QR code that `spotter serve --tls` prints.";

async fn check(house: &House, request: &str, expected: &str) {
    assert_eq!(house.ask(request).await.told(), expected, "{request}");
}

#[tokio::test]
async fn at_home_only_names_of_this_machine_are_answered() {
    let home = House::new(|_| {}).await;
    for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LocalHost"] {
        check(&home, &format!("GET /healthz\nHost: {host}"), "200 ok").await;
    }
    for host in ["evil.example", "192.168.1.20:8080", "localhost.evil.example"] {
        let name = host.split(':').next().unwrap();
        let expected = format!("403 [Host] this server is not called `{name}` {UNKNOWN_HOST}");
        check(&home, &format!("GET /healthz\nHost: {host}"), &expected).await;
    }
    let none =
        "400 [Host] the request names no host, or several → Correct the request and send it again.";
    check(&home, "GET /healthz\nHost: a@localhost", none).await;
    check(&home, "GET /healthz\nHost: localhost\nHost: localhost", none).await;
    check(&home, "GET http://evil.example/healthz\nHost: localhost", none).await;
}

#[tokio::test]
async fn configured_names_are_answered_too() {
    let home = House::new(|settings| settings.hosts = vec!["Gym.local".to_owned()]).await;
    check(&home, "GET /healthz\nHost: gym.local:8080", "200 ok").await;
}

#[tokio::test]
async fn another_website_cannot_use_the_owners_browser() {
    let home = House::new(|_| {}).await;
    let forgotten = "200 {\"devices\":0}";
    let path = "/api/v1/pairing";
    check(&home, &format!("DELETE {path}"), forgotten).await;
    check(&home, &format!("DELETE {path}\nOrigin: http://localhost:8080"), forgotten).await;
    for origin in [
        "http://evil.example",
        "null",
        "http://localhost:3000",
        "https://localhost:8080",
        "http://localhost:8080.evil",
    ] {
        check(&home, &format!("DELETE {path}\nOrigin: {origin}"), ELSEWHERE).await;
    }
    check(&home, &format!("DELETE {path}\nSec-Fetch-Site: cross-site"), ELSEWHERE).await;
    check(&home, &format!("DELETE {path}\nSec-Fetch-Site: same-site"), ELSEWHERE).await;
    // A socket begins with a GET, which other sites may send: its origin counts all the same.
    let socket = "GET /healthz\nConnection: keep-alive, Upgrade\nUpgrade: websocket";
    check(&home, &format!("{socket}\nOrigin: http://evil.example"), ELSEWHERE).await;
    check(&home, &format!("{socket}\nOrigin: http://localhost:8080"), "200 ok").await;
}

#[tokio::test]
async fn only_this_machine_is_the_owner() {
    let home = House::new(|_| {}).await;
    let path = "/api/v1/pairing";
    check(&home, &format!("DELETE {path}\nPeer: ::ffff:127.0.0.1"), "200 {\"devices\":0}").await;
    check(&home, &format!("DELETE {path}\nPeer: 192.168.1.7"), NOT_PAIRED).await;
    check(&home, &format!("DELETE {path}\nX-Forwarded-For: 127.0.0.1"), NOT_PAIRED).await;
    check(&home, &format!("DELETE {path}\nForwarded: for=127.0.0.1"), NOT_PAIRED).await;
    check(&home, &format!("DELETE {path}\nCookie: __Host-spotter=x\nPeer: 10.0.0.1"), NOT_PAIRED)
        .await;
}

#[tokio::test]
async fn a_phone_is_let_in_once_per_code_and_shut_out_by_the_owner() {
    let lan = House::with_tls().await;
    let phone = "Host: 192.168.1.20:8443\nPeer: 192.168.1.7";
    let own = "Origin: https://192.168.1.20:8443";
    let code = lan.state.pairing.new_code(lan.state.accounts.home()).unwrap();
    let train = "/api/v1/ws/session";
    check(&lan, &format!("GET {train}\n{phone}"), NOT_PAIRED).await;
    // Looking does not use the code up, another site cannot, and a wrong code is none.
    for _ in 0..2 {
        let page = lan.ask(&format!("GET /pair/{code}\n{phone}")).await;
        assert!(page.body.contains("<h1>Pair this device</h1>"), "{}", page.body);
    }
    check(&lan, &format!("POST /pair/{code}\n{phone}\nOrigin: https://evil.example"), ELSEWHERE)
        .await;
    let wrong = lan.ask(&format!("POST /pair/wrong\n{phone}\n{own}")).await;
    assert_eq!((wrong.status.as_u16(), wrong.header("set-cookie")), (410, ""));
    let paired = lan.ask(&format!("POST /pair/{code}\n{phone}\n{own}")).await;
    assert_eq!((paired.status.as_u16(), paired.header("location")), (303, "/"));
    let (cookie, flags) = paired.header("set-cookie").split_once(';').unwrap();
    assert_eq!(flags, " Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure");
    let again = lan.ask(&format!("POST /pair/{code}\n{phone}\n{own}")).await;
    assert_eq!(again.status.as_u16(), 410);

    let inside = lan.ask(&format!("GET {train}\n{phone}\nCookie: a=b; {cookie}")).await;
    assert_ne!(inside.status.as_u16(), 401, "{}", inside.body);
    check(
        &lan,
        &format!("DELETE /api/v1/pairing\n{phone}\n{own}\nCookie: {cookie}"),
        "403 a paired device may not do that → Do it in a browser on the machine that runs `spotter serve`, or sign in with a password.",
    )
    .await;
    let owner = "DELETE /api/v1/pairing\nHost: localhost:8443\nOrigin: https://localhost:8443";
    check(&lan, owner, "200 {\"devices\":1}").await;
    check(&lan, &format!("GET {train}\n{phone}\nCookie: {cookie}"), NOT_PAIRED).await;
}

#[tokio::test]
async fn what_is_kept_of_a_device_lets_nobody_in() {
    let lan = House::with_tls().await;
    let code = lan.state.pairing.new_code(lan.state.accounts.home()).unwrap();
    let phone = "Host: 192.168.1.20:8443\nPeer: 192.168.1.7\nOrigin: https://192.168.1.20:8443";
    let paired = lan.ask(&format!("POST /pair/{code}\n{phone}")).await;
    let cookie = paired.header("set-cookie").split(';').next().unwrap().to_owned();
    let (_, token) = cookie.split_once('=').unwrap();
    let me = lan.ask(&format!("GET /api/v1/me\n{phone}\nCookie: {cookie}")).await;
    assert!(me.body.contains(r#""name":"owner","role":"admin","via":"paired""#), "{}", me.body);
    for file in std::fs::read_dir(lan.folder()).unwrap() {
        use std::os::unix::fs::PermissionsExt as _;
        let path = file.unwrap().path();
        let kept = std::fs::read(&path).unwrap();
        for secret in [token, &code] {
            let there = kept.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!there, "a secret is in {}", path.display());
        }
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}

#[tokio::test]
async fn without_tls_there_is_nothing_to_pair_with() {
    let home = House::new(|_| {}).await;
    check(
        &home,
        "POST /api/v1/pairing",
        "409 no other device can reach this server → Start it with `spotter serve --tls`.",
    )
    .await;
    check(
        &home,
        "GET /tls/ca.crt",
        "404 this server has no certificate of its own → Start it with `spotter serve --tls`.",
    )
    .await;
}

#[tokio::test]
async fn whoever_asks_too_often_waits_and_nobody_else_does() {
    let home = House::new(|settings| {
        settings.limits.request_burst = 3;
        settings.limits.requests_per_minute = 1;
    })
    .await;
    for _ in 0..3 {
        check(&home, "GET /healthz", "200 ok").await;
    }
    let refused = home.ask("GET /healthz").await;
    assert_eq!(refused.status.as_u16(), 429);
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(refused.told().ends_with("→ Wait as long as `Retry-After` says."));
    check(&home, "GET /healthz\nPeer: 127.0.0.2", "200 ok").await;
}

#[tokio::test]
async fn a_visit_may_fetch_the_whole_site_and_a_flood_of_files_is_stopped() {
    let home = House::new(|settings| {
        settings.limits.request_burst = 3;
        settings.limits.requests_per_minute = 1;
    })
    .await;
    for _ in 0..30 {
        assert_eq!(home.ask("GET /").await.status.as_u16(), 200);
    }
    assert_eq!(home.ask("GET /").await.status.as_u16(), 429);
    // The page's own questions are still answered, and writing is never a file.
    check(&home, "GET /healthz", "200 ok").await;
    for _ in 0..2 {
        assert_eq!(home.ask("POST /").await.status.as_u16(), 405);
    }
    assert_eq!(home.ask("POST /").await.status.as_u16(), 429);
}

#[tokio::test]
async fn others_on_the_network_need_an_explicit_choice() {
    use crate::settings::{Error, Settings};
    let house = House::new(|_| {}).await;
    let check = |listen: &str, tls: bool| {
        let settings = Settings { listen: listen.parse().unwrap(), tls, ..house.settings() };
        !matches!(settings.check(), Err(Error::Open(_)))
    };
    assert!(check("127.0.0.1:1", false));
    assert!(check("[::1]:1", false));
    assert!(!check("0.0.0.0:1", false));
    assert!(!check("192.168.1.20:1", false));
    assert!(!check("[::]:1", false));
    assert!(check("0.0.0.0:1", true));
}
