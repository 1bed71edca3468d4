//! The claims of the sector report, `seeds/claims.toml`: whole, unique and tied to parameters that exist.

use atlas_core::{
    format::{claims, tables},
    model::{Claim, Role, Standing},
};
use serde::Deserialize;
use std::{collections::BTreeSet, fs};

/// Rows in the list of what the report says.
const ROWS: u32 = 25;

#[derive(Deserialize)]
struct File {
    claim: Vec<Claim>,
}

fn file(name: &str) -> String {
    let path = format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn seeds() -> Vec<Claim> {
    toml::from_str::<File>(&file("seeds/claims.toml")).unwrap().claim
}

#[test]
fn ids_are_unique_and_in_order_and_cover_the_report() {
    let claims = seeds();
    assert!(claims.windows(2).all(|w| w[0].id < w[1].id), "ids in order, each once");
    let rows: BTreeSet<u32> = claims.iter().map(|c| c.row().unwrap_or_else(|| panic!("{}", c.id))).collect();
    assert_eq!(rows, (1..=ROWS).collect());
}

#[test]
fn every_claim_says_something_in_both_languages() {
    for c in seeds() {
        assert!(c.zh.ends_with('。') && c.en.ends_with('.'), "{}: one sentence in each language", c.id);
        assert_eq!(c.note.zh.is_empty(), c.note.en.is_empty(), "{}: a note in both languages or none", c.id);
        assert_eq!(c.figure.is_empty(), c.unit.is_empty(), "{}: a figure and its unit", c.id);
        let numbers = c.figure.split(" / ").all(|f| f.is_empty() || f.parse::<f64>().is_ok());
        assert!(numbers, "{}: {:?} is no list of numbers", c.id, c.figure);
        if c.role == Role::Check {
            assert!(!c.figure.is_empty() && !c.used_by.is_empty(), "{}: a check needs a figure to compare", c.id);
        }
    }
}

#[test]
fn disputed_claims_say_why_and_nothing_with_a_figure_is_sound_but_the_clusters() {
    for c in seeds() {
        if c.standing == Standing::Disputed {
            assert!(!c.note.zh.is_empty(), "{}: a reason", c.id);
            assert!(c.checked_against.is_some(), "{}: what speaks against it", c.id);
        }
        assert!(
            c.standing != Standing::Sound || c.figure.is_empty() || c.id == "C01",
            "{}: a figure without source",
            c.id
        );
    }
}

#[test]
fn parameters_used_exist() {
    let (parameters, problems) = tables::parameters(&file("data/tables/parameters.csv"));
    assert!(problems.is_empty(), "{problems:?}");
    for c in seeds() {
        for key in &c.used_by {
            assert!(parameters.get(key).is_some(), "{}: no parameter {key}", c.id);
        }
    }
}

#[test]
fn the_section_of_the_pack_gives_the_claims_back() {
    let seeds = seeds();
    assert_eq!(claims::claims(&claims::write(&seeds).unwrap()).unwrap(), seeds);
}

/// A parameter whose source is the report belongs to a claim, so that its page can say how far to trust it.
#[test]
fn every_parameter_of_the_report_has_its_claim() {
    let (parameters, _) = tables::parameters(&file("data/tables/parameters.csv"));
    let used: BTreeSet<String> = seeds().into_iter().flat_map(|c| c.used_by).collect();
    let missing: Vec<&str> = (parameters.rows().iter())
        .filter(|p| p.origin.source.starts_with("seed") && !used.contains(&p.key))
        .map(|p| p.key.as_str())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
