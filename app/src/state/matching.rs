//! Open supply and open capacity near each other: scrap that is left over or sent past a nearer hub or smelter with room.

use super::AppState;
use crate::i18n::{province, t, tr};
use atlas_core::{
    account::{Rates, Territory},
    allocation::{Answer, End, Flow, Leg, Place},
    geo::haversine_m,
    model::{FacilityKind, Mode, Stream},
};
use std::collections::{BTreeMap, HashMap};

/// Sent further than so many times the way to the nearest open capacity: that is open supply.
pub const FURTHER: f64 = 1.5;
/// Less free capacity than this share is no room.
const ROOM_SHARE: f64 = 0.01;
/// And less than this many tonnes a year.
const ROOM_T: f64 = 100.0;
/// Less than this many gross tonnes a year is not worth a lorry.
const LEAST_T: f64 = 10.0;
/// How much longer ways are than straight lines where no flow tells.
const USUAL_DETOUR: f64 = 1.3;

/// A supply and a capacity that could be joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Of which stream.
    pub stream: Stream,
    /// Row of [`Answer::places`]: the source with most of it.
    pub from: u32,
    /// How many sources of its prefecture there are.
    pub sources: usize,
    /// Where it goes now; `None` where it is left over.
    pub now: Option<u32>,
    /// The open capacity.
    pub to: u32,
    /// Gross tonnes a year that could be joined.
    pub gross_t: f64,
    /// Kilometres that a tonne goes now.
    pub km_now: Option<f64>,
    /// Kilometres that it would go, estimated.
    pub km_then: f64,
    /// What is free there: gross tonnes a year at hubs, tonnes of recycled metal at smelters.
    pub free_t: f64,
    /// Yuan a year that it would save on this haul; `None` where no price tells.
    pub saved_yuan: Option<f64>,
}

/// A hub or smelter with room.
struct Room {
    place: u32,
    kind: FacilityKind,
    at: [f64; 3],
    free_t: f64,
    takes: [bool; 5],
}

/// Scrap of a prefecture that could go to one place instead of where it goes.
#[derive(Default)]
struct Bundle {
    gross_t: f64,
    product_t: f64,
    metal_t: f64,
    km_now: f64,
    km_then: f64,
    saved: Option<f64>,
    largest: (f64, u32),
    sources: usize,
}

impl Bundle {
    fn add(&mut self, from: u32, tonnes: [f64; 3], km: [f64; 2], saved: Option<f64>) {
        let [gross_t, metal_t, product_t] = tonnes;
        self.gross_t += gross_t;
        self.metal_t += metal_t;
        self.product_t += product_t;
        self.km_now += gross_t * km[0];
        self.km_then += gross_t * km[1];
        self.saved = match (self.saved, saved) {
            (a, None) => a,
            (a, Some(b)) => Some(a.unwrap_or(0.0) + b),
        };
        self.sources += 1;
        if gross_t > self.largest.0 {
            self.largest = (gross_t, from);
        }
    }
}

/// The pairs: what is left over first, since that goes before any yuan, then by what joining saves.
#[must_use]
pub fn matches(state: &AppState, answer: &Answer) -> Vec<Match> {
    let rooms = rooms(state, answer);
    if rooms.is_empty() {
        return vec![];
    }
    let rates = Rates::new(&state.parameters(), state.levers());
    let vectors: Vec<[f64; 3]> = answer.places.iter().map(|p| p.at.unit_vector()).collect();
    let detour = detour(answer);
    let nearest = |from: u32, kind: FacilityKind, s: Stream| -> Option<&Room> {
        let v = &vectors[from as usize];
        let near = |r: &Room| v[0] * r.at[0] + v[1] * r.at[1] + v[2] * r.at[2];
        let open = rooms.iter().filter(|r| r.kind == kind && r.takes[s as usize]);
        open.max_by(|a, b| near(a).total_cmp(&near(b)).then(b.place.cmp(&a.place)))
    };
    let straight = |a: u32, b: u32| haversine_m(answer.places[a as usize].at, answer.places[b as usize].at) / 1000.0;
    let by_truck = |a: u32, b: u32, s: Stream| {
        let km = straight(a, b) * detour;
        let border = rates.border_yuan_per_t(land(&answer.places[a as usize]), land(&answer.places[b as usize]));
        (km, rates.haul(km, s).yuan_per_t + border)
    };
    let mut bundles: BTreeMap<(u32, Stream, Option<u32>, u32), Bundle> = BTreeMap::new();
    for f in answer.flows.iter().filter(|f| matches!(f.leg, Leg::ToHub | Leg::ToSmelter | Leg::Direct)) {
        let kind = if f.leg == Leg::ToHub { FacilityKind::Hub } else { FacilityKind::Smelter };
        let Some(room) = nearest(f.from, kind, f.stream).filter(|r| r.place != f.to) else { continue };
        if straight(f.from, f.to) <= FURTHER * straight(f.from, room.place) {
            continue;
        }
        let (km, yuan) = by_truck(f.from, room.place, f.stream);
        let saved = (f.haul.yuan_per_t - yuan) * f.gross_t;
        if saved <= 0.0 {
            continue;
        }
        let key = (answer.places[f.from as usize].adcode, f.stream, Some(f.to), room.place);
        let tonnes = [f.gross_t, f.metal_t, f.product_t];
        bundles.entry(key).or_default().add(f.from, tonnes, [travelled(f), km], Some(saved));
    }
    left_over(state, answer, |from, s, tonnes| {
        let kind = if s.via_hub() { FacilityKind::Hub } else { FacilityKind::Smelter };
        let Some(room) = nearest(from, kind, s) else { return };
        let (km, yuan) = by_truck(from, room.place, s);
        let saved = scrap_value(answer, room.place, s).map(|v| v * tonnes[1] - yuan * tonnes[0]);
        let key = (answer.places[from as usize].adcode, s, None, room.place);
        bundles.entry(key).or_default().add(from, tonnes, [0.0, km], saved);
    });
    let free: HashMap<u32, &Room> = rooms.iter().map(|r| (r.place, r)).collect();
    let mut found: Vec<Match> = Vec::new();
    for ((_, stream, now, to), b) in bundles {
        let room = free[&to];
        let needs = if room.kind == FacilityKind::Hub { b.gross_t } else { b.product_t };
        let share = (room.free_t / needs).min(1.0);
        if b.gross_t * share < LEAST_T {
            continue;
        }
        found.push(Match {
            stream,
            from: b.largest.1,
            sources: b.sources,
            now,
            to,
            gross_t: b.gross_t * share,
            km_now: now.map(|_| b.km_now / b.gross_t),
            km_then: b.km_then / b.gross_t,
            free_t: room.free_t,
            saved_yuan: b.saved.map(|s| s * share),
        });
    }
    let yuan = |m: &Match| m.saved_yuan.unwrap_or(f64::NEG_INFINITY);
    found.sort_by(|a, b| {
        let left = |m: &Match| m.now.is_none();
        left(b).cmp(&left(a)).then(yuan(b).total_cmp(&yuan(a))).then(b.gross_t.total_cmp(&a.gross_t))
    });
    found
}

fn land(place: &Place) -> Territory<'_> {
    Territory { province: &place.province, cluster: place.cluster }
}

fn rooms(state: &AppState, answer: &Answer) -> Vec<Room> {
    let mut places: HashMap<&str, u32> = HashMap::new();
    for (p, row) in answer.places.iter().zip(0u32..) {
        if let End::Facility(id) = &p.end {
            places.insert(id, row);
        }
    }
    let room = |f: &atlas_core::allocation::FacilityUse| {
        let free_t = f.capacity_t? - f.used_t.total();
        let place = *places.get(f.id.as_str())?;
        let facility = &state.document.plan().get(&f.id)?.facility;
        let has_room = free_t >= ROOM_T.max(ROOM_SHARE * f.capacity_t?);
        let at = answer.places[place as usize].at.unit_vector();
        let takes = Stream::ALL.map(|s| facility.takes(s));
        has_room.then_some(Room { place, kind: facility.kind, at, free_t, takes })
    };
    answer.facilities.iter().filter_map(room).collect()
}

fn travelled(f: &Flow) -> f64 {
    Mode::ALL.into_iter().map(|m| f.km[m]).sum()
}

/// How much longer ways by road are than straight lines, over all flows that go by road alone.
fn detour(answer: &Answer) -> f64 {
    let (mut ways, mut lines) = (0.0, 0.0);
    for f in answer.flows.iter().filter(|f| f.leg.is_scrap() && travelled(f) <= f.km[Mode::Road]) {
        let line = haversine_m(answer.places[f.from as usize].at, answer.places[f.to as usize].at) / 1000.0;
        ways += f.gross_t * travelled(f);
        lines += f.gross_t * line;
    }
    if lines > 0.0 { (ways / lines).max(1.0) } else { USUAL_DETOUR }
}

/// Tells of every source with scrap that nobody takes: gross, metal, and what would come of it.
fn left_over(state: &AppState, answer: &Answer, mut tell: impl FnMut(u32, Stream, [f64; 3])) {
    if answer.balance.values().into_iter().all(|b| b.unallocated_t < 1.0) {
        return;
    }
    let mut taken: HashMap<(u32, Stream), f64> = HashMap::new();
    let mut made: HashMap<Stream, (f64, f64)> = HashMap::new();
    for f in answer.flows.iter().filter(|f| matches!(f.leg, Leg::ToHub | Leg::Direct | Leg::Contract)) {
        *taken.entry((f.from, f.stream)).or_default() += f.gross_t;
        let sum = made.entry(f.stream).or_default();
        *sum = (sum.0 + f.gross_t, sum.1 + f.product_t);
    }
    let parameters = state.parameters();
    for (place, row) in answer.places.iter().zip(0u32..) {
        let End::Facility(id) = &place.end else { continue };
        let is_point = state.document.plan().get(id).is_some_and(|p| p.facility.kind == FacilityKind::CollectionPoint);
        let Some(handled) = state.handled(id).filter(|_| is_point) else { continue };
        for s in Stream::ALL {
            let left = handled.gross_t[s] - taken.get(&(row, s)).copied().unwrap_or(0.0);
            if left > 1.0 && answer.balance[s].unallocated_t >= 1.0 {
                let content = parameters.number(s.content_key()) / 100.0;
                let product = made.get(&s).map_or(content, |(gross, product)| product / gross);
                tell(row, s, [left, left * content, left * product]);
            }
        }
    }
}

/// What a tonne of metal in scrap is worth at the gate of a hub or smelter: what it is worth where it is collected and sent there, and its
/// haul.
fn scrap_value(answer: &Answer, to: u32, s: Stream) -> Option<f64> {
    let price = |from: u32| answer.scrap_prices.iter().find(|p| p.place == from)?.price[s];
    let values = answer.flows.iter().filter(|f| f.to == to && f.stream == s && f.leg.is_scrap());
    let values = values.filter_map(|f| Some(price(f.from)?.yuan_per_t + f.haul.yuan_per_t * f.gross_t / f.metal_t));
    values.fold(None, |most: Option<f64>, v| Some(most.map_or(v, |m| m.max(v))))
}

/// What a place of an allocation is called.
#[must_use]
pub fn place_name(state: &AppState, place: &Place) -> String {
    let lang = state.lang;
    let facility = |id: &str| {
        state.document.plan().get(id).map_or_else(|| id.to_owned(), |p| lang.name(&p.facility.name).to_owned())
    };
    match &place.end {
        End::Facility(id) => facility(id),
        End::Import(id) => tr(lang, "place-import", &[("name", &facility(id))]),
        End::Demand(p) => tr(lang, "place-demand", &[("name", province(lang, p))]),
        End::Corridor(_) => {
            let name = prefecture_name(state, place.adcode);
            name.unwrap_or_else(|| format!("{} {}", province(lang, &place.province), t(lang, "cluster-none")))
        }
    }
}

/// The name of a prefecture; `None` where the tables have none.
#[must_use]
pub fn prefecture_name(state: &AppState, adcode: u32) -> Option<String> {
    let found = state.baseline.prefectures.iter().find(|p| p.adcode == adcode)?;
    Some(state.lang.name(&found.name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{super::Theme, super::balance::tests::answer, *};
    use crate::i18n::Lang;
    use atlas_core::{
        allocation::FacilityUse,
        evaluate::Handled,
        geo::LonLat,
        model::{Baseline, Facility, LocationPrecision, Metal, ModeSet, Name, Origin, PerStream, Status},
        scenario::Document,
    };
    use std::rc::Rc;

    /// A plan with the point and the two hubs of the allocation.
    fn state() -> AppState {
        let mut state = AppState::new(Lang::En, Theme::Light);
        let (parameters, _) =
            atlas_core::format::tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        let facility = |(id, kind, lon): (&str, FacilityKind, f64)| Facility {
            id: id.into(),
            kind,
            name: Name { zh: id.into(), en: id.into() },
            at: LonLat::new(lon, 32.0),
            precision: LocationPrecision::Modelled,
            cluster: None,
            province: "江苏省".into(),
            location: String::new(),
            metals: [Metal::Al].into_iter().collect(),
            modes: ModeSet::default(),
            capacity: None,
            street_points: 0.0,
            status: Status::Operating,
            origin: Origin::default(),
        };
        let facilities = [
            ("CP001", FacilityKind::CollectionPoint, 118.0),
            ("HB001", FacilityKind::Hub, 118.2),
            ("HB002", FacilityKind::Hub, 120.0),
        ];
        let baseline = Baseline { parameters, facilities: facilities.map(facility).to_vec(), ..Baseline::default() };
        let document = Document::new(&baseline);
        state.baseline = Rc::new(baseline);
        state.document = Rc::new(document);
        state
    }

    fn with_room(free: &[(&str, f64)]) -> Answer {
        let mut a = answer();
        a.facilities = free
            .iter()
            .map(|(id, capacity)| FacilityUse {
                id: (*id).into(),
                capacity_t: Some(*capacity),
                used_t: PerStream::default(),
                price: Default::default(),
            })
            .collect();
        a
    }

    #[test]
    fn what_is_sent_past_a_nearer_hub_with_room_is_open_supply() {
        let state = state();
        let found = matches(&state, &with_room(&[("HB001", 5000.0)]));
        let (own, rest): (Vec<&Match>, Vec<&Match>) = found.iter().partition(|m| m.from == 0 && m.now.is_some());
        assert_eq!(own.len(), 1, "{found:?}");
        assert!(rest.iter().all(|m| m.now.is_some()), "nothing is known to be left over without what points handle");
        let m = own[0];
        assert_eq!((m.now, m.to, m.sources, m.gross_t), (Some(2), 1, 1, 100.0));
        assert!(m.km_then < 40.0 && m.saved_yuan.is_some_and(|s| s > 0.0 && s < 13_500.0), "{m:?}");
        assert!(matches(&state, &with_room(&[("HB001", 50.0)])).is_empty(), "no room to speak of");
        assert!(matches(&state, &with_room(&[("HB002", 5000.0)])).is_empty(), "it goes there already");
    }

    #[test]
    fn what_is_left_over_comes_first() {
        let mut state = state();
        let gross_t = PerStream { al: 160.0, ..PerStream::default() };
        state.handled =
            Rc::new(vec![Handled { id: "CP001".into(), people: 1.0, cells: 1, gross_t, mean_access_km: 1.0 }]);
        let found = matches(&state, &with_room(&[("HB001", 5000.0)]));
        let first = &found[0];
        assert_eq!((first.now, first.to, first.km_now), (None, 1, None));
        assert!((first.gross_t - 60.0).abs() < 1e-9 && first.saved_yuan.is_none(), "{first:?}");
        assert!(found.len() > 1 && found[1].now.is_some());
    }

    #[test]
    fn places_have_names() {
        let (state, a) = (state(), answer());
        let names: Vec<String> = a.places.iter().map(|p| place_name(&state, p)).collect();
        assert!(names.iter().all(|n| !n.is_empty() && !n.contains("place-")), "{names:?}");
        assert_eq!((names[0].as_str(), names[4].contains("Jiangsu")), ("CP001", true));
    }
}
