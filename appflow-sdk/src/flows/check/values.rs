//! Checks a structure against the constraints and enum values of the model.

use super::Finding;
use smithy_reqwest::codec::nearest;
use smithy_reqwest::shape::{Structure, Value};
use smithy_reqwest::validate::{Validation, validate};

pub(in crate::flows) fn check(structure: &dyn Structure) -> Vec<Finding> {
    #[cfg(feature = "patterns")]
    let rules = Validation::STANDARD.with_patterns();
    #[cfg(not(feature = "patterns"))]
    let rules = Validation::STANDARD;
    let mut findings = Vec::new();
    if let Err(invalid) = validate(structure, rules) {
        let problems = invalid.problems().iter();
        findings.extend(problems.map(|problem| Finding::error(problem.path(), problem.reason())));
    }
    check_enums("", &Value::Structure(structure), &mut findings);
    findings
}

fn check_enums(path: &str, value: &Value<'_>, findings: &mut Vec<Finding>) {
    match value {
        Value::Enum(value) => {
            let (given, known) = (value.wire_value(), value.known_values());
            if !known.contains(&given) {
                findings.push(Finding::error(path, unknown(given, known)));
            }
        }
        Value::List(list) => {
            for index in 0..list.len() {
                check_enums(&format!("{path}[{index}]"), &list.element(index), findings);
            }
        }
        Value::Map(map) => {
            let known = map.known_keys().unwrap_or_default();
            for (key, value) in map.entries() {
                let path = format!("{path}[{key:?}]");
                if !known.is_empty() && !known.contains(&key) {
                    findings.push(Finding::error(&path, unknown(key, known)));
                }
                check_enums(&path, &value, findings);
            }
        }
        Value::Structure(structure) => {
            for (index, member) in structure.schema().members.iter().enumerate() {
                let path = match path.is_empty() {
                    true => member.name.to_owned(),
                    false => format!("{path}.{}", member.name),
                };
                check_enums(&path, &structure.member(index), findings);
            }
        }
        _ => {}
    }
}

fn unknown(given: &str, known: &[&str]) -> String {
    match nearest(given, known.iter().copied()) {
        Some(nearest) => format!("unknown value {given:?}, did you mean {nearest:?}?"),
        None => format!(
            "unknown value {given:?}, expected one of {}",
            known.join(", ")
        ),
    }
}
