//! Adds the settings that only one of the two SDKs requires.

use appflow_sdk::Client;
use appflow_sdk::config::{Builder, Config};

/// Returns the settings of a client, which require nothing more.
pub fn begin(builder: Builder) -> Builder {
    builder
}

/// Returns the settings of one call: all of the client's, with the changes.
pub fn for_one_call(client: &Client, changes: Builder) -> Config {
    client
        .config()
        .to_builder()
        .region(changes.build().region().cloned())
        .build()
}
