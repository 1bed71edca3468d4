//! From what a person types to a place: a facility's id, a name in either language, or `lon,lat`.

use crate::{
    geo::LonLat,
    model::{Facility, Name, Place, PlaceKind, Prefecture},
};
use thiserror::Error;

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What to call it.
    pub name: Name,
    /// Where it is.
    pub at: LonLat,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FindError {
    /// No such place.
    #[error("no place, city or facility is called {0:?}; give a name in Chinese or English, a facility id, or lon,lat")]
    Nothing(String),
    /// Two numbers that are no position.
    #[error("{0:?} is not a position; give lon,lat in degrees, longitude first")]
    BadPosition(String),
}

/// Finds a place. A facility's id is exact; `市` and letter case do not matter; a prefecture seat wins over namesakes, then
/// the larger place.
///
/// # Errors
/// Where nothing fits.
pub fn find_place(
    text: &str,
    facilities: &[Facility],
    prefectures: &[Prefecture],
    places: &[Place],
) -> Result<Found, FindError> {
    let text = text.trim();
    if let Some((lon, lat)) = text.split_once([',', '\u{ff0c}'])
        && let (Ok(lon), Ok(lat)) = (lon.trim().parse(), lat.trim().parse())
    {
        let at = LonLat::new(lon, lat);
        let name = format!("{lon}, {lat}");
        return if at.is_valid() {
            Ok(Found { name: Name { zh: name.clone(), en: name }, at })
        } else {
            Err(FindError::BadPosition(text.into()))
        };
    }
    if let Some(f) = facilities.iter().find(|f| f.id.eq_ignore_ascii_case(text)) {
        return Ok(Found { name: f.name.clone(), at: f.at });
    }
    let wanted = plain(text);
    let fits = |name: &Name| !wanted.is_empty() && (plain(&name.zh) == wanted || plain(&name.en) == wanted);
    let seats = prefectures.iter().filter(|p| fits(&p.name)).map(|p| (2u8, p.people, &p.name, p.seat));
    let others = places
        .iter()
        .filter(|p| fits(&p.name))
        .map(|p| (u8::from(p.kind == PlaceKind::Prefecture), p.people, &p.name, p.at));
    let facilities = facilities.iter().filter(|f| fits(&f.name)).map(|f| (0, -1.0, &f.name, f.at));
    let best =
        seats.chain(others).chain(facilities).max_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).expect("finite"));
    best.map(|(_, _, name, at)| Found { name: name.clone(), at }).ok_or_else(|| FindError::Nothing(text.into()))
}

/// A name without what people leave out: case, spaces, apostrophes, 市 or 站 at the end.
fn plain(name: &str) -> String {
    let lower: String =
        name.chars().filter(|c| !c.is_whitespace() && !"'’-".contains(*c)).flat_map(char::to_lowercase).collect();
    let bare = lower.strip_suffix('市').or_else(|| lower.strip_suffix('站'));
    bare.or_else(|| lower.strip_suffix("freightstation")).map(str::to_owned).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefecture(zh: &str, en: &str, people: f64, lon: f64) -> Prefecture {
        Prefecture {
            name: Name { zh: zh.into(), en: en.into() },
            seat: LonLat::new(lon, 30.0),
            people,
            ..Prefecture::default()
        }
    }

    #[test]
    fn names_in_either_language_and_the_seat_wins() {
        let seats = [prefecture("苏州市", "Suzhou", 12.7e6, 120.6), prefecture("宿州市", "Suzhou", 5.3e6, 117.0)];
        let places = [Place {
            name: Name { zh: "苏州".into(), en: "Suzhou".into() },
            at: LonLat::new(99.0, 30.0),
            people: 99e6,
            adcode: 0,
            kind: PlaceKind::Place,
        }];
        let lon = |text| find_place(text, &[], &seats, &places).map(|f| f.at.lon);
        assert_eq!(lon("苏州"), Ok(120.6));
        assert_eq!(lon("苏州市"), Ok(120.6));
        assert_eq!(lon("宿州"), Ok(117.0));
        assert_eq!(lon(" su zhou "), Ok(120.6));
        assert_eq!(lon("121.5, 31.2"), Ok(121.5));
        assert_eq!(lon("31.2, 121.5"), Err(FindError::BadPosition("31.2, 121.5".into())));
        assert_eq!(lon(""), Err(FindError::Nothing(String::new())));
        assert_eq!(lon("市"), Err(FindError::Nothing("市".into())));
    }
}
