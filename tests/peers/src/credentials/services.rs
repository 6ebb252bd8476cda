//! STS, SSO, SSO-OIDC, Sign-In and container credentials on loopback. They respond the same to every client, and record
//! requests without client-specific parts.

use anyhow::Result;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The services, which end with the process.
pub(super) struct Services {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Value>>>,
    proofs: Arc<Mutex<Vec<String>>>,
}

impl Services {
    pub(super) fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
        let proofs: Arc<Mutex<Vec<String>>> = Arc::default();
        let (shared, kept) = (asked.clone(), proofs.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, proofs) = (shared.clone(), kept.clone());
                thread::spawn(move || while let Ok(true) = serve(&stream, &asked, &proofs) {});
            }
        });
        Ok(Self {
            address,
            asked,
            proofs,
        })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the received DPoP proofs.
    pub(super) fn proofs(&self) -> Vec<String> {
        std::mem::take(&mut *self.proofs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the requests since the last call.
    pub(super) fn asked(&self) -> Vec<Value> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Handles one request; returns whether another can follow.
fn serve(
    stream: &TcpStream,
    asked: &Mutex<Vec<Value>>,
    proofs: &Mutex<Vec<String>>,
) -> Result<bool> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(false);
    }
    let mut words = line.split_whitespace();
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let form = form(&body);
    let answer = answer(path, &form);
    if let Some(proof) = headers.get("dpop") {
        let mut proofs = proofs.lock().unwrap_or_else(PoisonError::into_inner);
        proofs.push(proof.clone());
    }
    let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.push(json!({
        "method": method,
        "path": path,
        "query": self::form(query),
        "body": serde_json::from_str::<Value>(&body).unwrap_or_else(|_| json!(form)),
        "token": headers.get("x-amz-sso_bearer_token"),
        // By whose key it is signed, for where.
        "signed": headers.get("authorization").and_then(|value| scope(value)),
        "session_token": headers.get("x-amz-security-token"),
        "proof": headers.get("dpop").map(|_| "DPoP"),
    }));
    drop(asked);
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n{}",
        if answer.starts_with('<') {
            "text/xml"
        } else {
            "application/json"
        },
        answer.len(),
        answer
    )?;
    Ok(true)
}

/// Returns names and values, without generated session names.
fn form(text: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| percent_decoded(&text.replace('+', " "));
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let mut form: BTreeMap<_, _> = pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    if let Some(name) = form.get_mut("RoleSessionName")
        && (name.starts_with("botocore-session-") || name.starts_with("smithy-reqwest-"))
    {
        *name = "made up".to_owned();
    }
    form
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns `AKID/region/service` of an `Authorization` header.
fn scope(authorization: &str) -> Option<String> {
    let scope = authorization.split("Credential=").nth(1)?;
    let mut parts = scope.split([',', '/']);
    let (key, _, region, service) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{key}/{region}/{service}"))
}

fn answer(path: &str, form: &BTreeMap<String, String>) -> String {
    const FAR: &str = "2999-01-01T00:00:00Z";
    match path {
        "/federation/credentials" => json!({ "roleCredentials": {
            "accessKeyId": "SSO", "secretAccessKey": "SK", "sessionToken": "ST", "expiration": 32_472_144_000_000_u64,
        }}),
        "/token" => json!({
            "accessToken": "refreshed", "tokenType": "Bearer", "expiresIn": 28_800, "refreshToken": "next",
        }),
        "/v1/token" => json!({
            "accessToken": { "accessKeyId": "LOGIN", "secretAccessKey": "SK", "sessionToken": "ST" },
            "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "next",
        }),
        "/container" => json!({
            "AccessKeyId": "CONTAINER", "SecretAccessKey": "SK", "Token": "ST", "Expiration": FAR,
        }),
        _ => {
            let action = form.get("Action").cloned().unwrap_or_default();
            let role = form.get("RoleArn").cloned().unwrap_or_default();
            let name = role.rsplit('/').next().unwrap_or_default();
            return format!(
                "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
                 <AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId>\
                 <Arn>arn:aws:sts::111122223333:assumed-role/{name}/s</Arn></AssumedRoleUser>\
                 <Credentials><AccessKeyId>{name}</AccessKeyId><SecretAccessKey>SK</SecretAccessKey>\
                 <SessionToken>ST-{name}</SessionToken><Expiration>{FAR}</Expiration></Credentials>\
                 </{action}Result></{action}Response>"
            );
        }
    }
    .to_string()
}
