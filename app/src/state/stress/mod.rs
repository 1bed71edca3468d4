//! What breaks the network, as the page knows it.

use super::AppState;

/// Everything about what breaks the network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stresses {}

/// Something about what breaks the network.
#[derive(Debug)]
pub enum StressAction {}

impl From<StressAction> for super::Action {
    fn from(a: StressAction) -> Self {
        Self::Stress(a)
    }
}

impl AppState {
    pub(super) fn stress(&mut self, action: StressAction) {
        match action {}
    }
}
