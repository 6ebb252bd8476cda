//! [`TokenEntry`]: what a client token stands for.

use crate::clock::Millis;
use serde::{Deserialize, Serialize};

/// A call that was answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TokenEntry {
    /// A digest of the input.
    pub(crate) input: String,
    pub(crate) output: serde_json::Value,
    pub(crate) expires_at: Millis,
    /// Its place in the order of entries.
    pub(crate) number: u64,
}
