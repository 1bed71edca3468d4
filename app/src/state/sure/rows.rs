//! The table of all indicators of a plan.

use super::{Futures, StripDrawing, strip_drawing, words::sure_unit};
use crate::{
    i18n::{integer, significant},
    state::{AppState, measure_name},
};
use atlas_core::{
    model::Cluster,
    profile::{Measure, Section, Unit},
    response::Aim,
};

/// What is shown of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SureFilter {
    /// Where.
    pub place: Option<Cluster>,
    /// A section alone.
    pub section: Option<Section>,
    /// What names must hold.
    pub find: String,
    /// Without what no drawn parameter moves.
    pub moving: bool,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct SureRow {
    /// Which.
    pub aim: Aim,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The value at the table's numbers.
    pub table: String,
    /// 5, 50 and 95 % of the futures.
    pub ends: [String; 3],
    /// Its strip; nothing where it is the same in every future.
    pub strip: Option<StripDrawing>,
}

/// The rows of a plan that are shown, in the order of the clusters' table, and how many there are without search and section.
#[must_use]
pub fn sure_rows(state: &AppState, futures: &Futures, plan: usize, filter: &SureFilter) -> (Vec<SureRow>, usize) {
    let lang = state.lang;
    let wanted = filter.find.trim().to_lowercase();
    let row = |measure: Measure| {
        let aim = Aim::of(measure, filter.place);
        let of = futures.band(plan, &aim)?;
        let (times, unit) = sure_unit(lang, &aim);
        // What is counted is whole.
        let counted = measure.unit() == Unit::Count;
        let words = |v: f64| if counted { integer(v) } else { significant(v * times) };
        let [low, _, middle, _, high] = of.band.quantiles;
        Some(SureRow {
            name: measure_name(lang, measure),
            unit,
            table: of.table.map_or_else(|| "–".into(), words),
            ends: [low, middle, high].map(words),
            strip: of.moves().then(|| strip_drawing(of.band.quantiles, of.table)),
            aim,
        })
    };
    let all: Vec<SureRow> = futures.measures().into_iter().filter_map(row).collect();
    let count = all.len();
    let shown = |r: &SureRow| {
        filter.section.is_none_or(|s| r.aim.measure.section() == s)
            && (!filter.moving || r.strip.is_some())
            && (wanted.is_empty() || r.name.to_lowercase().contains(&wanted))
    };
    (all.into_iter().filter(shown).collect(), count)
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{futures, state};
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn the_table_is_searched_and_cut_by_section_and_place() {
        let (state, futures) = (state(Lang::En), futures());
        let rows = |filter: SureFilter| sure_rows(&state, &futures, 0, &filter).0;
        let all = rows(SureFilter::default());
        assert_eq!(all.len(), 4);
        let cost = &all[0];
        assert_eq!((cost.aim.measure, cost.unit.as_str(), cost.table.as_str()), (Measure::Cost, "bn yuan/y", "100"));
        assert!(cost.strip.is_some());
        let only = |f: SureFilter| rows(f).into_iter().map(|r| r.aim.measure).collect::<Vec<_>>();
        assert_eq!(only(SureFilter { section: Some(Section::Carbon), ..SureFilter::default() }), [Measure::Emitted]);
        assert_eq!(
            only(SureFilter { find: " COLLECTED ".into(), ..SureFilter::default() }),
            [Measure::Collected(None)]
        );
        assert_eq!(only(SureFilter { place: Some(Cluster::Yrd), ..SureFilter::default() }), [Measure::Cost]);
    }
}
