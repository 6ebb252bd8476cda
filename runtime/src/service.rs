//! The service side of the protocols, and the test kit.

mod output;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "test-util")]
pub mod testing;
