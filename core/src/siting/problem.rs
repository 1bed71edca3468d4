//! The location problem that most others are cases of.

use std::fmt;

/// What serving each demand point from each site that can serve it costs, by demand point, cheapest site first.
///
/// Costs are whole numbers, held in `f64` so that sums below 2^53 are exact in any order. A pair that is not listed cannot be
/// served: a truncated list says so by the problem's [`Problem::otherwise`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lists {
    starts: Vec<usize>,
    sites: Vec<u32>,
    costs: Vec<f64>,
}

impl Lists {
    /// From one list a demand point, in any order.
    #[must_use]
    pub fn new<I: IntoIterator<Item = (u32, f64)>>(demand: impl IntoIterator<Item = I>) -> Self {
        let mut lists = Self { starts: vec![0], sites: Vec::new(), costs: Vec::new() };
        let mut one: Vec<(u32, f64)> = Vec::new();
        for list in demand {
            one.clear();
            one.extend(list);
            one.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            for (site, cost) in &one {
                lists.sites.push(*site);
                lists.costs.push(*cost);
            }
            lists.starts.push(lists.sites.len());
        }
        lists
    }

    /// How many demand points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// True without any demand point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many pairs.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.sites.len()
    }

    /// The sites that can serve a demand point, cheapest first, ties by site, with what each costs.
    #[must_use]
    pub fn of(&self, demand: usize) -> (&[u32], &[f64]) {
        let range = self.starts[demand]..self.starts[demand + 1];
        (&self.sites[range.clone()], &self.costs[range])
    }
}

/// Whether a site may be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lock {
    /// May be open or closed.
    #[default]
    Free,
    /// Stays open.
    Open,
    /// Stays closed.
    Closed,
}

/// A side limit on what is open: the weights of open sites add up to at most the limit. A budget is one; so is "at most one
/// of these", as a least distance between sites makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Sites with their weight, which is more than 0.
    pub terms: Vec<(u32, f64)>,
    /// The most of it.
    pub limit: f64,
}

/// Choose sites so that opening plus serving costs least.
///
/// ```text
/// minimise    sum_j opening_j y_j + sum_i min( otherwise_i, min over open j of cost_ij )
/// subject to  count.0 <= sum_j y_j <= count.1,   sum_j a_rj y_j <= limit_r,   y_j = 1 / 0 where locked
/// ```
///
/// p-median: no opening cost, `count = (p, p)`. Uncapacitated fixed charge: no count. Maximal covering: costs 0 within the
/// radius, `otherwise` the demand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// Costs of serving.
    pub lists: Lists,
    /// What a demand point costs that no open site of its list serves (cheaper): the cost by a site that is there anyway, a
    /// penalty, or the demand left uncovered. `INFINITY`: it must be served.
    pub otherwise: Vec<f64>,
    /// What opening each site costs.
    pub opening: Vec<f64>,
    /// Whether each site may be chosen.
    pub locks: Vec<Lock>,
    /// Least and most open sites, locked ones counted.
    pub count: (usize, usize),
    /// Side limits.
    pub rows: Vec<Row>,
}

/// Why a problem cannot be posed so.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// No demand point, or none that costs anything.
    NoDemand,
    /// No site that may be open.
    NoSites,
    /// More sites are asked for than may be open.
    TooMany {
        /// Asked for.
        asked: usize,
        /// There are.
        sites: usize,
    },
    /// More sites are locked open than may be open.
    LockedOpen {
        /// Locked open.
        locked: usize,
        /// May be open.
        most: usize,
    },
    /// Sites that are locked open break a side limit.
    LockedRow(usize),
    /// A list, a weight or a limit that is not a number as it should be, with what it is.
    BadNumber(String),
    /// A demand point that must be served, and that no site can serve.
    Unreachable(usize),
    /// A demand point without demand, where demand is divided among sites.
    NothingToShare(usize),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDemand => f.write_str("there is no demand to serve"),
            Self::NoSites => f.write_str("there is no site that may be open"),
            Self::TooMany { asked, sites } => {
                write!(f, "{asked} sites are asked for, and {sites} may be open; ask for at most {sites}")
            }
            Self::LockedOpen { locked, most } => {
                write!(f, "{locked} sites are locked open, and at most {most} may be open; unlock some or allow more")
            }
            Self::LockedRow(row) => {
                write!(f, "sites that are locked open break side limit {}; unlock one or raise it", row + 1)
            }
            Self::BadNumber(what) => write!(f, "{what} must be a whole number of at least 0"),
            Self::Unreachable(demand) => {
                write!(f, "no site can serve demand point {}; add a site or drop the limit", demand + 1)
            }
            Self::NothingToShare(demand) => {
                write!(f, "demand point {} has no demand that sites could share; leave it out", demand + 1)
            }
        }
    }
}

impl std::error::Error for Unfit {}

impl Problem {
    /// How many sites.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.opening.len()
    }

    /// A problem without opening costs, locks and side limits.
    #[must_use]
    pub fn plain(sites: usize, lists: Lists, otherwise: f64, count: (usize, usize)) -> Self {
        Self {
            otherwise: vec![otherwise; lists.len()],
            lists,
            opening: vec![0.0; sites],
            locks: vec![Lock::Free; sites],
            count,
            rows: Vec::new(),
        }
    }

    /// Is it well posed? Whether some choice keeps all limits together is the solver's to find out.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), Unfit> {
        let sites = self.sites();
        if self.lists.is_empty() {
            return Err(Unfit::NoDemand);
        }
        let whole = |v: f64| v >= 0.0 && v.is_finite() && libm::trunc(v) == v;
        if self.locks.len() != sites || self.otherwise.len() != self.lists.len() {
            return Err(Unfit::BadNumber("the number of locks and of demand points".into()));
        }
        if !self.opening.iter().all(|v| whole(*v)) {
            return Err(Unfit::BadNumber("an opening cost".into()));
        }
        for i in 0..self.lists.len() {
            let (listed, costs) = self.lists.of(i);
            if !costs.iter().all(|v| whole(*v)) || !(whole(self.otherwise[i]) || self.otherwise[i] == f64::INFINITY) {
                return Err(Unfit::BadNumber(format!("a cost of demand point {}", i + 1)));
            }
            if listed.iter().any(|s| *s as usize >= sites) {
                return Err(Unfit::BadNumber(format!("a site of demand point {}", i + 1)));
            }
            if self.otherwise[i] == f64::INFINITY && listed.iter().all(|s| self.locks[*s as usize] == Lock::Closed) {
                return Err(Unfit::Unreachable(i));
            }
        }
        let open = self.locks.iter().filter(|l| **l == Lock::Open).count();
        let may = self.locks.iter().filter(|l| **l != Lock::Closed).count();
        if may == 0 {
            return Err(Unfit::NoSites);
        }
        if self.count.0 > may {
            return Err(Unfit::TooMany { asked: self.count.0, sites: may });
        }
        if open > self.count.1 {
            return Err(Unfit::LockedOpen { locked: open, most: self.count.1 });
        }
        for (r, row) in self.rows.iter().enumerate() {
            if row.terms.iter().any(|(s, a)| *s as usize >= sites || !(*a > 0.0 && a.is_finite())) || row.limit.is_nan()
            {
                return Err(Unfit::BadNumber(format!("side limit {}", r + 1)));
            }
            let used: f64 =
                row.terms.iter().filter(|(s, _)| self.locks[*s as usize] == Lock::Open).map(|(_, a)| a).sum();
            if used > row.limit {
                return Err(Unfit::LockedRow(r));
            }
        }
        Ok(())
    }
}
