//! A program on the names of `aws-sdk-bedrockruntime`: answers that arrive as event streams.
#![allow(missing_docs, reason = "an example that is only compiled")]

use bedrock_runtime::Client;
use bedrock_runtime::primitives::Blob;
use bedrock_runtime::primitives::event_stream::EventReceiver;
use bedrock_runtime::types::{
    ContentBlock, ContentBlockDelta, ConversationRole, ConverseStreamOutput, Message, ResponseStream,
};

/// Returns the text of a stream.
async fn text_of(
    mut stream: EventReceiver<ConverseStreamOutput, bedrock_runtime::Error>,
) -> Result<String, bedrock_runtime::Error> {
    let mut text = String::new();
    while let Some(event) = stream.recv().await? {
        match event {
            ConverseStreamOutput::ContentBlockDelta(event) => {
                if let Some(ContentBlockDelta::Text(part)) = event.delta() {
                    text.push_str(part);
                }
            }
            ConverseStreamOutput::MessageStop(event) => drop(event.stop_reason().as_str().to_owned()),
            ConverseStreamOutput::Metadata(event) => drop(event.usage().map(|usage| usage.output_tokens())),
            _ => {}
        }
    }
    Ok(text)
}

async fn converse_stream(client: &Client) -> Result<String, bedrock_runtime::Error> {
    let message = Message::builder()
        .role(ConversationRole::User)
        .content(ContentBlock::Text("hello".to_owned()))
        .build()?;
    let output = client.converse_stream().model_id("model").messages(message).send().await?;
    text_of(output.stream).await
}

async fn invoke(client: &Client) -> Result<usize, bedrock_runtime::Error> {
    let mut output = client
        .invoke_model_with_response_stream()
        .model_id("model")
        .body(Blob::new("{}"))
        .send()
        .await?;
    let mut length = 0;
    while let Some(event) = output.body.recv().await? {
        if let ResponseStream::Chunk(part) = event {
            length += part.bytes().map_or(0, |bytes| bytes.as_ref().len());
        }
    }
    Ok(length)
}

fn main() {
    let _ = (converse_stream, invoke);
}
