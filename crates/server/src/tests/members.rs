//! Accounts: signing up, in and out, devices, and that nobody reads, writes or infers what is another's.

use serde_json::{Value, json};

use super::house::{Answer, House};
use crate::policy::Role;

pub(super) const JSON: &str = "Content-Type: application/json";
const PHONE: &str = "Host: 192.168.1.20:8443\nPeer: 192.168.1.7\nOrigin: https://192.168.1.20:8443";

/// A server on a home network where anybody may make an account.
async fn open_house() -> House {
    House::new(|settings| {
        settings.tls = true;
        settings.listen = std::net::SocketAddr::from(([0, 0, 0, 0], 8443));
        settings.features.sign_up = true;
        settings.limits.request_burst = 100_000;
    })
    .await
}

/// Somebody with a browser.
struct Visitor<'a> {
    house: &'a House,
    cookie: String,
}

impl<'a> Visitor<'a> {
    async fn signed_up(house: &'a House, name: &str) -> Self {
        let body = json!({"name": name, "password": "correct horse battery"});
        let answer = ask(house, "", "POST /api/v1/auth/sign-up", &body).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
        Self { house, cookie: cookie(&answer) }
    }

    async fn ask(&self, line: &str, body: &Value) -> Answer {
        ask(self.house, &self.cookie, line, body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &Value::Null).await
    }
}

pub(super) fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn ask(house: &House, cookie: &str, line: &str, body: &Value) -> Answer {
    let cookie = if cookie.is_empty() { String::new() } else { format!("\nCookie: {cookie}") };
    let request = match body {
        Value::Null => format!("{line}\n{PHONE}{cookie}"),
        body => format!("{line}\n{PHONE}{cookie}\n{JSON}\n\n{body}"),
    };
    house.ask(&request).await
}

#[tokio::test]
async fn somebody_signs_up_in_and_out() {
    let house = open_house().await;
    let new = |name: &str, password: &str| json!({"name": name, "password": password});
    let up = "POST /api/v1/auth/sign-up";
    let check = async |line: &str, body: Value, expected: &str| {
        assert_eq!(ask(&house, "", line, &body).await.told(), expected, "{body}");
    };
    check(up, new("Ana", "short"), "422 [password] a password has 10 to 256 characters → Four words that nobody would put together are easy to remember and hard to guess.").await;
    check(up, new("Ana", "aaaaaaaaaaaa"), "422 [password] this password is guessed first → Correct the named field and send it again.").await;
    check(up, new(" ", "correct horse battery"), "422 [name] a name has 1 to 64 characters, on one line → Correct the named field and send it again.").await;
    check(up, json!({"name": "Ana"}), "422 missing field `password` at line 1 column 14 → Correct the named field and send it again.").await;

    let ana = Visitor::signed_up(&house, "Ana").await;
    check(
        up,
        new(" ANA ", "correct horse battery"),
        "409 [name] somebody has this name already → Choose another name.",
    )
    .await;
    let me: Value = serde_json::from_str(&ana.get("/api/v1/me").await.body).unwrap();
    assert_eq!(
        (&me["name"], &me["role"], &me["via"]),
        (&"Ana".into(), &"athlete".into(), &"password".into())
    );
    // A second device, listed and signed out by the first.
    let other =
        ask(&house, "", "POST /api/v1/auth/sign-in", &new("ana", "correct horse battery")).await;
    assert_eq!(other.status.as_u16(), 200, "{}", other.body);
    let other = Visitor { house: &house, cookie: cookie(&other) };
    let devices: Value = serde_json::from_str(&ana.get("/api/v1/auth/devices").await.body).unwrap();
    let not_this =
        devices.as_array().unwrap().iter().find(|device| device["this"] == false).unwrap();
    let forget = format!("DELETE /api/v1/auth/devices/{}", not_this["id"].as_str().unwrap());
    assert_eq!(ana.ask(&forget, &Value::Null).await.status.as_u16(), 204);
    assert_eq!(other.get("/api/v1/me").await.status.as_u16(), 401);
    // Out again.
    let out = ana.ask("POST /api/v1/auth/sign-out", &Value::Null).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{}", out.header("set-cookie"));
    assert_eq!(ana.get("/api/v1/me").await.status.as_u16(), 401);
}

#[tokio::test]
async fn guessing_is_slow_and_tells_nothing() {
    let house = open_house().await;
    let ana = Visitor::signed_up(&house, "Ana").await;
    let guess = |name: &str, password: &str| json!({"name": name, "password": password});
    let line = "POST /api/v1/auth/sign-in";
    let wrong = "401 name or password is wrong → Check both, and try again.";
    assert_eq!(ask(&house, "", line, &guess("Ana", "wrong horse battery")).await.told(), wrong);
    assert_eq!(ask(&house, "", line, &guess("Nobody", "wrong horse battery")).await.told(), wrong);
    for spelling in ["Ana", "ana", "ANA ", "\u{ff21}na", "aN\u{ff41}", "\u{1d400}na", "Ana"] {
        ask(&house, "", line, &guess(spelling, "x")).await;
    }
    let refused = ask(&house, "", line, &guess("aNA ", "correct horse battery")).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "60"));
    // Whoever is in stays in, gets in from elsewhere, and others are not slowed down.
    assert_eq!(ana.get("/api/v1/me").await.status.as_u16(), 200);
    let elsewhere = PHONE.replace("192.168.1.7", "192.168.1.8");
    let request =
        format!("{line}\n{elsewhere}\n{JSON}\n\n{}", guess("Ana", "correct horse battery"));
    assert_eq!(house.ask(&request).await.status.as_u16(), 200);
    Visitor::signed_up(&house, "Bo").await;
}

#[tokio::test]
async fn a_new_password_signs_other_devices_out() {
    let house = open_house().await;
    let ana = Visitor::signed_up(&house, "Ana").await;
    let credentials = |password: &str| json!({"name": "Ana", "password": password});
    let sign_in = "POST /api/v1/auth/sign-in";
    let other = ask(&house, "", sign_in, &credentials("correct horse battery")).await;
    let other = Visitor { house: &house, cookie: cookie(&other) };
    let change = |current: &str, new: &str| json!({"current": current, "new": new});
    let put = "PUT /api/v1/auth/password";
    let wrong = ana.ask(put, &change("wrong horse battery", "new horse battery")).await;
    assert_eq!(
        wrong.told(),
        "401 [current] name or password is wrong → Check both, and try again."
    );
    let right = ana.ask(put, &change("correct horse battery", "new horse battery")).await;
    assert_eq!(right.status.as_u16(), 204, "{}", right.body);
    assert_eq!(other.get("/api/v1/me").await.status.as_u16(), 401);
    assert_eq!(ana.get("/api/v1/me").await.status.as_u16(), 200);
    let old = ask(&house, "", sign_in, &credentials("correct horse battery")).await;
    assert_eq!(old.status.as_u16(), 401);
    assert_eq!(
        ask(&house, "", sign_in, &credentials("new horse battery")).await.status.as_u16(),
        200
    );
}

#[tokio::test]
async fn the_owner_lets_people_in_and_says_what_they_may_do() {
    let house = House::with_tls().await;
    let home = "Host: localhost:8443\nOrigin: https://localhost:8443";
    let owner = async |line: &str, body: &str| {
        let body = if body.is_empty() { String::new() } else { format!("\n{JSON}\n\n{body}") };
        house.ask(&format!("{line}\n{home}{body}")).await
    };
    let closed = ask(
        &house,
        "",
        "POST /api/v1/auth/sign-up",
        &json!({"name": "Ana", "password": "correct horse battery"}),
    )
    .await;
    assert_eq!(
        closed.told(),
        "403 here, only whoever runs the server makes accounts → Ask them for one, or to set `sign_up = true` in the server's configuration."
    );
    let made = owner(
        "POST /api/v1/accounts",
        r#"{"name": "Ana", "password": "correct horse battery", "role": "trainer"}"#,
    )
    .await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    assert_eq!(made["role"], "trainer");
    let of_ana = format!("/api/v1/accounts/{}", made["id"].as_str().unwrap());
    assert_eq!(owner(&format!("PATCH {of_ana}"), r#"{"role": "king"}"#).await.status.as_u16(), 422);
    assert_eq!(
        owner(&format!("PATCH {of_ana}"), r#"{"role": "admin"}"#).await.status.as_u16(),
        204
    );
    let all = owner("GET /api/v1/accounts", "").await.body;
    assert!(
        all.contains(r#""name":"owner","role":"admin""#)
            && all.contains(r#""name":"Ana","role":"admin""#),
        "{all}"
    );
    assert!(!all.contains("argon2"), "{all}");
    assert_eq!(owner(&format!("DELETE {of_ana}"), "").await.status.as_u16(), 204);
    assert_eq!(owner(&format!("DELETE {of_ana}"), "").await.status.as_u16(), 404);
    let me: Value = serde_json::from_str(&owner("GET /api/v1/me", "").await.body).unwrap();
    let own = format!("DELETE /api/v1/accounts/{}", me["id"].as_str().unwrap());
    assert_eq!(owner(&own, "").await.status.as_u16(), 409);
}

/// What somebody might send to a route; of Ana's things only their ids are used.
fn plausible(method: &str, path: &str) -> Value {
    match (method, path) {
        ("POST", "/api/v1/plans") => json!({"goal": "lose_weight", "level": "beginner"}),
        ("POST", "/api/v1/plans/{id}/edits") => json!({"op": "undo"}),
        ("PUT", "/api/v1/profile") => json!({
            "goal": "gain_mass", "level": "beginner", "weekdays": ["mon"], "minutes": 30, "consent": {"health": false},
        }),
        ("POST", "/api/v1/references") => serde_json::from_str(super::bodies::PUSH_UP).unwrap(),
        ("POST", "/api/v1/sessions") => {
            let mut own = super::sessions::new_session();
            own["id"] = "019a9f00-0000-7000-8000-000000000009".into();
            own
        }
        ("POST" | "PUT", path) if path.contains("/sets") => super::sessions::set(1, 8),
        ("PUT", "/api/v1/own-exercises/{id}") => json!({"name": "Mine"}),
        ("PATCH", "/api/v1/sessions/{id}") => json!({"note": "mine"}),
        ("PUT", "/api/v1/auth/password") => {
            json!({"current": "wrong horse battery", "new": "new horse battery"})
        }
        ("PATCH", "/api/v1/accounts/{id}") => json!({"role": "admin"}),
        ("POST", "/api/v1/accounts") => json!({"name": "Ana", "password": "correct horse battery"}),
        _ => Value::Null,
    }
}

/// Every route of the API and the seeds' names, asked as a stranger and as somebody else in every role and way of coming in:
/// nobody gets at another's things, and what is another's looks like what never was.
#[tokio::test]
async fn nobody_reads_writes_or_infers_what_is_anothers() {
    let house = open_house().await;
    let ana = Visitor::signed_up(&house, "Ana").await;
    let goal = json!({"goal": "gain_mass", "level": "beginner", "constraints": ["no canary7f3a"]});
    let plan: Value =
        serde_json::from_str(&ana.ask("POST /api/v1/plans", &goal).await.body).unwrap();
    let plan = plan["id"].as_str().unwrap().to_owned();
    let mut reference: Value = serde_json::from_str(super::bodies::PUSH_UP).unwrap();
    (reference["id"], reference["name"]) = ("anas_own".into(), "canary7f3a".into());
    assert_eq!(ana.ask("POST /api/v1/references", &reference).await.status.as_u16(), 201);
    let read = |answer: Answer| serde_json::from_str::<Value>(&answer.body).unwrap();
    let mut session = super::sessions::new_session();
    session["title"] = "canary7f3a".into();
    let key = super::sessions::key(1);
    let begun = ana.ask(&format!("POST /api/v1/sessions\n{key}"), &session).await;
    assert_eq!(begun.status.as_u16(), 201, "{}", begun.body);
    let (line, key) = (super::sessions::sets(), super::sessions::key(2));
    let mut set = super::sessions::set(1, 8);
    set["note"] = "canary7f3a".into();
    assert_eq!(ana.ask(&format!("{line}\n{key}"), &set).await.status.as_u16(), 201);
    let named = json!({"name": "canary7f3a", "like": "squat"});
    let named = ana.ask("PUT /api/v1/own-exercises/custom_canary", &named).await;
    assert_eq!(named.status.as_u16(), 204, "{}", named.body);
    let session = session["id"].as_str().unwrap().to_owned();
    let device = read(ana.get("/api/v1/auth/devices").await)[0]["id"].as_str().unwrap().to_owned();
    let account = read(ana.get("/api/v1/me").await)["id"].as_str().unwrap().to_owned();
    let of_ana = |path: &str| {
        let ids = [
            ("devices", &device[..]),
            ("references", "anas_own"),
            ("accounts", &account),
            ("sessions", &session),
            ("own-exercises", "custom_canary"),
            ("exercises", "dumbbell_bench_press"),
        ];
        let id = ids.iter().find(|(part, _)| path.contains(part)).map_or(&plan[..], |(_, id)| id);
        let set = set["id"].as_str().unwrap();
        path.replace("{id}", id).replace("{set}", set).replace("{exercise}", "dumbbell_bench_press")
    };
    let before = ana.get("/api/v1/export").await.bytes.len();

    let mut others = vec![(None, ask_as_nobody(&house))];
    for role in Role::ALL {
        let visitor = Visitor::signed_up(&house, role.as_str()).await;
        let id = read(visitor.get("/api/v1/me").await)["id"].as_str().unwrap().parse().unwrap();
        house.state.store.set_role(id, role.as_str()).await.unwrap();
        let code = read(visitor.ask("POST /api/v1/pairing", &Value::Null).await);
        let path = code["url"].as_str().unwrap().split(":8443").nth(1).unwrap().to_owned();
        let paired = ask(&house, "", &format!("POST {path}"), &Value::Null).await;
        others.push((Some(role), Visitor { house: &house, cookie: cookie(&paired) }));
        others.push((Some(role), visitor));
    }
    let description = serde_json::to_value(crate::router::api()).unwrap();
    let described = description["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys().filter(|key| *key != "parameters");
        methods.map(move |method| (method.to_uppercase(), path.clone()))
    });
    let mut routes: Vec<(String, String)> = described.collect();
    for path in ["/plans/{id}", "/references/{id}", "/references"] {
        routes.push(("GET".to_owned(), path.to_owned()));
    }
    let (mut n_asked, mut n_keys) = (0, 1000);
    for (role, visitor) in &others {
        for (method, path) in &routes {
            let public = ["/healthz", "/readyz", "/api/v1/features", "/api/v1/exercises"];
            let signs =
                path.starts_with("/api/v1/auth/sign-") || path.contains("/passkeys/sign-in");
            // Deleting oneself ends the round; an admin's own right is tried elsewhere.
            let own = path == "/api/v1/me" && method == "DELETE";
            let admins = *role == Some(Role::Admin) && path.starts_with("/api/v1/accounts");
            // These are one's own under whatever id; nothing of Ana's shows in them.
            let of_exercises = path.ends_with("/history") || path.contains("own-exercises");
            let public = public.iter().any(|start| path.starts_with(start)) && !of_exercises;
            if public || signs || own || admins {
                continue;
            }
            let query = match path {
                path if path.ends_with("/swaps") => "?day=Mon&exercise=squat",
                path if path.ends_with("/next-set") => "?exercise=dumbbell_bench_press",
                path if path.ends_with("/next-targets") => "?exercises=dumbbell_bench_press",
                _ => "",
            };
            n_keys += 1;
            let key = super::sessions::key(n_keys);
            let line = format!("{method} {}{query}\n{key}", of_ana(path));
            let answer = visitor.ask(&line, &plausible(method, path)).await;
            let told = format!("{line} as {role:?}: {}", answer.told());
            match role {
                None => assert_eq!(answer.status.as_u16(), 401, "{told}"),
                Some(_) if path.contains("{id}") && !of_exercises => {
                    assert!([403, 404].contains(&answer.status.as_u16()), "{told}");
                }
                Some(_) => {}
            }
            assert!(!answer.body.contains("canary7f3a"), "{told}");
            n_asked += 1;
        }
    }
    assert!(n_asked > 250, "only {n_asked} were asked");
    assert_eq!(ana.get("/api/v1/export").await.bytes.len(), before, "nothing of Ana's has changed");
    assert_eq!(ana.get(&format!("/api/v1/plans/{plan}")).await.status.as_u16(), 200);
    let (_, bo) = &others[2];
    let gone = bo.get("/api/v1/plans/019a9f00-0000-7000-8000-000000000001").await.told();
    assert_eq!(bo.get(&format!("/api/v1/plans/{plan}")).await.told(), gone);
    // Another's key is one's own.
    let key = "Idempotency-Key: 019a9f00-0000-7000-8000-000000000001";
    let mut ids = Vec::new();
    for visitor in [&ana, bo, &ana] {
        let made = read(visitor.ask(&format!("POST /api/v1/plans\n{key}"), &goal).await);
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    assert!(ids[0] != ids[1] && ids[0] == ids[2], "{ids:?}");
}

fn ask_as_nobody(house: &House) -> Visitor<'_> {
    Visitor { house, cookie: String::new() }
}

#[tokio::test]
async fn at_home_a_cookie_that_is_not_valid_is_nobodys() {
    let home = House::new(|settings| settings.features.sign_up = true).await;
    let who = async |cookie: &str| home.ask(&format!("GET /api/v1/me{cookie}")).await;
    assert!(who("").await.body.contains("\"name\":\"owner\""));
    let credentials = r#"{"name": "Ana", "password": "correct horse battery"}"#;
    let signed_up = home.ask(&format!("POST /api/v1/auth/sign-up\n{JSON}\n\n{credentials}")).await;
    let cookie = format!("\nCookie: {}", cookie(&signed_up));
    assert!(who(&cookie).await.body.contains("\"name\":\"Ana\""));
    home.ask(&format!("POST /api/v1/auth/sign-out{cookie}")).await;
    for shown in
        [cookie.clone(), "\nCookie: spotter=x".to_owned(), format!("{cookie}\nCookie: spotter=x")]
    {
        let answer = who(&shown).await;
        assert_eq!(answer.status.as_u16(), 401, "{shown}");
        // It is taken back, and the machine is its owner's again.
        assert!(answer.header("set-cookie").contains("Max-Age=0"), "{shown}");
    }
}

#[tokio::test]
async fn answers_are_known_by_whose_they_are() {
    let house = open_house().await;
    let (ana, bo) =
        (Visitor::signed_up(&house, "Ana").await, Visitor::signed_up(&house, "Bo").await);
    let of_ana = ana.get("/api/v1/state").await;
    let as_bo = bo
        .ask(&format!("GET /api/v1/state\nIf-None-Match: {}", of_ana.header("etag")), &Value::Null)
        .await;
    assert_eq!(as_bo.status.as_u16(), 200);
    let profile = json!({"goal": "gain_mass", "level": "beginner", "weekdays": ["mon"], "minutes": 30, "consent": {"health": false}});
    let put = format!("PUT /api/v1/profile\nIf-Match: {}", of_ana.header("etag"));
    assert_eq!(bo.ask(&put, &profile).await.status.as_u16(), 412);
    assert_eq!(ana.ask(&put, &profile).await.status.as_u16(), 200);
}

#[tokio::test]
async fn a_paired_phone_is_whoever_asked_for_the_code() {
    let house = open_house().await;
    let ana = Visitor::signed_up(&house, "Ana").await;
    let code: Value =
        serde_json::from_str(&ana.ask("POST /api/v1/pairing", &Value::Null).await.body).unwrap();
    let path = code["url"].as_str().unwrap().split(":8443").nth(1).unwrap().to_owned();
    let paired = ask(&house, "", &format!("POST {path}"), &Value::Null).await;
    let phone = Visitor { house: &house, cookie: cookie(&paired) };
    let me = phone.get("/api/v1/me").await.body;
    assert!(me.contains(r#""name":"Ana","role":"athlete","via":"paired""#), "{me}");
    assert_eq!(phone.get("/api/v1/export").await.status.as_u16(), 403);
    assert_eq!(ana.ask("DELETE /api/v1/pairing", &Value::Null).await.told(), "200 {\"devices\":1}");
    assert_eq!(phone.get("/api/v1/me").await.status.as_u16(), 401);
}
