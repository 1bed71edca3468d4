//! The way of a collection point's scrap: to the nearest hub that takes it, and on to the nearest smelter.

use super::{Leg, Route};
use crate::{
    account::Rates,
    catchment::{FacilitySet, Fields},
    model::{Facility, FacilityKind, Ground, Metal, Mode, Stream},
    scenario::Plan,
};

/// The way of one stream from a point on, by the rule of the evaluation: the nearest open hub that takes the stream, then the
/// smelter nearest to that hub; streams that need no sorting go straight to the smelter nearest to the point. `None` where
/// nobody takes the stream or no road leads there.
pub fn point_route(
    ground: &Ground,
    plan: &Plan,
    fields: &mut Fields,
    rates: &Rates,
    stream: Stream,
    from: &Facility,
) -> Option<Route> {
    let mut legs = Vec::new();
    let mut at = from;
    let stops: &[FacilityKind] =
        if stream.via_hub() { &[FacilityKind::Hub, FacilityKind::Smelter] } else { &[FacilityKind::Smelter] };
    for kind in stops {
        let field = fields.of(&ground.roads, plan, &FacilitySet::taking(*kind, stream));
        let start = fields.access(&ground.roads, at.at);
        let label = field.label(start.node)?;
        let next = &plan.facilities()[label.owner as usize].facility;
        // The field was searched from the facility outwards; the scrap travels the other way.
        let mut path = vec![at.at];
        path.extend(field.path(ground.roads.csr(), start.node).into_iter().rev().map(|n| ground.roads.position(n)));
        path.push(next.at);
        let haul = rates.shipment(at, next, label.distance_m + start.leg_m, stream);
        legs.push(Leg {
            mode: Mode::Road,
            from: at.name.clone(),
            to: next.name.clone(),
            haul,
            at_ends: rates.handled(Mode::Road, 2.0),
            path,
        });
        at = next;
    }
    Some(Route::of(legs, 0.0))
}

/// The stream to show first for a facility: of its first metal, or aluminium, the largest.
#[must_use]
pub fn stream_of(facility: &Facility) -> Stream {
    facility.metals.iter().next().map_or(Stream::Al, Metal::stream)
}
