//! The step pictures of a rep: which of its moments say something new.

use crate::keyframes::{FigureSpec, Phase};

/// Postures that differ by less than this at every joint, in radians, show the same thing.
const ALIKE_RAD: f64 = 0.1;

/// What a step picture shows of the rep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The start position.
    Start,
    /// On the way to the turning point.
    Out,
    /// The turning point.
    Turn,
    /// On the way back.
    Back,
    /// The only one, where nothing moves.
    Hold,
}

impl Part {
    /// Its name in files and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Out => "out",
            Self::Turn => "turn",
            Self::Back => "back",
            Self::Hold => "hold",
        }
    }
}

/// One step picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Progress of the rep, 0..=1.
    pub at: f64,
    /// What it shows.
    pub part: Part,
}

impl FigureSpec {
    /// Whether it moves at all.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.phase_at(0.0) != Phase::Hold
    }

    /// The moments worth a picture, in order: every keyframe, or one halfway where a way has none. A way back that only
    /// retraces the way out is left out.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let turn = self.turn();
        if !self.moves() {
            return vec![Step { at: turn, part: Part::Hold }];
        }
        let out = self.on_the_way(0.0, turn);
        let mut back = self.on_the_way(turn, 1.0);
        if out.len() == back.len()
            && out.iter().zip(back.iter().rev()).all(|(&there, &here)| self.alike(there, here))
        {
            back.clear();
        }
        let step = |part: Part| move |at: f64| Step { at, part };
        let mut steps = vec![Step { at: 0.0, part: Part::Start }];
        steps.extend(out.into_iter().map(step(Part::Out)));
        steps.push(Step { at: turn, part: Part::Turn });
        steps.extend(back.into_iter().map(step(Part::Back)));
        steps
    }

    fn on_the_way(&self, from: f64, to: f64) -> Vec<f64> {
        let keyed: Vec<f64> =
            self.keyframes.iter().map(|key| key.at).filter(|&at| from < at && at < to).collect();
        if keyed.is_empty() { vec![0.5 * (from + to)] } else { keyed }
    }

    fn alike(&self, one: f64, other: f64) -> bool {
        let [one, other] = [one, other].map(|at| self.posture_at(at));
        one.slots.iter().zip(&other.slots).all(|(a, b)| (a - b).abs() < ALIKE_RAD)
    }
}
