//! Endpoints: the URL of a service, and the region of its signatures, from a region and settings.

mod by_rules;
/// Tables that `cargo xtask facts` generates.
mod generated {
    #[rustfmt::skip]
    pub(super) mod partitions;
}
mod partitions;
mod resolve;
pub mod rules;

pub(crate) use crate::http::url::is_host_label;
pub(crate) use by_rules::resolve_by_rules;
#[cfg(feature = "test-util")]
use partitions::own_partition;
pub use partitions::{Partition, partition};
pub use resolve::{Endpoint, EndpointSettings, resolve};
pub(crate) use resolve::{Signing, check_url};
