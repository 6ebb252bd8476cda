//! Tests of plans and their application.

use crate::support::{apply, client, create_profiles, exported, own, own_named, plan};
use appflow_local::{AppFlowLocal, Fault};
use appflow_sdk::flows::{
    Account, Action, ApplyOptions, Definitions, FlowDefinition, PlanOptions, diff,
};
use appflow_sdk::types::{FlowStatus, TriggerType};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

async fn account_with(flows: &[FlowDefinition]) -> (AppFlowLocal, Account) {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    create_profiles(account.client(), flows).await;
    apply(&account, &plan(&account, flows).await).await;
    (local, account)
}

async fn status(account: &Account, name: &str) -> FlowStatus {
    let flow = account
        .client()
        .describe_flow()
        .flow_name(name)
        .send()
        .await
        .unwrap();
    flow.flow_status.unwrap()
}

#[tokio::test]
async fn each_change_is_one_action_and_then_the_plan_is_empty() {
    type Edit = fn(&mut FlowDefinition);
    let table: &[(&str, Edit, Action, FlowStatus)] = &[
        (
            "hourly-increments",
            |flow| flow.active = true,
            Action::Activate,
            FlowStatus::Active,
        ),
        (
            "hourly-and-active",
            |flow| flow.active = false,
            Action::Deactivate,
            FlowStatus::Suspended,
        ),
        (
            "hourly-and-active",
            |flow| flow.description = Some("x".to_owned()),
            Action::Update,
            FlowStatus::Active,
        ),
        (
            "hourly-increments",
            |flow| flow.tags = Some(HashMap::from([("team".to_owned(), "other".to_owned())])),
            Action::Tag,
            FlowStatus::Draft,
        ),
        (
            "hourly-and-active",
            |flow| {
                flow.trigger_config.trigger_type = TriggerType::Ondemand;
                flow.trigger_config.trigger_properties = None;
            },
            Action::Update,
            FlowStatus::Active,
        ),
        (
            "hourly-and-active",
            |flow| {
                flow.trigger_config.trigger_type = TriggerType::Event;
                flow.trigger_config.trigger_properties = None;
            },
            Action::Update,
            FlowStatus::Active,
        ),
        (
            "plain-copy",
            |flow| flow.tasks[0].destination_field = Some(String::new()),
            Action::Leave,
            FlowStatus::Active,
        ),
    ];
    for (name, edit, action, expected) in table {
        let mut flow = own_named(name);
        let (_local, account) = account_with(std::slice::from_ref(&flow)).await;
        edit(&mut flow);
        let planned = plan(&account, std::slice::from_ref(&flow)).await;
        assert_eq!(
            planned.flows[0].action, *action,
            "{name}: {:?}",
            planned.flows[0]
        );
        apply(&account, &planned).await;
        assert!(
            plan(&account, std::slice::from_ref(&flow)).await.is_empty(),
            "{name} {action}"
        );
        assert_eq!(status(&account, name).await, *expected, "{name} {action}");
        assert_eq!(
            diff(&exported(&account).await[*name], &flow),
            [],
            "{name} {action}"
        );
    }
}

#[tokio::test]
async fn an_on_demand_flow_that_becomes_scheduled_is_activated() {
    let mut flow = own_named("hourly-and-active");
    let scheduled = flow.trigger_config.clone();
    flow.trigger_config.trigger_type = TriggerType::Ondemand;
    flow.trigger_config.trigger_properties = None;
    let (_local, account) = account_with(std::slice::from_ref(&flow)).await;
    flow.trigger_config = scheduled;
    apply(&account, &plan(&account, std::slice::from_ref(&flow)).await).await;
    assert_eq!(
        status(&account, "hourly-and-active").await,
        FlowStatus::Active
    );
    assert!(plan(&account, std::slice::from_ref(&flow)).await.is_empty());
}

#[tokio::test]
async fn a_flow_is_replaced_only_when_that_is_allowed() {
    let mut flow = own_named("hourly-and-active");
    let (_local, account) = account_with(std::slice::from_ref(&flow)).await;
    let properties = flow
        .source_flow_config
        .source_connector_properties
        .as_mut()
        .unwrap();
    properties.salesforce.as_mut().unwrap().object = "Opportunity".to_owned();
    let refused = plan(&account, std::slice::from_ref(&flow)).await;
    assert_eq!(refused.flows[0].action, Action::Replace);
    assert!(refused.has_errors());
    let report = account.apply(&refused, &ApplyOptions::default()).await;
    assert_eq!(report.failures().count(), 1);
    assert_ne!(
        diff(&exported(&account).await["hourly-and-active"], &flow),
        []
    );

    let definitions = Definitions {
        flows: vec![flow.clone()],
        profiles: Vec::new(),
    };
    let options = PlanOptions::default().replace(true);
    apply(
        &account,
        &account.plan(&definitions, &options).await.unwrap(),
    )
    .await;
    assert_eq!(
        diff(&exported(&account).await["hourly-and-active"], &flow),
        []
    );
    assert_eq!(
        status(&account, "hourly-and-active").await,
        FlowStatus::Active
    );
}

#[tokio::test]
async fn flows_that_no_definition_names_are_deleted_only_when_pruning() {
    let flows: Vec<FlowDefinition> = ["plain-copy", "hourly-and-active", "hourly-increments"]
        .map(own_named)
        .to_vec();
    let (_local, account) = account_with(&flows).await;
    assert!(plan(&account, &flows[..1]).await.is_empty());
    let definitions = Definitions {
        flows: flows[..1].to_vec(),
        profiles: Vec::new(),
    };
    let pruning = account
        .plan(&definitions, &PlanOptions::default().prune(true))
        .await
        .unwrap();
    assert_eq!(pruning.count(Action::Delete), 2);
    apply(&account, &pruning).await;
    let left: Vec<String> = exported(&account).await.into_keys().collect();
    assert_eq!(left, ["plain-copy"]);
}

#[tokio::test]
async fn the_deletion_of_a_flow_that_is_gone_succeeds_and_its_deactivation_does_not() {
    let flow = own_named("hourly-and-active");
    let (_local, account) = account_with(std::slice::from_ref(&flow)).await;
    let pruning = PlanOptions::default().prune(true);
    let deletion = account.plan(&Definitions::default(), &pruning).await;
    let deletion = deletion.unwrap();
    assert_eq!(deletion.count(Action::Delete), 1);
    let mut inactive = flow.clone();
    inactive.active = false;
    let deactivation = plan(&account, &[inactive]).await;
    let client = account.client();
    let stop = client.stop_flow().flow_name(&flow.flow_name).send();
    stop.await.unwrap();
    let delete = client.delete_flow().flow_name(&flow.flow_name).send();
    delete.await.unwrap();

    apply(&account, &deletion).await;
    let report = account.apply(&deactivation, &ApplyOptions::default()).await;
    assert_eq!(report.failures().count(), 1, "{report:?}");
}

#[tokio::test]
async fn conflicts_are_reported_and_nothing_is_changed() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let flows = ["plain-copy", "plain-copy", "chat-messages"].map(own_named);
    let planned = plan(&account, &flows).await;
    assert!(planned.has_errors());
    let all = format!("{planned:?}");
    assert!(
        all.contains("duplicate definition of the flow plain-copy"),
        "{all}"
    );
    assert!(all.contains("no connector profile named chat"), "{all}");
    let report = account.apply(&planned, &ApplyOptions::default()).await;
    assert_eq!(report.failures().count(), 2);
    assert!(exported(&account).await.is_empty());

    // A profile of another connector is as bad as none.
    create_profiles(account.client(), &[own_named("tickets")]).await;
    let mut flow = own_named("chat-messages");
    flow.source_flow_config.connector_profile_name = Some("support".to_owned());
    let planned = plan(&account, &[flow]).await;
    let finding = planned.flows[0].findings[0].to_string();
    assert_eq!(
        finding,
        "sourceFlowConfig.connectorProfileName: the connector profile support has the connector type Zendesk, expected Slack"
    );
}

#[tokio::test]
async fn an_object_that_the_connector_does_not_know_is_a_warning() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let mut known = own_named("projection-last");
    create_profiles(account.client(), [&known]).await;
    let mut unknown = known.clone();
    unknown.flow_name = "unknown".to_owned();
    let properties = unknown
        .source_flow_config
        .source_connector_properties
        .as_mut()
        .unwrap();
    properties.salesforce.as_mut().unwrap().object = "Acount".to_owned();
    known.flow_name = "known".to_owned();
    let properties = known
        .source_flow_config
        .source_connector_properties
        .as_mut()
        .unwrap();
    properties.salesforce.as_mut().unwrap().object = "Account".to_owned();
    let definitions = Definitions {
        flows: vec![known, unknown],
        profiles: Vec::new(),
    };
    let options = PlanOptions::default().check_entities(true);
    let planned = account.plan(&definitions, &options).await.unwrap();
    let of = |index: usize| {
        planned.flows[index]
            .findings
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(0), Vec::<String>::new());
    assert_eq!(
        of(1),
        [
            "sourceFlowConfig.object: unknown object \"Acount\": not found by the connector of the profile crm"
        ]
    );
    assert!(!planned.has_errors());
}

#[tokio::test]
async fn a_failed_change_is_reported_and_does_not_stop_the_others() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local)).with_concurrency(1);
    let flows = ["plain-copy", "valid-rows-only", "masked-and-cut"].map(own_named);
    local.faults().next_calls(
        Some("CreateFlow"),
        1,
        Fault::Error {
            code: "AccessDeniedException".to_owned(),
            status: 403,
            message: "not you".to_owned(),
        },
    );
    let seen = AtomicUsize::new(0);
    let options = ApplyOptions::default().on_progress(|progress| {
        assert_eq!(progress.total, 3);
        assert_eq!(seen.fetch_add(1, Ordering::Relaxed) + 1, progress.done);
    });
    let report = account.apply(&plan(&account, &flows).await, &options).await;
    let failures: Vec<String> = report
        .failures()
        .map(|outcome| outcome.result.as_ref().unwrap_err().to_string())
        .collect();
    assert_eq!(failures.len(), 1);
    assert!(failures[0].contains("not you"), "{failures:?}");
    drop(options);
    assert_eq!(seen.into_inner(), 3);
    assert_eq!(exported(&account).await.len(), 2);
}

#[tokio::test]
async fn a_stop_lets_what_is_in_progress_end_and_begins_nothing_else() {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local)).with_concurrency(1);
    let flows = ["plain-copy", "valid-rows-only", "masked-and-cut"].map(own_named);
    let done = AtomicUsize::new(0);
    let options = ApplyOptions::default()
        .on_progress(|progress| done.store(progress.done, Ordering::Relaxed))
        .stop_when(|| done.load(Ordering::Relaxed) > 0);
    let report = account.apply(&plan(&account, &flows).await, &options).await;
    assert_eq!(report.failures().count(), 2);
    assert_eq!(
        report
            .failures()
            .next()
            .unwrap()
            .result
            .as_ref()
            .unwrap_err()
            .to_string(),
        "not started: stopped"
    );
    assert_eq!(exported(&account).await.len(), 1);
    apply(&account, &plan(&account, &flows).await).await;
    assert!(plan(&account, &flows).await.is_empty());
}

#[tokio::test]
async fn the_whole_folder_is_applied_at_once_and_left_alone_then() {
    let flows: Vec<FlowDefinition> = own().into_values().collect();
    let (_local, account) = account_with(&flows).await;
    let definitions = Definitions {
        flows: flows.clone(),
        profiles: Vec::new(),
    };
    let compared = Arc::new(Mutex::new(Vec::new()));
    let kept = compared.clone();
    let options = PlanOptions::default()
        .on_progress(move |done, total| kept.lock().unwrap().push((done, total)));
    let again = account.plan(&definitions, &options).await.unwrap();
    assert!(again.is_empty());
    assert_eq!((again.len(), again.count(Action::Leave)), (0, flows.len()));
    let steps: Vec<_> = (0..=flows.len()).map(|done| (done, flows.len())).collect();
    assert_eq!(*compared.lock().unwrap(), steps);
}

#[tokio::test]
async fn a_flow_created_since_the_plan_counts_as_done_if_it_is_as_planned() {
    let flow = own_named("hourly-and-active");
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    create_profiles(account.client(), std::slice::from_ref(&flow)).await;
    let late = plan(&account, std::slice::from_ref(&flow)).await;
    let create = account.client().create_flow();
    create
        .with_input(flow.to_create_input())
        .send()
        .await
        .unwrap();
    apply(&account, &late).await;
    assert_eq!(status(&account, &flow.flow_name).await, FlowStatus::Active);

    let mut other = flow.clone();
    other.flow_name = "other".to_owned();
    let late = plan(&account, std::slice::from_ref(&other)).await;
    let mut input = other.to_create_input();
    input.description = Some("of somebody else".to_owned());
    let create = account.client().create_flow();
    create.with_input(input).send().await.unwrap();
    let report = account.apply(&late, &ApplyOptions::default()).await;
    let failure = report.failures().next().unwrap().result.as_ref();
    assert!(failure.unwrap_err().to_string().contains("already exists"));
}
