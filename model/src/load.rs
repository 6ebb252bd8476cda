//! In: model files. Out: one checked [`Model`], or every problem found.

use crate::{Model, ModelErrors};
use std::path::PathBuf;

impl Model {
    /// Loads and merges model files; `apply` statements work across them in any order.
    pub fn load(_paths: &[PathBuf]) -> Result<Self, ModelErrors> {
        unimplemented!()
    }

    /// The same from texts that are already in memory, each with the name errors call it by.
    pub fn from_sources(_sources: &[(&str, &str)]) -> Result<Self, ModelErrors> {
        unimplemented!()
    }
}
