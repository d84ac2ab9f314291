//! Ranges of what is told of sessions and days: each refusal names the field and what to give.
//!
//! Phones have wrong clocks: times may be up to a day ahead, and anything since 2000 is taken for real.

use jiff::civil::{Date, date};
use units::ExerciseId;

use super::{Completed, Deload, Event, Invalid, Noted, Now, OwnExercise, Started};
use crate::exercise::Facts;
use crate::progression::Decision;
use crate::session::{Asked, CheckIn, PainReport, PerformedSet, Seen, Session};

type Checked = Result<(), Invalid>;

/// So many sets are in a session at most.
pub(super) const MOST_SETS: usize = 500;
/// So many sessions are imported at once at most.
pub(super) const MOST_IMPORTED: usize = 5000;

/// The year 2000, milliseconds.
const LONG_AGO_MS: i64 = 946_684_800_000;
const DAY_MS: i64 = 86_400_000;

/// What ids of exercises begin with that an import brings along and the library does not know.
pub(super) const CUSTOM: &str = "custom_";

fn require(is_so: bool, field: &'static str, remedy: &'static str) -> Checked {
    if is_so { Ok(()) } else { Err(Invalid { field, remedy }) }
}

fn within<T: PartialOrd + Copy>(value: Option<T>, low: T, high: T) -> bool {
    value.is_none_or(|value| low <= value && value <= high)
}

fn short(text: &str, most: usize) -> bool {
    text.chars().nth(most).is_none()
}

fn time(ms: i64, now: Now, field: &'static str) -> Checked {
    let known = (LONG_AGO_MS..=now.ms.saturating_add(DAY_MS)).contains(&ms);
    require(known, field, "give milliseconds since 1970, after the year 2000 and not in the future")
}

fn day(on: Date, now: Now) -> Checked {
    let last = now.today.saturating_add(jiff::Span::new().days(1));
    require(
        (date(2000, 1, 1)..=last).contains(&on),
        "on",
        "give a day since 2000 that is not in the future",
    )
}

pub(super) fn in_library(exercise: &ExerciseId, library: &[Facts], field: &'static str) -> Checked {
    let known = library.iter().any(|facts| facts.id == *exercise);
    require(known, field, "name an exercise of the library")
}

pub(super) fn started(started: &Started, now: Now) -> Checked {
    day(started.on, now)?;
    time(started.started_at_ms, now, "started_at_ms")?;
    require(short(&started.title, 120), "title", "give at most 120 characters")
}

pub(super) fn completed(completed: &Completed, now: Now) -> Checked {
    let Completed { session: _, ended_at_ms, srpe_halves, minutes, note } = completed;
    time(*ended_at_ms, now, "ended_at_ms")?;
    said(*srpe_halves, *minutes, note.as_deref())
}

pub(super) fn noted(noted: &Noted) -> Checked {
    let Noted { session: _, title, srpe_halves, minutes, note } = noted;
    require(short(title, 120), "title", "give at most 120 characters")?;
    said(*srpe_halves, *minutes, note.as_deref())
}

fn said(srpe_halves: Option<u8>, minutes: Option<u16>, note: Option<&str>) -> Checked {
    require(within(srpe_halves, 0, 20), "srpe_halves", "give 0 to 20: halves from 0 to 10")?;
    require(within(minutes, 1, 1440), "minutes", "give 1 to 1440")?;
    require(note.is_none_or(|note| short(note, 2000)), "note", "give at most 2000 characters")
}

pub(super) fn set(set: &PerformedSet, now: Now) -> Checked {
    let PerformedSet {
        id: _,
        exercise: _,
        place,
        group: _,
        kind: _,
        side: _,
        reps,
        load_g,
        secs,
        meters,
        rir_halves,
        note,
        target,
        seen,
        done_at_ms,
    } = set;
    require(*place < 500, "place", "give 0 to 499")?;
    require(within(*reps, 0, 1000), "reps", "give 0 to 1000")?;
    require(load(*load_g), "load_g", "give -500000 to 1000000 grams")?;
    require(within(*secs, 0, 86_400), "secs", "give 0 to 86400 seconds")?;
    require(within(*meters, 0.0, 1e6), "meters", "give 0 to 1000000 meters")?;
    let counted = reps.is_some() || secs.is_some() || meters.is_some();
    require(counted, "reps", "give repetitions, seconds or meters")?;
    require(within(*rir_halves, 0, 20), "rir_halves", "give 0 to 20: halves from 0 to 10")?;
    let brief = note.as_deref().is_none_or(|note| short(note, 500));
    require(brief, "note", "give at most 500 characters")?;
    target.as_ref().map_or(Ok(()), asked)?;
    seen.as_ref().map_or(Ok(()), of_camera)?;
    time(*done_at_ms, now, "done_at_ms")
}

fn load(load_g: Option<i32>) -> bool {
    within(load_g, -500_000, 1_000_000)
}

fn asked(asked: &Asked) -> Checked {
    let Asked { target, load_g } = asked;
    let range = target.low <= target.high && target.high <= 3600;
    require(range, "target", "give a range of at most 3600, from low to high")?;
    require(within(target.rir, 0, 10), "target", "give a reserve of 0 to 10")?;
    require(load(*load_g), "target", "give a load of -500000 to 1000000 grams")
}

fn of_camera(seen: &Seen) -> Checked {
    let Seen {
        attempts,
        technique,
        rom_deg,
        rep_secs,
        best_velocity_mps,
        velocity_loss,
        rir_halves,
    } = seen;
    let all = *attempts <= 1000
        && within(*technique, 0.0, 100.0)
        && within(*rom_deg, 0.0, 360.0)
        && within(*rep_secs, 0.0, 3600.0)
        && within(*best_velocity_mps, 0.0, 20.0)
        && within(*velocity_loss, 0.0, 1.0)
        && within(*rir_halves, 0, 20);
    require(all, "seen", "give what the engine reports, each number in its range")
}

/// A whole session, as an import brings it.
pub(super) fn imported(session: &Session, library: &[Facts], now: Now) -> Checked {
    let ended = session.ended_at_ms.is_some();
    require(ended, "ended_at_ms", "import sessions that have ended")?;
    whole(session, now)?;
    for one in session.sets.iter().filter(|one| !one.exercise.as_str().starts_with(CUSTOM)) {
        let remedy = "name an exercise of the library, or one that begins with `custom_`";
        in_library(&one.exercise, library, "exercise")
            .map_err(|invalid| Invalid { remedy, ..invalid })?;
    }
    Ok(())
}

fn whole(session: &Session, now: Now) -> Checked {
    let Session {
        id: _,
        on,
        started_at_ms,
        ended_at_ms,
        title,
        origin: _,
        from_plan: _,
        deload: _,
        srpe_halves,
        minutes,
        note,
        sets,
    } = session;
    day(*on, now)?;
    time(*started_at_ms, now, "started_at_ms")?;
    ended_at_ms.map_or(Ok(()), |ms| time(ms, now, "ended_at_ms"))?;
    require(short(title, 120), "title", "give at most 120 characters")?;
    said(*srpe_halves, *minutes, note.as_deref())?;
    require(sets.len() <= MOST_SETS, "sets", "give at most 500 sets")?;
    let mut ids: Vec<_> = sets.iter().map(|set| set.id).collect();
    ids.sort_unstable();
    let differ = ids.windows(2).all(|pair| pair[0] != pair[1]);
    require(differ, "sets", "name each set once")?;
    sets.iter().try_for_each(|one| set(one, now))
}

pub(super) fn pain(report: &PainReport, now: Now) -> Checked {
    let PainReport { id: _, on, limit: _, level, exercise: _, session: _, note } = report;
    day(*on, now)?;
    require((1..=10).contains(level), "level", "give 1 to 10")?;
    let brief = note.as_deref().is_none_or(|note| short(note, 500));
    require(brief, "note", "give at most 500 characters")
}

pub(super) fn check_in(check_in: &CheckIn, now: Now) -> Checked {
    let CheckIn { on, sleep, soreness, stress, motivation } = check_in;
    day(*on, now)?;
    let remedy = "give 1 (bad) to 5 (good)";
    require(within(*sleep, 1, 5), "sleep", remedy)?;
    require(within(*soreness, 1, 5), "soreness", remedy)?;
    require(within(*stress, 1, 5), "stress", remedy)?;
    require(within(*motivation, 1, 5), "motivation", remedy)?;
    let any = [sleep, soreness, stress, motivation].into_iter().any(Option::is_some);
    require(any, "sleep", "say at least one thing")
}

pub(super) fn deload(deload: &Deload, now: Now) -> Checked {
    require((1..=21).contains(&deload.days), "days", "give 1 to 21")?;
    let (first, last) = (
        now.today.saturating_sub(jiff::Span::new().days(7)),
        now.today.saturating_add(jiff::Span::new().days(28)),
    );
    require((first..=last).contains(&deload.on), "on", "begin within the next four weeks")
}

fn decided(decision: &Decision) -> Checked {
    let Decision { exercise: _, kind: _, rule: _, base, next, n_sets, instead: _, why } = decision;
    asked(base)?;
    asked(next)?;
    require((1..=20).contains(n_sets) && why.len() <= 20, "decisions", "give what was decided")
}

/// Whether an event that somebody brings along says what this program could have written at that time.
///
/// # Errors
/// With the field that it could not.
pub fn believable(event: &Event, then: Now) -> Result<(), Invalid> {
    match event {
        Event::UserOnboarded(profile) | Event::ProfileUpdated(profile) => profile.check(then.today),
        Event::SessionStarted(one) => started(one, then),
        Event::SetLogged { set: one, .. } | Event::SetCorrected { set: one, .. } => set(one, then),
        Event::SessionCompleted(one) => completed(one, then),
        Event::SessionNoted(one) => noted(one),
        Event::SessionImported(one) => whole(one, then),
        Event::PainReported(one) => pain(one, then),
        Event::CheckedIn(one) => check_in(one, then),
        Event::PrescriptionsDecided { decisions, .. } => {
            require(decisions.len() <= MOST_SETS, "decisions", "give one for each exercise")?;
            decisions.iter().try_for_each(decided)
        }
        Event::DeloadStarted(one) => deload(one, then),
        Event::LoadingChosen(one) => one.check(),
        Event::ExerciseNamed(one) => own(one),
        Event::PlanGenerated(_)
        | Event::PlanEdited { .. }
        | Event::PlanEditUndone { .. }
        | Event::SetVoided { .. }
        | Event::SessionReopened { .. }
        | Event::SessionRemoved { .. }
        | Event::PainWithdrawn { .. }
        | Event::PrescriptionReversed { .. }
        | Event::DeloadEnded { .. }
        | Event::DeloadDeclined { .. } => Ok(()),
    }
}

/// What an exercise of one's own may be like: one of the library's, not another of one's own.
pub(super) fn own_like(like: &ExerciseId, library: &[Facts]) -> Checked {
    let own = like.as_str().starts_with(CUSTOM);
    require(!own, "like", "name an exercise of the library")?;
    in_library(like, library, "like")
}

/// So many exercises of one's own, and characters of a name.
pub(super) const MOST_OWN: usize = 2000;
const MOST_NAME_CHARS: usize = 80;

/// An exercise of one's own.
pub(super) fn own(one: &OwnExercise) -> Result<(), Invalid> {
    if !one.id.as_str().starts_with(CUSTOM) {
        return Err(Invalid { field: "id", remedy: "begin it with `custom_`" });
    }
    let n_chars = one.name.trim().chars().count();
    if n_chars == 0 || n_chars > MOST_NAME_CHARS || one.name.chars().any(char::is_control) {
        return Err(Invalid { field: "name", remedy: "give 1 to 80 characters, on one line" });
    }
    Ok(())
}
