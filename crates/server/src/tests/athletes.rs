//! Profiles and plans over HTTP: made once, followed, changed, taken back, told in several forms.

use serde_json::{Value, json};

use super::house::{Answer, House};
use super::members::JSON;

async fn send(house: &House, line: &str, body: &Value) -> Answer {
    house.ask(&format!("{line}\n{JSON}\n\n{body}")).await
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

fn profile() -> Value {
    json!({
        "goal": "gain_mass", "level": "beginner", "weekdays": ["mon", "thu"], "minutes": 40,
        "kit": ["mat", "dumbbells"], "limits": [], "avoid": [], "body": null, "red_flags": [], "consent": {"health": false},
    })
}

#[tokio::test]
async fn a_profile_is_kept_and_known_by_its_etag() {
    let home = House::new(|_| {}).await;
    let nobody = home.ask("GET /api/v1/state").await;
    assert_eq!(
        read(&nobody),
        json!({"version": 0, "profile": null, "light_only": false, "light": [], "plan": null})
    );
    let first = nobody.header("etag").to_owned();
    let told = send(&home, &format!("PUT /api/v1/profile\nIf-Match: {first}"), &profile()).await;
    assert_eq!(told.status.as_u16(), 200, "{}", told.body);
    assert_eq!(read(&told)["profile"], profile());
    let second = told.header("etag").to_owned();
    assert_ne!(first, second);
    let unchanged = home.ask(&format!("GET /api/v1/state\nIf-None-Match: {second}")).await;
    assert_eq!((unchanged.status.as_u16(), &unchanged.body[..]), (304, ""));
    // The same again is no news; an old version is not overwritten.
    assert_eq!(send(&home, "PUT /api/v1/profile", &profile()).await.header("etag"), second);
    let late = send(&home, &format!("PUT /api/v1/profile\nIf-Match: {first}"), &profile()).await;
    assert_eq!(
        late.told(),
        "412 somebody, maybe you on another device, has changed it → Read it again, and send the change with its new ETag."
    );
}

#[tokio::test]
async fn health_is_kept_with_consent_only_and_red_flags_come_first() {
    let home = House::new(|_| {}).await;
    let with = |key: &str, value: Value, consent: bool| {
        let mut profile = profile();
        profile[key] = value;
        profile["consent"]["health"] = consent.into();
        profile
    };
    let put = "PUT /api/v1/profile";
    let check = async |profile: Value, expected: &str| {
        assert_eq!(send(&home, put, &profile).await.told(), expected);
    };
    let no = "422 [consent.health] say yes to keeping health data, or leave limits, body and red flags out → Correct the named field and send it again.";
    check(with("limits", json!(["knee_pain"]), false), no).await;
    check(with("red_flags", json!(["chest_pain"]), false), no).await;
    check(
        with("avoid", json!(["flying"]), false),
        "422 [avoid] there is no exercise `flying` → Correct the named field and send it again.",
    )
    .await;
    let flagged = send(&home, put, &with("red_flags", json!(["chest_pain"]), true)).await;
    let state = read(&flagged);
    assert!(state["light_only"] == true && state["light"].as_array().unwrap().len() > 3, "{state}");
    let goal = json!({"goal": "gain_mass", "level": "beginner"});
    let refused = send(&home, "POST /plans", &goal).await;
    assert_eq!(read(&refused)["type"], "/api/docs#see-a-professional");
    assert_eq!(refused.status.as_u16(), 422);
    send(&home, put, &profile()).await;
    let plan = send(&home, "POST /plans", &goal).await;
    assert_eq!(plan.status.as_u16(), 201);
    // Who reports one later has no plan to follow or change any more, until it is gone.
    let id = read(&plan)["id"].as_str().unwrap().to_owned();
    let flagged = send(&home, put, &with("red_flags", json!(["fainting"]), true)).await;
    assert_eq!(read(&flagged)["plan"], Value::Null);
    let edit = json!({"op": "move_day", "day": "Mon", "to": "Tue"});
    for answer in [
        home.ask("GET /api/v1/weekly-plan").await,
        home.ask(&format!("GET /plans/{id}")).await,
        home.ask(&format!("GET /api/v1/plans/{id}/plan.ics")).await,
        home.ask(&format!("GET /api/v1/plans/{id}/swaps?day=Mon&exercise=squat")).await,
        send(&home, &format!("POST /api/v1/plans/{id}/edits"), &edit).await,
        send(&home, &format!("POST /api/v1/plans/{id}/edits"), &json!({"op": "undo"})).await,
    ] {
        assert_eq!(read(&answer)["type"], "/api/docs#see-a-professional", "{}", answer.body);
    }
    send(&home, put, &profile()).await;
    assert_eq!(home.ask(&format!("GET /plans/{id}")).await.status.as_u16(), 200);
}

#[tokio::test]
async fn what_hurts_counts_whether_the_request_says_so_or_the_profile() {
    let home = House::new(|_| {}).await;
    let goal = json!({"goal": "gain_mass", "level": "beginner"});
    let plan = read(&send(&home, "POST /plans", &goal).await);
    let id = plan["id"].as_str().unwrap();
    let mut hurts = profile();
    (hurts["limits"], hurts["consent"]) =
        (json!(["knee_pain", "wrist_pain"]), json!({"health": true}));
    send(&home, "PUT /api/v1/profile", &hurts).await;
    // The plan that was made before tells that it does not fit, and offers nothing that hurts.
    let now = read(&home.ask(&format!("GET /plans/{id}")).await);
    assert_ne!(now["warnings"], json!([]), "{now}");
    let forbidden: Vec<String> = read(&home.ask("GET /api/v1/exercises").await)
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["contraindications"].as_array().unwrap().contains(&"knee_pain".into()))
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(forbidden.len() > 5);
    let (day, exercises) = plan["schedule"].as_object().unwrap().iter().next().unwrap();
    for exercise in exercises.as_array().unwrap() {
        let exercise = exercise["id"].as_str().unwrap();
        let swaps =
            home.ask(&format!("GET /api/v1/plans/{id}/swaps?day={day}&exercise={exercise}")).await;
        for swap in read(&swaps).as_array().unwrap() {
            assert!(!forbidden.iter().any(|id| swap["id"] == id.as_str()), "{swap}");
        }
    }
    // A new one heeds it, though the request does not repeat it.
    let next = send(&home, "POST /plans", &goal).await.body;
    assert!(!forbidden.iter().any(|id| next.contains(&format!("\"id\":\"{id}\""))), "{next}");
    assert_eq!(read(&home.ask("GET /api/v1/state").await)["profile"]["limits"], hurts["limits"]);
}

#[tokio::test]
async fn the_seeds_request_is_answered_with_the_seeds_shape_under_both_names() {
    let home = House::new(|_| {}).await;
    let goal =
        json!({"goal": "back_strength", "level": "intermediate", "constraints": ["no barbell"]});
    for prefix in ["", "/api/v1"] {
        let made = send(&home, &format!("POST {prefix}/plans"), &goal).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.body);
        let plan = read(&made);
        assert_eq!(plan["goal"], goal);
        assert_eq!(plan["days_per_week"], 3);
        assert_eq!(plan["source"], "deterministic");
        for (day, exercises) in plan["schedule"].as_object().unwrap() {
            assert!(["Mon", "Wed", "Fri"].contains(&day.as_str()));
            for exercise in exercises.as_array().unwrap() {
                for key in [
                    "id",
                    "name",
                    "muscle_groups",
                    "steps",
                    "image_url",
                    "reps",
                    "sets",
                    "tempo",
                    "rest_sec",
                ] {
                    assert!(!exercise[key].is_null(), "{key}");
                }
                let picture =
                    home.ask(&format!("GET {}", exercise["image_url"].as_str().unwrap())).await;
                assert_eq!(picture.header("content-type"), "image/svg+xml", "{exercise}");
            }
        }
        let again = home.ask(&format!("GET {prefix}/plans/{}", plan["id"].as_str().unwrap())).await;
        assert_eq!(read(&again), plan);
        let etag = again.header("etag").to_owned();
        let known =
            format!("GET {prefix}/plans/{}\nIf-None-Match: {etag}", plan["id"].as_str().unwrap());
        assert_eq!(home.ask(&known).await.status.as_u16(), 304);
    }
    let wrong = send(&home, "POST /plans", &json!({"goal": "fly", "level": "beginner"})).await;
    assert!(
        wrong.told().starts_with("422 [body] is no UserGoal: unknown variant `fly`"),
        "{}",
        wrong.told()
    );
}

#[tokio::test]
async fn a_request_takes_effect_once() {
    let home = House::new(|_| {}).await;
    let goal = json!({"goal": "gain_mass", "level": "beginner"});
    let key = "Idempotency-Key: 019a9f00-0000-7000-8000-000000000001";
    let first = send(&home, &format!("POST /plans\n{key}"), &goal).await;
    let copies = (0..64).map(|_| {
        send(&home, "POST /plans\nIdempotency-Key: \"019a9f00-0000-7000-8000-000000000001\"", &goal)
    });
    for copy in futures_util::future::join_all(copies).await {
        assert_eq!((copy.status, &copy.body), (first.status, &first.body));
    }
    assert_eq!(read(&home.ask("GET /api/v1/state").await)["version"], 1);
    let other = json!({"goal": "lose_weight", "level": "beginner"});
    let reused = send(&home, &format!("POST /plans\n{key}"), &other).await;
    assert_eq!(read(&reused)["type"], "/api/docs#idempotency-key-reuse");
    assert_eq!(reused.status.as_u16(), 409);
    let wrong = send(&home, "POST /plans\nIdempotency-Key: again", &goal).await;
    assert!(wrong.told().starts_with("422 [Idempotency-Key] it is no UUID"), "{}", wrong.told());
}

#[tokio::test]
async fn a_week_is_known_by_its_etag_until_something_changes() {
    let home = House::new(|_| {}).await;
    let none = home.ask("GET /api/v1/weekly-plan").await.told();
    assert_eq!(none, "404 there is no plan yet → Make one: POST /api/v1/plans.");
    let goal = json!({"goal": "gain_mass", "level": "beginner", "weekdays": ["mon", "fri"], "start_on": "2026-11-23"});
    let plan = read(&send(&home, "POST /plans", &goal).await);
    let id = plan["id"].as_str().unwrap();
    let ask = "GET /api/v1/weekly-plan?date=2026-11-25";
    let week = home.ask(ask).await;
    let told = read(&week);
    assert_eq!(
        (&told["week"], &told["kind"], &told["starts_on"]),
        (&1.into(), &"build".into(), &"2026-11-23".into())
    );
    let dates: Vec<&str> =
        told["days"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2026-11-23", "2026-11-27"]);
    let etag = week.header("etag").to_owned();
    assert_eq!(home.ask(&format!("{ask}\nIf-None-Match: {etag}")).await.status.as_u16(), 304);
    let other_week = "GET /api/v1/weekly-plan?date=2026-12-02";
    assert_eq!(
        home.ask(&format!("{other_week}\nIf-None-Match: {etag}")).await.status.as_u16(),
        200
    );
    assert_eq!(
        home.ask(&format!("{ask}&lang=de\nIf-None-Match: {etag}")).await.status.as_u16(),
        200
    );
    let edit = json!({"op": "move_day", "day": "Fri", "to": "Sat"});
    assert_eq!(
        send(&home, &format!("POST /api/v1/plans/{id}/edits"), &edit).await.status.as_u16(),
        200
    );
    let changed = home.ask(&format!("{ask}\nIf-None-Match: {etag}")).await;
    assert_eq!(
        (changed.status.as_u16(), &read(&changed)["days"][1]["date"]),
        (200, &"2026-11-28".into())
    );
    assert!(home.ask("GET /api/v1/weekly-plan?date=tomorrow").await.told().starts_with("400"));
    // The day begins where the asker is: at 08:00 UTC it is Friday in Berlin and still Thursday on Hawaii.
    let zone = home.ask("GET /api/v1/weekly-plan\nTime-Zone: Europe/Nowhere").await.told();
    assert!(zone.starts_with("422 [Time-Zone] there is no time zone `Europe/Nowhere`"), "{zone}");
}

#[tokio::test]
async fn changes_are_made_refused_and_taken_back() {
    let home = House::new(|_| {}).await;
    let goal = json!({"goal": "gain_mass", "level": "intermediate", "constraints": ["no rack"]});
    let plan = read(&send(&home, "POST /plans", &goal).await);
    let id = plan["id"].as_str().unwrap();
    let work = plan["schedule"]["Mon"].as_array().unwrap().iter();
    let exercise = work.clone().find(|one| one["role"] == "work").unwrap()["id"].as_str().unwrap();
    let edits = format!("POST /api/v1/plans/{id}/edits");
    let swaps =
        home.ask(&format!("GET /api/v1/plans/{id}/swaps?day=Mon&exercise={exercise}")).await;
    let to = read(&swaps)[0]["id"].as_str().unwrap().to_owned();
    let swapped =
        send(&home, &edits, &json!({"op": "swap", "day": "Mon", "exercise": exercise, "to": to}))
            .await;
    assert_eq!(swapped.status.as_u16(), 200, "{}", swapped.body);
    let swapped = read(&swapped);
    assert_eq!(swapped["can_undo"], true);
    for week in swapped["weeks"].as_array().unwrap() {
        let ids: Vec<&str> = week["schedule"]["Mon"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        assert!(ids.contains(&to.as_str()) && !ids.contains(&exercise), "{ids:?}");
    }
    let back = send(&home, &edits, &json!({"op": "undo"})).await;
    assert_eq!(read(&back), plan);
    let check = async |body: Value, expected: &str| {
        assert_eq!(send(&home, &edits, &body).await.told(), expected, "{body}");
    };
    check(
        json!({"op": "undo"}),
        "409 there is no change to take back → Nothing was changed since the plan was made.",
    )
    .await;
    let refused =
        send(&home, &edits, &json!({"op": "sets", "day": "Mon", "exercise": exercise, "sets": 12}))
            .await
            .told();
    assert!(
        refused.starts_with("422 12 × ")
            && refused.ends_with(
                "is out of range → Choose something that your kit, limits and level allow."
            ),
        "{refused}"
    );
    check(
        json!({"op": "sets", "day": "Sun", "exercise": exercise, "sets": 3}),
        &format!("422 there is no `{exercise}` on sun → Read the plan again; it may have changed."),
    )
    .await;
    let gone = home.ask("GET /api/v1/plans/x").await.told();
    assert_eq!(gone, "404 there is no such plan → The state names the plan that is followed.");
}

#[tokio::test]
async fn a_plan_goes_into_notes_and_calendars() {
    let home = House::new(|_| {}).await;
    let goal = json!({"goal": "back_strength", "level": "beginner", "weekdays": ["tue"], "start_on": "2026-11-23"});
    let plan = read(&send(&home, "POST /plans", &goal).await);
    let id = plan["id"].as_str().unwrap();
    let notes = home.ask(&format!("GET /api/v1/plans/{id}/plan.md?lang=de")).await;
    assert!(
        notes.body.starts_with("# Trainingsplan\n") && notes.body.contains("## Woche 6 (leichter)"),
        "{}",
        notes.body
    );
    let calendar = home.ask(&format!("GET /api/v1/plans/{id}/plan.ics")).await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    for part in [
        "BEGIN:VCALENDAR\r\n",
        "DTSTART;VALUE=DATE:20261124\r\n",
        "DTEND;VALUE=DATE:20261125\r\n",
        "DTSTAMP:2027",
    ] {
        assert!(calendar.body.contains(part), "{part} in {}", calendar.body);
    }
    assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 6);
    assert!(calendar.body.lines().all(|line| line.len() <= 75), "long lines are folded");
}

#[tokio::test]
async fn everything_is_known_after_a_restart() {
    let home = House::new(|_| {}).await;
    let goal = json!({"goal": "gain_mass", "level": "beginner", "weekdays": ["mon", "thu"]});
    let plan = read(&send(&home, "POST /plans", &goal).await);
    let edits = format!("POST /api/v1/plans/{}/edits", plan["id"].as_str().unwrap());
    // Enough for a snapshot on the way.
    for n in 0..40 {
        let days = if n % 2 == 0 { ("Mon", "Tue") } else { ("Tue", "Mon") };
        let edit = json!({"op": "move_day", "day": days.0, "to": days.1});
        assert_eq!(send(&home, &edits, &edit).await.status.as_u16(), 200);
    }
    let before = home.ask("GET /api/v1/state").await;
    let again = House::new(|settings| settings.data = home.folder().to_owned()).await;
    let after = again.ask("GET /api/v1/state").await;
    assert_eq!((after.header("etag"), &after.body), (before.header("etag"), &before.body));
}
