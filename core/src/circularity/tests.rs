use super::*;
use crate::{
    account::Haul,
    allocation::{Balance, End, Flow, Leg, Place},
    evaluate::Figures,
    geo::LonLat,
    model::PerMode,
};

fn place(id: &str, cluster: Option<Cluster>) -> Place {
    Place { end: End::Facility(id.into()), at: LonLat::new(120.0, 31.0), cluster, province: String::new(), adcode: 0 }
}

fn flow(leg: Leg, from: u32, to: u32, metal_t: f64, product_t: f64) -> Flow {
    let (km, haul, ends) = (PerMode::default(), Haul::default(), PerMode::default());
    Flow { leg, from, to, stream: Stream::Al, gross_t: metal_t, metal_t, product_t, km, haul, ends }
}

fn of(al: f64) -> PerStream<f64> {
    PerStream { al, ..PerStream::default() }
}

/// A point of the Yangtze Delta collects 150 t, 50 t of them from the Bohai Rim, and leaves 25 t; the corridor sends 125 t. The hub
/// loses a fifth, the smelter of the Bohai Rim another half; a quarter of the metal is exported.
fn example() -> (Evaluation, Vec<Round>, Answer) {
    let (yrd, bohai) = (Some(Cluster::Yrd), Some(Cluster::Bohai));
    let answer = Answer {
        places: vec![
            place("CP1", yrd),
            Place { end: End::Corridor(410_100), ..place("", None) },
            place("HB1", yrd),
            place("SM1", bohai),
            Place { end: End::Demand("江苏省".into()), ..place("", yrd) },
            Place { end: End::Demand("山东省".into()), ..place("", bohai) },
            place("PT1", bohai),
        ],
        flows: vec![
            flow(Leg::ToHub, 0, 2, 125.0, 50.0),
            flow(Leg::ToHub, 1, 2, 125.0, 50.0),
            flow(Leg::ToSmelter, 2, 3, 200.0, 100.0),
            flow(Leg::ToDemand, 3, 4, 60.0, 60.0),
            flow(Leg::ToDemand, 3, 5, 15.0, 15.0),
            flow(Leg::Export, 3, 6, 25.0, 25.0),
        ],
        balance: PerStream {
            al: Balance { product_t: 100.0, smelting_loss_t: 100.0, ..Balance::default() },
            ..PerStream::default()
        },
        by_cluster: PerCluster {
            yrd: PerStream { al: Balance { demand_t: 80.0, ..Balance::default() }, ..PerStream::default() },
            ..PerCluster::default()
        },
        ..Answer::default()
    };
    let round = |cluster, t| Round {
        adcode: 0,
        cluster,
        point: "CP1".into(),
        gross_t: of(t),
        metal_t: of(t),
        tonne_km: of(0.0),
    };
    let figures =
        |generated, collected| Figures { generated_t: of(generated), collected_t: of(collected), ..Figures::default() };
    let evaluation = Evaluation {
        total: Figures::default(),
        by_cluster: PerCluster { yrd: figures(160.0, 110.0), prd: Figures::default(), bohai: figures(70.0, 50.0) },
        facilities: vec![],
    };
    (evaluation, vec![round(Cluster::Yrd, 100.0), round(Cluster::Bohai, 50.0)], answer)
}

#[test]
fn a_small_loop_is_what_it_is_on_paper() {
    let (evaluation, rounds, answer) = example();
    let loops = loops(&evaluation, &rounds, &answer);
    // Two thirds of the point's 50 t of product are the Yangtze Delta's.
    let third = 50.0 / 3.0;
    let p = &loops.paths.yrd.al;
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    near(p.arising_t, 160.0);
    near(p.uncollected_t, 50.0);
    near(p.unreached_t, 10.0);
    near(p.unallocated_t, third);
    near(p.sorting_loss_t, third);
    near(p.smelting_loss_t, 2.0 * third);
    near(p.made_t, 2.0 * third);
    near(p.made_here_t, 0.0);
    near(p.used_here_t, 0.6 * 2.0 * third);
    near(p.used_elsewhere_t, 0.15 * 2.0 * third);
    near(p.exported_t, 0.25 * 2.0 * third);
    near(p.off_t(), 0.0);
    near(p.rate().expect("something arises"), 20.0 / 160.0);
    near(loops.paths.bohai.al.off_t(), 0.0);
    near(loops.paths.bohai.al.made_here_t, third);
    let s = &loops.supply.yrd.al;
    near(s.own_t, 20.0);
    near(s.others_t, 10.0);
    near(s.corridor_t, 30.0);
    near(s.unmet_t(), 20.0);
    near(s.own_share().expect("there is demand"), 0.25);
    assert_eq!(loops.paths.prd.al.rate(), None);
    let (all, _) = loops.of_cluster(Cluster::Yrd);
    assert_eq!(all, *p);
}
