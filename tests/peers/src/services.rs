//! The suites "services": compares requests and responses of other services, with clients generated from botocore's models,
//! with those of botocore.
//!
//! The Python side writes responses from botocore's model, so they do not depend on our interpretation of the model.

mod body;
mod case;
mod choices;
mod comparison;
mod difference;
mod digests;
mod facts;
mod fit;
mod presigned;
mod request;

use crate::Plan;
use crate::client_crate::ClientCrate;
use crate::process::Process;
use crate::report::Tally;
use anyhow::{Context, Result};
use case::Case;
use smithy_codegen::{Options, lower};
use smithy_model::{Closure, Model, ShapeId};
use std::fs;
use std::path::{Path, PathBuf};

/// A tested service.
struct Service {
    /// Its name in botocore.
    name: &'static str,
    /// The tested operations; all of them if empty.
    operations: &'static [&'static str],
    /// `true` if the other operations are tested too, with fewer cases.
    others: bool,
}

const fn service(name: &'static str, operations: &'static [&'static str]) -> Service {
    Service {
        name,
        operations,
        others: false,
    }
}

impl Service {
    /// Also tests the other operations, with fewer cases.
    const fn and_others(mut self) -> Self {
        self.others = true;
        self
    }

    /// Returns the number of inputs of an operation. Each is an input, a response and an error.
    fn inputs(&self, cases: usize, operation: &str) -> usize {
        let share = match self.others && !self.operations.contains(&operation) {
            true => 32,
            false => 4,
        };
        cases.div_ceil(share)
    }
}

/// The services, which together cover every location of requests and responses, and every protocol.
const SERVICES: &[Service] = &[
    // restJson1: a map in the query, blobs as payloads.
    service(
        "apigateway",
        &[
            "CreateApiKey",
            "GetApiKeys",
            "GetExport",
            "ImportRestApi",
            "UpdateRestApi",
        ],
    ),
    // restXml: the deepest documents, blobs in documents and as payloads.
    service(
        "cloudfront",
        &[
            "AssociateAlias",
            "CreateCachePolicy",
            "CreateDistribution",
            "CreateFunction",
            "DeleteRealtimeLogConfig",
            "GetFunction",
            "ListDistributions",
            "TagResource",
        ],
    ),
    // awsJson1_0, compatible to awsQuery: errors with two codes, blobs, timestamps.
    service(
        "cloudwatch",
        &[
            "DescribeAlarms",
            "GetDashboard",
            "GetMetricData",
            "GetMetricWidgetImage",
            "PutDashboard",
            "PutMetricAlarm",
        ],
    ),
    // restXml: attributes, checksums, streams both ways, buckets in hosts and paths, bare roots of documents, events in XML.
    // All operations; those that show a mechanism have more cases.
    service(
        "s3",
        &[
            "CompleteMultipartUpload",
            "CopyObject",
            "CreateBucket",
            "DeleteObjects",
            "GetBucketAcl",
            "GetBucketLocation",
            "GetBucketNotification",
            "GetObject",
            "GetObjectAttributes",
            "HeadObject",
            "ListBuckets",
            "ListObjectVersions",
            "ListObjectsV2",
            "ListParts",
            "PutBucketAcl",
            "PutBucketLifecycleConfiguration",
            "PutBucketPolicy",
            "PutObject",
            "SelectObjectContent",
            "UploadPart",
        ],
    )
    .and_others(),
    // restJson1: documents, deep unions, headers, event streams.
    service(
        "bedrock-runtime",
        &[
            "ApplyGuardrail",
            "Converse",
            "ConverseStream",
            "CountTokens",
            "InvokeModel",
            "InvokeModelWithResponseStream",
            "ListAsyncInvokes",
        ],
    ),
    // awsJson1_0: recursive unions, blobs, endpoints that follow from the input.
    service(
        "dynamodb",
        &["BatchGetItem", "PutItem", "Query", "TransactWriteItems"],
    ),
    // restJson1: streams both ways, checksums in headers.
    service("ebs", &[]),
    // ec2Query: flat lists, names of their own, blobs and timestamps in forms.
    service(
        "ec2",
        &[
            "AuthorizeSecurityGroupIngress",
            "CreateVolume",
            "DescribeInstances",
            "DescribeSpotPriceHistory",
            "GetConsoleOutput",
            "ImportKeyPair",
            "ModifyVpcAttribute",
        ],
    ),
    // awsQuery: lists, errors with codes of their own.
    service(
        "iam",
        &[
            "CreateRole",
            "GenerateCredentialReport",
            "GetAccountSummary",
            "GetCredentialReport",
            "GetServiceLastAccessedDetails",
            "ListUsers",
            "SimulateCustomPolicy",
        ],
    ),
    // restJson1: payloads, JSON in headers.
    service("iot-data", &[]),
    // awsJson1_1: blobs, timestamps, endpoints that follow from the input, an event stream.
    service(
        "kinesis",
        &[
            "GetRecords",
            "ListShards",
            "ListStreams",
            "PutRecords",
            "SubscribeToShard",
        ],
    ),
    // restJson1: an event stream beside headers, and events that are bytes.
    service("lambda", &["InvokeWithResponseStream"]),
    // awsJson1_1: event streams at a host with a prefix.
    service("logs", &["GetLogObject", "StartLiveTail"]),
    // restJson1: greedy labels, streams both ways, payloads that are not signed.
    service("mediastore-data", &[]),
    // restJson1: lists in the query, a stream out, a presigned request of a document.
    service("polly", &[]),
    // restJson1, with a version, a default account and the hashes of a body.
    service(
        "glacier",
        &[
            "DescribeVault",
            "ListVaults",
            "UploadArchive",
            "UploadMultipartPart",
        ],
    ),
    // awsJson1_1: an endpoint in the input.
    service("machinelearning", &["Predict"]),
    // restJson1: a query that is sent as a form.
    service("cloudsearchdomain", &["Search", "Suggest"]),
    // restXml: ids with a path before them, greedy labels, documents in namespaces, timestamps.
    service(
        "route53",
        &[
            "ChangeResourceRecordSets",
            "CreateHealthCheck",
            "CreateHostedZone",
            "GetChange",
            "GetHealthCheckStatus",
            "GetHostedZone",
            "ListTagsForResource",
        ],
    ),
    // awsQuery: maps in answers, errors with codes of their own.
    service(
        "sns",
        &[
            "CheckIfPhoneNumberIsOptedOut",
            "ConfirmSubscription",
            "GetTopicAttributes",
            "ListSubscriptionsByTopic",
            "ListTagsForResource",
        ],
    ),
    // awsQuery: calls without a signature.
    service("sts", &[]),
];

/// The services with presigned requests.
const PRESIGNED: &[Service] = &[
    service("ec2", &["CopySnapshot"]),
    service("polly", &["SynthesizeSpeech"]),
    service("rds", &["CopyDBSnapshot"]),
    service(
        "s3",
        &[
            "DeleteObject",
            "GetObject",
            "HeadObject",
            "PutObject",
            "UploadPart",
        ],
    ),
    service("sts", &["GetCallerIdentity"]),
];

/// A service with its model, and the numbers and ids of its operations.
type Added<'a> = (&'a Service, Model, Vec<(usize, ShapeId)>);

/// Runs the suites.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Tally>> {
    let mut clients = ClientCrate::new(&plan.work, "service-clients")?;
    let mut number = 0;
    let services = add_all(plan, &mut clients, SERVICES, "", &mut number)?;
    let presigned = add_all(plan, &mut clients, PRESIGNED, "presigned_", &mut number)?;
    let mut ours = Process::start(&clients.build()?, &[])?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("services_peer.py");
    let mut theirs = Process::start(&plan.work.join("venv/bin/python"), &[&script])?;
    let mut tallies = Vec::new();
    for (service, model, operations) in &services {
        let mut tally = Tally::new(format!("services {}", service.name));
        for (number, id) in operations {
            if plan.wants(id.name()) {
                Case {
                    service: service.name,
                    model,
                    id,
                    operation: model.expect(id)?.as_operation().context("an operation")?,
                    number: *number,
                    ours: &mut ours,
                    theirs: &mut theirs,
                    token: None,
                    settled: Vec::new(),
                }
                .run(plan, service.inputs(plan.cases, id.name()), &mut tally)?;
            }
        }
        tallies.push(tally);
    }
    for (service, model, operations) in &presigned {
        let mut tally = Tally::new(format!("services presigned {}", service.name));
        for (number, id) in operations.iter().filter(|(_, id)| plan.wants(id.name())) {
            let case = presigned::Case {
                service: service.name,
                model,
                id,
                number: *number,
            };
            case.run(plan, &mut tally, &mut ours, &mut theirs)?;
        }
        tallies.push(tally);
    }
    if plan.operation.is_some() {
        tallies.retain(|tally| tally.cases() > 0);
    }
    Ok(tallies)
}

/// Adds the clients of services, in modules whose names begin with `prefix`.
fn add_all<'a>(
    plan: &Plan,
    clients: &mut ClientCrate,
    services: &'a [Service],
    prefix: &str,
    number: &mut usize,
) -> Result<Vec<Added<'a>>> {
    let add = |service: &'a Service| {
        let folder = plan.work.join("botocore/botocore/data").join(service.name);
        let model = Model::load_with_companions(&[newest(&folder)?])?;
        let operations = add(clients, service, &model, prefix, number);
        let operations = operations.with_context(|| service.name.to_owned())?;
        Ok((service, model, operations))
    };
    services.iter().map(add).collect()
}

/// Returns the newest model of a service, in a folder that is named for its date.
fn newest(service: &Path) -> Result<PathBuf> {
    let versions = fs::read_dir(service).with_context(|| service.display().to_string())?;
    let files = versions.flat_map(|version| {
        let folder = version.map(|version| version.path()).unwrap_or_default();
        ["service-2.json", "service-2.json.gz"].map(|file| folder.join(file))
    });
    let newest = files.filter(|file| file.is_file()).max();
    newest.with_context(|| format!("{}: no model", service.display()))
}

/// Generates the client of a service; returns the numbers of its operations.
fn add(
    clients: &mut ClientCrate,
    service: &Service,
    model: &Model,
    prefix: &str,
    number: &mut usize,
) -> Result<Vec<(usize, ShapeId)>> {
    let id = &model.service()?.id;
    let closure = match service.operations {
        names if names.is_empty() || service.others => Closure::of(model, id)?,
        names => Closure::of_operations(model, id, names)?,
    };
    let options = Options {
        user_agent: "peers".to_owned(),
        origin: format!("`{}`", crate::COMMAND),
        examples: None,
        html_documentation: true,
        protocols: Vec::new(),
    };
    let client = lower::lower(model, &closure, &options)?;
    let module = format!("{prefix}{}", service.name.replace('-', "_"));
    clients.add(&module, &client)?;
    let mut operations = Vec::new();
    for operation in &client.operations {
        clients.add_call(*number, &module, operation)?;
        operations.push((*number, operation.id.clone()));
        *number += 1;
    }
    Ok(operations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_operations_have_more_cases_than_others() {
        let some = service("a", &["Named"]);
        assert_eq!(some.inputs(200, "Named"), 50);
        let all = service("a", &["Named"]).and_others();
        assert_eq!(all.inputs(200, "Named"), 50);
        assert_eq!(all.inputs(200, "Other"), 7);
        assert_eq!(service("a", &[]).inputs(200, "Other"), 50);
    }
}
