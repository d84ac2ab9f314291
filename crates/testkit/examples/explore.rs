//! Scratch: the engine over the shared clips.
#![allow(clippy::all, clippy::pedantic, unused, clippy::print_stdout, clippy::unwrap_used)]
use std::io::Read;
use motion::engine::StandardName;
fn main() {
    let catalog = catalog::Catalog::builtin().unwrap_or_else(|e| panic!("{e}"));
    let specs: std::collections::BTreeMap<String, motion::spec::MovementSpec> = catalog.exercises().iter().map(|e| (e.id.to_string(), e.movement.clone())).collect();
    let ids: Vec<&String> = specs.keys().collect();
    let sigs: Vec<&[motion::spec::SignatureRule]> = specs.values().map(|s| s.signature.as_slice()).collect();
    let base = "/work/shared/clips";
    let land = std::env::args().nth(1).unwrap_or(format!("{base}/mediapipe-landmarks"));
    let only = std::env::args().nth(2);
    let labels: Vec<serde_json::Value> = serde_json::from_str(&std::fs::read_to_string(format!("{base}/labels.json")).unwrap()).unwrap();
    let (mut ok, mut n, mut okc, mut nc) = (0, 0, 0, 0);
    for l in &labels {
        let name = l["file"].as_str().unwrap().trim_end_matches(".mp4");
        if let Some(o) = &only { if !name.contains(o.as_str()) { continue; } }
        let Ok(f) = std::fs::File::open(format!("{land}/{name}.jsonl.gz")) else { continue };
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(f).read_to_string(&mut text).unwrap();
        let image = units::ImageSize { width: l["width"].as_u64().unwrap() as u32, height: l["height"].as_u64().unwrap() as u32 };
        let poses: Vec<_> = wire::pose_stream::read(&text).unwrap().iter().map(|f| f.pose(image)).collect();
        let poses: Vec<motion::pose::Pose> = match std::env::var("PERTURB").unwrap_or_default().as_str() {
            "half" => poses.into_iter().step_by(2).collect(),
            "third" => poses.into_iter().step_by(3).collect(),
            "coco" => poses.into_iter().map(|mut p| { p.world = None; for k in 15..19 { p.keypoints[k] = Default::default(); } p }).collect(),
            "mirror" => poses.into_iter().map(|mut p| { for k in &mut p.keypoints { k.x = image.width as f64 - k.x; } for j in (1..19).step_by(2) { p.keypoints.swap(j, j + 1); } if let Some(w) = &mut p.world { for k in w.iter_mut() { k.x = -k.x; } for j in (1..19).step_by(2) { w.swap(j, j + 1); } } p }).collect(),
            "noise" => { let mut seed = 1u64; let mut r = move || { seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17; (seed % 10000) as f64 / 5000.0 - 1.0 }; let h = image.height as f64; poses.into_iter().map(|mut p| { for k in &mut p.keypoints { k.x += 0.012 * h * r(); k.y += 0.012 * h * r(); } p }).collect() },
            "jitter" => { let mut i = 0u64; poses.into_iter().filter(|_| { i = i.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); (i >> 33) % 10 < 7 }).collect() },
            "slow" => poses.into_iter().map(|mut p| { p.time.micros = p.time.micros * 2; p }).collect(),
            "fast" => poses.into_iter().map(|mut p| { p.time.micros = p.time.micros * 6 / 10; p }).collect(),
            "live" => poses,
            _ => poses,
        };
        let scores = motion::analysis::classify(&poses, &sigs);
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let top: String = order.iter().take(3).map(|&i| format!("{} {:.2}  ", ids[i], scores[i])).collect();
        let Some(ex) = l["exercise"].as_str() else { let id = ids[order[0]]; let e = motion::analysis::run(&poses, &specs[id], StandardName::Default); println!("{name:34} -- {top} cycles {:?}", e.reps().iter().map(|r| (r.start.as_secs().round(), r.end.as_secs().round(), r.counted)).collect::<Vec<_>>()); continue };
        let e = if std::env::var("PERTURB").unwrap_or_default() == "live" { let mut e = motion::engine::Engine::new(&specs[ex], StandardName::Default, None); for p in &poses { e.push(p); } e.finish(); e } else { motion::analysis::run(&poses, &specs[ex], StandardName::Default) };
        let want = l["reps"].as_u64();
        let got = e.reps().len() as u64;
        let good = want.is_none_or(|w| w.abs_diff(got) <= l["tolerance"].as_u64().unwrap_or(0));
        n += 1; ok += good as u32;
        nc += 1; okc += (ids[order[0]] == ex) as u32;
        let rep = motion::report::report(&e, Some(catalog.get(ex).unwrap().reference()));
        println!("{}{} {name:34} score {:?} {ex:14} want {:?} got {got} counted {} yaw {:.0} hold {:.0} findings {:?} | {top}", if good {"  "} else {"X "}, if ids[order[0]]==ex {"  "} else {"C "}, rep.score.map(|s| s.round()), want, e.reps().iter().filter(|r| r.counted).count(), e.view().yaw_deg(), e.hold().held_ms,
            e.findings().iter().map(|f| format!("{}@{:.1}s {:.0}±{:.0}", specs[ex].checks[f.check].id, f.time.as_secs(), f.value, f.margin)).collect::<Vec<_>>());
        if only.is_some() || !good {
            for r in e.reps() { println!("      {:.2} {:.2} {:.2} side {:?} counted {} missed {:?} rom {:.0} exc {:.2} {:?} conf {:.2}", r.start.as_secs(), r.turn.as_secs(), r.end.as_secs(), r.side, r.counted, r.missed.iter().map(|&i| &e.standard().criteria[i].id).collect::<Vec<_>>(), r.rom_deg, r.excursion, r.measured.iter().map(|m| format!("{:.0}±{:.0}", m.value, m.margin)).collect::<Vec<_>>(), r.confidence); }
            for c in motion::analysis::alignments(&poses, &specs[ex], StandardName::Default) { println!("      {c:.3?}"); }
        }
        if only.is_some() {
            for r in &rep.reps { println!("   tech {:?}", r.technique.as_ref().map(|t| (t.total.round(), t.shape.round(), t.depth.round(), t.symmetry.map(|s| s.round()), t.tempo.round(), t.smoothness.round(), t.joints.iter().map(|j| format!("{:?} {:.0} {:.0}@{:.2}", j.signal, j.mean_deg, j.worst_deg, j.worst_at)).collect::<Vec<_>>()))); }
            println!("   tips {:#?} {:?}\n effort {:?} loss {:?} cons {:?}", rep.tips, rep.camera_advice, rep.effort, rep.velocity_loss, rep.consistency);
            let mut c = motion::classify::Classifier::new(&sigs);
            let mut lastt = poses[0].time;
            for p in &poses { c.push(p); lastt = p.time; if (p.time.as_secs()*10.0) as u64 % 30 == 0 {  } }
            let ti = ids.iter().position(|i| *i == ex).unwrap();
            for (r, k) in c.explain(ti, lastt) { println!("        {:?} {:?} min {:?} max {:?}: {k:.2}", r.signal, r.of, r.min, r.max); }
        }
    }
    println!("{ok}/{n} counts, {okc}/{nc} classes");
}
