//! [`Token`]: a value that says where a page begins in; whether it says anything out.

use std::collections::HashMap;

/// What says where a page begins: a text, or a map as in DynamoDB's `Scan`.
pub trait Token: Clone + PartialEq {
    /// Whether it stands for no further page, as an absent one does.
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
