//! What must not count: today's phantoms of every kind of idle life, as a table that should become empty.

use std::fmt::Write as _;

use catalog::Catalog;
use expect_test::expect;
use motion::engine::{Engine, StandardName};
use motion::spec::Kind;
use testkit::{Idle, Noise, bodies, idling};

/// Repetitions and attempts that the live engines tell in 40 s of one kind of idle life, by exercise.
fn phantoms(kind: Idle, camera_yaw_deg: f64) -> String {
    let catalog = Catalog::builtin().expect("the exercise files are well-formed");
    let noise = Noise { seed: 5, level: 1.0, drop_out: 0.01, swaps_per_min: 0.5 };
    let stream = idling(&[(kind, 40.0)], &bodies::named("average"), camera_yaw_deg, 15.0, noise);
    let mut text = String::new();
    for exercise in
        catalog.exercises().iter().filter(|exercise| exercise.movement.kind == Kind::Reps)
    {
        let mut engine = Engine::new(&exercise.movement, StandardName::Default, None);
        for pose in &stream.poses {
            engine.push(pose);
        }
        let n_counted = engine.reps().iter().filter(|rep| rep.counted).count();
        if !engine.reps().is_empty() {
            let _written =
                write!(text, "{} {n_counted}+{}, ", exercise.id, engine.reps().len() - n_counted);
        }
    }
    text
}

#[test]
fn standing_counts_nothing() {
    assert_eq!(phantoms(Idle::Stand, 0.0) + &phantoms(Idle::Stand, 90.0), "");
}

#[test]
fn idle_life_counts_this_much_today() {
    let mut table = String::new();
    for kind in Idle::ALL {
        for yaw_deg in [0.0, 90.0] {
            let _written =
                writeln!(table, "{:<8}{yaw_deg:>3}°  {}", kind.name(), phantoms(kind, yaw_deg));
        }
    }
    // Wrong wherever a line is not empty; `UPDATE_EXPECT=1` after an engine change, and look at the difference.
    expect![[r#"
        stand     0°  
        stand    90°  
        walk      0°  
        walk     90°  
        talk      0°  
        talk     90°  
        pick_up   0°  barbell_squat 4+0, goblet_squat 4+0, romanian_deadlift 1+0, squat 4+0, 
        pick_up  90°  barbell_squat 4+0, deadlift 5+0, goblet_squat 4+0, romanian_deadlift 1+0, squat 4+0, 
        rack      0°  
        rack     90°  
        kneel     0°  lunge 2+0, 
        kneel    90°  
        drink     0°  
        drink    90°  
    "#]].assert_eq(&table);
}
