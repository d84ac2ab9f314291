//! `/api/v1/import/workouts` and `/api/v1/export/workouts`: other programs' files in, with a look first, and ours out.

#![expect(
    unused_qualifications,
    reason = "utoipa's macro repeats a parameter's type with its path"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use catalog::Catalog;
use coach::voice::Voice;
use interop::{Choice, Column, DateOrder, Format, LoadUnit, MOST_BYTES, Named, Options, Preview};
use serde::{Deserialize, Serialize};
use training::athlete::{Command, OwnExercise};
use training::session::{Origin, Session, SessionId};
use units::ExerciseId;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wire::sessions::{SessionInShort, in_short};

use crate::athletes::{Asking, Known, json};
use crate::body::read_json;
use crate::language::Lang;
use crate::problem::{Problem, shown};
use crate::state::AppState;
use crate::who::Asker;

/// Sessions that are brought along in one command.
const AT_ONCE: usize = 5000;
/// Sessions, newest, that a preview shows.
const SHOWN_SESSIONS: usize = 20;

/// How to read a file. Begin with nothing, look at the answer, and send the file again with what it asks for.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ImportOptions {
    /// `spotter_csv`, `spotter_json`, `strong`, `hevy`, `fitnotes`, `stronglifts`, `table` or `fit`; recognized where it is
    /// not given.
    format: Option<String>,
    /// `kg` or `lb`, where the file does not say.
    load_unit: Option<String>,
    /// `day_first` or `month_first`, where the file does not tell.
    date_order: Option<String>,
    /// What becomes of exercises, by their name in the file: an exercise's id, `custom` to make one of one's own, or `skip`.
    choices: BTreeMap<String, String>,
    /// What columns of a table mean, by their header: a name of `columns` of the preview, such as `exercise` or `reps`.
    columns: BTreeMap<String, String>,
    /// Keep what is in it. Without it nothing is kept, only shown.
    keep: bool,
    /// Take out of the record again what this file once brought.
    take_back: bool,
}

/// A file and how to read it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "for the API's description only")]
pub(crate) struct ImportForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// JSON; may be left out.
    options: Option<ImportOptions>,
}

/// What is in a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportPreview {
    /// What it was read as.
    format: &'static str,
    /// What must be answered before it can be kept: `columns`, `load_unit`, `date_order`, `exercises`.
    questions: Vec<&'static str>,
    /// Sessions in it, without sets of exercises that are not decided yet.
    n_sessions: usize,
    /// The day of the first of them: `2024-03-01`; null where there is none.
    first_on: Option<String>,
    /// The day of the last.
    last_on: Option<String>,
    /// Those of them that are known already; they stay as they are.
    n_known: usize,
    /// Those of them that this file brought: `take_back` takes them out.
    n_brought: usize,
    /// Sets in it.
    n_sets: usize,
    /// The newest of them.
    sessions: Vec<SessionInShort>,
    /// Every name of an exercise.
    exercises: Vec<ImportedExercise>,
    /// The columns of a table.
    columns: Vec<ImportedColumn>,
    /// What could not be used as it stands; the first hundred.
    warnings: Vec<ImportWarning>,
    /// How many warnings there are.
    n_warnings: u64,
    /// Rows in it.
    n_rows: u64,
    /// Rows that were left out, each with a warning.
    n_skipped: u64,
    /// Whether it was kept.
    kept: bool,
}

/// A name of an exercise in a file.
#[derive(Debug, Serialize, ToSchema)]
struct ImportedExercise {
    /// As it stands there.
    name: String,
    /// Its sets.
    n_sets: u64,
    /// What it may be, best first.
    suggestions: Vec<ImportSuggestion>,
    /// What becomes of it: an exercise's id, `custom`, `skip`, or null where it is not decided.
    choice: Option<String>,
}

/// What a name may mean.
#[derive(Debug, Serialize, ToSchema)]
struct ImportSuggestion {
    /// The exercise.
    id: String,
    /// Its name for people.
    name: String,
    /// How alike the names are, 0..=1.
    likeness: f64,
}

/// A column of a table.
#[derive(Debug, Serialize, ToSchema)]
struct ImportedColumn {
    /// Its header.
    header: String,
    /// What it is read as; null where it is not read.
    column: Option<&'static str>,
}

/// Something that could not be used as it stands.
#[derive(Debug, Serialize, ToSchema)]
struct ImportWarning {
    /// Where, such as `line 12`.
    at: String,
    /// What is the matter.
    kind: &'static str,
    /// What stands there, shortened.
    value: String,
}

/// Read another program's file: Strong, Hevy, `FitNotes`, `StrongLifts`, FIT, any table, or Spotter's own. Shown first, and kept
/// with `keep` in the options. The same file again adds nothing; with `take_back` it takes out again what it brought.
#[utoipa::path(post, operation_id = "import_workouts", path = "/api/v1/import/workouts", tag = "Progress",
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    params(("Time-Zone" = Option<String>, Header, description = "IANA name of the zone that the file's times are in; UTC where it is not given"), Lang),
    responses(
        (status = 200, body = ImportPreview),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn import(
    State(AppState { athletes, catalog, turns, .. }): State<AppState>,
    Asker { member, local, asked, .. }: Asker,
    form: Multipart,
) -> Result<Response, Problem> {
    let turn = Arc::clone(&turns.judging).acquire_owned().await;
    let turn = turn.map_err(|error| Problem::internal(&error))?;
    let (file, options) = read_form(form).await?;
    let (keep, take_back) = (options.keep, options.take_back);
    if keep && take_back {
        return Err(Problem::invalid("options", "either `keep` or `take_back`"));
    }
    let catalog = Arc::new(catalog.in_language(asked.0));
    let options = options.read(local.zone(), athletes.clock.now())?;
    let of_reader = Arc::clone(&catalog);
    let preview = tokio::task::spawn_blocking(move || interop::read(&file, &of_reader, &options))
        .await
        .map_err(|error| Problem::internal(&error))?
        .map_err(|error| not_read(&error))?;
    drop(turn);
    let known = athletes.known(member.account).await?;
    let mut told = told(&preview, &known, &catalog);
    if keep {
        let accepted = preview.accept().map_err(|open| {
            let open: Vec<&str> = open.iter().map(|question| question.code()).collect();
            Problem::invalid("options", format!("still open: {}", open.join(", ")))
                .remedy("Answer them, and send the file again.")
        })?;
        let asking = Asking { member: &member, local: &local, once: None, if_version: None };
        let commands = |known: &Known| {
            // What is known stays as it is: an exercise may have another name by now, and a session other sets.
            let new = accepted.custom.iter().filter(|(id, _)| !known.state.own.contains_key(*id));
            let own = new.map(|(id, name)| {
                let (id, name) = (id.clone(), name.clone());
                Command::NameExercise(OwnExercise { id, name, like: None })
            });
            let is_known = known_sessions(&known.state);
            let mut new = accepted.sessions.clone();
            new.retain(|session| !is_known(session));
            let sessions = new.chunks(AT_ONCE).map(|some| Command::ImportSessions(some.to_vec()));
            Ok(own.chain(sessions).collect())
        };
        athletes.act(&asking, commands, |_| Ok((StatusCode::OK, Vec::new()))).await?;
        told.kept = true;
    } else if take_back {
        let asking = Asking { member: &member, local: &local, once: None, if_version: None };
        let commands = |known: &Known| {
            let brought = brought(&preview, known);
            Ok(brought.map(|session| Command::RemoveSession { session }).collect())
        };
        athletes.act(&asking, commands, |_| Ok((StatusCode::OK, Vec::new()))).await?;
        let known = athletes.known(member.account).await?;
        told = self::told(&preview, &known, &catalog);
    }
    Ok(asked.mark(([(CONTENT_TYPE, "application/json")], json(&told)?)))
}

/// What to write.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Export {
    /// `spotter_csv`, `spotter_json`, `strong`, `hevy`, or `fit` for one session.
    format: String,
    /// The session; all of them where it is not given.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    session: Option<Uuid>,
}

/// Sessions as a file, for a spreadsheet or another program.
#[utoipa::path(get, operation_id = "export_workouts", path = "/api/v1/export/workouts", tag = "Progress",
    params(Export, ("Time-Zone" = Option<String>, Header, description = "IANA name of the zone that the file's times are in; UTC where it is not given"), Lang),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn export(
    State(AppState { athletes, catalog, .. }): State<AppState>,
    Asker { member, local, asked, .. }: Asker,
    Query(Export { format, session }): Query<Export>,
) -> Result<Response, Problem> {
    let known = athletes.known(member.account).await?;
    let mut sessions: Vec<Session> = known.state.newest_first().into_iter().cloned().collect();
    sessions.reverse();
    if let Some(id) = session {
        sessions.retain(|one| one.id == id);
        if sessions.is_empty() {
            return Err(super::sessions::unknown_session());
        }
    }
    let catalog = catalog.in_language(asked.0);
    let own = known.state.own.iter().map(|(id, own)| (id.clone(), own.name.clone()));
    let custom: BTreeMap<ExerciseId, String> = own.collect();
    let named = Named { catalog: &catalog, custom: &custom };
    let zone = local.zone();
    let (bytes, mime, name) = match Format::of_code(&format) {
        Some(Format::SpotterCsv) => {
            (interop::write_csv(&sessions, named), "text/csv; charset=utf-8", "spotter-sets.csv")
        }
        Some(Format::SpotterJson) => {
            (interop::write_json(&sessions, named), "application/json", "spotter-sessions.json")
        }
        Some(Format::Strong) => {
            let bytes = interop::write_strong_csv(&sessions, named, zone);
            (bytes, "text/csv; charset=utf-8", "strong.csv")
        }
        Some(Format::Hevy) => {
            let bytes = interop::write_hevy_csv(&sessions, named, zone);
            (bytes, "text/csv; charset=utf-8", "hevy.csv")
        }
        Some(Format::Fit) => match sessions.as_slice() {
            [one] => {
                let written = interop::write_fit(one, named, zone);
                let bytes = written.map_err(|error| not_read(&error))?;
                (bytes, "application/vnd.ant.fit", "session.fit")
            }
            _ => return Err(Problem::invalid("session", "a FIT file holds one session: name it")),
        },
        Some(Format::FitNotes | Format::StrongLifts | Format::Table) | None => {
            let detail = format!("nothing is written as `{}`", shown(&format));
            return Err(Problem::invalid("format", detail)
                .remedy("Ask for `spotter_csv`, `spotter_json`, `strong`, `hevy` or `fit`."));
        }
    };
    let attachment = format!("attachment; filename=\"{name}\"");
    let headers = [(CONTENT_TYPE, mime.to_owned()), (CONTENT_DISPOSITION, attachment)];
    Ok(asked.mark((headers, bytes).into_response()))
}

impl ImportOptions {
    fn read(self, zone: &jiff::tz::TimeZone, now: jiff::Timestamp) -> Result<Options, Problem> {
        let unknown = |field: &'static str, text: &str| {
            Problem::invalid(field, format!("there is no `{}`", shown(text)))
        };
        let mut options = Options::new(zone.clone(), now);
        if let Some(code) = &self.format {
            let format = Format::of_code(code).ok_or_else(|| unknown("options.format", code))?;
            options.format = Some(format);
        }
        options.load_unit = match self.load_unit.as_deref() {
            None => None,
            Some("kg") => Some(LoadUnit::Kilograms),
            Some("lb") => Some(LoadUnit::Pounds),
            Some(other) => return Err(unknown("options.load_unit", other)),
        };
        options.date_order = match self.date_order.as_deref() {
            None => None,
            Some("day_first") => Some(DateOrder::DayFirst),
            Some("month_first") => Some(DateOrder::MonthFirst),
            Some(other) => return Err(unknown("options.date_order", other)),
        };
        for (name, choice) in self.choices {
            let choice = match choice.as_str() {
                "custom" => Choice::Custom,
                "skip" => Choice::Skip,
                id => Choice::Exercise(
                    ExerciseId::try_from(id.to_owned())
                        .map_err(|error| Problem::invalid("options.choices", error.to_string()))?,
                ),
            };
            options.choices.insert(name, choice);
        }
        for (header, name) in self.columns {
            let column = Column::of_code(&name).ok_or_else(|| unknown("options.columns", &name))?;
            options.columns.insert(header, column);
        }
        Ok(options)
    }
}

/// The two fields of a form.
async fn read_form(mut form: Multipart) -> Result<(Vec<u8>, ImportOptions), Problem> {
    let broken = |error: MultipartError| Problem::new(error.status(), error.body_text());
    let (mut file, mut options) = (None, ImportOptions::default());
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("file") => {
                let mut bytes = Vec::new();
                while let Some(chunk) = field.chunk().await.map_err(broken)? {
                    if bytes.len() + chunk.len() > MOST_BYTES {
                        let detail = format!("the file is larger than {MOST_BYTES} bytes");
                        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
                            .remedy("Export fewer years at once."));
                    }
                    bytes.extend_from_slice(&chunk);
                }
                file = Some(bytes);
            }
            Some("options") => options = read_json(&field.text().await.map_err(broken)?)?,
            _ => return Err(Problem::invalid("form", "it has the fields `file` and `options`")),
        }
    }
    file.map(|file| (file, options))
        .ok_or_else(|| Problem::invalid("file", "there is no file in the form"))
}

/// Which sessions are there already, logged here or brought along: by their id, or, where a file has none of ours, by beginning
/// in the same second with as many sets and repetitions.
fn known_sessions(state: &training::athlete::State) -> impl Fn(&Session) -> bool {
    let looks = |one: &Session| {
        let n_reps: u32 = one.sets.iter().map(|set| u32::from(set.reps.unwrap_or(0))).sum();
        (one.started_at_ms.div_euclid(1000), one.sets.len(), n_reps)
    };
    let all: BTreeSet<_> = state.sessions.values().map(|one| looks(one)).collect();
    let ids: BTreeSet<_> = state.sessions.keys().copied().collect();
    move |session| ids.contains(&session.id) || all.contains(&looks(session))
}

/// Sessions of the record that this file once brought.
fn brought<'a>(preview: &'a Preview, known: &'a Known) -> impl Iterator<Item = SessionId> + 'a {
    let ids = preview.sessions.iter().map(|session| session.id);
    ids.filter(|id| {
        known.state.sessions.get(id).is_some_and(|session| session.origin == Origin::Imported)
    })
}

fn not_read(error: &interop::Error) -> Problem {
    Problem::invalid("file", error.to_string())
        .kind("/api/docs#file-not-read", "The file cannot be read")
        .remedy("docs/import.md says how each program exports.")
}

fn told(preview: &Preview, known: &Known, catalog: &Catalog) -> ImportPreview {
    let voice = Voice::to(&known.state, catalog);
    let choice = |choice: &Choice| match choice {
        Choice::Exercise(id) => id.to_string(),
        Choice::Custom => "custom".to_owned(),
        Choice::Skip => "skip".to_owned(),
    };
    let (sessions, is_known) = (&preview.sessions, known_sessions(&known.state));
    ImportPreview {
        format: preview.format.code(),
        questions: preview.questions.iter().map(|one| one.code()).collect(),
        n_sessions: sessions.len(),
        first_on: sessions.iter().map(|one| one.on).min().map(|on| on.to_string()),
        last_on: sessions.iter().map(|one| one.on).max().map(|on| on.to_string()),
        n_known: sessions.iter().filter(|one| is_known(one)).count(),
        n_brought: brought(preview, known).count(),
        n_sets: sessions.iter().map(|one| one.sets.len()).sum(),
        sessions: sessions.iter().rev().take(SHOWN_SESSIONS).map(in_short).collect(),
        exercises: preview
            .exercises
            .iter()
            .map(|found| ImportedExercise {
                name: found.name.clone(),
                n_sets: found.n_sets,
                suggestions: found
                    .suggestions
                    .iter()
                    .map(|one| ImportSuggestion {
                        id: one.id.to_string(),
                        name: voice.exercise(&one.id),
                        likeness: one.likeness,
                    })
                    .collect(),
                choice: found.chosen.as_ref().map(choice),
            })
            .collect(),
        columns: preview
            .columns
            .iter()
            .map(|one| ImportedColumn {
                header: one.header.clone(),
                column: one.column.map(Column::code),
            })
            .collect(),
        warnings: preview
            .warnings
            .first
            .iter()
            .map(|one| ImportWarning {
                at: one.at.to_string(),
                kind: one.kind.code(),
                value: one.value.clone(),
            })
            .collect(),
        n_warnings: preview.warnings.n,
        n_rows: preview.n_rows,
        n_skipped: preview.n_skipped,
        kept: false,
    }
}
