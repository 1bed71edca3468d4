//! Shocks, harm, detours and regret in words.

use super::Regretted;
use crate::{
    i18n::{Lang, Quantity, count, province, significant, t, tr},
    state::{AppState, Choice, aim_quantity, prefecture_name},
};
use atlas_core::{
    allocation::Leg,
    format::stress::{detour_sheet, regret_sheet, stress_sheet},
    model::{Mode, Stream},
    response::Aim,
    scenario::Document,
    uncertainty::{Ranking, RegretMatrix, Shock, ShockKind, Stop, StopKind, Stressed},
};
use std::rc::Rc;

/// A flow of a detour in the table.
#[derive(Clone, Debug, PartialEq)]
pub struct DetourRow {
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// Stage.
    pub leg: Leg,
    /// Stream.
    pub stream: Stream,
    /// The mode that carries it furthest.
    pub mode: Mode,
    /// By how much it differs, gross tonnes a year.
    pub gross_t: f64,
    /// The way in km.
    pub km: f64,
    /// What that costs, yuan a year.
    pub yuan: f64,
    /// What it gives off, kg CO2e a year.
    pub kg_co2e: f64,
}

/// A number with its unit, three digits that count; with a sign where it is a difference.
#[must_use]
pub fn harm_words(lang: Lang, quantity: Quantity, value: f64) -> String {
    let number = significant(quantity.scaled(value, lang));
    format!("{number} {}", quantity.unit(lang))
}

fn facility(state: &AppState, document: &Document, id: &str) -> String {
    document.plan().get(id).map_or_else(|| id.to_owned(), |p| state.lang.name(&p.facility.name).to_owned())
}

fn metal(lang: Lang, stream: Stream) -> String {
    t(lang, &format!("stream-{}", stream.key().to_lowercase()))
}

/// What goes wrong, in a few words.
#[must_use]
pub fn shock_words(state: &AppState, document: &Document, shock: &Shock) -> String {
    let lang = state.lang;
    match shock {
        Shock::Out(id) => facility(state, document, id),
        Shock::NoImports(s) => tr(lang, "stress-no-imports", &[("metal", &metal(lang, *s))]),
        Shock::ClaimedDemand => t(lang, "stress-claimed-demand"),
        Shock::DearFreight => t(lang, "stress-dear-freight"),
        Shock::CheapMetal(s) => tr(lang, "stress-cheap-metal", &[("metal", &metal(lang, *s))]),
        Shock::LowRecovery => t(lang, "stress-low-recovery"),
        Shock::HighRecovery => t(lang, "stress-high-recovery"),
    }
}

/// A case of the regret matrix.
#[must_use]
pub fn case_words(state: &AppState, document: &Document, case: Option<&Shock>) -> String {
    case.map_or_else(
        || t(state.lang, "stress-case-none"),
        |shock| match shock {
            Shock::Out(_) => tr(state.lang, "stress-case-out", &[("name", &shock_words(state, document, shock))]),
            other => shock_words(state, document, other),
        },
    )
}

/// The name of a scenario in which a shock is an edit.
pub(super) fn kept_name(state: &AppState, shock: &Shock, document: &Document) -> String {
    let plan = &document.scenario().name;
    let plan = if plan.is_empty() { t(state.lang, "compare-baseline") } else { plan.clone() };
    let what = case_words(state, document, Some(shock));
    tr(state.lang, "stress-kept-name", &[("plan", &plan), ("what", &what)])
}

/// What a shock does, in one sentence.
#[must_use]
pub fn stress_sentence(state: &AppState, document: &Document, s: &Stressed) -> String {
    let lang = state.lang;
    let name = case_words(state, document, Some(&s.shock));
    let tonnes = |v: f64| harm_words(lang, Quantity::TonnesPerYear, v);
    let yuan = |v: f64| harm_words(lang, Quantity::YuanPerYear, v.abs());
    let say = |key: &str, more: &[(&str, &str)]| {
        let values: Vec<(&str, &str)> = [("name", name.as_str())].into_iter().chain(more.iter().copied()).collect();
        tr(lang, key, &values)
    };
    let h = &s.harm;
    if s.idle {
        return say("stress-say-idle", &[]);
    }
    let mut words = vec![];
    if h.unallocated_t > 0.0 {
        words.push(say("stress-say-left", &[("t", &tonnes(h.unallocated_t))]));
    }
    if h.unmet_t > 0.0 {
        words.push(say("stress-say-unmet", &[("t", &tonnes(h.unmet_t))]));
    } else if h.unmet_t < 0.0 {
        words.push(say("stress-say-less-unmet", &[("t", &tonnes(-h.unmet_t))]));
    }
    if s.handled_t > 0.0 {
        let over = s.taken_over_t.clamp(0.0, s.handled_t);
        let kind = s.shock.kind(document).unwrap_or(ShockKind::Smelter);
        let others = t(lang, &format!("stress-others-{}", kind.key()));
        if over < 0.01 * s.handled_t {
            words.push(say("stress-say-nobody", &[("others", &others), ("t", &tonnes(s.handled_t))]));
        } else {
            let share = format!("{:.0}", 100.0 * over / s.handled_t);
            let most = s.instead.first().map_or_else(String::new, |(id, _)| facility(state, document, id));
            let values = [("others", others.as_str()), ("share", &share), ("t", &tonnes(s.handled_t)), ("most", &most)];
            words.push(say("stress-say-others", &values));
        }
    }
    if h.unmet_t <= 0.0 && h.unallocated_t <= 0.0 {
        let key = match (h.yuan, h.value_yuan) {
            (y, _) if y > 0.0 => "stress-say-dearer",
            (y, _) if y < 0.0 => "stress-say-cheaper",
            (_, v) if v < 0.0 => "stress-say-worth-less",
            _ => "stress-say-nothing",
        };
        let amount = if h.yuan == 0.0 { h.value_yuan } else { h.yuan };
        words.push(say(key, &[("yuan", &yuan(amount))]));
    }
    words.join(if lang == Lang::Zh { "" } else { " " })
}

/// What is said above the table: what is short already, and the worst.
#[must_use]
pub fn stress_summary(state: &AppState, document: &Document, ranking: &Ranking) -> Vec<String> {
    let lang = state.lang;
    let tonnes = |v: f64| harm_words(lang, Quantity::TonnesPerYear, v);
    let base = &ranking.base;
    let values = [("left", tonnes(base.unallocated_t)), ("unmet", tonnes(base.unmet_t))];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let mut words = vec![tr(lang, "stress-base", &values)];
    let single = ranking.shocks.iter().filter(|s| matches!(s.shock, Shock::Out(_)));
    words.extend(single.take(2).filter(|s| !s.idle).map(|s| stress_sentence(state, document, s)));
    let idle = ranking.shocks.iter().filter(|s| s.idle).count();
    if idle > 0 {
        words.push(tr(lang, "stress-idle-count", &[("n", &count(idle))]));
    }
    words
}

/// An end of flows in words.
#[must_use]
pub fn stop_words(state: &AppState, document: &Document, stop: &Stop) -> String {
    let lang = state.lang;
    let city = || prefecture_name(state, stop.adcode).unwrap_or_else(|| province(lang, &stop.province).to_owned());
    match stop.kind {
        StopKind::Points => tr(lang, "stress-stop-points", &[("place", &city())]),
        StopKind::Corridor => city(),
        StopKind::Import => {
            let id = stop.key.trim_start_matches("import:");
            tr(lang, "stress-stop-import", &[("place", &facility(state, document, id))])
        }
        StopKind::Demand => tr(lang, "stress-stop-demand", &[("place", province(lang, &stop.province))]),
        StopKind::Facility => facility(state, document, &stop.key),
    }
}

/// What a plan of the regret matrix is called.
#[must_use]
pub fn plan_words(state: &AppState, choice: &Choice) -> String {
    state.compare_name(choice)
}

/// The plan by which shocks are named: the one whose worst facilities are among the cases.
#[must_use]
pub fn naming(state: &AppState) -> Rc<Document> {
    state.stress.ranked.as_ref().map_or_else(|| Rc::new(Document::new(&state.baseline)), |r| Rc::clone(&r.document))
}

/// Which plan loses least, in sentences.
#[must_use]
pub fn regret_sentences(state: &AppState, of: &Regretted, matrix: &RegretMatrix, aim: &Aim) -> Vec<String> {
    let lang = state.lang;
    let names = |rows: &[u32]| -> String {
        let all: Vec<String> = rows.iter().map(|r| plan_words(state, &of.plans[*r as usize].0)).collect();
        all.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let amount = |v: f64| harm_words(lang, aim_quantity(aim), v);
    let document = naming(state);
    let case = |row: u32| case_words(state, &document, of.payoffs.cases[row as usize].as_ref());
    let mut words = vec![];
    if let Some(first) = matrix.least.first()
        && let Some((most, at)) = matrix.plans[*first as usize].most
    {
        let key = match (matrix.least.len(), most > 0.0) {
            (n, _) if n == of.plans.len() && n > 1 => "regret-say-alike",
            (1, true) => "regret-say-least",
            (1, false) => "regret-say-never",
            (_, true) => "regret-say-least-tie",
            (_, false) => "regret-say-never-tie",
        };
        words.push(tr(lang, key, &[("plans", &names(&matrix.least)), ("most", &amount(most)), ("case", &case(at))]));
    }
    if let Some(first) = matrix.safest.first()
        && matrix.safest.len() < of.plans.len()
        && let Some((worst, at)) = matrix.plans[*first as usize].worst
    {
        let values = [("plans", names(&matrix.safest)), ("worst", amount(worst)), ("case", case(at))];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        words.push(tr(lang, "regret-say-safest", &values));
    }
    if !matrix.unknown.is_empty() {
        words.push(tr(lang, "regret-say-unknown", &[("plans", &names(&matrix.unknown))]));
    }
    if aim.measure.less_is_better() == Some(true) {
        words.push(t(lang, "regret-say-less"));
    }
    words
}

/// A table for a spreadsheet, with its file's name: `rank`, `detour` or `regret`.
#[must_use]
pub fn stress_csv(state: &AppState, what: &str) -> Option<(String, String)> {
    let s = &state.stress;
    let sheet = match what {
        "rank" => s.ranked.as_ref().map(|r| stress_sheet(&r.document, &r.ranking))?,
        "detour" => detour_sheet(s.around()?),
        _ => {
            let r = s.regretted.as_ref()?;
            let names: Vec<String> = r.plans.iter().map(|(c, _)| plan_words(state, c)).collect();
            regret_sheet(&r.payoffs, &names, s.aim)
        }
    };
    Some((format!("{}.csv", sheet.name), sheet.csv()))
}
