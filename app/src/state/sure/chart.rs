//! Quantile dots and single futures as drawings: from values to the chart's units, which are CSS px where the page is as wide as
//! designed.
//!
//! A dot stands for a twentieth of the futures (Kay, Kola, Hullman and Munson 2016).

use super::Futures;
use crate::state::{curve::ChartFrame, dots::stacked, response::axis};
use atlas_core::response::Aim;

/// Left and right end of the axis, and the width of all. Heights follow the stacks.
pub const DOTS_CHART: ChartFrame =
    ChartFrame { width: 640.0, height: 0.0, left: 18.0, right: 622.0, top: 8.0, bottom: 0.0 };
/// Diameter of a dot.
pub const DOT: f64 = 13.0;
/// Room above the dots of a plan for its name.
const NAME: f64 = 24.0;
/// Room below the last plan for the axis.
const FOOT: f64 = 50.0;
/// Stacks grow no higher than so many dots: where nearly all futures agree, dots overlap.
const STACK: usize = 9;

/// The dots of one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct DotsRow {
    /// Which plan.
    pub plan: usize,
    /// Where its name stands.
    pub name_y: f64,
    /// Where its dots stand.
    pub base_y: f64,
    /// Its dots: where.
    pub dots: Vec<(f64, f64)>,
    /// Where the table's value lies.
    pub table_x: Option<f64>,
    /// Height of the mark of the table's value.
    pub top_y: f64,
}

/// Quantile dots of all plans on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct DotsDrawing {
    /// A row a plan that has a band.
    pub rows: Vec<DotsRow>,
    /// Ticks: where, and which value, in the unit that is shown.
    pub ticks: Vec<(f64, f64)>,
    /// Height of the axis.
    pub axis_y: f64,
    /// Height of all.
    pub height: f64,
    /// Each single future: where it lies for each plan of [`DotsDrawing::rows`].
    pub outcomes: Vec<Vec<f64>>,
}

/// Draws the dots of an indicator; `scaled` brings its values into the unit that is shown. Nothing where no plan has a band.
#[must_use]
pub fn dots_drawing(futures: &Futures, aim: &Aim, scaled: impl Fn(f64) -> f64) -> Option<DotsDrawing> {
    let f = &DOTS_CHART;
    let bands: Vec<_> = (0..futures.count()).filter_map(|p| Some((p, futures.band(p, aim)?))).collect();
    let outcomes = futures.outcomes(aim);
    let values = bands.iter().flat_map(|(_, b)| b.band.dots.iter().copied().chain(b.table));
    let values = values.chain(outcomes.iter().flatten().copied()).map(&scaled);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    if !low.is_finite() || !high.is_finite() {
        return None;
    }
    let x = axis(low, high, 6.0);
    let place = |v: f64| x.x(f, scaled(v));
    let mut y = f.top;
    let mut rows = Vec::new();
    for (plan, of) in &bands {
        let stacks = stacked(&of.band.dots.map(place), DOT);
        let most = stacks.iter().map(|(_, n)| *n).max().unwrap_or(1);
        let step = DOT * most.min(STACK) as f64 / most as f64;
        let name_y = y + NAME - 9.0;
        let base_y = y + NAME + DOT * most.min(STACK) as f64;
        let dot = |(x, n): &(f64, usize)| {
            let x = *x;
            (0..*n).map(move |i| (x, base_y - DOT / 2.0 - i as f64 * step))
        };
        let dots = stacks.iter().flat_map(dot).collect();
        rows.push(DotsRow { plan: *plan, name_y, base_y, dots, table_x: of.table.map(place), top_y: y + NAME - 4.0 });
        y = base_y + 8.0;
    }
    let shown = |run: &Vec<f64>| rows.iter().map(|r| place(run[r.plan])).collect();
    Some(DotsDrawing {
        ticks: x.ticks.iter().map(|v| (x.x(f, *v), *v)).collect(),
        axis_y: y,
        height: y + FOOT,
        outcomes: outcomes.iter().map(shown).collect(),
        rows,
    })
}

/// The strip of a band: in shares of its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripDrawing {
    /// 5, 25, 50, 75 and 95 % of the futures.
    pub ends: [f64; 5],
    /// The table's value.
    pub table: Option<f64>,
}

/// Draws a strip, with room for the table's value, which may lie outside.
#[must_use]
pub fn strip_drawing(quantiles: [f64; 5], table: Option<f64>) -> StripDrawing {
    let low = quantiles[0].min(table.unwrap_or(quantiles[0]));
    let high = quantiles[4].max(table.unwrap_or(quantiles[4]));
    let share = |v: f64| if high > low { 0.04 + 0.92 * (v - low) / (high - low) } else { 0.5 };
    StripDrawing { ends: quantiles.map(share), table: table.map(share) }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{COST, futures};
    use super::*;

    #[test]
    fn twenty_dots_a_plan_on_one_axis_and_the_table_marked() {
        let futures = futures();
        let drawing = dots_drawing(&futures, &COST, |v| v).expect("two plans");
        assert_eq!(drawing.rows.len(), 2);
        for row in &drawing.rows {
            assert_eq!(row.dots.len(), 20);
            assert!(row.dots.iter().all(|d| d.0 >= DOTS_CHART.left && d.0 <= DOTS_CHART.right && d.1 < row.base_y));
            assert!(row.dots.windows(2).all(|w| w[0].0 <= w[1].0));
        }
        assert!(drawing.rows[0].base_y < drawing.rows[1].name_y && drawing.axis_y < drawing.height);
        // No two dots lie on one another.
        for (i, a) in drawing.rows[0].dots.iter().enumerate() {
            for b in &drawing.rows[0].dots[..i] {
                assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() > DOT - 1e-6, "{a:?} {b:?}");
            }
        }
        // The second plan is dearer by the same amount in every future: its dots lie further right.
        let mean = |r: &DotsRow| r.dots.iter().map(|d| d.0).sum::<f64>();
        assert!(mean(&drawing.rows[0]) < mean(&drawing.rows[1]));
        assert_eq!(drawing.outcomes.len(), 20);
        assert!(drawing.outcomes.iter().all(|run| run.len() == 2 && run[0] < run[1]), "the same future of both");
        let unknown = Aim::of(atlas_core::profile::Measure::Gini, None);
        assert_eq!(dots_drawing(&futures, &unknown, |v| v), None);
    }

    #[test]
    fn a_strip_holds_its_band_and_the_tables_value() {
        let strip = strip_drawing([10.0, 11.0, 12.0, 13.0, 14.0], Some(8.0));
        assert!(strip.table.is_some_and(|t| t < strip.ends[0] && t >= 0.0));
        assert!(strip.ends.is_sorted() && strip.ends[4] <= 1.0);
        assert_eq!(strip_drawing([1.0; 5], None).ends, [0.5; 5]);
    }
}
