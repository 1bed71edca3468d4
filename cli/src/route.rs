//! `atlas route`.

use crate::Refusal;
use atlas_core::{
    account::Rates,
    catchment::Fields,
    format::report,
    model::{Region, Stream},
    routing::{find_place, road_route},
    scenario::Levers,
};
use clap::{Args as ClapArgs, ValueEnum};

#[derive(ClapArgs)]
pub struct Args {
    /// Where it begins: a place or city in Chinese or English, a facility id, or lon,lat.
    #[arg(long, allow_hyphen_values = true)]
    from: String,
    /// Where it ends, likewise.
    #[arg(long, allow_hyphen_values = true)]
    to: String,
    /// Modes that may be used.
    #[arg(long, value_delimiter = ',', default_value = "road")]
    modes: Vec<ModeArg>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModeArg {
    Road,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let base = &region.baseline;
    let find = |text: &str| find_place(text, &base.facilities, &base.prefectures, &region.ground.places);
    let (from, to) = (find(&args.from)?, find(&args.to)?);
    let rates = Rates::new(&base.parameters, &Levers::default());
    // Ordinary goods: no hazard multiplier.
    let route = road_route(
        &region.ground,
        &mut Fields::default(),
        &rates,
        Stream::Al,
        (&from.name, from.at),
        (&to.name, to.at),
    )
    .ok_or_else(|| Refusal(format!("no road joins {} and {}; choose another place or mode", args.from, args.to)))?;
    if args.json {
        return Ok(report::route_json(&route));
    }
    let h = route.total;
    Ok(format!(
        "{} - {}: {:.1} km, {:.1} h, {:.1} yuan/t, {:.2} kg CO2e/t",
        from.name.en, to.name.en, h.km, h.hours, h.yuan_per_t, h.kg_co2e_per_t
    ))
}
