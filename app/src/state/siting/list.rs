//! A list of candidates from a file or the clipboard: good rows are kept, bad ones told with their row, why, and what helps.

use atlas_core::{
    geo::{LonLat, haversine_m},
    model::Baseline,
    siting::planning::Spot,
};

/// Further than this from every prefecture seat of a cluster is outside of the region (metres).
const OUTSIDE_M: f64 = 250_000.0;
/// Longer lists are cut: nobody would wait for the search.
pub const MOST_ROWS: usize = 10_000;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteList {
    /// The name of the file; empty for pasted text.
    pub file: String,
    /// Good rows, in their order.
    pub spots: Vec<Spot>,
    /// Bad rows.
    pub bad: Vec<BadRow>,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its line, counted from 1 as an editor does.
    pub line: usize,
    /// Why.
    pub why: BadReason,
    /// What stands there.
    pub text: String,
}

/// Why a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadReason {
    /// It has no two columns of numbers.
    Columns,
    /// Longitude or latitude is no number.
    NotANumber,
    /// Longitude and latitude stand in each other's place.
    Swapped,
    /// The position is far from the region.
    Outside,
    /// The same position stands further up.
    Twice,
    /// The list is too long.
    TooMany,
}

impl BadReason {
    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::NotANumber => "not-a-number",
            Self::Swapped => "swapped",
            Self::Outside => "outside",
            Self::Twice => "twice",
            Self::TooMany => "too-many",
        }
    }
}

/// Which column is which.
#[derive(Clone, Copy)]
struct Columns {
    lon: usize,
    lat: usize,
    name: Option<usize>,
}

/// Without a head: longitude, latitude, name.
const PLAIN: Columns = Columns { lon: 0, lat: 1, name: Some(2) };

/// Reads a list: columns parted by commas, semicolons or tabs; a head with `lon`, `lat`, `name` (or 经度, 纬度, 名称) in any
/// order, or none.
#[must_use]
pub fn read_list(file: &str, text: &str, baseline: &Baseline) -> SiteList {
    let mut list = SiteList { file: file.to_owned(), ..SiteList::default() };
    let text = text.trim_start_matches('\u{feff}');
    let separator =
        [';', '\t'].into_iter().find(|s| text.lines().next().is_some_and(|l| l.contains(*s))).unwrap_or(',');
    let mut columns = None;
    for (line, words) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let fields = fields(words, separator);
        let columns = match columns {
            Some(c) => c,
            None => {
                let found = head(&fields);
                columns = Some(found.unwrap_or(PLAIN));
                if found.is_some() {
                    continue;
                }
                PLAIN
            }
        };
        let spot = if list.spots.len() < MOST_ROWS { row(&fields, columns, baseline) } else { Err(BadReason::TooMany) };
        let twice = |s: &Spot| list.spots.iter().any(|o| o.at == s.at);
        match spot.and_then(|s| if twice(&s) { Err(BadReason::Twice) } else { Ok(s) }) {
            Ok(spot) => list.spots.push(spot),
            Err(why) => list.bad.push(BadRow { line: line + 1, why, text: words.trim().chars().take(60).collect() }),
        }
    }
    list
}

/// The fields of a line; one in quotes may hold the separator, and a doubled quote is one.
fn fields(line: &str, separator: char) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = letters.next() {
        let field = all.last_mut().expect("one at first");
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => all.push(String::new()),
            c => field.push(c),
        }
    }
    all.into_iter().map(|f| f.trim().to_owned()).collect()
}

fn head(fields: &[String]) -> Option<Columns> {
    let find = |names: &[&str]| fields.iter().position(|f| names.contains(&f.to_lowercase().as_str()));
    let lon = find(&["lon", "lng", "long", "longitude", "x", "经度"])?;
    let lat = find(&["lat", "latitude", "y", "纬度"])?;
    Some(Columns { lon, lat, name: find(&["name", "名称", "地点", "站点"]) })
}

fn row(fields: &[String], columns: Columns, baseline: &Baseline) -> Result<Spot, BadReason> {
    let number = |column: usize| -> Result<f64, BadReason> {
        let field = fields.get(column).filter(|f| !f.is_empty()).ok_or(BadReason::Columns)?;
        field.parse().ok().filter(|v: &f64| v.is_finite()).ok_or(BadReason::NotANumber)
    };
    let (lon, lat) = (number(columns.lon)?, number(columns.lat)?);
    let near = |at: LonLat| {
        let clustered = baseline.prefectures.iter().filter(|p| p.cluster.is_some());
        at.is_valid() && clustered.map(|p| haversine_m(p.seat, at)).any(|m| m < OUTSIDE_M)
    };
    let at = LonLat::new(lon, lat);
    if near(at) {
        let name = columns.name.and_then(|c| fields.get(c)).cloned().unwrap_or_default();
        return Ok(Spot { name, at });
    }
    Err(if near(LonLat::new(lat, lon)) { BadReason::Swapped } else { BadReason::Outside })
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::model::{Cluster, Prefecture};

    fn baseline() -> Baseline {
        let hefei = Prefecture {
            adcode: 340_100,
            cluster: Some(Cluster::Yrd),
            seat: LonLat::new(117.2, 31.8),
            ..Prefecture::default()
        };
        Baseline { prefectures: vec![hefei], ..Baseline::default() }
    }

    #[test]
    fn bad_rows_are_told_and_good_ones_kept() {
        let text = "\u{feff}name,lat,lon\r\n\"Feixi, east\",31.7,117.1\r\nswapped,117.1,31.7\nwords,here,117\nfar,31.7,17.1\n\nshort\nagain,31.7,117.1\n";
        let list = read_list("sites.csv", text, &baseline());
        assert_eq!(list.spots, [Spot { name: "Feixi, east".into(), at: LonLat::new(117.1, 31.7) }]);
        let told: Vec<(usize, BadReason)> = list.bad.iter().map(|b| (b.line, b.why)).collect();
        use BadReason::{Columns, NotANumber, Outside, Swapped, Twice};
        assert_eq!(told, [(3, Swapped), (4, NotANumber), (5, Outside), (7, Columns), (8, Twice)]);
    }

    #[test]
    fn a_list_may_have_no_head_and_other_separators() {
        let list = read_list("", "117.1;31.7;甲\n117.2;31.8\n", &baseline());
        let names: Vec<&str> = list.spots.iter().map(|s| s.name.as_str()).collect();
        assert_eq!((names, list.bad.len()), (vec!["甲", ""], 0));
        assert_eq!(read_list("", "经度\t纬度\n117.1\t31.7\n", &baseline()).spots.len(), 1);
    }
}
