//! Flows of an allocation as the map and the table show them: one by one, or tied together where many run side by side.
//!
//! The worker draws what is tied here, the page tells of it: both tie the same answer, so a row means the same to both.

use atlas_core::{
    allocation::{Answer, End, Flow, Leg},
    geo::LonLat,
    model::{Cluster, Mode, PerMode, Stream},
};
use std::collections::{BTreeMap, HashMap};

/// How far flows are tied together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// From province to province.
    Provinces,
    /// From the prefecture where scrap arises to the plant.
    Prefectures,
    /// Each flow on its own.
    Each,
}

impl Level {
    /// All, from afar to near.
    pub const ALL: [Self; 3] = [Self::Provinces, Self::Prefectures, Self::Each];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Provinces => "provinces",
            Self::Prefectures => "prefectures",
            Self::Each => "each",
        }
    }

    /// The level of a number in a document: the last one is for what [`Level::Prefectures`] draws beside each flow.
    #[must_use]
    pub const fn from_number(number: u32) -> Option<Self> {
        match number {
            0 => Some(Self::Provinces),
            1 | 3 => Some(Self::Prefectures),
            2 => Some(Self::Each),
            _ => None,
        }
    }

    /// Width of the widest flow in CSS px.
    const fn most_px(self) -> f64 {
        match self {
            Self::Provinces => 20.0,
            Self::Prefectures => 14.0,
            Self::Each => 6.0,
        }
    }

    /// Of so large a share of the flows none is wider than the widest: a few that are very much larger would make all others
    /// too thin to see.
    const fn within(self) -> f64 {
        match self {
            Self::Provinces => 1.0,
            Self::Prefectures => 0.995,
            Self::Each => 0.98,
        }
    }
}

/// The thinnest that a flow is drawn in CSS px: less would not be seen.
const LEAST_PX: f64 = 0.7;

/// What a flow begins or ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A place, by row.
    Place(u32),
    /// Everything in a prefecture, by its code.
    Prefecture(u32),
    /// Everything in the province of a place, by the first row that has it.
    Province(u32),
}

impl Node {
    /// The number by which all flows of one place and stream are found.
    #[must_use]
    pub const fn code(self, stream: Stream) -> u32 {
        let Self::Place(row) = self else { return u32::MAX };
        code(row, stream)
    }
}

/// The number of a place and stream.
#[must_use]
pub const fn code(place: u32, stream: Stream) -> u32 {
    place * 8 + stream as u32
}

/// Flows tied together: of one leg, stream and mode, between two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// Stage of the journey.
    pub leg: Leg,
    /// Stream.
    pub stream: Stream,
    /// The mode that carries it furthest.
    pub mode: Mode,
    /// Where it begins.
    pub from: Node,
    /// Where it ends.
    pub to: Node,
    /// Cluster of either end.
    pub clusters: [Option<Cluster>; 2],
    /// Where the line begins and ends.
    pub at: [LonLat; 2],
    /// How many flows.
    pub flows: usize,
    /// What is carried, tonnes a year.
    pub gross_t: f64,
    /// Metal in it.
    pub metal_t: f64,
    /// True where it begins at a point, in the corridor or abroad.
    pub from_source: bool,
    /// Kilometres of a tonne by mode.
    pub km: PerMode<f64>,
    /// Yuan a tonne on the way.
    pub yuan_per_t: f64,
    /// kg CO2e a tonne on the way.
    pub kg_co2e_per_t: f64,
}

/// All flows at every level, the largest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundles {
    levels: [Vec<Bundle>; 3],
    tops: [f64; 3],
}

impl Bundles {
    /// Ties the flows of an answer.
    #[must_use]
    pub fn new(answer: &Answer) -> Self {
        let levels = Level::ALL.map(|level| tied(answer, level));
        let tops = Level::ALL.map(|level| {
            let all = &levels[level as usize];
            let row = (all.len() as f64 * (1.0 - level.within())) as usize;
            round_up(all.get(row).map_or(0.0, |b| b.gross_t))
        });
        Self { levels, tops }
    }

    /// Draws both equally wide where they carry equally much.
    pub fn on_one_scale_with(&mut self, other: &mut Self) {
        for (a, b) in self.tops.iter_mut().zip(&mut other.tops) {
            let top = a.max(*b);
            (*a, *b) = (top, top);
        }
    }

    /// Those of a level.
    #[must_use]
    pub fn of(&self, level: Level) -> &[Bundle] {
        &self.levels[level as usize]
    }

    /// A round number of tonnes: what is as much or more is as wide as can be.
    #[must_use]
    pub fn top_t(&self, level: Level) -> f64 {
        self.tops[level as usize]
    }

    /// True where some flow of the level is larger than what is drawn widest.
    #[must_use]
    pub fn exceeds(&self, level: Level) -> bool {
        self.of(level).first().is_some_and(|b| b.gross_t > self.top_t(level))
    }

    /// How wide so many tonnes are drawn at a level, in CSS px: by the square root, so that small flows are seen beside
    /// large ones.
    #[must_use]
    pub fn width_px(&self, level: Level, tonnes: f64) -> f64 {
        let top = self.top_t(level);
        if top > 0.0 { (level.most_px() * libm::sqrt((tonnes / top).min(1.0))).max(LEAST_PX) } else { LEAST_PX }
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|k| k * power).find(|v| *v >= value * 0.999_999).unwrap_or(value)
}

/// The mode that carries a tonne furthest; the road where nothing moves.
fn dominant(km: &PerMode<f64>) -> Mode {
    let mut best = Mode::Road;
    for mode in Mode::ALL {
        if km[mode] > km[best] {
            best = mode;
        }
    }
    best
}

/// What a node is for a flow: the same province is elsewhere as a source than as a place of smelting.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Source,
    Hub,
    Smelter,
    User,
}

const fn parts(leg: Leg) -> [Part; 2] {
    match leg {
        Leg::ToHub => [Part::Source, Part::Hub],
        Leg::ToSmelter => [Part::Hub, Part::Smelter],
        Leg::Direct | Leg::Contract => [Part::Source, Part::Smelter],
        Leg::ToDemand | Leg::Export => [Part::Smelter, Part::User],
    }
}

/// A sum on its way to a mean.
#[derive(Clone, Copy, Default)]
struct Middle {
    tonnes: f64,
    lon: f64,
    lat: f64,
}

impl Middle {
    fn add(&mut self, at: LonLat, tonnes: f64) {
        self.tonnes += tonnes;
        self.lon += at.lon * tonnes;
        self.lat += at.lat * tonnes;
    }

    fn at(&self) -> LonLat {
        LonLat::new(self.lon / self.tonnes, self.lat / self.tonnes)
    }
}

fn tied(answer: &Answer, level: Level) -> Vec<Bundle> {
    let mut provinces: HashMap<&str, u32> = HashMap::new();
    for (row, place) in answer.places.iter().enumerate() {
        provinces.entry(&place.province).or_insert(row as u32);
    }
    let node = |row: u32, part: Part| {
        let place = &answer.places[row as usize];
        match (level, part, &place.end) {
            // What comes from abroad does not come from the province of the port.
            (_, _, End::Import(_)) | (Level::Each, ..) => Node::Place(row),
            (Level::Provinces, ..) => Node::Province(provinces[place.province.as_str()]),
            (Level::Prefectures, Part::Source, _) if place.adcode != 0 => Node::Prefecture(place.adcode),
            (Level::Prefectures, ..) => Node::Place(row),
        }
    };
    let mut middles: HashMap<(Node, Part), Middle> = HashMap::new();
    let mut sums: BTreeMap<(Leg, Stream, Mode, Node, Node, usize), Bundle> = BTreeMap::new();
    for (row, f) in answer.flows.iter().enumerate().filter(|(_, f)| f.gross_t > 0.0) {
        let parts = parts(f.leg);
        let nodes = [node(f.from, parts[0]), node(f.to, parts[1])];
        let places = [f.from, f.to].map(|p| &answer.places[p as usize]);
        for i in 0..2 {
            middles.entry((nodes[i], parts[i])).or_default().add(places[i].at, f.gross_t);
        }
        let mode = dominant(&f.km);
        // At the nearest level nothing is tied.
        let own = if level == Level::Each { row } else { 0 };
        let key = (f.leg, f.stream, mode, nodes[0], nodes[1], own);
        let sum = sums.entry(key).or_insert_with(|| Bundle {
            leg: f.leg,
            stream: f.stream,
            mode,
            from: nodes[0],
            to: nodes[1],
            clusters: places.map(|p| p.cluster),
            at: places.map(|p| p.at),
            flows: 0,
            gross_t: 0.0,
            metal_t: 0.0,
            from_source: parts[0] == Part::Source,
            km: PerMode::default(),
            yuan_per_t: 0.0,
            kg_co2e_per_t: 0.0,
        });
        join(sum, f);
    }
    let mut all: Vec<Bundle> = sums.into_values().collect();
    for b in &mut all {
        let parts = parts(b.leg);
        for (i, node) in [b.from, b.to].into_iter().enumerate() {
            if !matches!(node, Node::Place(_)) {
                b.at[i] = middles[&(node, parts[i])].at();
            }
        }
    }
    all.sort_by(|a, b| b.gross_t.total_cmp(&a.gross_t));
    all
}

/// Adds a flow: what is told of a tonne is the mean by tonnes.
fn join(sum: &mut Bundle, f: &Flow) {
    let whole = sum.gross_t + f.gross_t;
    let mean = |old: f64, new: f64| (old * sum.gross_t + new * f.gross_t) / whole;
    let (km, yuan, kg) = (
        PerMode::from_fn(|m| mean(sum.km[m], f.km[m])),
        mean(sum.yuan_per_t, f.haul.yuan_per_t),
        mean(sum.kg_co2e_per_t, f.haul.kg_co2e_per_t),
    );
    (sum.km, sum.yuan_per_t, sum.kg_co2e_per_t) = (km, yuan, kg);
    sum.gross_t = whole;
    sum.metal_t += f.metal_t;
    sum.flows += 1;
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use atlas_core::{
        account::Haul,
        allocation::{Place, Price, ScrapPrice},
        model::PerStream,
    };

    fn place(end: End, lon: f64, lat: f64, cluster: Option<Cluster>, province: &str, adcode: u32) -> Place {
        Place { end, at: LonLat::new(lon, lat), cluster, province: province.into(), adcode }
    }

    fn flow(leg: Leg, from: u32, to: u32, stream: Stream, gross_t: f64, km: [f64; 2]) -> Flow {
        let by_mode = PerMode::from_fn(|m| match m {
            Mode::Road => km[0],
            Mode::Rail => km[1],
            Mode::Water | Mode::Sea => 0.0,
        });
        Flow {
            leg,
            from,
            to,
            stream,
            gross_t,
            metal_t: gross_t * 0.9,
            product_t: gross_t * 0.8,
            km: by_mode,
            haul: Haul { km: km[0] + km[1], hours: 1.0, yuan_per_t: km[0], kg_co2e_per_t: km[0] / 10.0 },
            ends: PerMode::default(),
        }
    }

    /// Two points of one prefecture and one of the next province, a hub, two smelters, a buyer.
    pub fn answer() -> Answer {
        let f = |id: &str| End::Facility(id.into());
        let (yrd, bohai) = (Some(Cluster::Yrd), Some(Cluster::Bohai));
        let price = |yuan_per_t, slack_t| Some(Price { yuan_per_t, slack_t });
        let prices = |place, al, pb| ScrapPrice { place, price: PerStream { al, pb, ..PerStream::default() } };
        Answer {
            places: vec![
                place(f("CP1"), 118.0, 32.0, yrd, "江苏省", 320100),
                place(f("CP2"), 119.0, 32.0, yrd, "江苏省", 320100),
                place(f("CP3"), 117.0, 36.0, bohai, "山东省", 370100),
                place(f("HB1"), 120.0, 31.0, yrd, "江苏省", 320200),
                place(f("SM1"), 121.0, 31.0, yrd, "浙江省", 330100),
                place(f("SM2"), 118.0, 36.0, bohai, "山东省", 370200),
                place(End::Demand("江苏省".into()), 119.0, 33.0, yrd, "江苏省", 320300),
            ],
            flows: vec![
                flow(Leg::ToHub, 0, 3, Stream::Al, 100.0, [50.0, 0.0]),
                flow(Leg::ToHub, 1, 3, Stream::Al, 300.0, [10.0, 0.0]),
                flow(Leg::ToHub, 2, 3, Stream::Al, 50.0, [100.0, 500.0]),
                flow(Leg::ToSmelter, 3, 4, Stream::Al, 400.0, [80.0, 0.0]),
                flow(Leg::Direct, 2, 5, Stream::Pb, 20.0, [70.0, 0.0]),
                flow(Leg::ToDemand, 4, 6, Stream::Al, 350.0, [30.0, 200.0]),
            ],
            scrap_prices: vec![
                prices(0, price(100.0, 0.0), None),
                prices(1, price(120.0, 0.0), None),
                prices(2, price(90.0, 0.0), price(-5.0, 1.0)),
            ],
            ..Answer::default()
        }
    }

    #[test]
    fn no_tonne_is_lost_by_tying() {
        let answer = answer();
        let bundles = Bundles::new(&answer);
        for leg in Leg::ALL {
            let of = |level| bundles.of(level).iter().filter(|b| b.leg == leg).map(|b| b.gross_t).sum::<f64>();
            let all: f64 = answer.flows.iter().filter(|f| f.leg == leg).map(|f| f.gross_t).sum();
            assert_eq!(Level::ALL.map(of), [all; 3], "{leg:?}");
        }
    }

    #[test]
    fn what_runs_side_by_side_is_one_and_its_figures_are_means_by_tonnes() {
        let bundles = Bundles::new(&answer());
        let near = bundles.of(Level::Prefectures);
        let tied = near.iter().find(|b| b.flows == 2).expect("two points of one prefecture");
        assert_eq!((tied.from, tied.to), (Node::Prefecture(320100), Node::Place(3)));
        assert_eq!((tied.gross_t, tied.yuan_per_t, tied.km[Mode::Road]), (400.0, 20.0, 20.0));
        assert!((tied.at[0].lon - 118.75).abs() < 1e-9, "where most of it begins");
        assert_eq!(bundles.of(Level::Each).len(), 6);
        assert_eq!(bundles.of(Level::Provinces).len(), 5);
    }

    #[test]
    fn a_flow_belongs_to_the_mode_that_carries_it_furthest() {
        let bundles = Bundles::new(&answer());
        let by_rail = bundles.of(Level::Each).iter().filter(|b| b.mode == Mode::Rail).count();
        assert_eq!(by_rail, 2);
    }

    #[test]
    fn the_scale_is_round_and_the_widest_as_wide_as_can_be() {
        let bundles = Bundles::new(&answer());
        assert_eq!(bundles.top_t(Level::Each), 500.0);
        assert_eq!(bundles.width_px(Level::Each, 500.0), 6.0);
        assert_eq!(bundles.width_px(Level::Each, 5000.0), 6.0);
        assert_eq!(bundles.width_px(Level::Each, 125.0), 3.0);
        assert_eq!(bundles.width_px(Level::Each, 0.001), LEAST_PX);
        assert_eq!([0.3, 1.0, 1.1, 70.0].map(round_up), [0.5, 1.0, 2.0, 100.0]);
        assert_eq!(Bundles::default().width_px(Level::Each, 1.0), LEAST_PX);
    }
}
