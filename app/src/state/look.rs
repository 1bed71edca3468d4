//! The view on the screen as a link or a story keeps it, and back.

use super::{AppState, MapLayer, ResultsTab};
use atlas_core::{geo::LonLat, scenario::View};

impl AppState {
    /// The view on the screen, with the map's middle and zoom where there is a map.
    #[must_use]
    pub fn view_now(&self, camera: Option<(LonLat, f64)>) -> View {
        let layers = MapLayer::ALL.into_iter().filter(|l| self.layers.shows(*l));
        View {
            at: camera.map(|c| c.0),
            zoom: camera.map_or(0.0, |c| c.1),
            layers: Some(layers.map(|l| l.key().to_owned()).collect()),
            results: self.results.key().to_owned(),
            selected: self.selected.clone(),
        }
    }

    /// Shows a view, all but the map's place, which is the map's own. Keys that this app does not know change nothing.
    pub(super) fn show_view(&mut self, view: &View) {
        if let Some(wanted) = &view.layers {
            for layer in MapLayer::ALL {
                self.turn(super::ViewAction::Layer(layer, wanted.iter().any(|k| k == layer.key())));
            }
        }
        if let Some(tab) = ResultsTab::ALL.into_iter().find(|t| t.key() == view.results) {
            self.results = tab;
        }
        let there = view.selected.clone().filter(|id| self.document.plan().get(id).is_some());
        self.turn(super::ViewAction::Select(there));
    }
}
