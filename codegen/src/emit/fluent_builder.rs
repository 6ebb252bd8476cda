//! The builders of an operation: of its input, of its output, and the one that sends.

use crate::emit::imports::Imports;
use crate::emit::{builder, docs, setters};
use crate::ir::{Building, Operation, Role};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(operation: &Operation) -> TokenStream {
    let imports = imports(operation);
    let input = builder::emit(&operation.input);
    let output = builder::emit(&operation.output);
    let send_with = send_with(operation);
    let fluent = fluent(operation);
    quote! {
        //! Builders of the operation.
        #imports
        #input
        #send_with
        #output
        #fluent
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
    let shape = needs_schema.then(|| {
        quote!(
            use smithy_reqwest::shape::Shape;
        )
    });
    let build = builder::runtime_imports([&operation.input, &operation.output]);
    debug_assert_eq!(operation.input.role, Role::Input);
    quote! {
        use crate::client::Client;
        use crate::error::Error;
        use crate::operation::#module::{#output_schema #ident, #input, #output};
        #fields
        #build
        use smithy_reqwest::call::{Call, Customize};
        #shape
    }
}

fn send_with(operation: &Operation) -> TokenStream {
    let (builder, output) = (builder::ident(&operation.input), &operation.output.ident);
    let module = &operation.module;
    // The attribute is for those who call it by its own name.
    let allow = operation
        .deprecated
        .as_ref()
        .map(|_| quote!(#[allow(deprecated)]));
    quote! {
        impl #builder {
            /// Sends what was set by this client.
            #allow
            pub async fn send_with(self, client: &Client) -> Result<#output, Error> {
                let mut fluent = client.#module();
                *fluent.call.input = self.inner;
                fluent.send().await
            }
        }
    }
}

fn fluent(operation: &Operation) -> TokenStream {
    let ident = &operation.ident;
    let fluent = ident.suffixed("FluentBuilder");
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let doc = docs::line(&format!("Fills the input of [`{ident}`] and sends it."));
    let setters = operation.input.fields.iter().map(|field| {
        let name = &field.ident;
        setters::emit(field, &quote!(self.call.input.#name), input)
    });
    let paginator = operation
        .pagination
        .as_ref()
        .map(|_| into_paginator(operation));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        pub struct #fluent {
            call: Call<#ident>,
        }

        impl #fluent {
            pub(crate) fn new(client: smithy_reqwest::Client) -> Self {
                Self { call: Call::new(client) }
            }

            /// The input as it is so far.
            pub fn as_input(&self) -> &#input {
                &self.call.input
            }

            /// Replaces the whole input, such as by one that was read from a file. Setters change it further.
            pub fn with_input(mut self, input: #input) -> Self {
                *self.call.input = input;
                self
            }

            /// Sends the call and waits for its answer, retrying as the client's settings say.
            pub async fn send(self) -> Result<#output, Error> {
                self.call.send().await
            }

            smithy_reqwest::send_blocking!(#output, Error);

            /// Changes settings, headers or the request for this call alone.
            pub fn customize(self) -> Customize<#ident> {
                self.call.customize()
            }

            #paginator
            #(#setters)*
        }
    }
}

fn into_paginator(operation: &Operation) -> TokenStream {
    let module = &operation.module;
    let paginator = operation.ident.suffixed("Paginator");
    quote! {
        /// Reads all pages, from where the input's token stands.
        pub fn into_paginator(self) -> crate::operation::#module::paginator::#paginator {
            crate::operation::#module::paginator::#paginator::new(self.call)
        }
    }
}
