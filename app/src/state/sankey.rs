//! From an allocation to the diagram of flows: where scrap comes from, the hubs and smelters it goes through, and where the metal ends.

use super::balance::symbol;
use crate::i18n::{Lang, amount_words, t};
use atlas_core::{
    allocation::{Answer, End, Leg},
    catchment::Demand,
    model::{Cluster, Stream},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A column's part of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SankeyKind {
    /// Scrap collected in a cluster.
    Scrap,
    /// Scrap of the provinces between the clusters.
    Corridor,
    /// Imported scrap.
    Import,
    /// Hubs.
    Hub,
    /// Smelters.
    Smelter,
    /// Users of recycled metal.
    Demand,
    /// Exports.
    Export,
    /// Lost in sorting and smelting.
    Loss,
    /// Scrap that nobody takes.
    Left,
    /// Scrap that cannot reach a collection point.
    Unreached,
}

impl SankeyKind {
    /// The end of its translation key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scrap => "scrap",
            Self::Corridor => "corridor",
            Self::Import => "import",
            Self::Hub => "hub",
            Self::Smelter => "smelter",
            Self::Demand => "demand",
            Self::Export => "export",
            Self::Loss => "loss",
            Self::Left => "left",
            Self::Unreached => "unreached",
        }
    }

    /// The column, from the left.
    #[must_use]
    pub const fn column(self) -> usize {
        match self {
            Self::Scrap | Self::Corridor | Self::Import => 0,
            Self::Hub => 1,
            Self::Smelter => 2,
            Self::Demand | Self::Export | Self::Loss | Self::Left | Self::Unreached => 3,
        }
    }
}

/// A node of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SankeyNode {
    /// What it is.
    pub kind: SankeyKind,
    /// Whose, where it is a cluster's.
    pub cluster: Option<Cluster>,
}

impl SankeyNode {
    const fn of(kind: SankeyKind) -> Self {
        Self { kind, cluster: None }
    }

    /// Its name, which no other node has.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        let what = t(lang, &format!("sankey-{}", self.kind.key()));
        let per_cluster = matches!(
            self.kind,
            SankeyKind::Scrap | SankeyKind::Hub | SankeyKind::Smelter | SankeyKind::Demand | SankeyKind::Left
        );
        match self.cluster {
            Some(c) => format!("{} {what}", t(lang, &format!("cluster-{}", c.key()))),
            None if per_cluster && self.kind != SankeyKind::Left => format!("{} {what}", t(lang, "cluster-none")),
            None => what,
        }
    }
}

/// A flow of the diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SankeyLink {
    /// From.
    pub from: SankeyNode,
    /// To.
    pub to: SankeyNode,
    /// Of which stream.
    pub stream: Stream,
    /// Tonnes of metal a year.
    pub metal_t: f64,
}

/// Less than this many tonnes a year is not drawn: it is rounding.
const NOTHING_T: f64 = 0.5;

/// The flows between clusters' sources, hubs, smelters and users, by metal: what goes into a node comes out of it, or is lost.
#[must_use]
pub fn sankey_links(answer: &Answer) -> Vec<SankeyLink> {
    let mut sums: BTreeMap<(SankeyNode, SankeyNode, Stream), f64> = BTreeMap::new();
    // What is in a hub or smelter and has not left it: what is lost there.
    let mut kept: BTreeMap<(SankeyNode, Stream), f64> = BTreeMap::new();
    for f in &answer.flows {
        let (from, to) = (&answer.places[f.from as usize], &answer.places[f.to as usize]);
        let source = || match from.end {
            End::Corridor(_) => SankeyNode::of(SankeyKind::Corridor),
            End::Import(_) => SankeyNode::of(SankeyKind::Import),
            _ => SankeyNode { kind: SankeyKind::Scrap, cluster: from.cluster },
        };
        let at = |kind, place: &atlas_core::allocation::Place| SankeyNode { kind, cluster: place.cluster };
        let (a, b) = match f.leg {
            Leg::ToHub => (source(), at(SankeyKind::Hub, to)),
            Leg::ToSmelter => (at(SankeyKind::Hub, from), at(SankeyKind::Smelter, to)),
            Leg::Direct | Leg::Contract => (source(), at(SankeyKind::Smelter, to)),
            Leg::ToDemand => (at(SankeyKind::Smelter, from), at(SankeyKind::Demand, to)),
            Leg::Export => (at(SankeyKind::Smelter, from), SankeyNode::of(SankeyKind::Export)),
        };
        *sums.entry((a, b, f.stream)).or_default() += f.metal_t;
        for (node, sign) in [(a, -1.0), (b, 1.0)] {
            if matches!(node.kind, SankeyKind::Hub | SankeyKind::Smelter) {
                *kept.entry((node, f.stream)).or_default() += sign * f.metal_t;
            }
        }
    }
    for ((node, stream), lost) in kept {
        sums.insert((node, SankeyNode::of(SankeyKind::Loss), stream), lost);
    }
    for c in Cluster::ALL {
        let scrap = SankeyNode { kind: SankeyKind::Scrap, cluster: Some(c) };
        for s in Stream::ALL {
            let b = &answer.by_cluster[c][s];
            sums.insert((scrap, SankeyNode::of(SankeyKind::Left), s), b.unallocated_t);
            sums.insert((scrap, SankeyNode::of(SankeyKind::Unreached), s), b.unreached_t);
        }
    }
    let link = |((from, to, stream), metal_t)| SankeyLink { from, to, stream, metal_t };
    sums.into_iter().map(link).filter(|l| l.metal_t > NOTHING_T).collect()
}

/// The colours and sizes that the diagram is drawn with: those of the theme.
#[derive(Clone, Debug, PartialEq)]
pub struct SankeyLook {
    /// Fill of a stream, in the order of [`Stream::ALL`].
    pub metals: [String; 5],
    /// Nodes.
    pub node: String,
    /// Outlines.
    pub outline: String,
    /// Words.
    pub text: String,
    /// Ground of what is told.
    pub surface: String,
    /// Its edge.
    pub line: String,
    /// Font.
    pub font: String,
    /// Size of words in px.
    pub size: f64,
    /// How dense flows are: full on a projector.
    pub density: f64,
}

/// What a stream is called in the diagram: symbol and word.
#[must_use]
pub fn stream_words(lang: Lang, stream: Stream) -> String {
    let word = t(lang, &format!("stream-{}", stream.key()));
    match symbol(stream) {
        Some(symbol) if lang == Lang::Zh => format!("{word} {symbol}"),
        Some(symbol) => format!("{symbol} {word}"),
        None => word,
    }
}

/// The option that ECharts draws the diagram by.
#[must_use]
pub fn sankey_option(lang: Lang, links: &[SankeyLink], look: &SankeyLook) -> Value {
    let mut nodes: Vec<SankeyNode> = links.iter().flat_map(|l| [l.from, l.to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let amount = |tonnes: f64| amount_words(lang, Demand::Tonnes, tonnes);
    let through = |n: SankeyNode| -> f64 {
        let of = |end: fn(&SankeyLink) -> SankeyNode| -> f64 {
            links.iter().filter(|l| end(l) == n).map(|l| l.metal_t).sum()
        };
        of(|l| l.from).max(of(|l| l.to))
    };
    let node = |n: &SankeyNode| {
        let name = n.name(lang);
        let last = n.kind.column() == 3;
        json!({
            "name": name,
            "depth": n.kind.column(),
            "label": {
                "position": if last { "left" } else { "right" },
                "align": if last { "right" } else { "left" },
                "formatter": format!("{name}\n{}", amount(through(*n))),
            },
            "tooltip": { "formatter": format!("{name}<br>{}", amount(through(*n))) },
        })
    };
    let link = |l: &SankeyLink| {
        let (from, to) = (l.from.name(lang), l.to.name(lang));
        let told = format!("{from} → {to}<br>{}: {}", stream_words(lang, l.stream), amount(l.metal_t));
        json!({
            "source": from,
            "target": to,
            "value": l.metal_t,
            "lineStyle": { "color": look.metals[l.stream as usize] },
            "tooltip": { "formatter": told },
        })
    };
    let words = json!({ "color": look.text, "fontFamily": look.font, "fontSize": look.size });
    json!({
        "animation": false,
        "textStyle": words,
        "tooltip": {
            "trigger": "item",
            "confine": true,
            "transitionDuration": 0,
            "backgroundColor": look.surface,
            "borderColor": look.line,
            "borderRadius": 0,
            "textStyle": words,
        },
        "series": [{
            "type": "sankey",
            "left": 4, "right": 8, "top": 8, "bottom": 8,
            "nodeWidth": 14,
            "nodeGap": 14,
            "nodeAlign": "left",
            "draggable": false,
            "layoutIterations": 48,
            "emphasis": { "focus": "adjacency", "lineStyle": { "opacity": 1 } },
            "blur": { "itemStyle": { "opacity": 0.35 }, "lineStyle": { "opacity": 0.12 }, "label": { "opacity": 0.5 } },
            "itemStyle": { "color": look.node, "borderColor": look.outline, "borderWidth": 1 },
            "lineStyle": { "opacity": look.density, "curveness": 0.5, "borderColor": look.outline, "borderWidth": 0.4 },
            "label": {
                "color": look.text, "fontFamily": look.font, "fontSize": look.size, "lineHeight": 1.25 * look.size,
                "textBorderColor": look.surface, "textBorderWidth": 3,
            },
            "data": nodes.iter().map(node).collect::<Vec<_>>(),
            "links": links.iter().map(link).collect::<Vec<_>>(),
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::{super::balance::tests::answer, *};

    fn look() -> SankeyLook {
        SankeyLook {
            metals: ["#1", "#2", "#3", "#4", "#5"].map(str::to_owned),
            node: String::new(),
            outline: String::new(),
            text: String::new(),
            surface: String::new(),
            line: String::new(),
            font: String::new(),
            size: 12.0,
            density: 0.6,
        }
    }

    #[test]
    fn what_goes_into_a_hub_or_smelter_comes_out() {
        let links = sankey_links(&answer());
        for kind in [SankeyKind::Hub, SankeyKind::Smelter] {
            let sum = |end: fn(&SankeyLink) -> SankeyNode| -> f64 {
                links.iter().filter(|l| end(l).kind == kind).map(|l| l.metal_t).sum()
            };
            assert!((sum(|l| l.from) - sum(|l| l.to)).abs() < 1e-9, "{kind:?}");
        }
        let to = |kind| -> f64 { links.iter().filter(|l| l.to.kind == kind).map(|l| l.metal_t).sum() };
        assert_eq!((to(SankeyKind::Loss), to(SankeyKind::Left), to(SankeyKind::Demand)), (4.5 + 6.0, 5.0, 94.0));
        assert!(links.iter().all(|l| l.from.kind.column() < l.to.kind.column()));
    }

    #[test]
    fn nodes_have_names_of_their_own_and_flows_the_colour_of_their_metal() {
        for lang in [Lang::Zh, Lang::En] {
            let links = sankey_links(&answer());
            let option = sankey_option(lang, &links, &look());
            let series = &option["series"][0];
            let mut names: Vec<&str> =
                series["data"].as_array().expect("nodes").iter().filter_map(|n| n["name"].as_str()).collect();
            assert!(names.iter().all(|n| !n.contains("sankey-") && !n.contains("cluster-")), "{names:?}");
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all);
            for l in series["links"].as_array().expect("links") {
                assert_eq!(l["lineStyle"]["color"], "#1");
                for end in ["source", "target"] {
                    assert!(names.contains(&l[end].as_str().expect("a name")));
                }
            }
        }
    }
}
