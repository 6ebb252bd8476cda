//! The status page: renders the state and the latest requests as HTML.
//!
//! The page is complete without its script, which fetches it periodically and replaces what changed. A browser without
//! scripts reloads it.

mod diagram;
mod flow;
mod html;
mod requests;
mod rows;

use crate::request_log::time_of_day;
use crate::server::Handler;
use crate::server::answer::text;
use crate::state::{Scope, State};
use aws_smithy_types::base64;
use bytes::Bytes;
use html::escaped;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderValue, Response, StatusCode};
use sha2::{Digest, Sha256};
use std::fmt::Write;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Returns the page as a response. Its policy allows only its own script and no framing.
pub(crate) fn answer(handler: &Handler) -> Response<Bytes> {
    let mut response = text(StatusCode::OK, "text/html; charset=utf-8", render(handler));
    let digest = |source: &str| base64::encode(Sha256::digest(source.as_bytes()));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        digest(SCRIPT),
        digest(STYLE)
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy.as_str()),
        (X_FRAME_OPTIONS, "DENY"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Renders the page.
fn render(handler: &Handler) -> String {
    let mut html = String::with_capacity(16 << 10);
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\">\
         <noscript><meta http-equiv=refresh content=2></noscript>\
         <link rel=icon href=\"data:,\"><title>appflow-local</title><style>{STYLE}</style></head><body><main id=live>"
    );
    header(&mut html, handler);
    handler
        .service
        .with_state(|state| scopes(&mut html, state, handler));
    requests::render(&mut html, &handler.log.latest());
    let _ = write!(html, "</main><script>{SCRIPT}</script></body></html>");
    html
}

fn header(html: &mut String, handler: &Handler) {
    let clock = &handler.service.clock;
    let frozen = if clock.is_frozen() { ", frozen" } else { "" };
    let _ = write!(
        html,
        "<header><h1>appflow-local</h1><span class=quiet>version {}</span>\
         <span class=clock>{}<small> UTC{frozen}</small></span></header>",
        env!("CARGO_PKG_VERSION"),
        time_of_day(clock.now())
    );
    let pending = handler.service.faults.pending();
    let faults = pending.calls.len() + pending.runs.len();
    if faults > 0 {
        let _ = write!(html, "<p class=notice>Pending faults: {faults}</p>");
    }
}

fn scopes(html: &mut String, state: &State, handler: &Handler) {
    let now = handler.service.clock.millis();
    for ((account, region), scope) in &state.scopes {
        let _ = write!(
            html,
            "<h2>{} <span class=quiet>account {}</span></h2>",
            escaped(region),
            escaped(account)
        );
        for found in scope.flows.values() {
            flow::render(html, found, scope, now, handler.service.engine.as_ref());
        }
        if scope.flows.is_empty() {
            html.push_str("<p class=quiet>No flows yet.</p>");
        }
        profiles(html, scope);
    }
    if state.scopes.is_empty() {
        html.push_str(
            "<h2>Flows</h2><p class=quiet>No calls yet. Create a flow to see it here.</p>",
        );
    }
}

fn profiles(html: &mut String, scope: &Scope) {
    if scope.profiles.is_empty() {
        return;
    }
    html.push_str("<p class=profiles><span class=quiet>Connector profiles</span>");
    for profile in scope.profiles.values() {
        let _ = write!(
            html,
            " <span class=profile>{} <small>{}</small></span>",
            escaped(&profile.name),
            escaped(profile.connector_type.as_str())
        );
    }
    html.push_str("</p>");
}
