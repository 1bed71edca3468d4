//! `atlas catchment`.

use crate::{
    Refusal,
    measure::{DemandArg, MeasureArg},
    scenario,
    stream::StreamArg,
};
use atlas_core::{
    catchment::{Areas, Demand, Fields, Measure, Question, Remote, Surveyed, survey},
    format::catchments,
    model::{Cluster, FacilityKind, Region, Stream},
};
use clap::{Args as ClapArgs, ValueEnum};
use std::{fmt::Write, path::PathBuf};

#[derive(ClapArgs)]
pub struct Args {
    /// Whose catchments.
    #[arg(long, value_enum, default_value = "collection-points")]
    of: Kind,
    /// Only facilities that take this stream, and tonnes of it alone.
    #[arg(long, value_enum)]
    stream: Option<StreamArg>,
    /// Only facilities of this cluster.
    #[arg(long, value_enum)]
    cluster: Option<ClusterArg>,
    /// Only these facilities: ids joined by commas.
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    only: Vec<String>,
    /// What "near" is measured in; minutes and yuan a tonne are modelled.
    #[arg(long, value_enum, default_value = "km")]
    measure: MeasureArg,
    /// Upper ends of the travel bands in the measure's unit, ascending, joined by commas.
    #[arg(long, value_delimiter = ',', value_name = "LIMITS")]
    bands: Vec<f64>,
    /// What is near enough to be covered; without it the second band.
    #[arg(long, value_name = "LIMIT", allow_hyphen_values = true)]
    limit: Option<f64>,
    /// What demand is counted in for means, losses and the order of uncovered places.
    #[arg(long, value_enum, default_value = "people")]
    demand: DemandArg,
    /// Writes catchments and bands as GeoJSON, cut to the clusters' land.
    #[arg(long, value_name = "FILE")]
    geojson: Option<PathBuf>,
    /// A scenario file; without it the baseline.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    CollectionPoints,
    Hubs,
    Smelters,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ClusterArg {
    Yrd,
    Prd,
    Bohai,
}

impl Args {
    fn question(&self) -> Result<Question, Refusal> {
        let of = match self.of {
            Kind::CollectionPoints => FacilityKind::CollectionPoint,
            Kind::Hubs => FacilityKind::Hub,
            Kind::Smelters => FacilityKind::Smelter,
        };
        let measure = Measure::from(self.measure);
        let bands = if self.bands.is_empty() { measure.usual_bands(of).to_vec() } else { self.bands.clone() };
        if bands.iter().any(|b| !(b.is_finite() && *b > 0.0)) || bands.windows(2).any(|w| w[0] >= w[1]) {
            return Err(Refusal("--bands: give numbers above 0 in ascending order, such as 5,10,20".into()));
        }
        let limit = self.limit.unwrap_or_else(|| bands[1.min(bands.len() - 1)]);
        if !(limit.is_finite() && limit > 0.0) {
            return Err(Refusal("--limit: give a number above 0".into()));
        }
        Ok(Question {
            of,
            stream: self.stream.map(Stream::from),
            cluster: self.cluster.map(|c| match c {
                ClusterArg::Yrd => Cluster::Yrd,
                ClusterArg::Prd => Cluster::Prd,
                ClusterArg::Bohai => Cluster::Bohai,
            }),
            only: self.only.clone(),
            measure,
            bands,
            limit,
            demand: Demand::from(self.demand),
        })
    }
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let question = args.question()?;
    let (document, problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let (plan, wanted) = (document.plan(), document.scenario());
    if let Some(id) = question.only.iter().find(|id| plan.get(id).is_none_or(|p| p.facility.kind != question.of)) {
        return Err(Refusal(format!("--only: there is no {id} of this kind; check the id")));
    }
    let mut fields = Fields::default();
    let found = survey(region, plan, wanted, &question, &mut fields);
    if found.survey.facilities.is_empty() {
        return Err(Refusal(
            "no open facility fits; choose another kind, stream or cluster, or open one in the scenario".into(),
        ));
    }
    if let Some(path) = &args.geojson {
        let areas = Areas::new(&region.ground.roads);
        let document = catchments::catchments_geojson(region, plan, wanted, &found, &areas, &mut fields);
        std::fs::write(path, document).map_err(|e| Refusal(format!("cannot write {}: {e}", path.display())))?;
    }
    if args.json {
        let road = Question { measure: Measure::Km, ..question };
        let by_road = survey(region, plan, wanted, &road, &mut fields);
        return Ok(catchments::catchments_json(region, plan, wanted, &found, &by_road, &problems));
    }
    for problem in problems.iter().cloned().chain(found.remote.iter().map(Remote::diagnostic)) {
        eprintln!("atlas: {problem}");
    }
    Ok(table(&found))
}

fn table(found: &Surveyed) -> String {
    let survey = &found.survey;
    let unit = survey.question.measure.unit();
    let mut text = format!("{:<22}{:>14}{:>14}{:>10}\n", "", "people", "gross t/y", "% people");
    let share = |part: f64| if survey.total.people > 0.0 { 100.0 * part / survey.total.people } else { 0.0 };
    let mut line = |name: &str, people: f64, tonnes: f64| {
        let _ = writeln!(text, "{name:<22}{people:>14.0}{tonnes:>14.0}{:>10.1}", share(people));
    };
    for b in &survey.bands {
        let name = b.upto.map_or_else(|| "beyond".to_owned(), |upto| format!("up to {upto} {unit}"));
        line(&name, b.demand.people, b.demand.tonnes);
    }
    line("unreachable", survey.unreachable.people, survey.unreachable.tonnes);
    let covered = &survey.coverage.all.within;
    line(&format!("covered, {} {unit}", survey.question.limit), covered.people, covered.tonnes);
    if let Some(e) = survey.coverage.equity {
        let _ = writeln!(
            text,
            "mean {:.1} {unit}, median {:.1}, nearest tenth {:.1}, furthest tenth {:.1}, Gini {:.3}",
            e.mean, e.median, e.best_tenth, e.worst_tenth, e.gini
        );
    }
    let _ = write!(text, "{} facilities; the full list: --json", survey.facilities.len());
    text
}
