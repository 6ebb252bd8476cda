//! Compares presigned requests of an operation with those of botocore, for random inputs.

use super::fit;
use crate::Plan;
use crate::draw::{Draw, Side};
use crate::process::Process;
use crate::report::Tally;
use anyhow::Result;
use serde_json::{Map, Value, json};
use smithy_model::{Model, ShapeId};

/// The bodies of streams, which botocore cannot presign; a member that is text in the model and a time in botocore; and a
/// time in a header, whose fraction botocore drops.
const LEFT_OUT: &[&str] = &["Body", "Expires", "ObjectLockRetainUntilDate"];
/// The algorithm that the model does not have: botocore sends its name, and the client computes the checksum.
const UNKNOWN_ALGORITHM: &str = "ValueOfTomorrow";
/// The region in which botocore presigns a URL for the member beside it: a member that RDS does not know, and the client
/// does not have. EC2 requires one with this name.
const HANDLED: (&str, &str) = ("rds", "SourceRegion");
/// Buckets in hosts and in paths.
const BUCKETS: &[&str] = &["bucket", "my.bucket.example", "UPPER-case"];
/// The services of which botocore presigns a POST request, unless GET is requested.
const GET: &[&str] = &["ec2", "polly", "rds", "sts"];

/// An operation on both sides.
pub(super) struct Case<'a> {
    pub(super) service: &'static str,
    pub(super) model: &'a Model,
    pub(super) id: &'a ShapeId,
    pub(super) number: usize,
}

impl Case<'_> {
    /// Runs the cases of the plan.
    pub(super) fn run(
        &self,
        plan: &Plan,
        tally: &mut Tally,
        ours: &mut Process,
        theirs: &mut Process,
    ) -> Result<()> {
        let mut draw = Draw::new(self.model, Side::Input, plan.seed);
        for number in 0..plan.cases.div_ceil(4) {
            let input = self.input(&mut draw)?;
            let token = (number % 2 == 1).then_some("session/token+==");
            let seconds = 1 + draw.rng.u32(..604_800);
            let ours = ours.ask(&json!({
                "number": self.number,
                "input": input,
                "presign": seconds,
                "token": token,
            }))?;
            let theirs = theirs.ask(&json!({
                "do": "presign",
                "service": self.service,
                "operation": self.id.name(),
                "params": input,
                "seconds": seconds,
                "token": token,
                "method": GET.contains(&self.service).then_some("GET"),
            }))?;
            match fault(&ours, &theirs) {
                None => tally.pass(),
                Some(fault) => tally.fail(|| {
                    format!(
                        "{} --suite services --operation {} --seed {}:\n  input {input}\n  {fault}",
                        crate::COMMAND,
                        self.id.name(),
                        plan.seed
                    )
                }),
            }
        }
        Ok(())
    }

    /// Returns a random input with a bucket that both sides accept.
    fn input(&self, draw: &mut Draw<'_>) -> Result<Value> {
        let shape = self.model.expect(self.id)?;
        let input = shape
            .as_operation()
            .and_then(|operation| operation.input.as_ref());
        let Some(id) = input else {
            return Ok(json!({}));
        };
        let mut value = draw.structure(id);
        fit::fit(self.model, id, &mut value, draw);
        if let Value::Object(members) = &mut value {
            members.retain(|name, value| {
                let is_unknown = name == "ChecksumAlgorithm" && value == UNKNOWN_ALGORITHM;
                let is_handled = (self.service, name.as_str()) == HANDLED;
                !is_unknown && !is_handled && !LEFT_OUT.contains(&name.as_str())
            });
            if let Some(Value::Object(metadata)) = members.get_mut("Metadata") {
                metadata.retain(|key, _| is_name(key));
            }
            if let Some(bucket) = members.get_mut("Bucket") {
                *bucket = json!(BUCKETS[draw.rng.usize(..BUCKETS.len())]);
            }
        }
        Ok(value)
    }
}

/// Returns whether a key can be part of the name of a header. botocore presigns other keys, and the client rejects them.
fn is_name(key: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !key.is_empty() && key.bytes().all(is_token)
}

/// Returns the difference of two presigned requests. Those that both refuse are equal.
fn fault(ours: &Value, theirs: &Value) -> Option<String> {
    match (ours.get("refused"), theirs.get("refused")) {
        (Some(_), Some(_)) => None,
        (None, None) => {
            let (left, right) = (meaning(&ours["url"]), meaning(&theirs["url"]));
            (left != right).then(|| format!("ours {left}\n  theirs {right}"))
        }
        (ours, theirs) => Some(format!(
            "ours refused: {ours:?}, theirs refused: {theirs:?}"
        )),
    }
}

/// Returns a URL with its parameters by name: their order is not part of the signature.
fn meaning(url: &Value) -> Value {
    let url = url.as_str().unwrap_or_default();
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let mut parameters: Map<String, Value> = Map::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let values = parameters.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(json!(value));
        }
    }
    json!({ "address": address, "parameters": parameters })
}
