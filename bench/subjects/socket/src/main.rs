//! The lower limit: a blocking socket without signatures, which reads only the length of responses.

use harness::{ENTITY_TYPE, FLOW_NAME, Subject, TASKS};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone)]
struct Socket(Arc<Mutex<BufReader<TcpStream>>>);

impl Socket {
    /// Returns the number of bytes of the body.
    fn call(&self, path: &str, body: &str) -> std::io::Result<usize> {
        let mut reader = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        reader.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line)?;
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).map(|()| length)
    }
}

/// Returns the size that the server counted, without parsing the response.
fn trusted(answered: std::io::Result<usize>, size: usize) -> usize {
    assert!(
        answered.expect("an answer") > size,
        "the answer is too short"
    );
    size
}

impl Subject for Socket {
    const CONCURRENT: bool = false;

    async fn construct() -> Self {
        let endpoint = std::env::var("AWS_ENDPOINT_URL").expect("AWS_ENDPOINT_URL");
        let stream = TcpStream::connect(endpoint.trim_start_matches("http://")).expect("a server");
        stream.set_nodelay(true).expect("a socket");
        Self(Arc::new(Mutex::new(BufReader::with_capacity(
            64 * 1024,
            stream,
        ))))
    }

    async fn list_flows(&self, token: String) -> usize {
        let size = token.parse().unwrap_or(0);
        trusted(
            self.call("/list-flows", &format!(r#"{{"nextToken":"{token}"}}"#)),
            size,
        )
    }

    async fn create_flow(&self) -> usize {
        let task = r#"{"sourceFields":["Field000"],"connectorOperator":{"Salesforce":"NO_OP"},"destinationField":"field_000","taskType":"Map"}"#;
        let tasks = vec![task; TASKS].join(",");
        let body = format!(r#"{{"flowName":"{FLOW_NAME}","tasks":[{tasks}]}}"#);
        trusted(self.call("/create-flow", &body), 1)
    }

    async fn describe_entity(&self, name: String) -> usize {
        let body = format!(r#"{{"connectorEntityName":"{name}","connectorType":"{ENTITY_TYPE}"}}"#);
        trusted(
            self.call("/describe-connector-entity", &body),
            name.parse().unwrap_or(0),
        )
    }
}

fn main() {
    harness::main::<Socket>();
}
