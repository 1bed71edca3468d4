//! Small location problems of our own: exhaustive search proves the optima that `cases.csv` states, and `atlas solve` finds them.
//!
//! The files are read here by code that shares nothing with the readers of the core.

use atlas_tests::{atlas, fixtures, project};
use microlp::{ComparisonOp, OptimizationDirection, Problem as Program, SolveOutcome};
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;

/// A question about a file, and its answer.
#[derive(Debug, Deserialize)]
struct Case {
    file: String,
    problem: String,
    format: String,
    p: Option<usize>,
    radius: Option<f64>,
    capacity: Option<f64>,
    optimum: f64,
}

fn folder() -> PathBuf {
    project("tests/fixtures/siting")
}

fn cases() -> Vec<Case> {
    let mut table = csv::Reader::from_path(folder().join("cases.csv")).expect("cases.csv");
    let cases: Vec<Case> = table.deserialize().map(|row| row.expect("a row as the header says")).collect();
    assert!(cases.len() >= 15);
    cases
}

impl Case {
    fn arguments(&self) -> Vec<String> {
        let file = folder().join(&self.file).display().to_string();
        let mut all: Vec<String> =
            ["solve", "--json", "--problem", &self.problem, "--format", &self.format, &file].map(Into::into).into();
        let asked = [("--p", self.p.map(|p| p as f64)), ("--radius", self.radius), ("--capacity", self.capacity)];
        for (flag, value) in asked {
            all.extend(value.into_iter().flat_map(|v| [flag.to_owned(), v.to_string()]));
        }
        all
    }

    /// As plain numbers: what serving each customer by each site costs, and what else the problem knows.
    fn world(&self) -> World {
        let text = std::fs::read_to_string(folder().join(&self.file)).expect("a fixture");
        let lines: Vec<Vec<&str>> = text.lines().map(|l| l.split_whitespace().collect()).collect();
        let numbers: Vec<f64> =
            text.split_whitespace().map(|w| w.parse().unwrap_or_else(|_| self.capacity.unwrap_or(f64::NAN))).collect();
        let (m, n) = (numbers[0] as usize, numbers.get(1).map_or(0, |n| *n as usize));
        match self.format.as_str() {
            "orlib-pmed" => {
                let mut costs = vec![vec![f64::INFINITY; m]; m];
                for edge in lines[1..].iter().map(|l| l.iter().map(|w| w.parse::<f64>().unwrap()).collect::<Vec<_>>()) {
                    let (i, j) = (edge[0] as usize - 1, edge[1] as usize - 1);
                    (costs[i][j], costs[j][i]) = (edge[2], edge[2]);
                }
                (0..m).for_each(|i| costs[i][i] = 0.0);
                for k in 0..m {
                    for i in 0..m {
                        for j in 0..m {
                            costs[i][j] = costs[i][j].min(costs[i][k] + costs[k][j]);
                        }
                    }
                }
                World { p: self.p.unwrap_or(numbers[2] as usize), ..World::of(costs, m) }
            }
            "sjc" => {
                let rows: Vec<Vec<f64>> =
                    lines[1..].iter().map(|l| l.iter().map(|w| w.parse().unwrap()).collect()).collect();
                let square = |a: f64, b: f64| (a - b) * (a - b);
                let way = |a: &[f64], b: &[f64]| (square(a[0], b[0]) + square(a[1], b[1])).sqrt();
                let costs = rows.iter().map(|a| rows.iter().map(|b| way(a, b)).collect()).collect();
                let demands = rows.iter().map(|r| r[2]).collect();
                World { p: self.p.unwrap_or(0), demands, ..World::of(costs, rows.len()) }
            }
            "orlib-cap" => {
                let sites: Vec<&[f64]> = numbers[2..2 + 2 * m].chunks(2).collect();
                let homes: Vec<&[f64]> = numbers[2 + 2 * m..].chunks(m + 1).collect();
                assert_eq!(homes.len(), n);
                World {
                    capacities: sites.iter().map(|s| s[0]).collect(),
                    opening: sites.iter().map(|s| s[1]).collect(),
                    demands: homes.iter().map(|h| h[0]).collect(),
                    ..World::of(homes.iter().map(|h| h[1..].to_vec()).collect(), m)
                }
            }
            _ => {
                let rest = &numbers[2..];
                let costs = rest[2 * m + n..].chunks(m).map(<[f64]>::to_vec).collect();
                World {
                    capacities: rest[..m].to_vec(),
                    opening: rest[m..2 * m].to_vec(),
                    demands: rest[2 * m..2 * m + n].to_vec(),
                    ..World::of(costs, m)
                }
            }
        }
    }

    /// What a choice of sites is worth by the definition of the problem; `None` where it does not do.
    fn worth(&self, world: &World, open: &[usize]) -> Option<f64> {
        let nearest = || world.costs.iter().map(|row| open.iter().map(|j| row[*j]).fold(f64::INFINITY, f64::min));
        let opening: f64 = open.iter().map(|j| world.opening[*j]).sum();
        let radius = self.radius.unwrap_or(f64::INFINITY);
        let worth = match self.problem.as_str() {
            "p-median" => nearest().sum(),
            "p-center" => nearest().fold(0.0, f64::max),
            "mclp" => nearest().zip(&world.demands).filter(|(c, _)| *c <= radius).map(|(_, d)| d).sum(),
            "lscp" => {
                if nearest().all(|c| c <= radius) {
                    open.len() as f64
                } else {
                    f64::INFINITY
                }
            }
            "uflp" => opening + nearest().sum::<f64>(),
            "cflp" => opening + world.divided(open)?,
            "sscflp" => opening + world.undivided(open)?,
            other => panic!("no problem {other}"),
        };
        worth.is_finite().then_some(worth)
    }

    /// How many sites may be open: least and most.
    fn count(&self, world: &World) -> (usize, usize) {
        match self.problem.as_str() {
            "p-median" | "p-center" | "mclp" => (world.p, world.p),
            // More sites than the optimum says are no better.
            "lscp" => (1, self.optimum as usize),
            _ => (1, world.sites),
        }
    }

    fn better(&self, a: f64, b: f64) -> bool {
        if self.problem == "mclp" { a > b } else { a < b }
    }
}

/// A problem in plain numbers.
struct World {
    sites: usize,
    p: usize,
    /// By customer, then by site.
    costs: Vec<Vec<f64>>,
    demands: Vec<f64>,
    capacities: Vec<f64>,
    opening: Vec<f64>,
}

impl World {
    fn of(costs: Vec<Vec<f64>>, sites: usize) -> Self {
        Self { sites, p: 0, costs, demands: Vec::new(), capacities: Vec::new(), opening: vec![0.0; sites] }
    }

    /// Least cost from open sites where demand may be divided: a transportation programme, by another's solver.
    fn divided(&self, open: &[usize]) -> Option<f64> {
        let mut program = Program::new(OptimizationDirection::Minimize);
        let mut loads = vec![Vec::new(); self.sites];
        for (row, demand) in self.costs.iter().zip(&self.demands) {
            let parts: Vec<_> = open.iter().map(|j| (program.add_var(row[*j], (0.0, 1.0)), 1.0)).collect();
            open.iter().zip(&parts).for_each(|(j, part)| loads[*j].push((part.0, *demand)));
            program.add_constraint(&parts[..], ComparisonOp::Eq, 1.0);
        }
        for j in open {
            program.add_constraint(&loads[*j][..], ComparisonOp::Le, self.capacities[*j]);
        }
        match program.solve() {
            Ok(SolveOutcome::Solution(solution)) => Some(solution.objective()),
            _ => None,
        }
    }

    /// Least cost where each customer has one source: every assignment, cut where the rest at its cheapest is too dear already.
    fn undivided(&self, open: &[usize]) -> Option<f64> {
        let n = self.costs.len();
        let mut rest = vec![0.0; n + 1];
        for i in (0..n).rev() {
            rest[i] = rest[i + 1] + open.iter().map(|j| self.costs[i][*j]).fold(f64::INFINITY, f64::min);
        }
        let (mut left, mut best) = (self.capacities.clone(), f64::INFINITY);
        self.place(open, &rest, 0, 0.0, &mut left, &mut best);
        best.is_finite().then_some(best)
    }

    fn place(&self, open: &[usize], rest: &[f64], i: usize, cost: f64, left: &mut [f64], best: &mut f64) {
        if cost + rest[i] >= *best {
            return;
        }
        if i == self.costs.len() {
            *best = cost;
            return;
        }
        for j in open {
            if left[*j] >= self.demands[i] {
                left[*j] -= self.demands[i];
                self.place(open, rest, i + 1, cost + self.costs[i][*j], left, best);
                left[*j] += self.demands[i];
            }
        }
    }

    /// All choices of so many sites.
    fn choices(&self, (least, most): (usize, usize)) -> impl Iterator<Item = Vec<usize>> {
        let sites = self.sites;
        // The next number with as many bits (Gosper).
        let next = move |bits: &u64| {
            let (low, ripple) = (bits & bits.wrapping_neg(), bits + (bits & bits.wrapping_neg()));
            Some((((ripple ^ bits) >> 2) / low) | ripple).filter(|b| b >> sites == 0)
        };
        let bits = (least..=most).flat_map(move |count| std::iter::successors(Some((1u64 << count) - 1), next));
        bits.map(move |bits| (0..sites).filter(|j| bits >> j & 1 == 1).collect())
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * b.abs().max(1.0)
}

#[test]
fn the_files_are_what_their_seeds_give() {
    for (name, text) in fixtures::siting() {
        let file = std::fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert!(file == text, "{name} differs: cargo run -p atlas-tests --bin accept writes it anew");
    }
}

#[test]
fn exhaustive_search_proves_what_the_table_states() {
    let mut wrong = Vec::new();
    for case in cases() {
        let world = case.world();
        let mut best: Option<f64> = None;
        for open in world.choices(case.count(&world)) {
            if let Some(worth) = case.worth(&world, &open) {
                best = Some(best.filter(|b| !case.better(worth, *b)).unwrap_or(worth));
            }
        }
        if best.is_none_or(|b| !near(b, case.optimum)) {
            wrong.push(format!("{case:?}: the optimum is {best:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_command_line_finds_and_proves_them() {
    for case in cases() {
        let out = atlas(&case.arguments());
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert_eq!(out.status.code(), Some(0), "{case:?}: {}", String::from_utf8_lossy(&out.stderr));
        let json: Value = serde_json::from_str(&said).expect("JSON");
        let mut fields: Vec<&String> = json.as_object().expect("an object").keys().collect();
        fields.sort();
        assert_eq!(fields, ["bound", "gap", "objective", "open", "seconds", "status"]);
        let number = |field: &str| json[field].as_f64().unwrap_or_else(|| panic!("{case:?}: {field} in {said}"));
        assert_eq!(json["status"], "Optimal", "{case:?}: {said}");
        assert!(near(number("objective"), case.optimum), "{case:?}: {said}");
        assert!(near(number("bound"), case.optimum) && number("gap") <= 1e-6 && number("seconds") >= 0.0, "{said}");
        let world = case.world();
        let open: Vec<usize> =
            json["open"].as_array().expect("a list").iter().map(|s| s.as_u64().unwrap() as usize).collect();
        assert!(open.windows(2).all(|w| w[0] < w[1]) && open.iter().all(|s| (1..=world.sites).contains(s)), "{said}");
        let (least, most) = case.count(&world);
        // p-center may do with fewer.
        assert!(open.len() <= most && (open.len() >= least || case.problem == "p-center"), "{case:?}: {said}");
        let worth = case.worth(&world, &open.iter().map(|s| s - 1).collect::<Vec<_>>());
        assert!(worth.is_some_and(|w| near(w, case.optimum)), "{case:?}: the open sites are worth {worth:?}");
    }
}

#[test]
fn a_stop_leaves_an_answer_with_its_bound() {
    for case in cases() {
        let mut arguments = case.arguments();
        arguments.extend(["--slices".into(), "1".into()]);
        let out = atlas(&arguments);
        let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert_eq!(out.status.code(), Some(0), "{case:?}");
        for (field, sign) in [("objective", 1.0), ("bound", -1.0)] {
            let sign = if case.problem == "mclp" { -sign } else { sign };
            let beyond = json[field].as_f64().map(|v| sign * (case.optimum - v));
            assert!(beyond.is_none_or(|b| b <= 1e-9 * case.optimum), "{case:?}: {field} in {json}");
        }
    }
}

/// A changed copy of a fixture, or a text of its own.
fn file(name: &str, text: &str) -> String {
    let path = std::env::temp_dir().join(format!("loop-atlas-siting-{}-{name}", std::process::id()));
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

#[test]
fn bad_files_and_questions_are_refused_with_what_to_do() {
    let fixture = |name: &str| folder().join(name).display().to_string();
    let text = |name: &str| std::fs::read_to_string(folder().join(name)).expect("a fixture");
    let half = |name: &str| text(name)[..text(name).len() / 2].to_owned();
    let lettered = |name: &str| {
        let mut lines: Vec<String> = text(name).lines().map(Into::into).collect();
        lines[3] = lines[3].replacen(|c: char| c.is_ascii_digit(), "x", 1);
        lines.join("\n")
    };
    let negative = |name: &str| {
        let mut lines: Vec<String> = text(name).lines().map(Into::into).collect();
        let (head, last) = lines[3].rsplit_once(' ').unwrap_or(("", &lines[3]));
        lines[3] = format!("{head} -{last}");
        lines.join("\n")
    };
    let mut refused: Vec<(Vec<String>, &str)> = Vec::new();
    let mut expect = |words: &str, file: String, reason: &'static str| {
        let mut arguments: Vec<String> = words.split(' ').map(Into::into).collect();
        arguments.push(file);
        refused.push((arguments, reason));
    };
    for (layout, problem, name) in [
        ("orlib-pmed", "p-median", "pmed16.txt"),
        ("orlib-pmed", "p-center", "pmed16.txt"),
        ("orlib-cap", "uflp", "cap8.txt"),
        ("orlib-cap", "cflp", "cap8.txt"),
        ("holmberg", "sscflp", "holmberg6.txt"),
        ("sjc", "mclp --p 3 --radius 200", "sjc30.txt"),
    ] {
        let words = format!("--format {layout} --problem {problem}");
        expect(&words, file(&format!("half-{name}"), &half(name)), "");
        expect(&words, file(&format!("letters-{name}"), &lettered(name)), "line 4");
        expect(&words, file(&format!("negative-{name}"), &negative(name)), "line 4");
        expect(&words, file("empty.txt", ""), "line 1");
        expect(&words, fixture("no-such-file.txt"), "give the path");
        let foreign = if layout == "sjc" { "pmed16.txt" } else { "sjc30.txt" };
        expect(&words, fixture(foreign), "line");
    }
    for problem in ["p-median", "p-center"] {
        expect(&format!("--problem {problem} --format orlib-pmed --p 17"), fixture("pmed16.txt"), "at most 16");
        expect(&format!("--problem {problem} --format orlib-pmed --p 0"), fixture("pmed16.txt"), "at least 1");
    }
    expect("--problem mclp --format sjc --p 31 --radius 100", fixture("sjc30.txt"), "at most 30");
    expect("--problem mclp --format sjc --p 3", fixture("sjc30.txt"), "--radius R");
    expect("--problem mclp --format sjc --radius 100", fixture("sjc30.txt"), "--p K");
    expect("--problem mclp --format sjc --p 3 --radius=-5", fixture("sjc30.txt"), "--radius must be");
    expect("--problem mclp --format sjc --p 3 --radius nan", fixture("sjc30.txt"), "--radius must be");
    expect("--problem lscp --format sjc", fixture("sjc30.txt"), "--radius R");
    expect("--problem lscp --format orlib-pmed", fixture("pmed16.txt"), "--radius R");
    expect("--problem cflp --format orlib-cap", fixture("capacity8.txt"), "Give the capacity");
    expect("--problem cflp --format orlib-cap --capacity=-1", fixture("capacity8.txt"), "apacity");
    expect("--problem p-median --format sjc", fixture("sjc30.txt"), "--format orlib-pmed");
    expect("--problem mclp --format orlib-pmed --p 3 --radius 9", fixture("pmed16.txt"), "--format sjc");
    expect("--problem uflp --format orlib-pmed", fixture("pmed16.txt"), "--format orlib-cap or holmberg");
    expect("--problem p-median --format dimacs", fixture("pmed16.txt"), "--format orlib-pmed");
    expect("--problem min-cost-flow --format orlib-pmed", fixture("pmed16.txt"), "--format dimacs");
    expect("--problem p-median --format orlib-pmed --seconds 0", fixture("pmed16.txt"), "--seconds must be");
    expect("--problem p-median --format orlib-pmed --slices 0", fixture("pmed16.txt"), "--slices");
    for (arguments, reason) in refused {
        let words: Vec<&str> = ["solve", "--json"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
        let out = atlas(&words);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{arguments:?}: {said}{}", String::from_utf8_lossy(&out.stdout));
        assert!(out.stdout.is_empty() && said.contains(reason) && said.len() > 30, "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}
