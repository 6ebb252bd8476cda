//! Writes the README of a generated crate and the documentation of its root module.

use super::Package;
use crate::Generated;

/// Returns the content of `README.md`, without its first line.
pub(super) fn readme(package: &Package, generated: &Generated) -> String {
    let Package {
        name,
        folder,
        command,
        ..
    } = package;
    let subject = subject(generated);
    let example = program(&name.replace('-', "_"));
    format!(
        "# {name}\n\
         \n\
         A client of {subject}, generated from the service's model.\n\
         \n\
         ```toml\n\
         [dependencies]\n\
         {name} = {{ path = \"../{folder}\" }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\
         ```\n\
         \n\
         {example}\n\
         `cargo doc --open` describes every operation and type.\n\
         \n\
         ## Regenerating\n\
         \n\
         In a checkout of the generator, with the paths of the model and of this crate:\n\
         \n\
         ```sh\n\
         {command}\n\
         ```\n\
         \n\
         It replaces `src/generated`, and those of `Cargo.toml`, `src/lib.rs` and `README.md` whose first line says that\n\
         they are generated. Files without that line are kept.\n"
    )
}

/// Returns the documentation of the crate's root, as `//!` lines.
pub(super) fn crate_docs(package: &Package, generated: &Generated) -> String {
    let Package { name, command, .. } = package;
    let subject = subject(generated);
    let example = excerpt(&name.replace('-', "_"));
    let text = format!(
        "A client of {subject}.\n\
         \n\
         Everything is generated from the service's model. [`Client`] has a method for each operation; their inputs and\n\
         outputs are in [`operation`] and [`types`].\n\
         \n\
         {example}\n\
         To regenerate it, in a checkout of the generator and with the paths of the model and of this crate:\n\
         \n\
         ```text\n\
         {command}\n\
         ```\n"
    );
    text.lines()
        .map(|line| format!("//! {line}").trim_end().to_owned() + "\n")
        .collect()
}

/// Returns the service and the version of its API.
fn subject(generated: &Generated) -> String {
    format!("{}, API version {}", generated.title, generated.version)
}

/// The comment above the line that creates a client. It explains where settings come from.
const SETTINGS: &str = "\
// Region, credentials and endpoint are found as AWS's own tools find them: in the environment, in
// `~/.aws/config` and `~/.aws/credentials`, or from the machine.";

/// Returns a program that creates a client.
fn program(krate: &str) -> String {
    let settings = SETTINGS.replace("\n", "\n    ");
    format!(
        "```rust,no_run\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), {krate}::Error> {{\n    \
             {settings}\n    \
             let client = {krate}::Client::from_env().await?;\n    \
             println!(\"{{client:?}}\");\n    \
             Ok(())\n\
         }}\n\
         ```\n"
    )
}

/// Returns the lines of the program that create the client. They compile without a dependency on tokio.
fn excerpt(krate: &str) -> String {
    format!(
        "```no_run\n\
         # async fn example() -> Result<(), {krate}::Error> {{\n\
         {SETTINGS}\n\
         let client = {krate}::Client::from_env().await?;\n\
         # let _ = client;\n\
         # Ok(())\n\
         # }}\n\
         ```\n"
    )
}
