//! The claims of the sector report as the page shows them. Pure.

use super::order::{Order, by_text};
use crate::i18n::{Lang, exact, parameter_name, t, unit_words};
use atlas_core::model::{Claim, Role, Standing};
use std::{cmp::Ordering, rc::Rc};

/// One claim in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: String,
    pub text: String,
    /// Figure and unit, or empty.
    pub figure: String,
    pub year: String,
    pub role: Role,
    pub standing: Standing,
    /// Figure, source and year of what it is checked against, or empty.
    pub checked: String,
    /// Keys and names of parameters.
    pub used_by: Vec<(String, String)>,
    pub note: String,
    searched: String,
}

impl Row {
    /// The claim is never said without this word where it is disputed.
    pub fn is_disputed(&self) -> bool {
        self.standing == Standing::Disputed
    }
}

/// All claims in the order of the report.
pub fn rows(lang: Lang, claims: &[Claim]) -> Vec<Rc<Row>> {
    claims.iter().map(|c| Rc::new(row(lang, c))).collect()
}

fn row(lang: Lang, claim: &Claim) -> Row {
    let (text, other) = match lang {
        Lang::Zh => (&claim.zh, &claim.en),
        Lang::En => (&claim.en, &claim.zh),
    };
    let figure = quantity(lang, &claim.figure, &claim.unit);
    let checked = claim.checked_against.as_ref().map_or_else(String::new, |c| {
        let parts = [quantity(lang, &c.figure, &c.unit), c.source.clone(), c.year.clone()];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" \u{b7} ")
    });
    let note = lang.name(&claim.note).to_owned();
    let standing = t(lang, &format!("standing-{}", claim.standing.key()));
    let searched = [&claim.id, text, other, &figure, &checked, &note, &standing].map(|s| s.to_lowercase()).join("\n");
    Row {
        id: claim.id.clone(),
        text: if text.is_empty() { other.clone() } else { text.clone() },
        figure,
        year: claim.year.clone(),
        role: claim.role,
        standing: claim.standing,
        checked,
        used_by: claim.used_by.iter().map(|key| (key.clone(), parameter_name(lang, key))).collect(),
        note,
        searched,
    }
}

fn quantity(lang: Lang, figure: &str, unit: &str) -> String {
    if figure.is_empty() {
        return String::new();
    }
    // Most are plain numbers; ranges and lists stand as they are.
    let number = figure.parse().map_or_else(|_| figure.to_owned(), exact);
    format!("{number} {}", unit_words(lang, unit)).trim_end().to_owned()
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Id,
    Claim,
    Figure,
    Role,
    Standing,
    Checked,
    Used,
}

impl Column {
    pub const ALL: [Self; 7] =
        [Self::Id, Self::Claim, Self::Figure, Self::Standing, Self::Role, Self::Checked, Self::Used];

    /// Key of its heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "claims-id",
            Self::Claim => "claims-claim",
            Self::Figure => "claims-figure",
            Self::Role => "claims-role",
            Self::Standing => "claims-standing",
            Self::Checked => "claims-checked",
            Self::Used => "claims-used",
        }
    }

    fn compare(self, a: &Row, b: &Row) -> Ordering {
        match self {
            Self::Id => by_text(&a.id, &b.id),
            Self::Claim => by_text(&a.text, &b.text),
            Self::Figure => by_text(&a.figure, &b.figure),
            Self::Role => (a.role as u8).cmp(&(b.role as u8)),
            Self::Standing => (a.standing as u8).cmp(&(b.standing as u8)),
            Self::Checked => by_text(&a.checked, &b.checked),
            Self::Used => b.used_by.len().cmp(&a.used_by.len()),
        }
    }
}

/// The claims with all the words typed and the standing wanted, in order.
pub fn shown(rows: &[Rc<Row>], typed: &str, standing: Option<Standing>, order: Option<Order<Column>>) -> Vec<Rc<Row>> {
    let wanted: Vec<String> = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let takes =
        |r: &Row| wanted.iter().all(|w| r.searched.contains(w.as_str())) && standing.is_none_or(|s| s == r.standing);
    let mut found: Vec<Rc<Row>> = rows.iter().filter(|r| takes(r)).cloned().collect();
    if let Some(order) = order {
        found.sort_by(|a, b| order.direct(order.column.compare(a, b)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::format::claims;

    fn read() -> Vec<Claim> {
        claims::claims(
            r#"[{"id":"C01","zh":"\u7532","en":"Three clusters","role":"context","standing":"sound"},
              {"id":"C02","zh":"\u4e59","en":"Sulphur at 10","figure":"10","unit":"mg/m3","role":"check","standing":"disputed",
               "used_by":["policy.emission_so2_best.Cu"],"checked_against":{"figure":"100","unit":"mg/m3","source":"a norm","year":"2013"},
               "note":{"zh":"","en":"why"}}]"#,
        )
        .unwrap()
    }

    #[test]
    fn claims_are_searched_in_both_languages_and_by_standing() {
        let rows = rows(Lang::En, &read());
        let ids =
            |typed, standing| shown(&rows, typed, standing, None).iter().map(|r| r.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids("\u{4e59}", None), ["C02"]);
        assert_eq!(ids("disputed", None), ["C02"]);
        assert_eq!(ids("", Some(Standing::Sound)), ["C01"]);
        assert_eq!(ids("clusters disputed", None), [""; 0]);
    }

    #[test]
    fn a_claim_says_what_it_was_checked_against_and_where_it_is_used() {
        let rows = rows(Lang::En, &read());
        assert_eq!(rows[1].checked, "100 mg/m3 \u{b7} a norm \u{b7} 2013");
        assert_eq!(rows[1].used_by[0].1, "Lowest sulphur dioxide emission: recycled copper");
        assert!(rows[1].is_disputed() && !rows[0].is_disputed());
        let down = Order { column: Column::Standing, descending: true };
        assert_eq!(shown(&rows, "", None, Some(down))[0].id, "C02");
    }
}
