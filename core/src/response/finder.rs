//! The smallest change of a lever that reaches a goal.
//!
//! **Problem.** Given f on a range, where the lever stands, and a goal: the value nearest to where it stands at which f reaches the
//! goal, within a tolerance. f is known by asking alone, one value at a time, and every answer is dear.
//!
//! **Method.** A scan of even steps over the whole range says whether f rises, falls, is flat or none of these: monotony is looked at,
//! never taken for granted. On each side of where the lever stands the first two neighbours between which the goal is reached are halved until
//! they are no further apart than the tolerance. About `STEPS + 2 log2(range / STEPS / tolerance)` questions.
//!
//! **Proof.** The answer names the value that reaches the goal and one within the tolerance, nearer to where the lever stands, that
//! does not. Where f is monotone nothing nearer reaches it; where it is not, a place between two steps of the scan may.

use super::{Goal, Refusal};
use serde::{Deserialize, Serialize};

/// Steps of the scan.
const STEPS: usize = 16;
/// A choice between more options than this is scanned by some of them.
const MOST_OPTIONS: f64 = 64.0;

/// Why a value was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// To see the whole range.
    Scan,
    /// To narrow down where the goal is reached.
    Halving,
}

/// One value that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Where the lever stood.
    pub value: f64,
    /// What was found; `None` where there is no number.
    pub found: Option<f64>,
    /// Whether that reaches the goal.
    pub reached: bool,
    /// Why it was tried.
    pub phase: Phase,
}

/// How the measure answers to the lever, as far as the values tried say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// It never falls where the lever goes up.
    Rising,
    /// It never rises where the lever goes up.
    Falling,
    /// It does not move.
    Flat,
    /// It goes up and down.
    Mixed,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is reached where the lever stands.
    Already {
        /// What is there.
        found: f64,
    },
    /// It is reached by a change.
    Reached {
        /// The value nearest to where the lever stands.
        value: f64,
        /// What is there.
        found: f64,
        /// The nearest value tried that does not reach it.
        short_of: f64,
        /// What is there, where there is a number.
        short_found: Option<f64>,
    },
    /// Nowhere in the range.
    Unreachable {
        /// Where it comes nearest; `None` where the measure has no number anywhere.
        best: Option<(f64, f64)>,
    },
}

/// The search: ask [`Finder::next`], tell [`Finder::tell`], until there is nothing to ask.
#[derive(Clone, Debug)]
pub struct Finder {
    start: f64,
    goal: Goal,
    tolerance: f64,
    /// True where only whole numbers can be set.
    whole: bool,
    scan: Vec<f64>,
    steps: Vec<Step>,
    /// Where the goal is reached, on the side above and below: nearest that misses, nearest that reaches.
    brackets: Vec<(Step, Step)>,
}

impl Finder {
    /// A search over `low` to `high` from where the lever stands. `whole`: only whole numbers can be set.
    ///
    /// # Errors
    /// Where the range is empty or no numbers, the tolerance is not above 0, or the target is no number.
    pub fn new((low, high): (f64, f64), start: f64, goal: Goal, tolerance: f64, whole: bool) -> Result<Self, Refusal> {
        if !(low.is_finite() && high.is_finite() && low < high) {
            return Err(Refusal::CrossedEnds { from: low, to: high });
        }
        if !(tolerance.is_finite() && tolerance > 0.0) {
            return Err(Refusal::BadTolerance(tolerance));
        }
        if !goal.target.is_finite() {
            return Err(Refusal::BadTarget(goal.target));
        }
        let start = start.clamp(low, high);
        let mut scan: Vec<f64> = if whole {
            let count = (libm::floor(high) - libm::ceil(low)).max(0.0);
            let every = libm::ceil((count / MOST_OPTIONS).max(1.0));
            let mut all = Vec::new();
            let mut at = libm::ceil(low);
            while at < high {
                all.push(at);
                at += every;
            }
            all.push(libm::floor(high));
            all
        } else {
            (0..=STEPS).map(|i| if i == STEPS { high } else { low + (high - low) * i as f64 / STEPS as f64 }).collect()
        };
        scan.push(start);
        scan.sort_by(f64::total_cmp);
        scan.dedup();
        Ok(Self { start, goal, tolerance, whole, scan, steps: Vec::new(), brackets: Vec::new() })
    }

    /// The value to try next; `None` where the search is over.
    #[must_use]
    pub fn next(&self) -> Option<f64> {
        if self.steps.len() < self.scan.len() {
            return Some(self.scan[self.steps.len()]);
        }
        self.open().map(|(miss, hit)| self.middle(miss.value, hit.value))
    }

    /// What the value asked for gives; `None` where there is no number.
    ///
    /// # Panics
    /// Where nothing was asked.
    pub fn tell(&mut self, found: Option<f64>) {
        let value = self.next().expect("a value was asked for");
        let found = found.filter(|f| f.is_finite());
        let reached = found.is_some_and(|f| self.goal.is_reached(f));
        let phase = if self.steps.len() < self.scan.len() { Phase::Scan } else { Phase::Halving };
        let step = Step { value, found, reached, phase };
        if phase == Phase::Halving {
            let at = self.open_at().expect("something is halved");
            let (miss, hit) = &mut self.brackets[at];
            *(if reached { hit } else { miss }) = step;
        }
        self.steps.push(step);
        if phase == Phase::Scan && self.steps.len() == self.scan.len() {
            self.bracket();
        }
    }

    /// How many values were tried, and about how many will be.
    #[must_use]
    pub fn far(&self) -> (usize, usize) {
        let done = self.steps.len();
        let left = |(miss, hit): &(Step, Step)| {
            let times = libm::log2((hit.value - miss.value).abs() / self.tolerance);
            if times.is_finite() { libm::ceil(times.max(0.0)) as usize } else { 0 }
        };
        let open: usize = self.brackets.iter().map(left).sum();
        (done, self.scan.len().max(done) + open)
    }

    /// Every value that was tried, in the order in which it was.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How the measure answers to the lever.
    #[must_use]
    pub fn shape(&self) -> Shape {
        let mut seen: Vec<(f64, f64)> = self.steps.iter().filter_map(|s| Some((s.value, s.found?))).collect();
        seen.sort_by(|a, b| a.0.total_cmp(&b.0));
        // What is less than a millionth of the largest is the solver's, not the lever's.
        let largest = seen.iter().map(|s| s.1.abs()).fold(0.0, f64::max);
        let nothing = 2e-6 * largest;
        let (mut up, mut down) = (false, false);
        let (mut most, mut least) = (f64::NEG_INFINITY, f64::INFINITY);
        for (_, found) in &seen {
            up |= *found > least + nothing;
            down |= *found < most - nothing;
            most = most.max(*found);
            least = least.min(*found);
        }
        match (up, down) {
            (false, false) => Shape::Flat,
            (true, false) => Shape::Rising,
            (false, true) => Shape::Falling,
            (true, true) => Shape::Mixed,
        }
    }

    /// What was found, once the search is over.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let start = self.steps.iter().find(|s| s.value == self.start);
        if let Some(Step { found: Some(found), reached: true, .. }) = start {
            return Outcome::Already { found: *found };
        }
        let change = |hit: &Step| (hit.value - self.start).abs();
        let nearest = self.brackets.iter().min_by(|a, b| change(&a.1).total_cmp(&change(&b.1)));
        if let Some((miss, Step { value, found: Some(found), .. })) = nearest {
            return Outcome::Reached { value: *value, found: *found, short_of: miss.value, short_found: miss.found };
        }
        let seen = self.steps.iter().filter_map(|s| Some((s.value, s.found?)));
        let best = seen.reduce(|best, next| if self.goal.better(next.1, best.1) { next } else { best });
        Outcome::Unreachable { best }
    }

    /// The first two neighbours of the scan, outward from the start, between which the goal is reached: on either side.
    fn bracket(&mut self) {
        let at = self.scan.iter().position(|v| *v == self.start).expect("the start is scanned");
        if self.steps[at].reached {
            return;
        }
        if let Some(up) = (at + 1..self.scan.len()).find(|i| self.steps[*i].reached) {
            self.brackets.push((self.steps[up - 1], self.steps[up]));
        }
        if let Some(down) = (0..at).rev().find(|i| self.steps[*i].reached) {
            self.brackets.push((self.steps[down + 1], self.steps[down]));
        }
        // A side whose nearest possible value is further than the other's farthest cannot win.
        let (nearest, farthest) =
            (|b: &(Step, Step)| (b.0.value - self.start).abs(), |b: &(Step, Step)| (b.1.value - self.start).abs());
        let bar = self.brackets.iter().map(farthest).fold(f64::INFINITY, f64::min);
        self.brackets.retain(|b| nearest(b) < bar);
    }

    fn open_at(&self) -> Option<usize> {
        self.brackets.iter().position(|(miss, hit)| {
            let width = (hit.value - miss.value).abs();
            let middle = self.middle(miss.value, hit.value);
            // Between two neighbours there is nothing left to try, whatever the tolerance.
            width > self.tolerance && middle != miss.value && middle != hit.value
        })
    }

    fn open(&self) -> Option<&(Step, Step)> {
        self.open_at().map(|at| &self.brackets[at])
    }

    fn middle(&self, a: f64, b: f64) -> f64 {
        let middle = a + (b - a) / 2.0;
        if self.whole { libm::floor(middle) } else { middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(mut finder: Finder, f: impl Fn(f64) -> Option<f64>) -> Finder {
        let mut asked = 0;
        while let Some(value) = finder.next() {
            finder.tell(f(value));
            asked += 1;
            assert!(asked < 300, "it ends");
        }
        finder
    }

    fn at_least(target: f64) -> Goal {
        Goal { target, at_least: true }
    }

    #[test]
    fn a_straight_line_is_met_where_paper_says() {
        // 3 x + 1 reaches 10 at 3.
        let found = run(Finder::new((0.0, 8.0), 0.0, at_least(10.0), 0.01, false).unwrap(), |x| Some(3.0 * x + 1.0));
        let Outcome::Reached { value, found: there, short_of, .. } = found.outcome() else { panic!("reached") };
        assert!((3.0..=3.01).contains(&value), "{value}");
        assert!(value - short_of <= 0.01 && short_of < 3.0, "{short_of}");
        assert!(there >= 10.0 - 1e-8);
        assert_eq!(found.shape(), Shape::Rising);
    }

    #[test]
    fn a_step_is_found_within_the_tolerance() {
        let f = |x: f64| Some(if x >= 5.4321 { 1.0 } else { 0.0 });
        let found = run(Finder::new((0.0, 100.0), 0.0, at_least(1.0), 1e-3, false).unwrap(), f);
        let Outcome::Reached { value, .. } = found.outcome() else { panic!("reached") };
        assert!((5.4321..=5.4331).contains(&value), "{value}");
    }

    #[test]
    fn the_smaller_change_wins_whichever_way_it_goes() {
        // (x - 4)² reaches 4 at 2 and at 6.
        let f = |x: f64| Some((x - 4.0) * (x - 4.0));
        let near = |start: f64| {
            let found = run(Finder::new((0.0, 8.0), start, at_least(4.0), 1e-4, false).unwrap(), f);
            assert_eq!(found.shape(), Shape::Mixed);
            let Outcome::Reached { value, .. } = found.outcome() else { panic!("reached") };
            value
        };
        assert!((near(3.0) - 2.0).abs() < 1e-3);
        assert!((near(5.5) - 6.0).abs() < 1e-3);
    }

    #[test]
    fn what_cannot_be_reached_says_how_far_it_comes() {
        let found = run(Finder::new((0.0, 8.0), 1.0, at_least(9.0), 0.01, false).unwrap(), |x| Some(x.min(5.0)));
        let Outcome::Unreachable { best: Some((value, most)) } = found.outcome() else { panic!("unreachable") };
        assert_eq!(most, 5.0);
        assert!(value >= 5.0, "the first value tried that gives it: {value}");
    }

    #[test]
    fn a_target_from_above_a_flat_line_and_no_number() {
        let goal = Goal { target: 2.0, at_least: false };
        let found = run(Finder::new((0.0, 8.0), 8.0, goal, 0.01, false).unwrap(), |x| Some(x));
        let Outcome::Reached { value, .. } = found.outcome() else { panic!("reached") };
        assert!((1.99..=2.0).contains(&value), "{value}");

        let flat = run(Finder::new((0.0, 8.0), 0.0, at_least(1.0), 0.01, false).unwrap(), |_| Some(0.5));
        assert_eq!(flat.shape(), Shape::Flat);
        assert!(matches!(flat.outcome(), Outcome::Unreachable { best: Some((_, 0.5)) }));

        let none = run(Finder::new((0.0, 8.0), 0.0, at_least(1.0), 0.01, false).unwrap(), |_| None);
        assert_eq!(none.outcome(), Outcome::Unreachable { best: None });

        let already = run(Finder::new((0.0, 8.0), 3.0, at_least(1.0), 0.01, false).unwrap(), |x| Some(x));
        assert_eq!(already.outcome(), Outcome::Already { found: 3.0 });
    }

    #[test]
    fn choices_are_whole() {
        let f = |x: f64| {
            assert_eq!(x, libm::trunc(x));
            Some(x * 10.0)
        };
        let found = run(Finder::new((1.0, 6.0), 1.0, at_least(35.0), 0.1, true).unwrap(), f);
        let Outcome::Reached { value, short_of, .. } = found.outcome() else { panic!("reached") };
        assert_eq!((value, short_of), (4.0, 3.0));
    }

    #[test]
    fn nonsense_is_refused() {
        let goal = at_least(1.0);
        assert!(matches!(Finder::new((2.0, 1.0), 0.0, goal, 0.1, false), Err(Refusal::CrossedEnds { .. })));
        assert!(matches!(Finder::new((0.0, 1.0), 0.0, goal, 0.0, false), Err(Refusal::BadTolerance(_))));
        assert!(matches!(Finder::new((0.0, 1.0), 0.0, at_least(f64::NAN), 0.1, false), Err(Refusal::BadTarget(_))));
    }

    #[test]
    fn it_agrees_with_trying_all() {
        // Monotone functions of every kind of bend, against a fine walk from the start.
        for bend in [0.3, 0.5, 1.0, 2.0, 5.0] {
            for start in [0.0, 0.2, 0.7] {
                for target in [0.1, 0.35, 0.8, 0.99] {
                    let f = |x: f64| libm::pow(x, bend);
                    let found =
                        run(Finder::new((0.0, 1.0), start, at_least(target), 1e-4, false).unwrap(), |x| Some(f(x)));
                    let walked = (0..=100_000).map(|i| f64::from(i) * 1e-5).find(|x| *x >= start && f(*x) >= target);
                    match found.outcome() {
                        Outcome::Already { .. } => assert!(f(start) >= target - 1e-9),
                        Outcome::Reached { value, .. } => {
                            let walked = walked.expect("it is there");
                            assert!((value - walked).abs() < 1.2e-4, "{bend} {start} {target}: {value} {walked}");
                        }
                        Outcome::Unreachable { .. } => panic!("1 reaches all"),
                    }
                }
            }
        }
    }
}
