//! Knapsacks: what a site is worth at given prices, and which sites make enough room together.

/// Nodes of one search; a knapsack that takes more counts with its continuous bound, which is never too small.
const NODES: usize = 20_000;

/// An item that may be packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// What packing all of it is worth; more than 0.
    pub worth: f64,
    /// The room that it takes.
    pub size: f64,
    /// Whose it is.
    pub id: u32,
}

/// Knapsack solver with its buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Knapsack {
    /// The items, by worth a unit of size after solving.
    pub items: Vec<Item>,
    /// What of each item is packed, in the order of `items` after solving.
    pub packed: Vec<f64>,
    /// Sizes summed up to each item.
    sizes: Vec<f64>,
    /// Worths summed up to each item.
    worths: Vec<f64>,
    taken: Vec<u32>,
    best: Vec<u32>,
    /// Nodes of the last search.
    pub nodes: usize,
}

impl Knapsack {
    fn sort(&mut self) {
        // By worth a unit; ties by number, so that the order is the same everywhere.
        self.items.sort_unstable_by(|a, b| (b.worth / b.size).total_cmp(&(a.worth / a.size)).then(a.id.cmp(&b.id)));
        self.sizes.clear();
        self.worths.clear();
        let (mut size, mut worth) = (0.0, 0.0);
        self.sizes.push(size);
        self.worths.push(worth);
        for item in &self.items {
            size += item.size;
            worth += item.worth;
            self.sizes.push(size);
            self.worths.push(worth);
        }
    }

    /// How many items from `first` on fit whole one after the other, and the worth with a part of the next. After sorting.
    fn continuous(&self, first: usize, room: f64) -> (usize, f64) {
        let reach = self.sizes[first] + room;
        let end = first + self.sizes[first + 1..].partition_point(|s| *s <= reach);
        let mut worth = self.worths[end] - self.worths[first];
        if let Some(next) = self.items.get(end) {
            worth += next.worth * ((reach - self.sizes[end]) / next.size).max(0.0);
        }
        (end, worth)
    }

    /// The most that fits where items may be cut. After solving.
    pub fn at(&self, room: f64) -> (usize, f64) {
        self.continuous(0, room)
    }

    /// Packs items whole or in part; returns the worth.
    pub fn solve_continuous(&mut self, room: f64) -> f64 {
        self.sort();
        let (end, worth) = self.continuous(0, room);
        self.packed.clear();
        self.packed.resize(self.items.len(), 0.0);
        self.packed[..end].fill(1.0);
        if let Some(next) = self.items.get(end) {
            self.packed[end] = ((room - self.sizes[end]) / next.size).max(0.0);
        }
        worth
    }

    /// Packs items whole (Horowitz and Sahni's search); returns the worth, or a bound above it where the search is cut.
    pub fn solve(&mut self, room: f64) -> f64 {
        self.sort();
        let n = self.items.len();
        self.packed.clear();
        self.packed.resize(n, 0.0);
        let (end, above) = self.continuous(0, room);
        if end == n {
            self.packed.fill(1.0);
            return above;
        }
        let slack = 1e-12 * above;
        self.taken.clear();
        self.best.clear();
        let (mut best, mut worth, mut left, mut next) = (0.0, 0.0, room, 0);
        self.nodes = 0;
        let mut whole = true;
        'search: loop {
            self.nodes += 1;
            if self.nodes > NODES {
                whole = false;
                break;
            }
            if worth + self.continuous(next, left).1 > best + slack {
                while next < n && self.items[next].size <= left {
                    worth += self.items[next].worth;
                    left -= self.items[next].size;
                    self.taken.push(next as u32);
                    next += 1;
                }
                next += 1;
                if next < n {
                    continue;
                }
                if worth > best {
                    best = worth;
                    self.best.clone_from(&self.taken);
                }
            }
            // The last one that is in goes out; where nothing comes after it, the one before it, too.
            loop {
                let Some(last) = self.taken.pop() else { break 'search };
                worth -= self.items[last as usize].worth;
                left += self.items[last as usize].size;
                next = last as usize + 1;
                if next < n {
                    break;
                }
            }
        }
        for i in &self.best {
            self.packed[*i as usize] = 1.0;
        }
        if whole { best + slack } else { above }
    }
}
