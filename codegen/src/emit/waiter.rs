//! Waiters: for each a file with the builder that fills the input and waits, and what answers mean.

use crate::emit::imports::Imports;
use crate::emit::{docs, query, setters};
use crate::ir::{Acceptor, Client, Condition, Docs, ErrorCode, Operation, State, Waiter};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of a waiter.
pub(super) fn emit(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let doc = docs::inner(&waiter.docs);
    let imports = imports(operation);
    let aliases = aliases(operation, waiter);
    let builder = builder(operation, waiter);
    let judgment = judgment(operation, waiter);
    quote! {
        #doc
        #imports
        #aliases
        #builder
        #judgment
    }
}

/// The method on the client.
pub(super) fn method(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (method, module) = (&waiter.method, &waiter.module);
    let fluent = waiter.ident.suffixed("FluentBuilder");
    let name = operation.ident.text();
    let mut lines = waiter.docs.0.clone();
    lines.push(String::new());
    lines.push(format!(
        "It calls [`{name}`](Self::{}): set its input, then `wait` for at most as long as you say.",
        operation.module
    ));
    let doc = docs::outer(&Docs(lines));
    let deprecated = waiter.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #doc
        #deprecated
        pub fn #method(&self) -> crate::waiters::#module::#fluent {
            crate::waiters::#module::#fluent::new(self.inner.clone())
        }
    }
}

/// The trait that has the methods too.
pub(super) fn trait_of_client(client: &Client) -> TokenStream {
    let parts = |(_, waiter): (_, &Waiter)| {
        let (method, module) = (waiter.method.clone(), &waiter.module);
        let fluent = waiter.ident.suffixed("FluentBuilder");
        (method, quote!(crate::waiters::#module::#fluent))
    };
    let methods = client.waiters().map(parts).map(|(method, fluent)| {
        let doc = docs::line(&format!("See [`Client::{method}`]."));
        quote!(#doc fn #method(&self) -> #fluent;)
    });
    let forwarded = client.waiters().map(parts).map(|(method, fluent)| {
        quote! {
            fn #method(&self) -> #fluent {
                #fluent::new(self.inner.clone())
            }
        }
    });
    quote! {
        /// The waiters of [`Client`], which are methods of its own as well: for code that is generic over clients, and for
        /// programs that import the trait, as the AWS SDK for Rust asks them to.
        pub trait Waiters {
            #(#methods)*
        }

        impl Waiters for Client {
            #(#forwarded)*
        }
    }
}

fn imports(operation: &Operation) -> TokenStream {
    let (module, ident) = (&operation.module, &operation.ident);
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let fields = Imports::of(&operation.input.fields)
        .without_targets()
        .emit();
    quote! {
        use crate::error::Error;
        use crate::operation::#module::{#ident, #input, #output};
        #fields
        use smithy_reqwest::call::Call;
        use smithy_reqwest::waiter::{FinalPoll, Verdict, Waiter, WaiterError, WaiterSchema};
        use std::time::Duration;
    }
}

fn aliases(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let output = &operation.output.ident;
    let poll = waiter.ident.suffixed("FinalPoll");
    let error = waiter.ident.prefixed("WaitUntil").suffixed("Error");
    quote! {
        /// The answer that ended the wait.
        pub type #poll = FinalPoll<#output, Error>;

        /// Why the wait did not succeed.
        pub type #error = WaiterError<#output, Error>;
    }
}

fn builder(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (ident, input) = (&operation.ident, &operation.input.ident);
    let fluent = waiter.ident.suffixed("FluentBuilder");
    let poll = waiter.ident.suffixed("FinalPoll");
    let error = waiter.ident.prefixed("WaitUntil").suffixed("Error");
    let doc = docs::line(&format!(
        "Fills the input of [`{ident}`] and calls it until the answer is final."
    ));
    let setters = operation.input.fields.iter().map(|field| {
        let name = &field.ident;
        setters::emit(field, &quote!(self.call.input.#name), input)
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `wait` is called"]
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

            /// Calls until the answer is final, for at most this long. A call that is under way then is not cut off.
            pub async fn wait(self, max_wait: Duration) -> Result<#poll, #error> {
                smithy_reqwest::waiter::wait::<Self>(self.call, max_wait).await
            }

            smithy_reqwest::wait_blocking!(#poll, #error);

            #(#setters)*
        }
    }
}

fn judgment(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (ident, fluent) = (&operation.ident, waiter.ident.suffixed("FluentBuilder"));
    let name = &waiter.wire_name;
    let min = Literal::u64_unsuffixed(waiter.min_delay);
    let max = Literal::u64_unsuffixed(waiter.max_delay);
    let outputs = judge_output(operation, waiter);
    let errors = judge_error(waiter);
    quote! {
        static SCHEMA: WaiterSchema = WaiterSchema::new(#name, #min, #max);

        impl Waiter for #fluent {
            type Operation = #ident;

            fn schema() -> &'static WaiterSchema {
                &SCHEMA
            }

            #outputs
            #errors
        }
    }
}

fn judge_output(operation: &Operation, waiter: &Waiter) -> Option<TokenStream> {
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let body = verdicts(&waiter.outputs, |condition| match condition {
        Condition::Always => None,
        Condition::If(condition) => Some(query::emit(condition)),
    })?;
    let named = |reads: bool, name: TokenStream| if reads { name } else { quote!(_) };
    let input_name = named(waiter.reads_input, quote!(input));
    let output_name = named(waiter.reads_output, quote!(output));
    Some(quote! {
        fn judge_output(#input_name: &#input, #output_name: &#output) -> Option<Verdict> {
            #body
        }
    })
}

fn judge_error(waiter: &Waiter) -> Option<TokenStream> {
    let body = verdicts(&waiter.errors, |code| match code {
        ErrorCode::Any => None,
        // Smithy's waiters name the shape, and botocore's the code; they differ where a service once spoke awsQuery.
        ErrorCode::Is(code) => {
            Some(quote!(error.code() == Some(#code) || error.shape_name() == Some(#code)))
        }
    })?;
    let asks = waiter
        .errors
        .iter()
        .any(|acceptor| acceptor.matcher != ErrorCode::Any);
    let error = if asks { quote!(error) } else { quote!(_) };
    Some(quote! {
        fn judge_error(#error: &smithy_reqwest::Error) -> Option<Verdict> {
            #body
        }
    })
}

/// `if … { … } else if … { … } else { None }`; nothing where there is nothing to ask. Only the last acceptor may take
/// everything, and then stands in place of `None`.
fn verdicts<M>(
    acceptors: &[Acceptor<M>],
    condition: impl Fn(&M) -> Option<TokenStream>,
) -> Option<TokenStream> {
    if acceptors.is_empty() {
        return None;
    }
    let (mut ifs, mut otherwise) = (Vec::new(), quote!(None));
    for acceptor in acceptors {
        let verdict = verdict(&acceptor.state);
        match condition(&acceptor.matcher) {
            Some(condition) => ifs.push(quote!(if #condition { #verdict } else)),
            None => otherwise = verdict,
        }
    }
    Some(match ifs.is_empty() {
        true => otherwise,
        false => quote!(#(#ifs)* { #otherwise }),
    })
}

fn verdict(state: &State) -> TokenStream {
    match state {
        State::Success => quote!(Some(Verdict::Success)),
        State::Failure(reason) => quote!(Some(Verdict::Failure(#reason))),
        State::Retry => quote!(Some(Verdict::Retry)),
    }
}
