//! The game between choices and futures: which weights of the futures leave the best mixture of known choices dearest?
//!
//! ```text
//! maximise v    subject to    sum_k w_k value_sk >= v for every choice s,   sum_k w_k = 1,   w >= 0
//! ```
//!
//! Solved as the linear programme of von Neumann's theorem by the simplex method on a dense tableau: there is a row a future and a column
//! a choice. Only the course of the search rests on it; every bound is checked by solving the averaged problem.

/// What the game gives.
pub(super) struct Game {
    /// Weights of the futures.
    pub futures: Vec<f64>,
    /// Weights of the choices.
    pub choices: Vec<f64>,
    /// What the game is worth.
    pub value: f64,
}

/// Solves it: `values` by choice and future, at least one of each.
pub(super) fn solve(values: &[&[f64]]) -> Game {
    let (choices, futures) = (values.len(), values[0].len());
    // All entries are brought to between 1 and 2: the value is then above 0.
    let all = || values.iter().flat_map(|v| v.iter().copied());
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    // maximise sum x_s with sum_s value_sk x_s <= 1 for every future: slack variables are the first basis.
    let width = choices + futures + 1;
    let mut t = vec![vec![0.0; width]; futures + 1];
    for k in 0..futures {
        for s in 0..choices {
            t[k][s] = 1.0 + (values[s][k] - low) / span;
        }
        t[k][choices + k] = 1.0;
        t[k][width - 1] = 1.0;
    }
    t[futures][..choices].fill(-1.0);
    let mut basis: Vec<usize> = (choices..choices + futures).collect();
    for round in 0..40 * (choices + futures) {
        let reduced = &t[futures][..width - 1];
        let entering = if round < 10 * (choices + futures) {
            (0..width - 1).min_by(|a, b| reduced[*a].total_cmp(&reduced[*b]).then(a.cmp(b)))
        } else {
            // Bland's rule ends every circle.
            (0..width - 1).find(|c| reduced[*c] < -1e-11)
        };
        let Some(c) = entering.filter(|c| reduced[*c] < -1e-11) else { break };
        let mut leaving: Option<(f64, usize, usize)> = None;
        for k in 0..futures {
            if t[k][c] > 1e-11 {
                let step = (t[k][width - 1] / t[k][c], basis[k], k);
                if leaving.is_none_or(|l| (step.0, step.1) < (l.0, l.1)) {
                    leaving = Some(step);
                }
            }
        }
        let Some((_, _, r)) = leaving else { break };
        let pivot = t[r][c];
        t[r].iter_mut().for_each(|v| *v /= pivot);
        let row = t[r].clone();
        for (k, other) in t.iter_mut().enumerate() {
            let by = other[c];
            if k != r && by != 0.0 {
                other.iter_mut().zip(&row).for_each(|(v, p)| *v -= by * p);
            }
        }
        basis[r] = c;
    }
    let normed = |raw: Vec<f64>, otherwise: usize| {
        let sum: f64 = raw.iter().sum();
        if sum > 0.0 && sum.is_finite() {
            raw.into_iter().map(|x| x / sum).collect()
        } else {
            let mut one = vec![0.0; raw.len()];
            one[otherwise] = 1.0;
            one
        }
    };
    let futures_w = normed((0..futures).map(|k| t[futures][choices + k].max(0.0)).collect(), 0);
    let mut x = vec![0.0; choices];
    for (k, b) in basis.iter().enumerate().filter(|(_, b)| **b < choices) {
        x[*b] = t[k][width - 1].max(0.0);
    }
    let choices_w = normed(x, 0);
    let worth = |s: &[f64]| s.iter().zip(&futures_w).map(|(v, w)| v * w).sum::<f64>();
    let value = values.iter().map(|s| worth(s)).fold(f64::INFINITY, f64::min);
    Game { futures: futures_w, choices: choices_w, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_game_without_saddle_point_is_mixed() {
        // Matching pennies with uneven stakes: 3 w - 1 (1-w) = -2 w + 1 (1-w) gives w = 2/7 and a value of 1/7.
        let g = solve(&[&[3.0, -1.0], &[-2.0, 1.0]]);
        assert!((g.futures[0] - 2.0 / 7.0).abs() < 1e-9, "{:?}", g.futures);
        assert!((g.value - 1.0 / 7.0).abs() < 1e-9, "{}", g.value);
        assert!((g.choices[0] - 3.0 / 7.0).abs() < 1e-9, "{:?}", g.choices);
    }

    #[test]
    fn a_choice_that_is_best_in_all_futures_is_played_alone() {
        let g = solve(&[&[5.0, 6.0, 7.0], &[4.0, 5.0, 6.5], &[9.0, 5.5, 7.0]]);
        assert_eq!(g.choices.iter().map(|c| *c > 1e-9).collect::<Vec<_>>(), [false, true, false]);
        assert!((g.value - 6.5).abs() < 1e-9);
        assert!((g.futures[2] - 1.0).abs() < 1e-9);
    }
}
