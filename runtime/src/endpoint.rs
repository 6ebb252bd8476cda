//! Endpoints: a region and settings in; the address to call, and the region to sign for, out.

mod partitions;
mod resolve;
pub mod rules;

pub use partitions::{Partition, partition};
pub use resolve::{Endpoint, EndpointSettings, resolve};
pub(crate) use resolve::{check_url, is_host_label};
