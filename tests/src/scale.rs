//! A hundred thousand collection points and ten thousand hubs, generated: what loading, a whole answer and one more edit take.

use atlas_core::{
    catchment::{Areas, Fields, Question, survey},
    evaluate::Evaluator,
    geo::LonLat,
    model::{Facility, FacilityKind, Region},
    scenario::{Edit, Plan, Scenario},
};
use atlas_tests::row;
use std::time::Instant;

const POINTS: usize = 100_000;
const HUBS: usize = 10_000;

/// Copies of the baseline's facilities of a kind beside demand cells, with ids of their own.
fn generated(region: &Region, kind: FacilityKind, count: usize, letter: &str) -> Vec<Facility> {
    let models: Vec<&Facility> = region.baseline.facilities.iter().filter(|f| f.kind == kind).collect();
    let cells = &region.ground.cells;
    (0..count)
        .map(|i| {
            let cell = &cells[i * 7_919 % cells.len()];
            let shift = |k: usize| ((i * k) % 97) as f64 * 3e-4;
            let at = LonLat::new(cell.at.lon + shift(13), cell.at.lat + shift(29));
            Facility {
                id: format!("{letter}{i:06}"),
                at,
                cluster: Some(cell.cluster),
                ..models[i % models.len()].clone()
            }
        })
        .collect()
}

/// Peak memory of this process so far in MB, where the system says.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

pub fn run() {
    let before = peak_mb();
    let mut region = atlas_tests::region();
    let mut facilities = generated(&region, FacilityKind::CollectionPoint, POINTS, "CP");
    facilities.extend(generated(&region, FacilityKind::Hub, HUBS, "HB"));
    let others = |f: &&Facility| !matches!(f.kind, FacilityKind::CollectionPoint | FacilityKind::Hub);
    facilities.extend(region.baseline.facilities.iter().filter(others).cloned());
    facilities.sort_by(|a, b| a.id.cmp(&b.id));
    region.baseline.facilities = facilities;

    println!("\nScale: {POINTS} collection points and {HUBS} hubs, generated");
    let time = |what: &str, task: &mut dyn FnMut()| {
        let t = Instant::now();
        task();
        row(what, &format!("{:.0} ms", t.elapsed().as_secs_f64() * 1e3), "", None);
    };
    let mut plan = Plan::default();
    time("plan of 110 thousand facilities", &mut || plan = Plan::baseline(&region.baseline));
    let (mut evaluator, mut fields) = (Evaluator::default(), Fields::default());
    let none = Scenario::default();
    time("evaluation, first", &mut || drop(evaluator.evaluate(&region, &plan, &none)));
    let question = Question::usual(FacilityKind::CollectionPoint);
    time("survey, first", &mut || {
        let found = survey(&region, &plan, &none, &question, &mut fields);
        assert_eq!(found.survey.facilities.len(), POINTS);
        assert_eq!(found.survey.unreachable.cells, 0);
    });
    let id = plan.open(FacilityKind::CollectionPoint).nth(50_000).expect("a point").id.clone();
    let to = plan.get(&id).map(|p| LonLat::new(p.facility.at.lon + 0.01, p.facility.at.lat)).expect("a point");
    plan.apply(&region.baseline, &Edit::Move { id, to }).expect("a move");
    time("evaluation after one point moved", &mut || drop(evaluator.evaluate(&region, &plan, &none)));
    time("survey after one point moved", &mut || drop(survey(&region, &plan, &none, &question, &mut fields)));
    let areas = Areas::new(&region.ground.roads);
    time("borders of all catchments", &mut || {
        let drawn = areas.of(&region, &plan, &none, &question, &mut fields).catchments(0.0005, |_| true);
        assert!(drawn.len() > 10_000, "{} catchments: many points share a road node", drawn.len());
    });
    if let (Some(before), Some(after)) = (before, peak_mb()) {
        row("peak memory, beyond what the bench above took", &format!("{:.0} MB", after - before), "", None);
    }
}
