//! How far a plan is that is being measured, in words and as a share.

use super::{gap_words, percent, solved_share};
use crate::{
    compute::protocol::Allocating,
    i18n::{Lang, t, tr},
};

/// In words, and as a share from 0 to 1. Searching ways is about half of the work.
#[must_use]
pub fn measuring_words(lang: Lang, far: Allocating) -> (String, f64) {
    match far {
        Allocating::Ways(done, all) => {
            let n = percent(u64::from(done), u64::from(all)).unwrap_or(0);
            (tr(lang, "compare-ways", &[("n", &n.to_string())]), n as f64 / 200.0)
        }
        Allocating::Solving(gap) => {
            let words = gap.map_or_else(
                || t(lang, "compare-solving"),
                |g| tr(lang, "compare-solving-gap", &[("gap", &gap_words(g))]),
            );
            (words, 0.5 + solved_share(gap) / 2.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measurement_only_ever_gets_further() {
        let stages = [
            Allocating::Ways(0, 0),
            Allocating::Ways(1, 4),
            Allocating::Ways(4, 4),
            Allocating::Solving(None),
            Allocating::Solving(Some(1e-2)),
            Allocating::Solving(Some(1e-6)),
        ];
        for lang in [Lang::Zh, Lang::En] {
            let shares: Vec<f64> = stages.iter().map(|s| measuring_words(lang, *s).1).collect();
            assert!(shares.is_sorted() && shares.first() == Some(&0.0) && shares.last() == Some(&1.0), "{shares:?}");
        }
    }
}
