//! Real alternatives: ways that differ by at least a fifth of their length and are at most half dearer.
//!
//! **Method.** The corridor of every way found so far is made dearer and the search repeated (the penalty method: Chen, Bell
//! and Bogenberger 2007). What comes out is priced truly and kept only where it passes the two rules against every way kept
//! before. Rounds are few and fixed, so an answer is quick; a network may hold an alternative that this does not find.

use super::{
    Query, Route,
    corridor::Corridor,
    router::{Router, Weighed},
};
use crate::{
    account::Rates,
    geo::LonLat,
    model::{Mode, PerMode, Region},
};
use serde::{Deserialize, Serialize};

/// At least this share of the length of either way lies outside of the other's corridor.
pub const LEAST_DIFFERENT: f64 = 0.2;
/// At most so many times the generalised cost of the best.
pub const MOST_DEARER: f64 = 1.5;
/// How much dearer a corridor gets a round.
const PENALTY: f64 = 1.3;
/// Rounds for each alternative asked for.
const ROUNDS: usize = 4;
/// No penalty makes an arc heavier.
const HEAVIEST: f64 = (1u32 << 27) as f64;

/// Another way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The way.
    pub route: Route,
    /// The least share of its length that lies outside of the corridor of a way named before it.
    pub different: f64,
    /// Its generalised cost over that of the first. Below 1 only without road, where short truck legs come first.
    pub times_best: f64,
}

/// Why there are no more alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fewer {
    /// What else was found is more than half dearer.
    TooDear,
    /// What else was found runs along the ways named for more than four fifths.
    TooAlike,
}

impl Fewer {
    /// The stable key for files and translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooDear => "too_dear",
            Self::TooAlike => "too_alike",
        }
    }
}

/// Finds up to as many alternatives as asked for.
pub(super) fn find(
    router: &mut Router,
    region: &Region,
    rates: &Rates,
    query: &Query,
    best: &Route,
    mut weighed: Weighed,
) -> (Vec<Alternative>, Option<Fewer>) {
    let worth = |route: &Route| query.aim.of(&route.total) - query.aim.yuan * route.border_yuan_per_t;
    let least = worth(best);
    let mut kept = vec![Shape::of(best)];
    let mut last = kept[0].clone();
    let mut found: Vec<Alternative> = Vec::new();
    let mut dear = 0;
    for _ in 0..ROUNDS * query.alternatives {
        if found.len() == query.alternatives {
            break;
        }
        penalise(router, region, &mut weighed, &last);
        let Ok(route) = router.least(region, rates, query, &weighed) else { break };
        last = Shape::of(&route);
        if worth(&route) > MOST_DEARER * least {
            dear += 1;
            // The next rounds only get dearer.
            if dear == 2 {
                break;
            }
            continue;
        }
        let different = kept.iter().map(|k| k.share_outside(&route).min(last.share_of_other(k))).fold(1.0, f64::min);
        if different >= LEAST_DIFFERENT {
            let times_best = if least > 0.0 { worth(&route) / least } else { 1.0 };
            found.push(Alternative { route, different, times_best });
            kept.push(last.clone());
        }
    }
    let fewer = (found.len() < query.alternatives).then_some(if dear > 0 { Fewer::TooDear } else { Fewer::TooAlike });
    found.sort_by(|a, b| a.times_best.total_cmp(&b.times_best));
    (found, fewer)
}

/// Makes every arc that touches the corridor dearer.
fn penalise(router: &Router, region: &Region, weighed: &mut Weighed, shape: &Shape) {
    let inside: Vec<bool> = (0..router.size().0 as u32)
        .map(|node| match router.place(&region.ground, node) {
            (Some(mode), at) => shape.corridors[mode].as_ref().is_some_and(|c| c.holds(at)),
            (None, at) => Mode::ALL.into_iter().any(|m| shape.corridors[m].as_ref().is_some_and(|c| c.holds(at))),
        })
        .collect();
    let dearer = |from: u32, to: u32, weight: u32| {
        if inside[from as usize] || inside[to as usize] {
            (f64::from(weight) * PENALTY).min(HEAVIEST) as u32
        } else {
            weight
        }
    };
    weighed.road.adjust(dearer);
    if let Some(other) = &mut weighed.other {
        other.adjust(dearer);
    }
}

/// Where a way runs, mode by mode: a train along a motorway is another way.
#[derive(Clone)]
struct Shape {
    lines: Vec<(Mode, Vec<LonLat>)>,
    corridors: PerMode<Option<Corridor>>,
}

impl Shape {
    fn of(route: &Route) -> Self {
        let lines: Vec<(Mode, Vec<LonLat>)> = route.legs.iter().map(|l| (l.mode, l.path.clone())).collect();
        let corridors = PerMode::from_fn(|mode| {
            let own: Vec<&[LonLat]> = lines.iter().filter(|l| l.0 == mode).map(|l| l.1.as_slice()).collect();
            (!own.is_empty()).then(|| Corridor::along(&own))
        });
        Self { lines, corridors }
    }

    /// The share of a route's length that lies outside.
    fn share_outside(&self, route: &Route) -> f64 {
        self.outside(route.legs.iter().map(|l| (l.mode, l.path.as_slice())))
    }

    /// The share of another shape's length that lies outside of this one.
    fn share_of_other(&self, other: &Self) -> f64 {
        self.outside(other.lines.iter().map(|(mode, line)| (*mode, line.as_slice())))
    }

    fn outside<'a>(&self, lines: impl Iterator<Item = (Mode, &'a [LonLat])>) -> f64 {
        let (mut out, mut all) = (0.0, 0.0);
        for (mode, line) in lines {
            let (o, a) = Corridor::metres_outside(self.corridors[mode].as_ref(), line);
            out += o;
            all += a;
        }
        if all > 0.0 { out / all } else { 0.0 }
    }
}
