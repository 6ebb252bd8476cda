//! Changes random values so that they are valid in their location.

use crate::draw::{Draw, Side};
use aws_smithy_types::base64;
use serde_json::{Map, Value, json};
use smithy_model::{Member, Model, ShapeId};

/// Makes header values printable, JSON strings valid, and ARNs for endpoints valid. Removes dot segments of paths, which the
/// client rejects and botocore sends. Removes nulls in responses, which the suites of AppFlow cover, and characters that XML
/// cannot hold: botocore writes them into documents nevertheless, and reads none with them.
pub(super) fn fit(model: &Model, id: &ShapeId, value: &mut Value, draw: &mut Draw<'_>) {
    let (Some(shape), Value::Object(members)) = (model.shape(id), value) else {
        return;
    };
    let protocol = |name: &str| {
        let service = model.service();
        service.is_ok_and(|service| service.traits.has(&format!("aws.protocols#{name}")))
    };
    let is_rest_xml = protocol("restXml");
    let is_xml =
        is_rest_xml || draw.side == Side::Output && (protocol("awsQuery") || protocol("ec2Query"));
    // botocore adds the digests of keys for server-side encryption.
    members.retain(|name, _| !(is_rest_xml && name.contains("SSECustomer")));
    if is_rest_xml && draw.side == Side::Input && shape.member("EncodingType").is_some() {
        members.insert("EncodingType".to_owned(), json!(null));
    }
    for (name, value) in members.iter_mut() {
        if is_xml {
            each_text(value, &mut in_xml);
        }
        if draw.side == Side::Output {
            without_nulls(value);
        }
        let Some(member) = shape.member(name) else {
            continue;
        };
        let in_headers = ["smithy.api#httpHeader", "smithy.api#httpPrefixHeaders"];
        if in_headers.iter().any(|id| member.traits.has(id)) {
            each_text(value, &mut printable);
        }
        if let Value::Object(entries) = value
            && member.traits.has("smithy.api#httpPrefixHeaders")
        {
            *entries = std::mem::take(entries)
                .into_iter()
                .map(|(key, value)| (name_of_header(&key), value))
                .collect();
        }
        if member.traits.has("smithy.api#httpLabel") {
            each_text(value, &mut without_dot_segments);
        }
        // Only the text after the last slash is sent, and the client rejects an empty one.
        if IDS.contains(&member.target.name()) {
            each_text(value, &mut |text| {
                format!("{}x", text.trim_end_matches('/'))
            });
        }
        if is_json(model, member) && value.is_string() {
            let text = json!({"number": draw.rng.i32(..), "text": value.as_str().map(printable)});
            *value = json!(text.to_string());
        }
        if is_rest_xml && name == "Bucket" && value.is_string() {
            *value = json!(BUCKETS[draw.rng.usize(..BUCKETS.len())]);
        }
        if is_rest_xml && let Some(text) = text_of(name) {
            *value = json!(text);
        }
        if is_rest_xml {
            with_number(name, value, draw);
        }
        let is_algorithm = name == "ChecksumAlgorithm" && draw.side == Side::Input;
        if is_algorithm && !ALGORITHMS.iter().any(|known| value == known) {
            *value = json!("SHA256");
        }
        if name.ends_with("ARN") && value.is_string() {
            *value = json!(ARNS[draw.rng.usize(..ARNS.len())]);
        }
    }
    if draw.side == Side::Input {
        announce_length(members);
        if is_rest_xml && draw.rng.bool() {
            members.retain(|name, _| !is_checksum(name));
        }
    }
}

/// Returns whether a member is the checksum of a body. Some inputs have so many that one of them is nearly always set, and no
/// client computes another then.
fn is_checksum(name: &str) -> bool {
    let algorithm = name.strip_prefix("Checksum");
    algorithm.is_some_and(|algorithm| !["Algorithm", "Mode", "Type"].contains(&algorithm))
}

/// Members of S3 that are numbers in botocore's model, and text in that of the client.
const NUMBERS: &[&str] = &["NextPartNumberMarker", "PartNumberMarker"];

/// Makes numbers of the texts that botocore reads as numbers, also within structures.
fn with_number(name: &str, value: &mut Value, draw: &mut Draw<'_>) {
    match value {
        Value::Object(members) => {
            let members = members.iter_mut();
            members.for_each(|(name, value)| with_number(name, value, draw));
        }
        Value::String(text) if NUMBERS.contains(&name) => *text = draw.rng.i32(..).to_string(),
        _ => {}
    }
}

/// Makes an announced length that of the body. botocore sends any, and HTTP does not allow another.
fn announce_length(members: &mut Map<String, Value>) {
    let body = members.get("Body").and_then(Value::as_str);
    let bytes = body.and_then(|body| base64::decode(body).ok());
    let length = bytes.map_or(0, |bytes| bytes.len());
    if let Some(announced) = members.get_mut("ContentLength") {
        *announced = json!(length);
    }
}

/// The shapes of the ids of Route 53.
const IDS: &[&str] = &["ResourceId", "ChangeId", "DelegationSetId"];

/// ARNs of the endpoint's account, of another region and partition, and an invalid one.
const ARNS: &[&str] = &[
    "arn:aws:kinesis:us-west-2:123456789012:stream/name",
    "arn:aws:kinesis:eu-central-1:000000000000:stream/a/consumer/b:1",
    "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/name",
    "arn:aws:dynamodb:us-west-2:123456789012:table/name",
    "arn:aws:kinesis:us-west-2::stream/name",
    "arn",
    "",
];

/// Buckets that are a part of the host, and one that is a part of the path.
const BUCKETS: &[&str] = &["bucket", "a-bucket-1", "a.bucket"];

/// Returns the text of members of S3 that botocore changes: `Expires` is text in the model and a time in botocore, a
/// source is encoded with rules of its own, keys of lists are encoded for URLs and decoded unless the input has this, and
/// the fraction of a time in a header is dropped.
fn text_of(name: &str) -> Option<&'static str> {
    match name {
        "Expires" => Some("Fri, 02 Jan 2026 03:04:05 GMT"),
        "CopySource" => Some("bucket/a key/\u{e9}"),
        "RenameSource" => Some("bucket/a-key"),
        "EncodingType" => Some("url"),
        "ObjectLockRetainUntilDate" => Some("2026-01-02T03:04:05Z"),
        _ => None,
    }
}

/// The checksums that both sides compute.
const ALGORITHMS: &[&str] = &["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];

/// Removes the characters that XML 1.0 cannot hold.
fn in_xml(text: &str) -> String {
    let is_char = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(is_char).collect()
}

fn is_json(model: &Model, member: &Member) -> bool {
    let of_target = model.shape(&member.target).map(|shape| &shape.traits);
    let mut traits = [Some(&member.traits), of_target].into_iter().flatten();
    traits.any(|traits| traits.raw("smithy.api#mediaType") == Some(&json!("application/json")))
}

fn each_text(value: &mut Value, change: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|value| each_text(value, change)),
        Value::Object(entries) => {
            let changed = std::mem::take(entries)
                .into_iter()
                .map(|(name, mut value)| {
                    each_text(&mut value, change);
                    (change(&name), value)
                });
            *entries = changed.collect::<Map<_, _>>();
        }
        _ => {}
    }
}

/// Makes a text valid in a header: not empty, without line breaks and without spaces at its ends.
fn printable(text: &str) -> String {
    let text: String = text.chars().filter(|c| matches!(c, ' '..='~')).collect();
    match text.trim() {
        "" => "x".to_owned(),
        text => text.to_owned(),
    }
}

/// Makes a text valid as a part of the name of a header: botocore sends other names too, and the client rejects them.
fn name_of_header(text: &str) -> String {
    let is_token = |c: &char| c.is_ascii_alphanumeric() || "-_.".contains(*c);
    let text: String = text.chars().filter(is_token).collect();
    format!("x{}", text.to_ascii_lowercase())
}

fn without_dot_segments(text: &str) -> String {
    let segment = |segment| match segment {
        "." | ".." => "x",
        "" if text.is_empty() => "x",
        segment => segment,
    };
    text.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn without_nulls(value: &mut Value) {
    match value {
        Value::Array(elements) => {
            elements.retain(|value| !value.is_null());
            elements.iter_mut().for_each(without_nulls);
        }
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(without_nulls);
        }
        _ => {}
    }
}
