//! Tests of operations on tags, the only ones with members in path and query.

use crate::support::{assert_post, call};
use serde_json::json;

const ARN: &str = "arn:aws:appflow:eu-central-1:123456789012:flow/sales data";
const PATH: &str = "/tags/arn%3Aaws%3Aappflow%3Aeu-central-1%3A123456789012%3Aflow%2Fsales%20data";

#[tokio::test]
async fn list_tags_for_resource() {
    let answer = json!({"tags": {"team": "sales", "empty": ""}});
    let (output, request) = call(answer, async |client| {
        client
            .list_tags_for_resource()
            .resource_arn(ARN)
            .send()
            .await
    })
    .await;
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", PATH)
    );
    assert_eq!(
        (request.header("content-type"), &request.body[..]),
        (None, &b""[..])
    );
    let tags = output.tags().unwrap();
    assert_eq!(
        (tags["team"].as_str(), tags["empty"].as_str(), tags.len()),
        ("sales", "", 2)
    );
    assert_eq!(output.request_id(), Some("request-1"));
}

#[tokio::test]
async fn tag_resource() {
    let (output, request) = call(json!({}), async |client| {
        let call = client.tag_resource().resource_arn(ARN);
        call.tags("team", "sales").tags("a/b", "").send().await
    })
    .await;
    assert_post(
        &request,
        PATH,
        &json!({"tags": {"team": "sales", "a/b": ""}}),
    );
    assert_eq!(output.request_id(), Some("request-1"));
}

#[tokio::test]
async fn untag_resource() {
    let (output, request) = call(json!({}), async |client| {
        let call = client.untag_resource().resource_arn(ARN);
        call.tag_keys("team")
            .tag_keys("a/b & c=d")
            .tag_keys("é")
            .send()
            .await
    })
    .await;
    assert_eq!((request.method.as_str(), request.path()), ("DELETE", PATH));
    assert_eq!(
        request.query(),
        Some("tagKeys=team&tagKeys=a%2Fb%20%26%20c%3Dd&tagKeys=%C3%A9")
    );
    assert_eq!(
        (request.header("content-type"), &request.body[..]),
        (None, &b""[..])
    );
    assert_eq!(output.request_id(), Some("request-1"));
}
