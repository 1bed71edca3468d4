//! Modelled collection points: about one aggregate point a 200,000 people, placed inside each prefecture by population.
//!
//! The people of a prefecture are split by weighted k-means (k-means++ seeding with a fixed generator, then Lloyd). Cells are
//! first cut into their children, so that a dense cell can hold several points. A point stands at a populated place of its
//! group where there is one near the middle, else in the middle.

use crate::{
    apportion::largest_remainder,
    land_cells::Ground,
    places::{Place, degrees},
    tables::Prefecture,
};
use atlas_core::{
    format::cells::CellRow,
    geo::{LonLat, haversine_m},
};
use h3o::{LatLng, Resolution};
use std::collections::{BTreeMap, BTreeSet};

/// A point stands for about this many people.
const PEOPLE_PER_POINT: f64 = 200_000.0;
/// People a street point serves (Shanghai 2022, norms.csv N14).
const PEOPLE_PER_STREET_POINT: f64 = 1650.0;
/// A place this near to the middle of a group takes the point.
const SNAP_M: f64 = 6000.0;
const ROUNDS: usize = 40;

/// A modelled collection point.
pub struct Point {
    zh: String,
    en: String,
    prefecture: usize,
    at: LonLat,
    people: u64,
}

/// A share of people at one spot, in flat kilometres around its prefecture.
#[derive(Clone, Copy)]
struct Item {
    at: LonLat,
    x: f64,
    y: f64,
    people: f64,
    is_dry: bool,
}

impl Point {
    /// Row of its prefecture.
    pub const fn prefecture(&self) -> usize {
        self.prefecture
    }
}

/// The points of all prefectures, by prefecture and from north to south.
pub fn build(rows: &[CellRow], ground: &Ground, gazetteer: &[Place], prefectures: &[Prefecture]) -> Vec<Point> {
    let mut all = Vec::new();
    let mut order: Vec<usize> = (0..prefectures.len()).filter(|i| prefectures[*i].in_cluster()).collect();
    order.sort_by_key(|i| prefectures[*i].adcode);
    for i in order {
        let items = items(rows.iter().filter(|r| r.prefecture as usize == i), ground, prefectures[i].seat());
        let k = (libm::round(prefectures[i].people() as f64 / PEOPLE_PER_POINT) as usize).clamp(1, items.len());
        let (centres, groups) = k_means(&items, k, u64::from(prefectures[i].adcode));
        let places: Vec<&Place> = gazetteer.iter().filter(|p| p.prefecture == i && !p.zh.is_empty()).collect();
        let mut points = stand(&items, &centres, &groups, &places, i, &prefectures[i]);
        points.sort_by(|a, b| b.at.lat.total_cmp(&a.at.lat).then(a.at.lon.total_cmp(&b.at.lon)));
        number_names(&mut points);
        all.extend(points);
    }
    all
}

/// The CSV text of the points.
pub fn to_csv(points: &[Point], prefectures: &[Prefecture]) -> String {
    let mut out = String::from("id,name_zh,name_en,adcode,lon,lat,people,street_points,basis\n");
    for (i, p) in points.iter().enumerate() {
        out += &format!(
            "CP{:04},{},{},{},{},{},{},{},modelled\n",
            i + 1,
            p.zh,
            p.en,
            prefectures[p.prefecture].adcode,
            degrees(p.at.lon, 4),
            degrees(p.at.lat, 4),
            p.people,
            libm::round(p.people as f64 / PEOPLE_PER_STREET_POINT).max(1.0)
        );
    }
    out
}

/// The people of the cells on their children of resolution 7 that have land.
fn items<'a>(rows: impl Iterator<Item = &'a CellRow>, ground: &Ground, origin: LonLat) -> Vec<Item> {
    let km = 111.195;
    let shrink = libm::cos(origin.lat.to_radians());
    let mut items = Vec::new();
    for row in rows {
        let children: Vec<LonLat> = row
            .cell
            .children(Resolution::Seven)
            .map(LatLng::from)
            .map(|l| LonLat::new(libm::round(l.lng() * 1e5) / 1e5, libm::round(l.lat() * 1e5) / 1e5))
            .collect();
        let mut ashore: Vec<LonLat> = children.iter().copied().filter(|c| ground.is_dry(*c)).collect();
        // New land along the coast is missing from the source, but people live there.
        let is_dry = !ashore.is_empty();
        if !is_dry {
            ashore = children;
        }
        let shares = largest_remainder(u64::from(row.people), &vec![1.0; ashore.len()]);
        items.extend(ashore.into_iter().zip(shares).filter(|(_, n)| *n > 0).map(|(at, n)| Item {
            at,
            x: (at.lon - origin.lon) * shrink * km,
            y: (at.lat - origin.lat) * km,
            people: n as f64,
            is_dry,
        }));
    }
    items
}

/// Weighted k-means: centres, and the group of every item. Equal distances go to the smaller centre.
fn k_means(items: &[Item], k: usize, seed: u64) -> (Vec<(f64, f64)>, Vec<usize>) {
    let mut random = Random(seed);
    let square = |i: &Item, c: (f64, f64)| (i.x - c.0) * (i.x - c.0) + (i.y - c.1) * (i.y - c.1);
    let heaviest = items.iter().max_by(|a, b| a.people.total_cmp(&b.people)).expect("items");
    let mut centres = vec![(heaviest.x, heaviest.y)];
    let mut nearest: Vec<f64> = items.iter().map(|i| square(i, centres[0])).collect();
    while centres.len() < k {
        let total: f64 = items.iter().zip(&nearest).map(|(i, d)| i.people * d).sum();
        let mut left = random.unit() * total;
        let mut chosen = items.len() - 1;
        for (n, (item, d)) in items.iter().zip(&nearest).enumerate() {
            left -= item.people * d;
            if left < 0.0 {
                chosen = n;
                break;
            }
        }
        let centre = (items[chosen].x, items[chosen].y);
        centres.push(centre);
        for (item, d) in items.iter().zip(&mut nearest) {
            *d = d.min(square(item, centre));
        }
    }
    let mut groups = vec![0; items.len()];
    for _ in 0..ROUNDS {
        for (item, group) in items.iter().zip(&mut groups) {
            *group =
                (0..k).min_by(|a, b| square(item, centres[*a]).total_cmp(&square(item, centres[*b]))).expect("centres");
        }
        let mut sums = vec![(0.0, 0.0, 0.0); k];
        for (item, group) in items.iter().zip(&groups) {
            let s = &mut sums[*group];
            *s = (s.0 + item.x * item.people, s.1 + item.y * item.people, s.2 + item.people);
        }
        let moved: Vec<(f64, f64)> =
            sums.iter().zip(&centres).map(|(s, old)| if s.2 > 0.0 { (s.0 / s.2, s.1 / s.2) } else { *old }).collect();
        if moved == centres {
            break;
        }
        centres = moved;
    }
    (centres, groups)
}

/// Gives every group its point.
fn stand(
    items: &[Item],
    centres: &[(f64, f64)],
    groups: &[usize],
    places: &[&Place],
    prefecture: usize,
    table: &Prefecture,
) -> Vec<Point> {
    let square = |x: f64, y: f64, c: &(f64, f64)| (x - c.0) * (x - c.0) + (y - c.1) * (y - c.1);
    let mut middle = vec![None::<((bool, f64), usize)>; centres.len()];
    let mut people = vec![0.0; centres.len()];
    for (n, (item, group)) in items.iter().zip(groups).enumerate() {
        people[*group] += item.people;
        let d = (!item.is_dry, square(item.x, item.y, &centres[*group]));
        if middle[*group].is_none_or(|(best, _)| d < best) {
            middle[*group] = Some((d, n));
        }
    }
    let middles: Vec<Option<LonLat>> = middle.iter().map(|m| m.map(|(_, n)| items[n].at)).collect();
    // Largest groups choose first; a place serves the group whose middle is nearest to it.
    let owner: Vec<Option<usize>> = places.iter().map(|p| nearest(&middles, p.at)).collect();
    let mut order: Vec<usize> = (0..centres.len()).filter(|g| middles[*g].is_some()).collect();
    order.sort_by(|a, b| people[*b].total_cmp(&people[*a]).then(a.cmp(b)));
    let mut used = BTreeSet::new();
    let mut points = Vec::new();
    for group in order {
        let at = middles[group].expect("a group with a middle");
        let mut near: Vec<(f64, usize)> = places.iter().enumerate().map(|(i, p)| (haversine_m(at, p.at), i)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let snapped = near.iter().find(|(d, i)| *d < SNAP_M && owner[*i] == Some(group) && !used.contains(i));
        let named = snapped.or(near.first()).map(|(_, i)| *i);
        used.extend(snapped.map(|(_, i)| *i));
        let (zh, en) = named
            .map_or((table.name_zh.clone(), table.name_en.clone()), |i| (places[i].zh.clone(), places[i].en.clone()));
        points.push(Point {
            zh,
            en,
            prefecture,
            at: snapped.map_or(at, |(_, i)| places[*i].at),
            people: people[group] as u64,
        });
    }
    points
}

fn nearest(middles: &[Option<LonLat>], at: LonLat) -> Option<usize> {
    let all = middles.iter().enumerate().filter_map(|(g, m)| Some((haversine_m(at, (*m)?), g)));
    all.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, g)| g)
}

/// Points that share a name get numbers from the second on.
fn number_names(points: &mut [Point]) {
    let mut count = BTreeMap::<String, usize>::new();
    for p in points {
        let n = count.entry(p.zh.clone()).or_default();
        *n += 1;
        if *n > 1 {
            p.zh = format!("{} {n}", p.zh);
            p.en = format!("{} {n}", p.en);
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(x: f64, y: f64, people: f64) -> Item {
        Item { at: LonLat::new(x, y), x, y, people, is_dry: true }
    }

    #[test]
    fn groups_follow_the_people() {
        let items: Vec<Item> =
            (0..20).map(|i| item(f64::from(i % 2) * 100.0 + f64::from(i / 2) * 0.1, 0.0, 1.0 + f64::from(i))).collect();
        let (centres, groups) = k_means(&items, 2, 7);
        assert_eq!(centres.len(), 2);
        assert!(items.iter().zip(&groups).all(|(i, g)| (i.x > 50.0) == (centres[*g].0 > 50.0)));
        assert_eq!(k_means(&items, 2, 7), (centres, groups));
    }

    #[test]
    fn repeated_names_are_numbered() {
        let p = |zh: &str| Point { zh: zh.into(), en: "X".into(), prefecture: 0, at: LonLat::new(0.0, 0.0), people: 1 };
        let mut points = [p("周庄"), p("锦溪"), p("周庄")];
        number_names(&mut points);
        assert_eq!(points.map(|p| p.zh), ["周庄", "锦溪", "周庄 2"]);
    }
}
