//! Catchments on the real region: figures, areas and the rule must say the same.

use atlas_core::{
    account::Rates,
    catchment::{
        Areas, Demand, FacilitySet, Fields, Land, Measure, Question, Surveyed, difference, is_inside, served, survey,
    },
    evaluate::Evaluator,
    format::catchments::catchments_geojson,
    geo::{LonLat, NearestGrid, NearestIndex, haversine_m},
    model::{FacilityKind, Region, Stream},
    scenario::{Change, Document, Edit, Levers, NewFacility, Plan, Scenario},
};
use atlas_tests::region;

/// Numbers that are spread evenly and are the same in every run (splitmix64).
struct Even(u64);

impl Even {
    fn next(&mut self, from: f64, to: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        from + (to - from) * ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn ask(region: &Region, plan: &Plan, question: &Question) -> Surveyed {
    survey(region, plan, &Scenario::default(), question, &mut Fields::default())
}

/// Places on the clusters' land, spread evenly over the window of the map by area.
fn land_places(region: &Region, count: usize) -> Vec<LonLat> {
    let index = NearestIndex::new(region.ground.cells.iter().map(|c| c.at));
    let mut even = Even(7);
    let mut found = Vec::new();
    while found.len() < count {
        let at = LonLat::new(even.next(109.5, 125.8), even.next(20.1, 43.5));
        // A hexagon is some 3.6 km from middle to edge: what is further from every cell is sea, empty or another province.
        let near = index.nearest(at).map(|i| haversine_m(region.ground.cells[i as usize].at, at));
        if near.is_some_and(|m| m < 3_600.0) && !is_inside(&region.ground.outside, at) {
            found.push(at);
        }
    }
    found
}

/// The owner of any place by the rule: the straight leg to the nearest road node, then the network.
#[test]
fn drawn_owners_are_those_of_the_rule() {
    let region = region();
    let plan = Plan::baseline(&region.baseline);
    let roads = &region.ground.roads;
    let places = land_places(&region, 100_000);
    let areas = Areas::new(roads);
    for (of, measure, tolerance) in [
        (FacilityKind::CollectionPoint, Measure::Km, 0.0),
        (FacilityKind::CollectionPoint, Measure::Km, 0.0005),
        (FacilityKind::Hub, Measure::Minutes, 0.0005),
        (FacilityKind::Hub, Measure::Km, 0.01),
        (FacilityKind::CollectionPoint, Measure::Line, 0.0),
    ] {
        let question = Question { measure, ..Question::usual(of) };
        let mut fields = Fields::default();
        let drawn = areas.of(&region, &plan, &Scenario::default(), &question, &mut fields);
        let polygons = drawn.catchments(tolerance, |_| true);
        let boxes: Vec<(u32, [f64; 4])> = polygons
            .iter()
            .map(|(row, p)| {
                let all = || p.iter().flat_map(|q| &q[0]);
                let edge =
                    |of: fn(&LonLat) -> f64, pick: fn(f64, f64) -> f64| all().map(of).reduce(pick).unwrap_or(0.0);
                let lon = |p: &LonLat| p.lon;
                let lat = |p: &LonLat| p.lat;
                (*row, [edge(lon, f64::min), edge(lat, f64::min), edge(lon, f64::max), edge(lat, f64::max)])
            })
            .collect();
        let rule: Box<dyn Fn(LonLat) -> Option<u32>> = if measure == Measure::Line {
            let open: Vec<(u32, LonLat)> = plan
                .facilities()
                .iter()
                .zip(0u32..)
                .filter(|(p, _)| p.facility.kind == of && p.facility.status.receives())
                .map(|(p, row)| (row, p.facility.at))
                .collect();
            let grid = NearestGrid::new(&open.iter().map(|(_, at)| *at).collect::<Vec<_>>());
            Box::new(move |at| grid.nearest_two(at)[0].map(|i| open[i as usize].0))
        } else {
            let lengths = match measure {
                Measure::Minutes => {
                    let rates = Rates::new(&region.baseline.parameters, &Levers::default());
                    atlas_core::catchment::Lengths::time(&region.baseline.parameters, &rates)
                }
                _ => atlas_core::catchment::Lengths::Metres,
            };
            let field = fields.by(roads, &plan, &question.set(), lengths);
            Box::new(move |at| field.label(roads.access(at).node).map(|l| l.owner))
        };
        // Every tenth place for the coarser drawings: the share is known to a tenth of a per cent.
        let step = if tolerance == 0.0 { 1 } else { 10 };
        let (mut wrong, mut none, mut twice, mut tried) = (0, 0, 0, 0);
        for at in places.iter().step_by(step) {
            let near =
                boxes.iter().filter(|(_, b)| b[0] <= at.lon && at.lon <= b[2] && b[1] <= at.lat && at.lat <= b[3]);
            let holders: Vec<u32> =
                near.filter(|(row, _)| is_inside(&polygons[row], *at)).map(|(row, _)| *row).collect();
            tried += 1;
            none += usize::from(holders.is_empty());
            twice += usize::from(holders.len() > 1);
            wrong += usize::from(holders.first().copied() != rule(*at));
        }
        let share = 100.0 * wrong as f64 / tried as f64;
        println!(
            "{of:?} by {measure:?}, tolerance {tolerance}: {wrong} of {tried} places drawn to another owner ({share:.3} %), {none} to none, {twice} to two"
        );
        assert!(share < 1.0 && none == 0, "{share} %, {none} to none");
        assert!(tolerance > 0.0 || twice == 0, "exact borders do not overlap");
    }
}

#[test]
fn a_survey_says_what_the_evaluation_says() {
    let region = region();
    let plan = Plan::baseline(&region.baseline);
    let evaluation = Evaluator::default().evaluate(&region, &plan, &Scenario::default());
    let question = Question { bands: vec![5.0, 10.0, 20.0], ..Question::usual(FacilityKind::CollectionPoint) };
    let surveyed = ask(&region, &plan, &question);
    let found = &surveyed.survey;
    assert_eq!(found.total.people, evaluation.total.people);
    // The 95th percentile of a few catchments, counted out cell by cell.
    for (row, s) in found.facilities.iter().enumerate().step_by(97).filter(|(_, s)| s.demand.people > 0.0) {
        let cells = region.ground.cells.iter().zip(&surveyed.cells);
        let mine = cells.filter_map(|(c, a)| a.filter(|a| a.owner as usize == row).map(|a| (a.value, c.people)));
        let mine: Vec<(f64, u32)> = mine.collect();
        let p95 = s.p95.unwrap();
        let people =
            |keep: &dyn Fn(f64) -> bool| mine.iter().filter(|c| keep(c.0)).map(|c| f64::from(c.1)).sum::<f64>();
        assert!(people(&|v| v <= p95) >= 0.95 * s.demand.people, "{}", s.id);
        assert!(people(&|v| v < p95) < 0.95 * s.demand.people, "{}: no smaller one does", s.id);
    }
    for (band, people) in found.bands.iter().zip(evaluation.total.people_within) {
        assert_eq!(band.within.people, people);
    }
    for s in &found.facilities {
        let handled = evaluation.handled(&s.id).unwrap();
        assert_eq!((s.demand.people, s.demand.cells), (handled.people, handled.cells), "{}", s.id);
        assert!((s.demand.tonnes - handled.gross_t.total()).abs() < 1e-6 * (1.0 + s.demand.tonnes));
        assert!((s.mean.unwrap_or(0.0) - handled.mean_access_km).abs() < 1e-9);
    }
    for s in found.facilities.iter().step_by(701) {
        let alone = served(&region, &plan, &Scenario::default(), &question, &s.id, &mut Fields::default());
        assert_eq!(alone.as_ref(), Some(s), "asked alone it is the same");
    }
    // Parts are wholes: bands, clusters, provinces and prefectures sum to the total.
    let sum = |parts: &mut dyn Iterator<Item = f64>| parts.sum::<f64>();
    let total = found.total.people;
    assert_eq!(sum(&mut found.bands.iter().map(|b| b.demand.people)) + found.unreachable.people, total);
    let coverage = &found.coverage;
    assert_eq!(sum(&mut coverage.by_province.iter().map(|p| p.1.total.people)), total);
    assert_eq!(sum(&mut coverage.by_prefecture.iter().map(|p| p.1.within.people)), coverage.all.within.people);
    assert!(coverage.curve.windows(2).all(|w| w[0].upto < w[1].upto && w[0].people <= w[1].people));
    assert!((coverage.curve.last().unwrap().people - 1.0).abs() < 1e-12);
    assert!(coverage.gaps.windows(2).all(|w| w[0].demand.people >= w[1].demand.people));
    let e = coverage.equity.unwrap();
    assert!(e.best_tenth <= e.median && e.median <= e.worst_tenth && (0.0..1.0).contains(&e.gini));
}

/// What a survey says would be lost is what is lost when the facility closes.
#[test]
fn the_loss_foretold_is_the_loss_when_it_closes() {
    let region = region();
    let base = &region.baseline;
    let plan = Plan::baseline(base);
    for (of, measure, stream, demand, step) in [
        (FacilityKind::CollectionPoint, Measure::Km, None, Demand::People, 611),
        (FacilityKind::Hub, Measure::Minutes, Some(Stream::Cu), Demand::Tonnes, 9),
        (FacilityKind::Smelter, Measure::Line, Some(Stream::Pb), Demand::Households, 7),
        (FacilityKind::Smelter, Measure::Yuan, Some(Stream::Pb), Demand::People, 11),
    ] {
        let question = Question { measure, stream, demand, ..Question::usual(of) };
        let question =
            Question { bands: measure.usual_bands(of).to_vec(), limit: measure.usual_bands(of)[1], ..question };
        let mut fields = Fields::default();
        let none = Scenario::default();
        let before = survey(&region, &plan, &none, &question, &mut fields);
        let work =
            |s: &Surveyed| s.survey.facilities.iter().map(|f| f.mean.unwrap_or(0.0) * f.demand.of(demand)).sum::<f64>();
        for served in before.survey.facilities.iter().step_by(step) {
            let mut document = Document::new(base);
            document.make(base, Change::Edit(Edit::Close { id: served.id.clone() })).unwrap();
            let now = survey(&region, document.plan(), &none, &question, &mut fields);
            let added = work(&now) - work(&before);
            let slack = 1e-9 * work(&before);
            assert!((added - served.loss.added).abs() < slack, "{}: {added} against {}", served.id, served.loss.added);
            let sum = difference(&region, &none, &before, &now, |_, _| {});
            assert_eq!(sum.gained.people, 0.0);
            assert!((sum.lost.people - served.loss.uncovered.people).abs() < 1e-6, "{}", served.id);
            assert!((sum.lost.people + sum.moved.people - served.demand.people).abs() < 1e-6, "{}", served.id);
            // Repaired or new, the answer is the same to the bit.
            assert_eq!(now, survey(&region, document.plan(), &none, &question, &mut Fields::default()));
        }
    }
}

/// A drag as the app makes it: a point moves, closes, opens; every answer equals one computed anew.
#[test]
fn repair_equals_recomputing_over_a_random_walk_of_edits() {
    let region = region();
    let base = &region.baseline;
    let roads = &region.ground.roads;
    let set = FacilitySet::of(FacilityKind::CollectionPoint);
    let ids: Vec<String> = base.facilities.iter().filter(|f| set.holds(f)).map(|f| f.id.clone()).collect();
    let mut document = Document::new(base);
    let mut even = Even(3);
    let mut fields = Fields::default();
    fields.of(roads, document.plan(), &set);
    for step in 0..60 {
        let id = ids[even.next(0.0, ids.len() as f64) as usize].clone();
        let at = document.plan().get(&id).unwrap().facility.at;
        let edit = match step % 4 {
            0 if document.plan().get(&id).unwrap().open => Edit::Close { id },
            0 => Edit::Reopen { id },
            _ => Edit::Move { id, to: LonLat::new(at.lon + even.next(-0.3, 0.3), at.lat + even.next(-0.3, 0.3)) },
        };
        document.make(base, Change::Edit(edit)).unwrap();
        if step % 7 == 6 {
            document.undo(base);
        }
        let kept = fields.of(roads, document.plan(), &set);
        assert!(kept.changed() <= 1, "one facility differs, not {}", kept.changed());
        let fresh = Fields::default().of(roads, document.plan(), &set);
        for node in 0..roads.csr().nodes() as u32 {
            assert_eq!((kept.label(node), kept.second(node)), (fresh.label(node), fresh.second(node)), "node {node}");
        }
    }
}

#[test]
fn exported_areas_are_the_clusters_land_and_valid() {
    let region = region();
    let plan = Plan::baseline(&region.baseline);
    let question = Question::usual(FacilityKind::Hub);
    let mut fields = Fields::default();
    let none = Scenario::default();
    let found = survey(&region, &plan, &none, &question, &mut fields);
    let areas = Areas::new(&region.ground.roads);
    let bytes = catchments_geojson(&region, &plan, &none, &found, &areas, &mut fields);
    let all: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(all["type"], "FeatureCollection");
    let ring = |r: &serde_json::Value| -> Vec<LonLat> {
        r.as_array().unwrap().iter().map(|p| LonLat::new(p[0].as_f64().unwrap(), p[1].as_f64().unwrap())).collect()
    };
    let (mut people, mut edges) = (0.0, [f64::MAX, f64::MAX, f64::MIN, f64::MIN]);
    let land = land_places(&region, 3_000);
    let mut held = vec![0; land.len()];
    for f in all["features"].as_array().unwrap() {
        assert_eq!(f["geometry"]["type"], "MultiPolygon");
        let polygons: Vec<Vec<Vec<LonLat>>> = f["geometry"]["coordinates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p.as_array().unwrap().iter().map(ring).collect())
            .collect();
        for p in polygons.iter().flatten().flatten() {
            edges = [edges[0].min(p.lon), edges[1].min(p.lat), edges[2].max(p.lon), edges[3].max(p.lat)];
        }
        for polygon in &polygons {
            for (i, r) in polygon.iter().enumerate() {
                assert!(r.len() >= 4 && r.first() == r.last(), "rings are closed");
                let area: f64 = r.windows(2).map(|w| w[0].lon * w[1].lat - w[1].lon * w[0].lat).sum();
                assert!(area == 0.0 || (area > 0.0) == (i == 0), "outer rings run counter-clockwise, holes clockwise");
            }
        }
        if f["properties"]["layer"] == "catchment" {
            people += f["properties"]["people"].as_f64().unwrap();
            land.iter().zip(&mut held).for_each(|(at, n)| *n += i32::from(is_inside(&polygons, *at)));
        }
    }
    assert!((people - found.survey.total.people).abs() < 1.0);
    let cells = region.ground.cells.iter().map(|c| c.at);
    let lived = cells.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |e, p| {
        [e[0].min(p.lon), e[1].min(p.lat), e[2].max(p.lon), e[3].max(p.lat)]
    });
    let reach: Vec<f64> = edges.iter().zip(lived).map(|(a, b)| (a - b).abs()).collect();
    assert!(reach.iter().all(|d| *d < 0.3), "areas reach to {edges:?}, demand cells lie within {lived:?}");
    let once = held.iter().filter(|n| **n == 1).count();
    assert!(once as f64 > 0.995 * land.len() as f64, "{once} of {} places lie in one catchment", land.len());
    // Out at sea nobody's area is left.
    let clip = Land::new(&region.ground.outside, region.ground.cells.iter().map(|c| c.at));
    let sea = vec![vec![
        [(123.0, 30.0), (123.4, 30.0), (123.4, 30.4), (123.0, 30.0)].map(|(x, y)| LonLat::new(x, y)).to_vec(),
    ]];
    assert!(clip.clip(&sea).is_empty());
}

/// A point in the sea is joined with its distance stated; one far out serves nobody, and nothing becomes infinite.
#[test]
fn what_is_placed_in_the_sea_is_told() {
    let region = region();
    let base = &region.baseline;
    let mut document = Document::new(base);
    for (id, lon, lat) in [("UC001", 122.6, 30.4), ("UC002", 126.5, 27.0)] {
        let new = NewFacility {
            id: id.into(),
            kind: FacilityKind::CollectionPoint,
            name: Default::default(),
            at: LonLat::new(lon, lat),
            metals: vec![],
            capacity_t: None,
        };
        document.make(base, Change::Edit(Edit::Add(new))).unwrap();
    }
    let question = Question::usual(FacilityKind::CollectionPoint);
    let found = ask(&region, document.plan(), &question);
    let said: Vec<(&str, bool, bool)> = found.remote.iter().map(|r| (r.id.as_str(), r.beyond, r.serves)).collect();
    assert_eq!(said, [("UC001", true, true), ("UC002", true, false)]);
    assert!(found.remote[0].road_km > 10.0 && found.remote[1].road_km > 100.0);
    assert_eq!(found.remote[1].diagnostic().code, "facility-off-network");
    assert_eq!(found.survey.served("UC002").unwrap().demand.people, 0.0);
    assert!(found.survey.served("UC002").unwrap().mean.is_none());
    assert!(found.cells.iter().flatten().all(|c| c.value.is_finite() && c.value >= 0.0));
}

/// Where nothing is open, everything is unreachable and counted so.
#[test]
fn without_facilities_everything_is_unreachable() {
    let region = region();
    let question = Question { only: vec!["nobody".into()], ..Question::usual(FacilityKind::Hub) };
    let plan = Plan::baseline(&region.baseline);
    for measure in Measure::ALL {
        let found = ask(&region, &plan, &Question { measure, ..question.clone() });
        assert_eq!(found.survey.unreachable, found.survey.total);
        assert!(found.cells.iter().all(Option::is_none) && found.survey.facilities.is_empty());
        assert!(found.survey.coverage.equity.is_none() && found.survey.coverage.curve.is_empty());
    }
}
