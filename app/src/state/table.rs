//! The table twin of the map: which facilities, in which order.

use super::AppState;
use crate::i18n::{Lang, t};
use atlas_core::{model::FacilityKind, scenario::PlanFacility};
use std::cmp::Ordering;

/// A column that rows can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacilityColumn {
    /// Name in the page's language.
    Name,
    /// Kind: what is rare comes last.
    Kind,
    /// Cluster.
    Cluster,
    /// Metals or modes.
    Takes,
    /// Capacity, in whatever unit it counts.
    Capacity,
    /// What it handles in the plan.
    Handled,
    /// How exactly its place is known.
    Place,
    /// How its numbers are known.
    Basis,
}

impl FacilityColumn {
    /// All columns, from left to right.
    pub const ALL: [Self; 8] =
        [Self::Name, Self::Kind, Self::Cluster, Self::Takes, Self::Capacity, Self::Handled, Self::Place, Self::Basis];

    /// The key of its heading.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "table-name",
            Self::Kind => "table-kind",
            Self::Cluster => "table-cluster",
            Self::Takes => "table-takes",
            Self::Capacity => "table-capacity",
            Self::Handled => "table-handled",
            Self::Place => "table-place",
            Self::Basis => "table-basis",
        }
    }

    /// True where it holds numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Capacity | Self::Handled | Self::Place)
    }
}

/// A column and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<C> {
    /// Which column.
    pub by: C,
    /// From large to small.
    pub down: bool,
}

impl<C: Copy + PartialEq> Sort<C> {
    /// What a press on a heading makes of it: another column begins in its natural direction, the same one turns round.
    #[must_use]
    pub fn pressed(self, by: C, number: bool) -> Self {
        if self.by == by { Self { by, down: !self.down } } else { Self { by, down: number } }
    }

    /// The value of `aria-sort` of a column's heading.
    #[must_use]
    pub fn aria(self, of: C) -> &'static str {
        match (self.by == of, self.down) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }
}

/// The facilities of a kind, or of all, that hold what was typed, in order. Of equals the rarer kind and the smaller id come
/// first; what has no number comes last either way.
#[must_use]
pub fn facility_rows<'a>(
    state: &'a AppState,
    kind: Option<FacilityKind>,
    typed: &str,
    sort: Sort<FacilityColumn>,
) -> Vec<&'a PlanFacility> {
    let lang = state.lang;
    let wanted = typed.trim().to_lowercase();
    let kinds = FacilityKind::ALL.map(|k| (k, t(lang, &format!("kind-{}", k.key())).to_lowercase()));
    let fits = |p: &&PlanFacility| {
        let f = &p.facility;
        let of_kind = kinds.iter().any(|(k, word)| *k == f.kind && word.contains(&wanted));
        kind.is_none_or(|k| k == f.kind)
            && (wanted.is_empty()
                || of_kind
                || [&f.id, &f.name.zh, &f.name.en, &f.location].iter().any(|t| t.to_lowercase().contains(&wanted)))
    };
    let mut rows: Vec<&PlanFacility> = state.document.plan().facilities().iter().filter(fits).collect();
    let number = |p: &PlanFacility| match sort.by {
        FacilityColumn::Capacity => p.facility.capacity.map(|c| c.tonnes),
        FacilityColumn::Place => Some(p.facility.precision.radius_m()),
        FacilityColumn::Handled => state.handled(&p.facility.id).map(|h| h.gross_t.total()),
        _ => None,
    };
    rows.sort_by(|a, b| {
        let order = if sort.by.is_number() {
            match (number(a), number(b)) {
                (Some(x), Some(y)) => turned(x.total_cmp(&y), sort.down),
                (x, y) => y.is_some().cmp(&x.is_some()),
            }
        } else {
            turned(by_words(a, b, sort.by, lang), sort.down)
        };
        order.then_with(|| b.facility.kind.cmp(&a.facility.kind)).then_with(|| a.facility.id.cmp(&b.facility.id))
    });
    rows
}

fn turned(order: Ordering, down: bool) -> Ordering {
    if down { order.reverse() } else { order }
}

fn by_words(a: &PlanFacility, b: &PlanFacility, by: FacilityColumn, lang: Lang) -> Ordering {
    let (a, b) = (&a.facility, &b.facility);
    match by {
        FacilityColumn::Name => lang.name(&a.name).cmp(lang.name(&b.name)),
        FacilityColumn::Kind => a.kind.cmp(&b.kind),
        // Those between the clusters come after the clusters.
        FacilityColumn::Cluster => (a.cluster.is_none(), a.cluster).cmp(&(b.cluster.is_none(), b.cluster)),
        FacilityColumn::Takes => a.metals.iter().cmp(b.metals.iter()).then_with(|| a.modes.iter().cmp(b.modes.iter())),
        FacilityColumn::Basis => a.origin.basis.key().cmp(b.origin.basis.key()),
        FacilityColumn::Capacity | FacilityColumn::Handled | FacilityColumn::Place => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_turns_round_when_pressed_again() {
        let sort = Sort { by: FacilityColumn::Kind, down: true };
        let name = sort.pressed(FacilityColumn::Name, false);
        assert_eq!((name.aria(FacilityColumn::Name), name.aria(FacilityColumn::Kind)), ("ascending", "none"));
        assert_eq!(name.pressed(FacilityColumn::Name, false).aria(FacilityColumn::Name), "descending");
        assert!(name.pressed(FacilityColumn::Capacity, true).down, "numbers begin with the largest");
    }
}
