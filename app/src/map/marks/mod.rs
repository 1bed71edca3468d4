//! Facility symbols: from marks to symbols ([`layout`], [`scene`]), to bytes ([`symbol`]), to pixels ([`layer`]).

pub mod layout;
pub mod scene;
pub mod symbol;

mod atlas;
mod collection;
mod gl;
mod gpu;
mod layer;
mod piles;
mod plants;
mod shader;

pub use layer::{ID, MarksLayer};
