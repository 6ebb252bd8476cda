//! Requests to AWS STS for the temporary credentials of a role. `AssumeRole` is signed, `AssumeRoleWithWebIdentity` is
//! authorized by its token. The protocol is awsQuery: the request is a form, the response is XML.

use crate::aws::clock_skew::ClockSkew;
use crate::aws::retry::may_mean_clock_skew;
use crate::aws::sign::{Payload, Scope, SigningKeys, sign_request};
use crate::http::percent::COMPONENT;
use crate::identity::credentials::exchange::Answer;
use crate::identity::credentials::plan::Role;
use crate::identity::credentials::service::{Place, Service};
use crate::identity::credentials::service_request::{ErrorDetails, ServiceError, ServiceRequest};
use crate::identity::credentials::{Credentials, ProviderConfig, xml};
use crate::value::codec::timestamp;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use percent_encoding::utf8_percent_encode;
use std::time::{SystemTime, UNIX_EPOCH};

const ASSUME_ROLE: &str = "AssumeRole";
const WITH_WEB_IDENTITY: &str = "AssumeRoleWithWebIdentity";
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
/// The errors whose codes on the wire lack the last word of their names in the model.
const SHORT_CODES: [&str; 5] = [
    "IDPCommunicationError",
    "IDPRejectedClaim",
    "InvalidIdentityToken",
    "MalformedPolicyDocument",
    "PackedPolicyTooLarge",
];

/// Assumes a role with these credentials.
pub(super) async fn assume_role(
    config: &ProviderConfig,
    place: &Place,
    credentials: &Credentials,
    role: &Role,
    mfa_code: Option<&str>,
) -> Result<Credentials, ServiceError> {
    let mut form = Form::new(ASSUME_ROLE);
    form.push("RoleArn", &role.arn);
    form.push_session_name(role.session_name.as_deref(), config.clock.now());
    if let Some(seconds) = role.duration_seconds {
        form.push("DurationSeconds", &seconds.to_string());
    }
    if let Some(id) = &role.external_id {
        form.push("ExternalId", id);
    }
    if let (Some(serial), Some(code)) = (&role.mfa_serial, mfa_code) {
        form.push("SerialNumber", serial.value());
        form.push("TokenCode", code);
    }
    let secrets = [
        credentials.secret_access_key(),
        credentials.session_token().unwrap_or_default(),
        mfa_code.unwrap_or_default(),
    ];
    let mut service_request = form.service_request(ASSUME_ROLE, place, &secrets)?;
    let skew = ClockSkew::new();
    // The request is repeated only if the first response shows a clock skew.
    for is_last in [false, true] {
        let offset = skew.offset();
        let sent = config.clock.now();
        sign(&mut service_request, place, credentials, offset.apply(sent))?;
        let answer = service_request.send(config).await?;
        let code = refusal(&answer).code.unwrap_or_default();
        let is_skewed = skew.observe(offset, sent, config.clock.now(), &answer.headers);
        if is_last || answer.status.is_success() || !is_skewed || !may_mean_clock_skew(&code) {
            return read(
                ASSUME_ROLE,
                &service_request.accepted(answer).map_err(named)?,
            );
        }
    }
    Err(unusable(ASSUME_ROLE, "Credentials"))
}

/// Assumes a role with the token of a web identity.
pub(super) async fn assume_role_with_web_identity(
    config: &ProviderConfig,
    place: &Place,
    role_arn: &str,
    session_name: Option<&str>,
    token: &str,
) -> Result<Credentials, ServiceError> {
    let mut form = Form::new(WITH_WEB_IDENTITY);
    form.push("RoleArn", role_arn);
    form.push_session_name(session_name, config.clock.now());
    form.push("WebIdentityToken", token);
    let secrets = [token];
    let service_request = form.service_request(WITH_WEB_IDENTITY, place, &secrets)?;
    let answer = service_request.send(config).await?;
    read(
        WITH_WEB_IDENTITY,
        &service_request.accepted(answer).map_err(named)?,
    )
}

fn sign(
    service_request: &mut ServiceRequest<'_>,
    place: &Place,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<(), ServiceError> {
    let scope = Scope {
        region: &place.region,
        service: "sts",
        time,
    };
    let payload = Payload::Bytes(service_request.body.clone());
    let keys = SigningKeys::default();
    sign_request(
        &mut service_request.head,
        payload,
        credentials,
        scope,
        &keys,
    )
    .map_err(|error| ServiceError::Unsendable {
        operation: service_request.operation,
        why: error.to_string(),
    })
}

/// A form that is being written.
struct Form(String);

impl Form {
    fn new(action: &str) -> Self {
        Self(format!("Action={action}&Version=2011-06-15"))
    }

    fn push(&mut self, name: &str, value: &str) {
        self.0.push('&');
        self.0.push_str(name);
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, COMPONENT));
    }

    /// Writes the session name, which STS requires. If none is set, the name contains the time of its start.
    fn push_session_name(&mut self, name: Option<&str>, now: SystemTime) {
        let since_1970 = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let default = || format!("smithy-reqwest-{}", since_1970.as_millis());
        let name = name.map_or_else(default, str::to_owned);
        self.push("RoleSessionName", &name);
    }

    fn service_request<'a>(
        self,
        operation: &'static str,
        place: &Place,
        secrets: &'a [&'a str],
    ) -> Result<ServiceRequest<'a>, ServiceError> {
        let mut head = Service::Sts.request(operation, Method::POST, place, "/")?;
        head.headers.insert(CONTENT_TYPE, FORM);
        Ok(ServiceRequest {
            operation,
            head,
            body: Bytes::from(self.0),
            error_details: refusal,
            secrets,
        })
    }
}

fn unusable(operation: &'static str, what: &'static str) -> ServiceError {
    ServiceError::Unusable { operation, what }
}

fn read(operation: &'static str, answer: &Answer) -> Result<Credentials, ServiceError> {
    let body = std::str::from_utf8(&answer.body).map_err(|_| unusable(operation, "Credentials"))?;
    let text = |what: &'static str| {
        let text = xml::text_at(body, &["Credentials", what]);
        let text = text.filter(|text| !text.is_empty());
        text.ok_or_else(|| unusable(operation, what))
    };
    let expiry = timestamp::from_text(&text("Expiration")?)
        .and_then(|time| SystemTime::try_from(time).ok())
        .ok_or_else(|| unusable(operation, "Expiration"))?;
    let mut builder = Credentials::builder()
        .access_key_id(text("AccessKeyId")?)
        .secret_access_key(text("SecretAccessKey")?)
        .session_token(text("SessionToken")?)
        .expiry(expiry)
        .provider_name(operation);
    // The format is `arn:aws:sts::111122223333:assumed-role/name/session`.
    let user = xml::text_at(body, &["AssumedRoleUser", "Arn"]);
    let account = user.as_deref().and_then(|arn| arn.split(':').nth(4));
    let account = account.filter(|account| !account.is_empty());
    builder.set_account_id(account.map(Into::into));
    Ok(builder.build())
}

fn refusal(answer: &Answer) -> ErrorDetails {
    let body = std::str::from_utf8(&answer.body).unwrap_or_default();
    let text = |what| {
        let text = xml::text_at(body, &["Error", what]);
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    ErrorDetails {
        code: text("Code"),
        oauth: None,
        message: text("Message"),
    }
}

/// Returns the error with the code of the model, which is the one in the documentation.
fn named(mut error: ServiceError) -> ServiceError {
    if let ServiceError::Refused { refusal, .. } = &mut error
        && let Some(code) = &mut refusal.code
        && SHORT_CODES.contains(&code.as_str())
    {
        code.push_str("Exception");
    }
    error
}
