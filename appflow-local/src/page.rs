//! The status page: state and the last requests in, HTML out.
//!
//! It is whole without its script, which only fetches it again and again and exchanges what has changed; a browser
//! without scripts reloads it.

mod flow;
mod html;
mod picture;
mod requests;
mod rows;

use crate::front::Front;
use crate::front::answer::text;
use crate::request_log::time_of_day;
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

/// Answers with the page, which runs no script but its own and stands in no frame.
pub(crate) fn answer(front: &Front) -> Response<Bytes> {
    let mut response = text(StatusCode::OK, "text/html; charset=utf-8", render(front));
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
fn render(front: &Front) -> String {
    let mut html = String::with_capacity(16 << 10);
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\">\
         <noscript><meta http-equiv=refresh content=2></noscript>\
         <link rel=icon href=\"data:,\"><title>appflow-local</title><style>{STYLE}</style></head><body><main id=live>"
    );
    header(&mut html, front);
    front.service.look(|state| scopes(&mut html, state, front));
    requests::render(&mut html, &front.log.latest());
    let _ = write!(html, "</main><script>{SCRIPT}</script></body></html>");
    html
}

fn header(html: &mut String, front: &Front) {
    let clock = &front.service.clock;
    let frozen = if clock.is_frozen() { ", frozen" } else { "" };
    let _ = write!(
        html,
        "<header><h1>appflow-local</h1><span class=quiet>version {}</span>\
         <span class=clock>{}<small> UTC{frozen}</small></span></header>",
        env!("CARGO_PKG_VERSION"),
        time_of_day(clock.now())
    );
    let pending = front.service.faults.pending();
    let faults = pending.calls.len() + pending.runs.len();
    if faults > 0 {
        let _ = write!(
            html,
            "<p class=notice>Faults that are still to come: {faults}</p>"
        );
    }
}

fn scopes(html: &mut String, state: &State, front: &Front) {
    let now = front.service.clock.millis();
    for ((account, region), scope) in &state.scopes {
        let _ = write!(
            html,
            "<h2>{} <span class=quiet>account {}</span></h2>",
            escaped(region),
            escaped(account)
        );
        for found in scope.flows.values() {
            flow::render(html, found, scope, now, front.service.engine.as_ref());
        }
        if scope.flows.is_empty() {
            html.push_str("<p class=quiet>No flows yet.</p>");
        }
        profiles(html, scope);
    }
    if state.scopes.is_empty() {
        html.push_str(
            "<h2>Flows</h2><p class=quiet>No calls yet. The first flow that is created shows up here.</p>",
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
