//! The zoom table: what is drawn from which zoom on, and how large.
//!
//! Diameters are outer ones in CSS px, before the theme's scale. A collection point has three sizes by tonnes.

/// Detailed base map and roads take over from the first view's.
pub const DETAIL: f64 = 7.0;
/// Collection points of the baseline are drawn.
pub const POINTS: f64 = 6.0;
/// Every collection point is drawn; below, those that would touch are one.
pub const EVERY_POINT: f64 = 8.0;
/// Every smelter is drawn; below, those that would touch are one symbol with a number.
pub const EVERY_FACILITY: f64 = 6.0;
/// Smelters carry the symbol of their metal.
pub const ELEMENTS: f64 = 8.0;
/// Hubs and smelters carry their name.
pub const NAMES: f64 = 10.0;
/// Ports that handle the most goods are drawn.
pub const LARGE_PORTS: f64 = 5.5;
/// All ports are drawn.
pub const PORTS: f64 = 6.5;
/// Rail hubs are drawn.
pub const RAIL_HUBS: f64 = 7.0;
/// A port with at least this many million tonnes a year is a large one.
const LARGE_PORT_MT: f32 = 200.0;
/// Flows go from prefecture to plant instead of from province to province.
pub const FLOWS_BY_PREFECTURE: f64 = 5.5;
/// Every flow is drawn on its own.
pub const EVERY_FLOW: f64 = 8.5;
/// Catchments of collection points are drawn instead of those of hubs.
pub const POINT_CATCHMENTS: f64 = 7.5;
/// Catchments are drawn in full detail.
pub const NEAR_CATCHMENTS: f64 = 8.0;
/// From here on the rim of an overloaded catchment is hatched: from further away rims would fill the small ones.
pub const OVER: f64 = 6.5;
/// A demand cell is large enough to be pointed at.
pub const CELLS: f64 = 7.0;
/// Cluster names give way to the names of places.
pub const CLUSTER_NAMES_END: f64 = 6.2;
/// The closest view.
pub const MOST: f64 = 14.0;
/// The widest view.
pub const LEAST: f64 = 3.4;

/// Smelters nearer than this are merged below [`EVERY_FACILITY`].
pub const MERGE_SMELTERS_PX: f64 = 19.0;
/// Hubs nearer than this are merged below [`EVERY_FACILITY`].
pub const MERGE_HUBS_PX: f64 = 8.0;
/// Collection points nearer than this are merged below [`EVERY_POINT`].
pub const MERGE_POINTS_PX: f64 = 14.0;

/// Merging is done for the next lower multiple of this step, so that symbols do not jump with every frame of a zoom.
const STEP: f64 = 0.25;

/// The zoom that symbols are laid out for.
#[must_use]
pub fn layout_zoom(zoom: f64) -> f64 {
    ((zoom + 1e-6) / STEP).floor() * STEP
}

/// Collection points: small, medium, large.
#[must_use]
pub fn point_px(zoom: f64) -> [f32; 3] {
    match zoom {
        ..8.0 => [4.4, 6.0, 8.4],
        ..10.0 => [7.0, 8.5, 10.0],
        _ => [10.0, 12.0, 14.0],
    }
}

/// Which of the three sizes a collection point has.
#[must_use]
pub fn point_class(size: f32) -> usize {
    match size {
        ..0.34 => 0,
        ..0.6 => 1,
        _ => 2,
    }
}

/// What the user added, moved or closed: drawn at every zoom.
#[must_use]
pub fn own_point_px(zoom: f64) -> f32 {
    match zoom {
        ..6.0 => 10.0,
        ..8.0 => 12.0,
        ..10.0 => 13.0,
        _ => 15.0,
    }
}

/// A hub.
#[must_use]
pub fn hub_px(zoom: f64) -> f32 {
    match zoom {
        ..6.0 => 9.0,
        ..7.0 => 11.0,
        ..8.0 => 12.0,
        ..10.0 => 14.0,
        _ => 18.0,
    }
}

/// The zoom from which a port is drawn that handles so many million tonnes a year.
#[must_use]
pub fn port_from(cargo_mt: f32) -> f64 {
    if cargo_mt >= LARGE_PORT_MT { LARGE_PORTS } else { PORTS }
}

/// A port.
#[must_use]
pub fn port_px(zoom: f64) -> f32 {
    match zoom {
        ..6.0 => 12.0,
        ..8.0 => 14.0,
        ..10.0 => 16.0,
        _ => 18.0,
    }
}

/// A rail hub.
#[must_use]
pub fn rail_hub_px(zoom: f64) -> f32 {
    match zoom {
        ..8.0 => 11.0,
        ..10.0 => 13.0,
        _ => 16.0,
    }
}

/// A smelter.
#[must_use]
pub fn smelter_px(zoom: f64) -> f32 {
    match zoom {
        ..6.0 => 11.0,
        ..7.0 => 13.0,
        ..8.0 => 14.0,
        ..10.0 => 17.0,
        _ => 20.0,
    }
}

/// A symbol that stands for several smelters and shows their number.
#[must_use]
pub fn merged_px(zoom: f64) -> f32 {
    smelter_px(zoom).max(17.0)
}

/// A symbol that stands for several hubs.
#[must_use]
pub fn merged_hubs_px(zoom: f64) -> f32 {
    hub_px(zoom).max(15.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_never_shrink_when_zooming_in() {
        let mut last = [0.0f32; 9];
        for step in 0..110 {
            let z = LEAST + f64::from(step) * 0.1;
            let [a, b, c] = point_px(z);
            let now = [a, b, c, own_point_px(z), hub_px(z), smelter_px(z), merged_px(z), port_px(z), rail_hub_px(z)];
            assert!(now.iter().zip(last).all(|(n, l)| *n >= l), "{z}");
            last = now;
        }
    }

    #[test]
    fn the_table_of_the_design() {
        assert_eq!((hub_px(5.9), smelter_px(5.9), merged_px(5.9)), (9.0, 11.0, 17.0));
        assert_eq!((hub_px(9.0), smelter_px(9.0)), (14.0, 17.0));
        assert_eq!((hub_px(10.0), smelter_px(12.0)), (18.0, 20.0));
        assert_eq!((port_px(6.0), port_px(8.0), port_px(10.0)), (14.0, 16.0, 18.0));
        assert_eq!((port_from(753.0), port_from(0.0)), (LARGE_PORTS, PORTS));
        assert_eq!(point_px(6.0)[point_class(0.0)], 4.4);
        assert_eq!(point_px(6.0)[point_class(1.0)], 8.4);
    }

    #[test]
    fn layout_waits_for_a_step() {
        assert_eq!(layout_zoom(5.99), 5.75);
        assert_eq!(layout_zoom(6.0), 6.0);
        assert_eq!(layout_zoom(6.0 - 1e-9), 6.0);
    }
}
