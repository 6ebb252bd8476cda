//! Tests of the XML protocols: all valid documents are read, and an error names its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

#[path = "xml/documents.rs"]
mod documents;
#[path = "xml/errors.rs"]
mod errors;
#[path = "xml/hostile.rs"]
mod hostile;
#[path = "xml/round_trips.rs"]
mod round_trips;
#[path = "xml/shapes.rs"]
mod shapes;
