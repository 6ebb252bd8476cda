//! The client runtime that generated AWS clients stand on: a described operation and its input in, its output or one
//! flat error out. Nothing in it names a service.

pub mod clock_skew;
pub mod http;
pub mod retry;
pub mod time;
