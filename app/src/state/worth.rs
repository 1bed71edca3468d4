//! What more and more capacity of one facility saves, as a drawing and in the words' numbers.

use super::{curve::round_step, prices::is_short};
use atlas_core::allocation::{Worth, WorthStep};

/// Size and margins of the chart.
pub struct WorthFrame {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Left end of the horizontal axis.
    pub left: f64,
    /// Right end.
    pub right: f64,
    /// The highest saving.
    pub top: f64,
    /// Nothing saved.
    pub bottom: f64,
}

/// The chart of the drawer.
pub const WORTH_CHART: WorthFrame =
    WorthFrame { width: 304.0, height: 160.0, left: 44.0, right: 290.0, top: 20.0, bottom: 132.0 };

/// A drawn saving.
#[derive(Clone, Debug, PartialEq)]
pub struct WorthChart {
    /// The line, from nothing on.
    pub path: String,
    /// The points of the line that were solved.
    pub dots: Vec<(f64, f64)>,
    /// Up to here each tonne saves the same.
    pub upto_x: f64,
    /// Horizontal ticks: where, and how many tonnes.
    pub x_ticks: Vec<(f64, f64)>,
    /// Vertical ticks: where, and how much.
    pub y_ticks: Vec<(f64, f64)>,
    /// True where the line tells tonnes that are no longer short, and not what is saved.
    pub of_slack: bool,
}

/// Steps worth showing: up to twice the capacity, or four times as far as each tonne saves the same, and four at least.
#[must_use]
pub fn worth_steps(worth: &Worth, capacity_t: f64) -> &[WorthStep] {
    let far = capacity_t.max(4.0 * worth.upto_t);
    let shown = worth.steps.partition_point(|s| s.added_t <= far).max(5);
    &worth.steps[..shown.min(worth.steps.len())]
}

/// Draws the saving, with axes in units of `unit` tonnes and of `money`; nothing where more saves nothing.
#[must_use]
pub fn worth_chart(worth: &Worth, capacity_t: f64, unit: f64, money: f64) -> Option<WorthChart> {
    let steps = worth_steps(worth, capacity_t);
    let of_slack = is_short(worth.price);
    let value = |s: &WorthStep| if of_slack { s.slack_t / unit } else { s.saved_yuan / money };
    let last = steps.last().filter(|s| s.added_t > 0.0)?;
    let highest = steps.iter().map(value).fold(0.0, f64::max);
    if highest <= 0.0 {
        return None;
    }
    let c = &WORTH_CHART;
    let (x_step, y_step) = (round_step(last.added_t / unit / 4.0), round_step(highest / 4.0));
    let y_most = y_step * (highest / y_step).ceil().max(1.0);
    let x_most = last.added_t / unit;
    let x = |v: f64| c.left + (c.right - c.left) * v / x_most;
    let y = |v: f64| c.bottom - (c.bottom - c.top) * v.max(0.0) / y_most;
    let dots: Vec<(f64, f64)> = steps.iter().map(|s| (x(s.added_t / unit), y(value(s)))).collect();
    let corners: Vec<String> = dots.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    let ticks = |step: f64, most: f64| (0..=(most / step + 1e-9) as u32).map(move |i| f64::from(i) * step);
    Some(WorthChart {
        path: format!("M{}", corners.join("L")),
        upto_x: x((worth.upto_t / unit).min(x_most)),
        x_ticks: ticks(x_step, x_most).map(|v| (x(v), v)).collect(),
        y_ticks: ticks(y_step, y_most).map(|v| (y(v), v)).collect(),
        dots,
        of_slack,
    })
}

/// The sentence that tells a worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WorthTale {
    /// More saves nothing.
    Nothing,
    /// Each more kt up to so many tonnes saves so much.
    Each {
        /// What a kt saves.
        saved: f64,
        /// Slack that a kt takes away, in tonnes.
        slack_t: f64,
        /// How far that holds, in tonnes.
        upto_t: f64,
    },
    /// The first kt saves so much; only its first tonnes save what the price says.
    First {
        /// What the first kt saves.
        saved: f64,
        /// Slack that it takes away, in tonnes.
        slack_t: f64,
        /// What the first tonne saves.
        each: f64,
        /// How far that holds, in tonnes.
        upto_t: f64,
    },
}

/// What there is to say of a worth.
#[must_use]
pub fn worth_tale(worth: &Worth) -> WorthTale {
    const KT: f64 = 1000.0;
    let Some(first) = worth.steps.iter().find(|s| s.added_t > 0.0) else { return WorthTale::Nothing };
    let slack_t = |t: f64| if is_short(worth.price) { t } else { 0.0 };
    if worth.upto_t >= KT {
        let (saved, slack) = (worth.price.yuan_per_t * KT, worth.price.slack_t * KT);
        return WorthTale::Each { saved, slack_t: slack_t(slack), upto_t: worth.upto_t };
    }
    let kt = KT / first.added_t;
    WorthTale::First {
        saved: first.saved_yuan * kt,
        slack_t: slack_t(first.slack_t * kt),
        each: worth.price.yuan_per_t,
        upto_t: worth.upto_t,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::allocation::Price;

    fn worth(yuan_per_t: f64, slack_t: f64, upto_t: f64, steps: &[(f64, f64)]) -> Worth {
        let step = |(added_t, saved_yuan): &(f64, f64)| WorthStep {
            added_t: *added_t,
            saved_yuan: *saved_yuan,
            slack_t: slack_t * added_t,
        };
        let steps = std::iter::once(WorthStep::default()).chain(steps.iter().map(step)).collect();
        Worth { id: "H1".into(), price: Price { yuan_per_t, slack_t }, upto_t, steps }
    }

    #[test]
    fn the_line_begins_at_nothing_and_the_tail_beyond_twice_the_capacity_is_cut() {
        let all: Vec<(f64, f64)> = (0..10).map(|i| (1e3 * f64::from(1 << i), 3e5 * f64::from(i + 1))).collect();
        let w = worth(300.0, 0.0, 1000.0, &all);
        assert_eq!(worth_steps(&w, 16_000.0).len(), 6, "0, 1, 2, 4, 8, 16 kt");
        let chart = worth_chart(&w, 16_000.0, 1e3, 1e6).expect("a line");
        assert!(chart.path.starts_with("M44.0 132.0L"), "{}", chart.path);
        assert_eq!(chart.dots.len(), 6);
        assert!(!chart.of_slack && chart.upto_x > WORTH_CHART.left && chart.upto_x < WORTH_CHART.right);
        assert_eq!(chart.x_ticks.last().map(|t| t.1), Some(15.0));
        assert!(chart.y_ticks.last().expect("ticks").1 >= 1.5);
    }

    #[test]
    fn what_is_short_is_drawn_in_tonnes() {
        let chart = worth_chart(&worth(-20_000.0, 0.9, 2000.0, &[(1000.0, -2e7), (2000.0, -4e7)]), 1e4, 1e3, 1e6);
        assert!(chart.expect("a line").of_slack);
    }

    #[test]
    fn nothing_saved_is_no_line() {
        assert_eq!(worth_chart(&worth(0.0, 0.0, 0.0, &[]), 1e4, 1e3, 1e6), None);
        assert_eq!(worth_tale(&worth(0.0, 0.0, 0.0, &[])), WorthTale::Nothing);
    }

    #[test]
    fn a_price_that_ends_before_a_kt_is_not_told_of_a_kt() {
        let tale = worth_tale(&worth(1073.0, 1e-4, 93.75, &[(1000.0, 832_940.0)]));
        assert_eq!(tale, WorthTale::First { saved: 832_940.0, slack_t: 0.0, each: 1073.0, upto_t: 93.75 });
        let tale = worth_tale(&worth(30.0, 0.0, 4000.0, &[(1000.0, 30_000.0)]));
        assert_eq!(tale, WorthTale::Each { saved: 30_000.0, slack_t: 0.0, upto_t: 4000.0 });
    }
}
