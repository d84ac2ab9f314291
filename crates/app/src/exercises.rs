//! `spotter exercises`: what can be judged.

use std::io::Write as _;

use anstyle::Style;
use anyhow::Result;
use catalog::Catalog;

pub(crate) fn run() -> Result<()> {
    let catalog = Catalog::builtin()?;
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let width = |of: &dyn Fn(&catalog::Exercise) -> usize| {
        catalog.exercises().iter().map(of).max().unwrap_or(0)
    };
    let (id_width, name_width) =
        (width(&|e| e.id.as_str().len()), width(&|e| e.name.chars().count()));
    let mut out = anstream::stdout();
    writeln!(
        out,
        "{bold}{:id_width$}  {:name_width$}  {:8}  Variant of{bold:#}",
        "Id", "Name", "Camera"
    )?;
    for exercise in catalog.exercises() {
        let family = if exercise.family == exercise.id { "" } else { exercise.family.as_str() };
        let (id, name, camera) =
            (exercise.id.as_str(), &exercise.name, camera_words(&exercise.camera));
        writeln!(out, "{id:id_width$}  {name:name_width$}  {camera:8}  {dim}{family}{dim:#}")?;
    }
    Ok(())
}

fn camera_words(camera: &str) -> &str {
    match camera {
        "front34" => "front ¾",
        other => other,
    }
}
