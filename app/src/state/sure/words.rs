//! What the drawn futures say, in sentences: odds, dots counted, regret.

use super::{BandOf, Futures};
use crate::{
    i18n::{Lang, count, decimals, significant, t, tr},
    state::{AppState, letter, measure_name, no_value_words, profile_unit, where_name},
};
use atlas_core::{
    profile::{Measure, Unit},
    response::Aim,
    uncertainty::{DOTS, Odds, Regret},
};

/// What sentences are always about, beside the indicator that is chosen.
pub const MAIN: [Measure; 3] = [Measure::Cost, Measure::Emitted, Measure::Collected(None)];

/// What a plan is called: letter and name.
#[must_use]
pub fn plan_called(state: &AppState, futures: &Futures, row: usize) -> String {
    let name = futures.plans.get(row).map_or_else(String::new, |plan| {
        if plan.changes() == 0 {
            t(state.lang, "compare-baseline")
        } else if plan.name.is_empty() {
            t(state.lang, "scenario-untitled")
        } else {
            plan.name.clone()
        }
    });
    tr(state.lang, "compare-called", &[("letter", letter(row)), ("name", &name)])
}

/// An indicator and where, as a row of words names it.
#[must_use]
pub fn indicator_words(lang: Lang, aim: &Aim) -> String {
    match aim.cluster {
        None => measure_name(lang, aim.measure),
        place => {
            let (name, place) = (measure_name(lang, aim.measure), where_name(lang, place));
            tr(lang, "response-aim", &[("name", &name), ("place", &place)])
        }
    }
}

/// The unit of an indicator's figures, and how many of it one of the measure's own is.
#[must_use]
pub fn sure_unit(lang: Lang, aim: &Aim) -> (f64, String) {
    profile_unit(lang, aim.measure.unit(), aim.normal)
}

/// A number of an indicator in the unit of its figures, three digits that count.
#[must_use]
pub fn sure_number(lang: Lang, aim: &Aim, value: f64) -> String {
    number_in(&sure_unit(lang, aim), value)
}

fn number_in((times, unit): &(f64, String), value: f64) -> String {
    let words = significant(value * times);
    if unit.is_empty() { words } else { format!("{words} {unit}") }
}

/// Two ends of a range, in the unit that is shown, with as many digits as tell them apart, up to five; `None` where even those do not.
#[must_use]
pub fn range_words(lang: Lang, low: f64, high: f64) -> Option<String> {
    let mut pair = (significant(low), significant(high));
    if pair.0 == pair.1 {
        let (mut places, mut size) = (0, low.abs().max(high.abs()));
        while size < 1e4 && places < 4 {
            places += 1;
            size *= 10.0;
        }
        pair = (decimals(low, places), decimals(high, places));
    }
    (pair.0 != pair.1).then(|| tr(lang, "band-range", &[("low", &pair.0), ("high", &pair.1)]))
}

/// A band in full, for who hears it or points at it.
#[must_use]
pub fn band_words(lang: Lang, unit: &(f64, String), of: &BandOf) -> String {
    let [low, _, median, _, high] = of.band.quantiles.map(|v| number_in(unit, v));
    let table = of.table.map_or_else(|| "–".into(), |v| number_in(unit, v));
    let runs = count(of.band.runs as usize);
    tr(lang, "band-words", &[("low", &low), ("high", &high), ("median", &median), ("table", &table), ("runs", &runs)])
}

/// The dots of a plan, counted: below what nine tenths lie, below what one tenth does, and where the table's value stands.
#[must_use]
pub fn dots_words(lang: Lang, aim: &Aim, of: &BandOf) -> String {
    let dots = &of.band.dots;
    if !of.moves() {
        return tr(lang, "sure-dots-still", &[("value", &sure_number(lang, aim, dots[0]))]);
    }
    let between = |i: usize| sure_number(lang, aim, f64::midpoint(dots[i], dots[i + 1]));
    let ends = [("low", between(1)), ("high", between(DOTS - 3))];
    let values: Vec<(&str, &str)> = ends.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let mut words = tr(lang, "sure-dots-ends", &values);
    if let Some(table) = of.table {
        let below = dots.iter().filter(|d| **d < table).count().to_string();
        let stated = sure_number(lang, aim, table);
        if lang == Lang::En {
            words.push(' ');
        }
        words.push_str(&tr(lang, "sure-dots-table", &[("table", &stated), ("n", &below)]));
    }
    words
}

/// How far the quick measuring of the futures is off, and futures without a number; nothing where there is nothing to say.
#[must_use]
pub fn caveat_words(lang: Lang, futures: &Futures, plan: usize, aim: &Aim) -> Vec<String> {
    let mut all = Vec::new();
    if let Some((off, solves)) = futures.off(plan, aim) {
        let percent = if off < 5e-5 { "< 0.01 %".to_owned() } else { format!("{} %", decimals(100.0 * off, 2)) };
        all.push(tr(lang, "sure-dots-off", &[("off", &percent), ("n", &solves.to_string())]));
    }
    all.extend(
        futures.lacking(plan, aim).iter().map(|(why, n)| {
            tr(lang, "sure-dots-lacking", &[("n", &n.to_string()), ("why", &no_value_words(lang, *why))])
        }),
    );
    all
}

/// What odds come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The plan is below the other one more often than not, whatever the error of counting.
    Below,
    /// It is above.
    Above,
    /// The interval holds a half.
    Undecided,
    /// They never differ.
    Alike,
}

impl Verdict {
    /// What odds come to.
    #[must_use]
    pub fn of(odds: &Odds) -> Self {
        if odds.alike == odds.runs {
            Self::Alike
        } else if odds.low > 0.5 {
            Self::Below
        } else if odds.high < 0.5 {
            Self::Above
        } else {
            Self::Undecided
        }
    }

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
            Self::Undecided => "undecided",
            Self::Alike => "alike",
        }
    }
}

/// How a plan compares with another in an indicator: "is cheaper than".
fn verb(lang: Lang, measure: Measure, below: bool) -> String {
    let what = match measure {
        Measure::Cost | Measure::CostPerTonne => "cost",
        Measure::Emitted => "co2",
        Measure::Collected(None) => "collected",
        _ => "any",
    };
    t(lang, &format!("sure-verb-{what}-{}", if below { "below" } else { "above" }))
}

/// "9 of 10": in tens, where that is too coarse in hundreds, and as counted where draws are few.
fn counted(n: u32, runs: u32) -> (u32, u32) {
    let tens = (10.0 * f64::from(n) / f64::from(runs)).round() as u32;
    if runs <= 20 {
        (n, runs)
    } else if (1..10).contains(&tens) {
        (tens, 10)
    } else {
        // Nearly always is not always, and hardly ever is not never.
        (((100.0 * f64::from(n) / f64::from(runs)).round() as u32).clamp(1, 99), 100)
    }
}

/// In how many futures one plan is below the other, as a sentence.
#[must_use]
pub fn odds_words(lang: Lang, aim: &Aim, odds: &Odds, plan: &str, other: &str) -> String {
    let verdict = Verdict::of(odds);
    let name = indicator_words(lang, aim);
    let runs = count(odds.runs as usize);
    let above = odds.runs - odds.below - odds.alike;
    let (n, [low, high]) = match verdict {
        Verdict::Above => (above, [1.0 - odds.high, 1.0 - odds.low]),
        _ => (odds.below, [odds.low, odds.high]),
    };
    let (k, of) = counted(n, odds.runs);
    let values = [
        ("name", name),
        ("b", plan.to_owned()),
        ("a", other.to_owned()),
        ("verb", verb(lang, aim.measure, verdict != Verdict::Above)),
        ("k", k.to_string()),
        ("of", of.to_string()),
        ("n", count(n as usize)),
        ("runs", runs),
        ("low", decimals(100.0 * low, 0)),
        ("high", decimals(100.0 * high, 0)),
        ("alike", count(odds.alike as usize)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let key = match verdict {
        Verdict::Alike => "sure-odds-alike",
        Verdict::Undecided if odds.alike > 0 => "sure-odds-undecided-alike",
        Verdict::Undecided => "sure-odds-undecided",
        _ if n == odds.runs => "sure-odds-every",
        _ if odds.alike > 0 => "sure-odds-some-alike",
        _ => "sure-odds",
    };
    tr(lang, key, &values)
}

/// A pair of plans in an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct OddsLine {
    /// The indicator.
    pub aim: Aim,
    /// The plan that is compared.
    pub plan: usize,
    /// The plan that it is compared with.
    pub other: usize,
    /// The counts.
    pub odds: Odds,
    /// What they come to.
    pub verdict: Verdict,
    /// The sentence.
    pub words: String,
}

/// Every plan against the first, in cost, emissions, what is collected, and the chosen indicator; the others against each other
/// in the chosen one.
#[must_use]
pub fn odds_lines(state: &AppState, futures: &Futures, aim: &Aim) -> Vec<OddsLine> {
    let mut aims: Vec<Aim> = MAIN.map(|m| Aim::of(m, None)).into();
    if !aims.contains(aim) {
        aims.push(*aim);
    }
    let line = |plan: usize, other: usize, aim: Aim| {
        let odds = futures.odds(plan, other, &aim)?;
        let [b, a] = [plan, other].map(|p| plan_called(state, futures, p));
        let words = odds_words(state.lang, &aim, &odds, &b, &a);
        Some(OddsLine { aim, plan, other, odds, verdict: Verdict::of(&odds), words })
    };
    let plans = 1..futures.count();
    let first = plans.clone().flat_map(|plan| aims.iter().filter_map(move |aim| line(plan, 0, *aim)));
    let others = plans.flat_map(|plan| (1..plan).filter_map(move |other| line(plan, other, *aim)));
    first.chain(others).collect()
}

/// The regret of every plan, and the plan whose worst is least; of equals the one whose mean is least, then the first.
#[must_use]
pub fn regrets(futures: &Futures, aim: &Aim) -> (Vec<(usize, Regret)>, Option<usize>) {
    let all: Vec<(usize, Regret)> = (0..futures.count()).filter_map(|p| Some((p, futures.regret(p, aim)?))).collect();
    let order = |r: &Regret| (r.most, r.mean);
    let least = all.iter().reduce(|a, b| if order(&b.1) < order(&a.1) { b } else { a }).map(|(p, _)| *p);
    (all, least)
}

/// Which plan loses least, as a sentence. Nothing where there is one plan alone, or none is better.
#[must_use]
pub fn regret_words(state: &AppState, futures: &Futures, aim: &Aim) -> Option<String> {
    let lang = state.lang;
    let (all, least) = regrets(futures, aim);
    let (plan, regret) = all.iter().find(|(p, _)| Some(*p) == least).filter(|_| all.len() > 1)?;
    let name = indicator_words(lang, aim);
    let called = plan_called(state, futures, *plan);
    let difference = |v: f64| regret_number(lang, aim, v);
    let others: Vec<f64> = all.iter().filter(|(p, _)| p != plan).map(|(_, r)| r.most).collect();
    let next = others.into_iter().fold(f64::INFINITY, f64::min);
    let small = 1e-9 * regret.worst.abs();
    let key = if (next - regret.most).abs() <= small {
        "sure-regret-same"
    } else if regret.most <= small {
        "sure-regret-never"
    } else {
        "sure-regret-least"
    };
    let values = [("most", difference(regret.most)), ("mean", difference(regret.mean)), ("next", difference(next))];
    let mut values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    values.extend([("name", name.as_str()), ("plan", called.as_str())]);
    Some(tr(lang, key, &values))
}

/// A difference between two numbers of an indicator: shares differ by percentage points.
#[must_use]
pub fn regret_number(lang: Lang, aim: &Aim, value: f64) -> String {
    if aim.measure.unit() == Unit::Share {
        return tr(lang, "sure-points", &[("n", &significant(100.0 * value))]);
    }
    sure_number(lang, aim, value)
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{COST, futures, state};
    use super::*;
    use atlas_core::{profile::NoValue, uncertainty::Pair};

    fn odds(runs: u32, below: u32, alike: u32) -> Odds {
        let pairs: Vec<(f64, f64)> = (0..runs)
            .map(|i| {
                (
                    1.0,
                    if i < below {
                        2.0
                    } else if i < below + alike {
                        1.0
                    } else {
                        0.0
                    },
                )
            })
            .collect();
        Odds::of(&pairs, 1e-9).expect("some")
    }

    #[test]
    fn odds_are_plain_sentences_in_both_languages() {
        let en = |o: Odds| odds_words(Lang::En, &COST, &o, "B (mine)", "A (base)");
        assert_eq!(
            en(odds(1000, 881, 0)),
            "In 9 of 10 draws B (mine) is cheaper than A (base) (881 of 1,000; 95 % interval 86–90 %)."
        );
        assert!(en(odds(1000, 119, 0)).starts_with("In 9 of 10 draws B (mine) is dearer than A (base) (881 of 1,000"));
        assert!(en(odds(1000, 1000, 0)).starts_with("In every draw B (mine) is cheaper than A (base) (1,000 of 1,000"));
        assert!(en(odds(1000, 997, 0)).starts_with("In 99 of 100 draws"), "nearly always is not always");
        assert!(en(odds(1000, 510, 0)).contains("Undecided"));
        assert!(en(odds(50, 0, 50)).contains("alike in all 50"));
        assert!(en(odds(1000, 800, 100)).contains("alike in 100"));
        let zh = odds_words(Lang::Zh, &COST, &odds(1000, 881, 0), "B（我的）", "A（基准）");
        assert!(zh.contains("10 次抽样中有 9 次") && zh.contains("881") && zh.contains("86–90 %"), "{zh}");
        // Every measure has a verb, and no mark is left.
        for lang in [Lang::Zh, Lang::En] {
            for m in Measure::all() {
                let words = odds_words(lang, &Aim::of(m, None), &odds(100, 90, 0), "B", "A");
                assert!(!words.contains("sure-") && !words.contains('$'), "{words}");
            }
        }
    }

    #[test]
    fn every_pair_is_told_in_the_main_indicators_and_the_chosen_one() {
        let state = state(Lang::En);
        let futures = futures();
        let lines = odds_lines(&state, &futures, &COST);
        assert_eq!(lines.len(), 3, "the chosen one is a main one");
        assert_eq!(lines[0].verdict, Verdict::Above);
        assert_eq!(lines[2].verdict, Verdict::Alike, "what is collected does not differ");
        assert!(lines[0].words.contains("A (2025 baseline)"), "{}", lines[0].words);
        // A third plan meets the first in all of them, and the second in the chosen one.
        let mut three = futures.clone();
        three.plans.push(three.plans[1].clone());
        three.outlook.plans.push(three.outlook.plans[1].clone());
        let pair = three.outlook.pairs[0].clone();
        three.outlook.pairs.extend([Pair { plan: 2, ..pair.clone() }, Pair { plan: 2, other: 1, ..pair }]);
        let lines = odds_lines(&state, &three, &COST);
        let of: Vec<(usize, usize)> = lines.iter().map(|l| (l.plan, l.other)).collect();
        assert_eq!(of, [(1, 0), (1, 0), (1, 0), (2, 0), (2, 0), (2, 0), (2, 1)]);
    }

    #[test]
    fn dots_are_counted() {
        let futures = futures();
        let of = futures.band(0, &COST).expect("a band");
        let words = dots_words(Lang::En, &COST, &of);
        assert!(
            words.starts_with("In 18 of 20 equally likely futures it is below ")
                && words.contains("of 20 lie below it"),
            "{words}"
        );
        let still = BandOf { band: atlas_core::uncertainty::Band::of(&[5e9]).expect("one"), table: None };
        let mut told = futures.clone();
        told.outlook.plans[0].off[0] = Some(0.0123);
        told.outlook.plans[0].lacking[0] = vec![(NoValue::NoPlants, 7)];
        let words = caveat_words(Lang::En, &told, 0, &COST);
        assert!(words[0].contains("1.23 %") && words[1].contains('7'), "{words:?}");
        assert!(dots_words(Lang::En, &COST, &still).contains("5.00 bn yuan/y"), "nothing moves it");
    }

    #[test]
    fn ranges_have_the_digits_that_tell_their_ends_apart() {
        assert_eq!(range_words(Lang::En, 118.0, 131.0).as_deref(), Some("118–131"));
        assert_eq!(range_words(Lang::En, 118.21, 118.34).as_deref(), Some("118.21–118.34"));
        assert_eq!(range_words(Lang::En, 118.0, 118.000_000_1), None);
    }

    #[test]
    fn the_plan_that_loses_least_is_named() {
        let (state, futures) = (state(Lang::En), futures());
        let (all, least) = regrets(&futures, &COST);
        assert_eq!((all.len(), least), (2, Some(0)));
        let words = regret_words(&state, &futures, &COST).expect("two plans");
        assert!(words.contains("A (2025 baseline)") && words.contains("never"), "{words}");
        let collected = Aim::of(Measure::Collected(None), None);
        assert_eq!(regret_words(&state, &futures, &collected), None, "neither less nor more is better");
    }
}
