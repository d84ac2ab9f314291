//! The exercises of the FIT profile: their names, and which of them our library has.

use rustyfit::profile::typedef::{
    BandedExercisesExerciseName, BattleRopeExerciseName, BenchPressExerciseName,
    CalfRaiseExerciseName, CardioExerciseName, CarryExerciseName, ChopExerciseName,
    CoreExerciseName, CrunchExerciseName, CurlExerciseName, DeadliftExerciseName, ExerciseCategory,
    FlyeExerciseName, HipRaiseExerciseName, HipStabilityExerciseName, HipSwingExerciseName,
    HyperextensionExerciseName, LateralRaiseExerciseName, LegCurlExerciseName,
    LegRaiseExerciseName, LungeExerciseName, OlympicLiftExerciseName, PlankExerciseName,
    PlyoExerciseName, PullUpExerciseName, PushUpExerciseName, RowExerciseName, SandbagExerciseName,
    ShoulderPressExerciseName, ShoulderStabilityExerciseName, ShrugExerciseName, SitUpExerciseName,
    SledExerciseName, SquatExerciseName, SuspensionExerciseName, TotalBodyExerciseName,
    TricepsExtensionExerciseName, WarmUpExerciseName,
};
use units::ExerciseId;

/// Calls a macro with every category that counts repetitions and the type of its names.
macro_rules! categories {
    ($use:ident) => {
        $use! {
            BENCH_PRESS BenchPressExerciseName, CALF_RAISE CalfRaiseExerciseName,
            CARDIO CardioExerciseName, CARRY CarryExerciseName, CHOP ChopExerciseName,
            CORE CoreExerciseName, CRUNCH CrunchExerciseName, CURL CurlExerciseName,
            DEADLIFT DeadliftExerciseName, FLYE FlyeExerciseName, HIP_RAISE HipRaiseExerciseName,
            HIP_STABILITY HipStabilityExerciseName, HIP_SWING HipSwingExerciseName,
            HYPEREXTENSION HyperextensionExerciseName, LATERAL_RAISE LateralRaiseExerciseName,
            LEG_CURL LegCurlExerciseName, LEG_RAISE LegRaiseExerciseName, LUNGE LungeExerciseName,
            OLYMPIC_LIFT OlympicLiftExerciseName, PLANK PlankExerciseName, PLYO PlyoExerciseName,
            PULL_UP PullUpExerciseName, PUSH_UP PushUpExerciseName, ROW RowExerciseName,
            SHOULDER_PRESS ShoulderPressExerciseName,
            SHOULDER_STABILITY ShoulderStabilityExerciseName, SHRUG ShrugExerciseName,
            SIT_UP SitUpExerciseName, SQUAT SquatExerciseName, TOTAL_BODY TotalBodyExerciseName,
            TRICEPS_EXTENSION TricepsExtensionExerciseName, WARM_UP WarmUpExerciseName,
            BANDED_EXERCISES BandedExercisesExerciseName, BATTLE_ROPE BattleRopeExerciseName,
            SANDBAG SandbagExerciseName, SLED SledExerciseName, SUSPENSION SuspensionExerciseName,
        }
    };
}

/// The name of an exercise of the profile, such as `barbell bench press`; its category's where the number is not known.
pub(crate) fn name((category, number): (u16, u16)) -> String {
    macro_rules! told {
        ($($category:ident $names:ident,)+) => {
            match ExerciseCategory(category) {
                $(ExerciseCategory::$category => $names(number).to_string(),)+
                _ => String::new(),
            }
        };
    }
    let told = categories!(told);
    // A number that the profile does not have is written as `SquatExerciseName(999)`.
    let told = if told.is_empty() || told.contains('(') {
        ExerciseCategory(category).to_string()
    } else {
        told
    };
    if told.contains('(') { "unknown".to_owned() } else { told.replace('_', " ") }
}

/// Category and number of an exercise of our library; none where the profile has nothing that is the same.
pub(crate) fn of(id: &ExerciseId) -> Option<(u16, u16)> {
    macro_rules! table {
        ($($id:literal $category:ident $names:ident $name:ident,)+) => {
            match id.as_str() {
                $($id => (ExerciseCategory::$category.0, $names::$name.0),)+
                _ => return None,
            }
        };
    }
    Some(table! {
        "barbell_overhead_press" SHOULDER_PRESS ShoulderPressExerciseName MILITARY_PRESS,
        "barbell_row" ROW RowExerciseName BARBELL_ROW,
        "barbell_squat" SQUAT SquatExerciseName BARBELL_BACK_SQUAT,
        "bench_dip" TRICEPS_EXTENSION TricepsExtensionExerciseName BENCH_DIP,
        "bench_press" BENCH_PRESS BenchPressExerciseName BARBELL_BENCH_PRESS,
        "bicep_curl" CURL CurlExerciseName STANDING_DUMBBELL_BICEPS_CURL,
        "bulgarian_split_squat" LUNGE LungeExerciseName DUMBBELL_BULGARIAN_SPLIT_SQUAT,
        "cable_row" ROW RowExerciseName SEATED_CABLE_ROW,
        "calf_raise" CALF_RAISE CalfRaiseExerciseName STANDING_CALF_RAISE,
        "chest_fly" FLYE FlyeExerciseName DUMBBELL_FLYE,
        "chin_up" PULL_UP PullUpExerciseName CHIN_UP,
        "crunch" CRUNCH CrunchExerciseName CRUNCH,
        "deadlift" DEADLIFT DeadliftExerciseName BARBELL_DEADLIFT,
        "dip" TRICEPS_EXTENSION TricepsExtensionExerciseName BODY_WEIGHT_DIP,
        "dumbbell_bench_press" BENCH_PRESS BenchPressExerciseName DUMBBELL_BENCH_PRESS,
        "dumbbell_floor_press" BENCH_PRESS BenchPressExerciseName DUMBBELL_FLOOR_PRESS,
        "dumbbell_row" ROW RowExerciseName DUMBBELL_ROW,
        "face_pull" ROW RowExerciseName FACE_PULL,
        "farmers_carry" CARRY CarryExerciseName FARMERS_WALK,
        "front_squat" SQUAT SquatExerciseName BARBELL_FRONT_SQUAT,
        "goblet_squat" SQUAT SquatExerciseName GOBLET_SQUAT,
        "hammer_curl" CURL CurlExerciseName DUMBBELL_HAMMER_CURL,
        "hanging_knee_raise" LEG_RAISE LegRaiseExerciseName HANGING_KNEE_RAISE,
        "hip_thrust" HIP_RAISE HipRaiseExerciseName BARBELL_HIP_THRUST_WITH_BENCH,
        "inverted_row" ROW RowExerciseName INVERTED_ROW,
        "jump_rope" CARDIO CardioExerciseName JUMP_ROPE,
        "jumping_jack" CARDIO CardioExerciseName JUMPING_JACKS,
        "kettlebell_deadlift" DEADLIFT DeadliftExerciseName KETTLEBELL_DEADLIFT,
        "kettlebell_swing" HIP_RAISE HipRaiseExerciseName KETTLEBELL_SWING,
        "lat_pulldown" PULL_UP PullUpExerciseName LAT_PULLDOWN,
        "lateral_lunge" LUNGE LungeExerciseName SIDE_LUNGE,
        "lateral_raise" LATERAL_RAISE LateralRaiseExerciseName DUMBBELL_LATERAL_RAISE,
        "leg_curl" LEG_CURL LegCurlExerciseName LEG_CURL,
        "leg_extension" CRUNCH CrunchExerciseName LEG_EXTENSIONS,
        "leg_press" SQUAT SquatExerciseName LEG_PRESS,
        "lunge" LUNGE LungeExerciseName LUNGE,
        "mountain_climber" PLANK PlankExerciseName MOUNTAIN_CLIMBER,
        "pistol_squat" SQUAT SquatExerciseName PISTOL_SQUAT,
        "plank" PLANK PlankExerciseName PLANK,
        "pull_up" PULL_UP PullUpExerciseName PULL_UP,
        "push_up" PUSH_UP PushUpExerciseName PUSH_UP,
        "reverse_crunch" CRUNCH CrunchExerciseName REVERSE_CRUNCH,
        "romanian_deadlift" DEADLIFT DeadliftExerciseName ROMANIAN_DEADLIFT,
        "russian_twist" CORE CoreExerciseName RUSSIAN_TWIST,
        "shoulder_press" SHOULDER_PRESS ShoulderPressExerciseName DUMBBELL_SHOULDER_PRESS,
        "shrug" SHRUG ShrugExerciseName DUMBBELL_SHRUG,
        "side_plank" PLANK PlankExerciseName SIDE_PLANK,
        "single_leg_romanian_deadlift" DEADLIFT DeadliftExerciseName SINGLE_LEG_ROMANIAN_DEADLIFT_WITH_DUMBBELL,
        "sit_up" SIT_UP SitUpExerciseName SIT_UP,
        "squat" SQUAT SquatExerciseName AIR_SQUAT,
        "step_up" SQUAT SquatExerciseName STEP_UP,
        "straight_arm_pulldown" PULL_UP PullUpExerciseName STRAIGHT_ARM_PULLDOWN,
        "triceps_extension" TRICEPS_EXTENSION TricepsExtensionExerciseName OVERHEAD_DUMBBELL_TRICEPS_EXTENSION,
        "triceps_pushdown" TRICEPS_EXTENSION TricepsExtensionExerciseName TRICEPS_PRESSDOWN,
        "wrist_curl" CURL CurlExerciseName DUMBBELL_WRIST_CURL,
    })
}
