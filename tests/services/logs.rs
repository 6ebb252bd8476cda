//! A program on the names of `aws-sdk-cloudwatchlogs`: log events as they arrive.
#![allow(missing_docs, reason = "an example that is only compiled")]

use logs::Client;
use logs::types::StartLiveTailResponseStream;

async fn start_live_tail(client: &Client) -> Result<(), logs::Error> {
    let mut output = client.start_live_tail().log_group_identifiers("arn").send().await?;
    while let Some(event) = output.response_stream.recv().await? {
        match event {
            StartLiveTailResponseStream::SessionStart(start) => drop(start.session_id().map(str::to_owned)),
            StartLiveTailResponseStream::SessionUpdate(update) => {
                for line in update.session_results() {
                    drop(line.message().map(str::to_owned));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn main() {
    let _ = start_live_tail;
}
