//! Lowers `staticContextParams`, `contextParam` and `operationContextParams` of an operation to the sources of endpoint
//! parameters.

use super::{Result, constant};
use crate::ir::{EndpointRules, ParameterSource, ParameterType, Query};
use crate::jmespath::{self, Expr};
use crate::lower::query::{Kind, Lowerer};
use crate::lower::resolver::Resolver;
use serde_json::Value;
use smithy_model::Shape;
use smithy_model::known::{OperationContextParams, StaticContextParams};

/// The names of parameters and the sources of their values. Later ones replace earlier ones.
type Sources = Vec<(String, ParameterSource)>;

/// Returns the sources of the parameters that an operation sets, or the reason why one of them is not supported.
pub(in crate::lower) fn parameters(
    resolver: &Resolver<'_>,
    shape: &Shape,
    rules: &EndpointRules,
) -> Result<Sources> {
    let operation = Operation {
        resolver,
        shape,
        rules,
    };
    let sources = operation.sources();
    sources.map_err(|reason| format!("endpoint parameters: {reason}"))
}

struct Operation<'a, 'r> {
    resolver: &'r Resolver<'a>,
    shape: &'r Shape,
    rules: &'r EndpointRules,
}

impl Operation<'_, '_> {
    /// Returns the sources in the order of Smithy's precedence, the weakest first.
    fn sources(&self) -> Result<Sources> {
        let mut sources = Vec::new();
        if let Some(OperationContextParams(Value::Object(params))) = self.shape.traits.get() {
            for (name, value) in params {
                let path = value.get("path").and_then(Value::as_str);
                let path = path.ok_or_else(|| format!("`{name}` has no path"))?;
                let expr = jmespath::parse(path).map_err(|error| error.to_string())?;
                sources.extend(self.input(&name, &expr)?);
            }
        }
        for (member, name) in self.context_members() {
            sources.extend(self.input(&name, &Expr::Field(member))?);
        }
        if let Some(StaticContextParams(Value::Object(params))) = self.shape.traits.get() {
            for (name, value) in params {
                let value = value
                    .get("value")
                    .ok_or_else(|| format!("`{name}` has no value"))?;
                if self.ty(&name).is_some() {
                    sources.push((name, ParameterSource::Static(constant(value)?)));
                }
            }
        }
        Ok(sources)
    }

    /// Returns the members of the input with `contextParam`, and the parameters that they name.
    fn context_members(&self) -> Vec<(String, String)> {
        let operation = self.shape.as_operation();
        let input =
            operation.and_then(|operation| self.resolver.model.shape(operation.input.as_ref()?));
        let members = input.into_iter().flat_map(|input| input.members.values());
        members
            .filter_map(|member| {
                let param = member.traits.raw("smithy.rules#contextParam")?;
                let name = param.get("name")?.as_str()?;
                Some((member.name.clone(), name.to_owned()))
            })
            .collect()
    }

    /// Returns the type of the parameter, or `None` if the rules have no such parameter.
    fn ty(&self, name: &str) -> Option<ParameterType> {
        let mut parameters = self.rules.parameters.iter();
        let found = parameters.find(|parameter| parameter.wire_name == name);
        found.map(|parameter| parameter.ty)
    }

    fn input(&self, name: &str, expr: &Expr) -> Result<Option<(String, ParameterSource)>> {
        let Some(ty) = self.ty(name) else {
            return Ok(None);
        };
        let lowerer = Lowerer::new(self.resolver, self.shape.as_operation());
        let found = lowerer.lower(expr, &lowerer.input()?)?;
        let query: Query = match ty {
            ParameterType::List => found.into_texts(self.resolver)?,
            ParameterType::Text | ParameterType::Boolean => {
                let found = found.into_scalar(self.resolver);
                match (&found.kind, ty) {
                    (Kind::Text, ParameterType::Text) | (Kind::Boolean, ParameterType::Boolean) => {
                    }
                    (kind, _) => return Err(format!("`{name}`: unexpected {}", kind.name())),
                }
                found.query
            }
        };
        Ok(Some((name.to_owned(), ParameterSource::Input(query))))
    }
}
