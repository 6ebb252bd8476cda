//! Starts the program `appflow-local` and captures its output.

use super::once;
use appflow_sdk::Client;
use appflow_sdk::config::{Config, Credentials, Region};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The time limit for anything that is expected to be quick.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program, killed on drop.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) url: String,
    /// Its output after the first line.
    pub(crate) lines: Lines<BufReader<ChildStdout>>,
}

/// Returns the command that starts the program.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appflow-local"));
    command.stdout(Stdio::piped()).kill_on_drop(true);
    command
}

impl Program {
    /// Starts the program on a free port and waits until it is ready.
    pub(crate) async fn start(options: &[&str]) -> Self {
        Self::spawn(command(), options).await
    }

    /// Starts the program with a data folder.
    pub(crate) async fn start_in(folder: &Path) -> Self {
        let folder = folder.to_str().unwrap();
        Self::start(&["--quiet", "--run-duration", "20", "--data-dir", folder]).await
    }

    /// Starts the program with a command.
    pub(crate) async fn spawn(mut command: Command, options: &[&str]) -> Self {
        let mut child = command.args(["--port", "0"]).args(options).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = patiently(lines.next_line()).await.unwrap();
        let ready = ready.expect("the program exited before it was ready");
        let url = ready
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self { child, url, lines }
    }

    /// Returns a client for it with one attempt per call.
    pub(crate) fn client(&self) -> Client {
        client(&self.url)
    }

    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().unwrap().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", name, &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the program to exit; returns its output and its status.
    pub(crate) async fn end(mut self) -> (Vec<String>, ExitStatus) {
        let mut printed = Vec::new();
        while let Some(line) = patiently(self.lines.next_line()).await.unwrap() {
            printed.push(line);
        }
        (printed, patiently(self.child.wait()).await.unwrap())
    }
}

/// Returns a client with the default key and one attempt per call.
pub(crate) fn client(url: &str) -> Client {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(url)
        .build();
    Client::from_conf(once(config))
}

/// Waits up to the time limit.
pub(crate) async fn patiently<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future)
        .await
        .expect("timed out")
}
