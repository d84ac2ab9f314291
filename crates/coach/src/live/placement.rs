//! Does the body fit the picture, and is the camera where it sees this exercise? Says what to change, if anything.
//!
//! Easy to get wrong: landmarks that a network guesses outside of the picture look like any other. A limb counts as
//! seen only inside of it.

use catalog::Exercise;
use motion::channel::MIN_CONFIDENCE;
use motion::pose::{Joint, Keypoint, Limb, N_JOINTS, Pose, WorldPoint};
use motion::signal::Signal;
use motion::spec::Severity;
use motion::view::{TORSO_PER_STATURE, View};
use units::{ImageSize, Language, MediaTime, Side};

/// Something about the camera or where the person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// No body in the picture.
    Nobody,
    /// The body is too small in the picture to measure.
    TooFar,
    /// The body is too big to fit the picture when it moves.
    TooClose,
    /// Ankles or knees are needed and out of view.
    FeetHidden,
    /// Wrists or elbows are needed and out of view.
    HandsHidden,
    /// The head is needed and out of view.
    HeadHidden,
    /// The exercise is seen best from the side.
    TurnSideOn,
    /// The exercise is seen best from the front.
    TurnToFront,
    /// Everything is there, but hardly recognizable: too dark, or in the colors of the background.
    Unsure,
}

impl Placement {
    /// Every problem, gravest first.
    pub const ALL: [Self; 9] = [
        Self::Nobody,
        Self::TooClose,
        Self::TooFar,
        Self::FeetHidden,
        Self::HandsHidden,
        Self::HeadHidden,
        Self::Unsure,
        Self::TurnSideOn,
        Self::TurnToFront,
    ];

    /// Its name in messages.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::TooFar => "too_far",
            Self::TooClose => "too_close",
            Self::FeetHidden => "feet_hidden",
            Self::HandsHidden => "hands_hidden",
            Self::HeadHidden => "head_hidden",
            Self::TurnSideOn => "turn_side_on",
            Self::TurnToFront => "turn_to_front",
            Self::Unsure => "unsure",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(self, language: Language) -> &'static str {
        let (english, german) = match self {
            Self::Nobody => {
                ("Step into the picture: I can't see you.", "Komm ins Bild: Ich sehe dich nicht.")
            }
            Self::TooFar => (
                "Come closer: you are too small in the picture.",
                "Komm näher: Du bist zu klein im Bild.",
            ),
            Self::TooClose => {
                ("Step back: you don't fit the picture.", "Geh zurück: Du passt nicht ins Bild.")
            }
            Self::FeetHidden => {
                ("Step back: I can't see your feet.", "Geh zurück: Ich sehe deine Füße nicht.")
            }
            Self::HandsHidden => (
                "Step back or move the camera: I can't see your hands.",
                "Geh zurück oder stell die Kamera um: Ich sehe deine Hände nicht.",
            ),
            Self::HeadHidden => (
                "Tilt the camera up: I can't see your head.",
                "Neig die Kamera nach oben: Ich sehe deinen Kopf nicht.",
            ),
            Self::TurnSideOn => ("Turn side-on to the camera.", "Stell dich seitlich zur Kamera."),
            Self::TurnToFront => ("Face the camera.", "Dreh dich zur Kamera."),
            Self::Unsure => {
                ("I can hardly see you: more light helps.", "Ich sehe dich kaum: Mehr Licht hilft.")
            }
        };
        language.pick(english, german)
    }

    /// Whether a set must not begin so. From a poor direction repetitions still count; they are judged less surely.
    #[must_use]
    pub fn forbids_start(self) -> bool {
        !matches!(self, Self::TurnSideOn | Self::TurnToFront | Self::Unsure)
    }

    /// How it ranks among cues.
    pub(super) fn severity(self) -> Severity {
        if self.forbids_start() { Severity::High } else { Severity::Low }
    }
}

/// Smoothing of each problem, seconds: landmarks flicker, advice must not.
const TIME_CONSTANT_SECS: f64 = 0.5;
/// A problem is told above this share of recent frames, and until it falls below one less this.
const TOLD_ABOVE: f64 = 0.7;
/// A body whose stature is less than this part of the picture's shorter side is too small: 180 pixels of 720, of which
/// the landmark network makes 256.
const LEAST_STATURE: f64 = 0.25;
/// A body longer than this part of the picture along its trunk does not fit it. Above 1, because a trunk that leans
/// towards the camera looks longer; limbs that are really cut off are told as such.
const MOST_STATURE: f64 = 1.3;
/// The same where only the upper body is needed.
const MOST_STATURE_UPPER: f64 = 2.2;
/// How far outside of the picture a limb still counts as seen, as a part of the picture.
const SLACK: f64 = 0.02;
/// A body seen worse than this on average is hardly seen; the engine itself stops at [`MIN_CONFIDENCE`].
const SURE: f64 = 0.45;

/// What an exercise needs to see, and from where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Needs {
    feet: bool,
    hands: bool,
    head: bool,
    side: bool,
    front: bool,
}

impl Needs {
    /// Whatever the exercise, most of them need hands and feet.
    pub(super) const ANY: Self =
        Self { feet: true, hands: true, head: false, side: false, front: false };

    /// What the signals that an exercise is counted by need. Signals in meters need the same limbs as their likeness
    /// in the picture.
    pub(super) fn of(exercise: &Exercise) -> Self {
        let movement = &exercise.movement;
        let primary = movement.primary.iter().take(1).map(|primary| primary.signal);
        let criteria = movement.standards.default.criteria.iter().map(|c| c.signal);
        let signals: Vec<Signal> = primary.chain(criteria).map(Signal::in_image).collect();
        let needs = |limbs: [Limb; 2]| {
            signals.iter().any(|&signal| limbs.iter().any(|&limb| needs_limb(signal, limb)))
        };
        Self {
            feet: needs([Limb::Ankle, Limb::Knee]),
            hands: needs([Limb::Wrist, Limb::Elbow]),
            head: needs([Limb::Ear, Limb::Ear]),
            side: exercise.camera == "side",
            front: exercise.camera == "front",
        }
    }
}

/// Whether a signal cannot be measured without a limb: asked of a body of which everything else is seen.
fn needs_limb(signal: Signal, limb: Limb) -> bool {
    let mut pose = Pose::nobody(MediaTime::ZERO);
    for (index, (keypoint, row)) in pose.keypoints.iter_mut().zip(0_u8..).enumerate() {
        let column = if index % 2 == 0 { 0.0 } else { 10.0 };
        *keypoint = Keypoint { x: column, y: 10.0 * f64::from(row), confidence: 1.0 };
    }
    pose.world = Some([WorldPoint { x: 0.1, y: 0.1, z: 0.1 }; N_JOINTS]);
    let mut view = View::default();
    view.see(&pose);
    let measured = |pose: &Pose| signal.measure(pose, Side::Left, &view).confidence > 0.0;
    let whole = measured(&pose);
    for side in Side::BOTH {
        pose.keypoints[limb.on(side) as usize].confidence = 0.0;
    }
    whole && !measured(&pose)
}

/// Watches where the person is.
#[derive(Debug, Clone)]
pub(super) struct Guide {
    image: ImageSize,
    view: View,
    /// In the order of [`Placement::ALL`]: share of recent frames with the problem, and whether it is told.
    levels: [(f64, bool); Placement::ALL.len()],
    told: Vec<Placement>,
    last: Option<MediaTime>,
    seen_at: Option<MediaTime>,
}

impl Guide {
    pub(super) fn new(image: ImageSize) -> Self {
        Self {
            image,
            view: View::default(),
            levels: [(0.0, false); Placement::ALL.len()],
            told: Vec::with_capacity(Placement::ALL.len()),
            last: None,
            seen_at: None,
        }
    }

    /// Takes in one pose of a stream whose time only goes forward.
    pub(super) fn see(&mut self, pose: &Pose, needs: Needs) {
        let dt_secs = self.last.map_or(0.0, |last| pose.time.secs_since(last));
        let weight = (dt_secs / TIME_CONSTANT_SECS).min(1.0);
        self.last = Some(pose.time);
        let somebody = is_somebody(pose);
        if somebody {
            self.view.see(pose);
            self.seen_at = Some(pose.time);
        }
        self.told.clear();
        for (index, problem) in Placement::ALL.into_iter().enumerate() {
            // Of a body that is not there, the rest cannot be told.
            let present = match problem {
                Placement::Nobody => !somebody,
                other => somebody && self.has(other, pose, needs),
            };
            let (level, told) = &mut self.levels[index];
            *level += weight * (f64::from(u8::from(present)) - *level);
            *told = *level > if *told { 1.0 - TOLD_ABOVE } else { TOLD_ABOVE };
            if *told {
                self.told.push(problem);
            }
        }
    }

    /// What is wrong, gravest first.
    pub(super) fn problems(&self) -> &[Placement] {
        &self.told
    }

    /// When somebody was last seen.
    pub(super) fn seen_at(&self) -> Option<MediaTime> {
        self.seen_at
    }

    /// The trunk's length, pixels; 0 before somebody was seen.
    pub(super) fn torso_px(&self) -> f64 {
        self.view.torso_px()
    }

    fn has(&self, problem: Placement, pose: &Pose, needs: Needs) -> bool {
        let (width, height) = (f64::from(self.image.width), f64::from(self.image.height));
        match problem {
            Placement::Nobody => false,
            Placement::TooFar => {
                self.view.torso_px() / TORSO_PER_STATURE < LEAST_STATURE * width.min(height)
            }
            Placement::TooClose => {
                let (shoulder, hip) = (middle(pose, Limb::Shoulder), middle(pose, Limb::Hip));
                let (across, down) = ((shoulder.0 - hip.0).abs(), (shoulder.1 - hip.1).abs());
                let most = if needs.feet { MOST_STATURE } else { MOST_STATURE_UPPER };
                across / TORSO_PER_STATURE > most * width
                    || down / TORSO_PER_STATURE > most * height
            }
            Placement::FeetHidden => {
                needs.feet && !(self.sees(pose, Limb::Ankle) && self.sees(pose, Limb::Knee))
            }
            Placement::HandsHidden => {
                needs.hands && !(self.sees(pose, Limb::Wrist) && self.sees(pose, Limb::Elbow))
            }
            Placement::HeadHidden => needs.head && !self.sees(pose, Limb::Ear),
            Placement::TurnSideOn => needs.side && self.view.side_on() < 0.5,
            Placement::TurnToFront => needs.front && self.view.side_on() > 0.85,
            Placement::Unsure => {
                let trunk = [Limb::Shoulder, Limb::Hip].map(|limb| better(pose, limb));
                0.5 * (trunk[0] + trunk[1]) < SURE
            }
        }
    }

    /// Whether a limb of one side at least is seen inside of the picture.
    fn sees(&self, pose: &Pose, limb: Limb) -> bool {
        let (width, height) = (f64::from(self.image.width), f64::from(self.image.height));
        let inside =
            |value: f64, size: f64| (-SLACK * size..=(1.0 + SLACK) * size).contains(&value);
        Side::BOTH.map(|side| pose.at(limb.on(side))).iter().any(|point| {
            point.confidence >= MIN_CONFIDENCE && inside(point.x, width) && inside(point.y, height)
        })
    }
}

/// Whether there is a body at all: a shoulder and a hip.
pub(super) fn is_somebody(pose: &Pose) -> bool {
    better(pose, Limb::Shoulder).min(better(pose, Limb::Hip)) >= MIN_CONFIDENCE
}

/// Confidence of a limb's better side.
fn better(pose: &Pose, limb: Limb) -> f64 {
    let on = |side: Side| pose.at(limb.on(side)).confidence;
    on(Side::Left).max(on(Side::Right))
}

/// The middle of a pair of joints, pixels.
pub(super) fn middle(pose: &Pose, limb: Limb) -> (f64, f64) {
    let at = |joint: Joint| pose.at(joint);
    let (left, right) = (at(limb.on(Side::Left)), at(limb.on(Side::Right)));
    (0.5 * (left.x + right.x), 0.5 * (left.y + right.y))
}
