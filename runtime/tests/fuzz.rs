//! Runs parsers with mutated seeds, on every toolchain and with the same result each time: parsers of untrusted bytes
//! return a result or an error, and never crash. The fuzz targets beside the workspace search longer and further.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "client/service.rs"]
mod service;

use bytes::Bytes;
use service::{GetThingOutput, ListThingsOutput, ThingBusy};
use smithy_reqwest::endpoint::{EndpointSettings, resolve};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;
use smithy_reqwest::protocol::{Protocol, RestJson1};
use smithy_reqwest::schema::OperationSchema;
use smithy_reqwest::shape::{Shape, Structure};

/// The number of mutations. They find frequent faults in about a second.
const ROUNDS: usize = 4_000;

/// Pieces of input that are difficult for parsers.
const PIECES: [&[u8]; 24] = [
    b"{", b"}", b"[", b"]", b"\"", b"\\", b"\\u", b"\\uD800", b":", b",", b"null", b"-", b"1e999",
    b"0x", b"\xff", b"\xc3", b"\0", b"\n", b"\r\n", b"\n  ", b" = ", b"#", b"://", b"@",
];

/// Calls `read` with mutations of the seeds.
fn mutate(seeds: &[&[u8]], mut read: impl FnMut(&[u8])) {
    let mut random = fastrand::Rng::with_seed(2_026);
    for seed in seeds {
        read(seed);
    }
    for _ in 0..ROUNDS {
        let mut bytes = seeds[random.usize(..seeds.len())].to_vec();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(..=bytes.len());
            let until = random.usize(at..=bytes.len().min(at + 16));
            match random.u8(..5) {
                0 => drop(bytes.drain(at..until)),
                1 => {
                    drop(bytes.splice(at..at, PIECES[random.usize(..PIECES.len())].iter().copied()))
                }
                2 => {
                    let copy = bytes[at..until].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
                3 => bytes.truncate(at),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = random.u8(..);
                    }
                }
            }
        }
        read(&bytes);
    }
}

static OPERATION: OperationSchema = OperationSchema::new("GetThing", "GET", &[]);

fn read_answer<T: Shape + Structure + std::fmt::Debug>(body: &Bytes) {
    let (head, ()) = http::Response::new(()).into_parts();
    let mut output = T::empty();
    match RestJson1.read_response(&OPERATION, &head, body, &mut output) {
        Ok(()) => drop(format!("{output:?}")),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

#[test]
fn any_response_is_read_or_rejected() {
    let seeds: [&[u8]; 3] = [
        br#"{"name":"thing \u00e9 \ud83d\ude00","password":"p","unknown":{"deep":[1,2.5,{"x":null}]}}"#,
        br#"{"things":["a","b",null],"nextToken":"t"}"#,
        b"",
    ];
    mutate(&seeds, |bytes| {
        let body = Bytes::copy_from_slice(bytes);
        read_answer::<GetThingOutput>(&body);
        read_answer::<ListThingsOutput>(&body);
    });
}

#[test]
fn any_error_is_read() {
    let seeds: [&[u8]; 3] = [
        br#"{"__type":"com.example#ThingBusy:http://x/","message":"busy","until":"noon"}"#,
        br#"{"code":"ThingBusy","Message":"busy"}"#,
        b"<html><body>503 Service Unavailable</body></html>",
    ];
    mutate(&seeds, |bytes| {
        let mut response = http::Response::new(());
        if let Ok(value) = http::HeaderValue::from_bytes(bytes) {
            response.headers_mut().insert("x-amzn-errortype", value);
        }
        let (head, ()) = response.into_parts();
        let body = Bytes::copy_from_slice(bytes);
        let document = RestJson1.read_error(&head, &body);
        if let Some(code) = document.code {
            assert!(!code.is_empty() && !code.contains([':', '#']), "{code:?}");
        }
        if let Some(message) = document.message {
            assert!(!message.is_empty());
        }
        RestJson1.read_error_members(&head, &body, &mut ThingBusy::empty());
    });
}

#[test]
fn any_profile_is_read_or_rejected() {
    let seeds: [&[u8]; 2] = [
        b"[default]\nregion = us-east-1 # comment\n[profile \"a b\"]\nservices = s\n[services s]\nthing =\n  endpoint_url = http://x\n",
        b"; comment\n[other]\naws_access_key_id=AKID\naws_secret_access_key = x\n",
    ];
    let environment = Environment::from_pairs([("HOME", "/home/x")]);
    mutate(&seeds, |bytes| {
        for (config, credentials) in [(bytes, b"".as_slice()), (b"", bytes)] {
            let profiles = Profiles::from_bytes(&environment, config, credentials);
            for name in profiles.names() {
                let profile = profiles.profile(name).expect("what is listed is there");
                let found = profiles.service_property(profile, "thing", "endpoint_url");
                assert!(found.map_or_else(|error| !error.to_string().is_empty(), |_| true));
            }
        }
    });
}

#[test]
fn endpoints_are_addresses_or_rejected_and_no_region_leads_to_another_host() {
    let seeds: [&[u8]; 6] = [
        b"us-east-1",
        b"cn-north-1",
        b"us-gov-west-1",
        b"http://localhost:8080/prefix",
        b"https://[::1]:443",
        b"x.evil.example/",
    ];
    mutate(&seeds, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let by_region = EndpointSettings {
            region: Some(&text),
            ..Default::default()
        };
        if let Ok(endpoint) = resolve("things", by_region) {
            let host = endpoint.url().trim_start_matches("https://things.");
            assert!(
                host.starts_with(&*text.to_ascii_lowercase())
                    && !text.contains(['/', '.', '@', ':', '?', '#'])
            );
            assert!(endpoint.url().parse::<http::Uri>().is_ok(), "{endpoint:?}");
        }
        let by_url = EndpointSettings {
            url: Some(&text),
            ..Default::default()
        };
        if let Ok(endpoint) = resolve("things", by_url) {
            let uri: http::Uri = endpoint.url().parse().expect("an endpoint is a URL");
            assert!(matches!(uri.scheme_str(), Some("http" | "https")));
            assert!(uri.host().is_some_and(|host| !host.is_empty()), "{uri}");
        }
    });
}
