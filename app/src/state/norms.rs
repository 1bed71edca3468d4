//! Which norms apply and where: the user's choice, and the check of the settled plan against it.

use super::{AppState, MapLayer, ResultsTab};
use atlas_core::{
    catchment::norms::{Load, NormProfile, NormReport, Situation, check},
    model::{Baseline, Norm},
};

/// The key of a set that the user put together.
pub const OWN: &str = "own";
/// The set that is chosen at first.
const USUAL: &str = "shanghai_2019";

/// Norms and the provinces they are applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormsChoice {
    /// Key of an offered set, or [`OWN`].
    pub profile: String,
    /// Ids of norms, in the order they are checked.
    pub norms: Vec<String>,
    /// Provinces in Chinese; everywhere where there are none.
    pub provinces: Vec<String>,
}

/// The choice changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NormsAction {
    /// An offered set, by key.
    Profile(String),
    /// A norm by id, in or out: the set becomes the user's own.
    Norm(String, bool),
    /// All provinces, or those where collection points are known, to choose among.
    Everywhere(bool),
    /// A province in Chinese, in or out.
    Province(String, bool),
}

impl Default for NormsChoice {
    fn default() -> Self {
        Self { profile: USUAL.into(), norms: offered(USUAL).unwrap_or_default(), provinces: Vec::new() }
    }
}

/// The norms of an offered set.
fn offered(key: &str) -> Option<Vec<String>> {
    let found = NormProfile::standard().into_iter().find(|p| p.key == key)?;
    Some(found.choices.into_iter().map(|c| c.norm).collect())
}

impl NormsChoice {
    /// True where the user put the set together.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.profile == OWN
    }

    /// True where a norm is chosen.
    #[must_use]
    pub fn holds(&self, norm: &Norm) -> bool {
        self.norms.contains(&norm.id)
    }

    /// The set as it is checked.
    #[must_use]
    pub fn profile(&self) -> NormProfile {
        let set = NormProfile::own(self.norms.iter().map(String::as_str)).within(&self.provinces);
        NormProfile { key: self.profile.clone(), ..set }
    }

    /// The choice after a change. Norms stay in table order, and the last province cannot go: none would mean all.
    #[must_use]
    pub fn after(&self, action: NormsAction, baseline: &Baseline) -> Self {
        let mut next = self.clone();
        match action {
            NormsAction::Profile(key) => {
                if let Some(norms) = offered(&key) {
                    next.norms = norms;
                    next.profile = key;
                }
            }
            NormsAction::Norm(id, on) => {
                let chosen = |n: &&Norm| if n.id == id { on } else { self.holds(n) };
                next.norms = baseline.norms.iter().filter(chosen).map(|n| n.id.clone()).collect();
                next.profile = OWN.into();
            }
            NormsAction::Everywhere(true) => next.provinces.clear(),
            NormsAction::Everywhere(false) => next.provinces = provinces(baseline),
            NormsAction::Province(name, on) => {
                let chosen = |p: &String| if *p == name { on } else { self.provinces.contains(p) };
                let kept: Vec<String> = provinces(baseline).into_iter().filter(chosen).collect();
                if !kept.is_empty() {
                    next.provinces = kept;
                }
            }
        }
        next
    }
}

/// Provinces that norms can be applied to, in table order: those of the clusters.
#[must_use]
pub fn provinces(baseline: &Baseline) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for p in baseline.prefectures.iter().filter(|p| p.cluster.is_some()) {
        if !found.contains(&p.province) {
            found.push(p.province.clone());
        }
    }
    found
}

/// True where something on the page shows a check: the panel, or the layer of the map.
#[must_use]
pub fn norms_wanted(state: &AppState) -> bool {
    state.results == ResultsTab::Norms || state.layers.shows(MapLayer::Norms)
}

/// The plan against the chosen norms. What comes to facilities is what the last answer for a settled plan says.
#[must_use]
pub fn norm_report(state: &AppState) -> NormReport {
    let parameters = state.parameters();
    let load = |id: &str| {
        let found = state.handled(id);
        found.map_or_else(Load::default, |h| Load { people: h.people, gross_t: h.gross_t.total() })
    };
    let situation = Situation::of_plan(&state.baseline.prefectures, state.document.plan(), &parameters, load);
    check(&state.norms.profile(), &state.baseline.norms, &situation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Lang, state::Theme};
    use atlas_core::{
        format::tables,
        geo::LonLat,
        model::{Cluster, Name, Prefecture},
    };
    use std::rc::Rc;

    fn baseline() -> Baseline {
        let home = |adcode, province: &str, cluster| Prefecture {
            adcode,
            name: Name { zh: format!("市{adcode}"), en: format!("City {adcode}") },
            province: province.into(),
            cluster,
            seat: LonLat::new(120.0, 31.0),
            people: 1e6,
            urban_people: Some(5e5),
            secondary_value_added_yuan: 1.0,
            ..Prefecture::default()
        };
        Baseline {
            prefectures: vec![
                home(1, "江苏省", Some(Cluster::Yrd)),
                home(2, "江西省", None),
                home(3, "广东省", Some(Cluster::Prd)),
                home(4, "江苏省", Some(Cluster::Yrd)),
            ],
            norms: tables::norms(include_str!("../../../data/tables/norms.csv")).0,
            parameters: tables::parameters(include_str!("../../../data/tables/parameters.csv")).0,
            ..Baseline::default()
        }
    }

    #[test]
    fn a_ticked_norm_makes_the_set_ones_own_and_a_profile_takes_its_place() {
        let b = baseline();
        let usual = NormsChoice::default();
        assert_eq!((usual.profile.as_str(), usual.norms.len(), usual.is_own()), ("shanghai_2019", 3, false));
        let own = usual.after(NormsAction::Norm("N6".into(), true), &b);
        assert_eq!((own.is_own(), own.norms.join(" ")), (true, "N1 N3 N6 N8".into()));
        let fewer = own.after(NormsAction::Norm("N1".into(), false), &b);
        assert_eq!(fewer.norms.join(" "), "N3 N6 N8");
        assert_eq!(fewer.after(NormsAction::Profile("shanghai_2019".into()), &b), usual);
        assert_eq!(usual.after(NormsAction::Profile("nobody".into()), &b), usual);
    }

    #[test]
    fn provinces_are_all_or_some_but_never_none() {
        let b = baseline();
        assert_eq!(provinces(&b), ["江苏省", "广东省"]);
        let some = NormsChoice::default().after(NormsAction::Everywhere(false), &b);
        let one = some.after(NormsAction::Province("广东省".into(), false), &b);
        assert_eq!(one.provinces, ["江苏省"]);
        assert_eq!(one.after(NormsAction::Province("江苏省".into(), false), &b), one);
        assert!(one.profile().choices.iter().all(|c| c.holds_in("江苏省") && !c.holds_in("广东省")));
        assert!(one.after(NormsAction::Everywhere(true), &b).provinces.is_empty());
    }

    #[test]
    fn the_check_is_made_only_where_it_is_shown_and_follows_the_choice() {
        let mut state = AppState::new(Lang::En, Theme::Light);
        assert!(!norms_wanted(&state));
        state.layers.set(MapLayer::Norms, true);
        assert!(norms_wanted(&state));
        let b = baseline();
        state.norms = Rc::new(state.norms.after(NormsAction::Profile("general".into()), &b));
        state.baseline = Rc::new(b);
        let report = norm_report(&state);
        assert!(report.findings.iter().all(|f| f.norm == "N4" || f.norm == "N8"));
        assert_eq!(report.findings.len(), 3, "prefectures of the clusters; the plan has no points and no hubs");
    }
}
