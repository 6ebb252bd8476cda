//! Lambda: functions, their configuration, versions, aliases, tags and invocations.

use crate::{Result, SOON, TEXT};
use lambda::Client;
use lambda::error::ErrorKind;
use lambda::primitives::Blob;
use lambda::types::{Environment, FunctionCode, InvocationType, Runtime, State};

/// A ZIP archive with an empty file `index.py`.
const CODE: &[u8] = b"PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00!\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00index.py\
    PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00\x00\x00!\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\
    \x00\x00\x00\x00\x00\x00\x00\x00\x80\x01\x00\x00\x00\x00index.pyPK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x006\x00\x00\x00&\x00\x00\x00\x00\x00";

async fn create(client: &Client, name: &str) -> Result {
    let iam = iam::Client::from_env().await?;
    let trust = r#"{"Version": "2012-10-17", "Statement": []}"#;
    let role = iam
        .create_role()
        .role_name(format!("role-of-{name}"))
        .assume_role_policy_document(trust)
        .send()
        .await?;
    let role = role.role().map(|role| role.arn()).unwrap_or_default();
    let environment = Environment::builder()
        .variables("TEXT", TEXT)
        .variables("EMPTY", "")
        .build();
    client
        .create_function()
        .function_name(name)
        .runtime(Runtime::Python312)
        .role(role)
        .handler("index.handler")
        .description(TEXT)
        .memory_size(256)
        .timeout(7)
        .environment(environment)
        .tags("Größe", TEXT)
        .code(FunctionCode::builder().zip_file(Blob::new(CODE)).build())
        .send()
        .await?;
    client
        .wait_until_function_active_v2()
        .function_name(name)
        .wait(SOON)
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_function_is_created_configured_and_deleted() -> Result {
    let client = Client::from_env().await?;
    create(&client, "whole").await?;
    let function = client.get_function().function_name("whole").send().await?;
    let configuration = function.configuration().ok_or("no configuration")?;
    assert_eq!(configuration.state(), Some(&State::Active));
    assert_eq!(configuration.description(), Some(TEXT));
    assert_eq!(
        (configuration.memory_size(), configuration.timeout()),
        (Some(256), Some(7))
    );
    assert_eq!(configuration.code_size(), i64::try_from(CODE.len()).ok());
    let variables = configuration
        .environment()
        .and_then(|it| it.variables())
        .ok_or("no variables")?;
    assert_eq!(variables.get("TEXT").map(String::as_str), Some(TEXT));
    assert_eq!(variables.get("EMPTY").map(String::as_str), Some(""));
    let arn = configuration.function_arn().ok_or("no ARN")?;
    let tags = client.list_tags().resource(arn).send().await?;
    assert_eq!(
        tags.tags()
            .and_then(|tags| tags.get("Größe"))
            .map(String::as_str),
        Some(TEXT)
    );
    client
        .tag_resource()
        .resource(arn)
        .tags("a b", "ü+&")
        .send()
        .await?;
    client
        .untag_resource()
        .resource(arn)
        .tag_keys("Größe")
        .send()
        .await?;
    let tags = client.list_tags().resource(arn).send().await?;
    let tags = tags.tags().ok_or("no tags")?;
    assert_eq!(tags.get("a b").map(String::as_str), Some("ü+&"));
    assert!(!tags.contains_key("Größe"));

    let updated = client
        .update_function_configuration()
        .function_name("whole")
        .timeout(9)
        .send()
        .await?;
    assert_eq!(updated.timeout(), Some(9));
    client
        .wait_until_function_updated_v2()
        .function_name("whole")
        .wait(SOON)
        .await?;
    let version = client
        .publish_version()
        .function_name("whole")
        .description("one")
        .send()
        .await?;
    assert_eq!(version.version(), Some("1"));
    let alias = client
        .create_alias()
        .function_name("whole")
        .name("live")
        .function_version("1")
        .description(TEXT);
    alias.send().await?;
    let alias = client
        .get_alias()
        .function_name("whole")
        .name("live")
        .send()
        .await?;
    assert_eq!(
        (alias.function_version(), alias.description()),
        (Some("1"), Some(TEXT))
    );

    client
        .delete_function()
        .function_name("whole")
        .send()
        .await?;
    let error = client
        .get_function()
        .function_name("whole")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::ResourceNotFoundException(_)),
        "{error}"
    );
    assert!(error.is_not_found());
    assert_eq!(
        (error.code(), error.status()),
        (Some("ResourceNotFoundException"), Some(404))
    );
    Ok(())
}

#[tokio::test]
async fn functions_are_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    for number in 0..3 {
        create(&client, &format!("page-{number}")).await?;
    }
    let functions = client
        .list_functions()
        .into_paginator()
        .page_size(2)
        .items()
        .send();
    let functions = functions.try_collect().await?;
    let mut names: Vec<_> = functions
        .iter()
        .filter_map(|it| it.function_name())
        .collect();
    names.retain(|name| name.starts_with("page-"));
    names.sort_unstable();
    assert_eq!(names, ["page-0", "page-1", "page-2"]);
    let versions = client
        .list_versions_by_function()
        .function_name("page-0")
        .into_paginator()
        .items()
        .send();
    let versions = versions.try_collect().await?;
    assert_eq!(
        versions
            .iter()
            .filter_map(|it| it.version())
            .collect::<Vec<_>>(),
        ["$LATEST"]
    );
    Ok(())
}

#[tokio::test]
async fn a_function_is_invoked_and_limited() -> Result {
    let client = Client::from_env().await?;
    create(&client, "called").await?;
    let payload = format!("{{\"text\": {TEXT:?}}}");
    let called = client
        .invoke()
        .function_name("called")
        .invocation_type(InvocationType::RequestResponse)
        .payload(Blob::new(payload.as_bytes()))
        .send()
        .await?;
    assert_eq!(called.status_code(), Some(200));
    assert_eq!(called.function_error(), None);
    // moto runs no code without Docker, and returns the payload.
    assert_eq!(
        called.payload().map(|blob| blob.as_ref()),
        Some(payload.as_bytes())
    );
    let limited = client
        .put_function_concurrency()
        .function_name("called")
        .reserved_concurrent_executions(3);
    assert_eq!(
        limited.send().await?.reserved_concurrent_executions(),
        Some(3)
    );
    let limited = client
        .get_function_concurrency()
        .function_name("called")
        .send()
        .await?;
    assert_eq!(limited.reserved_concurrent_executions(), Some(3));
    client
        .add_permission()
        .function_name("called")
        .statement_id("s3")
        .action("lambda:InvokeFunction")
        .principal("s3.amazonaws.com")
        .send()
        .await?;
    let policy = client.get_policy().function_name("called").send().await?;
    assert!(
        policy
            .policy()
            .is_some_and(|policy| policy.contains("s3.amazonaws.com"))
    );
    Ok(())
}
