//! Scrap by prefecture: what the model says under the parameters in force, its sums, and why.

use super::{AppState, ScrapOf};
use crate::map::view::ScrapMark;
use atlas_core::{
    model::{Cluster, Metal, Parameter, PerStream, Prefecture, ScrapModel, Stream},
    scenario::{Lever, RECOVERY_RATE_KEY},
};

/// Generated or collected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScrapWhat {
    /// What arises.
    #[default]
    Generated,
    /// What the recovery rate in force leaves of it.
    Collected,
}

/// Tonnes of contained metal a year in a prefecture.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapRow {
    /// Row of the baseline's prefectures.
    pub prefecture: usize,
    /// By stream.
    pub tonnes: PerStream<f64>,
}

/// The share of what is generated that is collected: the lever's, or the parameter's.
#[must_use]
pub fn recovery_rate(state: &AppState) -> f64 {
    let scenario = state.document.scenario();
    scenario.levers.value(Lever::RecoveryRate, &scenario.parameters(&state.baseline))
}

/// Every prefecture of the table, in its order; none before the table is there.
#[must_use]
pub fn scrap_rows(state: &AppState, what: ScrapWhat) -> Vec<ScrapRow> {
    let all = &state.baseline.prefectures;
    if all.is_empty() {
        return Vec::new();
    }
    let model = ScrapModel::new(&state.document.scenario().parameters(&state.baseline));
    let factor = factor(state, what);
    all.iter()
        .enumerate()
        .map(|(prefecture, p)| ScrapRow { prefecture, tonnes: times(&model.generated_t(p), factor) })
        .collect()
}

fn factor(state: &AppState, what: ScrapWhat) -> f64 {
    match what {
        ScrapWhat::Generated => 1.0,
        ScrapWhat::Collected => recovery_rate(state),
    }
}

fn times(tonnes: &PerStream<f64>, factor: f64) -> PerStream<f64> {
    PerStream::from_fn(|s| tonnes[s] * factor)
}

/// The tonnes that are asked for.
#[must_use]
pub fn tonnes_of(tonnes: &PerStream<f64>, of: ScrapOf) -> f64 {
    match of {
        ScrapOf::All => tonnes.total(),
        ScrapOf::One(s) => tonnes[s],
    }
}

/// Sums of the table, from the parts to the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapSums {
    /// Each cluster.
    pub clusters: Vec<(Cluster, PerStream<f64>)>,
    /// The provinces of the clusters together.
    pub in_clusters: PerStream<f64>,
    /// The provinces between the clusters.
    pub between: PerStream<f64>,
    /// Each province with its cluster, in the order of the table.
    pub provinces: Vec<(String, Option<Cluster>, PerStream<f64>)>,
    /// The whole nation, by the parameters: more than the table's provinces.
    pub nation: PerStream<f64>,
}

/// Sums of the table; none before the table is there.
#[must_use]
pub fn scrap_sums(state: &AppState, what: ScrapWhat) -> Option<ScrapSums> {
    let all = &state.baseline.prefectures;
    let rows = scrap_rows(state, what);
    if rows.is_empty() {
        return None;
    }
    let sum = |fits: &dyn Fn(&Prefecture) -> bool| {
        PerStream::from_fn(|s| rows.iter().filter(|r| fits(&all[r.prefecture])).map(|r| r.tonnes[s]).sum())
    };
    let mut provinces: Vec<(String, Option<Cluster>)> = Vec::new();
    for p in all {
        if !provinces.iter().any(|(name, _)| *name == p.province) {
            provinces.push((p.province.clone(), p.cluster));
        }
    }
    let provinces = provinces.into_iter().map(|(name, cluster)| {
        let tonnes = sum(&|p| p.province == name);
        (name, cluster, tonnes)
    });
    Some(ScrapSums {
        clusters: Cluster::ALL.into_iter().map(|c| (c, sum(&|p| p.cluster == Some(c)))).collect(),
        in_clusters: sum(&|p| p.cluster.is_some()),
        between: sum(&|p| p.cluster.is_none()),
        provinces: provinces.collect(),
        nation: times(&nation(state), factor(state, what)),
    })
}

/// What the model gives a prefecture that is the nation.
fn nation(state: &AppState) -> PerStream<f64> {
    let parameters = state.document.scenario().parameters(&state.baseline);
    let keys = ScrapModel::keys(Stream::Al);
    // National sums come before the base recovery, in the units of the table: millions of people, trillions of yuan.
    let sum = |from_end: usize| parameters.number(&keys[keys.len() - from_end]);
    let whole = Prefecture {
        people: sum(4) * 1e6,
        urban_people: Some(sum(3) * 1e6),
        secondary_value_added_yuan: sum(2) * 1e12,
        ..Prefecture::default()
    };
    ScrapModel::new(&parameters).generated_t(&whole)
}

/// The circles on the map, by row of the prefectures: areas stand for tonnes generated.
#[must_use]
pub fn scrap_marks(state: &AppState) -> Vec<ScrapMark> {
    let of = state.layers.scrap_of;
    let rows = scrap_rows(state, ScrapWhat::Generated);
    let most_t = most(&rows, of);
    let metal = match of {
        ScrapOf::All | ScrapOf::One(Stream::Other) => None,
        ScrapOf::One(Stream::Al) => Some(Metal::Al),
        ScrapOf::One(Stream::Cu) => Some(Metal::Cu),
        ScrapOf::One(Stream::Pb) => Some(Metal::Pb),
        ScrapOf::One(Stream::Zn) => Some(Metal::Zn),
    };
    let mark = |(r, id): (&ScrapRow, u32)| ScrapMark {
        at: state.baseline.prefectures[r.prefecture].seat,
        px: circle_px(tonnes_of(&r.tonnes, of), most_t),
        metal,
        id,
    };
    rows.iter().zip(0u32..).map(mark).collect()
}

fn most(rows: &[ScrapRow], of: ScrapOf) -> f64 {
    rows.iter().map(|r| tonnes_of(&r.tonnes, of)).fold(0.0, f64::max)
}

/// Diameter of the circle of so many tonnes where the largest stands for `most_t`.
fn circle_px(tonnes: f64, most_t: f64) -> f32 {
    if most_t > 0.0 { (f64::from(ScrapMark::MOST_PX) * (tonnes / most_t).max(0.0).sqrt()) as f32 } else { 0.0 }
}

/// Circles for the legend: round tonnes and their diameters in px, large to small.
#[must_use]
pub fn scrap_legend(state: &AppState) -> Vec<(f64, f32)> {
    let most_t = most(&scrap_rows(state, ScrapWhat::Generated), state.layers.scrap_of);
    let mut sizes: Vec<f64> = [0.5, 0.15, 0.03].into_iter().map(|share| round_down(most_t * share)).collect();
    sizes.dedup();
    sizes.into_iter().filter(|t| *t > 0.0).map(|t| (t, circle_px(t, most_t))).collect()
}

/// The largest of 1, 2 and 5 times a power of ten that is not above.
fn round_down(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let mut power = 1.0;
    while power * 10.0 <= value {
        power *= 10.0;
    }
    while power > value {
        power /= 10.0;
    }
    [5.0, 2.0, 1.0].into_iter().map(|k| k * power).find(|v| *v <= value).unwrap_or(power)
}

/// All of a prefecture's numbers and what they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapWhy {
    /// Row of the baseline's prefectures.
    pub prefecture: usize,
    /// Tonnes generated.
    pub generated: PerStream<f64>,
    /// Tonnes collected at the rate in force.
    pub collected: PerStream<f64>,
    /// The prefecture's own numbers.
    pub inputs: Vec<Parameter>,
    /// Parameters in force: those of the metal shown, or of all.
    pub parameters: Vec<Parameter>,
    /// The rate in force, and its parameter where no lever replaces it.
    pub recovery: f64,
}

/// The selected prefecture's numbers.
#[must_use]
pub fn scrap_why(state: &AppState) -> Option<ScrapWhy> {
    let adcode = state.prefecture?;
    let prefecture = state.baseline.prefectures.iter().position(|p| p.adcode == adcode)?;
    let home = &state.baseline.prefectures[prefecture];
    let parameters = state.document.scenario().parameters(&state.baseline);
    let generated = ScrapModel::new(&parameters).generated_t(home);
    let recovery = recovery_rate(state);
    let mut keys: Vec<String> = Vec::new();
    let wanted = Stream::ALL.into_iter().filter(|s| match state.layers.scrap_of {
        ScrapOf::All => true,
        ScrapOf::One(one) => one == *s,
    });
    let keys_of = |s: Stream| {
        // What a person set stands for itself; the model's numbers are of no account there.
        let set = ScrapModel::set_key(home.adcode, s);
        if parameters.get(&set).is_some() { vec![set] } else { ScrapModel::keys(s) }
    };
    for key in wanted.flat_map(keys_of).chain([RECOVERY_RATE_KEY.to_owned()]) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Some(ScrapWhy {
        prefecture,
        collected: times(&generated, recovery),
        generated,
        // The scrap model shares out by people and industry; GDP is for comparing.
        inputs: home.inputs().into_iter().filter(|p| !p.key.starts_with("prefecture.gdp.")).collect(),
        parameters: keys.iter().filter_map(|k| parameters.get(k).cloned()).collect(),
        recovery,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Lang, state::Theme};
    use atlas_core::{
        model::{Baseline, Parameters},
        scenario::Document,
    };
    use std::rc::Rc;

    /// Two prefectures in a cluster, one between, in a nation twice as large.
    fn state() -> AppState {
        let mut keys: Vec<String> = Stream::ALL.into_iter().flat_map(ScrapModel::keys).collect();
        keys.sort();
        keys.dedup();
        let parameter = |key: String| {
            let value = if key.starts_with("national.domestic_scrap") {
                800.0
            } else if key.starts_with("model.scrap_base_recovery") {
                80.0
            } else {
                1.0
            };
            Parameter {
                key,
                value,
                low: None,
                high: None,
                unit: String::new(),
                origin: Default::default(),
                default: None,
            }
        };
        let rate = Parameter { value: 50.0, ..parameter(RECOVERY_RATE_KEY.to_owned()) };
        let home = |adcode, province: &str, cluster, share: f64| Prefecture {
            adcode,
            province: province.into(),
            cluster,
            people: share * 1e6,
            urban_people: Some(share * 1e6),
            secondary_value_added_yuan: share * 1e12,
            ..Prefecture::default()
        };
        let baseline = Baseline {
            prefectures: vec![
                home(1, "甲", Some(Cluster::Yrd), 0.2),
                home(2, "甲", Some(Cluster::Yrd), 0.05),
                home(3, "乙", None, 0.25),
            ],
            parameters: Parameters::new(keys.into_iter().map(parameter).chain([rate]).collect()),
            ..Baseline::default()
        };
        let mut state = AppState::new(Lang::En, Theme::Light);
        state.document = Rc::new(Document::new(&baseline));
        state.baseline = Rc::new(baseline);
        state
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6 * b.abs().max(1.0)
    }

    #[test]
    fn the_parts_make_the_whole() {
        let sums = scrap_sums(&state(), ScrapWhat::Generated).expect("sums");
        // 800 thousand tonnes collected at 80 %: a million generated, of which half in the table.
        assert!(near(sums.nation.al, 1e6), "{:?}", sums.nation);
        assert!(near(sums.in_clusters.al, 2.5e5) && near(sums.between.al, 2.5e5));
        assert!(near(sums.clusters.iter().map(|c| c.1.al).sum(), sums.in_clusters.al));
        assert_eq!(sums.provinces.len(), 2);
        assert!(near(sums.provinces.iter().map(|p| p.2.total()).sum(), 2.5e6));
    }

    #[test]
    fn collected_follows_the_lever() {
        let mut state = state();
        let collected = |state: &AppState| scrap_sums(state, ScrapWhat::Collected).expect("sums").nation.cu;
        assert!(near(collected(&state), 5e5));
        let change = atlas_core::scenario::Change::Lever(Lever::RecoveryRate, Some(0.9));
        let baseline = Rc::clone(&state.baseline);
        Rc::make_mut(&mut state.document).make(&baseline, change).expect("a lever");
        assert!(near(collected(&state), 9e5));
        state.prefecture = Some(1);
        assert!(near(scrap_why(&state).expect("a prefecture").collected.cu, 1.8e5));
    }

    #[test]
    fn areas_stand_for_tonnes() {
        let marks = scrap_marks(&state());
        let area = |i: usize| f64::from(marks[i].px) * f64::from(marks[i].px);
        assert!(near(area(0) / area(1), 4.0) && near(f64::from(marks[2].px), f64::from(ScrapMark::MOST_PX)));
    }

    #[test]
    fn the_legend_has_round_sizes() {
        assert_eq!((round_down(7300.0), round_down(2.4), round_down(0.06), round_down(0.0)), (5000.0, 2.0, 0.05, 0.0));
        let legend = scrap_legend(&state());
        assert!(legend.windows(2).all(|w| w[0].0 > w[1].0 && w[0].1 > w[1].1));
    }

    #[test]
    fn the_why_names_the_parameters_of_the_metal_shown() {
        let mut state = state();
        state.prefecture = Some(2);
        let all = scrap_why(&state).expect("a prefecture").parameters.len();
        state.layers.scrap_of = ScrapOf::One(Stream::Zn);
        let why = scrap_why(&state).expect("a prefecture");
        assert!(why.parameters.len() < all);
        assert!(why.parameters.iter().any(|p| p.key == "national.domestic_scrap.Zn"));
        assert_eq!(why.inputs.len(), 3);
    }
}
