//! The trait of pagination tokens.

use std::collections::HashMap;

/// A pagination token: a string, or a map as in DynamoDB's `Scan`.
pub trait Token: Clone + PartialEq {
    /// Returns whether the token marks the last page, as an absent one does.
    fn is_empty(&self) -> bool;
}

impl Token for String {
    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

impl<V: Clone + PartialEq> Token for HashMap<String, V> {
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
