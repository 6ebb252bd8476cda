//! The static that describes the service.

use crate::ir::{Protocol, Service};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(service: &Service) -> TokenStream {
    let Service {
        name,
        sdk_id,
        version,
        endpoint_prefix,
        signing_name,
        user_agent,
        endpoint_rules,
        ..
    } = service;
    let (protocol_type, protocol) = match service.protocol {
        Protocol::RestJson1 => (quote!(RestJson1), quote!(&RestJson1)),
        Protocol::AwsJson1_0 => (quote!(AwsJson), quote!(&AwsJson::V1_0)),
        Protocol::AwsJson1_1 => (quote!(AwsJson), quote!(&AwsJson::V1_1)),
    };
    let rules = endpoint_rules
        .as_ref()
        .map(|_| quote!(.endpoint_rules(&crate::generated::endpoint::RULES)));
    quote! {
        //! What all operations share.
        use smithy_reqwest::protocol::#protocol_type;
        use smithy_reqwest::schema::ServiceSchema;

        pub(crate) static SERVICE: ServiceSchema =
            ServiceSchema::new(#name, #sdk_id, #version, #endpoint_prefix, #signing_name, #protocol, #user_agent) #rules;
    }
}
