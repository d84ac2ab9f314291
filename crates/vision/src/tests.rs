//! The whole way from pixels to poses: with a YOLO network that the test builds, and with the real networks and ffmpeg
//! where they are installed.

use std::{path::PathBuf, process::Command};

use camera::Frame;
use motion::pose::{Joint, Skeleton};
use units::{ImageSize, MediaTime};

use crate::{
    Error, NetworkChoice, Networks, PersonPoser, PoseReader, ReadOptions, Runtime,
    onnx::{Attribute, Constant, Data, Graph, Node, Value},
};

/// A network of YOLO-pose's shapes that always sees one person: at (160, 320) of 640, 100 by 200, all of their
/// keypoints at (170, 300) with confidence 0.75. The input's brightness is multiplied by zero and added.
fn yolo_onnx() -> Vec<u8> {
    let mut output = vec![0.0; 56 * 8400];
    let column =
        [160.0, 320.0, 100.0, 200.0, 0.9].into_iter().chain([170.0, 300.0, 0.75].repeat(17));
    for (row, value) in column.enumerate() {
        output[row * 8400 + 4321] = value;
    }
    let node = |operator, inputs: &[&str], output: &str, attributes| Node {
        operator,
        inputs: inputs.iter().map(|&name| name.to_owned()).collect(),
        output: output.to_owned(),
        attributes,
    };
    let floats = |name: &str, shape: &[usize], values| Constant {
        name: name.to_owned(),
        shape: shape.to_vec(),
        data: Data::Floats(values),
    };
    let graph = Graph {
        nodes: vec![
            node("GlobalAveragePool", &["images"], "mean", vec![]),
            node(
                "Conv",
                &["mean", "nothing"],
                "zero",
                vec![("kernel_shape", Attribute::Ints(vec![1, 1]))],
            ),
            node("Reshape", &["zero", "flat"], "offset", vec![]),
            node("Add", &["people", "offset"], "output0", vec![]),
        ],
        constants: vec![
            floats("nothing", &[1, 3, 1, 1], vec![0.0; 3]),
            floats("people", &[1, 56, 8400], output),
            Constant { name: "flat".to_owned(), shape: vec![3], data: Data::Ints(vec![1, 1, 1]) },
        ],
        inputs: vec![Value { name: "images".to_owned(), shape: vec![1, 3, 640, 640] }],
        outputs: vec![Value { name: "output0".to_owned(), shape: vec![1, 56, 8400] }],
    };
    graph.to_bytes()
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("spotter-vision-{}-{name}", std::process::id()))
}

#[test]
fn a_yolo_network_gives_cocos_skeleton_in_every_runtime() {
    let path = temporary("yolo.onnx");
    std::fs::write(&path, yolo_onnx()).unwrap();
    let size = ImageSize { width: 320, height: 160 };
    for runtime in crate::runtime::tests::runtimes() {
        let choice = NetworkChoice::YoloPose(path.clone());
        let mut poser = PersonPoser::load(&choice, &Networks::find(), &runtime).unwrap();
        assert_eq!(poser.skeleton(), Skeleton::Coco17);
        let frame = Frame { time: MediaTime::ZERO, size, rgb: vec![50; 320 * 160 * 3] };
        let person = poser.see(&frame).unwrap().expect("the network always sees a person");
        assert_eq!((person.landmarks.len(), &person.world), (17, &None));
        // Letterboxed pixels are halved, and 80 rows of border lie above.
        let shown = ImageSize { width: 640, height: 320 };
        let knee = person.pose(frame.time, poser.skeleton(), shown).at(Joint::LeftKnee);
        assert!((knee.x - 170.0).abs() < 1e-3 && (knee.y - 140.0).abs() < 1e-3, "{knee:?}");
        assert!((knee.confidence - 0.75).abs() < 1e-6);
        assert!(
            person.pose(frame.time, poser.skeleton(), shown).at(Joint::LeftHeel).confidence.abs()
                < 1e-9
        );
    }
    drop(std::fs::remove_file(path));
}

#[test]
fn a_missing_or_broken_network_says_what_to_do() {
    let folder = temporary("networks");
    std::fs::create_dir_all(&folder).unwrap();
    let networks = Networks::in_folder(folder.clone());
    let load = || {
        PersonPoser::load(&NetworkChoice::Full, &networks, &Runtime::Tract).unwrap_err().to_string()
    };
    let missing = load();
    assert!(
        missing.contains("cargo xtask setup") && missing.contains("pose_detection.tflite"),
        "{missing}"
    );
    std::fs::write(folder.join("pose_detection.tflite"), b"\x1c\0\0\0TFL3 but not really").unwrap();
    let broken = load();
    assert!(broken.contains("cannot be used"), "{broken}");
    let yolo = NetworkChoice::YoloPose(folder.join("none.onnx"));
    let error = PersonPoser::load(&yolo, &networks, &Runtime::Tract).unwrap_err();
    assert!(matches!(error, Error::NetworkUnusable { .. }), "{error}");
    drop(std::fs::remove_dir_all(folder));
}

/// Whether the real networks are there.
fn networks_present() -> bool {
    let present = ["pose_detection.tflite", "pose_landmark_lite.tflite"]
        .iter()
        .all(|name| Networks::find().path(name).is_ok());
    if !present {
        println!("skipped: the networks are not here; `cargo xtask setup` fetches them");
    }
    present
}

#[test]
fn a_test_picture_has_nobody_in_it() {
    let path = temporary("testsrc.mp4");
    let mut command = Command::new("ffmpeg");
    command.args([
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=320x180:rate=10:duration=1",
    ]);
    if command.arg(&path).status().is_err() || !networks_present() {
        println!("skipped: ffmpeg or the networks are not installed");
        return;
    }
    let options = ReadOptions {
        network: NetworkChoice::Lite,
        runtime: Some(Runtime::Tract),
        ..ReadOptions::default()
    };
    let mut reader = PoseReader::open(&path, &options).unwrap();
    let seen: Vec<_> = reader.by_ref().collect::<Result<_, _>>().unwrap();
    assert_eq!(seen.len(), 10);
    assert!(seen.iter().all(|seen| seen.person.is_none()));
    assert_eq!(seen[3].pose(), motion::pose::Pose::nobody(MediaTime::from_ms(300.0)));
    assert_eq!(seen[0].image, ImageSize { width: 320, height: 180 });
    assert_eq!((reader.n_detector_runs(), reader.warnings()), (10, vec![]));
    drop(std::fs::remove_file(path));
}

#[test]
fn the_real_networks_import_and_agree_between_runtimes() {
    if !networks_present() {
        return;
    }
    let rgb: Vec<u8> = (0..256_u32 * 256 * 3).map(|i| (i / 977 % 251).to_le_bytes()[0]).collect();
    let frame = Frame { time: MediaTime::ZERO, size: ImageSize { width: 256, height: 256 }, rgb };
    for choice in [NetworkChoice::Lite, NetworkChoice::Full, NetworkChoice::Heavy] {
        for runtime in crate::runtime::tests::runtimes() {
            let mut poser = PersonPoser::load(&choice, &Networks::find(), &runtime).unwrap();
            assert_eq!(poser.see(&frame).unwrap(), None, "{} in {}", choice.name(), runtime.kind());
        }
    }
}
