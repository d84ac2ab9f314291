//! Keeps contacts where they are: bends an authored posture as little as possible until given points of the body meet
//! given places in the world.
//!
//! Gauss–Newton on `min Σ (q − authored)² / compliance` subject to `points(q) = targets`, with the exact Jacobian of
//! the skeleton. Deterministic: a fixed number of steps, no random start. A target out of reach is met as nearly as the
//! damping allows and the miss is reported, never a failure.

use crate::physique::Segments;
use crate::posture::{N_SLOTS, Posture};
use crate::skeleton::{Frames, Hinge, Segment};
use crate::space::{Vec3, vec3};

/// A segment's joint must be at `target`, in the chosen world directions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Goal {
    pub(crate) segment: Segment,
    pub(crate) local: Vec3,
    pub(crate) target: Vec3,
    pub(crate) rows: [bool; 3],
}

/// What may give way, and how easily. Zero is rigid.
#[derive(Debug, Clone)]
pub(crate) struct Compliance {
    pub(crate) slots: [f64; N_SLOTS],
    pub(crate) root: [f64; 3],
    /// Slots that must not go below zero: knees and elbows do not bend backwards.
    pub(crate) floor_slots: Vec<usize>,
}

/// A posture that meets its goals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Solution {
    pub(crate) posture: Posture,
    pub(crate) root: Vec3,
    pub(crate) frames: Frames,
    /// Largest remaining distance between a point and its target.
    pub(crate) miss_m: f64,
}

const N_VARS: usize = N_SLOTS + 3;
const MAX_STEPS: usize = 24;
const AUTHORED_STEPS: usize = 14;
const DONE_M: f64 = 1e-9;
/// Keeps the step bounded where a straight limb cannot get longer. In square metres.
const DAMPING: f64 = 1e-11;
const MAX_STEP_RAD: f64 = 0.4;

pub(crate) fn solve(
    body: &Segments,
    authored: &Posture,
    root: Vec3,
    compliance: &Compliance,
    goals: &[Goal],
) -> Solution {
    let prior = root;
    let (mut posture, mut root) = (*authored, root);
    let mut hinges: Vec<Hinge> = Vec::with_capacity(N_VARS);
    for taken in 0..MAX_STEPS {
        hinges.clear();
        let frames = Frames::bend(body, &posture, root, |hinge| hinges.push(hinge));
        let rows = rows(&frames, goals, &hinges);
        if rows.iter().all(|row| row.gap_m.abs() < DONE_M) {
            break;
        }
        // Most joints cannot help with a given contact; leave them out of the sums.
        let helpful = |&var: &usize| {
            softness(compliance, var) > 0.0 && rows.iter().any(|row| row.slope[var] != 0.0)
        };
        let vars: Vec<usize> = (0..N_VARS).filter(helpful).collect();
        // Where that has not converged, the authored posture pulls toward a place the contacts forbid: from then on
        // take the shortest way to the contacts from here.
        let (wanted, prior) =
            if taken < AUTHORED_STEPS { (*authored, prior) } else { (posture, root) };
        let pull = pull(&rows, &vars, &posture, &wanted, root - prior, compliance);
        let (next_posture, next_root) = step(&rows, &vars, &pull, &wanted, prior, compliance);
        let largest = (0..N_SLOTS)
            .map(|s| (next_posture.slots[s] - posture.slots[s]).abs())
            .fold(0.0, f64::max);
        let share = if largest > MAX_STEP_RAD { MAX_STEP_RAD / largest } else { 1.0 };
        posture = posture.toward(&next_posture, share);
        root = root.toward(next_root, share);
        for &slot in &compliance.floor_slots {
            // Keep a negative value that the author asked for (a slightly over-straight knee), never deepen it.
            posture.slots[slot] = posture.slots[slot].max(authored.slots[slot].min(0.0));
        }
    }
    let frames = Frames::bend(body, &posture, root, |_| ());
    let miss_m = rows(&frames, goals, &[]).iter().map(|row| row.gap_m.abs()).fold(0.0, f64::max);
    Solution { posture, root, frames, miss_m }
}

/// One scalar constraint: how far off, and how each variable moves it.
struct Row {
    gap_m: f64,
    slope: [f64; N_VARS],
}

fn rows(frames: &Frames, goals: &[Goal], hinges: &[Hinge]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(goals.len() * 3);
    for goal in goals {
        let point = frames.point(goal.segment, goal.local);
        let gap = (point - goal.target).to_array();
        let mut slopes = [[0.0; N_VARS]; 3];
        for hinge in hinges.iter().filter(|hinge| hinge.segment.carries(goal.segment)) {
            let moved = hinge.axis.cross(point - frames.origins[hinge.segment.idx()]).to_array();
            for (slope, along) in slopes.iter_mut().zip(moved) {
                slope[hinge.slot] += along;
            }
        }
        for (axis, mut slope) in slopes.into_iter().enumerate() {
            slope[N_SLOTS + axis] = 1.0;
            if goal.rows[axis] {
                rows.push(Row { gap_m: gap[axis], slope });
            }
        }
    }
    rows
}

fn softness(compliance: &Compliance, var: usize) -> f64 {
    if var < N_SLOTS { compliance.slots[var] } else { compliance.root[var - N_SLOTS] }
}

/// The multipliers λ of `(J C Jᵀ + damping) λ = J (q − authored) − gap`.
fn pull(
    rows: &[Row],
    vars: &[usize],
    posture: &Posture,
    authored: &Posture,
    root_moved: Vec3,
    compliance: &Compliance,
) -> Vec<f64> {
    let n = rows.len();
    let root_moved = root_moved.to_array();
    let away: Vec<f64> = vars
        .iter()
        .map(|&var| {
            if var < N_SLOTS {
                posture.slots[var] - authored.slots[var]
            } else {
                root_moved[var - N_SLOTS]
            }
        })
        .collect();
    let mut matrix = vec![vec![0.0; n + 1]; n];
    for (i, row) in rows.iter().enumerate() {
        let soft: Vec<f64> =
            vars.iter().map(|&var| row.slope[var] * softness(compliance, var)).collect();
        for (j, other) in rows.iter().enumerate().skip(i) {
            let product: f64 =
                vars.iter().zip(&soft).map(|(&var, soft)| soft * other.slope[var]).sum();
            matrix[i][j] = product;
            matrix[j][i] = product;
        }
        matrix[i][i] += DAMPING;
        matrix[i][n] =
            vars.iter().zip(&away).map(|(&var, away)| row.slope[var] * away).sum::<f64>()
                - row.gap_m;
    }
    eliminate(matrix)
}

fn step(
    rows: &[Row],
    vars: &[usize],
    pull: &[f64],
    authored: &Posture,
    prior: Vec3,
    compliance: &Compliance,
) -> (Posture, Vec3) {
    let mut posture = *authored;
    let mut root = prior.to_array();
    for &var in vars {
        let change = softness(compliance, var)
            * rows.iter().zip(pull).map(|(row, pull)| row.slope[var] * pull).sum::<f64>();
        if var < N_SLOTS { posture.slots[var] += change } else { root[var - N_SLOTS] += change }
    }
    (posture, vec3(root[0], root[1], root[2]))
}

/// Gaussian elimination with partial pivoting on an augmented, damped (hence regular) matrix.
fn eliminate(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let n = matrix.len();
    for col in 0..n {
        let pivot = (col..n)
            .max_by(|&a, &b| matrix[a][col].abs().total_cmp(&matrix[b][col].abs()))
            .unwrap_or(col);
        matrix.swap(col, pivot);
        if matrix[col][col] == 0.0 {
            continue;
        }
        let (upper, lower) = matrix.split_at_mut(col + 1);
        let row = &upper[col];
        for below in lower {
            let factor = below[col] / row[col];
            for k in col..=n {
                below[k] -= factor * row[k];
            }
        }
    }
    let mut solution = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| matrix[i][k] * solution[k]).sum();
        solution[i] = if matrix[i][i] == 0.0 { 0.0 } else { (matrix[i][n] - known) / matrix[i][i] };
    }
    solution
}
