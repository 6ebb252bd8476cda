//! RDS: instances, snapshots, subnet and parameter groups, clusters and tags.

use crate::{Result, SOON, TEXT, WORDS};
use rds::Client;
use rds::error::ErrorKind;
use rds::types::{ApplyMethod, Parameter, Tag};

async fn create(client: &Client, id: &str) -> Result {
    client
        .create_db_instance()
        .db_instance_identifier(id)
        .db_instance_class("db.t3.micro")
        .engine("postgres")
        .allocated_storage(20)
        .master_username("ann")
        .master_user_password("correct horse & <battery>")
        .tags(Tag::builder().key("Größe").value(TEXT).build())
        .send()
        .await?;
    client
        .wait_until_db_instance_available()
        .db_instance_identifier(id)
        .wait(SOON)
        .await?;
    Ok(())
}

#[tokio::test]
async fn an_instance_is_created_changed_and_deleted() -> Result {
    let client = Client::from_env().await?;
    create(&client, "one").await?;
    let described = client
        .describe_db_instances()
        .db_instance_identifier("one")
        .send()
        .await?;
    let [instance] = described.db_instances() else {
        return Err(format!("{described:?}").into());
    };
    assert_eq!(
        (instance.engine(), instance.allocated_storage()),
        (Some("postgres"), Some(20))
    );
    assert_eq!(instance.multi_az(), Some(false));
    assert!(
        instance
            .instance_create_time()
            .is_some_and(|time| time.secs() > 1_700_000_000)
    );
    let endpoint = instance.endpoint().ok_or("no endpoint")?;
    assert_eq!(endpoint.port(), Some(5432));
    let arn = instance.db_instance_arn().ok_or("no ARN")?;
    let tags = client
        .list_tags_for_resource()
        .resource_name(arn)
        .send()
        .await?;
    assert_eq!(
        tags.tag_list(),
        [Tag::builder().key("Größe").value(TEXT).build()]
    );
    client
        .add_tags_to_resource()
        .resource_name(arn)
        .tags(Tag::builder().key("b").value("").build())
        .send()
        .await?;
    client
        .remove_tags_from_resource()
        .resource_name(arn)
        .tag_keys("Größe")
        .send()
        .await?;
    let tags = client
        .list_tags_for_resource()
        .resource_name(arn)
        .send()
        .await?;
    assert_eq!(
        tags.tag_list()
            .iter()
            .filter_map(|tag| tag.key())
            .collect::<Vec<_>>(),
        ["b"]
    );

    let changed = client
        .modify_db_instance()
        .db_instance_identifier("one")
        .allocated_storage(40);
    changed.apply_immediately(true).send().await?;
    client
        .stop_db_instance()
        .db_instance_identifier("one")
        .send()
        .await?;
    let stopped = client
        .describe_db_instances()
        .db_instance_identifier("one")
        .send()
        .await?;
    let stopped = stopped.db_instances().first().ok_or("none")?;
    assert_eq!(stopped.db_instance_status(), Some("stopped"));
    assert_eq!(stopped.allocated_storage(), Some(40));
    client
        .start_db_instance()
        .db_instance_identifier("one")
        .send()
        .await?;

    let snapshot = client
        .create_db_snapshot()
        .db_instance_identifier("one")
        .db_snapshot_identifier("kept");
    snapshot.send().await?;
    client
        .wait_until_db_snapshot_available()
        .db_snapshot_identifier("kept")
        .wait(SOON)
        .await?;
    let snapshots = client
        .describe_db_snapshots()
        .db_instance_identifier("one")
        .into_paginator()
        .items()
        .send();
    let snapshots = snapshots.try_collect().await?;
    // moto makes an automated snapshot too.
    let kept = snapshots
        .iter()
        .find(|it| it.snapshot_type() == Some("manual"))
        .ok_or("none")?;
    assert_eq!(kept.db_snapshot_identifier(), Some("kept"));
    client
        .delete_db_instance()
        .db_instance_identifier("one")
        .skip_final_snapshot(true)
        .send()
        .await?;
    client
        .wait_until_db_instance_deleted()
        .db_instance_identifier("one")
        .wait(SOON)
        .await?;
    let error = client
        .describe_db_instances()
        .db_instance_identifier("one")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::DbInstanceNotFoundFault(_)),
        "{error}"
    );
    // The code of the query protocol, which is not the name of the error.
    assert_eq!(
        (error.code(), error.status()),
        (Some("DBInstanceNotFound"), Some(404))
    );
    assert!(error.is_not_found());
    Ok(())
}

#[tokio::test]
async fn instances_are_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    // 20 is the least number of a page.
    for number in 0..25 {
        create(&client, &format!("page-{number:02}")).await?;
    }
    let mut pages = client
        .describe_db_instances()
        .into_paginator()
        .page_size(20)
        .send();
    let (mut ids, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        ids.extend(
            page.db_instances()
                .iter()
                .filter_map(|it| it.db_instance_identifier.clone()),
        );
    }
    ids.retain(|id| id.starts_with("page-"));
    ids.sort_unstable();
    let expected: Vec<String> = (0..25).map(|number| format!("page-{number:02}")).collect();
    assert_eq!(ids, expected);
    assert!(count >= 2, "{count}");
    Ok(())
}

#[tokio::test]
async fn groups_and_clusters() -> Result {
    let client = Client::from_env().await?;
    let group = client
        .create_db_parameter_group()
        .db_parameter_group_name("tuned")
        .db_parameter_group_family("postgres16")
        .description(WORDS)
        .send()
        .await?;
    assert_eq!(
        group
            .db_parameter_group()
            .and_then(|group| group.description()),
        Some(WORDS)
    );
    let parameter = Parameter::builder()
        .parameter_name("search_path")
        .parameter_value(TEXT)
        .apply_method(ApplyMethod::PendingReboot)
        .build();
    client
        .modify_db_parameter_group()
        .db_parameter_group_name("tuned")
        .parameters(parameter)
        .send()
        .await?;
    let parameters = client
        .describe_db_parameters()
        .db_parameter_group_name("tuned")
        .into_paginator()
        .items()
        .send();
    let parameters = parameters.try_collect().await?;
    assert_eq!(
        parameters
            .iter()
            .filter_map(|it| it.parameter_value())
            .collect::<Vec<_>>(),
        [TEXT]
    );

    client
        .create_db_cluster()
        .db_cluster_identifier("cluster")
        .engine("aurora-postgresql")
        .master_username("ann")
        .master_user_password("correct horse")
        .send()
        .await?;
    client
        .wait_until_db_cluster_available()
        .db_cluster_identifier("cluster")
        .wait(SOON)
        .await?;
    let clusters = client
        .describe_db_clusters()
        .into_paginator()
        .items()
        .send();
    let clusters = clusters.try_collect().await?;
    assert_eq!(
        clusters
            .iter()
            .filter_map(|it| it.db_cluster_identifier())
            .collect::<Vec<_>>(),
        ["cluster"]
    );
    let error = client
        .describe_db_parameters()
        .db_parameter_group_name("other")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::DbParameterGroupNotFoundFault(_)),
        "{error}"
    );
    assert_eq!(error.code(), Some("DBParameterGroupNotFound"));
    Ok(())
}
