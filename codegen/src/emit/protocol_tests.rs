//! Emits the protocol tests of the model: the data of each test and a call of the runtime's test runner.

use crate::ir::{ProtocolTest, TestSubject};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(tests: &[ProtocolTest]) -> TokenStream {
    let tests = tests.iter().map(test);
    quote! {
        //! The protocol tests of the model.

        use smithy_reqwest::testing::protocol_test;
        use smithy_reqwest::testing::protocol_test::Failed;

        #(#tests)*
    }
}

fn test(test: &ProtocolTest) -> TokenStream {
    let ProtocolTest {
        ident,
        module,
        operation,
        case,
        ..
    } = test;
    let operation = quote!(crate::operation::#module::#operation);
    let run = match &test.subject {
        TestSubject::Request => quote!(protocol_test::request::<#operation>(#case)),
        TestSubject::Response => quote!(protocol_test::response::<#operation>(#case)),
        TestSubject::Error(error, None) => {
            quote!(protocol_test::error::<#operation, crate::types::error::#error>(#case))
        }
        TestSubject::Error(error, Some(code)) => {
            quote!(protocol_test::error_of_code::<#operation, crate::types::error::#error>(#code, #case))
        }
    };
    quote! {
        #[test]
        fn #ident() -> Result<(), Failed> {
            #run
        }
    }
}
