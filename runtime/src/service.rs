//! The other side of a call: services of one's own, and answers in tests.

#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "test-util")]
pub mod testing;
