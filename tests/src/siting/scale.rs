//! Sizes that no published case has: large covering problems on a plane, and questions about a cluster of the map.

use atlas_core::{
    catchment::Demand,
    model::Region,
    scenario::Document,
    siting::{
        Lists, Solver, Status,
        check::check_cover,
        lscp::{Cover, SetCover},
        planning::{Area, By, Existing, Futures, Progress, Question, Siting},
    },
};
use atlas_tests::{peers::ms, region, row};
use std::time::Instant;

const POINTS: usize = 10_000;
const SITES: usize = 2_400;
/// Seconds that a covering problem gets.
const SECONDS: f64 = 4.0;

/// Prints all figures; what is wrong comes back.
pub fn run() -> Vec<String> {
    let mut faults = Vec::new();
    println!("\nset covering, {POINTS} points and {SITES} sites on a plane of 1,000 x 1,000, native");
    for radius in [40.0, 80.0] {
        let cover = plane(radius);
        let start = Instant::now();
        let mut solver = SetCover::new(cover.clone(), 1).expect("well posed");
        while solver.step() && start.elapsed().as_secs_f64() < SECONDS {}
        let answer = solver.answer();
        if let Err(wrong) = check_cover(&cover, &answer) {
            faults.push(format!("covering within {radius}: {wrong}"));
        }
        let gap = answer.gap().map_or_else(|| "no gap".into(), |g| format!("gap {:.1} %", 100.0 * g));
        row(&format!("radius {radius}, {:?}", answer.status), &ms(start.elapsed().as_secs_f64() * 1e3), &gap, None);
    }
    println!("\n20 new points in a cluster, all its places and cells, native");
    let region = region();
    let document = Document::new(&region.baseline);
    for (existing, cluster) in
        [(Existing::Keep, "yrd"), (Existing::Keep, "prd"), (Existing::Keep, "bohai"), (Existing::Ignore, "yrd")]
    {
        let area = Area { within: vec![cluster.into()], ring: Vec::new() };
        let question = Question { count: 20, existing, area, ..Question::default() };
        let start = Instant::now();
        let mut siting = Siting::default();
        let job = siting.begin(&region, document.plan(), document.scenario(), &question);
        let mut job = job.expect("a question that can be asked");
        let mut longest = 0.0f64;
        loop {
            let slice = Instant::now();
            let progress = job.step(&mut siting, &region);
            longest = longest.max(slice.elapsed().as_secs_f64());
            if matches!(progress, Progress::Done { .. }) {
                break;
            }
        }
        let took = start.elapsed().as_secs_f64();
        let found = job.proposal(&region);
        let what = format!("{cluster}, existing: {existing:?}, {} pairs, {:?}", found.size[2], found.status);
        row(&what, &ms(took * 1e3), &format!("slices to {}", ms(longest * 1e3)), None);
    }
    faults.extend(futures(&region, &document));
    faults
}

/// Points and sites at random; what no site reaches needs no cover.
fn plane(radius: f64) -> Cover {
    let mut seed = 7u64;
    let mut place = || {
        let mut one = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed.wrapping_mul(0x2545_f491_4f6c_dd1d) % 1_000) as f64
        };
        (one(), one())
    };
    let sites: Vec<_> = (0..SITES).map(|_| place()).collect();
    let points: Vec<_> = (0..POINTS).map(|_| place()).collect();
    let far = |a: &(f64, f64), b: &(f64, f64)| ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt().round();
    let lists = Lists::new(points.iter().map(|p| sites.iter().zip(0..).map(|(s, i)| (i, far(p, s)))));
    let mut cover = Cover::within(&lists, SITES, radius);
    cover.covered = cover.covers.iter().map(Vec::is_empty).collect();
    cover
}

/// The same question for the table's values and for twenty futures: how many times as long does that take?
fn futures(region: &Region, document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    println!("\n20 new points in yrd by tonnes: for the table's values, and for 20 futures, native");
    let mut plain = None;
    for by in [None, Some(By::Mean), Some(By::WorstCase), Some(By::Regret)] {
        let area = Area { within: vec!["yrd".into()], ring: Vec::new() };
        let futures = by.map(|by| Futures { runs: 20, seed: 1, by });
        let question = Question { count: 20, demand: Demand::Tonnes, area, futures, ..Question::default() };
        let start = Instant::now();
        let mut siting = Siting::default();
        let job = siting.begin(region, document.plan(), document.scenario(), &question);
        let mut job = job.expect("a question that can be asked");
        while !matches!(job.step(&mut siting, region), Progress::Done { .. }) {}
        let took = start.elapsed().as_secs_f64();
        let found = job.proposal(region);
        let times = took / *plain.get_or_insert(took);
        let what = by.map_or_else(|| "the table's values".to_owned(), |by| format!("20 futures, {by:?}"));
        row(&format!("{what}, {:?}", found.status), &ms(took * 1e3), &format!("{times:.1} times"), None);
        if found.status != Status::Optimal {
            faults.push(format!("{what}: {:?} with a gap of {:?}", found.status, found.gap));
        }
    }
    faults
}
