//! Tests that no output contains a secret, with a secret in every sensitive member.

use crate::support::client;
use appflow_sdk::operation::create_connector_profile::CreateConnectorProfileInput;
use appflow_sdk::operation::update_connector_profile::UpdateConnectorProfileInput;
use appflow_sdk::types::ConnectorProfileConfig;
use serde_json::json;
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};
use std::collections::BTreeSet;
use workspace_tests::server::{Answer, Server};

const SECRET: &str = "hush-hush-hush-hush-hush-hush-hush-hush-hush-hush";
const PLAIN: &str = "may-be-seen";

/// Sets every member, with a secret if it is sensitive; returns the paths of the secrets.
fn plant(structure: &mut dyn Structure, path: &str, planted: &mut BTreeSet<String>) {
    for (index, member) in structure.schema().members.iter().enumerate() {
        let path = format!("{path}.{}", member.name);
        let text = if member.sensitive { SECRET } else { PLAIN };
        if fill(structure.member_slot(index), text, &path, planted) && member.sensitive {
            planted.insert(path);
        }
    }
}

/// Writes text into a slot; returns whether the slot accepts text.
fn fill(slot: Slot<'_>, text: &str, path: &str, planted: &mut BTreeSet<String>) -> bool {
    match slot {
        Slot::Optional(place) => return fill(place.fill(), text, path, planted),
        Slot::String(place) => text.clone_into(place),
        Slot::Enum(place) => place.set_wire_value(text),
        Slot::List(list) => return fill(list.push(), text, path, planted),
        Slot::Map(map) => return fill(map.insert(&format!("{text}-key")), text, path, planted),
        Slot::Structure(structure) => {
            plant(structure, path, planted);
            return false;
        }
        _ => return false,
    }
    true
}

/// Returns a structure with all members set.
fn planted<T: Shape + Structure>() -> (T, BTreeSet<String>) {
    let (mut value, mut paths) = (T::empty(), BTreeSet::new());
    plant(&mut value, "", &mut paths);
    (value, paths)
}

#[track_caller]
fn assert_hushed(what: &str, printed: &str) {
    assert!(!printed.contains("hush"), "{what}: {printed}");
}

/// Every secret member, by our own judgment.
const SECRETS: &[&str] = &[
    "Amplitude.apiKey",
    "Amplitude.secretKey",
    "CustomConnector.apiKey.apiKey",
    "CustomConnector.apiKey.apiSecretKey",
    "CustomConnector.basic.password",
    "CustomConnector.custom.credentialsMap",
    "CustomConnector.oauth2.accessToken",
    "CustomConnector.oauth2.clientSecret",
    "CustomConnector.oauth2.oAuthRequest.authCode",
    "CustomConnector.oauth2.oAuthRequest.codeVerifier",
    "CustomConnector.oauth2.refreshToken",
    "Datadog.apiKey",
    "Datadog.applicationKey",
    "Dynatrace.apiToken",
    "GoogleAnalytics.accessToken",
    "GoogleAnalytics.clientSecret",
    "GoogleAnalytics.refreshToken",
    "Honeycode.accessToken",
    "Honeycode.refreshToken",
    "InforNexus.accessKeyId",
    "InforNexus.datakey",
    "InforNexus.secretAccessKey",
    "Marketo.accessToken",
    "Marketo.clientSecret",
    "Pardot.accessToken",
    "Pardot.refreshToken",
    "Redshift.password",
    "SAPOData.basicAuthCredentials.password",
    "SAPOData.oAuthCredentials.accessToken",
    "SAPOData.oAuthCredentials.clientSecret",
    "SAPOData.oAuthCredentials.refreshToken",
    "Salesforce.accessToken",
    "Salesforce.jwtToken",
    "Salesforce.refreshToken",
    "ServiceNow.oAuth2Credentials.clientSecret",
    "ServiceNow.password",
    "Singular.apiKey",
    "Slack.accessToken",
    "Slack.clientSecret",
    "Snowflake.password",
    "Snowflake.privateKey",
    "Trendmicro.apiSecretKey",
    "Veeva.password",
    "Zendesk.accessToken",
    "Zendesk.clientSecret",
];

#[test]
fn everything_that_is_a_secret_is_sensitive() {
    let (_, paths) = planted::<ConnectorProfileConfig>();
    for secret in SECRETS {
        let path = format!(".connectorProfileCredentials.{secret}");
        assert!(paths.contains(&path), "{path} is printed");
    }
    let url =
        ".connectorProfileProperties.CustomConnector.oAuth2Properties.tokenUrlCustomProperties";
    assert!(paths.contains(url), "{url} is printed");
}

#[test]
fn no_printed_value_holds_a_secret() {
    let (input, paths) = planted::<CreateConnectorProfileInput>();
    assert!(paths.len() > SECRETS.len(), "{paths:?}");
    let printed = [format!("{input:?}"), format!("{input:#?}")];
    for printed in &printed {
        assert_hushed("input", printed);
        assert!(
            printed.contains(PLAIN) && printed.contains("Redacted"),
            "{printed}"
        );
    }
    let config = input.connector_profile_config().cloned().unwrap();
    assert_hushed("config", &format!("{config:?}"));
    let credentials = config.connector_profile_credentials().unwrap();
    assert_hushed("credentials", &format!("{credentials:?}"));
    let builder = CreateConnectorProfileInput::builder()
        .connector_profile_name("crm")
        .connector_profile_config(config.clone());
    assert_hushed("builder", &format!("{builder:?}"));
    let custom = credentials.custom_connector().unwrap().custom().unwrap();
    let builder = appflow_sdk::types::CustomAuthCredentials::builder()
        .custom_authentication_type("sso")
        .set_credentials_map(custom.credentials_map().cloned());
    assert!(matches!(builder.get_credentials_map(), Some(map) if map.len() == 1));
    assert_hushed("builder of a part", &format!("{builder:?}"));
}

#[tokio::test]
async fn no_call_and_no_error_holds_a_secret() {
    let refusal = json!({"message": "no"});
    let refused = Answer::json(400, &refusal).header("x-amzn-errortype", "ValidationException");
    let server = Server::start([refused, Answer::new(200, SECRET)]).await;
    let client = client(&server);
    let (input, _) = planted::<UpdateConnectorProfileInput>();
    let call = client
        .update_connector_profile()
        .connector_profile_name("crm")
        .set_connection_mode(input.connection_mode().cloned())
        .set_connector_profile_config(input.connector_profile_config().cloned());
    assert_hushed("fluent builder", &format!("{call:?}"));
    assert_hushed(
        "customized call",
        &format!("{:?}", call.clone().customize()),
    );
    for _ in 0..2 {
        // Redirect URIs, ports and the like are not as the model wants them: see that the errors of validation are quiet.
        let error = call.clone().send().await.unwrap_err();
        assert_hushed("error", &format!("{error} {error:?} {error:#?}"));
        let unchecked = client
            .config()
            .to_builder()
            .validation(appflow_sdk::config::Validation::OFF);
        let error = call
            .clone()
            .customize()
            .config_override(unchecked.build())
            .send()
            .await
            .unwrap_err();
        assert_hushed("error", &format!("{error} {error:?} {error:#?}"));
    }
    assert_eq!(server.requests().len(), 2);
    assert_hushed("client", &format!("{client:?} {:?}", client.config()));
}

#[test]
fn a_secret_that_has_the_wrong_form_is_not_printed_by_the_error() {
    let json = json!({"connectorProfileProperties": {}, "connectorProfileCredentials": {
        "Singular": {"apiKey": [SECRET]}
    }});
    let error = serde_json::from_value::<ConnectorProfileConfig>(json).unwrap_err();
    assert_hushed("error", &error.to_string());
    let value = planted::<ConnectorProfileConfig>().0;
    assert!(matches!(Shape::value(&value), Value::Structure(_)));
}
