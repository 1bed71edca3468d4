//! Single-source capacitated location problems of Holmberg, Rönnqvist and Yuan (`p1` to `p71`).
//!
//! `m n`; m capacities; m fixed costs; n demands; n rows of m costs, each of serving all of the customer. Line breaks mean
//! nothing. Decimals are kept as in [`super::orlib_cap`].

use super::numbers::{Decimal, Words};
use crate::{diagnostics::Diagnostic, siting::capacitated::CapacitatedProblem};

const REMEDY: &str = "Choose a Holmberg file: m n, m capacities, m fixed costs, n demands, then n rows of m costs.";

/// A file.
#[derive(Clone, Debug)]
pub struct Holmberg {
    /// The problem in whole numbers.
    pub problem: CapacitatedProblem,
    /// Costs are the file's times this.
    pub cost_scale: f64,
    /// Demands and capacities are the file's times this.
    pub demand_scale: f64,
}

/// Reads a file.
///
/// # Errors
/// The first word that cannot be read, with its line.
pub fn read(text: &str) -> Result<Holmberg, Diagnostic> {
    let mut words = Words::new(text, "holmberg", REMEDY);
    let (m, n) = (words.count("the number of sites")?, words.count("the number of customers")?);
    words.enough(2 * m as u128 + n as u128 * (1 + m as u128))?;
    let mut many = |count: usize, what: &str| -> Result<Vec<Decimal>, Diagnostic> {
        (0..count).map(|_| words.decimal(what)).collect()
    };
    let (capacities, opening) = (many(m, "a capacity")?, many(m, "a fixed cost")?);
    let (demands, costs) = (many(n, "a demand")?, many(n * m, "a cost")?);
    words.end()?;
    let (problem, cost_scale, demand_scale) = words.fixed_charge(&capacities, &opening, &demands, &costs)?;
    Ok(Holmberg { problem, cost_scale, demand_scale })
}
