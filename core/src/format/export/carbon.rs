//! The account of carbon and energy, and the closed loops, as tables.

use super::{Cell, Sheet};
use crate::{
    allocation::Answer,
    circularity::{Loops, Path, Supply},
    footprint::{FlowCarbon, Footprint, Sums},
    model::{Cluster, PerStream, Stream},
};

const FLOWS: [&str; 12] = [
    "leg",
    "stream",
    "from",
    "from_province",
    "to",
    "to_province",
    "gross_t_per_year",
    "product_t_per_year",
    "tonne_km_per_year",
    "transport_kg_co2e",
    "smelting_kg_co2e",
    "avoided_kg_co2e",
];
const LANES: [&str; 9] = [
    "leg",
    "stream",
    "from_province",
    "to_province",
    "gross_t_per_year",
    "tonne_km_per_year",
    "transport_kg_co2e",
    "smelting_kg_co2e",
    "avoided_kg_co2e",
];
const ELEMENTS: [&str; 11] = [
    "stage",
    "element",
    "mode",
    "family",
    "cluster",
    "gross_t_per_year",
    "tonne_km_per_year",
    "g_co2e_per_tkm_or_t",
    "factor",
    "kg_co2e",
    "boundary",
];
const PROCESSING: [&str; 13] = [
    "stream",
    "province",
    "sorted_gross_t_per_year",
    "sorting_kg_co2e",
    "product_t_per_year",
    "fuel_kg_co2e",
    "electricity_kg_co2e",
    "kwh",
    "grid_kg_co2e_per_kwh",
    "kgce",
    "avoided_kg_co2e",
    "saved_kgce",
    "primary_boundary",
];
const SUMS: [&str; 16] = [
    "area",
    "product_t_per_year",
    "collected_gross_t_per_year",
    "tonne_km_per_year",
    "rounds_kg_co2e",
    "scrap_kg_co2e",
    "delivery_kg_co2e",
    "transfers_kg_co2e",
    "sorting_kg_co2e",
    "smelting_kg_co2e",
    "avoided_kg_co2e",
    "net_kg_co2e",
    "kwh",
    "kgce",
    "saved_kgce",
    "energy_unknown_t",
];
const LOOPS: [&str; 19] = [
    "cluster",
    "stream",
    "arising_t_per_year",
    "uncollected_t",
    "unreached_t",
    "unallocated_t",
    "sorting_loss_t",
    "smelting_loss_t",
    "exported_t",
    "used_elsewhere_t",
    "used_here_t",
    "made_here_t",
    "loop_rate",
    "demand_t",
    "own_scrap_t",
    "other_clusters_t",
    "corridor_t",
    "imports_t",
    "own_share_of_demand",
];

fn t(value: f64) -> Cell {
    Cell::rounded(value, 3)
}

/// Every flow with what it gives off and avoids. `carbon` goes in step with the answer's flows.
#[must_use]
pub fn carbon_flows(answer: &Answer, carbon: &[FlowCarbon]) -> Sheet {
    let mut sheet = Sheet::new("carbon-flows", &FLOWS);
    for (f, c) in answer.flows.iter().zip(carbon) {
        let [from, to] = [f.from, f.to].map(|row| &answer.places[row as usize]);
        let mut row = vec![Cell::words(f.leg.key()), Cell::words(f.stream.key())];
        row.extend([from, to].into_iter().flat_map(|p| [Cell::words(p.end.key()), Cell::words(&*p.province)]));
        let amounts = [f.gross_t, f.product_t, c.tonne_km, c.transport_kg, c.smelting_kg, c.avoided_kg];
        row.extend(amounts.map(t));
        sheet.rows.push(row);
    }
    sheet
}

/// Lanes from province to province.
#[must_use]
pub fn carbon_lanes(of: &Footprint) -> Sheet {
    let mut sheet = Sheet::new("carbon-lanes", &LANES);
    for lane in &of.lanes {
        let c = &lane.carbon;
        let mut row: Vec<Cell> =
            [lane.leg.key(), lane.stream.key(), &lane.from, &lane.to].into_iter().map(Cell::words).collect();
        row.extend([lane.gross_t, c.tonne_km, c.transport_kg, c.smelting_kg, c.avoided_kg].map(t));
        sheet.rows.push(row);
    }
    sheet
}

/// The elements of the transport chains, all together and by cluster.
#[must_use]
pub fn carbon_elements(of: &Footprint) -> Sheet {
    let mut sheet = Sheet::new("carbon-elements", &ELEMENTS);
    for e in &of.elements {
        let clusters = Cluster::ALL.map(|c| (c.key(), e.by_cluster[c]));
        for (cluster, amount) in [("all", e.total)].into_iter().chain(clusters) {
            let mut row: Vec<Cell> =
                [e.stage.key(), e.kind.key(), e.mode.key(), of.choice.family.key(), cluster].map(Cell::words).into();
            row.extend([amount.gross_t, amount.tonne_km].map(t));
            row.push(Cell::exact(e.intensity.g));
            row.push(Cell::words(e.intensity.key.clone().unwrap_or_default()));
            row.push(Cell::rounded(e.intensity.g.map(|_| amount.kg), 3));
            row.push(Cell::words("well to wheel"));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// Sorting and smelting by metal and province.
#[must_use]
pub fn carbon_processing(of: &Footprint) -> Sheet {
    let mut sheet = Sheet::new("carbon-processing", &PROCESSING);
    for p in &of.processing {
        sheet.rows.push(vec![
            Cell::words(p.stream.key()),
            Cell::words(&*p.province),
            t(p.sorted_gross_t),
            Cell::rounded(p.sorting_kg, 3),
            t(p.product_t),
            t(p.fuel_kg),
            t(p.electricity_kg),
            Cell::rounded(p.kwh, 3),
            Cell::exact(p.grid_kg_per_kwh),
            Cell::rounded(p.kgce, 3),
            t(p.avoided_kg),
            Cell::rounded(p.saved_kgce, 3),
            Cell::words(of.choice.boundary.key()),
        ]);
    }
    sheet
}

/// The sums of everything, of clusters, streams and prefectures.
#[must_use]
pub fn carbon_sums(of: &Footprint) -> Sheet {
    let mut sheet = Sheet::new("carbon", &SUMS);
    let clusters = Cluster::ALL.map(|c| (c.key().to_owned(), of.by_cluster[c]));
    let streams = Stream::ALL.map(|s| (s.key().to_owned(), of.by_stream[s]));
    let places = of.by_place.iter().map(|(code, sums)| (code.to_string(), *sums));
    let all = [("all".to_owned(), of.total)].into_iter().chain(clusters).chain(streams).chain(places);
    for (area, s) in all {
        let mut row = vec![Cell::words(area)];
        row.extend(values(&s).map(t));
        sheet.rows.push(row);
    }
    sheet
}

fn values(s: &Sums) -> [f64; 15] {
    [
        s.product_t,
        s.collected_gross_t,
        s.tonne_km,
        s.rounds_kg,
        s.scrap_kg,
        s.delivery_kg,
        s.transfers_kg,
        s.sorting_kg,
        s.smelting_kg(),
        s.avoided_kg,
        s.net_kg(),
        s.kwh,
        s.kgce,
        s.saved_kgce,
        s.energy_unknown_t,
    ]
}

/// The closed loops by cluster and stream, and of every cluster's streams together.
#[must_use]
pub fn loops(of: &Loops) -> Sheet {
    let mut sheet = Sheet::new("loops", &LOOPS);
    let row = |cluster: Cluster, stream: &str, p: &Path, s: &Supply| {
        let mut row = vec![Cell::words(cluster.key()), Cell::words(stream)];
        row.extend(
            [
                p.arising_t,
                p.uncollected_t,
                p.unreached_t,
                p.unallocated_t,
                p.sorting_loss_t,
                p.smelting_loss_t,
                p.exported_t,
                p.used_elsewhere_t,
                p.used_here_t,
                p.made_here_t,
            ]
            .map(t),
        );
        row.push(Cell::exact(p.rate()));
        row.extend([s.demand_t, s.own_t, s.others_t, s.corridor_t, s.imported_t].map(t));
        row.push(Cell::exact(s.own_share()));
        row
    };
    for c in Cluster::ALL {
        let (paths, supply): (&PerStream<Path>, &PerStream<Supply>) = (&of.paths[c], &of.supply[c]);
        sheet.rows.extend(Stream::ALL.map(|s| row(c, s.key(), &paths[s], &supply[s])));
        let (path, all) = of.of_cluster(c);
        sheet.rows.push(row(c, "all", &path, &all));
    }
    sheet
}
