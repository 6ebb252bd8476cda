//! Endpoint rule sets: what a service's `smithy.rules#endpointRuleSet` stands on.
//!
//! The rules themselves are compiled: a generated function takes [`Parameters`] and gives a [`Resolution`]. Here are
//! the parts that are the same for all services: what a parameter is and where its value comes from ([`RuleSet`]), and
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
pub use resolution::{Resolution, Resolved, RuleError, endpoint, error};
pub use url::{Url, parse_url};

/// The rule set of a service.
#[derive(Debug)]
pub struct RuleSet {
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its rules.
    pub resolve: fn(&Parameters) -> Resolution,
}

/// A parameter of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// The setting it takes its value from.
    pub built_in: Option<BuiltIn>,
    /// The value it has when nothing gives it one.
    pub default: Option<DefaultValue>,
    /// Whether it must have a value.
    pub required: bool,
}

/// A setting that parameters take their value from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuiltIn {
    /// `AWS::Region`.
    Region,
    /// `AWS::UseFIPS`.
    UseFips,
    /// `AWS::UseDualStack`.
    UseDualStack,
    /// `SDK::Endpoint`.
    Endpoint,
}

/// The default of a parameter.
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
    /// A parameter that need not have a value.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            built_in: None,
            default: None,
            required: false,
        }
    }

    /// Says which setting it takes its value from.
    pub const fn built_in(mut self, built_in: BuiltIn) -> Self {
        self.built_in = Some(built_in);
        self
    }

    /// Gives it a default.
    pub const fn default(mut self, default: DefaultValue) -> Self {
        self.default = Some(default);
        self
    }

    /// Says that it must have a value.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl RuleSet {
    /// Asks the rules; parameters without a value get their default.
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
