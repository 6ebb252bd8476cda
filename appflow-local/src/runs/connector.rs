//! [`Connector`]: reads pages of records from a custom connector, and writes batches of records to it.

use super::read::{Item, json_record};
use super::report::End;
use super::signal::Signal;
use crate::functions::{Context, Failure, Functions, Invocation, set};
use appflow_sdk::types::WriteOperationType;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Handle;

/// The maximum number of records of a page or a batch, which is the default of the connector SDKs.
const MAX_RECORDS: usize = 1000;
/// The size at which a batch is sent: the limit of Lambda, less the rest of the request.
const MAX_BATCH_BYTES: usize = 4 << 20;
/// The maximum number of attempts of a request.
const MAX_ATTEMPTS: u32 = 3;

/// A connector and one of its entities.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    pub(crate) functions: Arc<Functions>,
    pub(crate) context: Context,
    pub(crate) entity: String,
}

/// A query for the records of an entity.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub(crate) connector: Connector,
    pub(crate) fields: Option<Vec<String>>,
    pub(crate) filter: Option<String>,
}

/// The write operation for the records of an entity.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) connector: Connector,
    pub(crate) operation: Option<WriteOperationType>,
    pub(crate) id_fields: Vec<String>,
}

/// A batch of records that was sent to a connector.
pub(crate) struct Batch {
    pub(crate) records: Vec<String>,
    /// The positions of failed records in the batch, with the reasons.
    pub(crate) failures: BTreeMap<usize, String>,
}

impl Reader {
    /// Passes all records of the query to `take`, until it returns an error.
    pub(crate) fn read(
        &self,
        signal: &Signal,
        take: &mut dyn FnMut(Item, usize) -> Result<(), End>,
    ) -> Result<(), End> {
        let connector = &self.connector;
        let mut request = json!({
            "type": "QueryDataRequest", "entityIdentifier": connector.entity, "maxResults": MAX_RECORDS,
            "connectorContext": connector.context.json(Some(&connector.definition(signal)?)),
        });
        set(
            &mut request,
            "selectedFieldNames",
            self.fields.as_ref().map(|fields| json!(fields)),
        );
        set(
            &mut request,
            "filterExpression",
            self.filter.as_deref().map(Value::from),
        );
        loop {
            let response = connector.invoke(&request, signal)?;
            for record in response["records"].as_array().into_iter().flatten() {
                let text = record
                    .as_str()
                    .map_or_else(|| record.to_string(), str::to_owned);
                let item = match json_record(text.as_bytes()) {
                    Ok(row) => Item::Record(row),
                    Err(reason) => Item::Broken {
                        text: text.clone(),
                        reason,
                    },
                };
                take(item, text.len())?;
            }
            match response["nextToken"].as_str() {
                None | Some("") => return Ok(()),
                Some(token) if request["nextToken"].as_str() == Some(token) => {
                    let reason = "the connector returned the same next token twice";
                    return Err(End::Failed(reason.to_owned()));
                }
                Some(token) => request["nextToken"] = json!(token),
            }
        }
    }
}

impl Connector {
    /// Returns the definition of the entity, which is part of all requests for its records.
    fn definition(&self, signal: &Signal) -> Result<Value, End> {
        let request = crate::functions::describe_entity(&self.context, &self.entity);
        Ok(self.invoke(&request, signal)?["entityDefinition"].take())
    }

    /// Invokes the function, and retries temporary failures. A batch may be written in part.
    fn invoke(&self, request: &Value, signal: &Signal) -> Result<Value, End> {
        let invocation = Invocation {
            function: self.context.function.clone(),
            request: request.clone(),
        };
        let invoked = async {
            let mut attempt = 1;
            loop {
                let response = self.functions.invoke(&invocation).await;
                let failure = match response
                    .map(|response| (Failure::from_response(&response), response))
                {
                    Ok((None, response)) => return Ok(response),
                    Ok((Some(failure), response)) if failure.is_partial() => return Ok(response),
                    Ok((Some(failure), _)) | Err(failure) => failure,
                };
                match failure.retry_after().filter(|_| attempt < MAX_ATTEMPTS) {
                    Some(delay) => tokio::time::sleep(delay).await,
                    None => return Err(End::Failed(failure.to_string())),
                }
                attempt += 1;
            }
        };
        // A job has a thread of its own, which may block.
        Handle::current().block_on(async {
            tokio::select! {
                response = invoked => response,
                end = signal.ended() => Err(end),
            }
        })
    }
}

impl Writer {
    /// Sends the records of a file, one per line, to the connector, and calls `written` after each batch.
    pub(crate) fn write(
        &self,
        file: &Path,
        all_or_none: bool,
        signal: &Signal,
        written: &mut dyn FnMut(Batch) -> Result<(), End>,
    ) -> Result<(), End> {
        let unreadable =
            |error: io::Error| End::Failed(format!("cannot read the records of the run: {error}"));
        let definition = self.connector.definition(signal)?;
        let mut lines = BufReader::new(File::open(file).map_err(unreadable)?).lines();
        loop {
            let (mut records, mut bytes) = (Vec::new(), 0);
            while records.len() < MAX_RECORDS && bytes < MAX_BATCH_BYTES {
                let Some(line) = lines.next() else { break };
                let line = line.map_err(unreadable)?;
                bytes += line.len();
                records.push(line);
            }
            if records.is_empty() {
                return Ok(());
            }
            let response = self
                .connector
                .invoke(&self.request(&definition, &records, all_or_none), signal)?;
            let failures = failures(&response);
            written(Batch { records, failures })?;
        }
    }

    fn request(&self, definition: &Value, records: &[String], all_or_none: bool) -> Value {
        let operation = self
            .operation
            .as_ref()
            .unwrap_or(&WriteOperationType::Insert);
        let mut request = json!({
            "type": "WriteDataRequest", "entityIdentifier": self.connector.entity,
            "connectorContext": self.connector.context.json(Some(definition)), "operation": operation.as_str(),
            "records": records, "allOrNone": all_or_none,
        });
        if !self.id_fields.is_empty() {
            request["idFieldNames"] = json!(self.id_fields);
        }
        request
    }
}

/// Returns the failed records of a batch. The results have the order of the records.
fn failures(response: &Value) -> BTreeMap<usize, String> {
    let results = response["writeRecordResults"]
        .as_array()
        .into_iter()
        .flatten();
    let failed = results.enumerate().filter_map(|(position, result)| {
        let failed = result["isSuccess"].as_bool() == Some(false);
        let reason = result["errorMessage"]
            .as_str()
            .unwrap_or("the connector failed without a reason");
        failed.then(|| (position, reason.to_owned()))
    });
    failed.collect()
}
