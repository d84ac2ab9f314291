//! Why an exercise goes on as it does, in plain words, in each language: what was decided, then the numbers behind it.

use training::load_state::State as LoadState;
use training::progression::{Because, Decision, Rule};
use training::session::Asked;
use units::Language;

use crate::voice::{Voice, decimal};

/// The reasons of a decision as sentences, the rule's own first.
#[must_use]
pub fn why(decision: &Decision, voice: Voice<'_>) -> Vec<String> {
    let mut sentences = vec![rule(decision, voice)];
    sentences.extend(decision.why.iter().filter_map(|fact| because(fact, decision, voice)));
    sentences
}

/// What a rule says, with the numbers of this decision.
fn rule(decision: &Decision, voice: Voice<'_>) -> String {
    let language = voice.language();
    let say = |english: &str, german: &str| language.pick(english, german).to_owned();
    let instead = || {
        let id = decision.instead.as_ref();
        id.map(|id| voice.exercise(id)).map_or_else(
            || say("something like it", "etwas Ähnliches"),
            |name| match language {
                Language::English => name,
                Language::German => format!("„{name}“"),
            },
        )
    };
    let next = &decision.next;
    let load = load(next, voice);
    let top = next.target.high;
    let low = next.target.low;
    let unit = if next.target.dose.is_timed() {
        language.pick("seconds", "Sekunden")
    } else {
        language.pick("repetitions", "Wiederholungen")
    };
    let with = |english: String, german: String| language.pick(english, german);
    match decision.rule {
        Rule::PainSwap => with(
            format!(
                "It hurt. Try {} until it does not; if it stays, see a professional.",
                instead()
            ),
            format!(
                "Es tat weh. Nimm {}, bis es nicht mehr wehtut; wenn es bleibt, lass es ansehen.",
                instead()
            ),
        ),
        Rule::PainHold => say(
            "It hurt a little, so nothing is added until it does not.",
            "Es tat etwas weh, also kommt nichts dazu, bis es gut ist.",
        ),
        Rule::InDeload => say(
            "This was an easier time on purpose; your targets stay where they were.",
            "Das war mit Absicht leichter; deine Ziele bleiben, wo sie waren.",
        ),
        Rule::BreakKept => say(
            "You are back after a break and it went as it should: the same again.",
            "Du bist nach einer Pause zurück, und es lief: noch einmal dasselbe.",
        ),
        Rule::BreakEased => say(
            "You are back after a break: a tenth less to begin with.",
            "Du bist nach einer Pause zurück: erst einmal ein Zehntel weniger.",
        ),
        Rule::StalledVary => with(
            format!("It has been stuck for a while. {} often gets it going again.", instead()),
            format!(
                "Es steckt seit einer Weile fest. {} bringt oft wieder Bewegung hinein.",
                instead()
            ),
        ),
        Rule::StalledReduce => with(
            format!("It did not go on twice: a step back to {load}, to build up again."),
            format!(
                "Zweimal ging es nicht weiter: ein Schritt zurück auf {load}, um neu aufzubauen."
            ),
        ),
        Rule::Missed => with(
            format!("A set stayed below {low} {unit}: the same again."),
            format!("Ein Satz blieb unter {low} {unit}: noch einmal dasselbe."),
        ),
        Rule::TooHard => say(
            "It was harder than planned: the same again.",
            "Es war schwerer als geplant: noch einmal dasselbe.",
        ),
        Rule::Incomplete => say(
            "Sets are missing; those you did were fine. The same again.",
            "Es fehlen Sätze; die, die du gemacht hast, waren gut. Noch einmal dasselbe.",
        ),
        Rule::LoadSpike => say(
            "Your training week has just become much bigger, so this stays the same.",
            "Deine Trainingswoche ist gerade viel größer geworden, also bleibt das gleich.",
        ),
        Rule::NearTarget => say(
            "You reached the top with a little less in reserve than planned: the same load, one more.",
            "Du warst oben, mit etwas weniger Reserve als geplant: dieselbe Last, eins mehr.",
        ),
        Rule::InRange => with(
            format!("All sets were in the range: the same load, one more, up to {top}."),
            format!("Alle Sätze lagen im Bereich: dieselbe Last, eins mehr, bis {top}."),
        ),
        Rule::TopOfRange => with(
            format!("Every set reached the top with enough in reserve: on to {load}."),
            format!("Jeder Satz war oben, mit genug Reserve: weiter mit {load}."),
        ),
        Rule::StepTooBig => say(
            "Every set reached the top, but the next weight is a big step: one more with this one first.",
            "Jeder Satz war oben, aber das nächste Gewicht ist ein großer Schritt: erst eins mehr mit diesem.",
        ),
        Rule::BigStep => with(
            format!("You are well above the range: time for the big step to {load}."),
            format!("Du bist weit über dem Bereich: Zeit für den großen Schritt auf {load}."),
        ),
        Rule::LoadUnknown => say(
            "Every set reached the top: take a little more.",
            "Jeder Satz war oben: nimm etwas mehr.",
        ),
        Rule::StrongerBand => say(
            "Every set reached the top: take a stronger band.",
            "Jeder Satz war oben: nimm ein stärkeres Band.",
        ),
        Rule::LadderMore => with(
            format!("You reached the top: one more, to {low} {unit}."),
            format!("Du warst oben: eins mehr, auf {low} {unit}."),
        ),
        Rule::LadderOnce => say(
            "You reached the top with enough in reserve. Once more like this and it gets harder.",
            "Du warst oben, mit genug Reserve. Noch einmal so, dann wird es schwerer.",
        ),
        Rule::LadderUp => with(
            format!("Twice at the top with enough in reserve: you are ready for {}.", instead()),
            format!("Zweimal oben, mit genug Reserve: Du bist bereit für {}.", instead()),
        ),
        Rule::LadderEnd => say(
            "You are well above the range, and the library has nothing harder: the same again.",
            "Du bist weit über dem Bereich, und die Bibliothek hat nichts Schwereres: noch einmal dasselbe.",
        ),
    }
}

/// A number behind a decision; none where the rule's own sentence says it.
fn because(fact: &Because, decision: &Decision, voice: Voice<'_>) -> Option<String> {
    let language = voice.language();
    let timed = decision.next.target.dose.is_timed();
    let say = |english: String, german: String| Some(language.pick(english, german));
    match *fact {
        Because::Did { n_sets, n_asked, least, most, load_g } => {
            let done = if least == most { least.to_string() } else { format!("{least}–{most}") };
            let unit = if timed { " s" } else { "" };
            let with = load_g.map_or_else(String::new, |g| match language {
                Language::English => format!(" with {}", voice.mass(g)),
                Language::German => format!(" mit {}", voice.mass(g)),
            });
            say(
                format!("Done: {n_sets} of {n_asked} sets, {done}{unit}{with}."),
                format!("Gemacht: {n_sets} von {n_asked} Sätzen, {done}{unit}{with}."),
            )
        }
        Because::Range { low, high } => {
            say(format!("Planned: {low} to {high}."), format!("Geplant: {low} bis {high}."))
        }
        Because::Reserve { least_halves, asked } => {
            let least = f64::from(least_halves) / 2.0;
            say(
                format!("In reserve: {least} at the least, {asked} planned."),
                format!("In Reserve: mindestens {}, geplant {asked}.", decimal(least, language)),
            )
        }
        Because::Step { step_g, per_mille } => {
            let step = i32::try_from(step_g).unwrap_or(i32::MAX);
            let percent = f64::from(per_mille) / 10.0;
            say(
                format!("The next weight is {} more, {percent} %.", voice.mass(step)),
                format!(
                    "Das nächste Gewicht ist {} mehr, {} %.",
                    voice.mass(step),
                    decimal(percent, language)
                ),
            )
        }
        Because::Gap { days } => say(
            format!("{days} days since the last time."),
            format!("{days} Tage seit dem letzten Mal."),
        ),
        Because::Before { load_g } => say(
            format!("Before: {}.", voice.mass(load_g)),
            format!("Davor: {}.", voice.mass(load_g)),
        ),
        // What the plan had is what the next decision is held against; there is nothing in it to tell.
        Because::Planned { .. } => None,
        Because::Pain { level } => say(
            format!("You told a pain of {level} of 10."),
            format!("Du hast Schmerz {level} von 10 angegeben."),
        ),
        Because::Stalled { n_holds, n_reduced } => stalled(n_holds, n_reduced, language),
        Because::Load { state } => {
            let (english, german) = match state {
                LoadState::Low => ("lower than usual", "geringer als sonst"),
                LoadState::Ok => ("as usual", "wie sonst"),
                LoadState::High => ("higher than usual", "höher als sonst"),
                LoadState::Spike => ("much higher than usual", "viel höher als sonst"),
                LoadState::Calibrating => return None,
                LoadState::Returning => ("just beginning again", "gerade erst wieder im Aufbau"),
            };
            say(
                format!("This week's training is {english}."),
                format!("Das Training dieser Woche ist {german}."),
            )
        }
    }
}

/// How often it was held and reduced; nothing where it was neither.
fn stalled(n_holds: u8, n_reduced: u8, language: Language) -> Option<String> {
    let times = |n: u8| match n {
        1 => language.pick("once".to_owned(), "einmal".to_owned()),
        n => language.pick(format!("{n} times"), format!("{n}-mal")),
    };
    let (held, reduced) = (times(n_holds), times(n_reduced));
    let (english, german) = match (n_holds, n_reduced) {
        (0, 0) => return None,
        (_, 0) => (format!("Held {held} in a row."), format!("In Folge {held} gehalten.")),
        (0, _) => (format!("Reduced {reduced}."), format!("Schon {reduced} verringert.")),
        _ => (
            format!("Held {held} in a row, reduced {reduced}."),
            format!("In Folge {held} gehalten, {reduced} verringert."),
        ),
    };
    Some(language.pick(english, german))
}

fn load(asked: &Asked, voice: Voice<'_>) -> String {
    asked.load_g.map_or_else(
        || voice.language().pick("less", "weniger").to_owned(),
        |grams| voice.mass(grams),
    )
}
