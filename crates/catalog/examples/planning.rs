//! How long planning takes: ten thousand made-up people on the library that ships, as a table.
//!
//! `cargo run --release -p catalog --example planning`

#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::time::{Duration, Instant};

use catalog::{Catalog, CatalogError};
use training::exercise::{Facts, Kit, Level, Limit};
use training::planner::{Intake, plan};
use training::program::{Goal, Weekday};

const PEOPLE: u64 = 10_000;

/// Draws, the same for the same seed (a 64-bit linear congruential generator, Knuth's constants).
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n.max(1) as u64).unwrap_or(0)
    }

    fn some<T: Copy>(&mut self, all: &[T], percent: usize) -> Vec<T> {
        all.iter().copied().filter(|_| self.below(100) < percent).collect()
    }
}

fn somebody(seed: u64) -> Intake {
    let mut draws = Draws(seed);
    let mut weekdays = Weekday::ALL.to_vec();
    let n_days = 1 + draws.below(6);
    while weekdays.len() > n_days {
        weekdays.remove(draws.below(weekdays.len()));
    }
    let (much_kit, limited) = ([0, 20, 60, 100][draws.below(4)], [0, 0, 8, 25][draws.below(4)]);
    Intake {
        goal: Goal::ALL[draws.below(Goal::ALL.len())],
        level: Level::ALL[draws.below(Level::ALL.len())],
        weekdays,
        minutes: u16::try_from(15 + draws.below(106)).unwrap_or(45),
        kit: draws.some(Kit::ALL, much_kit),
        limits: draws.some(Limit::ALL, limited),
        avoid: Vec::new(),
        known: Vec::new(),
        usual: Vec::new(),
        seed,
    }
}

fn main() -> Result<(), CatalogError> {
    let catalog = Catalog::builtin()?;
    let library: Vec<Facts> = catalog.library().iter().map(|entry| entry.facts.clone()).collect();
    let mut times: Vec<Duration> = Vec::new();
    let mut n_refused = 0;
    for seed in 0..PEOPLE {
        let intake = somebody(seed);
        let started = Instant::now();
        let planned = plan(&intake, &library);
        times.push(started.elapsed());
        n_refused += u32::from(planned.is_err());
    }
    times.sort_unstable();
    let ms = |permille: usize| times[(times.len() - 1) * permille / 1000].as_secs_f64() * 1e3;
    println!("{PEOPLE} people, {n_refused} of whom nothing is left to plan for");
    println!("median   p95     p99     slowest");
    println!("{:.2} ms  {:.2} ms  {:.2} ms  {:.2} ms", ms(500), ms(950), ms(990), ms(1000));
    Ok(())
}
