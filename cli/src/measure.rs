//! What "near" and demand are measured in, as the command line names them.

use atlas_core::catchment::{Demand, Measure};
use clap::ValueEnum;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MeasureArg {
    Km,
    Minutes,
    Yuan,
    Line,
}

impl From<MeasureArg> for Measure {
    fn from(arg: MeasureArg) -> Self {
        match arg {
            MeasureArg::Km => Self::Km,
            MeasureArg::Minutes => Self::Minutes,
            MeasureArg::Yuan => Self::Yuan,
            MeasureArg::Line => Self::Line,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DemandArg {
    People,
    Households,
    Tonnes,
}

impl From<DemandArg> for Demand {
    fn from(arg: DemandArg) -> Self {
        match arg {
            DemandArg::People => Self::People,
            DemandArg::Households => Self::Households,
            DemandArg::Tonnes => Self::Tonnes,
        }
    }
}
