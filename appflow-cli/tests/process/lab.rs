//! A local account, a folder of definitions, and the command, for one test.

use appflow_local::{AppFlowLocal, Settings};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A local AppFlow that serves while the test waits for the command.
pub(crate) struct Lab {
    pub(crate) local: AppFlowLocal,
    /// One line for each call that was answered.
    pub(crate) calls: Arc<Mutex<Vec<String>>>,
    pub(crate) folder: TempDir,
    _runtime: Runtime,
}

impl Lab {
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let calls = Arc::new(Mutex::new(Vec::new()));
        let sink = calls.clone();
        let builder = AppFlowLocal::builder()
            .settings(settings)
            .log(move |line| sink.lock().unwrap().push(line.to_owned()));
        let local = runtime.block_on(builder.start()).unwrap();
        Self {
            local,
            calls,
            folder: tempfile::tempdir().unwrap(),
            _runtime: runtime,
        }
    }

    /// Returns the command in the folder, with this account in its environment and no other settings of AWS.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command
            .env("AWS_ENDPOINT_URL_APPFLOW", self.local.endpoint_url())
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test");
        command
    }

    /// Returns the command in the folder, without any settings.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_appflow"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("TERM", "xterm-256color")
            .env("AWS_EC2_METADATA_DISABLED", "true");
        command
    }

    /// Runs the command, checks its status, and returns its output.
    pub(crate) fn run(&self, arguments: &[&str], status: i32) -> String {
        let output = self.command(arguments).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(status),
            "{arguments:?}: {output:?}"
        );
        text(&output.stdout)
    }

    pub(crate) fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file below the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Writes a number of definitions of flows without connector profiles.
    pub(crate) fn write_flows(&self, count: usize) {
        for number in 0..count {
            let name = format!("copy-{number:02}");
            self.write(&format!("flows/{name}.yaml"), &flow(&name));
        }
    }

    /// Returns the number of answered calls of an operation.
    pub(crate) fn count(&self, operation: &str) -> usize {
        let calls = self.calls.lock().unwrap();
        let of = |line: &&String| line.split_whitespace().any(|word| word == operation);
        calls.iter().filter(of).count()
    }
}

/// Waits until a condition holds.
pub(crate) fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..3000 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{what}: not within 30 seconds");
}

/// Returns a flow from one bucket to another.
pub(crate) fn flow(name: &str) -> String {
    format!(
        "flowName: {name}
triggerConfig:
  triggerType: OnDemand
sourceFlowConfig:
  connectorType: S3
  sourceConnectorProperties:
    S3:
      bucketName: acme-exports
      bucketPrefix: {name}
destinationFlowConfigList:
  - connectorType: S3
    destinationConnectorProperties:
      S3:
        bucketName: acme-data-lake
tasks:
  - taskType: Map_all
    connectorOperator:
      S3: NO_OP
    sourceFields: []
"
    )
}

/// Returns the definition of the connector profile `crm`.
pub(crate) fn profile(access_token: &str) -> String {
    format!(
        "connectorProfileName: crm
connectorType: Salesforce
connectionMode: Public
connectorProfileConfig:
  connectorProfileProperties:
    Salesforce:
      instanceUrl: https://acme.my.salesforce.com
  connectorProfileCredentials:
    Salesforce:
      accessToken: {access_token}
"
    )
}

/// Returns the texts of all files of a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
