//! The official SDK with its configuration crate, measured: settings from the environment in, measurements out.

use aws_sdk_appflow as sdk;

include!("../../sdk.rs");

async fn construct() -> sdk::Client {
    sdk::Client::new(&aws_config::load_from_env().await)
}

fn main() {
    harness::main::<Program>();
}
