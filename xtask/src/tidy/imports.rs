//! The floors: which of our crates may import which. Imports only point down.
//!
//! The table is `ARCHITECTURE.md` in code. It also lists crates that do not exist yet, so that their first line of
//! `Cargo.toml` already meets the rule. A new arrow needs an ADR and a change here.

use super::Complaint;

/// One of our crates and what its `Cargo.toml` asks for.
pub(super) struct Crate {
    pub(super) name: String,
    pub(super) imports: Vec<String>,
    pub(super) dev_imports: Vec<String>,
}

/// Crate, what it may import. `ANY` stands for everything that is shipped.
const TABLE: [(&str, &[&str]); 21] = [
    ("units", &[]),
    ("body", &["units"]),
    ("motion", &["units"]),
    ("blazepose", &["units", "motion"]),
    ("training", &["units"]),
    ("catalog", &["units", "body", "motion", "training"]),
    ("coach", &["units", "catalog", "motion", "training"]),
    ("wire", &["units", "body", "motion", "blazepose", "training", "catalog", "coach"]),
    ("interop", &["units", "training", "catalog"]),
    ("store", &["units", "training"]),
    ("llm", &[]),
    ("camera", &["units"]),
    ("vision", &["units", "camera", "blazepose", "motion"]),
    ("bus", &["units"]),
    ("gym", &["units", "bus", "camera", "vision", "catalog", "coach", "motion", "store"]),
    (
        "server",
        &["units", "coach", "catalog", "interop", "llm", "motion", "store", "training", "wire"],
    ),
    ("motion_wasm", &["units", "motion", "blazepose", "catalog", "coach", "training", "wire"]),
    ("app", ANY),
    // Never shipped. `testkit` measures the whole pipeline, so it sees what the pipeline is made of.
    (
        "testkit",
        &[
            "units",
            "body",
            "motion",
            "blazepose",
            "training",
            "catalog",
            "coach",
            "wire",
            "camera",
            "vision",
        ],
    ),
    // Only its parity check calls the engine, behind a feature.
    ("xtask", &["motion_wasm"]),
    // Fuzz targets reach the parsers of the adapters.
    ("fuzz", &["camera", "wire", "vision"]),
];

const ANY: &[&str] = &[
    "units",
    "body",
    "motion",
    "blazepose",
    "training",
    "catalog",
    "coach",
    "wire",
    "interop",
    "store",
    "llm",
    "camera",
    "vision",
    "bus",
    "gym",
    "server",
];

/// What tests of any crate may import besides.
const DEV_ONLY: &str = "testkit";

pub(super) fn check(crates: &[Crate]) -> Vec<Complaint> {
    crates.iter().flat_map(check_crate).collect()
}

fn check_crate(from: &Crate) -> Vec<Complaint> {
    let name = &from.name;
    let Some((_, allowed)) = TABLE.iter().find(|(known, _)| known == name) else {
        let why = format!(
            "crate `{name}` is not in the table of floors; see ARCHITECTURE.md and xtask/src/tidy/imports.rs"
        );
        return vec![Complaint::error(why)];
    };
    let forbidden = |to: &&String| !allowed.contains(&to.as_str());
    let imports = from.imports.iter().filter(forbidden);
    let dev_imports =
        from.dev_imports.iter().filter(forbidden).filter(|to| to.as_str() != DEV_ONLY);
    imports
        .map(|to| {
            Complaint::error(format!(
                "`{name}` must not import `{to}`: the floors have no such arrow"
            ))
        })
        .chain(dev_imports.map(|to| {
            Complaint::error(format!(
                "tests of `{name}` must not import `{to}`: the floors have no such arrow"
            ))
        }))
        .collect()
}
