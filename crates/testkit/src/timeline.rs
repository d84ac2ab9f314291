//! What the person does when: stretches of time laid end to end, each a movement.

use crate::cycle::{CycleTable, Way};
use crate::idle::IdleMotion;
use crate::lens::Points;

/// What happens in a stretch.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// Idle life, from this many seconds into it.
    Idle(Box<IdleMotion>, f64),
    /// From one posture to another, slowly at both ends.
    Blend(Box<(Points, Points)>),
    /// Standing still in a posture.
    Stay(Box<Points>),
    /// One repetition; the table is an index into the timeline's.
    Rep(RepPlan),
}

/// One repetition as planned, seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RepPlan {
    /// Which cycle table.
    pub(crate) table: usize,
    /// Share of the way gone.
    pub(crate) depth: f64,
    /// Out to the turning point.
    pub(crate) away_secs: f64,
    /// Rest there.
    pub(crate) far_secs: f64,
    /// Back to the start position.
    pub(crate) back_secs: f64,
    /// Rest at the start position.
    pub(crate) home_secs: f64,
}

impl RepPlan {
    fn secs(&self) -> f64 {
        self.away_secs + self.far_secs + self.back_secs + self.home_secs
    }

    fn at(&self, table: &CycleTable, secs: f64) -> Points {
        let since_far = secs - self.away_secs;
        let since_back = since_far - self.far_secs;
        if since_far < 0.0 {
            table.out(self.depth * secs / self.away_secs, Way::Out)
        } else if since_back < 0.0 {
            table.out(self.depth, Way::Out)
        } else if since_back < self.back_secs {
            table.out(self.depth * (1.0 - since_back / self.back_secs), Way::Back)
        } else {
            table.at(0.0)
        }
    }
}

#[derive(Debug, Clone)]
struct Stretch {
    start_secs: f64,
    secs: f64,
    what: What,
}

/// The stretches of one scene.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    /// The cycles that repetitions go through.
    pub(crate) tables: Vec<CycleTable>,
    stretches: Vec<Stretch>,
    secs: f64,
}

impl Timeline {
    /// Adds a stretch; gives when it starts.
    pub(crate) fn add(&mut self, what: What, secs: f64) -> f64 {
        let start_secs = self.secs;
        let secs = if let What::Rep(rep) = &what { rep.secs() } else { secs };
        self.stretches.push(Stretch { start_secs, secs, what });
        self.secs += secs;
        start_secs
    }

    /// Length of everything, seconds.
    #[must_use]
    pub(crate) fn secs(&self) -> f64 {
        self.secs
    }

    /// The body at a time; none for an empty timeline.
    #[must_use]
    pub(crate) fn at(&self, secs: f64) -> Option<Points> {
        let after = self.stretches.partition_point(|stretch| stretch.start_secs <= secs);
        let stretch = self.stretches.get(after.saturating_sub(1))?;
        let within = (secs - stretch.start_secs).clamp(0.0, stretch.secs);
        Some(match &stretch.what {
            What::Idle(motion, from_secs) => motion.at(from_secs + within),
            What::Stay(points) => **points,
            What::Blend(ends) => {
                let share = if stretch.secs > 0.0 { within / stretch.secs } else { 1.0 };
                let share = share * share * (3.0 - 2.0 * share);
                core::array::from_fn(|k| ends.0[k].toward(ends.1[k], share))
            }
            What::Rep(rep) => rep.at(&self.tables[rep.table], within),
        })
    }
}
