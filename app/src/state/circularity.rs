//! What the tab of closed loops shows: rings, sentences, matrices.

use super::{Said, said};
use crate::i18n::{Lang, Quantity, significant, t};
use atlas_core::{
    circularity::{LoopStage, Loops, Path, Supply},
    model::{Cluster, Stream},
};

/// A part of a ring, in hundredths of what arises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// Where scrap ends.
    pub stage: LoopStage,
    /// Where it begins, clockwise from the top.
    pub from: f64,
    /// How long it is.
    pub length: f64,
}

/// The ring of a path: the loop first, then what leaves it. Nothing where nothing arises.
#[must_use]
pub fn ring(path: &Path) -> Vec<Arc> {
    if path.arising_t <= 0.0 {
        return Vec::new();
    }
    let mut from = 0.0;
    let arc = |(stage, t): (LoopStage, f64)| {
        let length = 100.0 * t.max(0.0) / path.arising_t;
        let arc = Arc { stage, from, length };
        from += length;
        arc
    };
    path.stages().into_iter().map(arc).filter(|a| a.length > 0.0).collect()
}

/// One stream, or all together, of a cluster.
#[must_use]
pub fn loop_of(loops: &Loops, cluster: Cluster, stream: Option<Stream>) -> (Path, Supply) {
    match stream {
        Some(s) => (loops.paths[cluster][s], loops.supply[cluster][s]),
        None => loops.of_cluster(cluster),
    }
}

/// Id of the cell of a cluster and stream.
#[must_use]
pub fn loop_id(cluster: Cluster, stream: Option<Stream>) -> String {
    format!("loop-{}-{}", cluster.key(), stream.map_or("all", Stream::key))
}

/// A share in per cent, or a dash.
#[must_use]
pub fn share_words(share: Option<f64>) -> String {
    share.map_or_else(|| "–".into(), |s| format!("{} %", significant(100.0 * s)))
}

/// Who closes most, where most is lost, and how much of demand own scrap meets.
#[must_use]
pub fn loop_sentences(lang: Lang, loops: &Loops) -> Vec<Vec<Said>> {
    let all = Cluster::ALL.map(|c| (c, loops.of_cluster(c)));
    let mut rates: Vec<(Cluster, f64)> = all.iter().filter_map(|(c, (p, _))| Some((*c, p.rate()?))).collect();
    // Stable: equal ones stay in the order of the clusters.
    rates.sort_by(|a, b| b.1.total_cmp(&a.1));
    let name = |c: Cluster| t(lang, &format!("cluster-{}", c.key()));
    let mut said_all = Vec::new();
    if let [(first, high), .., (last, low)] = rates.as_slice() {
        let (a, b) = (loop_id(*first, None), loop_id(*last, None));
        said_all.push(said(
            lang,
            "loop-say-rate",
            &[("first", &name(*first)), ("last", &name(*last))],
            &[("high", &a, share_words(Some(*high))), ("low", &b, share_words(Some(*low)))],
        ));
    }
    let arising: f64 = all.iter().map(|(_, (p, _))| p.arising_t).sum();
    let lost = |stage: LoopStage| -> f64 {
        all.iter().flat_map(|(_, (p, _))| p.stages()).filter(|(s, _)| *s == stage).map(|(_, t)| t).sum()
    };
    let leaks = LoopStage::ALL.into_iter().filter(|s| *s != LoopStage::UsedHere).map(|s| (s, lost(s)));
    if let Some((stage, tonnes)) = leaks.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| arising > 0.0) {
        let q = Quantity::TonnesPerYear;
        let id = stage_id(stage);
        let words = format!("{} {}", significant(q.scaled(tonnes, lang)), q.unit(lang));
        said_all.push(said(
            lang,
            "loop-say-lost",
            &[("stage", &t(lang, &format!("loop-stage-{}", stage.key())))],
            &[("tonnes", &id, words), ("share", &id, share_words(Some(tonnes / arising)))],
        ));
    }
    let ids = Cluster::ALL.map(|c| format!("{}-supply", loop_id(c, None)));
    let shares = Cluster::ALL.map(|c| share_words(loops.of_cluster(c).1.own_share()));
    let [a, b, c] = Cluster::ALL.map(name);
    let [x, y, z] = shares;
    said_all.push(said(
        lang,
        "loop-say-own",
        &[("yrd", &a), ("prd", &b), ("bohai", &c)],
        &[("x", &ids[0], x), ("y", &ids[1], y), ("z", &ids[2], z)],
    ));
    said_all
}

/// Id of the row of a stage.
#[must_use]
pub fn stage_id(stage: LoopStage) -> String {
    format!("loop-stage-{}", stage.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_whole() {
        let path = Path { arising_t: 200.0, used_here_t: 50.0, uncollected_t: 150.0, ..Path::default() };
        let arcs = ring(&path);
        assert_eq!(arcs.len(), 2);
        assert_eq!((arcs[0].stage, arcs[0].from, arcs[0].length), (LoopStage::UsedHere, 0.0, 25.0));
        assert_eq!((arcs[1].from, arcs[1].from + arcs[1].length), (25.0, 100.0));
        assert!(ring(&Path::default()).is_empty());
        assert_eq!(share_words(None), "–");
    }

    #[test]
    fn sentences_lead_to_rows() {
        let mut loops = Loops::default();
        loops.paths.yrd.al = Path { arising_t: 100.0, used_here_t: 60.0, uncollected_t: 40.0, ..Path::default() };
        loops.paths.bohai.al = Path { arising_t: 100.0, used_here_t: 20.0, exported_t: 80.0, ..Path::default() };
        for lang in [Lang::En, Lang::Zh] {
            let all = loop_sentences(lang, &loops);
            let rows: Vec<&str> = all
                .iter()
                .flatten()
                .filter_map(|p| match p {
                    Said::Number { row, .. } => Some(row.as_str()),
                    Said::Words(_) => None,
                })
                .collect();
            assert!(rows.contains(&"loop-yrd-all") && rows.contains(&"loop-bohai-all"), "{rows:?}");
            assert!(rows.contains(&"loop-stage-exported"), "{rows:?}");
        }
    }
}
