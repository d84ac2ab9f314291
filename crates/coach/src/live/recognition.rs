//! Which exercise is it? The classifier's answers, smoothed until one is believed.

use catalog::Catalog;
use motion::classify::Classifier;
use motion::pose::Pose;

/// Share of the latest answer in the belief; answers come twice a second.
const LATEST: f64 = 0.5;
/// An exercise is chosen at this belief: the bar that recordings are held to, see `motion::analysis::recognize`.
const BELIEVED: f64 = 0.45;
/// Another takes its place, before the first repetition, when it is believed so much more.
const CLEARLY_MORE: f64 = 0.2;

/// So many answers in a row must agree: the first seconds of a set look like many things.
const N_ANSWERS: u32 = 2;

/// The belief in every exercise.
#[derive(Debug, Clone)]
pub(super) struct Recognition {
    classifier: Classifier,
    beliefs: Vec<f64>,
    /// The most believed, and for how many answers it has been.
    best: (usize, u32),
}

impl Recognition {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let signatures = catalog.signatures();
        Self {
            beliefs: vec![0.0; signatures.len()],
            classifier: Classifier::new(&signatures),
            best: (0, 0),
        }
    }

    /// Takes in one pose. Gives true when the beliefs were made anew.
    pub(super) fn see(&mut self, pose: &Pose) -> bool {
        let answered = self.classifier.push(pose);
        if answered {
            for (belief, &now) in self.beliefs.iter_mut().zip(self.classifier.beliefs()) {
                *belief += LATEST * (now - *belief);
            }
            let most = self.beliefs.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
            let most = most.map_or(0, |(exercise, _)| exercise);
            let n_before = if self.best.0 == most { self.best.1 } else { 0 };
            self.best = (most, n_before.saturating_add(1));
        }
        answered
    }

    /// The belief in one exercise, 0..=1.
    pub(super) fn belief(&self, exercise: usize) -> f64 {
        self.beliefs.get(exercise).copied().unwrap_or(0.0)
    }

    /// The exercise to choose in place of `chosen`, if any is believed enough for that.
    pub(super) fn better_than(&self, chosen: Option<usize>) -> Option<usize> {
        let (best, n_answers) = self.best;
        let needed = chosen.map_or(BELIEVED, |chosen| self.belief(chosen) + CLEARLY_MORE);
        let better = chosen != Some(best)
            && n_answers >= N_ANSWERS
            && self.belief(best) >= needed.max(BELIEVED);
        better.then_some(best)
    }
}
