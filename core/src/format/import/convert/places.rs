//! Collection points, hubs and smelters: rows that are places.

use super::{Cargo, Ground, Reason, Remark, RemarkKind, Sums, folded, rows::Rows};
use crate::{
    format::import::{
        Field, Mode,
        guess::kind_of,
        suspicion::{self, Pair},
    },
    geo::{LonLat, haversine_m},
    model::{FacilityKind, MetalSet, Name},
    scenario::{Edit, NewFacility, PlanFacility, Standing},
};
use std::collections::{BTreeSet, HashMap};

/// Further than this from every prefecture seat of a cluster is outside of the region (metres).
const OUTSIDE_M: f64 = 250_000.0;
/// Places nearer than this are one (metres): files round.
const SAME_M: f64 = 1.5;
/// Longer ids are none.
const MOST_ID: usize = 64;

/// A row that can be used.
struct Good {
    id: String,
    kind: FacilityKind,
    name: Name,
    at: LonLat,
    metals: MetalSet,
    capacity_t: Option<f64>,
    open: bool,
    row: usize,
}

pub fn convert(rows: &mut Rows, ground: Ground) -> (Cargo, Sums) {
    let (goods, kinds, mut pairs) = read(rows, ground);
    let mut edits = Edits::default();
    let mut sums = Sums { good: goods.len(), ..Sums::default() };
    let replace = rows.settings.mode == Mode::Replace;
    let named: BTreeSet<String> = goods.iter().map(|g| g.id.clone()).collect();
    for good in goods {
        let Some(there) = ground.plan.get(&good.id) else {
            sums.added += 1;
            edits.add(good);
            continue;
        };
        if there.facility.kind != good.kind {
            rows.bad(good.row, Some(Field::Id), Reason::IdOfAnother);
            sums.good -= 1;
        } else if is_same(there, &good) {
            sums.same += 1;
        } else if replace {
            // What the baseline has keeps its name and metals.
            if matches!(there.standing, Standing::Added(_)) {
                edits.remove(there);
                edits.add(good);
            } else {
                if !says_same(there, &good) {
                    rows.bad(good.row, Some(Field::Name), Reason::Kept);
                }
                edits.bring(there, &good);
            }
            sums.changed += 1;
        } else {
            rows.bad(good.row, Some(Field::Id), Reason::IdTaken);
            sums.good -= 1;
        }
    }
    if replace {
        for p in ground.plan.facilities() {
            let f = &p.facility;
            if !kinds.contains(&f.kind) || named.contains(&f.id) || f.status == crate::model::Status::Unnamed {
                continue;
            }
            match p.standing {
                Standing::Added(_) => edits.remove(p),
                _ if p.open => edits.close.push(Edit::Close { id: f.id.clone() }),
                _ => continue,
            }
            sums.gone += 1;
        }
    }
    if sums.same > 0 {
        rows.remark(Remark::of(RemarkKind::Same, sums.same));
    }
    pairs.truncate(2000);
    if let Some((datum, n)) = suspicion::datum(&pairs, rows.settings.datum) {
        rows.remark(Remark { what: RemarkKind::LooksShifted, n, of: pairs.len(), text: datum.key().into() });
    }
    (Cargo::Edits(edits.finish()), sums)
}

fn read(rows: &mut Rows, ground: Ground) -> (Vec<Good>, BTreeSet<FacilityKind>, Vec<Pair>) {
    let mut goods: Vec<Good> = Vec::new();
    let mut kinds: BTreeSet<FacilityKind> = rows.settings.kind.facility().into_iter().collect();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let known = known(ground);
    let (mut pairs, mut swapped, mut placed, mut others) = (Vec::new(), 0usize, 0usize, 0usize);
    let seats: Vec<LonLat> =
        ground.baseline.prefectures.iter().filter(|p| p.cluster.is_some()).map(|p| p.seat).collect();
    for row in 0..rows.len() {
        rows.went(row);
        let kind = match rows.settings.kind.facility() {
            Some(kind) => kind,
            None => match kind_of(rows.cell(row, Field::Kind)) {
                // Ports and rail hubs are the map's own.
                Some(kind) if kind.is_terminal() => {
                    others += 1;
                    continue;
                }
                Some(kind) => kind,
                None => {
                    rows.bad(row, Some(Field::Kind), Reason::UnknownKind);
                    continue;
                }
            },
        };
        kinds.insert(kind);
        let id = rows.cell(row, Field::Id).to_owned();
        if id.chars().count() > MOST_ID || id.chars().any(char::is_control) {
            rows.bad(row, Some(Field::Id), Reason::BadId);
            continue;
        }
        if !id.is_empty() && ids.contains(&id) {
            rows.bad(row, Some(Field::Id), Reason::IdTwice);
            continue;
        }
        let Some((lon, lat)) = rows.degrees(row) else { continue };
        let stated = LonLat::new(lon, lat);
        placed += 1;
        let is_swapped = suspicion::is_swapped(lon, lat);
        swapped += usize::from(is_swapped);
        let zh = rows.cell(row, Field::Name);
        let en = rows.cell(row, Field::NameEn);
        let at = rows.settings.datum.to_wgs84(stated);
        let wrong = if is_swapped {
            Some(Reason::Swapped)
        } else if !stated.is_valid() {
            Some(Reason::NoPlace)
        } else if is_outside(at, &seats) {
            Some(Reason::Outside)
        } else {
            None
        };
        if let Some(wrong) = wrong {
            rows.bad(row, Some(Field::Lon), wrong);
            continue;
        }
        let by_id = (!id.is_empty()).then(|| ground.plan.get(&id)).flatten().map(|p| p.facility.at);
        if let Some(known) = by_id.or_else(|| known.get(&folded(zh)).copied().flatten()) {
            pairs.push(Pair { stated, known });
        }
        let Some(capacity_t) = rows.tonnes(row, Field::Capacity) else { continue };
        let metals = if kind == FacilityKind::CollectionPoint { Some(MetalSet::default()) } else { rows.metals(row) };
        let Some(metals) = metals else { continue };
        if kind == FacilityKind::Smelter && metals.is_empty() {
            rows.bad(row, Some(Field::Metals), Reason::NoMetals);
            continue;
        }
        if !id.is_empty() {
            ids.insert(id.clone());
        }
        let name = match (zh, en) {
            ("", "") => Name::default(),
            (zh, "") => Name { zh: zh.into(), en: zh.into() },
            ("", en) => Name { zh: en.into(), en: en.into() },
            (zh, en) => Name { zh: zh.into(), en: en.into() },
        };
        let open =
            !matches!(folded(rows.cell(row, Field::Open)).as_str(), "no" | "false" | "0" | "否" | "关闭" | "closed");
        goods.push(Good { id, kind, name, at, metals, capacity_t, open, row });
    }
    name_the_nameless(&mut goods, &ids, ground);
    if swapped * 2 > placed {
        rows.remark(Remark { of: placed, ..Remark::of(RemarkKind::LooksSwapped, swapped) });
    }
    if others > 0 {
        rows.remark(Remark::of(RemarkKind::OtherKinds, others));
    }
    (goods, kinds, pairs)
}

/// Ids for rows without one: the kind's letters and the first numbers that neither plan nor file has.
fn name_the_nameless(goods: &mut [Good], ids: &BTreeSet<String>, ground: Ground) {
    let mut next: HashMap<FacilityKind, u32> = HashMap::new();
    for good in goods.iter_mut().filter(|g| g.id.is_empty()) {
        let letters = ground.plan.letters(good.kind);
        let n = next.entry(good.kind).or_insert(1);
        good.id = loop {
            let id = format!("{letters}{n:03}");
            *n += 1;
            if ground.plan.get(&id).is_none() && !ids.contains(&id) {
                break id;
            }
        };
    }
}

/// Where things are that are known by their names; a name that several have says nothing.
fn known(ground: Ground) -> HashMap<String, Option<LonLat>> {
    let mut known: HashMap<String, Option<LonLat>> = HashMap::new();
    let facilities = ground.baseline.facilities.iter().filter(|f| f.kind != FacilityKind::CollectionPoint);
    let names = facilities.map(|f| (&f.name.zh, f.at)).chain(ground.places.iter().map(|p| (&p.name.zh, p.at)));
    for (name, at) in names.filter(|(n, _)| !n.is_empty()) {
        known.entry(folded(name)).and_modify(|k| *k = None).or_insert(Some(at));
    }
    known
}

fn is_outside(at: LonLat, seats: &[LonLat]) -> bool {
    const DEGREES: f64 = OUTSIDE_M / 111_000.0;
    // Most seats are ruled out by their latitude alone.
    !seats.iter().any(|s| (s.lat - at.lat).abs() <= DEGREES && haversine_m(*s, at) <= OUTSIDE_M)
}

/// True where name and metals are the plan's, as far as the row says them.
fn says_same(there: &PlanFacility, good: &Good) -> bool {
    let f = &there.facility;
    let name = [&good.name.zh, &good.name.en].into_iter().all(|n| n.is_empty() || *n == f.name.zh || *n == f.name.en);
    name && (good.metals.is_empty() || good.metals == f.metals)
}

fn is_same(there: &PlanFacility, good: &Good) -> bool {
    says_same(there, good)
        && there.open == good.open
        && haversine_m(there.facility.at, good.at) <= SAME_M
        && !resizes(there, good)
}

fn resizes(there: &PlanFacility, good: &Good) -> bool {
    let has = there.facility.capacity.map_or(f64::NAN, |c| c.tonnes);
    good.capacity_t.is_some_and(|t| has.is_nan() || (t - has).abs() > 1e-9 * has.abs().max(1.0))
}

/// Edits by what they do: what goes goes first, and what comes is put into its places together.
#[derive(Default)]
struct Edits {
    reopen: Vec<Edit>,
    remove: Vec<Edit>,
    close: Vec<Edit>,
    moved: Vec<Edit>,
    sized: Vec<Edit>,
    add: Vec<Edit>,
    shut: Vec<Edit>,
}

impl Edits {
    fn add(&mut self, good: Good) {
        let Good { id, kind, name, at, metals, capacity_t, open, .. } = good;
        if !open {
            self.shut.push(Edit::Close { id: id.clone() });
        }
        self.add.push(Edit::Add(NewFacility { id, kind, name, at, metals: metals.iter().collect(), capacity_t }));
    }

    /// Takes out what a planner added; what is closed is opened first.
    fn remove(&mut self, p: &PlanFacility) {
        let id = p.facility.id.clone();
        if !p.open {
            self.reopen.push(Edit::Reopen { id: id.clone() });
        }
        self.remove.push(Edit::Remove { id });
    }

    /// Brings a facility of the baseline to what a row says.
    fn bring(&mut self, there: &PlanFacility, good: &Good) {
        let id = || good.id.clone();
        if haversine_m(there.facility.at, good.at) > SAME_M {
            self.moved.push(Edit::Move { id: id(), to: good.at });
        }
        if resizes(there, good) {
            self.sized.push(Edit::SetCapacity { id: id(), tonnes: good.capacity_t });
        }
        match (there.open, good.open) {
            (false, true) => self.reopen.push(Edit::Reopen { id: id() }),
            (true, false) => self.shut.push(Edit::Close { id: id() }),
            _ => {}
        }
    }

    fn finish(self) -> Vec<Edit> {
        [self.reopen, self.remove, self.close, self.moved, self.sized, self.add, self.shut].concat()
    }
}
