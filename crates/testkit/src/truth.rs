//! What really happened: the repetitions and every signal's true value, measured on the noiseless body in space.
//!
//! Angles in the picture mean the angle in the exercise's plane (a knee's flexion is sagittal), so that is their truth,
//! whatever the camera sees; angles on metric landmarks mean the limbs' own angle in space. Heights are along the
//! world's vertical. Lengths are in percent of the trunk's true length, as the engine's are of its estimate.

use body::space::{Vec3, included_angle_rad};
use motion::plane;
use motion::pose::{Joint, Limb};
use motion::signal::Signal;
use motion::spec::{Baseline, Extreme, FormCheck, Part, Plane, ViewPreference};
use units::{MediaTime, Side};

use crate::lens::{Points, middle};

/// One true repetition, from the exercise's start position out and back. Where the figure begins at the turning point
/// (a deadlift begins on the floor) it begins there, or at the end of the repetition before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrueRep {
    /// Leaving the start position.
    pub start: MediaTime,
    /// At the turning point, in the middle of any pause there.
    pub turn: MediaTime,
    /// Back in the start position.
    pub end: MediaTime,
    /// The working side; none where both work.
    pub side: Option<Side>,
    /// Share of the full way that was gone.
    pub depth: f64,
}

/// The truth of one stream.
#[derive(Debug, Clone)]
pub struct Truth {
    /// In order of time.
    pub reps: Vec<TrueRep>,
    /// The faults that were done, with their severity.
    pub faults: Vec<(String, f64)>,
    /// Milliseconds in position, for holds.
    pub hold_ms: Option<f64>,
    /// When each frame was taken, as in the stream.
    pub times: Vec<MediaTime>,
    /// The body at each frame of the stream.
    pub bodies: Vec<Points>,
    /// Length of the trunk, metres.
    pub trunk_m: f64,
    /// The exercise's plane.
    pub plane: Plane,
}

impl Truth {
    /// The true value of a signal at a frame; none for signals that only mean something in a picture.
    #[must_use]
    pub fn value(&self, frame: usize, signal: Signal, side: Side) -> Option<f64> {
        self.value_seen_from(frame, signal, side, ViewPreference::Any)
    }

    /// As [`Truth::value`], in the plane that shows from where the value is judged: a swing of the trunk is sagittal
    /// even in an exercise whose own plane is frontal.
    #[must_use]
    pub fn value_seen_from(
        &self,
        frame: usize,
        signal: Signal,
        side: Side,
        view: ViewPreference,
    ) -> Option<f64> {
        let body = self.bodies.get(frame)?;
        if signal.is_angle() && !signal.needs_world() {
            let plane = plane::judged_in(view, self.plane);
            return true_value(&in_plane(body, plane), signal, side, self.trunk_m);
        }
        true_value(body, signal, side, self.trunk_m)
    }

    /// The limbs' own angle in space, for comparison.
    #[must_use]
    pub fn value_in_space(&self, frame: usize, signal: Signal, side: Side) -> Option<f64> {
        true_value(self.bodies.get(frame)?, signal, side, self.trunk_m)
    }

    /// The frames between two times, both included.
    pub fn frames(&self, from: MediaTime, to: MediaTime) -> impl Iterator<Item = usize> + '_ {
        let first = self.times.partition_point(|&time| time < from);
        (first..self.times.len()).take_while(move |&frame| self.times[frame] <= to)
    }

    /// The true value of a criterion over a repetition.
    #[must_use]
    pub fn extreme(&self, rep: &TrueRep, signal: Signal, side: Side, of: Extreme) -> Option<f64> {
        let values: Vec<f64> = self
            .frames(rep.start, rep.end)
            .filter_map(|frame| self.value(frame, signal, side))
            .collect();
        let n = f64::from(u32::try_from(values.len()).ok().filter(|&n| n > 0)?);
        if of == Extreme::Lowest {
            values.iter().copied().reduce(f64::min)
        } else if of == Extreme::Highest {
            values.iter().copied().reduce(f64::max)
        } else if of == Extreme::AtEnd {
            values.last().copied()
        } else if of == Extreme::Spread {
            let mean = values.iter().sum::<f64>() / n;
            Some((values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt())
        } else {
            None
        }
    }

    /// How far a form check's limit is really passed in a repetition: the value that at least a tenth of the looked-at
    /// frames reach, so that one instant does not count. Negative when the limit is kept.
    #[must_use]
    pub fn check_excess(&self, rep: &TrueRep, check: &FormCheck) -> Option<f64> {
        let start = self.frames(rep.start, rep.end).next()?;
        let mut worst: Option<f64> = None;
        let sides: &[Side] = match rep.side {
            Some(Side::Left) => &[Side::Left],
            Some(Side::Right) => &[Side::Right],
            None if check.signal.per_side() => &Side::BOTH,
            None => &[Side::Left],
        };
        for &side in sides {
            let mut excesses: Vec<f64> = self
                .frames(rep.start, rep.end)
                .filter(|&frame| self.in_part(frame, rep, check.during))
                .filter_map(|frame| {
                    let value = self.value_seen_from(frame, check.signal, side, check.view)?;
                    let baseline = match check.relative_to {
                        Baseline::Zero => 0.0,
                        Baseline::RepStart => {
                            self.value_seen_from(start, check.signal, side, check.view)?
                        }
                        Baseline::OtherSide => {
                            self.value_seen_from(frame, check.signal, side.other(), check.view)?
                        }
                    };
                    Some(motion::form::excess(check, value - baseline))
                })
                .collect();
            excesses.sort_by(|a, b| b.total_cmp(a));
            if let Some(&excess) = excesses.get(excesses.len() / 10) {
                worst = Some(worst.map_or(excess, |worst: f64| worst.max(excess)));
            }
            if check.relative_to == Baseline::OtherSide {
                break;
            }
        }
        worst
    }

    fn in_part(&self, frame: usize, rep: &TrueRep, part: Part) -> bool {
        let time = self.times[frame];
        match part {
            Part::Always | Part::Moving => true,
            Part::Turn => {
                let (from, to) = (rep.turn.secs_since(rep.start), rep.end.secs_since(rep.turn));
                time.secs_since(rep.turn) > -0.3 * from && time.secs_since(rep.turn) < 0.3 * to
            }
            Part::Out => time <= rep.turn,
            Part::Back => time >= rep.turn,
            Part::Rest => false,
        }
    }
}

/// The body flattened onto its own sagittal or frontal plane.
fn in_plane(body: &Points, plane: Plane) -> Points {
    let across =
        |limb: Limb| body[limb.on(Side::Left) as usize] - body[limb.on(Side::Right) as usize];
    let left = (across(Limb::Hip).unit() + across(Limb::Shoulder).unit()).unit();
    let normal = match plane {
        Plane::Sagittal => left,
        Plane::Frontal => left.cross(Vec3::UP).unit(),
    };
    body.map(|point| point - normal * point.dot(normal))
}

/// The true value of a signal on a body whose trunk has a length.
#[must_use]
pub fn true_value(body: &Points, signal: Signal, side: Side, trunk_m: f64) -> Option<f64> {
    use Limb::{Ankle, Ear, Elbow, Heel, Hip, Knee, Shoulder, Toe, Wrist};
    let at = |limb: Limb| body[limb.on(side) as usize];
    let angle = |a: Limb, b: Limb, c: Limb| included_angle_rad(at(a), at(b), at(c)).to_degrees();
    let mid = |limb: Limb| middle(body, limb.on(Side::Left), limb.on(Side::Right));
    let percent = |metres: f64| 100.0 * metres / trunk_m;
    let (left, right) = (
        |limb: Limb| body[limb.on(Side::Left) as usize],
        |limb: Limb| body[limb.on(Side::Right) as usize],
    );
    Some(match signal {
        Signal::ElbowAngle | Signal::ElbowAngleWorld => angle(Shoulder, Elbow, Wrist),
        Signal::ShoulderAngle | Signal::ShoulderAngleWorld => angle(Hip, Shoulder, Elbow),
        Signal::HipAngle | Signal::HipAngleWorld => angle(Shoulder, Hip, Knee),
        Signal::KneeAngle | Signal::KneeAngleWorld => angle(Hip, Knee, Ankle),
        Signal::AnkleAngle => angle(Knee, Ankle, Toe),
        Signal::BodyLine => sag_deg(at(Shoulder), at(Hip), at(Ankle)),
        Signal::ThighLine => sag_deg(at(Shoulder), at(Hip), at(Knee)),
        Signal::ThighLean => lean_deg(at(Knee), at(Hip)),
        Signal::ShinLean => lean_deg(at(Ankle), at(Knee)),
        Signal::ForearmLean => lean_deg(at(Wrist), at(Elbow)),
        Signal::TrunkLean | Signal::TrunkLeanWorld => lean_deg(mid(Hip), mid(Shoulder)),
        Signal::HandHeight => percent(at(Wrist).y - at(Shoulder).y),
        Signal::ElbowHeight => percent(at(Elbow).y - at(Shoulder).y),
        Signal::HandReach => percent((at(Shoulder) - at(Wrist)).norm()),
        Signal::HipHeight => percent(at(Hip).y - at(Ankle).y),
        Signal::FootHeight => percent(at(Ankle).y - at(Hip).y),
        Signal::HeelRise => percent(at(Heel).y - at(Toe).y),
        Signal::KneePastToe => {
            let foot = at(Toe) - at(Heel);
            let forward = Vec3 { y: 0.0, ..foot }.unit();
            percent((at(Knee) - at(Toe)).dot(forward))
        }
        Signal::HeadForward => {
            let along = (mid(Shoulder) - mid(Hip)).unit();
            percent((mid(Ear) - mid(Shoulder)).dot(along))
        }
        Signal::StanceWidth => percent((left(Ankle) - right(Ankle)).norm()),
        Signal::HandWidth => percent((left(Wrist) - right(Wrist)).norm()),
        Signal::KneeWidth => {
            let across = (left(Hip) - right(Hip)).unit();
            let apart = (left(Ankle) - right(Ankle)).dot(across).abs();
            if percent(apart) < 20.0 {
                return None;
            }
            (100.0 * (left(Knee) - right(Knee)).dot(across).abs() / apart).min(400.0)
        }
        Signal::HeadOverHands => percent(body[Joint::Nose as usize].y - mid(Wrist).y),
        Signal::HipLift => {
            let (shoulder, hip, ankle) = (mid(Shoulder), mid(Hip), mid(Ankle));
            let level = Vec3 { y: 0.0, ..(ankle - shoulder) };
            let share = (hip - shoulder).dot(level) / level.dot(level).max(1e-9);
            percent(hip.y - (shoulder.y + share * (ankle.y - shoulder.y)))
        }
        Signal::HipShift => percent(Vec3 { y: 0.0, ..(mid(Hip) - mid(Ankle)) }.norm()),
        Signal::HipGapWorld => {
            let of = |s: Side| {
                let [a, b, c] = [Shoulder, Hip, Knee].map(|limb| body[limb.on(s) as usize]);
                included_angle_rad(a, b, c).to_degrees()
            };
            (of(Side::Left) - of(Side::Right)).abs()
        }
        Signal::HandTilt => percent(right(Wrist).y - left(Wrist).y),
        Signal::HipTilt => percent(right(Hip).y - left(Hip).y),
        // Places in the picture: only their change means something.
        _ => return None,
    })
}

/// Degrees of `low → high` from straight up.
fn lean_deg(low: Vec3, high: Vec3) -> f64 {
    let way = high - low;
    libm::atan2((way.x * way.x + way.z * way.z).sqrt(), way.y).to_degrees()
}

/// How far the hip bends out of the line from shoulder to the end, positive towards the floor.
fn sag_deg(shoulder: Vec3, hip: Vec3, end: Vec3) -> f64 {
    let bend = 180.0 - included_angle_rad(shoulder, hip, end).to_degrees();
    let line = end - shoulder;
    let share = (hip - shoulder).dot(line) / line.dot(line).max(1e-9);
    let above = hip.y - (shoulder + line * share).y;
    if above < 0.0 { bend } else { -bend }
}
