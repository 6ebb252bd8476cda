//! Emits the error type of the client and its kinds.

use crate::emit::docs;
use crate::ir::{Client, ModeledError, Structure};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(client: &Client) -> TokenStream {
    let imports: Vec<_> = errors(client).map(|error| &error.ident).collect();
    let imports = (!imports.is_empty()).then(|| quote!(use crate::types::error::{#(#imports),*};));
    let kinds = kinds(client);
    let error = error(client);
    let conversions = conversions(client);
    quote! {
        //! The errors of calls: one flat type for all operations.
        #imports
        use smithy_reqwest::error::Cause;
        use smithy_reqwest::http::BodyError;
        use smithy_reqwest::operation::RequestId;
        use std::fmt;

        pub use smithy_reqwest::error::{
            BoxError, BuildError, ConfigurationError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata,
            TransportError, TransportErrorKind,
        };
        pub use smithy_reqwest::shape::UnknownVariantError;
        pub use smithy_reqwest::timeout::Timeout;
        pub use smithy_reqwest::validate::{InvalidInput, Problem};

        #kinds
        #error
        #conversions
    }
}

fn errors(client: &Client) -> impl Iterator<Item = &Structure> {
    client.errors.iter().map(|error| &error.structure)
}

fn kinds(client: &Client) -> TokenStream {
    let modeled = errors(client).map(|error| {
        let (doc, ident) = (docs::outer(&error.docs.summary()), &error.ident);
        quote! { #doc #ident(#ident) }
    });
    quote! {
        /// The kind of an error that a call ended with.
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq)]
        pub enum ErrorKind {
            #(#modeled,)*
            /// The service returned an error that its model does not name; [`Error::code`] and [`Error::message`]
            /// say which.
            UnmodeledService,
            /// The input does not conform to the model or cannot be written as a request, and was not sent; the problems
            /// say where and how.
            InvalidInputs(InvalidInput),
            /// The client's settings are not sufficient for the call.
            InvalidConfiguration,
            /// No credentials are available, or the request could not be signed.
            NoCredentials,
            /// No response was received, or it ended early.
            NoResponse,
            /// A timeout was reached.
            TimedOut,
            /// The response cannot be read, or is longer than the client reads. The call may have taken effect.
            UnreadableResponse,
        }
    }
}

fn error(client: &Client) -> TokenStream {
    let title = format!(" An error of a call to {}.", client.service.title);
    let (facts, questions) = (facts(), questions());
    quote! {
        #[doc = #title]
        ///
        /// `Display` prints all that a person needs on one line: operation, code, status, message, request id, attempts.
        /// So does `{:?}`, which is what a program prints whose `main` returns the error; `{:#?}` prints its structure.
        ///
        /// To act on an error, look at its [`kind`](Self::kind) or ask what it [`is_retryable`](Self::is_retryable),
        /// [`is_not_found`](Self::is_not_found) and so on.
        pub struct Error {
            inner: smithy_reqwest::Error,
            kind: ErrorKind,
        }

        impl Error {
            /// Returns the kind of the error.
            pub fn kind(&self) -> &ErrorKind {
                &self.kind
            }

            #facts
            #questions
        }

        impl fmt::Display for Error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }

        impl fmt::Debug for Error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.inner, f)
            }
        }

        impl ProvideErrorMetadata for Error {
            fn meta(&self) -> &ErrorMetadata {
                self.inner.meta()
            }
        }

        impl RequestId for Error {
            fn request_id(&self) -> Option<&str> {
                self.inner.request_id()
            }
        }

        impl std::error::Error for Error {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                self.inner.source()
            }
        }
    }
}

/// Emits the accessors that every error has.
fn facts() -> TokenStream {
    quote! {
        /// Returns the operation that was called, such as `CreateThing`.
        pub fn operation(&self) -> &'static str {
            self.inner.operation()
        }

        /// Returns the service's error code, such as `ConflictException`.
        pub fn code(&self) -> Option<&str> {
            self.inner.code()
        }

        /// Returns the service's message.
        pub fn message(&self) -> Option<&str> {
            self.inner.message()
        }

        /// Returns the HTTP status of the response, if there was one.
        pub fn status(&self) -> Option<u16> {
            self.inner.status()
        }

        /// Returns the id that the service gave the request, which its support asks for.
        pub fn request_id(&self) -> Option<&str> {
            self.inner.request_id()
        }

        /// Returns how many times the request was sent.
        pub fn attempts(&self) -> u32 {
            self.inner.attempts()
        }
    }
}

/// Emits the methods that help callers decide how to handle an error.
fn questions() -> TokenStream {
    quote! {
        /// Returns `true` if the requested resource does not exist.
        pub fn is_not_found(&self) -> bool {
            self.inner.is_not_found()
        }

        /// Returns `true` if the call conflicts with the state of the service.
        pub fn is_conflict(&self) -> bool {
            self.inner.is_conflict()
        }

        /// Returns `true` if the service throttled the request.
        pub fn is_throttling(&self) -> bool {
            self.inner.is_throttling()
        }

        /// Returns `true` if the same call may succeed later. The client has retried it as far as its settings allow.
        pub fn is_retryable(&self) -> bool {
            self.inner.is_retryable()
        }

        /// Returns `true` if a time limit was reached.
        pub fn is_timeout(&self) -> bool {
            self.inner.is_timeout()
        }

        /// Returns the error of the runtime, which has further details.
        pub fn as_runtime(&self) -> &smithy_reqwest::Error {
            &self.inner
        }
    }
}

fn conversions(client: &Client) -> TokenStream {
    let service_kind = service_kind(client);
    quote! {
        impl From<smithy_reqwest::Error> for Error {
            fn from(inner: smithy_reqwest::Error) -> Self {
                let kind = match inner.cause() {
                    Cause::Service => service_kind(&inner),
                    Cause::InvalidInput(problems) => ErrorKind::InvalidInputs(problems.clone()),
                    Cause::Request(error) => ErrorKind::InvalidInputs(error.into()),
                    Cause::Configuration(_) => ErrorKind::InvalidConfiguration,
                    Cause::Credentials(_) | Cause::Signing(_) => ErrorKind::NoCredentials,
                    Cause::Timeout(_) => ErrorKind::TimedOut,
                    Cause::Body(BodyError::Broken { .. }) => ErrorKind::NoResponse,
                    Cause::Response(_) | Cause::Body(_) => ErrorKind::UnreadableResponse,
                    _ => ErrorKind::NoResponse,
                };
                Self { inner, kind }
            }
        }

        #service_kind

        impl From<BuildError> for Error {
            fn from(error: BuildError) -> Self {
                smithy_reqwest::Error::from(error).into()
            }
        }
    }
}

/// Emits the match from a service's error code to the kind of the error.
fn service_kind(client: &Client) -> TokenStream {
    if client.errors.is_empty() {
        return quote! {
            fn service_kind(_: &smithy_reqwest::Error) -> ErrorKind {
                ErrorKind::UnmodeledService
            }
        };
    }
    let errors = client.errors.iter();
    let told_apart = errors.filter(|error| error.is_first_of_code);
    let arms = told_apart.map(
        |ModeledError {
             code, structure, ..
         }| {
            let ident = &structure.ident;
            quote!(Some(#code) => ErrorKind::#ident(error.modeled()))
        },
    );
    quote! {
        fn service_kind(error: &smithy_reqwest::Error) -> ErrorKind {
            match error.shape_name() {
                #(#arms,)*
                _ => ErrorKind::UnmodeledService,
            }
        }
    }
}
