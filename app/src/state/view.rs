//! Which part of the app is looked at, in which colours, with which tool, and how far it is loaded.

use crate::compute::protocol::Stage;

/// Which page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The map.
    Plan,
    /// Scenarios side by side.
    Compare,
    /// A story, step by step.
    Present,
    /// Parameters, credits, licences.
    Sources,
}

/// A part of the sources page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The table of parameters.
    Parameters,
    /// What the sector report says.
    Claims,
    /// Values that must balance.
    Balances,
    /// Data sets, credits, licences.
    Data,
}

/// A part of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResultsTab {
    /// The main figures.
    #[default]
    Figures,
    /// Who is near enough.
    Coverage,
    /// Which siting norms are kept.
    Norms,
    /// Who sends what where, and what is short.
    Balance,
    /// What more capacity and scrap would be worth.
    Prices,
    /// What was found of new sites; there while their panel is open.
    Siting,
}

impl ResultsTab {
    /// Those that are always there, in the order of the tabs.
    pub const ALL: [Self; 5] = [Self::Figures, Self::Coverage, Self::Norms, Self::Balance, Self::Prices];

    /// The tabs that are there: new sites come first while their panel is open.
    #[must_use]
    pub fn shown(siting: bool) -> Vec<Self> {
        siting.then_some(Self::Siting).into_iter().chain(Self::ALL).collect()
    }

    /// The stable key: the id of its panel.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Coverage => "coverage",
            Self::Norms => "norms",
            Self::Balance => "balance",
            Self::Prices => "prices",
            Self::Siting => "results-siting",
        }
    }
}

/// What the sources page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcesView {
    /// The open part.
    pub section: Section,
    /// The key of a parameter to show alone, from a link that led here.
    pub wanted: Option<String>,
}

/// Light, dark, or for a projector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// High contrast, larger type.
    Projector,
}

impl Theme {
    /// The value of `data-theme`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Projector => "projector",
        }
    }

    /// The next theme of the button.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Projector,
            Self::Projector => Self::Light,
        }
    }
}

/// What a click on the map does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Selects, and drags what is selected.
    Select,
    /// Places a collection point.
    Point,
    /// Places a hub.
    Hub,
    /// Sets the two ends of a journey.
    Journey,
    /// Draws a ring for new sites.
    Ring,
    /// Asks what it would cost to force a site in here.
    WhyNot,
}

/// How far the app is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Loading, with what and how far; there may be a map already.
    Loading(Stage, u64, u64),
    /// Everything is there.
    Ready,
    /// It cannot go on: a code and what was said.
    Failed(String, String),
}
