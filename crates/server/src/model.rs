//! A plan that a language model was asked to improve: its draft if it keeps every rule, else the plan as it was.
//!
//! Whatever happens, there is a plan, at the latest at the deadline. Nothing that the model wrote is kept or logged
//! before it passed [`coach::draft`].

use std::sync::Arc;
use std::time::Duration;

use coach::draft::{self, Ask, Fault, SCHEMA_REV};
use llm::{Day, Message, Model, Request, Shape, Stop, Usage};
use sha2::{Digest as _, Sha256};
use training::athlete::Source;
use training::program::Program;

/// How long a plan may wait for a model, with all repairs, where nobody says.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);
/// Turns after the first that tell the model what was wrong.
const MOST_REPAIRS: u8 = 2;
/// Tokens of one answer. Forty edits with their reasons are half of it.
const ANSWER_TOKENS: u32 = 4096;
/// Characters of a faulty answer that the model is shown again.
const SHOWN_CHARS: usize = 6000;

/// The model that may adapt plans, and how long that may take.
#[derive(Debug, Clone)]
pub(crate) struct Improver {
    pub(crate) model: Option<Arc<Model>>,
    pub(crate) deadline: Duration,
}

/// A plan after a model was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edited {
    /// A program that breaks no rule.
    pub(crate) program: Program,
    /// What the model has to say of it, a line for each remark; none where it edited nothing or was not heard.
    pub(crate) remarks: Option<String>,
    /// Who made it.
    pub(crate) source: Source,
    /// How it came about.
    pub(crate) record: Record,
}

/// How a plan came about: enough to ask the same again, and nothing of the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// SHA-256 of everything that the model was first asked, in hexadecimal digits.
    pub(crate) prompt_hash: String,
    /// The model's id, as it calls itself, or as in the settings where it never spoke.
    pub(crate) model: String,
    /// [`SCHEMA_REV`] of the draft.
    pub(crate) schema_rev: u32,
    /// Answers that were asked for, 0..=3.
    pub(crate) attempts: u8,
    /// What was wrong with them, in order.
    pub(crate) faults: Vec<Fault>,
    /// Tokens of all answers that came to an end.
    pub(crate) usage: Usage,
    /// What came of it.
    pub(crate) outcome: Outcome,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The draft was taken; it may have no edits.
    Taken,
    /// The model would not answer.
    Refused,
    /// No answer was a draft that could be taken.
    Faulty,
    /// The model could not be asked, or its server failed.
    Failed,
    /// The deadline came first.
    Late,
}

impl Outcome {
    /// Its name in logs and metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Faulty => "faulty",
            Self::Failed => "failed",
            Self::Late => "late",
        }
    }
}

/// Asks a model to improve a plan, and gives back that plan where it does not, within the deadline.
pub(crate) async fn edited(model: &Model, ask: &Ask<'_>, day: Day, deadline: Duration) -> Edited {
    let request = request(ask);
    let mut record = Record {
        prompt_hash: hash(&request),
        model: model.id().to_owned(),
        schema_rev: SCHEMA_REV,
        attempts: 0,
        faults: Vec::new(),
        usage: Usage::default(),
        outcome: Outcome::Late,
    };
    let run = run(model, ask, day, request, &mut record);
    let taken = tokio::time::timeout(deadline, run).await.ok().flatten();
    let Record { outcome, attempts, usage, .. } = &record;
    metrics::counter!("spotter_plan_drafts_total", "outcome" => outcome.as_str()).increment(1);
    metrics::counter!("spotter_model_tokens_total").increment(usage.total());
    for fault in &record.faults {
        metrics::counter!("spotter_plan_draft_faults_total", "rule" => fault.rule).increment(1);
    }
    tracing::info!(
        outcome = outcome.as_str(),
        attempts,
        tokens = usage.total(),
        n_faults = record.faults.len(),
        "Asked the language model about a plan"
    );
    let plain = || (ask.program.clone(), None, Source::Deterministic);
    let (program, remarks, source) = taken.unwrap_or_else(plain);
    Edited { program, remarks, source, record }
}

type Taken = (Program, Option<String>, Source);

async fn run(
    model: &Model,
    ask: &Ask<'_>,
    day: Day,
    mut request: Request,
    record: &mut Record,
) -> Option<Taken> {
    loop {
        record.attempts += 1;
        let reply = match model.ask(&request, day).await {
            Ok(reply) => reply,
            Err(error) => {
                // Not an error of ours: plans are made without a model as well.
                tracing::warn!(%error, "The language model gave no answer");
                record.outcome = Outcome::Failed;
                return None;
            }
        };
        record.usage = record.usage.plus(reply.usage);
        if !reply.model.is_empty() {
            record.model = reply.model.chars().filter(|c| !c.is_control()).take(100).collect();
        }
        let faults = match heard(&reply.stop, &reply.text, ask) {
            Ok(Some(taken)) => {
                record.outcome = Outcome::Taken;
                return Some(taken);
            }
            Ok(None) => {
                // A refused turn that stays in a conversation has every later one refused.
                record.outcome = Outcome::Refused;
                return None;
            }
            Err(faults) => faults,
        };
        record.faults.extend(faults.iter().cloned());
        if record.attempts > MOST_REPAIRS {
            record.outcome = Outcome::Faulty;
            return None;
        }
        // The last repair replaces the one before: only the newest answer matters, and the prompt stays short.
        request.messages.truncate(1);
        let said: String = reply.text.chars().take(SHOWN_CHARS).collect();
        let said = if said.trim().is_empty() { "(no answer)".to_owned() } else { said };
        request.messages.push(Message::Assistant { text: said, calls: Vec::new() });
        request.messages.push(Message::User(draft::repair(&faults)));
    }
}

/// What comes of an answer: nothing where it is a refusal.
fn heard(stop: &Stop, text: &str, ask: &Ask<'_>) -> Result<Option<Taken>, Vec<Fault>> {
    let fault =
        |says: &str| Err(vec![Fault { rule: "H1", at: String::new(), says: says.to_owned() }]);
    match stop {
        Stop::Refusal { .. } => return Ok(None),
        Stop::MaxTokens | Stop::ContextFull => return fault("the answer is cut off; be shorter"),
        Stop::ToolUse | Stop::Pause => return fault("answer with text"),
        Stop::End | Stop::Sequence | Stop::Other(_) => {}
    }
    let draft = draft::read(text, ask.language)?;
    let program = draft::apply(&draft, ask.program, ask.intake, ask.library)?;
    let whys = draft.edits.iter().map(|proposal| proposal.why.as_str());
    let remarks: Vec<&str> = std::iter::once(draft.notes.as_str()).chain(whys).collect();
    let remarks: Vec<&str> = remarks.into_iter().filter(|text| !text.is_empty()).collect();
    let remarks = (!remarks.is_empty()).then(|| remarks.join("\n"));
    let untouched = draft.edits.is_empty() && remarks.is_none();
    let source = if untouched { Source::Deterministic } else { Source::Model };
    Ok(Some((program, remarks, source)))
}

fn request(ask: &Ask<'_>) -> Request {
    let draft::Prompt { system, user } = draft::prompt(ask);
    let schema = draft::schema(&ask.pool());
    Request {
        system,
        messages: vec![Message::User(user)],
        tools: Vec::new(),
        shape: Some(Shape { name: "draft".to_owned(), schema }),
        max_tokens: ANSWER_TOKENS,
    }
}

fn hash(request: &Request) -> String {
    let mut hasher = Sha256::new();
    hasher.update(&request.system);
    for message in &request.messages {
        hasher.update([0]);
        if let Message::User(text) = message {
            hasher.update(text);
        }
    }
    if let Some(shape) = &request.shape {
        hasher.update([0]);
        hasher.update(shape.schema.to_string());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
