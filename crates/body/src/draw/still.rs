//! Still pictures.

use crate::draw::scene::{Angle, Caption, Frame, open, paint, painting_order, scene};
use crate::rig::{Moment, Rig};

/// One moment as SVG. The frame fits the whole rep, so that pictures of one rep line up.
#[must_use]
pub fn still(rig: &Rig, moment: Moment<'_>, angle: Angle, caption: Caption<'_>) -> String {
    let turn = rig.spec().turn();
    let at = |progress: f64| scene(rig, Moment { progress, ..moment }, angle);
    let scenes = [at(moment.progress), at(0.0), at(0.5 * turn), at(turn), at(0.5 * (1.0 + turn))];
    let frame = Frame::around(&scenes);
    let mut svg = open(&frame, caption, "");
    paint(&mut svg, &scenes[0], &painting_order(&scenes[..1]));
    svg.push_str("</svg>");
    svg
}

/// The step pictures of a rep: start position, on the way, turning point, on the way back.
#[must_use]
pub fn stills(rig: &Rig, angle: Angle, caption: Caption<'_>) -> [String; 4] {
    let turn = rig.spec().turn();
    [0.0, 0.5 * turn, turn, 0.5 * (1.0 + turn)]
        .map(|progress| still(rig, Moment { progress, ..Moment::default() }, angle, caption))
}
