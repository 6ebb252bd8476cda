//! [`NoProxy`]: the text of `NO_PROXY` in; whether a host is reached directly out.
//!
//! No standard says what the variable may hold. Whatever form curl, Go's `httpproxy` or Python's requests (by which
//! botocore goes) read is read here; where they differ, the test has the table.

use std::net::IpAddr;

/// The hosts that are reached without a proxy.
#[derive(Debug, Clone, Default)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    hosts: Hosts,
    /// The port that it is about; all of them unless it says one.
    port: Option<u16>,
}

#[derive(Debug, Clone)]
enum Hosts {
    All,
    /// The addresses whose first bits are those of this one.
    Network(IpAddr, u32),
    /// A domain and what is below it.
    Domain(String),
    /// What is below a domain.
    Subdomains(String),
}

impl NoProxy {
    /// Parses a list, separated by commas or white space. An entry that cannot be read matches no host.
    pub(super) fn parse(text: &str) -> Self {
        let entries = text.split([',', ' ', '\t', '\r', '\n']);
        Self(entries.filter_map(Entry::parse).collect())
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
            // Names of domains are never those of addresses, nor the other way round.
            _ => false,
        }
    }
}

/// An address, in brackets or not, or an address and a number of bits.
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

/// Without a dot at its end, which says only that the name is whole; names have no case.
fn normal_name(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}
