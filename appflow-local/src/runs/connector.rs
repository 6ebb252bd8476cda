//! [`Connector`]: a custom connector as an end of a run: pages of records in, batches of records out.

use super::job::{End, Signal};
use super::read::{Item, json_record};
use crate::functions::{Context, Failure, Functions, Question, set};
use appflow_sdk::types::WriteOperationType;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Handle;

/// The records of a page or a batch, as the connector SDKs have it by default.
const AT_ONCE: usize = 1000;
/// The bytes of the records of a batch: what Lambda takes, less the room for the rest of the request.
const MOST_BYTES: usize = 4 << 20;
/// How often a function that is busy is asked.
const ATTEMPTS: u32 = 3;

/// A connector and one of its entities.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    pub(crate) functions: Arc<Functions>,
    pub(crate) context: Context,
    pub(crate) entity: String,
}

/// A query of a connector.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub(crate) connector: Connector,
    pub(crate) fields: Option<Vec<String>>,
    pub(crate) filter: Option<String>,
}

/// A connector that records are written to.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) connector: Connector,
    pub(crate) operation: Option<WriteOperationType>,
    pub(crate) id_fields: Vec<String>,
}

/// A batch of records that were given to a connector, and why those failed that did.
pub(crate) struct Written {
    pub(crate) records: Vec<String>,
    /// By their position in the batch.
    pub(crate) failures: Vec<(usize, String)>,
}

impl Reader {
    /// Gives all records of a query, until `take` wants no more.
    pub(crate) fn read(
        &self,
        signal: &Signal,
        take: &mut dyn FnMut(Item, usize) -> Result<(), End>,
    ) -> Result<(), End> {
        let connector = &self.connector;
        let mut request = json!({
            "type": "QueryDataRequest", "entityIdentifier": connector.entity, "maxResults": AT_ONCE,
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
            let answer = connector.ask(&request, signal)?;
            for record in answer["records"].as_array().into_iter().flatten() {
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
            match answer["nextToken"].as_str() {
                None | Some("") => return Ok(()),
                Some(token) if request["nextToken"].as_str() == Some(token) => {
                    let reason = "the connector gave the same next token twice";
                    return Err(End::Failed(reason.to_owned()));
                }
                Some(token) => request["nextToken"] = json!(token),
            }
        }
    }
}

impl Connector {
    /// The definition of the entity, which the connector wants to be told of its own.
    fn definition(&self, signal: &Signal) -> Result<Value, End> {
        let request = crate::functions::describe_entity(&self.context, &self.entity);
        Ok(self.ask(&request, signal)?["entityDefinition"].take())
    }

    /// Asks the function, again when it is busy; it may have written some of what it was given.
    fn ask(&self, request: &Value, signal: &Signal) -> Result<Value, End> {
        let question = Question {
            function: self.context.function.clone(),
            request: request.clone(),
        };
        let asked = async {
            for attempt in 1.. {
                let answer = self.functions.ask(&question).await;
                let failure = match answer.map(|answer| (Failure::told(&answer), answer)) {
                    Ok((None, answer)) => return Ok(answer),
                    Ok((Some(failure), answer)) if failure.is_partial() => return Ok(answer),
                    Ok((Some(failure), _)) | Err(failure) => failure,
                };
                match failure.retry_after().filter(|_| attempt < ATTEMPTS) {
                    Some(delay) => tokio::time::sleep(delay).await,
                    None => return Err(End::Failed(failure.to_string())),
                }
            }
            Err(End::Canceled)
        };
        // This thread is one of those that may block.
        Handle::current().block_on(async {
            tokio::select! {
                answer = asked => answer,
                end = signal.ended() => Err(end),
            }
        })
    }
}

impl Writer {
    /// Gives the records of a file, one a line, to the connector; `written` is told of each batch.
    pub(crate) fn write(
        &self,
        file: &Path,
        all_or_none: bool,
        signal: &Signal,
        written: &mut dyn FnMut(Written) -> Result<(), End>,
    ) -> Result<(), End> {
        let unreadable = |error: io::Error| End::Failed(format!("the records of the run: {error}"));
        let definition = self.connector.definition(signal)?;
        let mut lines = BufReader::new(File::open(file).map_err(unreadable)?).lines();
        loop {
            let (mut records, mut bytes) = (Vec::new(), 0);
            while records.len() < AT_ONCE && bytes < MOST_BYTES {
                let Some(line) = lines.next() else { break };
                let line = line.map_err(unreadable)?;
                bytes += line.len();
                records.push(line);
            }
            if records.is_empty() {
                return Ok(());
            }
            let answer = self
                .connector
                .ask(&self.request(&definition, &records, all_or_none), signal)?;
            let failures = failures(&answer);
            written(Written { records, failures })?;
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

/// The records of a batch that were not written: results come in the order of the records.
fn failures(answer: &Value) -> Vec<(usize, String)> {
    let results = answer["writeRecordResults"]
        .as_array()
        .into_iter()
        .flatten();
    let failed = results.enumerate().filter_map(|(position, result)| {
        let failed = result["isSuccess"].as_bool() == Some(false);
        let reason = result["errorMessage"]
            .as_str()
            .unwrap_or("the connector gave no reason");
        failed.then(|| (position, reason.to_owned()))
    });
    failed.collect()
}
