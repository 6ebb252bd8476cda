//! Tests with random values: a service reads what a client writes, and the other way round.

use crate::shapes::{Choice, Inner, OPERATION, PROTOCOLS, Thing, documents, service};
use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use fastrand::Rng;
use smithy_reqwest::protocol::Protocol;
use smithy_reqwest::protocol::server::{Request, ServiceStyle};
use std::collections::HashMap;

const CHARACTERS: [char; 20] = [
    'a', 'Z', '0', ' ', '\t', '\n', '\r', '<', '>', '&', '"', '\'', ']', '+', '%', '=', '.',
    '\u{1}', 'é', '😀',
];

fn text(random: &mut Rng) -> String {
    (0..random.usize(..8))
        .map(|_| CHARACTERS[random.usize(..CHARACTERS.len())])
        .collect()
}

fn some<T>(random: &mut Rng, value: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    random.bool().then(|| value(random))
}

fn texts(random: &mut Rng) -> Vec<String> {
    (0..random.usize(1..4)).map(|_| text(random)).collect()
}

fn numbers(random: &mut Rng) -> Vec<i64> {
    (0..random.usize(1..4)).map(|_| random.i64(..)).collect()
}

fn map<V>(random: &mut Rng, value: impl Fn(&mut Rng) -> V) -> HashMap<String, V> {
    (0..random.usize(1..4))
        .map(|_| (text(random), value(random)))
        .collect()
}

/// Returns a value without empty lists, maps and structures, which have no form in a query. Maps are not part of
/// ec2Query.
fn thing(random: &mut Rng, depth: usize) -> Thing {
    Thing {
        // Each value has a member, so that no structure is empty.
        text: Some(text(random)),
        number: some(random, |random| random.i32(..)),
        flag: some(random, Rng::bool),
        double: some(random, |random| f64::from(random.i32(..)) / 16.0),
        blob: some(random, |random| Blob::new(text(random))),
        time: some(random, |random| DateTime::from_secs(random.u32(..).into())),
        list: some(random, texts),
        flat: some(random, texts),
        map: some(random, |random| map(random, text)),
        flat_map: some(random, |random| map(random, numbers)),
        things: match depth {
            0 => None,
            _ => some(random, |random| {
                vec![thing(random, depth - 1), thing(random, depth - 1)]
            }),
        },
        inner: some(random, |random| Inner {
            kind: Some(text(random)),
            name: some(random, text),
        }),
        choice: some(random, |random| match random.bool() {
            true => Choice::Text(text(random)),
            false => Choice::Flat(texts(random)),
        }),
        matrix: some(random, |random| vec![numbers(random), numbers(random)]),
    }
}

#[test]
fn a_service_reads_what_a_client_writes() {
    let mut random = Rng::with_seed(7);
    for protocol in documents() {
        let service = service(protocol);
        for _ in 0..300 {
            let input = thing(&mut random, 2);
            let written = protocol
                .write_request(&service, &OPERATION, &input)
                .unwrap();
            let mut request = http::Request::builder()
                .method("POST")
                .uri(&written.target)
                .body(())
                .unwrap();
            *request.headers_mut() = written.headers.clone();
            let (head, ()) = request.into_parts();
            let side = protocol.server_side().unwrap();
            let labels = side
                .matches(&service, &OPERATION, &head, &written.body)
                .expect("its operation");
            let mut read = Thing::default();
            let request = Request {
                head: &head,
                body: &written.body,
                labels: &labels,
                style: ServiceStyle::Smithy,
            };
            let missing = side.read_request(request, &mut read);
            let body = String::from_utf8_lossy(&written.body);
            assert!(
                missing.as_ref().is_ok_and(|missing| missing.is_empty()),
                "{protocol:?} {missing:?}\n{body}"
            );
            assert_eq!(read, input, "{protocol:?}\n{body}");
        }
    }
}

#[test]
fn a_client_reads_what_a_service_writes() {
    let mut random = Rng::with_seed(8);
    for protocol in documents() {
        let service = service(protocol);
        let side = protocol.server_side().unwrap();
        for _ in 0..300 {
            let output = thing(&mut random, 2);
            let response = side.write_response(&service, &OPERATION, &output).unwrap();
            let (head, body) = response.into_parts();
            let mut read = Thing::default();
            protocol
                .read_response(&OPERATION, &head, &body, &mut read)
                .unwrap();
            assert_eq!(
                read,
                output,
                "{protocol:?}\n{}",
                String::from_utf8_lossy(&body)
            );
        }
    }
}

#[test]
fn empty_collections_and_structures_come_back_in_documents() {
    let output = Thing {
        list: Some(vec![]),
        map: Some(HashMap::new()),
        things: Some(vec![Thing::default()]),
        inner: Some(Inner::default()),
        matrix: Some(vec![vec![]]),
        ..Thing::default()
    };
    for protocol in documents() {
        let side = protocol.server_side().unwrap();
        let response = side
            .write_response(&service(protocol), &OPERATION, &output)
            .unwrap();
        let (head, body) = response.into_parts();
        let mut read = Thing::default();
        protocol
            .read_response(&OPERATION, &head, &body, &mut read)
            .unwrap();
        assert_eq!(read, output, "{protocol:?}");
    }
}

#[test]
fn requests_that_a_service_cannot_read_are_rejected_without_their_values() {
    let [query, ec2, rest] = PROTOCOLS;
    let table: [(&dyn Protocol, &str, &str); 9] = [
        (
            query,
            "Action=Put&Other=hush",
            "Unexpected value at 'number'",
        ),
        (query, "Action=Put&time=hush", "Unexpected value at 'time'"),
        (
            query,
            "Action=Put&matrix.member.1.member.2=hush",
            "Unexpected value at 'matrix[0][0]'",
        ),
        (
            query,
            "Action=Put&choice.text=a&choice.flat.1=hush",
            "Unexpected value at 'choice'",
        ),
        (ec2, "Action=Put&Other=hush", "Unexpected value at 'number'"),
        (
            rest,
            "<T><flag>TRUE</flag></T>",
            "Unexpected value at 'flag'",
        ),
        (
            rest,
            "<T><choice><text>hush</text><flat>a</flat></choice></T>",
            "Unexpected value at 'choice'",
        ),
        (rest, "<T><choice/></T>", "Unexpected value at 'choice'"),
        (
            rest,
            "<T>",
            "The request body cannot be read: invalid XML: the document is incomplete",
        ),
    ];
    for (protocol, body, expected) in table {
        let (head, ()) = http::Request::post("/").body(()).unwrap().into_parts();
        let request = Request {
            head: &head,
            body: &Bytes::from_static(body.as_bytes()),
            labels: &Vec::new(),
            style: ServiceStyle::Smithy,
        };
        let side = protocol.server_side().unwrap();
        let error = side
            .read_request(request, &mut Thing::default())
            .unwrap_err();
        assert_eq!(error.message(), expected, "{body}");
        assert_eq!(error.code(), "SerializationException");
    }
}

#[test]
fn a_request_is_for_the_operation_that_its_form_or_query_names() {
    let [query, ..] = PROTOCOLS;
    let side = query.server_side().unwrap();
    for (method, uri, body, expected) in [
        ("POST", "/", "Action=Put&Version=1", true),
        ("POST", "/", "Version=1&Action=Put", true),
        ("GET", "/?Action=Put&text=a", "", true),
        ("POST", "/", "Action=PutMore", false),
        ("POST", "/", "text=Action=Put", false),
        ("POST", "/other", "Action=Put", false),
        ("DELETE", "/", "Action=Put", false),
        ("POST", "/", "", false),
    ] {
        let request = http::Request::builder()
            .method(method)
            .uri(uri)
            .body(())
            .unwrap();
        let (head, ()) = request.into_parts();
        let labels = side.matches(
            &service(query),
            &OPERATION,
            &head,
            &Bytes::from_static(body.as_bytes()),
        );
        assert_eq!(labels.is_some(), expected, "{method} {uri} {body}");
    }
}
