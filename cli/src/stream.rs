//! Streams as the command line writes them.

use atlas_core::model::Stream;
use clap::ValueEnum;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StreamArg {
    Al,
    Cu,
    Pb,
    Zn,
    Other,
}

impl From<StreamArg> for Stream {
    fn from(s: StreamArg) -> Self {
        match s {
            StreamArg::Al => Self::Al,
            StreamArg::Cu => Self::Cu,
            StreamArg::Pb => Self::Pb,
            StreamArg::Zn => Self::Zn,
            StreamArg::Other => Self::Other,
        }
    }
}
