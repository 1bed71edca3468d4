//! An allocation as JSON: the field names are public. Its flows as a table: [`super::export`].

use crate::{
    allocation::{Account, Answer, Balance, FacilityUse, Flow, Leg, Obstacle, ScrapPrice, Size, Worth, keys},
    diagnostics::Diagnostic,
    model::{Cluster, Parameter, Parameters, PerCluster, PerMode, PerStream, Stream},
};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    status: &'static str,
    objective: f64,
    bound: f64,
    gap: f64,
    seconds: f64,
    size: &'a Size,
    account: &'a Account,
    by_cluster: PerCluster<ClusterReport<'a>>,
    by_metal: &'a PerStream<Balance>,
    by_province: Vec<ProvinceReport<'a>>,
    cluster_matrix: Matrix<'a>,
    flows: Vec<FlowReport<'a>>,
    prices: Prices<'a>,
    slack: Slack<'a>,
    inputs: Vec<&'a Parameter>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct ClusterReport<'a> {
    account: &'a Account,
    by_metal: &'a PerStream<Balance>,
}

#[derive(Serialize)]
struct ProvinceReport<'a> {
    province: &'a str,
    by_metal: &'a PerStream<Balance>,
}

#[derive(Serialize)]
struct Matrix<'a> {
    scrap_rows: [&'static str; 4],
    scrap_columns: [&'static str; 3],
    scrap_gross_t: &'a [[PerStream<f64>; 3]; 4],
    product_rows: [&'static str; 3],
    product_columns: [&'static str; 4],
    product_t: &'a [[PerStream<f64>; 4]; 3],
}

#[derive(Serialize)]
struct FlowReport<'a> {
    leg: Leg,
    from: String,
    to: String,
    stream: Stream,
    gross_t: f64,
    metal_t: f64,
    product_t: f64,
    km: &'a PerMode<f64>,
    hours: f64,
    yuan_per_t: f64,
    kg_co2e_per_t: f64,
}

#[derive(Serialize)]
struct Prices<'a> {
    facilities: &'a [FacilityUse],
    scrap: Vec<ScrapReport<'a>>,
}

#[derive(Serialize)]
struct ScrapReport<'a> {
    place: String,
    price: &'a PerStream<Option<crate::allocation::Price>>,
}

#[derive(Serialize)]
struct Slack<'a> {
    unreached_t: f64,
    unallocated_t: f64,
    unmet_t: f64,
    obstacles: &'a [Obstacle],
}

/// An allocation. The same allocation gives the same bytes but for `seconds`.
#[must_use]
pub fn allocation_json(answer: &Answer, parameters: &Parameters, seconds: f64, diagnostics: &[Diagnostic]) -> String {
    let key = |row: u32| answer.places[row as usize].end.key();
    let sum = |f: fn(&Balance) -> f64| Stream::ALL.into_iter().map(|s| f(&answer.balance[s])).sum::<f64>();
    let flow = |f: &'_ Flow| (f.leg, f.stream, f.gross_t, f.metal_t, f.product_t, f.haul);
    let flows = answer.flows.iter().map(|f| {
        let (leg, stream, gross_t, metal_t, product_t, haul) = flow(f);
        FlowReport {
            leg,
            from: key(f.from),
            to: key(f.to),
            stream,
            gross_t,
            metal_t,
            product_t,
            km: &f.km,
            hours: haul.hours,
            yuan_per_t: haul.yuan_per_t,
            kg_co2e_per_t: haul.kg_co2e_per_t,
        }
    });
    let [yrd, prd, bohai] = Cluster::ALL.map(Cluster::key);
    let report = Report {
        status: answer.status.key(),
        objective: answer.objective,
        bound: answer.bound,
        gap: answer.gap,
        seconds,
        size: &answer.size,
        account: &answer.account,
        by_cluster: PerCluster::from_fn(|c| ClusterReport {
            account: &answer.account_by_cluster[c],
            by_metal: &answer.by_cluster[c],
        }),
        by_metal: &answer.balance,
        by_province: answer
            .by_province
            .iter()
            .map(|(province, by_metal)| ProvinceReport { province, by_metal })
            .collect(),
        cluster_matrix: Matrix {
            scrap_rows: [yrd, prd, bohai, "inflow"],
            scrap_columns: [yrd, prd, bohai],
            scrap_gross_t: &answer.scrap_matrix,
            product_rows: [yrd, prd, bohai],
            product_columns: [yrd, prd, bohai, "export"],
            product_t: &answer.product_matrix,
        },
        flows: flows.collect(),
        prices: Prices {
            facilities: &answer.facilities,
            scrap: answer
                .scrap_prices
                .iter()
                .map(|p: &ScrapPrice| ScrapReport { place: key(p.place), price: &p.price })
                .collect(),
        },
        slack: Slack {
            unreached_t: sum(|b| b.unreached_t),
            unallocated_t: sum(|b| b.unallocated_t),
            unmet_t: sum(|b| b.unmet_t),
            obstacles: &answer.obstacles,
        },
        inputs: keys().iter().filter_map(|k| parameters.get(k)).collect(),
        diagnostics,
    };
    serde_json::to_string(&report).expect("numbers, text and lists")
}

/// What more capacity is worth, as JSON.
#[must_use]
pub fn worth_json(worth: &Worth) -> String {
    serde_json::to_string(worth).expect("numbers, text and lists")
}
