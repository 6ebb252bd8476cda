//! Runs flows from S3 to S3 on an S3 endpoint in this process.

use super::FakeS3;
use crate::common::lab::{Lab, Ran, builder, flow};
use appflow_local::Builder;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// A service with the buckets `from` and `into` of an S3 endpoint.
pub(crate) struct S3Lab {
    pub(crate) lab: Lab,
    pub(crate) s3: FakeS3,
}

impl S3Lab {
    pub(crate) async fn new() -> Self {
        Self::with(builder()).await
    }

    /// Starts a service with other settings.
    pub(crate) async fn with(builder: Builder) -> Self {
        let s3 = FakeS3::start(&["from", "into"]).await;
        let builder = builder.s3_endpoint(&s3.url).unwrap();
        // The folder of files stays empty.
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("into")).unwrap();
        let local = builder.start().await.unwrap();
        Self {
            lab: Lab { local, folder },
            s3,
        }
    }

    /// Writes an object to the bucket `from`.
    pub(crate) fn write(&self, key: &str, text: impl Into<String>) {
        let text = text.into().into_bytes();
        self.s3.store.write("from", key, text, SystemTime::now());
    }

    /// Returns the texts of the bucket `into`, with `ID` for the id of a run.
    pub(crate) fn written(&self, ran: &Ran) -> BTreeMap<String, String> {
        let objects = self.s3.store.objects("into").into_iter();
        let texts = objects.map(|(key, bytes)| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            (key.replace(&ran.id, "ID"), text)
        });
        texts.collect()
    }

    /// Returns the text of the only object of the bucket `into`.
    pub(crate) fn only(&self, ran: &Ran) -> String {
        let mut written = self.written(ran).into_values();
        match (written.next(), written.next()) {
            (Some(text), None) => text,
            _ => panic!("expected one object: {ran:?}"),
        }
    }

    /// Creates a flow and runs it.
    pub(crate) async fn run(&self, tasks: &[Value], output: Value) -> Ran {
        let flow = flow("flow", tasks, output);
        self.lab.call("/create-flow", &flow).await;
        self.lab.start("flow").await
    }

    /// Starts the flow and cancels it when a condition holds.
    pub(crate) async fn cancel_when(&self, is_time: impl Fn(&FakeS3) -> bool) -> Ran {
        let name = json!({"flowName": "flow"});
        self.lab.call("/start-flow", &name).await;
        while !is_time(&self.s3) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        self.lab.call("/cancel-flow-executions", &name).await;
        self.lab.wait("flow").await
    }
}
