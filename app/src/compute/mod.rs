//! Computing off the page: the protocol between page and worker, the page's client and the worker's service.

mod allocator;
pub mod bundles;
mod client;
mod drawing;
mod download;
pub mod flows;
pub mod protocol;
mod siting;
mod tables;
mod transfer;
mod takers;
mod territories;
mod worker;

pub use client::Client;
use client::absolute;
pub use tables::Tables;
pub use worker::{is_worker, start as start_worker};
