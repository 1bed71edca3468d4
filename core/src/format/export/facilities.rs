//! Collection points, hubs, smelters, ports and rail hubs of a plan.

use super::{Cell, DATUM, SEPARATOR, Sheet};
use crate::{
    evaluate::Handled,
    model::{CapacityUnit, Cluster, FacilityKind, Metal, Mode},
    scenario::{Plan, PlanFacility, Standing},
};

const COLUMNS: [&str; 26] = [
    "id",
    "kind",
    "name_zh",
    "name_en",
    "lon",
    "lat",
    "datum",
    "location_precision",
    "cluster",
    "province",
    "location",
    "metals",
    "modes",
    "capacity_t",
    "capacity_unit",
    "status",
    "open",
    "standing",
    "street_points",
    "handled_gross_t",
    "people",
    "basis",
    "source",
    "year",
    "confidence",
    "note",
];

/// The facilities of a plan of one kind, or of all, in the plan's order. `handled` is what they handle by id, or empty where
/// nothing is known yet.
#[must_use]
pub fn facilities(plan: &Plan, kind: Option<FacilityKind>, handled: &[Handled]) -> Sheet {
    let mut sheet = Sheet::new(kind.map_or("facilities", FacilityKind::key), &COLUMNS);
    let found = plan.facilities().iter().filter(|p| kind.is_none_or(|k| k == p.facility.kind));
    sheet.rows = found.map(|p| row(p, handled)).collect();
    sheet
}

fn row(p: &PlanFacility, handled: &[Handled]) -> Vec<Cell> {
    let f = &p.facility;
    let own = handled.binary_search_by(|h| h.id.as_str().cmp(&f.id)).ok().map(|i| &handled[i]);
    let standing = match p.standing {
        Standing::Baseline => "baseline",
        Standing::Moved { .. } => "moved",
        Standing::Added(_) => "added",
    };
    let point = f.kind == FacilityKind::CollectionPoint;
    vec![
        Cell::words(&*f.id),
        Cell::words(f.kind.key()),
        Cell::words(&*f.name.zh),
        Cell::words(&*f.name.en),
        // Every digit: a place that comes back has not moved.
        Cell::exact(f.at.lon),
        Cell::exact(f.at.lat),
        Cell::words(DATUM),
        Cell::words(f.precision.key()),
        Cell::words(f.cluster.map_or("", Cluster::key)),
        Cell::words(&*f.province),
        Cell::words(&*f.location),
        Cell::words(f.metals.iter().map(Metal::key).collect::<Vec<_>>().join(SEPARATOR)),
        Cell::words(f.modes.iter().map(Mode::key).collect::<Vec<_>>().join(SEPARATOR)),
        Cell::exact(f.capacity.map(|c| c.tonnes)),
        Cell::words(f.capacity.map_or("", |c| unit(c.unit))),
        Cell::words(f.status.key()),
        Cell::words(if p.open { "yes" } else { "no" }),
        Cell::words(standing),
        Cell::rounded(point.then_some(f.street_points), 3),
        Cell::rounded(own.map(|h| h.gross_t.total()), 3),
        Cell::rounded(own.filter(|_| point).map(|h| h.people), 0),
        Cell::words(f.origin.basis.key()),
        Cell::words(&*f.origin.source),
        Cell::words(&*f.origin.year),
        Cell::words(f.origin.confidence.key()),
        Cell::words(&*f.origin.note),
    ]
}

/// What a capacity counts.
const fn unit(unit: CapacityUnit) -> &'static str {
    match unit {
        CapacityUnit::Product => "t product metal/y",
        CapacityUnit::BatteryFeed => "t battery feed/y",
        CapacityUnit::Feed => "t feed/y",
        CapacityUnit::Gross => "t gross/y",
        CapacityUnit::Cargo => "t cargo/y",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::{Baseline, Name, Prefecture},
        scenario::{Edit, NewFacility},
    };

    #[test]
    fn a_planners_hub_says_all_that_it_takes_to_come_back() {
        let (parameters, _) = crate::format::tables::parameters(include_str!("../../../../data/tables/parameters.csv"));
        let home = Prefecture { cluster: Some(Cluster::Yrd), ..Prefecture::default() };
        let baseline = Baseline { parameters, prefectures: vec![home], ..Baseline::default() };
        let mut plan = Plan::baseline(&baseline);
        let hub = NewFacility {
            id: "U-HB-1".into(),
            kind: FacilityKind::Hub,
            name: Name { zh: "=甲".into(), en: String::new() },
            at: LonLat::new(121.123_456_789, 31.2),
            metals: vec![Metal::Cu, Metal::Al],
            capacity_t: Some(120_000.0),
        };
        plan.apply(&baseline, &Edit::Add(hub)).unwrap();
        let sheet = facilities(&plan, None, &[]);
        assert_eq!(sheet.rows[0].len(), sheet.columns.len());
        let cell = |name: &str| &sheet.rows[0][sheet.columns.iter().position(|c| c == name).unwrap()];
        assert_eq!(cell("lon"), &Cell::Number(121.123_456_789));
        assert_eq!(cell("metals"), &Cell::words("Al;Cu"));
        assert_eq!((cell("capacity_t"), cell("standing")), (&Cell::Number(120_000.0), &Cell::words("added")));
        assert_eq!(cell("handled_gross_t"), &Cell::Empty);
        assert!(facilities(&plan, Some(FacilityKind::Smelter), &[]).rows.is_empty());
    }
}
