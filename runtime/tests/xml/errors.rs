//! Tests of error documents: code, message, request ID and members, regardless of other contents.

use crate::shapes::{PROTOCOLS, Thing, head, read};
use bytes::Bytes;
use smithy_reqwest::protocol::{Protocol, RestXml};

#[test]
fn code_message_and_request_id_are_found_in_every_form() {
    let table: [(&str, [Option<&str>; 3]); 13] = [
        (
            "<ErrorResponse xmlns='u'><Error><Type>Sender</Type><Code>C</Code><Message>m</Message></Error>\
             <RequestId>r</RequestId></ErrorResponse>",
            [Some("C"), Some("m"), Some("r")],
        ),
        (
            "<Response><Errors><Error><Code>C</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response>",
            [Some("C"), Some("m"), Some("r")],
        ),
        (
            "<?xml version=\"1.0\"?>\n<Error><Code> C </Code><Message> a &lt; b\n</Message><RequestId>r</RequestId></Error>",
            [Some("C"), Some(" a < b\n"), Some("r")],
        ),
        (
            "<E><Error><message>m</message><Code>C</Code></Error></E>",
            [Some("C"), Some("m"), None],
        ),
        (
            "<Error><Detail><Code>X</Code></Detail><Code>C</Code><Code>D</Code></Error>",
            [Some("C"), None, None],
        ),
        (
            "<InvalidBatch><Messages><Message>m</Message></Messages><RequestId>r</RequestId></InvalidBatch>",
            [Some("InvalidBatch"), None, Some("r")],
        ),
        (
            "<ErrorResponse><Error><Code>C</Code><Message>cut o",
            [
                Some("C"),
                Some("<ErrorResponse><Error><Code>C</Code><Message>cut o"),
                None,
            ],
        ),
        ("<Error><Code>C</Code><a></b>", [Some("C"), None, None]),
        (
            "<!DOCTYPE a><Error><Code>C</Code></Error>",
            [
                None,
                Some("<!DOCTYPE a><Error><Code>C</Code></Error>"),
                None,
            ],
        ),
        (
            "<html><body>Bad Gateway</body></html>",
            [None, Some("<html><body>Bad Gateway</body></html>"), None],
        ),
        ("Bad Gateway", [None, Some("Bad Gateway"), None]),
        ("<Error/>", [None, Some("<Error/>"), None]),
        (
            "<Error><Code/><Message/></Error>",
            [None, Some("<Error><Code/><Message/></Error>"), None],
        ),
    ];
    for protocol in PROTOCOLS {
        for (body, [code, message, request_id]) in &table {
            let document = protocol.read_error(&head(400), &Bytes::from(body.to_string()));
            // If a document names its error, no other part of it is shown.
            let message = message.filter(|message| code.is_none() || !message.starts_with('<'));
            assert_eq!(
                (
                    document.code.as_deref(),
                    document.message.as_deref(),
                    document.request_id.as_deref()
                ),
                (*code, message, *request_id),
                "{protocol:?} {body}"
            );
        }
    }
}

#[test]
fn the_members_of_an_error_are_read_each_for_itself() {
    let text = |body: &str| {
        let mut error = Thing::default();
        let body = Bytes::from(body.to_owned());
        RestXml::WRAPPED_ERRORS.read_error_members(&head(400), &body, &mut error);
        error
    };
    let good = read("<T><text>t</text></T>").unwrap();
    let listed = read("<T><text>t</text><list><part>a</part></list></T>").unwrap();
    for (body, expected) in [
        (
            "<ErrorResponse><Error><text>t</text></Error></ErrorResponse>",
            &good,
        ),
        ("<Error><text>t</text></Error>", &good),
        (
            "<Other><text>t</text><RequestId>r</RequestId></Other>",
            &good,
        ),
        ("<Error><Other>none</Other><text>t</text></Error>", &good),
        (
            "<Error><list><part><x><y/></x></part></list><text>t</text></Error>",
            &good,
        ),
        (
            "<Error><text>t</text><list><part>a</part></list><Other>1",
            &listed,
        ),
        ("<Error><text>t</text><list><part>a", &good),
        (
            "<Response><Errors><Error><text>t</text></Error></Errors><RequestID>r</RequestID></Response>",
            &good,
        ),
    ] {
        assert_eq!(&text(body), expected, "{body}");
    }
    assert_eq!(text("hush"), Thing::default());
}

#[test]
fn an_error_without_a_body_has_its_status_as_its_code() {
    for (status, code) in [
        (404, Some("NotFound")),
        (412, Some("PreconditionFailed")),
        (599, None),
    ] {
        let document = RestXml::BARE_ERRORS.read_error(&head(status), &Bytes::new());
        assert_eq!(document.code.as_deref(), code, "{status}");
    }
    let [query, ..] = PROTOCOLS;
    assert_eq!(query.read_error(&head(404), &Bytes::new()).code, None);
}

#[test]
fn an_error_in_a_response_of_success_is_known_where_errors_are_bare() {
    for (body, expected) in [
        (
            "<?xml version='1.0'?>\n  <Error><Code>InternalError</Code></Error>",
            true,
        ),
        ("<Error xmlns='urn:x'>", true),
        ("<CopyObjectResult><Error/></CopyObjectResult>", false),
        ("<ErrorResponse/>", false),
        ("", false),
        ("{\"Error\": 1}", false),
    ] {
        let body = Bytes::from_static(body.as_bytes());
        assert_eq!(RestXml::BARE_ERRORS.is_error(&body), expected, "{body:?}");
        assert!(!RestXml::WRAPPED_ERRORS.is_error(&body), "{body:?}");
    }
}
