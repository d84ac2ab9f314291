//! Numbers and names in plain words, the same in the terminal and on the page.

use motion::signal::Signal;
use motion::spec::Standard;
use units::Language;
use wire::report::{Analysis, RepSide, Severity, Tempo};

/// How good a technique score is: the limits of the site, `web/src/lib/report/grade.ts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// From 80 on.
    Good,
    /// From 50 on.
    Fair,
    /// Below.
    Poor,
}

impl Grade {
    pub(crate) fn of(score: f64) -> Self {
        if score >= 80.0 {
            Self::Good
        } else if score >= 50.0 {
            Self::Fair
        } else {
            Self::Poor
        }
    }

    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Good => language.pick("good technique", "gute Technik"),
            Self::Fair => language.pick("room to improve", "da geht noch was"),
            Self::Poor => language.pick("needs work", "daran arbeiten"),
        }
    }
}

/// A number with so many decimals: `7.4`, in German `7,4`.
pub(crate) fn decimal(language: Language, value: f64, n_decimals: usize) -> String {
    let number = format!("{value:.n_decimals$}");
    language.pick(number.clone(), number.replace('.', ","))
}

/// What stands before a number's decimals.
fn point(language: Language) -> char {
    language.pick('.', ',')
}

/// Minutes and seconds with tenths: `0:07.4`.
pub(crate) fn clock(language: Language, ms: i64) -> String {
    let tenths = ms.saturating_add(50).div_euclid(100);
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    let point = point(language);
    format!("{sign}{}:{:02}{point}{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// A length of time: `22.3 s`, `3 min 05 s`.
pub(crate) fn duration(language: Language, ms: u64) -> String {
    if ms < 120_000 {
        let tenths = (ms + 50) / 100;
        format!("{}{}{} s", tenths / 10, point(language), tenths % 10)
    } else {
        let secs = (ms + 500) / 1000;
        format!("{} min {:02} s", secs / 60, secs % 60)
    }
}

/// A number of things, such as `1 rep`, `8 reps`; both words are one and many.
pub(crate) fn count(n: u64, (one, many): (&str, &str)) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

pub(crate) fn reps(language: Language) -> (&'static str, &'static str) {
    language.pick(("rep", "reps"), ("Wiederholung", "Wiederholungen"))
}

pub(crate) fn frames(language: Language) -> (&'static str, &'static str) {
    language.pick(("frame", "frames"), ("Bild", "Bilder"))
}

/// Eccentric, bottom, concentric, top: `2.1 – 0.0 – 1.0 – 0.4`.
pub(crate) fn tempo(language: Language, tempo: &Tempo) -> String {
    let phases = [tempo.eccentric, tempo.bottom, tempo.concentric, tempo.top];
    phases.map(|secs| decimal(language, secs, 1)).join("–")
}

pub(crate) fn side(language: Language, side: RepSide) -> &'static str {
    match side {
        RepSide::Left => language.pick("left", "links"),
        RepSide::Right => language.pick("right", "rechts"),
        RepSide::Both => language.pick("both", "beide"),
    }
}

/// How grave an issue is.
pub(crate) fn severity(language: Language, severity: Severity) -> &'static str {
    match severity {
        Severity::Low => language.pick("good to know", "gut zu wissen"),
        Severity::Medium => language.pick("worth changing", "ändern lohnt sich"),
        Severity::High => language.pick("change this first", "zuerst ändern"),
    }
}

/// From where the camera sees the person.
pub(crate) fn view(language: Language, yaw_deg: f64) -> &'static str {
    match yaw_deg.abs() {
        yaw if yaw < 25.0 => language.pick("from the front", "von vorn"),
        yaw if yaw < 65.0 => language.pick("from the front, turned", "schräg von vorn"),
        yaw if yaw < 115.0 => language.pick("from the side", "von der Seite"),
        yaw if yaw < 155.0 => language.pick("from behind, turned", "schräg von hinten"),
        _ => language.pick("from behind", "von hinten"),
    }
}

/// What a signal measures: `Knee angle`.
pub(crate) fn signal(language: Language, signal: Signal) -> &'static str {
    let (english, german) = match signal {
        Signal::ElbowAngle | Signal::ElbowAngleWorld => ("Elbow angle", "Ellbogenwinkel"),
        Signal::ShoulderAngle | Signal::ShoulderAngleWorld => ("Shoulder angle", "Schulterwinkel"),
        Signal::HipAngle | Signal::HipAngleWorld => ("Hip angle", "Hüftwinkel"),
        Signal::KneeAngle | Signal::KneeAngleWorld => ("Knee angle", "Kniewinkel"),
        Signal::AnkleAngle => ("Ankle angle", "Sprunggelenkwinkel"),
        Signal::BodyLine | Signal::ThighLine => {
            ("Bend at the hips: above 0° they sag", "Knick in der Hüfte: über 0° hängt sie durch")
        }
        Signal::ThighLean => ("Thigh lean", "Neigung des Oberschenkels"),
        Signal::ShinLean => ("Shin lean", "Neigung des Unterschenkels"),
        Signal::ForearmLean => ("Forearm lean", "Neigung des Unterarms"),
        Signal::HandHeight => ("Hand height", "Höhe der Hände"),
        Signal::ElbowHeight => ("Elbow height", "Höhe der Ellbogen"),
        Signal::HandReach => ("Hand reach", "Reichweite der Hände"),
        Signal::HipHeight => ("Hip height", "Höhe der Hüfte"),
        Signal::FootHeight => ("Foot height", "Höhe der Füße"),
        Signal::AnkleX => ("Foot travel", "Weg der Füße"),
        Signal::HeelRise => ("Heel rise", "Höhe der Fersen"),
        Signal::KneePastToe => ("Knee past toe", "Knie vor den Zehen"),
        Signal::TrunkLean | Signal::TrunkLeanWorld => ("Trunk lean", "Rumpfneigung"),
        Signal::HeadForward => ("Head forward", "Kopf nach vorn"),
        Signal::StanceWidth => ("Stance width", "Standbreite"),
        Signal::KneeWidth => ("Knee width", "Abstand der Knie"),
        Signal::HandWidth => ("Hand width", "Abstand der Hände"),
        Signal::HeadOverHands => ("Head over hands", "Kopf über den Händen"),
        Signal::HipLift => ("Hip lift", "Höhe der Hüfte über der Linie"),
        Signal::HipShift => ("Hip shift", "Versatz der Hüfte"),
        Signal::HipGap | Signal::HipGapWorld => ("Hip gap", "Unterschied der Hüftwinkel"),
        Signal::HandY => ("Hand travel", "Weg der Hände"),
        Signal::ShoulderY => ("Shoulder travel", "Weg der Schultern"),
        Signal::HipY => ("Hip travel", "Weg der Hüfte"),
        Signal::HandTilt => ("Hand tilt", "Schräge der Hände"),
        Signal::HipTilt => ("Hip tilt", "Schräge der Hüfte"),
    };
    language.pick(english, german)
}

/// A whole number with a true minus sign.
pub(crate) fn signed(value: f64, unit: &str) -> String {
    let sign = if value <= -0.5 { "−" } else { "" };
    format!("{sign}{:.0}{unit}", value.abs())
}

/// The unit of a signal.
pub(crate) fn unit(language: Language, signal: Signal) -> &'static str {
    if signal.is_angle() { "°" } else { language.pick(" % of torso", " % Rumpf") }
}

/// What was counted, in one line: `8 reps, 1 attempt` or `held 15.8 s`.
pub(crate) fn tally(language: Language, analysis: &Analysis) -> String {
    if let Some(hold_ms) = analysis.hold_ms {
        let breaks = match u64::from(analysis.hold_breaks.unwrap_or(0)) {
            0 => language.pick("without a break", "ohne Unterbrechung").to_owned(),
            n => {
                let words = (("break", "breaks"), ("Unterbrechung", "Unterbrechungen"));
                count(n, language.pick(words.0, words.1))
            }
        };
        let held = duration(language, hold_ms);
        return language
            .pick(format!("held {held}, {breaks}"), format!("{held} gehalten, {breaks}"));
    }
    let mut tally = count(u64::from(analysis.reps), reps(language));
    if analysis.attempts > 0 {
        let attempts = language.pick(("attempt", "attempts"), ("Versuch", "Versuche"));
        tally += &format!(", {}", count(u64::from(analysis.attempts), attempts));
    }
    if let (Some(left), Some(right)) = (analysis.left, analysis.right) {
        let [on_left, on_right] = [RepSide::Left, RepSide::Right].map(|one| side(language, one));
        tally += &format!(" ({left} {on_left}, {right} {on_right})");
    }
    tally
}

/// How sure the angles are.
pub(crate) fn certainty(language: Language, analysis: &Analysis) -> String {
    let view = &analysis.view;
    let (yaw, from) = (signed(view.yaw_deg, "°"), self::view(language, view.yaw_deg));
    let seen = language.pick(
        format!("Seen {from} (yaw {yaw} ± {:.0}°)", view.interval),
        format!("Gesehen {from} (Drehung {yaw} ± {:.0}°)", view.interval),
    );
    match view.angle_interval_deg {
        Some(margin) => language.pick(
            format!("{seen}; joint angles are good to ± {margin:.0}° (90 % interval)."),
            format!("{seen}; Gelenkwinkel stimmen auf ± {margin:.0}° (90-%-Intervall)."),
        ),
        None => format!("{seen}."),
    }
}

/// How hard the set was, if that can be told.
pub(crate) fn effort(language: Language, analysis: &Analysis) -> Option<String> {
    let effort = analysis.effort?;
    let [low, high] = effort.reps_in_reserve_interval;
    let slowed = match 100.0 * effort.velocity_loss {
        loss if loss < 0.5 => language.pick(
            "The lifting did not slow down within the set".to_owned(),
            "Du bist im Satz nicht langsamer geworden".to_owned(),
        ),
        loss => language.pick(
            format!("The lifting slowed down by {loss:.0} % within the set"),
            format!("Du bist im Satz um {loss:.0} % langsamer geworden"),
        ),
    };
    let reserve = reserve(language, effort.reps_in_reserve);
    let high = reserve_or_more(language, high);
    Some(language.pick(
        format!("{slowed}: about {reserve} left in reserve ({low:.0} to {high}, 90 % interval)."),
        format!("{slowed}: etwa {reserve} in Reserve ({low:.0} bis {high}, 90-%-Intervall)."),
    ))
}

/// Repetitions in reserve; the engine's estimate ends at 30.
pub(crate) fn reserve(language: Language, n_reps: f64) -> String {
    let (one, many) = reps(language);
    let words = if whole(n_reps) == 1 { one } else { many };
    format!("{} {words}", reserve_or_more(language, n_reps))
}

fn reserve_or_more(language: Language, n_reps: f64) -> String {
    if n_reps >= 30.0 {
        language.pick("30 or more", "30 oder mehr").to_owned()
    } else {
        format!("{n_reps:.0}")
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and is a count"
)]
fn whole(n: f64) -> u64 {
    n.round() as u64
}

/// The name of the standard.
pub(crate) fn standard(language: Language, analysis: &Analysis) -> &'static str {
    match analysis.standard.as_ref().map(|standard| standard.name.as_str()) {
        Some("strict") => language.pick("strict", "streng"),
        _ => language.pick("default", "üblich"),
    }
}

/// What a repetition missed: the criteria's own words.
pub(crate) fn missed(standard: &Standard, ids: &[String]) -> String {
    let criteria = standard.criteria.iter().filter(|criterion| ids.contains(&criterion.id));
    criteria.map(|criterion| criterion.text.as_str()).collect::<Vec<&str>>().join(" ")
}

/// What made the report and how fast.
pub(crate) fn processing(language: Language, analysis: &Analysis) -> String {
    let (processing, fps) = (&analysis.processing, analysis.processing.fps);
    match (&processing.network, &processing.runtime) {
        (Some(network), Some(runtime)) => language.pick(
            format!("{fps:.0} frames per second with the {network} network in {runtime}."),
            format!("{fps:.0} Bilder pro Sekunde mit dem Netz {network} in {runtime}."),
        ),
        _ => language.pick(
            format!("A landmark stream, {fps:.0} frames per second."),
            format!("Aus gespeicherten Körperpunkten, {fps:.0} Bilder pro Sekunde."),
        ),
    }
}
