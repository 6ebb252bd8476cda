//! The user agent, which names the program and its platform in the form of the AWS tools.

use crate::client::config::{FrameworkMetadata, Settings};
use crate::protocol::ServiceSchema;
use http::HeaderValue;

/// The maximum number of libraries in the user agent.
const MAX_FRAMEWORKS: usize = 10;

/// Returns the header, such as `appflow-sdk/0.1.0 os/linux lang/rust api/appflow#2020-08-23 exec-env/AWS_ECS_FARGATE
/// lib/framework/1.0 app/name`.
pub(crate) fn header(service: &ServiceSchema, settings: &Settings) -> HeaderValue {
    let api = service.sdk_id.to_ascii_lowercase().replace(' ', "-");
    let mut text = format!(
        "{} os/{} lang/rust api/{api}#{}",
        service.user_agent,
        std::env::consts::OS,
        service.version
    );
    // Lambda, ECS and other platforms set this variable.
    if let Some(name) = settings.environment.get("AWS_EXECUTION_ENV") {
        text.push_str(" exec-env/");
        text.extend(token(&name));
    }
    for framework in settings.frameworks.iter().take(MAX_FRAMEWORKS) {
        text.push_str(&library(framework));
    }
    if let Some(name) = settings.app_name.as_deref() {
        text.push_str(" app/");
        text.extend(token(name).take(50));
    }
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("smithy-reqwest"))
}

/// Replaces each character that a token cannot hold with a dash, as the SDK reference guide defines.
fn token(text: &str) -> impl Iterator<Item = char> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.chars().map(move |c| if is_token(c) { c } else { '-' })
}

/// Returns the entry of a library. Its name and version are tokens, by the rules of their type.
fn library(framework: &FrameworkMetadata) -> String {
    let name = framework.name();
    match framework.version() {
        Some(version) => format!(" lib/{name}/{version}"),
        None => format!(" lib/{name}"),
    }
}
