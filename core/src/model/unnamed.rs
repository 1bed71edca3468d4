//! The capacity that nobody named.
//!
//! Named plants hold less than the national targets. For each cluster and stream one node stands for the rest: the
//! cluster's share of the national target (by secondary-industry value added) minus its named effective capacity, never
//! negative. Modelled, and drawn so. The whole national target is never filled up: that would leave nothing to bind.

use super::{
    Basis, Capacity, CapacityUnit, Cluster, Confidence, Facility, FacilityKind, LocationPrecision, Metal, ModeSet,
    Name, Origin, Parameters, PerCluster, Prefecture, Status, Stream,
};
use crate::geo::haversine_m;

/// The nodes for unnamed capacity, one a cluster and stream where the balance is positive.
///
/// Capacity is effective product in tonnes a year. Each node lies at the prefecture seat of its cluster that is nearest to
/// the cluster's named plants of the stream, weighted by capacity: a place to draw it, not a claim of a site.
#[must_use]
pub fn unnamed_capacity(prefectures: &[Prefecture], smelters: &[Facility], parameters: &Parameters) -> Vec<Facility> {
    let mut nodes = Vec::new();
    for cluster in Cluster::ALL {
        let share = secondary_share(prefectures, cluster, parameters);
        for stream in Stream::ALL {
            let named: f64 = smelters
                .iter()
                .filter(|f| f.cluster == Some(cluster))
                .map(|f| effective_t(f, stream, parameters))
                .sum();
            let missing = share * national_target_t(stream, parameters) - named;
            if missing > 0.0
                && let Some(seat) = central_seat(prefectures, smelters, cluster, stream)
            {
                nodes.push(node(cluster, stream, missing, seat));
            }
        }
    }
    nodes
}

/// The national target of recycled metal in tonnes a year. The report gives zinc and the minor metals as one figure; zinc's
/// own output is taken out of it.
#[must_use]
pub fn national_target_t(stream: Stream, parameters: &Parameters) -> f64 {
    let target = |metal: &str| parameters.number(&format!("national.recycled_output_target.{metal}"));
    let zinc = parameters.number("national.recycled_output.Zn");
    1000.0
        * match stream {
            Stream::Al | Stream::Cu | Stream::Pb => target(stream.table_key()),
            Stream::Zn => zinc,
            Stream::Other => target("other") - zinc,
        }
}

fn secondary_share(prefectures: &[Prefecture], cluster: Cluster, parameters: &Parameters) -> f64 {
    let own = prefectures.iter().filter(|p| p.cluster == Some(cluster)).map(|p| p.secondary_value_added_yuan);
    own.sum::<f64>() / (parameters.number("national.secondary_value_added.all") * 1e12)
}

/// Named product of a plant in tonnes a year at the assumed utilisation. A plant of several metals counts for its first;
/// feed is converted by metal content and yield.
#[must_use]
pub fn effective_t(plant: &Facility, stream: Stream, parameters: &Parameters) -> f64 {
    let (Some(capacity), Some(main)) = (plant.capacity, plant.metals.iter().next()) else { return 0.0 };
    if main.stream() != stream || plant.kind != FacilityKind::Smelter || !plant.status.receives() {
        return 0.0;
    }
    let product = match capacity.unit {
        CapacityUnit::Product | CapacityUnit::Gross | CapacityUnit::Cargo => capacity.tonnes,
        CapacityUnit::BatteryFeed | CapacityUnit::Feed => {
            let content = parameters.number(&format!("process.metal_content_feed.{}", stream.table_key())) / 100.0;
            let yield_of = if main == Metal::Zn { "Zn" } else { "Li" };
            capacity.tonnes * content * parameters.number(&format!("process.smelter_yield.{yield_of}")) / 100.0
        }
    };
    product * parameters.number("model.utilisation.all")
}

fn central_seat<'a>(
    prefectures: &'a [Prefecture],
    smelters: &[Facility],
    cluster: Cluster,
    stream: Stream,
) -> Option<&'a Prefecture> {
    let plants: Vec<&Facility> =
        smelters.iter().filter(|f| f.cluster == Some(cluster) && f.metals.takes(stream)).collect();
    let weight = |f: &Facility| f.capacity.map_or(1.0, |c| c.tonnes.max(1.0));
    let cost = |p: &Prefecture| plants.iter().map(|f| weight(f) * haversine_m(p.seat, f.at)).sum::<f64>();
    let own = prefectures.iter().filter(|p| p.cluster == Some(cluster));
    if plants.is_empty() {
        own.max_by(|a, b| a.secondary_value_added_yuan.total_cmp(&b.secondary_value_added_yuan))
    } else {
        own.min_by(|a, b| cost(a).total_cmp(&cost(b)))
    }
}

fn node(cluster: Cluster, stream: Stream, tonnes: f64, seat: &Prefecture) -> Facility {
    let names = PerCluster {
        yrd: Name { zh: "长三角".into(), en: "Yangtze Delta".into() },
        prd: Name { zh: "珠三角".into(), en: "Pearl River Delta".into() },
        bohai: Name { zh: "环渤海".into(), en: "Bohai Rim".into() },
    };
    let (zh, en) = match stream {
        Stream::Al => ("铝", "aluminium"),
        Stream::Cu => ("铜", "copper"),
        Stream::Pb => ("铅", "lead"),
        Stream::Zn => ("锌", "zinc"),
        Stream::Other => ("其他金属", "other metals"),
    };
    Facility {
        id: format!("UN-{}-{}", cluster.key(), stream.key()),
        kind: FacilityKind::Smelter,
        name: Name {
            zh: format!("{}未具名产能({zh})", names[cluster].zh),
            en: format!("{}, unnamed capacity ({en})", names[cluster].en),
        },
        at: seat.seat,
        precision: LocationPrecision::Modelled,
        cluster: Some(cluster),
        province: seat.province.clone(),
        location: format!("{}{}", seat.province, seat.name.zh),
        metals: Metal::ALL.into_iter().filter(|m| m.stream() == stream).collect(),
        modes: ModeSet::default(),
        capacity: Some(Capacity { tonnes, unit: CapacityUnit::Product }),
        street_points: 0.0,
        status: Status::Unnamed,
        origin: Origin {
            table: "model".into(),
            row: "unnamed capacity".into(),
            basis: Basis::Modelled,
            source: "share of the national target by secondary-industry value added, minus named effective capacity"
                .into(),
            year: "2025".into(),
            confidence: Confidence::Low,
            note: String::new(),
        },
    }
}
