//! The status page: state and the last requests in, HTML out.
//!
//! It is whole without its script, which only fetches it again and again and exchanges what has changed; a browser
//! without scripts reloads it.

mod flow;
mod html;
mod picture;
mod requests;

use crate::front::Front;
use crate::request_log::time_of_day;
use crate::state::{Scope, State};
use html::escaped;
use std::fmt::Write;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Renders the page.
pub(crate) fn render(front: &Front) -> String {
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
            flow::render(html, found, scope, now);
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
