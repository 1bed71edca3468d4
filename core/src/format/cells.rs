//! Demand cells in the pack: H3 hexagons of resolution 6 with the people in them and their prefecture.

use super::{
    pack::PackError,
    varint::{Reader, Writer},
};
use crate::geo::LonLat;
use h3o::{CellIndex, LatLng};

/// Resolution of the demand cells: about 36 km2 each.
pub const CELL_RESOLUTION: h3o::Resolution = h3o::Resolution::Six;

/// One demand cell as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRow {
    /// The H3 cell.
    pub cell: CellIndex,
    /// Modelled residents.
    pub people: u32,
    /// Row of the prefecture table.
    pub prefecture: u32,
}

/// The centre of a cell, rounded to 1e-5 degrees (about 1 m).
///
/// h3o uses the platform's own sine; rounding takes out the last bits in which platforms may differ. The data builder
/// refuses a cell whose centre lies within 1e-11 degrees of a rounding edge, so the result is the same everywhere.
#[must_use]
pub fn cell_centre(cell: CellIndex) -> LonLat {
    let at = LatLng::from(cell);
    LonLat::new(libm::round(at.lng() * 1e5) / 1e5, libm::round(at.lat() * 1e5) / 1e5)
}

/// Writes cells, which must be in ascending order of their index, as one section.
///
/// # Panics
/// Where the cells are out of order.
#[must_use]
pub fn encode(rows: &[CellRow]) -> Vec<u8> {
    assert!(rows.windows(2).all(|w| w[0].cell < w[1].cell), "cells out of order");
    let mut w = Writer::default();
    w.uint(rows.len() as u64);
    let mut last = 0;
    for row in rows {
        let id = u64::from(row.cell) >> FINER_BITS;
        w.uint(id - last);
        last = id;
    }
    for row in rows {
        w.uint(u64::from(row.people));
    }
    let mut last = 0i64;
    for row in rows {
        w.int(i64::from(row.prefecture) - last);
        last = i64::from(row.prefecture);
    }
    w.0
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// `Damaged` with the section's name.
pub fn decode(section: &str, bytes: &[u8]) -> Result<Vec<CellRow>, PackError> {
    let mut r = Reader::new(section, bytes);
    let n = r.count()?;
    let mut rows = Vec::with_capacity(n);
    let mut id = 0u64;
    for _ in 0..n {
        id = id.checked_add(r.uint()?).ok_or_else(|| r.damaged())?;
        let full = (id << FINER_BITS) | ((1 << FINER_BITS) - 1);
        let cell = CellIndex::try_from(full).map_err(|_| r.damaged())?;
        if cell.resolution() != CELL_RESOLUTION {
            return Err(r.damaged());
        }
        rows.push(CellRow { cell, people: 0, prefecture: 0 });
    }
    for row in &mut rows {
        row.people = r.u32()?;
    }
    let mut last = 0i64;
    for row in &mut rows {
        last = last.wrapping_add(r.int()?);
        row.prefecture = u32::try_from(last).map_err(|_| r.damaged())?;
    }
    r.finish()?;
    Ok(rows)
}

/// Three bits for each of the nine finer resolutions, all ones at resolution 6.
const FINER_BITS: u32 = 27;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let centre = LatLng::new(31.2, 121.4).unwrap().to_cell(CELL_RESOLUTION);
        let mut cells: Vec<CellIndex> = centre.grid_disk::<Vec<_>>(3);
        cells.sort_unstable();
        let rows: Vec<_> = cells
            .iter()
            .zip(0u32..)
            .map(|(c, i)| CellRow { cell: *c, people: i * 1000, prefecture: 9 - i % 7 })
            .collect();
        let bytes = encode(&rows);
        assert_eq!(decode("cells", &bytes).unwrap(), rows);
        for cut in 0..bytes.len() {
            assert_eq!(decode("cells", &bytes[..cut]), Err(PackError::damaged("cells")));
        }
    }
}
