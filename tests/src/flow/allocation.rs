//! The allocation of the whole baseline under the clock. The bench and the Wasm probe include this very file.

use atlas_core::{
    allocation::{Allocator, Progress, Status},
    evaluate::Evaluator,
    geo::LonLat,
    model::Region,
    scenario::{Change, Document, Edit, Scenario},
};

/// What each of the times is of.
#[allow(dead_code, reason = "the bench names them")]
pub const NAMES: [&str; 6] = [
    "all ways, 87 searches",
    "building and solving, with prices",
    "again, a smelter smaller",
    "again, a hub smaller",
    "again, copper subsidised",
    "again, a point moved",
];

/// Milliseconds, as [`NAMES`] says, then the sizes: nodes, arcs, shared limits.
///
/// # Errors
/// Where an answer is not proved, or differs from one found anew.
pub fn times(region: &Region, now: impl Fn() -> f64) -> Result<Vec<f64>, String> {
    let base = &region.baseline;
    let mut document = Document::open(base, Scenario::default()).0;
    let mut allocator = Allocator::default();
    let mut evaluator = Evaluator::default();
    let evaluation = evaluator.evaluate(region, document.plan(), document.scenario());
    let start = now();
    let mut job = allocator.begin(region, document.plan(), document.scenario(), &evaluation);
    let mut searched = now();
    let first = loop {
        match job.step(&mut allocator, region) {
            Progress::Ways { .. } => searched = now(),
            Progress::Solving { .. } => {}
            Progress::Done(answer) => break answer,
        }
    };
    let mut times = vec![searched - start, now() - searched];
    let point = document.plan().get("CP0100").ok_or("no point CP0100")?.facility.at;
    for change in [
        Change::Edit(Edit::SetCapacity { id: "SM002".into(), tonnes: Some(200_000.0) }),
        Change::Edit(Edit::SetCapacity { id: "HB017".into(), tonnes: Some(1_200_000.0) }),
        Change::Parameter("policy.subsidy.Cu.yrd".into(), Some(150.0)),
        Change::Edit(Edit::Move { id: "CP0100".into(), to: LonLat::new(point.lon + 0.1, point.lat + 0.1) }),
    ] {
        document.make(base, change).map_err(|e| e.to_string())?;
        let (plan, scenario) = (document.plan(), document.scenario());
        let evaluation = evaluator.evaluate(region, plan, scenario);
        let start = now();
        let again = allocator.allocate(region, plan, scenario, &evaluation);
        times.push(now() - start);
        let anew = Allocator::default().allocate(region, plan, scenario, &evaluation);
        let differ = (again.objective - anew.objective).abs() > 1e-6 * anew.objective.abs();
        if differ || again.status != Status::Optimal {
            return Err(format!("{} from before, {} anew, gap {}", again.objective, anew.objective, again.gap));
        }
    }
    times.extend([first.size.nodes, first.size.arcs, first.size.rows].map(f64::from));
    Ok(times)
}
