//! The command line of `appflow-local`.

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

/// A local Amazon AppFlow for development and tests, for every SDK.
///
/// It serves all 25 operations of AppFlow, keeps flows, runs, connector profiles and tags, and completes runs by itself.
/// It needs no AWS account, and no data leaves this machine.
#[derive(Debug, Parser)]
#[command(version, after_long_help = EXAMPLES)]
pub(crate) struct Options {
    /// Port to listen on; 0 selects a free port
    #[arg(long, default_value_t = 4577, env = "APPFLOW_LOCAL_PORT")]
    port: u16,
    /// Address to listen on; other than loopback addresses are reachable from the network
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), env = "APPFLOW_LOCAL_HOST")]
    host: IpAddr,
    /// Host name or address, besides localhost, for which the control API and the status page respond; other names are
    /// rejected to prevent DNS rebinding
    #[arg(
        long = "control-host",
        value_name = "NAME",
        env = "APPFLOW_LOCAL_CONTROL_HOSTS",
        value_delimiter = ','
    )]
    control_hosts: Vec<String>,
    /// Folder to keep the state in; without it, the state is lost on exit
    #[arg(long, value_name = "DIR", env = "APPFLOW_LOCAL_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Folder whose subfolders are S3 buckets; flows from S3 to S3 then move data
    #[arg(long, value_name = "DIR", env = "APPFLOW_LOCAL_BUCKETS")]
    buckets: Option<PathBuf>,
    /// URL of an S3 endpoint, such as that of MinIO or moto, instead of --buckets. Credentials and region come from the
    /// environment or the profile, as in the AWS CLI; without them, they are test:test and us-east-1
    #[arg(
        long,
        value_name = "URL",
        env = "APPFLOW_LOCAL_S3_ENDPOINT",
        conflicts_with = "buckets"
    )]
    s3_endpoint: Option<String>,
    /// Folder with records of other sources, such as DIR/Salesforce/Account.jsonl; records for other destinations are
    /// written to DIR/_written
    #[arg(long, value_name = "DIR", env = "APPFLOW_LOCAL_SAMPLE_DATA")]
    sample_data: Option<PathBuf>,
    /// URL of a Lambda endpoint. The functions of custom connectors are called there with
    /// POST /2015-03-31/functions/NAME/invocations
    #[arg(long, value_name = "URL", env = "APPFLOW_LOCAL_LAMBDA_ENDPOINT")]
    lambda_endpoint: Option<String>,
    /// JSON file of entities to add to the built-in ones:
    /// {"Salesforce": {"Custom__c": ["Id", {"name": "Total__c", "type": "double"}]}}
    #[arg(long, value_name = "FILE", env = "APPFLOW_LOCAL_ENTITIES")]
    entities: Option<PathBuf>,
    /// Access key to accept, besides test:test
    #[arg(
        long = "access-key",
        value_name = "ID:SECRET[:ACCOUNT]",
        env = "APPFLOW_LOCAL_ACCESS_KEYS",
        hide_env_values = true,
        value_delimiter = ','
    )]
    access_keys: Vec<String>,
    /// Session to accept; it expires after SECONDS, and has expired already with 0
    #[arg(
        long = "session",
        value_name = "ID:SECRET:TOKEN[:SECONDS]",
        env = "APPFLOW_LOCAL_SESSIONS",
        hide_env_values = true,
        value_delimiter = ','
    )]
    sessions: Vec<String>,
    /// Accept any access key and any signature
    #[arg(long, env = "APPFLOW_LOCAL_ACCEPT_ANY_KEY", value_parser = FalseyValueParser::new())]
    accept_any_key: bool,
    /// Time that a run is InProgress, in milliseconds
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 1000,
        env = "APPFLOW_LOCAL_RUN_DURATION"
    )]
    run_duration: u64,
    /// Time that a canceled run is CancelStarted, in milliseconds
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 500,
        env = "APPFLOW_LOCAL_CANCEL_DURATION"
    )]
    cancel_duration: u64,
    /// Reject flows that AppFlow accepts with likely mistakes, such as a Map of a field that is not projected; by default,
    /// these are warnings in the log and on the status page
    #[arg(long, env = "APPFLOW_LOCAL_STRICT", value_parser = FalseyValueParser::new())]
    strict: bool,
    /// Do not log requests
    #[arg(long, env = "APPFLOW_LOCAL_QUIET", value_parser = FalseyValueParser::new())]
    quiet: bool,
    /// Load this snapshot, a response of GET /_appflow-local/snapshot, unless the data folder already holds a state
    #[arg(long, value_name = "FILE", env = "APPFLOW_LOCAL_LOAD")]
    load: Option<PathBuf>,
    /// http:// or https:// URL to send an EventBridge event to for each run, with POST
    #[arg(long, value_name = "URL", env = "APPFLOW_LOCAL_EVENTS_ENDPOINT")]
    events_endpoint: Option<String>,
    /// Check whether the program that listens on --host and --port is ready, and exit with 0 if so
    #[arg(long)]
    health: bool,
}

impl Options {
    fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}

const EXAMPLES: &str = "\
Try it:
  appflow-local --port 4577
  export AWS_ENDPOINT_URL_APPFLOW=http://127.0.0.1:4577
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  aws appflow list-flows --max-results 20

Each option has an environment variable, such as APPFLOW_LOCAL_DATA_DIR for --data-dir. Separate lists with commas.

Use it from boto3, without variables:
  boto3.client('appflow', endpoint_url='http://127.0.0.1:4577', region_name='us-east-1',
               aws_access_key_id='test', aws_secret_access_key='test')

Open the status page: http://127.0.0.1:4577/_appflow-local/

Inject faults, or move the clock:
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/faults \\
       -d '{\"operation\": \"StartFlow\", \"times\": 2, \"kind\": \"throttle\"}'
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/run-faults \\
       -d '{\"flowName\": \"accounts\", \"message\": \"The vendor is unavailable.\"}'
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/clock \\
       -d '{\"advanceSeconds\": 3600}'
Kinds of faults: error (with code, status, message), throttle, delay (with milliseconds), reset, halfBody.

Save, restore or reset the state:
  curl http://127.0.0.1:4577/_appflow-local/snapshot -o state.json
  curl -H 'Content-Type: application/json' -X PUT http://127.0.0.1:4577/_appflow-local/snapshot -d @state.json
  curl -H 'Content-Type: application/json' http://127.0.0.1:4577/_appflow-local/reset -d '{}'";

/// Runs the service until Ctrl-C or SIGTERM.
pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    if options.health {
        return Ok(health::check(options.address())?);
    }
    let output = Output::standard();
    // Installed before the service is announced: an earlier signal kills the process.
    let end = end_signal()?;
    let local = start(&options, &output).await?;
    if let Some(file) = &options.load {
        load(&local, file).await?;
    }
    print_ready(&local, &output.writer());
    let signal = end.await;
    output.writer().write("appflow-local: shutting down");
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
        .address(options.address())
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
    if let Some(url) = &options.s3_endpoint {
        builder = builder.s3_endpoint(url)?;
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

/// Loads a snapshot unless there is a state already.
async fn load(local: &AppFlowLocal, file: &Path) -> Result<(), String> {
    let kept = local.snapshot();
    let holds_something = kept.get("records").and_then(|it| it.as_object());
    if holds_something.is_some_and(|records| !records.is_empty()) {
        return Ok(());
    }
    let restored = local.restore(read_json(file)?).await;
    restored.map_err(|error| format!("{}: {error}", file.display()))
}

/// Reads a JSON file.
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
        // The text contains a secret, so the message does not repeat it.
        let wrong = || "invalid --access-key: expected ID:SECRET or ID:SECRET:ACCOUNT".to_owned();
        let id = pieces
            .next()
            .filter(|id| !id.is_empty())
            .ok_or_else(wrong)?;
        let secret = pieces
            .next()
            .filter(|secret| !secret.is_empty())
            .ok_or_else(wrong)?;
        let account = pieces.next().unwrap_or(DEFAULT_ACCOUNT);
        // The account is part of storage keys and ARNs.
        if !is_account(account) {
            return Err("invalid ACCOUNT of --access-key: it must be 12 digits".to_owned());
        }
        keys = keys.with(id, secret, None, account);
    }
    for text in &options.sessions {
        keys = session(keys, text)
            .ok_or("invalid --session: expected ID:SECRET:TOKEN or ID:SECRET:TOKEN:SECONDS")?;
    }
    Ok(keys)
}

/// Adds a session; returns `None` if the text is not one.
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

/// Prints the URL and the variables that SDKs need; they differ in the variable for the region.
fn print_ready(local: &AppFlowLocal, writer: &Writer) {
    let url = local.endpoint_url();
    writer.write(&format!(
        "appflow-local is ready at {url} (status page: {url}/_appflow-local/). Set for any SDK or the AWS CLI:\n  \
         export AWS_ENDPOINT_URL_APPFLOW={url}\n  \
         export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n  \
         export AWS_REGION={DEFAULT_REGION} AWS_DEFAULT_REGION={DEFAULT_REGION}"
    ));
}

/// Returns a future that resolves on SIGINT or SIGTERM, with the handlers already installed.
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
