//! Route 53: hosted zones, records, health checks and tags.

use crate::{Result, SOON, TEXT};
use route53::Client;
use route53::config::Validation;
use route53::error::ErrorKind;
use route53::types::{
    Change, ChangeAction, ChangeBatch, ChangeStatus, HealthCheckConfig, HealthCheckType,
    HostedZoneConfig, ResourceRecord, ResourceRecordSet, RrType, Tag, TagResourceType,
};

fn record(name: &str, value: &str) -> std::result::Result<Change, route53::error::BuildError> {
    let set = ResourceRecordSet::builder()
        .name(name)
        .r#type(RrType::Txt)
        .ttl(300)
        .resource_records(ResourceRecord::builder().value(value).build()?)
        .build()?;
    Change::builder()
        .action(ChangeAction::Upsert)
        .resource_record_set(set)
        .build()
}

async fn create(
    client: &Client,
    name: &str,
) -> std::result::Result<String, Box<dyn std::error::Error>> {
    let config = HostedZoneConfig::builder()
        .comment(TEXT)
        .private_zone(false)
        .build();
    let zone = client
        .create_hosted_zone()
        .name(name)
        .caller_reference(name)
        .hosted_zone_config(config);
    let zone = zone.send().await?;
    assert!(zone.location().contains("/hostedzone/"));
    assert_eq!(
        zone.delegation_set().map(|set| set.name_servers().len()),
        Some(4)
    );
    let zone = zone.hosted_zone().ok_or("no zone")?;
    Ok(zone.id().trim_start_matches("/hostedzone/").to_owned())
}

#[tokio::test]
async fn records_are_changed_and_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    let id = create(&client, "example.com.").await?;
    let zone = client.get_hosted_zone().id(&id).send().await?;
    let zone = zone.hosted_zone().ok_or("no zone")?;
    assert_eq!(zone.name(), "example.com.");
    assert_eq!(
        zone.config().and_then(|config| config.comment()),
        Some(TEXT)
    );

    let mut batch = ChangeBatch::builder().comment("Größe");
    for number in 0..5 {
        batch = batch.changes(record(
            &format!("r{number}.example.com."),
            "\"<世界> & more\"",
        )?);
    }
    let change = client
        .change_resource_record_sets()
        .hosted_zone_id(&id)
        .change_batch(batch.build()?);
    let change = change.send().await?;
    let change = change.change_info().ok_or("no change")?;
    let change_id = change.id().trim_start_matches("/change/");
    let synced = client
        .wait_until_resource_record_sets_changed()
        .id(change_id)
        .wait(SOON)
        .await?;
    let synced = synced.into_result()?;
    assert_eq!(
        synced.change_info().map(|info| info.status()),
        Some(&ChangeStatus::Insync)
    );

    // The pages of records name the next by three members, so the service's model has no paginator for them.
    let (mut names, mut pages) = (Vec::new(), 0);
    let mut next = (None, None);
    loop {
        let list = client
            .list_resource_record_sets()
            .hosted_zone_id(&id)
            .max_items(3);
        let page = list
            .set_start_record_name(next.0)
            .set_start_record_type(next.1)
            .send()
            .await?;
        pages += 1;
        names.extend(
            page.resource_record_sets()
                .iter()
                .map(|set| set.name().to_owned()),
        );
        if !page.is_truncated() {
            break;
        }
        next = (page.next_record_name, page.next_record_type);
    }
    let ours = names.iter().filter(|name| name.starts_with('r')).count();
    assert_eq!((ours, pages), (5, 3), "{names:?}");
    let list = client
        .list_resource_record_sets()
        .hosted_zone_id(&id)
        .start_record_name("r4.example.com.");
    let list = list.start_record_type(RrType::Txt).send().await?;
    let last = list
        .resource_record_sets()
        .iter()
        .find(|set| set.name() == "r4.example.com.")
        .ok_or("none")?;
    assert_eq!(
        last.resource_records()
            .iter()
            .map(|it| it.value())
            .collect::<Vec<_>>(),
        ["\"<世界> & more\""]
    );

    let error = client
        .delete_hosted_zone()
        .id(&id)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::HostedZoneNotEmpty(_)),
        "{error}"
    );
    assert_eq!(error.status(), Some(400));
    Ok(())
}

#[tokio::test]
async fn zones_are_listed_in_pages() -> Result {
    let config = Client::config_from_env().await?;
    // moto's markers are longer than the model allows.
    let client = Client::from_conf(config.to_builder().validation(Validation::OFF).build());
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(create(&client, &format!("page{number}.example.")).await?);
    }
    let mut pages = client
        .list_hosted_zones()
        .into_paginator()
        .page_size(1)
        .send();
    let mut names = Vec::new();
    while let Some(page) = pages.try_next().await? {
        assert_eq!(page.hosted_zones().len(), 1);
        names.extend(page.hosted_zones.into_iter().map(|zone| zone.name));
    }
    names.retain(|name| name.starts_with("page"));
    names.sort_unstable();
    assert_eq!(
        names,
        ["page0.example.", "page1.example.", "page2.example."]
    );
    let by_name = client
        .list_hosted_zones_by_name()
        .dns_name("page1.example.")
        .send()
        .await?;
    assert!(
        by_name
            .hosted_zones()
            .iter()
            .any(|zone| zone.name() == "page1.example.")
    );
    let count = client.get_hosted_zone_count().send().await?;
    assert!(count.hosted_zone_count() >= 3);
    client
        .update_hosted_zone_comment()
        .id(&ids[0])
        .comment("✓")
        .send()
        .await?;
    let zone = client.get_hosted_zone().id(&ids[0]).send().await?;
    let comment = zone.hosted_zone().and_then(|zone| zone.config()?.comment());
    assert_eq!(comment, Some("✓"));

    client.delete_hosted_zone().id(&ids[2]).send().await?;
    let error = client
        .get_hosted_zone()
        .id(&ids[2])
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::NoSuchHostedZone(_)),
        "{error}"
    );
    assert!(error.is_not_found());
    Ok(())
}

#[tokio::test]
async fn health_checks_have_tags() -> Result {
    let client = Client::from_env().await?;
    let config = HealthCheckConfig::builder()
        .r#type(HealthCheckType::Http)
        .ip_address("192.0.2.17")
        .port(8080)
        .resource_path("/größe?a=1&b=<2>")
        .build()?;
    let check = client
        .create_health_check()
        .caller_reference("one")
        .health_check_config(config);
    let check = check.send().await?;
    let id = check
        .health_check()
        .map(|check| check.id())
        .unwrap_or_default();
    let read = client.get_health_check().health_check_id(id).send().await?;
    let read = read
        .health_check()
        .and_then(|check| check.health_check_config())
        .ok_or("none")?;
    assert_eq!(
        (read.port(), read.resource_path()),
        (Some(8080), Some("/größe?a=1&b=<2>"))
    );
    let tag = Tag::builder().key("Größe").value(TEXT).build();
    client
        .change_tags_for_resource()
        .resource_type(TagResourceType::Healthcheck)
        .resource_id(id)
        .add_tags(tag.clone())
        .send()
        .await?;
    let tags = client
        .list_tags_for_resource()
        .resource_type(TagResourceType::Healthcheck)
        .resource_id(id);
    let tags = tags.send().await?;
    assert_eq!(
        tags.resource_tag_set().map(|set| set.tags()),
        Some([tag].as_slice())
    );
    client
        .delete_health_check()
        .health_check_id(id)
        .send()
        .await?;
    let error = client
        .get_health_check()
        .health_check_id(id)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::NoSuchHealthCheck(_)),
        "{error}"
    );
    Ok(())
}
