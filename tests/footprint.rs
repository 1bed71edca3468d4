//! The account of carbon and energy, and closed loops, on the committed region: everything adds up, and results are as accepted.

use atlas_core::{
    account::EmissionFamily,
    allocation::{Allocator, Answer, Balance, Leg},
    circularity::{LoopStage, Loops, loops},
    evaluate::{Evaluation, Evaluator, Round, rounds},
    footprint::{Boundary, Choice, ElementKind, Footprint, Given, Sums, flow_carbon, footprint},
    model::{Cluster, Mode, Region, Stream},
    scenario::{Document, Scenario},
};
use atlas_tests::{FOOTPRINTS, difference, footprint_golden, project, region, scenarios};

struct Case {
    document: Document,
    evaluation: Evaluation,
    rounds: Vec<Round>,
    answer: Answer,
}

impl Case {
    fn new(region: &Region, scenario: Scenario) -> Self {
        let (document, _) = Document::open(&region.baseline, scenario);
        let (plan, scenario) = (document.plan(), document.scenario());
        let mut evaluator = Evaluator::default();
        let evaluation = evaluator.evaluate(region, plan, scenario);
        let rounds = rounds(region, plan, scenario, evaluator.owners());
        let answer = Allocator::default().allocate(region, plan, scenario, &evaluation);
        Self { document, evaluation, rounds, answer }
    }

    fn given<'a>(&'a self, region: &'a Region) -> Given<'a> {
        Given {
            baseline: &region.baseline,
            scenario: self.document.scenario(),
            plan: self.document.plan(),
            rounds: &self.rounds,
            answer: &self.answer,
        }
    }
}

#[track_caller]
fn near(what: &str, a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0), "{what}: {a} is not {b}");
}

fn own_family(case: &Case, region: &Region) -> EmissionFamily {
    EmissionFamily::of(&case.document.scenario().parameters(&region.baseline))
}

#[test]
fn accounts_add_up_and_agree_with_the_allocation() {
    let region = region();
    for (name, scenario) in scenarios().into_iter().filter(|(n, _)| FOOTPRINTS.contains(&n.as_str())) {
        let case = Case::new(&region, scenario);
        let given = case.given(&region);
        let family = own_family(&case, &region);
        let account = footprint(given, Choice { family, boundary: Boundary::Working });
        sums_agree(&name, &account);
        flows_agree(&name, &account, &case);
        rounds_agree(&name, &account, &case);
        only_the_family_changes(&name, &account, given, family);
        loops_agree(&name, &loops(&case.evaluation, &case.rounds, &case.answer), &case);

        let path = project("tests/golden").join(format!("footprint-{name}.json"));
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let new = footprint_golden(&region, case.document.scenario().clone());
        assert!(
            old == new,
            "{name} has changed:\n{}If that is right: cargo run -p atlas-tests --bin accept",
            difference(&old, &new)
        );
    }
}

/// Elements, clusters, streams and prefectures each add up to the whole, to 1e-9.
fn sums_agree(name: &str, account: &Footprint) {
    let all = &account.total;
    let kg: f64 = account.elements.iter().filter_map(|e| e.kg()).sum();
    near(name, kg, all.transport_kg(), 1e-9);
    let tonne_km: f64 = account.elements.iter().map(|e| e.total.tonne_km).sum();
    near(name, tonne_km, all.tonne_km, 1e-9);
    let together = |parts: Vec<&Sums>| {
        parts.into_iter().fold(Sums::default(), |mut sum, part| {
            sum += *part;
            sum
        })
    };
    let clusters = together(Cluster::ALL.map(|c| &account.by_cluster[c]).into());
    let streams = together(Stream::ALL.map(|s| &account.by_stream[s]).into());
    let places = together(account.by_place.iter().map(|(_, s)| s).collect());
    for part in [clusters, streams, places] {
        near(name, part.transport_kg(), all.transport_kg(), 1e-9);
        near(name, part.smelting_kg(), all.smelting_kg(), 1e-9);
        near(name, part.avoided_kg, all.avoided_kg, 1e-9);
        near(name, part.product_t, all.product_t, 1e-9);
        near(name, part.kgce, all.kgce, 1e-9);
    }
    for c in Cluster::ALL {
        let kg: f64 = account.elements.iter().map(|e| e.by_cluster[c].kg).sum();
        near(name, kg, account.by_cluster[c].transport_kg(), 1e-9);
    }
    // What is avoided is far more than transport gives off: computed, so that the picture is what it says.
    let share = all.transport_share().expect("something is avoided");
    assert!(share > 1e-4 && share < 0.05, "{name}: transport is {share} of what is avoided");
}

/// Transport and smelting are what the allocation accounts for, and flows add up to them.
fn flows_agree(name: &str, account: &Footprint, case: &Case) {
    let (all, own) = (&account.total, &case.answer.account);
    near(name, all.transport_kg() - all.rounds_kg, own.transport_kg_co2e, 1e-9);
    near(name, all.smelting_kg(), own.smelting_kg_co2e, 1e-9);
    for c in Cluster::ALL {
        let (all, own) = (&account.by_cluster[c], &case.answer.account_by_cluster[c]);
        near(name, all.transport_kg() - all.rounds_kg, own.transport_kg_co2e, 1e-9);
        near(name, all.smelting_kg(), own.smelting_kg_co2e, 1e-9);
    }
    let lanes =
        |f: fn(&atlas_core::footprint::FlowCarbon) -> f64| account.lanes.iter().map(|l| f(&l.carbon)).sum::<f64>();
    near(name, lanes(|c| c.transport_kg), all.transport_kg() - all.rounds_kg, 1e-9);
    near(name, lanes(|c| c.smelting_kg), all.smelting_kg(), 1e-9);
    near(name, lanes(|c| c.avoided_kg), all.avoided_kg, 1e-9);
    for e in account.elements.iter().filter(|e| e.kind == ElementKind::Main && e.mode != Mode::Road) {
        assert!(e.mean_km().is_some_and(|km| km > 1.0), "{name}: {e:?}");
    }
}

/// Rounds are those of the evaluation.
fn rounds_agree(name: &str, account: &Footprint, case: &Case) {
    for c in Cluster::ALL {
        let figures = &case.evaluation.by_cluster[c];
        let gross: f64 = case.rounds.iter().filter(|r| r.cluster == c).map(|r| r.gross_t.total()).sum();
        let tonne_km: f64 = case.rounds.iter().filter(|r| r.cluster == c).map(|r| r.tonne_km.total()).sum();
        near(name, tonne_km / gross, figures.mean_collection_km.expect("points"), 1e-9);
        near(name, account.by_cluster[c].collected_gross_t, gross, 1e-9);
    }
    for handled in case.evaluation.facilities.iter().filter(|h| h.people > 0.0) {
        let brought: f64 = case.rounds.iter().filter(|r| r.point == handled.id).map(|r| r.gross_t.total()).sum();
        near(&handled.id, brought, handled.gross_t.total(), 1e-9);
    }
}

/// Another family changes every factor of transport, and nothing else.
fn only_the_family_changes(name: &str, account: &Footprint, given: Given<'_>, family: EmissionFamily) {
    let other = EmissionFamily::ALL.into_iter().find(|f| *f != family).expect("there are two");
    let changed = footprint(given, Choice { family: other, boundary: Boundary::Working });
    assert_eq!(account.elements.len(), changed.elements.len(), "{name}");
    for (a, b) in account.elements.iter().zip(&changed.elements) {
        assert_eq!((a.stage, a.kind, a.mode, a.total.tonne_km), (b.stage, b.kind, b.mode, b.total.tonne_km));
        assert_ne!(a.intensity, b.intensity, "{name}");
        assert_ne!(a.kg(), b.kg(), "{name}");
    }
    assert_eq!((&account.processing, &account.primary), (&changed.processing, &changed.primary), "{name}");
    near(name, account.total.smelting_kg(), changed.total.smelting_kg(), 0.0);
    near(name, account.total.avoided_kg, changed.total.avoided_kg, 0.0);
    let flows = flow_carbon(given, changed.choice);
    let kg: f64 = flows.iter().map(|f| f.transport_kg).sum();
    near(name, kg, changed.total.transport_kg() - changed.total.rounds_kg, 1e-9);
}

/// Stages add up to what arises, to a tonne; what is made and used is what the balances say.
fn loops_agree(name: &str, found: &Loops, case: &Case) {
    for s in Stream::ALL {
        for c in Cluster::ALL {
            let path = &found.paths[c][s];
            assert!(path.off_t().abs() < 1.0, "{name}, {}, {}: {} t off", c.key(), s.key(), path.off_t());
            for (stage, t) in path.stages() {
                assert!(t >= 0.0, "{name}, {}, {}: {} is {t}", c.key(), s.key(), stage.key());
            }
            assert_eq!(path.stages().map(|(stage, _)| stage), LoopStage::ALL);
            let rate = path.rate().expect("scrap arises everywhere");
            assert!((0.0..=1.0).contains(&rate), "{name}: {rate}");
            let supply = &found.supply[c][s];
            let balance = &case.answer.by_cluster[c][s];
            let met = supply.demand_t - supply.unmet_t();
            near(name, met, balance.used_t, 1e-6);
            let made: f64 = (0..5).map(|o| found.matrix[s].made_t[o][c as usize]).sum();
            near(name, made, balance.product_t, 1e-6);
        }
        let sum = |f: fn(&atlas_core::circularity::Path) -> f64| {
            Cluster::ALL.map(|c| f(&found.paths[c][s])).iter().sum::<f64>()
        };
        let b: &Balance = &case.answer.balance[s];
        assert!((sum(|p| p.unallocated_t) - b.unallocated_t).abs() < 5.0, "{name}, {}: left over", s.key());
        assert!((sum(|p| p.unreached_t) - b.unreached_t).abs() < 5.0, "{name}, {}: unreached", s.key());
        let exported: f64 =
            case.answer.flows.iter().filter(|f| f.leg == Leg::Export && f.stream == s).map(|f| f.product_t).sum();
        let traced: f64 = (0..5).map(|o| found.matrix[s].used_t[o][3]).sum();
        near(name, traced, exported, 1e-9);
    }
}
