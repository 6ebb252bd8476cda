//! A server that sends prepared responses, with a blocking thread for each connection. It prints its address, and exits when
//! its standard input is closed.
//!
//! The request determines the size of the response: `nextToken` of `ListFlows` and `connectorEntityName` of
//! `DescribeConnectorEntity` are numbers. The response to a token that begins with `hold-` is delayed.

mod canned;

use canned::Canned;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// The delay, long enough for 1,000 concurrent calls.
const HOLD: Duration = Duration::from_secs(2);
const STACK: usize = 128 * 1024;

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    let canned = Arc::new(Canned::default());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let canned = canned.clone();
            let answers = std::thread::Builder::new().stack_size(STACK);
            // A connection that breaks is its client's affair.
            let _ = answers.spawn(move || serve(stream, &canned));
        }
    });
    std::io::stdin().read_to_end(&mut Vec::new()).map(drop)
}

fn serve(stream: TcpStream, canned: &Canned) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    let mut request = Request::default();
    while request.read(&mut reader)? {
        let text = std::str::from_utf8(&request.body).unwrap_or_default();
        let size = match request.path.as_str() {
            "/list-flows" => member(text, "nextToken"),
            "/describe-connector-entity" => member(text, "connectorEntityName"),
            _ => "",
        };
        let number = size
            .strip_prefix("hold-")
            .inspect(|_| std::thread::sleep(HOLD));
        let number = number.unwrap_or(size).parse().unwrap_or(0);
        writer.write_all(&canned.answer(&request.path, number))?;
    }
    Ok(())
}

#[derive(Default)]
struct Request {
    path: String,
    body: Vec<u8>,
}

impl Request {
    /// Reads the next request; returns `false` if there is none.
    fn read(&mut self, reader: &mut impl BufRead) -> std::io::Result<bool> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        self.path.clear();
        self.path
            .push_str(line.split(' ').nth(1).unwrap_or_default());
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(false);
            }
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        self.body.resize(length, 0);
        reader.read_exact(&mut self.body)?;
        Ok(true)
    }
}

/// Returns the text of a member; the measured clients write it without escapes.
fn member<'a>(json: &'a str, name: &str) -> &'a str {
    let Some((_, rest)) = json.split_once(&format!("\"{name}\"")) else {
        return "";
    };
    rest.trim_start_matches([':', ' ', '"'])
        .split('"')
        .next()
        .unwrap_or_default()
}
