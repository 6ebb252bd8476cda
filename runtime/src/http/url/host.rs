//! Normalizes hosts to the form that the URL Standard does not change.

use crate::http::url::UrlError;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Returns a host in lower case, with addresses in their canonical form. IPv4 addresses in a form that URL parsers
/// rewrite are rejected.
pub(super) fn normal(host: &str) -> Result<Cow<'_, str>, UrlError> {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').ok_or(UrlError::Host)?;
        let address: Ipv6Addr = address.parse().map_err(|_| UrlError::Host)?;
        return Ok(format!("[{}]", ipv6(address)).into());
    }
    if host.is_empty() {
        return Err(UrlError::NoHost);
    }
    let is_usable = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if !host.bytes().all(is_usable) {
        return Err(UrlError::Host);
    }
    if ends_in_number(host) {
        let address: Ipv4Addr = host.parse().map_err(|_| UrlError::Ipv4)?;
        return Ok(address.to_string().into());
    }
    // A trailing dot is part of the name: such a name is not looked up in search domains.
    let labels = host.strip_suffix('.').unwrap_or(host);
    if labels.split('.').any(str::is_empty) {
        return Err(UrlError::Host);
    }
    if labels.len() > 253 || labels.split('.').any(|label| label.len() > 63) {
        return Err(UrlError::HostLength);
    }
    Ok(match host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => host.to_ascii_lowercase().into(),
        false => host.into(),
    })
}

/// Returns whether a text is a valid label of a host name, by RFC 1123.
pub(crate) fn is_host_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Returns whether a host is an address.
pub(super) fn is_ip(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

/// Returns whether URL parsers treat a host as an IPv4 address: the URL Standard, "ends-in-a-number checker".
fn ends_in_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    let hex = last.strip_prefix("0x").or(last.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// Formats an IPv6 address as the URL Standard does: as in RFC 5952, but never with decimal numbers at the end.
fn ipv6(address: Ipv6Addr) -> String {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] => format!("::ffff:{high:x}:{low:x}"),
        _ => address.to_string(),
    }
}
