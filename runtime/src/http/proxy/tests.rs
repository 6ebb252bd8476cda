use super::*;

/// Returns the route of a URL with these variables.
fn route(variables: &[(&'static str, &str)], url: &str) -> Result<String, String> {
    let get = |name| {
        let mut variables = variables.iter();
        variables
            .find(|(given, _)| *given == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let proxies = Proxies::from_variables(get).map_err(|error| error.to_string())?;
    Ok(proxies.route(&Url::parse(url).unwrap()))
}

#[test]
fn no_proxy_entries_match_hosts_domains_and_addresses() {
    // The behavior of other tools: curl 7.88 and Python's requests 2.34 were measured; Go's httpproxy follows its
    // documentation. "D" is direct, "P" is through the proxy. A host that any of them reaches directly by the evident
    // meaning of the entry is direct here; matches that split a name or an address are not.
    let table = [
        //                                             here, curl, requests, Go
        ("example.com", "http://example.com", "DDDD"),
        ("example.com", "http://a.example.com", "DDDD"),
        ("example.com", "http://b.a.example.com", "DDDD"),
        ("example.com", "http://notexample.com", "PPPP"),
        ("example.com", "http://example.com.org", "PPPP"),
        ("example.com", "http://example.com.", "DDPP"),
        ("example.com.", "http://example.com", "DDPP"),
        ("EXAMPLE.com", "http://example.COM", "DDDD"),
        (".example.com", "http://example.com", "DDDP"),
        (".example.com", "http://a.example.com", "DDDD"),
        ("*.example.com", "http://a.example.com", "DPPD"),
        ("*.example.com", "http://b.a.example.com", "DPPD"),
        ("*.example.com", "http://example.com", "PPPP"),
        ("*", "http://example.com", "DDDD"),
        ("*", "http://127.0.0.1", "DDDD"),
        ("example.com:8080", "http://example.com:8080", "DPDD"),
        ("example.com:8080", "http://example.com", "PPPP"),
        ("example.com:80", "http://example.com", "DPPD"),
        ("example.com:443", "https://example.com", "DPPD"),
        ("a.example, b.example", "http://b.example", "DDDD"),
        ("a.example b.example", "http://b.example", "DDPP"),
        ("127.0.0.1", "http://127.0.0.1", "DDDD"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", "DPPD"),
        ("10.1.2.3:8080", "http://10.1.2.3", "PPPP"),
        ("10.0.0.0/8", "http://10.1.2.3", "DDDD"),
        ("10.0.0.0/8", "http://11.1.2.3", "PPPP"),
        ("0.0.0.0/0", "http://11.1.2.3", "DDDD"),
        ("0.1", "http://10.0.0.1", "PPDP"),
        ("192.168.*", "http://192.168.1.1", "PPPP"),
        ("::1", "http://[::1]", "DDDD"),
        ("[::1]", "http://[::1]", "DDPD"),
        ("[::1]:8080", "http://[::1]:8080", "DDPD"),
        ("fd00::/8", "http://[fd00:ec2::254]", "DDPD"),
        ("fd00::/8", "http://[fe00::1]", "PPPP"),
        ("::ffff:10.0.0.1", "http://10.0.0.1", "DPPD"),
        ("", "http://example.com", "PPPP"),
        (",, ,", "http://example.com", "PPPP"),
        (".", "http://example.com", "PPPP"),
        ("*.", "http://example.com", "PPPP"),
        ("10.0.0.0/33", "http://10.0.0.0", "PPPP"),
        ("example.com:x", "http://example.com", "PPPP"),
        // Go reaches these hosts directly with any setting; the others do not.
        ("", "http://localhost", "PPPD"),
        ("", "http://127.0.0.1", "PPPD"),
    ];
    for (entries, url, expected) in table {
        let proxy = ("ALL_PROXY", "http://proxy:3128");
        let route = route(&[proxy, ("NO_PROXY", entries)], url).unwrap();
        let is_direct = !route.contains(" by the proxy http://proxy:3128");
        assert_eq!(
            is_direct,
            expected.starts_with('D'),
            "NO_PROXY={entries:?} {url}: {route}"
        );
    }
}

#[test]
fn variables_name_proxies_by_scheme_and_upper_case_goes_first() {
    let (http, https, all) = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");
    let table = [
        (vec![], "http://h", "http://h"),
        (
            vec![(http, "p:1")],
            "http://h",
            "http://h by the proxy http://p:1",
        ),
        (vec![(http, "p:1")], "https://h", "https://h"),
        (
            vec![(https, "https://P:443")],
            "https://h",
            "https://h by the proxy https://p",
        ),
        (
            vec![(https, "p:1"), (all, "q:1")],
            "https://h",
            "https://h by the proxy http://p:1",
        ),
        (
            vec![(https, "p:1"), (all, "q:1")],
            "http://h",
            "http://h by the proxy http://q:1",
        ),
        (
            vec![("http_proxy", "q:1"), (http, "p:1")],
            "http://h",
            "http://h by the proxy http://p:1",
        ),
        (
            vec![("http_proxy", "q:1")],
            "http://h:1",
            "http://h:1 by the proxy http://q:1",
        ),
        (
            vec![("all_proxy", "q:1"), ("no_proxy", "h")],
            "http://h",
            "http://h",
        ),
        (
            vec![(http, "p:1"), ("REQUEST_METHOD", "GET")],
            "http://h",
            "http://h",
        ),
        (
            vec![(https, "p:1"), ("REQUEST_METHOD", "GET")],
            "https://h",
            "https://h by the proxy http://p:1",
        ),
        (
            vec![(http, "http://u:hush@p:1/x")],
            "http://h",
            "http://h by the proxy http://p:1",
        ),
        (
            vec![(http, "http://u:hu@/sh@p:1")],
            "http://h",
            "http://h by the proxy http://p:1",
        ),
    ];
    for (variables, url, expected) in table {
        assert_eq!(
            route(&variables, url).as_deref(),
            Ok(expected),
            "{variables:?}"
        );
    }
}

#[test]
fn a_proxy_that_cannot_be_used_is_an_error_that_names_the_variable() {
    let table = [
        (
            "socks5://user:hush@p:1",
            "only http and https proxies are supported",
        ),
        ("socks5h://p", "only http and https proxies are supported"),
        ("ftp://p", "only http and https proxies are supported"),
        ("http://", "missing host"),
        ("http://p:99999", "invalid port"),
        ("http://user:hush@p:x", "invalid port"),
        ("http://user:hush@[", "invalid"),
        ("not a proxy", "invalid"),
        ("http://127.1:3128", "four decimal numbers"),
    ];
    for name in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ] {
        for (text, reason) in table {
            let error = route(&[(name, text)], "http://h").unwrap_err();
            let starts = format!("environment variable {name}: invalid proxy URL ");
            assert!(
                error.starts_with(&starts) && error.contains(reason),
                "{text}: {error}"
            );
            assert!(!error.contains("hush"), "{error}");
        }
    }
    let error = Proxies::all(&UrlText::new("socks4://user:hush@p")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid proxy URL \"…@p\": only http and https proxies are supported"
    );
    assert!(!format!("{error:?}").contains("hush"));
}

#[test]
fn an_invalid_proxy_that_no_request_would_use_is_no_error() {
    let (http, https) = (("http_proxy", "p:1"), ("https_proxy", "p:2"));
    let all = ("all_proxy", "socks5://q:3");
    let by = |proxy: &str| Ok(format!("https://h by the proxy http://{proxy}"));
    let fails = || Err("only http and https proxies are supported");
    let direct = || Ok("https://h".to_owned());
    for (variables, expected) in [
        (vec![http, https, all], by("p:2")),
        (vec![https, all], fails()),
        (vec![http, all], fails()),
        // In a CGI program, `HTTP_PROXY` is not read.
        (vec![http, https, all, ("REQUEST_METHOD", "GET")], fails()),
        (vec![all, ("NO_PROXY", "*")], direct()),
        (
            vec![("HTTPS_PROXY", "socks5://q"), ("no_proxy", "a, *")],
            direct(),
        ),
        (vec![all, ("NO_PROXY", "*:443")], fails()),
        (vec![all, ("NO_PROXY", "h")], fails()),
    ] {
        let found = route(&variables, "https://h");
        match (&found, &expected) {
            (Err(error), Err(expected)) => assert!(error.contains(expected), "{error}"),
            (found, expected) => assert_eq!(
                found.as_deref().ok(),
                expected.as_deref().ok(),
                "{variables:?}"
            ),
        }
    }
}

#[test]
fn printed_proxies_contain_no_password() {
    let proxies = Proxies::all(&UrlText::new("http://user:hush@p:1")).unwrap();
    assert!(!format!("{proxies:?}").contains("hush"), "{proxies:?}");
}

#[cfg(feature = "reqwest")]
#[test]
fn user_and_password_reach_the_proxy_with_any_characters() {
    for (text, user, password) in [
        ("http://u:p@h", "u", Some("p")),
        ("u:p@h:1", "u", Some("p")),
        ("http://u:p%40@h", "u", Some("p%40")),
        ("http://u:p@/?#@h", "u", Some("p%40%2F%3F%23")),
        ("http://u@h", "u", None),
    ] {
        let url = Proxy::new(None, text).unwrap().with_user;
        assert_eq!((url.username(), url.password()), (user, password), "{text}");
    }
}

#[cfg(feature = "hyper")]
#[test]
fn user_and_password_are_decoded_in_the_header_for_the_proxy() {
    for (text, expected) in [
        ("http://u:p@h", Some("u:p")),
        ("u:p@h:1", Some("u:p")),
        ("http://u:p%40@h", Some("u:p@")),
        ("http://u:p@/?#@h", Some("u:p@/?#")),
        ("http://a%3Ab:p:q@h", Some("a:b:p:q")),
        ("http://u@h", Some("u:")),
        ("http://h", None),
    ] {
        let header = Proxy::new(None, text).unwrap().authorization();
        let decoded = header.map(|header| {
            assert!(header.is_sensitive());
            let text = header.to_str().unwrap().strip_prefix("Basic ").unwrap();
            String::from_utf8(aws_smithy_types::base64::decode(text).unwrap()).unwrap()
        });
        assert_eq!(decoded.as_deref(), expected, "{text}");
    }
}
