//! Whole numbers that add up.

/// Shares out `total` in proportion to `weights` as whole numbers that add up to it: the largest remainder method
/// (Hamilton). Equal remainders go to the smaller index. All weights zero: nothing is shared out.
pub fn largest_remainder(total: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    if weights.is_empty() || sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|w| total as f64 * (w / sum)).collect();
    let mut shares: Vec<u64> = exact.iter().map(|x| libm::floor(*x) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let rest = |i: usize| exact[i] - libm::floor(exact[i]);
    order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
    let missing = total.saturating_sub(shares.iter().sum()) as usize;
    for &i in order.iter().cycle().take(missing) {
        shares[i] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_and_follows_the_remainders() {
        assert_eq!(largest_remainder(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(largest_remainder(7, &[0.2, 0.5, 0.3]), [1, 4, 2]);
        assert_eq!(largest_remainder(3, &[0.0, 5.0]), [0, 3]);
        let weights: Vec<f64> = (0..977).map(|i| f64::from(i % 13) * 0.37).collect();
        assert_eq!(largest_remainder(21_893_100, &weights).iter().sum::<u64>(), 21_893_100);
    }

    #[test]
    fn nothing_to_share_among_nobody() {
        assert_eq!(largest_remainder(5, &[0.0, 0.0]), [0, 0]);
        assert!(largest_remainder(5, &[]).is_empty());
    }
}
