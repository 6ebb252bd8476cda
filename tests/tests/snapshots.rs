//! Snapshot tests of small models: the generated code of one feature each, and the errors of invalid models.

use insta::{Settings, assert_snapshot};
use std::fs;
use workspace_tests::fixtures;

/// The part of a generated file in a snapshot.
enum Show {
    /// The whole file.
    File(&'static str),
    /// The items that begin with these words.
    Items(&'static str, &'static [&'static str]),
}

use Show::{File, Items};

/// The parts in the snapshot of each fixture.
const FEATURES: &[(&str, &[Show])] = &[
    ("structure", &[File("types/thing.rs")]),
    (
        "enums",
        &[
            File("types/color.rs"),
            File("types/layers.rs"),
            Items("operation/paint.rs", &["pub struct"]),
        ],
    ),
    ("endpoint_rules", &[File("endpoint.rs")]),
    ("protocol_features", &[File("protocol_tests.rs")]),
    (
        "checksums",
        &[
            Items("operation/store.rs", &["static OPERATION"]),
            Items("operation/store_old_way.rs", &["static OPERATION"]),
            File("operation/fetch_note.rs"),
        ],
    ),
    ("union", &[File("types/choice.rs")]),
    (
        "recursive",
        &[
            Items("types/tree.rs", &["pub struct", "impl Tree "]),
            Items("types/leaf.rs", &["pub struct", "impl LeafBuilder"]),
        ],
    ),
    (
        "collections",
        &[
            Items(
                "types/collections.rs",
                &["pub struct", "impl Collections", "static SCHEMA"],
            ),
            File("targets.rs"),
        ],
    ),
    (
        "http_bindings",
        &[
            Items("operation/bind.rs", &["static"]),
            Items("operation/upload.rs", &["static"]),
        ],
    ),
    (
        "modeled_errors",
        &[
            File("error.rs"),
            Items("operation/fail.rs", &["static OPERATION"]),
            File("types/error/missing.rs"),
            File("types/error/busy.rs"),
            File("types/mod.rs"),
            File("types/error.rs"),
        ],
    ),
    (
        "pagination",
        &[
            Items(
                "operation/list_plain.rs",
                &["impl smithy_reqwest::paginator", "pub mod paginator"],
            ),
            Items(
                "operation/list_nested.rs",
                &["impl smithy_reqwest::paginator"],
            ),
            Items("operation/list_map.rs", &["impl smithy_reqwest::paginator"]),
            Items(
                "operation/list_optional.rs",
                &["impl smithy_reqwest::paginator"],
            ),
            Items(
                "operation/list_defaulted.rs",
                &["impl smithy_reqwest::paginator"],
            ),
            Items("operation/list_by_map.rs", &["impl smithy_reqwest"]),
            Items("operation/list_long.rs", &["impl smithy_reqwest"]),
            Items("operation/list_short.rs", &["impl smithy_reqwest"]),
            Items("operation/list_byte.rs", &["impl smithy_reqwest"]),
        ],
    ),
    (
        "idempotency_token",
        &[Items(
            "operation/make.rs",
            &["pub struct MakeInput", "static INPUT"],
        )],
    ),
    (
        "sensitive",
        &[
            Items("types/vault.rs", &["pub struct Vault ", "static SCHEMA"]),
            Items("types/hidden_structure.rs", &["static SCHEMA"]),
            Items(
                "types/hidden_enum.rs",
                &["pub enum", "impl std::fmt::Debug"],
            ),
            Items("types/inner.rs", &["static SCHEMA"]),
        ],
    ),
    (
        "timestamps",
        &[
            Items("operation/time.rs", &["static INPUT", "static OUTPUT"]),
            File("targets.rs"),
        ],
    ),
    (
        "documentation",
        &[
            Items("types/thing.rs", &["pub struct Thing "]),
            Items("operation/explain.rs", &["//!", "pub struct"]),
            Items("client.rs", &["//!", "impl Client"]),
        ],
    ),
    (
        "aws_json_1_0",
        &[
            File("service.rs"),
            Items("operation/do_thing.rs", &["static"]),
        ],
    ),
    (
        "aws_json_1_1",
        &[
            File("service.rs"),
            Items(
                "operation/nothing.rs",
                &["static", "impl Structure for NothingInput"],
            ),
        ],
    ),
    ("streaming", &[File("operation/mod.rs")]),
    (
        "events",
        &[
            File("operation/watch.rs"),
            File("types/watch_output.rs"),
            Items("types/all_headers.rs", &["static"]),
            Items("types/chunk.rs", &["static"]),
            Items("types/mixed.rs", &["static"]),
            File("types/mod.rs"),
            Items("error.rs", &["fn service_kind"]),
        ],
    ),
    (
        "aws_query",
        &[
            File("service.rs"),
            File("targets.rs"),
            Items("operation/put_lists.rs", &["use", "static"]),
            Items("operation/fail.rs", &["static OPERATION"]),
            Items("types/box.rs", &["static"]),
            Items("types/choice.rs", &["static"]),
            Items("error.rs", &["fn service_kind"]),
            Items("waiters/gone.rs", &["impl Waiter"]),
        ],
    ),
    (
        "ec2_query",
        &[
            File("service.rs"),
            File("targets.rs"),
            Items("operation/put_all.rs", &["static"]),
        ],
    ),
    (
        "rpc_v2_cbor",
        &[
            Items("operation/put.rs", &["static"]),
            File("protocol_tests.rs"),
        ],
    ),
    (
        "rpc_v2_json",
        &[File("service.rs"), File("protocol_tests.rs")],
    ),
    (
        "glacier",
        &[
            Items("operation/list_vaults.rs", &["static OPERATION"]),
            Items("operation/upload_archive.rs", &["static OPERATION"]),
        ],
    ),
    (
        "s3",
        &[
            Items("operation/copy_object.rs", &["static"]),
            Items(
                "operation/get_bucket_location.rs",
                &["static OPERATION", "impl Operation"],
            ),
            Items("operation/get_object.rs", &["pub struct", "static"]),
            Items(
                "operation/get_object/builders.rs",
                &["impl GetObjectFluentBuilder"],
            ),
            File("endpoint.rs"),
        ],
    ),
    (
        "rest_xml",
        &[
            File("service.rs"),
            Items("operation/put_thing.rs", &["static"]),
            Items("operation/put_nested.rs", &["static"]),
            Items("types/box.rs", &["static"]),
        ],
    ),
    (
        "rest_xml_bare",
        &[
            File("service.rs"),
            Items("operation/locate.rs", &["static"]),
        ],
    ),
];

/// Returns the items of a file that begin with one of the words, with documentation and attributes.
fn items(text: &str, starts: &[&str]) -> String {
    let mut shown = Vec::new();
    let mut item: Vec<&str> = Vec::new();
    for line in text.lines() {
        item.push(line);
        // Formatted items end in the first column, in one of few ways.
        let is_end = line.starts_with('}')
            || line.starts_with("    );")
            || line.starts_with(");")
            || line.starts_with("static") && line.ends_with(';');
        let is_other = line.is_empty() && !item.iter().any(|line| line.starts_with([' ', '\t']));
        if is_end || is_other {
            let wanted = |line: &&str| starts.iter().any(|start| line.starts_with(start));
            if item.iter().any(wanted) {
                shown.push(item.join("\n").trim().to_owned());
            }
            item.clear();
        }
    }
    shown.join("\n\n")
}

fn show(case: &str, show: &Show) -> String {
    let generated = fixtures::generate(case);
    let (path, starts) = match show {
        File(path) => (path, None),
        Items(path, starts) => (path, Some(*starts)),
    };
    let Some(text) = generated.files.get(path) else {
        return format!("{case} has no file {path}");
    };
    let body = starts.map_or_else(|| text.to_owned(), |starts| items(text, starts));
    format!("// {path}\n{body}\n")
}

fn settings(folder: &str) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(fixtures::folder().join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn each_feature_generates_its_snapshot() {
    for (case, shows) in FEATURES {
        let texts: Vec<_> = shows.iter().map(|part| show(case, part)).collect();
        settings(case).bind(|| assert_snapshot!("generated", texts.join("\n")));
    }
}

#[test]
fn the_service_side_generates_its_snapshot() {
    let files = fixtures::generate_server("server").files;
    let paths = [
        "mod.rs",
        "service.rs",
        "operation.rs",
        "dispatch.rs",
        "error.rs",
    ];
    assert_eq!(files.len(), paths.len());
    let texts = paths.map(|path| {
        let text = files.get(path).unwrap_or("is not there");
        format!("// {path}\n{text}\n")
    });
    settings("server").bind(|| assert_snapshot!("service", texts.join("\n")));
}

#[test]
fn defaults_within_one_variant_are_filled_without_a_match() {
    let files = fixtures::generate_server("defaults").files;
    let text = files.get("defaults.rs").unwrap_or_default();
    assert_eq!(text.matches("match whole {").count(), 2, "{text}");
    let expected =
        "if let types::Only::Nested(value) = whole {\n        self::value(value);\n    }";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn every_fixture_is_pinned_or_the_obstacle_course() {
    let mut pinned: Vec<_> = FEATURES
        .iter()
        .map(|(case, _)| (*case).to_owned())
        .collect();
    pinned.push("obstacle_course".to_owned());
    // It is there for its service side, which has a test of its own.
    pinned.push("server".to_owned());
    // What these do is pinned by tests of their own.
    let tested = [
        "answers",
        "defaults",
        "every_place",
        "query_compatible",
        "waiters",
    ];
    pinned.extend(tested.map(str::to_owned));
    // Their generated code is that of "events", and they run the same tests in other protocols.
    pinned.extend(["events_cbor", "events_json", "events_xml"].map(str::to_owned));
    // Their requests are compared with those that the runtime writes by hand.
    pinned.extend(["sso", "sso_oidc", "sts"].map(str::to_owned));
    pinned.sort();
    assert_eq!(fixtures::cases(), pinned);
}

#[test]
fn streaming_operations_are_left_out_with_the_reason() {
    let left_out = fixtures::generate("streaming").left_out;
    let expected = [("Talk", "its input has an event stream")];
    assert_eq!(
        left_out,
        expected.map(|(name, reason)| (name.to_owned(), reason.to_owned()))
    );
    let text = std::fs::read_to_string(fixtures::folder().join("events_json/model.json")).unwrap();
    let text = text.replace("aws.protocols#awsJson1_1", "aws.protocols#awsQuery");
    let left_out = fixtures::generate_text("model.json", &text)
        .unwrap()
        .left_out;
    let reason = "its output has an event stream, which its protocol does not define";
    assert_eq!(left_out, [("Watch".to_owned(), reason.to_owned())]);
}

#[test]
fn operations_that_would_go_without_their_authorization_are_left_out() {
    let left_out = fixtures::generate("protocol_features").left_out;
    let with_key = left_out.iter().find(|(name, _)| name == "WithKey");
    let reason = "it is authorized only by httpApiKeyAuth".to_owned();
    assert_eq!(with_key, Some(&("WithKey".to_owned(), reason)));
    let of_service = r#"{"smithy": "2.0", "shapes": {
        "fixture#Fixture": {
            "type": "service", "version": "1", "operations": [{"target": "fixture#Op"}, {"target": "fixture#Open"}],
            "traits": {"aws.protocols#awsJson1_0": {}, "smithy.api#httpBasicAuth": {}, "smithy.api#httpDigestAuth": {}}
        },
        "fixture#Op": {"type": "operation"},
        "fixture#Open": {"type": "operation", "traits": {"smithy.api#optionalAuth": {}}}
    }}"#;
    let generated = fixtures::generate_text("service.json", of_service).unwrap();
    let reason = "it is authorized only by httpBasicAuth or httpDigestAuth".to_owned();
    assert_eq!(generated.left_out, [("Op".to_owned(), reason)]);
    assert_eq!(generated.operations, 1);
}

#[test]
fn text_of_our_own_is_markdown_where_the_model_has_html() {
    let generated = fixtures::generate_of_html("waiters");
    let text = generated.files.get("waiters/name_is.rs").unwrap();
    let line = "//! Waits for `NameIs` by polling `DescribeDepot`.\n";
    assert!(text.contains(line), "{text}");
}

#[test]
fn bad_models_are_rejected_with_the_shape_that_is_bad() {
    let mut told = Vec::new();
    for case in bad_models() {
        let text =
            fs::read_to_string(fixtures::folder().join("errors").join(&case)).unwrap_or_default();
        let error = match fixtures::generate_text(&case, &text) {
            Ok(_) => "accepted".to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(
            error.contains("fixture#") || case == "no_service.json",
            "{case}: {error}"
        );
        told.push(format!("{case}\n    {}", error.replace('\n', "\n    ")));
    }
    settings("errors").bind(|| assert_snapshot!("errors", told.join("\n")));
}

fn bad_models() -> Vec<String> {
    let entries = fs::read_dir(fixtures::folder().join("errors"))
        .into_iter()
        .flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut cases: Vec<_> = names.filter(|name| name.ends_with(".json")).collect();
    cases.sort();
    cases
}
