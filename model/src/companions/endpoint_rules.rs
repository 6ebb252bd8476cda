//! Reads the endpoint rule set beside a botocore service model, as an `apply` statement.
//!
//! The rules of a service are not in its `service-2.json`, but in `endpoint-rule-set-1.json` (or `.json.gz`) in the
//! same folder. They are read on request, since services with standard regional endpoints do not need them.

use crate::{ModelErrors, source::Source};
use std::path::Path;

/// Returns the rule set beside a model, or `None` if the model is not in botocore's format or has none.
pub(crate) fn endpoint_rules(path: &Path, model: &Source) -> Result<Option<Source>, ModelErrors> {
    let mut shapes = model.ast.shapes.0.iter();
    let service = shapes.find(|(_, shape)| shape.kind == "service");
    let rules = super::read(path, model, "endpoint-rule-set-1.json")?;
    let (Some((file, rules)), Some((service, _))) = (rules, service) else {
        return Ok(None);
    };
    let traits = vec![("smithy.rules#endpointRuleSet", rules)];
    let statement = (service.clone(), traits);
    Ok(Some(super::applied(&file, [statement].into_iter())))
}
