//! [`Hosts`]: the names by which the control API answers.
//!
//! A web page of anyone can let a name of its own lead to this machine, and is then of the same origin as the control API
//! (DNS rebinding). The name stands in the request, so only those are answered that no one else can own.

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use std::net::IpAddr;

/// The names that are answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hosts {
    /// Names and addresses besides those of the loopback interface.
    pub(crate) others: Vec<String>,
}

impl Hosts {
    /// Returns whether a request is for a name that is answered.
    pub(crate) fn accept(&self, head: &Parts) -> bool {
        let header = head.headers.get(HOST);
        let header = header.map(|value| Authority::try_from(value.as_bytes()));
        let target = head.uri.authority().cloned().map(Ok);
        let mut named = [header, target].into_iter().flatten().peekable();
        named.peek().is_some()
            && named.all(|authority| {
                authority.is_ok_and(|authority| self.accepts_name(authority.host()))
            })
    }

    fn accepts_name(&self, name: &str) -> bool {
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>()
            && address.is_loopback()
        {
            return true;
        }
        let name = bare.trim_end_matches('.').to_ascii_lowercase();
        let mut others = self.others.iter();
        name == "localhost"
            || name.ends_with(".localhost")
            || others.any(|other| other.eq_ignore_ascii_case(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;

    #[test]
    fn only_names_of_this_machine_are_accepted() {
        let hosts = Hosts {
            others: vec!["appflow".to_owned(), "192.0.2.7".to_owned()],
        };
        let table = [
            ("localhost", true),
            ("LocalHost:4577", true),
            ("localhost.", true),
            ("appflow.localhost:1", true),
            ("127.0.0.1:4577", true),
            ("127.9.9.9", true),
            ("[::1]:4577", true),
            ("appflow:4577", true),
            ("192.0.2.7:80", true),
            ("192.0.2.8", false),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("evil@localhost@evil.example", false),
            ("", false),
        ];
        for (host, expected) in table {
            let request = Request::get("/_appflow-local/").header(HOST, host);
            let (head, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(hosts.accept(&head), expected, "{host:?}");
        }
        let (head, ()) = Request::new(()).into_parts();
        assert!(!hosts.accept(&head), "without a name");
        let target = Request::get("http://evil.example/").header(HOST, "localhost");
        let (head, ()) = target.body(()).unwrap().into_parts();
        assert!(!hosts.accept(&head), "the target counts, too");
    }
}
