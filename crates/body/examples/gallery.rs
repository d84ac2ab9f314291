//! Writes contact sheets to look at: `gallery EXERCISES_FOLDER OUT.html [id …]`.
//!
//! Without ids, every exercise in one row: start position, halfway and turning point from the side, the same from the
//! front. With ids, each of them at length: five points of the cycle from the side, from the front and from three
//! quarters, then every fault where it is worst.
#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::error::Error;
use std::fmt::Write as _;
use std::{env, fs};

use body::draw::{Angle, Caption, Scale, animated, from_keypoints, still};
use body::{Camera, FigureSpec, Moment, Physique, Rig};
use serde::Deserialize;

#[derive(Deserialize)]
struct Exercise {
    id: String,
    name: String,
    figure: FigureSpec,
}

const HEAD: &str = "<!doctype html><meta charset=utf-8><style>\
body{font:13px system-ui;margin:8px;background:#fff;color:#1c2430}\
.row{display:flex;gap:2px;align-items:end;border-bottom:1px solid #ccc}\
.row div{flex:1;text-align:center;min-width:0}svg{width:100%;height:170px}\
.dark{background:#10151d;color:#e6ebf2}h2{margin:6px 0;font-size:15px}</style>";

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let (folder, out) =
        (args.next().ok_or("folder of figure files?")?, args.next().ok_or("output file?")?);
    let wanted: Vec<String> = args.collect();
    let mut files: Vec<_> = fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| {
        path.extension().is_some_and(|extension| extension == "toml")
            && fs::read_to_string(path).is_ok_and(|text| text.contains("[figure]"))
    });
    files.sort();
    let mut html = HEAD.to_owned();
    for path in files {
        let exercise: Exercise = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        exercise.figure.validate().map_err(|error| format!("{}: {error}", path.display()))?;
        if wanted.is_empty() {
            overview(&mut html, &exercise)?;
        } else if wanted.contains(&exercise.id) {
            let dark = html.matches("<h2>").count() % 2 == 1;
            write!(html, "<section class=\"{}\">", if dark { "dark" } else { "light" })?;
            sheet(&mut html, &exercise)?;
            html.push_str("</section>");
        }
    }
    fs::write(&out, html)?;
    println!("Wrote {out}");
    Ok(())
}

fn overview(html: &mut String, exercise: &Exercise) -> Result<(), Box<dyn Error>> {
    let rig = Rig::new(&exercise.figure, &Physique::default());
    let caption = Caption { title: &exercise.name, description: "A figure." };
    let cycle = || (0..=40).map(|i| rig.pose_at(f64::from(i) / 40.0));
    let miss_mm = cycle().map(|figure| figure.contact_miss_m() * 1e3).fold(0.0, f64::max);
    let lowest_m = cycle()
        .flat_map(|figure| figure.blazepose().map(|point| point.y))
        .fold(f64::INFINITY, f64::min);
    let size = |angle| animated(&rig, &[], angle, [2.0, 0.0, 1.0, 0.0], caption).len();
    let bytes = size(Angle::SIDE).max(size(Angle::FRONT));
    write!(
        html,
        "<h2>{} · {bytes} B · worst contact {miss_mm:.2} mm · lowest {:.0} mm</h2><div class=row>",
        exercise.id,
        lowest_m * 1e3
    )?;
    let turn = rig.spec().turn();
    for angle in [Angle::SIDE, Angle::FRONT] {
        for progress in [0.0, 0.5 * turn, turn] {
            let moment = Moment { progress, ..Moment::default() };
            write!(html, "<div>{}</div>", still(&rig, moment, angle, caption))?;
        }
    }
    html.push_str("</div>");
    Ok(())
}

fn sheet(html: &mut String, exercise: &Exercise) -> Result<(), Box<dyn Error>> {
    let rig = Rig::new(&exercise.figure, &Physique::default());
    let caption = Caption { title: &exercise.name, description: "A figure." };
    let turn = rig.spec().turn();
    let points = [0.0, 0.4 * turn, 0.7 * turn, turn, 0.5 * (1.0 + turn)];
    let moving = animated(&rig, &[], Angle::SIDE, [2.0, 0.0, 1.0, 0.0], caption);
    let miss_mm = (0..=40)
        .map(|i| rig.pose_at(f64::from(i) / 40.0).contact_miss_m() * 1e3)
        .fold(0.0, f64::max);
    let joints: Vec<_> = (0..=200).map(|i| rig.pose_at(f64::from(i) / 200.0).joints()).collect();
    let jump = |pair: &[[body::space::Vec3; 19]]| {
        pair[0].iter().zip(&pair[1]).map(|(a, b)| (*b - *a).norm()).fold(0.0, f64::max)
    };
    let jump_mm = joints.windows(2).map(jump).fold(0.0, f64::max) * 1e3;
    let n_frames = moving
        .split("values=\"")
        .map(|rest| rest.split('"').next().unwrap_or("").matches(';').count())
        .max();
    if let Ok(folder) = env::var("ANIM") {
        for (name, angle) in [("side", Angle::SIDE), ("front", Angle::FRONT)] {
            let svg = animated(&rig, &[], angle, [2.0, 0.0, 1.0, 0.0], caption);
            fs::write(format!("{folder}/{}_{name}.svg", exercise.id), svg)?;
        }
    }
    write!(
        html,
        "<h2>{} · animation {} B, {n_frames:?} frames · worst contact {miss_mm:.3} mm, jump {jump_mm:.0} mm</h2>",
        exercise.id,
        moving.len()
    )?;
    for angle in [Angle::SIDE, Angle::FRONT, Angle::THREE_QUARTER] {
        html.push_str("<div class=row>");
        for progress in points {
            let figure = rig.pose_at(progress);
            let com = figure.center_of_mass();
            let ankle = figure.blazepose()[27];
            let svg = still(&rig, Moment { progress, ..Moment::default() }, angle, caption);
            write!(html, "<div>{svg}{progress:.2} com {:.0} mm</div>", (com.z - ankle.z) * 1e3)?;
        }
        html.push_str("</div>");
    }
    html.push_str("<div class=row>");
    for fault in &exercise.figure.faults {
        let worst = if matches!(fault.when, body::When::Start) || fault.reaches_start < 1.0 {
            0.0
        } else {
            turn
        };
        let progress = match fault.when {
            body::When::Going => 0.5 * turn,
            body::When::Returning => 0.5 * (1.0 + turn),
            _ => worst,
        };
        for angle in [Angle::SIDE, Angle::FRONT] {
            let faults = [(fault.id.as_str(), 1.0)];
            let miss_mm = rig.pose_at_with(progress, false, &faults).contact_miss_m() * 1e3;
            let svg =
                still(&rig, Moment { progress, mirror: false, faults: &faults }, angle, caption);
            write!(html, "<div>{svg}{} {miss_mm:.2}</div>", fault.id)?;
        }
    }
    let camera = Camera { yaw_deg: -70.0, ..Camera::default() };
    let joints = rig.pose_at(turn).joints().map(|joint| camera.project(joint).map(|p| (p.x, p.y)));
    write!(
        html,
        "<div>{}from keypoints</div></div>",
        from_keypoints(&joints, Scale::of([&joints]), caption)
    )?;
    Ok(())
}
