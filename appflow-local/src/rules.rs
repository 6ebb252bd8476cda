//! What makes a flow or a profile valid, beyond the model: a configuration in, every objection out.

pub(crate) mod blocks;
pub(crate) mod doubts;
pub(crate) mod flow;
pub(crate) mod tasks;
mod trigger;
pub(crate) mod update;
