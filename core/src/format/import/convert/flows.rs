//! Flows: what a source sends to a plant, kept as contracts of the allocation's goal.

use super::{
    Cargo, Ground, Mode, Reason, Sums, folded,
    rows::{Rows, stream},
};
use crate::{
    format::import::Field,
    model::{Cluster, FacilityKind},
    scenario::{Contract, SourceGroup},
};
use std::collections::{BTreeSet, HashMap};

/// More contracts than this no allocation is asked to keep.
const MOST: usize = 500;

pub fn convert(rows: &mut Rows, ground: Ground) -> (Cargo, Sums) {
    let replace = rows.settings.mode == Mode::Replace;
    let before = &ground.scenario.goal.contracts;
    let mut contracts = if replace { Vec::new() } else { before.clone() };
    let kept = contracts.len();
    let mut ids: BTreeSet<String> = contracts.iter().map(|c| c.id.clone()).collect();
    let plants = plants(ground);
    let provinces: BTreeSet<&str> = ground.baseline.prefectures.iter().map(|p| p.province.as_str()).collect();
    let mut next = 1;
    let mut sums = Sums { gone: if replace { before.len() } else { 0 }, ..Sums::default() };
    for row in 0..rows.len() {
        rows.went(row);
        let blank = [Field::Source, Field::Stream, Field::Plant].into_iter().find(|f| rows.cell(row, *f).is_empty());
        if let Some(field) = blank {
            rows.bad(row, Some(field), Reason::Missing);
            continue;
        }
        let Some(from) = source(rows.cell(row, Field::Source), ground, &provinces) else {
            rows.bad(row, Some(Field::Source), Reason::UnknownSource);
            continue;
        };
        let Some(of) = stream(rows.cell(row, Field::Stream)) else {
            rows.bad(row, Some(Field::Stream), Reason::UnknownStream);
            continue;
        };
        let word = rows.cell(row, Field::Plant);
        let id = Some(word.to_owned()).filter(|w| ground.plan.get(w).is_some());
        let Some(plant) = id.or_else(|| plants.get(&folded(word)).cloned().flatten()) else {
            rows.bad(row, Some(Field::Plant), Reason::UnknownPlant);
            continue;
        };
        let fits = ground
            .plan
            .get(&plant)
            .is_some_and(|p| p.facility.kind == FacilityKind::Smelter && p.facility.takes(of) && p.takes_scrap());
        if !fits {
            rows.bad(row, Some(Field::Plant), Reason::UnfitPlant);
            continue;
        }
        let tonnes = match rows.tonnes(row, Field::Amount) {
            Some(Some(t)) => t,
            Some(None) => {
                rows.bad(row, Some(Field::Amount), Reason::Missing);
                continue;
            }
            None => continue,
        };
        let stated = rows.cell(row, Field::Id);
        if !stated.is_empty() && ids.contains(stated) {
            let own = before.iter().any(|c| c.id == stated) && !replace;
            rows.bad(row, Some(Field::Id), if own { Reason::IdTaken } else { Reason::IdTwice });
            continue;
        }
        if contracts.len() >= MOST {
            rows.bad(row, None, Reason::TooMany);
            continue;
        }
        let id = if stated.is_empty() {
            loop {
                let id = format!("K{next}");
                next += 1;
                if !ids.contains(&id) {
                    break id;
                }
            }
        } else {
            stated.to_owned()
        };
        ids.insert(id.clone());
        contracts.push(Contract {
            id,
            name: rows.cell(row, Field::Name).to_owned(),
            stream: of,
            from,
            plant,
            min_t: Some(tonnes),
            max_t: rows.settings.exact.then_some(tonnes),
            cost_factor: 1.0,
        });
    }
    sums.good = contracts.len() - kept;
    sums.added = sums.good;
    (Cargo::Contracts(contracts), sums)
}

/// Smelters by name; a name that two have is none.
fn plants(ground: Ground) -> HashMap<String, Option<String>> {
    let mut found: HashMap<String, Option<String>> = HashMap::new();
    for p in ground.plan.facilities().iter().filter(|p| p.facility.kind == FacilityKind::Smelter) {
        let f = &p.facility;
        let mut names = [folded(&f.name.zh), folded(&f.name.en)].to_vec();
        names.dedup();
        for name in names.into_iter().filter(|n| !n.is_empty()) {
            found.entry(name).and_modify(|k| *k = None).or_insert_with(|| Some(f.id.clone()));
        }
    }
    found
}

fn source(word: &str, ground: Ground, provinces: &BTreeSet<&str>) -> Option<SourceGroup> {
    let bare = folded(word);
    let cluster = match bare.as_str() {
        "yrd" | "长三角" | "yangtzedelta" | "yangtzeriverdelta" => Some(Cluster::Yrd),
        "prd" | "珠三角" | "pearlriverdelta" => Some(Cluster::Prd),
        "bohai" | "环渤海" | "bohairim" => Some(Cluster::Bohai),
        _ => None,
    };
    if let Some(cluster) = cluster {
        return Some(SourceGroup::Cluster(cluster));
    }
    let short = |p: &str| p.trim_end_matches(['省', '市']).to_owned();
    if let Some(p) = provinces.iter().find(|p| ***p == bare || (!bare.is_empty() && short(p) == short(&bare))) {
        return Some(SourceGroup::Province((*p).to_owned()));
    }
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | '|');
    let points: Vec<String> = word.split(between).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let is_point = |id: &String| {
        ground.plan.get(id).is_some_and(|p| p.facility.kind == FacilityKind::CollectionPoint && p.takes_scrap())
    };
    (!points.is_empty() && points.iter().all(is_point)).then_some(SourceGroup::Points(points))
}
