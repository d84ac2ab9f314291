//! An exercise as it should look: moving, still, or one of its steps.

use body::draw::{Angle, Caption, animated, still};
use body::{Moment, Part, Physique, Rig};
use catalog::Entry;

use crate::live::WireError;

/// How to draw an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawing<'a> {
    /// `side` or `front`.
    pub view: &'a str,
    /// `light` or `dark`; or `any`: light, and dark where the picture's address ends in `#dark`.
    pub theme: &'a str,
    /// What of it.
    pub picture: Picture,
}

/// What of an exercise is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// The turning point.
    Still,
    /// One repetition, forever repeated; a still where nothing moves.
    Moving,
    /// One of [`crate::exercises::ExerciseEntry::pictures`], from 1.
    Step(usize),
}

/// Floor and shadow are drawn in the text's color.
const INK_ON_LIGHT: &str = "#1c1f24";
const INK_ON_DARK: &str = "#e8eaed";

/// An exercise as it should look, as SVG of at most 25 kB.
///
/// # Errors
/// When there is no such view, theme or step: names the field and what there is.
pub fn exercise_figure(entry: &Entry, drawing: Drawing<'_>) -> Result<String, WireError> {
    let language = entry.language;
    let (angle, from) = match drawing.view {
        "side" => (Angle::SIDE, language.pick("from the side", "von der Seite")),
        "front" => (Angle::FRONT, language.pick("from the front", "von vorn")),
        _ => return Err(WireError::new("view", "there is no such view; use side or front")),
    };
    let (attributes, style) = match drawing.theme {
        "light" => (format!("color=\"{INK_ON_LIGHT}\""), String::new()),
        "dark" => (format!("color=\"{INK_ON_DARK}\""), String::new()),
        "any" => (
            format!("id=\"dark\" color=\"{INK_ON_LIGHT}\""),
            format!("<style>#dark:target{{color:{INK_ON_DARK}}}</style>"),
        ),
        _ => {
            return Err(WireError::new("theme", "there is no such theme; use light, dark or any"));
        }
    };
    let rig = Rig::new(&entry.figure, &Physique::default());
    let mut title = format!("{}, {from}", entry.name);
    let all_steps = entry.steps.join(" ");
    let mut progress = rig.spec().turn();
    if let Picture::Step(number) = drawing.picture {
        let steps = entry.figure.steps();
        let step = number.checked_sub(1).and_then(|index| steps.get(index)).ok_or_else(|| {
            let there_are = format!("there is no such step picture; give 1 to {}", steps.len());
            WireError { field: "step".to_owned(), message: there_are }
        })?;
        progress = step.at;
        let part = match step.part {
            Part::Start => language.pick("start position", "Ausgangsstellung"),
            Part::Out => language.pick("on the way", "auf dem Weg"),
            Part::Turn => language.pick("turning point", "Umkehrpunkt"),
            Part::Back => language.pick("on the way back", "auf dem Rückweg"),
            Part::Hold => language.pick("the position to hold", "die Haltung"),
        };
        let (picture, of) = (language.pick("picture", "Bild"), language.pick("of", "von"));
        title = format!("{title}, {picture} {number} {of} {}: {part}", steps.len());
    }
    let caption = Caption { title: &title, description: &all_steps };
    let svg = if drawing.picture == Picture::Moving && entry.figure.moves() {
        animated(&rig, &[], angle, entry.tempo_secs(), caption)
    } else {
        still(&rig, Moment { progress, ..Moment::default() }, angle, caption)
    };
    // Attributes of the first tag, and a style after the words.
    Ok(svg.replacen("<svg ", &format!("<svg {attributes} "), 1).replacen(
        "</desc>",
        &format!("</desc>{style}"),
        1,
    ))
}
