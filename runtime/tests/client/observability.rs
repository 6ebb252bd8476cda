//! Tests of tracing: one span for each call and attempt, no output on success, and no secrets.

use super::server::{Server, json, soon};
use crate::service::{GetThing, GetThingOutput, client, get_thing};
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::testing::TestTransport;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// All events, one line for each, with their level.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<(Level, String)>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl Told {
    fn push(&self, level: Level, line: String) {
        self.0.lock().unwrap().push((level, line));
    }

    /// Returns the spans of this crate.
    fn spans(&self) -> Vec<String> {
        let told = self.0.lock().unwrap();
        let lines = told.iter().map(|(_, line)| line.clone());
        lines
            .filter(|line| line.starts_with("span smithy_reqwest"))
            .collect()
    }

    fn loud(&self) -> Vec<(Level, String)> {
        let told = self.0.lock().unwrap();
        told.iter()
            .filter(|(level, _)| *level <= Level::INFO)
            .cloned()
            .collect()
    }

    fn text(&self) -> String {
        let told = self.0.lock().unwrap();
        told.iter().map(|(_, line)| format!("{line}\n")).collect()
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Told {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let metadata = attributes.metadata();
        let mut line = Line(format!("span {} {}", metadata.target(), metadata.name()));
        attributes.record(&mut line);
        self.push(*metadata.level(), line.0);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let name = context.span(id).map_or("", |span| span.name());
        let mut line = Line(format!("record {name}"));
        values.record(&mut line);
        self.push(Level::TRACE, line.0);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(format!("event {}", event.metadata().target()));
        event.record(&mut line);
        self.push(*event.metadata().level(), line.0);
    }
}

#[tokio::test]
async fn a_call_opens_one_span_and_one_for_each_attempt_and_is_quiet() {
    let told = Told::default();
    let transport = TestTransport::new();
    transport
        .throttle::<GetThing>()
        .answer::<GetThing>(GetThingOutput::default());
    let client = client(transport.config().build());
    let subscriber = Registry::default().with(told.clone());
    get_thing(&client)
        .send()
        .with_subscriber(subscriber)
        .await
        .unwrap();
    assert_eq!(
        told.spans(),
        [
            r#"span smithy_reqwest::client::run call service="Thing Store" operation="GetThing""#,
            "span smithy_reqwest::client::run attempt number=1",
            "span smithy_reqwest::client::run attempt number=2",
        ]
    );
    assert!(told.loud().is_empty(), "{:?}", told.loud());
    assert!(
        told.text().contains("record call attempts=2"),
        "{}",
        told.text()
    );
    assert!(
        told.text()
            .contains("the attempt failed and will be repeated"),
        "{}",
        told.text()
    );
    let text = told.text();
    let ours = text.lines().filter(|line| line.contains("smithy_reqwest"));
    let longest = ours.map(str::len).max();
    assert!(longest < Some(200), "short fields only: {}", told.text());
}

#[tokio::test]
async fn no_secret_is_logged_at_any_level_or_outcome() {
    let secrets = [
        "planted-password",
        "planted-key",
        "planted-secret-key",
        "planted-session",
        "planted-header",
    ];
    let answers = [
        json(
            "200 OK",
            "set-cookie: planted-header\r\n",
            r#"{"password":"planted-password"}"#,
        ),
        json(
            "400 Bad Request",
            "x-amzn-errortype: Invalid\r\n",
            r#"{"message":"no"}"#,
        ),
        json("503 Service Unavailable", "", "planted-password"),
        json("200 OK", "", r#"{"password":["planted-password"]}"#),
    ];
    for answer in answers {
        let told = Told::default();
        let server = Server::answering(answer).await;
        let credentials = smithy_reqwest::config::Credentials::new(
            "AKIDTOLD",
            "planted-secret-key",
            Some("planted-session".to_owned()),
            None,
            "test",
        );
        let config = server
            .config()
            .credentials_provider(credentials)
            .retry_config(RetrySettings::standard().with_max_attempts(2));
        let client = client(config.build());
        let subscriber = Registry::default().with(told.clone());
        let mut call = get_thing(&client);
        call.input.password = Some("planted-password".to_owned());
        call.input.keys = Some(HashMap::from([(
            "planted-key".to_owned(),
            "planted-key".to_owned(),
        )]));
        let header = "planted-header".parse().unwrap();
        let call = call
            .customize()
            .header("x-api-key".parse().unwrap(), header);
        let debug = format!("{call:?} {client:?}");
        let ended = soon(call.send().with_subscriber(subscriber)).await;
        let ended = match ended {
            Ok(output) => format!("{output:?}"),
            Err(error) if error.status() == Some(503) => String::new(),
            Err(error) => format!("{error} {error:?}"),
        };
        let text = told.text();
        assert!(
            text.contains("span smithy_reqwest::client::run call"),
            "{text}"
        );
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
            assert!(!debug.contains(secret), "{secret} in {debug}");
            assert!(!ended.contains(secret), "{secret} in {ended}");
        }
        assert!(told.loud().is_empty(), "{:?}", told.loud());
    }
}

/// Faults on the way to a successful response, such as a failed refresh of credentials that are still valid, are logged
/// at most at the debug level.
#[test]
fn no_event_of_this_crate_is_above_debug() {
    fn look(folder: &std::path::Path, loud: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, loud);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for level in ["info", "warn", "error"] {
                if text.contains(&format!("tracing::{level}!")) {
                    loud.push(format!("{}: {level}", path.display()));
                }
            }
        }
    }
    let mut loud = Vec::new();
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    look(&sources, &mut loud);
    assert!(loud.is_empty(), "{loud:?}");
}
