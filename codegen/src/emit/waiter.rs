//! Emits waiters: a file for each, with the builder that fills the input and waits, and the acceptors.

use crate::emit::{docs, query};
use crate::ir::{Acceptor, Client, Condition, Docs, ErrorCode, Operation, State, Waiter};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits the file of a waiter.
pub(super) fn emit(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let doc = docs::inner(&waiter.docs);
    let imports = imports(operation, waiter);
    let aliases = aliases(operation, waiter);
    let caller = caller(operation, waiter);
    let judgment = judgment(operation, waiter);
    quote! {
        #doc
        #imports
        #aliases
        #caller
        #judgment
    }
}

/// Emits the method on the client.
pub(super) fn method(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let Waiter {
        method,
        module,
        builder,
        ..
    } = waiter;
    let new = new(waiter);
    let name = operation.ident.text();
    let mut lines = waiter.docs.0.clone();
    lines.push(String::new());
    lines.push(format!(
        "It calls [`{name}`](Self::{}): set its input, then call `wait` with a maximum wait time.",
        operation.module
    ));
    let doc = docs::outer(&Docs(lines));
    let deprecated = waiter.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #doc
        #deprecated
        pub fn #method(&self) -> waiters::#module::#builder {
            #new
        }
    }
}

/// Emits the expression by which a client creates the builder of a waiter.
fn new(waiter: &Waiter) -> TokenStream {
    let Waiter {
        module,
        ident,
        builder,
        ..
    } = waiter;
    quote!(waiters::#module::#builder::new(waiters::#module::#ident::new(self.inner.clone())))
}

/// Emits the trait with the same methods.
pub(super) fn trait_of_client(client: &Client) -> TokenStream {
    let methods = client.waiters().map(|(_, waiter)| {
        let Waiter {
            method,
            module,
            builder,
            ..
        } = waiter;
        let doc = docs::line(&format!("See [`Client::{method}`]."));
        quote!(#doc fn #method(&self) -> waiters::#module::#builder;)
    });
    let forwarded = client.waiters().map(|(_, waiter)| {
        let Waiter {
            method,
            module,
            builder,
            ..
        } = waiter;
        let new = new(waiter);
        quote! {
            fn #method(&self) -> waiters::#module::#builder {
                #new
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

fn imports(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (module, ident) = (&operation.module, &operation.ident);
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let builder = &operation.builders.builder;
    let input = (!waiter.outputs.is_empty()).then(|| quote!(#input,));
    quote! {
        use crate::error::Error;
        use crate::operation::#module::builders::#builder;
        use crate::operation::#module::{#ident, #input #output};
        use smithy_reqwest::call::Call;
        use smithy_reqwest::waiter::{FinalPoll, Verdict, Waiter, WaiterError, WaiterSchema};
        use std::time::Duration;
    }
}

fn aliases(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (output, fills) = (&operation.output.ident, &operation.builders.builder);
    let Waiter {
        ident,
        builder,
        final_poll,
        error,
        ..
    } = waiter;
    let doc = docs::line(&format!(
        "A builder of the input of [`{}`], whose `wait` repeats the call until the response is final.",
        operation.ident
    ));
    quote! {
        #doc
        pub type #builder = #fills<#ident>;

        /// The response that ended the wait.
        pub type #final_poll = FinalPoll<#output, Error>;

        /// The error of a wait that did not succeed.
        pub type #error = WaiterError<#output, Error>;
    }
}

fn caller(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let Waiter {
        ident,
        builder,
        final_poll,
        error,
        ..
    } = waiter;
    let operation_ident = &operation.ident;
    let doc = docs::line(&format!(
        "Calls [`{operation_ident}`] until the response is final."
    ));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #ident {
            client: smithy_reqwest::Client,
        }

        impl #ident {
            pub(crate) fn new(client: smithy_reqwest::Client) -> Self {
                Self { client }
            }
        }

        impl #builder {
            /// Repeats the call until the response is final, for at most this duration. A call that is in flight then is not
            /// interrupted.
            ///
            /// # Errors
            ///
            /// Returns an error if the state can no longer be reached, the time is up, or a call fails for good.
            pub async fn wait(self, max_wait: Duration) -> Result<#final_poll, #error> {
                smithy_reqwest::waiter::wait::<Self>(self.into_call(), max_wait).await
            }

            smithy_reqwest::wait_blocking!(#final_poll, #error);

            fn into_call(self) -> Call<#operation_ident> {
                Call::of(self.caller.client, self.input)
            }
        }
    }
}

fn judgment(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (operation_ident, builder) = (&operation.ident, &waiter.builder);
    let name = &waiter.wire_name;
    let min = Literal::u64_unsuffixed(waiter.min_delay);
    let max = Literal::u64_unsuffixed(waiter.max_delay);
    let outputs = judge_output(operation, waiter);
    let errors = judge_error(waiter);
    quote! {
        static SCHEMA: WaiterSchema = WaiterSchema::new(#name, #min, #max);

        impl Waiter for #builder {
            type Operation = #operation_ident;

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
        // Smithy's waiters name the shape, and botocore's the code. They differ for services that once used awsQuery.
        ErrorCode::Is(code) => {
            Some(quote!(error.code() == Some(#code) || error.shape_name() == Some(#code)))
        }
    })?;
    let error = match waiter.reads_error {
        true => quote!(error),
        false => quote!(_),
    };
    Some(quote! {
        fn judge_error(#error: &smithy_reqwest::Error) -> Option<Verdict> {
            #body
        }
    })
}

/// Emits `if … { … } else if … { … } else { None }`, or `None` if there are no acceptors. Only the last acceptor may
/// match everything, and then replaces the final `None`.
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
