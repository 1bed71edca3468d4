//! A journey: two places, the modes between them, and what the way is chosen by.

use crate::compute::protocol::{JourneyQuery, Stop};
use atlas_core::{
    model::{Mode, ModeSet, Stream},
    routing::Aim,
};

/// What the way is chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Least yuan.
    Cost,
    /// Least hours.
    Hours,
    /// Least CO2.
    Co2,
    /// Least weighted sum.
    Weighted,
}

impl By {
    /// All, in the order of the buttons.
    pub const ALL: [Self; 4] = [Self::Cost, Self::Hours, Self::Co2, Self::Weighted];

    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Hours => "hours",
            Self::Co2 => "co2",
            Self::Weighted => "weighted",
        }
    }
}

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it begins.
    From,
    /// Where it ends.
    To,
}

/// A journey being planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// The panel is open.
    pub open: bool,
    /// Where it begins.
    pub from: Option<Stop>,
    /// Where it ends.
    pub to: Option<Stop>,
    /// Modes it may use.
    pub modes: ModeSet,
    /// What it is chosen by.
    pub by: By,
    /// Weights of the sum.
    pub weights: Aim,
    /// What travels.
    pub stream: Stream,
    /// Which of the ways found is chosen.
    pub chosen: usize,
}

impl Default for Journey {
    fn default() -> Self {
        Self {
            open: false,
            from: None,
            to: None,
            modes: ModeSet::ALL,
            by: By::Cost,
            // A tonne of aluminium scrap ties up some 15,000 yuan; at 5 % a year an hour costs 0.1 yuan. Carbon at the price of
            // the national market, 90 yuan a tonne.
            weights: Aim { yuan: 1.0, hours: 0.1, kg_co2e: 0.09 },
            stream: Stream::Al,
            chosen: 0,
        }
    }
}

/// What a person does to a journey.
#[derive(Clone, Debug, PartialEq)]
pub enum JourneyAction {
    /// Opens the panel, or closes it.
    Open(bool),
    /// Sets or clears an end.
    Set(End, Option<Stop>),
    /// A place was clicked on the map: the first end that is not set, or else the last.
    Click(Stop),
    /// The way back.
    Swap,
    /// Allows a mode, or does not.
    Mode(Mode, bool),
    /// Chooses by something else.
    By(By),
    /// Sets the weights of the sum.
    Weights(Aim),
    /// Something else travels.
    Stream(Stream),
    /// Chooses one of the ways found.
    Choose(usize),
}

impl Journey {
    /// What to ask the worker; nothing before both ends are set.
    #[must_use]
    pub fn query(&self) -> Option<JourneyQuery> {
        if !self.open {
            return None;
        }
        Some(JourneyQuery {
            from: self.from.clone()?,
            to: self.to.clone()?,
            modes: self.modes,
            aim: match self.by {
                By::Cost => Aim::COST,
                By::Hours => Aim::HOURS,
                By::Co2 => Aim::CO2,
                By::Weighted => self.weights,
            },
            stream: self.stream,
            chosen: self.chosen,
        })
    }

    /// The end that a click on the map sets next.
    #[must_use]
    pub const fn next_end(&self) -> End {
        if self.from.is_none() { End::From } else { End::To }
    }

    pub(super) fn act(&mut self, action: JourneyAction) {
        // Another question has other ways.
        if !matches!(action, JourneyAction::Choose(_)) {
            self.chosen = 0;
        }
        match action {
            JourneyAction::Open(open) => self.open = open,
            JourneyAction::Set(End::From, stop) => self.from = stop,
            JourneyAction::Set(End::To, stop) => self.to = stop,
            JourneyAction::Click(stop) => match self.next_end() {
                End::From => self.from = Some(stop),
                End::To => self.to = Some(stop),
            },
            JourneyAction::Swap => std::mem::swap(&mut self.from, &mut self.to),
            JourneyAction::Mode(mode, true) => self.modes.insert(mode),
            JourneyAction::Mode(mode, false) => self.modes.remove(mode),
            JourneyAction::By(by) => self.by = by,
            JourneyAction::Weights(weights) => self.weights = weights,
            JourneyAction::Stream(stream) => self.stream = stream,
            JourneyAction::Choose(way) => self.chosen = way,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{geo::LonLat, model::Name};

    fn stop(lon: f64) -> Stop {
        Stop { name: Name::default(), at: LonLat::new(lon, 30.0) }
    }

    #[test]
    fn clicks_set_the_two_ends_and_then_move_the_last() {
        let mut j = Journey { open: true, ..Journey::default() };
        j.act(JourneyAction::Click(stop(120.0)));
        assert_eq!(j.query(), None);
        j.act(JourneyAction::Click(stop(121.0)));
        j.act(JourneyAction::Choose(2));
        assert_eq!(j.query().map(|q| (q.from.at.lon, q.to.at.lon, q.chosen)), Some((120.0, 121.0, 2)));
        j.act(JourneyAction::Click(stop(122.0)));
        assert_eq!(j.query().map(|q| (q.to.at.lon, q.chosen)), Some((122.0, 0)));
        j.act(JourneyAction::Swap);
        assert_eq!(j.query().map(|q| q.from.at.lon), Some(122.0));
        j.act(JourneyAction::Open(false));
        assert_eq!(j.query(), None);
    }
}
