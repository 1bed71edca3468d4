//! What has the band of a measure is that measure, to the digit: on the real region, of all clusters and of each.

use atlas_core::{
    account::EmissionFamily,
    circularity::loops,
    comparison::Indicator,
    evaluate::{BANDS_KM, Figure, Figures},
    footprint::{Choice, Given, footprint},
    model::Cluster,
    profile::{Measure, Profiles, Stage},
    response::Aim,
    scenario::Scenario,
};
use atlas_tests::{measure, region};

fn same(a: Option<f64>, b: Option<f64>, what: &str) {
    let (a, b) = a.zip(b).unwrap_or_else(|| panic!("{what}: {a:?} against {b:?}"));
    assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0), "{what}: {a} against {b}");
}

fn figure(figure: Figure, of: &Figures, band: usize) -> Option<f64> {
    match figure {
        Figure::Collected => Some(of.collected_t.total()),
        Figure::MeanCollectionKm => of.mean_collection_km,
        Figure::MeanHaulKm => of.mean_haul_km,
        Figure::P95HaulKm => of.p95_haul_km,
        Figure::TonneKm => Some(of.tonne_km),
        Figure::TransportCost => of.transport_yuan_per_t,
        Figure::TransportCo2 => of.transport_kg_co2e_per_t,
        Figure::PeopleWithin => Some(of.people_within[band] / of.people),
    }
}

#[test]
fn a_figure_with_the_band_of_a_measure_is_that_measure() {
    let region = region();
    let measured = measure(&region, &Scenario::default());
    let profiles = Profiles::new(&region, &measured);
    let places = [None].into_iter().chain(Cluster::ALL.map(Some));
    let mut pairs = 0;
    for place in places {
        let value = |m: Measure| Aim::of(m, place).value(&profiles).ok();
        for indicator in Indicator::ALL {
            if let Some(aim) = Aim::of_indicator(indicator, place) {
                let value = aim.value(&profiles).ok();
                same(indicator.value(&measured.outcome, place), value, &format!("{} of {place:?}", indicator.key()));
                pairs += 1;
            }
        }
        let figures = place.map_or(&measured.evaluation.total, |c| &measured.evaluation.by_cluster[c]);
        for f in Figure::ALL {
            for (band, km) in BANDS_KM.into_iter().enumerate() {
                if let Some(aim) = Aim::of_figure(f, Some(km), place) {
                    let value = aim.value(&profiles).ok();
                    same(figure(f, figures, band), value, &format!("{} of {place:?}", f.key()));
                    pairs += 1;
                }
            }
        }
        // The panel of the balance shows the account's stages and the two parts of its emissions.
        let account = place.map_or(&measured.outcome.account, |c| &measured.outcome.account_by_cluster[c]);
        for (stage, yuan) in [
            (Stage::Haul, account.scrap_haul_yuan),
            (Stage::Sorting, account.sorting_yuan),
            (Stage::Smelting, account.smelting_yuan),
            (Stage::ProductHaul, account.product_haul_yuan),
            (Stage::Inflow, account.inflow_yuan),
            (Stage::Carbon, account.carbon_yuan),
            (Stage::Subsidy, account.subsidy_yuan),
        ] {
            same(Some(yuan), value(Measure::Stage(stage)), &format!("{} of {place:?}", stage.key()));
        }
        same(Some(account.transport_kg_co2e), value(Measure::HaulCo2), "emissions of hauls");
        same(Some(account.smelting_kg_co2e), value(Measure::SmeltingCo2), "emissions of smelting");
    }
    // Ten indicators and, by band, seven figures in four places; what leaves a cluster in three.
    assert_eq!(pairs, 4 * (10 + 7) + 3);
}

#[test]
fn the_account_of_carbon_and_the_loops_are_those_of_the_measures() {
    let region = region();
    let measured = measure(&region, &Scenario::default());
    let profiles = Profiles::new(&region, &measured);
    let rounds = measured.rounds(&region);
    let given = Given {
        baseline: &region.baseline,
        scenario: &measured.scenario,
        plan: &measured.plan,
        rounds: &rounds,
        answer: &measured.allocation,
    };
    let choice = Choice { family: EmissionFamily::of(&region.baseline.parameters), ..Choice::default() };
    let footprint = footprint(given, choice);
    let loops = loops(&measured.evaluation, &rounds, &measured.allocation);
    for place in [None].into_iter().chain(Cluster::ALL.map(Some)) {
        let value = |m: Measure| Aim::of(m, place).value(&profiles).ok();
        let sums = place.map_or(&footprint.total, |c| &footprint.by_cluster[c]);
        for (m, kg) in [
            (Measure::CollectionCo2, sums.rounds_kg),
            (Measure::SortingCo2, sums.sorting_kg),
            (Measure::SmeltingCo2, sums.fuel_kg + sums.electricity_kg),
            (Measure::Emitted, sums.emitted_kg()),
            (Measure::Avoided, sums.avoided_kg),
            (Measure::NetAvoided, sums.net_kg()),
            (Measure::Electricity, sums.kwh),
            (Measure::Energy, sums.kgce),
            (Measure::TransportShare, sums.transport_kg() / sums.avoided_kg),
        ] {
            same(Some(kg), value(m), &format!("{} of {place:?}", m.key()));
        }
    }
    for c in Cluster::ALL {
        let value = Aim::of(Measure::Generated(None), Some(c)).value(&profiles).ok();
        same(Some(loops.of_cluster(c).0.arising_t), value, "what arises");
    }
}
