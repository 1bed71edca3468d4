//! Sentences that are put together from figures: every number leads to the row where it stands.

use crate::i18n::{Lang, tr};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Words(String),
    /// A number, and the id of its row.
    Number {
        /// Id of the element where it stands.
        row: String,
        /// The number with its unit.
        words: String,
    },
}

/// A number of a sentence: the name of its place in the words, the id of its row, and itself with its unit.
pub type Figure<'a> = (&'a str, &'a str, String);

/// The words of a key, with plain values and with numbers that lead to rows.
#[must_use]
pub fn said(lang: Lang, key: &str, names: &[(&str, &str)], figures: &[Figure<'_>]) -> Vec<Said> {
    // Stand where numbers will be: they occur in no text.
    let holes: Vec<String> = (0..figures.len()).map(|i| format!("\u{1}{i}\u{2}")).collect();
    let mut values: Vec<(&str, &str)> = names.to_vec();
    values.extend(figures.iter().zip(&holes).map(|((name, ..), hole)| (*name, hole.as_str())));
    let mut pieces = Vec::new();
    for part in tr(lang, key, &values).split('\u{1}') {
        let words = match part.split_once('\u{2}') {
            Some((i, rest)) => {
                if let Some((_, row, words)) = i.parse().ok().and_then(|i: usize| figures.get(i)) {
                    pieces.push(Said::Number { row: (*row).to_owned(), words: words.clone() });
                }
                rest
            }
            None => part,
        };
        if !words.is_empty() {
            pieces.push(Said::Words(words.to_owned()));
        }
    }
    pieces
}

/// The sentence as plain words, for labels.
#[must_use]
pub fn spoken(pieces: &[Said]) -> String {
    pieces
        .iter()
        .map(|p| match p {
            Said::Words(w) | Said::Number { words: w, .. } => w.as_str(),
        })
        .collect()
}
