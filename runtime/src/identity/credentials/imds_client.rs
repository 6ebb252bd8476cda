//! [`ImdsClient`], a client of the EC2 instance metadata service, version 2.

use crate::aws::ConfigurationError;
use crate::http::time::SharedClock;
use crate::http::url::Url;
use crate::identity::credentials::ProviderConfig;
use crate::identity::credentials::exchange::{Answer, NoResponse};
use crate::identity::credentials::metadata::Metadata;
use crate::identity::settings::Found;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
/// The variable and the property of the profile that set the endpoint.
const ENDPOINT: (&str, &str) = (
    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "ec2_metadata_service_endpoint",
);
/// The variable and the property of the profile that set the version of IP if no endpoint is set.
const MODE: (&str, &str) = (
    "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    "ec2_metadata_service_endpoint_mode",
);
const ON_IPV4: &str = "http://169.254.169.254";
const ON_IPV6: &str = "http://[fd00:ec2::254]";
const TOKEN: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token");
const TOKEN_TTL: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
/// The lifetime of a token: six hours, the maximum.
const TTL_SECONDS: u64 = 21_600;
/// The time before its expiration at which a token is no longer used.
const TTL_MARGIN: Duration = Duration::from_secs(120);
/// The timeout of an attempt. It is short, since there is no response off EC2, where this is the last source of the
/// chain.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(1);
const ATTEMPTS: u32 = 2;

/// A client of the EC2 instance metadata service (IMDSv2). It is cheap to clone; clones share the session token.
///
/// `AWS_EC2_METADATA_DISABLED` disables it, `AWS_EC2_METADATA_SERVICE_ENDPOINT` or `ec2_metadata_service_endpoint` of
/// the profile sets another endpoint, and `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE` or
/// `ec2_metadata_service_endpoint_mode` sets `IPv4` or `IPv6`. The timeout of an attempt is a second, and there are two
/// attempts.
#[derive(Clone)]
pub struct ImdsClient {
    inner: Arc<Inner>,
}

struct Inner {
    config: ProviderConfig,
    metadata: Metadata,
    token: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    value: HeaderValue,
    until: Instant,
}

/// The error of a request to the instance metadata service.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImdsError {
    /// The environment disables the service.
    #[error("disabled by {DISABLED}")]
    Disabled,
    /// A variable or a property of the profile is not a valid endpoint of the service.
    #[error("{setting}: expected {expected}")]
    Setting {
        /// The variable, or the property with file and line.
        setting: String,
        /// The valid values.
        expected: &'static str,
    },
    /// The profile that may set the endpoint cannot be read.
    #[error(transparent)]
    Profile(ConfigurationError),
    /// There is no response, as is usual off EC2.
    #[error(
        "no response from {endpoint} ({source}): outside of EC2, set {DISABLED}=true to save the wait"
    )]
    Unreachable {
        /// The endpoint.
        endpoint: String,
        /// The reason why there is no response.
        source: NoResponse,
    },
    /// The service, or another one at its address, returned no session token.
    #[error("{endpoint}: no session token (status {status}{})", if *status == StatusCode::FORBIDDEN { ", request forbidden: IMDS is disabled" } else { "" })]
    NoToken {
        /// The endpoint.
        endpoint: String,
        /// The status of the response.
        status: StatusCode,
    },
    /// The service returned a session token, but then no response.
    #[error("{path}: {source}")]
    NoResponse {
        /// The path of the request.
        path: String,
        /// The reason why there is no response.
        source: NoResponse,
    },
    /// The service returned an error.
    #[error("{path}: status {status}")]
    Status {
        /// The path of the request.
        path: String,
        /// The status of the response.
        status: StatusCode,
    },
    /// The response or the path is invalid.
    #[error("{path}: {problem}")]
    Invalid {
        /// The path of the request.
        path: String,
        /// The fault.
        problem: &'static str,
    },
}

impl ImdsError {
    /// Returns whether this machine has no such service, or must not use it.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Disabled | Self::Unreachable { .. } => true,
            // Other clouds have a service of their own at that address. One that throttles exists.
            Self::NoToken { status, .. } => {
                status.is_client_error() && *status != StatusCode::TOO_MANY_REQUESTS
            }
            _ => false,
        }
    }
}

impl ImdsClient {
    /// Creates a client that reads the variables, and the profile if they are not sufficient, again for each call.
    pub fn new(config: ProviderConfig) -> Self {
        Self {
            inner: Arc::new(Inner {
                metadata: Metadata::new(&config, ATTEMPT_TIMEOUT, ATTEMPTS),
                config,
                token: Mutex::new(None),
            }),
        }
    }

    /// Returns the region of this instance.
    ///
    /// # Errors
    ///
    /// Returns an error if the service is disabled, is not configured correctly, or does not return the region.
    pub async fn region(&self) -> Result<String, ImdsError> {
        self.get("/latest/meta-data/placement/region").await
    }

    /// Returns the text at this path, without surrounding white space.
    ///
    /// # Errors
    ///
    /// Returns an error if the service is disabled, is not configured correctly, or does not return a text.
    pub async fn get(&self, path: &str) -> Result<String, ImdsError> {
        if self.inner.config.environment.is_true(DISABLED) {
            return Err(ImdsError::Disabled);
        }
        let endpoint = self.inner.endpoint()?;
        let (token, is_fresh) = match self.inner.kept_token() {
            Some(token) => (token, false),
            None => (self.inner.new_token(&endpoint).await?, true),
        };
        let mut answer = self.inner.get(&endpoint, path, token).await?;
        // An instance that was stopped and moved no longer accepts the token that it returned before.
        if answer.status == StatusCode::UNAUTHORIZED && !is_fresh {
            let token = self.inner.new_token(&endpoint).await?;
            answer = self.inner.get(&endpoint, path, token).await?;
        }
        if answer.status != StatusCode::OK {
            return Err(ImdsError::Status {
                path: path.to_owned(),
                status: answer.status,
            });
        }
        match std::str::from_utf8(&answer.body).map(str::trim) {
            Ok(text) if !text.is_empty() => Ok(text.to_owned()),
            Ok(_) => Err(invalid(path, "empty response")),
            Err(_) => Err(invalid(path, "the response is not UTF-8")),
        }
    }

    /// Returns the clock of this client.
    pub(super) fn clock(&self) -> &SharedClock {
        self.inner.clock()
    }
}

impl Inner {
    fn clock(&self) -> &SharedClock {
        &self.metadata.exchange().clock
    }

    /// Returns the endpoint without a trailing slash.
    fn endpoint(&self) -> Result<String, ImdsError> {
        if let Some(found) = self.setting(&ENDPOINT)? {
            let endpoint = found.value.trim().trim_end_matches('/');
            let is_usable = Url::parse(endpoint).is_ok_and(|url| url.query().is_none());
            return match is_usable {
                true => Ok(endpoint.to_owned()),
                false => Err(ImdsError::Setting {
                    setting: found.origin,
                    expected: "an http or https URL without user name and query",
                }),
            };
        }
        let Some(mode) = self.setting(&MODE)? else {
            return Ok(ON_IPV4.to_owned());
        };
        match mode.value.trim().to_ascii_lowercase().as_str() {
            "ipv4" => Ok(ON_IPV4.to_owned()),
            "ipv6" => Ok(ON_IPV6.to_owned()),
            _ => Err(ImdsError::Setting {
                setting: mode.origin,
                expected: "`IPv4` or `IPv6`",
            }),
        }
    }

    /// Returns a setting from its variable, else from its property. Files are read only if the variable does not set
    /// it.
    fn setting(&self, (variable, property): &(&str, &str)) -> Result<Option<Found>, ImdsError> {
        if let Some(value) = self.config.environment.get(variable) {
            let origin = (*variable).to_owned();
            return Ok(Some(Found { value, origin }));
        }
        let settings = self.config.settings().map_err(ImdsError::Profile)?;
        Ok(settings.source().property(property))
    }

    fn kept_token(&self) -> Option<HeaderValue> {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let token = token.as_ref()?;
        (self.clock().monotonic() < token.until).then(|| token.value.clone())
    }

    async fn new_token(&self, endpoint: &str) -> Result<HeaderValue, ImdsError> {
        const PATH: &str = "/latest/api/token";
        let headers = HeaderMap::from_iter([(TOKEN_TTL, HeaderValue::from(TTL_SECONDS))]);
        let asked_at = self.clock().monotonic();
        let uri = uri(endpoint, PATH)?;
        let answer = self.metadata.send(Method::PUT, &uri, &headers).await;
        let answer = answer.map_err(|source| ImdsError::Unreachable {
            endpoint: endpoint.to_owned(),
            source,
        })?;
        if answer.status != StatusCode::OK {
            return Err(ImdsError::NoToken {
                endpoint: endpoint.to_owned(),
                status: answer.status,
            });
        }
        let value = HeaderValue::from_bytes(answer.body.trim_ascii());
        let mut value =
            value.map_err(|_| invalid(PATH, "the session token is not a valid header value"))?;
        value.set_sensitive(true);
        let ttl = answer.headers.get(TOKEN_TTL).and_then(seconds);
        let lives = Duration::from_secs(ttl.unwrap_or(TTL_SECONDS).min(TTL_SECONDS));
        let token = Token {
            value: value.clone(),
            until: asked_at + lives.saturating_sub(TTL_MARGIN),
        };
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
        Ok(value)
    }

    async fn get(
        &self,
        endpoint: &str,
        path: &str,
        token: HeaderValue,
    ) -> Result<Answer, ImdsError> {
        let headers = HeaderMap::from_iter([(TOKEN, token)]);
        let uri = uri(endpoint, path)?;
        let answer = self.metadata.send(Method::GET, &uri, &headers).await;
        answer.map_err(|source| ImdsError::NoResponse {
            path: path.to_owned(),
            source,
        })
    }
}

fn uri(endpoint: &str, path: &str) -> Result<Uri, ImdsError> {
    let uri = format!("{endpoint}{path}").parse();
    uri.map_err(|_| invalid(path, "invalid path"))
}

fn seconds(value: &HeaderValue) -> Option<u64> {
    value.to_str().ok()?.trim().parse().ok()
}

fn invalid(path: &str, problem: &'static str) -> ImdsError {
    ImdsError::Invalid {
        path: path.to_owned(),
        problem,
    }
}

impl fmt::Debug for ImdsClient {
    /// Writes the client without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImdsClient")
            .field("environment", &self.inner.config.environment)
            .field("metadata", &self.inner.metadata)
            .finish_non_exhaustive()
    }
}
