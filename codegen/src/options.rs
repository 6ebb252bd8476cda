//! The settings of the generated code: [`Options`] of a client and [`ServerOptions`] of a service side.

use crate::protocol::Protocol;

/// The settings of a generated client.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name and version that the client sends in its `User-Agent` header, such as `appflow-sdk/0.1.0`.
    pub user_agent: String,
    /// The text after the `@generated` marker in the first line of every file: the command that writes the file and the
    /// model that it is generated from.
    pub origin: String,
    /// The surroundings of the examples in the documentation of operations. `None` leaves the examples out.
    pub examples: Option<Examples>,
    /// `true` if the documentation of the model is HTML, as AWS writes it, and `false` if it is Markdown.
    pub html_documentation: bool,
    /// Additional protocols, for services that use others than the built-in ones. They are preferred to those, in this
    /// order.
    pub protocols: Vec<&'static dyn Protocol>,
}

/// The settings of a generated service side.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The name of the client's crate in Rust, such as `appflow_sdk`.
    pub client_crate: String,
    /// The name of the trait that a service implements.
    pub service_trait: String,
}

/// The surroundings of the examples of operations, which are compiled as documentation tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// The name of the generated crate in Rust paths.
    pub crate_name: String,
    /// Hidden lines before the call, which define `client`. `{operation}` is replaced by the name of the operation.
    pub before: Vec<String>,
    /// Hidden lines after the call.
    pub after: Vec<String>,
    /// `true` for one short example of each operation: the shortest of the model unless it is long, or one that is
    /// derived from the input. Examples of the model that do not match it are then ignored.
    pub one_each: bool,
}

impl Examples {
    /// Creates examples that are compiled and not run.
    pub fn compiled(crate_name: &str) -> Self {
        Self {
            crate_name: crate_name.to_owned(),
            before: vec![format!(
                "async fn example(client: &{crate_name}::Client) -> Result<(), {crate_name}::Error> {{"
            )],
            after: vec!["Ok(())".to_owned(), "}".to_owned()],
            one_each: false,
        }
    }

    /// Keeps one short example of each operation.
    pub fn one_each(mut self) -> Self {
        self.one_each = true;
        self
    }
}
