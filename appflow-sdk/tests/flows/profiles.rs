//! Tests of connector profiles: no secrets in files, and secrets when they are applied.

use crate::support::{apply, client, create_profiles, own_named};
use appflow_local::AppFlowLocal;
use appflow_sdk::flows::{
    Account, Action, ApplyOptions, Definitions, Mapping, PlanOptions, ProfileDefinition, Secrets,
};

const PROFILE: &str = r#"{
    "connectorProfileName": "crm",
    "connectorType": "Salesforce",
    "connectionMode": "Public",
    "connectorProfileConfig": {
        "connectorProfileProperties": { "Salesforce": { "instanceUrl": "https://acme.my.salesforce.com" } },
        "connectorProfileCredentials": { "Salesforce": {
            "accessToken": "${env:CRM_TOKEN}", "refreshToken": "${env:CRM_REFRESH?}"
        } }
    }
}"#;

fn definitions(profile: &ProfileDefinition) -> Definitions {
    Definitions {
        flows: vec![own_named("projection-last")],
        profiles: vec![profile.clone()],
    }
}

#[tokio::test]
async fn a_profile_comes_before_the_flow_that_needs_it_and_its_secret_only_when_it_is_applied() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let profile = ProfileDefinition::from_json(PROFILE).unwrap();
    let missing = PlanOptions::default().secrets(Secrets::default());
    let planned = account
        .plan(&definitions(&profile), &missing)
        .await
        .unwrap();
    assert!(planned.has_errors());
    assert_eq!(
        planned.profiles[0].findings[0].to_string(),
        "connectorProfileConfig: `${env:CRM_TOKEN}` is not set"
    );

    let secrets = Secrets::default().with_values([("CRM_TOKEN", "s3cr3t-token")]);
    let options = PlanOptions::default().secrets(secrets.clone());
    let planned = account
        .plan(&definitions(&profile), &options)
        .await
        .unwrap();
    assert!(!planned.has_errors(), "{planned:?}");
    assert!(!format!("{planned:?} {options:?}").contains("s3cr3t"));
    let apply_options = appflow_sdk::flows::ApplyOptions::default().secrets(secrets);
    let report = account.apply(&planned, &apply_options).await;
    assert_eq!(report.failures().count(), 0, "{report:?}");
    assert!(
        account
            .plan(&definitions(&profile), &options)
            .await
            .unwrap()
            .is_empty()
    );

    // Without the secret, too: nothing has to be done.
    assert!(
        account
            .plan(&definitions(&profile), &missing)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_profile_that_was_created_after_the_plan_is_accepted_only_if_it_is_the_planned_one() {
    let secrets = Secrets::default().with_values([("CRM_TOKEN", "s3cr3t-token")]);
    let planning = PlanOptions::default().secrets(secrets.clone());
    let applying = ApplyOptions::default().secrets(secrets);
    let planned = ProfileDefinition::from_json(PROFILE).unwrap();
    for (host, is_accepted) in [("acme", true), ("other", false)] {
        let local = AppFlowLocal::start().await.unwrap();
        let account = Account::new(client(&local));
        let plan = account.plan(&definitions(&planned), &planning).await;
        let plan = plan.unwrap();
        assert_eq!(plan.profiles[0].action, Action::Create);

        let created = ProfileDefinition::from_json(&PROFILE.replace("acme", host)).unwrap();
        let earlier = Definitions {
            flows: Vec::new(),
            profiles: vec![created],
        };
        let earlier = account.plan(&earlier, &planning).await.unwrap();
        let report = account.apply(&earlier, &applying).await;
        assert_eq!(report.failures().count(), 0, "{report:?}");

        let report = account.apply(&plan, &applying).await;
        let outcome = report.outcomes.iter().find(|outcome| outcome.name == "crm");
        let result = &outcome.unwrap().result;
        assert_eq!(result.is_ok(), is_accepted, "{host}: {result:?}");
        if let Err(error) = result {
            let text = error.to_string();
            assert!(text.contains("ConflictException"), "{text}");
        }
    }
}

#[tokio::test]
async fn an_exported_profile_has_placeholders_in_place_of_secrets() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let secrets = Secrets::default().with_values([("CRM_TOKEN", "s3cr3t-token")]);
    let profile = ProfileDefinition::from_json(PROFILE).unwrap();
    let options = PlanOptions::default().secrets(secrets.clone());
    let planned = account
        .plan(&definitions(&profile), &options)
        .await
        .unwrap();
    account
        .apply(
            &planned,
            &appflow_sdk::flows::ApplyOptions::default().secrets(secrets),
        )
        .await;
    let exported = account.export_profiles().await.unwrap().remove(0);
    let text = exported.to_json();
    assert!(!text.contains("s3cr3t"), "{text}");
    insta::assert_snapshot!(text);
    let again = ProfileDefinition::from_json(&text).unwrap();
    assert_eq!(exported.diff(&again), []);
    let errors: Vec<_> = again
        .check()
        .into_iter()
        .filter(|finding| finding.is_error())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[tokio::test]
async fn properties_of_a_profile_are_changed_in_place_and_its_connector_is_not() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    create_profiles(account.client(), [&own_named("projection-last")]).await;
    let secrets = Secrets::default().with_values([("CRM_TOKEN", "x")]);
    let profile = ProfileDefinition::from_json(PROFILE).unwrap();
    let options = PlanOptions::default().secrets(secrets.clone());
    let planned = account
        .plan(&definitions(&profile), &options)
        .await
        .unwrap();
    assert_eq!(planned.profiles[0].action, Action::Update);
    assert!(
        planned.profiles[0].changes[0]
            .to_string()
            .contains("instanceUrl: "),
        "{:?}",
        planned.profiles[0].changes
    );
    let report = account
        .apply(
            &planned,
            &appflow_sdk::flows::ApplyOptions::default().secrets(secrets),
        )
        .await;
    assert_eq!(report.failures().count(), 0, "{report:?}");
    assert!(
        account
            .plan(&definitions(&profile), &options)
            .await
            .unwrap()
            .is_empty()
    );

    let mut other = profile.clone();
    other.connector_type = appflow_sdk::types::ConnectorType::Pardot;
    let planned = account.plan(&definitions(&other), &options).await.unwrap();
    assert!(planned.has_errors());
}

#[tokio::test]
async fn a_mapping_renames_buckets_profiles_and_keys_and_nothing_else() {
    let mut mapping = Mapping::default();
    mapping
        .buckets
        .insert("lake-bucket".to_owned(), "lake-of-production".to_owned());
    mapping
        .profiles
        .insert("crm".to_owned(), "crm-production".to_owned());
    let key = "arn:aws:kms:us-east-1:000000000000:key/0f0f0f0f-1111-4222-8333-abcdefabcdef";
    mapping.keys.insert(key.to_owned(), String::new());
    let before = own_named("projection-last");
    let after = mapping.flow(&before).unwrap();
    let paths: Vec<String> = appflow_sdk::flows::diff(&before, &after)
        .into_iter()
        .map(|change| change.path)
        .collect();
    assert_eq!(
        paths,
        [
            "sourceFlowConfig.connectorProfileName",
            "destinationFlowConfigList[0].destinationConnectorProperties.S3.bucketName"
        ]
    );
    assert_eq!(
        mapping.flow(&own_named("with-a-key")).unwrap().kms_arn,
        None
    );
    let same = own_named("orders-of-erp");
    assert_eq!(Mapping::default().flow(&same).unwrap(), same);
    let profile = mapping
        .profile(&ProfileDefinition::from_json(PROFILE).unwrap())
        .unwrap();
    assert_eq!(profile.connector_profile_name, "crm-production");
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    create_profiles(account.client(), [&after]).await;
    apply(&account, &crate::support::plan(&account, &[after]).await).await;
}

/// Applies the profile with the secrets, and returns the plan that follows it.
async fn planned_again(
    account: &Account,
    text: &str,
    secrets: Secrets,
) -> appflow_sdk::flows::ProfilePlan {
    let definitions = Definitions {
        flows: Vec::new(),
        profiles: vec![ProfileDefinition::from_json(text).unwrap()],
    };
    let options = PlanOptions::default().secrets(secrets.clone());
    let plan = account.plan(&definitions, &options).await.unwrap();
    assert!(!plan.has_errors(), "{plan:?}");
    let options_of_apply = ApplyOptions::default().secrets(secrets);
    let report = account.apply(&plan, &options_of_apply).await;
    assert_eq!(report.failures().count(), 0, "{report:?}");
    let mut again = account.plan(&definitions, &options).await.unwrap();
    again.profiles.remove(0)
}

#[tokio::test]
async fn placeholders_of_properties_converge_and_their_values_are_never_shown() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let url = |host: &str| {
        let value = format!("https://{host}.my.salesforce.com");
        Secrets::default().with_values([("SF_URL", value.as_str()), ("CRM_TOKEN", "x")])
    };
    let text = PROFILE.replace("https://acme.my.salesforce.com", "${env:SF_URL}");
    let again = planned_again(&account, &text, url("hush")).await;
    assert_eq!(again.action, Action::Leave, "{again:?}");

    // Another value is a change, which shows the placeholder.
    let definitions = Definitions {
        flows: Vec::new(),
        profiles: vec![ProfileDefinition::from_json(&text).unwrap()],
    };
    let options = PlanOptions::default().secrets(url("other"));
    let plan = account.plan(&definitions, &options).await.unwrap();
    assert_eq!(plan.profiles[0].action, Action::Update);
    let change = plan.profiles[0].changes[0].to_string();
    assert!(change.ends_with("-> \"${env:SF_URL}\""), "{change}");
    assert!(!format!("{plan:?}").contains("https://other"), "{plan:?}");
    let again = planned_again(&account, &text, url("other")).await;
    assert_eq!(again.action, Action::Leave, "{again:?}");

    // A property without a value is left out, now and then.
    let member = "\"instanceUrl\": \"${env:SF_URL?}\"";
    let text = text.replace("\"instanceUrl\": \"${env:SF_URL}\"", member);
    let secrets = Secrets::default().with_values([("CRM_TOKEN", "x")]);
    let again = planned_again(&account, &text, secrets).await;
    assert_eq!(again.action, Action::Leave, "{again:?}");
}

#[tokio::test]
async fn a_dollar_and_a_brace_in_a_property_are_exported_as_themselves() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let secrets = Secrets::default().with_values([("CRM_TOKEN", "x")]);
    let text = r#"{
        "connectorProfileName": "custom",
        "connectorType": "CustomConnector",
        "connectorLabel": "custom-label",
        "connectionMode": "Public",
        "connectorProfileConfig": { "connectorProfileProperties": { "CustomConnector": {
            "profileProperties": { "template": "$${name}-of-$5" }
        } } }
    }"#;
    crate::support::register(account.client(), "custom-label").await;
    let again = planned_again(&account, text, secrets).await;
    assert_eq!(again.action, Action::Leave, "{again:?}");
    let described = account.client().describe_connector_profiles().send().await;
    let described = format!("{:?}", described.unwrap().connector_profile_details);
    assert!(described.contains("\"${name}-of-$5\""), "{described}");
    let exported = account.export_profiles().await.unwrap().remove(0);
    let exported = exported.to_json();
    assert!(exported.contains("\"$${name}-of-$5\""), "{exported}");
}

#[tokio::test]
async fn profiles_with_similar_names_are_exported_with_variables_of_their_own() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let secrets = Secrets::default().with_values([("CRM_TOKEN", "x")]);
    for name in ["crm-a", "crm.a", "CRM_A"] {
        let text = PROFILE.replace("\"crm\"", &format!("\"{name}\""));
        planned_again(&account, &text, secrets.clone()).await;
    }
    let exported = account.export_profiles().await.unwrap();
    let variables: Vec<String> = exported
        .iter()
        .map(|profile| {
            let text = profile.to_json();
            let (_, rest) = text.split_once("\"accessToken\": \"").unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        })
        .collect();
    assert_eq!(
        variables,
        [
            "${env:APPFLOW_CRM_A_ACCESS_TOKEN?}",
            "${env:APPFLOW_CRM_A_2_ACCESS_TOKEN?}",
            "${env:APPFLOW_CRM_A_3_ACCESS_TOKEN?}",
        ]
    );
}
