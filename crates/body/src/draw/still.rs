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
