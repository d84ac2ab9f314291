//! Sessions over HTTP: logged once however often they arrive, corrected, ended with what comes next, nobody else's.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::house::{Answer, House};
use super::members::JSON;

const SESSION: &str = "019a9f00-0000-7000-8000-000000000001";
const AT_MS: i64 = 1_799_990_000_000;

fn id(n: u32) -> String {
    format!("019a9f00-0000-7000-8000-{n:012}")
}

pub(super) fn key(n: u32) -> String {
    format!("Idempotency-Key: {}", id(1_000_000 + n))
}

async fn send(house: &House, line: &str, n: u32, body: &Value) -> Answer {
    house.ask(&format!("{line}\n{}\n{JSON}\n\n{body}", key(n))).await
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

pub(super) fn new_session() -> Value {
    json!({"id": SESSION, "on": "2027-01-15", "started_at_ms": AT_MS, "title": "Push day", "from_plan": null})
}

pub(super) fn set(n: u32, reps: u16) -> Value {
    json!({
        "id": id(n), "exercise_id": "dumbbell_bench_press", "place": 0, "kind": "work", "reps": reps, "load_kg": 20.0, "rir": 2.0,
        "target": {"reps_low": 8, "reps_high": 12, "rir": 2, "load_kg": 20.0}, "done_at_ms": AT_MS + i64::from(n) * 60_000,
    })
}

async fn begun() -> House {
    let home = House::new(|_| {}).await;
    let begun = send(&home, "POST /api/v1/sessions", 0, &new_session()).await;
    assert_eq!(begun.status.as_u16(), 201, "{}", begun.body);
    home
}

pub(super) fn sets() -> String {
    format!("POST /api/v1/sessions/{SESSION}/sets")
}

#[tokio::test]
async fn a_session_is_logged_corrected_and_ended_with_what_comes_next() {
    let home = begun().await;
    for n in 1..=3 {
        let logged = send(&home, &sets(), n, &set(n, 12)).await;
        assert_eq!(logged.status.as_u16(), 201, "{}", logged.body);
        assert_eq!(read(&logged)["sets"].as_array().unwrap().len(), n as usize);
    }
    let running = read(&home.ask("GET /api/v1/sessions/running").await);
    assert_eq!(running["session"]["id"], SESSION);
    // Corrected, taken out, brought back.
    let of = |n: u32| format!("/api/v1/sessions/{SESSION}/sets/{}", id(n));
    let corrected = send(&home, &format!("PUT {}", of(3)), 10, &set(3, 11)).await;
    assert_eq!(read(&corrected)["sets"][2]["reps"], 11);
    let voided = home.ask(&format!("DELETE {}", of(3))).await;
    assert_eq!(read(&voided)["sets"].as_array().unwrap().len(), 2);
    let back = send(&home, &format!("PUT {}", of(3)), 11, &set(3, 12)).await;
    assert_eq!(read(&back)["sets"][2]["reps"], 12);
    let ended = send(
        &home,
        &format!("PATCH /api/v1/sessions/{SESSION}"),
        12,
        &json!({"ended_at_ms": AT_MS + 3_600_000, "srpe": 7.5, "title": "Pushed", "note": "good"}),
    )
    .await;
    let told = read(&ended);
    assert_eq!(
        (&told["title"], &told["srpe"], &told["note"], &told["summary"]["minutes"]),
        (&json!("Pushed"), &json!(7.5), &json!("good"), &json!(60))
    );
    assert_eq!(told["summary"]["volume_load_kg"], json!(720.0));
    let decided = &told["summary"]["decisions"][0];
    assert_eq!(decided["exercise_id"], "dumbbell_bench_press", "{told}");
    // Nobody planned it, so what was done is what is asked for.
    let why = decided["why"].as_array().unwrap();
    assert_eq!(
        (&decided["next"]["sets"], &why[1]),
        (&json!(3), &json!("Done: 3 of 3 sets, 12 with 20 kg."))
    );
    let targets =
        read(&home.ask("GET /api/v1/next-targets?exercises=dumbbell_bench_press,squat").await);
    let bench = &targets["targets"]["dumbbell_bench_press"];
    assert_eq!(bench["previous"].as_array().unwrap().len(), 3);
    assert_eq!(bench["target"]["load_kg"], decided["next"]["load_kg"]);
    assert_eq!(targets["targets"]["squat"]["target"], Value::Null);
    // Taken back, there is no target but what the plan says.
    let reverse = format!("POST /api/v1/sessions/{SESSION}/decisions/dumbbell_bench_press/reverse");
    let reversed = read(&home.ask(&reverse).await);
    assert_eq!(reversed["summary"]["decisions"][0]["reversed"], true, "{reversed}");
    let history = read(&home.ask("GET /api/v1/exercises/dumbbell_bench_press/history").await);
    assert_eq!(
        (&history["target"], &history["exposures"][0]["on"]),
        (&Value::Null, &json!("2027-01-15"))
    );
    let list = home.ask("GET /api/v1/sessions?limit=1").await;
    assert_eq!(read(&list)["sessions"][0]["n_sets"], 3);
    let same = home
        .ask(&format!("GET /api/v1/sessions?limit=1\nIf-None-Match: {}", list.header("etag")))
        .await;
    assert_eq!(same.status.as_u16(), 304);
    assert_eq!(home.ask(&format!("DELETE /api/v1/sessions/{SESSION}")).await.status.as_u16(), 204);
    assert_eq!(home.ask(&format!("GET /api/v1/sessions/{SESSION}")).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_page_of_sessions_ends_with_a_whole_day() {
    let home = House::new(|_| {}).await;
    for (n, on) in [(1, "2027-01-13"), (2, "2027-01-14"), (3, "2027-01-14"), (4, "2027-01-15")] {
        let mut session = new_session();
        (session["id"], session["on"]) = (id(n).into(), on.into());
        let begun = send(&home, "POST /api/v1/sessions", n, &session).await;
        assert_eq!(begun.status.as_u16(), 201, "{}", begun.body);
    }
    let check = async |query: &str, n: usize, more: bool| {
        let page = read(&home.ask(&format!("GET /api/v1/sessions?{query}")).await);
        let told = (page["sessions"].as_array().unwrap().len(), page["more"].as_bool().unwrap());
        assert_eq!(told, (n, more), "{query}");
    };
    check("limit=1", 1, true).await;
    check("limit=2", 3, true).await;
    check("limit=2&before=2027-01-14", 1, false).await;
    check("limit=4", 4, false).await;
    check("before=2027-01-13", 0, false).await;
}

#[tokio::test]
async fn what_cannot_be_kept_names_the_field() {
    let home = begun().await;
    let check = async |n: u32, change: fn(&mut Value), expected: &str| {
        let mut set = set(n, 8);
        change(&mut set);
        let told = send(&home, &sets(), 100 + n, &set).await.told();
        assert!(told.starts_with(expected), "{told}\nis not\n{expected}");
    };
    check(1, |set| set["reps"] = json!(1001), "422 [reps]").await;
    check(2, |set| set["load_kg"] = json!(2000), "422 [load_kg]").await;
    check(3, |set| set["rir"] = json!(1.3), "422 [rir]").await;
    check(4, |set| set["exercise_id"] = json!("flying"), "422 [exercise").await;
    check(5, |set| set["kind"] = json!("lazy"), "422 [body] is no PerformedSet").await;
    check(6, |set| set["note"] = json!("x".repeat(501)), "422 [note]").await;
    check(7, |set| set["target"] = json!({}), "422 [target]").await;
    check(8, |set| set["done_at_ms"] = json!(i64::MAX), "422 [done_at_ms]").await;
    check(9, |set| set["seen"] = json!({"attempts": 1, "technique": 101.0}), "422 [seen").await;
    let no_key = home.ask(&format!("{}\n{JSON}\n\n{}", sets(), set(1, 8))).await;
    assert_eq!(
        no_key.told(),
        "400 [Idempotency-Key] this request needs a key of its own → Send `Idempotency-Key` with a UUID, the same one with each retry."
    );
    let unknown = format!("POST /api/v1/sessions/{}/sets", id(77));
    assert_eq!(send(&home, &unknown, 200, &set(1, 8)).await.status.as_u16(), 404);
    // The same set is logged once; another one under its name is not.
    assert_eq!(send(&home, &sets(), 300, &set(20, 8)).await.status.as_u16(), 201);
    assert_eq!(
        read(&send(&home, &sets(), 301, &set(20, 8)).await)["sets"].as_array().unwrap().len(),
        1
    );
    assert_eq!(send(&home, &sets(), 302, &set(20, 9)).await.status.as_u16(), 409);
}

#[tokio::test]
async fn the_same_request_has_one_effect_and_one_answer() {
    let home = House::new(|settings| settings.limits.request_burst = 100_000).await;
    let mine = send(&home, "POST /api/v1/sessions", 0, &new_session()).await;
    assert_eq!(mine.status.as_u16(), 201, "{}", mine.body);
    let version = async || read(&home.ask("GET /api/v1/state").await)["version"].as_u64().unwrap();
    let before = version().await;
    let (line, body) = (sets(), set(1, 8));
    let answers = join_all((0..64).map(|_| send(&home, &line, 1, &body))).await;
    let first = &answers[0].body;
    assert!(answers.iter().all(|answer| answer.status.as_u16() == 201 && answer.body == *first));
    assert_eq!(version().await, before + 1);
    let other = send(&home, &sets(), 1, &set(2, 8)).await;
    assert_eq!(
        other.told(),
        "409 [Idempotency-Key] this key was used for another request → Make a new key for each thing that you want done; send the same one only with the same body."
    );
}

#[tokio::test]
async fn feelings_and_pain_are_kept_with_consent_only() {
    let home = begun().await;
    let check_in =
        json!({"on": "2027-01-15", "sleep": 4, "soreness": 3, "stress": null, "motivation": 5});
    let pain = json!({"id": id(5), "on": "2027-01-15", "limit": "knee_pain", "level": 5, "exercise_id": "squat"});
    for (line, body) in
        [("POST /api/v1/check-ins", &check_in), ("POST /api/v1/pain-reports", &pain)]
    {
        let refused = home.ask(&format!("{line}\n{JSON}\n\n{body}")).await.told();
        assert!(refused.starts_with("422 [consent.health]"), "{refused}");
    }
    let profile = json!({
        "goal": "gain_mass", "level": "beginner", "weekdays": ["mon"], "minutes": 40, "kit": ["mat"], "consent": {"health": true},
    });
    home.ask(&format!("PUT /api/v1/profile\n{JSON}\n\n{profile}")).await;
    for (line, body) in
        [("POST /api/v1/check-ins", &check_in), ("POST /api/v1/pain-reports", &pain)]
    {
        let kept = home.ask(&format!("{line}\n{JSON}\n\n{body}")).await;
        assert_eq!(kept.status.as_u16(), 204, "{}", kept.body);
    }
    let report = format!("DELETE /api/v1/pain-reports/{}", id(5));
    assert_eq!(home.ask(&report).await.status.as_u16(), 204);
    assert_eq!(home.ask(&report).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_session_tells_the_next_set_and_can_go_on_after_its_end() {
    let home = begun().await;
    let next = format!("GET /api/v1/sessions/{SESSION}/next-set?exercise=");
    assert_eq!(read(&home.ask(&format!("{next}dumbbell_bench_press")).await), Value::Null);
    let unknown = home.ask(&format!("{next}flying")).await.told();
    assert!(unknown.starts_with("422 [exercise]"), "{unknown}");
    let mut tiring = set(1, 7);
    tiring["rir"] = json!(0);
    send(&home, &sets(), 1, &tiring).await;
    let told = read(&home.ask(&format!("{next}dumbbell_bench_press")).await);
    assert_eq!(
        (&told["load_kg"], &told["reps"], &told["rir"]),
        (&json!(18.0), &json!(8), &json!(2))
    );
    let why = told["why"].as_array().unwrap().iter().map(|one| one["reason"].as_str().unwrap());
    assert_eq!(why.collect::<Vec<_>>(), ["too_heavy", "estimate"]);
    let german = read(&home.ask(&format!("{next}dumbbell_bench_press&lang=de")).await);
    assert_eq!(german["why"][1]["text"], "Geschätztes Maximum für eine Wiederholung: 24,5 kg.");
    // It was ended too early.
    let line = format!("PATCH /api/v1/sessions/{SESSION}");
    let ended = send(&home, &line, 2, &json!({"ended_at_ms": AT_MS + 3_600_000})).await;
    assert_eq!(read(&ended)["summary"]["decisions"].as_array().unwrap().len(), 1);
    let open = send(&home, &line, 3, &json!({"ended_at_ms": null})).await;
    let told = read(&open);
    assert_eq!((&told["ended_at_ms"], &told["summary"]["decisions"]), (&Value::Null, &json!([])));
    let running = read(&home.ask("GET /api/v1/sessions/running").await);
    assert_eq!(running["session"]["id"], SESSION);
    let again = send(&home, &line, 4, &json!({"ended_at_ms": AT_MS + 3_700_000})).await;
    assert_eq!(read(&again)["ended_at_ms"], json!(AT_MS + 3_700_000));
}

#[tokio::test]
async fn an_exercise_of_ones_own_is_logged_decided_and_told_by_its_name() {
    let home = begun().await;
    let named = json!({"name": "Log press", "like": "seated_shoulder_press"});
    home.ask(&format!("PUT /api/v1/own-exercises/custom_log_press\n{JSON}\n\n{named}")).await;
    for n in 1..=3 {
        let mut own = set(n, 12);
        own["exercise_id"] = "custom_log_press".into();
        let logged = send(&home, &sets(), n, &own).await;
        assert_eq!(logged.status.as_u16(), 201, "{}", logged.body);
    }
    let line = format!("PATCH /api/v1/sessions/{SESSION}");
    let ended = send(&home, &line, 9, &json!({"ended_at_ms": AT_MS + 3_600_000})).await;
    let decision = &read(&ended)["summary"]["decisions"][0];
    assert_eq!(
        (&decision["exercise_name"], &decision["next"]["load_kg"]),
        (&json!("Log press"), &json!(20.0)),
        "{decision}"
    );
    let summary = read(&home.ask("GET /api/v1/progress/summary").await);
    assert_eq!(summary["exercises"][0]["exercise_name"], "Log press");
    assert_eq!(decision["rule"], "step_too_big", "dumbbells, as it is like");
    // It trains what it is like.
    let trained = summary["weeks"].as_array().unwrap().last().unwrap()["muscles"].to_string();
    assert!(trained.contains("front_delts"), "{trained}");
}

#[tokio::test]
async fn what_there_is_to_lift_is_kept() {
    let home = House::new(|_| {}).await;
    let mut loading = read(&home.ask("GET /api/v1/loading").await);
    assert_eq!((&loading["units"], &loading["bars_kg"]), (&json!("kg"), &json!([20.0])));
    loading["plates_kg"] = json!([20.0, 10.0, 5.0]);
    let put =
        async |body: &Value| home.ask(&format!("PUT /api/v1/loading\n{JSON}\n\n{body}")).await;
    assert_eq!(put(&loading).await.status.as_u16(), 204);
    assert_eq!(read(&home.ask("GET /api/v1/loading").await), loading);
    loading["bars_kg"] = json!([]);
    assert_eq!(put(&loading).await.status.as_u16(), 422);
}

/// Pages list them by their kind.
#[tokio::test]
async fn a_record_that_was_beaten_in_the_same_week_is_told_once() {
    let home = House::new(|_| {}).await;
    for (n, on, load_kg) in
        [(1, "2027-01-11", 20.0), (2, "2027-01-13", 22.0), (3, "2027-01-15", 24.0)]
    {
        let session = id(n);
        let begun = json!({"id": session, "on": on, "started_at_ms": AT_MS, "title": ""});
        send(&home, "POST /api/v1/sessions", 10 * n, &begun).await;
        let mut heavier = set(100 + n, 8);
        heavier["load_kg"] = load_kg.into();
        let line = format!("POST /api/v1/sessions/{session}/sets");
        send(&home, &line, 10 * n + 1, &heavier).await;
        let ended = json!({"ended_at_ms": AT_MS + 60_000});
        send(&home, &format!("PATCH /api/v1/sessions/{session}"), 10 * n + 2, &ended).await;
    }
    let review = read(&home.ask("GET /api/v1/review/weekly?date=2027-01-15").await);
    let records = review["records"].as_array().unwrap();
    let heaviest = records.iter().filter(|one| one["kind"] == "heaviest");
    let values: Vec<_> = heaviest.map(|one| (&one["value"], &one["beat"])).collect();
    assert_eq!(values, [(&json!(24.0), &json!(22.0))], "{review}");
}
