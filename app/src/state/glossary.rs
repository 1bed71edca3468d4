//! Help: which part is open, the terms, and the tour of the first visit.

/// A part of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpPart {
    /// All keys.
    Keys,
    /// Terms in both languages.
    Glossary,
    /// What shapes, fills, colours and lines stand for.
    Signs,
}

impl HelpPart {
    /// All, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Keys, Self::Glossary, Self::Signs];

    /// The stable key: the id of its panel, and of its words behind `help-tab-`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Keys => "help-keys",
            Self::Glossary => "help-glossary",
            Self::Signs => "help-signs",
        }
    }
}

/// What of the help is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// The open part.
    pub open: Option<HelpPart>,
    /// The term that a link led to.
    pub term: Option<&'static str>,
    /// The step of the tour, from 0.
    pub tour: Option<usize>,
}

/// Something about the help.
#[derive(Clone, Copy, Debug)]
pub enum HelpAction {
    /// A part opens.
    Open(HelpPart),
    /// The glossary opens at a term.
    Term(&'static str),
    /// It closes.
    Close,
    /// A step of the tour, or its end. Behind the last step is the end.
    Tour(Option<usize>),
}

impl Help {
    /// The help after an action.
    #[must_use]
    pub fn after(self, action: HelpAction) -> Self {
        match action {
            HelpAction::Open(part) => Self { open: Some(part), term: None, tour: None },
            HelpAction::Term(term) => Self { open: Some(HelpPart::Glossary), term: Some(term), ..self },
            HelpAction::Close => Self { open: None, term: None, ..self },
            HelpAction::Tour(step) => Self { open: None, term: None, tour: step.filter(|s| *s < TOUR.len()) },
        }
    }
}

/// The steps of the tour: the key of its words, and what on the page it speaks of, as a selector. The first of them that is on
/// the screen is marked.
pub const TOUR: [(&str, &str); 5] = [
    ("tour-map", "#map"),
    ("tour-change", "#tool-C"),
    ("tour-results", ".drawer.right, .grip .segments button:last-child"),
    ("tour-present", ".tabs"),
    ("tour-help", ".search"),
];

/// The terms, in the order of the list: what is on the map, what is computed, what is asked, how sure it is. Words stand under
/// `term-` and the key, what they mean under that and `-text`.
pub const TERMS: [&str; 32] = [
    "cluster",
    "collection-point",
    "hub",
    "smelter",
    "terminal",
    "stream",
    "scrap",
    "recovery-rate",
    "sorting-yield",
    "catchment",
    "travel-band",
    "demand-cell",
    "coverage",
    "gini",
    "haul",
    "tonne-km",
    "allocation",
    "flow",
    "price",
    "bottleneck",
    "border-charge",
    "contract",
    "siting",
    "candidate",
    "gap",
    "norm",
    "scenario",
    "baseline",
    "lever",
    "parameter",
    "certainty",
    "claim",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, has};

    #[test]
    fn every_term_and_step_has_words_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            for key in TERMS {
                assert!(has(lang, &format!("term-{key}")) && has(lang, &format!("term-{key}-text")), "{key}");
            }
            for (key, _) in TOUR {
                assert!(has(lang, key) && has(lang, &format!("{key}-text")), "{key}");
            }
            for part in HelpPart::ALL {
                assert!(has(lang, &format!("{}-tab-word", part.key())));
            }
        }
    }

    #[test]
    fn the_tour_ends_behind_its_last_step() {
        let at = |step| Help::default().after(HelpAction::Tour(Some(step))).tour;
        assert_eq!((at(0), at(TOUR.len() - 1), at(TOUR.len())), (Some(0), Some(4), None));
    }
}
