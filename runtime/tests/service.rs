//! Requests as they arrive in, what a service reads of them or refuses them with out; outputs and errors in, answers out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

#[path = "service/answers.rs"]
mod answers;
#[path = "service/aws_json.rs"]
mod aws_json;
#[path = "service/constraints.rs"]
mod constraints;
#[path = "service/requests.rs"]
mod requests;
#[path = "service/shapes.rs"]
mod shapes;
