//! Why the next set is suggested as it is, in plain words, in each language.

use training::copilot::Reason;
use training::loading::MassUnit;
use units::Language;

use crate::voice::estimate;

/// A reason as a sentence.
#[must_use]
pub fn sentence(reason: Reason, unit: MassUnit, language: Language) -> String {
    let say = |english: String, german: String| language.pick(english, german);
    let plain = |english: &str, german: &str| language.pick(english, german).to_owned();
    match reason {
        Reason::AsAsked => plain("As planned.", "Wie geplant."),
        Reason::AsBegun => plain(
            "Nothing is planned here, so it goes on as you began.",
            "Hier ist nichts geplant, also geht es weiter, wie du angefangen hast.",
        ),
        Reason::SlowedDown { percent } => say(
            format!("Your last set slowed down by {percent} %: take a little less."),
            format!("Dein letzter Satz wurde um {percent} % langsamer: nimm etwas weniger."),
        ),
        Reason::CameApart { technique } => say(
            format!("Your technique came apart ({technique} of 100): take a little less."),
            format!("Deine Technik ließ nach ({technique} von 100): nimm etwas weniger."),
        ),
        Reason::TooHeavy { reps } => say(
            format!("The same again would end at about {reps}, fewer than you aim for."),
            format!("Noch einmal dasselbe würde bei etwa {reps} enden, weniger, als du vorhast."),
        ),
        Reason::TooLight { reps } => say(
            format!("The same again could go to about {reps}, more than you aim for."),
            format!("Noch einmal dasselbe könnte bis etwa {reps} gehen, mehr, als du vorhast."),
        ),
        Reason::Fits => plain("That stays within the plan.", "Das bleibt im Plan."),
        Reason::Estimate { e1rm_g } => say(
            format!("Estimated one-repetition maximum: {}.", estimate(e1rm_g, unit, language)),
            format!(
                "Geschätztes Maximum für eine Wiederholung: {}.",
                estimate(e1rm_g, unit, language)
            ),
        ),
        Reason::NoReserve => plain(
            "You did not say how many more you could have done, so this is rough.",
            "Du hast nicht gesagt, wie viele noch gegangen wären; das hier ist also grob.",
        ),
        Reason::NoneNear => plain(
            "The next weight you have would be too big a step.",
            "Das nächste Gewicht, das du hast, wäre ein zu großer Schritt.",
        ),
    }
}
