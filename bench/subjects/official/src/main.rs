//! Measures the official SDK with aws-config.

use aws_sdk_appflow as sdk;

include!("../../sdk.rs");

async fn construct() -> sdk::Client {
    sdk::Client::new(&aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await)
}

fn main() {
    harness::main::<Program>();
}
