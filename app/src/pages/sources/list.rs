//! The list of parameters as the page shows it: words prepared once, then searched, filtered and sorted. Pure.

use super::order::{Order, by_number, by_text};
use crate::i18n::{Lang, exact, parameter_name, source_words, t, tr, unit_words};
use atlas_core::{
    account::EMISSION_FAMILY_KEY,
    evaluate::Figure,
    model::{Baseline, Basis, Certainty, Parameter, Parameters},
    uses::{Use, uses},
};
use std::{cmp::Ordering, rc::Rc};

/// What a parameter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    National,
    Policy,
    Process,
    Price,
    Freight,
    Model,
    Other,
}

impl Group {
    pub const ALL: [Self; 7] =
        [Self::National, Self::Policy, Self::Process, Self::Price, Self::Freight, Self::Model, Self::Other];

    /// The group that a parameter's key begins with.
    pub fn of(key: &str) -> Self {
        let word = key.split('.').next().unwrap_or_default();
        Self::ALL.into_iter().find(|g| g.key() == word).unwrap_or(Self::Other)
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Policy => "policy",
            Self::Process => "process",
            Self::Price => "price",
            Self::Freight => "freight",
            Self::Model => "model",
            Self::Other => "other",
        }
    }
}

/// Whether a scenario can set a parameter, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A number.
    Number,
    /// One of the two families of emission factors.
    Family,
    /// No: it was used when the map's data were built or loaded.
    Built,
    /// No: nothing is computed from it.
    Context,
}

/// How a parameter of this key can be set.
pub fn setting(key: &str, uses: &[Use]) -> Setting {
    if key == EMISSION_FAMILY_KEY {
        Setting::Family
    } else if uses.iter().any(|u| u.follows_scenario()) {
        Setting::Number
    } else if uses.is_empty() {
        Setting::Context
    } else {
        Setting::Built
    }
}

/// One parameter in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub key: String,
    pub name: String,
    pub group: Group,
    pub value: f64,
    /// The table's value, where the user set another.
    pub default: Option<f64>,
    pub unit: String,
    pub range: Option<(f64, f64)>,
    pub year: String,
    pub basis: Basis,
    pub confidence: String,
    pub source: String,
    pub line: String,
    pub note: String,
    pub uses: Vec<String>,
    pub setting: Setting,
    /// The table's value is a disputed claim.
    pub disputed: bool,
    /// Smallest and largest value that may be set.
    pub allowed: (f64, f64),
    /// Everything that a search looks at, in small letters.
    searched: String,
}

impl Row {
    pub fn certainty(&self) -> Certainty {
        self.basis.certainty()
    }

    pub fn is_mine(&self) -> bool {
        self.default.is_some()
    }

    /// Low and high as the table states them.
    pub fn range_words(&self) -> String {
        self.range.map_or_else(|| "\u{2013}".into(), |(low, high)| format!("{} \u{2013} {}", exact(low), exact(high)))
    }
}

/// What does not change while the page is open: what depends on each parameter, and whether it is disputed.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts(Vec<(Vec<Use>, bool)>);

impl Facts {
    pub fn of(baseline: &Baseline) -> Self {
        let facts = |p: &Parameter| (uses(&p.key), baseline.is_disputed(&p.key));
        Self(baseline.parameters.rows().iter().map(facts).collect())
    }
}

/// All rows in table order.
pub fn rows(lang: Lang, parameters: &Parameters, facts: &Facts) -> Vec<Rc<Row>> {
    let line = |(p, (uses, disputed)): (&Parameter, &(Vec<Use>, bool))| Rc::new(row(lang, p, uses, *disputed));
    parameters.rows().iter().zip(&facts.0).map(line).collect()
}

fn row(lang: Lang, p: &Parameter, uses: &[Use], disputed: bool) -> Row {
    let name = parameter_name(lang, &p.key);
    let source = source_words(lang, &p.origin.source);
    let searched =
        [&p.key, &name, &parameter_name(lang.other(), &p.key), &source, &p.origin.source, &p.origin.note, &p.unit];
    Row {
        searched: searched.map(|s| s.to_lowercase()).join("\n"),
        key: p.key.clone(),
        group: Group::of(&p.key),
        value: p.value,
        default: p.default,
        unit: unit_words(lang, &p.unit).into_owned(),
        range: p.low.zip(p.high),
        year: p.origin.year.clone(),
        basis: p.origin.basis,
        // The table's confidence and source are not those of a value that the user set.
        confidence: match p.default {
            Some(_) => String::new(),
            None => t(lang, &format!("confidence-{}", p.origin.confidence.key())),
        },
        line: match p.origin.row.strip_prefix("line ") {
            Some(n) => tr(lang, "sources-line", &[("table", &p.origin.table), ("n", n)]),
            None => format!("{} / {}", p.origin.table, p.origin.row),
        },
        note: p.origin.note.clone(),
        uses: use_words(lang, uses),
        setting: setting(&p.key, uses),
        disputed,
        allowed: p.range(),
        name,
        source,
    }
}

/// What depends on a parameter, in words. All main figures together are one word.
fn use_words(lang: Lang, uses: &[Use]) -> Vec<String> {
    let figures = uses.iter().filter(|u| matches!(u, Use::Figure(_))).count();
    let mut words = Vec::new();
    if figures == Figure::ALL.len() {
        words.push(t(lang, "use-all-figures"));
    }
    for one in uses {
        let key = match one {
            Use::Figure(_) if figures == Figure::ALL.len() => continue,
            Use::Figure(figure) => figure_name(*figure),
            Use::Routes => "use-routes",
            Use::Catchments => "use-catchments",
            Use::Norms => "use-norms",
            Use::Scrap => "use-scrap",
            Use::Allocation => "use-allocation",
            Use::UnnamedCapacity => "use-unnamed",
            Use::DefaultCapacity => "use-default",
            Use::Bill => "use-bill",
            Use::PointsBuilt => "use-points",
        };
        words.push(t(lang, key));
    }
    words
}

/// The figure's name in the results.
const fn figure_name(figure: Figure) -> &'static str {
    match figure {
        Figure::Collected => "figure-collected",
        Figure::MeanCollectionKm => "figure-mean-collection",
        Figure::MeanHaulKm => "figure-mean-haul",
        Figure::P95HaulKm => "figure-p95-haul",
        Figure::TonneKm => "figure-tonne-km",
        Figure::TransportCost => "figure-cost",
        Figure::TransportCo2 => "figure-co2",
        Figure::PeopleWithin => "use-people_within",
    }
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub typed: String,
    pub group: Option<Group>,
    pub basis: Option<Basis>,
    /// Only what the user set.
    pub mine: bool,
}

impl Filter {
    fn takes(&self, wanted: &[String], row: &Row) -> bool {
        wanted.iter().all(|w| row.searched.contains(w.as_str()))
            && self.group.is_none_or(|g| g == row.group)
            && self.basis.is_none_or(|b| b == row.basis)
            && (!self.mine || row.is_mine())
    }
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Name,
    Group,
    Value,
    Unit,
    Range,
    Year,
    Basis,
    Confidence,
    Uses,
    Source,
}

impl Column {
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Group,
        Self::Value,
        Self::Unit,
        Self::Range,
        Self::Year,
        Self::Basis,
        Self::Confidence,
        Self::Uses,
        Self::Source,
    ];

    /// Key of its heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "sources-key",
            Self::Group => "sources-group",
            Self::Value => "sources-value",
            Self::Unit => "sources-unit",
            Self::Range => "sources-range",
            Self::Year => "sources-year",
            Self::Basis => "sources-basis",
            Self::Confidence => "sources-confidence",
            Self::Uses => "sources-uses",
            Self::Source => "sources-source",
        }
    }

    fn compare(self, a: &Row, b: &Row) -> Ordering {
        match self {
            Self::Name => by_text(&a.name, &b.name),
            Self::Group => a.group.cmp(&b.group),
            Self::Value => by_number(Some(a.value), Some(b.value)),
            Self::Unit => by_text(&a.unit, &b.unit),
            Self::Range => by_number(a.range.map(|r| r.0), b.range.map(|r| r.0)),
            Self::Year => by_text(&a.year, &b.year),
            Self::Basis => by_text(a.basis.key(), b.basis.key()),
            Self::Confidence => by_text(&a.confidence, &b.confidence),
            Self::Uses => b.uses.len().cmp(&a.uses.len()).then_with(|| a.uses.cmp(&b.uses)),
            Self::Source => by_text(&a.source, &b.source),
        }
    }
}

/// The rows that the filter takes, in order; rows that are alike stay in table order.
pub fn shown(rows: &[Rc<Row>], filter: &Filter, order: Option<Order<Column>>) -> Vec<Rc<Row>> {
    let wanted: Vec<String> = filter.typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<Rc<Row>> = rows.iter().filter(|r| filter.takes(&wanted, r)).cloned().collect();
    if let Some(order) = order {
        found.sort_by(|a, b| order.direct(order.column.compare(a, b)));
    }
    found
}

/// Why what was typed cannot be set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    NotANumber,
    OutOfRange(f64),
}

/// The number that was typed, where it may be set.
pub fn checked(typed: &str, (low, high): (f64, f64)) -> Result<f64, Refusal> {
    let plain = typed.trim().replace('\u{2212}', "-");
    let value: f64 = plain.parse().ok().filter(|v: &f64| v.is_finite()).ok_or(Refusal::NotANumber)?;
    if (low..=high).contains(&value) { Ok(value) } else { Err(Refusal::OutOfRange(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::format::tables;

    fn table() -> Parameters {
        tables::parameters(include_str!("../../../../data/tables/parameters.csv")).0
    }

    fn all(lang: Lang, parameters: &Parameters) -> Vec<Rc<Row>> {
        let baseline = Baseline { parameters: parameters.clone(), ..Baseline::default() };
        rows(lang, parameters, &Facts::of(&baseline))
    }

    fn typed(words: &str) -> Filter {
        Filter { typed: words.into(), ..Filter::default() }
    }

    #[test]
    fn a_search_knows_the_key_both_languages_source_and_note() {
        let rows = all(Lang::En, &table());
        for words in ["freight.cost.all.rail", "tariff RATE 2", "\u{94c1}\u{8def}\u{57fa}\u{4ef7}2", "whole-wagon"] {
            let found = shown(&rows, &typed(words), None);
            assert!(found.iter().any(|r| r.key == "freight.cost.all.rail"), "{words}");
            assert!(found.len() < 12, "{words}: {}", found.len());
        }
        assert!(shown(&rows, &typed("no such thing"), None).is_empty());
        assert_eq!(shown(&rows, &typed(" "), None).len(), rows.len());
    }

    #[test]
    fn filters_narrow_down_and_add_up() {
        let table = table();
        let set = table.with(&[("freight.cost.all.rail".to_owned(), 0.2)].into());
        let rows = all(Lang::Zh, &set);
        let freight = Filter { group: Some(Group::Freight), ..Filter::default() };
        assert!(shown(&rows, &freight, None).iter().all(|r| r.key.starts_with("freight.")));
        let mine = Filter { mine: true, ..freight };
        let found = shown(&rows, &mine, None);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].value, found[0].default, found[0].basis), (0.2, Some(0.103), Basis::User));
        assert!(shown(&rows, &Filter { basis: Some(Basis::Claim), ..mine }, None).is_empty());
    }

    #[test]
    fn every_column_sorts_both_ways_and_keeps_all_rows() {
        let rows = all(Lang::En, &table());
        for column in Column::ALL {
            for descending in [false, true] {
                let sorted = shown(&rows, &Filter::default(), Some(Order { column, descending }));
                assert_eq!(sorted.len(), rows.len());
                let order = Order { column, descending };
                assert!(
                    sorted.windows(2).all(|w| order.direct(column.compare(&w[0], &w[1])) != Ordering::Greater),
                    "{column:?}"
                );
            }
        }
        let most = shown(&rows, &Filter::default(), Some(Order { column: Column::Value, descending: true }));
        assert_eq!(most[0].key, "price.product.Sn");
    }

    #[test]
    fn what_can_be_set_is_what_something_follows() {
        let rows = all(Lang::En, &table());
        let of = |key: &str| rows.iter().find(|r| r.key == key).unwrap();
        assert_eq!(of("freight.cost.all.truck_full").setting, Setting::Number);
        assert_eq!(of(EMISSION_FAMILY_KEY).setting, Setting::Family);
        assert_eq!(of("price.carbon.all").setting, Setting::Number);
        assert_eq!(of("price.product.Sn").setting, Setting::Context);
        assert_eq!(of("model.point_capacity.all").setting, Setting::Built);
        assert_eq!(of("price.carbon.all").uses, ["Who sends what where"]);
        assert!(of("price.product.Sn").uses.is_empty());
        assert!(of("freight.cost.all.truck_full").uses.contains(&"Transport cost".to_owned()));
    }

    #[test]
    fn what_is_typed_is_checked_against_the_range() {
        assert_eq!(checked(" 0.5 ", (0.0, 1.0)), Ok(0.5));
        assert_eq!(checked("\u{2212}50", (-100.0, 0.0)), Ok(-50.0));
        assert_eq!(checked("1.5", (0.0, 1.0)), Err(Refusal::OutOfRange(1.5)));
        for bad in ["", "x", "NaN", "inf", "1,5"] {
            assert_eq!(checked(bad, (0.0, 10.0)), Err(Refusal::NotANumber), "{bad}");
        }
    }
}
