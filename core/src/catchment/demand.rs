//! What every demand cell holds: residents, and scrap by the scrap model, the recovery rate and the metal content.

use crate::{
    model::{DemandCell, Parameters, PerCluster, PerStream, Prefecture, Region, ScrapModel, Stream},
    scenario::Levers,
};

/// People of a household; residents over it are households.
pub const HOUSEHOLD_SIZE_KEY: &str = "model.household_size.all";

/// Demand of the cells of a region under a scenario.
pub struct Demands<'a> {
    prefectures: &'a [Prefecture],
    /// Scrap that arises, by prefecture, in tonnes of contained metal a year.
    arising: Vec<PerStream<f64>>,
    /// Share that is collected, by cluster.
    recovery: PerCluster<PerStream<f64>>,
    content: PerStream<f64>,
}

/// Demand of one cell. Tonnes are a year's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellDemand {
    /// Residents.
    pub people: f64,
    /// Scrap that arises, contained metal.
    pub generated_t: PerStream<f64>,
    /// Scrap that is collected, contained metal.
    pub collected_t: PerStream<f64>,
    /// Scrap that is collected, gross.
    pub gross_t: PerStream<f64>,
}

impl<'a> Demands<'a> {
    /// Reads parameters and levers.
    #[must_use]
    pub fn new(region: &'a Region, parameters: &Parameters, levers: &Levers) -> Self {
        let scrap = ScrapModel::new(parameters);
        let prefectures = &region.baseline.prefectures;
        Self {
            prefectures,
            arising: prefectures.iter().map(|p| scrap.generated_t(p)).collect(),
            recovery: PerCluster::from_fn(|c| PerStream::from_fn(|s| levers.recovery(parameters, c, s))),
            content: PerStream::from_fn(|s| parameters.number(s.content_key()) / 100.0),
        }
    }

    /// The demand of a cell: its share of its prefecture, by residents.
    #[must_use]
    pub fn of(&self, cell: &DemandCell) -> CellDemand {
        let people = f64::from(cell.people);
        let home = &self.prefectures[cell.prefecture as usize];
        let share = if home.people > 0.0 { people / home.people } else { 0.0 };
        let generated_t = PerStream::from_fn(|s| self.arising[cell.prefecture as usize][s] * share);
        let recovery = &self.recovery[cell.cluster];
        let collected_t = PerStream::from_fn(|s| generated_t[s] * recovery[s]);
        let gross_t = PerStream::from_fn(|s| collected_t[s] / self.content[s]);
        CellDemand { people, generated_t, collected_t, gross_t }
    }
}

impl CellDemand {
    /// Gross tonnes of a stream, or of all.
    #[must_use]
    pub fn tonnes(&self, stream: Option<Stream>) -> f64 {
        stream.map_or_else(|| self.gross_t.total(), |s| self.gross_t[s])
    }
}
