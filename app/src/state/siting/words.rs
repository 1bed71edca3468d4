//! How an objective is written, and what sites are called.

use super::{Ask, Search};
use crate::{
    i18n::{Lang, Quantity, decimals, signed, significant, t, tr},
    state::AppState,
};
use atlas_core::{
    model::Name,
    siting::planning::{Aim, By, Question, Site, Swap},
};

/// The unit an objective is shown in.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// How many of it one of the objective's own is.
    pub scale: f64,
    /// Its words.
    pub words: String,
    /// True where less is better.
    pub less: bool,
    /// True for whole numbers.
    pub whole: bool,
}

/// The unit of a question's objective.
#[must_use]
pub fn objective_unit(lang: Lang, q: &Question) -> Unit {
    let way = || Quantity::of_measure(q.measure).unit(lang).to_owned();
    let unit = |scale, words, less| Unit { scale, words, less, whole: false };
    let regret = q.futures.is_some_and(|f| f.by == By::Regret);
    match q.aim {
        // What is regretted is a difference: of per cent, points, and the less the better.
        Aim::MostCovered if regret => unit(100.0, t(lang, "siting-unit-points"), true),
        Aim::Nearest | Aim::LeastLongest => unit(1.0, way(), true),
        Aim::MostCovered => unit(100.0, "%".into(), false),
        Aim::FewestSites => Unit { whole: true, ..unit(1.0, t(lang, "siting-unit-sites"), true) },
        Aim::LeastCost => {
            let scale = if lang == Lang::Zh { 1e-4 } else { 1e-6 };
            unit(scale, t(lang, "siting-unit-money"), true)
        }
    }
}

/// An objective without its unit.
#[must_use]
pub fn objective_words(unit: &Unit, value: Option<f64>) -> String {
    match value {
        None => "–".into(),
        // A bound on a whole number is rounded to the side where it holds.
        Some(v) if unit.whole => format!("{:.0}", (v - 1e-6).ceil().max(0.0)),
        Some(v) => small(v * unit.scale),
    }
}

/// Three significant digits; two of what is so small that three decimals would show nothing.
#[must_use]
pub fn small(value: f64) -> String {
    let size = value.abs();
    if (1e-9..1e-3).contains(&size) {
        // The first place that is no nought, and one more.
        let (mut places, mut first) = (1, size * 10.0);
        while first < 1.0 {
            (places, first) = (places + 1, first * 10.0);
        }
        return decimals(value, places + 1);
    }
    significant(value)
}

/// By how much one objective is worse than another, with its sign, and the same in per cent.
#[must_use]
pub fn worse(unit: &Unit, value: f64, than: f64) -> (String, Option<String>) {
    let difference = (value - than) * unit.scale;
    let share = (than != 0.0).then(|| signed(100.0 * (value - than) / than.abs()));
    let near_nothing = share.is_some() && (value - than).abs() < 1e-9 * than.abs();
    if near_nothing { ("±0".into(), Some("±0".into())) } else { (signed(difference), share) }
}

/// What a site is called.
#[must_use]
pub fn site_name(lang: Lang, site: &Site) -> String {
    let name = Name { zh: site.zh.clone(), en: site.en.clone() };
    let name = lang.name(&name);
    if name.is_empty() { position_words(site) } else { name.to_owned() }
}

fn position_words(site: &Site) -> String {
    format!("{:.3}, {:.3}", site.at.lon, site.at.lat)
}

/// What stands behind an id: a site that is known, a locked one, a place, a facility; the id itself where nobody knows.
#[must_use]
pub fn standing_in(state: &AppState, id: &str) -> String {
    let lang = state.lang;
    if let Some(site) = state.siting.search.as_ref().and_then(|s: &Search| s.known(id)) {
        return site_name(lang, site);
    }
    let ask: &Ask = &state.siting.ask;
    if let Some(name) = ask.names.get(id) {
        return lang.name(name).to_owned();
    }
    if let Some(found) = state.document.plan().get(id) {
        return lang.name(&found.facility.name).to_owned();
    }
    if let Some(row) = id.strip_prefix("place:").and_then(|r| r.parse::<usize>().ok())
        && let Some(place) = state.places.get(row)
    {
        return lang.name(&place.name).to_owned();
    }
    if let Some(row) = id.strip_prefix("list:").and_then(|r| r.parse::<usize>().ok())
        && let Some(spot) = row.checked_sub(1).and_then(|row| ask.list.spots.get(row)).filter(|s| !s.name.is_empty())
    {
        return spot.name.clone();
    }
    id.to_owned()
}

/// What another plan changes, in words.
#[must_use]
pub fn swap_words(state: &AppState, swaps: &[Swap]) -> String {
    const MOST: usize = 2;
    let one = |s: &Swap| {
        let (out, into) = (standing_in(state, &s.out), standing_in(state, &s.into));
        tr(state.lang, "siting-swap", &[("out", &out), ("into", &into)])
    };
    let mut words: Vec<String> = swaps.iter().take(MOST).map(one).collect();
    if swaps.len() > MOST {
        words.push(tr(state.lang, "siting-swaps-more", &[("n", &(swaps.len() - MOST).to_string())]));
    }
    words.join(if state.lang == Lang::Zh { "，" } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objective_has_the_unit_of_its_aim() {
        let of = |aim| objective_unit(Lang::En, &Question { aim, ..Question::default() });
        assert_eq!(objective_words(&of(Aim::Nearest), Some(15.83)), "15.8");
        assert_eq!(objective_words(&of(Aim::MostCovered), Some(0.912_3)), "91.2");
        assert_eq!(objective_words(&of(Aim::FewestSites), Some(11.2)), "12");
        assert_eq!(objective_words(&of(Aim::FewestSites), Some(12.0)), "12");
        assert_eq!(objective_words(&of(Aim::LeastCost), Some(4.2e8)), "420");
        assert_eq!(objective_words(&of(Aim::LeastCost), None), "–");
        assert_eq!(
            [small(0.000_912), small(-0.000_04), small(0.0), small(0.012_34)],
            ["0.00091", "−0.000040", "0", "0.012"]
        );
        let futures = Some(atlas_core::siting::planning::Futures { runs: 5, seed: 1, by: By::Regret });
        let regret = objective_unit(Lang::En, &Question { aim: Aim::MostCovered, futures, ..Question::default() });
        assert_eq!((regret.words.as_str(), regret.less), ("points", true));
        assert_eq!(worse(&of(Aim::Nearest), 10.2, 10.0), ("+0.200".into(), Some("+2.00".into())));
        assert_eq!(worse(&of(Aim::Nearest), 10.0, 10.0), ("±0".into(), Some("±0".into())));
    }
}
