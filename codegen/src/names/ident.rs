//! [`Ident`]: an identifier that is valid in Rust.

use crate::names::tables::{BARE_KEYWORDS, RAW_KEYWORDS, TAKEN_ERRORS};
use crate::names::words;
use heck::{ToShoutySnakeCase, ToUpperCamelCase};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::fmt;

/// An identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// Creates the name of a type or variant.
    pub fn upper_camel(name: &str) -> Self {
        Self::legal(words::of_type(name).to_upper_camel_case())
    }

    /// Creates the name of a field, method or module.
    pub fn snake(name: &str) -> Self {
        Self::legal(words::of_field(name).join("_"))
    }

    /// Creates the name of a constant or static.
    pub fn shouty(name: &str) -> Self {
        Self::legal(name.to_shouty_snake_case())
    }

    /// Creates an identifier from a name that is already valid in Rust.
    pub fn verbatim(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Makes the text a valid identifier: a leading digit gets an underscore before it, and a keyword that cannot be
    /// raw gets one after it.
    fn legal(text: String) -> Self {
        let digit_first = text.starts_with(|first: char| !first.is_alphabetic() && first != '_');
        let text = if digit_first || text.is_empty() {
            format!("_{text}")
        } else {
            text
        };
        if BARE_KEYWORDS.contains(&text.as_str()) {
            Self(format!("{text}_"))
        } else {
            Self(text)
        }
    }

    /// Returns the identifier with a prefix: `set_` and `type` give `set_type`, and `_2fa` gives `set_2fa`.
    pub fn prefixed(&self, prefix: &str) -> Self {
        Self(format!("{prefix}{}", self.0.trim_start_matches('_')))
    }

    /// Returns the identifier with a suffix, which replaces the underscore after a keyword.
    pub fn suffixed(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.0.trim_end_matches('_')))
    }

    /// Returns the name of an error type. It is also the name of an error kind, and must differ from the kinds that
    /// every client has.
    pub fn of_error(self) -> Self {
        if TAKEN_ERRORS.contains(&self.0.as_str()) {
            self.suffixed("Error")
        } else {
            self
        }
    }

    /// Returns the identifier without `r#`.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if RAW_KEYWORDS.contains(&self.0.as_str()) {
            write!(f, "r#{}", self.0)
        } else {
            f.write_str(&self.0)
        }
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = if RAW_KEYWORDS.contains(&self.0.as_str()) {
            proc_macro2::Ident::new_raw(&self.0, Span::call_site())
        } else {
            proc_macro2::Ident::new(&self.0, Span::call_site())
        };
        ident.to_tokens(tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_model_become_identifiers_that_rust_accepts() {
        let table = [
            // The name, type, field and constant.
            ("flowName", "FlowName", "flow_name", "FLOW_NAME"),
            ("type", "Type", "r#type", "TYPE"),
            ("self", "Self_", "self_", "SELF"),
            ("Self", "Self_", "self_", "SELF"),
            ("async", "Async", "r#async", "ASYNC"),
            (
                "oAuth2GrantType",
                "OAuth2GrantType",
                "o_auth2_grant_type",
                "O_AUTH2_GRANT_TYPE",
            ),
            ("SAPOData", "SapoData", "sapo_data", "SAPO_DATA"),
            ("2faCode", "_2faCode", "_2fa_code", "_2FA_CODE"),
            (
                "ML_G5_2XLARGE",
                "MlG52Xlarge",
                "ml_g5_2_xlarge",
                "ML_G5_2XLARGE",
            ),
            (
                "s3OutputFormatConfig",
                "S3OutputFormatConfig",
                "s3_output_format_config",
                "S3_OUTPUT_FORMAT_CONFIG",
            ),
            ("x-amz-thing", "XAmzThing", "x_amz_thing", "X_AMZ_THING"),
        ];
        for (name, camel, snake, shouty) in table {
            assert_eq!(Ident::upper_camel(name).to_string(), camel, "{name}");
            assert_eq!(Ident::snake(name).to_string(), snake, "{name}");
            assert_eq!(Ident::shouty(name).to_string(), shouty, "{name}");
        }
    }
}
