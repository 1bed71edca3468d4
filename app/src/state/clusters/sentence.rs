//! What stands out, in sentences.

use super::{profile_name, profile_unit};
use crate::{
    i18n::{Lang, significant, small_change, t, tr},
    state::Insights,
};
use atlas_core::{
    model::Cluster,
    profile::{Fact, Measure, Normal, Template, story},
};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum ClusterPiece {
    /// Words.
    Words(String),
    /// A number, and the row where it stands.
    Number(Measure, String),
}

/// The sentences: what stands out, each number with its row.
#[must_use]
pub fn cluster_sentences(lang: Lang, known: &Insights) -> Vec<Vec<ClusterPiece>> {
    let Some(plan) = known.plan.as_deref() else { return Vec::new() };
    let base = known.base.as_deref().map(|b| &b.profiles);
    story(&plan.profiles, base).iter().map(|fact| sentence(lang, fact)).collect()
}

fn sentence(lang: Lang, fact: &Fact) -> Vec<ClusterPiece> {
    let place = |c: Cluster| t(lang, &format!("cluster-{}", c.key()));
    let (times, unit) = profile_unit(lang, fact.measure.unit(), Normal::Absolute);
    let told = |v: f64| format!("{} {unit}", significant(v * times)).trim_end().to_owned();
    let other = fact.other.map(|(c, v)| (place(c), told(v)));
    let percent = |v: f64| format!("{} %", significant(100.0 * v));
    let numbers = match fact.template {
        Template::Most => vec![told(fact.value), percent(fact.ratio)],
        Template::Spread => {
            vec![told(fact.value), other.clone().map_or_else(String::new, |o| o.1), significant(fact.ratio)]
        }
        Template::Change => vec![
            told(fact.before.unwrap_or_default()),
            told(fact.value),
            format!("{} %", small_change(100.0 * fact.ratio)),
        ],
        Template::NoChange => Vec::new(),
    };
    let words = tr(
        lang,
        &format!("clusters-say-{}", fact.template.key().replace('_', "-")),
        &[
            ("place", &place(fact.cluster)),
            ("name", &profile_name(lang, fact.measure)),
            ("other", &other.map_or_else(String::new, |o| o.0)),
        ],
    );
    let mut numbers = numbers.into_iter();
    let mut pieces = Vec::new();
    // The mark stands with blanks around it in the file; Chinese takes none.
    for (i, part) in words.split('|').enumerate() {
        if i > 0
            && let Some(number) = numbers.next()
        {
            pieces.push(ClusterPiece::Number(fact.measure, number));
        }
        let part = if lang == Lang::Zh { part.trim() } else { part };
        let part = if lang == Lang::En && i > 0 && part.trim_start().starts_with([',', '.', ')']) {
            part.trim_start()
        } else {
            part
        };
        pieces.push(ClusterPiece::Words(part.to_owned()));
    }
    pieces
}
