//! `atlas route`.

use crate::{Refusal, scenario, stream::StreamArg};
use atlas_core::{
    account::Rates,
    format::report,
    model::{Mode, Region, Stream},
    routing::{Aim, Query, Route, Router, find_place},
};
use clap::{Args as ClapArgs, ValueEnum};
use std::{fmt::Write, path::PathBuf};

#[derive(ClapArgs)]
pub struct Args {
    /// Where it begins: a place or city in Chinese or English, a facility id, or lon,lat.
    #[arg(long, allow_hyphen_values = true)]
    from: String,
    /// Where it ends, likewise.
    #[arg(long, allow_hyphen_values = true)]
    to: String,
    /// Modes that may be used, joined by commas. Without road, trucks only reach the first terminal and leave the last.
    #[arg(long, value_delimiter = ',', default_value = "road")]
    modes: Vec<ModeArg>,
    /// What the way is chosen by.
    #[arg(long, value_enum, default_value = "cost", conflicts_with = "weights")]
    by: ByArg,
    /// A weighted sum instead: weights of a yuan, an hour and a kg CO2e, joined by commas.
    #[arg(long, value_name = "YUAN,HOURS,CO2", value_parser = weights)]
    weights: Option<Aim>,
    /// How many alternatives to look for, at most three.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
    alternatives: u8,
    /// What travels; lead batteries and lithium are dearer.
    #[arg(long, value_enum, default_value = "al")]
    stream: StreamArg,
    /// A scenario file, for its parameters, levers and closed terminals.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModeArg {
    Road,
    Rail,
    Water,
    Sea,
}

impl From<ModeArg> for Mode {
    fn from(m: ModeArg) -> Self {
        match m {
            ModeArg::Road => Self::Road,
            ModeArg::Rail => Self::Rail,
            ModeArg::Water => Self::Water,
            ModeArg::Sea => Self::Sea,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ByArg {
    Cost,
    Hours,
    Co2,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let base = &region.baseline;
    let (document, problems) = scenario::open(base, args.scenario.as_deref())?;
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    let find = |text: &str| find_place(text, &base.facilities, &base.prefectures, &region.ground.places);
    let (from, to) = (find(&args.from)?, find(&args.to)?);
    let parameters = document.scenario().parameters(base);
    let rates = Rates::new(&parameters, &document.scenario().levers);
    let aim = match (args.weights, args.by) {
        (Some(weights), _) => weights,
        (_, ByArg::Cost) => Aim::COST,
        (_, ByArg::Hours) => Aim::HOURS,
        (_, ByArg::Co2) => Aim::CO2,
    };
    let stream = Stream::from(args.stream);
    let query = Query {
        from: (&from.name, from.at),
        to: (&to.name, to.at),
        modes: args.modes.iter().map(|m| Mode::from(*m)).collect(),
        aim,
        stream,
        alternatives: usize::from(args.alternatives),
    };
    let answer = Router::new(&region.ground, &base.facilities)
        .route(region, document.plan(), &rates, &query)
        .map_err(|e| Refusal(format!("{} - {}: {e}", args.from, args.to)))?;
    if args.json {
        return Ok(report::route_json(&answer, stream, &parameters));
    }
    let mut text = String::new();
    line(&mut text, &format!("{} - {}", from.name.en, to.name.en), &answer.best);
    for (i, other) in answer.alternatives.iter().enumerate() {
        let words = format!("alternative {}, {:.0} % different", i + 1, 100.0 * other.different);
        line(&mut text, &words, &other.route);
    }
    if let Some(why) = answer.fewer {
        let _ = writeln!(text, "no more alternatives: {}", why.key().replace('_', " "));
    }
    Ok(text.trim_end().to_owned())
}

/// Three numbers joined by commas.
fn weights(text: &str) -> Result<Aim, String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some([yuan, hours, kg_co2e]) => Ok(Aim { yuan: *yuan, hours: *hours, kg_co2e: *kg_co2e }),
        _ => Err("give three numbers joined by commas, such as 1,0.1,0.09".into()),
    }
}

fn line(text: &mut String, words: &str, route: &Route) {
    let h = route.total;
    let _ = writeln!(
        text,
        "{words}: {:.1} km, {:.1} h, {:.1} yuan/t, {:.2} kg CO2e/t",
        h.km, h.hours, h.yuan_per_t, h.kg_co2e_per_t
    );
    for leg in &route.legs {
        let h = leg.haul;
        let _ = writeln!(
            text,
            "  {:<6}{} - {}: {:.1} km, {:.1} h, {:.1} yuan/t, {:.2} kg CO2e/t",
            leg.mode.key(),
            leg.from.en,
            leg.to.en,
            h.km,
            h.hours,
            h.yuan_per_t,
            h.kg_co2e_per_t
        );
    }
}
