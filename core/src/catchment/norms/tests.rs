//! Worked by hand: a prefecture of 262,000 people, 75 % of them in town, is 100,000 households of 2.62.

use super::*;
use crate::{
    catchment::HOUSEHOLD_SIZE_KEY,
    geo::LonLat,
    model::{
        Basis, Capacity, CapacityUnit, Cluster, HouseholdLimits, LocationPrecision, MetalSet, ModeSet, Origin,
        Parameter, Status,
    },
};

fn parameters(household_size: f64) -> Parameters {
    Parameters::new(vec![Parameter {
        key: HOUSEHOLD_SIZE_KEY.into(),
        value: household_size,
        low: None,
        high: None,
        unit: "persons/household".into(),
        origin: Origin::default(),
        default: None,
    }])
}

fn prefecture(adcode: u32, province: &str, lon: f64) -> Prefecture {
    Prefecture {
        adcode,
        province: province.into(),
        cluster: Some(Cluster::Yrd),
        seat: LonLat::new(lon, 31.0),
        people: 262_000.0,
        urban_people: Some(196_500.0),
        ..Prefecture::default()
    }
}

fn facility(id: &str, kind: FacilityKind, lon: f64, basis: Basis) -> Facility {
    Facility {
        id: id.into(),
        kind,
        name: Name { zh: id.into(), en: id.into() },
        at: LonLat::new(lon, 31.0),
        precision: LocationPrecision::Modelled,
        cluster: Some(Cluster::Yrd),
        province: "甲".into(),
        location: String::new(),
        metals: MetalSet::default(),
        modes: ModeSet::default(),
        capacity: None,
        street_points: 0.0,
        status: Status::Operating,
        origin: Origin { basis, ..Origin::default() },
    }
}

fn point(id: &str, lon: f64, street_points: f64, basis: Basis) -> Facility {
    Facility { street_points, ..facility(id, FacilityKind::CollectionPoint, lon, basis) }
}

fn hub(id: &str, capacity_t: Option<f64>, basis: Basis) -> Facility {
    let capacity = capacity_t.map(|tonnes| Capacity { tonnes, unit: CapacityUnit::Gross });
    Facility { capacity, ..facility(id, FacilityKind::Hub, 120.0, basis) }
}

fn norm(id: &str, metric: NormMetric, min: Option<f64>, households: Option<HouseholdLimits>) -> Norm {
    let (rule, area) = (Name::default(), Name::default());
    Norm { id: id.into(), rule, metric, min, max: None, households, area, origin: Origin::default() }
}

fn households(town: f64, country: Option<f64>) -> Norm {
    norm("H", NormMetric::HouseholdsPerPoint, Some(town), Some(HouseholdLimits { town, country }))
}

/// Checks one norm, with people for each point and tonnes for each hub.
fn answers(
    norm: Norm,
    prefectures: &[Prefecture],
    points: &[(&Facility, f64)],
    hubs: &[(&Facility, f64)],
) -> NormReport {
    let parameters = parameters(2.62);
    let loaded = |(facility, people, gross_t)| Loaded { facility, load: Load { people, gross_t } };
    let situation = Situation {
        prefectures,
        points: points.iter().map(|(f, people)| loaded((*f, *people, 0.0))).collect(),
        hubs: hubs.iter().map(|(f, gross_t)| loaded((*f, 0.0, *gross_t))).collect(),
        parameters: &parameters,
    };
    check(&NormProfile::own([norm.id.as_str()]), std::slice::from_ref(&norm), &situation)
}

#[test]
fn an_aggregate_counts_as_the_points_it_stands_for_and_an_added_one_as_one() {
    // 75,000 households in town by 1,000 and 25,000 in the country by 1,250 need 75 + 20 = 95 points; 60 + 1 are there.
    let (a, b) = (point("A", 120.0, 60.0, Basis::Modelled), point("U", 120.1, 1.0, Basis::User));
    let home = [prefecture(1, "甲", 120.0)];
    let report = answers(households(1000.0, Some(1250.0)), &home, &[(&a, 131_000.0), (&b, 2_620.0)], &[]);
    let [of_home, of_a, of_b] = &report.findings[..] else { panic!("three findings: {report:?}") };
    assert_eq!((&of_home.subject, of_home.verdict), (&Subject::Prefecture(1), Verdict::Fails));
    let m = of_home.measured.unwrap();
    assert_eq!((m.quantity, m.value, m.basis), (Quantity::RealPoints, 61.0, Basis::Modelled));
    assert!(
        (m.limit - 95.0).abs() < 1e-9 && (m.difference + 34.0).abs() < 1e-9 && (m.ratio - 61.0 / 95.0).abs() < 1e-9
    );
    assert_eq!(of_home.remedy, Some(Remedy::AddPoints { real_points: 34 }));
    // 50,000 households by 60 points are 833 each; 100,000 by 95 may be 1,053. One point serves 1,000.
    assert_eq!((&of_a.subject, of_a.verdict, of_a.remedy), (&Subject::Point("A".into()), Verdict::Passes, None));
    let m = of_a.measured.unwrap();
    assert!((m.value - 50_000.0 / 60.0).abs() < 1e-9 && (m.limit - 100_000.0 / 95.0).abs() < 1e-9);
    assert_eq!((of_b.verdict, of_b.at), (Verdict::Passes, Some(b.at)));
    let only_added = answers(households(1000.0, Some(1250.0)), &home, &[(&b, 2_620.0)], &[]);
    assert_eq!(only_added.findings[0].measured.unwrap().basis, Basis::User);
    let summary = |about, passes, fails| NormSummary { norm: "H".into(), about, passes, fails, cannot_say: 0 };
    assert_eq!(report.summary, [summary(SubjectKind::Prefecture, 0, 1), summary(SubjectKind::Point, 2, 0)]);
}

#[test]
fn exactly_enough_passes_and_a_crowded_catchment_is_told_how_many_it_lacks() {
    let home = [prefecture(1, "甲", 120.0)];
    let a = point("A", 120.0, 95.0, Basis::Modelled);
    let report = answers(households(1000.0, Some(1250.0)), &home, &[(&a, 2.0 * 262_000.0)], &[]);
    assert_eq!(report.findings[0].verdict, Verdict::Passes, "95 of 95");
    assert_eq!(report.findings[1].verdict, Verdict::Fails, "two prefectures' people");
    assert_eq!(report.findings[1].remedy, Some(Remedy::AddPoints { real_points: 95 }));
}

#[test]
fn where_villages_count_enough_for_town_is_no_pass_and_too_few_is_a_failure() {
    // Town alone needs 75,000 / 500 = 150.
    let home = [prefecture(1, "甲", 120.0)];
    for (there, verdict, remedy) in [
        (149.0, Verdict::Fails, Remedy::AddPoints { real_points: 1 }),
        (150.0, Verdict::CannotSay(Missing::Villages), Remedy::FindOut { what: Missing::Villages }),
    ] {
        let a = point("A", 120.0, there, Basis::Modelled);
        let finding = answers(households(500.0, None), &home, &[(&a, 0.0)], &[]).findings.remove(0);
        assert_eq!((finding.verdict, finding.remedy), (verdict, Some(remedy)));
        assert!((finding.measured.unwrap().limit - 150.0).abs() < 1e-9);
    }
    let all_town = [Prefecture { urban_people: Some(262_000.0), ..home[0].clone() }];
    let a = point("A", 120.0, 200.0, Basis::Modelled);
    assert_eq!(answers(households(500.0, None), &all_town, &[(&a, 0.0)], &[]).findings[0].verdict, Verdict::Passes);
}

#[test]
fn what_the_census_does_not_say_is_not_judged() {
    let no_town = [Prefecture { urban_people: None, ..prefecture(1, "甲", 120.0) }];
    let nobody = [Prefecture { people: 0.0, ..prefecture(1, "甲", 120.0) }];
    let corridor = [Prefecture { cluster: None, ..prefecture(1, "甲", 120.0) }];
    let first = |home: &[Prefecture]| answers(households(1000.0, Some(1500.0)), home, &[], &[]).findings.pop();
    assert_eq!(first(&no_town).unwrap().verdict, Verdict::CannotSay(Missing::TownShare));
    assert_eq!(first(&nobody).unwrap().verdict, Verdict::CannotSay(Missing::People));
    assert_eq!(first(&corridor), None, "no points are known outside of the clusters");
}

#[test]
fn a_point_stands_where_the_nearest_seat_of_its_province_is() {
    let homes = [prefecture(1, "甲", 120.0), prefecture(2, "乙", 121.0), prefecture(3, "甲", 122.0)];
    let a = point("A", 120.9, 7.0, Basis::Modelled);
    assert_eq!(home(&a, &homes), Some(0), "the seat of another province is nearer, but no home");
    assert_eq!(home(&Facility { province: "丙".into(), ..a }, &homes), Some(1));
}

#[test]
fn a_hub_is_judged_by_what_is_stated_and_else_by_what_is_sent() {
    let stated = hub("S", Some(25_000.0), Basis::Published);
    let unknown = hub("D", Some(300_000.0), Basis::Unknown);
    let (small, idle) = (hub("U1", Some(20_000.0), Basis::User), hub("U2", Some(300_000.0), Basis::User));
    let throughput = || norm("T", NormMetric::ThroughputTPerYear, Some(30_000.0), None);
    let cases = [
        (&stated, 90_000.0, Verdict::Fails, Some(25_000.0), Some(Remedy::EnlargeTo { t_per_year: 30_000.0 })),
        (&unknown, 12_000.0, Verdict::Fails, Some(12_000.0), Some(Remedy::SendMore { t_per_year: 18_000.0 })),
        (&unknown, 30_000.0, Verdict::Passes, Some(30_000.0), None),
        (
            &unknown,
            0.0,
            Verdict::CannotSay(Missing::Throughput),
            None,
            Some(Remedy::FindOut { what: Missing::Throughput }),
        ),
        (&small, 90_000.0, Verdict::Fails, Some(20_000.0), Some(Remedy::EnlargeTo { t_per_year: 30_000.0 })),
        (&small, 5_000.0, Verdict::Fails, Some(5_000.0), Some(Remedy::EnlargeTo { t_per_year: 30_000.0 })),
        (&idle, 0.0, Verdict::Fails, Some(0.0), Some(Remedy::SendMore { t_per_year: 30_000.0 })),
    ];
    for (facility, sent_t, verdict, value, remedy) in cases {
        let report = answers(throughput(), &[], &[], &[(facility, sent_t)]);
        let finding = &report.findings[0];
        let found = (finding.verdict, finding.measured.map(|m| m.value), finding.remedy);
        assert_eq!(found, (verdict, value, remedy), "{} sent {sent_t}", facility.id);
        assert_eq!(report.summary[0].about, SubjectKind::Hub);
    }
    let basis = |f, sent_t| answers(throughput(), &[], &[], &[(f, sent_t)]).findings[0].measured.unwrap().basis;
    assert_eq!((basis(&stated, 0.0), basis(&unknown, 1.0)), (Basis::Published, Basis::Modelled));
    assert_eq!((basis(&small, 90_000.0), basis(&small, 1.0)), (Basis::User, Basis::Modelled));
}

#[test]
fn what_the_data_do_not_hold_is_said_once_with_the_reason() {
    let reasons = NormMetric::ALL.map(|metric| {
        let report = answers(norm("X", metric, None, None), &[], &[], &[]);
        (metric, report.findings.first().map(|f| f.verdict))
    });
    let cannot = |what| Some(Verdict::CannotSay(what));
    for (metric, verdict) in reasons {
        let expected = match metric {
            NormMetric::HouseholdsPerPoint | NormMetric::ThroughputTPerYear | NormMetric::Points => {
                cannot(Missing::Rule)
            }
            NormMetric::AreaM2 => cannot(Missing::FloorArea),
            NormMetric::TransferAreaM2 => cannot(Missing::Streets),
            NormMetric::DaysBetweenCollections => cannot(Missing::CollectionInterval),
            NormMetric::StorageT => cannot(Missing::BatteryStock),
            NormMetric::Vehicles => cannot(Missing::VehicleStock),
        };
        assert_eq!(verdict, expected, "{metric:?}");
    }
}

#[test]
fn a_norm_is_held_only_where_the_user_applies_it() {
    let homes = [prefecture(1, "甲", 120.0), prefecture(2, "乙", 121.0)];
    let h = households(1000.0, Some(1500.0));
    let parameters = parameters(2.62);
    let situation = Situation { prefectures: &homes, points: vec![], hubs: vec![], parameters: &parameters };
    let there = NormProfile::own(["H", "no such norm"]).within(&["乙".into()]);
    let report = check(&there, std::slice::from_ref(&h), &situation);
    assert_eq!(report.findings.iter().map(|f| f.subject.clone()).collect::<Vec<_>>(), [Subject::Prefecture(2)]);
    assert_eq!(there.unknown(std::slice::from_ref(&h)), ["no such norm"]);
}

#[test]
fn larger_households_need_fewer_points() {
    let homes = [prefecture(1, "甲", 120.0)];
    let h = households(1000.0, Some(1250.0));
    let needed = |size| {
        let parameters = parameters(size);
        let situation = Situation { prefectures: &homes, points: vec![], hubs: vec![], parameters: &parameters };
        check(&NormProfile::own(["H"]), std::slice::from_ref(&h), &situation).findings[0].measured.unwrap().limit
    };
    assert!((needed(2.62) / needed(5.24) - 2.0).abs() < 1e-12);
}
