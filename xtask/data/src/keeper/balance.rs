//! The balance sheets: do provinces, metals and plants add up to what is known of the country?
//!
//! Everything is computed from the tables. What does not close is told as a finding, not mended.

use super::{
    notice::Notices,
    scrap::Model,
    shelf::{Shelf, cell, number},
};
use crate::validate::CENSUS;
use atlas_core::{
    format::tables,
    model::{Facility, Parameters, Stream, effective_t, national_target_t},
};

/// The 17 provinces hold about three quarters of the country by every measure of the scrap model.
const SHARE: std::ops::RangeInclusive<f64> = 0.70..=0.80;
/// A gap under this share of the target is within the uncertainty of the figures.
const OPEN: f64 = 0.05;
const NEEDED: [&str; 17] = [
    "national.recycled_output_target.Al",
    "national.recycled_output_target.Cu",
    "national.recycled_output_target.Pb",
    "national.recycled_output_target.other",
    "national.recycled_output.Zn",
    "national.scrap_import_gross.Al",
    "national.scrap_import_gross.Cu",
    "process.metal_content_feed.Al",
    "process.metal_content_feed.Cu",
    "process.metal_content_feed.Pb",
    "process.metal_content_feed.Zn",
    "process.metal_content_feed.other",
    "process.smelter_yield.Al",
    "process.smelter_yield.Cu",
    "process.smelter_yield.Pb",
    "process.smelter_yield.Zn",
    "process.smelter_yield.Li",
];
const TOPIC: &str = "balances that do not close";
const PARAMETERS: &str = "data/tables/parameters.csv";

/// The sheets as lines of text, and what they leave open as findings.
pub fn draw(notices: &mut Notices, shelf: &Shelf) -> Vec<String> {
    let mut lines = census(shelf);
    // A model that lacks a parameter is told by the scrap model.
    let Ok(model) = Model::of(shelf) else { return lines };
    if let Some(key) = NEEDED.into_iter().chain(["model.utilisation.all"]).find(|k| model.parameters().get(k).is_none())
    {
        let reason = format!("the balance needs {key}, which is missing or not a number");
        notices.file_error(TOPIC, PARAMETERS, reason, "Add the parameter.");
        return lines;
    }
    lines.extend(scrap(notices, shelf, &model));
    lines.extend(capacity(notices, shelf, model.parameters()));
    lines.extend(closing(notices, &model));
    lines
}

/// Residents by province against the census. What is off is an error of the builder's own rules.
fn census(shelf: &Shelf) -> Vec<String> {
    let rows = shelf.get("prefectures").map_or(&[][..], |t| &t.rows);
    let line = |name: &str, cities: f64, census: f64| {
        format!("  {name:<10}{cities:>12.2}{census:>12.2}{:>+10.3} %", (cities / census - 1.0) * 100.0)
    };
    let mut lines = vec![
        "Residents in ten thousands".into(),
        format!("  {:<10}{:>12}{:>12}{:>12}", "province", "cities", "census 2020", "off"),
    ];
    let (mut all, mut known) = (0.0, 0.0);
    for (code, people) in CENSUS {
        let own = rows.iter().filter(|r| cell(r, "adcode").starts_with(&code.to_string()));
        let sum: f64 = own.filter_map(|r| number(r, "population_2020_10k")).sum();
        lines.push(line(&code.to_string(), sum, people));
        all += sum;
        known += people;
    }
    lines.push(line("all 17", all, known));
    lines
}

/// Scrap of the provinces against the country.
fn scrap(notices: &mut Notices, shelf: &Shelf, model: &Model) -> Vec<String> {
    let rows = shelf.get("scrap").map_or(&[][..], |t| &t.rows);
    let cities = shelf.get("prefectures").map_or(&[][..], |t| &t.rows);
    let mut lines = vec![
        String::new(),
        "Scrap collected, kt of metal a year".into(),
        format!(
            "  {:<8}{:>10}{:>14}{:>10}{:>12}{:>14}",
            "metal", "country", "17 provinces", "share", "by formula", "in clusters"
        ),
    ];
    for stream in Stream::ALL {
        let column = format!("{}_collected_kt", stream.table_key());
        let sum: f64 = rows.iter().filter_map(|r| number(r, &column)).sum();
        let clusters: f64 =
            rows.iter().filter(|r| cell(r, "cluster") != "corridor").filter_map(|r| number(r, &column)).sum();
        let formula: f64 = cities.iter().filter_map(|c| model.collected_kt(stream, c)).sum();
        let country = model.national_kt(stream);
        lines.push(format!(
            "  {:<8}{country:>10.0}{sum:>14.1}{:>8.1} %{formula:>12.1}{clusters:>14.1}",
            stream.table_key(),
            sum / country * 100.0
        ));
        if !SHARE.contains(&(sum / country)) {
            let reason =
                format!("{}: the 17 provinces hold {:.1} % of the country", stream.table_key(), sum / country * 100.0);
            notices.file_finding(
                TOPIC,
                "data/tables/scrap.csv",
                reason,
                "About 75 % is expected: look at totals and weights.",
            );
        }
    }
    lines
}

/// Named plants against the national targets, counted as the app counts them.
fn capacity(notices: &mut Notices, shelf: &Shelf, parameters: &Parameters) -> Vec<String> {
    let plants: Vec<Facility> = tables::smelters(shelf.get("smelters").map_or("", |t| t.text.as_str())).0;
    let utilisation = parameters.number("model.utilisation.all");
    let mut lines = vec![
        String::new(),
        format!("Named plants that run, kt of product a year, at a utilisation of {utilisation}"),
        format!("  {:<8}{:>10}{:>10}{:>12}{:>10}{:>12}", "metal", "named", "usable", "target", "share", "unnamed"),
    ];
    for stream in Stream::ALL {
        let usable: f64 = plants.iter().map(|p| effective_t(p, stream, parameters)).sum::<f64>() / 1000.0;
        let target = national_target_t(stream, parameters) / 1000.0;
        lines.push(format!(
            "  {:<8}{:>10.0}{usable:>10.0}{target:>12.0}{:>8.1} %{:>12.0}",
            stream.table_key(),
            usable / utilisation,
            usable / target * 100.0,
            (target - usable).max(0.0)
        ));
        if usable > target {
            let reason =
                format!("{}: named plants can make {usable:.0} kt, the target is {target:.0}", stream.table_key());
            notices.file_finding(TOPIC, "data/tables/smelters.csv", reason, "Look for a capacity in another unit.");
        }
    }
    lines
}

/// Scrap needed for the targets against what is recovered at home and imported.
fn closing(notices: &mut Notices, model: &Model) -> Vec<String> {
    let p = model.parameters();
    let mut lines = vec![
        String::new(),
        "Does the scrap suffice for the target? kt of metal a year".into(),
        format!(
            "  {:<8}{:>8}{:>8}{:>10}{:>14}{:>16}{:>14}",
            "metal", "target", "needed", "at home", "from imports", "imports gross", "unexplained"
        ),
    ];
    for stream in [Stream::Cu, Stream::Al, Stream::Pb, Stream::Zn] {
        let metal = stream.table_key();
        let target = national_target_t(stream, p) / 1000.0;
        let needed = target / (p.number(&format!("process.smelter_yield.{metal}")) / 100.0);
        let home = model.national_kt(stream);
        let missing = needed - home;
        let imports = p.get(&format!("national.scrap_import_gross.{metal}"));
        let gross = imports.map_or(0.0, |i| i.value);
        let open = (missing - gross).max(0.0);
        let said = if imports.is_some() { format!("{gross:.0}") } else { "not known".into() };
        lines.push(format!("  {metal:<8}{target:>8.0}{needed:>8.0}{home:>10.0}{missing:>14.0}{said:>16}{open:>14.0}"));
        if open <= OPEN * target {
            continue;
        }
        let mut reason = format!("{metal}: {open:.0} kt of the scrap that the target needs is unexplained");
        if let Some(imports) = imports {
            let (low, high) = (imports.low.unwrap_or(gross), imports.high.unwrap_or(gross));
            let content = p.number(&format!("process.metal_content_feed.{metal}")) / 100.0;
            let detail = format!(
                "{metal}: {:.0} to {:.0} kt unexplained for imports of {high:.0} to {low:.0} kt gross; {:.0} kt if imports hold {:.0} % metal",
                (missing - high).max(0.0),
                (missing - low).max(0.0),
                (missing - gross * content).max(0.0),
                content * 100.0
            );
            lines.push(format!("  {detail}"));
            reason = detail;
        }
        let remedy = "Show it as unallocated: the national figures use different definitions. Do not hide it.";
        notices.file_finding(TOPIC, PARAMETERS, reason, remedy);
    }
    lines
}
