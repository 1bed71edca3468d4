//! Who takes part: sources, hubs, smelters, demand and ports, with what they hold.

use super::{
    Grain,
    answer::{End, Obstacle, Place},
    hauls::{Hauls, Members, Site},
    processing::Processing,
    terms::Terms,
    together::Together,
};
use crate::{
    account::Territory,
    evaluate::Evaluation,
    geo::{LonLat, haversine_m},
    model::{
        Cluster, Facility, FacilityKind, Mode, Parameters, PerCluster, PerStream, Prefecture, Region, ScrapModel,
        Status, Stream, demand_growth_key, effective_t, national_target_t,
    },
    scenario::{Lever, Plan, Scenario},
};

/// Scrap that starts somewhere.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub place: u32,
    /// Tonnes of metal a year.
    pub metal_t: PerStream<f64>,
    /// True where it may stay where it is: the corridor and imports.
    pub optional: bool,
    /// Where it stands for several points of a prefecture: their sites and shares. Else empty.
    pub members: Members,
}

/// A hub or smelter.
#[derive(Clone, Debug)]
pub(super) struct Plant {
    pub place: u32,
    /// Row in the plan.
    pub row: usize,
    /// Hubs: gross tonnes a year; smelters: tonnes of recycled metal a year.
    pub capacity_t: f64,
    pub takes: PerStream<bool>,
}

/// Demand of a province, in tonnes of recycled metal a year.
#[derive(Clone, Debug)]
pub(super) struct Buyer {
    pub place: u32,
    pub wants_t: PerStream<f64>,
}

/// All of them. `places` and `sites` go in step.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    pub places: Vec<Place>,
    pub sites: Vec<Site>,
    pub sources: Vec<Source>,
    pub hubs: Vec<Plant>,
    pub smelters: Vec<Plant>,
    pub buyers: Vec<Buyer>,
    /// Rows of `places`: ports from which metal is exported.
    pub ports: Vec<u32>,
    /// Hubs and smelters whose capacity nobody knows: id only.
    pub unknown: Vec<String>,
    /// Metal of cells that no point can be reached from, by cluster.
    pub unreached_t: PerCluster<PerStream<f64>>,
    pub obstacles: Vec<Obstacle>,
}

/// A hub within so many metres of a smelter stands on its ground: nothing is hauled or loaded between them.
pub(super) const ONE_SITE_M: f64 = 1_000.0;

impl Cast {
    pub(super) fn new(
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        evaluation: &Evaluation,
        terms: &Terms,
        grain: Grain,
        hauls: &mut Hauls,
    ) -> Self {
        let parameters = &*scenario.parameters(&region.baseline);
        let mut cast = Self::default();
        let add =
            |hauls: &mut Hauls, cast: &mut Self, end: End, at: LonLat, cluster: Option<Cluster>, province: &str| {
                let site = hauls.site(region, at);
                let adcode = hauls.adcode(site);
                cast.places.push(Place { end, at, cluster, province: province.to_owned(), adcode });
                cast.sites.push(site);
                cast.places.len() as u32 - 1
            };
        let of_facility = |f: &Facility| (End::Facility(f.id.clone()), f.at, f.cluster, f.province.clone());

        // Points, with what the catchments bring them.
        let mut brought = PerStream::<f64>::default();
        let mut by_cluster = PerCluster::<PerStream<f64>>::from_fn(|_| PerStream::default());
        let mut together = (grain == Grain::Prefectures).then(|| Together::new(&scenario.goal.contracts));
        for point in plan.open(FacilityKind::CollectionPoint) {
            let Some(handled) = evaluation.handled(&point.id) else { continue };
            let metal_t = PerStream::from_fn(|s| {
                handled.gross_t[s] * terms.streams[s].metal_collected / terms.streams[s].gross_collected
            });
            if metal_t.total() <= 0.0 {
                continue;
            }
            for s in Stream::ALL {
                brought[s] += metal_t[s];
                if let Some(c) = point.cluster {
                    by_cluster[c][s] += metal_t[s];
                }
            }
            if let Some(together) = &mut together {
                together.add(point, handled.people, metal_t, hauls.site(region, point.at), hauls);
                continue;
            }
            let (end, at, cluster, province) = of_facility(point);
            let place = add(hauls, &mut cast, end, at, cluster, &province);
            cast.sources.push(Source { place, metal_t, optional: false, members: vec![] });
        }
        for group in together.into_iter().flat_map(Together::groups) {
            let (end, at, cluster, province) = of_facility(group.at);
            let place = add(hauls, &mut cast, end, at, cluster, &province);
            cast.sources.push(Source { place, metal_t: group.metal_t, optional: false, members: group.members });
        }
        // What no point is reached from; by cluster of the cells, which may differ from that of the point.
        let collected = &evaluation.total.collected_t;
        let left = PerStream::from_fn(|s| (collected[s] - brought[s]).max(0.0));
        let sum = Cluster::ALL.map(|c| evaluation.by_cluster[c].people_unreached);
        let people: f64 = sum.iter().sum();
        cast.unreached_t = PerCluster::from_fn(|c| {
            let share = if people > 0.0 { evaluation.by_cluster[c].people_unreached / people } else { 0.0 };
            PerStream::from_fn(|s| if left[s] > 1e-6 * collected[s].max(1.0) { left[s] * share } else { 0.0 })
        });

        // The corridor, and imports by the ports' traffic.
        let scrap = ScrapModel::new(parameters);
        let recovery = scenario.levers.value(Lever::RecoveryRate, parameters);
        for home in region.baseline.prefectures.iter().filter(|p| p.cluster.is_none()) {
            let generated = scrap.generated_t(home);
            let metal_t = PerStream::from_fn(|s| generated[s] * recovery);
            let place = add(hauls, &mut cast, End::Corridor(home.adcode), home.seat, None, &home.province);
            cast.sources.push(Source { place, metal_t, optional: true, members: vec![] });
        }
        let ports: Vec<&Facility> = plan
            .facilities()
            .iter()
            .filter(|p| p.open && p.facility.kind == FacilityKind::Port && p.facility.modes.contains(Mode::Sea))
            .map(|p| &p.facility)
            .collect();
        let traffic: f64 = ports.iter().filter_map(|p| p.capacity).map(|c| c.tonnes).sum();
        for port in &ports {
            let Some(own) = port.capacity.filter(|c| c.tonnes > 0.0) else { continue };
            let metal_t = PerStream::from_fn(|s| {
                let key = format!("national.scrap_import_gross.{}", s.table_key());
                let national = parameters.get(&key).map_or(0.0, |p| p.value * 1000.0);
                national * parameters.number(s.content_key()) / 100.0 * own.tonnes / traffic
            });
            let place = add(hauls, &mut cast, End::Import(port.id.clone()), port.at, None, &port.province);
            cast.sources.push(Source { place, metal_t, optional: true, members: vec![] });
        }

        // Hubs and smelters.
        let processing = Processing::new(parameters);
        for (row, found) in plan.facilities().iter().enumerate() {
            let f = &found.facility;
            let takes_part = found.open && (f.status.receives() || f.status == Status::Unnamed);
            if !takes_part || !matches!(f.kind, FacilityKind::Hub | FacilityKind::Smelter) {
                continue;
            }
            let takes = PerStream::from_fn(|s| f.takes(s));
            if !takes.values().into_iter().any(|t| *t) {
                continue;
            }
            let capacity = match f.kind {
                FacilityKind::Hub => Some(
                    f.capacity
                        .map_or_else(|| 1000.0 * parameters.number("model.hub_throughput_default.all"), |c| c.tonnes),
                ),
                _ => f.capacity.map(|_| smelter_capacity_t(f, parameters)),
            };
            let capacity = capacity.map(|t| t * processing.capacity_factor(f));
            let Some(capacity_t) = capacity else {
                cast.unknown.push(f.id.clone());
                continue;
            };
            if capacity_t <= 0.0 {
                cast.obstacles.push(Obstacle::Unusable { id: f.id.clone(), reason: "no_capacity".into() });
            }
            let (end, at, cluster, province) = of_facility(f);
            let place = add(hauls, &mut cast, end, at, cluster, &province);
            let plant = Plant { place, row, capacity_t: capacity_t.max(0.0), takes };
            if f.kind == FacilityKind::Hub { cast.hubs.push(plant) } else { cast.smelters.push(plant) }
        }

        // Demand by province, where its industry is.
        let national = parameters.number("national.secondary_value_added.all") * 1e12;
        let grown = PerStream::from_fn(|s| 1.0 + parameters.number_or(&demand_growth_key(s), 0.0) / 100.0);
        let mut provinces: Vec<&str> = Vec::new();
        for p in region.baseline.prefectures.iter().filter(|p| p.cluster.is_some()) {
            if !provinces.contains(&p.province.as_str()) {
                provinces.push(&p.province);
            }
        }
        for province in provinces {
            let homes: Vec<&Prefecture> =
                region.baseline.prefectures.iter().filter(|p| p.province == province && p.cluster.is_some()).collect();
            let added: f64 = homes.iter().map(|p| p.secondary_value_added_yuan).sum();
            let wants_t = PerStream::from_fn(|s| national_target_t(s, parameters) * added / national * grown[s]);
            let seat = central(&homes);
            let place = add(hauls, &mut cast, End::Demand(province.to_owned()), seat.seat, seat.cluster, province);
            cast.buyers.push(Buyer { place, wants_t });
        }
        for port in ports.iter().filter(|p| p.cluster.is_some()) {
            let (end, at, cluster, province) = of_facility(port);
            let place = add(hauls, &mut cast, end, at, cluster, &province);
            cast.ports.push(place);
        }
        cast
    }

    pub(super) fn territory(&self, place: u32) -> Territory<'_> {
        let p = &self.places[place as usize];
        Territory { province: &p.province, cluster: p.cluster }
    }

    /// True where two places are one site.
    pub(super) fn is_one_site(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.places[a as usize].at, self.places[b as usize].at);
        // A hundredth of a degree of latitude is more than that.
        (a.lat - b.lat).abs() < 0.01 && haversine_m(a, b) <= ONE_SITE_M
    }
}

/// What a smelter can make a year at the assumed utilisation, in tonnes of recycled metal. Unnamed capacity is effective
/// already.
fn smelter_capacity_t(f: &Facility, parameters: &Parameters) -> f64 {
    match (f.capacity, f.metals.iter().next()) {
        (Some(c), _) if f.status == Status::Unnamed => c.tonnes,
        (Some(_), Some(main)) => effective_t(f, main.stream(), parameters),
        _ => 0.0,
    }
}

/// The seat from which the others are least far, weighed by industry.
fn central<'a>(homes: &[&'a Prefecture]) -> &'a Prefecture {
    let cost = |p: &Prefecture| -> f64 {
        homes.iter().map(|h| h.secondary_value_added_yuan * haversine_m(p.seat, h.seat)).sum()
    };
    homes.iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).expect("a province has a prefecture")
}
