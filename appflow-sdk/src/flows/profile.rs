//! [`ProfileDefinition`]: the definition of a connector profile, with placeholders for its secrets.

mod secrets;

use crate::flows::check::Finding;
use crate::flows::check::{blocks, is_of, values};
use crate::flows::definition::DefinitionError;
use crate::flows::diff::{Change, compare};
use crate::flows::placeholder::{Secrets, escape};
pub(super) use crate::flows::profile::secrets::{distinct, variable_prefix};
use crate::flows::profile::secrets::{hide_values, placeholders, secret_properties};
use crate::flows::tree::Tree;
use crate::operation::create_connector_profile::CreateConnectorProfileInput;
use crate::operation::update_connector_profile::UpdateConnectorProfileInput;
use crate::read::ReadOptions;
use crate::types::{
    ConnectionMode, ConnectorProfile, ConnectorProfileConfig, ConnectorProfileProperties,
    ConnectorType,
};
use smithy_reqwest::schema::{MemberSchema, StructureSchema};
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};
use std::convert::Infallible;

/// The definition of a connector profile: the members of `CreateConnectorProfile` under the same names.
///
/// In a repository its secrets are placeholders, which are replaced by [`Secrets`] when the profile is applied.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ProfileDefinition {
    /// Name of the profile, which identifies it.
    pub connector_profile_name: String,
    /// Key that encrypts the credentials. AppFlow does not return it, so it is not compared.
    pub kms_arn: Option<String>,
    /// Connector that the profile is for.
    pub connector_type: ConnectorType,
    /// Label of the custom connector that the profile is for.
    pub connector_label: Option<String>,
    /// Connection mode: public or private, by AWS PrivateLink.
    pub connection_mode: ConnectionMode,
    /// Properties and credentials.
    pub connector_profile_config: ConnectorProfileConfig,
}

static SCHEMA: StructureSchema = StructureSchema::new(
    "com.amazonaws.appflow#ProfileDefinition",
    "ProfileDefinition",
    &[
        MemberSchema::new("connectorProfileName", "connector_profile_name").required(),
        MemberSchema::new("kmsArn", "kms_arn"),
        MemberSchema::new("connectorType", "connector_type").required(),
        MemberSchema::new("connectorLabel", "connector_label"),
        MemberSchema::new("connectionMode", "connection_mode").required(),
        MemberSchema::new("connectorProfileConfig", "connector_profile_config").required(),
    ],
);

impl Structure for ProfileDefinition {
    fn schema(&self) -> &'static StructureSchema {
        &SCHEMA
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => Shape::value(&self.connector_profile_name),
            1 => Shape::value(&self.kms_arn),
            2 => Shape::value(&self.connector_type),
            3 => Shape::value(&self.connector_label),
            4 => Shape::value(&self.connection_mode),
            5 => Shape::value(&self.connector_profile_config),
            _ => Value::Absent,
        }
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Shape::slot(&mut self.connector_profile_name),
            1 => Shape::slot(&mut self.kms_arn),
            2 => Shape::slot(&mut self.connector_type),
            3 => Shape::slot(&mut self.connector_label),
            4 => Shape::slot(&mut self.connection_mode),
            5 => Shape::slot(&mut self.connector_profile_config),
            _ => Slot::Ignored,
        }
    }
}

smithy_reqwest::structure!(ProfileDefinition {
    connector_profile_name,
    kms_arn,
    connector_type,
    connector_label,
    connection_mode,
    connector_profile_config,
});

impl ProfileDefinition {
    /// Parses a definition from JSON, strictly.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON, or not a definition of a profile. The message contains the path, the
    /// line and the column, and no value.
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        let read = ReadOptions::strict().from_json(text);
        read.map_err(|error| DefinitionError::Text(error.to_string()))
    }

    /// Converts the description of a profile. AppFlow does not return secrets; placeholders of environment variables
    /// take their place: `${env:APPFLOW_<PROFILE>_<MEMBER>}`. The same goes for values of `tokenUrlCustomProperties`,
    /// with the names of the properties at the end. The characters `${` in other properties are written as `$${`.
    ///
    /// # Errors
    ///
    /// Returns an error if the description lacks a member that every profile has.
    pub fn from_description(profile: ConnectorProfile) -> Result<Self, DefinitionError> {
        let name = profile.connector_profile_name.clone().unwrap_or_default();
        Self::with_variables(profile, &variable_prefix(&name))
    }

    /// Converts the description of a profile, with placeholders of variables whose names begin with a prefix.
    pub(super) fn with_variables(
        profile: ConnectorProfile,
        prefix: &str,
    ) -> Result<Self, DefinitionError> {
        let name = profile.connector_profile_name.unwrap_or_default();
        let missing = |member| DefinitionError::Missing {
            name: name.clone(),
            member,
        };
        let connector = profile
            .connector_type
            .ok_or_else(|| missing("connectorType"))?;
        let mode = profile
            .connection_mode
            .ok_or_else(|| missing("connectionMode"))?;
        let mut config = ConnectorProfileConfig::empty();
        let properties = profile.connector_profile_properties.unwrap_or_default();
        config.connector_profile_properties = Some(escaped(properties)?);
        config.connector_profile_credentials = placeholders(prefix, &connector);
        hide_values(prefix, &mut config);
        Ok(Self {
            connector_profile_name: name,
            kms_arn: None,
            connector_type: connector,
            connector_label: profile.connector_label,
            connection_mode: mode,
            connector_profile_config: config,
        })
    }

    /// Converts the definition to a tree, for any text format. Secrets that it contains are included.
    pub fn to_tree(&self) -> Tree {
        Tree::of(self)
    }

    /// Serializes the definition as JSON. Secrets that it contains are included.
    pub fn to_json(&self) -> String {
        self.to_tree().to_json()
    }

    /// Checks the definition against the model, without a call.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = values::check(&self.to_create_input());
        let tree = Tree::of(self);
        // The values of placeholders are not known yet.
        findings.retain(|finding| {
            let text = tree.at(&finding.path).and_then(Tree::as_text);
            !text.is_some_and(|text| text.contains("${"))
        });
        let config = &self.connector_profile_config;
        let parts: [(&str, Option<&dyn Structure>); 2] = [
            (
                "connectorProfileProperties",
                config
                    .connector_profile_properties
                    .as_ref()
                    .map(|part| part as _),
            ),
            (
                "connectorProfileCredentials",
                config
                    .connector_profile_credentials
                    .as_ref()
                    .map(|part| part as _),
            ),
        ];
        for (name, part) in parts {
            let Some(part) = part else { continue };
            for block in blocks(part) {
                if !is_of(block, &self.connector_type) {
                    findings.push(Finding::error(
                        format!("connectorProfileConfig.{name}.{block}"),
                        format!(
                            "does not belong to the connector type {}: exactly one member may be set",
                            self.connector_type
                        ),
                    ));
                }
            }
        }
        findings
    }

    /// Returns the changes that lead to `desired`. Credentials and the key are ignored, since AppFlow does not return
    /// them. So are the `tokenUrlCustomProperties`, which are secrets too.
    pub fn diff(&self, desired: &Self) -> Vec<Change> {
        let comparable = |definition: &Self| {
            let mut definition = definition.without_credentials();
            definition.kms_arn = None;
            if let Some(secrets) = secret_properties(&mut definition.connector_profile_config) {
                *secrets = None;
            }
            Tree::of(&definition)
        };
        let mut changes = Vec::new();
        let (before, after) = (comparable(self), comparable(desired));
        compare("", Some(&before), Some(&after), &mut changes);
        for change in &mut changes {
            // An update covers the connection mode and the configuration.
            change.needs_new_flow =
                change.path == "connectorType" || change.path == "connectorLabel";
        }
        changes
    }

    /// Returns the changes of an update to `desired`. Placeholders whose values are the current ones are not among them;
    /// those with other values are changes with their own text, since the values may be secrets.
    pub(super) fn changes(&self, desired: &Self, secrets: &Secrets) -> Vec<Change> {
        let mut tree = Tree::whole(&desired.without_credentials());
        let current = Tree::whole(&self.without_credentials());
        secrets.settle(&mut tree, Some(&current));
        match tree.read() {
            Ok(settled) => self.diff(&settled),
            // An optional placeholder of a required member has no value: planning reports it.
            Err(_) => self.diff(desired),
        }
    }

    /// Returns what can be compared: AppFlow does not return credentials.
    fn without_credentials(&self) -> Self {
        let mut definition = self.clone();
        let config = &mut definition.connector_profile_config;
        config.connector_profile_credentials = None;
        definition
    }

    /// Returns the definition with its placeholders replaced by the secrets.
    ///
    /// # Errors
    ///
    /// Returns an error if a placeholder cannot be replaced. The message names the placeholder, never a secret.
    pub(super) fn filled(&self, secrets: &Secrets) -> Result<Self, String> {
        let mut tree = Tree::whole(self);
        tree.change_texts(&mut |_, text| secrets.fill(text))
            .map_err(|error| error.to_string())?;
        tree.read().map_err(|error| error.to_string())
    }

    /// Returns the input that creates the profile. Placeholders have to be replaced first.
    pub(super) fn to_create_input(&self) -> CreateConnectorProfileInput {
        CreateConnectorProfileInput {
            connector_profile_name: Some(self.connector_profile_name.clone()),
            kms_arn: self.kms_arn.clone(),
            connector_type: Some(self.connector_type.clone()),
            connector_label: self.connector_label.clone(),
            connection_mode: Some(self.connection_mode.clone()),
            connector_profile_config: Some(self.connector_profile_config.clone()),
            ..Default::default()
        }
    }

    /// Returns the input that updates an existing profile to this definition.
    pub(super) fn to_update_input(&self) -> UpdateConnectorProfileInput {
        UpdateConnectorProfileInput {
            connector_profile_name: Some(self.connector_profile_name.clone()),
            connection_mode: Some(self.connection_mode.clone()),
            connector_profile_config: Some(self.connector_profile_config.clone()),
            ..Default::default()
        }
    }
}

/// Returns properties as a definition has them, where `${` begins a placeholder.
fn escaped(
    properties: ConnectorProfileProperties,
) -> Result<ConnectorProfileProperties, DefinitionError> {
    let mut tree = Tree::whole(&properties);
    let Ok(()) = tree.change_texts::<Infallible>(&mut |_, text| Ok(Some(escape(text))));
    tree.read()
        .map_err(|error| DefinitionError::Text(error.to_string()))
}
