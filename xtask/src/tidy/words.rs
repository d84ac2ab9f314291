//! The glossary's banned words: one word, one meaning, and no medical claims.
//!
//! Only what can be told from the text alone is here; the rest of `docs/glossary.md` is for reviewers.

use super::{Complaint, SourceFile, extension};

/// Where a word is looked for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Code, data, pages: everything a user or a reader may see.
    Everywhere,
    /// Rust outside comments and strings.
    Code,
}

/// A banned word, where, and what to say instead. Matches regardless of case in `Everywhere`, exactly in `Code`.
const BANNED: [(&str, Place, &str); 18] = [
    ("injury risk", Place::Everywhere, "the measured deviation: we make no medical claims"),
    ("risk of injury", Place::Everywhere, "the measured deviation: we make no medical claims"),
    ("prevent injury", Place::Everywhere, "the measured deviation: we make no medical claims"),
    ("prevents injury", Place::Everywhere, "the measured deviation: we make no medical claims"),
    ("struct Set ", Place::Code, "`PlannedSet` or `PerformedSet`"),
    ("enum Set ", Place::Code, "`PlannedSet` or `PerformedSet`"),
    ("struct Plan ", Place::Code, "`Program` (weeks) or `Workout` (a day)"),
    ("enum Plan ", Place::Code, "`Program` (weeks) or `Workout` (a day)"),
    ("struct Stream ", Place::Code, "`VideoStream`, or the event store's own word"),
    ("weight_kg", Place::Code, "`load_kg` (lifted) or `body_mass_kg`"),
    ("camera_pose", Place::Code, "`Extrinsics`; a pose belongs to a person"),
    ("CameraPose", Place::Code, "`Extrinsics`; a pose belongs to a person"),
    ("mincutoff", Place::Code, "`min_cutoff_hz`"),
    ("dcutoff", Place::Code, "`derivative_cutoff_hz`"),
    ("colour", Place::Code, "`color`: names are in American spelling"),
    ("centre", Place::Code, "`center`: names are in American spelling"),
    ("normalise", Place::Code, "`normalize`: names are in American spelling"),
    ("analyse", Place::Code, "`analyze`: names are in American spelling"),
];

/// Pages that have to be able to say what is banned.
const MAY_SAY_THEM: [&str; 3] = ["docs/glossary.md", "docs/style.md", "xtask/src/tidy/"];

const TEXT: [&str; 8] = ["rs", "md", "toml", "json", "ts", "svelte", "html", "css"];

pub(super) fn check(file: &SourceFile) -> Vec<Complaint> {
    let path = &file.path;
    let Some(text) = &file.text else { return Vec::new() };
    if !TEXT.contains(&extension(path)) || MAY_SAY_THEM.iter().any(|page| path.starts_with(page)) {
        return Vec::new();
    }
    let is_rust = extension(path) == "rs";
    let mut complaints = Vec::new();
    for (idx, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        let code = if is_rust { code_of(line) } else { String::new() };
        for (word, place, instead) in BANNED {
            let found = match place {
                Place::Everywhere => lower.contains(word),
                Place::Code => code.contains(word),
            };
            if found {
                let word = word.trim();
                complaints.push(Complaint::error(format!(
                    "{path}:{}: not `{word}` but {instead}",
                    idx + 1
                )));
            }
        }
    }
    complaints
}

/// A line of Rust without its strings and comments. Good enough for names; strings over several lines are not seen.
fn code_of(line: &str) -> String {
    let without_strings: String = line.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    without_strings.split("//").next().unwrap_or_default().to_owned()
}
