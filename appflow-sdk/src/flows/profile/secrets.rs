//! The secrets of a connector profile, and the placeholders that take their place in a definition.

use crate::flows::check::is_of;
use crate::types::{ConnectorProfileConfig, ConnectorProfileCredentials, ConnectorType};
use smithy_reqwest::shape::{Slot, Structure};
use std::collections::{BTreeSet, HashMap};

/// Returns the properties that the model marks as sensitive.
pub(super) fn secret_properties(
    config: &mut ConnectorProfileConfig,
) -> Option<&mut Option<HashMap<String, String>>> {
    let properties = config.connector_profile_properties.as_mut()?;
    let custom = properties.custom_connector.as_mut()?;
    let oauth = custom.o_auth2_properties.as_mut()?;
    Some(&mut oauth.token_url_custom_properties)
}

/// Replaces the values of sensitive properties by placeholders, which are required: the profile has these properties.
pub(super) fn hide_values(prefix: &str, config: &mut ConnectorProfileConfig) {
    let secrets = secret_properties(config).and_then(Option::as_mut);
    let mut entries: Vec<_> = secrets.into_iter().flatten().collect();
    entries.sort();
    let mut taken = BTreeSet::new();
    for (key, value) in entries {
        let variable = format!(
            "{prefix}_TOKEN_URL_CUSTOM_PROPERTIES_{}",
            screaming_case(key)
        );
        *value = format!("${{env:{}}}", distinct(variable, &mut taken));
    }
}

/// Returns the name, with a number at its end if it is taken, and marks it as taken.
pub(in crate::flows) fn distinct(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut found = name.clone();
    let mut number = 1;
    while !taken.insert(found.clone()) {
        number += 1;
        found = format!("{name}_{number}");
    }
    found
}

/// Returns credentials of a connector with a placeholder for each string; optional members get optional placeholders.
pub(super) fn placeholders(
    prefix: &str,
    connector: &ConnectorType,
) -> Option<ConnectorProfileCredentials> {
    let mut credentials = ConnectorProfileCredentials::default();
    let members = credentials.schema().members;
    let index = members
        .iter()
        .position(|member| is_of(member.name, connector))?;
    let Slot::Structure(block) = credentials.member_slot(index).fill() else {
        return None;
    };
    let mut any = false;
    for (index, member) in block.schema().members.iter().enumerate() {
        if let Slot::String(place) = block.member_slot(index).fill() {
            let optional = if member.required { "" } else { "?" };
            let member = screaming_case(member.name);
            *place = format!("${{env:{prefix}_{member}{optional}}}");
            any = true;
        } else if let Slot::Optional(part) = block.member_slot(index) {
            part.clear();
        } else {
            // AppFlow does not return the kind of authentication.
            return None;
        }
    }
    any.then_some(credentials)
}

/// Returns the beginning of the names of a profile's variables.
pub(in crate::flows) fn variable_prefix(profile: &str) -> String {
    format!("APPFLOW_{}", screaming_case(profile))
}

/// Converts a member name to the form of environment variables, such as `accessToken` to `ACCESS_TOKEN`.
fn screaming_case(name: &str) -> String {
    let mut screaming_case = String::new();
    let mut after_lower = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && after_lower {
            screaming_case.push('_');
        }
        after_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
        match character.is_ascii_alphanumeric() {
            true => screaming_case.push(character.to_ascii_uppercase()),
            false => screaming_case.push('_'),
        }
    }
    screaming_case
}

#[cfg(test)]
mod tests {
    use crate::flows::profile::ProfileDefinition;
    use crate::types::ConnectorProfile;

    const PROFILE: &str = r#"{
        "connectorProfileName": "crm",
        "connectorType": "CustomConnector",
        "connectorLabel": "crm-connector",
        "connectionMode": "Public",
        "connectorProfileConfig": { "connectorProfileProperties": { "CustomConnector": { "oAuth2Properties": {
            "tokenUrl": "https://acme.example.com/token",
            "oAuth2GrantType": "CLIENT_CREDENTIALS",
            "tokenUrlCustomProperties": { "apiKey": "hush-1", "api-key": "hush-2", "api_key": "hush-3" }
        } } } }
    }"#;

    fn described() -> ConnectorProfile {
        let definition = ProfileDefinition::from_json(PROFILE).unwrap();
        ConnectorProfile {
            connector_profile_name: Some(definition.connector_profile_name),
            connector_type: Some(definition.connector_type),
            connector_label: definition.connector_label,
            connection_mode: Some(definition.connection_mode),
            connector_profile_properties: definition
                .connector_profile_config
                .connector_profile_properties,
            ..Default::default()
        }
    }

    #[test]
    fn sensitive_properties_are_exported_as_placeholders_of_different_variables() {
        let exported = ProfileDefinition::from_description(described()).unwrap();
        let text = exported.to_json();
        assert!(!text.contains("hush"), "{text}");
        for end in ["", "_2", "_3"] {
            let name = format!("APPFLOW_CRM_TOKEN_URL_CUSTOM_PROPERTIES_API_KEY{end}");
            assert!(text.contains(&format!("\"${{env:{name}}}\"")), "{text}");
        }
    }

    #[test]
    fn sensitive_properties_are_never_in_a_change() {
        let desired = ProfileDefinition::from_json(PROFILE).unwrap();
        let mut current = described();
        assert_eq!(
            ProfileDefinition::from_description(current.clone())
                .unwrap()
                .diff(&desired),
            []
        );
        // AppFlow may leave them out, as it does with credentials.
        let oauth = |profile: &mut ConnectorProfile| {
            let properties = profile.connector_profile_properties.as_mut().unwrap();
            let custom = properties.custom_connector.as_mut().unwrap();
            let oauth = custom.o_auth2_properties.as_mut().unwrap();
            oauth.token_url_custom_properties = None;
            oauth.token_url = "https://acme.example.com/other".to_owned();
        };
        oauth(&mut current);
        let current = ProfileDefinition::from_description(current).unwrap();
        let changes = current.diff(&desired);
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert!(changes[0].path.ends_with(".tokenUrl"), "{changes:?}");
        assert!(!format!("{changes:?}").contains("hush"), "{changes:?}");
    }
}
