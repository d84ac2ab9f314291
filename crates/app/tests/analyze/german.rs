//! A report in German is German: whatever reads the same in both languages is a leftover.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::reports::standing;
use crate::{folder, spotter};

const CLIPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../motion/tests/golden/clips");

/// A landmark stream in the folder, with the arguments that name its size.
fn set(folder: &Path, name: &str) -> (String, [String; 4]) {
    let size = |width: &Value, height: &Value| {
        ["--width", &width.to_string(), "--height", &height.to_string()].map(str::to_owned)
    };
    if name == "standing" {
        fs::write(folder.join("standing.jsonl"), standing()).unwrap();
        return ("standing.jsonl".to_owned(), size(&600.into(), &800.into()));
    }
    let meta = fs::read_to_string(format!("{CLIPS}/{name}.meta.json")).unwrap();
    let meta: Value = serde_json::from_str(&meta).unwrap();
    (format!("{CLIPS}/{name}.jsonl.gz"), size(&meta["width"], &meta["height"]))
}

/// What a person reads or hears of a page, piece by piece: texts, titles and labels.
fn pieces(page: &str) -> Vec<String> {
    let (_, body) = page.split_once("</style>").expect("the style comes first");
    let mut pieces = Vec::new();
    for part in body.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        if tag != "style" {
            pieces.push(text.to_owned());
        }
        for name in ["aria-label=\"", "title=\""] {
            pieces.extend(
                tag.split_once(name)
                    .and_then(|(_, rest)| rest.split('"').next())
                    .map(str::to_owned),
            );
        }
    }
    pieces
}

/// Those with a word in them that is no name and no word of both languages.
fn worded(pieces: Vec<String>) -> Vec<String> {
    let both = ["Spotter", "spotter", "exercises", "Tempo"];
    let wordless = |piece: &str| {
        let words = piece.split(|c: char| !c.is_alphabetic());
        words.filter(|word| word.chars().count() > 3).all(|word| both.contains(&word))
    };
    let is_file = |piece: &str| piece.contains(".jsonl");
    pieces.into_iter().filter(|piece| !wordless(piece) && !is_file(piece)).collect()
}

#[test]
fn a_german_report_says_nothing_in_english() {
    // Issues, attempts, a side each, a hold, another exercise than asked for, and none at all.
    let sets: [(&str, &[&str]); 6] = [
        ("push_up_hip_sag", &[]),
        ("squat_side", &["--standard", "strict"]),
        ("lunge_front", &[]),
        ("plank", &[]),
        ("squat_side", &["--exercise", "push_up"]),
        ("standing", &[]),
    ];
    let folder = folder("german");
    for (name, more) in sets {
        let (file, size) = set(&folder, name);
        let [english, german] = ["en", "de"].map(|lang| {
            let mut args =
                vec!["analyze", "--poses", &file, "--html", "report.html", "--lang", lang];
            args.extend(size.iter().map(String::as_str));
            args.extend(more);
            let output = spotter(&folder, &args);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let told = String::from_utf8(output.stdout).unwrap();
            let page = fs::read_to_string(folder.join("report.html")).unwrap();
            assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{name}: whose language?");
            let lines = told.lines().flat_map(|line| line.split("  ").map(str::to_owned));
            worded(lines.chain(pieces(&page)).map(|piece| piece.trim().to_owned()).collect())
        });
        assert!(german.len() > 30, "{name}: only {german:?}");
        let same: Vec<&String> = german.iter().filter(|piece| english.contains(piece)).collect();
        assert!(same.is_empty(), "{name}: {same:#?}");
        let has_point = |piece: &&String| {
            let digits = |part: Option<char>| part.is_some_and(|c| c.is_ascii_digit());
            let mut halves = piece.split('.').collect::<Vec<_>>().into_iter().peekable();
            std::iter::from_fn(|| Some((halves.next()?, *halves.peek()?))).any(|(before, after)| {
                digits(before.chars().last()) && digits(after.chars().next())
            })
        };
        let points = german.iter().filter(has_point);
        assert_eq!(points.collect::<Vec<_>>(), Vec::<&String>::new(), "{name}: German writes 0,5");
    }
}
