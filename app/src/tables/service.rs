//! What the tables worker knows and does; no browser in it.

use super::protocol::{Report, Said, Told};
use atlas_core::{
    format::import::{self, Cargo, Ground, Preview, Sheet},
    model::{Baseline, Place},
    scenario::{Document, Plan, Scenario},
};

#[derive(Default)]
pub struct Service {
    ground: Option<Known>,
    name: String,
    bytes: Vec<u8>,
    sheet: Option<Sheet>,
    cargo: Option<Cargo>,
}

struct Known {
    baseline: Baseline,
    scenario: Scenario,
    plan: Plan,
    places: Vec<Place>,
}

impl Service {
    /// Does what the page says, and tells how far it is.
    pub fn take(&mut self, said: Said, buffers: Vec<Vec<u8>>, tell: &mut dyn FnMut(Told)) {
        match said {
            Said::Ground(baseline, scenario, places) => {
                let plan = Document::open(&baseline, (*scenario).clone()).0.plan().clone();
                self.ground = Some(Known { baseline: *baseline, scenario: *scenario, plan, places });
            }
            Said::Read(name, reading) => {
                if let Some(bytes) = buffers.into_iter().next() {
                    (self.name, self.bytes) = (name, bytes);
                }
                self.cargo = None;
                match import::read(&self.name, &self.bytes, &reading) {
                    Ok(sheet) => {
                        tell(Told::Read(Box::new(Preview::new(&self.name, &sheet))));
                        self.sheet = Some(sheet);
                    }
                    Err(problem) => {
                        self.sheet = None;
                        tell(Told::Refused(problem));
                    }
                }
            }
            Said::Convert(number, settings) => {
                let (Some(known), Some(sheet)) = (&self.ground, &self.sheet) else { return };
                let Known { baseline, scenario, plan, places } = known;
                let ground = Ground { baseline, scenario, plan, places };
                let of = sheet.table.len();
                let outcome = import::convert(sheet, &settings, ground, &mut |n| tell(Told::Progress(n, of)));
                tell(Told::Converted(number, Box::new(Report::of(&outcome, scenario))));
                self.cargo = Some(outcome.cargo);
            }
            // Answered with bytes, which its caller hands over.
            Said::Write(_) => {}
            Said::Take => {
                if let Some(cargo) = self.cargo.take() {
                    tell(Told::Taken(cargo));
                }
            }
        }
    }
}
