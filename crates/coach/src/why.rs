//! The reasons behind a plan's numbers in plain words, in each language.

use training::exercise::{Muscle, Pattern};
use training::planner::Why;
use training::planner::rules::Rule;
use units::Language;

/// One reason as a sentence.
#[must_use]
pub fn sentence(why: Why, language: Language) -> String {
    let say = |english: String, german: String| language.pick(english, german);
    match why {
        Why::WarmsUp => language
            .pick("Warms you up for what comes.", "Macht dich warm für das, was kommt.")
            .to_owned(),
        Why::CoolsDown => language
            .pick("Lets you come down after work.", "Lässt dich nach der Arbeit runterkommen.")
            .to_owned(),
        Why::Serves { muscle } => say(
            format!(
                "Your goal is about it: it trains the {}.",
                muscle_name(muscle, Language::English)
            ),
            format!("Darum geht es bei deinem Ziel: {}.", muscle_name(muscle, Language::German)),
        ),
        Why::Volume { muscle, half_sets, aim_half_sets } => say(
            format!(
                "{} of the {} sets a week that suit you for the {} (helping muscles count half).",
                sets(half_sets, '.'),
                sets(aim_half_sets, '.'),
                muscle_name(muscle, Language::English)
            ),
            format!(
                "{} von {} Sätzen pro Woche, die dir guttun: {} (Helfer zählen halb).",
                sets(half_sets, ','),
                sets(aim_half_sets, ','),
                muscle_name(muscle, Language::German)
            ),
        ),
        Why::Balances { pattern } => say(
            format!(
                "Keeps the week balanced: {} was short.",
                pattern_name(pattern, Language::English)
            ),
            format!(
                "Hält die Woche im Gleichgewicht: {} fehlte.",
                pattern_name(pattern, Language::German)
            ),
        ),
        Why::Heart => language
            .pick(
                "Work for the heart, at a pace you can talk at or just not.",
                "Arbeit fürs Herz, in einem Tempo, bei dem du gerade noch reden kannst.",
            )
            .to_owned(),
        Why::Range { low, high } => say(
            format!("{low} to {high} repetitions suit your goal and this exercise."),
            format!("{low} bis {high} Wiederholungen passen zu deinem Ziel und zu dieser Übung."),
        ),
        Why::Reserve { rir, week } => say(
            format!("Week {week}: stop when you could do {rir} more."),
            format!("Woche {week}: Hör auf, wenn noch {rir} gingen."),
        ),
        Why::Rest { secs } => say(
            format!("{secs} s of rest: long enough for the next set to be as good."),
            format!("{secs} s Pause: lang genug, damit der nächste Satz genauso gut wird."),
        ),
        Why::Load { e1rm_g, percent } => {
            let kg = f64::from(e1rm_g) / 1000.0;
            say(
                format!(
                    "{percent} % of your estimated best of {kg:.0} kg, and at most a tenth more than last time."
                ),
                format!(
                    "{percent} % deiner geschätzten Bestleistung von {kg:.0} kg, und höchstens ein Zehntel mehr als letztes Mal."
                ),
            )
        }
        Why::Easier => language
            .pick(
                "An easier week: half the sets, more in reserve. You come back stronger.",
                "Eine leichtere Woche: halb so viele Sätze, mehr Reserve. Danach bist du stärker.",
            )
            .to_owned(),
        Why::Chosen => language.pick("You chose it.", "Du hast es so gewählt.").to_owned(),
        Why::Proposed => language
            .pick(
                "The AI proposed it, and it keeps every rule.",
                "Die KI hat es vorgeschlagen, und es hält jede Regel ein.",
            )
            .to_owned(),
    }
}

/// What a change by hand has made less good, in a sentence.
#[must_use]
pub fn warning(rule: Rule, language: Language) -> &'static str {
    let (english, german) = match rule {
        Rule::Minutes => (
            "A session now takes more than a tenth longer or shorter than you asked for.",
            "Eine Einheit dauert jetzt um mehr als ein Zehntel länger oder kürzer, als du wolltest.",
        ),
        Rule::Volume => (
            "A muscle now gets more sets in a week than suit your level.",
            "Ein Muskel bekommt jetzt mehr Sätze pro Woche, als zu deiner Erfahrung passt.",
        ),
        Rule::Recovery => (
            "A muscle is now trained hard on two days in a row. It grows in the days between.",
            "Ein Muskel wird jetzt an zwei Tagen hintereinander hart trainiert. Er wächst in den Tagen dazwischen.",
        ),
        Rule::Frame => (
            "A session now lacks its warm-up, its work or its cool-down.",
            "Einer Einheit fehlt jetzt das Aufwärmen, die Arbeit oder der Ausklang.",
        ),
        Rule::Balance => (
            "Pushing and pulling, or knees and hips, are out of balance now.",
            "Drücken und Ziehen oder Knie und Hüfte sind jetzt aus dem Gleichgewicht.",
        ),
        Rule::Days => (
            "The days are no longer those that you asked for.",
            "Die Tage sind nicht mehr die, die du wolltest.",
        ),
        Rule::Exists
        | Rule::Kit
        | Rule::Limits
        | Rule::Ranges
        | Rule::Rest
        | Rule::Load
        | Rule::Maximal
        | Rule::Fit => (
            "Something in the plan does not suit you any more; look at its kit, loads and ranges.",
            "Etwas im Plan passt nicht mehr zu dir; sieh dir Geräte, Gewichte und Umfänge an.",
        ),
    };
    language.pick(english, german)
}

/// Half sets as sets: `7`, `7.5`.
fn sets(half_sets: u16, point: char) -> String {
    let whole = half_sets / 2;
    if half_sets.is_multiple_of(2) { whole.to_string() } else { format!("{whole}{point}5") }
}

/// A muscle as people call it.
#[must_use]
pub fn muscle_name(muscle: Muscle, language: Language) -> &'static str {
    let (english, german) = match muscle {
        Muscle::NeckFlexors => ("front of the neck", "vordere Halsmuskeln"),
        Muscle::NeckExtensors => ("back of the neck", "Nackenmuskeln"),
        Muscle::Traps => ("traps", "Trapezmuskel"),
        Muscle::FrontDelts => ("front shoulders", "vordere Schulter"),
        Muscle::SideDelts => ("side shoulders", "seitliche Schulter"),
        Muscle::RearDelts => ("rear shoulders", "hintere Schulter"),
        Muscle::RotatorCuff => ("rotator cuff", "Rotatorenmanschette"),
        Muscle::Chest => ("chest", "Brust"),
        Muscle::Serratus => ("serratus", "Sägemuskel"),
        Muscle::Lats => ("lats", "Latissimus"),
        Muscle::UpperBack => ("upper back", "oberer Rücken"),
        Muscle::LowerBack => ("lower back", "unterer Rücken"),
        Muscle::Biceps => ("biceps", "Bizeps"),
        Muscle::Triceps => ("triceps", "Trizeps"),
        Muscle::Forearms => ("forearms", "Unterarme"),
        Muscle::Abs => ("abs", "gerade Bauchmuskeln"),
        Muscle::Obliques => ("obliques", "schräge Bauchmuskeln"),
        Muscle::HipFlexors => ("hip flexors", "Hüftbeuger"),
        Muscle::Glutes => ("glutes", "Gesäß"),
        Muscle::Adductors => ("inner thighs", "Adduktoren"),
        Muscle::Quads => ("quads", "vordere Oberschenkel"),
        Muscle::Hamstrings => ("hamstrings", "hintere Oberschenkel"),
        Muscle::Calves => ("calves", "Waden"),
        Muscle::Shins => ("shins", "Schienbeinmuskeln"),
    };
    language.pick(english, german)
}

/// A movement as people call it.
#[must_use]
pub fn pattern_name(pattern: Pattern, language: Language) -> &'static str {
    let (english, german) = match pattern {
        Pattern::Squat => ("squatting", "Kniebeugen"),
        Pattern::Lunge => ("lunging", "Ausfallschritte"),
        Pattern::Hinge => ("hinging at the hips", "Hüftbeugen"),
        Pattern::PushHorizontal => ("pressing forward", "Drücken nach vorn"),
        Pattern::PushVertical => ("pressing up", "Drücken nach oben"),
        Pattern::PullHorizontal => ("rowing", "Rudern"),
        Pattern::PullVertical => ("pulling down", "Ziehen von oben"),
        Pattern::Core => ("trunk work", "Rumpfarbeit"),
        Pattern::Neck => ("neck work", "Nackenarbeit"),
        Pattern::Carry => ("carrying", "Tragen"),
        Pattern::Isolation => ("single-joint work", "Arbeit an einem Gelenk"),
        Pattern::Conditioning => ("short hard work for the heart", "kurze harte Arbeit fürs Herz"),
        Pattern::Steady => ("easy work for the heart", "lockere Arbeit fürs Herz"),
        Pattern::Mobility => ("mobility", "Beweglichkeit"),
    };
    language.pick(english, german)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences() {
        let check = |why: Why, english: &str, german: &str| {
            assert_eq!(sentence(why, Language::English), english);
            assert_eq!(sentence(why, Language::German), german);
        };
        check(
            Why::Volume { muscle: Muscle::Lats, half_sets: 7, aim_half_sets: 22 },
            "3.5 of the 11 sets a week that suit you for the lats (helping muscles count half).",
            "3,5 von 11 Sätzen pro Woche, die dir guttun: Latissimus (Helfer zählen halb).",
        );
        check(
            Why::Reserve { rir: 2, week: 3 },
            "Week 3: stop when you could do 2 more.",
            "Woche 3: Hör auf, wenn noch 2 gingen.",
        );
        check(
            Why::Load { e1rm_g: 100_000, percent: 73 },
            "73 % of your estimated best of 100 kg, and at most a tenth more than last time.",
            "73 % deiner geschätzten Bestleistung von 100 kg, und höchstens ein Zehntel mehr als letztes Mal.",
        );
    }
}
