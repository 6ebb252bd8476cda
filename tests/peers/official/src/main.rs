//! Calls operations with aws-sdk-appflow. Reads one JSON object a line (`endpoint`, `operation`, `params`), and writes one a
//! line: the output, formatted with `Debug`, or the code and message of the error.

mod call;
mod params;

use anyhow::{Context, Result};
use aws_sdk_appflow::config::retry::RetryConfig;
use aws_sdk_appflow::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_appflow::{Client, Config};
use aws_smithy_http_client::Builder;
use call::Answer;
use params::Params;
use serde_json::{Value, json};
use std::io::Write;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut output = std::io::stdout();
    for line in std::io::stdin().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let answer = match runtime.block_on(answer(&question)) {
            Ok(Answer::Output(debug)) => json!({ "debug": debug }),
            Ok(Answer::Error { code, message }) => json!({"code": code, "message": message}),
            Err(error) => json!({"failed": format!("{error:#}")}),
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

async fn answer(question: &Value) -> Result<Answer> {
    let endpoint = question["endpoint"].as_str().context("no endpoint")?;
    let operation = question["operation"].as_str().context("no operation")?;
    let mut params = Params::new(&question["params"])?;
    call::call(&client(endpoint), operation, &mut params).await
}

fn client(endpoint: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("us-west-2"))
        .credentials_provider(Credentials::new("test", "test", None, None, "peers"))
        .retry_config(RetryConfig::disabled())
        .http_client(Builder::new().build_http());
    Client::from_conf(config.build())
}
