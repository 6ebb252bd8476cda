//! Emits the client, with a method for each operation.

use crate::emit::{docs, waiter};
use crate::ir::{Client, Docs, Operation};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(client: &Client) -> TokenStream {
    let title = &client.service.title;
    let doc = docs::line(&format!(
        "Calls {title}. Cheap to clone; clones share connections, credentials and retry quota."
    ));
    let imports = client.operations.iter().map(|operation| {
        let (module, fluent) = (&operation.module, &operation.builders.fluent);
        quote!(use crate::operation::#module::builders::#fluent;)
    });
    let methods = client.operations.iter().map(method);
    let waiters = client
        .waiters()
        .map(|(operation, waiter)| waiter::method(operation, waiter));
    let waiters_trait = client
        .has_waiters()
        .then(|| waiter::trait_of_client(client));
    let constructors = constructors();
    let waiters_module = client.has_waiters().then(|| {
        quote!(
            use crate::waiters;
        )
    });
    quote! {
        //! The client.
        use crate::config::{Config, FromEnv};
        use crate::error::Error;
        use crate::generated::service::SERVICE;
        #(#imports)*
        #waiters_module

        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) inner: smithy_reqwest::Client,
        }

        impl Client {
            #constructors
            #(#methods)*
            #(#waiters)*
        }

        #waiters_trait

        pub use smithy_reqwest::call::Customize;

        /// Calls with settings of their own, by the names that they have in the AWS SDK for Rust.
        pub mod customize {
            pub use smithy_reqwest::call::{Customize, Customize as CustomizableOperation};
        }
    }
}

fn constructors() -> TokenStream {
    quote! {
        smithy_reqwest::from_sdk_config!(Config);

        /// Creates a client with settings of its own.
        ///
        /// Nothing is read from the environment, and nothing can fail: the first call reports what is missing.
        pub fn from_conf(config: Config) -> Self {
            Self { inner: smithy_reqwest::Client::new(&SERVICE, config) }
        }

        /// Creates a client with the settings of the environment and of the profile, by the rules that AWS's SDKs and
        /// tools share.
        ///
        /// Another profile than the one that the environment selects is named before this is awaited, for all settings:
        /// `Client::from_env().profile_name("dev").await?`.
        ///
        /// # Errors
        ///
        /// Returns an error that names the place of a setting that is not valid.
        pub fn from_env() -> FromEnv<Result<Self, Error>> {
            FromEnv::new(&SERVICE, |config| {
                Ok(Self::from_conf(config.map_err(smithy_reqwest::Error::from)?))
            })
        }

        smithy_reqwest::from_env_blocking!(Config, Error);

        /// Returns the settings of the environment and of the profile, to be changed before a client is made of them:
        /// `to_builder()` begins with them.
        ///
        /// # Errors
        ///
        /// Returns an error that names the place of a setting that is not valid.
        pub fn config_from_env() -> FromEnv<Result<Config, Error>> {
            FromEnv::new(&SERVICE, |config| Ok(config.map_err(smithy_reqwest::Error::from)?))
        }

        /// Returns the client's settings.
        pub fn config(&self) -> &Config {
            self.inner.config()
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let (module, fluent) = (&operation.module, &operation.builders.fluent);
    let mut lines = operation.docs.summary().0;
    lines.push(String::new());
    lines.extend(arguments(operation));
    lines.push(see(operation));
    let doc = docs::outer(&Docs(lines));
    let deprecated = docs::deprecated(operation.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #module(&self) -> #fluent {
            #fluent::new(self.inner.clone())
        }
    }
}

/// Returns the sentence that links to the documentation of the operation and names its sections.
fn see(operation: &Operation) -> String {
    let path = format!("crate::operation::{}", operation.module.text());
    let parts: Vec<String> = [
        (operation.examples.len() == 1).then(|| format!("[an example]({path}#example)")),
        (operation.examples.len() > 1).then(|| format!("[examples]({path}#examples)")),
        (!operation.errors.is_empty()).then(|| format!("[the errors]({path}#errors)")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let with = if parts.is_empty() {
        String::new()
    } else {
        format!(", with {}", parts.join(" and "))
    };
    format!(
        "More in [`operation::{}`]({path}){with}.",
        operation.module.text()
    )
}

/// Returns the lines that list the required and the optional arguments.
fn arguments(operation: &Operation) -> Vec<String> {
    let fluent = &operation.builders.fluent;
    let link = |name: &str| format!("[`{name}`]({fluent}::{name}())");
    let names = |required: bool| -> Vec<String> {
        let fields = operation
            .input
            .fields
            .iter()
            .filter(|field| field.required == required);
        fields.map(|field| link(field.ident.text())).collect()
    };
    let mut lines = Vec::new();
    for (label, names) in [("Required", names(true)), ("Optional", names(false))] {
        if !names.is_empty() {
            lines.push(format!("{label}: {}.", names.join(", ")));
            lines.push(String::new());
        }
    }
    lines
}
