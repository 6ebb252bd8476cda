//! Endpoint rule sets: the support for `smithy.rules#endpointRuleSet`.
//!
//! The rules themselves are compiled: a generated function takes [`Parameters`] and returns a [`Resolution`]. This
//! module contains the parts that all services share: the parameters and the sources of their values ([`RuleSet`]), and
//! the functions of the rules language.

mod arn;
#[cfg(feature = "test-util")]
mod cases;
#[cfg(feature = "test-util")]
mod facts;
mod functions;
mod parameters;
mod resolution;
mod url;

pub use crate::aws::endpoint::partitions::Partition;
pub use arn::{Arn, parse_arn};
#[cfg(feature = "test-util")]
pub use cases::{Case, CaseValue, Expected, check};
pub use functions::{
    element, is_valid_host_label, is_virtual_hostable_s3_bucket, ite, split, substring, uri_encode,
};
pub use parameters::{ParameterValue, Parameters};
pub use resolution::{Resolution, Resolved, RuleError, SigningScheme, endpoint, error};
pub use url::{Url, parse_url};

/// The rule set of a service.
#[derive(Debug)]
pub struct RuleSet {
    /// The parameters.
    pub parameters: &'static [Parameter],
    /// The function that evaluates the rules.
    pub resolve: fn(&Parameters) -> Resolution,
}

/// A parameter of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: &'static str,
    /// The setting that provides the value.
    pub built_in: Option<BuiltIn>,
    /// The default value.
    pub default: Option<DefaultValue>,
    /// `true` if the parameter must have a value.
    pub required: bool,
}

/// A setting that provides the value of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuiltIn {
    /// The setting `AWS::Region`.
    Region,
    /// The setting `AWS::UseFIPS`.
    UseFips,
    /// The setting `AWS::UseDualStack`.
    UseDualStack,
    /// The setting `SDK::Endpoint`.
    Endpoint,
}

/// The default value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultValue {
    /// Text.
    Text(&'static str),
    /// A boolean.
    Boolean(bool),
    /// A list of texts.
    List(&'static [&'static str]),
}

impl Parameter {
    /// Creates a parameter that is optional.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            built_in: None,
            default: None,
            required: false,
        }
    }

    /// Sets the setting that provides the value.
    pub const fn built_in(mut self, built_in: BuiltIn) -> Self {
        self.built_in = Some(built_in);
        self
    }

    /// Sets the default value.
    pub const fn default(mut self, default: DefaultValue) -> Self {
        self.default = Some(default);
        self
    }

    /// Marks the parameter as required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl RuleSet {
    /// Evaluates the rules. Parameters without a value have their default.
    ///
    /// # Errors
    ///
    /// Returns an error if a required parameter has no value, or if the rules return an error.
    pub fn ask(&self, mut parameters: Parameters) -> Resolution {
        for parameter in self.parameters {
            if parameters.get(parameter.name).is_some() {
                continue;
            }
            match parameter.default {
                Some(DefaultValue::Text(text)) => parameters.set(parameter.name, text),
                Some(DefaultValue::Boolean(value)) => parameters.set(parameter.name, value),
                Some(DefaultValue::List(list)) => parameters.set(parameter.name, list.to_vec()),
                None if parameter.required => {
                    return error(format!("the parameter {} has no value", parameter.name));
                }
                None => {}
            }
        }
        (self.resolve)(&parameters)
    }
}
