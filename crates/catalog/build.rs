//! Lists the exercise files so that adding one needs no code.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=exercises");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(id) = name.strip_suffix(".movement.toml") {
            names.push(id.to_owned());
        }
    }
    names.sort();
    let mut list = String::from("&[\n");
    for id in names {
        let figure = folder.join(format!("{id}.figure.toml"));
        let movement = folder.join(format!("{id}.movement.toml"));
        let text = fs::read_to_string(&figure)
            .unwrap_or_else(|_| format!("id = {id:?}\nname = {id:?}\n"))
            + "\n"
            + &fs::read_to_string(&movement)?;
        let _ = writeln!(list, "    (\"{id}.toml\", {text:?}),");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("files.rs"), list)
}
