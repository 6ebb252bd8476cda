//! The command line: what it teaches, and how options become a service.

use appflow_local::{AccessKeys, AppFlowLocal, DEFAULT_ACCOUNT, DEFAULT_REGION, Settings};
use clap::Parser;
use std::error::Error;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// An Amazon AppFlow to develop and test against, for every SDK.
///
/// It answers all 25 operations of AppFlow as the real service does, keeps flows, runs, connector profiles and tags, and
/// moves runs on from InProgress to Successful. Nothing leaves this machine and no AWS account is needed.
#[derive(Debug, Parser)]
#[command(version, after_long_help = TEACHING)]
pub(crate) struct Options {
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 4577)]
    port: u16,
    /// The address to listen on; anything but a loopback address lets others on the network in
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Keeps the state in this folder; without it, the state ends with the program
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// An access key to accept, besides test:test
    #[arg(long = "access-key", value_name = "ID:SECRET[:ACCOUNT]")]
    access_keys: Vec<String>,
    /// Accepts any access key and any signature
    #[arg(long)]
    accept_any_key: bool,
    /// How long a run is InProgress, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    run_duration: u64,
    /// How long a canceled run is CancelStarted, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 500)]
    cancel_duration: u64,
    /// Prints no line for each request
    #[arg(long)]
    quiet: bool,
}

const TEACHING: &str = "\
Try it:
  appflow-local --port 4577
  aws appflow list-flows --endpoint-url http://127.0.0.1:4577

With boto3:
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

Kinds of faults: error (with code, status, message), throttle, delay (with milliseconds), reset, halfBody.";

/// Serves until ctrl-c or SIGTERM.
pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let local = start(&options).await?;
    greet(&local);
    end_signal().await?;
    say("appflow-local: ending");
    local.shutdown().await;
    Ok(())
}

async fn start(options: &Options) -> Result<AppFlowLocal, Box<dyn Error>> {
    let settings = Settings {
        run_duration: Duration::from_millis(options.run_duration),
        cancel_duration: Duration::from_millis(options.cancel_duration),
        ..Settings::default()
    };
    let mut builder = AppFlowLocal::builder()
        .address(SocketAddr::new(options.host, options.port))
        .settings(settings)
        .access_keys(keys(options)?);
    if let Some(folder) = &options.data_dir {
        builder = builder.data_dir(folder);
    }
    if !options.quiet {
        builder = builder.log(say);
    }
    Ok(builder.start().await?)
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
        keys = keys.with(id, secret, None, pieces.next().unwrap_or(DEFAULT_ACCOUNT));
    }
    Ok(keys)
}

fn greet(local: &AppFlowLocal) {
    let url = local.endpoint_url();
    say(&format!(
        "appflow-local is ready at {url} (status page: {url}/_appflow-local/). For any SDK or the AWS CLI:\n  \
         export AWS_ENDPOINT_URL_APPFLOW={url}\n  \
         export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION={DEFAULT_REGION}"
    ));
}

/// Prints a line; that nobody reads it any more is no reason to end.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[cfg(unix)]
async fn end_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn end_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
