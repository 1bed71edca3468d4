//! One command a file.

pub mod bench;
pub mod build;
pub mod check;
pub mod data;
pub mod finish;
pub mod serve;
pub mod shots;
pub mod test;
