//! How proposed sites do in drawn futures, beside those for the table's values: words, dots and tables.

use super::{
    chart::axis,
    search::Search,
    words::{Unit, objective_unit, objective_words, small},
};
use crate::{
    i18n::{decimals, t, tr},
    state::{AppState, csv::file, curve::ChartFrame, dots::stacked},
};
use atlas_core::{
    format::export::Cell,
    siting::planning::{AcrossFutures, By, FuturesOf, Proposal},
    uncertainty::QUANTILES,
};

/// Where the dots are drawn: one row a plan.
pub const FUTURES_CHART: ChartFrame =
    ChartFrame { width: 360.0, height: 176.0, left: 8.0, right: 352.0, top: 14.0, bottom: 150.0 };
/// Radius of a dot.
pub const DOT: f64 = 3.6;

/// Twenty dots of a plan, each a twentieth of the futures.
#[derive(Clone, Debug, PartialEq)]
pub struct DotRow {
    /// Centres.
    pub dots: Vec<(f64, f64)>,
    /// The line they stand on.
    pub base: f64,
    /// Where the worst future is, and the table's value.
    pub worst: f64,
    /// See `worst`.
    pub table: f64,
}

/// Both plans on one axis; one row where they are the same.
#[derive(Clone, Debug, PartialEq)]
pub struct FuturesDrawing {
    /// These sites, then those for the table's values.
    pub rows: Vec<DotRow>,
    /// Ticks: where, and which value.
    pub ticks: Vec<(f64, f64)>,
}

/// Draws them; `scale` makes a value of the axis of an objective.
#[must_use]
pub fn futures_drawing(told: &AcrossFutures, scale: f64) -> FuturesDrawing {
    let f = &FUTURES_CHART;
    let plans: Vec<&FuturesOf> = if told.same { vec![&told.plan] } else { vec![&told.plan, &told.plain] };
    let all = || plans.iter().flat_map(|p| p.band.dots.iter().copied().chain([p.worst, p.table])).map(|v| v * scale);
    let (low, high) = all().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    let x = axis(low, high, 5.0, false);
    let step = (f.bottom - f.top) / plans.len() as f64;
    let rows = (1..)
        .zip(&plans)
        .map(|(row, plan)| {
            let base = f.top + step * f64::from(row) - 8.0;
            let stacks = stacked(&plan.band.dots.map(|v| x.x(f, v * scale)), 2.0 * DOT);
            let dots = stacks.iter().flat_map(|(at, n)| (0..*n).map(|i| (*at, base - DOT - 2.0 * DOT * i as f64)));
            let dots = dots.collect();
            DotRow { dots, base, worst: x.x(f, plan.worst * scale), table: x.x(f, plan.table * scale) }
        })
        .collect();
    FuturesDrawing { rows, ticks: x.ticks.iter().map(|v| (x.x(f, *v), *v)).collect() }
}

/// The stable key of a sense.
#[must_use]
pub const fn by_key(by: By) -> &'static str {
    match by {
        By::Mean => "mean",
        By::WorstCase => "worst",
        By::Regret => "regret",
    }
}

/// What the number of a search is, where futures are asked about.
#[must_use]
pub fn futures_label(state: &AppState, search: &Search) -> Option<String> {
    let asked = search.question.futures?;
    let told = search.best.as_ref().is_some_and(|b| b.futures.is_some());
    let n = asked.runs.to_string();
    let key = if told { format!("robust-best-{}", by_key(asked.by)) } else { "robust-best-table".to_owned() };
    Some(tr(state.lang, &key, &[("n", &n)]))
}

/// An amount that is no value of the objective but a difference of two: of per cent, points.
fn difference(state: &AppState, unit: &Unit, value: f64) -> String {
    let words = if unit.words == "%" { t(state.lang, "siting-unit-points") } else { unit.words.clone() };
    let number = if value == 0.0 { "0".to_owned() } else { small(value * unit.scale) };
    format!("{number} {words}")
}

/// Two values side by side, with as many digits as it takes to tell them apart, at most three more than usual.
fn apart(unit: &Unit, a: f64, b: f64) -> (String, String) {
    let usual = |v: f64| objective_words(unit, Some(v));
    if unit.whole || usual(a) != usual(b) {
        return (usual(a), usual(b));
    }
    let places = usual(a).split_once('.').map_or(0, |(_, d)| d.len());
    let with = |v: f64, more: usize| decimals(v * unit.scale, places + more);
    let more = (1..=3).find(|m| with(a, *m) != with(b, *m));
    more.map_or_else(|| (usual(a), usual(b)), |m| (with(a, m), with(b, m)))
}

/// What is said of a plan in futures: odds and the worst, what is given up on the mean, what is regretted.
#[must_use]
pub fn futures_words(state: &AppState, search: &Search, plan: &Proposal) -> Vec<String> {
    let Some(told) = plan.futures.as_deref() else { return Vec::new() };
    let lang = state.lang;
    let unit = &value_unit(state, search);
    let value = |v: f64| format!("{} {}", objective_words(unit, Some(v)), unit.words);
    let runs = told.runs.to_string();
    let [low, .., high] = told.plan.band.quantiles;
    let mut words = Vec::new();
    if told.same {
        let ends = [("runs", &*runs), ("low", &value(low)), ("high", &value(high)), ("worst", &value(told.plan.worst))];
        words.push(tr(lang, "robust-same", &ends));
    } else {
        let good = (told.better + told.alike).to_string();
        let (worst, other) = apart(unit, told.plan.worst, told.plain.worst);
        let [worst, other] = [worst, other].map(|v| format!("{v} {}", unit.words));
        let odds = [("good", &*good), ("runs", &*runs), ("worst", &*worst), ("other", &*other)];
        words.push(tr(lang, "robust-odds", &odds));
        let share = told.price.abs() / told.plain.band.mean.abs().max(f64::MIN_POSITIVE);
        let key = match told.price {
            p if p > 0.0 => "robust-price",
            p if p < 0.0 => "robust-gain",
            _ => "robust-price-none",
        };
        let price = difference(state, unit, told.price.abs());
        words.push(tr(lang, key, &[("price", &price), ("share", &small(100.0 * share))]));
    }
    if let Some((own, other)) = told.plan.regret.zip(told.plain.regret) {
        let regret = |[least, most]: [f64; 2]| {
            let (a, b) = (difference(state, unit, least.max(0.0)), difference(state, unit, most));
            // The bounds of a future's own best are mostly as good as one.
            if a == b || most - least <= 0.005 * most {
                b
            } else {
                tr(lang, "robust-between", &[("low", &a), ("high", &b)])
            }
        };
        let key = if told.same { "robust-regret-same" } else { "robust-regret" };
        words.push(tr(lang, key, &[("plan", &regret(own)), ("other", &regret(other))]));
    }
    words
}

/// The unit of values in futures: that of the aim, also where a regret is made least.
fn value_unit(state: &AppState, search: &Search) -> Unit {
    let question = atlas_core::siting::planning::Question { futures: None, ..(*search.question).clone() };
    objective_unit(state.lang, &question)
}

/// A table: what it is, these sites, those for the table's values.
#[must_use]
pub fn futures_rows(state: &AppState, search: &Search, told: &AcrossFutures) -> Vec<[String; 3]> {
    let unit = value_unit(state, search);
    let both = |words: String, of: &dyn Fn(&FuturesOf) -> f64| {
        let (plan, plain) = apart(&unit, of(&told.plan), of(&told.plain));
        [words, plan, plain]
    };
    let word = |key: &str| t(state.lang, key);
    let mut rows: Vec<[String; 3]> = (0..QUANTILES.len())
        .map(|i| {
            let share = format!("{:.0}", 100.0 * QUANTILES[i]);
            both(tr(state.lang, "robust-quantile", &[("share", &share)]), &move |p| p.band.quantiles[i])
        })
        .collect();
    rows.push(both(word("robust-mean"), &|p| p.band.mean));
    rows.push(both(word("robust-worst"), &|p| p.worst));
    rows.push(both(word("robust-table"), &|p| p.table));
    rows
}

/// Every future as a row of a file.
#[must_use]
pub fn futures_csv(state: &AppState, search: &Search) -> Option<String> {
    let told = search.plan()?.futures.as_deref()?;
    let unit = value_unit(state, search);
    let word = |key: &str| t(state.lang, key);
    let head = |key: &str| tr(state.lang, "siting-with-unit", &[("name", &word(key)), ("unit", &unit.words)]);
    let difference = tr(state.lang, "siting-with-unit", &[("name", &word("robust-difference")), ("unit", &unit.words)]);
    let columns = vec![word("robust-future"), head("robust-these"), head("robust-those"), difference];
    let row = |(i, [plan, plain]): (usize, &[f64; 2])| {
        let number = |v: f64| Cell::Number(v * unit.scale);
        vec![Cell::Number(i as f64), number(*plan), number(*plain), number(plan - plain)]
    };
    Some(file(columns, told.values.iter().enumerate().map(|(i, v)| row((i + 1, v))).collect()))
}

#[cfg(test)]
mod tests {
    use super::{super::search::tests::proposal, *};
    use crate::{i18n::Lang, state::Theme};
    use atlas_core::{
        scenario::Scenario,
        siting::planning::{Futures, Question},
        uncertainty::Band,
    };
    use std::rc::Rc;

    fn of(values: &[f64], regret: Option<[f64; 2]>) -> FuturesOf {
        let worst = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        FuturesOf { band: Band::of(values).unwrap(), worst, table: values[0], regret }
    }

    fn told(by: By, plan: &[f64], plain: &[f64], same: bool) -> AcrossFutures {
        let count = |keep: fn(f64) -> bool| plan.iter().zip(plain).filter(|(a, b)| keep(**a - **b)).count() as u32;
        let regret = (by == By::Regret).then_some([0.1, 0.1001]);
        AcrossFutures {
            by,
            runs: plan.len() as u32,
            seed: 1,
            plan: of(plan, regret),
            plain: of(plain, regret.map(|_| [0.4, 0.5])),
            plain_sites: vec![],
            same,
            better: count(|d| d < 0.0),
            alike: count(|d| d == 0.0),
            worse: count(|d| d > 0.0),
            price: plan.iter().sum::<f64>() / plan.len() as f64 - plain.iter().sum::<f64>() / plain.len() as f64,
            values: plan.iter().zip(plain).map(|(a, b)| [*a, *b]).collect(),
        }
    }

    fn search(by: By, futures: Option<AcrossFutures>) -> Search {
        let asked = Some(Futures { runs: 4, seed: 1, by });
        let mut s = Search::new(1, Question { futures: asked, ..Question::default() }, Scenario::default());
        let plan = Proposal { futures: futures.map(Box::new), ..proposal(12.0, 12.0, &["place:1"]) };
        s.best = Some(Rc::new(plan));
        s
    }

    #[test]
    fn words_say_how_often_and_at_what_price() {
        let state = AppState::new(Lang::En, Theme::Light);
        let found = told(By::WorstCase, &[10.0, 11.0, 12.0, 12.04], &[9.0, 11.0, 12.5, 12.045], false);
        let s = search(By::WorstCase, Some(found));
        let words = futures_words(&state, &s, s.plan().unwrap());
        assert!(words[0].contains("In 3 of 4 futures"), "{words:?}");
        // As many digits as tell them apart.
        assert!(
            words[0].contains("12.04 km") && words[0].contains("12.5 km") || words[0].contains("12.0 km"),
            "{words:?}"
        );
        assert!(words[1].contains("0.124 km") || words[1].contains("0.123 km"), "{words:?}");
        assert_eq!(futures_label(&state, &s).as_deref(), Some("Worst of 4 futures"));
        // Before the search has come to the futures, its number is the table's.
        assert_eq!(
            futures_label(&state, &search(By::WorstCase, None)).as_deref(),
            Some("For the table's values so far")
        );
    }

    #[test]
    fn a_regret_is_an_interval_where_it_is_wide() {
        let state = AppState::new(Lang::En, Theme::Light);
        let found = told(By::Regret, &[10.0, 11.0], &[10.0, 11.5], false);
        let s = search(By::Regret, Some(found));
        let words = futures_words(&state, &s, s.plan().unwrap());
        assert!(words[2].contains("0.100 km") && words[2].contains("between 0.400 km and 0.500 km"), "{words:?}");
        let same = search(By::Mean, Some(told(By::Mean, &[10.0, 11.0], &[10.0, 11.0], true)));
        let words = futures_words(&state, &same, same.plan().unwrap());
        assert_eq!(words.len(), 1, "{words:?}");
    }

    #[test]
    fn dots_stand_on_each_other_and_within_the_chart() {
        let found = told(By::Mean, &[10.0, 10.01, 10.02, 13.0], &[9.0, 11.0, 12.0, 14.0], false);
        let drawn = futures_drawing(&found, 1.0);
        assert_eq!(drawn.rows.len(), 2);
        for row in &drawn.rows {
            assert_eq!(row.dots.len(), 20);
            let mut places: Vec<(i64, i64)> =
                row.dots.iter().map(|d| ((d.0 * 10.0) as i64, (d.1 * 10.0) as i64)).collect();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), 20, "no dot covers another");
            let f = &FUTURES_CHART;
            assert!(row.dots.iter().all(|d| (f.left - DOT..=f.right + DOT).contains(&d.0) && d.1 < row.base));
        }
        assert_eq!(futures_drawing(&AcrossFutures { same: true, ..found }, 1.0).rows.len(), 1);
    }

    #[test]
    fn a_file_has_every_future() {
        let state = AppState::new(Lang::En, Theme::Light);
        let s = search(By::Mean, Some(told(By::Mean, &[10.0, 11.0], &[10.5, 11.25], false)));
        let csv = futures_csv(&state, &s).unwrap();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 3, "{csv}");
        assert!(lines[1].ends_with("1,10,10.5,-0.5") && lines[2].ends_with("2,11,11.25,-0.25"), "{csv}");
        assert_eq!(futures_rows(&state, &s, s.plan().unwrap().futures.as_deref().unwrap()).len(), 8);
    }
}
