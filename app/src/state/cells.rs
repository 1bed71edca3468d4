//! Demand cells under the pointer, and which catchments are on the map.

use super::{AppState, MapLayer};
use crate::{compute::protocol::CellView, map::zoom};
use atlas_core::{catchment::Measure, geo::LonLat, model::FacilityKind};
use h3o::{LatLng, Resolution};
use std::{fmt, rc::Rc};

/// The records of all demand cells, as the worker sent them. Clones share them.
#[derive(Clone, Default)]
pub struct Cells(Rc<Vec<u8>>);

impl Cells {
    /// Keeps the records.
    #[must_use]
    pub fn new(records: Vec<u8>) -> Self {
        Self(Rc::new(records))
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cells({} bytes)", self.0.len())
    }
}

/// What is told of a demand cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellTold {
    /// Modelled residents.
    pub people: u32,
    /// Id of the facility it goes to and the way there; `None` where nothing can be reached.
    pub owner: Option<(String, f64)>,
    /// What the way is measured in.
    pub measure: Measure,
}

/// The demand cell at a place; `None` where nobody lives, and before the first survey.
#[must_use]
pub fn cell_at(state: &AppState, at: LonLat) -> Option<CellTold> {
    let survey = &state.survey.as_ref()?.survey;
    let h3 = LatLng::new(at.lat, at.lon).ok()?.to_cell(Resolution::Six);
    let found = CellView::find(&state.cells.0, u64::from(h3))?;
    let owner = found.owner.and_then(|row| survey.facilities.get(row as usize));
    Some(CellTold {
        people: found.people,
        owner: owner.map(|s| (s.id.clone(), found.value)),
        measure: survey.measure(),
    })
}

/// Whose catchments are on the map at a zoom; `None` where they are switched off.
#[must_use]
pub fn shown_catchments(state: &AppState, zoom: f64) -> Option<FacilityKind> {
    let asked = state.survey.as_ref().map_or(state.question.of, |s| s.survey.question.of);
    let near = asked != FacilityKind::CollectionPoint || zoom >= zoom::POINT_CATCHMENTS;
    state.layers.shows(MapLayer::Catchments).then_some(if near { asked } else { FacilityKind::Hub })
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::{compute::protocol::SurveyView, i18n::Lang, state::Theme};
    use atlas_core::catchment::{Amount, Coverage, Loss, Question, Served, Survey};

    /// A survey of two points, told with the default question.
    pub fn survey() -> Survey {
        let served = |id: &str, people: f64| Served {
            id: id.into(),
            demand: Amount { cells: 1, people, households: people / 2.5, tonnes: people / 100.0 },
            mean: Some(people / 100.0),
            p95: None,
            loss: Loss::default(),
        };
        Survey {
            question: Question::usual(FacilityKind::CollectionPoint),
            facilities: vec![served("CP001", 300.0), served("CP002", 700.0)],
            bands: vec![],
            total: Amount { cells: 3, people: 1100.0, households: 440.0, tonnes: 11.0 },
            unreachable: Amount { cells: 1, people: 100.0, households: 40.0, tonnes: 1.0 },
            coverage: Coverage::default(),
        }
    }

    /// A state that has it.
    pub fn surveyed() -> AppState {
        let mut state = AppState::new(Lang::En, Theme::Light);
        state.survey = Some(Rc::new(SurveyView { survey: survey(), difference: None, remote: vec![] }));
        state
    }

    #[test]
    fn a_place_is_told_by_its_cell() {
        let at = LonLat::new(118.8, 32.05);
        let h3 = u64::from(LatLng::new(at.lat, at.lon).expect("on earth").to_cell(Resolution::Six));
        let mut state = surveyed();
        assert_eq!(cell_at(&state, at), None, "no records yet");
        for (owner, told) in [(Some(1), Some(("CP002".to_owned(), 7.5))), (None, None), (Some(9), None)] {
            let mut records = Vec::new();
            CellView { h3, people: 42, owner, value: 7.5 }.write(&mut records);
            state.cells = Cells::new(records);
            let found = cell_at(&state, at).expect("the cell");
            assert_eq!((found.people, found.owner), (42, told));
        }
        assert_eq!(cell_at(&state, LonLat::new(119.8, 32.05)), None);
    }

    #[test]
    fn points_have_their_catchments_from_near_only() {
        let mut state = surveyed();
        assert_eq!(shown_catchments(&state, 6.0), Some(FacilityKind::Hub));
        assert_eq!(shown_catchments(&state, 7.5), Some(FacilityKind::CollectionPoint));
        state.layers.set(MapLayer::Catchments, false);
        assert_eq!(shown_catchments(&state, 7.5), None);
    }
}
