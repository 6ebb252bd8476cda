// A local AppFlow with what the examples of the operations speak of, and a client of it. `operation` is the one whose
// example is about to run: what it creates itself is left out.

async fn world(
    operation: &str,
) -> Result<(appflow_local::AppFlowLocal, appflow_sdk::Client), Box<dyn std::error::Error>> {
    let model: serde_json::Value =
        serde_json::from_str(include_str!("../../../model/appflow/examples.json"))?;
    let examples = |name: &str| -> Vec<serde_json::Value> {
        let shape = &model["shapes"][format!("com.amazonaws.appflow#{name}")];
        let examples = shape["traits"]["smithy.api#examples"].as_array();
        let inputs = examples.into_iter().flatten().map(|example| example["input"].clone());
        inputs.filter(|_| name != operation).collect()
    };
    // The account that the ARNs of the examples belong to.
    let keys = appflow_local::AccessKeys::any();
    let local = appflow_local::AppFlowLocal::builder().access_keys(keys).start().await?;
    let account =
        appflow_sdk::config::Credentials::new("123456789012", "test", None, None, "examples");
    let config = local.config().to_builder().credentials_provider(account).build();
    let client = appflow_sdk::Client::from_conf(config);
    for input in examples("RegisterConnector") {
        let input = serde_json::from_value(input)?;
        client.register_connector().with_input(input).send().await?;
    }
    let salesforce = serde_json::json!({
        "connectorProfileName": "salesforce-prod",
        "connectorType": "Salesforce",
        "connectionMode": "Public",
        "connectorProfileConfig": {
            "connectorProfileProperties": {"Salesforce": {"instanceUrl": "https://acme.my.salesforce.com"}},
            "connectorProfileCredentials": {"Salesforce": {"accessToken": "…", "refreshToken": "…"}}
        }
    });
    for input in examples("CreateConnectorProfile").into_iter().chain([salesforce]) {
        let input = serde_json::from_value(input)?;
        client.create_connector_profile().with_input(input).send().await?;
    }
    for input in examples("CreateFlow") {
        let input: appflow_sdk::operation::create_flow::CreateFlowInput = serde_json::from_value(input)?;
        client.create_flow().with_input(input).send().await?;
    }
    Ok((local, client))
}
