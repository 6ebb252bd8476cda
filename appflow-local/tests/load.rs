//! 64 clients at once: no error, and memory that stays flat. A minute of it is asked for by
//! `cargo test --release -p appflow-local --test load -- --ignored --nocapture`; `LOAD_SECONDS` sets how long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_sdk::{Client, Error};
use common::program::Program;
use common::{flow, on_demand};
use std::time::{Duration, Instant};
use tokio::process::Child;
use tokio::task::JoinSet;

const CLIENTS: usize = 64;
/// How often memory is looked at.
const SAMPLES: f64 = 30.0;

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

/// Makes a call, which must succeed, and notes how many microseconds it took.
async fn timed<T>(times: &mut Vec<u128>, call: impl Future<Output = Result<T, Error>>) {
    let started = Instant::now();
    call.await.unwrap();
    times.push(started.elapsed().as_micros());
}

/// The calls that a program makes day by day, again and again, on a flow of its own; gives how long each took.
async fn work(client: Client, number: usize, until: Instant) -> Vec<u128> {
    let name = format!("flow-{number}");
    let mut times = Vec::new();
    while Instant::now() < until {
        timed(&mut times, flow(&client, &name, on_demand()).send()).await;
        for _ in 0..5 {
            timed(&mut times, client.start_flow().flow_name(&name).send()).await;
            timed(&mut times, client.describe_flow().flow_name(&name).send()).await;
            let records = client.describe_flow_execution_records().flow_name(&name);
            timed(&mut times, records.send()).await;
        }
        timed(&mut times, client.list_flows().max_results(20).send()).await;
        let delete = client.delete_flow().flow_name(&name).force_delete(true);
        timed(&mut times, delete.send()).await;
    }
    times
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
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut workers = JoinSet::new();
    for number in 0..CLIENTS {
        workers.spawn(work(client.clone(), number, until));
    }
    let mut samples = Vec::new();
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_secs(seconds).div_f64(SAMPLES)).await;
        samples.push(memory(&program.child));
    }
    let mut times: Vec<u128> = workers.join_all().await.into_iter().flatten().collect();
    times.sort_unstable();
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    let at = |part: usize| times[(times.len() - 1) * part / 1000] as f64 / 1000.0;
    println!(
        "{CLIENTS} clients, {seconds} s: {} calls and no error, {rate:.0} a second; half of them within {:.1} ms, 99 % \
         within {:.1} ms, all within {:.1} ms; memory in MiB {samples:?}",
        times.len(),
        at(500),
        at(990),
        at(1000),
    );
    // What is kept on purpose is there after the first third: runs and client tokens, up to their limits.
    let most = |samples: &[u64]| samples.iter().copied().max().unwrap();
    let third = samples.len() / 3;
    let (warm, last) = (
        most(&samples[third..2 * third]),
        most(&samples[2 * third..]),
    );
    assert!(last <= warm + warm / 10 + 4, "memory grows: {samples:?}");
}
