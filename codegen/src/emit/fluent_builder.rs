//! Emits the builders of an operation: one that fills and sends the input, and one for the output.

use crate::emit::imports::Imports;
use crate::emit::{builder, docs, setters};
use crate::ir::{Building, Operation};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(operation: &Operation) -> TokenStream {
    let imports = imports(operation);
    let definition = definition(operation);
    let filling = filling(operation);
    let building = building(operation);
    let sending = sending(operation);
    let output = builder::emit(&operation.output);
    quote! {
        //! Builders of the operation.
        #imports
        #definition
        #filling
        #building
        #sending
        #output
    }
}

fn imports(operation: &Operation) -> TokenStream {
    let fields = operation
        .input
        .fields
        .iter()
        .chain(&operation.output.fields);
    let fields = Imports::of(fields).without_targets().emit();
    let (module, ident) = (&operation.module, &operation.ident);
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let needs_schema = operation.output.building != Building::Whole;
    let output_schema = needs_schema.then(|| quote!(OUTPUT as SCHEMA,));
    let build = builder::runtime_imports([&operation.input, &operation.output]);
    quote! {
        use crate::client::Client;
        use crate::error::Error;
        use crate::operation::#module::{#output_schema #ident, #input, #output};
        #fields
        #build
        use smithy_reqwest::call::{Call, Customize};
    }
}

/// Emits the builder and its two type aliases: one without a client and one with a client.
fn definition(operation: &Operation) -> TokenStream {
    let (input, builder) = (&operation.input.ident, &operation.builders.builder);
    let (input_builder, fluent) = (&operation.builders.input, &operation.builders.fluent);
    let doc = docs::line(&format!("A builder of [`{input}`]."));
    let input_doc = docs::line(&format!("A builder of [`{input}`] that has no client yet."));
    let fluent_doc = docs::line(&format!(
        "A builder of [`{input}`] that has a client to send it."
    ));
    quote! {
        #input_doc
        pub type #input_builder = #builder;

        #fluent_doc
        pub type #fluent = #builder<smithy_reqwest::Client>;

        #doc
        ///
        /// `Caller` is what sends the input: a client, a waiter, or nothing yet.
        #[derive(Clone, Debug, Default, PartialEq)]
        #[must_use = "a builder does nothing until it is built or sent, or `wait` is called"]
        pub struct #builder<Caller = ()> {
            pub(crate) input: Box<#input>,
            pub(crate) caller: Caller,
        }
    }
}

/// Emits the methods that are available for every caller type.
fn filling(operation: &Operation) -> TokenStream {
    let (input, builder) = (&operation.input.ident, &operation.builders.builder);
    let fields = operation.input.fields.iter();
    let setters = fields.map(|field| {
        let name = &field.ident;
        setters::emit(field, &quote!(self.input.#name), &TokenStream::new())
    });
    quote! {
        impl<Caller> #builder<Caller> {
            pub(crate) fn new(caller: Caller) -> Self {
                let input = Box::default();
                Self { input, caller }
            }

            /// Returns the input as it is so far.
            pub fn as_input(&self) -> &#input {
                &self.input
            }

            /// Replaces the whole input, such as by one that was read from a file. Setters change it further.
            pub fn with_input(mut self, input: #input) -> Self {
                *self.input = input;
                self
            }

            #(#setters)*
        }
    }
}

/// Emits the methods that are available without a client.
fn building(operation: &Operation) -> TokenStream {
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let (ident, input_builder) = (&operation.ident, &operation.builders.input);
    let doc = docs::line(&format!("Builds the [`{input}`]."));
    quote! {
        impl #input_builder {
            #doc
            ///
            /// It never fails: clients validate inputs when they send them.
            pub fn build(self) -> Result<#input, BuildError> {
                Ok(*self.input)
            }

            /// Sends the input with this client.
            ///
            /// # Errors
            ///
            /// Returns an [`Error`] if the last attempt fails.
            pub async fn send_with(self, client: &Client) -> Result<#output, Error> {
                Call::<#ident>::of(client.inner.clone(), self.input).send().await
            }
        }
    }
}

/// Emits the methods that need a client.
fn sending(operation: &Operation) -> TokenStream {
    let (ident, output) = (&operation.ident, &operation.output.ident);
    let fluent = &operation.builders.fluent;
    let paginator = operation
        .pagination
        .as_ref()
        .map(|_| into_paginator(operation));
    let presigned = operation.presigned.then(presigned);
    quote! {
        impl #fluent {
            /// Sends the request and returns the response, retrying as the client's settings say.
            ///
            /// # Errors
            ///
            /// Returns an [`Error`] if the last attempt fails.
            pub async fn send(self) -> Result<#output, Error> {
                self.into_call().send().await
            }

            smithy_reqwest::send_blocking!(#output, Error);

            /// Changes settings, headers or the request for this call alone.
            pub fn customize(self) -> Customize<#ident> {
                self.into_call().customize()
            }

            #presigned

            #paginator

            fn into_call(self) -> Call<#ident> {
                Call::of(self.caller, self.input)
            }
        }
    }
}

fn presigned() -> TokenStream {
    quote! {
        /// Returns the request as a URL that is authorized for a limited time, and sends nothing.
        ///
        /// # Errors
        ///
        /// Returns an [`Error`] if the input is not valid, or if no credentials are available.
        pub async fn presigned(
            self,
            config: smithy_reqwest::presigning::PresigningConfig,
        ) -> Result<smithy_reqwest::presigning::PresignedRequest, Error> {
            self.into_call().presigned(config).await
        }
    }
}

fn into_paginator(operation: &Operation) -> TokenStream {
    let paginator = &operation.builders.paginator;
    quote! {
        /// Reads all pages, from where the input's token stands.
        pub fn into_paginator(self) -> super::paginator::#paginator {
            super::paginator::#paginator::new(self.into_call())
        }
    }
}
