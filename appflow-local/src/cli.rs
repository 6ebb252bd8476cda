//! The command line: what it teaches, and how options become a service.

use crate::health;
use crate::output::{Output, Writer};
use appflow_local::{
    AccessKeys, AppFlowLocal, DEFAULT_ACCOUNT, DEFAULT_REGION, Settings, is_account,
};
use clap::Parser;
use clap::builder::FalseyValueParser;
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// An Amazon AppFlow to develop and test against, for every SDK.
///
/// It answers all 25 operations of AppFlow as the real service does, keeps flows, runs, connector profiles and tags, and
/// moves runs on from InProgress to Successful. Nothing leaves this machine and no AWS account is needed.
#[derive(Debug, Parser)]
#[command(version, after_long_help = TEACHING)]
pub(crate) struct Options {
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 4577, env = "APPFLOW_LOCAL_PORT")]
    port: u16,
    /// The address to listen on; anything but a loopback address lets others on the network in
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), env = "APPFLOW_LOCAL_HOST")]
    host: IpAddr,
    /// A name or address, besides localhost, for which the control API and the status page answer; others are refused,
    /// since a web page of anyone could let its name lead here
    #[arg(
        long = "control-host",
        value_name = "NAME",
        env = "APPFLOW_LOCAL_CONTROL_HOSTS",
        value_delimiter = ','
    )]
    control_hosts: Vec<String>,
    /// Keeps the state in this folder; without it, the state ends with the program
    #[arg(long, value_name = "DIR", env = "APPFLOW_LOCAL_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Lets flows from S3 to S3 move data: a bucket is a folder in this one
    #[arg(long, value_name = "DIR", env = "APPFLOW_LOCAL_BUCKETS")]
    buckets: Option<PathBuf>,
    /// Gives the records of other sources, such as DIR/Salesforce/Account.jsonl; records for other destinations are written
    /// into DIR/_written
    #[arg(long, value_name = "DIR", env = "APPFLOW_LOCAL_SAMPLE_DATA")]
    sample_data: Option<PathBuf>,
    /// Calls the Lambda functions of custom connectors at this URL, by POST /2015-03-31/functions/NAME/invocations
    #[arg(long, value_name = "URL", env = "APPFLOW_LOCAL_LAMBDA_ENDPOINT")]
    lambda_endpoint: Option<String>,
    /// A JSON file of entities that connectors list and describe besides the built-in ones:
    /// {"Salesforce": {"Custom__c": ["Id", {"name": "Total__c", "type": "double"}]}}
    #[arg(long, value_name = "FILE", env = "APPFLOW_LOCAL_ENTITIES")]
    entities: Option<PathBuf>,
    /// An access key to accept, besides test:test
    #[arg(
        long = "access-key",
        value_name = "ID:SECRET[:ACCOUNT]",
        env = "APPFLOW_LOCAL_ACCESS_KEYS",
        hide_env_values = true,
        value_delimiter = ','
    )]
    access_keys: Vec<String>,
    /// A session to accept, with its token; SECONDS says how long it lasts, 0 that it has expired
    #[arg(
        long = "session",
        value_name = "ID:SECRET:TOKEN[:SECONDS]",
        env = "APPFLOW_LOCAL_SESSIONS",
        hide_env_values = true,
        value_delimiter = ','
    )]
    sessions: Vec<String>,
    /// Accepts any access key and any signature
    #[arg(long, env = "APPFLOW_LOCAL_ACCEPT_ANY_KEY", value_parser = FalseyValueParser::new())]
    accept_any_key: bool,
    /// How long a run is InProgress, in milliseconds
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 1000,
        env = "APPFLOW_LOCAL_RUN_DURATION"
    )]
    run_duration: u64,
    /// How long a canceled run is CancelStarted, in milliseconds
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 500,
        env = "APPFLOW_LOCAL_CANCEL_DURATION"
    )]
    cancel_duration: u64,
    /// Refuses flows for what AppFlow accepts and is doubtful, such as a Map of a field that no projection fetches; without
    /// it, that is a warning in the flow's line and on the page
    #[arg(long, env = "APPFLOW_LOCAL_STRICT", value_parser = FalseyValueParser::new())]
    strict: bool,
    /// Prints no line for each request
    #[arg(long, env = "APPFLOW_LOCAL_QUIET", value_parser = FalseyValueParser::new())]
    quiet: bool,
    /// Begins with this snapshot, a file that GET /_appflow-local/snapshot wrote; a data folder that holds something already
    /// goes before it
    #[arg(long, value_name = "FILE", env = "APPFLOW_LOCAL_LOAD")]
    load: Option<PathBuf>,
    /// Sends the events of runs to this URL, each by a POST, as EventBridge has them; http only
    #[arg(long, value_name = "URL", env = "APPFLOW_LOCAL_EVENTS_ENDPOINT")]
    events_endpoint: Option<String>,
    /// Starts nothing; asks the program that listens on --port whether it is ready, and exits with 0 if so
    #[arg(long)]
    health: bool,
}

const TEACHING: &str = "\
Try it:
  appflow-local --port 4577
  export AWS_ENDPOINT_URL_APPFLOW=http://127.0.0.1:4577
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  aws appflow list-flows --max-results 20

Every option may be a variable, too: --data-dir is APPFLOW_LOCAL_DATA_DIR; lists have commas between them.

With boto3, without variables:
  boto3.client('appflow', endpoint_url='http://127.0.0.1:4577', region_name='us-east-1',
               aws_access_key_id='test', aws_secret_access_key='test')

Look at it: http://127.0.0.1:4577/_appflow-local/

Let things go wrong, or time pass:
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/faults \\
       -d '{\"operation\": \"StartFlow\", \"times\": 2, \"kind\": \"throttle\"}'
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/run-faults \\
       -d '{\"flowName\": \"accounts\", \"message\": \"The vendor is away.\"}'
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/clock \\
       -d '{\"advanceSeconds\": 3600}'
Kinds of faults: error (with code, status, message), throttle, delay (with milliseconds), reset, halfBody.

Begin a test with nothing, or with what there was:
  curl http://127.0.0.1:4577/_appflow-local/snapshot -o state.json
  curl -H 'Content-Type: application/json' -X PUT http://127.0.0.1:4577/_appflow-local/snapshot -d @state.json
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/reset -d '{}'";

/// Serves until ctrl-c or SIGTERM.
pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    if options.health {
        return Ok(health::ask(options.port)?);
    }
    let output = Output::standard();
    // Before anyone can know that it runs: a signal that comes earlier than this ends it on the spot.
    let end = end_signal()?;
    let local = start(&options, &output).await?;
    if let Some(file) = &options.load {
        load(&local, file).await?;
    }
    greet(&local, &output.writer());
    let signal = end.await;
    output.writer().write("appflow-local: ending");
    local.shutdown().await;
    output.end();
    Ok(signal?)
}

async fn start(options: &Options, output: &Output) -> Result<AppFlowLocal, Box<dyn Error>> {
    let settings = Settings {
        run_duration: Duration::from_millis(options.run_duration),
        cancel_duration: Duration::from_millis(options.cancel_duration),
        strict: options.strict,
        ..Settings::default()
    };
    let mut builder = AppFlowLocal::builder()
        .address(SocketAddr::new(options.host, options.port))
        .settings(settings)
        .access_keys(keys(options)?);
    for name in &options.control_hosts {
        builder = builder.control_host(name);
    }
    if let Some(folder) = &options.data_dir {
        builder = builder.data_dir(folder);
    }
    if let Some(folder) = &options.buckets {
        builder = builder.buckets(folder);
    }
    if let Some(folder) = &options.sample_data {
        builder = builder.sample_data(folder);
    }
    if let Some(url) = &options.lambda_endpoint {
        builder = builder.lambda_endpoint(url)?;
    }
    if let Some(url) = &options.events_endpoint {
        builder = builder.events_endpoint(url)?;
    }
    if let Some(file) = &options.entities {
        builder = builder.entities(read_json(file)?);
    }
    if !options.quiet {
        let writer = output.writer();
        builder = builder.log(move |line| writer.write(line));
    }
    Ok(builder.start().await?)
}

/// Loads a snapshot into a state that holds nothing.
async fn load(local: &AppFlowLocal, file: &Path) -> Result<(), String> {
    let kept = local.snapshot();
    let holds_something = kept.get("records").and_then(|it| it.as_object());
    if holds_something.is_some_and(|records| !records.is_empty()) {
        return Ok(());
    }
    let restored = local.restore(read_json(file)?).await;
    restored.map_err(|error| format!("{}: {error}", file.display()))
}

/// Reads a JSON file; errors name it.
fn read_json<T: serde::de::DeserializeOwned>(file: &Path) -> Result<T, String> {
    let failed = |reason: &dyn std::fmt::Display| format!("{}: {reason}", file.display());
    let text = std::fs::read(file).map_err(|error| failed(&error))?;
    serde_json::from_slice(&text).map_err(|error| failed(&error))
}

fn keys(options: &Options) -> Result<AccessKeys, String> {
    let mut keys = if options.accept_any_key {
        AccessKeys::any()
    } else {
        AccessKeys::default()
    };
    for text in &options.access_keys {
        let mut pieces = text.splitn(3, ':');
        // The text holds a secret, so it is not repeated.
        let wrong = || "--access-key must be ID:SECRET or ID:SECRET:ACCOUNT".to_owned();
        let id = pieces
            .next()
            .filter(|id| !id.is_empty())
            .ok_or_else(wrong)?;
        let secret = pieces
            .next()
            .filter(|secret| !secret.is_empty())
            .ok_or_else(wrong)?;
        let account = pieces.next().unwrap_or(DEFAULT_ACCOUNT);
        // What is kept has the account in its key, and so has every ARN.
        if !is_account(account) {
            return Err("the ACCOUNT of --access-key must be 12 digits".to_owned());
        }
        keys = keys.with(id, secret, None, account);
    }
    for text in &options.sessions {
        keys = session(keys, text)
            .ok_or("--session must be ID:SECRET:TOKEN or ID:SECRET:TOKEN:SECONDS")?;
    }
    Ok(keys)
}

/// Adds a session, unless the text is not one.
fn session(keys: AccessKeys, text: &str) -> Option<AccessKeys> {
    let pieces: Vec<&str> = text.split(':').collect();
    let (id, secret, token, seconds) = match pieces[..] {
        [id, secret, token] => (id, secret, token, None),
        [id, secret, token, seconds] => (id, secret, token, Some(seconds.parse().ok()?)),
        _ => return None,
    };
    if [id, secret, token].contains(&"") {
        return None;
    }
    let keys = keys.with(id, secret, Some(token.to_owned()), DEFAULT_ACCOUNT);
    let Some(seconds) = seconds else {
        return Some(keys);
    };
    let at = SystemTime::now().checked_add(Duration::from_secs(seconds))?;
    Some(keys.expiring(id, at))
}

/// Says where it listens, and all that SDKs want to be told; they differ in where they look for the region.
fn greet(local: &AppFlowLocal, writer: &Writer) {
    let url = local.endpoint_url();
    writer.write(&format!(
        "appflow-local is ready at {url} (status page: {url}/_appflow-local/). For any SDK or the AWS CLI:\n  \
         export AWS_ENDPOINT_URL_APPFLOW={url}\n  \
         export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n  \
         export AWS_REGION={DEFAULT_REGION} AWS_DEFAULT_REGION={DEFAULT_REGION}"
    ));
}

/// Resolves when it is told to end; it listens from now on.
#[cfg(unix)]
fn end_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

#[cfg(not(unix))]
fn end_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
