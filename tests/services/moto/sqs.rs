//! SQS: queues, batches of messages, attributes and a dead-letter queue.

use crate::{Result, TEXT};
use sqs::Client;
use sqs::error::ErrorKind;
use sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName,
    QueueAttributeName, SendMessageBatchRequestEntry,
};

async fn create(client: &Client, name: &str) -> std::result::Result<String, sqs::Error> {
    let queue = client.create_queue().queue_name(name).send().await?;
    Ok(queue.queue_url().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_message_is_sent_received_and_deleted() -> Result {
    let client = Client::from_env().await?;
    let url = create(&client, "messages").await?;
    let found = client.get_queue_url().queue_name("messages").send().await?;
    assert_eq!(found.queue_url(), Some(url.as_str()));

    let attribute = MessageAttributeValue::builder()
        .data_type("String")
        .string_value(TEXT)
        .build()?;
    let sent = client
        .send_message()
        .queue_url(&url)
        .message_body(TEXT)
        .message_attributes("text", attribute.clone())
        .send()
        .await?;
    let received = client
        .receive_message()
        .queue_url(&url)
        .message_attribute_names("All")
        .message_system_attribute_names(MessageSystemAttributeName::All)
        .send()
        .await?;
    let [message] = received.messages() else {
        return Err(format!("{received:?}").into());
    };
    assert_eq!(message.body(), Some(TEXT));
    assert_eq!(message.message_id(), sent.message_id());
    assert_eq!(message.md5_of_body(), sent.md5_of_message_body());
    let attributes = message.message_attributes().ok_or("no attributes")?;
    assert_eq!(attributes.get("text"), Some(&attribute));
    let count = MessageSystemAttributeName::ApproximateReceiveCount;
    let count = message.attributes().and_then(|all| all.get(&count));
    assert_eq!(count.map(String::as_str), Some("1"));

    let handle = message.receipt_handle().ok_or("no handle")?;
    client
        .change_message_visibility()
        .queue_url(&url)
        .receipt_handle(handle)
        .visibility_timeout(0)
        .send()
        .await?;
    let again = client.receive_message().queue_url(&url).send().await?;
    let handle = again.messages().first().and_then(|it| it.receipt_handle());
    client
        .delete_message()
        .queue_url(&url)
        .receipt_handle(handle.ok_or("no message")?)
        .send()
        .await?;
    let attributes = client
        .get_queue_attributes()
        .queue_url(&url)
        .attribute_names(QueueAttributeName::ApproximateNumberOfMessages)
        .send()
        .await?;
    let left = attributes.attributes().and_then(|all| {
        let number = all.get(&QueueAttributeName::ApproximateNumberOfMessages)?;
        number.parse().ok()
    });
    assert_eq!(left, Some(0));

    client.delete_queue().queue_url(&url).send().await?;
    let error = client.get_queue_url().queue_name("messages").send().await;
    let error = error.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::QueueDoesNotExist(_)),
        "{error}"
    );
    // The code that the query protocol had, by which older programs test.
    assert_eq!(
        error.code(),
        Some("AWS.SimpleQueueService.NonExistentQueue")
    );
    Ok(())
}

#[tokio::test]
async fn batches_and_pages_of_queues() -> Result {
    let client = Client::from_env().await?;
    for number in 0..5 {
        create(&client, &format!("page-{number}")).await?;
    }
    let urls: Vec<String> = client
        .list_queues()
        .queue_name_prefix("page-")
        .into_paginator()
        .page_size(2)
        .items()
        .send()
        .try_collect()
        .await?;
    let names: Vec<_> = urls
        .iter()
        .filter_map(|url| url.rsplit('/').next())
        .collect();
    assert_eq!(names, ["page-0", "page-1", "page-2", "page-3", "page-4"]);

    let url = &urls[0];
    let entry = |id: &str| {
        let entry = SendMessageBatchRequestEntry::builder().id(id);
        entry.message_body(format!("{id} {TEXT}")).build()
    };
    let sent = client
        .send_message_batch()
        .queue_url(url)
        .entries(entry("a")?)
        .entries(entry("b")?)
        .send()
        .await?;
    assert_eq!(sent.successful().len(), 2);
    assert!(sent.failed().is_empty());
    let received = client
        .receive_message()
        .queue_url(url)
        .max_number_of_messages(10)
        .send()
        .await?;
    let mut bodies: Vec<_> = received
        .messages()
        .iter()
        .filter_map(|it| it.body())
        .collect();
    bodies.sort_unstable();
    assert_eq!(bodies, [format!("a {TEXT}"), format!("b {TEXT}")]);
    let entries = received
        .messages()
        .iter()
        .enumerate()
        .map(|(index, message)| {
            DeleteMessageBatchRequestEntry::builder()
                .id(index.to_string())
                .receipt_handle(message.receipt_handle().unwrap_or_default())
                .build()
        });
    let entries = entries.collect::<std::result::Result<_, _>>()?;
    let delete = client.delete_message_batch().queue_url(url);
    let deleted = delete.set_entries(Some(entries)).send().await?;
    assert_eq!(deleted.successful().len(), 2);
    Ok(())
}

#[tokio::test]
async fn attributes_and_tags_of_a_queue() -> Result {
    let client = Client::from_env().await?;
    let dead = create(&client, "dead").await?;
    let attributes = client.get_queue_attributes().queue_url(&dead);
    let attributes = attributes
        .attribute_names(QueueAttributeName::QueueArn)
        .send()
        .await?;
    let arn = attributes
        .attributes()
        .and_then(|all| all.get(&QueueAttributeName::QueueArn));
    let policy = format!(
        r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":3}}"#,
        arn.ok_or("no ARN")?
    );
    let live = client
        .create_queue()
        .queue_name("live.fifo")
        .attributes(QueueAttributeName::FifoQueue, "true")
        .tags("Größe", TEXT)
        .send()
        .await?;
    let live = live.queue_url().unwrap_or_default();
    client
        .set_queue_attributes()
        .queue_url(live)
        .attributes(QueueAttributeName::VisibilityTimeout, "7")
        .send()
        .await?;
    let set = client
        .get_queue_attributes()
        .queue_url(live)
        .attribute_names(QueueAttributeName::All);
    let set = set.send().await?;
    let value = |name| {
        set.attributes()
            .and_then(|all| all.get(&name))
            .map(String::as_str)
    };
    assert_eq!(value(QueueAttributeName::VisibilityTimeout), Some("7"));
    assert_eq!(value(QueueAttributeName::FifoQueue), Some("true"));
    let other = create(&client, "other").await?;
    client
        .set_queue_attributes()
        .queue_url(&other)
        .attributes(QueueAttributeName::RedrivePolicy, &policy)
        .send()
        .await?;
    let sources = client
        .list_dead_letter_source_queues()
        .queue_url(&dead)
        .send()
        .await?;
    assert_eq!(sources.queue_urls(), [other]);
    let tags = client.list_queue_tags().queue_url(live).send().await?;
    assert_eq!(
        tags.tags()
            .and_then(|all| all.get("Größe"))
            .map(String::as_str),
        Some(TEXT)
    );
    client
        .untag_queue()
        .queue_url(live)
        .tag_keys("Größe")
        .send()
        .await?;
    let tags = client.list_queue_tags().queue_url(live).send().await?;
    assert!(tags.tags().is_none_or(|all| all.is_empty()));
    Ok(())
}
