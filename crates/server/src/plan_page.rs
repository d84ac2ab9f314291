//! A plan for other programs: Markdown to read and keep, iCalendar for the calendar on a phone.

use catalog::Catalog;
use icalendar::{Calendar, Component as _, Event};
use jiff::Timestamp;
use jiff::civil::Date;
use training::athlete::{Followed, date_in};
use units::Language;
use wire::plans::{PlannedExercise, WorkoutPlan, weekly};

/// The first week in full, and how the weeks move.
pub(crate) fn markdown(plan: &WorkoutPlan, language: Language) -> String {
    let mut text =
        format!("# {}\n\n{}\n", language.pick("Training plan", "Trainingsplan"), plan.notes);
    for (n, week) in (1..).zip(&plan.weeks) {
        let title = language.pick("Week", "Woche");
        let easier = language.pick(" (easier)", " (leichter)");
        text += &format!("\n## {title} {n}{}\n", if week.kind == "deload" { easier } else { "" });
        for (day, exercises) in &week.schedule.0 {
            text += &format!("\n### {day}\n\n");
            text += language.pick(
                "| Exercise | Sets | Each | Rest | Load |\n|---|---|---|---|---|\n",
                "| Übung | Sätze | je | Pause | Gewicht |\n|---|---|---|---|---|\n",
            );
            for exercise in exercises {
                text += &format!(
                    "| {} | {} | {} | {} s | {} |\n",
                    plain(&exercise.name),
                    exercise.sets,
                    dose(exercise, language),
                    exercise.rest_sec,
                    exercise.load_kg.map_or_else(String::new, |kg| format!("{kg} kg")),
                );
            }
        }
    }
    text
}

/// A day-long entry for each workout.
pub(crate) fn calendar(plan: &Followed, catalog: &Catalog, now: Timestamp) -> String {
    let language = catalog.language();
    let mut calendar = Calendar::new();
    calendar.name(language.pick("Training", "Training"));
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    for (n, week) in (0..).zip(&plan.program().weeks) {
        let monday = plan.made.starts_on.saturating_add(jiff::Span::new().days(7 * n));
        let told = weekly(plan, monday, catalog);
        for (workout, day) in week.workouts.iter().zip(&told.days) {
            let date = date_in(monday, workout.weekday);
            let mut event = Event::new();
            event
                .uid(&format!("{}-{date}@spotter", plan.made.id))
                .summary(&language.pick(
                    format!("Training, {} min", day.minutes),
                    format!("Training, {} Min.", day.minutes),
                ))
                .description(&lines(&day.exercises, language))
                .add_property("DTSTAMP", &stamp);
            whole_day(&mut event, date);
            calendar.push(event.done());
        }
    }
    calendar.to_string()
}

fn whole_day(event: &mut Event, date: Date) {
    let compact = |date: Date| date.strftime("%Y%m%d").to_string();
    let value = |name: &str, date: Date| {
        let mut property = icalendar::Property::new(name, compact(date));
        property.add_parameter("VALUE", "DATE");
        property.done()
    };
    let next = date.saturating_add(jiff::Span::new().days(1));
    event.append_property(value("DTSTART", date)).append_property(value("DTEND", next));
}

fn lines(exercises: &[PlannedExercise], language: Language) -> String {
    let line = |exercise: &PlannedExercise| {
        format!("{}: {} × {}", exercise.name, exercise.sets, dose(exercise, language))
    };
    exercises.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `8–12`, `30 s each side`.
fn dose(exercise: &PlannedExercise, language: Language) -> String {
    let amount = match exercise.seconds {
        Some(secs) => format!("{secs} s"),
        None if exercise.reps_low == exercise.reps => exercise.reps.to_string(),
        None => format!("{}–{}", exercise.reps_low, exercise.reps),
    };
    let side = language.pick(" each side", " je Seite");
    if exercise.per_side { amount + side } else { amount }
}

/// A cell of a table ends at a bar.
fn plain(text: &str) -> String {
    text.replace('|', "/")
}
