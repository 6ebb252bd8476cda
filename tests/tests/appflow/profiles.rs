//! Tests of operations on connector profiles.

use crate::support::{assert_post, call};
use appflow_sdk::primitives::DateTime;
use appflow_sdk::types::*;
use serde_json::{Value, json};

/// Returns a profile of a custom connector with all OAuth 2 members.
fn config() -> ConnectorProfileConfig {
    let oauth = OAuth2Properties::builder()
        .token_url("https://example.com/token")
        .o_auth2_grant_type(OAuth2GrantType::AuthorizationCode)
        .token_url_custom_properties("audience", "api")
        .build()
        .unwrap();
    let properties = CustomConnectorProfileProperties::builder()
        .profile_properties("instance", "https://example.com")
        .o_auth2_properties(oauth);
    let request = ConnectorOAuthRequest::builder()
        .auth_code("auth-code")
        .redirect_uri("https://example.com/back")
        .code_verifier("verifier-verifier-verifier-verifier-verifier");
    let credentials = OAuth2Credentials::builder()
        .client_id("client-id")
        .client_secret("client-secret")
        .access_token("access-token")
        .refresh_token("refresh-token")
        .o_auth_request(request.build());
    let custom = CustomConnectorProfileCredentials::builder()
        .authentication_type(AuthenticationType::Oauth2)
        .oauth2(credentials.build())
        .build()
        .unwrap();
    ConnectorProfileConfig::builder()
        .connector_profile_properties(
            ConnectorProfileProperties::builder()
                .custom_connector(properties.build())
                .build(),
        )
        .connector_profile_credentials(
            ConnectorProfileCredentials::builder()
                .custom_connector(custom)
                .build(),
        )
        .build()
}

fn config_json() -> Value {
    json!({
        "connectorProfileProperties": {"CustomConnector": {
            "profileProperties": {"instance": "https://example.com"},
            "oAuth2Properties": {
                "tokenUrl": "https://example.com/token",
                "oAuth2GrantType": "AUTHORIZATION_CODE",
                "tokenUrlCustomProperties": {"audience": "api"}
            }
        }},
        "connectorProfileCredentials": {"CustomConnector": {
            "authenticationType": "OAUTH2",
            "oauth2": {
                "clientId": "client-id",
                "clientSecret": "client-secret",
                "accessToken": "access-token",
                "refreshToken": "refresh-token",
                "oAuthRequest": {
                    "authCode": "auth-code",
                    "redirectUri": "https://example.com/back",
                    "codeVerifier": "verifier-verifier-verifier-verifier-verifier"
                }
            }
        }}
    })
}

#[tokio::test]
async fn create_connector_profile() {
    let (output, request) = call(
        json!({"connectorProfileArn": "arn:profile"}),
        async |client| {
            client
                .create_connector_profile()
                .connector_profile_name("crm")
                .kms_arn("arn:aws:kms:eu-central-1:123456789012:key/1")
                .connector_type(ConnectorType::Customconnector)
                .connector_label("label")
                .connection_mode(ConnectionMode::Private)
                .connector_profile_config(config())
                .client_token("mine")
                .send()
                .await
        },
    )
    .await;
    let body = json!({
        "connectorProfileName": "crm",
        "kmsArn": "arn:aws:kms:eu-central-1:123456789012:key/1",
        "connectorType": "CustomConnector",
        "connectorLabel": "label",
        "connectionMode": "Private",
        "connectorProfileConfig": config_json(),
        "clientToken": "mine"
    });
    assert_post(&request, "/create-connector-profile", &body);
    assert_eq!(output.connector_profile_arn(), Some("arn:profile"));
}

#[tokio::test]
async fn update_connector_profile() {
    let (output, request) = call(
        json!({"connectorProfileArn": "arn:profile"}),
        async |client| {
            client
                .update_connector_profile()
                .connector_profile_name("crm")
                .connection_mode(ConnectionMode::Public)
                .connector_profile_config(config())
                .client_token("mine")
                .send()
                .await
        },
    )
    .await;
    let body = json!({
        "connectorProfileName": "crm",
        "connectionMode": "Public",
        "connectorProfileConfig": config_json(),
        "clientToken": "mine"
    });
    assert_post(&request, "/update-connector-profile", &body);
    assert_eq!(output.connector_profile_arn(), Some("arn:profile"));
}

#[tokio::test]
async fn describe_connector_profiles() {
    let answer = json!({"nextToken": "next", "connectorProfileDetails": [{
        "connectorProfileArn": "arn:profile",
        "connectorProfileName": "crm",
        "connectorType": "Redshift",
        "connectorLabel": "label",
        "connectionMode": "Public",
        "credentialsArn": "arn:secret",
        "connectorProfileProperties": {"Redshift": {
            "databaseUrl": "jdbc:redshift://x", "bucketName": "bucket", "bucketPrefix": "p", "roleArn": "arn:role",
            "dataApiRoleArn": "arn:data", "isRedshiftServerless": true, "clusterIdentifier": "c",
            "workgroupName": "w", "databaseName": "d"
        }},
        "createdAt": 1, "lastUpdatedAt": 2,
        "privateConnectionProvisioningState": {
            "status": "FAILED", "failureMessage": "no", "failureCause": "ACCESS_DENIED"
        }
    }]});
    let (output, request) = call(answer, async |client| {
        client
            .describe_connector_profiles()
            .connector_profile_names("crm")
            .connector_type(ConnectorType::Redshift)
            .connector_label("label")
            .max_results(2)
            .next_token("this")
            .send()
            .await
    })
    .await;
    let body = json!({
        "connectorProfileNames": ["crm"], "connectorType": "Redshift", "connectorLabel": "label",
        "maxResults": 2, "nextToken": "this"
    });
    assert_post(&request, "/describe-connector-profiles", &body);
    let [profile] = output.connector_profile_details() else {
        panic!("{output:?}")
    };
    assert_eq!(profile.connector_profile_arn(), Some("arn:profile"));
    assert_eq!(profile.connection_mode(), Some(&ConnectionMode::Public));
    assert_eq!(profile.credentials_arn(), Some("arn:secret"));
    assert_eq!(profile.last_updated_at().map(DateTime::secs), Some(2));
    let redshift = profile
        .connector_profile_properties()
        .unwrap()
        .redshift()
        .unwrap();
    assert_eq!(
        (redshift.bucket_name(), redshift.role_arn()),
        ("bucket", "arn:role")
    );
    assert!(redshift.is_redshift_serverless());
    let state = profile.private_connection_provisioning_state().unwrap();
    assert_eq!(
        state.status(),
        Some(&PrivateConnectionProvisioningStatus::Failed)
    );
    assert_eq!(
        state.failure_cause(),
        Some(&PrivateConnectionProvisioningFailureCause::AccessDenied)
    );
    assert_eq!(output.next_token(), Some("next"));
}

#[tokio::test]
async fn delete_connector_profile() {
    let (output, request) = call(json!({}), async |client| {
        client
            .delete_connector_profile()
            .connector_profile_name("crm")
            .force_delete(true)
            .send()
            .await
    })
    .await;
    let body = json!({"connectorProfileName": "crm", "forceDelete": true});
    assert_post(&request, "/delete-connector-profile", &body);
    assert_eq!(output.request_id(), Some("request-1"));
}
