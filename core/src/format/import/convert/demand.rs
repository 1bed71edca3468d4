//! Scrap that arises: rows of a prefecture and a stream, or of a prefecture with a column a stream.

use super::{
    Cargo, Ground, Mode, Reason, Sums, folded,
    rows::{Rows, stream},
};
use crate::{
    format::import::Field,
    model::{ScrapModel, Stream},
};
use std::collections::{BTreeMap, HashMap, btree_map::Entry};

pub fn convert(rows: &mut Rows, ground: Ground) -> (Cargo, Sums) {
    let places = places(ground);
    let mut values: BTreeMap<String, f64> = BTreeMap::new();
    let mut sums = Sums::default();
    let wide: Vec<Stream> =
        Stream::ALL.into_iter().filter(|s| rows.settings.column(Field::AmountOf(*s)).is_some()).collect();
    let long = rows.settings.column(Field::Stream).is_some() && rows.settings.column(Field::Amount).is_some();
    for row in 0..rows.len() {
        rows.went(row);
        let word = rows.cell(row, Field::Place);
        let Some(adcode) = prefecture(word, &places) else {
            let why = if word.is_empty() { Reason::Missing } else { Reason::UnknownPrefecture };
            rows.bad(row, Some(Field::Place), why);
            continue;
        };
        let mut good = false;
        let mut put = |rows: &mut Rows, s: Stream, field: Field| {
            match rows.tonnes(row, field) {
                Some(Some(tonnes)) => {
                    if let Entry::Vacant(free) = values.entry(ScrapModel::set_key(adcode, s)) {
                        free.insert(tonnes);
                        good = true;
                    } else {
                        rows.bad(row, Some(Field::Place), Reason::Twice);
                    }
                }
                // In a column a stream an empty cell says nothing.
                Some(None) if field == Field::Amount => rows.bad(row, Some(field), Reason::Missing),
                Some(None) | None => {}
            }
        };
        if long {
            match stream(rows.cell(row, Field::Stream)) {
                Some(s) => put(rows, s, Field::Amount),
                None => {
                    let why =
                        if rows.cell(row, Field::Stream).is_empty() { Reason::Missing } else { Reason::UnknownStream };
                    rows.bad(row, Some(Field::Stream), why);
                }
            }
        } else {
            for s in &wide {
                put(rows, *s, Field::AmountOf(*s));
            }
        }
        sums.good += usize::from(good);
    }
    let before = &ground.scenario.parameters;
    sums.added = values.keys().filter(|k| !before.contains_key(*k)).count();
    sums.same = values.iter().filter(|(k, v)| before.get(*k) == Some(v)).count();
    sums.changed = values.len() - sums.added - sums.same;
    let mut cargo: BTreeMap<String, Option<f64>> = values.into_iter().map(|(k, v)| (k, Some(v))).collect();
    if rows.settings.mode == Mode::Replace {
        for key in before.keys().filter(|k| ScrapModel::read_key(k).is_some()) {
            if !cargo.contains_key(key) {
                cargo.insert(key.clone(), None);
                sums.gone += 1;
            }
        }
    }
    (Cargo::Scrap(cargo), sums)
}

/// Codes and names of prefectures, folded; a name that two have is none.
fn places(ground: Ground) -> HashMap<String, Option<u32>> {
    let mut found: HashMap<String, Option<u32>> = HashMap::new();
    for p in &ground.baseline.prefectures {
        let short = p.name.zh.trim_end_matches(['市', '州', '盟']);
        let full = format!("{}{}", p.province, p.name.zh);
        let names = [p.adcode.to_string(), p.name.zh.clone(), short.to_owned(), p.name.en.clone(), full];
        let mut own: Vec<String> = names.iter().map(|n| folded(n)).filter(|n| !n.is_empty()).collect();
        own.sort();
        own.dedup();
        for name in own {
            found.entry(name).and_modify(|a| *a = None).or_insert(Some(p.adcode));
        }
    }
    found
}

fn prefecture(word: &str, places: &HashMap<String, Option<u32>>) -> Option<u32> {
    let bare = folded(word);
    let tail = |from: char| bare.split_once(from).map(|(_, t)| t.to_owned()).filter(|t| !t.is_empty());
    let tries = [Some(bare.clone()), bare.strip_suffix(".0").map(str::to_owned), tail('省'), tail('区')];
    tries.into_iter().flatten().find_map(|w| {
        places
            .get(&w)
            .copied()
            .flatten()
            .or_else(|| places.get(w.strip_suffix("city").unwrap_or(&w).trim_end_matches('市')).copied().flatten())
    })
}
