//! Warehouse location problems of the OR-Library (`cap*`).
//!
//! `m n`; for each of m sites `capacity fixed_cost`; then for each of n customers its demand and m costs of serving all of it.
//! Line breaks mean nothing. A capacity may be the word `capacity`, for which the user gives a number ([`Cap::capacitated`]), as
//! the files capa, capb and capc have it.
//!
//! Costs have decimals: all are multiplied by the power of ten that makes the finest of them whole, so that sums are exact.
//! Demands and capacities have a power of their own.

use super::numbers::{Decimal, Words};
use crate::{
    diagnostics::Diagnostic,
    siting::{Problem, capacitated::CapacitatedProblem},
};

const REMEDY: &str =
    "Choose an OR-Library cap file: m n, m lines capacity fixed_cost, then demand and m costs a customer.";

/// A file.
#[derive(Clone, Debug)]
pub struct Cap {
    /// The problem in whole numbers; capacities that the file leaves open are 0.
    problem: CapacitatedProblem,
    /// Sites whose capacity the file leaves open.
    open_capacity: Vec<u32>,
    /// Costs are the file's times this.
    pub cost_scale: f64,
    /// Demands and capacities are the file's times this.
    pub demand_scale: f64,
}

impl Cap {
    /// Without capacities, costs in [`Cap::cost_scale`].
    #[must_use]
    pub fn uncapacitated(&self) -> Problem {
        self.problem.uncapacitated()
    }

    /// With capacities, costs in [`Cap::cost_scale`]. `capacity` is for sites whose capacity the file leaves open.
    ///
    /// # Errors
    /// Where one is needed, and none is given.
    pub fn capacitated(&self, capacity: Option<f64>) -> Result<CapacitatedProblem, Diagnostic> {
        let mut problem = self.problem.clone();
        if let Some(first) = self.open_capacity.first() {
            let Some(capacity) = capacity.filter(|c| *c >= 0.0 && c.is_finite()) else {
                return Err(Diagnostic::error(
                    "orlib-cap-no-capacity",
                    format!("site {}", first + 1),
                    "the file leaves capacities open, with the word `capacity`",
                    "Give the capacity of a site.",
                ));
            };
            for j in &self.open_capacity {
                // Rounded down: nothing is served that the given capacity does not hold.
                problem.capacities[*j as usize] = libm::floor(capacity * self.demand_scale);
            }
        }
        Ok(problem)
    }
}

/// Reads a file.
///
/// # Errors
/// The first word that cannot be read, with its line.
pub fn read(text: &str) -> Result<Cap, Diagnostic> {
    let mut words = Words::new(text, "orlib-cap", REMEDY);
    let (m, n) = (words.count("the number of sites")?, words.count("the number of customers")?);
    words.enough(2 * m as u128 + n as u128 * (1 + m as u128))?;
    let (mut capacities, mut opening, mut open_capacity) = (Vec::new(), Vec::new(), Vec::new());
    for j in 0..m {
        if words.skip("capacity") {
            open_capacity.push(j as u32);
            capacities.push(Decimal::default());
        } else {
            capacities.push(words.decimal("a capacity")?);
        }
        opening.push(words.decimal("a fixed cost")?);
    }
    let (mut demands, mut costs) = (Vec::new(), Vec::new());
    for _ in 0..n {
        demands.push(words.decimal("a demand")?);
        for _ in 0..m {
            costs.push(words.decimal("a cost")?);
        }
    }
    words.end()?;
    let (problem, cost_scale, demand_scale) = words.fixed_charge(&capacities, &opening, &demands, &costs)?;
    Ok(Cap { problem, open_capacity, cost_scale, demand_scale })
}
