//! From an allocation to what the balance panel shows: cost and proof, what enters and what leaves, surplus and deficit, and who sends
//! to whom.

use atlas_core::{
    allocation::{
        Account, Answer, Balance, CARBON_PRICE_KEY, SORTING_COST_KEY, SORTING_YIELD_KEY, Status, keys, metal_key,
    },
    model::{Cluster, Parameters, PerStream, Stream},
    profile::{Measure, Stage},
    scenario::Objective,
};

/// A part of the panel that says where its figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalanceFigure {
    /// What the plan costs.
    Cost,
    /// What it emits.
    Co2,
    /// Scrap that leaves its cluster.
    Crossing,
    /// Objective, bound and gap.
    Proof,
    /// What enters and what leaves.
    Conservation,
    /// Surplus and deficit.
    Surplus,
    /// From cluster to cluster.
    Matrix,
    /// The diagram.
    Sankey,
    /// Open supply and open capacity.
    Matching,
}

impl BalanceFigure {
    /// The key of its formula in words.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Cost => "formula-balance-cost",
            Self::Co2 => "formula-balance-co2",
            Self::Crossing => "formula-balance-crossing",
            Self::Proof => "formula-balance-proof",
            Self::Conservation => "formula-balance-conservation",
            Self::Surplus => "formula-balance-surplus",
            Self::Matrix => "formula-balance-matrix",
            Self::Sankey => "formula-balance-sankey",
            Self::Matching => "formula-balance-matching",
        }
    }

    /// The parameters behind it, of those that the allocation rests on.
    #[must_use]
    pub fn parameters(self, parameters: &Parameters) -> Vec<String> {
        let begins: &[&str] = match self {
            Self::Cost => &[
                SORTING_COST_KEY,
                CARBON_PRICE_KEY,
                "process.processing_cost",
                "price.scrap",
                "policy.subsidy",
                "freight.cost",
                "freight.fixed",
                "freight.handling",
                "freight.friction",
            ],
            Self::Co2 => &["process.co2_recycled", "freight.emission"],
            Self::Crossing | Self::Matrix => &["process.metal_content_feed"],
            Self::Proof => &[],
            Self::Conservation | Self::Sankey => &[
                SORTING_YIELD_KEY,
                "process.smelter_yield",
                "process.metal_content_feed",
                "national.scrap_import_gross",
                "national.recycled_output",
            ],
            Self::Surplus => &[
                SORTING_YIELD_KEY,
                "process.smelter_yield",
                "model.utilisation",
                "national.recycled_output",
                "national.secondary_value_added",
            ],
            Self::Matching => &[
                "freight.cost.all.truck_full",
                "freight.handling.all.truck",
                "model.utilisation",
                "model.hub_throughput_default",
            ],
        };
        let is_behind = |k: &String| parameters.get(k).is_some() && begins.iter().any(|b| k.starts_with(b));
        keys().into_iter().filter(is_behind).collect()
    }
}

/// A stage of the cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostStage {
    /// The end of its translation key.
    pub key: &'static str,
    /// Yuan a year; what lowers the cost is negative.
    pub yuan: f64,
    /// In the baseline.
    pub base: Option<f64>,
}

impl CostStage {
    /// The measure that it is; a subsidy counts the other way there.
    #[must_use]
    pub fn measure(&self) -> Option<Measure> {
        let stage = match self.key {
            "inflow" => Stage::Inflow,
            "smelting" => Stage::Smelting,
            "scrap-haul" => Stage::Haul,
            "product-haul" => Stage::ProductHaul,
            "sorting" => Stage::Sorting,
            "carbon" => Stage::Carbon,
            _ => return None,
        };
        Some(Measure::Stage(stage))
    }
}

/// The stages of the cost, whose sum it is.
#[must_use]
pub fn stages(now: &Account, base: Option<&Account>) -> [CostStage; 7] {
    let row = |key: &'static str, of: fn(&Account) -> f64| CostStage { key, yuan: of(now), base: base.map(of) };
    [
        row("inflow", |a| a.inflow_yuan),
        row("smelting", |a| a.smelting_yuan),
        row("scrap-haul", |a| a.scrap_haul_yuan),
        row("product-haul", |a| a.product_haul_yuan),
        row("sorting", |a| a.sorting_yuan),
        row("carbon", |a| a.carbon_yuan),
        row("subsidy", |a| -a.subsidy_yuan),
    ]
}

/// Yuan by tonne of recycled metal that is made; `None` where none is.
#[must_use]
pub fn yuan_per_tonne(answer: &Answer) -> Option<f64> {
    let made = together(&answer.balance).product_t;
    (made > 0.0).then(|| answer.account.yuan() / made)
}

/// What an answer proves, as the end of a translation key.
#[must_use]
pub const fn proof_key(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
        Status::Infeasible => "infeasible",
    }
}

/// What was made least or most, as the end of a translation key.
#[must_use]
pub const fn objective_key(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "cost",
        Objective::Co2 => "co2",
        Objective::Metal => "metal",
        Objective::Weighted { .. } => "weighted",
    }
}

/// A relative gap rounded up to one digit, so that what is claimed holds; never less than the millionth that is proved.
#[must_use]
pub fn gap_words(gap: f64) -> String {
    let gap = gap.max(1e-6);
    if !gap.is_finite() {
        return "–".into();
    }
    let mut places = 6;
    let mut unit = 1e-6;
    while gap > 9.0 * unit * (1.0 + 1e-9) && places > 0 {
        unit *= 10.0;
        places -= 1;
    }
    format!("{:.places$}", (gap / unit - 1e-6).ceil() * unit)
}

/// How far a solution is, from 0 to 1, by how often its gap has fallen to a tenth on the way to a millionth.
#[must_use]
pub fn solved_share(gap: Option<f64>) -> f64 {
    gap.map_or(0.0, |g| (-libm::log10(g.clamp(1e-6, 1.0)) / 6.0).clamp(0.0, 1.0))
}

/// A metal, or all together.
pub type Metals = Option<Stream>;

/// All choices of [`Metals`]: everything first.
pub const METALS: [Metals; 6] =
    [None, Some(Stream::Al), Some(Stream::Cu), Some(Stream::Pb), Some(Stream::Zn), Some(Stream::Other)];

/// One metal's value, or the sum.
#[must_use]
pub fn of_metals(values: &PerStream<f64>, metals: Metals) -> f64 {
    metals.map_or_else(|| values.total(), |s| values[s])
}

/// The sum of all metals' balances.
#[must_use]
pub fn together(balances: &PerStream<Balance>) -> Balance {
    balances.values().into_iter().fold(Balance::default(), |a, b| plus(&a, b))
}

/// One metal's balance, or the sum.
#[must_use]
pub fn balance_of(balances: &PerStream<Balance>, metals: Metals) -> Balance {
    metals.map_or_else(|| together(balances), |s| balances[s])
}

fn plus(a: &Balance, b: &Balance) -> Balance {
    Balance {
        collected_t: a.collected_t + b.collected_t,
        corridor_t: a.corridor_t + b.corridor_t,
        imported_t: a.imported_t + b.imported_t,
        unreached_t: a.unreached_t + b.unreached_t,
        unallocated_t: a.unallocated_t + b.unallocated_t,
        sorting_loss_t: a.sorting_loss_t + b.sorting_loss_t,
        smelting_loss_t: a.smelting_loss_t + b.smelting_loss_t,
        product_t: a.product_t + b.product_t,
        used_t: a.used_t + b.used_t,
        exported_t: a.exported_t + b.exported_t,
        demand_t: a.demand_t + b.demand_t,
        unmet_t: a.unmet_t + b.unmet_t,
        unused_inflow_t: a.unused_inflow_t + b.unused_inflow_t,
    }
}

/// A line of the balance.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The end of its translation key.
    pub key: &'static str,
    /// Reads it.
    pub of: fn(&Balance) -> f64,
}

/// What enters.
pub const ENTERS: [Entry; 3] = [
    Entry { key: "collected", of: |b| b.collected_t },
    Entry { key: "corridor", of: |b| b.corridor_t },
    Entry { key: "imported", of: |b| b.imported_t },
];

/// What leaves, is lost, or is left over.
pub const LEAVES: [Entry; 5] = [
    Entry { key: "made", of: |b| b.product_t },
    Entry { key: "sorting-loss", of: |b| b.sorting_loss_t },
    Entry { key: "smelting-loss", of: |b| b.smelting_loss_t },
    Entry { key: "unreached", of: |b| b.unreached_t },
    Entry { key: "left", of: |b| b.unallocated_t },
];

/// What becomes of the metal, and what is missing.
pub const ENDS: [Entry; 5] = [
    Entry { key: "used", of: |b| b.used_t },
    Entry { key: "exported", of: |b| b.exported_t },
    Entry { key: "demand", of: |b| b.demand_t },
    Entry { key: "unmet", of: |b| b.unmet_t },
    Entry { key: "unused-inflow", of: |b| b.unused_inflow_t },
];

/// The sum of some lines.
#[must_use]
pub fn sum_of(entries: &[Entry], balance: &Balance) -> f64 {
    entries.iter().map(|e| (e.of)(balance)).sum()
}

/// Less than this many tonnes a year is rounding.
const ROUNDING_T: f64 = 0.5;

/// What enters less what leaves, without rounding: 0, or there is something wrong.
#[must_use]
pub fn off(balance: &Balance) -> f64 {
    let off = balance.off_t();
    // Rounding to kilograms adds up over thousands of flows.
    if off.abs() < ROUNDING_T.max(1e-6 * balance.collected_t) { 0.0 } else { off }
}

/// Where a surplus is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SurplusLevel {
    /// Clusters.
    #[default]
    Cluster,
    /// Provinces.
    Province,
}

/// What is in surplus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SurplusOf {
    /// Recycled metal: made less demand.
    #[default]
    Metal,
    /// Scrap: collected less worked up.
    Scrap,
}

/// Whose surplus it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// A cluster.
    Cluster(Cluster),
    /// A province, in Chinese as the tables write it.
    Province(String),
}

/// The balance of an area, in tonnes of metal a year.
#[derive(Clone, Debug, PartialEq)]
pub struct SurplusRow {
    /// Where.
    pub area: Area,
    /// Recycled metal made.
    pub made_t: f64,
    /// Demand for it.
    pub demand_t: f64,
    /// Metal in scrap collected.
    pub collected_t: f64,
    /// Metal in scrap that hubs and smelters work up: what is made and what is lost.
    pub worked_t: f64,
}

impl SurplusRow {
    fn new(area: Area, b: &Balance) -> Self {
        Self {
            area,
            made_t: b.product_t,
            demand_t: b.demand_t,
            collected_t: b.collected_t,
            worked_t: b.product_t + b.sorting_loss_t + b.smelting_loss_t,
        }
    }

    /// Surplus, or deficit where it is negative.
    #[must_use]
    pub fn surplus(&self, of: SurplusOf) -> f64 {
        match of {
            SurplusOf::Metal => self.made_t - self.demand_t,
            SurplusOf::Scrap => self.collected_t - self.worked_t,
        }
    }

    /// What the surplus is the difference of.
    #[must_use]
    pub const fn parts(&self, of: SurplusOf) -> [f64; 2] {
        match of {
            SurplusOf::Metal => [self.made_t, self.demand_t],
            SurplusOf::Scrap => [self.collected_t, self.worked_t],
        }
    }
}

/// The areas with their balances: clusters in their order, provinces from the largest surplus to the largest deficit. Provinces that
/// only send scrap in have neither.
#[must_use]
pub fn surplus_rows(answer: &Answer, level: SurplusLevel, of: SurplusOf, metals: Metals) -> Vec<SurplusRow> {
    match level {
        SurplusLevel::Cluster => {
            let row = |c: Cluster| SurplusRow::new(Area::Cluster(c), &balance_of(&answer.by_cluster[c], metals));
            Cluster::ALL.map(row).to_vec()
        }
        SurplusLevel::Province => {
            let row = |(name, b): &(String, PerStream<Balance>)| {
                SurplusRow::new(Area::Province(name.clone()), &balance_of(b, metals))
            };
            let mut rows: Vec<SurplusRow> = answer.by_province.iter().map(row).collect();
            rows.retain(|r| r.collected_t + r.demand_t + r.worked_t > ROUNDING_T);
            rows.sort_by(|a, b| b.surplus(of).total_cmp(&a.surplus(of)));
            rows
        }
    }
}

/// What is carried from cluster to cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carried {
    /// Scrap, gross; the last row is what comes from outside.
    #[default]
    Scrap,
    /// Recycled metal; the last column is export.
    Metal,
}

/// A matrix of tonnes a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Rows of cells.
    pub cells: Vec<Vec<f64>>,
    /// The same in the baseline.
    pub base: Option<Vec<Vec<f64>>>,
}

impl Matrix {
    /// The largest cell.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.cells.iter().flatten().fold(0.0, |a, b| a.max(*b))
    }

    /// The sum of a column.
    #[must_use]
    pub fn column(&self, i: usize) -> f64 {
        self.cells.iter().map(|row| row[i]).sum()
    }
}

/// The matrix of one metal or all.
#[must_use]
pub fn matrix(answer: &Answer, base: Option<&Answer>, carried: Carried, metals: Metals) -> Matrix {
    let read = |a: &Answer| -> Vec<Vec<f64>> {
        let cells = |row: &[PerStream<f64>]| row.iter().map(|v| of_metals(v, metals)).collect();
        match carried {
            Carried::Scrap => a.scrap_matrix.iter().map(|r| cells(r)).collect(),
            Carried::Metal => a.product_matrix.iter().map(|r| cells(r)).collect(),
        }
    };
    Matrix { cells: read(answer), base: base.map(read) }
}

/// The letters of a stream in narrow headings; `None` where a word of the language is needed.
#[must_use]
pub const fn symbol(stream: Stream) -> Option<&'static str> {
    match stream {
        Stream::Other => None,
        s => Some(metal_key(s)),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::i18n::{Lang, has};
    use atlas_core::{
        account::Haul,
        allocation::{End, Flow, Leg, Place},
        format::tables,
        geo::LonLat,
        model::PerMode,
    };

    /// Two points, two hubs, a smelter and a buyer. A point's aluminium goes to the far hub though the near one has room.
    pub fn answer() -> Answer {
        let place = |end: End, lon: f64, cluster| Place {
            end,
            at: LonLat::new(lon, 32.0),
            cluster,
            province: "江苏省".into(),
            adcode: 320_100,
        };
        let facility = |id: &str| End::Facility(id.into());
        let yrd = Some(Cluster::ALL[0]);
        let mut a = Answer {
            places: vec![
                place(facility("CP001"), 118.0, yrd),
                place(facility("HB001"), 118.2, yrd),
                place(facility("HB002"), 120.0, yrd),
                place(facility("SM001"), 120.5, yrd),
                place(End::Demand("江苏省".into()), 119.0, yrd),
                place(End::Corridor(410_100), 113.6, None),
            ],
            ..Answer::default()
        };
        let mut flow = |leg, from, to, gross_t, metal_t, yuan| {
            let km = PerMode::from_fn(|m| if m == atlas_core::model::Mode::Road { 250.0 } else { 0.0 });
            let haul = Haul { km: 250.0, hours: 4.0, yuan_per_t: yuan, kg_co2e_per_t: 20.0 };
            let ends = PerMode::default();
            a.flows.push(Flow { leg, from, to, stream: Stream::Al, gross_t, metal_t, product_t: 90.0, km, haul, ends });
        };
        flow(Leg::ToHub, 0, 2, 100.0, 95.0, 135.0);
        flow(Leg::ToHub, 5, 2, 10.0, 9.5, 300.0);
        flow(Leg::ToSmelter, 2, 3, 105.0, 100.0, 50.0);
        flow(Leg::ToDemand, 3, 4, 94.0, 94.0, 80.0);
        let b = Balance {
            collected_t: 100.0,
            corridor_t: 9.5,
            unallocated_t: 5.0,
            sorting_loss_t: 4.5,
            smelting_loss_t: 6.0,
            product_t: 94.0,
            used_t: 94.0,
            demand_t: 120.0,
            unmet_t: 26.0,
            ..Balance::default()
        };
        a.balance.al = b;
        a.by_cluster[Cluster::ALL[0]].al = b;
        a.by_province = vec![("河南省".into(), PerStream::default()), ("江苏省".into(), a.balance)];
        a.by_province[0].1.al.corridor_t = 9.5;
        a.scrap_matrix[0][0].al = 100.0;
        a.scrap_matrix[3][0].al = 10.0;
        a
    }

    #[test]
    fn what_enters_leaves() {
        let a = answer();
        let b = together(&a.balance);
        assert!((sum_of(&ENTERS, &b) - sum_of(&LEAVES, &b)).abs() < 1e-9);
        assert_eq!(off(&b), 0.0);
        assert_eq!(off(&Balance { collected_t: 50.0, ..Balance::default() }), 50.0);
    }

    #[test]
    fn a_surplus_is_what_is_made_less_what_is_wanted() {
        let a = answer();
        let rows = surplus_rows(&a, SurplusLevel::Province, SurplusOf::Metal, None);
        assert_eq!(rows.len(), 1, "a province that only sends scrap in is none of them");
        assert_eq!(rows[0].surplus(SurplusOf::Metal), -26.0);
        assert_eq!(rows[0].surplus(SurplusOf::Scrap), 100.0 - 104.5);
        let rows = surplus_rows(&a, SurplusLevel::Cluster, SurplusOf::Metal, Some(Stream::Cu));
        assert!(rows.len() == 3 && rows.iter().all(|r| r.surplus(SurplusOf::Metal) == 0.0));
    }

    #[test]
    fn the_matrix_is_read_by_metal() {
        let a = answer();
        let m = matrix(&a, Some(&a), Carried::Scrap, None);
        assert_eq!((m.cells.len(), m.cells[0].len(), m.column(0), m.most()), (4, 3, 110.0, 100.0));
        assert_eq!(m.base.as_ref(), Some(&m.cells));
        assert_eq!(matrix(&a, None, Carried::Metal, Some(Stream::Al)).cells[0].len(), 4);
        assert_eq!(matrix(&a, None, Carried::Scrap, Some(Stream::Pb)).most(), 0.0);
    }

    #[test]
    fn gaps_are_rounded_up_and_never_claim_more_than_is_proved() {
        let words = [1.1e-8, 1e-6, 2.3e-6, 0.000_91, 0.034, 1.0].map(gap_words);
        assert_eq!(words, ["0.000001", "0.000001", "0.000003", "0.001", "0.04", "1"].map(str::to_owned));
        assert_eq!(gap_words(f64::INFINITY), "–");
        assert_eq!([solved_share(None), solved_share(Some(1.0)), solved_share(Some(0.0))], [0.0, 0.0, 1.0]);
        assert!((solved_share(Some(1e-3)) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_stages_are_the_cost() {
        let account = Account { inflow_yuan: 5.0, subsidy_yuan: 2.0, sorting_yuan: 1.0, ..Account::default() };
        let sum: f64 = stages(&account, None).iter().map(|s| s.yuan).sum();
        assert_eq!(sum, account.yuan());
        let mut a = answer();
        a.account = account;
        assert_eq!(yuan_per_tonne(&a), Some(4.0 / 94.0));
        assert_eq!(yuan_per_tonne(&Answer::default()), None);
    }

    #[test]
    fn every_part_has_a_formula_and_parameters_that_are_there() {
        let (parameters, _) = tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        use BalanceFigure::{Co2, Conservation, Cost, Crossing, Matching, Matrix, Proof, Sankey, Surplus};
        for figure in [Cost, Co2, Crossing, Proof, Conservation, Surplus, Matrix, Sankey, Matching] {
            for lang in [Lang::Zh, Lang::En] {
                assert!(has(lang, figure.formula()), "{figure:?}");
            }
            assert_eq!(figure.parameters(&parameters).is_empty(), figure == Proof, "{figure:?}");
        }
        for entry in ENTERS.iter().chain(&LEAVES).chain(&ENDS) {
            assert!(has(Lang::Zh, &format!("balance-{}", entry.key)), "{}", entry.key);
        }
        for stage in stages(&Account::default(), None) {
            assert!(has(Lang::Zh, &format!("balance-stage-{}", stage.key)), "{}", stage.key);
        }
    }
}
