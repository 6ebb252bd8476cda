//! Emits the endpoint rules: the parameters of the rule set and the function that evaluates the rules.

use crate::ir::{
    CaseExpected, EndpointCase, EndpointOutcome, EndpointRules, Outcome, ParameterDefault,
    ParameterType, Rule, RuleCondition, RuleExpr, RuleParameter, RuleStep, SigningScheme,
    TemplatePart,
};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits `endpoint.rs`.
pub(super) fn emit(rules: &EndpointRules) -> TokenStream {
    let table = rules.parameters.iter().map(parameter);
    let uses_default = rules
        .parameters
        .iter()
        .any(|parameter| parameter.default.is_some());
    let default = uses_default.then(|| quote!(DefaultValue,));
    let uses_built_in = rules
        .parameters
        .iter()
        .any(|parameter| parameter.built_in.is_some());
    let built_in = uses_built_in.then(|| quote!(BuiltIn,));
    let variables = rules.parameters.iter().filter_map(variable);
    let parameters = match rules.reads_parameters {
        true => quote!(parameters),
        false => quote!(_),
    };
    let body = rules.rules.iter().map(rule);
    quote! {
        //! The endpoint rules of the service.
        use smithy_reqwest::endpoint::rules::{self, #built_in #default Parameter, Parameters, Resolution, RuleSet};

        pub(crate) static RULES: RuleSet = RuleSet {
            parameters: &[#(#table),*],
            resolve,
        };

        fn resolve(#parameters: &Parameters) -> Resolution {
            #(#variables)*
            #(#body)*
        }
    }
}

/// Emits `endpoint_tests.rs`.
pub(super) fn emit_tests(rules: &EndpointRules) -> TokenStream {
    let cases = rules.cases.iter().map(case);
    quote! {
        //! The cases that the endpoint rules must hold.
        use crate::generated::endpoint::RULES;
        use smithy_reqwest::endpoint::rules::{Case, CaseValue, Expected, check};

        static CASES: &[Case] = &[#(#cases),*];

        #[test]
        fn the_endpoint_rules_hold_their_cases() {
            let failures = check(&RULES, CASES);
            assert!(failures.is_empty(), "{}", failures.join("\n"));
        }
    }
}

fn parameter(parameter: &RuleParameter) -> TokenStream {
    let name = &parameter.wire_name;
    let built_in = parameter.built_in.as_ref();
    let built_in = built_in.map(|name| quote!(.built_in(BuiltIn::#name)));
    let default = parameter.default.as_ref().map(|default| {
        let value = value(default, &quote!(DefaultValue));
        quote!(.default(#value))
    });
    let required = parameter.required.then(|| quote!(.required()));
    quote!(Parameter::new(#name) #built_in #default #required)
}

/// Emits a value as a variant of an enum of the runtime.
fn value(value: &ParameterDefault, of: &TokenStream) -> TokenStream {
    match value {
        ParameterDefault::Text(text) => quote!(#of::Text(#text)),
        ParameterDefault::Boolean(value) => quote!(#of::Boolean(#value)),
        ParameterDefault::List(list) => quote!(#of::List(&[#(#list),*])),
    }
}

fn variable(parameter: &RuleParameter) -> Option<TokenStream> {
    let (ident, name) = (parameter.ident.as_ref()?, &parameter.wire_name);
    let getter = match parameter.ty {
        ParameterType::Text => quote!(text),
        ParameterType::Boolean => quote!(boolean),
        ParameterType::List => quote!(list),
    };
    // The runtime ensures that the parameter has a value.
    let certain = parameter.certain.then(|| quote!(.unwrap_or_default()));
    Some(quote!(let #ident = parameters.#getter(#name) #certain;))
}

fn rule(rule: &Rule) -> TokenStream {
    let outcome = match &rule.outcome {
        Outcome::Rules(rules) => {
            let rules = rules.iter().map(self::rule);
            quote!(#(#rules)*)
        }
        Outcome::Endpoint(endpoint) => {
            let endpoint = outcome(endpoint);
            quote!(return Ok(#endpoint);)
        }
        Outcome::Error(text) => {
            let text = into_text(text);
            quote!(return rules::error(#text);)
        }
    };
    if rule.conditions.is_empty() {
        return outcome;
    }
    let conditions = rule.conditions.iter().map(condition);
    quote! {
        if #(#conditions)&&* {
            #outcome
        }
    }
}

fn condition(condition: &RuleCondition) -> TokenStream {
    match condition {
        RuleCondition::Holds(expr) => self::expr(expr),
        RuleCondition::Is(ident, expr) => {
            let value = self::expr(expr);
            // A field that is owned remains in its value, which may be read again.
            let value = match expr.step {
                RuleStep::Field(..) if expr.owned => quote!(#value.clone()),
                _ => value,
            };
            if expr.optional {
                quote!(let Some(#ident) = #value)
            } else {
                quote!(let Some(#ident) = Some(#value))
            }
        }
    }
}

fn outcome(endpoint: &EndpointOutcome) -> TokenStream {
    let url = into_text(&endpoint.url);
    let region = endpoint.signing_region.as_ref().map(|region| {
        let region = into_text(region);
        quote!(.signing_region(#region))
    });
    let name = endpoint.signing_name.as_ref().map(|name| {
        let name = into_text(name);
        quote!(.signing_name(#name))
    });
    let scheme = match &endpoint.scheme {
        SigningScheme::SigV4 => None,
        SigningScheme::SigV4A(regions) => {
            let regions = into_text(regions);
            Some(quote!(.sigv4a(#regions)))
        }
        SigningScheme::SigV4AOrSigV4 { regions, name } => {
            let regions = into_text(regions);
            let name = match name {
                Some(name) => {
                    let is_string = name.owned || matches!(name.step, RuleStep::Template(_));
                    let text = into_text(name);
                    match is_string {
                        true => quote!(Some(#text)),
                        false => quote!(Some(String::from(#text))),
                    }
                }
                None => quote!(None),
            };
            Some(quote!(.sigv4a_first(#regions, #name)))
        }
        SigningScheme::Unsupported(name) => Some(quote!(.unsupported_scheme(#name))),
    };
    let headers = endpoint.headers.iter().map(|(name, value)| {
        let value = into_text(value);
        quote!(.header(#name, #value))
    });
    quote!(rules::endpoint(#url) #name #region #scheme #(#headers)*)
}

fn expr(expr: &RuleExpr) -> TokenStream {
    match &expr.step {
        RuleStep::Text(text) => quote!(#text),
        RuleStep::Boolean(value) => quote!(#value),
        RuleStep::Integer(number) => {
            let number = Literal::usize_unsuffixed(*number);
            quote!(#number)
        }
        RuleStep::Variable(ident) => quote!(#ident),
        RuleStep::Field(of, field) => {
            let (of, field) = (self::expr(of), field);
            quote!(#of.#field)
        }
        RuleStep::ArnResource(of, index) => {
            let (of, index) = (self::expr(of), place(*index));
            quote!(#of.resource(#index))
        }
        RuleStep::Element(of, index) => {
            let (of, index) = (argument(of), place(*index));
            quote!(rules::element(#of, #index))
        }
        RuleStep::Method(of, method) => {
            let (of, method) = (self::expr(of), method);
            quote!(#of.#method())
        }
        RuleStep::Some(of) => {
            let of = self::expr(of);
            quote!(Some(#of))
        }
        RuleStep::Template(parts) => template(parts),
        RuleStep::Partition(of) if of.optional => {
            let of = self::expr(of);
            quote!(#of.and_then(|value| parameters.partition(value)))
        }
        RuleStep::Partition(of) => {
            let of = argument(of);
            quote!(parameters.partition(#of))
        }
        RuleStep::Call(function, arguments) => call(function, arguments, expr.optional),
        RuleStep::Equal(left, right) => equal(left, right, &quote!(==)),
        RuleStep::NotEqual(left, right) => equal(left, right, &quote!(!=)),
        RuleStep::Not(of) => {
            let of = self::expr(of);
            quote!(!#of)
        }
        RuleStep::IsSome(of) => {
            let of = self::expr(of);
            quote!(#of.is_some())
        }
        RuleStep::IsNone(of) => {
            let of = self::expr(of);
            quote!(#of.is_none())
        }
        RuleStep::FirstOf(all) => first_of(all),
    }
}

/// Emits a call. If the first argument is absent, the result is `None` or `false`.
fn call(function: &Ident, arguments: &[RuleExpr], optional: bool) -> TokenStream {
    match arguments {
        [first, rest @ ..] if first.optional => {
            let (first, rest) = (expr(first), rest.iter().map(argument));
            let called = quote!(rules::#function(value #(, #rest)*));
            if optional {
                quote!(#first.and_then(|value| #called))
            } else {
                quote!(#first.is_some_and(|value| #called))
            }
        }
        arguments => {
            let arguments = arguments.iter().map(argument);
            quote!(rules::#function(#(#arguments),*))
        }
    }
}

/// Emits an index into a list: from the start, or from the end if it is negative.
fn place(index: isize) -> TokenStream {
    let number = Literal::usize_unsuffixed(index.unsigned_abs());
    if index < 0 {
        quote!(-#number)
    } else {
        quote!(#number)
    }
}

/// Emits an argument of a function. Strings and lists are borrowed.
fn argument(argument: &RuleExpr) -> TokenStream {
    let value = expr(argument);
    if argument.owned {
        quote!(&#value)
    } else {
        value
    }
}

/// Emits a string that can be moved. An owned variable is cloned.
fn into_text(text: &RuleExpr) -> TokenStream {
    let value = expr(text);
    match text.step {
        RuleStep::Template(_) => value,
        _ if text.owned => quote!(#value.clone()),
        _ => value,
    }
}

fn equal(left: &RuleExpr, right: &RuleExpr, operator: &TokenStream) -> TokenStream {
    let either = left.optional || right.optional;
    let side = |side: &RuleExpr| {
        let value = expr(side);
        match side.step {
            _ if either && !side.optional && side.owned => quote!(Some(#value.as_str())),
            _ if either && !side.optional => quote!(Some(#value)),
            _ => value,
        }
    };
    let (left, right) = (side(left), side(right));
    quote!(#left #operator #right)
}

fn first_of(all: &[RuleExpr]) -> TokenStream {
    let mut chain = TokenStream::new();
    for (index, value) in all.iter().enumerate() {
        let tokens = expr(value);
        chain = match (index, value.optional) {
            (0, _) => tokens,
            (_, true) => quote!(#chain.or(#tokens)),
            (_, false) => quote!(#chain.unwrap_or(#tokens)),
        };
    }
    chain
}

/// Emits `format!` with the variables inlined in the format string.
fn template(parts: &[TemplatePart]) -> TokenStream {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for part in parts {
        match part {
            TemplatePart::Literal(literal) => {
                text.push_str(&literal.replace('{', "{{").replace('}', "}}"));
            }
            TemplatePart::Value(RuleExpr {
                step: RuleStep::Variable(ident),
                ..
            }) => text.push_str(&format!("{{{}}}", ident.text())),
            TemplatePart::Value(value) => {
                text.push_str("{}");
                arguments.push(expr(value));
            }
        }
    }
    quote!(format!(#text #(, #arguments)*))
}

fn case(case: &EndpointCase) -> TokenStream {
    let documentation = &case.documentation;
    let parameters = case.parameters.iter().map(|(name, given)| {
        let value = value(given, &quote!(CaseValue));
        quote!((#name, #value))
    });
    let expected = match &case.expected {
        CaseExpected::Error(text) => quote!(Expected::Error(#text)),
        CaseExpected::Endpoint {
            url,
            signing_region,
            signing_name,
            headers,
        } => {
            let (region, name) = (
                option(signing_region.as_ref()),
                option(signing_name.as_ref()),
            );
            let headers = headers.iter().map(|(name, value)| quote!((#name, #value)));
            quote! {
                Expected::Endpoint {
                    url: #url,
                    signing_region: #region,
                    signing_name: #name,
                    headers: &[#(#headers),*],
                }
            }
        }
    };
    quote! {
        Case {
            documentation: #documentation,
            parameters: &[#(#parameters),*],
            expected: #expected,
        }
    }
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
