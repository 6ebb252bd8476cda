//! The user agent: what calls, on what, in the form that AWS's tools use.

use crate::protocol::ServiceSchema;
use http::HeaderValue;

/// `appflow-sdk/0.1.0 os/linux lang/rust api/appflow#2020-08-23 app/name`
pub(crate) fn header(service: &ServiceSchema, app_name: Option<&str>) -> HeaderValue {
    let api = service.sdk_id.to_ascii_lowercase().replace(' ', "-");
    let mut text = format!(
        "{} os/{} lang/rust api/{api}#{}",
        service.user_agent,
        std::env::consts::OS,
        service.version
    );
    if let Some(name) = app_name {
        // By the SDK reference guide, what a token cannot hold becomes a dash.
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        text.push_str(" app/");
        text.extend(
            name.chars()
                .take(50)
                .map(|c| if is_token(c) { c } else { '-' }),
        );
    }
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("smithy-reqwest"))
}
