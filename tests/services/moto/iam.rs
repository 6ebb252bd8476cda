//! IAM: users, groups, roles, policies, access keys and instance profiles.

use crate::{Result, SOON, WORDS};
use iam::Client;
use iam::error::ErrorKind;
use iam::types::{PolicyScopeType, StatusType, Tag};

const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
const READS: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Sid": "Reads", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::größe+100%/*"}]}"#;

#[tokio::test]
async fn a_user_has_tags_keys_and_policies() -> Result {
    let client = Client::from_env().await?;
    let tag = Tag::builder().key("Größe").value(WORDS).build()?;
    let user = client
        .create_user()
        .user_name("ann")
        .path("/team/")
        .tags(tag.clone())
        .send()
        .await?;
    let user = user.user().ok_or("no user")?;
    assert_eq!(user.arn(), "arn:aws:iam::123456789012:user/team/ann");
    client
        .wait_until_user_exists()
        .user_name("ann")
        .wait(SOON)
        .await?;
    let tags = client.list_user_tags().user_name("ann").send().await?;
    assert_eq!(tags.tags(), [tag]);

    let key = client.create_access_key().user_name("ann").send().await?;
    let key = key.access_key().ok_or("no key")?;
    assert_eq!(
        (key.user_name(), key.status()),
        ("ann", &StatusType::Active)
    );
    client
        .update_access_key()
        .user_name("ann")
        .access_key_id(key.access_key_id())
        .status(StatusType::Inactive)
        .send()
        .await?;
    let keys = client
        .list_access_keys()
        .user_name("ann")
        .into_paginator()
        .items()
        .send();
    let keys: Vec<_> = keys.try_collect().await?;
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].status(), Some(&StatusType::Inactive));
    assert!(!format!("{key:?}").contains(key.secret_access_key()));

    let put = client
        .put_user_policy()
        .user_name("ann")
        .policy_name("reads");
    put.policy_document(READS).send().await?;
    let policy = client
        .get_user_policy()
        .user_name("ann")
        .policy_name("reads")
        .send()
        .await?;
    // The service returns the document with its characters encoded as in URLs.
    let document = policy.policy_document();
    assert!(
        document == READS || document.contains("gr%C3%B6%C3%9Fe%2B100%25"),
        "{document}"
    );

    let group = client.create_group().group_name("readers").send().await?;
    assert_eq!(
        group.group().map(|group| group.group_name()),
        Some("readers")
    );
    client
        .add_user_to_group()
        .group_name("readers")
        .user_name("ann")
        .send()
        .await?;
    let members = client.get_group().group_name("readers").send().await?;
    assert_eq!(
        members
            .users()
            .iter()
            .map(|user| user.user_name())
            .collect::<Vec<_>>(),
        ["ann"]
    );

    let error = client
        .create_user()
        .user_name("ann")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::EntityAlreadyExistsException(_)),
        "{error}"
    );
    assert_eq!(
        (error.code(), error.status()),
        (Some("EntityAlreadyExists"), Some(409))
    );
    let error = client.get_user().user_name("bob").send().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::NoSuchEntityException(_)),
        "{error}"
    );
    assert!(error.is_not_found());
    Ok(())
}

#[tokio::test]
async fn roles_are_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    for number in 0..5 {
        client
            .create_role()
            .role_name(format!("page-{number}"))
            .path("/pages/")
            .assume_role_policy_document(TRUST)
            .description(WORDS)
            .max_session_duration(7200)
            .send()
            .await?;
    }
    client
        .wait_until_role_exists()
        .role_name("page-4")
        .wait(SOON)
        .await?;
    let role = client.get_role().role_name("page-4").send().await?;
    let role = role.role().ok_or("no role")?;
    assert_eq!(role.description(), Some(WORDS));
    assert_eq!(role.max_session_duration(), Some(7200));
    assert!(role.create_date().secs() > 1_700_000_000);
    let mut pages = client
        .list_roles()
        .path_prefix("/pages/")
        .into_paginator()
        .page_size(2)
        .send();
    let (mut names, mut sizes) = (Vec::new(), Vec::new());
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.roles().len());
        names.extend(page.roles.into_iter().map(|role| role.role_name));
    }
    assert_eq!(sizes, [2, 2, 1]);
    names.sort_unstable();
    assert_eq!(names, ["page-0", "page-1", "page-2", "page-3", "page-4"]);
    Ok(())
}

#[tokio::test]
async fn a_policy_has_versions_and_is_attached() -> Result {
    let client = Client::from_env().await?;
    let policy = client
        .create_policy()
        .policy_name("reads")
        .policy_document(READS)
        .description(WORDS)
        .send()
        .await?;
    let arn = policy
        .policy()
        .and_then(|policy| policy.arn())
        .ok_or("no ARN")?;
    client
        .wait_until_policy_exists()
        .policy_arn(arn)
        .wait(SOON)
        .await?;
    let policy = client.get_policy().policy_arn(arn).send().await?;
    assert_eq!(
        policy.policy().and_then(|policy| policy.description()),
        Some(WORDS)
    );
    let version = client
        .create_policy_version()
        .policy_arn(arn)
        .policy_document(READS);
    let version = version.set_as_default(true).send().await?;
    let id = version
        .policy_version()
        .and_then(|version| version.version_id());
    assert_eq!(id, Some("v2"));

    client
        .create_role()
        .role_name("attached")
        .assume_role_policy_document(TRUST)
        .send()
        .await?;
    client
        .attach_role_policy()
        .role_name("attached")
        .policy_arn(arn)
        .send()
        .await?;
    let attached = client
        .list_attached_role_policies()
        .role_name("attached")
        .send()
        .await?;
    let arns: Vec<_> = attached
        .attached_policies()
        .iter()
        .filter_map(|it| it.policy_arn())
        .collect();
    assert_eq!(arns, [arn]);
    let local = client
        .list_policies()
        .scope(PolicyScopeType::Local)
        .into_paginator()
        .items()
        .send();
    let local: Vec<_> = local.try_collect().await?;
    let ours = local.iter().find(|policy| policy.arn() == Some(arn));
    assert_eq!(ours.and_then(|policy| policy.attachment_count()), Some(1));

    client
        .create_instance_profile()
        .instance_profile_name("machine")
        .send()
        .await?;
    let add = client
        .add_role_to_instance_profile()
        .instance_profile_name("machine");
    add.role_name("attached").send().await?;
    client
        .wait_until_instance_profile_exists()
        .instance_profile_name("machine")
        .wait(SOON)
        .await?;
    let profile = client
        .get_instance_profile()
        .instance_profile_name("machine")
        .send()
        .await?;
    let roles = profile
        .instance_profile()
        .map(|profile| profile.roles())
        .unwrap_or_default();
    assert_eq!(
        roles
            .iter()
            .map(|role| role.role_name())
            .collect::<Vec<_>>(),
        ["attached"]
    );
    let error = client
        .delete_instance_profile()
        .instance_profile_name("machine")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::DeleteConflictException(_)),
        "{error}"
    );
    assert!(error.is_conflict());
    Ok(())
}
