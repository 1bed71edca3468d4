//! Computing off the page: the protocol between page and worker, the page's client and the worker's service.

mod allocator;
mod client;
mod drawing;
mod download;
mod flows;
pub mod protocol;
mod transfer;
mod territories;
mod worker;

pub use client::Client;
pub use worker::{is_worker, start as start_worker};
