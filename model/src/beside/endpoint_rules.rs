//! In: the path of a botocore service model. Out: the endpoint rule set that lies beside it, as an `apply` statement.
//!
//! botocore keeps the rules of a service out of its `service-2.json`, in `endpoint-rule-set-1.json` (or `.json.gz`) in
//! the same folder. Whoever wants them asks for them: a service with standard regional endpoints does without.

use crate::{ModelErrors, source::Source};
use std::path::Path;

/// The rule set beside a model; `None` when the model is not botocore's, or has none beside it.
pub(crate) fn endpoint_rules(path: &Path, model: &Source) -> Result<Option<Source>, ModelErrors> {
    let mut shapes = model.ast.shapes.0.iter();
    let service = shapes.find(|(_, shape)| shape.kind == "service");
    let (Some(file), Some((service, _))) = (
        super::file(path, model, "endpoint-rule-set-1.json"),
        service,
    ) else {
        return Ok(None);
    };
    let rules = Source::read_json(&file)?;
    let traits = vec![("smithy.rules#endpointRuleSet", rules)];
    let statement = (service.clone(), traits);
    Ok(Some(super::applied(&file, [statement].into_iter())))
}
