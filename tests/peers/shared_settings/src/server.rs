//! [`Servers`]: one server for each setting of an endpoint, which records its callers.

use anyhow::Result;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The settings of an endpoint.
pub(crate) const PLACES: [&str; 5] = ["code", "variable", "general", "section", "profile"];

/// A received request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) place: &'static str,
    /// The app name in the user agent.
    pub(crate) app: Option<String>,
}

type Calls = Arc<Mutex<Vec<(String, Call)>>>;

/// The servers, whose threads end with the process.
pub(crate) struct Servers {
    addresses: Vec<String>,
    calls: Calls,
}

impl Servers {
    pub(crate) fn start() -> Result<Self> {
        let calls = Calls::default();
        let mut addresses = Vec::new();
        for place in PLACES {
            let listener = TcpListener::bind("127.0.0.1:0")?;
            addresses.push(format!("http://{}", listener.local_addr()?));
            let calls = calls.clone();
            thread::spawn(move || {
                for connection in listener.incoming().flatten() {
                    let calls = calls.clone();
                    thread::spawn(move || serve(connection, place, &calls));
                }
            });
        }
        Ok(Self { addresses, calls })
    }

    /// Replaces `{place}` with addresses in a text.
    pub(crate) fn fill_in(&self, text: &str) -> String {
        crate::filled_in(text, |index| self.addresses[index].clone())
    }

    /// Returns the calls of an SDK.
    pub(crate) fn calls_of(&self, sdk: &str) -> Vec<Call> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let of_sdk = calls.iter().filter(|(agent, _)| agent.contains(sdk));
        of_sdk.map(|(_, call)| call.clone()).collect()
    }
}

/// Responds to each request with an error that is retried.
fn serve(connection: TcpStream, place: &'static str, calls: &Calls) -> Option<()> {
    let mut reader = BufReader::new(connection.try_clone().ok()?);
    let mut connection = connection;
    loop {
        let (mut agent, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let line = line.trim_end();
            let Some((name, value)) = line.split_once(": ") else {
                if line.is_empty() {
                    break;
                }
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "user-agent" | "x-amz-user-agent" => agent.push_str(&format!("{value} ")),
                "content-length" => length = value.parse().ok()?,
                _ => {}
            }
        }
        reader.read_exact(&mut vec![0; length]).ok()?;
        let app = agent.split(' ').find_map(|part| part.strip_prefix("app/"));
        let app = app.map(str::to_owned);
        let mut calls = calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push((agent, Call { place, app }));
        drop(calls);
        let answer = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n{}";
        connection.write_all(answer.as_bytes()).ok()?;
    }
}
