//! The other side of a call: services of one's own, and answers in tests.

#[cfg(feature = "server")]
pub mod server;
pub mod testing;
