//! The validation rules of flows and profiles that the model does not state.

pub(crate) mod blocks;
pub(crate) mod flow;
pub(crate) mod tasks;
mod trigger;
pub(crate) mod update;
pub(crate) mod warnings;
