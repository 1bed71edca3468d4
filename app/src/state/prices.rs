//! What more capacity and more scrap would be worth: from an allocation to the rows that panels show.

use super::{AppState, csv::file};
use crate::i18n::{Lang, significant, t, tr};
use atlas_core::{
    allocation::{Answer, End, FacilityUse, Place, Price},
    format::export::Cell,
    model::{Cluster, FacilityKind, PerStream, Stream},
    scenario::Objective,
};

/// What prices count in: the unit of what was least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceUnit {
    /// Yuan, where cost is least.
    Yuan,
    /// kg CO2e, where emissions are.
    Kg,
    /// Points of the weighted sum, which most metal is, too.
    Points,
}

impl PriceUnit {
    /// The unit of an objective.
    #[must_use]
    pub const fn of(objective: Objective) -> Self {
        match objective {
            Objective::Cost => Self::Yuan,
            Objective::Co2 => Self::Kg,
            Objective::Metal | Objective::Weighted { .. } => Self::Points,
        }
    }

    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yuan => "yuan",
            Self::Kg => "kg",
            Self::Points => "points",
        }
    }

    /// An amount with its unit: yuan and kilograms in the words of their size.
    #[must_use]
    pub fn words(self, lang: Lang, value: f64) -> String {
        let (value, word) = match self {
            Self::Yuan => match lang {
                Lang::Zh if value.abs() >= 1e8 => (value / 1e8, "amount-yuan-large"),
                Lang::Zh if value.abs() >= 1e4 => (value / 1e4, "amount-yuan-middle"),
                Lang::En if value.abs() >= 1e6 => (value / 1e6, "amount-yuan-large"),
                _ => (value, "amount-yuan"),
            },
            Self::Kg if value.abs() >= 1e3 => (value / 1e3, "amount-co2-t"),
            Self::Kg => (value, "amount-co2-kg"),
            Self::Points => (value, "amount-points"),
        };
        tr(lang, word, &[("n", &significant(value))])
    }
}

/// Less slack a tonne than this is rounding of the solver.
const SLACK: f64 = 0.005;
/// A price below this saves nothing.
const LEAST: f64 = 0.005;

/// True where a price is about something that is short, and not only about money.
#[must_use]
pub fn is_short(price: Price) -> bool {
    price.slack_t.abs() > SLACK
}

/// True where more would be worth something.
#[must_use]
pub fn is_dear(price: Price) -> bool {
    price.slack_t > SLACK || (price.slack_t >= -SLACK && price.yuan_per_t > LEAST)
}

/// Which facilities are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PriceFilter {
    /// Hubs or smelters only.
    pub kind: Option<FacilityKind>,
    /// Those of a cluster only.
    pub cluster: Option<Cluster>,
    /// Those that take a stream only.
    pub stream: Option<Stream>,
}

/// A hub or smelter of which more would be worth something.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// Its id.
    pub id: String,
    /// Its name in the page's language.
    pub name: String,
    /// Hub or smelter.
    pub kind: FacilityKind,
    /// Its cluster.
    pub cluster: Option<Cluster>,
    /// Capacity in force, in its own unit.
    pub capacity_t: f64,
    /// Used, in the same unit.
    pub used_t: f64,
    /// What one more tonne saves.
    pub price: Price,
}

impl Bottleneck {
    /// How much of it is used; 1 is full.
    #[must_use]
    pub fn load(&self) -> f64 {
        load(self.used_t, self.capacity_t)
    }
}

/// Use over capacity.
#[must_use]
pub fn load(used_t: f64, capacity_t: f64) -> f64 {
    if capacity_t > 0.0 { used_t / capacity_t } else { 0.0 }
}

/// The dearest bottlenecks, and how many others there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bottlenecks {
    /// What is short first, then by price; ties by id.
    pub rows: Vec<Bottleneck>,
    /// Others that fit the filter: they have room, and more of them saves nothing.
    pub with_room: usize,
    /// Others whose capacity nobody knows: nothing is sent there.
    pub unknown: usize,
}

/// Ranks facilities by what more of them would be worth.
#[must_use]
pub fn bottlenecks(state: &AppState, answer: &Answer, filter: PriceFilter) -> Bottlenecks {
    let mut found = Bottlenecks::default();
    for used in &answer.facilities {
        let Some(plan) = state.document.plan().get(&used.id) else { continue };
        let f = &plan.facility;
        let fits = filter.kind.is_none_or(|k| k == f.kind)
            && filter.cluster.is_none_or(|c| f.cluster == Some(c))
            && filter.stream.is_none_or(|s| f.takes(s));
        if !fits {
            continue;
        }
        match used.capacity_t {
            None => found.unknown += 1,
            Some(_) if !is_dear(used.price) => found.with_room += 1,
            Some(capacity_t) => found.rows.push(Bottleneck {
                id: used.id.clone(),
                name: state.lang.name(&f.name).to_owned(),
                kind: f.kind,
                cluster: f.cluster,
                capacity_t,
                used_t: used.used_t.total(),
                price: used.price,
            }),
        }
    }
    let slack = |b: &Bottleneck| if is_short(b.price) { b.price.slack_t } else { 0.0 };
    found.rows.sort_by(|a, b| {
        let by_slack = slack(b).total_cmp(&slack(a));
        by_slack.then(b.price.yuan_per_t.total_cmp(&a.price.yuan_per_t)).then(a.id.cmp(&b.id))
    });
    found
}

/// What the allocation says of one facility.
#[must_use]
pub fn facility_use<'a>(answer: &'a Answer, id: &str) -> Option<&'a FacilityUse> {
    answer.facilities.binary_search_by(|f| f.id.as_str().cmp(id)).ok().map(|i| &answer.facilities[i])
}

/// What scrap of a stream is worth in a cluster, a tonne of metal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrapWorth {
    /// The cluster; none stands for gateways, where scrap comes in.
    pub cluster: Option<Cluster>,
    /// Where it is worth least.
    pub min: f64,
    /// Half of the places are below.
    pub median: f64,
    /// Where it is worth most.
    pub max: f64,
    /// Unmet demand that one more tonne takes away, in the middle; below 0 it is left over.
    pub slack_t: f64,
    /// Number of places.
    pub places: usize,
}

/// What scrap of a stream is worth, by cluster; gateways last. Clusters without scrap of it are left out.
#[must_use]
pub fn scrap_worth(answer: &Answer, stream: Stream) -> Vec<ScrapWorth> {
    let groups = Cluster::ALL.into_iter().map(Some).chain([None]);
    groups.filter_map(|cluster| worth_in(answer, stream, cluster)).collect()
}

fn worth_in(answer: &Answer, stream: Stream, cluster: Option<Cluster>) -> Option<ScrapWorth> {
    let here = |p: &Place| p.cluster == cluster;
    let prices = answer.scrap_prices.iter().filter(|p| answer.places.get(p.place as usize).is_some_and(here));
    let prices: Vec<Price> = prices.filter_map(|p| p.price[stream]).collect();
    let sorted = |of: fn(&Price) -> f64| {
        let mut all: Vec<f64> = prices.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let yuan = sorted(|p| p.yuan_per_t);
    let slack = sorted(|p| p.slack_t);
    Some(ScrapWorth {
        cluster,
        min: *yuan.first()?,
        median: middle(&yuan)?,
        max: *yuan.last()?,
        slack_t: middle(&slack).filter(|s| s.abs() > SLACK).unwrap_or(0.0),
        places: yuan.len(),
    })
}

fn middle(sorted: &[f64]) -> Option<f64> {
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    Some(if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[half - 1], upper) } else { upper })
}

/// What an end of a flow is called.
#[must_use]
pub fn place_name(state: &AppState, place: &Place) -> String {
    let facility = |id: &str| {
        let found = state.document.plan().get(id);
        found.map_or_else(|| id.to_owned(), |p| state.lang.name(&p.facility.name).to_owned())
    };
    match &place.end {
        End::Facility(id) => facility(id),
        End::Import(id) => tr(state.lang, "trace-import", &[("name", &facility(id))]),
        End::Corridor(code) => prefecture_name(state, *code).unwrap_or_else(|| code.to_string()),
        End::Demand(name) => crate::i18n::province(state.lang, name).to_owned(),
    }
}

/// The name of a prefecture by its code.
#[must_use]
pub fn prefecture_name(state: &AppState, adcode: u32) -> Option<String> {
    let found = state.baseline.prefectures.iter().find(|p| p.adcode == adcode);
    found.map(|p| state.lang.name(&p.name).to_owned())
}

/// All prices as a table for a spreadsheet: facilities, then scrap by place and stream.
#[must_use]
pub fn prices_csv(state: &AppState, answer: &Answer) -> String {
    let word = |key: &str| t(state.lang, key);
    let unit = state.priced_in;
    let per_t = word(&format!("price-unit-{}", unit.key()));
    let head = [
        word("csv-price-of"),
        word("csv-id"),
        word("table-name"),
        word("table-cluster"),
        word("journey-stream"),
        word("csv-capacity"),
        word("csv-used"),
        format!("{} ({per_t})", word("csv-price")),
        word("csv-slack"),
    ];
    let cluster =
        |c: Option<Cluster>| word(&c.map_or_else(|| "cluster-none".into(), |c| format!("cluster-{}", c.key())));
    let mut rows = Vec::new();
    for f in &answer.facilities {
        let Some(plan) = state.document.plan().get(&f.id) else { continue };
        rows.push(vec![
            Cell::words(word(&format!("kind-{}", plan.facility.kind.key()))),
            Cell::words(f.id.clone()),
            Cell::words(state.lang.name(&plan.facility.name).to_owned()),
            Cell::words(cluster(plan.facility.cluster)),
            Cell::Empty,
            Cell::rounded(f.capacity_t, 3),
            Cell::rounded(Some(f.used_t.total()), 3),
            Cell::rounded(f.capacity_t.map(|_| f.price.yuan_per_t), 3),
            Cell::rounded(f.capacity_t.map(|_| f.price.slack_t), 5),
        ]);
    }
    for s in &answer.scrap_prices {
        let Some(place) = answer.places.get(s.place as usize) else { continue };
        for stream in Stream::ALL {
            let Some(price) = s.price[stream] else { continue };
            rows.push(vec![
                Cell::words(word("csv-scrap")),
                Cell::words(place.end.key()),
                Cell::words(place_name(state, place)),
                Cell::words(cluster(place.cluster)),
                Cell::words(word(&format!("stream-{}", stream.key()))),
                Cell::Empty,
                Cell::Empty,
                Cell::rounded(Some(price.yuan_per_t), 3),
                Cell::rounded(Some(price.slack_t), 5),
            ]);
        }
    }
    file(head.to_vec(), rows)
}

/// The streams of which something is used, largest first.
#[must_use]
pub fn used_streams(used_t: &PerStream<f64>) -> Vec<(Stream, f64)> {
    let mut all: Vec<(Stream, f64)> = Stream::ALL.map(|s| (s, used_t[s])).into_iter().filter(|u| u.1 > 0.5).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::state::Theme;
    use atlas_core::{
        allocation::ScrapPrice,
        geo::LonLat,
        model::{Baseline, Facility, LocationPrecision, Metal, ModeSet, Name, Origin, Prefecture, Status},
        scenario::{Change, Document, Edit, NewFacility},
    };
    use std::rc::Rc;

    /// A plan of two hubs and two points, all added, and a smelter.
    pub fn state() -> AppState {
        let home = Prefecture {
            adcode: 320_100,
            name: Name { zh: "南京市".into(), en: "Nanjing".into() },
            province: "江苏省".into(),
            cluster: Some(Cluster::Yrd),
            seat: LonLat::new(118.8, 32.0),
            people: 1.0,
            ..Prefecture::default()
        };
        let smelter = Facility {
            id: "S1".into(),
            kind: FacilityKind::Smelter,
            name: Name { zh: "名S1".into(), en: "Name S1".into() },
            at: LonLat::new(118.8, 32.0),
            precision: LocationPrecision::Exact,
            cluster: Some(Cluster::Yrd),
            province: "江苏省".into(),
            location: String::new(),
            metals: [Metal::Al].into_iter().collect(),
            modes: ModeSet::default(),
            capacity: None,
            street_points: 1.0,
            status: Status::Operating,
            origin: Origin::default(),
        };
        let baseline = Baseline { prefectures: vec![home], facilities: vec![smelter], ..Baseline::default() };
        let mut document = Document::new(&baseline);
        let kinds = [
            ("C1", FacilityKind::CollectionPoint),
            ("C2", FacilityKind::CollectionPoint),
            ("H1", FacilityKind::Hub),
            ("H2", FacilityKind::Hub),
        ];
        for (id, kind) in kinds {
            let new = NewFacility {
                id: id.into(),
                kind,
                name: Name { zh: format!("名{id}"), en: format!("Name {id}") },
                at: LonLat::new(118.8, 32.0),
                metals: vec![],
                capacity_t: Some(1000.0),
            };
            document.make(&baseline, Change::Edit(Edit::Add(new))).expect("it fits");
        }
        let mut state = AppState::new(Lang::En, Theme::Light);
        state.baseline = Rc::new(baseline);
        state.document = Rc::new(document);
        state
    }

    pub fn place(end: End, cluster: Option<Cluster>) -> Place {
        Place { end, at: LonLat::new(118.8, 32.0), cluster, province: "江苏省".into(), adcode: 320_100 }
    }

    fn used(id: &str, capacity_t: Option<f64>, yuan_per_t: f64, slack_t: f64) -> FacilityUse {
        let used_t = PerStream { al: 900.0, ..PerStream::default() };
        FacilityUse { id: id.into(), capacity_t, used_t, price: Price { yuan_per_t, slack_t } }
    }

    fn answer() -> Answer {
        let price =
            |al: f64, slack_t| PerStream { al: Some(Price { yuan_per_t: al, slack_t }), ..PerStream::default() };
        Answer {
            places: vec![
                place(End::Facility("C1".into()), Some(Cluster::Yrd)),
                place(End::Facility("C2".into()), Some(Cluster::Yrd)),
                place(End::Corridor(320_100), None),
            ],
            facilities: vec![
                used("H1", Some(1000.0), 30.0, 0.0),
                used("H2", Some(900.0), -700.0, 1.0),
                used("S1", None, 0.0, 0.0),
            ],
            scrap_prices: vec![
                ScrapPrice { place: 0, price: price(100.0, 0.0) },
                ScrapPrice { place: 1, price: price(300.0, 0.0) },
                ScrapPrice { place: 2, price: price(-5.0, 0.0) },
            ],
            ..Answer::default()
        }
    }

    #[test]
    fn what_is_short_comes_before_what_is_dear() {
        let (state, answer) = (state(), answer());
        let all = bottlenecks(&state, &answer, PriceFilter::default());
        assert_eq!(all.rows.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["H2", "H1"]);
        assert_eq!((all.with_room, all.unknown), (0, 1));
        assert!((all.rows[0].load() - 1.0).abs() < 1e-9 && (all.rows[1].load() - 0.9).abs() < 1e-9);
        let hubs = PriceFilter { kind: Some(FacilityKind::Hub), stream: Some(Stream::Pb), ..PriceFilter::default() };
        assert_eq!(bottlenecks(&state, &answer, hubs), Bottlenecks::default(), "no hub takes batteries");
        assert_eq!(facility_use(&answer, "H2").map(|f| f.price.slack_t), Some(1.0));
        assert_eq!(facility_use(&answer, "C1"), None);
    }

    #[test]
    fn rounding_is_no_shortage_and_a_loss_is_no_price() {
        let price = |yuan_per_t, slack_t| Price { yuan_per_t, slack_t };
        assert!(is_dear(price(1000.0, 1e-4)) && !is_short(price(1000.0, 1e-4)));
        assert!(is_dear(price(-1000.0, 1.0)) && is_short(price(-1000.0, 1.0)));
        assert!(!is_dear(price(-1.0, 0.0)) && !is_dear(price(0.0, 0.0)) && !is_dear(price(9.0, -1.0)));
    }

    #[test]
    fn scrap_is_told_by_cluster_with_gateways_apart() {
        let rows = scrap_worth(&answer(), Stream::Al);
        let yrd = rows[0];
        assert_eq!(
            (yrd.cluster, yrd.min, yrd.median, yrd.max, yrd.places),
            (Some(Cluster::Yrd), 100.0, 200.0, 300.0, 2)
        );
        assert_eq!((rows[1].cluster, rows[1].median, rows.len()), (None, -5.0, 2));
        assert!(scrap_worth(&answer(), Stream::Zn).is_empty());
        assert!(scrap_worth(&Answer::default(), Stream::Al).is_empty());
    }

    #[test]
    fn amounts_are_written_as_each_language_does() {
        let yuan = PriceUnit::Yuan;
        assert_eq!(yuan.words(Lang::Zh, 300_000.0), "30.0 万元");
        assert_eq!(yuan.words(Lang::En, 300_000.0), "300,000 yuan");
        assert_eq!(yuan.words(Lang::En, 2_500_000.0), "2.50 million yuan");
        assert_eq!(PriceUnit::Kg.words(Lang::En, 1500.0), "1.50 t CO₂e");
        assert_eq!(PriceUnit::of(Objective::Co2), PriceUnit::Kg);
        assert_eq!(PriceUnit::of(Objective::Metal), PriceUnit::Points);
    }

    #[test]
    fn the_table_has_a_row_a_facility_and_a_row_a_place_and_stream() {
        let csv = prices_csv(&state(), &answer());
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 1 + 3 + 3, "{csv}");
        assert!(lines[1..].iter().all(|l| l.matches(',').count() == 8), "{csv}");
        assert!(lines[2].contains("H2,Name H2,Yangtze Delta,,900,900,-700,1"), "{}", lines[2]);
        assert!(lines[6].starts_with("scrap,corridor:320100,Nanjing,"), "{}", lines[6]);
    }
}
