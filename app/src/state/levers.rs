//! The levers of the allocation: how amounts are typed, subsidies that are set, and contracts before they are made.

use super::AppState;
use crate::i18n::{Lang, Quantity};
use atlas_core::{
    model::{Cluster, FacilityKind, Parameter, Stream, subsidy_key},
    scenario::{Contract, Goal, SourceGroup},
};

/// An amount as people type it: digits, grouped or not, 0 or more. `None` where it is none.
#[must_use]
pub fn parse_amount(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '\u{ff0c}' | ' ')).collect();
    plain.parse().ok().filter(|v: &f64| v.is_finite() && *v >= 0.0)
}

/// Tonnes a year of what was typed in the language's unit.
#[must_use]
pub fn tonnes_typed(lang: Lang, text: &str) -> Option<f64> {
    // What a person typed has no more than three digits behind the tonne; the rest is the product's rounding.
    parse_amount(text).map(|v| (v / Quantity::TonnesPerYear.scaled(1.0, lang) * 1e3).round() / 1e3)
}

/// Tonnes a year as they are typed in the language's unit.
#[must_use]
pub fn typed_tonnes(lang: Lang, tonnes: f64) -> String {
    let value = (Quantity::TonnesPerYear.scaled(tonnes, lang) * 1e7).round() / 1e7;
    value.to_string()
}

/// The subsidies that the plan sets, in the order of streams and clusters.
#[must_use]
pub fn subsidies_set(state: &AppState) -> Vec<(Stream, Cluster, Parameter)> {
    let parameters = state.parameters();
    let all = Stream::ALL.into_iter().flat_map(|s| Cluster::ALL.map(|c| (s, c)));
    let set = |(s, c): (Stream, Cluster)| {
        parameters.get(&subsidy_key(s, c)).filter(|p| p.default.is_some()).map(|p| (s, c, p.clone()))
    };
    all.filter_map(set).collect()
}

/// A contract as it stands in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractDraft {
    /// What scrap.
    pub stream: Stream,
    /// From where.
    pub from: SourceGroup,
    /// The plant as it was typed or chosen.
    pub plant: String,
    /// The least, in the language's unit; empty for none.
    pub min: String,
    /// The most, likewise.
    pub max: String,
    /// Cost as a multiple of the ordinary one.
    pub factor: String,
}

impl Default for ContractDraft {
    fn default() -> Self {
        Self {
            stream: Stream::Al,
            from: SourceGroup::Cluster(Cluster::Yrd),
            plant: String::new(),
            min: String::new(),
            max: String::new(),
            factor: "1".into(),
        }
    }
}

/// Which field of a draft cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// No plant that takes the stream is called so.
    Plant,
    /// The least is no amount.
    Min,
    /// The most is no amount.
    Max,
    /// The least is above the most.
    Crossed,
    /// The factor is no number, or makes no sense.
    Factor,
}

impl DraftError {
    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plant => "draft-bad-plant",
            Self::Min => "draft-bad-min",
            Self::Max => "draft-bad-max",
            Self::Crossed => "draft-crossed",
            Self::Factor => "draft-bad-factor",
        }
    }
}

impl ContractDraft {
    /// The contract of the draft.
    ///
    /// # Errors
    /// With the first field that cannot be.
    pub fn contract(&self, state: &AppState) -> Result<Contract, DraftError> {
        let lang = state.lang;
        let amount = |text: &str, wrong: DraftError| match text.trim() {
            "" => Ok(None),
            typed => tonnes_typed(lang, typed).map(Some).ok_or(wrong),
        };
        let plant = plant_of(state, self.stream, &self.plant).ok_or(DraftError::Plant)?;
        let contract = Contract {
            id: free_contract_id(&state.document.scenario().goal),
            name: String::new(),
            stream: self.stream,
            from: self.from.clone(),
            plant,
            min_t: amount(&self.min, DraftError::Min)?,
            max_t: amount(&self.max, DraftError::Max)?,
            cost_factor: parse_amount(&self.factor).ok_or(DraftError::Factor)?,
        };
        if contract.min_t.zip(contract.max_t).is_some_and(|(min, max)| min > max) {
            return Err(DraftError::Crossed);
        }
        // What is left is the factor's range, which the goal knows.
        let alone = Goal { contracts: vec![contract.clone()], ..Goal::default() };
        if alone.problems().is_empty() { Ok(contract) } else { Err(DraftError::Factor) }
    }
}

/// The first free id of a contract.
#[must_use]
pub fn free_contract_id(goal: &Goal) -> String {
    let taken = |id: &String| goal.contracts.iter().any(|c| c.id == *id);
    (1..).map(|n| format!("K{n:03}")).find(|id| !taken(id)).expect("numbers do not run out")
}

/// Smelters that take a stream and run: id and what the field shows of them.
#[must_use]
pub fn plants_for(state: &AppState, stream: Stream) -> Vec<(String, String)> {
    let open = state.document.plan().open(FacilityKind::Smelter).filter(|f| f.takes(stream));
    open.map(|f| (f.id.clone(), format!("{} ({})", state.lang.name(&f.name), f.id))).collect()
}

/// The plant that was typed: its words or id exactly, else the only one whose words contain it.
#[must_use]
pub fn plant_of(state: &AppState, stream: Stream, typed: &str) -> Option<String> {
    let wanted = typed.trim().to_lowercase();
    if wanted.is_empty() {
        return None;
    }
    let all = plants_for(state, stream);
    let exact = all.iter().find(|(id, words)| id.to_lowercase() == wanted || words.to_lowercase() == wanted);
    let mut part = all.iter().filter(|(_, words)| words.to_lowercase().contains(&wanted));
    let only = part.next().filter(|_| part.next().is_none());
    exact.or(only).map(|(id, _)| id.clone())
}

#[cfg(test)]
mod tests {
    use super::super::prices::tests::state;
    use super::*;

    #[test]
    fn amounts_are_read_in_the_unit_of_the_language() {
        assert_eq!(tonnes_typed(Lang::Zh, "28.3"), Some(283_000.0));
        assert_eq!(tonnes_typed(Lang::En, "1,500"), Some(1_500_000.0));
        assert_eq!(tonnes_typed(Lang::En, " 0 "), Some(0.0));
        for bad in ["", "-1", "much", "inf", "NaN", "1.2.3"] {
            assert_eq!(parse_amount(bad), None, "{bad:?}");
        }
        assert_eq!((typed_tonnes(Lang::Zh, 283_000.0), typed_tonnes(Lang::En, 1500.0)), ("28.3".into(), "1.5".into()));
        for t in [0.0, 1.0, 123_456.789, 2.6e6] {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(tonnes_typed(lang, &typed_tonnes(lang, t)), Some(t), "{t}");
            }
        }
    }

    #[test]
    fn a_plant_is_found_by_id_words_or_a_part_that_only_it_has() {
        let state = state();
        assert_eq!(plants_for(&state, Stream::Al), [("S1".to_owned(), "Name S1 (S1)".to_owned())]);
        for typed in ["s1", "Name S1 (S1)", "name"] {
            assert_eq!(plant_of(&state, Stream::Al, typed).as_deref(), Some("S1"), "{typed}");
        }
        assert_eq!(plant_of(&state, Stream::Al, "H1"), None);
        assert_eq!(plant_of(&state, Stream::Al, " "), None);
    }

    #[test]
    fn a_draft_says_which_field_is_wrong() {
        let state = state();
        let draft = ContractDraft { plant: "S1".into(), ..ContractDraft::default() };
        let made = draft.contract(&state).expect("sound");
        assert_eq!((made.id.as_str(), made.min_t, made.max_t, made.cost_factor), ("K001", None, None, 1.0));
        let wrong = |change: fn(&mut ContractDraft)| {
            let mut d = draft.clone();
            change(&mut d);
            d.contract(&state).unwrap_err()
        };
        assert_eq!(wrong(|d| d.plant = "nobody".into()), DraftError::Plant);
        assert_eq!(wrong(|d| d.min = "a".into()), DraftError::Min);
        assert_eq!(wrong(|d| d.max = "-3".into()), DraftError::Max);
        assert_eq!(wrong(|d| (d.min, d.max) = ("5".into(), "4".into())), DraftError::Crossed);
        assert_eq!(wrong(|d| d.factor = "9".into()), DraftError::Factor);
        assert_eq!(wrong(|d| d.factor = String::new()), DraftError::Factor);
        let goal = Goal { contracts: vec![made], ..Goal::default() };
        assert_eq!(free_contract_id(&goal), "K002");
    }
}
