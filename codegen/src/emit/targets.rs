//! The statics with constraints and formats.

use crate::ir::{Target, TimestampFormat};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(targets: &[Target]) -> TokenStream {
    let statics = targets.iter().map(target);
    let schema = (!targets.is_empty()).then(|| quote!(TargetSchema));
    let format = targets
        .iter()
        .any(|target| target.timestamp_format.is_some())
        .then(|| quote!(TimestampFormat));
    let names: Vec<_> = schema.into_iter().chain(format).collect();
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
    let digits = target.keeps_digits.then(|| quote!(.keeps_digits()));
    let element = target
        .element
        .as_ref()
        .map(|element| quote!(.element(&#element)));
    let key = target.key.as_ref().map(|key| quote!(.key(&#key)));
    quote! {
        pub(crate) static #ident: TargetSchema =
            TargetSchema::new() #length #range #pattern #format #media_type #digits #element #key;
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
