//! Published location problems: read from their layout, worked in slices, and answered in the file's units. The command line,
//! the page's probe and the bench all go through here, so that they take the same course.
//!
//! Every answer is read by a checker that shares no code with the solver before it is handed out.

use super::{
    holmberg, orlib_cap, orlib_pmed, sjc,
    solved::{Solved, status},
};
use crate::siting::{
    Answer, Problem, Search, Solver, Unfit,
    capacitated::{self, Capacitated, CapacitatedProblem},
    check::{check, check_center, check_cover},
    fixed_charge::uncapacitated,
    lscp::{Cover, SetCover},
    mclp::{covered, mclp},
    p_center::{Center, PCenter},
    p_median::p_median,
};

/// What kind of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Least sum of ways with p sites.
    PMedian,
    /// Least longest way with p sites.
    PCenter,
    /// Most demand within a radius of p sites.
    Mclp,
    /// Fewest sites that cover everything within a radius.
    Lscp,
    /// Least cost of sites and service, without capacities.
    Uflp,
    /// The same with capacities; a customer may have several sources.
    Cflp,
    /// The same where each customer has one source.
    Sscflp,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::PMedian, Self::PCenter, Self::Mclp, Self::Lscp, Self::Uflp, Self::Cflp, Self::Sscflp];

    /// Its name on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PMedian => "p-median",
            Self::PCenter => "p-center",
            Self::Mclp => "mclp",
            Self::Lscp => "lscp",
            Self::Uflp => "uflp",
            Self::Cflp => "cflp",
            Self::Sscflp => "sscflp",
        }
    }

    /// By its name on the command line.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// The layouts that it is read from, in words.
    #[must_use]
    pub const fn layouts(self) -> &'static str {
        match self {
            Self::PMedian | Self::PCenter => "orlib-pmed",
            Self::Mclp => "sjc",
            Self::Lscp => "sjc or orlib-pmed",
            Self::Uflp | Self::Cflp | Self::Sscflp => "orlib-cap or holmberg",
        }
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// [`orlib_pmed`].
    OrlibPmed,
    /// [`orlib_cap`].
    OrlibCap,
    /// [`holmberg`].
    Holmberg,
    /// [`sjc`].
    Sjc,
}

impl Layout {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::OrlibPmed, Self::OrlibCap, Self::Holmberg, Self::Sjc];

    /// Its name on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OrlibPmed => "orlib-pmed",
            Self::OrlibCap => "orlib-cap",
            Self::Holmberg => "holmberg",
            Self::Sjc => "sjc",
        }
    }

    /// By its name on the command line.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
}

/// What is asked of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The kind of problem.
    pub kind: Kind,
    /// How the file is written.
    pub layout: Layout,
    /// How many sites to open, where the file does not say or another number is wanted.
    pub p: Option<usize>,
    /// What a site covers: the most distance.
    pub radius: Option<f64>,
    /// Capacity of the sites for which the file leaves it open.
    pub capacity: Option<f64>,
}

/// A problem as its solver takes it.
#[derive(Clone, Debug)]
enum Posed {
    Open { problem: Problem, scale: f64, covering: bool },
    Center(Center),
    Cover(Cover),
    Capacitated { problem: CapacitatedProblem, scale: f64, single: bool },
}

/// A published problem.
#[derive(Clone, Debug)]
pub struct Case(Posed);

impl Case {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with the file or with what is asked of it, and what to do.
    pub fn read(text: &str, question: &Question) -> Result<Self, String> {
        let radius = || question.radius.ok_or("give the radius that a site covers: --radius R");
        let Question { kind, layout, .. } = *question;
        if question.p == Some(0) {
            return Err("no site is asked for; give at least 1: --p K".into());
        }
        let posed = match (layout, kind) {
            (Layout::OrlibPmed, Kind::PMedian | Kind::PCenter | Kind::Lscp) => {
                let case = orlib_pmed::read(text).map_err(|e| e.to_string())?;
                let (sites, p) = (case.lists.len(), question.p.unwrap_or(case.p));
                match kind {
                    Kind::PMedian => Posed::open(p_median(sites, case.lists, p), 1.0),
                    Kind::PCenter => Posed::Center(Center::plain(sites, case.lists, p)),
                    _ => Posed::Cover(Cover::within(&case.lists, sites, radius()?)),
                }
            }
            (Layout::Sjc, Kind::Mclp | Kind::Lscp) => {
                let case = sjc::read(text).map_err(|e| e.to_string())?;
                let (sites, reach) = (case.points.len(), case.within(radius()?));
                if kind == Kind::Lscp {
                    Posed::Cover(Cover::plain(sites, reach))
                } else {
                    let p = question.p.ok_or("give the number of sites to open: --p K")?;
                    Posed::Open { problem: mclp(sites, reach, case.weights, p), scale: 1.0, covering: true }
                }
            }
            (Layout::OrlibCap | Layout::Holmberg, Kind::Uflp | Kind::Cflp | Kind::Sscflp) => {
                fixed_charge(text, question)?
            }
            _ => return Err(format!("this problem is read from --format {}", kind.layouts())),
        };
        Ok(Self(posed))
    }

    /// Begins to solve it.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn begin(self, seed: u64) -> Result<Work, Unfit> {
        Ok(Work(match self.0 {
            Posed::Open { problem, scale, covering } => {
                Solving::Open { solver: Box::new(Search::new(problem, seed)?), scale, covering }
            }
            Posed::Center(center) => {
                let solver = Box::new(PCenter::new(center.clone(), seed)?);
                Solving::Center { center, solver }
            }
            Posed::Cover(cover) => {
                let solver = Box::new(SetCover::new(cover.clone(), seed)?);
                Solving::Cover { cover, solver }
            }
            Posed::Capacitated { problem, scale, single } => {
                let solver =
                    if single { Capacitated::single(&problem, seed)? } else { Capacitated::multi(&problem, seed)? };
                Solving::Capacitated { problem, solver: Box::new(solver), scale, single }
            }
        }))
    }
}

impl Posed {
    const fn open(problem: Problem, scale: f64) -> Self {
        Self::Open { problem, scale, covering: false }
    }
}

fn fixed_charge(text: &str, question: &Question) -> Result<Posed, String> {
    let (problem, scale) = if question.layout == Layout::OrlibCap {
        let case = orlib_cap::read(text).map_err(|e| e.to_string())?;
        if question.kind == Kind::Uflp {
            return Ok(Posed::open(case.uncapacitated(), case.cost_scale));
        }
        (case.capacitated(question.capacity).map_err(|e| e.to_string())?, case.cost_scale)
    } else {
        let case = holmberg::read(text).map_err(|e| e.to_string())?;
        (case.problem, case.cost_scale)
    };
    if question.kind == Kind::Uflp {
        let CapacitatedProblem { opening, lists, .. } = problem;
        return Ok(Posed::open(uncapacitated(opening, lists), scale));
    }
    Ok(Posed::Capacitated { problem, scale, single: question.kind == Kind::Sscflp })
}

enum Solving {
    Open { solver: Box<Search>, scale: f64, covering: bool },
    Center { center: Center, solver: Box<PCenter> },
    Cover { cover: Cover, solver: Box<SetCover> },
    Capacitated { problem: CapacitatedProblem, solver: Box<Capacitated>, scale: f64, single: bool },
}

/// A problem that is being solved.
pub struct Work(Solving);

impl Work {
    /// One slice of some milliseconds; true while there is more to do.
    pub fn step(&mut self) -> bool {
        match &mut self.0 {
            Solving::Open { solver, .. } => solver.step(),
            Solving::Center { solver, .. } => solver.step(),
            Solving::Cover { solver, .. } => solver.step(),
            Solving::Capacitated { solver, .. } => solver.step(),
        }
    }

    /// The best answer so far, checked.
    ///
    /// # Errors
    /// What the checker found wrong: a fault of the solver.
    pub fn solved(&self) -> Result<Solved, String> {
        match &self.0 {
            Solving::Open { solver, scale, covering } => {
                let answer = solver.answer();
                check(solver.problem(), &answer)?;
                let answer = if *covering { covered(solver.problem(), &answer) } else { answer };
                Ok(in_units(&answer, *scale))
            }
            Solving::Center { center, solver } => {
                let answer = solver.answer();
                check_center(center, &answer)?;
                Ok(in_units(&answer, 1.0))
            }
            Solving::Cover { cover, solver } => {
                let answer = solver.answer();
                check_cover(cover, &answer)?;
                Ok(in_units(&answer, 1.0))
            }
            Solving::Capacitated { problem, solver, scale, single } => {
                let answer = solver.answer();
                let shares = (!single && answer.objective.is_some()).then(|| solver.shares());
                capacitated::check(problem, &answer, shares.as_ref())?;
                Ok(in_units(&answer, *scale))
            }
        }
    }
}

/// In the file's units and numbers.
fn in_units(answer: &Answer, scale: f64) -> Solved {
    Solved {
        status: status(answer.status),
        objective: answer.objective.map(|v| v / scale),
        bound: answer.bound.map(|v| v / scale),
        gap: answer.gap(),
        open: Some(answer.open.iter().map(|s| s + 1).collect()),
    }
}
