//! Emits operations: the type, the schema, the input and the output of each.

use crate::emit::imports::Imports;
use crate::emit::{carried, docs, example, paginator, query, structure};
use crate::ir::{
    Auth, Checksum, Customization, Docs, ErrorMeaning, EventStream, Operation, OperationError,
    ParameterDefault, ParameterSource, Segment,
};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(operation: &Operation) -> TokenStream {
    let doc = docs::inner(&docs_of(operation));
    let marker = marker(operation);
    let schema = schema(operation);
    let input = structure::emit(&operation.input, &Ident::shouty("input"));
    let output = structure::emit(&operation.output, &Ident::shouty("output"));
    let paginator = operation
        .pagination
        .as_ref()
        .map(|pagination| paginator::emit(operation, pagination));
    let imports = imports(operation);
    quote! {
        #doc
        pub mod builders;
        #imports
        #marker
        #schema
        #input
        #output
        #paginator
    }
}

/// Returns the documentation of the operation, followed by its examples and errors.
fn docs_of(operation: &Operation) -> Docs {
    let mut docs = operation.docs.clone();
    docs.0.extend(example::section(operation).0);
    if !operation.errors.is_empty() {
        let errors = operation.errors.iter();
        let list = errors.map(|error| format!("- [`{0}`](crate::types::error::{0})", error.ident));
        docs.0
            .extend([String::new(), "# Errors".to_owned(), String::new()]);
        docs.0.extend(list);
        docs.0.extend([
            String::new(),
            "[`ErrorKind`](crate::error::ErrorKind) lists all errors of calls, such as those without a response."
                .to_owned(),
        ]);
    }
    docs
}

fn imports(operation: &Operation) -> TokenStream {
    let fields = operation
        .input
        .fields
        .iter()
        .chain(&operation.output.fields);
    let items = operation
        .pagination
        .iter()
        .filter_map(|pagination| Some(&pagination.items.as_ref()?.item));
    let fields = Imports::of(fields).and(items).emit();
    let mut schemas = vec!["OperationSchema", "Segment", "ServiceSchema"];
    if !operation.errors.is_empty() {
        schemas.push("ErrorSchema");
    }
    if operation.checksum.is_some() {
        schemas.push("Checksum");
    }
    if operation.events.is_some() {
        schemas.push("EventStreamSchema");
    }
    if !operation.carried.is_empty() {
        schemas.extend(carried::TYPES);
    }
    if !operation.customizations.is_empty() {
        schemas.push("Customization");
    }
    if operation.auth != Auth::SigV4 {
        schemas.push("Auth");
    }
    let structures = structure::runtime_imports([&operation.input, &operation.output], &schemas);
    quote! {
        use crate::error::Error;
        use crate::generated::service::SERVICE;
        #fields
        use smithy_reqwest::operation::Operation;
        #structures
    }
}

fn marker(operation: &Operation) -> TokenStream {
    let (ident, module) = (&operation.ident, operation.module.text());
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let endpoint_parameters = endpoint_parameters(operation);
    let validated_checksums = operation.output.validated.then(|| {
        quote! {
            fn set_validated_checksums(
                output: &mut #output,
                algorithms: Vec<smithy_reqwest::primitives::ChecksumAlgorithm>,
            ) {
                output._validated_checksums.0 = algorithms;
            }
        }
    });
    let events = operation.events.as_ref().map(|events| {
        let field = &events.field;
        quote! {
            fn events(output: &#output) -> Option<&dyn smithy_reqwest::event_stream::Events> {
                Some(&output.#field)
            }
        }
    });
    let doc = docs::line(&format!(
        "The operation, as a type; [`Client::{module}`](crate::Client::{module}) calls it."
    ));
    quote! {
        #doc
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct #ident;

        impl Operation for #ident {
            type Input = #input;
            type Output = #output;
            type Error = Error;

            fn service() -> &'static ServiceSchema {
                &SERVICE
            }

            fn schema() -> &'static OperationSchema {
                &OPERATION
            }

            fn set_request_id(output: &mut #output, request_id: Option<String>) {
                output._request_id.0 = request_id;
            }

            #validated_checksums

            #events

            #endpoint_parameters
        }
    }
}

/// Emits the method that sets the parameters of the endpoint rules from the operation and its input.
fn endpoint_parameters(operation: &Operation) -> Option<TokenStream> {
    let sources = &operation.endpoint_parameters;
    if sources.is_empty() {
        return None;
    }
    let input = &operation.input.ident;
    let name = match operation.endpoint_reads_input {
        true => quote!(input),
        false => quote!(_),
    };
    let values = sources.iter().map(|(name, source)| match source {
        ParameterSource::Static(ParameterDefault::Text(text)) => {
            quote!(parameters.set(#name, #text);)
        }
        ParameterSource::Static(ParameterDefault::Boolean(value)) => {
            quote!(parameters.set(#name, #value);)
        }
        ParameterSource::Static(ParameterDefault::List(list)) => {
            quote!(parameters.set(#name, vec![#(#list),*]);)
        }
        ParameterSource::Input(query) => {
            let value = query::emit(query);
            if query.optional {
                quote!(parameters.set_some(#name, #value);)
            } else {
                quote!(parameters.set(#name, #value);)
            }
        }
    });
    Some(quote! {
        fn endpoint_parameters(#name: &#input) -> smithy_reqwest::endpoint::rules::Parameters {
            let mut parameters = smithy_reqwest::endpoint::rules::Parameters::new();
            #(#values)*
            parameters
        }
    })
}

fn schema(operation: &Operation) -> TokenStream {
    let (name, method) = (&operation.wire_name, &operation.method);
    let path = segments(&operation.path);
    let query = (!operation.query.is_empty()).then(|| {
        let pairs = operation
            .query
            .iter()
            .map(|(name, value)| quote!((#name, #value)));
        quote!(.query(&[#(#pairs),*]))
    });
    let code = (operation.code != 200).then(|| {
        let code = Literal::u16_unsuffixed(operation.code);
        quote!(.code(#code))
    });
    let prefix = (!operation.host_prefix.is_empty()).then(|| {
        let prefix = segments(&operation.host_prefix);
        quote!(.host_prefix(&#prefix))
    });
    let streams = operation.streams_output.then(|| quote!(.streams_output()));
    let events = operation.events.as_ref().map(events);
    let auth = auth(operation.auth);
    let features = features(operation);
    let errors = (!operation.errors.is_empty()).then(|| {
        let errors = operation.errors.iter().map(error);
        quote!(.errors(&[#(#errors),*]))
    });
    quote! {
        static OPERATION: OperationSchema =
            OperationSchema::new(#name, #method, &#path) #query #code #prefix #streams #events #auth #features #errors;
    }
}

fn events(events: &EventStream) -> TokenStream {
    let member = &events.member;
    let errors = events.errors.iter();
    let errors = errors.map(|(member, code)| quote!((#member, #code)));
    quote!(.events(EventStreamSchema::new(#member, &[#(#errors),*])))
}

fn segments(segments: &[Segment]) -> TokenStream {
    let segments = segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote!(Segment::Literal(#text)),
        Segment::Label(name) => quote!(Segment::Label(#name)),
        Segment::Greedy(name) => quote!(Segment::Greedy(#name)),
    });
    quote!([#(#segments),*])
}

fn auth(auth: Auth) -> Option<TokenStream> {
    Some(match auth {
        Auth::SigV4 => return None,
        Auth::SigV4UnsignedPayload => quote!(.auth(Auth::SigV4UnsignedPayload)),
        Auth::SigV4A => quote!(.auth(Auth::SigV4A)),
        Auth::Bearer => quote!(.auth(Auth::Bearer)),
        Auth::None => quote!(.auth(Auth::None)),
    })
}

/// Emits the other features of the operation: authorization, compression, checksums and traits of the protocol.
fn features(operation: &Operation) -> TokenStream {
    let or_bearer = operation.or_bearer.then(|| quote!(.or_bearer()));
    let optional_auth = operation.optional_auth.then(|| quote!(.optional_auth()));
    let gzip = operation.gzip.then(|| quote!(.gzip()));
    let checksum = operation.checksum.as_ref().map(checksum);
    let customizations = customizations(&operation.customizations);
    let carries = carried::emit(&operation.carried);
    quote!(#or_bearer #optional_auth #gzip #checksum #customizations #carries)
}

fn customizations(customizations: &[Customization]) -> Option<TokenStream> {
    let values = customizations
        .iter()
        .map(|Customization { variant, texts }| {
            let texts = (!texts.is_empty()).then(|| quote!((#(#texts),*)));
            quote!(Customization::#variant #texts)
        });
    (!customizations.is_empty()).then(|| quote!(.customizations(&[#(#values),*])))
}

fn checksum(checksum: &Checksum) -> TokenStream {
    let required = checksum.required.then(|| quote!(.required()));
    let algorithm = checksum.algorithm_member.as_ref();
    let algorithm = algorithm.map(|member| quote!(.algorithm(#member)));
    let validation = checksum.validation.as_ref();
    let validation = validation
        .map(|(member, algorithms)| quote!(.validation_mode(#member, &[#(#algorithms),*])));
    quote!(.checksum(Checksum::new() #required #algorithm #validation))
}

fn error(error: &OperationError) -> TokenStream {
    let (code, status) = (&error.code, Literal::u16_unsuffixed(error.status));
    let retryable = error
        .retryable
        .map(|throttling| quote!(.retryable(#throttling)));
    let meaning = error.meaning.map(|meaning| match meaning {
        ErrorMeaning::NotFound => quote!(.not_found()),
        ErrorMeaning::Conflict => quote!(.conflict()),
    });
    quote!(ErrorSchema::new(#code, #status) #retryable #meaning)
}
