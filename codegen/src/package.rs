//! What stands around generated code in a crate of its own: a name and a runtime in; `Cargo.toml` and the door,
//! `src/lib.rs`, out.

use crate::Generated;
use crate::names::Ident;

/// The first words of every file that may be written over.
pub const MARKER: &str = "@generated";

/// A crate to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Where the runtime is.
    pub runtime: Runtime,
}

/// Where the runtime of a generated crate comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, from the crate's own.
    Path(String),
    /// A version, from a registry.
    Version(String),
}

impl Package {
    /// The name of a crate when none is given: `some-service-sdk` for the sdk id `Some Service`.
    pub fn default_name(sdk_id: &str) -> String {
        let words = Ident::snake(sdk_id).text().replace('_', "-");
        format!("{}-sdk", words.trim_matches('-'))
    }

    /// The manifest.
    pub fn manifest(&self, generated: &Generated, origin: &str) -> String {
        let mut runtime = match &self.runtime {
            Runtime::Path(path) => format!("path = {}", quoted(path)),
            Runtime::Version(version) => format!("version = {}", quoted(version)),
        };
        if !generated.runtime_features.is_empty() {
            let features = generated.runtime_features.iter().map(|name| quoted(name));
            let features: Vec<_> = features.collect();
            runtime.push_str(&format!(", features = [{}]", features.join(", ")));
        }
        format!(
            "# {MARKER} by {origin}\n\
             [package]\n\
             name = {}\n\
             description = {}\n\
             version = \"0.1.0\"\n\
             edition = \"2024\"\n\
             rust-version = \"1.94.1\"\n\
             \n\
             [features]\n\
             # Calls without async: `send_blocking()` on builders and paginators.\n\
             blocking = [\"smithy-reqwest/blocking\"]\n\
             # `Validation::with_patterns()`: checking inputs against the patterns of the model, where asked for.\n\
             patterns = [\"smithy-reqwest/patterns\"]\n\
             \n\
             [dependencies]\n\
             smithy-reqwest = {{ {runtime} }}\n",
            quoted(&self.name),
            quoted(&format!("A client of {}", generated.title)),
        )
    }

    /// The door of the crate.
    pub fn door(&self, generated: &Generated, origin: &str) -> String {
        let title = &generated.title;
        let door = door(generated.files.get("waiters/mod.rs").is_some());
        format!("// {MARKER} by {origin}\n//! A client of {title}.\n{door}")
    }
}

/// What a door leads to, below the line that says whose it is.
pub fn door(has_waiters: bool) -> String {
    let waiters = if has_waiters {
        "pub use generated::waiters;\n"
    } else {
        ""
    };
    format!("{DOOR}{waiters}{SURROUNDINGS}")
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// What every client has.
const DOOR: &str = "//!
//! Everything is generated from the service's model. [`Client`] has a method for each operation; what they take and
//! give is in [`operation`] and [`types`].

#[rustfmt::skip]
mod generated;

#[doc(inline)]
pub use config::Config;
#[doc(inline)]
pub use generated::client::{self, Client};
#[doc(inline)]
pub use generated::error::{self, Error, ErrorKind};
pub use generated::{operation, types};
";

/// What generated code, and those who use it, find beside it.
const SURROUNDINGS: &str = "
#[doc(inline)]
pub use smithy_reqwest::{config, http, paginator, primitives};
pub use smithy_reqwest::testing;

/// About this crate.
pub mod meta {
    /// Its version.
    pub static PKG_VERSION: &str = env!(\"CARGO_PKG_VERSION\");
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_named_after_its_service() {
        for (sdk_id, name) in [
            ("Appflow", "appflow-sdk"),
            ("Some Service", "some-service-sdk"),
            ("IoT Data Plane", "io-t-data-plane-sdk"),
            ("Route53 Recovery", "route53-recovery-sdk"),
        ] {
            assert_eq!(Package::default_name(sdk_id), name);
        }
    }

    #[test]
    fn the_door_leads_to_waiters_where_there_are_any() {
        assert!(door(true).contains("\npub use generated::waiters;\n"));
        assert!(!door(false).contains("waiters"));
    }

    #[test]
    fn text_of_a_model_cannot_break_out_of_the_manifest() {
        assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
    }
}
