//! Emits the statics with constraints and formats.

use crate::emit::carried;
use crate::ir::{Target, TimestampFormat};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

pub(super) fn emit(targets: &[Target]) -> TokenStream {
    let statics = targets.iter().map(target);
    let schema = (!targets.is_empty()).then(|| quote!(TargetSchema));
    let format = targets
        .iter()
        .any(|target| target.timestamp_format.is_some())
        .then(|| quote!(TimestampFormat));
    let carries = targets.iter().any(|target| !target.carried.is_empty());
    let carried = carried::TYPES.into_iter().filter(|_| carries);
    let carried = carried.map(|name| Ident::verbatim(name).into_token_stream());
    let names: Vec<_> = carried.chain(schema).chain(format).collect();
    let imports = (!names.is_empty()).then(|| quote!(use smithy_reqwest::schema::{#(#names),*};));
    quote! {
        //! Constraints and formats of simple shapes, lists and maps.
        #imports
        #(#statics)*
    }
}

fn target(target: &Target) -> TokenStream {
    let ident = &target.ident;
    let length = target.length.map(|(min, max)| {
        let (min, max) = (
            bound(min.map(Literal::u64_unsuffixed)),
            bound(max.map(Literal::u64_unsuffixed)),
        );
        quote!(.length(#min, #max))
    });
    let range = target.range.map(|(min, max)| {
        let (min, max) = (
            bound(min.map(Literal::f64_unsuffixed)),
            bound(max.map(Literal::f64_unsuffixed)),
        );
        quote!(.range(#min, #max))
    });
    let pattern = target
        .pattern
        .as_ref()
        .map(|pattern| quote!(.pattern(#pattern)));
    let format = target.timestamp_format.map(timestamp_format);
    let media_type = target
        .media_type
        .as_ref()
        .map(|media_type| quote!(.media_type(#media_type)));
    let unique_items = target.unique_items.then(|| quote!(.unique_items()));
    let digits = target.keeps_digits.then(|| quote!(.keeps_digits()));
    let element = target
        .element
        .as_ref()
        .map(|element| quote!(.element(&#element)));
    let key = target.key.as_ref().map(|key| quote!(.key(&#key)));
    let carries = carried::emit(&target.carried);
    quote! {
        pub(crate) static #ident: TargetSchema =
            TargetSchema::new() #length #range #pattern #format #media_type #unique_items #digits #element #key #carries;
    }
}

fn bound(literal: Option<Literal>) -> TokenStream {
    literal.map_or_else(|| quote!(None), |literal| quote!(Some(#literal)))
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    match format {
        TimestampFormat::EpochSeconds => quote!(.timestamp_format(TimestampFormat::EpochSeconds)),
        TimestampFormat::DateTime => quote!(.timestamp_format(TimestampFormat::DateTime)),
        TimestampFormat::HttpDate => quote!(.timestamp_format(TimestampFormat::HttpDate)),
    }
}
