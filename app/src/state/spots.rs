//! Points of the allocation: what scrap is worth there, and who takes it beside who is nearest.

use super::{AppState, MapLayer};
use crate::{
    compute::protocol::Taken,
    map::view::{PriceMark, ServedMark, Service},
};
use atlas_core::{
    allocation::{Answer, End, Price},
    geo::{LonLat, haversine_m},
    model::{FacilityKind, Stream},
};

/// What the colours of prices stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceRamp {
    /// The price in the middle: half of the points have more.
    pub median: f64,
    /// From the middle to either end of the ramp: nineteen in twenty points lie within.
    pub half: f64,
    /// Points that have a price.
    pub points: usize,
    /// Of these, points where one more tonne also meets demand that nothing else meets, or is left over itself.
    pub short: usize,
    /// How many tonnes of recycled metal, on the mean of these.
    pub short_t: f64,
}

/// The prices of the chosen stream at collection points, by row of the places.
fn prices(state: &AppState) -> Vec<(u32, LonLat, Price)> {
    let Some(answer) = &state.allocation else { return Vec::new() };
    let of = |p: &atlas_core::allocation::ScrapPrice| {
        let place = answer.places.get(p.place as usize)?;
        Some((p.place, place.at, p.price[state.spots_of].filter(|_| is_facility(answer, p.place))?))
    };
    answer.scrap_prices.iter().filter_map(of).collect()
}

fn is_facility(answer: &Answer, place: u32) -> bool {
    matches!(answer.places[place as usize].end, End::Facility(_))
}

/// The ramp of the prices on the map; `None` where there are none.
#[must_use]
pub fn price_ramp(state: &AppState) -> Option<PriceRamp> {
    let all = prices(state);
    let mut yuan: Vec<f64> = all.iter().map(|p| p.2.yuan_per_t).collect();
    yuan.sort_by(f64::total_cmp);
    let median = *yuan.get(yuan.len() / 2)?;
    let mut away: Vec<f64> = yuan.iter().map(|y| (y - median).abs()).collect();
    away.sort_by(f64::total_cmp);
    let half = away[(away.len() * 19 / 20).min(away.len() - 1)].max(1.0);
    let short: Vec<f64> = all.iter().map(|p| p.2.slack_t).filter(|t| is_slack(*t)).collect();
    let short_t = if short.is_empty() { 0.0 } else { short.iter().sum::<f64>() / short.len() as f64 };
    Some(PriceRamp { median, half, points: all.len(), short: short.len(), short_t })
}

fn is_slack(tonnes: f64) -> bool {
    tonnes.abs() > 1e-6
}

/// The step of the ramp, 1 to 7.
#[must_use]
pub fn price_class(ramp: &PriceRamp, yuan_per_t: f64) -> u8 {
    let steps = libm::round((yuan_per_t - ramp.median) / ramp.half * 3.0).clamp(-3.0, 3.0);
    (4.0 + steps) as u8
}

/// The marks of prices; none where they are not on the map.
#[must_use]
pub fn price_marks(state: &AppState) -> Vec<PriceMark> {
    let Some(ramp) = price_ramp(state).filter(|_| state.layers.shows(MapLayer::ScrapPrices)) else { return Vec::new() };
    prices(state)
        .into_iter()
        .map(|(id, at, price)| PriceMark { at, id, class: price_class(&ramp, price.yuan_per_t) })
        .collect()
}

/// How a point is served.
fn how(state: &AppState, answer: &Answer, t: &Taken) -> Service {
    let Some(taker) = t.taker else { return Service::Nobody };
    let nearest = t.nearest.and_then(|(row, _)| state.takers.nearest.get(row as usize));
    match &answer.places[taker as usize].end {
        End::Facility(id) if Some(id) == nearest => Service::Nearest,
        _ => Service::Other,
    }
}

fn taken(state: &AppState) -> impl Iterator<Item = &Taken> {
    state.takers.points.iter().filter(|t| t.stream == state.spots_of)
}

/// The marks of who takes what; none where they are not on the map.
#[must_use]
pub fn served_marks(state: &AppState) -> Vec<ServedMark> {
    let Some(answer) = state.allocation.as_deref().filter(|_| state.layers.shows(MapLayer::Served)) else {
        return Vec::new();
    };
    let mut takers: Vec<u32> = taken(state).filter_map(|t| t.taker).collect();
    takers.sort_unstable();
    takers.dedup();
    let tones = tones(&takers.iter().map(|t| answer.places[*t as usize].at).collect::<Vec<_>>());
    let mark = |t: &Taken| {
        let taker = t.taker.map(|row| &answer.places[row as usize]);
        let tone = t.taker.and_then(|row| takers.binary_search(&row).ok()).map_or(0, |i| tones[i]);
        ServedMark {
            at: answer.places[t.place as usize].at,
            id: t.place,
            how: how(state, answer, t),
            taker: taker.map(|p| p.at),
            cluster: taker.and_then(|p| p.cluster),
            tone,
        }
    };
    taken(state).map(mark).collect()
}

/// One of four tones for each place, other ones than its four nearest neighbours have where that can be had.
fn tones(places: &[LonLat]) -> Vec<u8> {
    let mut tones: Vec<Option<u8>> = vec![None; places.len()];
    for i in 0..places.len() {
        let mut near: Vec<(f64, u8)> = tones[..i]
            .iter()
            .enumerate()
            .filter_map(|(j, tone)| Some((haversine_m(places[i], places[j]), (*tone)?)))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        // The tone whose nearest bearer is furthest.
        let rank = |tone: u8| near.iter().position(|n| n.1 == tone).unwrap_or(usize::MAX);
        tones[i] = (0..4u8).max_by_key(|tone| (rank(*tone), std::cmp::Reverse(*tone)));
    }
    tones.into_iter().map(Option::unwrap_or_default).collect()
}

/// How many points are served how, with their gross tonnes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServedSums {
    /// By [`Service::ALL`]: points and tonnes.
    pub by: [(usize, f64); 3],
}

impl ServedSums {
    /// Points and tonnes of one way of being served.
    #[must_use]
    pub const fn of(&self, how: Service) -> (usize, f64) {
        self.by[how as usize]
    }
}

/// The sums of the chosen stream.
#[must_use]
pub fn served_sums(state: &AppState) -> ServedSums {
    let mut sums = ServedSums::default();
    let Some(answer) = &state.allocation else { return sums };
    for t in taken(state) {
        let sum = &mut sums.by[how(state, answer, t) as usize];
        sum.0 += 1;
        sum.1 += t.gross_t;
    }
    sums
}

/// What is told of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PointTold {
    /// The point: a row of the places.
    pub place: u32,
    /// Whose price and taker.
    pub stream: Stream,
    /// What scrap is worth there, where prices are on the map.
    pub price: Option<Price>,
    /// Who takes it and who is nearest, where that is on the map.
    pub taken: Option<Taken>,
}

/// What is told of a point by its row, as far as it is on the map.
#[must_use]
pub fn point_told(state: &AppState, place: u32) -> Option<PointTold> {
    let answer = state.allocation.as_deref()?;
    let stream = state.spots_of;
    let price = answer.scrap_prices.iter().find(|p| p.place == place).and_then(|p| p.price[stream]);
    let told = PointTold {
        place,
        stream,
        price: price.filter(|_| state.layers.shows(MapLayer::ScrapPrices)),
        taken: taken(state).find(|t| t.place == place).copied().filter(|_| state.layers.shows(MapLayer::Served)),
    };
    (told.price.is_some() || told.taken.is_some()).then_some(told)
}

/// The row of a collection point among the places.
#[must_use]
pub fn place_of(state: &AppState, id: &str) -> Option<u32> {
    let answer = state.allocation.as_deref()?;
    let point = state.document.plan().get(id)?;
    if point.facility.kind != FacilityKind::CollectionPoint {
        return None;
    }
    answer.places.iter().position(|p| matches!(&p.end, End::Facility(f) if f == id)).map(|row| row as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compute::{bundles::tests::answer, protocol::Takers},
        i18n::Lang,
        state::Theme,
    };
    use std::rc::Rc;

    fn state() -> AppState {
        let mut state = AppState::new(Lang::En, Theme::Light);
        let taken = |place, taker, nearest| Taken {
            place,
            stream: Stream::Al,
            gross_t: 100.0 * f64::from(place + 1),
            taker,
            share: 1.0,
            km: 50.0,
            nearest,
        };
        state.takers = Rc::new(Takers {
            nearest: vec!["HB1".into(), "HB2".into()],
            points: vec![taken(0, Some(3), Some((0, 10.0))), taken(1, Some(3), Some((1, 5.0))), taken(2, None, None)],
        });
        state.allocation = Some(Rc::new(answer()));
        state.layers.set(MapLayer::Served, true);
        state.layers.set(MapLayer::ScrapPrices, true);
        state
    }

    #[test]
    fn the_ramp_has_the_median_in_its_middle() {
        let mut state = state();
        let ramp = price_ramp(&state).expect("prices");
        assert_eq!((ramp.median, ramp.half, ramp.points, ramp.short), (100.0, 20.0, 3, 0));
        assert_eq!([90.0, 100.0, 120.0, 500.0, -500.0].map(|y| price_class(&ramp, y)), [2, 4, 7, 7, 1]);
        assert_eq!(price_marks(&state).len(), 3);
        state.spots_of = Stream::Pb;
        let ramp = price_ramp(&state).expect("one price");
        assert_eq!((ramp.points, ramp.short, ramp.short_t, ramp.half), (1, 1, 1.0, 1.0));
        state.spots_of = Stream::Zn;
        assert_eq!(price_ramp(&state), None);
        assert!(price_marks(&state).is_empty());
    }

    #[test]
    fn who_is_not_served_by_the_nearest_is_counted() {
        let mut state = state();
        let sums = served_sums(&state);
        assert_eq!(sums.of(Service::Nearest), (1, 100.0));
        assert_eq!(sums.of(Service::Other), (1, 200.0));
        assert_eq!(sums.of(Service::Nobody).0, 1);
        assert_eq!(served_marks(&state).len(), 3);
        state.spots_of = Stream::Cu;
        assert_eq!(served_sums(&state), ServedSums::default());
        state.layers.set(MapLayer::Served, false);
        assert!(served_marks(&state).is_empty());
    }

    #[test]
    fn only_what_is_on_the_map_is_told() {
        let mut state = state();
        let told = point_told(&state, 0).expect("a point");
        assert!(told.price.is_some() && told.taken.is_some());
        state.layers.set(MapLayer::Served, false);
        assert!(point_told(&state, 0).is_some_and(|t| t.taken.is_none()));
        state.layers.set(MapLayer::ScrapPrices, false);
        assert_eq!(point_told(&state, 0), None);
    }

    #[test]
    fn neighbours_have_other_tones() {
        let row: Vec<LonLat> = (0..8).map(|i| LonLat::new(110.0 + f64::from(i), 30.0)).collect();
        let tones = tones(&row);
        assert!(tones.windows(2).all(|w| w[0] != w[1]), "{tones:?}");
        assert!(tones.iter().all(|t| *t < 4));
    }
}
