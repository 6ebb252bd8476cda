//! The cases and their calls.

use anyhow::Result;
use aws_config::BehaviorVersion;
use aws_smithy_http_client::Builder;

/// An environment for both clients. `{place}` is replaced with the address of a server.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) variables: &'static [(&'static str, &'static str)],
    pub(crate) profile: &'static str,
    /// The endpoint that the program sets; empty for none.
    pub(crate) in_code: &'static str,
    /// The server that is called.
    pub(crate) called: &'static str,
    pub(crate) attempts: usize,
    pub(crate) app: Option<&'static str>,
}

const BASE: Case = Case {
    name: "",
    variables: &[("AWS_MAX_ATTEMPTS", "1")],
    profile: "",
    in_code: "",
    called: "",
    attempts: 1,
    app: None,
};

const ALL: &[(&str, &str)] = &[
    ("AWS_MAX_ATTEMPTS", "1"),
    ("AWS_ENDPOINT_URL_APPFLOW", "{variable}"),
    ("AWS_ENDPOINT_URL", "{general}"),
];

const PROFILE: &str = "[default]\nservices = own\nendpoint_url = {profile}\n\
                       [services own]\nappflow =\n  endpoint_url = {section}\n";

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "the program's own endpoint goes before all others",
        variables: ALL,
        profile: PROFILE,
        in_code: "{code}",
        called: "code",
        ..BASE
    },
    Case {
        name: "the variable of the service goes before the one of all",
        variables: ALL,
        profile: PROFILE,
        called: "variable",
        ..BASE
    },
    Case {
        name: "the variable of all services goes before the profile",
        variables: &[("AWS_MAX_ATTEMPTS", "1"), ("AWS_ENDPOINT_URL", "{general}")],
        profile: PROFILE,
        called: "general",
        ..BASE
    },
    Case {
        name: "the section of the service goes before its profile",
        profile: PROFILE,
        called: "section",
        ..BASE
    },
    Case {
        name: "the profile's endpoint is of all services",
        profile: "[default]\nendpoint_url = {profile}\n",
        called: "profile",
        ..BASE
    },
    Case {
        name: "attempts and the name of the program",
        variables: &[
            ("AWS_MAX_ATTEMPTS", "2"),
            ("AWS_SDK_UA_APP_ID", "shipping"),
            ("AWS_ENDPOINT_URL_APPFLOW", "{variable}"),
        ],
        called: "variable",
        attempts: 2,
        app: Some("shipping"),
        ..BASE
    },
    Case {
        name: "endpoints that are to be ignored leave the program's own",
        variables: &[
            ("AWS_MAX_ATTEMPTS", "1"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
            ("AWS_ENDPOINT_URL_APPFLOW", "{variable}"),
        ],
        in_code: "{code}",
        called: "code",
        ..BASE
    },
];

/// Loads the settings of this process, and makes a call with each SDK.
pub(crate) fn call_both(endpoint: &str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(Builder::new().build_http());
        if !endpoint.is_empty() {
            loader = loader.endpoint_url(endpoint);
        }
        let shared = loader.load().await;
        // The servers answer with errors, and note the calls.
        let _ = aws_sdk_appflow::Client::new(&shared)
            .list_flows()
            .send()
            .await;
        let _ = appflow_sdk::Client::new(&shared).list_flows().send().await;
    });
    Ok(())
}
