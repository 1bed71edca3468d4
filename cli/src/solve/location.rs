//! Location problems. Every answer is read by a checker that shares no code with the solver before it is printed.

use super::{Args, Clock, Format, Found, Posed, Problem, wrong_format};
use crate::Refusal;
use atlas_core::{
    format::{holmberg, orlib_cap, orlib_pmed, sjc},
    siting::{
        Answer, Problem as Location, Search, Solver, Status,
        capacitated::{self, Capacitated, CapacitatedProblem},
        check::{check, check_center, check_cover},
        fixed_charge::uncapacitated,
        lscp::{Cover, SetCover},
        mclp::{covered, mclp},
        p_center::{Center, PCenter},
        p_median::p_median,
    },
};

pub(super) fn read(args: &Args, text: &str) -> Result<Posed, Refusal> {
    match args.problem {
        Problem::MinCostFlow => Err(wrong_format("dimacs")),
        Problem::PMedian | Problem::PCenter | Problem::Lscp if args.format == Format::OrlibPmed => pmed(args, text),
        Problem::Mclp | Problem::Lscp if args.format == Format::Sjc => covering(args, text),
        Problem::PMedian | Problem::PCenter => Err(wrong_format("orlib-pmed")),
        Problem::Mclp => Err(wrong_format("sjc")),
        Problem::Lscp => Err(wrong_format("sjc or orlib-pmed")),
        Problem::Uflp | Problem::Cflp | Problem::Sscflp => fixed_charge(args, text),
    }
}

fn radius(args: &Args) -> Result<f64, Refusal> {
    args.radius.ok_or_else(|| Refusal("give the radius that a site covers: --radius R".into()))
}

fn pmed(args: &Args, text: &str) -> Result<Posed, Refusal> {
    let case = orlib_pmed::read(text)?;
    let (sites, p, seed) = (case.lists.len(), args.p.unwrap_or(case.p), args.seed);
    Ok(match args.problem {
        Problem::PMedian => location(p_median(sites, case.lists, p), seed)?,
        Problem::PCenter => {
            let center = Center::plain(sites, case.lists, p);
            let mut solver = PCenter::new(center.clone(), seed)?;
            Box::new(move |clock| {
                let answer = work(&mut solver, clock);
                check_center(&center, &answer)?;
                Ok(found(&answer, 1.0))
            })
        }
        _ => cover(Cover::within(&case.lists, sites, radius(args)?), seed)?,
    })
}

fn covering(args: &Args, text: &str) -> Result<Posed, Refusal> {
    let case = sjc::read(text)?;
    let reach = case.within(radius(args)?);
    let sites = case.points.len();
    if args.problem == Problem::Lscp {
        return cover(Cover::plain(sites, reach), args.seed);
    }
    let p = args.p.ok_or_else(|| Refusal("give the number of sites to open: --p K".into()))?;
    let problem = mclp(sites, reach, case.weights, p);
    let mut solver = Search::new(problem, args.seed)?;
    Ok(Box::new(move |clock| {
        let answer = work(&mut solver, clock);
        check(solver.problem(), &answer)?;
        Ok(found(&covered(solver.problem(), &answer), 1.0))
    }))
}

fn fixed_charge(args: &Args, text: &str) -> Result<Posed, Refusal> {
    let single = args.problem == Problem::Sscflp;
    let (problem, scale) = match args.format {
        Format::OrlibCap => {
            let case = orlib_cap::read(text)?;
            if args.problem == Problem::Uflp {
                return scaled(case.uncapacitated(), case.cost_scale, args.seed);
            }
            (case.capacitated(args.capacity)?, case.cost_scale)
        }
        Format::Holmberg => {
            let case = holmberg::read(text)?;
            (case.problem, case.cost_scale)
        }
        _ => return Err(wrong_format("orlib-cap or holmberg")),
    };
    if args.problem == Problem::Uflp {
        let CapacitatedProblem { opening, lists, .. } = problem;
        return scaled(uncapacitated(opening, lists), scale, args.seed);
    }
    let mut solver =
        if single { Capacitated::single(&problem, args.seed)? } else { Capacitated::multi(&problem, args.seed)? };
    Ok(Box::new(move |clock| {
        let answer = work(&mut solver, clock);
        let shares = (!single && answer.objective.is_some()).then(|| solver.shares());
        capacitated::check(&problem, &answer, shares.as_ref())?;
        Ok(found(&answer, scale))
    }))
}

fn location(problem: Location, seed: u64) -> Result<Posed, Refusal> {
    scaled(problem, 1.0, seed)
}

fn scaled(problem: Location, scale: f64, seed: u64) -> Result<Posed, Refusal> {
    let mut solver = Search::new(problem, seed)?;
    Ok(Box::new(move |clock| {
        let answer = work(&mut solver, clock);
        check(solver.problem(), &answer)?;
        Ok(found(&answer, scale))
    }))
}

fn cover(cover: Cover, seed: u64) -> Result<Posed, Refusal> {
    let mut solver = SetCover::new(cover.clone(), seed)?;
    Ok(Box::new(move |clock| {
        let answer = work(&mut solver, clock);
        check_cover(&cover, &answer)?;
        Ok(found(&answer, 1.0))
    }))
}

/// Works until there is no more to do or the time is over.
fn work(solver: &mut impl Solver, clock: &Clock) -> Answer {
    while solver.step() && !clock.late() {}
    solver.answer()
}

/// In the file's units and numbers.
fn found(answer: &Answer, scale: f64) -> Found {
    Found {
        status: match answer.status {
            Status::Unknown => "Unknown",
            Status::Feasible => "Feasible",
            Status::Optimal => "Optimal",
            Status::Infeasible => "Infeasible",
        },
        objective: answer.objective.map(|v| v / scale),
        bound: answer.bound.map(|v| v / scale),
        gap: answer.gap(),
        open: Some(answer.open.iter().map(|s| s + 1).collect()),
    }
}
