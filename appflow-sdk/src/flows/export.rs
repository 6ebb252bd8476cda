//! Export: flows of an account in, their definitions out, each as soon as it is known.

use crate::flows::account::{Account, AccountError};
use crate::flows::definition::FlowDefinition;
use crate::flows::profile::ProfileDefinition;

/// What an export passes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Exported {
    /// How many flows there will be.
    Total(usize),
    /// A flow.
    Flow(Box<FlowDefinition>),
}

impl Account {
    /// Passes the definitions of flows on, each as soon as it is known, so that not all of them are in memory at once:
    /// those with the given names, or all of them. It takes one call for each hundred flows, and one for each flow.
    ///
    /// # Errors
    ///
    /// A call failed, or no flow has one of the names: those that are there are passed on all the same.
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

    /// Returns the definitions of all connector profiles, with placeholders for their secrets.
    ///
    /// # Errors
    ///
    /// A call failed.
    pub async fn export_profiles(&self) -> Result<Vec<ProfileDefinition>, AccountError> {
        let profiles = self.profiles().await?.into_values();
        let definitions = profiles.map(ProfileDefinition::from_description);
        Ok(definitions.collect::<Result<_, _>>()?)
    }
}
