//! A moving picture of one rep, as SMIL, which every browser plays without a script.
//!
//! Readers who ask for reduced motion get the turning point as a still, inside the same file.

use std::fmt::Write as _;

use crate::draw::scene::{Angle, Caption, Frame, Scene, class, open, paint, painting_order, scene};
use crate::draw::shape::path;
use crate::rig::{Moment, Rig};

/// The most a moving picture may weigh, in bytes.
pub const MAX_BYTES: usize = 25_000;
const MAX_FRAMES: u32 = 24;
const MIN_FRAMES: u32 = 4;

const REDUCED: &str = ".fig .fig-still{display:none}\
@media (prefers-reduced-motion:reduce){.fig .fig-still{display:inline}.fig .fig-moving{display:none}}";

/// One rep, forever repeated, at most 25 kB. `tempo_secs` is eccentric, bottom, concentric, top.
#[must_use]
pub fn animated(rig: &Rig, faults: &[(&str, f64)], angle: Angle, tempo_secs: [f64; 4], caption: Caption<'_>) -> String {
    let mut svg = String::new();
    // As smooth as fits: fewer in-between positions until the file is small enough.
    for n_frames in (MIN_FRAMES..=MAX_FRAMES).rev() {
        svg = render(rig, faults, angle, tempo_secs, caption, n_frames);
        if svg.len() <= MAX_BYTES {
            break;
        }
    }
    svg
}

fn render(rig: &Rig, faults: &[(&str, f64)], angle: Angle, tempo_secs: [f64; 4], caption: Caption<'_>, n_frames: u32) -> String {
    let rep_secs = tempo_secs.iter().sum::<f64>().max(0.5);
    let progress = |frame: u32| rig.spec().progress_at(rep_secs * f64::from(frame) / f64::from(n_frames), tempo_secs);
    let at = |progress: f64| scene(rig, Moment { progress, mirror: false, faults }, angle);
    let mut scenes: Vec<Scene> = (0..n_frames).map(|frame| at(progress(frame))).collect();
    scenes.push(scenes[0].clone());
    let order = painting_order(&scenes);
    let frame = Frame::around(&scenes);
    let mut svg = open(&frame, caption, REDUCED);
    svg.push_str("<g class=\"fig-moving\">");
    let shadows = scenes.iter().map(|scene| path(std::slice::from_ref(&scene.shadow))).collect();
    moving(&mut svg, "fig-g", shadows, rep_secs);
    for &idx in &order {
        let first = &scenes[0].groups[idx];
        for (part_idx, part) in first.parts.iter().enumerate() {
            let paths = scenes.iter().map(|scene| path(&scene.groups[idx].parts[part_idx].blobs)).collect();
            moving(&mut svg, class(part.paint, first.far), paths, rep_secs);
        }
    }
    svg.push_str("</g><g class=\"fig-still\">");
    let still = [at(rig.spec().turn())];
    paint(&mut svg, &still[0], &painting_order(&still));
    svg.push_str("</g></svg>");
    svg
}

fn moving(svg: &mut String, class: &str, paths: Vec<String>, rep_secs: f64) {
    let first = paths.first().map_or("", String::as_str);
    write!(svg, "<path class=\"{class}\" d=\"{first}\"").expect("writing to a string cannot fail");
    if paths.iter().all(|path| path == first) {
        svg.push_str("/>");
    } else {
        let values = paths.join(";");
        write!(
            svg,
            "><animate attributeName=\"d\" dur=\"{rep_secs:.1}s\" repeatCount=\"indefinite\" values=\"{values}\"/></path>"
        )
        .expect("writing to a string cannot fail");
    }
}
