//! How long the maths over a history takes: `cargo run --release -p training --example history_maths`.
//!
//! Best of ten runs for histories of different lengths; what is linear takes as long per set in all of them.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/lifters/lifter.rs"]
mod lifter;

use std::hint::black_box;
use std::time::Instant;

use lifter::{Lifter, USUAL, day, library};
use training::deload::{History, assess};
use training::freshness::freshness;
use training::load::{averages, daily, week};
use training::load_state::load_state;
use training::progress::progress;
use training::readiness::readiness;
use training::records::records;
use training::review::weekly_review;
use training::session::Session;
use training::volume::weeks;

/// Milliseconds, the best of ten.
fn time<T>(work: impl Fn() -> T) -> f64 {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..10).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let library = library();
    let mut columns = Vec::new();
    for n_sets in [1250, 2500, 5000, 20_000] {
        let mut lifter = Lifter::new(3);
        let (mut all, mut check_ins): (Vec<Session>, Vec<_>) = (Vec::new(), Vec::new());
        let mut n_days = 0;
        while all.iter().map(|session| session.sets.len()).sum::<usize>() < n_sets {
            check_ins.extend(lifter.morning(n_days, USUAL));
            all.extend(lifter.session(n_days, USUAL));
            n_days += 1;
        }
        let sessions: Vec<&Session> = all.iter().collect();
        let today = day(n_days);
        let loads = daily(&sessions, today);
        let history = History {
            sessions: &sessions,
            library: &library,
            check_ins: &check_ins,
            deloads: &[],
            asked_on: None,
            answered_on: None,
        };
        let now_ms = all.last().map_or(0, |session| session.started_at_ms);
        let rows = [
            ("progress", time(|| progress(&sessions, &library, today))),
            ("records", time(|| records(&sessions, &library))),
            ("volume", time(|| weeks(&sessions, &library, day(0), today))),
            ("daily loads", time(|| daily(&sessions, today))),
            (
                "week, state, averages",
                time(|| (week(&loads), load_state(&loads), averages(&loads))),
            ),
            (
                "readiness of a year",
                time(|| readiness(&check_ins, &loads, day(n_days.saturating_sub(365)), today)),
            ),
            ("freshness", time(|| freshness(&sessions, &library, now_ms))),
            ("easier week?", time(|| assess(&history, today))),
            (
                "weekly review",
                time(|| weekly_review(&sessions, &library, None, vec![], (today, today))),
            ),
        ];
        columns.push((n_sets, rows));
    }
    print!("{:<22}", "milliseconds for sets");
    columns.iter().for_each(|(n_sets, _)| print!("{n_sets:>9}"));
    println!();
    for row in 0..columns[0].1.len() {
        print!("{:<22}", columns[0].1[row].0);
        columns.iter().for_each(|(_, rows)| print!("{:>9.3}", rows[row].1));
        println!();
    }
    print!("{:<22}", "all");
    columns
        .iter()
        .for_each(|(_, rows)| print!("{:>9.3}", rows.iter().map(|(_, ms)| ms).sum::<f64>()));
    println!();
}
