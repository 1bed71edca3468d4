//! The value of better data: which parameter's uncertainty moves which indicator most, and so what to find out first.

use super::{Futures, words::MAIN};
use crate::{
    i18n::{Lang, decimals, grouped_digits, parameter_name, source_words, t, tr, unit_words},
    state::{AppState, measure_name},
};
use atlas_core::{profile::Measure, response::Aim};

/// So many parameters are listed.
const MOST: usize = 8;

/// A parameter of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct WorthRow {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// The share of the variance that would go if it were known: of one indicator, or the mean of several.
    pub share: f64,
    /// Whether the indicator grows with it; nothing where several are meant.
    pub grows: Option<bool>,
    /// From where to where it was drawn, in words.
    pub range: String,
    /// Both ends and the most likely value.
    pub ends: [f64; 3],
    /// Its unit, as the table writes it.
    pub unit: String,
    /// True where the table states both ends.
    pub stated: bool,
    /// Basis and confidence in words.
    pub standing: String,
    /// Its source in words.
    pub source: String,
    /// The indicators that it moves, the most first: which and how much of their variance.
    pub moves: Vec<(Measure, f64)>,
}

/// The list, and what it leaves open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worth {
    /// Parameters, the most telling first.
    pub rows: Vec<WorthRow>,
    /// The share of variance that no single parameter explains.
    pub unexplained: f64,
    /// Below this a share may be chance: such parameters are not listed.
    pub chance: f64,
}

/// The parameters that move an indicator of a plan. `None` where there is nothing to say: nothing moves it, or runs are too few.
#[must_use]
pub fn worth(state: &AppState, futures: &Futures, plan: usize, aim: &Aim) -> Option<Worth> {
    let (shares, explained) = futures.shares(plan, aim)?;
    if shares.is_empty() {
        return None;
    }
    let chance = futures.chance();
    let telling = shares.iter().filter(|s| s.first_order > chance).take(MOST);
    let rows: Vec<WorthRow> = telling
        .filter_map(|s| {
            let moves = vec![(aim.measure, s.first_order)];
            row(state, futures, s.parameter as usize, s.first_order, Some(s.grows), moves)
        })
        .collect();
    Some(Worth { rows, unexplained: (1.0 - explained).clamp(0.0, 1.0), chance })
}

/// What moves the main indicators together: by the mean of the shares.
#[must_use]
pub fn worth_together(state: &AppState, futures: &Futures, plan: usize) -> Worth {
    let chance = futures.chance();
    let mut found: Vec<(usize, Vec<(Measure, f64)>)> = Vec::new();
    let known: Vec<_> =
        MAIN.into_iter().filter_map(|m| Some((m, futures.shares(plan, &Aim::of(m, None))?.0))).collect();
    let known: Vec<_> = known.into_iter().filter(|(_, shares)| !shares.is_empty()).collect();
    for (measure, shares) in &known {
        for s in shares.iter().filter(|s| s.first_order > chance) {
            let parameter = s.parameter as usize;
            let moved = (*measure, s.first_order);
            match found.iter_mut().find(|(p, _)| *p == parameter) {
                Some((_, moves)) => moves.push(moved),
                None => found.push((parameter, vec![moved])),
            }
        }
    }
    let mean = |moves: &[(Measure, f64)]| moves.iter().map(|m| m.1).sum::<f64>() / known.len().max(1) as f64;
    for (_, moves) in &mut found {
        moves.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
    // Stable: of equals the one that comes first in the table.
    found.sort_by(|a, b| mean(&b.1).total_cmp(&mean(&a.1)).then(a.0.cmp(&b.0)));
    let row = |(p, moves): (usize, Vec<(Measure, f64)>)| row(state, futures, p, mean(&moves), None, moves);
    let unexplained = 1.0 - found.iter().map(|(_, moves)| mean(moves)).sum::<f64>();
    Worth {
        rows: found.into_iter().take(MOST).filter_map(row).collect(),
        unexplained: unexplained.clamp(0.0, 1.0),
        chance,
    }
}

fn row(
    state: &AppState,
    futures: &Futures,
    parameter: usize,
    share: f64,
    grows: Option<bool>,
    moves: Vec<(Measure, f64)>,
) -> Option<WorthRow> {
    let lang = state.lang;
    let (key, spread) = futures.outlook.drawn.get(parameter)?;
    let table = state.baseline.parameters.get(key);
    let unit = table.map(|p| p.unit.clone()).unwrap_or_default();
    let ends = [spread.low, spread.mode, spread.high];
    let words = [("low", grouped_digits(spread.low)), ("high", grouped_digits(spread.high))];
    let words: Vec<(&str, &str)> = words.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let range = tr(lang, "band-range", &words);
    let range = match unit_words(lang, &unit) {
        u if u.is_empty() => range,
        u => format!("{range} {u}"),
    };
    let standing = table.map_or_else(String::new, |p| {
        let basis = t(lang, &format!("basis-{}", p.origin.basis.key()));
        let confidence = t(lang, &format!("confidence-{}", p.origin.confidence.key()));
        tr(lang, "sure-worth-standing", &[("basis", &basis), ("confidence", &confidence)])
    });
    let source = table.map_or_else(String::new, |p| source_words(lang, &p.origin.source));
    Some(WorthRow {
        name: parameter_name(lang, key),
        key: key.clone(),
        share,
        grows,
        range,
        ends,
        unit,
        stated: spread.stated,
        standing,
        source,
        moves,
    })
}

/// A share of variance in per cent.
#[must_use]
pub fn variance_words(share: f64) -> String {
    format!("{} %", decimals(100.0 * share, 0))
}

/// Which indicators a parameter moves, in words.
#[must_use]
pub fn moves_words(lang: Lang, moves: &[(Measure, f64)]) -> String {
    let each = moves.iter().map(|(m, share)| {
        tr(lang, "sure-worth-moves", &[("name", &measure_name(lang, *m)), ("share", &variance_words(*share))])
    });
    each.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
}

/// What to find out first, as a sentence; nothing where nothing stands out.
#[must_use]
pub fn worth_words(lang: Lang, worth: &Worth) -> Option<String> {
    let first = worth.rows.first()?;
    let key = if first.stated { "sure-worth-first" } else { "sure-worth-first-rule" };
    let values = [
        ("name", first.name.as_str()),
        ("share", &variance_words(first.share)),
        ("range", &first.range),
        ("standing", &first.standing),
    ];
    Some(tr(lang, key, &values))
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{COST, futures, state};
    use super::*;

    #[test]
    fn the_parameter_that_moves_most_comes_first_with_its_row() {
        for lang in [Lang::Zh, Lang::En] {
            let (state, futures) = (state(lang), futures());
            let found = worth(&state, &futures, 0, &COST).expect("shares");
            let first = &found.rows[0];
            assert_eq!(first.key, "freight.cost.all.truck_full");
            assert!(first.share > 0.8 && first.grows == Some(true), "{first:?}");
            assert!(
                first.name != first.key && !first.range.contains("sure-") && !first.standing.contains("basis-"),
                "{first:?}"
            );
            assert!(found.rows.windows(2).all(|w| w[0].share >= w[1].share));
            assert!(found.rows.iter().all(|r| r.share >= found.chance), "chance is not listed");
            assert!(found.unexplained < 0.2 && worth_words(lang, &found).is_some_and(|w| w.contains(&first.name)));
        }
    }

    #[test]
    fn together_a_parameter_counts_for_all_that_it_moves() {
        let (state, futures) = (state(Lang::En), futures());
        let together = worth_together(&state, &futures, 0);
        let keys: Vec<&str> = together.rows.iter().map(|r| r.key.as_str()).collect();
        // Cost hangs on the one, what is collected on the other, and emissions on both.
        assert_eq!(keys.len(), 2, "{keys:?}");
        assert!(together.rows.iter().all(|r| r.moves.len() == 2 && r.share > 0.2), "{together:?}");
        assert!(moves_words(Lang::En, &together.rows[0].moves).contains('%'));
    }
}
