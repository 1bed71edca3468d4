//! Do positions look exchanged, or shifted as Chinese maps shift them?

use crate::geo::{Datum, LonLat, haversine_m};

/// True where a pair could be a place in China.
pub fn is_at_home(lon: f64, lat: f64) -> bool {
    (70.0..=140.0).contains(&lon) && (15.0..=56.0).contains(&lat)
}

/// True where a pair could be one only the other way round.
pub fn is_swapped(lon: f64, lat: f64) -> bool {
    is_at_home(lat, lon) && !is_at_home(lon, lat)
}

/// A row has moved from a place that is known by its id or name.
#[derive(Clone, Copy)]
pub struct Pair {
    /// Where the row has it, before any conversion.
    pub stated: LonLat,
    /// Where the map has it.
    pub known: LonLat,
}

/// So many rows must say the same.
const LEAST: usize = 3;

/// The datum that positions seem to be of, if it is not the one that was said, and how many rows say so. Of each datum it is
/// counted how many rows come to lie at their known places; positions that are only known to a park or a city say nothing.
pub fn datum(pairs: &[Pair], said: Datum) -> Option<(Datum, usize)> {
    let hits = |datum: Datum| {
        let near = |p: &&Pair| {
            let shift = haversine_m(p.known, Datum::Gcj02.from_wgs84(p.known));
            haversine_m(datum.to_wgs84(p.stated), p.known) < (0.25 * shift).min(100.0)
        };
        pairs.iter().filter(near).count()
    };
    let (best, n) = Datum::ALL.into_iter().map(|d| (d, hits(d))).max_by_key(|(_, n)| *n)?;
    (best != said && n >= LEAST && n > 2 * hits(said)).then_some((best, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_seen_whatever_was_said() {
        let known: Vec<LonLat> = (0..9).map(|i| LonLat::new(117.0 + f64::from(i) * 0.3, 31.0)).collect();
        for real in Datum::ALL {
            let pairs: Vec<Pair> = known.iter().map(|k| Pair { stated: real.from_wgs84(*k), known: *k }).collect();
            for said in Datum::ALL {
                assert_eq!(datum(&pairs, said), (said != real).then_some((real, 9)), "{real:?} said to be {said:?}");
            }
            assert_eq!(datum(&pairs[..2], Datum::Wgs84), None);
        }
        // Places known to some kilometres only.
        let rough: Vec<Pair> =
            known.iter().map(|k| Pair { stated: LonLat::new(k.lon + 0.02, k.lat), known: *k }).collect();
        assert_eq!(datum(&rough, Datum::Wgs84), None);
    }

    #[test]
    fn only_what_is_at_home_the_other_way_round_is_swapped() {
        assert!(is_swapped(31.8, 117.2));
        assert!(!is_swapped(117.2, 31.8) && !is_swapped(2.3, 48.8));
    }
}
