//! The main figures beside the baseline's, in all and by cluster.

use super::{Cell, Sheet};
use crate::{
    evaluate::{Figure, Figures, explain},
    model::{Cluster, Name, Parameters, PerCluster},
};

/// The figures of a plan: all clusters together, and each.
pub type Shown<'a> = (&'a Figures, &'a PerCluster<Figures>);

type Read = fn(&Figures) -> Option<f64>;

fn share(f: &Figures, band: usize) -> Option<f64> {
    (f.people > 0.0).then(|| 100.0 * f.people_within[band] / f.people)
}

/// Key, figure that explains it, unit, and how it is read.
const ROWS: [(&str, Figure, &str, Read); 14] = [
    ("residents", Figure::PeopleWithin, "people", |f| Some(f.people)),
    ("generated", Figure::Collected, "t metal/y", |f| Some(f.generated_t.total())),
    ("collected", Figure::Collected, "t metal/y", |f| Some(f.collected_t.total())),
    ("collected_gross", Figure::Collected, "t gross/y", |f| Some(f.gross_t.total())),
    ("mean_haul", Figure::MeanHaulKm, "km", |f| f.mean_haul_km),
    ("p95_haul", Figure::P95HaulKm, "km", |f| f.p95_haul_km),
    ("mean_collection", Figure::MeanCollectionKm, "km", |f| f.mean_collection_km),
    ("tonne_km", Figure::TonneKm, "t-km/y", |f| Some(f.tonne_km)),
    ("transport_cost", Figure::TransportCost, "yuan/y", |f| Some(f.transport_yuan)),
    ("transport_cost_per_t", Figure::TransportCost, "yuan/t", |f| f.transport_yuan_per_t),
    ("transport_co2_per_t", Figure::TransportCo2, "kg CO2e/t", |f| f.transport_kg_co2e_per_t),
    ("people_within_5km", Figure::PeopleWithin, "%", |f| share(f, 0)),
    ("people_within_10km", Figure::PeopleWithin, "%", |f| share(f, 1)),
    ("people_within_20km", Figure::PeopleWithin, "%", |f| share(f, 2)),
];

/// The main figures: a row an indicator and area, with the parameters in force behind each. `name` puts a key into words.
#[must_use]
pub fn indicators(plan: Shown, baseline: Option<Shown>, parameters: &Parameters, name: impl Fn(&str) -> Name) -> Sheet {
    let columns = [
        "indicator",
        "name_zh",
        "name_en",
        "area",
        "unit",
        "value",
        "baseline",
        "change",
        "basis",
        "formula",
        "parameters",
    ];
    let mut sheet = Sheet::new("indicators", &columns);
    for (key, figure, unit, read) in ROWS {
        let (called, why) = (name(key), explain(figure, parameters));
        let inputs: Vec<&str> = why.inputs.iter().map(|p| p.key.as_str()).collect();
        let areas = std::iter::once(None).chain(Cluster::ALL.map(Some));
        for area in areas {
            let of = |(total, each): Shown| read(area.map_or(total, |c| &each[c]));
            let (value, base) = (of(plan), baseline.and_then(of));
            sheet.rows.push(vec![
                Cell::words(key),
                Cell::words(&*called.zh),
                Cell::words(&*called.en),
                Cell::words(area.map_or("all", Cluster::key)),
                Cell::words(unit),
                Cell::rounded(value, 4),
                Cell::rounded(base, 4),
                Cell::rounded(value.zip(base).map(|(v, b)| v - b), 4),
                // All of them follow from the scrap model and modelled ways.
                Cell::words("modelled"),
                Cell::words(&*why.formula),
                Cell::words(inputs.join(super::SEPARATOR)),
            ]);
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_has_its_change_and_nothing_is_made_up() {
        let figures = |km| Figures { mean_haul_km: Some(km), people: 200.0, ..Figures::default() };
        let (now, before) = (figures(90.0), figures(100.5));
        let each = PerCluster::from_fn(|_| Figures::default());
        let (parameters, _) = crate::format::tables::parameters(include_str!("../../../../data/tables/parameters.csv"));
        let name = |key: &str| Name { zh: format!("{key} 中"), en: key.to_owned() };
        let sheet = indicators((&now, &each), Some((&before, &each)), &parameters, name);
        assert_eq!(sheet.rows.len(), ROWS.len() * 4);
        let row = sheet.rows.iter().find(|r| r[0] == Cell::words("mean_haul")).unwrap();
        assert_eq!(row[5..8], [90.0, 100.5, -10.5].map(Cell::Number));
        let cluster =
            sheet.rows.iter().find(|r| r[0] == Cell::words("mean_haul") && r[3] == Cell::words("yrd")).unwrap();
        assert_eq!(cluster[5..8], [Cell::Empty, Cell::Empty, Cell::Empty]);
        assert!(sheet.rows.iter().all(|r| r.len() == sheet.columns.len()));
    }
}
