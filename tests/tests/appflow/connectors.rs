//! Tests of operations on connectors and their entities.

use crate::support::{assert_post, call};
use appflow_sdk::primitives::DateTime;
use appflow_sdk::types::*;
use serde_json::{Value, json};

fn provisioning() -> ConnectorProvisioningConfig {
    let lambda =
        LambdaConnectorProvisioningConfig::builder().lambda_arn("arn:aws:lambda:x:1:function:f");
    ConnectorProvisioningConfig::builder()
        .lambda(lambda.build().unwrap())
        .build()
}

fn provisioning_json() -> Value {
    json!({"lambda": {"lambdaArn": "arn:aws:lambda:x:1:function:f"}})
}

/// Returns a connector configuration with all members, except those for single applications.
fn configuration_json() -> Value {
    json!({
        "canUseAsSource": true,
        "canUseAsDestination": false,
        "supportedDestinationConnectors": ["S3", "Brandnew"],
        "supportedSchedulingFrequencies": ["BYMINUTE", "ONCE"],
        "isPrivateLinkEnabled": true,
        "isPrivateLinkEndpointUrlRequired": true,
        "supportedTriggerTypes": ["Scheduled", "OnDemand"],
        "connectorMetadata": {
            "Salesforce": {
                "oAuthScopes": ["api"],
                "dataTransferApis": ["AUTOMATIC"],
                "oauth2GrantTypesSupported": ["JWT_BEARER"]
            },
            "Snowflake": {"supportedRegions": ["eu"]},
            "SAPOData": {}
        },
        "connectorType": "CustomConnector",
        "connectorLabel": "label",
        "connectorDescription": "description",
        "connectorOwner": "owner",
        "connectorName": "name",
        "connectorVersion": "1.2",
        "connectorArn": "arn:connector",
        "connectorModes": ["SOURCE"],
        "authenticationConfig": {
            "isBasicAuthSupported": true,
            "isOAuth2Supported": true,
            "oAuth2Defaults": {
                "oauthScopes": ["a"],
                "tokenUrls": ["https://t"],
                "authCodeUrls": ["https://c"],
                "oauth2GrantTypesSupported": ["CLIENT_CREDENTIALS"],
                "oauth2CustomProperties": [{"key": "k", "isRequired": true, "type": "TOKEN_URL"}]
            },
            "customAuthConfigs": [{
                "customAuthenticationType": "sso",
                "authParameters": [{
                    "key": "k", "isRequired": true, "label": "l", "description": "d",
                    "isSensitiveField": true, "connectorSuppliedValues": ["v"]
                }]
            }]
        },
        "connectorRuntimeSettings": [{
            "key": "k", "dataType": "String", "isRequired": true, "label": "l", "description": "d",
            "scope": "CONNECTOR_PROFILE", "connectorSuppliedValueOptions": ["v"]
        }],
        "supportedApiVersions": ["v1", "v2"],
        "supportedOperators": ["PROJECTION", "EQUAL_TO"],
        "supportedWriteOperations": ["UPSERT"],
        "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": provisioning_json(),
        "logoURL": "https://logo",
        "registeredAt": 1,
        "registeredBy": "someone",
        "supportedDataTransferTypes": ["RECORD", "FILE"],
        "supportedDataTransferApis": [{"Name": "api", "Type": "ASYNC"}]
    })
}

fn assert_configuration(connector: &ConnectorConfiguration) {
    assert!(connector.can_use_as_source() && !connector.can_use_as_destination());
    assert!(
        connector.is_private_link_enabled() && connector.is_private_link_endpoint_url_required()
    );
    let destinations = [ConnectorType::S3, ConnectorType::from("Brandnew")];
    assert_eq!(connector.supported_destination_connectors(), destinations);
    let frequencies = [ScheduleFrequencyType::Byminute, ScheduleFrequencyType::Once];
    assert_eq!(connector.supported_scheduling_frequencies(), frequencies);
    let triggers = [TriggerType::Scheduled, TriggerType::Ondemand];
    assert_eq!(connector.supported_trigger_types(), triggers);
    let metadata = connector.connector_metadata().unwrap();
    let salesforce = metadata.salesforce().unwrap();
    assert_eq!(salesforce.o_auth_scopes(), ["api"]);
    assert_eq!(
        salesforce.data_transfer_apis(),
        [SalesforceDataTransferApi::Automatic]
    );
    assert_eq!(
        salesforce.oauth2_grant_types_supported(),
        [OAuth2GrantType::JwtBearer]
    );
    assert_eq!(metadata.snowflake().unwrap().supported_regions(), ["eu"]);
    assert!(metadata.sapo_data().is_some() && metadata.s3().is_none());
    assert_eq!(
        connector.connector_type(),
        Some(&ConnectorType::Customconnector)
    );
    assert_eq!(connector.connector_version(), Some("1.2"));
    assert_eq!(connector.connector_arn(), Some("arn:connector"));
    assert_eq!(connector.connector_modes(), ["SOURCE"]);
    let authentication = connector.authentication_config().unwrap();
    assert!(
        authentication.is_basic_auth_supported() && !authentication.is_api_key_auth_supported()
    );
    let defaults = authentication.o_auth2_defaults().unwrap();
    assert_eq!(defaults.token_urls(), ["https://t"]);
    assert_eq!(
        defaults.oauth2_custom_properties()[0].r#type(),
        Some(&OAuth2CustomPropType::TokenUrl)
    );
    let custom = &authentication.custom_auth_configs()[0];
    assert!(custom.auth_parameters()[0].is_sensitive_field());
    let setting = &connector.connector_runtime_settings()[0];
    assert_eq!(
        (setting.scope(), setting.data_type()),
        (Some("CONNECTOR_PROFILE"), Some("String"))
    );
    assert_eq!(
        connector.supported_operators(),
        [Operators::Projection, Operators::EqualTo]
    );
    assert_eq!(
        connector.supported_write_operations(),
        [WriteOperationType::Upsert]
    );
    assert_eq!(
        connector.connector_provisioning_config(),
        Some(&provisioning())
    );
    assert_eq!(connector.logo_url(), Some("https://logo"));
    assert_eq!(connector.registered_at(), Some(&DateTime::from_secs(1)));
    assert_eq!(connector.supported_data_transfer_types().len(), 2);
    let api = &connector.supported_data_transfer_apis()[0];
    assert_eq!(
        (api.name(), api.r#type()),
        (Some("api"), Some(&DataTransferApiType::Async))
    );
}

fn detail_json() -> Value {
    json!({
        "connectorDescription": "d", "connectorName": "n", "connectorOwner": "o", "connectorVersion": "v",
        "applicationType": "a", "connectorType": "CustomConnector", "connectorLabel": "l",
        "registeredAt": 1.5, "registeredBy": "r", "connectorProvisioningType": "LAMBDA",
        "connectorModes": ["SOURCE", "DESTINATION"], "supportedDataTransferTypes": ["FILE"]
    })
}

fn assert_detail(detail: &ConnectorDetail) {
    assert_eq!(
        (detail.connector_description(), detail.connector_name()),
        (Some("d"), Some("n"))
    );
    assert_eq!(
        (detail.connector_owner(), detail.connector_version()),
        (Some("o"), Some("v"))
    );
    assert_eq!(
        (detail.application_type(), detail.connector_label()),
        (Some("a"), Some("l"))
    );
    assert_eq!(
        detail.connector_type(),
        Some(&ConnectorType::Customconnector)
    );
    assert_eq!(detail.registered_at(), Some(&DateTime::from_millis(1500)));
    assert_eq!(detail.registered_by(), Some("r"));
    assert_eq!(
        detail.connector_provisioning_type(),
        Some(&ConnectorProvisioningType::Lambda)
    );
    assert_eq!(detail.connector_modes(), ["SOURCE", "DESTINATION"]);
    assert_eq!(
        detail.supported_data_transfer_types(),
        [SupportedDataTransferType::File]
    );
}

#[tokio::test]
async fn describe_connector() {
    let (output, request) = call(
        json!({"connectorConfiguration": configuration_json()}),
        async |client| {
            let call = client
                .describe_connector()
                .connector_type(ConnectorType::Customconnector);
            call.connector_label("label").send().await
        },
    )
    .await;
    let body = json!({"connectorType": "CustomConnector", "connectorLabel": "label"});
    assert_post(&request, "/describe-connector", &body);
    assert_configuration(output.connector_configuration().unwrap());
}

#[tokio::test]
async fn describe_connectors() {
    let answer = json!({
        "connectorConfigurations": {"Salesforce": configuration_json(), "Brandnew": {}},
        "connectors": [detail_json()],
        "nextToken": "next"
    });
    let (output, request) = call(answer, async |client| {
        let call = client
            .describe_connectors()
            .connector_types(ConnectorType::Salesforce);
        call.connector_types(ConnectorType::S3)
            .max_results(1)
            .next_token("this")
            .send()
            .await
    })
    .await;
    let body =
        json!({"connectorTypes": ["Salesforce", "S3"], "maxResults": 1, "nextToken": "this"});
    assert_post(&request, "/describe-connectors", &body);
    let configurations = output.connector_configurations().unwrap();
    assert_configuration(&configurations[&ConnectorType::Salesforce]);
    let unknown = &configurations[&ConnectorType::from("Brandnew")];
    assert_eq!(
        (unknown.connector_type(), unknown.can_use_as_source()),
        (None, false)
    );
    assert_detail(&output.connectors()[0]);
    assert_eq!(output.next_token(), Some("next"));
}

#[tokio::test]
async fn list_connectors() {
    let (output, request) = call(
        json!({"connectors": [detail_json()], "nextToken": "next"}),
        async |client| {
            client
                .list_connectors()
                .max_results(1)
                .next_token("this")
                .send()
                .await
        },
    )
    .await;
    assert_post(
        &request,
        "/list-connectors",
        &json!({"maxResults": 1, "nextToken": "this"}),
    );
    assert_detail(&output.connectors()[0]);
    assert_eq!(output.next_token(), Some("next"));
}

#[tokio::test]
async fn list_connector_entities() {
    let entity = json!({"name": "Account", "label": "Accounts", "hasNestedEntities": true});
    let answer =
        json!({"connectorEntityMap": {"Objects": [entity], "None": []}, "nextToken": "next"});
    let (output, request) = call(answer, async |client| {
        client
            .list_connector_entities()
            .connector_profile_name("crm")
            .connector_type(ConnectorType::Salesforce)
            .entities_path("a/b")
            .api_version("v58.0")
            .max_results(10_000)
            .next_token("this")
            .send()
            .await
    })
    .await;
    let body = json!({
        "connectorProfileName": "crm", "connectorType": "Salesforce", "entitiesPath": "a/b",
        "apiVersion": "v58.0", "maxResults": 10_000, "nextToken": "this"
    });
    assert_post(&request, "/list-connector-entities", &body);
    let groups = output.connector_entity_map();
    let entity = &groups["Objects"][0];
    assert_eq!(
        (entity.name(), entity.label(), entity.has_nested_entities()),
        ("Account", Some("Accounts"), true)
    );
    assert_eq!(groups["None"].len(), 0);
    assert_eq!(output.next_token(), Some("next"));
}

#[tokio::test]
async fn describe_connector_entity() {
    let answer = json!({"connectorEntityFields": [{
        "identifier": "Id", "parentIdentifier": "Parent", "label": "ID", "isPrimaryKey": true,
        "defaultValue": "0", "isDeprecated": true,
        "supportedFieldTypeDetails": {"v1": {
            "fieldType": "string", "filterOperators": ["EQUAL_TO"], "supportedValues": ["a"],
            "valueRegexPattern": ".", "supportedDateFormat": "yyyy",
            "fieldValueRange": {"maximum": 2.5, "minimum": -1},
            "fieldLengthRange": {"maximum": 18}
        }},
        "description": "d",
        "sourceProperties": {"isRetrievable": true, "isQueryable": true},
        "destinationProperties": {"isCreatable": true, "supportedWriteOperations": ["INSERT"]},
        "customProperties": {"k": "v"}
    }]});
    let (output, request) = call(answer, async |client| {
        client
            .describe_connector_entity()
            .connector_entity_name("Account")
            .connector_type(ConnectorType::Salesforce)
            .connector_profile_name("crm")
            .api_version("v58.0")
            .send()
            .await
    })
    .await;
    let body = json!({
        "connectorEntityName": "Account", "connectorType": "Salesforce",
        "connectorProfileName": "crm", "apiVersion": "v58.0"
    });
    assert_post(&request, "/describe-connector-entity", &body);
    let [field] = output.connector_entity_fields() else {
        panic!("{output:?}")
    };
    assert_eq!(
        (field.identifier(), field.parent_identifier()),
        ("Id", Some("Parent"))
    );
    assert!(field.is_primary_key() && field.is_deprecated());
    assert_eq!(field.default_value(), Some("0"));
    let details = field.supported_field_type_details().unwrap().v1().unwrap();
    assert_eq!(
        (details.field_type(), details.filter_operators()),
        ("string", &[Operator::EqualTo][..])
    );
    let values = details.field_value_range().unwrap();
    assert_eq!((values.maximum(), values.minimum()), (2.5, -1.0));
    let lengths = details.field_length_range().unwrap();
    assert_eq!((lengths.maximum(), lengths.minimum()), (18.0, 0.0));
    let (source, destination) = (
        field.source_properties().unwrap(),
        field.destination_properties().unwrap(),
    );
    assert!(source.is_retrievable() && !source.is_timestamp_field_for_incremental_queries());
    assert!(destination.is_creatable() && !destination.is_updatable());
    assert_eq!(
        destination.supported_write_operations(),
        [WriteOperationType::Insert]
    );
    assert_eq!(field.custom_properties().unwrap()["k"], "v");
}

#[tokio::test]
async fn register_connector() {
    let (output, request) = call(json!({"connectorArn": "arn:connector"}), async |client| {
        client
            .register_connector()
            .connector_label("label")
            .description("d")
            .connector_provisioning_type(ConnectorProvisioningType::Lambda)
            .connector_provisioning_config(provisioning())
            .client_token("mine")
            .send()
            .await
    })
    .await;
    let body = json!({
        "connectorLabel": "label", "description": "d", "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": provisioning_json(), "clientToken": "mine"
    });
    assert_post(&request, "/register-connector", &body);
    assert_eq!(output.connector_arn(), Some("arn:connector"));
}

#[tokio::test]
async fn update_connector_registration() {
    let (output, request) = call(json!({"connectorArn": "arn:connector"}), async |client| {
        client
            .update_connector_registration()
            .connector_label("label")
            .description("d")
            .connector_provisioning_config(provisioning())
            .client_token("mine")
            .send()
            .await
    })
    .await;
    let body = json!({
        "connectorLabel": "label", "description": "d",
        "connectorProvisioningConfig": provisioning_json(), "clientToken": "mine"
    });
    assert_post(&request, "/update-connector-registration", &body);
    assert_eq!(output.connector_arn(), Some("arn:connector"));
}

#[tokio::test]
async fn unregister_connector() {
    let (output, request) = call(json!({}), async |client| {
        client
            .unregister_connector()
            .connector_label("label")
            .force_delete(false)
            .send()
            .await
    })
    .await;
    assert_post(
        &request,
        "/unregister-connector",
        &json!({"connectorLabel": "label", "forceDelete": false}),
    );
    assert_eq!(output.request_id(), Some("request-1"));
}

#[tokio::test]
async fn reset_connector_metadata_cache() {
    let (output, request) = call(json!({}), async |client| {
        client
            .reset_connector_metadata_cache()
            .connector_profile_name("crm")
            .connector_type(ConnectorType::Customconnector)
            .connector_entity_name("Account")
            .entities_path("a/b")
            .api_version("v1")
            .send()
            .await
    })
    .await;
    let body = json!({
        "connectorProfileName": "crm", "connectorType": "CustomConnector",
        "connectorEntityName": "Account", "entitiesPath": "a/b", "apiVersion": "v1"
    });
    assert_post(&request, "/reset-connector-metadata-cache", &body);
    assert_eq!(output.request_id(), Some("request-1"));
}

#[tokio::test]
async fn a_call_without_members_sends_an_empty_object() {
    let (_, request) = call(json!({}), async |client| {
        client.reset_connector_metadata_cache().send().await
    })
    .await;
    assert_post(&request, "/reset-connector-metadata-cache", &json!({}));
    let (_, request) = call(json!({}), async |client| client.list_flows().send().await).await;
    assert_eq!(request.body, b"{}");
}
