//! An athlete's log: what can be asked for, what then has happened, and what it adds up to.
//!
//! [`decide`] turns a command into events or a refusal; [`State::evolve`] folds events and never fails. Neither knows
//! a clock: [`Now`] is an argument.

mod asked;
mod checks;
mod events;
mod followed;
mod own;
mod profile;
mod record;
mod refused;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use units::ExerciseId;

pub use checks::believable;
pub use events::{Stored, Unreadable, read, write};
pub use followed::{Followed, When, date_in, first_monday, monday_of};
pub use own::OwnExercise;
pub use profile::{Body, Invalid, Profile, RedFlag, Sex};
pub use record::{Completed, Decided, Deload, DeloadWhy, Noted, Started};
pub use refused::Refused;

use crate::edit::{self, Change, Edit};
use crate::exercise::{Facts, names};
use crate::loading::Loading;
use crate::planner::{Intake, rules};
use crate::program::Program;
use crate::progression::Decision;
use crate::session::{CheckIn, PainReport, PerformedSet, Session, SessionId, SetId};

names! {
    /// Who made a plan.
    Source {
        /// The planner.
        Deterministic = "deterministic",
        /// The planner, and then a language model within its rules.
        Model = "model",
    }
}

/// The name of a plan.
pub type PlanId = uuid::Uuid;

/// Something that has happened. Once written, every later version can read it.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The first profile was given.
    UserOnboarded(Profile),
    /// The profile has changed.
    ProfileUpdated(Profile),
    /// A plan was made, and is the one to follow from now on.
    PlanGenerated(Box<NewPlan>),
    /// The athlete changed the plan by hand.
    PlanEdited {
        /// Which plan.
        plan: PlanId,
        /// What has changed in it.
        change: Change,
    },
    /// The last change to the plan was taken back.
    PlanEditUndone {
        /// Which plan.
        plan: PlanId,
    },
    /// A session was begun.
    SessionStarted(Started),
    /// A set was done.
    SetLogged {
        /// In which session.
        session: SessionId,
        /// What was done.
        set: Box<PerformedSet>,
    },
    /// A set was not as it was logged. One that was struck out is back with this.
    SetCorrected {
        /// In which session.
        session: SessionId,
        /// As it was, whole.
        set: Box<PerformedSet>,
    },
    /// A set was not done after all.
    SetVoided {
        /// In which session.
        session: SessionId,
        /// Which.
        set: SetId,
    },
    /// A session has ended.
    SessionCompleted(Completed),
    /// What is said of a session has changed, while it runs or afterwards.
    SessionNoted(Noted),
    /// A session that had ended goes on: what was decided when it ended is forgotten.
    SessionReopened {
        /// Which.
        session: SessionId,
    },
    /// A session was taken out of the record.
    SessionRemoved {
        /// Which.
        session: SessionId,
    },
    /// A session came whole out of another program's file.
    SessionImported(Arc<Session>),
    /// A pain was told. Health data.
    PainReported(PainReport),
    /// A pain was told by mistake: it was none.
    PainWithdrawn {
        /// Which.
        report: uuid::Uuid,
    },
    /// Somebody said how they feel. Health data.
    CheckedIn(CheckIn),
    /// What to do next time was decided after a session. Takes the place of what was decided for that session before.
    PrescriptionsDecided {
        /// Which session.
        session: SessionId,
        /// One for each exercise that has a target.
        decisions: Vec<Decision>,
    },
    /// A decision was taken back by the athlete.
    PrescriptionReversed {
        /// After which session it was made.
        session: SessionId,
        /// About what.
        exercise: ExerciseId,
    },
    /// An easier time begins.
    DeloadStarted(Deload),
    /// The easier time ends early.
    DeloadEnded {
        /// The first day that is as usual.
        on: Date,
    },
    /// An easier time was suggested, and the athlete does not want it now.
    DeloadDeclined {
        /// When.
        on: Date,
    },
    /// The athlete has said which weights there are.
    LoadingChosen(Loading),
    /// An exercise of the athlete's own has a name, or another one.
    ExerciseNamed(OwnExercise),
}

/// A plan as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewPlan {
    /// Its name.
    pub id: PlanId,
    /// Who made it.
    pub source: Source,
    /// What the planner was told.
    pub intake: Intake,
    /// Constraints in the athlete's own words.
    pub constraints: Vec<String>,
    /// Those of them that nobody understood.
    pub not_understood: Vec<String>,
    /// What a language model had to say of it; none where no model did.
    pub remarks: Option<String>,
    /// Whether what it tells of the person's health may be kept.
    #[serde(default)]
    pub health_consent: bool,
    /// How a language model was asked; none where none was.
    #[serde(default)]
    pub asked: Option<AskedModel>,
    /// The Monday of its first week.
    pub starts_on: Date,
    /// The program.
    pub program: Program,
}

/// How a language model was asked about a plan: enough to ask the same again, and nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedModel {
    /// The model's id.
    pub model: String,
    /// SHA-256 of everything that it was first asked, in hexadecimal digits.
    pub prompt_sha256: String,
    /// Revision of the shape that it had to answer in.
    pub schema_rev: u32,
    /// Answers that were asked for.
    pub attempts: u8,
    /// Rules that its answers broke, and where.
    pub faults: Vec<String>,
    /// Tokens read and written.
    pub tokens: u64,
    /// What came of it, such as `taken` or `late`.
    pub outcome: String,
}

/// What everything that has happened adds up to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// What the athlete has told; none before onboarding.
    pub profile: Option<Profile>,
    /// The plan to follow.
    pub plan: Option<Followed>,
    /// The record. Shared, so that a copy of five years of it is cheap.
    #[serde(default)]
    pub sessions: BTreeMap<SessionId, Arc<Session>>,
    /// Sets that were corrected or struck out, by session, as they were first logged: a phone that sends one again is
    /// not a conflict. Those that are not in their session's list are struck out.
    #[serde(default)]
    pub changed: BTreeMap<SessionId, BTreeMap<SetId, PerformedSet>>,
    /// Sessions that were taken out; a phone that sends one again does not bring it back.
    #[serde(default)]
    pub removed: BTreeSet<SessionId>,
    /// Pain that was told, by name. Health data: empty without consent.
    #[serde(default)]
    pub pain: BTreeMap<uuid::Uuid, PainReport>,
    /// How somebody felt, by day. Health data: empty without consent.
    #[serde(default)]
    pub check_ins: BTreeMap<Date, CheckIn>,
    /// What was decided last for each exercise, oldest first; the last that was not taken back is the target.
    #[serde(default)]
    pub progress: BTreeMap<ExerciseId, Vec<Decided>>,
    /// Easier times, in order.
    #[serde(default)]
    pub deloads: Vec<Deload>,
    /// When an easier time was suggested and not wanted last.
    #[serde(default)]
    pub deload_declined: Option<Date>,
    /// Which weights there are.
    #[serde(default)]
    pub loading: Loading,
    /// Exercises of one's own, by id.
    #[serde(default)]
    pub own: BTreeMap<ExerciseId, OwnExercise>,
}

/// Something that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Give a profile, or another one.
    GiveProfile(Profile),
    /// Follow this plan from now on.
    FollowPlan(Box<NewPlan>),
    /// Change the plan.
    EditPlan {
        /// Which plan.
        plan: PlanId,
        /// How.
        edit: Edit,
    },
    /// Take the last change back.
    UndoEdit {
        /// Which plan.
        plan: PlanId,
    },
    /// Begin a session.
    StartSession(Started),
    /// Keep a set that was done. The same one again changes nothing.
    LogSet {
        /// In which session; it may have ended.
        session: SessionId,
        /// What was done.
        set: Box<PerformedSet>,
    },
    /// Say how a set really was; also brings one back that was struck out.
    CorrectSet {
        /// In which session.
        session: SessionId,
        /// As it was, whole.
        set: Box<PerformedSet>,
    },
    /// Strike a set out.
    VoidSet {
        /// In which session.
        session: SessionId,
        /// Which.
        set: SetId,
    },
    /// Change what is said of a session, while it runs or afterwards.
    NoteSession(Noted),
    /// End a session, and decide what to do next time.
    CompleteSession(Completed),
    /// Go on with a session that has ended.
    ReopenSession {
        /// Which.
        session: SessionId,
    },
    /// Take a session out of the record.
    RemoveSession {
        /// Which.
        session: SessionId,
    },
    /// Take in sessions of another program's file: those that are known already change nothing, those that were removed
    /// come back.
    ImportSessions(Vec<Session>),
    /// Tell a pain. Health data.
    ReportPain(PainReport),
    /// Take a pain back that was told by mistake.
    WithdrawPain {
        /// Which.
        report: uuid::Uuid,
    },
    /// Say how one feels. Health data.
    CheckIn(CheckIn),
    /// Take back what was decided after a session: the target from before holds again.
    ReversePrescription {
        /// After which session.
        session: SessionId,
        /// About what.
        exercise: ExerciseId,
    },
    /// Train easier for some days.
    StartDeload(Deload),
    /// Train as usual again from a day on.
    EndDeload {
        /// Which day.
        on: Date,
    },
    /// Do without the easier time that is suggested.
    DeclineDeload {
        /// Which day.
        on: Date,
    },
    /// Say which weights there are.
    ChooseLoading(Loading),
    /// Give an exercise of one's own a name.
    NameExercise(OwnExercise),
}

/// When something is asked for. Nothing here reads a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The day, where the athlete is.
    pub today: Date,
    /// Milliseconds since 1970.
    pub ms: i64,
}

/// What happens when something is asked for: nothing, where it is so already.
///
/// # Errors
/// When it may not happen.
pub fn decide(
    state: &State,
    command: Command,
    library: &[Facts],
    now: Now,
) -> Result<Vec<Event>, Refused> {
    match command {
        Command::GiveProfile(profile) => {
            profile.check(now.today).map_err(Refused::Invalid)?;
            Ok(match &state.profile {
                Some(known) if *known == profile => Vec::new(),
                Some(_) => vec![Event::ProfileUpdated(profile)],
                None => vec![Event::UserOnboarded(profile)],
            })
        }
        Command::FollowPlan(plan) => {
            if state.light_only() {
                return Err(Refused::SeeAProfessional);
            }
            if !plan.intake.limits.is_empty() && !plan.health_consent {
                return Err(Refused::Invalid(Invalid {
                    field: "consent.health",
                    remedy: "say yes to keeping health data, or keep the plan without limits",
                }));
            }
            if let Some(first) = rules::violations(&plan.program, &plan.intake, library).first() {
                return Err(Refused::BreaksRules(first.to_string()));
            }
            Ok(vec![Event::PlanGenerated(plan)])
        }
        Command::EditPlan { plan, edit } => {
            state.followed(plan)?;
            let fitting = state.fitting().ok_or(Refused::SeeAProfessional)?;
            let change = edit::change(&fitting, &edit, library).map_err(Refused::Edit)?;
            Ok(vec![Event::PlanEdited { plan, change }])
        }
        Command::UndoEdit { .. } if state.light_only() => Err(Refused::SeeAProfessional),
        Command::UndoEdit { plan } => match state.followed(plan)?.changes.is_empty() {
            true => Err(Refused::NothingToUndo),
            false => Ok(vec![Event::PlanEditUndone { plan }]),
        },
        of_the_record => asked::decide(state, of_the_record, &state.library(library), now),
    }
}

impl State {
    /// Takes an event in. Never fails: what does not fit any more changes nothing.
    pub fn evolve(&mut self, event: Event) {
        match event {
            Event::UserOnboarded(profile) | Event::ProfileUpdated(profile) => {
                if !profile.health_consent {
                    self.forget_health();
                }
                self.profile = Some(profile);
            }
            Event::PlanGenerated(made) => {
                self.plan = Some(Followed { made: *made, changes: Vec::new() });
            }
            Event::PlanEdited { plan, change } => {
                if let Some(followed) = self.plan.as_mut().filter(|known| known.made.id == plan) {
                    followed.changes.push(change);
                    followed.settle();
                }
            }
            Event::PlanEditUndone { plan } => {
                if let Some(followed) = self.plan.as_mut().filter(|known| known.made.id == plan) {
                    followed.changes.pop();
                }
            }
            of_the_record => self.take_in(of_the_record),
        }
    }

    /// Whether there is only light movement for this person until a professional has said otherwise.
    #[must_use]
    pub fn light_only(&self) -> bool {
        self.profile.as_ref().is_some_and(Profile::light_only)
    }

    /// The plan that is followed, for the person as they are now: what hurts since it was made counts as well. None where
    /// there is no plan, or only light movement.
    #[must_use]
    pub fn fitting(&self) -> Option<Followed> {
        let mut plan = self.plan.clone().filter(|_| !self.light_only())?;
        if let Some(profile) = &self.profile {
            let limits = &mut plan.made.intake.limits;
            limits.extend(&profile.limits);
            limits.sort_unstable();
            limits.dedup();
        }
        Some(plan)
    }

    fn followed(&self, plan: PlanId) -> Result<&Followed, Refused> {
        self.plan.as_ref().filter(|known| known.made.id == plan).ok_or(Refused::NotThisPlan)
    }
}

#[cfg(test)]
mod record_tests;
#[cfg(test)]
mod tests;
