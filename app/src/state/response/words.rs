//! Levers, measures and answers in words.

use super::Asking;
use crate::{
    i18n::{Lang, Quantity, exact, has, parameter_name, significant, t, tr, unit_words},
    state::{AppState, Said, profile_name, said},
};
use atlas_core::{
    format::response::{front_sheet, steps_sheet, sweep_sheet, tornado_sheet, weights},
    levers::LeverInfo,
    model::{Cluster, Stream},
    profile::{Measure, Profiles, Unit},
    response::{Aim, Confirmed, FoundAnswer, FrontPoint, Outcome, Phase, Shape},
};

/// What is shown at once while a lever moves.
pub const QUICK: [Measure; 6] = [
    Measure::Collected(None),
    Measure::Made(None),
    Measure::SelfSufficiency(Stream::Al),
    Measure::SelfSufficiency(Stream::Cu),
    Measure::Cost,
    Measure::Emitted,
];

/// What a lever is called.
#[must_use]
pub fn lever_name(lang: Lang, key: &str) -> String {
    let own = format!("response-lever-{}", key.replace('_', "-"));
    if has(lang, &own) { t(lang, &own) } else { parameter_name(lang, key) }
}

/// A value of a lever with its unit.
#[must_use]
pub fn lever_value(lang: Lang, lever: Option<&LeverInfo>, value: f64) -> String {
    let Some(lever) = lever else { return significant(value) };
    if lever.unit == "share" {
        return format!("{} %", significant(100.0 * value));
    }
    let number = if value.abs() > 0.0 && value.abs() < 0.1 { exact(value) } else { significant(value) };
    let unit = unit_words(lang, &lever.unit);
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

/// What a measure is called.
#[must_use]
pub fn measure_name(lang: Lang, measure: Measure) -> String {
    // As the tab of clusters calls it: of a metal, a mode, a stage, a certainty.
    profile_name(lang, measure)
}

/// Where: a cluster, or all three.
#[must_use]
pub fn where_name(lang: Lang, cluster: Option<Cluster>) -> String {
    cluster.map_or_else(|| t(lang, "response-all-clusters"), |c| t(lang, &format!("cluster-{}", c.key())))
}

/// A measure and where.
#[must_use]
pub fn aim_name(lang: Lang, aim: &Aim) -> String {
    let (name, place) = (measure_name(lang, aim.measure), where_name(lang, aim.cluster));
    tr(lang, "response-aim", &[("name", &name), ("place", &place)])
}

/// How its numbers are written.
#[must_use]
pub const fn aim_quantity(aim: &Aim) -> Quantity {
    match aim.measure.unit() {
        Unit::Tonnes => Quantity::TonnesPerYear,
        Unit::Yuan => Quantity::YuanPerYear,
        Unit::KgCo2e => Quantity::Co2PerYear,
        Unit::Share => Quantity::Percent,
        Unit::TonneKm => Quantity::TonneKm,
        Unit::Km => Quantity::Km,
        Unit::YuanPerTonne => Quantity::YuanPerTonne,
        // Their names say what they count.
        Unit::Kwh | Unit::Kgce | Unit::Count | Unit::PeoplePerPoint | Unit::Times | Unit::Index => Quantity::Number,
    }
}

/// A number of it with its unit; a dash where there is none.
#[must_use]
pub fn aim_words(lang: Lang, aim: &Aim, value: Option<f64>) -> String {
    let quantity = aim_quantity(aim);
    value.map_or_else(|| "–".into(), |v| with_unit(lang, quantity, v))
}

fn with_unit(lang: Lang, quantity: Quantity, value: f64) -> String {
    let number = finely(quantity.scaled(value, lang));
    let unit = quantity.unit(lang);
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

/// Five digits that count: responses differ in the fourth.
fn finely(value: f64) -> String {
    let size = value.abs();
    let places = if size >= 1e4 {
        0
    } else if size >= 1e3 {
        1
    } else if size >= 100.0 {
        2
    } else {
        3
    };
    crate::i18n::decimals(value, places)
}

/// Id of a measure's row among the quick figures.
#[must_use]
pub fn quick_row(measure: Measure) -> String {
    format!("quick-{}", measure.key())
}

/// What the levers that are set come to, in sentences whose numbers stand in the rows of the quick figures: how many are set, what
/// is collected and what it costs, and, where the baseline's figures are known, which of the figures moved most.
#[must_use]
pub fn quick_sentences(lang: Lang, set: usize, now: &Profiles, base: Option<&Profiles>) -> Vec<Vec<Said>> {
    let told = |m: Measure, of: &Profiles| {
        let aim = Aim::of(m, None);
        aim_words(lang, &aim, aim.value(of).ok())
    };
    let [collected, cost] = [Measure::Collected(None), Measure::Cost].map(|m| (quick_row(m), told(m, now)));
    let figures = [("collected", collected.0.as_str(), collected.1), ("cost", cost.0.as_str(), cost.1)];
    let mut all = vec![said(lang, "levers-say-now", &[("n", &set.to_string())], &figures)];
    let Some(base) = base.filter(|_| set > 0) else { return all };
    let relative = |m: Measure| {
        let value = |of: &Profiles| Aim::of(m, None).value(of).ok();
        let (before, after) = value(base).zip(value(now))?;
        // Less is the solver's.
        ((after - before).abs() > 4e-6 * before.abs() && before != 0.0).then(|| (after - before) / before.abs())
    };
    let moved = QUICK.into_iter().filter_map(|m| Some((m, relative(m)?)));
    match moved.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())) {
        Some((m, share)) => {
            let id = quick_row(m);
            let percent = format!("{} %", crate::i18n::signed(100.0 * share));
            let figures = [("after", id.as_str(), told(m, now)), ("percent", id.as_str(), percent)];
            let names = [("name", measure_name(lang, m)), ("before", told(m, base))];
            let names: Vec<(&str, &str)> = names.iter().map(|(k, v)| (*k, v.as_str())).collect();
            all.push(said(lang, "levers-say-moved", &names, &figures));
        }
        None => all.push(said(lang, "levers-say-same", &[], &[])),
    }
    all
}

/// Quick and full number side by side, and how far apart they are.
#[must_use]
pub fn confirmed_words(lang: Lang, quantity: Quantity, of: &Confirmed) -> String {
    let off = of.off().map_or_else(|| "–".into(), |o| format!("{} %", crate::i18n::decimals(100.0 * o, 3)));
    let number = |v: f64| with_unit(lang, quantity, v);
    tr(lang, "response-confirmed", &[("full", &number(of.full)), ("quick", &number(of.quick)), ("off", &off)])
}

/// Which levers move nothing.
#[must_use]
pub fn still_words(lang: Lang, still: &[String]) -> String {
    let names: Vec<String> = still.iter().map(|k| lever_name(lang, k)).collect();
    names.join(if lang == Lang::Zh { "、" } else { "; " })
}

/// What a plan of the front makes least, and what it comes to.
#[must_use]
pub fn front_row_words(lang: Lang, point: &FrontPoint) -> String {
    let [yuan, kg] = weights(point.objective);
    if kg == 0.0 {
        t(lang, "response-least-cost")
    } else if yuan == 0.0 {
        t(lang, "response-least-co2")
    } else {
        // Yuan a kg is a thousand times that a tonne.
        tr(lang, "response-weighted", &[("price", &significant(1000.0 * kg / yuan))])
    }
}

/// The name of a scenario taken from the front.
pub(super) fn front_name(lang: Lang, of: &str, number: usize) -> String {
    let of = if of.is_empty() { t(lang, "compare-baseline") } else { of.to_owned() };
    tr(lang, "response-front-name", &[("name", &of), ("n", &number.to_string())])
}

/// What the finder found, as a sentence.
#[must_use]
pub fn found_words(lang: Lang, found: &FoundAnswer, lever: Option<&LeverInfo>) -> String {
    let aim = aim_name(lang, &found.aim);
    let name = lever_name(lang, &found.lever);
    let at = |v: f64| lever_value(lang, lever, v);
    let number = |v: f64| aim_words(lang, &found.aim, Some(v));
    match found.outcome {
        Outcome::Already { found: there } => {
            tr(lang, "response-already", &[("aim", &aim), ("found", &number(there)), ("lever", &name)])
        }
        Outcome::Reached { value, found: there, short_of, short_found } => {
            let short = short_found.map_or_else(|| "–".into(), number);
            tr(
                lang,
                "response-reached",
                &[
                    ("lever", &name),
                    ("value", &at(value)),
                    ("aim", &aim),
                    ("found", &number(there)),
                    ("short-of", &at(short_of)),
                    ("short", &short),
                ],
            )
        }
        Outcome::Unreachable { best: Some((value, most)) } => tr(
            lang,
            "response-unreachable",
            &[("aim", &aim), ("found", &number(most)), ("lever", &name), ("value", &at(value))],
        ),
        Outcome::Unreachable { best: None } => tr(lang, "response-no-value", &[("aim", &aim)]),
    }
}

/// How it was found: so many values, within which tolerance, and how the measure answers to the lever.
#[must_use]
pub fn found_steps(lang: Lang, found: &FoundAnswer, lever: Option<&LeverInfo>) -> String {
    let scanned = found.steps.iter().filter(|s| s.phase == Phase::Scan).count();
    let shape = match found.shape {
        Shape::Rising => "rising",
        Shape::Falling => "falling",
        Shape::Flat => "flat",
        Shape::Mixed => "mixed",
    };
    tr(
        lang,
        "response-proof",
        &[
            ("scan", &scanned.to_string()),
            ("halving", &(found.steps.len() - scanned).to_string()),
            ("tolerance", &lever_value(lang, lever, found.tolerance)),
            ("shape", &t(lang, &format!("response-shape-{shape}"))),
        ],
    )
}

/// An answer as a file: its name and its bytes.
#[must_use]
pub fn answer_csv(state: &AppState, asking: Asking) -> Option<(String, String)> {
    let r = &state.responses;
    let sheet = match asking {
        Asking::Curve => sweep_sheet(&r.curve.as_ref()?.answer),
        Asking::Tornado => tornado_sheet(&r.tornado.as_ref()?.answer),
        Asking::Front => front_sheet(&r.front.as_ref()?.answer),
        Asking::Finder => steps_sheet(&r.found.as_ref()?.answer),
    };
    Some((format!("{}.csv", sheet.name), sheet.csv()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::units::Amount;

    fn collects(tonnes: f64) -> Profiles {
        let mut all = Profiles::default();
        all.all.collected_t.al = Amount::new(tonnes);
        all
    }

    #[test]
    fn sentences_say_what_moved_most_and_lead_to_its_row() {
        let (base, now) = (collects(1e6), collects(1.1e6));
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(quick_sentences(lang, 0, &base, Some(&base)).len(), 1, "nothing set, nothing moved");
            let same = quick_sentences(lang, 1, &base, Some(&base));
            assert!(same[1].iter().all(|p| matches!(p, Said::Words(_))));
            let moved = quick_sentences(lang, 2, &now, Some(&base));
            let percent = Said::Number { row: "quick-collected_t".into(), words: "+10.0 %".into() };
            assert!(moved[1].contains(&percent), "{moved:?}");
            assert!(matches!(&moved[0][0], Said::Words(w) if w.contains('2')), "{moved:?}");
        }
    }
}
