//! Builders of settings in; the same with what only one of the two SDKs asks for out.

use appflow_sdk::Client;
use appflow_sdk::config::{Builder, Config};

/// Settings of a client need nothing more.
pub fn begin(builder: Builder) -> Builder {
    builder
}

/// Settings of one call are whole: the client's, with what differs.
pub fn for_one_call(client: &Client, changes: Builder) -> Config {
    client
        .config()
        .to_builder()
        .region(changes.build().region().cloned())
        .build()
}
