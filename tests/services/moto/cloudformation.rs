//! CloudFormation: stacks, change sets, resources, events and exports.

use crate::{Result, SOON, TEXT, WORDS};
use cloudformation::Client;
use cloudformation::types::{Capability, ChangeAction, ChangeSetType, Parameter, StackStatus, Tag};

const TEMPLATE: &str = r#"
Description: Größe, 世界
Parameters:
  Name:
    Type: String
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Ref Name
Outputs:
  Url:
    Value: !Ref Queue
    Description: "<Url> & 世界"
    Export:
      Name: !Sub "${AWS::StackName}-url"
"#;

fn name(value: &str) -> Parameter {
    Parameter::builder()
        .parameter_key("Name")
        .parameter_value(value)
        .build()
}

async fn create(client: &Client, stack: &str) -> Result {
    client
        .create_stack()
        .stack_name(stack)
        .template_body(TEMPLATE)
        .parameters(name(&format!("queue-of-{stack}")))
        .capabilities(Capability::CapabilityNamedIam)
        .tags(Tag::builder().key("Größe").value(TEXT).build()?)
        .send()
        .await?;
    client
        .wait_until_stack_create_complete()
        .stack_name(stack)
        .wait(SOON)
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_stack_is_created_updated_and_deleted() -> Result {
    let client = Client::from_env().await?;
    let valid = client
        .validate_template()
        .template_body(TEMPLATE)
        .send()
        .await?;
    assert_eq!(valid.description(), Some("Größe, 世界"));
    create(&client, "whole").await?;
    client
        .wait_until_stack_exists()
        .stack_name("whole")
        .wait(SOON)
        .await?;
    let stacks = client.describe_stacks().stack_name("whole").send().await?;
    let [stack] = stacks.stacks() else {
        return Err(format!("{stacks:?}").into());
    };
    assert_eq!(stack.stack_status(), &StackStatus::CreateComplete);
    assert_eq!(stack.parameters(), [name("queue-of-whole")]);
    assert_eq!(
        stack.tags(),
        [Tag::builder().key("Größe").value(TEXT).build()?]
    );
    let [output] = stack.outputs() else {
        return Err(format!("{stack:?}").into());
    };
    assert_eq!(output.description(), Some("<Url> & 世界"));
    assert_eq!(output.export_name(), Some("whole-url"));
    let url = output.output_value().ok_or("no value")?;
    assert!(url.ends_with("/queue-of-whole"), "{url}");

    let template = client.get_template().stack_name("whole").send().await?;
    assert!(
        template
            .template_body()
            .is_some_and(|text| text.contains("<Url> & 世界"))
    );
    let resource = client
        .describe_stack_resource()
        .stack_name("whole")
        .logical_resource_id("Queue")
        .send()
        .await?;
    let resource = resource.stack_resource_detail().ok_or("none")?;
    assert_eq!(resource.resource_type(), "AWS::SQS::Queue");
    let exports = client.list_exports().into_paginator().items().send();
    let exports = exports.try_collect().await?;
    assert!(
        exports
            .iter()
            .any(|export| export.name() == Some("whole-url") && export.value() == Some(url))
    );

    let update = client
        .update_stack()
        .stack_name("whole")
        .use_previous_template(true);
    update.parameters(name("another")).send().await?;
    let updated = client
        .wait_until_stack_update_complete()
        .stack_name("whole")
        .wait(SOON)
        .await?;
    let updated = updated.into_result()?;
    assert_eq!(
        updated.stacks().first().map(|stack| stack.parameters()),
        Some([name("another")].as_slice())
    );
    let events = client
        .describe_stack_events()
        .stack_name("whole")
        .into_paginator()
        .items()
        .send();
    let events = events.try_collect().await?;
    assert!(events.iter().any(|event| {
        event
            .resource_status()
            .is_some_and(|it| it.as_str() == "UPDATE_COMPLETE")
    }));

    client.delete_stack().stack_name("whole").send().await?;
    client
        .wait_until_stack_delete_complete()
        .stack_name("whole")
        .wait(SOON)
        .await?;
    let error = client
        .describe_stacks()
        .stack_name("whole")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.status()),
        (Some("ValidationError"), Some(400)),
        "{error}"
    );
    assert!(error.message().is_some_and(|text| text.contains("whole")));
    Ok(())
}

#[tokio::test]
async fn a_change_set_is_executed() -> Result {
    let client = Client::from_env().await?;
    client
        .create_change_set()
        .stack_name("changed")
        .change_set_name("first")
        .change_set_type(ChangeSetType::Create)
        .template_body(TEMPLATE)
        .parameters(name("changed"))
        .description(WORDS)
        .send()
        .await?;
    let made = client
        .wait_until_change_set_create_complete()
        .stack_name("changed")
        .change_set_name("first");
    let made = made.wait(SOON).await?.into_result()?;
    assert_eq!(made.description(), Some(WORDS));
    let changes: Vec<_> = made
        .changes()
        .iter()
        .filter_map(|change| change.resource_change())
        .collect();
    assert_eq!(
        changes
            .iter()
            .filter_map(|it| it.action())
            .collect::<Vec<_>>(),
        [&ChangeAction::Add]
    );
    assert_eq!(changes[0].logical_resource_id(), Some("Queue"));
    let sets = client
        .list_change_sets()
        .stack_name("changed")
        .send()
        .await?;
    assert_eq!(
        sets.summaries()
            .iter()
            .filter_map(|it| it.change_set_name())
            .collect::<Vec<_>>(),
        ["first"]
    );
    client
        .execute_change_set()
        .stack_name("changed")
        .change_set_name("first")
        .send()
        .await?;
    client
        .wait_until_stack_create_complete()
        .stack_name("changed")
        .wait(SOON)
        .await?;
    let resources = client
        .list_stack_resources()
        .stack_name("changed")
        .into_paginator()
        .items()
        .send();
    let resources = resources.try_collect().await?;
    assert_eq!(
        resources
            .iter()
            .map(|it| it.logical_resource_id())
            .collect::<Vec<_>>(),
        ["Queue"]
    );
    Ok(())
}

#[tokio::test]
async fn stacks_are_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    for number in 0..3 {
        create(&client, &format!("page-{number}")).await?;
    }
    let stacks = client
        .list_stacks()
        .stack_status_filter(StackStatus::CreateComplete)
        .into_paginator()
        .items();
    let stacks = stacks.send().try_collect().await?;
    let mut names: Vec<_> = stacks.iter().map(|stack| stack.stack_name()).collect();
    names.retain(|name| name.starts_with("page-"));
    names.sort_unstable();
    assert_eq!(names, ["page-0", "page-1", "page-2"]);
    Ok(())
}
