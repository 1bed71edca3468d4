//! GeoJSON of catchments for the map: those of all facilities, of the one in hand, travel bands, and what differs from the
//! baseline.

use super::drawing::EMPTY;
use atlas_core::{
    catchment::{Areas, CellChange, Drawn, Fields, Polygons, Question, Served, Survey, outline},
    evaluate::Evaluation,
    format::geojson::{GeoJson, multi_polygon, outlines, text},
    geo::LonLat,
    model::{CapacityUnit, Cluster, Facility, FacilityKind, Region},
    scenario::{Plan, Scenario},
};
use h3o::CellIndex;
use std::collections::BTreeMap;

/// What is drawn of: a plan of a region under a scenario.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What is given.
    pub region: &'a Region,
    /// Where facilities are.
    pub plan: &'a Plan,
    /// Levers and parameters.
    pub scenario: &'a Scenario,
}

/// How far a line on the map may lie from the exact one, in degrees: seen from afar about a kilometre, near 50 metres.
const FAR: f64 = 0.01;
const NEAR: f64 = 0.0005;
/// Places this near to the land border are not tinted: a tint would draw the border (degrees).
const BORDER_MARGIN: f64 = 0.15;

impl Subject<'_> {
    /// The areas of a question.
    fn areas(self, areas: &Areas, question: &Question, fields: &mut Fields) -> Drawn {
        areas.of(self.region, self.plan, self.scenario, question, fields)
    }
}

/// The catchments of a question, with hubs' as an overview where collection points are asked about, and travel bands where
/// they are wanted.
pub fn catchments(
    of: Subject,
    areas: &Areas,
    survey: &Survey,
    bands: bool,
    evaluation: &Evaluation,
    fields: &mut Fields,
) -> Vec<u8> {
    let question = &survey.question;
    let losses = loss_classes(survey);
    let mut w = GeoJson::default();
    let asked = of.areas(areas, question, fields);
    if question.of == FacilityKind::CollectionPoint {
        overview(&mut w, of, areas, evaluation, fields);
        territories(&mut w, of, &asked, None, NEAR, evaluation, &losses);
    } else {
        territories(&mut w, of, &asked, Some("far"), FAR, evaluation, &losses);
        territories(&mut w, of, &asked, Some("near"), NEAR, evaluation, &losses);
    }
    if bands {
        let count = question.bands.len();
        for (i, (_, polygons)) in asked.bands(FAR / 4.0).iter().enumerate() {
            w.feature(&format!(r#""bands":true,"band":{}"#, 5 - i), &multi_polygon(polygons));
        }
        debug_assert!(count <= 4, "the ramp has five colours");
    }
    w.finish()
}

/// The travel bands of a question alone, the nearest above the others.
pub fn bands(of: Subject, areas: &Areas, question: &Question, fields: &mut Fields) -> Vec<u8> {
    let mut w = GeoJson::default();
    for (i, (_, polygons)) in of.areas(areas, question, fields).bands(FAR / 4.0).iter().enumerate() {
        w.feature(&format!(r#""bands":true,"band":{}"#, 5 - i), &multi_polygon(polygons));
    }
    w.finish()
}

/// The hubs' catchments alone: the first map.
pub fn hubs(of: Subject, areas: &Areas, evaluation: &Evaluation, fields: &mut Fields) -> Vec<u8> {
    let mut w = GeoJson::default();
    overview(&mut w, of, areas, evaluation, fields);
    w.finish()
}

fn overview(w: &mut GeoJson, of: Subject, areas: &Areas, evaluation: &Evaluation, fields: &mut Fields) {
    let hubs = of.areas(areas, &Question::usual(FacilityKind::Hub), fields);
    territories(w, of, &hubs, Some("far"), FAR, evaluation, &BTreeMap::new());
}

/// A polygon a facility, in four tones, no two neighbours alike where that can be had.
fn territories(
    w: &mut GeoJson,
    of: Subject,
    drawn: &Drawn,
    level: Option<&str>,
    tolerance: f64,
    evaluation: &Evaluation,
    losses: &BTreeMap<&str, usize>,
) {
    let tones = tones(&drawn.touching());
    let level = level.map_or_else(String::new, |l| format!(r#","level":"{l}""#));
    for (row, polygons) in drawn.catchments(tolerance, |at| !is_near_border(at)) {
        let f = &of.plan.facilities()[row as usize].facility;
        let loss = losses.get(f.id.as_str()).map_or_else(String::new, |class| format!(r#","loss":{class}"#));
        let properties = format!(
            r#""kind":"{}","cluster":"{}","tone":{},"id":{},"over":{}{level}{loss}"#,
            f.kind.key(),
            f.cluster.map_or("", Cluster::key),
            tones.get(&row).copied().unwrap_or(0),
            text(&f.id),
            is_overloaded(f, evaluation)
        );
        w.feature(&properties, &multi_polygon(&polygons));
    }
}

/// By id in which fifth of the facilities that serve somebody its loss lies, if it closed: 1 the least, 5 the most.
fn loss_classes(survey: &Survey) -> BTreeMap<&str, usize> {
    let mut serving: Vec<&Served> = survey.facilities.iter().filter(|s| s.demand.cells > 0).collect();
    serving.sort_by(|a, b| a.loss.added.total_cmp(&b.loss.added).then(a.id.cmp(&b.id)));
    let count = serving.len().max(1);
    serving.iter().enumerate().map(|(i, s)| (s.id.as_str(), 1 + 5 * i / count)).collect()
}

/// True where more comes than can be taken, as far as both are counted in gross tonnes.
fn is_overloaded(f: &Facility, evaluation: &Evaluation) -> bool {
    let capacity = f.capacity.filter(|c| c.unit == CapacityUnit::Gross && c.tonnes > 0.0);
    let load = evaluation.handled(&f.id).map(|h| h.gross_t.total());
    capacity.zip(load).is_some_and(|(c, load)| load > c.tonnes)
}

/// The catchment of one facility in travel bands, the furthest first, and its edge.
pub fn selected(of: Subject, areas: &Areas, question: &Question, facility: &Facility, fields: &mut Fields) -> Vec<u8> {
    let usual;
    let question = if question.set().holds(facility) {
        question
    } else {
        usual = Question::usual(facility.kind);
        &usual
    };
    let row = of.plan.facilities().iter().position(|p| p.facility.id == facility.id);
    let Some(row) = row.filter(|_| question.set().holds(facility)) else { return EMPTY.to_vec() };
    let (whole, bands) = of.areas(areas, question, fields).one(row as u32);
    let mut w = GeoJson::default();
    // What lies beyond the last band is what no band covers.
    w.feature(&format!(r#""band":{}"#, 5 - bands.len()), &multi_polygon(&whole));
    for (i, (_, polygons)) in bands.iter().enumerate().rev() {
        w.feature(&format!(r#""band":{}"#, 5 - i), &multi_polygon(polygons));
    }
    w.feature(r#""edge":true"#, &outlines(&whole));
    w.finish()
}

/// The catchments of proposed sites, by their ids in the plan: polygons with their rank.
pub fn of_sites(
    of: Subject,
    areas: &Areas,
    question: &Question,
    ids: &[Option<String>],
    fields: &mut Fields,
) -> Vec<u8> {
    let all = of.plan.facilities();
    let row = |id: &Option<String>| {
        let id = id.as_deref()?;
        all.binary_search_by(|p| p.facility.id.as_str().cmp(id)).ok().map(|row| row as u32)
    };
    let rows: Vec<Option<u32>> = ids.iter().map(row).collect();
    let known: Vec<u32> = rows.iter().flatten().copied().collect();
    let drawn = of.areas(areas, question, fields).some(&known, NEAR);
    let mut w = GeoJson::default();
    for (rank, row) in rows.iter().enumerate() {
        if let Some(polygons) = row.and_then(|r| drawn.get(&r)) {
            w.feature(&format!(r#""rank":{}"#, rank + 1), &multi_polygon(polygons));
        }
    }
    w.finish()
}

/// Demand cells that fare otherwise than in the baseline, by what became of them.
pub fn difference(region: &Region, changes: &[(usize, CellChange)]) -> Vec<u8> {
    let cells: Vec<CellIndex> = changes
        .iter()
        .map(|(row, _)| CellIndex::try_from(region.ground.cells[*row].h3).expect("checked when the pack was read"))
        .collect();
    let mut w = GeoJson::default();
    let groups: BTreeMap<u32, Polygons> = outline(&cells, |i| Some(changes[i].1 as u32));
    for (group, polygons) in groups {
        let change = CellChange::ALL[group as usize];
        w.feature(&format!(r#""change":"{}""#, change.key()), &multi_polygon(&polygons));
    }
    w.finish()
}

/// Greedy colouring of touching catchments with four tones, those with most neighbours first.
fn tones(touching: &BTreeMap<u32, Vec<u32>>) -> BTreeMap<u32, u32> {
    let mut order: Vec<u32> = touching.keys().copied().collect();
    order.sort_by_key(|row| (std::cmp::Reverse(touching[row].len()), *row));
    let mut tones = BTreeMap::new();
    for row in order {
        let used: Vec<u32> = touching[&row].iter().filter_map(|n| tones.get(n).copied()).collect();
        tones.insert(row, (0..4).find(|t| !used.contains(t)).unwrap_or(row % 4));
    }
    tones
}

/// Near the lower Yalu, the only stretch where a cluster meets a land border.
fn is_near_border(at: LonLat) -> bool {
    const YALU: [(f64, f64); 7] = [
        (124.0, 39.85),
        (124.35, 40.05),
        (124.55, 40.22),
        (124.9, 40.48),
        (125.3, 40.62),
        (125.65, 40.75),
        (126.1, 41.1),
    ];
    YALU.windows(2).any(|w| {
        let ((x1, y1), (x2, y2)) = (w[0], w[1]);
        let (dx, dy) = (x2 - x1, y2 - y1);
        let t = (((at.lon - x1) * dx + (at.lat - y1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        let (ex, ey) = (at.lon - x1 - t * dx, at.lat - y1 - t * dy);
        ex * ex + ey * ey < BORDER_MARGIN * BORDER_MARGIN
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_have_different_tones() {
        let touching: BTreeMap<u32, Vec<u32>> =
            [(1, vec![2, 3]), (2, vec![1, 3]), (3, vec![1, 2, 9]), (9, vec![3])].into();
        let tones = tones(&touching);
        for (a, all) in &touching {
            assert!(all.iter().all(|b| tones[a] != tones[b]));
        }
    }
}
