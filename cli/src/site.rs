//! `atlas site`.
//!
//! `--json` prints
//!
//! - `status` (`Optimal`: proved), `objective`, `bound`, `gap`, `unit`, `before` (the objective as things are), `seconds`;
//! - `sites`, ranked by what is lost without them: `id`, names, `at`, what each `serves` and from whom it was `won`, `mean` way, `loss`;
//!   `closes`: ids to close; `edits`: the same as edits of a scenario;
//! - `demand`, `beyond` the limit, `out_of_reach` of every candidate; `size`: candidates, places of demand, pairs;
//! - `clash`: where nothing keeps all limits, which clash and what would help;
//! - `curve` with `--curve`: objective and bound by number of sites, and the elbow; `alternatives` with `--alternatives`;
//! - `futures` with `--futures`: how the plan and the plan for the table's values (`plain`) do in them: bands, the worst, in how many
//!   futures it is `better`, `alike` and `worse`, the `price` on the mean, `regret` as an interval, `values` by future; `drawn`: what was drawn;
//! - `inputs`: the parameters behind it; `diagnostics`: what was left out, and why.

use crate::{
    Refusal,
    measure::{DemandArg, MeasureArg},
    scenario,
    stream::StreamArg,
};
use atlas_core::{
    catchment::{Demand, Measure},
    format::{
        scenario as file,
        siting::{Report, objective_unit, read_question, siting_json},
    },
    geo::LonLat,
    model::{Baseline, FacilityKind, Region, Stream},
    scenario::Change,
    siting::planning::{
        Aim, Alternatives, By, Candidates, Clash, Curve, Existing, Futures, Progress, Proposal, Question, Siting, Spot,
        accept,
    },
};
use clap::{Args as ClapArgs, ValueEnum};
use std::{
    fmt::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

#[derive(ClapArgs)]
pub struct Args {
    /// A question file (JSON); what is given beside it replaces what it says.
    #[arg(long, value_name = "FILE")]
    question: Option<PathBuf>,
    /// What is sited.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// The stream it takes, and tonnes of it alone.
    #[arg(long, value_enum)]
    stream: Option<StreamArg>,
    /// Where sites may go: clusters (yrd), codes of provinces (340000) or prefectures, or their names, joined by commas.
    #[arg(long, value_delimiter = ',', value_name = "AREAS")]
    within: Vec<String>,
    /// Whose way counts, likewise; without it that of the same area.
    #[arg(long, value_delimiter = ',', value_name = "AREAS")]
    serves: Vec<String>,
    /// How many new sites.
    #[arg(long, value_name = "N")]
    count: Option<usize>,
    /// What is made best.
    #[arg(long, value_enum)]
    aim: Option<AimArg>,
    /// What "near" is measured in; minutes and yuan a tonne are modelled.
    #[arg(long, value_enum)]
    measure: Option<MeasureArg>,
    /// What demand is counted in.
    #[arg(long, value_enum)]
    demand: Option<DemandArg>,
    /// Nobody further than this, in the measure's unit.
    #[arg(long, value_name = "LIMIT", allow_hyphen_values = true)]
    limit: Option<f64>,
    /// Sites at least so many km apart.
    #[arg(long, value_name = "KM", allow_hyphen_values = true)]
    apart: Option<f64>,
    /// Yuan a year that all new sites may cost.
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    budget: Option<f64>,
    /// Yuan a year that a new site costs.
    #[arg(long, value_name = "YUAN", allow_hyphen_values = true)]
    site_cost: Option<f64>,
    /// Gross tonnes a year that a new site takes (least cost).
    #[arg(long, value_name = "TONNES", allow_hyphen_values = true)]
    capacity: Option<f64>,
    /// Where candidates come from: places, cells, none, or a CSV file with the columns name, lon, lat.
    #[arg(long, value_name = "WHAT")]
    candidates: Option<String>,
    /// What becomes of the facilities that are there.
    #[arg(long, value_enum)]
    existing: Option<ExistingArg>,
    /// Ids that must be open: facilities, or candidates such as place:12.
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    open: Vec<String>,
    /// Ids that must be closed.
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    closed: Vec<String>,
    /// A set of siting norms that candidates must be able to keep.
    #[arg(long, value_name = "SET")]
    norms: Option<String>,
    /// Starts the random choices of the search, and with --futures the draws.
    #[arg(long, value_name = "SEED")]
    seed: Option<u64>,
    /// Sites that are good in so many futures, drawn as `atlas montecarlo` draws them, instead of the table's values alone.
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    futures: Option<u32>,
    /// In which sense they are good there (with --futures).
    #[arg(long, value_enum)]
    by: Option<ByArg>,
    /// A scenario file; without it the baseline.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Also the trade-off: objectives for 1 to so many sites.
    #[arg(long, value_name = "MAX")]
    curve: Option<usize>,
    /// Also other plans within so many per cent of the best.
    #[arg(long, value_name = "PER CENT")]
    alternatives: Option<f64>,
    /// Stop after so many seconds with the best plan so far.
    #[arg(long, value_name = "S", default_value_t = 30.0)]
    seconds: f64,
    /// Write the scenario with the plan accepted to a file.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    CollectionPoints,
    Hubs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AimArg {
    Nearest,
    MostCovered,
    FewestSites,
    LeastLongest,
    LeastCost,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ByArg {
    /// The best mean of all futures.
    Mean,
    /// The best worst case.
    Worst,
    /// The least regret: the most lost in any future against the sites that are best in it.
    Regret,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExistingArg {
    Keep,
    MayClose,
    Ignore,
}

impl Args {
    fn question(&self, baseline: &Baseline) -> Result<Question, Refusal> {
        let mut q = match &self.question {
            None => Question::default(),
            Some(path) => read_question(&read(path)?)?,
        };
        if let Some(kind) = self.kind {
            q.kind = match kind {
                Kind::CollectionPoints => FacilityKind::CollectionPoint,
                Kind::Hubs => FacilityKind::Hub,
            };
        }
        if let Some(aim) = self.aim {
            q.aim = match aim {
                AimArg::Nearest => Aim::Nearest,
                AimArg::MostCovered => Aim::MostCovered,
                AimArg::FewestSites => Aim::FewestSites,
                AimArg::LeastLongest => Aim::LeastLongest,
                AimArg::LeastCost => Aim::LeastCost,
            };
        }
        if let Some(measure) = self.measure {
            q.measure = Measure::from(measure);
        }
        if let Some(demand) = self.demand {
            q.demand = Demand::from(demand);
        }
        if let Some(existing) = self.existing {
            q.existing = match existing {
                ExistingArg::Keep => Existing::Keep,
                ExistingArg::MayClose => Existing::MayClose,
                ExistingArg::Ignore => Existing::Ignore,
            };
        }
        if let Some(candidates) = self.candidates.as_deref() {
            q.candidates = match candidates {
                "places" => Candidates::Places,
                "cells" => Candidates::Cells,
                "none" => Candidates::None,
                path => Candidates::List(spots(Path::new(path))?),
            };
        }
        if !self.within.is_empty() {
            q.area.within = codes(baseline, &self.within)?;
        }
        if !self.serves.is_empty() {
            q.serves.get_or_insert_default().within = codes(baseline, &self.serves)?;
        }
        q.stream = self.stream.map(Stream::from).or(q.stream);
        q.count = self.count.unwrap_or(q.count);
        q.limit = self.limit.or(q.limit);
        q.apart_km = self.apart.or(q.apart_km);
        q.budget = self.budget.or(q.budget);
        q.site_cost = self.site_cost.or(q.site_cost);
        q.capacity_t = self.capacity.or(q.capacity_t);
        q.norms = self.norms.clone().or(q.norms);
        q.seed = self.seed.unwrap_or(q.seed);
        if self.futures.is_some() || self.by.is_some() {
            let Some(before) = q.futures.or(self.futures.map(|runs| Futures { runs, seed: 1, by: By::Mean })) else {
                return Err(Refusal("--by says in which sense sites are good across futures: add --futures N".into()));
            };
            q.futures = Some(Futures {
                runs: self.futures.unwrap_or(before.runs),
                seed: self.seed.unwrap_or(before.seed),
                by: self.by.map_or(before.by, |by| match by {
                    ByArg::Mean => By::Mean,
                    ByArg::Worst => By::WorstCase,
                    ByArg::Regret => By::Regret,
                }),
            });
        }
        q.open.extend(self.open.iter().cloned());
        q.closed.extend(self.closed.iter().cloned());
        Ok(q)
    }
}

fn read(path: &Path) -> Result<String, Refusal> {
    std::fs::read_to_string(path).map_err(|e| Refusal(format!("cannot read {}: {e}", path.display())))
}

/// Provinces of several prefectures as they are called in English: the tables have their Chinese names.
const PROVINCES: [(&str, u32); 7] = [
    ("Hebei", 130_000),
    ("Liaoning", 210_000),
    ("Jiangsu", 320_000),
    ("Zhejiang", 330_000),
    ("Anhui", 340_000),
    ("Shandong", 370_000),
    ("Guangdong", 440_000),
];

/// Codes of areas; names of provinces and prefectures become codes.
fn codes(baseline: &Baseline, names: &[String]) -> Result<Vec<String>, Refusal> {
    let code = |name: &String| {
        let text = name.trim();
        let bare = |s: &str| s.trim_end_matches(['省', '市']).to_owned();
        let provinces = baseline.prefectures.iter().filter(|p| bare(&p.province) == bare(text));
        if let Some(p) = provinces.clone().next() {
            return Ok((p.adcode / 10_000 * 10_000).to_string());
        }
        if let Some((_, code)) = PROVINCES.iter().find(|(en, _)| en.eq_ignore_ascii_case(text)) {
            return Ok(code.to_string());
        }
        let fits = |n: &atlas_core::model::Name| bare(&n.zh) == bare(text) || n.en.eq_ignore_ascii_case(text);
        let found: Vec<u32> = baseline.prefectures.iter().filter(|p| fits(&p.name)).map(|p| p.adcode).collect();
        match found[..] {
            [] => Ok(text.to_owned()),
            [one] => Ok(one.to_string()),
            _ => Err(Refusal(format!("several prefectures are called {text:?}; give one of the codes {found:?}"))),
        }
    };
    names.iter().map(code).collect()
}

/// A list of candidates: a CSV file with the columns name, lon, lat. What is no number stays in the list and is told.
fn spots(path: &Path) -> Result<Vec<Spot>, Refusal> {
    let text = read(path)?;
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = table.headers()?.clone();
    let column = |name: &str| header.iter().position(|c| c.eq_ignore_ascii_case(name));
    let (Some(lon), Some(lat)) = (column("lon"), column("lat")) else {
        return Err(Refusal(format!("{}: the first line must name the columns lon and lat", path.display())));
    };
    let name = column("name");
    let spot = |row: csv::Result<csv::StringRecord>| {
        let row = row.map_err(|e| Refusal(format!("{}: {e}", path.display())))?;
        let number = |c: usize| row.get(c).and_then(|t| t.parse().ok()).unwrap_or(f64::NAN);
        let name = name.and_then(|c| row.get(c)).unwrap_or_default().to_owned();
        Ok(Spot { name, at: LonLat::new(number(lon), number(lat)) })
    };
    table.into_records().map(spot).collect()
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let question = args.question(&region.baseline)?;
    if !(args.seconds.is_finite() && args.seconds > 0.0) {
        return Err(Refusal("--seconds: give a number above 0".into()));
    }
    if args.alternatives.is_some_and(|p| !(p.is_finite() && p >= 0.0)) {
        return Err(Refusal("--alternatives: give a percentage of at least 0".into()));
    }
    let (mut document, problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let start = Instant::now();
    let until = start + Duration::from_secs_f64(args.seconds.min(1e6));
    let mut siting = Siting::default();
    let mut job = siting.begin(region, document.plan(), document.scenario(), &question).map_err(|all| {
        let told: Vec<String> = all.iter().map(ToString::to_string).collect();
        Refusal(told.join("\natlas: "))
    })?;
    let mut clash: Option<Clash> = None;
    loop {
        if let Progress::Done { clash: found, .. } = job.step(&mut siting, region) {
            clash = found;
            break;
        }
        if Instant::now() >= until {
            break;
        }
    }
    let proposal = job.proposal(region);
    let seconds = start.elapsed().as_secs_f64();
    let curve = args.curve.map(|most| {
        let mut curve = job.curve(1..=most);
        while curve.step(&job, region) {}
        curve.curve()
    });
    let alternatives = args.alternatives.map(|per_cent| job.alternatives(region, per_cent / 100.0));
    let edits = accept(&question, &proposal, document.plan());
    let parameters = document.scenario().parameters(&region.baseline).into_owned();
    let text = if args.json {
        siting_json(&Report {
            question: &question,
            proposal: &proposal,
            clash: clash.as_ref(),
            curve: curve.as_ref(),
            alternatives: alternatives.as_ref(),
            edits: &edits,
            parameters: &parameters,
            seconds,
            problems: &problems,
        })
    } else {
        for problem in problems.iter().chain(&proposal.notes) {
            eprintln!("atlas: {problem}");
        }
        table(&question, &proposal, clash.as_ref(), curve.as_ref(), alternatives.as_ref(), seconds)
    };
    if let Some(path) = &args.save {
        if proposal.objective.is_none() {
            return Err(Refusal(format!("{text}\nthere is no plan to save; {} was left as it is", path.display())));
        }
        for edit in edits {
            document.make(&region.baseline, Change::Edit(edit)).map_err(|e| Refusal(e.to_string()))?;
        }
        std::fs::write(path, file::write(document.scenario()))
            .map_err(|e| Refusal(format!("cannot write {}: {e}", path.display())))?;
    }
    Ok(text)
}

fn table(
    question: &Question,
    proposal: &Proposal,
    clash: Option<&Clash>,
    curve: Option<&Curve>,
    alternatives: Option<&Alternatives>,
    seconds: f64,
) -> String {
    let unit = objective_unit(question);
    let lost = if question.aim == Aim::FewestSites { "share" } else { unit };
    let number = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{v:.4}"));
    let gap = proposal.gap.map_or_else(|| "-".to_owned(), |g| format!("{:.3} %", 100.0 * g));
    let [candidates, demand, pairs] = proposal.size;
    let mut text = format!(
        "{:?}: {} {unit}, before {}, bound {}, gap {gap}; {seconds:.2} s for {candidates} candidates, {demand} places of demand, {pairs} pairs\n",
        proposal.status,
        number(proposal.objective),
        number(proposal.before),
        number(proposal.bound),
    );
    if proposal.beyond > 0.0 {
        let lost = proposal.out_of_reach;
        let lost = if lost > 0.0 { format!(", {lost:.0} of them wherever sites are built") } else { String::new() };
        let _ = writeln!(text, "{:.0} of {:.0} stay beyond the limit{lost}", proposal.beyond, proposal.demand);
    }
    if let Some(f) = &proposal.futures {
        let (plan, plain) = (&f.plan, &f.plain);
        let [p5, _, p50, _, p95] = plan.band.quantiles;
        let [q5, _, q50, _, q95] = plain.band.quantiles;
        let _ = writeln!(
            text,
            "{:?} of {} futures (seed {}): better than the sites for the table's values in {}, alike in {}, worse in {}",
            f.by, f.runs, f.seed, f.better, f.alike, f.worse
        );
        let _ = writeln!(
            text,
            "  these sites   p5 {p5:.4}, p50 {p50:.4}, p95 {p95:.4}, worst {:.4} {unit}; table {:.4}",
            plan.worst, plan.table
        );
        let _ = writeln!(
            text,
            "  table's sites p5 {q5:.4}, p50 {q50:.4}, p95 {q95:.4}, worst {:.4} {unit}; table {:.4}",
            plain.worst, plain.table
        );
        if let Some(([least, most], [other, others])) = plan.regret.zip(plain.regret) {
            let _ = writeln!(
                text,
                "  most regretted {least:.4} to {most:.4} {unit}; of the table's sites {other:.4} to {others:.4}"
            );
        }
        let _ = writeln!(text, "  given up on the mean: {:.4} {unit}", f.price);
    }
    if let Some(clash) = clash {
        let _ = writeln!(text, "these limits clash: {:?}", clash.limits);
        for r in &clash.relax {
            let least = if r.least { ", and nothing between" } else { "" };
            let to = match r.to {
                Some(to) if to.fract() == 0.0 => format!("{to:.0} would do{least}"),
                Some(to) => format!("{to:.2} would do{least}"),
                None => "changing it alone does not help".to_owned(),
            };
            let _ = writeln!(text, "  {:?}: {to}", r.limit);
        }
    }
    for (i, s) in proposal.sites.iter().enumerate() {
        let [lon, lat]: [f64; 2] = s.at.into();
        let mean = if s.serves > 0.0 { format!("{:.2}", s.mean) } else { "-".into() };
        let _ = writeln!(
            text,
            "{:>3}  {:<14} {lon:.4},{lat:.4}  serves {:>11.0}, mean {mean:>7} {}, lost without it {:.5} {lost}  {} {}",
            i + 1,
            s.id,
            s.serves,
            question.measure.unit(),
            s.loss,
            s.zh,
            if s.en == s.zh { "" } else { &s.en },
        );
    }
    if proposal.sites.is_empty() && proposal.objective.is_some() {
        let _ = writeln!(text, "no new site pays for itself");
    }
    if !proposal.closes.is_empty() {
        let some: Vec<&str> = proposal.closes.iter().take(20).map(String::as_str).collect();
        let more = if proposal.closes.len() > some.len() { " and more (all with --json)" } else { "" };
        let _ = writeln!(text, "closes {}: {}{more}", proposal.closes.len(), some.join(" "));
    }
    if let Some(curve) = curve {
        for p in &curve.points {
            let elbow = if curve.elbow == Some(p.count) { "  elbow" } else { "" };
            let _ = writeln!(
                text,
                "{:>5} sites  {:>12} {unit}, bound {}{elbow}",
                p.count,
                number(p.objective),
                number(p.bound)
            );
        }
    }
    if let Some(found) = alternatives {
        let _ = writeln!(text, "{} other plans", found.plans.len());
        for p in &found.plans {
            let swaps: Vec<String> = p.swaps.iter().map(|s| format!("{} for {}", s.into, s.out)).collect();
            let _ = writeln!(text, "  {:.4} {unit}: {}", p.objective, swaps.join(", "));
        }
    }
    text.trim_end().to_owned()
}
