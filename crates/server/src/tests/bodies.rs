//! What is sent in bodies: references, and what is wrong with them.

use super::house::House;

/// The seed's own sample.
pub(super) const PUSH_UP: &str = r#"{"id": "ref_pushup_v1", "exercise_id": "ex_pushup", "fps": 30,
 "joint_angles": [145.0,140.0,120.0,80.0,70.0,75.0,90.0,120.0,150.0,165.0],
 "phase_labels": ["up","up","down","down","bottom","up","up","up","lockout","lockout"],
 "metadata": {"source":"coach_recording","notes":"neutral spine, feet hip-width"}}"#;

async fn check(house: &House, head: &str, body: &str, expected: &str) {
    let request = format!("{head}\nContent-Type: application/json\n\n{body}");
    assert_eq!(house.ask(&request).await.told(), expected, "{request}");
}

#[tokio::test]
async fn the_seeds_sample_is_kept_across_restarts() {
    let home = House::new(|_| {}).await;
    for (path, status) in [("/references", 201), ("/api/v1/references", 200)] {
        let answer =
            home.ask(&format!("POST {path}\nContent-Type: application/json\n\n{PUSH_UP}")).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    }
    let again = House::new(|settings| settings.data = home.folder().to_owned()).await;
    for path in ["/references/ref_pushup_v1", "/api/v1/references/ref_pushup_v1"] {
        let kept: serde_json::Value =
            serde_json::from_str(&again.ask(&format!("GET {path}")).await.body).unwrap();
        assert_eq!(kept, serde_json::from_str::<serde_json::Value>(PUSH_UP).unwrap());
    }
    let all = again.ask("GET /api/v1/references").await.body;
    assert!(all.starts_with("[{\"id\":\"ref_pushup_v1\""), "{all}");
}

#[tokio::test]
async fn unusable_references_are_refused_by_field() {
    let home = House::new(|settings| {
        settings.limits.references = 1;
        settings.limits.recording_bytes = 200_000;
    })
    .await;
    let post = "POST /api/v1/references";
    let fix = "→ Correct the named field and send it again.";
    let with = |from: &str, to: &str| PUSH_UP.replace(from, to);
    for (body, expected) in [
        (
            with("ref_pushup_v1", "../x"),
            format!(
                "422 [id] it must be 1 to 64 letters, digits, `_`, `-` or `.`, and begin with a letter or digit {fix}"
            ),
        ),
        (with("30", "0"), format!("422 [fps] `0` is not a frame rate from 1 to 1000 {fix}")),
        (
            with("30", "\"x\""),
            format!("422 [fps] invalid type: string \"x\", expected u32 at line 1 column 62 {fix}"),
        ),
        (
            with("145.0", "1e9"),
            format!("422 [joint_angles] `1000000000` is not an angle in degrees {fix}"),
        ),
        (
            with("[145.0", "[[145.0]"),
            format!(
                "422 [joint_angles[0]] invalid type: sequence, expected f64 at line 2 column 18 {fix}"
            ),
        ),
        (
            with("ex_pushup", "plank"),
            format!(
                "422 [exercise_id] `plank` is held, not repeated: it is compared with no reference {fix}"
            ),
        ),
    ] {
        check(&home, post, &body, &expected).await;
    }
    let unknown = home
        .ask(&format!("{post}\nContent-Type: application/json\n\n{}", with("ex_pushup", "dance")))
        .await;
    assert!(
        unknown
            .told()
            .starts_with("422 [exercise_id] there is no exercise `dance`; known are auto, ")
    );
    let not_json = "→ Correct the request and send it again.";
    check(
        &home,
        post,
        "{\"id\": ",
        &format!(
            "400 the body is not JSON: EOF while parsing a value at line 1 column 7 {not_json}"
        ),
    )
    .await;
    check(
        &home,
        post,
        "{} x",
        &format!("400 the body is not JSON: trailing characters at line 1 column 4 {not_json}"),
    )
    .await;
    check(
        &home,
        post,
        &format!("{PUSH_UP}{PUSH_UP}"),
        &format!("400 the body is not JSON: trailing characters at line 4 column 83 {not_json}"),
    )
    .await;
    let big = PUSH_UP.replace("neutral", &"x".repeat(200_000));
    check(&home, post, &big, "413 the body is larger than this server takes → Send less at once.")
        .await;
    let untyped = home.ask(&format!("{post}\n\n{PUSH_UP}")).await.told();
    assert_eq!(
        untyped,
        "415 [Content-Type] the request does not say what its body is → Send JSON with `Content-Type: application/json`."
    );
    let form = home
        .ask(&format!("{post}\nContent-Type: text/plain; charset=utf-8\n\n{PUSH_UP}"))
        .await
        .told();
    assert_eq!(
        form,
        "415 [Content-Type] the body is `text/plain` → Send JSON with `Content-Type: application/json`."
    );

    check(
        &home,
        "GET /api/v1/references/gone",
        "",
        "404 there is no reference `gone` → GET /api/v1/references lists those there are.",
    )
    .await;
    assert_eq!(home.ask("GET /api/v1/references").await.told(), "200 []");
    let first = home.ask(&format!("{post}\nContent-Type: application/json\n\n{PUSH_UP}")).await;
    assert_eq!(first.status.as_u16(), 201);
    check(&home, post, &with("ref_pushup_v1", "other"), "507 there are 1 references already → Remove what is no longer needed, or raise the limit in the configuration.").await;
}

#[tokio::test]
async fn what_earlier_versions_kept_in_files_is_taken_in_or_stops_the_start_by_name() {
    let home = House::new(|_| {}).await;
    let open = || async {
        let settings = home.settings();
        crate::state::AppState::open(&settings, settings.listen, None, None).await
    };
    let folder = home.folder().join("references");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("bad.json");
    std::fs::write(&path, "{\"template\": {}}").unwrap();
    let expected = format!(
        "`{}` is damaged (missing field `id` at line 1 column 15); restore it, or remove it to start afresh",
        path.display()
    );
    assert_eq!(open().await.unwrap_err().to_string(), expected);
    std::fs::write(&path, format!("{{\"template\": {PUSH_UP}, \"kept_at_s\": 1700000000}}"))
        .unwrap();
    open().await.unwrap();
    assert!(!folder.exists());
    let kept = home.ask("GET /references/ref_pushup_v1").await;
    assert_eq!(kept.status.as_u16(), 200, "{}", kept.body);
}

/// A recorded set as the body of a request; `more` goes before the frames.
pub(super) fn recorded(clip: &str, more: &str) -> String {
    format!("{{{more},\"frames\":[{}]}}", super::sockets::frames(clip).join(","))
}

#[tokio::test]
async fn a_set_in_one_request_is_judged_as_it_was_live() {
    let home = House::new(|_| {}).await;
    let body =
        recorded("push_up_hip_sag", r#""exercise_id":"ex_pushup","width":1280,"height":720"#);
    for path in ["/analyze", "/api/v1/analyze"] {
        let answer =
            home.ask(&format!("POST {path}\nContent-Type: application/json\n\n{body}")).await;
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(
            (answer.status.as_u16(), &told["analysis"]["exercise"]),
            (200, &"push_up".into())
        );
        assert!(told["score"].as_f64().is_some_and(|score| (0.0..=100.0).contains(&score)));
        assert!(told["issues"].as_array().is_some_and(|issues| issues.len() >= 3), "{told}");
        assert!(told["timeline_annotations"][0]["note"].is_string(), "{told}");
    }
    let post = "POST /analyze";
    let fix = "→ Correct the named field and send it again.";
    check(
        &home,
        post,
        r#"{"frames":[]}"#,
        &format!("422 [frames] there are 0; give 1 to 54000 frames of one set {fix}"),
    )
    .await;
    check(
        &home,
        post,
        r#"{"frames":[{"ts_ms":1,"lm":[[1]]}]}"#,
        &format!(
            "422 [frames[0].lm] it has 1 rows; give 33 as MediaPipe does, or 17 as COCO does {fix}"
        ),
    )
    .await;
}

#[tokio::test]
async fn sets_are_compared_with_the_reference_that_was_given() {
    let home = House::new(|_| {}).await;
    let source = async |more: &str| {
        let body = recorded(
            "squat_side",
            &format!(r#""exercise_id":"squat","width":406,"height":720{more}"#),
        );
        let answer =
            home.ask(&format!("POST /analyze\nContent-Type: application/json\n\n{body}")).await;
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        told["analysis"]["reference"].as_str().map_or_else(|| answer.told(), str::to_owned)
    };
    let own = source("").await;
    let body = recorded(
        "squat_side",
        r#""exercise_id":"squat","width":406,"height":720,"id":"mine","name":"Sunday""#,
    );
    let made =
        home.ask(&format!("POST /references\nContent-Type: application/json\n\n{body}")).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    assert_eq!(source("").await, "reference template `Sunday`");
    assert_ne!(own, "reference template `Sunday`");
    assert_eq!(source(r#","reference_id":"mine""#).await, "reference template `Sunday`");
    assert_eq!(
        source(r#","reference_id":"gone""#).await,
        "422 [reference_id] there is no reference `gone` → GET /api/v1/references lists those there are."
    );
}

#[tokio::test]
async fn the_library_is_listed_and_drawn() {
    let home = House::new(|_| {}).await;
    let all = home.ask("GET /api/v1/exercises").await;
    let list: serde_json::Value = serde_json::from_str(&all.body).unwrap();
    assert_eq!(list.as_array().unwrap().len(), home.state.catalog.library().len());
    let one = home.ask("GET /api/v1/exercises/ex_pushup").await;
    assert!(one.body.starts_with("{\"id\":\"push_up\""), "{}", one.body);
    let figure =
        home.ask("GET /api/v1/exercises/squat/figure.svg?view=front&theme=dark&animated=1").await;
    assert_eq!(figure.header("content-type"), "image/svg+xml");
    assert!(figure.body.starts_with("<svg "), "{}", figure.body);
    for (path, answer) in [("exercises", &all), ("exercises/ex_pushup", &one)] {
        let again = home
            .ask(&format!("GET /api/v1/{path}\nIf-None-Match: {}", answer.header("etag")))
            .await;
        assert_eq!(again.status.as_u16(), 304);
    }
    let fix = "→ Correct the named field and send it again.";
    check(
        &home,
        "GET /api/v1/exercises/squat/figure.svg?view=above",
        "",
        &format!("422 [view] there is no such view; use side or front {fix}"),
    )
    .await;
    check(
        &home,
        "GET /api/v1/exercises/squat/figure.svg?animated=yes",
        "",
        &format!("422 [animated] it must be `1` or `0` {fix}"),
    )
    .await;
    for (query, answer) in [
        ("step=4", "422 [step] there is no such step picture; give 1 to 3"),
        ("step=2&animated=1", "422 [animated] a step picture stands still"),
    ] {
        let path = format!("GET /api/v1/exercises/squat/figure.svg?{query}");
        check(&home, &path, "", &format!("{answer} {fix}")).await;
    }
    let gone = home.ask("GET /api/v1/exercises/dance").await.told();
    assert!(gone.starts_with("404 there is no exercise `dance`; known are auto, "), "{gone}");
}

#[tokio::test]
async fn what_the_camera_cannot_judge_is_told_and_drawn_too() {
    let home = House::new(|_| {}).await;
    let one = home.ask("GET /api/v1/exercises/farmers_carry").await;
    let told: serde_json::Value = serde_json::from_str(&one.body).unwrap();
    assert_eq!(told["camera_judged"], false);
    assert!(told["standards"].is_null() && told["faults"][0]["tip"].is_string(), "{told}");
    let step = home.ask("GET /api/v1/exercises/farmers_carry/figure.svg?step=2&lang=de").await;
    assert!(step.body.contains("von der Seite, Bild 2 von "), "{}", step.body);
    assert!(step.body.len() < 25_000 && !step.body.contains("<animate"), "{}", step.body.len());
}

#[tokio::test]
async fn the_library_and_reports_speak_the_language_asked_for() {
    let home = House::new(|_| {}).await;
    let check = async |request: &str, language: &str, begins: &str| {
        let answer = home.ask(request).await;
        assert_eq!(answer.header("content-language"), language, "{request}: {}", answer.body);
        assert!(answer.header("vary").contains("accept-language"), "{request}");
        assert!(answer.body.contains(begins), "{request}: {}", answer.body);
    };
    let (squat, kniebeuge) = ("\"name\":\"Squat\"", "\"name\":\"Kniebeuge\"");
    check("GET /api/v1/exercises", "en", squat).await;
    check("GET /api/v1/exercises?lang=de", "de", kniebeuge).await;
    check("GET /api/v1/exercises\nAccept-Language: de-DE,de;q=0.9,en;q=0.8", "de", kniebeuge).await;
    check("GET /api/v1/exercises?lang=en\nAccept-Language: de", "en", squat).await;
    check("GET /api/v1/exercises/squat?lang=de", "de", kniebeuge).await;
    check("GET /api/v1/exercises/Kniebeuge", "en", squat).await;
    check("GET /api/v1/exercises/squat/figure.svg?lang=de", "de", "Kniebeuge, von der Seite").await;
    let refused = home.ask("GET /api/v1/exercises?lang=tlh").await.told();
    let fix = "→ Correct the named field and send it again.";
    assert_eq!(refused, format!("422 [lang] `tlh` is not spoken here; use en or de {fix}"));

    let post = |path: &str, more: &str| {
        let body = recorded("squat_side", more);
        format!("POST {path}\nContent-Type: application/json\n\n{body}")
    };
    let set = r#""exercise_id":"squat","width":406,"height":720"#;
    check(&post("/analyze", set), "en", "Spotter's template for Squat").await;
    check(&post("/analyze?lang=de", set), "de", "Spotters Vorlage: Kniebeuge").await;
    let asks = format!(r#"{set},"language":"de""#);
    check(&post("/analyze?lang=en", &asks), "de", "Spotters Vorlage: Kniebeuge").await;
}
