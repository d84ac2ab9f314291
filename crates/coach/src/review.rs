//! What a week means, and why an easier one would do good, in plain words, in each language.

use training::deload::Sign;
use training::findings::Finding;
use training::load_state::State;
use training::trend::Trend;
use units::{ExerciseId, Language};

use crate::voice::Voice;
use crate::why::muscle_name;

/// A finding as a sentence.
#[must_use]
pub fn finding(finding: &Finding, voice: Voice<'_>) -> String {
    let language = voice.language();
    let say = |english: String, german: String| language.pick(english, german);
    let name = |id: &ExerciseId| voice.exercise(id);
    match finding {
        Finding::AllDone { n_planned } => say(
            format!("You did all {n_planned} planned sessions."),
            format!("Du hast alle {n_planned} geplanten Einheiten gemacht."),
        ),
        Finding::Missed { n_done, n_planned } => say(
            format!(
                "You did {n_done} of {n_planned} planned sessions. Fewer days in the plan may fit better."
            ),
            format!(
                "Du hast {n_done} von {n_planned} geplanten Einheiten gemacht. Vielleicht passen weniger Tage besser."
            ),
        ),
        Finding::LittleVolume { muscle, sets, planned } => say(
            format!(
                "{}: {sets:.1} hard sets of {planned:.1} planned.",
                muscle_name(*muscle, language)
            ),
            format!(
                "{}: {} harte Sätze von {} geplanten.",
                muscle_name(*muscle, language),
                comma(*sets),
                comma(*planned)
            ),
        ),
        Finding::MuchVolume { muscle, sets, planned } => say(
            format!(
                "{}: {sets:.1} hard sets, more than the {planned:.1} planned.",
                muscle_name(*muscle, language)
            ),
            format!(
                "{}: {} harte Sätze, mehr als die {} geplanten.",
                muscle_name(*muscle, language),
                comma(*sets),
                comma(*planned)
            ),
        ),
        Finding::Load { state, ratio } => load(*state, *ratio, language),
        Finding::Stronger(id, trend) => say(
            format!("{}: you are getting stronger{}.", name(id), percent(trend, language)),
            format!("{}: Du wirst stärker{}.", name(id), percent(trend, language)),
        ),
        Finding::Weaker(id, trend) => say(
            format!("{}: strength is going down{}.", name(id), percent(trend, language)),
            format!("{}: Die Kraft lässt nach{}.", name(id), percent(trend, language)),
        ),
        Finding::CleanerTechnique(id, _) => say(
            format!("{}: your technique is getting cleaner.", name(id)),
            format!("{}: Deine Technik wird sauberer.", name(id)),
        ),
        Finding::RougherTechnique(id, _) => say(
            format!(
                "{}: your technique is getting rougher; a little less load may help.",
                name(id)
            ),
            format!("{}: Deine Technik wird unsauberer; etwas weniger Last kann helfen.", name(id)),
        ),
        Finding::Records { n: 1 } => {
            say("One new record.".to_owned(), "Eine neue Bestleistung.".to_owned())
        }
        Finding::Records { n } => {
            say(format!("{n} new records."), format!("{n} neue Bestleistungen."))
        }
        Finding::ReserveUntold { n_untold, n_sets } => say(
            format!(
                "{n_untold} of {n_sets} sets do not say how many more you could have done, so the numbers are rough."
            ),
            format!(
                "{n_untold} von {n_sets} Sätzen sagen nicht, wie viele noch gegangen wären; die Zahlen sind also grob."
            ),
        ),
    }
}

/// A sign that an easier week would do good, as a sentence.
#[must_use]
pub fn sign(sign: &Sign, voice: Voice<'_>) -> String {
    let language = voice.language();
    let say = |english: String, german: String| language.pick(english, german);
    match sign {
        Sign::Regression(lifts) => {
            let names: Vec<String> = lifts.iter().map(|(id, _)| voice.exercise(id)).collect();
            let names = names.join(", ");
            say(
                format!("Strength is going down in {names}."),
                format!("Die Kraft lässt nach: {names}."),
            )
        }
        Sign::Spike { ratio } => load(State::Spike, Some(*ratio), language),
        Sign::Strain { strain, usual_most } => say(
            format!(
                "Your strain is {strain:.0}; nine of ten of your weeks were under {usual_most:.0}."
            ),
            format!(
                "Deine Beanspruchung ist {strain:.0}; neun von zehn deiner Wochen lagen unter {usual_most:.0}."
            ),
        ),
        Sign::LowReadiness { n_days } => say(
            format!("You felt less ready than usual on {n_days} of the last 7 days."),
            format!(
                "An {n_days} der letzten 7 Tage hast du dich weniger bereit gefühlt als sonst."
            ),
        ),
        Sign::Asked { .. } => {
            say("You asked for it.".to_owned(), "Du hast darum gebeten.".to_owned())
        }
    }
}

/// That it has been long since the last easier time, as a sentence.
#[must_use]
pub fn long_ago(weeks: i32, language: Language) -> String {
    language.pick(
        format!("You have trained for {weeks} weeks without an easier one."),
        format!("Du trainierst seit {weeks} Wochen ohne eine leichtere."),
    )
}

/// How the last seven days compare with the usual ones, as a sentence.
#[must_use]
pub fn load(state: State, ratio: Option<f64>, language: Language) -> String {
    let (english, german) = match state {
        State::Calibrating => (
            "Too little is known yet to say what is usual for you",
            "Noch ist zu wenig bekannt, um zu sagen, was für dich üblich ist",
        ),
        State::Low => ("You trained less than usual", "Du hast weniger trainiert als sonst"),
        State::Ok => {
            ("You trained about as much as usual", "Du hast etwa so viel trainiert wie sonst")
        }
        State::High => ("You trained more than usual", "Du hast mehr trainiert als sonst"),
        State::Spike => (
            "You trained much more than usual; the same again next week is enough",
            "Du hast viel mehr trainiert als sonst; nächste Woche reicht dasselbe",
        ),
        State::Returning => (
            "You come back from a break; begin with about two thirds",
            "Du kommst aus einer Pause zurück; beginne mit etwa zwei Dritteln",
        ),
    };
    let times = ratio.filter(|_| !matches!(state, State::Calibrating | State::Returning));
    let times = times.map_or_else(String::new, |ratio| match language {
        Language::English => format!(" ({ratio:.1} times)"),
        Language::German => format!(" ({}-mal so viel)", comma(ratio)),
    });
    format!("{}{times}.", language.pick(english, german))
}

/// Such as ` (+1.2 % each time)`.
fn percent(trend: &Trend, language: Language) -> String {
    trend.slope_percent().map_or_else(String::new, |percent| match language {
        Language::English => format!(" ({percent:+.1} % each time)"),
        Language::German => {
            format!(" ({} % jedes Mal)", format!("{percent:+.1}").replace('.', ","))
        }
    })
}

/// A number with one digit behind the comma, as Germans write it.
fn comma(number: f64) -> String {
    format!("{number:.1}").replace('.', ",")
}
