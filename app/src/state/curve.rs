//! The coverage curve as a drawing: from shares and distances to px.

use atlas_core::catchment::CurvePoint;

/// Size and margins of the chart in its own units, which are CSS px where the drawer is as wide as designed.
pub struct ChartFrame {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Left end of the horizontal axis.
    pub left: f64,
    /// Right end; labels of the lines stand beyond it.
    pub right: f64,
    /// Where everything is reached.
    pub top: f64,
    /// Where nothing is.
    pub bottom: f64,
}

/// The chart of the drawer.
pub const CHART: ChartFrame =
    ChartFrame { width: 304.0, height: 168.0, left: 30.0, right: 252.0, top: 14.0, bottom: 140.0 };

/// Both lines are shown up to where this share is reached: the rest is a long flat tail.
const ENOUGH: f64 = 0.985;
/// Labels nearer than this would touch.
const LABEL_PX: f64 = 14.0;

/// A drawn curve.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveChart {
    /// Path of the people's line.
    pub people: String,
    /// Path of the tonnes' line.
    pub tonnes: String,
    /// Heights of the labels at the right ends of the two lines.
    pub labels: [f64; 2],
    /// Where the limit stands.
    pub limit_x: f64,
    /// Horizontal ticks: where, and which way.
    pub x_ticks: Vec<(f64, f64)>,
    /// Vertical ticks: where, and which share.
    pub y_ticks: [(f64, f64); 5],
}

/// Draws the curve; nothing where there is no curve.
#[must_use]
pub fn curve_chart(points: &[CurvePoint], limit: f64) -> Option<CurveChart> {
    let last = points.last().filter(|p| p.upto > 0.0)?;
    let enough = points.iter().find(|p| p.people >= ENOUGH && p.tonnes >= ENOUGH).unwrap_or(last);
    let step = round_step(enough.upto.max(limit * 1.2) / 5.0);
    let count = (enough.upto.max(limit * 1.2) / step).ceil();
    let most = count * step;
    let x = |upto: f64| CHART.left + (CHART.right - CHART.left) * upto / most;
    let y = |share: f64| CHART.bottom - (CHART.bottom - CHART.top) * share;
    let line = |share: fn(&CurvePoint) -> f64| {
        let shown = points.iter().take_while(|p| p.upto < most).map(|p| (p.upto, share(p)));
        let end = (most, at(points, most, share));
        let corners: Vec<String> =
            shown.chain([end]).map(|(upto, share)| format!("{:.1} {:.1}", x(upto), y(share))).collect();
        (format!("M{}", corners.join("L")), y(end.1))
    };
    let (people, people_end) = line(|p| p.people);
    let (tonnes, tonnes_end) = line(|p| p.tonnes);
    Some(CurveChart {
        people,
        tonnes,
        labels: apart(people_end, tonnes_end),
        limit_x: x(limit),
        x_ticks: (0..=count as u32).map(|i| f64::from(i) * step).map(|v| (x(v), v)).collect(),
        y_ticks: [0.0, 0.25, 0.5, 0.75, 1.0].map(|s| (y(s), s)),
    })
}

/// The share at a way, on the straight line between two points of the curve.
fn at(points: &[CurvePoint], upto: f64, share: fn(&CurvePoint) -> f64) -> f64 {
    let after = points.partition_point(|p| p.upto < upto);
    match (after.checked_sub(1).map(|i| &points[i]), points.get(after)) {
        (Some(a), Some(b)) => share(a) + (share(b) - share(a)) * (upto - a.upto) / (b.upto - a.upto),
        (Some(only), None) | (None, Some(only)) => share(only),
        (None, None) => 0.0,
    }
}

/// 1, 2 or 5 times a power of ten, at least as much.
pub(super) fn round_step(least: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= least {
        power *= 10.0;
    }
    while power > least {
        power /= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].map(|k| k * power).into_iter().find(|s| *s >= least * (1.0 - 1e-9)).unwrap_or(power)
}

/// Two heights, moved apart so that their labels do not touch; the upper one stays the upper one.
fn apart(a: f64, b: f64) -> [f64; 2] {
    let missing = (LABEL_PX - (a - b).abs()).max(0.0) / 2.0;
    if a <= b { [a - missing, b + missing] } else { [a + missing, b - missing] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(upto: f64, people: f64, tonnes: f64) -> CurvePoint {
        CurvePoint { upto, people, tonnes }
    }

    #[test]
    fn the_tail_is_cut_where_enough_is_reached() {
        let points = [point(0.0, 0.0, 0.0), point(20.0, 0.9, 0.8), point(45.0, 0.99, 0.99), point(900.0, 1.0, 1.0)];
        let chart = curve_chart(&points, 10.0).expect("a curve");
        assert_eq!(chart.x_ticks.last().map(|t| t.1), Some(50.0));
        assert_eq!(chart.x_ticks[0], (CHART.left, 0.0));
        assert!(chart.people.starts_with("M30.0 140.0L"), "{}", chart.people);
        assert!(chart.people.contains(&format!("{:.1} ", CHART.right)), "it goes on to the edge");
        assert!((chart.limit_x - (CHART.left + (CHART.right - CHART.left) * 0.2)).abs() < 1e-9);
    }

    #[test]
    fn a_limit_beyond_the_curve_is_on_the_chart() {
        let chart = curve_chart(&[point(0.0, 0.0, 0.0), point(4.0, 1.0, 1.0)], 40.0).expect("a curve");
        assert!(chart.limit_x < CHART.right);
    }

    #[test]
    fn labels_do_not_touch() {
        let [a, b] = apart(20.0, 21.0);
        assert!((b - a - LABEL_PX).abs() < 1e-9);
        assert_eq!(apart(80.0, 20.0), [80.0, 20.0]);
    }

    #[test]
    fn nothing_is_no_curve() {
        assert_eq!(curve_chart(&[], 10.0), None);
        assert_eq!(curve_chart(&[point(0.0, 0.0, 0.0)], 10.0), None);
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0.3, 1.0, 7.0, 12.0, 34.0, 99.0].map(round_step), [0.5, 1.0, 10.0, 20.0, 50.0, 100.0]);
    }
}
