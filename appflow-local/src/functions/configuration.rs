//! [`Described`]: the configuration of a connector, as its function returns it, and its conversion to that of the API.

use appflow_sdk::types::ConnectorConfiguration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A response to `DescribeConnectorConfigurationRequest`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Described(Value);

impl Described {
    /// Reads a response.
    ///
    /// # Errors
    ///
    /// Returns a message with the name of the member if one has the wrong type.
    pub(crate) fn read(response: Value) -> Result<Self, String> {
        let described = Self(response);
        described.configuration()?;
        Ok(described)
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0[name].as_str().map(str::to_owned)
    }

    pub(crate) fn modes(&self) -> Option<Vec<String>> {
        let modes = self.0["connectorModes"].as_array()?.iter();
        Some(
            modes
                .filter_map(|mode| Some(mode.as_str()?.to_owned()))
                .collect(),
        )
    }

    /// Returns the default API version of the application: the last supported one.
    pub(crate) fn api_version(&self) -> Option<&str> {
        self.0["supportedApiVersions"].as_array()?.last()?.as_str()
    }

    /// Returns the configuration in the form of the API.
    pub(crate) fn configuration(&self) -> Result<ConnectorConfiguration, String> {
        let from = &self.0;
        let modes = self.modes().unwrap_or_default();
        let has = |mode: &str| modes.iter().any(|found| found == mode);
        let configuration = json!({
            "canUseAsSource": has("SOURCE"), "canUseAsDestination": has("DESTINATION"), "connectorModes": modes,
            "connectorName": from["connectorName"], "connectorOwner": from["connectorOwner"],
            "connectorVersion": from["connectorVersion"], "logoURL": from["logoURL"],
            "supportedApiVersions": from["supportedApiVersions"],
            "supportedOperators": from["operatorsSupported"],
            "supportedSchedulingFrequencies": from["triggerFrequenciesSupported"],
            "supportedWriteOperations": from["supportedWriteOperations"],
            "supportedTriggerTypes": each(&from["supportedTriggerTypes"], trigger),
            "authenticationConfig": authentication(&from["authenticationConfig"]),
            "connectorRuntimeSettings": each(&from["connectorRuntimeSetting"], setting),
        });
        serde_json::from_value(without_nulls(configuration)).map_err(|error| error.to_string())
    }
}

/// Applies a conversion to each element of a list. Other values are unchanged.
fn each(list: &Value, convert: fn(&Value) -> Value) -> Value {
    match list {
        Value::Array(elements) => elements.iter().map(convert).collect(),
        other => other.clone(),
    }
}

/// Converts a trigger type: `SCHEDULED` of the protocol is `Scheduled` in the API.
fn trigger(name: &Value) -> Value {
    match name.as_str() {
        Some("SCHEDULED") => json!("Scheduled"),
        Some("ONDEMAND") => json!("OnDemand"),
        Some("EVENT") => json!("Event"),
        _ => name.clone(),
    }
}

fn setting(from: &Value) -> Value {
    json!({
        "key": from["key"], "dataType": from["dataType"], "isRequired": from["required"], "label": from["label"],
        "description": from["description"], "scope": from["scope"],
        "connectorSuppliedValueOptions": from["connectorSuppliedValueOptions"],
    })
}

fn authentication(from: &Value) -> Value {
    if from.is_null() {
        return Value::Null;
    }
    let oauth = &from["oAuth2Defaults"];
    json!({
        "isBasicAuthSupported": from["isBasicAuthSupported"], "isApiKeyAuthSupported": from["isApiKeyAuthSupported"],
        "isOAuth2Supported": from["isOAuth2Supported"], "isCustomAuthSupported": from["isCustomAuthSupported"],
        "oAuth2Defaults": if oauth.is_null() { Value::Null } else { json!({
            "oauthScopes": oauth["oAuthScopes"], "tokenUrls": oauth["tokenURL"], "authCodeUrls": oauth["authURL"],
            "oauth2GrantTypesSupported": oauth["oAuth2GrantTypesSupported"],
            "oauth2CustomProperties": each(&oauth["oAuth2CustomProperties"], parameter),
        }) },
        "customAuthConfigs": each(&from["customAuthConfig"], |custom| json!({
            "customAuthenticationType": custom["authenticationType"],
            "authParameters": each(&custom["authParameters"], parameter),
        })),
    })
}

fn parameter(from: &Value) -> Value {
    json!({
        "key": from["key"], "isRequired": from["required"], "label": from["label"],
        "description": from["description"], "isSensitiveField": from["sensitiveField"], "type": from["type"],
        "connectorSuppliedValues": from["connectorSuppliedValues"],
    })
}

/// Removes members that are null, at every depth.
pub(super) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            let members = members.map(|(name, value)| (name, without_nulls(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(elements) => elements.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_becomes_the_configuration_of_the_api() {
        let described = Described::read(json!({
            "isSuccess": true, "connectorName": "Crm", "connectorOwner": "Me", "connectorVersion": "2.0",
            "connectorModes": ["SOURCE"], "supportedApiVersions": ["v1", "v2"], "logoURL": null,
            "supportedTriggerTypes": ["SCHEDULED", "ONDEMAND"], "triggerFrequenciesSupported": ["HOURLY"],
            "operatorsSupported": ["PROJECTION"], "supportedWriteOperations": ["INSERT"],
            "connectorRuntimeSetting": [{"key": "host", "dataType": "String", "required": true, "label": "Host",
                "description": "d", "scope": "CONNECTOR_PROFILE", "connectorSuppliedValueOptions": null}],
            "authenticationConfig": {"isOAuth2Supported": true, "isBasicAuthSupported": null,
                "oAuth2Defaults": {"oAuthScopes": ["all"], "tokenURL": ["https://t"], "authURL": ["https://a"],
                    "oAuth2GrantTypesSupported": ["CLIENT_CREDENTIALS"]},
                "customAuthConfig": [{"authenticationType": "key", "authParameters": [
                    {"key": "k", "required": true, "sensitiveField": true}]}]},
        }))
        .unwrap();
        let configuration = serde_json::to_value(described.configuration().unwrap()).unwrap();
        for (pointer, expected) in [
            ("/canUseAsSource", json!(true)),
            ("/canUseAsDestination", json!(false)),
            ("/connectorOwner", json!("Me")),
            ("/supportedTriggerTypes", json!(["Scheduled", "OnDemand"])),
            ("/connectorRuntimeSettings/0/isRequired", json!(true)),
            ("/authenticationConfig/isOAuth2Supported", json!(true)),
            (
                "/authenticationConfig/oAuth2Defaults/tokenUrls/0",
                json!("https://t"),
            ),
            (
                "/authenticationConfig/customAuthConfigs/0/authParameters/0/isSensitiveField",
                json!(true),
            ),
        ] {
            assert_eq!(configuration.pointer(pointer), Some(&expected), "{pointer}");
        }
        assert_eq!(described.api_version(), Some("v2"));
    }

    #[test]
    fn a_description_of_the_wrong_types_is_rejected_by_the_member() {
        let fault = Described::read(json!({"isSuccess": true, "supportedApiVersions": "v1"}));
        assert!(fault.unwrap_err().contains("supportedApiVersions"));
    }
}
