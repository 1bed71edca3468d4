//! From a scenario that has been measured to the sums of a territory.
//!
//! Everything belongs to a prefecture: demand cells know theirs; a facility belongs to the one of its province and cluster
//! with the nearest seat, as the norms have it. Unnamed capacity is modelled by cluster and belongs to no prefecture: it counts
//! where the whole cluster does. Demand of a province is shared out to its prefectures by secondary value added (modelled).

use super::{
    Access, Area, Extent, Hauls, Profile, Profiles, market, quality,
    sums::{Norms, Smelters, Trade, Trust},
};
use crate::{
    account::{EmissionFamily, Rates},
    allocation::{Account, End, Leg, Place},
    catchment::{
        Demands, Pickup, equity,
        norms::{self, Load, NormProfile, NormReport, Situation, Subject, Verdict},
        quantile,
    },
    comparison::Measured,
    footprint::{Choice, Footprint, Given, Sums, footprint},
    geo::nearest_row,
    model::{Cluster, Facility, FacilityKind, Mode, Parameters, PerCluster, Prefecture, Region, Status, Stream},
    scenario::{Plan, Standing},
    units::{Amount, Count, Km, Yuan},
};
use std::collections::BTreeMap;

impl Profiles {
    /// Reads them out of a scenario that has been measured.
    #[must_use]
    pub fn new(region: &Region, of: &Measured) -> Self {
        Self::of(&Gathering::new(region, of))
    }

    /// Reads them where it is known how far the values behind the measures can be trusted ([`super::trust`]).
    pub(crate) fn with(region: &Region, of: &Measured, values: Trust<Amount<Count>>) -> Self {
        Self::of(&Gathering::with(region, of, values))
    }

    fn of(ground: &Gathering<'_>) -> Self {
        Self { all: ground.profile(&Area::All), by_cluster: PerCluster::from_fn(|c| ground.profile(&Area::Cluster(c))) }
    }
}

/// What a territory amounts to in a scenario that has been measured.
#[must_use]
pub fn profile(region: &Region, of: &Measured, area: &Area) -> Profile {
    Gathering::new(region, of).profile(area)
}

/// Where things are: what all territories of one scenario share. O(n) in cells, flows and facilities, each territory.
pub struct Gathering<'a> {
    region: &'a Region,
    of: &'a Measured,
    parameters: Parameters,
    /// Home of every facility of the plan, by row.
    facilities: Vec<Home>,
    /// Home of every place of the allocation, by row.
    places: Vec<Home>,
    norms: NormReport,
    /// Where each finding counts, in step with the report.
    found: Vec<Home>,
    /// Firms of at least the leaders' threshold.
    leaders: Vec<String>,
    /// How far the parameters behind the measures can be trusted.
    values: Trust<Amount<Count>>,
    /// Transport, processing and what is avoided, with the family of factors in force.
    carbon: Footprint,
}

/// Where something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    /// In a prefecture, by row.
    Prefecture(usize),
    /// In a cluster as a whole.
    Cluster(Cluster),
    /// Outside of the clusters, or wherever a province's users are.
    Nowhere,
}

/// A territory as it is asked of: which prefectures, and which clusters as a whole.
struct Inside {
    prefectures: Vec<bool>,
    clusters: PerCluster<bool>,
}

impl Inside {
    fn new(baseline: &[Prefecture], area: &Area) -> Self {
        let prefectures: Vec<bool> = baseline.iter().map(|p| area.contains(p)).collect();
        let whole = |c| {
            let mut own = baseline.iter().zip(&prefectures).filter(|(p, _)| p.cluster == Some(c)).peekable();
            own.peek().is_some() && own.all(|(_, inside)| *inside)
        };
        Self { clusters: PerCluster::from_fn(whole), prefectures }
    }

    fn holds(&self, home: Home) -> bool {
        match home {
            Home::Prefecture(row) => self.prefectures[row],
            Home::Cluster(c) => self.clusters[c],
            Home::Nowhere => false,
        }
    }

    fn extent(&self, baseline: &[Prefecture]) -> Extent {
        let inside =
            |p: &&Prefecture| baseline.iter().position(|q| q.adcode == p.adcode).is_some_and(|i| self.prefectures[i]);
        let of_clusters = || baseline.iter().filter(|p| p.cluster.is_some());
        let cut = |same: &dyn Fn(&Prefecture, &Prefecture) -> bool| {
            of_clusters().filter(inside).any(|p| of_clusters().any(|q| same(p, q) && !inside(&q)))
        };
        Extent {
            prefectures: self.prefectures.iter().filter(|i| **i).count() as u32,
            cuts_cluster: cut(&|p, q| p.cluster == q.cluster),
            cuts_province: cut(&|p, q| p.province == q.province && p.cluster == q.cluster),
        }
    }
}

impl<'a> Gathering<'a> {
    /// Finds the home of everything.
    #[must_use]
    pub fn new(region: &'a Region, of: &'a Measured) -> Self {
        let values = quality::trust(&of.scenario.parameters(&region.baseline));
        Self::with(region, of, values)
    }

    fn with(region: &'a Region, of: &'a Measured, values: Trust<Amount<Count>>) -> Self {
        let parameters = of.scenario.parameters(&region.baseline).into_owned();
        let prefectures = &region.baseline.prefectures;
        let facilities: Vec<Home> = of.plan.facilities().iter().map(|p| home(&p.facility, prefectures)).collect();
        let place = |p: &Place| match &p.end {
            End::Facility(id) => row_of(&of.plan, id).map_or(Home::Nowhere, |row| facilities[row]),
            End::Corridor(_) | End::Import(_) | End::Demand(_) => Home::Nowhere,
        };
        let places = of.allocation.places.iter().map(place).collect();
        let load = |id: &str| {
            let handled = of.evaluation.handled(id);
            handled.map_or_else(Load::default, |h| Load { people: h.people, gross_t: h.gross_t.total() })
        };
        let general = NormProfile::standard().into_iter().find(|p| p.key == GENERAL_NORMS);
        let norms = general.map_or_else(NormReport::default, |profile| {
            let situation = Situation::of_plan(prefectures, &of.plan, &parameters, load);
            norms::check(&profile, &region.baseline.norms, &situation)
        });
        let found = norms.findings.iter().map(|f| match &f.subject {
            Subject::Prefecture(adcode) => {
                prefectures.iter().position(|p| p.adcode == *adcode).map_or(Home::Nowhere, Home::Prefecture)
            }
            Subject::Point(id) | Subject::Hub(id) => row_of(&of.plan, id).map_or(Home::Nowhere, |row| facilities[row]),
            Subject::Region => Home::Nowhere,
        });
        let found = found.collect();
        let leaders = market::leaders(&region.baseline, of, &parameters);
        let given = Given {
            baseline: &region.baseline,
            scenario: &of.scenario,
            plan: &of.plan,
            rounds: &of.rounds(region),
            answer: &of.allocation,
        };
        let choice = Choice { family: EmissionFamily::of(&parameters), ..Choice::default() };
        let carbon = footprint(given, choice);
        Self { region, of, parameters, facilities, places, norms, found, leaders, values, carbon }
    }

    /// The sums of a territory.
    #[must_use]
    pub fn profile(&self, area: &Area) -> Profile {
        let prefectures = &self.region.baseline.prefectures;
        let inside = Inside::new(prefectures, area);
        let mut sums = Profile { area: area.clone(), extent: inside.extent(prefectures), ..Profile::default() };
        for p in area.prefectures(&self.region.baseline) {
            sums.gdp_yuan += Amount::new(p.gdp_yuan);
        }
        self.cells(&inside, &mut sums);
        self.points(&inside, &mut sums.access);
        self.coverage(area, &mut sums.access);
        self.demand(&inside, &mut sums);
        self.plants(&inside, &mut sums);
        for (home, entry) in self.places.iter().zip(&self.of.allocation.ledger) {
            if inside.holds(*home) {
                add(&mut sums.account, &entry.account);
                for s in Stream::ALL {
                    sums.unallocated_t[s] += Amount::new(entry.unallocated_t[s]);
                }
            }
        }
        sums.carbon = self.carbon(&inside, sums.extent, area);
        sums.hauls = self.hauls(&inside);
        sums.trade = self.trade(&inside);
        sums.norms = self.norms(&inside);
        let held = self.of.plan.facilities().iter().zip(&self.facilities).filter(|(_, home)| inside.holds(**home));
        let held: Vec<&Facility> = held.filter(|(p, _)| p.open).map(|(p, _)| &p.facility).collect();
        sums.market = market::market(&self.region.baseline, self.of, &held, &self.leaders);
        let homes: Vec<&Prefecture> = area.prefectures(&self.region.baseline).collect();
        sums.data = quality::data(self.of, &held, &homes, self.values);
        sums
    }

    /// People and scrap, and the way to the point.
    fn cells(&self, inside: &Inside, sums: &mut Profile) {
        let rates = Rates::new(&self.parameters, &self.of.scenario.levers);
        let demands = Demands::new(self.region, &self.parameters, &self.of.scenario.levers);
        let pickup = Pickup::new(&self.parameters);
        let mut picked_up = Amount::<Yuan>::ZERO;
        let mut ways = Vec::new();
        for (cell, owner) in self.region.ground.cells.iter().zip(&self.of.owners) {
            if !inside.prefectures[cell.prefecture as usize] {
                continue;
            }
            let d = demands.of(cell);
            sums.people += Amount::new(d.people);
            for s in Stream::ALL {
                sums.generated_t[s] += Amount::new(d.generated_t[s]);
                sums.collected_t[s] += Amount::new(d.collected_t[s]);
            }
            if let Some(label) = owner {
                let (km, gross) = (rates.km(label.distance_m), Amount::new(d.gross_t.total()));
                sums.access.brought_t += gross;
                sums.access.brought_tkm += gross.carried(Amount::new(km));
                if pickup.reaches(km) {
                    picked_up += Amount::new(gross.value() * pickup.yuan_per_t);
                }
                ways.push((km, d.people));
            }
        }
        let tkm = sums.access.brought_tkm.value();
        sums.access.collection_yuan = Amount::new(tkm * rates.collect_yuan_per_tkm) + picked_up;
        sums.access.collection_kg_co2e = Amount::new(tkm * rates.collect_kg_per_tkm);
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        sums.access.equity = equity(&ways);
    }

    fn points(&self, inside: &Inside, access: &mut Access) {
        let all = self.of.plan.facilities().iter().zip(&self.facilities);
        let one = Amount::new(1.0);
        for (p, _) in all.filter(|(p, home)| is_open(p, FacilityKind::CollectionPoint) && inside.holds(**home)) {
            access.points += one;
            access.real_points += Amount::new(p.facility.street_points);
            if matches!(p.standing, Standing::Added(_)) {
                access.added += one;
            }
        }
    }

    fn coverage(&self, area: &Area, access: &mut Access) {
        let homes: Vec<u32> = area.prefectures(&self.region.baseline).map(|p| p.adcode).collect();
        let shares = &self.of.surveyed.survey.coverage.by_prefecture;
        for (_, share) in shares.iter().filter(|(adcode, _)| homes.contains(adcode)) {
            access.within += Amount::new(share.within.people);
            access.asked += Amount::new(share.total.people);
            access.within_t += Amount::new(share.within.tonnes);
            access.asked_t += Amount::new(share.total.tonnes);
        }
    }

    /// A province's demand, shared out by secondary value added.
    fn demand(&self, inside: &Inside, sums: &mut Profile) {
        for (province, balance) in &self.of.allocation.by_province {
            let own = |p: &&(&Prefecture, &bool)| p.0.cluster.is_some() && p.0.province == *province;
            let all: Vec<_> = self.region.baseline.prefectures.iter().zip(&inside.prefectures).collect();
            let industry = |p: &(&Prefecture, &bool)| p.0.secondary_value_added_yuan;
            let whole: f64 = all.iter().filter(own).map(industry).sum();
            let part: f64 = all.iter().filter(own).filter(|p| *p.1).map(industry).sum();
            if part > 0.0 {
                for s in Stream::ALL {
                    // Whole provinces are taken whole, to the bit.
                    let share = if part == whole { 1.0 } else { part / whole };
                    sums.demand_t[s] += Amount::new(balance[s].demand_t * share);
                }
            }
        }
    }

    fn plants(&self, inside: &Inside, sums: &mut Profile) {
        let one = Amount::new(1.0);
        for used in &self.of.allocation.facilities {
            let Some(row) = row_of(&self.of.plan, &used.id) else { continue };
            if !inside.holds(self.facilities[row]) {
                continue;
            }
            let f = &self.of.plan.facilities()[row].facility;
            let (capacity, total) = (used.capacity_t.map(Amount::new), Amount::new(used.used_t.total()));
            if f.kind == FacilityKind::Hub {
                sums.hubs.count += one;
                sums.hubs.capacity_t += capacity.unwrap_or_default();
                sums.hubs.used_t += total;
                continue;
            }
            for s in Stream::ALL {
                sums.product_t[s] += Amount::new(used.used_t[s]);
            }
            let Some(main) = f.metals.iter().next() else { continue };
            let plants: &mut Smelters = &mut sums.smelters[main.stream()];
            if f.status == Status::Unnamed {
                plants.unnamed_t += capacity.unwrap_or_default();
                plants.unnamed_used_t += total;
            } else {
                plants.count += one;
                plants.named_t += capacity.unwrap_or_default();
                plants.named_used_t += total;
                if capacity.is_none() {
                    plants.unknown += one;
                }
            }
        }
    }

    /// From point to smelter. What a hub sends on is a mixture: each tonne goes where the hub's tonnes of its stream go, in
    /// proportion.
    fn hauls(&self, inside: &Inside) -> Hauls {
        let answer = &self.of.allocation;
        let km = |f: &crate::allocation::Flow| Mode::ALL.into_iter().map(|m| f.km[m]).sum::<f64>();
        let mut onward = BTreeMap::<(u32, Stream), Vec<(f64, f64)>>::new();
        for f in answer.flows.iter().filter(|f| f.leg == Leg::ToSmelter) {
            onward.entry((f.from, f.stream)).or_default().push((km(f), f.gross_t));
        }
        let (mut sums, mut ways) = (Hauls::default(), Vec::new());
        for f in answer.flows.iter().filter(|f| inside.holds(self.places[f.from as usize])) {
            let first = km(f);
            match f.leg {
                Leg::Direct | Leg::Contract => ways.push((first, f.gross_t)),
                Leg::ToHub => {
                    let next = onward.get(&(f.to, f.stream)).map_or(&[][..], Vec::as_slice);
                    let all: f64 = next.iter().map(|n| n.1).sum();
                    ways.extend(next.iter().map(|(way, gross)| (first + way, f.gross_t * gross / all)));
                }
                Leg::ToSmelter | Leg::ToDemand | Leg::Export => {}
            }
        }
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (way, gross) in &ways {
            let gross = Amount::new(*gross);
            sums.hauled_t += gross;
            sums.hauled_tkm += gross.carried(Amount::<Km>::new(*way));
        }
        sums.p95 = quantile(&ways, 0.95).map(Amount::new);
        sums
    }

    fn trade(&self, inside: &Inside) -> Trade {
        let answer = &self.of.allocation;
        let mut sums = Trade::default();
        for f in &answer.flows {
            let (from, to) = (&answer.places[f.from as usize], &answer.places[f.to as usize]);
            let begins = inside.holds(self.places[f.from as usize]);
            let tonnes = Amount::new(f.gross_t);
            if f.leg.is_scrap() {
                let ends = inside.holds(self.places[f.to as usize]);
                match (&from.end, begins, ends) {
                    (End::Corridor(_), _, true) => sums.from_corridor_t += tonnes,
                    (End::Import(_), _, true) => sums.imported_t += tonnes,
                    (_, false, true) => sums.from_clusters_t += tonnes,
                    (_, true, false) => sums.out_t += tonnes,
                    _ => {}
                }
            } else if f.leg == Leg::Export {
                if begins {
                    sums.exported_t += tonnes;
                }
            } else {
                let users = self.region.baseline.prefectures.iter().zip(&inside.prefectures);
                let ends = users.into_iter().any(|(p, i)| *i && p.province == to.province);
                match (begins, ends) {
                    (true, false) => sums.product_out_t += tonnes,
                    (false, true) => sums.product_in_t += tonnes,
                    _ => {}
                }
            }
        }
        sums
    }

    /// Of whole clusters theirs; of a part what its prefectures have, unnamed capacity at its seat included: of such a part
    /// only the sorting is told.
    fn carbon(&self, inside: &Inside, extent: Extent, area: &Area) -> Sums {
        let mut sums = Sums::default();
        if extent.cuts_cluster {
            let homes: Vec<u32> = area.prefectures(&self.region.baseline).map(|p| p.adcode).collect();
            let own = self.carbon.by_place.iter().filter(|(adcode, _)| homes.contains(adcode));
            own.for_each(|(_, more)| sums += *more);
        } else {
            for c in Cluster::ALL.into_iter().filter(|c| inside.clusters[*c]) {
                sums += self.carbon.by_cluster[c];
            }
        }
        sums
    }

    fn norms(&self, inside: &Inside) -> Norms {
        let mut sums = Norms::default();
        for (finding, home) in self.norms.findings.iter().zip(&self.found) {
            if inside.holds(*home) {
                *match finding.verdict {
                    Verdict::Passes => &mut sums.passes,
                    Verdict::Fails => &mut sums.fails,
                    Verdict::CannotSay(_) => &mut sums.cannot_say,
                } += Amount::new(1.0);
            }
        }
        sums
    }
}

/// The set of norms that territories are held to.
pub(super) const GENERAL_NORMS: &str = "general";

fn is_open(p: &crate::scenario::PlanFacility, kind: FacilityKind) -> bool {
    p.open && p.facility.kind == kind && p.facility.status.receives()
}

fn row_of(plan: &Plan, id: &str) -> Option<usize> {
    plan.facilities().binary_search_by(|p| p.facility.id.as_str().cmp(id)).ok()
}

/// Of the prefectures of its province and cluster, else of its cluster, the one with the nearest seat.
fn home(facility: &Facility, prefectures: &[Prefecture]) -> Home {
    let Some(cluster) = facility.cluster else { return Home::Nowhere };
    if facility.status == Status::Unnamed {
        return Home::Cluster(cluster);
    }
    let nearest = |own: bool| {
        let fits = |row: usize| {
            let p = &prefectures[row];
            p.cluster == Some(cluster) && (!own || p.province == facility.province)
        };
        nearest_row(facility.at, prefectures.iter().map(|p| p.seat), fits)
    };
    nearest(true).or_else(|| nearest(false)).map_or(Home::Nowhere, Home::Prefecture)
}

fn add(sum: &mut Account, more: &Account) {
    sum.scrap_haul_yuan += more.scrap_haul_yuan;
    sum.sorting_yuan += more.sorting_yuan;
    sum.smelting_yuan += more.smelting_yuan;
    sum.product_haul_yuan += more.product_haul_yuan;
    sum.friction_yuan += more.friction_yuan;
    sum.inflow_yuan += more.inflow_yuan;
    sum.carbon_yuan += more.carbon_yuan;
    sum.subsidy_yuan += more.subsidy_yuan;
    sum.transport_kg_co2e += more.transport_kg_co2e;
    sum.smelting_kg_co2e += more.smelting_kg_co2e;
    sum.cross_cluster_t += more.cross_cluster_t;
    sum.product_value_yuan += more.product_value_yuan;
    sum.scrap_purchase_yuan += more.scrap_purchase_yuan;
    for mode in Mode::ALL {
        sum.tonne_km[mode] += more.tonne_km[mode];
    }
}
