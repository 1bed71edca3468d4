//! Territories side by side, as the Compare page shows them: columns, rows, sentences, pictures, the file.

mod area;
mod pictures;
mod sentence;

pub use area::{area_name, area_names, read_area};
pub use pictures::{CapacityBar, capacity_bars, capacity_csv, slope_csv, slope_of};
pub use sentence::{ClusterPiece, cluster_sentences};

use super::{AppState, Insights};
use crate::{
    compute::protocol::Insight,
    i18n::{Lang, Quantity, integer, significant, small_change, t, tr},
};
use atlas_core::{
    format::profile::{clusters_sheet, shown},
    model::{Baseline, Cluster},
    profile::{Measure, NoValue, Normal, Part, Profile, Section, Unit},
};

/// Below this share of its size a difference is the rounding of an allocation's proof.
const NOISE: f64 = 4e-6;

/// A territory of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterColumn<'a> {
    /// What it is called.
    pub name: String,
    /// Its cluster, where it is one.
    pub cluster: Option<Cluster>,
    /// Under the plan.
    pub plan: &'a Profile,
    /// Under the baseline, where that is known.
    pub base: Option<&'a Profile>,
}

/// One value of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterCell {
    /// The value, or why there is none.
    pub value: Result<f64, NoValue>,
    /// In the unit of the row.
    pub words: String,
    /// Against the baseline, in the unit of the row; `None` where nothing changed, or nothing is known.
    pub change: Option<String>,
    /// True where the change is for the better, false where for the worse.
    pub better: Option<bool>,
    /// Its size beside the largest of the row.
    pub bar: f64,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterRow {
    /// Which.
    pub measure: Measure,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// A cell a column.
    pub cells: Vec<ClusterCell>,
}

/// What a measure is called.
#[must_use]
pub fn profile_name(lang: Lang, measure: Measure) -> String {
    let family = measure.family().replace('_', "-");
    let name = t(lang, &format!("measure-{family}"));
    match measure.part() {
        None => name,
        Some(part) => tr(lang, "clusters-part", &[("name", &name), ("part", &part_name(lang, part))]),
    }
}

fn part_name(lang: Lang, part: Part) -> String {
    t(lang, &format!("measure-part-{}", part.key().replace('_', "-")))
}

/// The formula of a measure in words.
#[must_use]
pub fn profile_why(lang: Lang, measure: Measure) -> String {
    t(lang, &format!("measure-why-{}", measure.family().replace('_', "-")))
}

/// Why there is no value.
#[must_use]
pub fn no_value_words(lang: Lang, why: NoValue) -> String {
    t(lang, why.code())
}

/// The unit of a measure in a normal form, and how many of it one of the measure's own is.
#[must_use]
pub fn profile_unit(lang: Lang, unit: Unit, normal: Normal) -> (f64, String) {
    let of = |q: Quantity| (q.scaled(1.0, lang), q.unit(lang).to_owned());
    let zh = lang == Lang::Zh;
    let own = |times: f64, zh_words: &str, en: &str| (times, if zh { zh_words } else { en }.to_owned());
    if !unit.is_sum() {
        return match unit {
            Unit::Km => of(Quantity::Km),
            Unit::Share => of(Quantity::Percent),
            Unit::YuanPerTonne => of(Quantity::YuanPerTonne),
            Unit::PeoplePerPoint => own(1.0, "人/点", "people/point"),
            Unit::Times => own(1.0, "倍", "times"),
            _ => own(1.0, "", ""),
        };
    }
    if normal == Normal::Absolute {
        return match unit {
            Unit::Tonnes => of(Quantity::TonnesPerYear),
            Unit::Yuan => of(Quantity::YuanPerYear),
            Unit::KgCo2e => of(Quantity::Co2PerYear),
            Unit::TonneKm => of(Quantity::TonneKm),
            Unit::Kwh if zh => own(1e-8, "亿千瓦时/年", ""),
            Unit::Kwh => own(1e-6, "", "GWh/y"),
            Unit::Kgce if zh => own(1e-7, "万吨标煤/年", ""),
            Unit::Kgce => own(1e-6, "", "kt coal eq./y"),
            _ => own(1.0, "", ""),
        };
    }
    let (times, zh_of, en_of) = match unit {
        Unit::Tonnes if normal == Normal::PerTonne => (1.0, "吨", "t"),
        Unit::Tonnes => (1000.0, "千克", "kg"),
        Unit::Yuan => (1.0, "元", "yuan"),
        Unit::KgCo2e => (1.0, "千克 CO₂e", "kg CO₂e"),
        Unit::TonneKm => (1.0, "吨公里", "t-km"),
        Unit::Kwh => (1.0, "千瓦时", "kWh"),
        Unit::Kgce => (1.0, "千克标煤", "kg coal eq."),
        // Things are few beside people and tonnes.
        _ => {
            return match normal {
                Normal::PerPerson => own(1e6, "个/百万人", "per million people"),
                Normal::PerTonne => own(1e4, "个/万吨", "per 10 kt"),
                _ => own(1e4, "个/亿元 GDP", "per 100 m yuan GDP"),
            };
        }
    };
    let (zh_by, en_by) = match normal {
        Normal::PerPerson => ("人·年", "person/y"),
        Normal::PerTonne => ("吨回收量", "t collected"),
        _ => ("万元 GDP", "10k yuan GDP"),
    };
    (times, if zh { format!("{zh_of}/{zh_by}") } else { format!("{en_of}/{en_by}") })
}

/// The columns: the clusters, and the territories beside them.
#[must_use]
pub fn cluster_columns<'a>(lang: Lang, baseline: &Baseline, known: &'a Insights) -> Vec<ClusterColumn<'a>> {
    let Some(plan) = known.plan.as_deref() else { return Vec::new() };
    let base: Option<&Insight> = known.base.as_deref();
    let cluster = |c: Cluster| ClusterColumn {
        name: t(lang, &format!("cluster-{}", c.key())),
        cluster: Some(c),
        plan: &plan.profiles.by_cluster[c],
        base: base.map(|b| &b.profiles.by_cluster[c]),
    };
    let mut columns: Vec<ClusterColumn> = Cluster::ALL.map(cluster).into();
    columns.extend(plan.areas.iter().map(|p| ClusterColumn {
        name: area_name(lang, baseline, &p.area),
        cluster: None,
        plan: p,
        base: base.and_then(|b| b.areas.iter().find(|q| q.area == p.area)),
    }));
    columns
}

/// The rows of a section; `parts` with those of single metals, modes and stages.
#[must_use]
pub fn cluster_rows(
    lang: Lang,
    columns: &[ClusterColumn],
    section: Section,
    normal: Normal,
    parts: bool,
) -> Vec<ClusterRow> {
    let all = Measure::all();
    // What is told by parts alone has no row without them.
    let alone = |m: &Measure| m.part().is_none() || !all.iter().any(|x| x.family() == m.family() && x.part().is_none());
    let of = all.iter().filter(|m| m.section() == section && (parts || alone(m)));
    of.map(|m| row(lang, columns, *m, normal)).collect()
}

/// Three significant digits; what is counted is whole.
fn digits(measure: Measure, normal: Normal, value: f64) -> String {
    if normal == Normal::Absolute && matches!(measure.unit(), Unit::Count) {
        integer(value)
    } else {
        significant(value)
    }
}

/// A row.
#[must_use]
pub fn row(lang: Lang, columns: &[ClusterColumn], measure: Measure, normal: Normal) -> ClusterRow {
    let (times, unit) = profile_unit(lang, measure.unit(), normal);
    let told: Vec<_> = columns.iter().map(|c| shown(measure, c.plan, normal)).collect();
    // A share fills its bar at the whole, not at the largest.
    let whole = if measure.unit() == Unit::Share { 1.0 } else { 0.0 };
    let most = told.iter().filter_map(|v| v.ok()).fold(whole, |m: f64, v| m.max(v.abs()));
    let cell = |(value, column): (&Result<f64, NoValue>, &ClusterColumn)| {
        let before = column.base.and_then(|b| shown(measure, b, normal).ok());
        let difference = value.ok().zip(before).map(|(v, b)| (v - b, v.abs().max(b.abs())));
        let difference = difference.filter(|(d, size)| d.abs() > NOISE * size).map(|d| d.0);
        ClusterCell {
            value: *value,
            words: value.map_or_else(|_| "–".into(), |v| digits(measure, normal, v * times)),
            change: difference.map(|d| small_change(d * times)),
            better: difference.and_then(|d| measure.less_is_better().map(|less| (d < 0.0) == less)),
            bar: if most > 0.0 { value.map_or(0.0, f64::abs) / most } else { 0.0 },
        }
    };
    let cells = told.iter().zip(columns).map(cell).collect();
    ClusterRow { measure, name: profile_name(lang, measure), unit, cells }
}

/// The table as a file.
#[must_use]
pub fn clusters_csv(state: &AppState, normal: Normal) -> String {
    let columns = cluster_columns(state.lang, &state.baseline, &state.insights);
    let columns: Vec<_> = columns.into_iter().map(|c| (c.name, c.plan, c.base)).collect();
    clusters_sheet(&columns, normal, &state.parameters(), |m| profile_name(state.lang, m)).csv()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::has;
    use atlas_core::{
        model::{Name, PerCluster, Prefecture},
        profile::{Area, Profiles},
        units::Amount,
    };
    use std::rc::Rc;

    fn known(base: [f64; 3], plan: [f64; 3]) -> Insights {
        let insight = |t: [f64; 3]| {
            let of = |i: usize| {
                let mut p = Profile { people: Amount::new(1000.0), ..Profile::default() };
                p.collected_t.al = Amount::new(t[i]);
                p
            };
            let mut all = Profile::default();
            all.collected_t.al = Amount::new(t.iter().sum());
            let by_cluster = PerCluster { yrd: of(0), prd: of(1), bohai: of(2) };
            Insight { profiles: Profiles { all, by_cluster }, ..Insight::default() }
        };
        Insights { base: Some(Rc::new(insight(base))), plan: Some(Rc::new(insight(plan))), ..Insights::default() }
    }

    #[test]
    fn every_measure_reason_and_section_has_words_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            for m in Measure::all() {
                let family = m.family().replace('_', "-");
                for key in [format!("measure-{family}"), format!("measure-why-{family}")] {
                    assert!(has(lang, &key), "{key}");
                }
                if let Some(part) = m.part() {
                    assert!(has(lang, &format!("measure-part-{}", part.key().replace('_', "-"))), "{}", m.key());
                }
            }
            assert!(NoValue::ALL.iter().all(|why| has(lang, why.code())));
            assert!(Section::ALL.iter().all(|s| has(lang, &format!("clusters-section-{}", s.key()))));
        }
    }

    #[test]
    fn a_row_tells_values_changes_bars_and_reasons() {
        let (base, known) =
            (Baseline::default(), known([40_000.0, 10_000.0, 20_000.0], [50_000.0, 10_000.0, 20_000.0]));
        let columns = cluster_columns(Lang::En, &base, &known);
        let r = row(Lang::En, &columns, Measure::Collected(None), Normal::Absolute);
        assert_eq!((r.unit.as_str(), r.cells[0].words.as_str()), ("kt/y", "50.0"));
        assert_eq!((r.cells[0].change.as_deref(), r.cells[1].change.clone()), (Some("+10.0"), None));
        assert_eq!((r.cells[0].bar, r.cells[1].bar), (1.0, 0.2));
        let per = row(Lang::Zh, &columns, Measure::Collected(None), Normal::PerPerson);
        assert_eq!((per.unit.as_str(), per.cells[0].value), ("千克/人·年", Ok(50.0)));
        let none = row(Lang::En, &columns, Measure::HubUse, Normal::Absolute);
        assert_eq!((none.cells[0].words.as_str(), none.cells[0].value), ("–", Err(NoValue::NoPlants)));
        assert!(cluster_rows(Lang::En, &columns, Section::Collection, Normal::Absolute, false).len() == 3);
        assert!(!cluster_rows(Lang::En, &columns, Section::Data, Normal::Absolute, false).is_empty());
    }

    #[test]
    fn sentences_hold_their_numbers_and_no_mark_is_left() {
        let known = known([40_000.0, 10_000.0, 20_000.0], [50_000.0, 10_000.0, 20_000.0]);
        for lang in [Lang::Zh, Lang::En] {
            let all = cluster_sentences(lang, &known);
            assert_eq!(all.len(), 2, "most, and change: no ratio is known");
            for pieces in all {
                let numbers = pieces.iter().filter(|p| matches!(p, ClusterPiece::Number(..))).count();
                assert!(numbers >= 2);
                assert!(pieces.iter().all(|p| !matches!(p, ClusterPiece::Words(w) if w.contains('|'))));
            }
        }
        let first = &cluster_sentences(Lang::En, &known)[0];
        assert!(first.contains(&ClusterPiece::Number(Measure::Collected(None), "50.0 kt/y".into())));
        assert!(first.contains(&ClusterPiece::Number(Measure::Collected(None), "62.5 %".into())));
    }

    #[test]
    fn what_is_typed_becomes_a_territory_or_is_refused() {
        let home = |adcode, zh: &str, en: &str, province: &str, cluster| Prefecture {
            adcode,
            name: Name { zh: zh.into(), en: en.into() },
            province: province.into(),
            cluster,
            ..Prefecture::default()
        };
        let base = Baseline {
            prefectures: vec![
                home(320_500, "苏州市", "Suzhou", "江苏省", Some(Cluster::Yrd)),
                home(330_100, "杭州市", "Hangzhou", "浙江省", Some(Cluster::Yrd)),
                home(410_100, "郑州市", "Zhengzhou", "河南省", None),
            ],
            ..Baseline::default()
        };
        let both = Area::Provinces(vec!["江苏省".into(), "浙江省".into()]);
        assert_eq!(read_area(&base, "江苏, Zhejiang"), Ok(both));
        assert_eq!(read_area(&base, "suzhou"), Ok(Area::Prefectures(vec![320_500])));
        assert_eq!(read_area(&base, "江苏省、杭州"), Ok(Area::Prefectures(vec![320_500, 330_100])));
        assert_eq!(read_area(&base, " , "), Err(("area-empty", String::new())));
        assert_eq!(read_area(&base, "郑州市"), Err(("area-unknown", "郑州市".into())));
        assert_eq!(area_names(Lang::En, &base), ["Jiangsu", "Zhejiang", "Suzhou", "Hangzhou"]);
    }

    #[test]
    fn pictures_have_files_with_a_line_a_territory_and_a_line_a_bar() {
        let mut state = AppState::new(Lang::En, crate::state::Theme::Light);
        state.insights = known([40_000.0, 10_000.0, 20_000.0], [50_000.0, 10_000.0, 20_000.0]);
        let slopes = slope_csv(&state, Measure::Collected(None), Normal::Absolute);
        assert_eq!(slopes.lines().count(), 1 + 3);
        assert!(slopes.lines().nth(1).is_some_and(|l| l.ends_with("kt/y,40,50")), "{slopes}");
        let bars = capacity_csv(&state);
        assert_eq!(bars.lines().count(), 1 + 3 * 5);
        assert!(bars.lines().nth(1).is_some_and(|l| l.ends_with(",50")), "{bars}");
    }
}
