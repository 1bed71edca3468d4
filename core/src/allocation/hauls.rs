//! The least hauls between a few places and very many, kept from plan to plan.
//!
//! A way and back weigh alike, so whichever side is smaller is searched from: a point that moved costs one search, a hub that
//! moved another.
//!
//! By [`Grain::Points`] ways are the least by the terms in force: other prices are searched anew. By [`Grain::Prefectures`]
//! each pair has four ways that no lever moves (the cheapest by the tables and where freight is three times as dear, the cleanest,
//! and the one by truck alone), of which the terms choose: other prices only weigh them again.
//!
//! Where a terminal closes, rides that do not pass it stay what they are: only rows with one that does are searched again.

use super::{Grain, terms::Terms};
use crate::{
    account::Rates,
    geo::LonLat,
    model::{Mode, ModeSet, Region, Stream},
    routing::{Aim, MeanRide, Ride, Rider, Router, Stop, Terminals},
    scenario::{Levers, Plan, Scenario},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A place, as hauls know it.
pub(super) type Site = u32;

/// What is known of a pair: nothing yet, that no way leads, or the ride.
type Known = Option<Option<Ride>>;

/// More sites than this are forgotten together: those of points that were dragged along.
const MOST_SITES: usize = 20_000;
/// So many sets of weighings are kept.
const MOST_SHELVES: usize = 3;

/// Streams whose freight costs alike share their rides.
pub(super) const fn class(stream: Stream) -> Stream {
    match stream {
        Stream::Al | Stream::Cu | Stream::Zn => Stream::Al,
        other => other,
    }
}

/// What ways are chosen by: prices, modes that are allowed, and the aim.
type Weighing = (Rates, Aim);

/// Rides between one of the few and the many. Plans that close other terminals share them.
#[derive(Clone, Default)]
struct Row {
    rides: Arc<Vec<Known>>,
    /// The terminals that some of them pass.
    passes: Terminals,
}

/// The rides of one weighing.
#[derive(Default)]
struct Book {
    rows: HashMap<(Stream, Site), Row>,
    /// The port that is nearest to a site, with the ride there.
    ports: BTreeMap<Site, Option<(Site, Ride)>>,
    ports_of: Vec<Site>,
    /// From one of the few to each source that stands for several sites, by row of the sources.
    means: HashMap<(Stream, Site), Arc<Vec<Option<MeanRide>>>>,
}

/// Sites that send together, with the share of each.
pub(super) type Members = Vec<(Site, f64)>;

/// The hauls found so far.
#[derive(Default)]
pub struct Hauls {
    grain: Grain,
    router: Option<Router>,
    rider: Rider,
    sites: HashMap<[u64; 2], Site>,
    stops: Vec<Stop>,
    /// Code of the prefecture nearest to each site.
    adcodes: Vec<u32>,
    /// The one in use first.
    shelves: Vec<Shelf>,
    /// Rates of the tables, and with dear freight: no scenario moves them.
    table: Option<[Rates; 2]>,
}

/// The books of one set of weighings.
struct Shelf {
    /// A weighing a book.
    weighings: Vec<Weighing>,
    /// Which terminals are closed, by row of the router.
    closed: Vec<bool>,
    books: Vec<Book>,
    /// Whose means the books hold.
    members: Vec<Members>,
    /// What was asked for last, where all of it is known: pairs, ports and plants. Very many plans ask for the same.
    known: Option<(Vec<Group>, [Vec<Site>; 2])>,
}

/// A search that is still to be made.
#[derive(Clone, Debug)]
pub(super) enum Search {
    /// By the weighing of a book, from a place of the few to all of the many of its group.
    Row(usize, Stream, Site, usize),
    /// From a place of the many to all of the few of its group.
    Column(usize, Stream, Site, usize),
    /// From all ports to the plants.
    Ports(usize),
}

/// Pairs that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub stream: Stream,
    pub few: Vec<Site>,
    pub many: Vec<Site>,
}

impl Hauls {
    pub(super) fn new(grain: Grain) -> Self {
        Self { grain, ..Self::default() }
    }

    /// Forgets what other prices, aims or closed terminals made.
    pub(super) fn prepare(&mut self, region: &Region, plan: &Plan, terms: &Terms) {
        if self.router.is_none() {
            let facilities: Vec<_> = plan.facilities().iter().map(|p| p.facility.clone()).collect();
            self.router = Some(Router::new(&region.ground, &facilities));
        }
        if self.stops.len() > MOST_SITES {
            self.shelves.clear();
            self.sites.clear();
            self.stops.clear();
            self.adcodes.clear();
        }
        let weighings = self.weighings(region, terms);
        let closed = self.router.as_ref().expect("made above").closed(plan);
        let at = self.shelves.iter().position(|s| s.weighings == weighings && s.closed == closed);
        // Prices by points seldom come back; modes that are banned and allowed again do.
        let mut most = if self.grain == Grain::Points { 0 } else { MOST_SHELVES - 1 };
        let shelf = if let Some(at) = at {
            self.shelves.remove(at)
        } else if let Some(at) = self.shelves.iter().position(|s| s.weighings == weighings && s.opens_all(&closed)) {
            // What it has come from is kept: other terminals close from there.
            let parent = self.shelves.remove(at);
            let shelf = parent.without(closed);
            self.shelves.insert(0, parent);
            most = most.max(1);
            shelf
        } else {
            let books = weighings.iter().map(|_| Book::default()).collect();
            Shelf { books, weighings, closed, members: Vec::new(), known: None }
        };
        self.shelves.truncate(most);
        self.shelves.insert(0, shelf);
    }

    /// What each book's ways are the least by.
    fn weighings(&mut self, region: &Region, terms: &Terms) -> Vec<Weighing> {
        match self.grain {
            Grain::Points => vec![(terms.rates, terms.aim())],
            Grain::Prefectures => {
                let rates = |scenario| Terms::new(&region.baseline.parameters, &scenario).rates;
                let [table, dear] = *self.table.get_or_insert_with(|| [Scenario::default(), dear_freight()].map(rates));
                let all = Rates { allowed: terms.rates.allowed, ..table };
                let trucks = Rates { allowed: ModeSet::from_iter([Mode::Road]), ..table };
                let co2 = Aim { yuan: 0.0, hours: 0.0, kg_co2e: 1.0 };
                let dear = Rates { allowed: terms.rates.allowed, ..dear };
                let mut weighings = vec![(all, Aim::COST), (dear, Aim::COST), (all, co2)];
                if all.allowed.contains(Mode::Road) {
                    weighings.push((trucks, Aim::COST));
                }
                weighings
            }
        }
    }

    /// The site of a position.
    pub(super) fn site(&mut self, region: &Region, at: LonLat) -> Site {
        let key = [at.lon.to_bits(), at.lat.to_bits()];
        *self.sites.entry(key).or_insert_with(|| {
            self.adcodes.push(region.baseline.prefecture_at(at).map_or(0, |p| p.adcode));
            self.stops.push(self.router.as_ref().expect("prepared").stop(&region.ground, at));
            self.stops.len() as u32 - 1
        })
    }

    /// Code of the prefecture nearest to a site.
    pub(super) fn adcode(&self, site: Site) -> u32 {
        self.adcodes[site as usize]
    }

    /// True where no way begins at a site.
    pub(super) fn is_adrift(&self, site: Site) -> bool {
        self.stops[site as usize].is_adrift()
    }

    /// What must be searched before all pairs of the groups, and the ports nearest to the plants, are known.
    pub(super) fn missing(&mut self, groups: &[Group], ports: &[Site], plants: &[Site]) -> Vec<Search> {
        let shelf = &mut self.shelves[0];
        if shelf.known.as_ref().is_some_and(|(g, [p, s])| g == groups && p == ports && s == plants) {
            return Vec::new();
        }
        let mut searches = Vec::new();
        for (b, book) in shelf.books.iter_mut().enumerate() {
            book.missing(b, groups, ports, plants, &mut searches);
        }
        // Weights are made once a book and stream.
        searches.sort_by_key(|s| match s {
            Search::Row(b, stream, ..) | Search::Column(b, stream, ..) => (*b, *stream as u8),
            Search::Ports(b) => (*b, 0),
        });
        shelf.known = searches.is_empty().then(|| (groups.to_vec(), [ports.to_vec(), plants.to_vec()]));
        searches
    }

    /// Makes one of the searches.
    pub(super) fn search(&mut self, plan: &Plan, search: &Search, groups: &[Group], plants: &[Site]) {
        let (Search::Row(b, ..) | Search::Column(b, ..) | Search::Ports(b)) = search;
        let shelf = &mut self.shelves[0];
        let (rates, aim) = shelf.weighings[*b];
        let router = self.router.as_mut().expect("prepared");
        let book = &mut shelf.books[*b];
        let stops = |sites: &[Site], all: &[Stop]| sites.iter().map(|s| all[*s as usize]).collect::<Vec<_>>();
        match search {
            Search::Row(_, stream, few, g) => {
                let many = &groups[*g].many;
                let (from, to) = (stops(&[*few], &self.stops), stops(many, &self.stops));
                let found = self.rider.rides(router, plan, &rates, aim, *stream, &from, &to);
                let row = book.rows.entry((*stream, *few)).or_default();
                row.passes.join(self.rider.passed());
                let rides = Arc::make_mut(&mut row.rides);
                for (site, ride) in many.iter().zip(found) {
                    set(rides, *site, ride.map(|r| r.1));
                }
            }
            Search::Column(_, stream, many, g) => {
                let few = &groups[*g].few;
                let (from, to) = (stops(&[*many], &self.stops), stops(few, &self.stops));
                let found = self.rider.rides(router, plan, &rates, aim, *stream, &from, &to);
                for (site, ride) in few.iter().zip(found) {
                    let row = book.rows.entry((*stream, *site)).or_default();
                    row.passes.join(self.rider.passed());
                    set(Arc::make_mut(&mut row.rides), *many, ride.map(|r| r.1));
                }
            }
            Search::Ports(_) => {
                let (from, to) = (stops(&book.ports_of, &self.stops), stops(plants, &self.stops));
                let found = self.rider.rides(router, plan, &rates, aim, Stream::Al, &from, &to);
                for (plant, found) in plants.iter().zip(found) {
                    book.ports.insert(*plant, found.map(|(row, ride)| (book.ports_of[row as usize], ride)));
                }
            }
        }
    }

    /// Works out the means of sources that stand for several sites. What is known of the same sources stays.
    pub(super) fn average(&mut self, members: &[Members], groups: &[Group]) {
        let shelf = &mut self.shelves[0];
        if shelf.members != members {
            shelf.members = members.to_vec();
            shelf.books.iter_mut().for_each(|b| b.means.clear());
        }
        if members.iter().all(Vec::is_empty) {
            return;
        }
        for book in &mut shelf.books {
            for (stream, few) in groups.iter().flat_map(|g| g.few.iter().map(|few| (g.stream, *few))) {
                let Some(row) = book.rows.get(&(stream, few)).filter(|_| !book.means.contains_key(&(stream, few)))
                else {
                    continue;
                };
                let means = members.iter().map(|m| mean(&row.rides, m)).collect();
                book.means.insert((stream, few), Arc::new(means));
            }
        }
    }

    /// What is known of one of the few: looked up once for very many of the many.
    pub(super) fn from(&self, stream: Stream, few: Site) -> From<'_> {
        let key = (class(stream), few);
        let books = || self.shelves[0].books.iter();
        From {
            rows: books().filter_map(|b| b.rows.get(&key)).map(|row| row.rides.as_slice()).collect(),
            means: books().filter_map(|b| b.means.get(&key)).map(|means| means.as_slice()).collect(),
        }
    }

    /// The nearest port, and the ride there.
    pub(super) fn port(&self, plant: Site, weight: impl Fn(&MeanRide) -> f64) -> Option<(Site, MeanRide)> {
        let known = |book: &Book| book.ports.get(&plant).copied().flatten().map(|(port, ride)| (port, ride.into()));
        let mut rides = self.shelves[0].books.iter().filter_map(known);
        let first = rides.next()?;
        Some(rides.fold(first, |best, next| if weight(&next.1) < weight(&best.1) { next } else { best }))
    }
}

impl Shelf {
    /// True where every terminal that is open in a plan is open here.
    fn opens_all(&self, closed: &[bool]) -> bool {
        self.closed.len() == closed.len() && self.closed.iter().zip(closed).all(|(here, there)| !here || *there)
    }

    /// What is still true where more terminals are closed.
    fn without(&self, closed: Vec<bool>) -> Self {
        let mut gone = Terminals::default();
        for (row, (here, there)) in (0u32..).zip(self.closed.iter().zip(&closed)) {
            if here != there {
                gone.insert(row);
            }
        }
        let books = self.books.iter().map(|b| b.without(&gone)).collect();
        Self { weighings: self.weighings.clone(), closed, books, members: self.members.clone(), known: None }
    }
}

/// The rides between one of the few and all of the many, by book.
#[derive(Clone)]
pub(super) struct From<'a> {
    rows: Vec<&'a [Known]>,
    means: Vec<&'a [Option<MeanRide>]>,
}

impl From<'_> {
    /// The ride to one of the many, the least by `weight` of those that are known; `None` where no way leads.
    pub(super) fn ride(&self, many: Site, weight: impl Fn(&MeanRide) -> f64) -> Option<MeanRide> {
        let known = |row: &&[Known]| (*row.get(many as usize)?.as_ref()?).map(MeanRide::from);
        least(self.rows.iter().filter_map(known), weight)
    }

    /// The same to a source, by its row, that stands for several sites.
    pub(super) fn mean_ride(&self, source: usize, weight: impl Fn(&MeanRide) -> f64) -> Option<MeanRide> {
        let known = |means: &&[Option<MeanRide>]| means.get(source).copied().flatten();
        least(self.means.iter().filter_map(known), weight)
    }
}

impl Book {
    /// The rows none of whose rides passes these. The nearest ports are sought anew.
    fn without(&self, gone: &Terminals) -> Self {
        let stays = |key: &(Stream, Site)| self.rows.get(key).is_some_and(|r| !r.passes.meets(gone));
        let rows = self.rows.iter().filter(|(key, _)| stays(key)).map(|(key, row)| (*key, row.clone())).collect();
        let means =
            self.means.iter().filter(|(key, _)| stays(key)).map(|(key, means)| (*key, Arc::clone(means))).collect();
        Self { rows, means, ..Self::default() }
    }

    fn missing(&mut self, b: usize, groups: &[Group], ports: &[Site], plants: &[Site], searches: &mut Vec<Search>) {
        for (g, group) in groups.iter().enumerate() {
            let mut gaps: Vec<Site> = Vec::new();
            let mut partial = Vec::new();
            for few in &group.few {
                let Some(row) = self.rows.get(&(group.stream, *few)) else {
                    searches.push(Search::Row(b, group.stream, *few, g));
                    continue;
                };
                let lacks = |many: &&Site| row.rides.get(**many as usize).is_none_or(Option::is_none);
                let before = gaps.len();
                gaps.extend(group.many.iter().filter(lacks));
                if gaps.len() > before {
                    partial.push(*few);
                }
            }
            gaps.sort_unstable();
            gaps.dedup();
            if gaps.len() <= partial.len() {
                searches.extend(gaps.into_iter().map(|many| Search::Column(b, group.stream, many, g)));
            } else {
                searches.extend(partial.into_iter().map(|few| Search::Row(b, group.stream, few, g)));
            }
        }
        if self.ports_of != ports || plants.iter().any(|p| !self.ports.contains_key(p)) {
            self.ports_of = ports.to_vec();
            self.ports.clear();
            searches.push(Search::Ports(b));
        }
    }
}

/// Freight three times as dear: terminals, which cost what they did, are then nearly free.
fn dear_freight() -> Scenario {
    let levers = Levers { freight_price: Some(3.0), ..Levers::default() };
    Scenario { levers, ..Scenario::default() }
}

/// The first of the least.
fn least(mut rides: impl Iterator<Item = MeanRide>, weight: impl Fn(&MeanRide) -> f64) -> Option<MeanRide> {
    let first = rides.next()?;
    let Some(second) = rides.next() else { return Some(first) };
    let (mut best, mut least) = (first, weight(&first));
    for ride in std::iter::once(second).chain(rides) {
        let weight = weight(&ride);
        if weight < least {
            (best, least) = (ride, weight);
        }
    }
    Some(best)
}

/// The mean ride from one of the few to sites that send together; `None` where no way leads to one of them.
fn mean(row: &[Known], members: &Members) -> Option<MeanRide> {
    if members.is_empty() {
        return None;
    }
    let mut mean = MeanRide::default();
    for (site, share) in members {
        mean.add(*share, row.get(*site as usize)?.as_ref()?.as_ref()?);
    }
    Some(mean)
}

fn set(row: &mut Vec<Known>, site: Site, ride: Option<Ride>) {
    if row.len() <= site as usize {
        row.resize(site as usize + 1, None);
    }
    row[site as usize] = Some(ride);
}
