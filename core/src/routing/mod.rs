//! Ways through the network: between two places, and from a collection point to its smelter.

mod chain;
mod find;

pub use chain::{point_route, stream_of};
pub use find::{FindError, Found, find_place};

use crate::{
    account::{Haul, Rates},
    catchment::Fields,
    geo::LonLat,
    model::{Ground, Name, Stream},
};
use serde::{Deserialize, Serialize};

/// How a leg is travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By truck.
    Road,
}

/// One leg of a way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    /// How it is travelled.
    pub mode: Mode,
    /// Where it begins.
    pub from: Name,
    /// Where it ends.
    pub to: Name,
    /// Distance, time, cost and CO2 of a tonne.
    pub haul: Haul,
    /// Its line on the map, both straight access legs included.
    pub path: Vec<LonLat>,
}

/// A way of one or more legs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// Sum of the legs.
    pub total: Haul,
    /// Legs in order of travel.
    pub legs: Vec<Leg>,
}

impl Route {
    fn of(legs: Vec<Leg>) -> Self {
        Self { total: legs.iter().fold(Haul::default(), |sum, leg| sum + leg.haul), legs }
    }
}

/// The shortest way by road: straight leg to the network, shortest path, straight leg from it. `None` where no road joins
/// the two.
pub fn road_route(
    ground: &Ground,
    fields: &mut Fields,
    rates: &Rates,
    stream: Stream,
    from: (&Name, LonLat),
    to: (&Name, LonLat),
) -> Option<Route> {
    let field = fields.of(&ground.roads, &[from.1]);
    let end = fields.access(&ground.roads, to.1);
    let metres = field.label(end.node)?.distance_m + end.leg_m;
    let mut path = vec![from.1];
    path.extend(field.path(ground.roads.csr(), end.node).into_iter().map(|n| ground.roads.position(n)));
    path.push(to.1);
    let haul = rates.haul(rates.km(metres), stream);
    Some(Route::of(vec![Leg { mode: Mode::Road, from: from.0.clone(), to: to.0.clone(), haul, path }]))
}
