//! Who takes a point's scrap once capacities bind, beside who is nearest.

use super::protocol::{Taken, Takers};
use atlas_core::{
    allocation::{Answer, End},
    catchment::{FacilitySet, Fields},
    model::{FacilityKind, Region, Stream},
    scenario::Plan,
};
use std::collections::HashMap;

/// For every collection point and stream it has: who takes most of it, and who is nearest by road of all that take the
/// stream, hubs where it goes by way of a hub and else smelters.
pub fn takers(region: &Region, plan: &Plan, answer: &Answer, fields: &mut Fields) -> Takers {
    let roads = &region.ground.roads;
    let mut sent: HashMap<(u32, Stream), (f64, f64, u32, f64)> = HashMap::new();
    for f in answer.flows.iter().filter(|f| f.leg.is_scrap()) {
        let (all_t, most_t, to, km) = sent.entry((f.from, f.stream)).or_insert((0.0, 0.0, f.to, 0.0));
        *all_t += f.gross_t;
        if f.gross_t > *most_t {
            (*most_t, *to, *km) = (f.gross_t, f.to, f.haul.km);
        }
    }
    let mut found = Takers::default();
    let mut rows: HashMap<u32, u32> = HashMap::new();
    for stream in Stream::ALL {
        let kind = if stream.via_hub() { FacilityKind::Hub } else { FacilityKind::Smelter };
        let field = fields.of(roads, plan, &FacilitySet::taking(kind, stream));
        for price in answer.scrap_prices.iter().filter(|p| p.price[stream].is_some()) {
            let place = &answer.places[price.place as usize];
            let is_point = |id: &String| plan.get(id).is_some_and(|p| p.facility.kind == FacilityKind::CollectionPoint);
            if !matches!(&place.end, End::Facility(id) if is_point(id)) {
                continue;
            }
            let access = fields.access(roads, place.at);
            let nearest = field.label(access.node).map(|label| {
                let row = *rows.entry(label.owner).or_insert_with(|| {
                    found.nearest.push(plan.facilities()[label.owner as usize].facility.id.clone());
                    found.nearest.len() as u32 - 1
                });
                (row, f64::from(label.distance_m + access.leg_m) / 1000.0)
            });
            let taken = sent.get(&(price.place, stream));
            found.points.push(Taken {
                place: price.place,
                stream,
                gross_t: taken.map_or(0.0, |t| t.0),
                taker: taken.map(|t| t.2),
                share: taken.map_or(0.0, |t| t.1 / t.0),
                km: taken.map_or(0.0, |t| t.3),
                nearest,
            });
        }
    }
    found
}
