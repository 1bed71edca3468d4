//! The words of a step, with the figures that they name filled in from the results, and the figures that stand large beside them.
//!
//! In braces stands `figure`, `base` (the baseline's), `change` or `count`, then what, then of which cluster:
//! `{figure:mean-haul:yrd}`, `{change:cost:all}`, `{count:smelter:bohai}`. What is no such thing stays as it is written.

use super::{AppState, FigureRow, figure_rows};
use crate::i18n::{Lang, count, signed, significant, t};
use atlas_core::{
    model::{Cluster, FacilityKind, Name, Status},
    response::Aim,
    scenario::{Spot, SpotFigure, Step},
};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The name of something in the spotlight.
    Named(String),
    /// A figure with its unit.
    Figure(String),
}

/// A figure that stands large.
#[derive(Clone, Debug, PartialEq)]
pub struct LargeFigure {
    /// What, and of which cluster.
    pub name: String,
    /// The value; an en dash before it is known.
    pub value: String,
    /// Its unit.
    pub unit: &'static str,
    /// The baseline's value and the change, where there is one.
    pub change: Option<(String, String, Option<bool>)>,
    /// The measure that it is, where it is one.
    pub aim: Option<Aim>,
}

/// Kinds that can be counted, by key.
const KINDS: [(&str, FacilityKind); 5] = [
    ("point", FacilityKind::CollectionPoint),
    ("hub", FacilityKind::Hub),
    ("smelter", FacilityKind::Smelter),
    ("port", FacilityKind::Port),
    ("rail-hub", FacilityKind::RailHub),
];
/// A change below this, in the unit shown, is none.
const NO_CHANGE: f64 = 0.0005;

/// The words of a name, in a language; the other's where it has none.
#[must_use]
pub fn story_text(lang: Lang, name: &Name) -> &str {
    lang.name(name)
}

/// What a placeholder asks for.
struct Asked<'a> {
    what: &'a str,
    key: &'a str,
    /// Row of the values: the clusters in their order, then all.
    of: usize,
}

fn asked(inside: &str) -> Option<Asked<'_>> {
    let mut parts = inside.split(':');
    let (what, key, of) = (parts.next()?, parts.next()?, parts.next()?);
    let of = match of {
        "all" => Cluster::ALL.len(),
        of => Cluster::ALL.iter().position(|c| c.key() == of)?,
    };
    parts.next().is_none().then_some(Asked { what, key, of })
}

/// The row of a figure by its key, which is that of its name without `figure-`.
fn row_of<'a>(rows: &'a [FigureRow], key: &str) -> Option<&'a FigureRow> {
    rows.iter().find(|r| r.name.strip_prefix("figure-") == Some(key))
}

fn fill(state: &AppState, rows: &[FigureRow], lang: Lang, inside: &str) -> Option<String> {
    let asked = asked(inside)?;
    if asked.what == "count" {
        let kind = KINDS.iter().find(|(key, _)| *key == asked.key)?.1;
        let cluster = Cluster::ALL.get(asked.of);
        let facilities = state.document.plan().facilities().iter();
        let counts = |p: &&atlas_core::scenario::PlanFacility| {
            let f = &p.facility;
            p.open
                && f.kind == kind
                && f.status != Status::Unnamed
                && cluster.is_none_or(|c| f.cluster.as_ref() == Some(c))
        };
        return Some(count(facilities.filter(counts).count()));
    }
    let row = row_of(rows, asked.key)?;
    let (now, base) = (row.values[asked.of], row.base[asked.of]);
    let value = match asked.what {
        "figure" => now.map(|v| significant(row.quantity.scaled(v, lang))),
        "base" => base.map(|v| significant(row.quantity.scaled(v, lang))),
        "change" => now.zip(base).map(|(now, base)| signed(row.quantity.scaled(now - base, lang))),
        _ => return None,
    };
    let unit = row.quantity.unit(lang);
    Some(format!("{} {unit}", value.unwrap_or_else(|| "–".to_owned())))
}

/// Placeholders of a text that mean nothing.
#[must_use]
pub fn unknown_placeholders(state: &AppState, text: &str) -> Vec<String> {
    let rows = figure_rows(state);
    let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(inside, _)| inside);
    inside.filter(|i| fill(state, &rows, Lang::En, i).is_none()).map(str::to_owned).collect()
}

/// A text in pieces.
#[must_use]
pub fn story_pieces(state: &AppState, lang: Lang, text: &str, names: &[String]) -> Vec<Piece> {
    let rows = figure_rows(state);
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let filled = rest[start + 1..]
            .split_once('}')
            .and_then(|(inside, after)| fill(state, &rows, lang, inside).map(|filled| (filled, after)));
        match filled {
            Some((filled, after)) => {
                name_pieces(&rest[..start], names, &mut pieces);
                pieces.push(Piece::Figure(filled));
                rest = after;
            }
            None => {
                name_pieces(&rest[..=start], names, &mut pieces);
                rest = &rest[start + 1..];
            }
        }
    }
    name_pieces(rest, names, &mut pieces);
    pieces
}

/// Words, with the names in the spotlight apart.
fn name_pieces(text: &str, names: &[String], pieces: &mut Vec<Piece>) {
    let mut rest = text;
    loop {
        let first = names.iter().filter(|n| !n.is_empty()).filter_map(|n| rest.find(n.as_str()).map(|at| (at, n)));
        // The longer of two names at one place.
        let Some((at, name)) = first.min_by_key(|(at, n)| (*at, usize::MAX - n.len())) else { break };
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        pieces.push(Piece::Named(name.clone()));
        rest = &rest[at + name.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
}

/// The figures that a step sets large. One that this app does not know is left out.
#[must_use]
pub fn large_figures(state: &AppState, step: &Step, lang: Lang) -> Vec<LargeFigure> {
    let rows = figure_rows(state);
    let large = |spot: &Spot| {
        let Spot::Figure(SpotFigure { key, cluster }) = spot else { return None };
        let row = row_of(&rows, key)?;
        let of = cluster
            .map_or(Cluster::ALL.len(), |c| Cluster::ALL.iter().position(|x| *x == c).expect("one of the three"));
        let shown = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| significant(row.quantity.scaled(v, lang)));
        let change = row.values[of].zip(row.base[of]).and_then(|(now, base)| {
            let difference = row.quantity.scaled(now - base, lang);
            let good = row.less_is_better.map(|less| (difference < 0.0) == less);
            (difference.abs() >= NO_CHANGE).then(|| (shown(Some(base)), signed(difference), good))
        });
        let name = t(lang, row.name);
        let name = match cluster {
            Some(c) => format!("{} · {name}", t(lang, &format!("cluster-{}", c.key()))),
            None => name,
        };
        Some(LargeFigure {
            name,
            value: shown(row.values[of]),
            unit: row.quantity.unit(lang),
            change,
            aim: row.aim(of),
        })
    };
    step.spotlight.iter().filter_map(large).collect()
}

/// What a spot is called; `None` where this plan does not have it.
#[must_use]
pub fn spot_name(state: &AppState, spot: &Spot, lang: Lang) -> Option<String> {
    Some(match spot {
        Spot::Facility(id) => lang.name(&state.document.plan().get(id)?.facility.name).to_owned(),
        Spot::Prefecture(adcode) => {
            lang.name(&state.baseline.prefectures.iter().find(|p| p.adcode == *adcode)?.name).to_owned()
        }
        Spot::Cluster(c) => t(lang, &format!("cluster-{}", c.key())),
        Spot::Figure(SpotFigure { key, cluster }) => {
            let rows = figure_rows(state);
            let name = t(lang, row_of(&rows, key)?.name);
            let of = cluster.map_or_else(|| "cluster-all".to_owned(), |c| format!("cluster-{}", c.key()));
            format!("{} · {name}", t(lang, &of))
        }
    })
}

/// The figures that a step may set large: their keys.
#[must_use]
pub fn figure_keys(state: &AppState) -> Vec<&'static str> {
    figure_rows(state).iter().filter_map(|r| r.name.strip_prefix("figure-")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{BUILT_IN_STORIES, BUILT_INS, MapLayer, Result, ResultsTab, Theme};
    use atlas_core::{evaluate::Figures, format::story, model::PerCluster, scenario::StepScenario};
    use std::rc::Rc;

    fn state() -> AppState {
        let mut state = AppState::new(Lang::En, Theme::Light);
        let figures = |km| Figures { mean_haul_km: Some(km), ..Figures::default() };
        let result = |yrd| {
            let by_cluster = PerCluster::from_fn(|c| figures(if c == Cluster::Yrd { yrd } else { 10.0 }));
            Rc::new(Result { total: figures(100.0), by_cluster })
        };
        state.base = Some(result(120.0));
        state.result = Some(result(96.26));
        state
    }

    fn plain(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|p| match p {
                Piece::Text(s) => s.clone(),
                Piece::Named(s) => format!("*{s}*"),
                Piece::Figure(s) => format!("[{s}]"),
            })
            .collect()
    }

    #[test]
    fn figures_are_filled_in_and_names_stand_out() {
        let names = ["Yangtze".to_owned(), "Yangtze Delta".to_owned()];
        let text = "In the Yangtze Delta: {figure:mean-haul:yrd}, {change:mean-haul:yrd}, {base:mean-haul:all} {x} {figure:luck:yrd} {";
        assert_eq!(
            plain(&story_pieces(&state(), Lang::En, text, &names)),
            "In the *Yangtze Delta*: [96.3 km], [−23.7 km], [100 km] {x} {figure:luck:yrd} {"
        );
        assert_eq!(unknown_placeholders(&state(), text), ["x", "figure:luck:yrd"]);
        assert_eq!(
            plain(&story_pieces(&state(), Lang::Zh, "{count:smelter:all} {figure:cost:prd}", &[])),
            "[0] [– 元/吨]"
        );
    }

    #[test]
    fn a_large_figure_says_what_was_before() {
        let spot = |cluster| Spot::Figure(SpotFigure { key: "mean-haul".into(), cluster });
        let unknown = Spot::Figure(SpotFigure { key: "luck".into(), cluster: None });
        let step = Step { spotlight: vec![spot(Some(Cluster::Yrd)), unknown, spot(None)], ..Step::default() };
        let large = large_figures(&state(), &step, Lang::En);
        assert_eq!(large.len(), 2);
        assert_eq!(large[0].change, Some(("120".into(), "−23.7".into(), Some(true))));
        assert_eq!(large[1].change, None);
    }

    /// Keys, ids and words of the stories that come with the app. Ids of facilities and prefectures are tested in
    /// `tests/stories.rs`, where the tables are.
    #[test]
    fn every_built_in_story_is_whole() {
        for built_in in BUILT_IN_STORIES {
            let story = built_in.story();
            let (_, problems) = story::read(&story::write(&story)).expect("a story");
            assert!(problems.is_empty() && (6..=8).contains(&story.steps.len()), "{}", built_in.key);
            for name in story.steps.iter().flat_map(|s| [&s.title, &s.text]).chain([&story.title]) {
                for text in [&name.zh, &name.en] {
                    assert!(!text.is_empty(), "{name:?}");
                    assert_eq!(unknown_placeholders(&state(), text), Vec::<String>::new());
                }
            }
            for step in &story.steps {
                match &step.scenario {
                    StepScenario::BuiltIn(key) => {
                        assert!(key == StepScenario::BASELINE || BUILT_INS.iter().any(|b| b.key == key), "{key}");
                    }
                    StepScenario::OnScreen | StepScenario::Inline(_) => panic!("a built-in scenario"),
                }
                for key in step.view.layers.iter().flatten() {
                    assert!(MapLayer::from_key(key).is_some(), "{key}");
                }
                let results = &step.view.results;
                assert!(results.is_empty() || ResultsTab::ALL.iter().any(|t| t.key() == results), "{results}");
                for spot in &step.spotlight {
                    if let Spot::Figure(figure) = spot {
                        assert!(figure_keys(&state()).contains(&figure.key.as_str()), "{figure:?}");
                    }
                }
            }
        }
    }
}
