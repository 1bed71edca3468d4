//! `atlas compare --clusters`: the clusters, and any other territories, side by side under one plan.
//!
//! `--json` prints
//!
//! - `clusters`: by `yrd`, `prd` and `bohai`, and `all` together: every measure with `value`, `unit` and `certainty`, and by
//!   person, by tonne of metal collected and by 10,000 yuan of GDP; where there is no number, its `reason`;
//! - `areas`: the same for the sets of provinces and prefectures that were asked for;
//! - `facts`: what stands out, by `rule`; `claims`: what the sector report says beside it.

use crate::{Refusal, scenario};
use atlas_core::{
    allocation::{Allocator, check::check},
    catchment::Question,
    comparison::{Measured, Measuring},
    evaluate::Evaluator,
    format::profile::{Report, clusters_json},
    model::{Cluster, Region},
    profile::{Area, Gathering, Measure, Normal, Profile, Profiles, Section},
    scenario::Document,
};
use clap::Args as ClapArgs;
use std::{fmt::Write, path::PathBuf};

#[derive(ClapArgs)]
#[group(id = "territories")]
pub struct Args {
    /// Compare the three clusters under one plan instead of scenarios.
    #[arg(long)]
    pub clusters: bool,
    /// The plan; without it the baseline.
    #[arg(long, value_name = "FILE", requires = "clusters")]
    scenario: Option<PathBuf>,
    /// A set of provinces beside the clusters, in Chinese, joined by commas; may be given several times.
    #[arg(long, value_name = "NAMES", requires = "clusters")]
    provinces: Vec<String>,
    /// A set of prefectures beside the clusters, by code, joined by commas; may be given several times.
    #[arg(long, value_name = "CODES", requires = "clusters")]
    prefectures: Vec<String>,
}

pub fn run(region: &Region, args: &Args, question: &Question, json: bool) -> Result<String, Refusal> {
    let areas = areas(region, args)?;
    let (document, problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let (mut evaluator, mut allocator) = (Evaluator::default(), Allocator::default());
    let mut measure = |document: &Document| -> Result<Measured, Refusal> {
        let (plan, scenario) = (document.plan(), document.scenario());
        let begun = Measuring::begin(region, plan, scenario, question, &mut evaluator, &mut allocator);
        let measured = begun.finish(region, &mut allocator);
        // What is printed was confirmed without the solver.
        check(&measured.allocation)?;
        Ok(measured)
    };
    let measured = measure(&document)?;
    let base = match &args.scenario {
        Some(_) if json => {
            let (baseline, _) = scenario::open(&region.baseline, None)?;
            Some(Profiles::new(region, &measure(&baseline)?))
        }
        _ => None,
    };
    let profiles = Profiles::new(region, &measured);
    let gathering = Gathering::new(region, &measured);
    let others: Vec<Profile> = areas.iter().map(|area| gathering.profile(area)).collect();
    if json {
        let parameters = document.scenario().parameters(&region.baseline);
        return Ok(clusters_json(&Report {
            name: &document.scenario().name,
            baseline: &region.baseline,
            parameters: &parameters,
            question,
            profiles: &profiles,
            base: base.as_ref(),
            areas: &others,
            problems: &problems,
        }));
    }
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    let mut columns: Vec<(String, &Profile)> =
        Cluster::ALL.map(|c| (c.key().to_owned(), &profiles.by_cluster[c])).into();
    columns.push(("all".into(), &profiles.all));
    columns.extend(others.iter().zip(1..).map(|(p, n)| (format!("set {n}"), p)));
    Ok(table(&columns))
}

/// The sets asked for; refused where one is empty or names what no cluster holds.
fn areas(region: &Region, args: &Args) -> Result<Vec<Area>, Refusal> {
    let parts = |list: &str| -> Vec<String> {
        list.split([',', '，']).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
    };
    let mut areas: Vec<Area> = args.provinces.iter().map(|list| Area::Provinces(parts(list))).collect();
    for list in &args.prefectures {
        let codes = parts(list).into_iter().map(|code| {
            code.parse::<u32>()
                .map_err(|_| Refusal(format!("{code} is no code of a prefecture; give six digits, such as 320500")))
        });
        areas.push(Area::Prefectures(codes.collect::<Result<_, _>>()?));
    }
    for area in &areas {
        area.check(&region.baseline)?;
    }
    Ok(areas)
}

fn table(columns: &[(String, &Profile)]) -> String {
    let mut text = format!("{:<34}{:<14}", "", "");
    for (head, _) in columns {
        let _ = write!(text, "{head:>20}");
    }
    let mut section: Option<Section> = None;
    let mut reasons = Vec::new();
    for m in Measure::all() {
        if section != Some(m.section()) {
            section = Some(m.section());
            let _ = write!(text, "\n{}", m.section().key());
        }
        let _ = write!(text, "\n  {:<32}{:<14}", m.key(), m.unit().symbol());
        for (_, profile) in columns {
            let cell = match m.value(profile, Normal::Absolute) {
                Ok(v) => format!("{v:.4}"),
                Err(why) => {
                    let n = reasons.iter().position(|r| *r == why.code()).unwrap_or_else(|| {
                        reasons.push(why.code());
                        reasons.len() - 1
                    });
                    format!("- [{}]", n + 1)
                }
            };
            let _ = write!(text, "{cell:>20}");
        }
    }
    for (n, reason) in reasons.iter().enumerate() {
        let _ = write!(text, "\n[{}] {reason}", n + 1);
    }
    text
}
