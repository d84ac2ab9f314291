//! How long, wide and heavy the parts of a body are.
//!
//! Segment lengths are fractions of stature from Drillis and Contini (1966), *Body Segment Parameters*, as printed in
//! Winter, *Biomechanics and Motor Control of Human Movement*, 4th ed., figure 4.1; segment masses and centers of mass
//! are Winter's table 4.1. Those tables give outer breadths; [`Segments::shoulder_half_m`] and
//! [`Segments::hip_half_m`] are distances to joint CENTERS, which lie further in.

/// A body to draw or to simulate. The defaults are an average adult.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Physique {
    /// Standing height in metres. Whatever the ratios, the figure stands exactly this tall.
    pub height_m: f64,
    /// Body mass in kilograms, if known. Nothing in this crate needs it; the center of mass does not depend on it.
    pub body_mass_kg: Option<f64>,
    /// Leg length relative to the average body's, before stature is restored.
    pub leg_ratio: f64,
    /// Arm length relative to the average body's.
    pub arm_ratio: f64,
    /// Trunk length relative to the average body's, before stature is restored.
    pub torso_ratio: f64,
    /// Shoulder breadth relative to the average body's.
    pub shoulder_ratio: f64,
    /// Hip breadth relative to the average body's.
    pub hip_ratio: f64,
    /// Thickness of limbs and trunk when drawn, relative to the average body's.
    pub girth_ratio: f64,
}

impl Default for Physique {
    fn default() -> Self {
        Self {
            height_m: 1.75,
            body_mass_kg: None,
            leg_ratio: 1.0,
            arm_ratio: 1.0,
            torso_ratio: 1.0,
            shoulder_ratio: 1.0,
            hip_ratio: 1.0,
            girth_ratio: 1.0,
        }
    }
}

/// Lengths of one body's segments in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segments {
    /// Standing height.
    pub stature_m: f64,
    /// Sole to ankle joint.
    pub ankle_height_m: f64,
    /// Ankle joint, along the sole, back to the heel.
    pub heel_m: f64,
    /// Ankle joint, along the sole, forward to the ball of the foot, about which the heel lifts.
    pub ball_m: f64,
    /// Ankle joint, along the sole, forward to the tip of the big toe.
    pub toe_m: f64,
    /// Knee to ankle.
    pub shank_m: f64,
    /// Hip to knee.
    pub thigh_m: f64,
    /// Middle of the pelvis to one hip joint center.
    pub hip_half_m: f64,
    /// Hip joint centers up to the lumbosacral joint.
    pub pelvis_m: f64,
    /// Lumbosacral up to the thoracolumbar joint.
    pub lumbar_m: f64,
    /// Thoracolumbar joint up to the line between the shoulders.
    pub thorax_m: f64,
    /// Middle of the shoulder line to one shoulder joint center.
    pub shoulder_half_m: f64,
    /// Shoulder line up to the base of the neck.
    pub neck_base_m: f64,
    /// Base of the neck to where the head turns.
    pub neck_m: f64,
    /// Where the head turns up to the crown.
    pub head_m: f64,
    /// Shoulder to elbow.
    pub upper_arm_m: f64,
    /// Elbow to wrist.
    pub forearm_m: f64,
    /// Wrist to fingertip.
    pub hand_m: f64,
    /// Thickness relative to the average body of this stature.
    pub girth_ratio: f64,
}

// Fractions of stature: heights above the floor of a person standing (Drillis and Contini).
const ANKLE: f64 = 0.039;
const KNEE: f64 = 0.285;
const HIP: f64 = 0.530;
const SHOULDER: f64 = 0.818;
const UPPER_ARM: f64 = 0.186;
const FOREARM: f64 = 0.146;
const HAND: f64 = 0.108;
const FOOT: f64 = 0.152;
const SHOULDER_BREADTH: f64 = 0.259;
// Joint centers lie inside the outer breadth: the humeral head's radius and the deltoid come off on each side.
const SHOULDER_CENTERS: f64 = 0.82 * SHOULDER_BREADTH;
// Hip joint centers are 0.72 of the distance between the front spines of the pelvis apart (Bell, Pedersen and Brand
// 1990), itself about 0.14 of stature.
const HIP_CENTERS: f64 = 0.72 * 0.14;

impl Physique {
    /// The segment lengths of this body. Ratios are kept inside 0.5..=2 and height inside 0.5..=2.5 m.
    #[must_use]
    pub fn segments(&self) -> Segments {
        let keep = |ratio: f64| if ratio.is_finite() { ratio.clamp(0.5, 2.0) } else { 1.0 };
        let stature_m =
            if self.height_m.is_finite() { self.height_m.clamp(0.5, 2.5) } else { 1.75 };
        let (leg, torso) = (keep(self.leg_ratio), keep(self.torso_ratio));
        let above_shoulders = 1.0 - SHOULDER;
        // Restore stature: long legs take from the trunk and head, not from the ceiling.
        let scale =
            stature_m / (ANKLE + (HIP - ANKLE) * leg + (SHOULDER - HIP) * torso + above_shoulders);
        let trunk_m = (SHOULDER - HIP) * torso * scale;
        let arm = keep(self.arm_ratio) * stature_m;
        Segments {
            stature_m,
            ankle_height_m: ANKLE * scale,
            heel_m: 0.25 * FOOT * stature_m,
            ball_m: 0.48 * FOOT * stature_m,
            toe_m: 0.75 * FOOT * stature_m,
            shank_m: (KNEE - ANKLE) * leg * scale,
            thigh_m: (HIP - KNEE) * leg * scale,
            hip_half_m: 0.5 * HIP_CENTERS * keep(self.hip_ratio) * stature_m,
            pelvis_m: 0.19 * trunk_m,
            lumbar_m: 0.31 * trunk_m,
            thorax_m: 0.50 * trunk_m,
            shoulder_half_m: 0.5 * SHOULDER_CENTERS * keep(self.shoulder_ratio) * stature_m,
            neck_base_m: 0.07 * above_shoulders * scale,
            neck_m: 0.33 * above_shoulders * scale,
            head_m: 0.60 * above_shoulders * scale,
            upper_arm_m: UPPER_ARM * arm,
            forearm_m: FOREARM * arm,
            hand_m: HAND * arm,
            girth_ratio: keep(self.girth_ratio),
        }
    }
}
