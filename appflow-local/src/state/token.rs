//! [`TokenEntry`]: the stored response for a client token.

use crate::clock::Millis;
use serde::{Deserialize, Serialize};

/// The response to a call with a client token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TokenEntry {
    /// The digest of the input.
    pub(crate) input: String,
    pub(crate) output: serde_json::Value,
    pub(crate) expires_at: Millis,
    /// The position in the order of entries.
    pub(crate) number: u64,
}
