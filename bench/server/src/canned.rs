//! [`Canned`]: prepared responses by path and size.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// A path and a size.
type Request = (String, usize);
/// The bytes of a whole response.
type Answer = Arc<[u8]>;

/// The responses so far.
#[derive(Default)]
pub(crate) struct Canned {
    answers: Mutex<HashMap<Request, Answer>>,
}

impl Canned {
    /// Returns the response to a request.
    pub(crate) fn answer(&self, path: &str, size: usize) -> Answer {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = answers.entry((path.to_owned(), size));
        answer
            .or_insert_with(|| response(&body(path, size)))
            .clone()
    }
}

fn response(body: &str) -> Answer {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\
        x-amzn-RequestId: 7d1b9f2c-1f0e-4bb2-9a53-0d2f6b0f9c11\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT";
    format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
        .into()
}

fn body(path: &str, size: usize) -> String {
    match path {
        "/list-flows" => format!(r#"{{"flows":[{}]}}"#, joined(size, flow)),
        "/describe-connector-entity" => {
            format!(r#"{{"connectorEntityFields":[{}]}}"#, joined(size, field))
        }
        "/create-flow" => {
            r#"{"flowArn":"arn:aws:appflow:eu-west-1:123456789012:flow/bench","flowStatus":"Active"}"#.to_owned()
        }
        _ => "{}".to_owned(),
    }
}

fn joined(count: usize, write: fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut json = String::new();
    for number in 0..count {
        if number > 0 {
            json.push(',');
        }
        // Writing to a string does not fail.
        let _ = write(&mut json, number);
    }
    json
}

fn flow(json: &mut String, number: usize) -> std::fmt::Result {
    write!(
        json,
        r#"{{"createdAt":17{number:08}.123,"createdBy":"arn:aws:iam::123456789012:user/bench","description":"Accounts of region {number}","destinationConnectorType":"S3","flowArn":"arn:aws:appflow:eu-west-1:123456789012:flow/accounts-{number:05}","flowName":"accounts-{number:05}","flowStatus":"Active","lastRunExecutionDetails":{{"mostRecentExecutionMessage":"Number of records processed: {number}","mostRecentExecutionStatus":"Successful","mostRecentExecutionTime":17{number:08}.5}},"lastUpdatedAt":17{number:08}.25,"lastUpdatedBy":"arn:aws:iam::123456789012:user/bench","sourceConnectorType":"Salesforce","tags":{{"team":"sales","stage":"production"}},"triggerType":"Scheduled"}}"#
    )
}

fn field(json: &mut String, number: usize) -> std::fmt::Result {
    write!(
        json,
        r#"{{"identifier":"Field{number:04}__c","label":"Field {number}","isPrimaryKey":false,"isDeprecated":false,"supportedFieldTypeDetails":{{"v1":{{"fieldType":"string","filterOperators":["PROJECTION","EQUAL_TO","CONTAINS"],"supportedValues":["one","two"]}}}},"description":"The field with the number {number}","sourceProperties":{{"isRetrievable":true,"isQueryable":true}},"destinationProperties":{{"isCreatable":true,"isNullable":true,"isUpsertable":false,"supportedWriteOperations":["INSERT","UPDATE"]}}}}"#
    )
}
