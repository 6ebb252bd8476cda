//! Adds the settings that only one of the two SDKs requires.

use aws_sdk_appflow::Client;
use aws_sdk_appflow::config::{BehaviorVersion, Builder};

/// Adds the behavior version that the settings of a client require.
pub fn begin(builder: Builder) -> Builder {
    builder.behavior_version(BehaviorVersion::latest())
}

/// Returns the settings of one call: only the changes from the client's.
pub fn for_one_call(_: &Client, changes: Builder) -> Builder {
    changes
}
