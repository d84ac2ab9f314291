//! A moving picture of one rep, as SMIL, which every browser plays without a script.
//!
//! Readers who ask for reduced motion get the turning point as a still, inside the same file.

use std::fmt::Write as _;

use crate::draw::scene::{Angle, Caption, Frame, Scene, class, open, paint, painting_order, scene};
use crate::draw::shape::{Blob, Pen};
use crate::rig::{Moment, Rig};

/// The most a moving picture may weigh, in bytes.
const MAX_BYTES: usize = 25_000;
const MAX_FRAMES: u32 = 24;
const MIN_FRAMES: u32 = 4;
/// Frames of the trial that shows how many bytes a frame takes.
const TRIAL_FRAMES: u32 = 8;

const REDUCED: &str = ".fig .fig-still{display:none}\
@media (prefers-reduced-motion:reduce){.fig .fig-still{display:inline}.fig .fig-moving{display:none}}";

/// One rep, forever repeated, at most 25 kB. `tempo_secs` is eccentric, bottom, concentric, top.
#[must_use]
pub fn animated(
    rig: &Rig,
    faults: &[(&str, f64)],
    angle: Angle,
    tempo_secs: [f64; 4],
    caption: Caption<'_>,
) -> String {
    let movie = Movie { rig, faults, angle, tempo_secs, caption };
    let trials = [MIN_FRAMES, TRIAL_FRAMES].map(|n_frames| movie.render(n_frames).len());
    let frame_bytes = (trials[1].saturating_sub(trials[0]) / 4).max(1);
    // As smooth as fits. The estimate may be off by a frame, so step down from just above it.
    let spare = MAX_BYTES.saturating_sub(trials[0]) / frame_bytes + 2;
    let mut n_frames = u32::try_from(spare).unwrap_or(MAX_FRAMES).saturating_add(MIN_FRAMES).min(MAX_FRAMES);
    loop {
        let svg = movie.render(n_frames);
        if svg.len() <= MAX_BYTES || n_frames <= MIN_FRAMES {
            return svg;
        }
        n_frames -= 1;
    }
}

#[derive(Clone, Copy)]
struct Movie<'a> {
    rig: &'a Rig,
    faults: &'a [(&'a str, f64)],
    angle: Angle,
    tempo_secs: [f64; 4],
    caption: Caption<'a>,
}

impl Movie<'_> {
    fn at(&self, progress: f64) -> Scene {
        scene(self.rig, Moment { progress, mirror: false, faults: self.faults }, self.angle)
    }

    fn render(&self, n_frames: u32) -> String {
        let spec = self.rig.spec();
        let rep_secs = self.tempo_secs.iter().sum::<f64>().max(0.5);
        let progress = |frame: u32| {
            spec.progress_at(rep_secs * f64::from(frame) / f64::from(n_frames), self.tempo_secs)
        };
        let mut scenes: Vec<Scene> = (0..n_frames).map(|frame| self.at(progress(frame))).collect();
        scenes.push(scenes[0].clone());
        let order = painting_order(&scenes);
        let mut svg = open(&Frame::around(&scenes), self.caption, REDUCED);
        svg.push_str("<g class=\"fig-moving\">");
        let shadows: Vec<_> = scenes.iter().map(|scene| std::slice::from_ref(&scene.shadow)).collect();
        moving(&mut svg, "fig-g", &shadows, rep_secs);
        for &idx in &order {
            let first = &scenes[0].groups[idx];
            for (part_idx, part) in first.parts.iter().enumerate() {
                let blobs: Vec<_> = scenes.iter().map(|scene| &scene.groups[idx].parts[part_idx].blobs[..]).collect();
                moving(&mut svg, class(part.paint, first.far), &blobs, rep_secs);
            }
        }
        svg.push_str("</g><g class=\"fig-still\">");
        let still = [self.at(spec.turn())];
        paint(&mut svg, &still[0], &painting_order(&still));
        svg.push_str("</g></svg>");
        svg
    }
}

fn moving(svg: &mut String, class: &str, moments: &[&[Blob]], rep_secs: f64) {
    let mut pen = Pen::default();
    let paths: Vec<String> = moments.iter().map(|blobs| pen.path(blobs)).collect();
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
