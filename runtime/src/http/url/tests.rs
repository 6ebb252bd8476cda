use super::*;
use proptest::prelude::*;

fn normal(text: &str) -> Result<String, UrlError> {
    Url::parse(text).map(|url| url.into_uri().to_string())
}

#[test]
fn a_url_is_brought_into_the_form_in_which_it_is_sent() {
    let table = [
        ("http://h", "http://h/"),
        ("HTTP://LOCALHOST:8080/A?B", "http://localhost:8080/A?B"),
        ("https://Thing.Example.", "https://thing.example./"),
        ("http://h:80/", "http://h/"),
        ("https://h:443/", "https://h/"),
        ("https://h:80/", "https://h:80/"),
        ("http://h:0080/", "http://h/"),
        ("http://h:08080/", "http://h:8080/"),
        ("http://h:/", "http://h/"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"),
        ("http://[FD00:EC2::254]/", "http://[fd00:ec2::254]/"),
        ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/"),
        (
            "http://xn--bcher-kva.example/",
            "http://xn--bcher-kva.example/",
        ),
        ("http://my_service:1/", "http://my_service:1/"),
        ("http://h?a=b", "http://h/?a=b"),
        ("http://h/a//b/", "http://h/a//b/"),
        ("http://h/a%2Fb%2fc", "http://h/a%2Fb%2fc"),
        ("http://h/a|b", "http://h/a%7Cb"),
        ("http://h/a\\b", "http://h/a%5Cb"),
        ("http://h/...", "http://h/..."),
        ("http://h/.a/..b", "http://h/.a/..b"),
        ("http://h/%252e%252e/b", "http://h/%252e%252e/b"),
        ("http://h/ü", "http://h/%C3%BC"),
        ("http://h/?a='b'|^", "http://h/?a=%27b%27%7C%5E"),
        // A query of one character, which must be encoded.
        ("http://h/?'", "http://h/?%27"),
        ("http://h/?|", "http://h/?%7C"),
        ("http://h/?", "http://h/?"),
        ("http://h/#fragment", "http://h/"),
        ("http://h#fragment", "http://h/"),
    ];
    for (text, expected) in table {
        assert_eq!(normal(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn urls_that_parsers_would_rewrite_are_rejected_with_the_reason() {
    let table = [
        ("http://h/..", UrlError::DotSegment),
        ("http://h/a/./b", UrlError::DotSegment),
        ("http://h/%2e", UrlError::DotSegment),
        ("http://h/a/%2E%2e/b", UrlError::DotSegment),
        ("http://h/.%2E?q", UrlError::DotSegment),
        ("http://127.1/", UrlError::Ipv4),
        ("http://0x7f.1/", UrlError::Ipv4),
        ("http://0x7f000001/", UrlError::Ipv4),
        ("http://2130706433/", UrlError::Ipv4),
        ("http://0177.0.0.1/", UrlError::Ipv4),
        ("http://127.0.0.1./", UrlError::Ipv4),
        ("http://1.2.3.4.5/", UrlError::Ipv4),
        ("http://a.0x/", UrlError::Ipv4),
        ("http://user:hush@h/", UrlError::User),
        ("http://user@h/", UrlError::User),
        ("http://user:hu sh@h/", UrlError::User),
        ("http://[::1", UrlError::Character),
        ("http://[fe80::1%25eth0]/", UrlError::Host),
        ("http://%6cocalhost/", UrlError::Character),
        ("http://a..b/", UrlError::Host),
        ("http://./", UrlError::Host),
        ("http://a*b/", UrlError::Host),
        ("http://h:99999/", UrlError::Port),
        ("http://h:80y/", UrlError::Port),
        ("http://:80/", UrlError::NoHost),
        ("http:///a", UrlError::NoHost),
        ("ftp://h/", UrlError::Scheme),
        ("h:80", UrlError::Scheme),
        ("/a", UrlError::Scheme),
        ("", UrlError::Scheme),
        ("not a url", UrlError::Scheme),
        ("http://bücher.example/", UrlError::Character),
        ("http://h\t/", UrlError::Character),
    ];
    for (text, expected) in table {
        assert_eq!(normal(text), Err(expected), "{text}");
    }
    let long = "a".repeat(64);
    assert_eq!(
        normal(&format!("http://{long}.b/")),
        Err(UrlError::HostLength)
    );
}

#[test]
fn a_url_is_shown_without_user_password_and_query() {
    let table = [
        ("http://h:1/p", "http://h:1/p"),
        ("http://user:hush@h:1/p", "http://…@h:1/p"),
        ("https://hush@h", "https://…@h"),
        ("http://user:hu@sh@h", "http://…@h"),
        ("http://user:hu/sh@h", "http://…@h"),
        // After a question mark, a password and a query look alike.
        ("http://user:hu?sh@h", "http://…"),
        ("http://h/?user=a@b&token=hush", "http://…"),
        ("https://h?token=a@hush", "https://…"),
        ("http://h/#a@hush", "http://…"),
        ("h/?a@hush", "…"),
        ("user:hush@h:3128", "…@h:3128"),
        ("http://h/?token=hush", "http://h/?…"),
        ("http://h/#hush", "http://h/?…"),
        ("nonsense", "nonsense"),
    ];
    for (text, expected) in table {
        let given = UrlText::new(text);
        assert_eq!(given.to_string(), expected, "{text}");
        assert_eq!(format!("{given:?}"), format!("{expected:?}"), "{text}");
        if let Ok(url) = Url::parse(text) {
            assert!(!format!("{url} {url:?}").contains("hush"), "{text}");
        }
    }
}

#[test]
fn a_parsed_url_is_shown_with_its_host_whatever_its_query_contains() {
    for (text, expected) in [
        ("http://h:1/a@b", "http://h:1/a@b"),
        ("https://h?user=a@b&token=hush", "https://h/?…"),
        ("https://h/p?#hush", "https://h/p?…"),
    ] {
        let url = Url::parse(text).unwrap();
        assert_eq!(url.to_string(), expected);
        assert_eq!(format!("{url:?}"), format!("{expected:?}"));
    }
}

/// Generates pieces that URL parsers treat specially.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9._~-]{0,4}",
        "[!-~]{0,4}",
        prop::sample::select(vec![
            ".",
            "..",
            "%2e",
            "%2E%2e",
            "%",
            "%zz",
            "\\",
            "//",
            "|",
            "^",
            "'",
            "\"",
            "0x7f",
            "0x",
            "127",
            "1",
            "[::1]",
            "xn--a",
            "xn--bcher-kva",
            "ü",
            "\t",
            "\n",
            " ",
            "@",
            ":",
            "?",
            "#",
            "%00",
            "%41",
        ])
        .prop_map(str::to_owned),
    ]
}

#[test]
fn a_target_has_the_length_limit_of_the_whole_url() {
    let base = Url::parse("http://h").unwrap();
    for (length, is_valid) in [(65_526, true), (65_527, false), (70_000, false)] {
        let path = format!("/{}", "a".repeat(length - 1));
        let query = format!("/{}?q", "a".repeat(length - 3));
        for target in [path, query] {
            let found = base.with_target(&target);
            assert_eq!(found, Url::parse(&format!("http://h{target}")), "{length}");
            assert_eq!(found.is_ok(), is_valid, "{length}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The invariant of the type: the URL Standard's own parser, which reqwest uses, leaves a URL unchanged or rejects
    /// it, and never turns it into another URL.
    #[test]
    fn the_url_standard_leaves_every_url_as_it_is(
        scheme in prop::sample::select(vec!["http", "https", "HTTP", "hTTps"]),
        host in prop::collection::vec(piece(), 1..4),
        port in prop::option::of("[0-9]{0,5}"),
        path in prop::collection::vec(piece(), 0..5),
        query in prop::option::of(prop::collection::vec(piece(), 0..3)),
    ) {
        let port = port.map_or_else(String::new, |port| format!(":{port}"));
        let query = query.map_or_else(String::new, |query| format!("?{}", query.join("&")));
        let text = format!("{scheme}://{}{port}/{}{query}", host.join("."), path.join("/"));
        if let Ok(url) = normal(&text) {
            let again = normal(&url);
            prop_assert_eq!(again.as_ref(), Ok(&url), "twice is once");
            #[cfg(feature = "reqwest")]
            if let Ok(standard) = reqwest::Url::parse(&url) {
                prop_assert_eq!(standard.as_str(), url.as_str(), "{}", text);
            }
        }
    }

    /// A target is brought into the same form as the whole URL.
    #[test]
    fn a_target_on_a_host_is_the_url_of_their_text(
        host in prop::sample::select(vec!["http://h:8080", "https://Thing.example", "http://[::1]"]),
        path in prop::collection::vec(piece(), 0..5),
        query in prop::option::of(prop::collection::vec(piece(), 0..3)),
    ) {
        let query = query.map_or_else(String::new, |query| format!("?{}", query.join("&")));
        let target = format!("/{}{query}", path.join("/"));
        let base = Url::parse(host).unwrap();
        prop_assert_eq!(base.with_target(&target), Url::parse(&format!("{host}{target}")), "{}", target);
    }
}
