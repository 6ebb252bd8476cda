//! Exports the flows of an account as definitions.

use crate::flows::account::{Account, AccountError};
use crate::flows::definition::FlowDefinition;
use crate::flows::profile::{ProfileDefinition, distinct, variable_prefix};
use std::collections::BTreeSet;

/// An item of an export.
#[derive(Debug)]
#[non_exhaustive]
pub enum Exported {
    /// The number of flows that follow.
    Total(usize),
    /// A flow.
    Flow(Box<FlowDefinition>),
}

impl Account {
    /// Exports the flows with the given names, or all flows if there are none, and passes each definition on as soon as
    /// it arrives, so that not all of them are in memory at once. This takes one call for each hundred flows, and one
    /// for each flow.
    ///
    /// # Errors
    ///
    /// Returns an error if a call fails, or if no flow has one of the names. The flows that exist are passed on
    /// nevertheless.
    pub async fn export(
        &self,
        names: &[String],
        mut each: impl FnMut(Exported),
    ) -> Result<(), AccountError> {
        let names = match names {
            [] => self.flows().await?.into_keys().collect(),
            names => names.to_vec(),
        };
        each(Exported::Total(names.len()));
        let mut missing = Vec::new();
        self.describe_each(names.into_iter(), |name, current| match current {
            Some(current) => each(Exported::Flow(Box::new(current.definition))),
            None => missing.push(name),
        })
        .await?;
        match missing.is_empty() {
            true => Ok(()),
            false => Err(AccountError::NotFound { names: missing }),
        }
    }

    /// Returns the definitions of all connector profiles, with placeholders for their secrets. Profiles whose names
    /// give the same variables, such as `crm-a` and `crm.a`, get variables with a number.
    ///
    /// # Errors
    ///
    /// Returns an error if a call fails.
    pub async fn export_profiles(&self) -> Result<Vec<ProfileDefinition>, AccountError> {
        let profiles = self.profiles().await?.into_iter();
        let mut taken = BTreeSet::new();
        let definitions = profiles.map(|(name, profile)| {
            let prefix = distinct(variable_prefix(&name), &mut taken);
            ProfileDefinition::with_variables(profile, &prefix)
        });
        Ok(definitions.collect::<Result<_, _>>()?)
    }
}
