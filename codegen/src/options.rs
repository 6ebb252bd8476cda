//! What the caller says of the generated code: [`Options`] of a client, [`ServerOptions`] of a service side.

use crate::protocol::Protocol;

/// What generated code has to know of its surroundings.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name and version that the client sends in its user agent, such as `appflow-sdk/0.1.0`.
    pub user_agent: String,
    /// The first line of every file, after the `@generated` marker: the command that writes it and the model it is of.
    pub origin: String,
    /// What surrounds the examples in the documentation of operations; `None` leaves them out.
    pub examples: Option<Examples>,
    /// Whether the model's documentation is HTML, as AWS writes it, and not Markdown.
    pub html_documentation: bool,
    /// Protocols besides those that are shipped, for services that speak others. They are preferred, in this order.
    pub protocols: Vec<&'static dyn Protocol>,
}

/// What the service side has to know of its surroundings.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The crate of the client, by its name in Rust, such as `appflow_sdk`.
    pub client_crate: String,
    /// The name of the trait that a service implements.
    pub service_trait: String,
}

/// What surrounds the examples of operations, which are compiled as tests of the documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// The generated crate, as its users write it in paths.
    pub crate_name: String,
    /// Lines before the call that readers do not see; they bring `client`. `{operation}` stands for the operation.
    pub before: Vec<String>,
    /// Lines behind it that readers do not see.
    pub after: Vec<String>,
}

impl Examples {
    /// Examples that are compiled and not run.
    pub fn compiled(crate_name: &str) -> Self {
        Self {
            crate_name: crate_name.to_owned(),
            before: vec![format!(
                "async fn example(client: &{crate_name}::Client) -> Result<(), {crate_name}::Error> {{"
            )],
            after: vec!["Ok(())".to_owned(), "}".to_owned()],
        }
    }
}
