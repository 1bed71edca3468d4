//! The account of carbon and energy, and the closed loops, as JSON: the field names are public.

use crate::{
    circularity::{Loops, Matrix, Path, Supply},
    diagnostics::Diagnostic,
    footprint::{
        Element, Footprint, Intensity, Lane, Primary, Processing, SORTING_ELECTRICITY_KEY, Sums, energy_saved_key,
    },
    model::{Cluster, Parameter, Parameters, PerCluster, PerStream, Stream},
};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    family: &'static str,
    transport_boundary: &'static str,
    primary_boundary: &'static str,
    not_covered: Vec<&'static str>,
    total: SumsReport<'a>,
    by_cluster: PerCluster<SumsReport<'a>>,
    by_metal: PerStream<SumsReport<'a>>,
    by_prefecture: Vec<PlaceReport<'a>>,
    elements: Vec<ElementReport<'a>>,
    processing: &'a [Processing],
    primary: &'a PerStream<Primary>,
    lanes: &'a [Lane],
    loops: LoopsReport<'a>,
    inputs: Vec<&'a Parameter>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct SumsReport<'a> {
    #[serde(flatten)]
    sums: &'a Sums,
    transport_kg: f64,
    smelting_kg: f64,
    emitted_kg: f64,
    net_kg: f64,
    /// Transport over avoided.
    transport_share: Option<f64>,
    /// A tonne of product.
    emitted_kg_per_t: Option<f64>,
    transport_kg_per_t: Option<f64>,
    avoided_kg_per_t: Option<f64>,
}

#[derive(Serialize)]
struct PlaceReport<'a> {
    adcode: u32,
    #[serde(flatten)]
    sums: SumsReport<'a>,
}

#[derive(Serialize)]
struct ElementReport<'a> {
    stage: &'static str,
    element: &'static str,
    mode: &'static str,
    intensity: &'a Intensity,
    gross_t: f64,
    mean_km: Option<f64>,
    tonne_km: f64,
    kg_co2e: Option<f64>,
    energy_mj: Option<f64>,
    by_cluster: &'a PerCluster<crate::footprint::Amount>,
}

#[derive(Serialize)]
struct LoopsReport<'a> {
    assumptions: [&'static str; 4],
    by_cluster: PerCluster<ClusterLoops<'a>>,
    matrix_rows: [&'static str; 5],
    made_columns: [&'static str; 4],
    used_columns: [&'static str; 4],
    matrix: &'a PerStream<Matrix>,
}

#[derive(Serialize)]
struct ClusterLoops<'a> {
    loop_rate: Option<f64>,
    own_share_of_demand: Option<f64>,
    by_metal: PerStream<LoopReport<'a>>,
}

#[derive(Serialize)]
struct LoopReport<'a> {
    loop_rate: Option<f64>,
    own_share_of_demand: Option<f64>,
    path: &'a Path,
    supply: &'a Supply,
}

impl<'a> From<&'a Sums> for SumsReport<'a> {
    fn from(sums: &'a Sums) -> Self {
        let per = |kg: f64| (sums.product_t > 0.0).then(|| kg / sums.product_t);
        Self {
            sums,
            transport_kg: sums.transport_kg(),
            smelting_kg: sums.smelting_kg(),
            emitted_kg: sums.emitted_kg(),
            net_kg: sums.net_kg(),
            transport_share: sums.transport_share(),
            emitted_kg_per_t: per(sums.emitted_kg()),
            transport_kg_per_t: per(sums.transport_kg()),
            avoided_kg_per_t: per(sums.avoided_kg),
        }
    }
}

impl<'a> From<&'a Element> for ElementReport<'a> {
    fn from(e: &'a Element) -> Self {
        Self {
            stage: e.stage.key(),
            element: e.kind.key(),
            mode: e.mode.key(),
            intensity: &e.intensity,
            gross_t: e.total.gross_t,
            mean_km: e.mean_km(),
            tonne_km: e.total.tonne_km,
            kg_co2e: e.kg(),
            energy_mj: e.energy_mj,
            by_cluster: &e.by_cluster,
        }
    }
}

/// Both accounts. The same accounts give the same bytes.
#[must_use]
pub fn footprint_json(of: &Footprint, loops: &Loops, parameters: &Parameters, diagnostics: &[Diagnostic]) -> String {
    let [yrd, prd, bohai] = Cluster::ALL.map(Cluster::key);
    let report = Report {
        family: of.choice.family.key(),
        transport_boundary: "well to wheel",
        primary_boundary: of.choice.boundary.key(),
        not_covered: of.not_covered().into_iter().map(|n| n.code()).collect(),
        total: (&of.total).into(),
        by_cluster: PerCluster::from_fn(|c| (&of.by_cluster[c]).into()),
        by_metal: PerStream::from_fn(|s| (&of.by_stream[s]).into()),
        by_prefecture: of.by_place.iter().map(|(adcode, s)| PlaceReport { adcode: *adcode, sums: s.into() }).collect(),
        elements: of.elements.iter().map(Into::into).collect(),
        processing: &of.processing,
        primary: &of.primary,
        lanes: &of.lanes,
        loops: LoopsReport {
            assumptions: [
                "what arrives at a point, hub or smelter is mixed in proportion",
                "the recovery rate is the sector report's claim, without a definition",
                "demand for recycled metal is modelled by secondary industry",
                "how long metal stays in use is not modelled",
            ],
            by_cluster: PerCluster::from_fn(|c| {
                let (path, supply) = loops.of_cluster(c);
                let of = |s: Stream| {
                    let (path, supply) = (&loops.paths[c][s], &loops.supply[c][s]);
                    LoopReport { loop_rate: path.rate(), own_share_of_demand: supply.own_share(), path, supply }
                };
                ClusterLoops {
                    loop_rate: path.rate(),
                    own_share_of_demand: supply.own_share(),
                    by_metal: PerStream::from_fn(of),
                }
            }),
            matrix_rows: [yrd, prd, bohai, "corridor", "imports"],
            made_columns: [yrd, prd, bohai, "elsewhere"],
            used_columns: [yrd, prd, bohai, "export"],
            matrix: &loops.matrix,
        },
        inputs: inputs(of).iter().filter_map(|k| parameters.get(k)).collect(),
        diagnostics,
    };
    serde_json::to_string(&report).expect("numbers, text and lists")
}

/// Keys of the parameters that the account rests on beside the flows', in order.
#[must_use]
pub fn inputs(of: &Footprint) -> Vec<String> {
    let mut keys: Vec<String> = of.elements.iter().filter_map(|e| e.intensity.key.clone()).collect();
    for s in Stream::ALL {
        let metal = crate::allocation::metal_key(s);
        keys.extend([of.primary[s].key.clone(), energy_saved_key(s)]);
        keys.extend(["co2_recycled", "energy_recycled"].map(|k| format!("process.{k}.{metal}")));
    }
    keys.push(SORTING_ELECTRICITY_KEY.into());
    keys.sort();
    keys.dedup();
    keys
}
