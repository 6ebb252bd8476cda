//! Tests of the service side: the inputs that it reads from requests, the errors of invalid ones, and its responses.
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
#[path = "service/query_compatible.rs"]
mod query_compatible;
#[path = "service/requests.rs"]
mod requests;
#[path = "service/rpc_v2.rs"]
mod rpc_v2;
#[path = "service/shapes.rs"]
mod shapes;
