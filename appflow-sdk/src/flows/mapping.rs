//! [`Mapping`]: renames the resources in a definition, so that it can be used in another account.

use crate::flows::definition::{DefinitionError, FlowDefinition};
use crate::flows::profile::ProfileDefinition;
use crate::flows::tree::Tree;
use smithy_reqwest::shape::{Shape, Structure};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// The names of resources in another account, by their names in the definitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Buckets, by their names.
    pub buckets: BTreeMap<String, String>,
    /// Connector profiles, by their names.
    pub profiles: BTreeMap<String, String>,
    /// KMS keys, by their ARNs. A key that is mapped to an empty string is removed, so that AppFlow uses its own.
    pub keys: BTreeMap<String, String>,
    /// Roles, secrets and other resources, by their ARNs.
    pub arns: BTreeMap<String, String>,
}

impl Mapping {
    /// Returns the flow definition with the names of the other account.
    ///
    /// # Errors
    ///
    /// Returns an error if the definition contains a value that cannot be converted to a tree.
    pub fn flow(&self, definition: &FlowDefinition) -> Result<FlowDefinition, DefinitionError> {
        self.rename(definition)
    }

    /// Returns the profile definition with the names of the other account.
    ///
    /// # Errors
    ///
    /// Returns an error if the definition contains a value that cannot be converted to a tree.
    pub fn profile(
        &self,
        definition: &ProfileDefinition,
    ) -> Result<ProfileDefinition, DefinitionError> {
        self.rename(definition)
    }

    fn rename<T: Structure + Shape>(&self, definition: &T) -> Result<T, DefinitionError> {
        let mut tree = Tree::whole(definition);
        let Ok(()) = tree.change_texts::<Infallible>(&mut |member, text| {
            let renamed = self.of_member(member).and_then(|names| names.get(text));
            let text = renamed.map_or(text, String::as_str);
            Ok((!text.is_empty() || renamed.is_none()).then(|| text.to_owned()))
        });
        tree.read()
            .map_err(|error| DefinitionError::Text(error.to_string()))
    }

    fn of_member(&self, name: &str) -> Option<&BTreeMap<String, String>> {
        match name {
            "connectorProfileName" => Some(&self.profiles),
            "kmsArn" => Some(&self.keys),
            _ if name.ends_with("ucketName") => Some(&self.buckets),
            _ if name.ends_with("Arn") => Some(&self.arns),
            _ => None,
        }
    }
}
