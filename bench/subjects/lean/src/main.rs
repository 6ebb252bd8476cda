//! Measures this SDK with the HTTP client on hyper alone.

use appflow_sdk as sdk;

include!("../../sdk.rs");

async fn construct() -> sdk::Client {
    sdk::Client::from_env().await.expect("settings")
}

fn main() {
    harness::main::<Program>();
}
