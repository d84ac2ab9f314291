//! Profiles that may be kept, events of every version, and the days of a plan.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;

use super::*;
use crate::exercise::{Kit, Level, Limit};
use crate::program::{Goal, Weekday};

const TODAY: Date = date(2026, 11, 21);

fn profile() -> Profile {
    Profile {
        goal: Goal::GainMass,
        level: Level::Beginner,
        weekdays: vec![Weekday::Mon, Weekday::Fri],
        minutes: 45,
        kit: vec![Kit::Mat],
        limits: Vec::new(),
        avoid: Vec::new(),
        body: None,
        red_flags: Vec::new(),
        health_consent: false,
    }
}

#[test]
fn a_profile_is_kept_or_the_field_is_named() {
    let check = |change: fn(&mut Profile), field: Option<&str>| {
        let mut profile = profile();
        change(&mut profile);
        let refused = profile.check(TODAY).err().map(|invalid| invalid.field);
        assert_eq!(refused, field, "{profile:?}");
    };
    check(|_| {}, None);
    check(|profile| profile.weekdays.clear(), Some("weekdays"));
    check(|profile| profile.weekdays.push(Weekday::Mon), Some("weekdays"));
    check(|profile| profile.weekdays = Weekday::ALL.to_vec(), Some("weekdays"));
    check(|profile| profile.minutes = 14, Some("minutes"));
    check(|profile| profile.kit.push(Kit::Mat), Some("kit"));
    check(|profile| profile.limits.push(Limit::KneePain), Some("consent.health"));
    check(|profile| profile.red_flags.push(RedFlag::Fainting), Some("consent.health"));
    check(|profile| profile.body = Some(Body::default()), Some("consent.health"));
    check(
        |profile| {
            profile.health_consent = true;
            profile.body = Some(Body { height_cm: Some(f64::NAN), ..Body::default() });
        },
        Some("body.height_cm"),
    );
    check(
        |profile| {
            profile.health_consent = true;
            profile.body = Some(Body { body_mass_kg: Some(20.0), ..Body::default() });
        },
        Some("body.body_mass_kg"),
    );
    check(
        |profile| {
            profile.health_consent = true;
            profile.body = Some(Body { birth_year: Some(2015), ..Body::default() });
        },
        Some("red_flags"),
    );
    check(
        |profile| {
            profile.health_consent = true;
            profile.red_flags = vec![RedFlag::Under16];
            profile.body = Some(Body { birth_year: Some(2015), ..Body::default() });
        },
        None,
    );
}

/// Samples under `tests/events` are never changed: somebody's log holds the like.
#[test]
fn what_any_version_wrote_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events");
    let mut seen = BTreeSet::new();
    for file in std::fs::read_dir(folder).expect("samples") {
        let path = file.expect("a sample").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let (kind, rest) = name.split_once(".v").expect("kind.vN");
        let version: u32 = rest.split('.').next().expect("N").parse().expect("a version");
        let text = std::fs::read_to_string(&path).expect("a sample");
        let event = read(kind, version, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = write(&event);
        assert_eq!(read(again.kind, again.schema_version, &again.data), Ok(event), "{name}");
        seen.insert((kind.to_owned(), version));
    }
    for (kind, newest) in events::KINDS {
        for version in 1..=newest {
            assert!(seen.contains(&(kind.to_owned(), version)), "no sample of {kind} v{version}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let check = |kind: &str, version: u32, data: &str, part: &str| {
        let error = read(kind, version, data).expect_err(part).to_string();
        assert!(error.contains(part), "{error}");
    };
    check("flown", 1, "{}", "does not know the kind");
    check("plan_edited", 2, "{}", "versions 1 to 1");
    check("plan_edited", 0, "{}", "versions 1 to 1");
    check("plan_edited", 1, "{", "EOF");
    check("plan_edited", 1, "{}", "invalid type: null");
    check("user_onboarded", 1, "[]", "invalid length 0");
}

#[test]
fn a_plan_begins_on_the_monday_of_its_first_training_day() {
    let check = |made_on: Date, weekdays: &[Weekday], expected: Date| {
        assert_eq!(first_monday(made_on, weekdays), expected, "{made_on} {weekdays:?}");
    };
    let (monday, saturday) = (date(2026, 11, 16), date(2026, 11, 21));
    check(monday, &[Weekday::Mon, Weekday::Fri], monday);
    check(saturday, &[Weekday::Mon, Weekday::Fri], date(2026, 11, 23));
    check(saturday, &[Weekday::Mon, Weekday::Sat], monday);
    check(date(2026, 12, 31), &[Weekday::Wed], date(2027, 1, 4));
    check(
        Date::MAX,
        &[Weekday::Mon],
        monday_of(Date::MAX).saturating_add(jiff::Span::new().days(7)),
    );
}
