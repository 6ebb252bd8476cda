//! [`ContainerProvider`], which loads credentials from the endpoint that ECS, EKS and others name in variables.

use crate::identity::credentials::exchange::{Answer, NoResponse};
use crate::identity::credentials::json::{self, Dialect};
use crate::identity::credentials::metadata::Metadata;
use crate::identity::credentials::{CredentialsError, ProvideCredentials, ProviderConfig, Result};
use aws_credential_types::provider::future;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// The origin of relative URIs: the ECS agent.
const ECS: &str = "http://169.254.170.2";
/// The hosts besides the machine itself that may be called over plain HTTP: ECS, and EKS on IPv4 and IPv6.
const PLAIN_HTTP_HOSTS: [&str; 3] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"];
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 3;
const ANSWER: Dialect = Dialect {
    provider_name: "container",
    token_field: "Token",
    is_versioned: false,
};

/// The credential provider of the endpoint in `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
///
/// A full URI may name any host over HTTPS. Over plain HTTP, which shows the authorization token to the network, it may
/// name only the machine itself, ECS and EKS; otherwise nothing is sent. The token in the file that
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` names is read again for each call, since it is rotated. It takes precedence
/// over the one in `AWS_CONTAINER_AUTHORIZATION_TOKEN`.
#[derive(Debug, Clone)]
pub struct ContainerProvider {
    config: ProviderConfig,
    metadata: Metadata,
}

/// The error of a configured endpoint without credentials.
#[derive(Debug, thiserror::Error)]
enum ContainerError {
    #[error("{RELATIVE_URI}: expected a path that begins with `/`")]
    RelativeUri,
    #[error("{FULL_URI} is not an http or https URI")]
    FullUri,
    #[error("{FULL_URI} is not an http or https URI: URI did not specify a host")]
    NoHost,
    #[error(
        "{FULL_URI}: plain http to host `{host}` is not allowed, only to loopback, \
         169.254.170.2, 169.254.170.23 and [fd00:ec2::23]: use https"
    )]
    HostNotAllowed { host: String },
    #[error("{TOKEN_FILE}: failed to read {}: {source}", path.display())]
    TokenFile {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{TOKEN_FILE}: the token is not UTF-8")]
    TokenEncoding,
    #[error("{0}: the token contains a line break")]
    TokenLineBreak(&'static str),
    #[error("{0}: the token is not a valid header value")]
    TokenBytes(&'static str),
    #[error("{endpoint}: {source}")]
    NoResponse {
        endpoint: String,
        source: NoResponse,
    },
    #[error("{endpoint}: status {status}{}", refusal.as_ref().map(|text| format!(", {text}")).unwrap_or_default())]
    Status {
        endpoint: String,
        status: StatusCode,
        refusal: Option<String>,
    },
    #[error("{endpoint}: {source}")]
    Answer {
        endpoint: String,
        source: json::JsonError,
    },
}

impl ContainerProvider {
    /// Creates a provider that reads the variables again for each call.
    pub fn new(config: ProviderConfig) -> Self {
        Self {
            metadata: Metadata::new(&config, ATTEMPT_TIMEOUT, ATTEMPTS),
            config,
        }
    }

    async fn load(&self) -> Result {
        let uri = self
            .uri()
            .map_err(CredentialsError::invalid_configuration)?;
        let Some(uri) = uri else {
            return Err(CredentialsError::not_loaded(format!(
                "{RELATIVE_URI} and {FULL_URI} are not set"
            )));
        };
        let headers = self.headers();
        let headers = headers.map_err(CredentialsError::invalid_configuration)?;
        // The path and query may be secrets.
        let endpoint = format!("credentials endpoint at {}", authority(&uri));
        let answer = self.metadata.send(Method::GET, &uri, &headers).await;
        let answer = answer.map_err(|source| {
            CredentialsError::provider_error(ContainerError::NoResponse {
                endpoint: endpoint.clone(),
                source,
            })
        })?;
        read(answer, endpoint).map_err(CredentialsError::provider_error)
    }

    fn uri(&self) -> std::result::Result<Option<Uri>, ContainerError> {
        if let Some(path) = self.config.environment.get(RELATIVE_URI) {
            // Without a leading slash, the path could change the host, as in `@elsewhere/`.
            let uri = path
                .starts_with('/')
                .then(|| format!("{ECS}{path}").parse().ok());
            return uri.flatten().map(Some).ok_or(ContainerError::RelativeUri);
        }
        let Some(full) = self.config.environment.get(FULL_URI) else {
            return Ok(None);
        };
        let uri: Uri = full.trim().parse().map_err(|_| ContainerError::FullUri)?;
        let host = uri.host().ok_or(ContainerError::NoHost)?;
        match uri.scheme_str() {
            Some("https") => Ok(Some(uri)),
            Some("http") if may_be_plain(host) => Ok(Some(uri)),
            Some("http") => Err(ContainerError::HostNotAllowed {
                host: host.to_owned(),
            }),
            _ => Err(ContainerError::FullUri),
        }
    }

    fn headers(&self) -> std::result::Result<HeaderMap, ContainerError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some((variable, token)) = self.token()? {
            if token.contains(['\r', '\n']) {
                return Err(ContainerError::TokenLineBreak(variable));
            }
            let token = HeaderValue::try_from(token);
            let mut token = token.map_err(|_| ContainerError::TokenBytes(variable))?;
            token.set_sensitive(true);
            headers.insert(AUTHORIZATION, token);
        }
        Ok(headers)
    }

    /// Returns the token and the name of its variable.
    fn token(&self) -> std::result::Result<Option<(&'static str, String)>, ContainerError> {
        if let Some(path) = self.config.environment.get(TOKEN_FILE) {
            let path = PathBuf::from(path);
            return match self.config.files.read(&path) {
                Ok(token) => Ok(Some((TOKEN_FILE, utf8(token)?))),
                Err(source) => Err(ContainerError::TokenFile { path, source }),
            };
        }
        Ok(self
            .config
            .environment
            .get(TOKEN)
            .map(|token| (TOKEN, token)))
    }
}

fn utf8(token: Vec<u8>) -> std::result::Result<String, ContainerError> {
    let token = String::from_utf8(token).map_err(|_| ContainerError::TokenEncoding)?;
    // As in a variable, a line break at the end is never intended.
    Ok(token.trim().to_owned())
}

/// Returns whether the token may be sent to the host in clear text. Names other than `localhost` are not resolved:
/// their addresses can change between the check and the request.
fn may_be_plain(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(address) => {
            let allowed = PLAIN_HTTP_HOSTS.iter().filter_map(|host| host.parse().ok());
            address.is_loopback() || allowed.into_iter().any(|other: IpAddr| other == address)
        }
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

/// Returns the host and port, without user information.
fn authority(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    match uri.port_u16() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn read(
    answer: Answer,
    endpoint: String,
) -> std::result::Result<crate::identity::credentials::Credentials, ContainerError> {
    if answer.status != StatusCode::OK {
        return Err(ContainerError::Status {
            endpoint,
            status: answer.status,
            refusal: json::refusal_in(&answer.body),
        });
    }
    json::read(&answer.body, ANSWER, None)
        .map_err(|source| ContainerError::Answer { endpoint, source })
}

impl ProvideCredentials for ContainerProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}
