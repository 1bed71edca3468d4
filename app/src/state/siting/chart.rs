//! A search as two drawings: best and bound over time, and objective against the number of sites.

use super::search::Moment;
use crate::state::curve::{ChartFrame, round_step};
use atlas_core::siting::planning::Curve;

/// The chart of the left drawer.
pub const GAP_CHART: ChartFrame =
    ChartFrame { width: 360.0, height: 148.0, left: 40.0, right: 350.0, top: 24.0, bottom: 124.0 };

/// The chart of the right drawer.
pub const TRADE_CHART: ChartFrame =
    ChartFrame { width: 304.0, height: 190.0, left: 38.0, right: 296.0, top: 16.0, bottom: 148.0 };

/// Best and bound over time.
#[derive(Clone, Debug, PartialEq)]
pub struct GapDrawing {
    /// Path of the best, in steps.
    pub best: String,
    /// Path of the bound, in steps.
    pub bound: String,
    /// What lies between them.
    pub between: String,
    /// Where the best ends.
    pub end: (f64, f64),
    /// Where the words of best and bound stand.
    pub labels: [(f64, f64); 2],
    /// Horizontal ticks: where, and which second.
    pub x_ticks: Vec<(f64, f64)>,
    /// Vertical ticks: where, and which value.
    pub y_ticks: Vec<(f64, f64)>,
}

/// Values of an axis and its ticks.
pub(super) struct Axis {
    low: f64,
    high: f64,
    pub ticks: Vec<f64>,
}

/// An axis from about one value to another; `whole` numbers have no tick between two.
pub(super) fn axis(low: f64, high: f64, parts: f64, whole: bool) -> Axis {
    let span = (high - low).max(high.abs() * 1e-3).max(1e-9);
    let step = round_step(span / parts);
    let step = if whole { step.max(1.0) } else { step };
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let last = if last > first { last } else { first + 1.0 };
    // Few enough to be counted: the step is a part of the span.
    let ticks = (0..=((last - first) as usize).min(12)).map(|i| (first + i as f64) * step).collect();
    Axis { low: first * step, high: last * step, ticks }
}

impl Axis {
    fn y(&self, frame: &ChartFrame, v: f64) -> f64 {
        let share = ((v - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        frame.bottom - (frame.bottom - frame.top) * share
    }

    pub fn x(&self, frame: &ChartFrame, v: f64) -> f64 {
        let share = ((v - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        frame.left + (frame.right - frame.left) * share
    }
}

/// Draws how best and bound went; nothing before there is a best. `scale` makes a value of the axis of an objective.
#[must_use]
pub fn gap_drawing(moments: &[Moment], scale: f64, whole: bool) -> Option<GapDrawing> {
    let f = &GAP_CHART;
    let values = |of: fn(&Moment) -> Option<f64>| moments.iter().filter_map(move |m| Some((m.seconds, of(m)? * scale)));
    let best: Vec<(f64, f64)> = values(|m| m.best).collect();
    let bound: Vec<(f64, f64)> = values(|m| m.bound).collect();
    let (_, last) = *best.last()?;
    let ends = |all: &[(f64, f64)]| {
        all.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, v)| (a.min(*v), b.max(*v)))
    };
    let (low, high) = ends(&best);
    let (bound_low, bound_high) = if bound.is_empty() { (low, high) } else { ends(&bound) };
    // The first bounds are worth nothing: they must not make the rest a line.
    let room = (1.5 * (high - low)).max(0.04 * last.abs());
    let (low, high) = (low.min(bound_low.max(low - room)), high.max(bound_high.min(high + room)));
    // A search that is over at once is a line in the middle, and not one of a thousandth of a kilometre's height.
    let least = (0.02 * last.abs() - (high - low)).max(0.0) / 2.0;
    let y = axis(low - least, high + least, 4.0, whole);
    let end = moments.last().map_or(1.0, |m| m.seconds).max(1.0);
    let x = axis(0.0, end, 5.0, false);
    // What is shown ends where the search is, not at the next tick.
    let x = Axis { high: end, ticks: x.ticks.into_iter().filter(|t| *t <= 0.93 * end).collect(), ..x };
    let steps = |all: &[(f64, f64)]| {
        let mut corners: Vec<(f64, f64)> = Vec::new();
        for (t, v) in all {
            if let Some((_, before)) = corners.last().copied() {
                corners.push((x.x(f, *t), before));
            }
            corners.push((x.x(f, *t), y.y(f, *v)));
        }
        if let Some((_, v)) = corners.last().copied() {
            corners.push((x.x(f, end), v));
        }
        corners
    };
    let path = |corners: &[(f64, f64)]| {
        let words: Vec<String> = corners.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        if words.is_empty() { String::new() } else { format!("M{}", words.join("L")) }
    };
    let (upper, lower) = (steps(&best), steps(&bound));
    let between = if lower.is_empty() {
        String::new()
    } else {
        let back: Vec<(f64, f64)> = lower.iter().rev().copied().collect();
        format!("{}Z", path(&[upper.as_slice(), &back].concat()))
    };
    // Words stand where the two lines are furthest apart: early, above and below.
    let word = |corners: &[(f64, f64)], above: bool| {
        let third = f.left + 0.3 * (f.right - f.left);
        let at = corners.iter().rev().find(|(x, _)| *x <= third).or(corners.first()).map_or(f.bottom, |c| c.1);
        (third + 4.0, if above { (at - 6.0).max(f.top + 6.0) } else { (at + 14.0).min(f.bottom - 3.0) })
    };
    let best_is_above = upper.last().map(|u| u.1) <= lower.last().map(|l| l.1);
    Some(GapDrawing {
        end: *upper.last()?,
        labels: [word(&upper, best_is_above), word(&lower, !best_is_above)],
        best: path(&upper),
        bound: path(&lower),
        between,
        x_ticks: x.ticks.iter().map(|t| (x.x(f, *t), *t)).collect(),
        y_ticks: y.ticks.iter().map(|t| (y.y(f, *t), *t)).collect(),
    })
}

/// Objective against the number of sites.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveDrawing {
    /// The line.
    pub path: String,
    /// A point a number of sites: where, and how many.
    pub dots: Vec<(f64, f64, usize)>,
    /// The elbow.
    pub elbow: Option<(f64, f64, usize)>,
    /// Horizontal ticks.
    pub x_ticks: Vec<(f64, f64)>,
    /// Vertical ticks.
    pub y_ticks: Vec<(f64, f64)>,
}

/// Draws the trade-off; nothing where there are no two points.
#[must_use]
pub fn curve_drawing(curve: &Curve, scale: f64) -> Option<CurveDrawing> {
    let f = &TRADE_CHART;
    let known: Vec<(usize, f64)> = curve.points.iter().filter_map(|p| Some((p.count, p.objective? * scale))).collect();
    if known.len() < 2 {
        return None;
    }
    let (low, high) = known.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, v)| (a.min(*v), b.max(*v)));
    let y = axis(low, high, 4.0, false);
    let (first, last) = (known[0].0 as f64, known[known.len() - 1].0 as f64);
    let x = axis(first, last, 5.0, true);
    let x =
        Axis { low: first, high: last, ticks: x.ticks.into_iter().filter(|t| (first..=last).contains(t)).collect() };
    let dots: Vec<(f64, f64, usize)> = known.iter().map(|(n, v)| (x.x(f, *n as f64), y.y(f, *v), *n)).collect();
    let corners: Vec<String> = dots.iter().map(|(x, y, _)| format!("{x:.1} {y:.1}")).collect();
    Some(CurveDrawing {
        path: format!("M{}", corners.join("L")),
        elbow: dots.iter().find(|d| Some(d.2) == curve.elbow).copied(),
        dots,
        x_ticks: x.ticks.iter().map(|t| (x.x(f, *t), *t)).collect(),
        y_ticks: y.ticks.iter().map(|t| (y.y(f, *t), *t)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::siting::planning::CurvePoint;

    #[test]
    fn the_gap_is_drawn_in_steps_and_a_wild_first_bound_does_not_flatten_it() {
        let moment = |seconds, best, bound| Moment { seconds, best, bound };
        assert_eq!(gap_drawing(&[moment(0.1, None, Some(1.0))], 1.0, false), None);
        let all = [
            moment(0.1, Some(20.0), Some(-1e6)),
            moment(1.0, Some(16.0), Some(15.0)),
            moment(2.0, Some(15.8), Some(15.7)),
        ];
        let d = gap_drawing(&all, 1.0, false).expect("a best");
        assert!(d.y_ticks.len() >= 3 && d.y_ticks.iter().all(|(_, v)| (5.0..=25.0).contains(v)), "{:?}", d.y_ticks);
        assert_eq!(d.best.matches('L').count(), 5);
        assert!((d.end.0 - GAP_CHART.right).abs() < 0.1, "the line goes on to now");
        assert!(d.labels[0].1 < d.labels[1].1, "the bound is below where less is better");
        let most = [moment(0.1, Some(0.5), Some(1.0)), moment(2.0, Some(0.9), Some(0.92))];
        let d = gap_drawing(&most, 100.0, false).expect("a best");
        assert!(d.labels[0].1 > d.labels[1].1, "and above where more is");
    }

    #[test]
    fn the_curve_marks_its_elbow() {
        let point =
            |count: usize, objective| CurvePoint { count, objective: Some(objective), bound: None, sites: vec![] };
        let points = vec![point(0, 30.0), point(1, 20.0), point(2, 15.0), point(3, 14.0)];
        let d = curve_drawing(&Curve { points, elbow: Some(2) }, 1.0).expect("points");
        assert_eq!(d.elbow.map(|e| e.2), Some(2));
        assert_eq!(d.x_ticks.iter().map(|t| t.1).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0]);
        assert!(d.dots.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
        assert_eq!(curve_drawing(&Curve::default(), 1.0), None);
    }
}
