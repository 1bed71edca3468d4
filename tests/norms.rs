//! Siting norms on the committed region, against numbers worked out by hand from the tables.

use atlas_core::{
    catchment::{
        HOUSEHOLD_SIZE_KEY,
        norms::{Finding, Load, Missing, NormProfile, NormReport, Remedy, Situation, Subject, Verdict, check},
    },
    evaluate::Evaluator,
    model::{Basis, FacilityKind, Region},
    scenario::{Change, Document, Edit, NewFacility},
};
use atlas_tests::{project, region};
use std::collections::BTreeMap;

fn report(region: &Region, document: &Document, profile: &NormProfile) -> NormReport {
    let base = &region.baseline;
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    let parameters = document.scenario().parameters(base);
    let load = |id: &str| {
        let handled = evaluation.handled(id);
        handled.map_or_else(Load::default, |h| Load { people: h.people, gross_t: h.gross_t.total() })
    };
    check(profile, &base.norms, &Situation::of_plan(&base.prefectures, document.plan(), &parameters, load))
}

fn of<'a>(report: &'a NormReport, subject: &Subject) -> &'a Finding {
    report.findings.iter().find(|f| f.subject == *subject).expect("a finding")
}

const SHANGHAI: Subject = Subject::Prefecture(310_000);

#[test]
fn every_norm_that_is_offered_is_in_the_pack_with_words_and_a_source() {
    let base = region().baseline;
    assert_eq!(base.norms.len(), 14);
    for n in &base.norms {
        let words = [&n.rule.zh, &n.rule.en, &n.area.zh, &n.area.en, &n.origin.source];
        assert!(words.iter().all(|w| !w.is_empty()) && n.origin.basis != Basis::Unknown, "{n:?}");
    }
    for profile in NormProfile::standard() {
        assert_eq!(profile.unknown(&base.norms), Vec::<&str>::new(), "{}", profile.key);
    }
}

/// N1 in Shanghai: 22,209,400 people in town and 2,661,500 in the country, 2.62 to a household, 1,000 and 1,500 households a
/// point: 8,476.9 + 677.2 = 9,154.1 points.
#[test]
fn shanghai_needs_the_points_that_the_formula_gives() {
    let region = region();
    let base = &region.baseline;
    let mut document = Document::new(base);
    let profile = NormProfile::own(["N1"]);
    let built: BTreeMap<u32, f64> = {
        let mut reader = csv::Reader::from_path(project("data/built/points.csv")).unwrap();
        let headers = reader.headers().unwrap().clone();
        let column = |name| headers.iter().position(|h| h == name).unwrap();
        let (code, real) = (column("adcode"), column("street_points"));
        reader.records().map(Result::unwrap).fold(BTreeMap::new(), |mut sums, row| {
            *sums.entry(row[code].parse().unwrap()).or_default() += row[real].parse::<f64>().unwrap();
            sums
        })
    };
    let before = report(&region, &document, &profile);
    let measured = of(&before, &SHANGHAI).measured.unwrap();
    let by_hand = 22_209_400.0 / 2.62 / 1000.0 + 2_661_500.0 / 2.62 / 1500.0;
    assert!((measured.limit / by_hand - 1.0).abs() < 1e-12 && (by_hand - 9154.1).abs() < 0.1, "{measured:?}");
    assert_eq!((measured.value, measured.basis), (built[&310_000], Basis::Modelled));
    // Every real point stands in exactly one prefecture, and nearly always in the one it was built for.
    let of_prefectures = before.findings.iter().filter_map(|f| match f.subject {
        Subject::Prefecture(code) => Some((code, f.measured.unwrap().value)),
        _ => None,
    });
    let there: BTreeMap<u32, f64> = of_prefectures.collect();
    assert_eq!(there.values().sum::<f64>(), built.values().sum::<f64>());
    let moved: f64 = there.iter().map(|(code, real)| (real - built[code]).abs()).sum::<f64>() / 2.0;
    assert!(moved < 0.01 * built.values().sum::<f64>(), "{moved}");

    // One more real point is one more, and takes its catchment's households: that of the fullest cell at least, in its middle.
    let row = base.prefectures.iter().position(|p| p.adcode == 310_000).unwrap() as u32;
    let cells = region.ground.cells.iter().filter(|c| c.prefecture == row);
    let fullest = cells.max_by_key(|c| c.people).unwrap();
    let at = fullest.at;
    let new = NewFacility {
        id: "UC001".into(),
        kind: FacilityKind::CollectionPoint,
        name: Default::default(),
        at,
        metals: vec![],
        capacity_t: None,
    };
    document.make(base, Change::Edit(Edit::Add(new))).unwrap();
    let after = report(&region, &document, &profile);
    assert_eq!(of(&after, &SHANGHAI).measured.unwrap().value, measured.value + 1.0);
    let crowded = of(&after, &Subject::Point("UC001".into()));
    let evaluation = Evaluator::default().evaluate(&region, document.plan(), document.scenario());
    let households = evaluation.handled("UC001").unwrap().people / 2.62;
    assert!((crowded.measured.unwrap().value / households - 1.0).abs() < 1e-12);
    assert!(households >= f64::from(fullest.people) / 2.62 && households > 2000.0, "{households}");
    let share = 22_209_400.0 / 24_870_900.0;
    let lacks = households * (share / 1000.0 + (1.0 - share) / 1500.0) - 1.0;
    assert_eq!(crowded.remedy, Some(Remedy::AddPoints { real_points: lacks.ceil() as u32 }));

    // Twice as many people to a household need half the points.
    document.make(base, Change::Parameter(HOUSEHOLD_SIZE_KEY.into(), Some(5.24))).unwrap();
    let halved = report(&region, &document, &profile);
    assert!((of(&halved, &SHANGHAI).measured.unwrap().limit / (by_hand / 2.0) - 1.0).abs() < 1e-12);
}

/// Beijing's own norm counts villages in the country: what town alone needs is a lower bound.
#[test]
fn beijing_fails_its_norm_and_enough_for_town_is_no_pass_elsewhere() {
    let region = region();
    let report = report(&region, &Document::new(&region.baseline), &NormProfile::own(["N6"]));
    let beijing = of(&report, &Subject::Prefecture(110_000));
    assert_eq!(beijing.verdict, Verdict::Fails);
    assert!((beijing.measured.unwrap().limit / (19_166_400.0 / 2.62 / 500.0) - 1.0).abs() < 1e-12);
    let rural = of(&report, &Subject::Prefecture(130_900));
    assert_eq!(rural.verdict, Verdict::CannotSay(Missing::Villages));
    assert!(rural.measured.unwrap().is_kept());
}

#[test]
fn hubs_are_held_against_the_least_throughput() {
    let region = region();
    let document = Document::new(&region.baseline);
    let report = report(&region, &document, &NormProfile::own(["N8"]));
    let hub = |id: &str| of(&report, &Subject::Hub(id.into()));
    // The table states 25 kt a year of HB034.
    let small = hub("HB034");
    assert_eq!((small.verdict, small.remedy), (Verdict::Fails, Some(Remedy::EnlargeTo { t_per_year: 30_000.0 })));
    assert_eq!(small.measured.unwrap().basis, Basis::Published);
    assert_eq!(hub("HB001").verdict, Verdict::Passes);
    // HB037 stands on the spot of HB018 and states nothing: the rule of the nearest hub says nothing of it.
    assert_eq!(hub("HB037").verdict, Verdict::CannotSay(Missing::Throughput));
    assert_eq!(report.findings.len(), document.plan().open(FacilityKind::Hub).count());
}
