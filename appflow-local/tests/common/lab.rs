//! Runs a flow from S3 to S3 on given files and tasks.

use super::http::call;
use appflow_local::{AccessKeys, AppFlowLocal, Builder, Settings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A service with the buckets `from` and `into`.
pub(crate) struct Lab {
    pub(crate) local: AppFlowLocal,
    pub(crate) folder: tempfile::TempDir,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) id: String,
    pub(crate) status: String,
    /// The execution's result.
    pub(crate) result: Value,
    /// The files of the bucket `into` by key, with `ID` for the id of the run.
    pub(crate) files: BTreeMap<String, String>,
}

impl Ran {
    /// Returns the only file.
    pub(crate) fn file(&self) -> &str {
        let mut files = self.files.values();
        match (files.next(), files.next()) {
            (Some(file), None) => file,
            _ => panic!("expected one file: {self:?}"),
        }
    }

    pub(crate) fn message(&self) -> &str {
        self.result["errorInfo"]["executionMessage"]
            .as_str()
            .unwrap_or_default()
    }
}

/// Returns a builder without a minimum duration of runs.
pub(crate) fn builder() -> Builder {
    let settings = Settings {
        run_duration: Duration::ZERO,
        cancel_duration: Duration::ZERO,
        ..Settings::default()
    };
    AppFlowLocal::builder()
        .access_keys(AccessKeys::any())
        .settings(settings)
}

/// Returns a task.
pub(crate) fn task(
    task_type: &str,
    operator: &str,
    fields: &[&str],
    to: &str,
    properties: Value,
) -> Value {
    let mut task = json!({
        "taskType": task_type, "sourceFields": fields, "taskProperties": properties,
        "connectorOperator": {"S3": operator},
    });
    if !to.is_empty() {
        task["destinationField"] = json!(to);
    }
    task
}

pub(crate) fn map(from: &str, to: &str) -> Value {
    task("Map", "NO_OP", &[from], to, json!({}))
}

pub(crate) fn map_all() -> Value {
    task("Map_all", "NO_OP", &[], "", json!({}))
}

/// Returns a flow from the bucket `from` to the bucket `into`.
pub(crate) fn flow(name: &str, tasks: &[Value], output: Value) -> Value {
    json!({
        "flowName": name, "triggerConfig": {"triggerType": "OnDemand"}, "tasks": tasks,
        "sourceFlowConfig": {"connectorType": "S3",
            "sourceConnectorProperties": {"S3": {"bucketName": "from", "bucketPrefix": "data"}}},
        "destinationFlowConfigList": [{"connectorType": "S3",
            "destinationConnectorProperties": {"S3": {"bucketName": "into", "s3OutputFormatConfig": output}}}],
    })
}

impl Lab {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for bucket in ["from", "into"] {
            std::fs::create_dir(folder.path().join(bucket)).unwrap();
        }
        let local = builder().buckets(folder.path()).start().await.unwrap();
        Self { local, folder }
    }

    /// Starts a service with sample data, and the profile `crm` of Salesforce.
    pub(crate) async fn with_sample(sample: &Path) -> Self {
        let Self { folder, .. } = Self::new().await;
        let local = builder().buckets(folder.path()).sample_data(sample);
        let lab = Self {
            local: local.start().await.unwrap(),
            folder,
        };
        let profile = json!({"connectorProfileName": "crm", "connectorType": "Salesforce", "connectionMode": "Public",
            "connectorProfileConfig": {"connectorProfileProperties": {"Salesforce": {}}}});
        lab.call("/create-connector-profile", &profile).await;
        lab
    }

    pub(crate) fn path(&self, key: &str) -> PathBuf {
        self.folder.path().join(key)
    }

    pub(crate) fn write(&self, key: &str, text: impl AsRef<[u8]>) {
        let path = self.path(key);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Calls an operation that must succeed.
    pub(crate) async fn call(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = call(self.local.address(), path, body).await;
        assert!(status == 200, "{path} {body}: {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// Returns the latest execution record of a flow.
    pub(crate) async fn newest(&self, flow: &str) -> Value {
        let asked = json!({ "flowName": flow });
        let records = self.call("/describe-flow-execution-records", &asked).await;
        records["flowExecutions"][0].clone()
    }

    /// Waits until the latest run of a flow has ended.
    pub(crate) async fn wait(&self, flow: &str) -> Ran {
        for _ in 0..6000 {
            let record = self.newest(flow).await;
            let status = record["executionStatus"].as_str().unwrap_or("InProgress");
            if !["InProgress", "CancelStarted"].contains(&status) {
                let id = record["executionId"].as_str().unwrap().to_owned();
                return Ran {
                    files: files(&self.path("into"), &id),
                    status: status.to_owned(),
                    result: record["executionResult"].clone(),
                    id,
                };
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("timed out waiting for the run");
    }

    /// Starts a flow and waits until the run has ended.
    pub(crate) async fn start(&self, flow: &str) -> Ran {
        self.call("/start-flow", &json!({ "flowName": flow })).await;
        self.wait(flow).await
    }

    /// Creates a flow and runs it.
    pub(crate) async fn run(&self, tasks: &[Value], output: Value) -> Ran {
        self.call("/create-flow", &flow("flow", tasks, output))
            .await;
        self.start("flow").await
    }
}

/// Returns all files below a folder by relative path.
pub(crate) fn files(folder: &Path, id: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let key = path.strip_prefix(folder).unwrap().to_string_lossy();
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            found.insert(key.replace(id, "ID"), text);
        }
    }
    found
}
