//! Answers as drawings: from values to the charts' units, which are CSS px where the page is as wide as designed.

use crate::state::curve::{ChartFrame, round_step};
use atlas_core::response::{FrontAnswer, SweepAnswer, TornadoAnswer};

/// The response curve.
pub const RESPONSE_CHART: ChartFrame =
    ChartFrame { width: 620.0, height: 280.0, left: 64.0, right: 600.0, top: 28.0, bottom: 232.0 };
/// Cost against CO2.
pub const FRONT_CHART: ChartFrame =
    ChartFrame { width: 620.0, height: 300.0, left: 64.0, right: 600.0, top: 20.0, bottom: 252.0 };

/// An axis: its ends and its ticks.
pub(in crate::state) struct Axis {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
}

/// About `parts` round ticks within the values, which an axis holds with a little room.
pub(in crate::state) fn axis(low: f64, high: f64, parts: f64) -> Axis {
    let middle = (low.abs() + high.abs()) / 2.0;
    let span = (high - low).max(1e-3 * middle).max(1e-9);
    let (low, high) = (low - 0.06 * span, low + 1.06 * span.max(high - low));
    let step = round_step((high - low) / parts);
    let first = (low / step).ceil();
    let count = ((high / step).floor() - first).clamp(0.0, 12.0) as usize;
    Axis { low, high, ticks: (0..=count).map(|i| (first + i as f64) * step).collect() }
}

impl Axis {
    fn share(&self, v: f64) -> f64 {
        ((v - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub fn x(&self, f: &ChartFrame, v: f64) -> f64 {
        f.left + (f.right - f.left) * self.share(v)
    }

    fn y(&self, f: &ChartFrame, v: f64) -> f64 {
        f.bottom - (f.bottom - f.top) * self.share(v)
    }
}

/// A drawn response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseDrawing {
    /// The line.
    pub path: String,
    /// Each step: where, and its row.
    pub dots: Vec<(f64, f64, usize)>,
    /// Horizontal ticks: where, and which value of the lever.
    pub x_ticks: Vec<(f64, f64)>,
    /// Vertical ticks: where, and which value of the measure.
    pub y_ticks: Vec<(f64, f64)>,
    /// Where the lever stands in the plan, where that is on the chart.
    pub now_x: Option<f64>,
    /// Where it stands unless somebody turns it.
    pub default_x: Option<f64>,
    /// Heights of 5, 25, 50, 75 and 95 % of the drawn futures of the plan, where they are known.
    pub band: Option<[f64; 5]>,
}

/// Draws a sweep: `value` reads the measure, in the unit that is shown, as `band` is. Nothing where it has no
/// number anywhere.
#[must_use]
pub fn response_drawing(
    sweep: &SweepAnswer,
    value: impl Fn(usize) -> Option<f64>,
    now: Option<f64>,
    default: Option<f64>,
    band: Option<[f64; 5]>,
) -> Option<ResponseDrawing> {
    let f = &RESPONSE_CHART;
    let seen: Vec<(f64, f64, usize)> =
        sweep.points.iter().enumerate().filter_map(|(row, p)| Some((p.value, value(row)?, row))).collect();
    let (first, last) = (sweep.points.first()?.value, sweep.points.last()?.value);
    let ends = |all: &mut dyn Iterator<Item = f64>| {
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    };
    let (low, high) = ends(&mut seen.iter().map(|s| s.1).chain(band.into_iter().flatten()));
    if seen.is_empty() {
        return None;
    }
    let (x, y) = (axis(first, last.max(first), 6.0), axis(low, high, 5.0));
    let dots: Vec<(f64, f64, usize)> = seen.iter().map(|(a, b, row)| (x.x(f, *a), y.y(f, *b), *row)).collect();
    let corners: Vec<String> = dots.iter().map(|(a, b, _)| format!("{a:.1} {b:.1}")).collect();
    let inside = |v: Option<f64>| v.filter(|v| (x.low..=x.high).contains(v)).map(|v| x.x(f, v));
    Some(ResponseDrawing {
        path: format!("M{}", corners.join("L")),
        band: band.map(|b| b.map(|v| y.y(f, v))),
        now_x: inside(now),
        default_x: inside(default),
        x_ticks: x.ticks.iter().map(|v| (x.x(f, *v), *v)).collect(),
        y_ticks: y.ticks.iter().map(|v| (y.y(f, *v), *v)).collect(),
        dots,
    })
}

/// So many bars are drawn; the table has all.
pub const BARS: usize = 14;

/// A drawn bar: from left to right in shares of the width, and which end is left.
#[derive(Clone, Debug, PartialEq)]
pub struct BarDrawing {
    /// Row of the answer's bars.
    pub row: usize,
    /// Where the low end of the lever lies, 0 to 1.
    pub low: f64,
    /// Where its high end lies.
    pub high: f64,
}

/// Drawn bars.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoDrawing {
    /// Bars, the widest first.
    pub bars: Vec<BarDrawing>,
    /// Where the plan as it stands lies, 0 to 1.
    pub base: f64,
    /// The values at the two ends.
    pub ends: (f64, f64),
}

/// Draws a tornado; nothing where no lever moves the measure.
#[must_use]
pub fn tornado_drawing(tornado: &TornadoAnswer) -> Option<TornadoDrawing> {
    let base = tornado.base?;
    let shown = || tornado.bars.iter().take(BARS);
    let values = shown().flat_map(|b| [b.at_low, b.at_high]).flatten().chain([base]);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    if tornado.bars.is_empty() || high <= low {
        return None;
    }
    let room = 0.02 * (high - low);
    let (low, high) = (low - room, high + room);
    let share = |v: f64| (v - low) / (high - low);
    let bar = |(row, b): (usize, &atlas_core::response::Bar)| BarDrawing {
        row,
        low: share(b.at_low.unwrap_or(base)),
        high: share(b.at_high.unwrap_or(base)),
    };
    Some(TornadoDrawing { bars: shown().enumerate().map(bar).collect(), base: share(base), ends: (low, high) })
}

/// A drawn front.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontDrawing {
    /// Each plan: where, how large (coverage), and its row.
    pub dots: Vec<(f64, f64, f64, usize)>,
    /// A line through the plans of each value of the lever.
    pub paths: Vec<String>,
    /// Horizontal ticks: where, and which cost, in the unit that is shown.
    pub x_ticks: Vec<(f64, f64)>,
    /// Vertical ticks: where, and which emission.
    pub y_ticks: Vec<(f64, f64)>,
}

/// Draws a front, with what makes yuan and kg the units that are shown. Nothing where there is no plan.
#[must_use]
pub fn front_drawing(front: &FrontAnswer, yuan: impl Fn(f64) -> f64, kg: impl Fn(f64) -> f64) -> Option<FrontDrawing> {
    let f = &FRONT_CHART;
    if front.points.is_empty() {
        return None;
    }
    let ends = |of: &dyn Fn(usize) -> f64| {
        (0..front.points.len()).map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    };
    let (left, right) = ends(&|i| yuan(front.points[i].yuan));
    let (low, high) = ends(&|i| kg(front.points[i].kg_co2e));
    let (least, most) = ends(&|i| front.points[i].covered);
    let (x, y) = (axis(left, right, 6.0), axis(low, high, 5.0));
    let radius = |covered: f64| if most > least { 4.0 + 4.0 * (covered - least) / (most - least) } else { 5.0 };
    let dots: Vec<(f64, f64, f64, usize)> = (front.points.iter().enumerate())
        .map(|(row, p)| (x.x(f, yuan(p.yuan)), y.y(f, kg(p.kg_co2e)), radius(p.covered), row))
        .collect();
    let paths = dots
        .chunk_by(|a, b| front.points[a.3].value == front.points[b.3].value)
        .filter(|c| c.len() > 1)
        .map(|c| format!("M{}", c.iter().map(|(a, b, ..)| format!("{a:.1} {b:.1}")).collect::<Vec<_>>().join("L")))
        .collect();
    Some(FrontDrawing {
        dots,
        paths,
        x_ticks: x.ticks.iter().map(|v| (x.x(f, *v), *v)).collect(),
        y_ticks: y.ticks.iter().map(|v| (y.y(f, *v), *v)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{
        model::Cluster,
        profile::{Measure, Profiles},
        response::{Aim, Bar, Extent, FrontPoint, SweepPoint},
        scenario::Objective,
    };

    fn sweep(values: &[f64]) -> SweepAnswer {
        let point = |v: &f64| SweepPoint { value: *v, profiles: Profiles::default() };
        SweepAnswer { lever: "x".into(), exact: false, points: values.iter().map(point).collect(), confirmed: None }
    }

    #[test]
    fn a_curve_stays_in_its_frame_and_skips_what_has_no_number() {
        let sweep = sweep(&[0.0, 1.0, 2.0, 3.0]);
        let value = |row: usize| (row != 1).then_some(10.0 * row as f64);
        let drawing =
            response_drawing(&sweep, value, Some(2.0), Some(9.0), Some([-5.0, 1.0, 2.0, 3.0, 9.0])).expect("a curve");
        assert_eq!(drawing.dots.iter().map(|d| d.2).collect::<Vec<_>>(), [0, 2, 3]);
        let f = &RESPONSE_CHART;
        assert!(drawing.dots.iter().all(|d| d.0 >= f.left && d.0 <= f.right && d.1 >= f.top && d.1 <= f.bottom));
        assert!(drawing.dots[0].1 > drawing.dots[2].1, "more is higher up");
        assert!(drawing.now_x.is_some() && drawing.default_x.is_none(), "9 lies beyond the chart");
        let band = drawing.band.expect("a band");
        assert!(band[4] < band[0] && band.iter().all(|y| (f.top..=f.bottom).contains(y)), "{band:?}");
        assert_eq!(response_drawing(&sweep, |_| None, None, None, None), None);
        let flat = response_drawing(&sweep, |_| Some(5.0), None, None, None).expect("a flat line");
        assert!(flat.dots.windows(2).all(|w| w[0].1 == w[1].1) && flat.y_ticks.len() < 14);
    }

    #[test]
    fn bars_lie_around_what_they_are_measured_from() {
        let bar = |lever: &str, low, high| Bar {
            lever: lever.into(),
            extent: Extent { low: 0.0, high: 1.0, stated: true },
            at_low: Some(low),
            at_high: Some(high),
            swing: 0.0,
        };
        let mut tornado = TornadoAnswer {
            aim: Aim::of(Measure::Cost, Some(Cluster::Yrd)),
            base: Some(10.0),
            bars: vec![bar("a", 5.0, 15.0), bar("b", 12.0, 9.0)],
            still: vec![],
            unset: vec![],
            confirmed: None,
        };
        let drawing = tornado_drawing(&tornado).expect("bars");
        assert!(drawing.bars[0].low < drawing.base && drawing.base < drawing.bars[0].high);
        assert!(drawing.bars[1].low > drawing.base && drawing.bars[1].high < drawing.base, "it works the other way");
        tornado.bars.clear();
        assert_eq!(tornado_drawing(&tornado), None);
    }

    #[test]
    fn a_front_falls_to_the_right_a_line_a_value() {
        let point =
            |value, yuan, kg_co2e| FrontPoint { value, objective: Objective::Cost, yuan, kg_co2e, covered: 0.5 };
        let points = vec![
            point(Some(1.0), 1.0, 9.0),
            point(Some(1.0), 2.0, 5.0),
            point(Some(2.0), 3.0, 4.0),
            point(Some(2.0), 4.0, 3.0),
        ];
        let front = FrontAnswer { lever: None, points, beaten: 0, whole: true, limit_km: 10.0, confirmed: None };
        let drawing = front_drawing(&front, |v| v, |v| v).expect("a front");
        assert_eq!(drawing.paths.len(), 2);
        assert!(drawing.dots.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
    }
}
