//! Whether a position can be where its row says, told from the seats of prefectures alone; and rows at one spot.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, label, number},
};
use crate::tables::{Row, Table};
use atlas_core::geo::{LonLat, haversine_m};
use std::collections::BTreeMap;

/// A seat of another province may be nearer by so much. The most in the tables is 29 km: Tianchang in Anhui lies on the
/// far side of Yangzhou in Jiangsu. Borders proper are checked by `cargo xtask data`.
const SLACK_KM: f64 = 40.0;
/// The same for a seat itself, against the other seats of its province (93 km at Yuncheng), and for modelled points, which
/// lie all over a prefecture (85 km in Lianshan).
pub const WIDE_SLACK_KM: f64 = 100.0;
/// Farther than this from the seat of its own city is worth a look: Zhuanghe, the farthest in the tables, is at 144 km.
const CITY_KM: f64 = 120.0;
/// West, south, east, north of the provinces that the tables cover, generously.
const AREA: [f64; 4] = [103.0, 17.5, 127.0, 44.5];
const TOPIC: &str = "positions";

/// The seat of a prefecture.
pub struct Seat<'a> {
    code: &'a str,
    province: &'a str,
    city: &'a str,
    at: LonLat,
}

/// Reports positions of which the nearest seat belongs to another province, and is nearer than any of their own.
pub fn provinces(notices: &mut Notices, shelf: &Shelf) {
    for (name, table) in shelf {
        let slack = if *name == "prefectures" { WIDE_SLACK_KM } else { SLACK_KM };
        of_table(notices, table, &seats(shelf), slack);
    }
}

/// The same for one table. A row names its province, or its city by code.
pub fn of_table(notices: &mut Notices, table: &Table, seats: &[Seat], slack_km: f64) {
    for row in &table.rows {
        let by_code = || seats.iter().find(|s| s.code == cell(row, "adcode")).map_or("", |s| s.province);
        let province = if row.cells.contains_key("province") { cell(row, "province") } else { by_code() };
        let Some(at) = position(row).filter(|_| !province.is_empty()) else { continue };
        let [west, south, east, north] = AREA;
        if !(west..=east).contains(&at.lon) || !(south..=north).contains(&at.lat) {
            let reason = format!("{}, {} is far from every province of the map", at.lon, at.lat);
            let remedy = "Write degrees of WGS84; look whether they were exchanged.";
            notices.error(TOPIC, (table, row, "lon, lat"), reason, remedy);
            continue;
        }
        // A seat says nothing about itself.
        let is_seat = table.file == "prefectures.csv";
        let others = seats.iter().filter(|s| !(is_seat && s.code == cell(row, "adcode")));
        let (own, other): (Vec<&Seat>, Vec<&Seat>) = others.partition(|s| s.province == province);
        let (Some((own_km, _)), Some((other_km, found))) = (nearest(at, &own), nearest(at, &other)) else { continue };
        if other_km + slack_km < own_km {
            let reason = format!(
                "{}, {} is {other_km:.0} km from {} in {}, but {own_km:.0} km from the nearest seat in {province}",
                at.lon, at.lat, found.city, found.province
            );
            notices.error(TOPIC, (table, row, "lon, lat"), reason, "Correct the position (WGS84) or the province.");
        }
    }
}

/// Finds positions far from the seat of the city that the row names.
pub fn cities(notices: &mut Notices, shelf: &Shelf) {
    let seats = seats(shelf);
    for table in shelf.values() {
        for row in &table.rows {
            let named = |s: &&Seat| s.province == cell(row, "province") && s.city == cell(row, "city");
            let (Some(at), Some(seat)) = (position(row), seats.iter().find(named)) else { continue };
            let km = haversine_m(at, seat.at) / 1000.0;
            if km > CITY_KM {
                let reason = format!("{km:.0} km from the seat of {}", seat.city);
                notices.finding(
                    "far from its city",
                    (table, row, "lon, lat"),
                    reason,
                    "Look at the position and the city again.",
                );
            }
        }
    }
}

/// Lists plants and hubs that stand at one coordinate: the seat of a county or city stands for all of them.
pub fn shared(notices: &mut Notices, shelf: &Shelf) {
    let mut spots: BTreeMap<(&str, &str), Vec<(&Table, &Row)>> = BTreeMap::new();
    for table in ["smelters", "hubs"].iter().filter_map(|name| shelf.get(name)) {
        for row in table.rows.iter().filter(|r| position(r).is_some()) {
            spots.entry((cell(row, "lat"), cell(row, "lon"))).or_default().push((table, row));
        }
    }
    let mut groups: Vec<_> = spots.into_values().filter(|rows| rows.len() > 1).collect();
    groups.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
    for rows in groups {
        let (table, first) = rows[0];
        let ids: Vec<String> = rows.iter().map(|(_, r)| label(r)).collect();
        let place = format!("{}{}", cell(first, "city"), cell(first, "county_or_park"));
        let reason = format!("{} stand at {place}: {}", rows.len(), ids.join(", "));
        let remedy = "Find the plants' own positions; the map spreads them and says how exact each is.";
        notices.finding("points at one coordinate", (table, first, "lon, lat"), reason, remedy);
    }
}

/// All seats.
pub fn seats<'a>(shelf: &Shelf<'a>) -> Vec<Seat<'a>> {
    let rows = shelf.get("prefectures").map_or(&[][..], |t| &t.rows);
    let seat = |r: &'a Row| {
        Some(Seat {
            code: cell(r, "adcode"),
            province: cell(r, "province"),
            city: cell(r, "name_zh"),
            at: position(r)?,
        })
    };
    rows.iter().filter_map(seat).collect()
}

fn position(row: &Row) -> Option<LonLat> {
    Some(LonLat::new(number(row, "lon")?, number(row, "lat")?))
}

fn nearest<'a>(at: LonLat, seats: &[&'a Seat<'a>]) -> Option<(f64, &'a Seat<'a>)> {
    let with_km = seats.iter().map(|s| (haversine_m(at, s.at) / 1000.0, *s));
    with_km.min_by(|a, b| a.0.total_cmp(&b.0))
}
