//! Data quality: how much is published, estimated and modelled.

use super::{
    Measure,
    sums::{Data, Trust},
};
use crate::{
    account::EmissionFamily,
    comparison::Measured,
    model::{Certainty, Facility, FacilityKind, Parameters, Prefecture, Status},
    units::{Amount, Count},
};
use std::collections::BTreeSet;

impl<U> Trust<Amount<U>> {
    /// The sum.
    #[must_use]
    pub fn all(&self) -> Amount<U> {
        self.known + self.estimated + self.modelled
    }

    /// The value of a degree.
    #[must_use]
    pub const fn of(&self, certainty: Certainty) -> Amount<U> {
        match certainty {
            Certainty::Known => self.known,
            Certainty::Estimated => self.estimated,
            Certainty::Modelled => self.modelled,
        }
    }

    fn add(&mut self, certainty: Certainty, more: Amount<U>) {
        *match certainty {
            Certainty::Known => &mut self.known,
            Certainty::Estimated => &mut self.estimated,
            Certainty::Modelled => &mut self.modelled,
        } += more;
    }
}

/// Parameters behind the measures, each once.
pub(crate) fn trust(parameters: &Parameters) -> Trust<Amount<Count>> {
    let family = EmissionFamily::of(parameters);
    let keys: BTreeSet<String> = Measure::all().into_iter().flat_map(|m| m.behind(family).parameters).collect();
    let mut sums = Trust::default();
    for parameter in keys.iter().filter_map(|k| parameters.get(k)) {
        sums.add(parameter.origin.basis.certainty(), Amount::new(1.0));
    }
    sums
}

/// Plants, capacity, and values behind: the parameters, and the rows of the prefectures.
pub(super) fn data(of: &Measured, held: &[&Facility], homes: &[&Prefecture], values: Trust<Amount<Count>>) -> Data {
    let mut sums = Data { values, ..Data::default() };
    let takes_part = |f: &&&Facility| {
        matches!(f.kind, FacilityKind::Hub | FacilityKind::Smelter)
            && (f.status.receives() || f.status == Status::Unnamed)
    };
    for f in held.iter().filter(takes_part) {
        sums.plants.add(f.certainty(), Amount::new(1.0));
        let uses = &of.allocation.facilities;
        let found = uses.binary_search_by(|u| u.id.cmp(&f.id)).ok();
        if let Some(t) = found.and_then(|i| uses[i].capacity_t).filter(|_| f.kind == FacilityKind::Smelter) {
            sums.capacity_t.add(f.certainty(), Amount::new(t));
        }
    }
    for input in homes.iter().flat_map(|p| p.inputs()) {
        sums.values.add(input.origin.basis.certainty(), Amount::new(1.0));
    }
    sums
}
