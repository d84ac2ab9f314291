//! Today's figures, kept in `budget.toml`: worse fails, better asks for the budget to be tightened.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::sheet::{Better, Figure};

/// Figures by key, for full runs and for quick ones.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Budget {
    #[serde(default)]
    full: BTreeMap<String, f64>,
    #[serde(default)]
    quick: BTreeMap<String, f64>,
}

/// Smaller differences come from rounding in the file.
const TOLERANCE: f64 = 0.006;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("budget.toml")
}

impl Budget {
    pub(crate) fn load() -> Result<Self> {
        match std::fs::read_to_string(path()) {
            Ok(text) => {
                toml::from_str(&text).with_context(|| format!("reading `{}`", path().display()))
            }
            Err(_) => Ok(Self::default()),
        }
    }

    fn of(&mut self, mode: Mode) -> &mut BTreeMap<String, f64> {
        match mode {
            Mode::Full => &mut self.full,
            Mode::Quick => &mut self.quick,
        }
    }

    /// What is worse than the budget, and what is better.
    pub(crate) fn compare(
        &mut self,
        mode: Mode,
        figures: &[&Figure],
    ) -> (Vec<String>, Vec<String>) {
        let known = self.of(mode);
        let (mut worse, mut better) = (Vec::new(), Vec::new());
        for figure in figures {
            let Some(&budget) = known.get(&figure.key) else {
                better.push(format!("`{}` = {:.2} has no budget yet", figure.key, figure.value));
                continue;
            };
            let gain = match figure.better {
                Better::Higher => figure.value - budget,
                Better::Lower => budget - figure.value,
            };
            let text =
                format!("`{}` is {:.2}, the budget says {budget:.2}", figure.key, figure.value);
            if gain < -TOLERANCE {
                worse.push(text);
            } else if gain > TOLERANCE {
                better.push(text);
            }
        }
        (worse, better)
    }

    /// Makes today's figures the budget.
    pub(crate) fn accept(&mut self, mode: Mode, figures: &[&Figure]) -> Result<()> {
        for figure in figures {
            self.of(mode).insert(figure.key.clone(), (figure.value * 100.0).round() / 100.0);
        }
        let head = "# What `cargo xtask accuracy` measured last. Worse fails; after getting better run it with `-- --accept`.\n\n";
        std::fs::write(path(), head.to_owned() + &toml::to_string(self)?)?;
        Ok(())
    }
}

/// How much is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Full,
    Quick,
}

impl Mode {
    /// One of two numbers.
    pub(crate) fn pick(self, full: usize, quick: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Quick => quick,
        }
    }
}
