//! Builders of settings in; the same with what only one of the two SDKs asks for out.

use aws_sdk_appflow::Client;
use aws_sdk_appflow::config::{BehaviorVersion, Builder};

/// Settings of a client need a behavior version.
pub fn begin(builder: Builder) -> Builder {
    builder.behavior_version(BehaviorVersion::latest())
}

/// Settings of one call are those that differ from the client's.
pub fn for_one_call(_: &Client, changes: Builder) -> Builder {
    changes
}
