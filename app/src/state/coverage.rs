//! From a survey to what the coverage panel and the table twin show.

use super::{AppState, Sort};
use crate::{
    compute::protocol::SurveyView,
    i18n::{Lang, province, t, tr},
};
use atlas_core::{
    catchment::{Amount, Band, Demand, Measure, Question, Served, Share, Survey},
    geo::LonLat,
    model::FacilityKind,
    profile,
    response::Aim,
};
use std::cmp::Ordering;

/// How much of demand is covered, from 0 to 1; `None` where there is no demand.
#[must_use]
pub fn fraction(share: &Share, demand: Demand) -> Option<f64> {
    let total = share.total.of(demand);
    (total > 0.0).then(|| share.within.of(demand) / total)
}

/// How much larger the share is than the baseline's; `None` where the plan is the baseline.
#[must_use]
pub fn points_gained(view: &SurveyView) -> Option<f64> {
    let demand = view.survey.question.demand;
    let d = view.difference.as_ref()?;
    let total = view.survey.total.of(demand);
    (total > 0.0).then(|| (d.gained.of(demand) - d.lost.of(demand)) / total)
}

/// A travel band.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// Its colour: 5 the nearest.
    pub step: usize,
    /// Where it begins, in the measure's unit.
    pub from: f64,
    /// Where it ends; the last one is open.
    pub upto: Option<f64>,
    /// Its share of all demand.
    pub share: f64,
    /// The share of it and all nearer ones.
    pub within: f64,
    /// Its demand.
    pub demand: Amount,
}

/// The bands, nearest first. With what cannot be reached they are everything.
#[must_use]
pub fn band_rows(survey: &Survey) -> Vec<BandRow> {
    let demand = survey.question.demand;
    let total = survey.total.of(demand).max(f64::MIN_POSITIVE);
    let ends = survey.bands.iter().map(|b| b.upto);
    let begins: Vec<f64> = std::iter::once(0.0).chain(ends.flatten()).collect();
    let row = |(i, b): (usize, &Band)| BandRow {
        step: 5 - i.min(4),
        from: begins[i],
        upto: b.upto,
        share: b.demand.of(demand) / total,
        within: b.within.of(demand) / total,
        demand: b.demand,
    };
    survey.bands.iter().enumerate().map(row).collect()
}

/// What areas are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaLevel {
    /// Provinces.
    Province,
    /// Prefectures.
    Prefecture,
}

/// A column that areas can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaColumn {
    /// Name.
    Name,
    /// Share that is covered.
    Share,
    /// Demand that is not.
    Uncovered,
}

/// Coverage of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaRow {
    /// Stable key: province in Chinese, or the prefecture's code.
    pub key: String,
    /// Name in the page's language.
    pub name: String,
    /// Where it is, for a prefecture.
    pub at: Option<LonLat>,
    /// What is covered.
    pub share: Share,
}

impl AreaRow {
    /// Demand that is not covered.
    #[must_use]
    pub fn uncovered(&self, demand: Demand) -> f64 {
        self.share.total.of(demand) - self.share.within.of(demand)
    }
}

/// The areas in order; of equals the one that comes first in the tables.
#[must_use]
pub fn area_rows(state: &AppState, survey: &Survey, level: AreaLevel, sort: Sort<AreaColumn>) -> Vec<AreaRow> {
    let coverage = &survey.coverage;
    let mut rows: Vec<AreaRow> = match level {
        AreaLevel::Province => {
            let row = |(zh, share): &(String, Share)| AreaRow {
                key: zh.clone(),
                name: province(state.lang, zh).to_owned(),
                at: None,
                share: *share,
            };
            coverage.by_province.iter().map(row).collect()
        }
        AreaLevel::Prefecture => {
            let row = |(adcode, share): &(u32, Share)| {
                let home = state.baseline.prefectures.iter().find(|p| p.adcode == *adcode);
                AreaRow {
                    key: adcode.to_string(),
                    name: home.map_or_else(|| adcode.to_string(), |p| state.lang.name(&p.name).to_owned()),
                    at: home.map(|p| p.seat),
                    share: *share,
                }
            };
            coverage.by_prefecture.iter().map(row).collect()
        }
    };
    let demand = survey.question.demand;
    rows.sort_by(|a, b| {
        let order = match sort.by {
            AreaColumn::Name => a.name.cmp(&b.name),
            // An area without demand comes first: nothing of it is covered.
            AreaColumn::Share => {
                fraction(&a.share, demand).unwrap_or(-1.0).total_cmp(&fraction(&b.share, demand).unwrap_or(-1.0))
            }
            AreaColumn::Uncovered => a.uncovered(demand).total_cmp(&b.uncovered(demand)),
        };
        if sort.down { order.reverse() } else { order }
    });
    rows
}

/// A column that catchments can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServedColumn {
    /// Name of the facility.
    Name,
    /// Residents.
    People,
    /// Tonnes a year.
    Tonnes,
    /// Mean way.
    Mean,
    /// The way that 95 % do not exceed.
    P95,
    /// How much longer the mean way would be if it closed.
    Longer,
    /// Residents who would lose cover.
    Uncovered,
}

impl ServedColumn {
    /// All columns, from left to right.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::People, Self::Tonnes, Self::Mean, Self::P95, Self::Longer, Self::Uncovered];

    /// Its heading: a way is called by what it is measured in.
    #[must_use]
    pub fn words(self, lang: Lang, measure: Measure) -> String {
        let way = t(lang, &format!("measure-noun-{}", measure.key()));
        tr(lang, self.key(), &[("way", &way)])
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Name => "table-name",
            Self::People => "served-people",
            Self::Tonnes => "served-tonnes",
            Self::Mean => "served-mean",
            Self::P95 => "served-p95",
            Self::Longer => "served-longer",
            Self::Uncovered => "served-uncovered",
        }
    }

    /// Its number, where it holds one.
    #[must_use]
    pub const fn number(self, s: &Served) -> Option<f64> {
        match self {
            Self::Name => None,
            Self::People => Some(s.demand.people),
            Self::Tonnes => Some(s.demand.tonnes),
            Self::Mean => s.mean,
            Self::P95 => s.p95,
            Self::Longer => s.loss.added_mean,
            Self::Uncovered => Some(s.loss.uncovered.people),
        }
    }
}

/// The catchments in order, each with the name of its facility. What has no number comes last either way.
#[must_use]
pub fn served_rows<'a>(state: &AppState, survey: &'a Survey, sort: Sort<ServedColumn>) -> Vec<(String, &'a Served)> {
    let name = |s: &Served| {
        let found = state.document.plan().get(&s.id);
        found.map_or_else(|| s.id.clone(), |p| state.lang.name(&p.facility.name).to_owned())
    };
    let mut rows: Vec<(String, &Served)> = survey.facilities.iter().map(|s| (name(s), s)).collect();
    let turned = |order: Ordering| if sort.down { order.reverse() } else { order };
    rows.sort_by(|(a, x), (b, y)| {
        let order = match (sort.by.number(x), sort.by.number(y)) {
            (Some(x), Some(y)) => turned(x.total_cmp(&y)),
            (None, None) => turned(a.cmp(b)),
            (x, y) => y.is_some().cmp(&x.is_some()),
        };
        order.then_with(|| x.id.cmp(&y.id))
    });
    rows
}

/// A figure of the coverage panel that can say where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The share within the limit.
    Share,
    /// Demand by band.
    Bands,
    /// Share against way.
    Curve,
    /// How unequal ways are.
    Equity,
    /// Uncovered places.
    Gaps,
    /// Coverage by area.
    Areas,
}

impl Basis {
    /// The key of its formula.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Share => "formula-coverage-share",
            Self::Bands => "formula-coverage-bands",
            Self::Curve => "formula-coverage-curve",
            Self::Equity => "formula-coverage-equity",
            Self::Gaps => "formula-coverage-gaps",
            Self::Areas => "formula-coverage-areas",
        }
    }
}

/// The measure that the share within the limit is: that of the usual question, by people or by tonnes.
#[must_use]
pub fn coverage_aim(q: &Question) -> Option<Aim> {
    let measure = match q.demand {
        Demand::People => profile::Measure::CoveredPeople,
        Demand::Tonnes => profile::Measure::CoveredTonnes,
        Demand::Households => return None,
    };
    let usual = Question::usual(FacilityKind::CollectionPoint);
    // Bands are drawn, and count nothing.
    let same = Question { demand: q.demand, bands: q.bands.clone(), ..usual } == *q;
    same.then(|| Aim::of(measure, None))
}

/// What a figure rests on: keys of parameters, and keys of the words for the data behind it.
#[must_use]
pub fn basis(of: Basis, q: &Question) -> (Vec<String>, Vec<&'static str>) {
    let tonnes = q.demand == Demand::Tonnes || of == Basis::Curve;
    // The curve shows tonnes beside whatever demand is counted in.
    let counted = if tonnes { vec![q.demand, Demand::Tonnes] } else { vec![q.demand] };
    let keys = q.parameters_of(&counted);
    let places = if q.of == FacilityKind::CollectionPoint { "data-points" } else { "data-plants" };
    let roads = (q.measure != Measure::Line).then_some("data-roads");
    let data = [Some("data-census"), roads, Some(places), tonnes.then_some("data-scrap")];
    (keys, data.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::super::cells::tests::{survey, surveyed};
    use super::*;
    use atlas_core::{account::ROAD_FACTOR_KEY, model::Stream};
    use atlas_core::{catchment::Difference, format::tables};

    fn people(people: f64) -> Amount {
        Amount { people, ..Amount::default() }
    }

    #[test]
    fn bands_and_the_unreachable_are_everything() {
        let mut s = survey();
        s.bands = vec![
            Band { upto: Some(5.0), demand: people(300.0), within: people(300.0) },
            Band { upto: None, demand: people(700.0), within: people(1000.0) },
        ];
        let rows = band_rows(&s);
        assert_eq!((rows[0].from, rows[0].upto, rows[0].step), (0.0, Some(5.0), 5));
        assert_eq!((rows[1].from, rows[1].upto, rows[1].step), (5.0, None, 4));
        let shares: f64 = rows.iter().map(|r| r.share).sum();
        assert!((shares + s.unreachable.people / s.total.people - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(fraction(&Share::default(), Demand::People), None);
        let share = Share { total: people(8.0), within: people(2.0) };
        assert_eq!(fraction(&share, Demand::People), Some(0.25));
    }

    #[test]
    fn what_is_gained_less_what_is_lost_is_the_change() {
        let difference = Difference { gained: people(66.0), lost: people(11.0), moved: people(500.0) };
        let mut view = SurveyView { survey: survey(), difference: Some(difference), remote: vec![] };
        assert!((points_gained(&view).expect("a change") - 0.05).abs() < 1e-12);
        view.difference = None;
        assert_eq!(points_gained(&view), None);
    }

    #[test]
    fn areas_are_ordered_by_what_is_missing() {
        let mut s = survey();
        let share = |total, within| Share { total: people(total), within: people(within) };
        s.coverage.by_province = vec![("江苏省".into(), share(100.0, 90.0)), ("浙江省".into(), share(50.0, 10.0))];
        let by = |by, down| {
            let rows = area_rows(&surveyed(), &s, AreaLevel::Province, Sort { by, down });
            rows.into_iter().map(|r| r.name).collect::<Vec<_>>()
        };
        assert_eq!(by(AreaColumn::Uncovered, true), ["Zhejiang", "Jiangsu"]);
        assert_eq!(by(AreaColumn::Share, true), ["Jiangsu", "Zhejiang"]);
        assert_eq!(by(AreaColumn::Name, false), ["Jiangsu", "Zhejiang"]);
    }

    #[test]
    fn a_facility_without_a_number_comes_last_either_way() {
        let mut s = survey();
        s.facilities[0].mean = None;
        for down in [true, false] {
            let rows = served_rows(&surveyed(), &s, Sort { by: ServedColumn::Mean, down });
            assert_eq!(rows.iter().map(|r| r.1.id.as_str()).collect::<Vec<_>>(), ["CP002", "CP001"]);
        }
    }

    #[test]
    fn a_figure_rests_on_what_was_asked() {
        let mut q = Question { measure: Measure::Line, ..Question::usual(FacilityKind::CollectionPoint) };
        assert_eq!(basis(Basis::Share, &q), (vec![], vec!["data-census", "data-points"]));
        q.measure = Measure::Km;
        // Points reach as far as pick-up does.
        assert_eq!(basis(Basis::Share, &q).0, [ROAD_FACTOR_KEY, "policy.pickup_from.all", "policy.pickup_radius.all"]);
        q = Question { demand: Demand::Tonnes, stream: Some(Stream::Cu), ..q };
        let (keys, data) = basis(Basis::Share, &q);
        assert!(keys.iter().any(|k| k == Stream::Cu.content_key()) && data.contains(&"data-scrap"));
        assert!(!keys.iter().any(|k| k.ends_with(".Al")));
    }

    #[test]
    fn every_parameter_behind_a_figure_is_in_the_table() {
        let (parameters, _) = tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        for measure in Measure::ALL {
            for of in [FacilityKind::CollectionPoint, FacilityKind::Hub] {
                for demand in Demand::ALL {
                    let q = Question { measure, demand, stream: Some(Stream::Pb), ..Question::usual(of) };
                    let (keys, _) = basis(Basis::Share, &q);
                    assert!(keys.iter().all(|k| parameters.get(k).is_some()), "{keys:?}");
                }
            }
        }
    }
}
