//! Every built-in scenario does what its story says.

use atlas_core::{
    allocation::{Allocator, Answer, Leg},
    evaluate::{Evaluation, Evaluator},
    model::{Cluster, Region, Stream},
    scenario::{Document, Scenario},
};
use atlas_tests::{region, scenarios};
use std::collections::BTreeMap;

fn evaluate(region: &Region, scenario: &Scenario) -> (Document, Evaluation) {
    let (document, problems) = Document::open(&region.baseline, scenario.clone());
    assert!(problems.is_empty(), "{}: {problems:#?}", scenario.name);
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    (document, evaluation)
}

#[test]
fn figures_move_as_the_stories_say() {
    let region = region();
    let all: BTreeMap<String, Evaluation> =
        scenarios().into_iter().map(|(name, s)| (name, evaluate(&region, &s).1)).collect();
    let base = &all["baseline"];
    let collected = |name: &str| all[name].total.collected_t.total();

    assert_eq!(&all["baseline-2025"], base, "the baseline is the baseline, whatever it is called");
    // 76 % is the default; what is collected follows the rate.
    assert_eq!(&all["recovery-76"], base);
    for (name, rate) in [("recovery-68", 68.0), ("recovery-85", 85.0)] {
        let ratio = collected(name) / collected("baseline");
        assert!((ratio - rate / 76.0).abs() < 1e-9, "{name}: {ratio}");
        assert_eq!(all[name].total.generated_t, base.total.generated_t, "what arises does not follow");
    }
    // Ten points shorten the way in the Pearl River Delta and nowhere else.
    let ten = &all["prd-ten-points"];
    for c in Cluster::ALL {
        let [before, after] = [base, ten].map(|e| e.by_cluster[c].mean_collection_km.expect("people live there"));
        assert_eq!(after < before, c == Cluster::Prd, "{c:?}: {before} km before, {after} km after");
    }
    assert!((1..=10).all(|i| ten.handled(&format!("UC{i:03}")).is_some_and(|h| h.people > 0.0)), "all are used");
    // Dearer freight makes every tonne-kilometre dearer by 30 %, and changes no way.
    let dear = &all["freight-30"].total;
    assert_eq!(dear.tonne_km, base.total.tonne_km);
    let ratio = dear.transport_yuan / base.total.transport_yuan;
    assert!(ratio > 1.2 && ratio < 1.3 + 1e-9, "handling costs what it did: {ratio}");
    // What stands north of the Huai is used.
    assert!(all["huaibei-points"].handled("UC001").is_some_and(|h| h.people > 0.0));
}

#[test]
fn allocations_move_as_the_stories_say() {
    let region = region();
    let mut allocator = Allocator::default();
    let by_name: BTreeMap<String, Scenario> = scenarios().into_iter().collect();
    let mut allocate = |name: &str| -> Answer {
        let (document, evaluation) = evaluate(&region, &by_name[name]);
        allocator.allocate(&region, document.plan(), document.scenario(), &evaluation)
    };
    let base = allocate("baseline");
    let through = |answer: &Answer, id: &str, leg: Leg| -> f64 {
        let at = answer.places.iter().position(|p| p.end.key() == id);
        answer.flows.iter().filter(|f| Some(f.to as usize) == at && f.leg == leg).map(|f| f.product_t).sum()
    };

    let out = allocate("smelter-out");
    let unmet = |a: &Answer, s: Stream| a.balance[s].unmet_t;
    assert!(unmet(&out, Stream::Al) > unmet(&base, Stream::Al) + 1e4, "aluminium is short without Zouping");
    for s in [Stream::Cu, Stream::Pb, Stream::Zn] {
        assert!((unmet(&out, s) - unmet(&base, s)).abs() < 1.0, "other metals do not notice: {s:?}");
    }

    let imports = |a: &Answer| Stream::ALL.into_iter().map(|s| a.balance[s].imported_t).sum::<f64>();
    let [low, high] = ["recovery-68", "recovery-85"].map(&mut allocate);
    let outside = |a: &Answer| imports(a) + Stream::ALL.into_iter().map(|s| a.balance[s].corridor_t).sum::<f64>();
    assert!(outside(&low) >= outside(&high), "the more is collected, the less comes from outside");

    let centre = allocate("yrd-dispatch");
    assert!(through(&centre, "UH001", Leg::ToHub) > 1e5, "the dispatch centre has work");

    let contract = allocate("closed-loop");
    let by_contract = through(&contract, "SM006", Leg::Contract);
    assert!(by_contract > 0.0, "the contract is kept");
}
