//! Distances by every mode against the reference pairs of `data/tables/reference_distances.csv`, recalled and good to some 6 %.
//!
//! No pair has a correction of its own: only one length factor a mode, joined gaps, and removed shortcuts.

use atlas_core::{
    account::Rates,
    model::{Mode, Stream},
    routing::{Aim, Query, Router, find_place},
    scenario::{Levers, Plan},
};
use atlas_tests::{project, region};

/// Mode, pairs at least, mean and worst error allowed in percent. Rivers have no aim: the limits hold what was reached.
const AIMS: [(Mode, usize, f64, f64); 4] =
    [(Mode::Road, 30, 4.0, 13.0), (Mode::Rail, 12, 5.0, 12.0), (Mode::Sea, 7, 5.0, 10.0), (Mode::Water, 9, 8.0, 25.0)];

#[test]
fn distances_are_near_the_references() {
    let region = region();
    let rates = Rates::new(&region.baseline.parameters, &Levers::default());
    let plan = Plan::baseline(&region.baseline);
    let mut router = Router::new(&region.ground, &region.baseline.facilities);
    let mut reader = csv::Reader::from_path(project("data/tables/reference_distances.csv")).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let (kind, from, to, km) = (column("mode"), column("from"), column("to"), column("distance_km"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let (mut far, mut missed) = (Vec::new(), Vec::new());
    for (mode, least, mean_aim, worst_aim) in AIMS {
        let mut errors = Vec::new();
        for row in rows.iter().filter(|r| &r[kind] == mode.key()) {
            let real: f64 = row[km].parse().unwrap();
            let base = &region.baseline;
            // Rivers are measured from Wusong, where the Huangpu meets the Yangtze.
            let name = |text: &str| text.split(['(', '\u{ff08}']).next().unwrap_or(text).to_owned();
            let place = |text: &str| {
                find_place(&name(text), &base.facilities, &base.prefectures, &region.ground.places).unwrap()
            };
            let (a, b) = (place(&row[from]), place(&row[to]));
            let query = Query {
                from: (&a.name, a.at),
                to: (&b.name, b.at),
                modes: [mode].into_iter().collect(),
                aim: Aim::COST,
                stream: Stream::Al,
                alternatives: 0,
            };
            let route = router.route(&region, &plan, &rates, &query).expect("joined").best;
            // Between ports and stations only what the mode itself travels is compared.
            let travelled: f64 = route.legs.iter().filter(|l| l.mode == mode).map(|l| l.haul.km).sum();
            let error = 100.0 * (travelled / real - 1.0);
            let line = format!(
                "{:>5} {:>8} - {:<8} {travelled:>7.0} km, reference {real:>6.0}, {error:+.1} %; with trucks {:.0} km",
                mode.key(),
                &row[from],
                &row[to],
                route.total.km
            );
            println!("{line}");
            if error.abs() > 10.0 {
                far.push(line);
            }
            errors.push(error.abs());
        }
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        let worst = errors.iter().fold(0.0_f64, |a, b| a.max(*b));
        println!("{:>5} mean {mean:.1} %, worst {worst:.1} % of {}\n", mode.key(), errors.len());
        assert!(errors.len() >= least, "{} pairs for {}", errors.len(), mode.key());
        if mean > mean_aim || worst > worst_aim {
            missed.push(format!("{}: mean {mean:.1} %, worst {worst:.1} %", mode.key()));
        }
    }
    println!("Above 10 %: {}", if far.is_empty() { "none".into() } else { far.join("\n") });
    assert!(missed.is_empty(), "{missed:#?}");
}
