//! `atlas norms`.
//!
//! `--json` prints
//!
//! - `profile`: `key` and `choices`, each with `norm` and the `provinces` it is applied in (none: everywhere);
//! - `norms`: the chosen norms with `rule` and `area` in both languages, `metric`, `min`, `max`, `households` (the most a point
//!   may serve in `town` and `country`, as read from the wording) and `origin`: table, row, basis, source, year, confidence;
//! - `inputs`: the parameters behind it, each with its origin;
//! - `summary`: `passes`, `fails` and `cannot_say` by `norm` and by what they are `about`: prefecture, point, hub or region;
//! - `findings`: `norm`; `subject` (`{"prefecture": code}`, `{"point": id}`, `{"hub": id}` or `"region"`); `name`, `province`,
//!   `at` (longitude, latitude; null for the region); `verdict` (`"passes"`, `"fails"` or `{"cannot_say": what is missing}`);
//!   `measured`, null where nothing could be: `quantity` (`real_points`, `households_per_point`, `gross_t_per_year`), `value`,
//!   `limit`, `difference` = value - limit, `ratio` = value / limit, `basis` of the value; `remedy`, null where the norm is
//!   kept: `{"add_points": {"real_points": n}}`, `{"enlarge_to": {"t_per_year": t}}`, `{"send_more": {"t_per_year": t}}` or
//!   `{"find_out": {"what": what is missing}}`;
//! - `diagnostics`: what was wrong with the scenario file.

use crate::{Refusal, scenario};
use atlas_core::{
    catchment::norms::{Finding, Load, NormProfile, NormReport, Situation, Verdict, check},
    evaluate::Evaluator,
    format::findings,
    model::{Norm, Region},
};
use clap::Args as ClapArgs;
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

#[derive(ClapArgs)]
pub struct Args {
    /// A set of norms: shanghai_2019, beijing_2024, general, beijing_commerce, batteries or shandong_base.
    #[arg(long, value_name = "KEY", default_value = "shanghai_2019", conflicts_with = "norms")]
    profile: String,
    /// Norms of data/tables/norms.csv instead, joined by commas.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    norms: Vec<String>,
    /// Provinces in Chinese to apply them in, joined by commas; without it everywhere.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    provinces: Vec<String>,
    /// A scenario file; without it the baseline is checked.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Write the findings that have a place to a GeoJSON file.
    #[arg(long, value_name = "FILE")]
    geojson: Option<PathBuf>,
    /// Write all findings to a CSV file.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let base = &region.baseline;
    let profile = profile(region, args)?;
    let (document, problems) = scenario::open(base, args.scenario.as_deref())?;
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    let parameters = document.scenario().parameters(base);
    let load = |id: &str| {
        let handled = evaluation.handled(id);
        handled.map_or_else(Load::default, |h| Load { people: h.people, gross_t: h.gross_t.total() })
    };
    let situation = Situation::of_plan(&base.prefectures, document.plan(), &parameters, load);
    let report = check(&profile, &base.norms, &situation);
    if let Some(path) = &args.geojson {
        write(path, &findings::norms_geojson(&base.norms, &report))?;
    }
    if let Some(path) = &args.csv {
        write(path, &findings::norms_csv(&base.norms, &report))?;
    }
    if args.json {
        return Ok(findings::norms_json(&profile, &base.norms, &parameters, &report, &problems));
    }
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    Ok(table(&profile.norms(&base.norms), &report))
}

/// The chosen norms, where they are applied.
fn profile(region: &Region, args: &Args) -> Result<NormProfile, Refusal> {
    let base = &region.baseline;
    let known = |ids: Vec<&str>| ids.join(", ");
    let provinces = || base.prefectures.iter().filter(|p| p.cluster.is_some()).map(|p| p.province.as_str());
    if let Some(unknown) = args.provinces.iter().find(|name| provinces().all(|p| p != name.as_str())) {
        let mut names: Vec<&str> = provinces().collect();
        names.dedup();
        return Err(Refusal(format!("no province {unknown} in the clusters; there are {}", known(names))));
    }
    let profile = if args.norms.is_empty() {
        let all = NormProfile::standard();
        let keys = all.iter().map(|p| p.key.as_str()).collect();
        let unknown = Refusal(format!("no set of norms {}; there are {}", args.profile, known(keys)));
        all.into_iter().find(|p| p.key == args.profile).ok_or(unknown)?
    } else {
        NormProfile::own(args.norms.iter().map(String::as_str))
    };
    if let Some(unknown) = profile.unknown(&base.norms).first() {
        let ids = base.norms.iter().map(|n| n.id.as_str()).collect();
        return Err(Refusal(format!("no norm {unknown} in the region pack; there are {}", known(ids))));
    }
    Ok(profile.within(&args.provinces))
}

/// The norms with their sources, the counts, then what fails and what cannot be said.
fn table(norms: &[&Norm], report: &NormReport) -> String {
    let mut text = String::new();
    for n in norms {
        let confidence = n.origin.confidence.key();
        let _ =
            writeln!(text, "{:<5}{} [{}; {}; confidence {confidence}]", n.id, n.rule.en, n.area.en, n.origin.source);
    }
    let _ = writeln!(text, "\n{:<5}{:<12}{:>9}{:>9}{:>12}", "norm", "about", "passes", "fails", "cannot say");
    for s in &report.summary {
        let _ = writeln!(text, "{:<5}{:<12}{:>9}{:>9}{:>12}", s.norm, s.about.key(), s.passes, s.fails, s.cannot_say);
    }
    let _ = writeln!(
        text,
        "\n{:<5}{:<12}{:<8}{:<11}{:>12}{:>12}{:>9}  {:<28}name",
        "norm", "about", "id", "verdict", "value", "limit", "off, %", "remedy"
    );
    for finding in report.findings.iter().filter(|f| f.verdict != Verdict::Passes) {
        let _ = writeln!(text, "{}", row(finding));
    }
    text.trim_end().to_owned()
}

fn row(f: &Finding) -> String {
    let [value, limit, off] = f.measured.map_or_else(
        || ["-"; 3].map(str::to_owned),
        |m| [format!("{:.0}", m.value), format!("{:.1}", m.limit), format!("{:+.1}", 100.0 * (m.ratio - 1.0))],
    );
    format!(
        "{:<5}{:<12}{:<8}{:<11}{value:>12}{limit:>12}{off:>9}  {:<28}{}",
        f.norm,
        f.subject.kind().key(),
        f.subject.id(),
        f.verdict.key().replace('_', " "),
        f.remedy.map_or_else(String::new, findings::remedy_words),
        f.name.en,
    )
}

fn write(path: &Path, text: &str) -> Result<(), Refusal> {
    std::fs::write(path, text).map_err(|e| Refusal(format!("cannot write {}: {e}", path.display())))
}
