//! Makes up sets: who, where the camera stands, how the network fares.

use catalog::Exercise;
use motion::spec::Plane;
use testkit::bodies::BODIES;
use testkit::rng::Rng;
use testkit::{Idle, Scene, synth};

/// Where the camera stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where the exercise is seen best, give or take 15°.
    Best,
    /// Where the app's placement guide is content: give or take 35°, and no farther from the front than 55° where the
    /// front must be seen.
    Good,
    /// Anywhere around.
    Anywhere,
}

/// A made-up set and its description.
pub(crate) struct Cast<'a> {
    pub(crate) scene: Scene<'a>,
    pub(crate) n_reps: usize,
    pub(crate) text: String,
}

pub(crate) fn yaw_deg(exercise: &Exercise, place: Place, rng: &mut Rng) -> f64 {
    let (side, back) = (rng.chance(0.5), rng.chance(0.25));
    let sign = if side { 1.0 } else { -1.0 };
    let middle = match (exercise.camera.as_str(), exercise.movement.plane) {
        ("side", _) | ("any", Plane::Sagittal) => 90.0 * sign,
        ("front34", _) => 40.0 * sign,
        // Backs are filmed too, but faces more often.
        _ => {
            if back {
                180.0
            } else {
                0.0
            }
        }
    };
    match place {
        Place::Best => middle + rng.between(-15.0, 15.0),
        Place::Good if exercise.camera == "front34" => sign * rng.between(5.0, 55.0),
        Place::Good => middle + rng.between(-35.0, 35.0),
        Place::Anywhere => rng.between(-180.0, 180.0),
    }
}

/// Draws that differ between exercises as well as between sets.
fn draws(exercise: &Exercise, seed: u64, purpose: u64) -> Rng {
    let name = exercise
        .id
        .as_str()
        .bytes()
        .fold(17_u64, |hash, byte| hash.wrapping_mul(131) ^ u64::from(byte));
    Rng::stream(seed ^ (name << 20), purpose)
}

/// Everything right, nothing hidden by noise: a perfect network, a steady lifter.
pub(crate) fn clean<'a>(exercise: &'a Exercise, seed: u64) -> Cast<'a> {
    let mut rng = draws(exercise, seed, 20);
    let (body, physique) = BODIES[rng.below(BODIES.len())];
    let yaw = yaw_deg(exercise, Place::Best, &mut rng);
    let n_reps = 3 + rng.below(6);
    let comes = rng.chance(0.5);
    let mut scene =
        synth(exercise).reps(n_reps).spread(0.06).physique(physique).yaw_deg(yaw).noise(seed, 0.0);
    if comes {
        scene = scene.comes_and_goes();
    }
    let text = format!("{} seed {seed} clean {body} camera {yaw:.0}° comes {comes}", exercise.id);
    Cast { scene, n_reps, text }
}

/// As people and networks are.
pub(crate) fn noisy<'a>(exercise: &'a Exercise, seed: u64, place: Place) -> Cast<'a> {
    let mut rng = draws(exercise, seed, 21);
    let (body, physique) = BODIES[rng.below(BODIES.len())];
    let yaw = yaw_deg(exercise, place, &mut rng);
    let n_reps = 3 + rng.below(8);
    let fps = [10.0, 15.0, 24.0, 25.0, 30.0, 30.0, 60.0][rng.below(7)];
    let slower = rng.between(0.75, 1.3);
    let fatigue = rng.between(0.0, 0.8);
    let height_m = rng.between(0.4, 1.6);
    let closeness = rng.between(0.6, 1.0);
    let pause = if rng.chance(0.2) { 1.5 } else { 0.0 };
    let mut scene = synth(exercise)
        .reps(n_reps)
        .slower(slower)
        .pause_at_bottom(pause)
        .spread(0.1)
        .fatigue(fatigue)
        .physique(physique)
        .yaw_deg(yaw)
        .camera_height_m(height_m)
        .closeness(closeness)
        .fps(fps)
        .jitter(0.3)
        .noise(seed, 1.0)
        .drop_out(0.02)
        .swaps(1.0);
    let mut around = "";
    if rng.chance(0.5) {
        let kinds = [Idle::Stand, Idle::Walk, Idle::Talk, Idle::Drink];
        scene = scene.before(kinds[rng.below(4)], 4.0).after(kinds[rng.below(4)], 4.0);
        around = " idle around";
    }
    let text = format!(
        "{} seed {seed} {place:?} {body} camera {yaw:.0}° {fps} fps tempo ×{slower:.2} fatigue {fatigue:.1} pause {pause}{around}",
        exercise.id
    );
    Cast { scene, n_reps, text }
}
