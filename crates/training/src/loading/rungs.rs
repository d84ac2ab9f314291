//! Loads that can be made of the weights there are: the next one up, down, and the nearest.
//!
//! Loads within a few grams are the same: pounds are rounded plate by plate.

use super::{Gear, Loading, MassUnit, Weights};

/// So far apart loads are still the same, grams.
pub(crate) const SAME_G: i32 = 20;
/// The heaviest load that there is, grams.
const MOST_G: i32 = 1_000_000;

impl Loading {
    /// The heaviest load up to `load_g`, grams. None where even the lightest is heavier.
    #[must_use]
    pub fn at_most(&self, gear: Gear, load_g: i32) -> Option<i32> {
        let most = load_g.clamp(-MOST_G, MOST_G) + SAME_G;
        self.rungs(gear, most).into_iter().rfind(|&rung| rung <= most)
    }

    /// The lightest load from `load_g` on, grams. None where even the heaviest is lighter.
    #[must_use]
    pub fn at_least(&self, gear: Gear, load_g: i32) -> Option<i32> {
        let least = load_g.clamp(-MOST_G, MOST_G) - SAME_G;
        self.rungs(gear, least).into_iter().find(|&rung| rung >= least)
    }

    /// The load nearest to `load_g`, grams; of two that are as near the lighter one.
    #[must_use]
    pub fn nearest(&self, gear: Gear, load_g: i32) -> Option<i32> {
        let all = [self.at_most(gear, load_g), self.at_least(gear, load_g)];
        all.into_iter().flatten().min_by_key(|rung| (rung.abs_diff(load_g), *rung))
    }

    /// The load to go on to, grams: 2.5 kg or 5 lb more on a bar, twice that where the legs and hips work; the next weight
    /// or pin elsewhere. None where there is nothing heavier.
    #[must_use]
    pub fn next_up(&self, gear: Gear, load_g: i32, legs: bool) -> Option<i32> {
        let small = match self.unit {
            MassUnit::Kilogram => 2_500,
            MassUnit::Pound => 2_268,
        };
        let step = match gear {
            Gear::Bar if legs => 2 * small,
            Gear::Bar => small,
            Gear::Added if load_g >= 0 => small,
            Gear::Added | Gear::Dumbbells | Gear::Kettlebell | Gear::Machine => 2 * SAME_G + 1,
        };
        self.at_least(gear, load_g.clamp(-MOST_G, MOST_G) + step).filter(|&up| up > load_g)
    }

    /// Loads in order, with all that are next to `around_g` among them.
    fn rungs(&self, gear: Gear, around_g: i32) -> Vec<i32> {
        match gear {
            Gear::Bar => {
                let bar = signed(self.bars_g.first().copied().unwrap_or(20_000));
                self.sums((around_g - bar) / 2, u32::from)
                    .into_iter()
                    .map(|side| bar + 2 * side)
                    .collect()
            }
            Gear::Dumbbells => self.dumbbells.rungs(),
            Gear::Kettlebell => self.kettlebells.rungs(),
            Gear::Machine => self.pins(around_g.max(signed(self.machine_step_g))),
            Gear::Added if around_g < 0 => self.pins(around_g),
            Gear::Added => self.sums(around_g, |n_pairs| 2 * u32::from(n_pairs)),
        }
    }

    /// The pins below, at and above.
    fn pins(&self, around_g: i32) -> Vec<i32> {
        let step = signed(self.machine_step_g).max(1);
        let pin = around_g.div_euclid(step);
        [pin * step, (pin + 1) * step].to_vec()
    }

    /// What plates add up to, grams, in order, up to one more than `around_g` needs: from any sum that is more, taking off
    /// plates one by one leads past there in steps of at most the heaviest.
    fn sums(&self, around_g: i32, n_of: impl Fn(u8) -> u32) -> Vec<i32> {
        let heaviest = self.plates.iter().map(|one| one.g).max().unwrap_or(0);
        let around = u32::try_from(around_g.clamp(0, MOST_G)).unwrap_or(0);
        let most = around.saturating_add(heaviest).saturating_add(SAME_G.unsigned_abs());
        // All sums are multiples of what all plates are multiples of.
        let unit = self.plates.iter().fold(0, |unit, one| common_divisor(unit, one.g)).max(1);
        let len = usize::try_from(most / unit).unwrap_or(0) + 1;
        // None where a sum cannot be made, else how many plates of the size at hand the sum has at least.
        let mut n_used: Vec<Option<u32>> = vec![None; len];
        n_used[0] = Some(0);
        for plate in &self.plates {
            n_used.iter_mut().flatten().for_each(|n| *n = 0);
            let step = usize::try_from(plate.g / unit).unwrap_or(len).max(1);
            for sum in step..len {
                let with = n_used[sum - step].filter(|n| *n < n_of(plate.n_pairs));
                if n_used[sum].is_none() {
                    n_used[sum] = with.map(|n| n + 1);
                }
            }
        }
        let made = (0..).zip(n_used).filter_map(|(n, used): (u32, _)| used.map(|_| n * unit));
        made.map(signed).collect()
    }
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

impl Weights {
    fn rungs(&self) -> Vec<i32> {
        match self {
            Self::Steps { from_g, step_g, most_g } => {
                let n_steps = most_g.saturating_sub(*from_g) / (*step_g).max(1);
                (0..=n_steps).map(|n| signed(from_g + n * step_g)).collect()
            }
            Self::List(all) => all.iter().map(|&g| signed(g)).collect(),
        }
    }
}

/// Weights are checked to be far below where this would matter.
fn signed(g: u32) -> i32 {
    i32::try_from(g).unwrap_or(MOST_G).min(MOST_G)
}
