use atlas_core::{
    response::Bench,
    scenario::Document,
    uncertainty::{MonteCarlo, Progress, every_aim},
};
use std::time::Instant;
fn main() {
    let region = atlas_tests::region();
    let base = Document::new(&region.baseline);
    let n: u64 = std::env::args().nth(1).map_or(20, |a| a.parse().unwrap());
    let mut bench = Bench::default();
    let mut m = MonteCarlo::helper(&region.baseline, vec![base], every_aim(), 5).unwrap();
    let c = Instant::now();
    while m.step(&region, &mut bench) != Progress::Done {}
    println!("begin {:.2} s", c.elapsed().as_secs_f64());
    m.more(0..n);
    let c = Instant::now();
    while m.step(&region, &mut bench) != Progress::Done {}
    println!("{:.1} ms a run", c.elapsed().as_secs_f64() * 1e3 / n as f64);
    let c = Instant::now();
    let o = m.outlook();
    println!("outlook {:.0} ms, {:?}", c.elapsed().as_secs_f64() * 1e3, o.plans[0].bands[0]);
}
