//! What changed, in a sentence: each number with the indicator whose row it stands in.

use super::rows::{indicator_name, is_twice, quantity, stream_word};
use crate::i18n::{Lang, Quantity, amount_words, limit_words, significant, small_change, t, tr};
use atlas_core::{
    catchment::{Demand, Question},
    comparison::{Changed, Indicator, Outcome, changes},
    model::Cluster,
};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A number, and the row where it stands.
    Number(Indicator, String),
}

/// Stands where a number will be: it occurs in no text.
const HOLE: &str = "\u{1}";

/// What comes first where it differs: who is covered, what it costs, what it emits.
const FIRST: [Indicator; 3] = [Indicator::Covered, Indicator::TransportCost, Indicator::Co2];
/// A sentence tells so much.
const MOST: usize = 3;

/// What of the other scenario differs from the one it is compared with; `None` where nothing does.
#[must_use]
pub fn sentence(
    lang: Lang,
    (before, after): (&Outcome, &Outcome),
    (a, b): (&str, &str),
    cluster: Option<Cluster>,
) -> Vec<Piece> {
    let question = &after.question;
    let all = told(before, after, cluster);
    let names = [("a", a), ("b", b)];
    if all.is_empty() {
        return vec![Piece::Words(tr(lang, "compare-say-same", &names))];
    }
    let first = FIRST.iter().filter_map(|i| all.iter().find(|c| c.indicator == *i));
    let rest = all.iter().filter(|c| !FIRST.contains(&c.indicator) && c.indicator != Indicator::CoveredShare);
    let said: Vec<&Changed> = first.chain(rest).take(MOST).collect();
    let mut pieces = Vec::new();
    let place = cluster.map(|c| t(lang, &format!("cluster-{}", c.key())));
    let begin = match &place {
        Some(place) => tr(lang, "compare-say-begin-in", &[("a", a), ("b", b), ("place", place)]),
        None => tr(lang, "compare-say-begin", &names),
    };
    pieces.push(Piece::Words(begin));
    for (i, change) in said.iter().enumerate() {
        let between = match i {
            0 => "",
            _ if i + 1 == said.len() => "compare-say-and",
            _ => "compare-say-comma",
        };
        if !between.is_empty() {
            pieces.push(Piece::Words(joint(lang, between)));
        }
        pieces.extend(clause(lang, change, question));
    }
    pieces.push(Piece::Words(joint(lang, "compare-say-end")));
    pieces
}

/// What differs and has a row.
fn told(before: &Outcome, after: &Outcome, cluster: Option<Cluster>) -> Vec<Changed> {
    let mut all = changes(before, after, cluster);
    all.retain(|c| !is_twice(c.indicator, &after.question));
    all
}

/// What changed most beside its size, with how much of it.
#[must_use]
pub fn most_changed(lang: Lang, before: &Outcome, after: &Outcome, cluster: Option<Cluster>) -> Option<Vec<Piece>> {
    let all = told(before, after, cluster);
    let change = all.first()?;
    let name = indicator_name(lang, change.indicator, &after.question);
    let percent = if change.before == 0.0 {
        String::new()
    } else {
        let share = 100.0 * change.difference() / change.before.abs();
        tr(lang, "compare-say-percent", &[("n", &small_change(share))])
    };
    let words = tr(lang, "compare-say-most", &[("name", &name), ("n", HOLE), ("percent", &percent)]);
    Some(split(&words, change.indicator, &with_unit(lang, change, after.question.demand, true)))
}

/// Separators: Fluent trims what stands at the ends, so that they are written here.
fn joint(lang: Lang, key: &str) -> String {
    match (lang, key) {
        (Lang::Zh, "compare-say-end") => "。",
        (Lang::Zh, _) => "，",
        (Lang::En, "compare-say-end") => ".",
        (Lang::En, "compare-say-and") => " and ",
        (Lang::En, _) => ", ",
    }
    .to_owned()
}

/// "costs 3 yuan/t more".
fn clause(lang: Lang, change: &Changed, question: &Question) -> Vec<Piece> {
    let more = if change.difference() > 0.0 { "more" } else { "less" };
    let (key, word) = match change.indicator {
        Indicator::PeopleWithin(band) => {
            ("people_within".to_owned(), ["5", "10", "20"][usize::from(band.min(2))].to_owned())
        }
        Indicator::SelfSufficiency(s) => ("self_sufficiency".to_owned(), stream_word(lang, s)),
        Indicator::Covered | Indicator::CoveredShare => {
            let limit = limit_words(lang, question.measure, question.limit);
            ("covered".to_owned(), limit)
        }
        other => (other.key(), String::new()),
    };
    let what = t(lang, &format!("kind-{}", question.of.key()));
    let words = tr(lang, &format!("compare-say-{key}-{more}"), &[("n", HOLE), ("of", &word), ("what", &what)]);
    split(&words, change.indicator, &with_unit(lang, change, question.demand, false))
}

fn split(words: &str, indicator: Indicator, number: &str) -> Vec<Piece> {
    match words.split_once(HOLE) {
        Some((before, after)) => [
            Piece::Words(before.to_owned()),
            Piece::Number(indicator, number.to_owned()),
            Piece::Words(after.to_owned()),
        ]
        .into_iter()
        .filter(|p| !matches!(p, Piece::Words(w) if w.is_empty()))
        .collect(),
        None => vec![Piece::Words(words.to_owned())],
    }
}

/// The difference with its unit; with its sign where no word says more or less.
fn with_unit(lang: Lang, change: &Changed, demand: Demand, sign: bool) -> String {
    let difference = change.difference();
    let q = quantity(change.indicator, demand);
    if matches!(change.indicator, Indicator::Covered) && !sign {
        return amount_words(lang, demand, difference.abs());
    }
    let scaled = q.scaled(difference, lang);
    let number = if sign { small_change(scaled) } else { plain(scaled.abs()) };
    match difference_unit(lang, q) {
        "" => number,
        unit => format!("{number} {unit}"),
    }
}

/// As many digits as a change has, without its sign.
fn plain(v: f64) -> String {
    if v < 0.1 { small_change(v).trim_start_matches('+').to_owned() } else { significant(v) }
}

/// Differences of shares are told in points.
#[must_use]
pub const fn difference_unit(lang: Lang, q: Quantity) -> &'static str {
    match (q, lang) {
        (Quantity::Percent, Lang::Zh) => "个百分点",
        (Quantity::Percent, Lang::En) => "points",
        (q, lang) => q.unit(lang),
    }
}
