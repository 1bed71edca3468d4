//! Maximal covering cases of the SJC family (points of São José dos Campos).
//!
//! The first line begins with the count, the rest of it is not read; then a line `x y weight` each. Every point is a demand
//! point and a candidate, and covers what lies within the radius, as the crow flies and the border included.

use crate::diagnostics::Diagnostic;

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Where each point lies.
    pub points: Vec<(f64, f64)>,
    /// The demand of each: whole numbers of at least 0.
    pub weights: Vec<f64>,
}

impl Case {
    /// For every point the points within the radius, nearest first.
    #[must_use]
    pub fn within(&self, radius: f64) -> Vec<Vec<u32>> {
        let mut order: Vec<u32> = (0..self.points.len() as u32).collect();
        let at = |i: u32| self.points[i as usize];
        order.sort_unstable_by(|a, b| at(*a).0.total_cmp(&at(*b).0).then(a.cmp(b)));
        let mut near: Vec<(f64, u32)> = Vec::new();
        self.points
            .iter()
            .map(|(x, y)| {
                near.clear();
                let first = order.partition_point(|j| x - at(*j).0 > radius);
                for j in order[first..].iter().copied().take_while(|j| at(*j).0 - x <= radius) {
                    let (dx, dy) = (at(j).0 - x, at(j).1 - y);
                    let square = dx * dx + dy * dy;
                    if square <= radius * radius {
                        near.push((square, j));
                    }
                }
                near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                near.iter().map(|n| n.1).collect()
            })
            .collect()
    }
}

/// Reads a case.
///
/// # Errors
/// The first line that cannot be read, with its number.
pub fn read(text: &str) -> Result<Case, Diagnostic> {
    let wrong = |number: usize, what: &str| {
        let remedy = "Correct the line: the count first, then x, y and a whole weight of at least 0 for every point.";
        Diagnostic::error("sjc-bad-line", format!("line {number}"), what, remedy)
    };
    let mut lines = text.lines().zip(1usize..).filter(|(line, _)| !line.trim().is_empty());
    let Some((line, first)) = lines.next() else {
        return Err(Diagnostic::error("sjc-empty", "line 1", "the file is empty", "Choose an SJC file."));
    };
    let count = line.split_whitespace().next().and_then(|w| w.parse::<usize>().ok());
    let Some(count) = count.filter(|c| *c > 0) else {
        return Err(wrong(first, "the count of points is expected, at least 1"));
    };
    let mut case = Case { points: Vec::new(), weights: Vec::new() };
    for (line, number) in lines {
        let mut words = line.split_whitespace().map(|w| w.parse::<f64>().ok().filter(|v| v.is_finite()));
        let (Some(x), Some(y), Some(weight), None) =
            (words.next().flatten(), words.next().flatten(), words.next().flatten(), words.next())
        else {
            return Err(wrong(number, "three numbers are expected"));
        };
        if !(weight >= 0.0 && libm::trunc(weight) == weight && weight < 1e12) {
            return Err(wrong(number, "the weight is no whole number of at least 0"));
        }
        if case.points.len() == count {
            return Err(wrong(number, "there are more points than announced"));
        }
        case.points.push((x, y));
        case.weights.push(weight);
    }
    if case.points.len() != count {
        let remedy = "The file seems to be cut; get it again, or correct the first line.";
        let message = format!("{count} points are announced, {} are there", case.points.len());
        return Err(Diagnostic::error("sjc-points-missing", format!("line {first}"), message, remedy));
    }
    Ok(case)
}
