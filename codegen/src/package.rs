//! [`Package`]: writes the files around generated code in a crate of its own: `Cargo.toml`, `README.md` and
//! `src/lib.rs`.

mod introduction;

use crate::Generated;
use crate::markdown;
use crate::names::Ident;

/// The marker in the first line of every file that may be overwritten.
pub const MARKER: &str = "@generated";

/// A crate to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name of the crate.
    pub name: String,
    /// The name of the folder.
    pub folder: String,
    /// The source of the runtime.
    pub runtime: Runtime,
    /// `true` if the crate is a workspace of its own. This is necessary in the folder of a workspace that it is not a
    /// member of.
    pub is_workspace: bool,
    /// The command that regenerates the crate.
    pub command: String,
}

/// The source of the runtime of a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, relative to that of the crate.
    Path(String),
    /// A version from a registry.
    Version(String),
    /// A git repository.
    Git {
        /// The URL of the repository.
        url: String,
        /// The commit, tag or branch. `None` is the default branch.
        rev: Option<String>,
    },
}

impl Runtime {
    /// Returns the keys that locate the runtime in a dependency of `Cargo.toml`.
    fn location(&self) -> String {
        match self {
            Self::Path(path) => format!("path = {}", quoted(path)),
            Self::Version(version) => format!("version = {}", quoted(version)),
            Self::Git { url, rev: None } => format!("git = {}", quoted(url)),
            Self::Git {
                url,
                rev: Some(rev),
            } => format!("git = {}, rev = {}", quoted(url), quoted(rev)),
        }
    }
}

impl Package {
    /// Returns the default name of a crate: `some-service-sdk` for the SDK id `Some Service`.
    pub fn default_name(sdk_id: &str) -> String {
        let words = Ident::snake(sdk_id).text().replace('_', "-");
        format!("{}-sdk", words.trim_matches('-'))
    }

    /// Returns the text after [`MARKER`] in the first line of every generated file: the command that writes it.
    pub fn origin(&self) -> String {
        format!("`{}`; do not edit", self.command)
    }

    /// Returns the content of `Cargo.toml`.
    pub fn manifest(&self, generated: &Generated) -> String {
        let origin = self.origin();
        let source = self.runtime.location();
        let workspace = if self.is_workspace {
            "\n# A workspace of its own, since it is not a member of the one whose folder it lies in.\n[workspace]\n"
        } else {
            ""
        };
        let source = format!("{source}, default-features = false");
        let mut runtime = source.clone();
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
             default = [\"reqwest\", \"sdk-config\", \"sigv4\"]\n\
             # The HTTP client reqwest.\n\
             reqwest = [\"smithy-reqwest/reqwest\"]\n\
             # The HTTP client on hyper alone, with fewer crates. It is the default client where `reqwest` is not enabled.\n\
             hyper = [\"smithy-reqwest/hyper\"]\n\
             # `Client::new(&SdkConfig)`: the settings that other AWS clients share, by the crate aws-types.\n\
             sdk-config = [\"smithy-reqwest/sdk-config\"]\n\
             # Keys and signatures by aws-sigv4. Without it, they are made with ring, in fewer crates.\n\
             sigv4 = [\"smithy-reqwest/sigv4\"]\n\
             # Signatures by SigV4A, for endpoints in several regions.\n\
             sigv4a = [\"sigv4\", \"smithy-reqwest/sigv4a\"]\n\
             # Calls without async: `send_blocking()` on builders and paginators.\n\
             blocking = [\"smithy-reqwest/blocking\"]\n\
             # `presigned()` of customized calls: URLs that anyone can send.\n\
             presigning = [\"smithy-reqwest/presigning\"]\n\
             # `Validation::with_patterns()`: checking inputs against the patterns of the model, where asked for.\n\
             patterns = [\"smithy-reqwest/patterns\"]\n\
             # `testing`: typed answers in tests, recordings. For `[dev-dependencies]`.\n\
             test-util = [\"smithy-reqwest/test-util\"]\n\
             \n\
             [dependencies]\n\
             smithy-reqwest = {{ {runtime} }}\n\
             \n\
             [dev-dependencies]\n\
             smithy-reqwest = {{ {source}, features = [\"test-util\"] }}\n\
             {workspace}",
            quoted(&self.name),
            quoted(&format!("A client of {}", generated.title)),
        )
    }

    /// Returns the content of `README.md`.
    pub fn readme(&self, generated: &Generated) -> String {
        let text = introduction::readme(self, generated);
        format!("<!-- {MARKER} by {} -->\n{text}", self.origin())
    }

    /// Returns the content of `src/lib.rs`.
    pub fn lib_rs(&self, generated: &Generated) -> String {
        let docs = introduction::crate_docs(self, generated);
        let has_waiters = generated.files.get("waiters/mod.rs").is_some();
        let presigns = generated.runtime_features.contains(&"presigning");
        let re_exports = re_exports(has_waiters, presigns);
        format!("// {MARKER} by {}\n{docs}{re_exports}", self.origin())
    }
}

/// Returns the modules and re-exports of `src/lib.rs`, without the marker line and the documentation.
///
/// The module `presigning` is behind a feature of the crate, unless the client has operations for it.
pub fn re_exports(has_waiters: bool, presigns: bool) -> String {
    let waiters = if has_waiters {
        "pub use generated::waiters;\n"
    } else {
        ""
    };
    let condition = match presigns {
        true => "",
        false => "#[cfg(feature = \"presigning\")]\n",
    };
    format!(
        "{RE_EXPORTS}{waiters}{RUNTIME_RE_EXPORTS}{condition}pub use smithy_reqwest::presigning;\n{META}"
    )
}

/// Returns a TOML string on one line.
fn quoted(text: &str) -> String {
    let text = markdown::on_one_line(text);
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// The parts of `src/lib.rs` that every client has.
const RE_EXPORTS: &str = "
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

/// The modules that generated code and its users need beside the generated modules.
const RUNTIME_RE_EXPORTS: &str = "
#[doc(inline)]
pub use smithy_reqwest::{config, http, paginator, primitives};
pub use smithy_reqwest::credentials;
#[cfg(feature = \"test-util\")]
pub use smithy_reqwest::testing;
";

/// The module with the version of the crate.
const META: &str = "
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
    fn waiters_are_re_exported_if_there_are_any() {
        assert!(re_exports(true, false).contains("\npub use generated::waiters;\n"));
        assert!(!re_exports(false, false).contains("waiters"));
    }

    #[test]
    fn text_of_a_model_cannot_break_out_of_the_manifest() {
        assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
        assert_eq!(quoted("a\n[b]"), r#""a [b]""#);
    }
}
