//! [`NoProxy`]: the hosts of `NO_PROXY`, which are reached directly.
//!
//! No standard specifies the syntax of the variable. This parser accepts the forms that curl, Go's `httpproxy` and
//! Python's requests (which botocore follows) accept; the table in the tests lists their differences.

use std::net::IpAddr;

/// The hosts that are reached without a proxy.
#[derive(Debug, Clone, Default)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    hosts: Hosts,
    /// The port of the entry; `None` for all ports.
    port: Option<u16>,
}

#[derive(Debug, Clone)]
enum Hosts {
    All,
    /// The addresses of a network: those that begin with the same bits.
    Network(IpAddr, u32),
    /// A domain and its subdomains.
    Domain(String),
    /// The subdomains of a domain.
    Subdomains(String),
}

impl NoProxy {
    /// Parses a list that is separated by commas or white space. An invalid entry matches no host.
    pub(super) fn parse(text: &str) -> Self {
        let entries = text.split([',', ' ', '\t', '\r', '\n']);
        Self(entries.filter_map(Entry::parse).collect())
    }

    /// Returns whether all hosts are reached directly.
    pub(super) fn contains_all(&self) -> bool {
        let mut entries = self.0.iter();
        entries.any(|entry| matches!(entry.hosts, Hosts::All) && entry.port.is_none())
    }

    pub(super) fn contains(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let address = host
            .parse::<IpAddr>()
            .ok()
            .map(|address| address.to_canonical());
        let name = normal_name(host);
        let mut entries = self.0.iter();
        entries.any(|entry| {
            entry.port.is_none_or(|own| own == port) && entry.hosts.contain(&name, address)
        })
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        if let Some(network) = network(text) {
            return Some(Self {
                hosts: network,
                port: None,
            });
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (text, None),
        };
        let hosts = match host {
            "*" => Hosts::All,
            host => match (network(host), host.strip_prefix("*.")) {
                (Some(network), _) => network,
                (None, Some(domain)) => Hosts::Subdomains(normal_name(domain)),
                (None, None) => Hosts::Domain(normal_name(host.trim_start_matches('.'))),
            },
        };
        Some(Self { hosts, port })
    }
}

impl Hosts {
    fn contain(&self, name: &str, address: Option<IpAddr>) -> bool {
        match (self, address) {
            (Self::All, _) => true,
            (Self::Network(network, bits), Some(address)) => shares(*network, address, *bits),
            (Self::Domain(domain), None) => name == domain || is_below(name, domain),
            (Self::Subdomains(domain), None) => is_below(name, domain),
            // A domain never matches an address, and a network never matches a name.
            _ => false,
        }
    }
}

/// Parses an address, with or without brackets, or an address and a prefix length.
fn network(text: &str) -> Option<Hosts> {
    let address = |text: &str| {
        let inner = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        let address = inner.unwrap_or(text).parse::<IpAddr>();
        address.ok().map(|address| address.to_canonical())
    };
    let width = |address: &IpAddr| if address.is_ipv4() { 32 } else { 128 };
    match text.split_once('/') {
        None => address(text).map(|address| Hosts::Network(address, width(&address))),
        Some((text, bits)) => {
            let address = address(text)?;
            let bits = bits.parse().ok().filter(|bits| *bits <= width(&address))?;
            Some(Hosts::Network(address, bits))
        }
    }
}

fn shares(network: IpAddr, address: IpAddr, bits: u32) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let differing = u32::from(network) ^ u32::from(address);
            differing.leading_zeros() >= bits
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let differing = u128::from(network) ^ u128::from(address);
            differing.leading_zeros() >= bits
        }
        _ => false,
    }
}

fn is_below(name: &str, domain: &str) -> bool {
    let rest = name.strip_suffix(domain);
    rest.is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
}

/// Returns the name in lower case, without a trailing dot, which only marks the name as fully qualified.
fn normal_name(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}
