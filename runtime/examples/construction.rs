//! Nothing in, the time it takes to make a client out: `cargo run --release -p smithy-reqwest --example construction`.
//!
//! Two figures: the client itself, which opens and loads nothing, and the transport that its first call builds. TLS
//! roots are loaded when the first certificate is checked, once a process, and are in neither.

use smithy_reqwest::Client;
use smithy_reqwest::config::{Config, Credentials, Region};
use smithy_reqwest::http::ReqwestTransport;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::schema::ServiceSchema;
use std::hint::black_box;
use std::time::{Duration, Instant};

static SERVICE: ServiceSchema = ServiceSchema::new(
    "Example",
    "Example",
    "2026-01-01",
    "example",
    "example",
    &RestJson1,
    "example/1.0",
);

/// The median of many runs.
fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(runs / 2).copied().unwrap_or_default()
}

fn main() {
    // What failed would be quick.
    if let Err(error) = ReqwestTransport::builder().build() {
        println!("no transport: {error}");
        return;
    }
    let client = median(10_000, || {
        let config = Config::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "example"))
            .build();
        black_box(Client::new(&SERVICE, config));
    });
    let transport = median(1_000, || {
        black_box(ReqwestTransport::builder().build().ok());
    });
    println!("client: {client:?}, transport: {transport:?} (median)");
}
