//! Other programs' files over HTTP, and exercises of one's own with their pictures.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::house::{Answer, House};
use super::members::JSON;

const STRONG: &str = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n\
    2026-11-02 18:00:00,Evening,45m,Squat (Barbell),1,80,5,0,0,,,\n\
    2026-11-02 18:00:00,Evening,45m,Squat (Barbell),2,80,5,0,0,,,8\n\
    2026-11-02 18:00:00,Evening,45m,Log Press,1,40,8,0,0,,,\n";

async fn send_file(house: &House, file: &str, options: &Value) -> Answer {
    let part = |head: &str, body: &str| {
        format!("--frontier\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let body = format!(
        "{}{}--frontier--\r\n",
        part("name=\"options\"", &options.to_string()),
        part("name=\"file\"; filename=\"a.csv\"", file)
    );
    let head = "POST /api/v1/import/workouts\nContent-Type: multipart/form-data; boundary=frontier";
    house.ask_with(head, body.into_bytes()).await
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

#[tokio::test]
async fn a_file_is_looked_at_then_kept_once() {
    let home = House::new(|_| {}).await;
    let first = read(&send_file(&home, STRONG, &json!({})).await);
    assert_eq!((&first["format"], &first["kept"]), (&json!("strong"), &json!(false)));
    assert_eq!(first["questions"], json!(["load_unit", "exercises"]));
    let squat =
        first["exercises"].as_array().unwrap().iter().find(|one| one["name"] == "Squat (Barbell)");
    assert_eq!(squat.unwrap()["choice"], "barbell_squat");
    let early = send_file(&home, STRONG, &json!({"keep": true})).await.told();
    assert!(early.starts_with("422 [options] still open: load_unit, exercises"), "{early}");
    assert_eq!(read(&home.ask("GET /api/v1/sessions").await)["sessions"], json!([]));
    let options = json!({"keep": true, "load_unit": "kg", "choices": {"Log Press": "custom"}});
    for n_known in [0, 1] {
        let kept = send_file(&home, STRONG, &options).await;
        assert_eq!(kept.status.as_u16(), 200, "{}", kept.body);
        let kept = read(&kept);
        assert_eq!((&kept["kept"], &kept["n_known"]), (&json!(true), &json!(n_known)));
        let sessions = read(&home.ask("GET /api/v1/sessions").await);
        assert_eq!(sessions["sessions"].as_array().unwrap().len(), 1, "{sessions}");
        assert_eq!(sessions["sessions"][0]["volume_load_kg"], json!(1120.0));
    }
    let own = read(&home.ask("GET /api/v1/own-exercises").await);
    assert_eq!((&own[0]["id"], &own[0]["name"]), (&json!("custom_log_press"), &json!("Log Press")));
    // Out as our own table, and in again: nothing new.
    let table = home.ask("GET /api/v1/export/workouts?format=spotter_csv").await;
    assert!(table.header("content-disposition").contains("spotter-sets.csv"));
    let again = read(&send_file(&home, &table.body, &json!({"keep": true})).await);
    assert_eq!(
        (&again["n_sessions"], &again["n_known"], &again["kept"]),
        (&json!(1), &json!(1), &json!(true))
    );
    // As other programs write it, without our ids, it is still the same session; and a new name stays.
    let renamed = json!({"name": "Viking press", "like": "seated_shoulder_press"});
    home.ask(&format!("PUT /api/v1/own-exercises/custom_log_press\n{JSON}\n\n{renamed}")).await;
    for format in ["strong", "hevy"] {
        let table = home.ask(&format!("GET /api/v1/export/workouts?format={format}")).await;
        let options = json!({"keep": true, "load_unit": "kg", "choices": {
            "Viking press": "custom_log_press", "Log Press": "custom_log_press",
        }});
        let again = send_file(&home, &table.body, &options).await;
        let again = (read(&again), again.status.as_u16());
        assert_eq!((&again.0["n_known"], again.1), (&json!(1), 200), "{format}: {}", again.0);
    }
    let own = read(&home.ask("GET /api/v1/own-exercises").await);
    assert_eq!(
        (&own[0]["name"], &own[0]["like"]),
        (&json!("Viking press"), &json!("seated_shoulder_press"))
    );
    // A name that is too long for an exercise is cut, not refused.
    let long = "x".repeat(100);
    let file = STRONG.replace("Log Press", &long).replace("2026-11-02", "2026-11-09");
    let options = json!({"keep": true, "load_unit": "kg", "choices": {&long: "custom"}});
    let kept = send_file(&home, &file, &options).await;
    assert_eq!(kept.status.as_u16(), 200, "{}", kept.body);
    // What a file brought goes with it again, and nothing else; and comes back.
    let both = send_file(&home, &file, &json!({"keep": true, "take_back": true})).await.told();
    assert!(both.starts_with("422 [options]"), "{both}");
    for (option, n_known, n_sessions) in [("take_back", 0, 1), ("take_back", 0, 1), ("keep", 0, 2)]
    {
        let mut options = options.clone();
        (options["keep"], options["take_back"]) = (json!(false), json!(false));
        options[option] = json!(true);
        let told = read(&send_file(&home, &file, &options).await);
        let summary = read(&home.ask("GET /api/v1/progress/summary").await);
        assert_eq!(
            (&told["n_known"], &told["n_brought"], &summary["n_sessions"]),
            (&json!(n_known), &json!(0), &json!(n_sessions)),
            "{option}: {told}"
        );
    }
    let summary = read(&home.ask("GET /api/v1/progress/summary").await);
    assert!(summary["records"].as_array().unwrap().len() > 1, "{summary}");
}

#[tokio::test]
async fn what_is_no_training_file_is_refused() {
    let home = House::new(|_| {}).await;
    let check = async |file: &str, options: Value, expected: &str| {
        let told = send_file(&home, file, &options).await.told();
        assert!(told.starts_with(expected), "{told}");
    };
    check("", json!({}), "422 [file] the file is empty").await;
    check(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"a\">]><x>&a;</x>",
        json!({}),
        "422 [file] XML is not read",
    )
    .await;
    check("PK\u{3}\u{4}", json!({}), "422 [file] this is a ZIP").await;
    check(STRONG, json!({"load_unit": "stone"}), "422 [options.load_unit] there is no `stone`")
        .await;
    check(STRONG, json!({"keep": 1}), "422 [keep]").await;
    let form = home.ask("POST /api/v1/import/workouts\nContent-Type: text/csv\n\nx").await;
    assert!([400, 415].contains(&form.status.as_u16()), "{}", form.body);
    let fit = home.ask("GET /api/v1/export/workouts?format=fit").await.told();
    assert!(fit.starts_with("422 [session] a FIT file holds one session"), "{fit}");
}

/// A server that draws one picture, then nothing.
async fn painter() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for status in ["200 OK", "400 Bad Request"] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = vec![0; 16_384];
            let n = stream.read(&mut heard).await.unwrap();
            assert!(String::from_utf8_lossy(&heard[..n]).contains("images/generations"));
            let body = r#"{"created":1,"data":[{"b64_json":"iVBORw0KGgo="}]}"#;
            let answer = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    format!("http://{address}/v1")
}

#[tokio::test]
async fn a_model_draws_ones_own_exercise_and_our_figure_stands_in() {
    let base = painter().await;
    let settings: llm::Settings = serde_json::from_value(json!({
        "provider": "openai_compatible", "base_url": base, "model": "some-model", "image_model": "painter", "retries": 0,
    }))
    .unwrap();
    let model = Arc::new(llm::Model::open(settings, |_| None).unwrap());
    let home = House::new(|settings| settings.model = Some(model)).await;
    assert_eq!(read(&home.ask("GET /api/v1/features").await)["pictures"], true);
    let put = async |body: Value| {
        home.ask(&format!("PUT /api/v1/own-exercises/custom_log_press\n{JSON}\n\n{body}")).await
    };
    let picture = "/api/v1/own-exercises/custom_log_press/picture";
    assert_eq!(put(json!({"name": " "})).await.status.as_u16(), 422);
    assert_eq!(put(json!({"name": "Log press", "like": "flying"})).await.status.as_u16(), 422);
    assert_eq!(put(json!({"name": "Log press"})).await.status.as_u16(), 204);
    assert_eq!(home.ask(&format!("GET {picture}")).await.status.as_u16(), 404);
    assert_eq!(
        put(json!({"name": "Log press", "like": "barbell_overhead_press"})).await.status.as_u16(),
        204
    );
    assert_eq!(home.ask(&format!("GET {picture}")).await.header("content-type"), "image/svg+xml");
    assert_eq!(
        read(&home.ask(&format!("POST {picture}")).await),
        json!({"source": "model", "why": null})
    );
    let drawn = home.ask(&format!("GET {picture}")).await;
    assert_eq!(
        (drawn.header("content-type"), &drawn.bytes[..4]),
        ("image/png", b"\x89PNG".as_slice())
    );
    // It fails: what was drawn before stays.
    let failed = read(&home.ask(&format!("POST {picture}")).await);
    assert_eq!(failed["source"], "figure", "{failed}");
    assert_eq!(home.ask(&format!("GET {picture}")).await.header("content-type"), "image/png");
    assert_eq!(read(&home.ask("GET /api/v1/own-exercises").await)[0]["drawn"], true);
    // It goes along.
    let zip = home.ask("GET /api/v1/export").await.bytes;
    let elsewhere = House::new(|_| {}).await;
    let brought =
        elsewhere.ask_with("POST /api/v1/import\nContent-Type: application/zip", zip).await;
    assert_eq!(brought.status.as_u16(), 200, "{}", brought.body);
    assert_eq!(elsewhere.ask(&format!("GET {picture}")).await.header("content-type"), "image/png");
}

#[tokio::test]
async fn without_a_model_that_draws_the_figure_stays() {
    let home = House::new(|_| {}).await;
    let named = json!({"name": "Log press", "like": "barbell_overhead_press"});
    home.ask(&format!("PUT /api/v1/own-exercises/custom_log_press\n{JSON}\n\n{named}")).await;
    let drawn = read(&home.ask("POST /api/v1/own-exercises/custom_log_press/picture").await);
    assert_eq!(drawn, json!({"source": "figure", "why": "no model that draws is set up"}));
}
