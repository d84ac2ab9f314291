//! Numbers and names in plain words, the same in the terminal and on the page.

use motion::signal::Signal;
use wire::report::{Analysis, RepSide, Severity, Tempo};

/// How good a technique score is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// From 80 on.
    Good,
    /// From 60 on.
    Fair,
    /// Below.
    Poor,
}

impl Grade {
    pub(crate) fn of(score: f64) -> Self {
        if score >= 80.0 {
            Self::Good
        } else if score >= 60.0 {
            Self::Fair
        } else {
            Self::Poor
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Good => "good technique",
            Self::Fair => "room to improve",
            Self::Poor => "needs work",
        }
    }
}

/// Minutes and seconds with tenths: `0:07.4`.
pub(crate) fn clock(ms: i64) -> String {
    let tenths = ms.saturating_add(50).div_euclid(100);
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// A length of time: `22.3 s`, `3 min 05 s`.
pub(crate) fn duration(ms: u64) -> String {
    if ms < 120_000 {
        let tenths = (ms + 50) / 100;
        format!("{}.{} s", tenths / 10, tenths % 10)
    } else {
        let secs = (ms + 500) / 1000;
        format!("{} min {:02} s", secs / 60, secs % 60)
    }
}

/// `1 rep`, `8 reps`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Eccentric, bottom, concentric, top: `2.1 – 0.0 – 1.0 – 0.4`.
pub(crate) fn tempo(tempo: &Tempo) -> String {
    format!("{:.1}–{:.1}–{:.1}–{:.1}", tempo.eccentric, tempo.bottom, tempo.concentric, tempo.top)
}

pub(crate) fn side(side: RepSide) -> &'static str {
    match side {
        RepSide::Left => "left",
        RepSide::Right => "right",
        RepSide::Both => "both",
    }
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
    }
}

/// From where the camera sees the person.
pub(crate) fn view(yaw_deg: f64) -> &'static str {
    match yaw_deg.abs() {
        yaw if yaw < 25.0 => "from the front",
        yaw if yaw < 65.0 => "from the front, turned",
        yaw if yaw < 115.0 => "from the side",
        yaw if yaw < 155.0 => "from behind, turned",
        _ => "from behind",
    }
}

/// An id in words: `shallow_depth` becomes `Shallow depth`.
pub(crate) fn title(id: &str) -> String {
    let mut words = id.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// What a signal measures: `Knee angle`.
pub(crate) fn signal(signal: Signal) -> String {
    let mut words = String::new();
    for letter in format!("{signal:?}").chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
            words.push(letter.to_ascii_lowercase());
        } else {
            words.push(letter);
        }
    }
    words.strip_suffix(" world").map(str::to_owned).unwrap_or(words)
}

/// A whole number with a true minus sign.
pub(crate) fn signed(value: f64, unit: &str) -> String {
    let sign = if value <= -0.5 { "−" } else { "" };
    format!("{sign}{:.0}{unit}", value.abs())
}

/// The unit of a signal.
pub(crate) fn unit(signal: Signal) -> &'static str {
    if signal.is_angle() { "°" } else { " % of torso" }
}

/// What was counted, in one line: `8 reps, 1 attempt` or `held 15.8 s`.
pub(crate) fn tally(analysis: &Analysis) -> String {
    if let Some(hold_ms) = analysis.hold_ms {
        let breaks = u64::from(analysis.hold_breaks.unwrap_or(0));
        let breaks = if breaks == 0 {
            "without a break".to_owned()
        } else {
            count(breaks, "break", "breaks")
        };
        return format!("held {}, {breaks}", duration(hold_ms));
    }
    let mut tally = count(u64::from(analysis.reps), "rep", "reps");
    if analysis.attempts > 0 {
        tally += &format!(", {}", count(u64::from(analysis.attempts), "attempt", "attempts"));
    }
    if let (Some(left), Some(right)) = (analysis.left, analysis.right) {
        tally += &format!(" ({left} left, {right} right)");
    }
    tally
}

/// How sure the angles are.
pub(crate) fn certainty(analysis: &Analysis) -> String {
    let view = &analysis.view;
    let yaw = signed(view.yaw_deg, "°");
    let seen = format!("Seen {} (yaw {yaw} ± {:.0}°)", self::view(view.yaw_deg), view.interval);
    match view.angle_interval_deg {
        Some(margin) => format!("{seen}; joint angles are good to ± {margin:.0}° (90 % interval)."),
        None => format!("{seen}."),
    }
}

/// How hard the set was, if that can be told.
pub(crate) fn effort(analysis: &Analysis) -> Option<String> {
    let effort = analysis.effort?;
    let [low, high] = effort.reps_in_reserve_interval;
    let slowed = match 100.0 * effort.velocity_loss {
        loss if loss < 0.5 => "The lifting did not slow down within the set".to_owned(),
        loss => format!("The lifting slowed down by {loss:.0} % within the set"),
    };
    let (reserve, high) = (reserve(effort.reps_in_reserve), reserve_or_more(high));
    Some(format!("{slowed}: about {reserve} left in reserve ({low:.0} to {high}, 90 % interval)."))
}

/// Repetitions in reserve; the engine's estimate ends at 30.
pub(crate) fn reserve(n_reps: f64) -> String {
    let many = whole(n_reps) != 1;
    format!("{} {}", reserve_or_more(n_reps), if many { "reps" } else { "rep" })
}

fn reserve_or_more(n_reps: f64) -> String {
    if n_reps >= 30.0 { "30 or more".to_owned() } else { format!("{n_reps:.0}") }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and is a count"
)]
fn whole(n: f64) -> u64 {
    n.round() as u64
}

/// What made the report and how fast.
pub(crate) fn processing(analysis: &Analysis) -> String {
    let processing = &analysis.processing;
    match (&processing.network, &processing.runtime) {
        (Some(network), Some(runtime)) => {
            format!(
                "{:.0} frames per second with the {network} network in {runtime}.",
                processing.fps
            )
        }
        _ => format!("A landmark stream, {:.0} frames per second.", processing.fps),
    }
}
