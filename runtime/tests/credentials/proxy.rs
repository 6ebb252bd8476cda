//! Tests that metadata services are called directly, regardless of the proxies of the environment.

use crate::support::{KEYS, keys};
use smithy_reqwest::credentials::{ContainerProvider, ProviderConfig};
use smithy_reqwest::environment::Environment;
use std::process::Command;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const INSIDE: &str = "CREDENTIALS_TEST_INSIDE";

/// Runs the test in a process of its own, since variables belong to the whole process.
#[tokio::test]
async fn metadata_services_are_asked_without_a_proxy() {
    if std::env::var_os(INSIDE).is_none() {
        // No server listens there: requests to the proxy fail.
        let proxy = "http://127.0.0.1:9";
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "proxy::metadata_services_are_asked_without_a_proxy",
            ])
            .envs([
                (INSIDE, "1"),
                ("HTTP_PROXY", proxy),
                ("http_proxy", proxy),
                ("ALL_PROXY", proxy),
            ])
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{text}"
        );
        return;
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await.unwrap();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{KEYS}",
            KEYS.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    let environment = Environment::from_pairs([("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)]);
    let config = ProviderConfig::new().environment(environment);
    let provider = ContainerProvider::new(config);
    assert_eq!(keys(&provider).await.access_key_id(), "AK");
}
