//! Loads the region pack.

use crate::Refusal;
use atlas_core::{
    format::region::{FIRST_PACK, NETWORK_PACK, read_first, read_second},
    model::Region,
};
use std::{borrow::Cow, path::Path};

static FIRST: &[u8] = include_bytes!("../../data/pack/first.pack");
static NETWORK: &[u8] = include_bytes!("../../data/pack/network.pack");

/// Loads the built-in pack, or the one in a folder. Rows that could not be used are named on standard error.
pub fn load(folder: Option<&Path>) -> Result<Region, Refusal> {
    let bytes = |name: &str, built_in: &'static [u8]| match folder {
        None => Ok(Cow::Borrowed(built_in)),
        Some(dir) => {
            let path = dir.join(name);
            std::fs::read(&path).map(Cow::Owned).map_err(|e| {
                Refusal(format!(
                    "cannot read {}: {e}. Give a folder with {FIRST_PACK} and {NETWORK_PACK}.",
                    path.display()
                ))
            })
        }
    };
    let bad = |name: &str, e: &dyn std::fmt::Display| {
        Refusal(format!("{name}: {e}. Build the pack again with `cargo xtask data`."))
    };
    let first = read_first(&bytes(FIRST_PACK, FIRST)?).map_err(|e| bad(FIRST_PACK, &e))?;
    let second =
        read_second(&bytes(NETWORK_PACK, NETWORK)?, &first.baseline.prefectures).map_err(|e| bad(NETWORK_PACK, &e))?;
    for problem in first.problems.iter().chain(&second.problems) {
        eprintln!("atlas: {problem}");
    }
    Ok(Region { baseline: first.baseline, ground: second.ground })
}
