//! A moving picture of one rep, as SMIL, which every browser plays without a script.
//!
//! Positions are spaced evenly along the joints' way, not in time; key times and splines give them the tempo and the ease of the
//! movement, so few positions suffice. Readers who ask for reduced motion get the turning point as a still, inside the
//! same file.

use std::fmt::Write as _;

use crate::draw::scene::{Angle, Caption, Frame, Scene, class, open, paint, painting_order, scene};
use crate::draw::shape::{Blob, Bounds, Pen, path};
use crate::rig::{Moment, Rig};

/// The most a moving picture may weigh, in bytes: 25 kB, less what tells it its colors.
const MAX_BYTES: usize = 24_800;
/// Steps from the start position to the turning point, and again back.
const MOST_STEPS: u32 = 8;
const FEWEST_STEPS: u32 = 2;
/// A pause shorter than this is not shown, in seconds.
const SHORTEST_PAUSE_SECS: f64 = 0.3;
/// Less movement than this, in picture units, is not worth its bytes.
const STILLNESS: f64 = 3.0;

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
    let ways = [(0.0, rig.spec().turn()), (rig.spec().turn(), 1.0)]
        .map(|(from, to)| Way::new(rig, faults, from, to));
    let movie = Movie { rig, faults, angle, tempo_secs, caption, ways: &ways };
    let mut svg = String::new();
    // As smooth as fits.
    for n_steps in (FEWEST_STEPS..=MOST_STEPS).rev() {
        svg = movie.render(n_steps);
        if svg.len() <= MAX_BYTES {
            break;
        }
    }
    svg
}

#[derive(Clone, Copy)]
struct Movie<'a> {
    rig: &'a Rig,
    faults: &'a [(&'a str, f64)],
    angle: Angle,
    tempo_secs: [f64; 4],
    caption: Caption<'a>,
    ways: &'a [Way; 2],
}

/// When each position is reached, and how the movement swells in between.
#[derive(Default)]
struct Timing {
    progress: Vec<f64>,
    key_times: String,
    key_splines: String,
    rep_secs: f64,
}

impl Movie<'_> {
    fn moment(&self, progress: f64) -> Moment<'_> {
        Moment { progress, mirror: false, faults: self.faults }
    }

    fn at(&self, progress: f64) -> Scene {
        scene(self.rig, self.moment(progress), self.angle)
    }

    fn timing(&self, n_steps: u32) -> Timing {
        let [away, far, back, near] = self.rig.spec().phase_secs(self.tempo_secs);
        let mut timing =
            Timing { rep_secs: (away + far + back + near).max(0.5), ..Timing::default() };
        let mut secs = 0.0;
        timing.reach(0.0, 0.0, None);
        for (way, phase_secs, pause_secs) in
            [(&self.ways[0], away, far), (&self.ways[1], back, near)]
        {
            let mut before = 0.0;
            for step in 1..=n_steps {
                let share = way.share_at(f64::from(step) / f64::from(n_steps));
                timing.reach(
                    way.progress(share),
                    secs + phase_secs * share,
                    Some(way.swell(before, share)),
                );
                before = share;
            }
            secs += phase_secs + pause_secs;
            if pause_secs >= SHORTEST_PAUSE_SECS {
                timing.reach(way.progress(1.0), secs, Some((0.33, 0.67)));
            }
        }
        // Key times must end at 1 exactly.
        if let Some(last) = timing.key_times.rfind(';') {
            timing.key_times.truncate(last);
            timing.key_times.push_str(";1");
        }
        timing
    }

    fn render(&self, n_steps: u32) -> String {
        let timing = self.timing(n_steps);
        let scenes: Vec<Scene> =
            timing.progress.iter().map(|&progress| self.at(progress)).collect();
        let order = painting_order(&scenes);
        let still = [self.at(self.rig.spec().turn())];
        let mut svg = open(&Frame::around(&scenes), self.caption, REDUCED);
        svg.push_str("<g class=\"fig-moving\">");
        write!(
            svg,
            "<path class=\"fig-g\" d=\"{}\"/>",
            path(std::slice::from_ref(&still[0].shadow))
        )
        .expect("writing to a string cannot fail");
        for &idx in &order {
            let first = &scenes[0].groups[idx];
            for (part_idx, part) in first.parts.iter().enumerate() {
                let blobs: Vec<_> = scenes
                    .iter()
                    .map(|scene| &scene.groups[idx].parts[part_idx].blobs[..])
                    .collect();
                moving(&mut svg, class(part.paint, first.far), &blobs, &timing);
            }
        }
        svg.push_str("</g><g class=\"fig-still\">");
        paint(&mut svg, &still[0], &painting_order(&still));
        svg.push_str("</g></svg>");
        svg
    }
}

impl Timing {
    fn reach(&mut self, progress: f64, secs: f64, swell: Option<(f64, f64)>) {
        if let Some((first, last)) = swell {
            let semicolon = if self.key_splines.is_empty() { "" } else { ";" };
            write!(self.key_splines, "{semicolon}.33 {first:.2} .67 {last:.2}")
                .expect("writing to a string cannot fail");
            self.key_times.push(';');
        }
        let share = (secs / self.rep_secs).clamp(0.0, 1.0);
        write!(self.key_times, "{share:.3}").expect("writing to a string cannot fail");
        self.progress.push(progress);
    }
}

/// How far the joints have come, all together, at even points of one half of the rep.
struct Way {
    from: f64,
    to: f64,
    /// Shares of the whole way, from 0 to 1.
    come: Vec<f64>,
}

impl Way {
    const PARTS: u32 = 48;

    fn new(rig: &Rig, faults: &[(&str, f64)], from: f64, to: f64) -> Self {
        let joints = |part: u32| {
            let progress = from + (to - from) * f64::from(part) / f64::from(Self::PARTS);
            rig.figure(Moment { progress, mirror: false, faults }).joints()
        };
        let mut before = joints(0);
        let mut come = vec![0.0];
        let mut sum = 0.0;
        for part in 1..=Self::PARTS {
            let here = joints(part);
            // A little for every part, so that a hold has a way too.
            sum += 1e-6 + before.iter().zip(&here).map(|(a, b)| (*b - *a).norm()).sum::<f64>();
            come.push(sum);
            before = here;
        }
        come.iter_mut().for_each(|come| *come /= sum);
        Self { from, to, come }
    }

    fn progress(&self, share: f64) -> f64 {
        self.from + (self.to - self.from) * share
    }

    /// The share of the half's time at which a share of the way is behind.
    fn share_at(&self, come: f64) -> f64 {
        let next =
            self.come.iter().position(|&at| at >= come).unwrap_or(self.come.len() - 1).max(1);
        let (before, after) = (self.come[next - 1], self.come[next]);
        let part = ((come - before) / (after - before)).clamp(0.0, 1.0);
        (f64::from(u32::try_from(next).unwrap_or(0)) - 1.0 + part) / f64::from(Self::PARTS)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the table"
    )]
    fn come_at(&self, share: f64) -> f64 {
        let at = share.clamp(0.0, 1.0) * f64::from(Self::PARTS);
        let idx = (at as usize).min(self.come.len() - 2);
        let part = at - at.floor().min(f64::from(Self::PARTS - 1));
        self.come[idx] + (self.come[idx + 1] - self.come[idx]) * part
    }

    /// The inner ordinates of the cubic that the way follows between two shares of time.
    fn swell(&self, from: f64, to: f64) -> (f64, f64) {
        let edge = 1.0 / f64::from(Self::PARTS);
        let rise = (self.come_at(to) - self.come_at(from)).max(1e-9);
        let slope = |at: f64| {
            let (low, high) = ((at - edge).max(0.0), (at + edge).min(1.0));
            // One-sided at the ends, where the movement is at rest.
            if low == 0.0 || high >= 1.0 {
                0.0
            } else {
                (self.come_at(high) - self.come_at(low)) / (high - low)
            }
        };
        let third = (to - from) / 3.0 / rise;
        ((slope(from) * third).clamp(0.0, 1.0), (1.0 - slope(to) * third).clamp(0.0, 1.0))
    }
}

fn stays(moments: &[&[Blob]]) -> bool {
    let edges = |blobs: &&[Blob]| {
        let mut bounds = Bounds::NOTHING;
        blobs.iter().for_each(|blob| bounds.add_blob(blob));
        [bounds.least.x, bounds.least.y, bounds.most.x, bounds.most.y]
    };
    let edges: Vec<_> = moments.iter().map(edges).collect();
    edges.iter().all(|moment| {
        moment.iter().zip(edges[0]).all(|(edge, first)| (edge - first).abs() <= STILLNESS)
    })
}

fn moving(svg: &mut String, class: &str, moments: &[&[Blob]], timing: &Timing) {
    let Some(seen) = moments.iter().find(|blobs| !blobs.is_empty()) else { return };
    // What turns out of sight, such as an ear, shrinks to a point: every moment has the same commands.
    let gone: Vec<Blob> = seen.iter().map(Blob::shrunk).collect();
    let there = |blobs: &&'_ [Blob]| !blobs.is_empty();
    let moments: Vec<&[Blob]> =
        moments.iter().map(|blobs| if there(blobs) { blobs } else { &gone[..] }).collect();
    let moments = &moments[..];
    let mut pen = Pen::default();
    let paths: Vec<String> = moments.iter().map(|blobs| pen.path(blobs)).collect();
    write!(svg, "<path class=\"{class}\" d=\"{}\"", paths[0])
        .expect("writing to a string cannot fail");
    if stays(moments) {
        svg.push_str("/>");
        return;
    }
    let Timing { key_times, key_splines, rep_secs, .. } = timing;
    write!(
        svg,
        "><animate attributeName=\"d\" dur=\"{rep_secs:.1}s\" repeatCount=\"indefinite\" calcMode=\"spline\" \
         keyTimes=\"{key_times}\" keySplines=\"{key_splines}\" values=\"{}\"/></path>",
        paths.join(";")
    )
    .expect("writing to a string cannot fail");
}
