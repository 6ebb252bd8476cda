//! Property blocks: exactly the block of the connector's type may be set.
//!
//! The enum writes `Googleanalytics` where the member is called `GoogleAnalytics`, so case does not count.

use crate::reflect;
use appflow_sdk::types::ConnectorType;
use smithy_reqwest::shape::{Structure, Value};

/// Whether a structure of blocks has one for this connector.
pub(crate) fn has_place(blocks: &dyn Structure, connector: &ConnectorType) -> bool {
    let members = blocks.schema().members.iter();
    members
        .into_iter()
        .any(|member| is_of(member.name, connector))
}

/// The block of this connector, if it is set.
pub(crate) fn block<'a>(
    blocks: &'a dyn Structure,
    connector: &ConnectorType,
) -> Option<&'a dyn Structure> {
    let mut set = reflect::members(blocks).into_iter();
    match set.find(|(name, _)| is_of(name, connector))? {
        (_, Value::Structure(block)) => Some(block),
        _ => None,
    }
}

/// What is wrong with the blocks that are set. `what` says what they are, such as `The source connector properties`.
pub(crate) fn objection(
    blocks: &dyn Structure,
    connector: &ConnectorType,
    what: &str,
    required: bool,
) -> Option<String> {
    let set = reflect::members(blocks);
    let others: Vec<&str> = set
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !is_of(name, connector))
        .collect();
    if !others.is_empty() {
        return Some(format!(
            "{what} of {} do not belong to connector type {connector}",
            others.join(", ")
        ));
    }
    let missing = required && set.is_empty();
    missing.then(|| format!("{what} of {connector} must be given"))
}

pub(crate) fn is_of(member: &str, connector: &ConnectorType) -> bool {
    member.eq_ignore_ascii_case(connector.as_str())
}
