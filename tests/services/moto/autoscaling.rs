//! Auto Scaling: launch configurations, groups, policies, hooks and scheduled actions.

use crate::{Result, TEXT, WORDS};
use autoscaling::Client;
use autoscaling::primitives::DateTime;
use autoscaling::types::{
    Filter, LifecycleState, MetricType, PredefinedMetricSpecification, Tag,
    TargetTrackingConfiguration,
};

async fn create(client: &Client, group: &str) -> Result {
    client
        .create_launch_configuration()
        .launch_configuration_name(group)
        .image_id("ami-12c6146b")
        .instance_type("t3.micro")
        .user_data("IyEvYmluL3NoCg==")
        .send()
        .await?;
    let tag = Tag::builder()
        .key("Größe")
        .value(TEXT)
        .propagate_at_launch(true)
        .build()?;
    client
        .create_auto_scaling_group()
        .auto_scaling_group_name(group)
        .launch_configuration_name(group)
        .availability_zones("eu-west-1a")
        .min_size(1)
        .max_size(4)
        .desired_capacity(2)
        .health_check_grace_period(30)
        .tags(tag)
        .send()
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_group_is_scaled() -> Result {
    let client = Client::from_env().await?;
    create(&client, "scaled").await?;
    let groups = client
        .describe_auto_scaling_groups()
        .auto_scaling_group_names("scaled")
        .send()
        .await?;
    let [group] = groups.auto_scaling_groups() else {
        return Err(format!("{groups:?}").into());
    };
    assert_eq!(
        (group.min_size(), group.max_size(), group.desired_capacity()),
        (1, 4, 2)
    );
    assert_eq!(group.availability_zones(), ["eu-west-1a"]);
    let tag = group.tags().first().ok_or("no tag")?;
    assert_eq!((tag.key(), tag.value()), (Some("Größe"), Some(TEXT)));
    let states: Vec<_> = group
        .instances()
        .iter()
        .map(|it| it.lifecycle_state())
        .collect();
    assert_eq!(
        states,
        [&LifecycleState::InService, &LifecycleState::InService]
    );

    client
        .set_desired_capacity()
        .auto_scaling_group_name("scaled")
        .desired_capacity(3)
        .send()
        .await?;
    let instances = client
        .describe_auto_scaling_instances()
        .into_paginator()
        .items()
        .send();
    let instances = instances.try_collect().await?;
    let ours = instances
        .iter()
        .filter(|it| it.auto_scaling_group_name() == "scaled");
    let ids: Vec<_> = ours.map(|it| it.instance_id()).collect();
    assert_eq!(ids.len(), 3);
    let ended = client
        .terminate_instance_in_auto_scaling_group()
        .instance_id(ids[0]);
    let ended = ended.should_decrement_desired_capacity(true).send().await?;
    assert!(ended.activity().is_some());
    client
        .update_auto_scaling_group()
        .auto_scaling_group_name("scaled")
        .max_size(9)
        .send()
        .await?;
    client
        .suspend_processes()
        .auto_scaling_group_name("scaled")
        .scaling_processes("AZRebalance")
        .send()
        .await?;
    let group = client
        .describe_auto_scaling_groups()
        .auto_scaling_group_names("scaled")
        .send()
        .await?;
    let group = group.auto_scaling_groups().first().ok_or("no group")?;
    assert_eq!((group.max_size(), group.desired_capacity()), (9, 2));
    let suspended: Vec<_> = group
        .suspended_processes()
        .iter()
        .filter_map(|it| it.process_name())
        .collect();
    assert_eq!(suspended, ["AZRebalance"]);

    client
        .delete_auto_scaling_group()
        .auto_scaling_group_name("scaled")
        .force_delete(true)
        .send()
        .await?;
    let gone = client
        .describe_auto_scaling_groups()
        .auto_scaling_group_names("scaled")
        .send()
        .await?;
    assert!(gone.auto_scaling_groups().is_empty());
    Ok(())
}

#[tokio::test]
async fn policies_hooks_and_schedules_of_a_group() -> Result {
    let client = Client::from_env().await?;
    create(&client, "rules").await?;
    let metric = PredefinedMetricSpecification::builder()
        .predefined_metric_type(MetricType::AsgAverageCpuUtilization);
    let target = TargetTrackingConfiguration::builder()
        .predefined_metric_specification(metric.build()?)
        .target_value(42.5)
        .build()?;
    client
        .put_scaling_policy()
        .auto_scaling_group_name("rules")
        .policy_name("cpu")
        .policy_type("TargetTrackingScaling")
        .target_tracking_configuration(target.clone())
        .send()
        .await?;
    let policies = client
        .describe_policies()
        .auto_scaling_group_name("rules")
        .into_paginator()
        .items()
        .send();
    let policies = policies.try_collect().await?;
    assert_eq!(policies.len(), 1);
    assert!(
        policies[0]
            .policy_arn()
            .is_some_and(|arn| arn.ends_with("/rules:policyName/cpu"))
    );
    let read = policies[0].target_tracking_configuration().ok_or("none")?;
    assert_eq!(read.target_value(), 42.5);
    assert_eq!(
        read.predefined_metric_specification(),
        target.predefined_metric_specification()
    );

    client
        .put_lifecycle_hook()
        .auto_scaling_group_name("rules")
        .lifecycle_hook_name("drain")
        .lifecycle_transition("autoscaling:EC2_INSTANCE_TERMINATING")
        .notification_metadata(WORDS)
        .heartbeat_timeout(120)
        .send()
        .await?;
    let hooks = client
        .describe_lifecycle_hooks()
        .auto_scaling_group_name("rules")
        .send()
        .await?;
    let hook = hooks.lifecycle_hooks().first().ok_or("no hook")?;
    assert_eq!(
        (hook.lifecycle_hook_name(), hook.heartbeat_timeout()),
        (Some("drain"), Some(120))
    );

    let start = DateTime::from_secs(1_900_000_000);
    client
        .put_scheduled_update_group_action()
        .auto_scaling_group_name("rules")
        .scheduled_action_name("night")
        .recurrence("0 3 * * *")
        .start_time(start)
        .desired_capacity(0)
        .send()
        .await?;
    let actions = client
        .describe_scheduled_actions()
        .auto_scaling_group_name("rules")
        .send()
        .await?;
    let [action] = actions.scheduled_update_group_actions() else {
        return Err(format!("{actions:?}").into());
    };
    assert_eq!(
        (action.scheduled_action_name(), action.desired_capacity()),
        (Some("night"), Some(0))
    );
    assert_eq!(action.start_time(), Some(&start));
    let filter = Filter::builder()
        .name("auto-scaling-group")
        .values("rules")
        .build();
    let tags = client
        .describe_tags()
        .filters(filter)
        .into_paginator()
        .items()
        .send();
    let tags = tags.try_collect().await?;
    assert_eq!(
        tags.iter()
            .filter_map(|tag| tag.value())
            .collect::<Vec<_>>(),
        [TEXT]
    );
    Ok(())
}

#[tokio::test]
async fn launch_configurations_are_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    for number in 0..5 {
        create(&client, &format!("page-{number}")).await?;
    }
    let mut pages = client
        .describe_launch_configurations()
        .into_paginator()
        .page_size(2)
        .send();
    let (mut names, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        names.extend(page.launch_configurations);
    }
    let mut names: Vec<_> = names
        .iter()
        .map(|it| it.launch_configuration_name())
        .collect();
    names.retain(|name| name.starts_with("page-"));
    names.sort_unstable();
    assert_eq!(names, ["page-0", "page-1", "page-2", "page-3", "page-4"]);
    assert!(count >= 2, "{count}");
    client
        .delete_auto_scaling_group()
        .auto_scaling_group_name("page-0")
        .force_delete(true)
        .send()
        .await?;
    client
        .delete_launch_configuration()
        .launch_configuration_name("page-0")
        .send()
        .await?;
    let gone = client
        .describe_launch_configurations()
        .launch_configuration_names("page-0")
        .send()
        .await?;
    assert!(gone.launch_configurations().is_empty());
    let error = client
        .delete_auto_scaling_group()
        .auto_scaling_group_name("missing")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.status()),
        (Some("ValidationError"), Some(400)),
        "{error}"
    );
    Ok(())
}
