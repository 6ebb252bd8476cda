//! 64 clients at once: no error, and memory that stays flat. A minute of it is asked for by
//! `cargo test --release -p appflow-local --test load -- --ignored --nocapture`; `LOAD_SECONDS` sets how long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_sdk::Client;
use common::program::Program;
use common::{flow, on_demand};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::process::Child;
use tokio::task::JoinSet;

const CLIENTS: usize = 64;

/// The resident memory of a process, in MiB.
fn memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id().unwrap())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// The calls that a program makes day by day, again and again, on a flow of its own.
async fn work(client: Client, number: usize, until: Instant, calls: Arc<AtomicU64>) {
    let name = format!("flow-{number}");
    while Instant::now() < until {
        flow(&client, &name, on_demand()).send().await.unwrap();
        for _ in 0..5 {
            client.start_flow().flow_name(&name).send().await.unwrap();
            client
                .describe_flow()
                .flow_name(&name)
                .send()
                .await
                .unwrap();
            client
                .describe_flow_execution_records()
                .flow_name(&name)
                .send()
                .await
                .unwrap();
        }
        client.list_flows().max_results(20).send().await.unwrap();
        client
            .delete_flow()
            .flow_name(&name)
            .force_delete(true)
            .send()
            .await
            .unwrap();
        calls.fetch_add(18, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: it takes a minute"]
async fn sixty_four_clients_find_no_error_and_flat_memory() {
    let seconds = std::env::var("LOAD_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(60);
    let program = Program::start(&["--quiet", "--run-duration", "50"]).await;
    let client = program.client();
    let calls = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut workers = JoinSet::new();
    for number in 0..CLIENTS {
        workers.spawn(work(client.clone(), number, until, calls.clone()));
    }
    let mut samples = Vec::new();
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_secs(seconds).div_f64(6.0)).await;
        samples.push(memory(&program.child));
    }
    while let Some(worker) = workers.join_next().await {
        worker.unwrap();
    }
    let calls = calls.load(Ordering::Relaxed);
    let rate = calls as f64 / started.elapsed().as_secs_f64();
    println!(
        "{CLIENTS} clients, {seconds} s: {calls} calls, {rate:.0} a second, memory in MiB {samples:?}"
    );
    let (warm, last) = (samples[samples.len() / 2], *samples.last().unwrap());
    assert!(last <= warm + warm / 5 + 8, "memory grows: {samples:?}");
}
