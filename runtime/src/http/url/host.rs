//! Hosts: the text of one in; the form that the URL Standard leaves as it is, or why there is none, out.

use crate::http::url::UrlError;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A host in lower case; addresses in their one form. Forms of IPv4 addresses that URL readers rewrite are refused.
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
    // A dot at the end is part of the name: it is not looked up in search domains.
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

/// Whether a text can be a label of a host name, by RFC 1123.
pub(crate) fn is_host_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether a host is an address.
pub(super) fn is_ip(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

/// Whether URL readers take a host for an IPv4 address: the URL Standard, "ends-in-a-number checker".
fn ends_in_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    let hex = last.strip_prefix("0x").or(last.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// An IPv6 address as the URL Standard writes it: as RFC 5952 does, but never with decimal numbers at its end.
fn ipv6(address: Ipv6Addr) -> String {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] => format!("::ffff:{high:x}:{low:x}"),
        _ => address.to_string(),
    }
}
