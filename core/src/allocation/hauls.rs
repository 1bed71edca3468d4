//! The least hauls between a few places and very many, kept from plan to plan.
//!
//! A way and back weigh alike, so whichever side is smaller is searched from: a point that moved costs one search, a hub that
//! moved another.

use super::terms::Terms;
use crate::{
    account::Rates,
    geo::LonLat,
    model::{Ground, Region, Stream},
    routing::{Aim, Ride, Rider, Router, Stop},
    scenario::Plan,
};
use std::collections::{BTreeMap, HashMap};

/// A place, as hauls know it.
pub(super) type Site = u32;

/// What is known of a pair: nothing yet, that no way leads, or the ride.
type Known = Option<Option<Ride>>;

/// More sites than this are forgotten together: those of points that were dragged along.
const MOST_SITES: usize = 20_000;

/// Streams whose freight costs alike share their rides.
pub(super) const fn class(stream: Stream) -> Stream {
    match stream {
        Stream::Al | Stream::Cu | Stream::Zn => Stream::Al,
        other => other,
    }
}

/// The hauls found so far.
#[derive(Default)]
pub struct Hauls {
    router: Option<Router>,
    rider: Rider,
    weighing: Option<(Rates, Aim, Vec<bool>)>,
    sites: HashMap<[u64; 2], Site>,
    stops: Vec<Stop>,
    /// Code of the prefecture nearest to each site.
    adcodes: Vec<u32>,
    rows: HashMap<(Stream, Site), Vec<Known>>,
    /// The port that is nearest to a site, with the ride there.
    ports: BTreeMap<Site, Option<(Site, Ride)>>,
    ports_of: Vec<Site>,
}

/// A search that is still to be made.
#[derive(Clone, Debug)]
pub(super) enum Search {
    /// From a place of the few to all of the many of its group.
    Row(Stream, Site, usize),
    /// From a place of the many to all of the few of its group.
    Column(Stream, Site, usize),
    /// From all ports to the plants.
    Ports,
}

/// Pairs that are wanted.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub stream: Stream,
    pub few: Vec<Site>,
    pub many: Vec<Site>,
}

impl Hauls {
    /// Forgets what other prices, aims or closed terminals made.
    pub(super) fn prepare(&mut self, ground: &Ground, plan: &Plan, terms: &Terms) {
        if self.router.is_none() {
            let facilities: Vec<_> = plan.facilities().iter().map(|p| p.facility.clone()).collect();
            self.router = Some(Router::new(ground, &facilities));
        }
        let terminals = plan.facilities().iter().filter(|p| p.facility.kind.is_terminal());
        let weighing = (terms.rates, terms.aim(), terminals.map(|p| p.open).collect());
        if self.weighing.as_ref() != Some(&weighing) || self.stops.len() > MOST_SITES {
            self.weighing = Some(weighing);
            self.rows.clear();
            self.ports.clear();
            self.ports_of.clear();
            if self.stops.len() > MOST_SITES {
                self.sites.clear();
                self.stops.clear();
                self.adcodes.clear();
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

    /// What must be searched before all pairs of the groups, and the ports nearest to the plants, are known.
    pub(super) fn missing(&mut self, groups: &[Group], ports: &[Site], plants: &[Site]) -> Vec<Search> {
        let mut searches = Vec::new();
        for (g, group) in groups.iter().enumerate() {
            let mut gaps: Vec<Site> = Vec::new();
            let mut partial = Vec::new();
            for few in &group.few {
                let Some(row) = self.rows.get(&(group.stream, *few)) else {
                    searches.push(Search::Row(group.stream, *few, g));
                    continue;
                };
                let lacks = |many: &&Site| row.get(**many as usize).is_none_or(Option::is_none);
                let before = gaps.len();
                gaps.extend(group.many.iter().filter(lacks));
                if gaps.len() > before {
                    partial.push(*few);
                }
            }
            gaps.sort_unstable();
            gaps.dedup();
            if gaps.len() <= partial.len() {
                searches.extend(gaps.into_iter().map(|many| Search::Column(group.stream, many, g)));
            } else {
                searches.extend(partial.into_iter().map(|few| Search::Row(group.stream, few, g)));
            }
        }
        if self.ports_of != ports || plants.iter().any(|p| !self.ports.contains_key(p)) {
            self.ports_of = ports.to_vec();
            self.ports.clear();
            searches.push(Search::Ports);
        }
        // Weights are made once a stream.
        searches.sort_by_key(|s| match s {
            Search::Row(stream, ..) | Search::Column(stream, ..) => *stream as u8,
            Search::Ports => 0,
        });
        searches
    }

    /// Makes one of the searches.
    pub(super) fn search(&mut self, plan: &Plan, search: &Search, groups: &[Group], plants: &[Site]) {
        let (rates, aim, _) = self.weighing.as_ref().expect("prepared");
        let (rates, aim) = (*rates, *aim);
        let router = self.router.as_mut().expect("prepared");
        let stops = |sites: &[Site], all: &[Stop]| sites.iter().map(|s| all[*s as usize]).collect::<Vec<_>>();
        match search {
            Search::Row(stream, few, g) => {
                let many = &groups[*g].many;
                let (from, to) = (stops(&[*few], &self.stops), stops(many, &self.stops));
                let found = self.rider.rides(router, plan, &rates, aim, *stream, &from, &to);
                let row = self.rows.entry((*stream, *few)).or_default();
                for (site, ride) in many.iter().zip(found) {
                    set(row, *site, ride.map(|r| r.1));
                }
            }
            Search::Column(stream, many, g) => {
                let few = &groups[*g].few;
                let (from, to) = (stops(&[*many], &self.stops), stops(few, &self.stops));
                let found = self.rider.rides(router, plan, &rates, aim, *stream, &from, &to);
                for (site, ride) in few.iter().zip(found) {
                    set(self.rows.entry((*stream, *site)).or_default(), *many, ride.map(|r| r.1));
                }
            }
            Search::Ports => {
                let (from, to) = (stops(&self.ports_of, &self.stops), stops(plants, &self.stops));
                let found = self.rider.rides(router, plan, &rates, aim, Stream::Al, &from, &to);
                for (plant, found) in plants.iter().zip(found) {
                    self.ports.insert(*plant, found.map(|(row, ride)| (self.ports_of[row as usize], ride)));
                }
            }
        }
    }

    /// The ride between one of the few and one of the many; `None` where no way leads.
    pub(super) fn ride(&self, stream: Stream, few: Site, many: Site) -> Option<Ride> {
        *self.rows.get(&(class(stream), few))?.get(many as usize)?.as_ref()?
    }

    /// The nearest port, and the ride there.
    pub(super) fn port(&self, plant: Site) -> Option<(Site, Ride)> {
        *self.ports.get(&plant)?
    }
}

fn set(row: &mut Vec<Known>, site: Site, ride: Option<Ride>) {
    if row.len() <= site as usize {
        row.resize(site as usize + 1, None);
    }
    row[site as usize] = Some(ride);
}
