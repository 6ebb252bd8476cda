//! EC2: networks, security groups, instances, volumes, tags and dry runs.

use crate::{Result, SOON, TEXT};
use ec2::Client;
use ec2::primitives::Blob;
use ec2::types::{
    Filter, InstanceStateName, InstanceType, IpPermission, IpRange, ResourceType, Tag,
    TagSpecification, VolumeType,
};

fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}

#[tokio::test]
async fn a_network_with_rules() -> Result {
    let client = Client::from_env().await?;
    let tag = Tag::builder().key("Größe").value(TEXT).build();
    let tags = TagSpecification::builder()
        .resource_type(ResourceType::Vpc)
        .tags(tag.clone())
        .build();
    let vpc = client
        .create_vpc()
        .cidr_block("10.7.0.0/16")
        .tag_specifications(tags)
        .send()
        .await?;
    let vpc = vpc.vpc().ok_or("no VPC")?;
    assert_eq!(vpc.tags(), std::slice::from_ref(&tag));
    let id = vpc.vpc_id().ok_or("no id")?;
    client
        .wait_until_vpc_exists()
        .vpc_ids(id)
        .wait(SOON)
        .await?;
    client
        .wait_until_vpc_available()
        .vpc_ids(id)
        .wait(SOON)
        .await?;
    let found = client
        .describe_vpcs()
        .filters(filter("tag:Größe", TEXT))
        .send()
        .await?;
    assert_eq!(
        found
            .vpcs()
            .iter()
            .filter_map(|vpc| vpc.vpc_id())
            .collect::<Vec<_>>(),
        [id]
    );

    let subnet = client
        .create_subnet()
        .vpc_id(id)
        .cidr_block("10.7.1.0/24")
        .send()
        .await?;
    let subnet = subnet
        .subnet()
        .and_then(|subnet| subnet.subnet_id())
        .ok_or("no subnet")?;
    client
        .wait_until_subnet_available()
        .subnet_ids(subnet)
        .wait(SOON)
        .await?;

    let group = client
        .create_security_group()
        .group_name("web")
        .description("the web")
        .vpc_id(id)
        .send()
        .await?;
    let group = group.group_id().ok_or("no group")?;
    let range = IpRange::builder()
        .cidr_ip("192.0.2.0/24")
        .description("an office")
        .build();
    let permission = IpPermission::builder()
        .ip_protocol("tcp")
        .from_port(443)
        .to_port(443)
        .ip_ranges(range);
    let rule = client
        .authorize_security_group_ingress()
        .group_id(group)
        .ip_permissions(permission.build());
    assert_eq!(rule.send().await?.r#return(), Some(true));
    let groups = client
        .describe_security_groups()
        .group_ids(group)
        .into_paginator()
        .items()
        .send();
    let groups = groups.try_collect().await?;
    let [permission] = groups[0].ip_permissions() else {
        return Err(format!("{groups:?}").into());
    };
    assert_eq!(
        (permission.from_port(), permission.to_port()),
        (Some(443), Some(443))
    );
    assert_eq!(permission.ip_ranges()[0].description(), Some("an office"));

    client
        .create_tags()
        .resources(subnet)
        .tags(tag)
        .send()
        .await?;
    let tags = client
        .describe_tags()
        .filters(filter("resource-id", subnet))
        .into_paginator()
        .items()
        .send();
    let tags = tags.try_collect().await?;
    assert_eq!(
        (tags[0].key(), tags[0].value()),
        (Some("Größe"), Some(TEXT))
    );
    assert_eq!(tags[0].resource_type(), Some(&ResourceType::Subnet));

    let error = client
        .describe_vpcs()
        .vpc_ids("vpc-00000000")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.status()),
        (Some("InvalidVpcID.NotFound"), Some(400)),
        "{error}"
    );
    assert!(error.is_not_found());
    let error = client
        .create_security_group()
        .group_name("web")
        .description("again")
        .vpc_id(id)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("InvalidGroup.Duplicate"), "{error}");
    assert!(error.is_conflict());
    assert!(error.request_id().is_some_and(|id| !id.is_empty()));
    let error = client
        .create_security_group()
        .group_name("other")
        .description("not created")
        .dry_run(true)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("DryRunOperation"), "{error}");
    Ok(())
}

#[tokio::test]
async fn instances_run_and_stop() -> Result {
    let client = Client::from_env().await?;
    let tags = TagSpecification::builder()
        .resource_type(ResourceType::Instance)
        .tags(Tag::builder().key("Name").value(TEXT).build());
    let run = client
        .run_instances()
        .image_id("ami-12c6146b")
        .instance_type(InstanceType::T3Micro)
        .min_count(5)
        .max_count(5)
        .user_data("IyEvYmluL3NoCg==")
        .tag_specifications(tags.build())
        .send()
        .await?;
    let ids: Vec<String> = run
        .instances()
        .iter()
        .filter_map(|it| it.instance_id.clone())
        .collect();
    assert_eq!(ids.len(), 5);
    client
        .wait_until_instance_running()
        .set_instance_ids(Some(ids.clone()))
        .wait(SOON)
        .await?;
    let mut pages = client
        .describe_instances()
        .filters(filter("tag:Name", TEXT))
        .into_paginator()
        .page_size(2)
        .send();
    let mut found = Vec::new();
    while let Some(page) = pages.try_next().await? {
        let reservations = page.reservations.unwrap_or_default();
        found.extend(
            reservations
                .into_iter()
                .flat_map(|it| it.instances.unwrap_or_default()),
        );
    }
    assert_eq!(found.len(), 5);
    assert!(
        found
            .iter()
            .all(|it| it.instance_type() == Some(&InstanceType::T3Micro))
    );
    assert!(found.iter().all(|it| {
        it.launch_time()
            .is_some_and(|time| time.secs() > 1_700_000_000)
    }));
    let attribute = client.describe_instance_attribute().instance_id(&ids[0]);
    let attribute = attribute
        .attribute(ec2::types::InstanceAttributeName::UserData)
        .send()
        .await?;
    assert_eq!(
        attribute.user_data().and_then(|data| data.value()),
        Some("IyEvYmluL3NoCg==")
    );

    let stopped = client.stop_instances().instance_ids(&ids[0]).send().await?;
    let change = stopped.stopping_instances().first().ok_or("no change")?;
    let before = change.previous_state().and_then(|state| state.name());
    assert_eq!(before, Some(&InstanceStateName::Running));
    client
        .wait_until_instance_stopped()
        .instance_ids(&ids[0])
        .wait(SOON)
        .await?;
    client
        .terminate_instances()
        .set_instance_ids(Some(ids.clone()))
        .send()
        .await?;
    client
        .wait_until_instance_terminated()
        .set_instance_ids(Some(ids))
        .wait(SOON)
        .await?;
    let error = client
        .stop_instances()
        .instance_ids("i-00000000000000000")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("InvalidInstanceID.NotFound"), "{error}");
    Ok(())
}

#[tokio::test]
async fn volumes_snapshots_and_key_pairs() -> Result {
    let client = Client::from_env().await?;
    let volume = client
        .create_volume()
        .availability_zone("eu-west-1a")
        .size(8)
        .volume_type(VolumeType::Gp3);
    let volume = volume.encrypted(true).send().await?;
    let id = volume.volume_id().ok_or("no volume")?;
    assert_eq!((volume.size(), volume.encrypted()), (Some(8), Some(true)));
    client
        .wait_until_volume_available()
        .volume_ids(id)
        .wait(SOON)
        .await?;
    let snapshot = client
        .create_snapshot()
        .volume_id(id)
        .description(TEXT)
        .send()
        .await?;
    let snapshot = snapshot.snapshot_id().ok_or("no snapshot")?;
    client
        .wait_until_snapshot_completed()
        .snapshot_ids(snapshot)
        .wait(SOON)
        .await?;
    let snapshots = client
        .describe_snapshots()
        .snapshot_ids(snapshot)
        .send()
        .await?;
    assert_eq!(snapshots.snapshots()[0].description(), Some(TEXT));
    client.delete_volume().volume_id(id).send().await?;
    client
        .wait_until_volume_deleted()
        .volume_ids(id)
        .wait(SOON)
        .await?;

    let pair = client.create_key_pair().key_name("made").send().await?;
    assert!(
        pair.key_material()
            .is_some_and(|key| key.contains("PRIVATE KEY"))
    );
    assert!(!format!("{pair:?}").contains("PRIVATE KEY"));
    let public = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    let import = client
        .import_key_pair()
        .key_name("imported")
        .public_key_material(Blob::new(public));
    assert_eq!(import.send().await?.key_name(), Some("imported"));
    let pairs = client
        .describe_key_pairs()
        .key_names("made")
        .key_names("imported")
        .send()
        .await?;
    let mut names: Vec<_> = pairs
        .key_pairs()
        .iter()
        .filter_map(|pair| pair.key_name())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["imported", "made"]);
    let regions = client
        .describe_regions()
        .region_names("eu-west-1")
        .send()
        .await?;
    assert_eq!(
        regions.regions()[0].endpoint(),
        Some("ec2.eu-west-1.amazonaws.com")
    );
    Ok(())
}
