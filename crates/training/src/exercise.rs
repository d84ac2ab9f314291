//! What a planner must know of an exercise: what it trains, asks for and forbids.

use units::ExerciseId;

/// Declares an enum of plain names that are written in snake case, with all of them in a list.
macro_rules! names {
    ($(#[$of:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$of])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in files and on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}
pub(crate) use names;

names! {
    /// A muscle or group of muscles, as far as weekly volume is counted apart. Each is an area of the body map.
    Muscle {
        /// Sternocleidomastoid and deep neck flexors.
        NeckFlexors = "neck_flexors",
        /// Splenius, semispinalis and the small muscles under the skull.
        NeckExtensors = "neck_extensors",
        /// Trapezius.
        Traps = "traps",
        /// Anterior deltoid.
        FrontDelts = "front_delts",
        /// Lateral deltoid.
        SideDelts = "side_delts",
        /// Posterior deltoid.
        RearDelts = "rear_delts",
        /// Infraspinatus, teres minor, supraspinatus, subscapularis.
        RotatorCuff = "rotator_cuff",
        /// Pectoralis major and minor.
        Chest = "chest",
        /// Serratus anterior.
        Serratus = "serratus",
        /// Latissimus dorsi and teres major.
        Lats = "lats",
        /// Rhomboids and middle trapezius.
        UpperBack = "upper_back",
        /// Erector spinae.
        LowerBack = "lower_back",
        /// Biceps and brachialis.
        Biceps = "biceps",
        /// Triceps.
        Triceps = "triceps",
        /// Muscles of the forearm and hand.
        Forearms = "forearms",
        /// Rectus and transversus abdominis.
        Abs = "abs",
        /// Internal and external obliques.
        Obliques = "obliques",
        /// Iliopsoas and rectus femoris at the hip.
        HipFlexors = "hip_flexors",
        /// Gluteus maximus, medius and minimus.
        Glutes = "glutes",
        /// Adductors of the thigh.
        Adductors = "adductors",
        /// Quadriceps.
        Quads = "quads",
        /// Hamstrings.
        Hamstrings = "hamstrings",
        /// Gastrocnemius and soleus.
        Calves = "calves",
        /// Tibialis anterior.
        Shins = "shins",
    }
}

names! {
    /// What an exercise needs besides a floor.
    Kit {
        /// Something soft to lie on.
        Mat = "mat",
        /// A free wall.
        Wall = "wall",
        /// A chair that does not slide.
        Chair = "chair",
        /// A knee-high box or step.
        Box = "box",
        /// A long elastic band.
        Band = "band",
        /// Two dumbbells.
        Dumbbells = "dumbbells",
        /// One kettlebell.
        Kettlebell = "kettlebell",
        /// A barbell.
        Barbell = "barbell",
        /// Plates for the bar.
        Plates = "plates",
        /// A rack that holds the bar.
        Rack = "rack",
        /// A flat or adjustable bench.
        Bench = "bench",
        /// A bar to hang from.
        PullUpBar = "pull_up_bar",
        /// Two parallel bars.
        DipBars = "dip_bars",
        /// A cable tower with an adjustable pulley.
        Cable = "cable",
        /// A lat pull-down machine.
        LatPulldown = "lat_pulldown",
        /// A leg press.
        LegPress = "leg_press",
        /// A leg curl machine.
        LegCurl = "leg_curl",
        /// A leg extension machine.
        LegExtension = "leg_extension",
        /// A 45° back extension bench.
        BackExtension = "back_extension",
        /// A jump rope.
        JumpRope = "jump_rope",
    }
}

names! {
    /// The movement that an exercise is built on. Balance between patterns is a rule of planning.
    Pattern {
        /// Both knees bend under load.
        Squat = "squat",
        /// One leg works in front of or behind the other.
        Lunge = "lunge",
        /// The hips bend and straighten, the knees hardly.
        Hinge = "hinge",
        /// Pressing away from the chest.
        PushHorizontal = "push_horizontal",
        /// Pressing overhead or down from it.
        PushVertical = "push_vertical",
        /// Pulling towards the chest.
        PullHorizontal = "pull_horizontal",
        /// Pulling down from overhead.
        PullVertical = "pull_vertical",
        /// The trunk bends, turns or resists it.
        Core = "core",
        /// The neck moves or holds.
        Neck = "neck",
        /// Carrying a weight on the way.
        Carry = "carry",
        /// One joint works.
        Isolation = "isolation",
        /// Hard and short for the heart: jumping, climbing, swinging, with rests.
        Conditioning = "conditioning",
        /// Easy and long for the heart: walking, marching, cycling.
        Steady = "steady",
        /// Range of motion, not load.
        Mobility = "mobility",
    }
}

names! {
    /// How much practice an exercise asks for.
    Level {
        /// Safe to learn from pictures.
        Beginner = "beginner",
        /// A few months of training first.
        Intermediate = "intermediate",
        /// A year of training, and help at hand.
        Advanced = "advanced",
    }
}

names! {
    /// A part of the body that hurts, or a condition under which some exercises are left out.
    Limit {
        /// The neck.
        NeckPain = "neck_pain",
        /// A shoulder.
        ShoulderPain = "shoulder_pain",
        /// An elbow.
        ElbowPain = "elbow_pain",
        /// A wrist or hand.
        WristPain = "wrist_pain",
        /// The upper back.
        UpperBackPain = "upper_back_pain",
        /// The lower back.
        LowBackPain = "low_back_pain",
        /// A hip.
        HipPain = "hip_pain",
        /// A knee.
        KneePain = "knee_pain",
        /// An ankle or foot.
        AnklePain = "ankle_pain",
        /// High blood pressure that is not under control.
        Hypertension = "hypertension_uncontrolled",
        /// Brittle bones.
        Osteoporosis = "osteoporosis",
        /// A weak pelvic floor.
        PelvicFloor = "pelvic_floor",
        /// The second half of a pregnancy.
        PregnancyLate = "pregnancy_late",
        /// Dizziness.
        Vertigo = "vertigo",
    }
}

names! {
    /// What part of a session an exercise is for.
    Role {
        /// Sets that are trained for.
        Work = "work",
        /// Before: warm and awake.
        WarmUp = "warm_up",
        /// After: calm down and stretch.
        CoolDown = "cool_down",
    }
}

names! {
    /// What a set is counted in.
    Dose {
        /// Repetitions.
        Reps = "reps",
        /// Repetitions of each side.
        RepsPerSide = "reps_per_side",
        /// Seconds.
        Secs = "secs",
        /// Seconds of each side.
        SecsPerSide = "secs_per_side",
    }
}

names! {
    /// What makes an exercise harder next time.
    LoadKind {
        /// Nothing but the body: repetitions, tempo, a harder variant.
        Body = "body",
        /// A weight in grams.
        Weight = "weight",
        /// A stronger band.
        Band = "band",
    }
}

impl Dose {
    /// Whether both sides are done one after the other.
    #[must_use]
    pub fn is_per_side(self) -> bool {
        matches!(self, Self::RepsPerSide | Self::SecsPerSide)
    }

    /// Whether a set is counted in seconds.
    #[must_use]
    pub fn is_timed(self) -> bool {
        matches!(self, Self::Secs | Self::SecsPerSide)
    }
}

impl Pattern {
    /// Whether a set of it counts towards a muscle's week: work for the heart and stretches do not.
    #[must_use]
    pub fn counts_as_volume(self) -> bool {
        !matches!(self, Self::Conditioning | Self::Steady | Self::Mobility)
    }
}

/// What a planner must know of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its name in code and files.
    pub id: ExerciseId,
    /// The movement that it is built on.
    pub pattern: Pattern,
    /// How much practice it asks for.
    pub level: Level,
    /// What parts of a session it is for; never empty.
    pub roles: Vec<Role>,
    /// Prime movers: a set counts whole.
    pub direct: Vec<Muscle>,
    /// Helpers: a set counts half.
    pub indirect: Vec<Muscle>,
    /// Everything that it needs.
    pub kit: Vec<Kit>,
    /// When not to do it.
    pub limits: Vec<Limit>,
    /// What a set is counted in.
    pub dose: Dose,
    /// How long one repetition takes at its tempo, seconds, rounded up; 0 where a set is counted in seconds.
    pub rep_secs: u8,
    /// What makes it harder.
    pub load: LoadKind,
    /// Whether several joints work under load: done first, and never to failure by beginners.
    pub compound: bool,
    /// Easier ones to fall back to, nearest first.
    pub regressions: Vec<ExerciseId>,
    /// Harder ones to go on to, nearest first.
    pub progressions: Vec<ExerciseId>,
}

impl Facts {
    /// An exercise that nobody has described: repetitions with a weight, of no muscle in particular.
    #[must_use]
    pub fn unknown(id: ExerciseId) -> Self {
        Self {
            id,
            pattern: Pattern::Isolation,
            level: Level::Beginner,
            roles: vec![Role::Work],
            direct: Vec::new(),
            indirect: Vec::new(),
            kit: Vec::new(),
            limits: Vec::new(),
            dose: Dose::Reps,
            rep_secs: 4,
            load: LoadKind::Weight,
            compound: false,
            regressions: Vec::new(),
            progressions: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[test]
    fn names_are_written_as_they_are_read() {
        fn check<T: Copy + PartialEq + std::fmt::Debug + Serialize + for<'a> Deserialize<'a>>(
            all: &[T],
            text: fn(T) -> &'static str,
        ) {
            for &one in all {
                let quoted = format!("\"{}\"", text(one));
                assert_eq!(serde_json::to_string(&one).expect("a name"), quoted);
                assert_eq!(serde_json::from_str::<T>(&quoted).expect("a name"), one);
            }
        }
        check(Muscle::ALL, Muscle::as_str);
        check(Kit::ALL, Kit::as_str);
        check(Pattern::ALL, Pattern::as_str);
        check(Level::ALL, Level::as_str);
        check(Limit::ALL, Limit::as_str);
        check(Role::ALL, Role::as_str);
        check(Dose::ALL, Dose::as_str);
        check(LoadKind::ALL, LoadKind::as_str);
    }
}
