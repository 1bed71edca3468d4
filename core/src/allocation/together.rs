//! The points of a prefecture as one source.

use super::hauls::{Hauls, Members, Site};
use crate::{
    geo::{LonLat, haversine_m},
    model::{Cluster, Facility, PerStream, Stream},
    scenario::{Contract, SourceGroup},
};
use std::collections::BTreeMap;

/// What points that send together have in common: prefecture, province, cluster, the contracts that name them, and whether any
/// way begins there.
type Common<'a> = (u32, &'a str, Option<Cluster>, Vec<u32>, bool);

/// Points that are put together.
pub(super) struct Together<'a> {
    contracts: &'a [Contract],
    groups: BTreeMap<Common<'a>, Vec<Member<'a>>>,
}

struct Member<'a> {
    point: &'a Facility,
    site: Site,
    people: f64,
    metal_t: PerStream<f64>,
}

/// Points of a prefecture.
pub(super) struct Group<'a> {
    /// The one nearest to where they are on average: it gives the group its name.
    pub at: &'a Facility,
    pub metal_t: PerStream<f64>,
    pub members: Members,
}

impl<'a> Together<'a> {
    pub(super) fn new(contracts: &'a [Contract]) -> Self {
        Self { contracts, groups: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, point: &'a Facility, people: f64, metal_t: PerStream<f64>, site: Site, hauls: &Hauls) {
        let names = |c: &Contract| matches!(&c.from, SourceGroup::Points(ids) if ids.contains(&point.id));
        let under: Vec<u32> = self.contracts.iter().zip(0u32..).filter(|(c, _)| names(c)).map(|(_, k)| k).collect();
        let common = (hauls.adcode(site), point.province.as_str(), point.cluster, under, hauls.is_adrift(site));
        self.groups.entry(common).or_default().push(Member { point, site, people, metal_t });
    }

    /// The groups, in order of prefectures.
    pub(super) fn groups(self) -> impl Iterator<Item = Group<'a>> {
        self.groups.into_values().map(|members| group(&members))
    }
}

fn group<'a>(members: &[Member<'a>]) -> Group<'a> {
    // Scrap lies where people live. People, unlike tonnes, stay as they are when a lever is turned, and so do the means.
    let people: f64 = members.iter().map(|m| m.people).sum();
    let share = |m: &Member| if people > 0.0 { m.people / people } else { 1.0 / members.len() as f64 };
    let mut centre = LonLat::new(0.0, 0.0);
    let mut metal_t = PerStream::default();
    for m in members {
        centre.lon += share(m) * m.point.at.lon;
        centre.lat += share(m) * m.point.at.lat;
        for s in Stream::ALL {
            metal_t[s] += m.metal_t[s];
        }
    }
    let off = |m: &&Member| haversine_m(m.point.at, centre);
    let at = members.iter().min_by(|a, b| off(a).total_cmp(&off(b))).expect("a group has a point").point;
    Group { at, metal_t, members: members.iter().map(|m| (m.site, share(m))).collect() }
}
