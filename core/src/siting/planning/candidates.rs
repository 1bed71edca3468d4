//! Where sites may stand, and which facilities stay whatever is chosen.

use super::{
    Candidates, Existing, Question,
    area::{Homes, Loop, Zone},
    trouble,
};
use crate::{
    catchment::{FacilitySet, Measure, is_inside},
    diagnostics::Diagnostic,
    geo::{LonLat, NearestIndex, haversine_m},
    graph::Access,
    model::{CapacityUnit, DemandCell, MOST_ACCESS_M, Name, Region},
    scenario::Plan,
    siting::Lock,
};
use std::collections::BTreeMap;

/// A candidate further than this from every road (metres) is left out: three times the distance that half of all people live at.
pub(super) const MOST_CANDIDATE_LEG_M: u32 = 15_000;
/// So many rows of one kind of trouble are listed one by one.
const LISTED: usize = 20;

/// A place where a site may stand.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub id: String,
    pub name: Name,
    pub at: LonLat,
    pub access: Access,
    /// Row in the plan of a facility that is there already.
    pub existing: Option<u32>,
    /// Whether that facility is open in the plan.
    pub open_now: bool,
    /// Gross tonnes a year that an existing facility can take, where they are stated so.
    pub capacity_t: Option<f64>,
    pub lock: Lock,
    /// What lies between it and the smelter, by class of demand: see [`super::demand`]. `u32::MAX`: it does not take the class.
    pub onward: Vec<u32>,
}

/// Who takes part.
pub(super) struct Cast {
    pub candidates: Vec<Candidate>,
    /// Rows of the plan that stay open whatever is chosen.
    pub stays: Vec<u32>,
    /// Rows of the plan that are open now and are not among `stays` and candidates: closed by a lock, or not counted.
    pub shut: Vec<u32>,
}

/// Gathers them; `access` finds the way onto the roads.
pub(super) fn gather(
    region: &Region,
    plan: &Plan,
    question: &Question,
    homes: &Homes,
    mut access: impl FnMut(LonLat) -> Access,
    problems: &mut Vec<Diagnostic>,
    notes: &mut Vec<Diagnostic>,
) -> Cast {
    let zone = Zone::new(&question.area, &region.baseline, problems);
    let forbidden: Vec<Loop> = (1..)
        .zip(&question.forbidden)
        .filter_map(|(i, ring)| Loop::new(ring, &format!("forbidden area {i}"), problems))
        .collect();
    for id in question.open.iter().filter(|id| question.closed.contains(id)) {
        problems.push(trouble::both_ways(id));
    }
    let mut cast = Cast { candidates: Vec::new(), stays: Vec::new(), shut: Vec::new() };
    let lock = |id: &str| match () {
        () if question.open.iter().any(|o| o == id) => Lock::Open,
        () if question.closed.iter().any(|o| o == id) => Lock::Closed,
        () => Lock::Free,
    };
    existing(region, plan, question, homes, &zone, &lock, &mut access, &mut cast);

    let mut sieve = Sieve::default();
    let stays: Vec<LonLat> = cast.stays.iter().map(|row| plan.facilities()[*row as usize].facility.at).collect();
    let mut offer = |found: Offer, cast: &mut Cast| {
        let Offer { id, name, at, own_access, row } = found;
        let lock = lock(&id);
        if lock == Lock::Closed {
            return sieve.known.push(id);
        }
        let Access { node, leg_m } = own_access.unwrap_or_else(|| access(at));
        let why = if forbidden.iter().any(|r| r.holds(at)) {
            Out::Forbidden
        } else if row.is_some() && is_inside(&region.ground.outside, at) {
            Out::Outside
        } else if leg_m > MOST_CANDIDATE_LEG_M && question.measure != Measure::Line {
            Out::OffNetwork(f64::from(leg_m) / 1000.0)
        } else if question.apart_km.is_some_and(|km| stays.iter().any(|s| near(*s, at, km))) {
            Out::Near
        } else {
            let access = Access { node, leg_m };
            let onward = Vec::new();
            return cast.candidates.push(Candidate {
                id,
                name,
                at,
                access,
                existing: None,
                open_now: false,
                capacity_t: None,
                lock,
                onward,
            });
        };
        let subject = row.unwrap_or_else(|| format!("{} ({id})", if name.en.is_empty() { &name.zh } else { &name.en }));
        sieve.take(id, subject, why);
    };
    let ground = &region.ground;
    let mut bad = Vec::new();
    match &question.candidates {
        Candidates::Places => {
            let rows: BTreeMap<u32, u32> =
                region.baseline.prefectures.iter().zip(0u32..).map(|(p, i)| (p.adcode, i)).collect();
            for (i, p) in ground.places.iter().enumerate() {
                if rows.get(&p.adcode).is_some_and(|row| zone.holds(*row, p.at)) {
                    let id = format!("place:{i}");
                    offer(Offer { id, name: p.name.clone(), at: p.at, own_access: None, row: None }, &mut cast);
                }
            }
        }
        Candidates::Cells => {
            // A cell has no name: it is called after the nearest place.
            let near = NearestIndex::new(ground.places.iter().map(|p| p.at));
            let called = |cell: &DemandCell| match near.nearest(cell.at).map(|row| &ground.places[row as usize].name) {
                Some(n) => Name { zh: format!("{}附近", n.zh), en: format!("near {}", n.en) },
                None => Name { zh: format!("{:x}", cell.h3), en: format!("{:x}", cell.h3) },
            };
            for (cell, access) in ground.cells.iter().zip(&ground.cell_access) {
                if cell.people > 0 && zone.holds(cell.prefecture, cell.at) {
                    let (id, name) = (format!("cell:{:x}", cell.h3), called(cell));
                    offer(Offer { id, name, at: cell.at, own_access: Some(*access), row: None }, &mut cast);
                }
            }
        }
        Candidates::List(spots) => {
            let mut away = 0;
            for (i, spot) in (1..).zip(spots) {
                let row = format!("list row {i}");
                if !spot.at.is_valid() {
                    bad.push(trouble::bad_spot(&row));
                    continue;
                }
                if !homes.of(region, spot.at).is_some_and(|home| zone.holds(home, spot.at)) {
                    away += 1;
                    continue;
                }
                let id = format!("list:{i}");
                let name = if spot.name.is_empty() {
                    Name { zh: format!("名单第 {i} 行"), en: row.clone() }
                } else {
                    Name { zh: spot.name.clone(), en: spot.name.clone() }
                };
                offer(Offer { id, name, at: spot.at, own_access: None, row: Some(row) }, &mut cast);
            }
            if away > 0 {
                bad.push(trouble::left_out("siting-outside-area", away, "they lie outside of the area"));
            }
        }
        Candidates::None => {}
    }
    notes.extend(bad);
    sieve.tell(notes);
    let known = |id: &String| {
        cast.candidates.iter().any(|c| c.id == *id) || plan.get(id).is_some_and(|p| p.facility.kind == question.kind)
    };
    for id in question.open.iter().filter(|id| !known(id)) {
        problems.push(trouble::unknown_lock(id, sieve.why(id)));
    }
    for id in question.closed.iter().filter(|id| !known(id) && !sieve.known.contains(id)) {
        problems.push(trouble::unknown_lock(id, None));
    }
    cast
}

/// A place that is offered as a candidate.
struct Offer {
    id: String,
    name: Name,
    at: LonLat,
    own_access: Option<Access>,
    /// Its row in an imported list.
    row: Option<String>,
}

/// Facilities that are there.
#[allow(clippy::too_many_arguments, reason = "what decides about a facility comes from so many sides")]
fn existing(
    region: &Region,
    plan: &Plan,
    question: &Question,
    homes: &Homes,
    zone: &Zone,
    lock: &dyn Fn(&str) -> Lock,
    access: &mut impl FnMut(LonLat) -> Access,
    cast: &mut Cast,
) {
    let set = FacilitySet { kind: question.kind, stream: question.stream, cluster: None, only: Vec::new() };
    for (p, row) in plan.facilities().iter().zip(0u32..) {
        let f = &p.facility;
        if !(f.status.receives() && set.holds(f)) {
            continue;
        }
        let lock = lock(&f.id);
        let here = homes.of(region, f.at).is_some_and(|home| zone.holds(home, f.at));
        let may = match (p.open, question.existing) {
            (false, _) => lock == Lock::Open || (here && lock == Lock::Free),
            (true, Existing::MayClose) => here,
            (true, _) => false,
        };
        let counts = match question.existing {
            Existing::Ignore => !here || lock == Lock::Open,
            Existing::Keep | Existing::MayClose => true,
        };
        if may && lock != Lock::Closed {
            let access = access(f.at);
            if access.leg_m <= MOST_ACCESS_M {
                cast.candidates.push(Candidate {
                    id: f.id.clone(),
                    name: f.name.clone(),
                    at: f.at,
                    access,
                    existing: Some(row),
                    open_now: p.open,
                    capacity_t: f.capacity.filter(|c| c.unit == CapacityUnit::Gross).map(|c| c.tonnes),
                    lock,
                    onward: Vec::new(),
                });
            }
        } else if p.open {
            let stays = counts && lock != Lock::Closed;
            if stays { &mut cast.stays } else { &mut cast.shut }.push(row);
        }
    }
}

pub(super) fn near(a: LonLat, b: LonLat, km: f64) -> bool {
    // A degree of latitude is 111 km: most pairs are told apart without a sine.
    (a.lat - b.lat).abs() * 111.0 < km && haversine_m(a, b) < km * 1000.0
}

/// Why a candidate was left out.
enum Out {
    Forbidden,
    Outside,
    OffNetwork(f64),
    Near,
}

/// What was left out.
#[derive(Default)]
struct Sieve {
    /// Ids that are candidates but locked closed.
    known: Vec<String>,
    out: BTreeMap<String, &'static str>,
    told: Vec<Diagnostic>,
    forbidden: usize,
    near: usize,
    off_network: usize,
    outside: usize,
}

impl Sieve {
    fn take(&mut self, id: String, subject: String, why: Out) {
        let word = match why {
            Out::Forbidden => {
                self.forbidden += 1;
                "it lies in a forbidden area"
            }
            Out::Near => {
                self.near += 1;
                "it is too near to a facility that stays"
            }
            Out::OffNetwork(km) => {
                self.off_network += 1;
                if self.off_network <= LISTED {
                    self.told.push(trouble::off_network(&subject, km));
                }
                "it is too far from every road"
            }
            Out::Outside => {
                self.outside += 1;
                if self.outside <= LISTED {
                    self.told.push(trouble::outside(&subject));
                }
                "it lies in the sea or outside of the clusters"
            }
        };
        self.out.insert(id, word);
    }

    fn tell(&mut self, notes: &mut Vec<Diagnostic>) {
        notes.append(&mut self.told);
        for (code, count) in [("siting-off-network", self.off_network), ("siting-outside", self.outside)] {
            if count > LISTED {
                notes.push(trouble::more_like_it(code, count - LISTED));
            }
        }
        if self.forbidden > 0 {
            notes.push(trouble::left_out("siting-forbidden", self.forbidden, "they lie in a forbidden area"));
        }
        if self.near > 0 {
            let why = "they are nearer to a facility that stays than sites may be";
            notes.push(trouble::left_out("siting-too-near", self.near, why));
        }
    }

    fn why(&self, id: &str) -> Option<&'static str> {
        self.out.get(id).copied()
    }
}
