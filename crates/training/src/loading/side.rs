//! The plates on each end of a bar.

use std::collections::BTreeMap;

use super::Loading;

/// How a bar is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnBar {
    /// The empty bar, grams.
    pub bar_g: u32,
    /// Plates on each end, grams, from the inside out: heaviest first.
    pub plates_g: Vec<u32>,
}

/// Sums of plates within so many grams are the same: pounds are rounded.
const SAME_G: u32 = 10;

impl Loading {
    /// The plates on each end for a load, grams, as few as can be, and of those the heaviest first. None where the load cannot be made: ask for
    /// [`Loading::nearest`] first.
    #[must_use]
    pub fn on_bar(&self, load_g: i32) -> Option<OnBar> {
        let bar_g = self.bars_g.first().copied()?;
        let plates_g = u32::try_from(load_g).ok()?;
        // A bar that is a gram lighter than said is still that bar.
        let side_g = plates_g.checked_add(SAME_G)?.checked_sub(bar_g)?.saturating_sub(SAME_G) / 2;
        let mut sizes = self.plates.clone();
        sizes.sort_unstable_by_key(|one| std::cmp::Reverse(one.g));
        let mut best: BTreeMap<u32, Vec<u32>> = BTreeMap::from([(0, Vec::new())]);
        for size in sizes {
            let mut more: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (sum, plates) in &best {
                for n in 1..=u32::from(size.n_pairs) {
                    let sum = sum + n * size.g;
                    if sum > side_g.saturating_add(SAME_G) {
                        break;
                    }
                    let mut plates = plates.clone();
                    plates.extend((0..n).map(|_| size.g));
                    let known = more.get(&sum).or_else(|| best.get(&sum));
                    if known.is_none_or(|known| better(&plates, known)) {
                        more.insert(sum, plates);
                    }
                }
            }
            best.append(&mut more);
        }
        let near = best.range(side_g.saturating_sub(SAME_G)..);
        let (_, plates_g) = near.min_by_key(|(sum, _)| sum.abs_diff(side_g))?;
        Some(OnBar { bar_g, plates_g: plates_g.clone() })
    }
}

/// Fewer plates, or heavier ones first.
fn better(plates: &[u32], known: &[u32]) -> bool {
    (plates.len(), known) < (known.len(), plates)
}
