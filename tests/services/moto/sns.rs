//! SNS: topics, subscriptions of a queue, and published messages.

use crate::{Result, TEXT, WORDS};
use sns::Client;
use sns::error::ErrorKind;
use sns::types::{MessageAttributeValue, PublishBatchRequestEntry, Tag};

#[tokio::test]
async fn a_message_is_published_to_a_queue() -> Result {
    let client = Client::from_env().await?;
    let queues = sqs::Client::from_env().await?;
    let queue = queues
        .create_queue()
        .queue_name("subscriber")
        .send()
        .await?;
    let url = queue.queue_url().unwrap_or_default();
    let attributes = queues.get_queue_attributes().queue_url(url);
    let attributes = attributes.attribute_names(sqs::types::QueueAttributeName::QueueArn);
    let attributes = attributes.send().await?;
    let arn = attributes
        .attributes()
        .and_then(|all| all.get(&sqs::types::QueueAttributeName::QueueArn));
    let arn = arn.ok_or("no ARN")?;

    let tag = Tag::builder().key("Größe").value("世界").build()?;
    let topic = client
        .create_topic()
        .name("news")
        .attributes("DisplayName", WORDS)
        .tags(tag.clone())
        .send()
        .await?;
    let topic = topic.topic_arn().ok_or("no topic")?;
    let attributes = client
        .get_topic_attributes()
        .topic_arn(topic)
        .send()
        .await?;
    let name = attributes
        .attributes()
        .and_then(|all| all.get("DisplayName"));
    assert_eq!(name.map(String::as_str), Some(WORDS));
    let tags = client
        .list_tags_for_resource()
        .resource_arn(topic)
        .send()
        .await?;
    assert_eq!(tags.tags(), [tag]);

    let subscription = client
        .subscribe()
        .topic_arn(topic)
        .protocol("sqs")
        .endpoint(arn)
        .attributes("RawMessageDelivery", "true")
        .return_subscription_arn(true)
        .send()
        .await?;
    let subscription = subscription.subscription_arn().ok_or("no subscription")?;
    let listed = client
        .list_subscriptions_by_topic()
        .topic_arn(topic)
        .send()
        .await?;
    let [listed] = listed.subscriptions() else {
        return Err(format!("{listed:?}").into());
    };
    assert_eq!(listed.subscription_arn(), Some(subscription));
    assert_eq!(listed.endpoint(), Some(arn.as_str()));

    let attribute = MessageAttributeValue::builder()
        .data_type("String")
        .string_value(TEXT)
        .build()?;
    let published = client
        .publish()
        .topic_arn(topic)
        .subject("news")
        .message(TEXT)
        .message_attributes("kind", attribute)
        .send()
        .await?;
    assert!(published.message_id().is_some_and(|id| !id.is_empty()));
    let received = queues
        .receive_message()
        .queue_url(url)
        .message_attribute_names("kind")
        .send()
        .await?;
    let [message] = received.messages() else {
        return Err(format!("{received:?}").into());
    };
    assert_eq!(message.body(), Some(TEXT));
    let kind = message.message_attributes().and_then(|all| all.get("kind"));
    assert_eq!(kind.and_then(|kind| kind.string_value()), Some(TEXT));

    let entry = |id: &str| {
        PublishBatchRequestEntry::builder()
            .id(id)
            .message(id)
            .build()
    };
    let batch = client.publish_batch().topic_arn(topic);
    let batch = batch
        .publish_batch_request_entries(entry("a")?)
        .publish_batch_request_entries(entry("b")?);
    let mut ids: Vec<_> = batch.send().await?.successful.unwrap_or_default();
    ids.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(
        ids.iter().filter_map(|it| it.id()).collect::<Vec<_>>(),
        ["a", "b"]
    );

    client
        .set_subscription_attributes()
        .subscription_arn(subscription)
        .attribute_name("FilterPolicy")
        .attribute_value(r#"{"kind": ["世界"]}"#)
        .send()
        .await?;
    let attributes = client
        .get_subscription_attributes()
        .subscription_arn(subscription)
        .send()
        .await?;
    let policy = attributes
        .attributes()
        .and_then(|all| all.get("FilterPolicy"));
    assert_eq!(policy.map(String::as_str), Some(r#"{"kind": ["世界"]}"#));
    client
        .unsubscribe()
        .subscription_arn(subscription)
        .send()
        .await?;
    client.delete_topic().topic_arn(topic).send().await?;
    let error = client
        .get_topic_attributes()
        .topic_arn(topic)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::NotFoundException(_)),
        "{error}"
    );
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("NotFound"));
    Ok(())
}

#[tokio::test]
async fn topics_are_listed_in_pages() -> Result {
    let client = Client::from_env().await?;
    for number in 0..130 {
        client
            .create_topic()
            .name(format!("page-{number}"))
            .send()
            .await?;
    }
    let mut pages = client.list_topics().into_paginator().send();
    let (mut arns, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        count += 1;
        arns.extend(
            page.topics()
                .iter()
                .filter_map(|topic| topic.topic_arn.clone()),
        );
    }
    assert!(count >= 2, "{count} pages");
    let listed = arns.iter().filter(|arn| arn.contains(":page-")).count();
    assert_eq!(listed, 130);
    Ok(())
}
