//! Lowers `smithy.rules#endpointRuleSet` of the service and the context parameters of operations to typed rules.
//!
//! The types of the rules language determine the code of a condition. A value that may be absent becomes
//! `let Some(x) = …` in the condition that tests it, and is a plain value after that. Conditions that always hold are
//! left out, and so are rules that never hold.

mod cases;
mod expressions;
mod operation;
mod properties;
mod scope;
mod signing;
mod variables;

pub(super) use operation::parameters as of_operation;

use crate::error::CodegenError;
use crate::ir::{
    EndpointOutcome, EndpointRules, Outcome, ParameterDefault, ParameterType, Rule, RuleCondition,
    RuleParameter, RuleStep,
};
use crate::lower::resolver::Resolver;
use crate::names::Ident;
use scope::Rules;
use serde::Deserialize;
use serde_json::{Map, Value};
use smithy_model::Shape;
use smithy_model::known::EndpointRuleSet;
use variables::{PARAMETERS, Reads};

/// The value of the rule set trait.
#[derive(Deserialize)]
struct RuleSetDefinition {
    parameters: Map<String, Value>,
    rules: Vec<RuleDefinition>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ParameterDefinition {
    #[serde(rename = "type")]
    kind: String,
    built_in: Option<String>,
    default: Option<Value>,
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
struct RuleDefinition {
    #[serde(default)]
    conditions: Vec<ConditionDefinition>,
    endpoint: Option<EndpointDefinition>,
    error: Option<Value>,
    rules: Option<Vec<RuleDefinition>>,
}

#[derive(Deserialize)]
struct ConditionDefinition {
    #[serde(rename = "fn")]
    function: String,
    argv: Vec<Value>,
    assign: Option<String>,
}

#[derive(Deserialize)]
struct EndpointDefinition {
    url: Value,
    #[serde(default)]
    properties: Map<String, Value>,
    #[serde(default)]
    headers: Map<String, Value>,
}

/// The error if no rule applies.
const EXHAUSTED: &str = "no endpoint rule fits the parameters";

type Result<T> = std::result::Result<T, String>;

/// Lowers the rules of a service. Returns `None` if it has none.
pub(super) fn lower(
    resolver: &Resolver<'_>,
    service: &Shape,
) -> std::result::Result<Option<EndpointRules>, CodegenError> {
    let Some(EndpointRuleSet(value)) = service.traits.get() else {
        return Ok(None);
    };
    let mut rules = rule_set(value).map_err(|reason| {
        CodegenError::unsupported(&service.id, format!("endpoint rules: {reason}"))
    })?;
    rules.cases = cases::lower(resolver, service);
    signing::warn(resolver, service, &rules);
    Ok(Some(rules))
}

fn rule_set(value: Value) -> Result<EndpointRules> {
    let definition: RuleSetDefinition =
        serde_json::from_value(value).map_err(|error| error.to_string())?;
    let mut parameters = Vec::new();
    for (name, value) in definition.parameters {
        parameters.push(parameter(name, value)?);
    }
    let scope = Rules::new(&mut parameters);
    let rules = rules(&definition.rules, &scope)?;
    for parameter in &mut parameters {
        let is_used = |ident: &_| rules.iter().any(|rule| rule.reads(ident));
        parameter.ident = parameter.ident.take().filter(is_used);
    }
    let all = Ident::verbatim(PARAMETERS);
    let is_read = |parameter: &RuleParameter| parameter.ident.is_some();
    Ok(EndpointRules {
        reads_parameters: parameters.iter().any(is_read)
            || rules.iter().any(|rule| rule.reads(&all)),
        cases: Vec::new(),
        parameters,
        rules,
    })
}

fn parameter(name: String, value: Value) -> Result<RuleParameter> {
    let definition: ParameterDefinition =
        serde_json::from_value(value).map_err(|error| format!("parameter `{name}`: {error}"))?;
    let ty = match definition.kind.to_ascii_lowercase().as_str() {
        "string" => ParameterType::Text,
        "boolean" => ParameterType::Boolean,
        "stringarray" => ParameterType::List,
        other => {
            return Err(format!("parameter `{name}`: unknown type `{other}`"));
        }
    };
    let built_in = match definition.built_in.as_deref() {
        Some("AWS::Region") => Some(Ident::verbatim("Region")),
        Some("AWS::UseFIPS") => Some(Ident::verbatim("UseFips")),
        Some("AWS::UseDualStack") => Some(Ident::verbatim("UseDualStack")),
        Some("SDK::Endpoint") => Some(Ident::verbatim("Endpoint")),
        // The other built-ins are settings that are optional for clients.
        _ => None,
    };
    let default = definition.default.as_ref().map(constant).transpose()?;
    Ok(RuleParameter {
        wire_name: name,
        ident: None,
        ty,
        built_in,
        certain: definition.required || default.is_some(),
        default,
        required: definition.required,
    })
}

/// Lowers a constant of the model.
fn constant(value: &Value) -> Result<ParameterDefault> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match value {
        Value::String(text) => Ok(ParameterDefault::Text(text.clone())),
        Value::Bool(value) => Ok(ParameterDefault::Boolean(*value)),
        Value::Array(list) => list
            .iter()
            .map(text)
            .collect::<Option<_>>()
            .map(ParameterDefault::List)
            .ok_or_else(|| format!("{value} is not a list of strings")),
        other => Err(format!("unsupported value {other} of a parameter")),
    }
}

/// Lowers the rules up to the first without conditions. If all have conditions, an error follows: a rule whose conditions
/// hold ends the evaluation, even if none of the rules within it applies.
fn rules(definitions: &[RuleDefinition], scope: &Rules) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    for definition in definitions {
        if let Some(rule) = rule(definition, scope)? {
            let ends = rule.conditions.is_empty();
            rules.push(rule);
            if ends {
                return Ok(rules);
            }
        }
    }
    let exhausted = RuleStep::Text(EXHAUSTED.to_owned());
    rules.push(Rule {
        conditions: Vec::new(),
        outcome: Outcome::Error(expressions::plain(exhausted)),
    });
    Ok(rules)
}

/// Lowers a rule. Returns `None` if its conditions never hold.
fn rule(definition: &RuleDefinition, scope: &Rules) -> Result<Option<Rule>> {
    let mut scope = scope.clone();
    let mut conditions = Vec::new();
    for condition in &definition.conditions {
        conditions.extend(scope.presence_of_argument(&condition.function, &condition.argv)?);
        let lowered = scope.condition(
            &condition.function,
            &condition.argv,
            condition.assign.as_deref(),
        )?;
        for condition in lowered {
            match condition {
                RuleCondition::Holds(expr) if expr.step == RuleStep::Boolean(false) => {
                    return Ok(None);
                }
                condition => conditions.push(condition),
            }
        }
    }
    let outcome = match definition {
        RuleDefinition {
            endpoint: Some(endpoint),
            ..
        } => Outcome::Endpoint(Box::new(endpoint_outcome(endpoint, &scope)?)),
        RuleDefinition {
            error: Some(error), ..
        } => Outcome::Error(scope.text(error)?),
        RuleDefinition {
            rules: Some(inner), ..
        } => Outcome::Rules(rules(inner, &scope)?),
        _ => return Err("a rule without an endpoint, an error or rules".into()),
    };
    name_only_what_is_read(&mut conditions, &outcome);
    Ok(Some(Rule {
        conditions,
        outcome,
    }))
}

/// Replaces variables that nothing reads by tests for presence, and removes the tests that always hold.
fn name_only_what_is_read(conditions: &mut Vec<RuleCondition>, outcome: &Outcome) {
    for index in (0..conditions.len()).rev() {
        let RuleCondition::Is(ident, expr) = &conditions[index] else {
            continue;
        };
        let mut later = conditions[index + 1..].iter();
        if !later.any(|condition| condition.reads(ident)) && !outcome.reads(ident) {
            conditions[index] = RuleCondition::Holds(expressions::is_some(expr.clone()));
        }
    }
    let always = RuleStep::Boolean(true);
    conditions.retain(
        |condition| !matches!(condition, RuleCondition::Holds(expr) if expr.step == always),
    );
}

fn endpoint_outcome(definition: &EndpointDefinition, scope: &Rules) -> Result<EndpointOutcome> {
    let signing = properties::signing(&definition.properties, scope)?;
    let mut headers = Vec::new();
    for (name, values) in &definition.headers {
        let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
        for value in values {
            headers.push((name.to_ascii_lowercase(), scope.text(value)?));
        }
    }
    Ok(EndpointOutcome {
        url: scope.text(&definition.url)?,
        signing_region: signing.region,
        signing_name: signing.name,
        scheme: signing.scheme,
        headers,
    })
}
