//! A program on the names of `aws-sdk-sqs`.
#![allow(missing_docs, reason = "an example that is only compiled")]

use sqs::Client;
use sqs::types::{MessageAttributeValue, MessageSystemAttributeName, QueueAttributeName};

async fn send_and_receive(client: &Client) -> Result<Option<String>, sqs::Error> {
    let queue = client
        .create_queue()
        .queue_name("jobs.fifo")
        .attributes(QueueAttributeName::FifoQueue, "true")
        .attributes(QueueAttributeName::ContentBasedDeduplication, "true")
        .send()
        .await?;
    let url = queue.queue_url().unwrap_or_default();
    let kind = MessageAttributeValue::builder().data_type("String").string_value("job").build()?;
    client
        .send_message()
        .queue_url(url)
        .message_body("{}")
        .message_group_id("one")
        .message_attributes("kind", kind)
        .send()
        .await?;
    let received = client
        .receive_message()
        .queue_url(url)
        .message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount)
        .max_number_of_messages(10)
        .send()
        .await?;
    let mut queues = client.list_queues().into_paginator().items().send();
    while queues.try_next().await?.is_some() {}
    Ok(received.messages().first().and_then(|message| message.body().map(str::to_owned)))
}

fn main() {
    let _ = send_and_receive;
}
