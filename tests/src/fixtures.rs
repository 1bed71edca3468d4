//! Small location problems of our own in the published layouts, from seeds: what `tests/fixtures/siting` holds. Their optima are
//! found by exhaustive search in `siting_fixtures.rs`, and stated in `cases.csv` beside them.

use std::fmt::Write;

/// SplitMix64: the same numbers everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// From 1 to `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides + 1
    }

    /// Points of a square of 1,000 a side.
    fn points(&mut self, count: usize) -> Vec<(f64, f64)> {
        (0..count).map(|_| (self.roll(1_000) as f64, self.roll(1_000) as f64)).collect()
    }
}

fn way(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}

/// The files by name.
#[must_use]
pub fn siting() -> Vec<(&'static str, String)> {
    vec![
        ("pmed16.txt", pmed(16, 40, 4, 16)),
        ("pmed24.txt", pmed(24, 70, 3, 24)),
        ("cap8.txt", cap(8, 14, false, 8)),
        ("cap16.txt", cap(16, 25, false, 160)),
        ("capacity8.txt", cap(8, 12, true, 12)),
        ("holmberg6.txt", holmberg(6, 12, 6)),
        ("holmberg8.txt", holmberg(8, 14, 80)),
        ("sjc30.txt", sjc(30, 30)),
        // Too large for exhaustive search: what takes many slices must take the same course natively and as Wasm.
        ("pmed100.txt", pmed(100, 250, 12, 100)),
        ("sjc150.txt", sjc(150, 150)),
        ("holmberg15.txt", holmberg(15, 40, 15)),
    ]
}

/// A ring so that all hangs together, then edges at random. Every seventh edge comes again with another cost, which counts.
fn pmed(nodes: u64, edges: u64, p: u64, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut list: Vec<[u64; 3]> = Vec::new();
    for i in 1..=nodes {
        list.push([i, i % nodes + 1, dice.roll(100)]);
    }
    while (list.len() as u64) < edges {
        let [i, j] = [dice.roll(nodes), dice.roll(nodes)];
        if i != j {
            list.push([i, j, dice.roll(100)]);
        }
        if list.len().is_multiple_of(7) {
            let [i, j, cost] = list[list.len() / 2];
            list.push([j, i, cost + dice.roll(60)]);
        }
    }
    let mut text = format!(" {nodes} {} {p}\n", list.len());
    for [i, j, cost] in list {
        writeln!(text, " {i} {j} {cost}").expect("a text grows");
    }
    text
}

/// Costs by distance and demand with decimals. With `open` the file leaves capacities to the user.
fn cap(sites: usize, customers: usize, open: bool, seed: u64) -> String {
    let mut dice = Dice(seed);
    let (at, homes) = (dice.points(sites), dice.points(customers));
    let demands: Vec<u64> = (0..customers).map(|_| 10 + dice.roll(90)).collect();
    let room = 5 * demands.iter().sum::<u64>() / 2 / sites as u64;
    let mut text = format!(" {sites} {customers}\n");
    for _ in 0..sites {
        let capacity = if open { "capacity".to_owned() } else { (room + dice.roll(20)).to_string() };
        writeln!(text, " {capacity} {}.", 3_000 + dice.roll(4_000)).expect("a text grows");
    }
    for (home, demand) in homes.iter().zip(&demands) {
        writeln!(text, " {demand}").expect("a text grows");
        let costs: Vec<String> = at.iter().map(|a| format!("{:.5}", *demand as f64 * way(*a, *home) / 8.0)).collect();
        for five in costs.chunks(5) {
            writeln!(text, " {}", five.join(" ")).expect("a text grows");
        }
    }
    text
}

/// Capacities that bind: one and a half times the demand.
fn holmberg(sites: usize, customers: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    let (at, homes) = (dice.points(sites), dice.points(customers));
    let demands: Vec<u64> = (0..customers).map(|_| 10 + dice.roll(40)).collect();
    let room = 3 * demands.iter().sum::<u64>() / 2 / sites as u64;
    let line = |numbers: &mut dyn Iterator<Item = u64>| numbers.map(|v| v.to_string()).collect::<Vec<_>>().join(" ");
    let mut text = format!("{sites} {customers}\n");
    text += &line(&mut (0..sites).map(|_| room - 10 + dice.roll(20)));
    text += "\n";
    text += &line(&mut (0..sites).map(|_| 300 + dice.roll(500)));
    text += "\n";
    text += &line(&mut demands.iter().copied());
    text += "\n";
    for home in homes {
        text += &line(&mut at.iter().map(|a| way(*a, home) as u64));
        text += "\n";
    }
    text
}

fn sjc(count: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut text = format!("{count} points of our own\n");
    for (x, y) in dice.points(count) {
        writeln!(text, "{x} {y} {}", dice.roll(40)).expect("a text grows");
    }
    text
}
