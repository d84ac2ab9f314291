//! From what was gathered to our sessions: days, ids, times, groups and the names' exercises.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;
use jiff::civil::Date;
use jiff::tz::Offset;
use training::session::{Group, GroupKind, Origin, PerformedSet, Session, SetKind};
use units::ExerciseId;

use crate::custom::custom_id;
use crate::draft::{DraftName, DraftSession, Drafts};
use crate::format::Format;
use crate::identity;
use crate::limits::DAY_MS;
use crate::moment::{self, Moment};
use crate::names::{Index, Reading};
use crate::options::{Choice, DateOrder, Options};
use crate::preview::{FoundColumn, FoundExercise, Preview, Question};
use crate::warning::{At, WarningKind, skip};

/// The latest day of a session's end after its start, seconds.
const LONGEST_SECS: f64 = 86_400.0;

/// Makes sessions of drafts.
pub(crate) fn settle(
    format: Format,
    mut drafts: Drafts,
    columns: Vec<FoundColumn>,
    catalog: &Catalog,
    options: &Options,
) -> Preview {
    let (order, asks_order) = order(&drafts, options);
    let exercises = exercises(&drafts.names, format, catalog, options);
    let chosen: Vec<Option<ExerciseId>> = exercises.iter().map(exercise_of).collect();
    let mut sessions = Vec::new();
    let mut n_of_beginning = BTreeMap::<String, u32>::new();
    for draft in std::mem::take(&mut drafts.sessions) {
        let at = draft.at.unwrap_or(At::File);
        let n_rows = draft.n_rows;
        if n_rows == 0 {
            continue;
        }
        let Some(began) = moment::written(&draft.start).and_then(|start| start.settle(order))
        else {
            drafts.leave_out(at, &skip(WarningKind::NoDate, &draft.start));
            drafts.n_skipped += n_rows - 1;
            continue;
        };
        let nth = n_of_beginning.entry(began.canonical()).or_default();
        let id = identity::session(&began.canonical(), *nth);
        *nth += 1;
        let when = When::of(&began, &draft, order, options);
        let Some(when) = when.filter(|when| when.is_past(options)) else {
            drafts.leave_out(at, &skip(WarningKind::Future, &draft.start));
            drafts.n_skipped += n_rows - 1;
            continue;
        };
        if when.end_is_wrong {
            drafts.warnings.add(at, WarningKind::NoEnd, &draft.end);
        }
        let session = session(id, &when, draft, &chosen, options);
        if !session.sets.is_empty() {
            sessions.push(session);
        }
    }
    sessions.sort_by_key(|session| (session.started_at_ms, session.id));
    let mut questions = Vec::new();
    let open = exercises.iter().any(|found| found.chosen.is_none());
    questions.extend(drafts.asks_load_unit.then_some(Question::LoadUnit));
    questions.extend(asks_order.then_some(Question::DateOrder));
    questions.extend(open.then_some(Question::Exercises));
    Preview {
        format,
        sessions,
        exercises,
        columns,
        questions,
        warnings: drafts.warnings,
        n_rows: drafts.n_rows,
        n_skipped: drafts.n_skipped,
    }
}

/// The names, with what they may mean and what they do.
pub(crate) fn exercises(
    names: &[DraftName],
    format: Format,
    catalog: &Catalog,
    options: &Options,
) -> Vec<FoundExercise> {
    let index = Index::new(catalog);
    let found = names.iter().map(|of| {
        let reading = Reading { loaded: of.loaded, barbell: format == Format::StrongLifts };
        let (suggestions, certain) = index.suggest(&of.name, reading);
        let chosen = options.choices.get(&of.name).cloned();
        let chosen = chosen.or_else(|| certain.map(Choice::Exercise));
        FoundExercise { name: of.name.clone(), n_sets: of.n_sets, suggestions, chosen }
    });
    found.collect()
}

/// What the sets of a name become; none leaves them out.
pub(crate) fn exercise_of(found: &FoundExercise) -> Option<ExerciseId> {
    match &found.chosen {
        Some(Choice::Exercise(id)) => Some(id.clone()),
        Some(Choice::Custom) => Some(custom_id(&found.name)),
        Some(Choice::Skip) | None => None,
    }
}

/// The order of day and month, and whether the person must tell it.
fn order(drafts: &Drafts, options: &Options) -> (DateOrder, bool) {
    let (mut told, mut ambiguous) = (None, false);
    for session in &drafts.sessions {
        let Some(written) = moment::written(&session.start) else { continue };
        told = told.or_else(|| written.order());
        ambiguous |= written.is_ambiguous();
    }
    let known = told.or(options.date_order);
    (known.unwrap_or(DateOrder::DayFirst), ambiguous && known.is_none())
}

/// When a session was.
struct When {
    on: Date,
    start_ms: i64,
    /// How long it took, where the file says so.
    millis: Option<i64>,
    end_is_wrong: bool,
}

impl When {
    fn of(
        began: &Moment,
        draft: &DraftSession,
        order: DateOrder,
        options: &Options,
    ) -> Option<Self> {
        let start = began.timestamp(&options.zone)?;
        let on = match began.offset {
            // In `Z` the day where the athlete was is lost.
            Some(offset) if offset == Offset::UTC => options.zone.to_datetime(start).date(),
            _ => began.date,
        };
        let start_ms = start.as_millisecond();
        let end = moment::written(&draft.end).and_then(|end| end.settle(order));
        let end = end.and_then(|end| end.timestamp(&options.zone));
        #[expect(clippy::cast_precision_loss, reason = "a difference of days")]
        let until_end = end.map(|end| (end.as_millisecond() - start_ms) as f64 / 1000.0);
        let fits = |secs: &f64| *secs > 0.0 && *secs <= LONGEST_SECS;
        let end_is_wrong =
            until_end.is_some_and(|secs| !fits(&secs)) || (!draft.end.is_empty() && end.is_none());
        let secs = until_end.filter(fits).or_else(|| draft.secs.filter(fits));
        #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
        let millis = secs.map(|secs| (secs * 1000.0).round() as i64);
        Some(Self { on, start_ms, millis, end_is_wrong })
    }

    fn is_past(&self, options: &Options) -> bool {
        let end = self.start_ms.saturating_add(self.millis.unwrap_or(0));
        options.is_past_day(self.on) && options.is_past(self.start_ms) && options.is_past(end)
    }

    /// Whether a set that a file dates was done during the session, give or take a day.
    fn holds(&self, ms: i64) -> bool {
        ms.abs_diff(self.start_ms) <= DAY_MS.unsigned_abs()
    }

    /// When the set at an index ended. No file says it: they share the session's time, or follow a second apart.
    fn done_at_ms(&self, index: usize, n_sets: usize) -> i64 {
        let nth = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
        let n_sets = i64::try_from(n_sets).unwrap_or(i64::MAX).max(1);
        let after = match self.millis {
            Some(millis) => millis.saturating_mul(nth) / n_sets,
            None => nth.saturating_mul(1000),
        };
        self.start_ms.saturating_add(after)
    }
}

fn session(
    id: uuid::Uuid,
    when: &When,
    draft: DraftSession,
    chosen: &[Option<ExerciseId>],
    options: &Options,
) -> Session {
    let groups = groups(&draft);
    let n_sets = draft.sets.len();
    let mut sets = Vec::with_capacity(n_sets);
    for (index, set) in draft.sets.into_iter().enumerate() {
        let Some(Some(exercise)) = chosen.get(set.name) else { continue };
        sets.push(PerformedSet {
            id: identity::set(&id, set.place, set.index),
            exercise: exercise.clone(),
            place: set.place,
            group: set.superset.and_then(|superset| groups.get(&superset).copied()),
            kind: set.kind.unwrap_or(SetKind::Work),
            side: None,
            reps: set.reps,
            load_g: set.load_g,
            secs: set.secs,
            meters: set.meters,
            rir_halves: set.rir_halves,
            note: set.note,
            target: None,
            seen: None,
            done_at_ms: (set.done_at_ms.filter(|ms| when.holds(*ms) && options.is_past(*ms)))
                .unwrap_or_else(|| when.done_at_ms(index, n_sets)),
        });
    }
    sets.sort_by_key(|set| (set.place, set.done_at_ms, set.id));
    let ended = match when.millis {
        Some(millis) => when.start_ms.saturating_add(millis),
        None => when.done_at_ms(n_sets.saturating_sub(1), n_sets),
    };
    Session {
        id,
        on: when.on,
        started_at_ms: when.start_ms,
        ended_at_ms: Some(ended),
        title: draft.title,
        origin: Origin::Imported,
        from_plan: None,
        deload: false,
        srpe_halves: None,
        minutes: None,
        note: draft.note,
        sets,
    }
}

/// Supersets of more than one exercise, numbered from 1.
fn groups(draft: &DraftSession) -> BTreeMap<u16, Group> {
    let mut places = BTreeMap::<u16, BTreeSet<u16>>::new();
    for set in &draft.sets {
        if let Some(superset) = set.superset {
            places.entry(superset).or_default().insert(set.place);
        }
    }
    let real = places.into_iter().filter(|(_, places)| places.len() > 1);
    let numbered = (1..).zip(real);
    numbered
        .map(|(number, (superset, _))| (superset, Group { number, kind: GroupKind::Superset }))
        .collect()
}
