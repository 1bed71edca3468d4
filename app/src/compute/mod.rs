//! Computing off the page: the protocol between page and worker, the page's client and the worker's service.

mod allocator;
pub mod bundles;
mod client;
mod comparing;
mod drawing;
mod download;
pub mod flows;
mod futures;
mod insight;
mod pool;
pub mod protocol;
mod response;
mod siting;
mod slices;
mod stress;
mod tables;
mod transfer;
mod takers;
mod territories;
mod worker;

pub use client::Client;
use client::absolute;
pub use pool::Pool;
pub use tables::{Tables, TablesLink};
pub use worker::{is_worker, start as start_worker};
