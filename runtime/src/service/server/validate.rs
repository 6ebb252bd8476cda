//! Full validation: an input as it was read in, every constraint of the model that it breaks out.
//!
//! Stricter than what a client checks before it sends: patterns and enum values count too.

use crate::service::server::patterns;
use crate::service::server::violation::{SECRET_KEY, Violation, Violations};
use crate::value::schema::{Length, MemberSchema, Range, TargetSchema};
use crate::value::shape::{Map, Structure, Value};
use std::collections::HashSet;

/// The longest value that a message repeats, in characters.
const SHOWN: usize = 1024;

/// Checks an input; `missing` are the paths of required members that the request did not have. Both there and here a path
/// does not tell the keys of secrets, so that what one entry of a secret map lacks is told of all its entries.
pub fn validate(input: &dyn Structure, missing: &HashSet<String>) -> Result<(), Violations> {
    let mut walk = Walk {
        missing,
        path: String::new(),
        secret: false,
        found: Vec::new(),
    };
    walk.structure(input);
    if walk.found.is_empty() {
        Ok(())
    } else {
        Err(Violations(walk.found))
    }
}

struct Walk<'a> {
    missing: &'a HashSet<String>,
    path: String,
    /// Whether what is here, at any depth, must not be shown.
    secret: bool,
    found: Vec<Violation>,
}

impl Walk<'_> {
    fn within(&mut self, step: &str, walk: impl FnOnce(&mut Self)) {
        let here = self.path.len();
        if here > 0 {
            self.path.push('.');
        }
        self.path.push_str(step);
        walk(self);
        self.path.truncate(here);
    }

    fn structure(&mut self, structure: &dyn Structure) {
        for (index, member) in structure.schema().members.iter().enumerate() {
            self.member(member, &structure.member(index));
        }
    }

    fn member(&mut self, member: &'static MemberSchema, value: &Value<'_>) {
        let outside = self.secret;
        self.secret |= member.sensitive;
        self.within(member.name, |walk| {
            let absent = value.is_absent() || walk.missing.contains(&walk.path);
            if absent && member.required {
                walk.found.push(Violation {
                    path: walk.path.clone(),
                    value: Some("null".to_owned()),
                    constraint: "Member must not be null".to_owned(),
                });
            } else if !absent {
                walk.value(value, member.target);
            }
        });
        self.secret = outside;
    }

    fn value(&mut self, value: &Value<'_>, target: Option<&'static TargetSchema>) {
        for constraint in broken(value, target) {
            self.violation(value, constraint);
        }
        let element = target.and_then(|target| target.element);
        match value {
            Value::Structure(structure) => self.structure(*structure),
            Value::Union(union) => {
                let schema = union.schema();
                if let Some((index, value)) = union.variant()
                    && let Some(member) = schema.members.get(index)
                {
                    self.member(member, &value);
                }
            }
            Value::List(list) => {
                for index in 0..list.len() {
                    let step = format!("{}.member", index + 1);
                    self.within(&step, |walk| walk.value(&list.element(index), element));
                }
            }
            Value::Map(map) => self.map(*map, target),
            _ => {}
        }
    }

    /// Keys and simple values are told of at the map itself, as AWS does.
    fn map(&mut self, map: &dyn Map, target: Option<&'static TargetSchema>) {
        let (key_target, element) =
            target.map_or((None, None), |target| (target.key, target.element));
        for (key, value) in map.entries() {
            let mut keys = broken(&Value::String(key), key_target);
            if let Some(known) = map.known_keys().filter(|known| !known.contains(&key)) {
                keys.push(enum_constraint(known));
            }
            if !keys.is_empty() {
                let constraint = format!("Map keys must satisfy constraint: [{}]", keys.join(", "));
                self.violation(&Value::Map(map), constraint);
            }
            if matches!(
                value,
                Value::Structure(_) | Value::Union(_) | Value::List(_) | Value::Map(_)
            ) {
                // Keys of secrets may be secrets too.
                let told = if self.secret { SECRET_KEY } else { key };
                let step = format!("{told}.member");
                self.within(&step, |walk| walk.value(&value, element));
                continue;
            }
            let values = broken(&value, element);
            if !values.is_empty() {
                let constraint =
                    format!("Map value must satisfy constraint: [{}]", values.join(", "));
                self.violation(&Value::Map(map), constraint);
            }
        }
    }

    fn violation(&mut self, value: &Value<'_>, constraint: String) {
        let value = if self.secret { None } else { shown(value) };
        self.found.push(Violation {
            path: self.path.clone(),
            value,
            constraint,
        });
    }
}

/// The constraints that a value itself breaks.
fn broken(value: &Value<'_>, target: Option<&'static TargetSchema>) -> Vec<String> {
    let mut broken = Vec::new();
    if let Value::Enum(value) = value {
        let known = value.known_values();
        if !known.contains(&value.wire_value()) {
            broken.push(enum_constraint(known));
        }
    }
    let Some(target) = target else {
        return broken;
    };
    if let Some((length, count)) = target.length.zip(value.length()) {
        let Length { min, max } = length;
        bounds(&mut broken, "length", count, min, max);
    }
    if let Some((Range { min, max }, number)) = target.range.zip(value.number()) {
        bounds(&mut broken, "value", number, min, max);
    }
    if let (Some(pattern), Value::String(text)) = (target.pattern, value)
        && !patterns::matches(pattern, text)
    {
        broken.push(format!(
            "Member must satisfy regular expression pattern: {pattern}"
        ));
    }
    broken
}

fn bounds<N: PartialOrd + std::fmt::Display>(
    broken: &mut Vec<String>,
    what: &str,
    value: N,
    min: Option<N>,
    max: Option<N>,
) {
    if let Some(max) = max.filter(|max| value > *max) {
        broken.push(format!(
            "Member must have {what} less than or equal to {max}"
        ));
    }
    if let Some(min) = min.filter(|min| value < *min) {
        broken.push(format!(
            "Member must have {what} greater than or equal to {min}"
        ));
    }
}

fn enum_constraint(known: &[&str]) -> String {
    format!("Member must satisfy enum value set: [{}]", known.join(", "))
}

/// A value as a message repeats it; `None` for what has parts with constraints of their own.
fn shown(value: &Value<'_>) -> Option<String> {
    let text = match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Number(text) | Value::String(text) => (*text).to_owned(),
        Value::Enum(value) => value.wire_value().to_owned(),
        Value::List(list) => {
            let elements: Option<Vec<_>> = (0..list.len())
                .map(|index| shown(&list.element(index)))
                .collect();
            format!("[{}]", elements?.join(", "))
        }
        Value::Map(map) => {
            let entries = map.entries().into_iter();
            let entries: Option<Vec<_>> = entries
                .map(|(key, value)| Some(format!("{key}={}", shown(&value)?)))
                .collect();
            format!("{{{}}}", entries?.join(", "))
        }
        _ => return None,
    };
    Some(match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text,
    })
}

#[cfg(test)]
mod tests {
    use super::validate;
    use crate::service::server::violation::path_text;
    use crate::value::codec::from_json;
    use crate::value::schema::{MemberSchema, StructureSchema, TargetSchema};
    use crate::value::shape::{Shape, Slot, Structure, Value};
    use std::collections::{HashMap, HashSet};

    type Texts = HashMap<String, Vec<String>>;

    struct Input {
        open: Option<Texts>,
        secret: Option<Texts>,
    }

    static TEXT: TargetSchema = TargetSchema::new().length(Some(1), None);
    static TEXTS: TargetSchema = TargetSchema::new().element(&TEXT);
    static MAP: TargetSchema = TargetSchema::new().element(&TEXTS);
    static SCHEMA: StructureSchema = StructureSchema::new(
        "test#Input",
        "Input",
        &[
            MemberSchema::new("open", "open").target(&MAP),
            MemberSchema::new("secret", "secret")
                .sensitive()
                .target(&MAP),
        ],
    );

    impl Structure for Input {
        fn schema(&self) -> &'static StructureSchema {
            &SCHEMA
        }

        fn member(&self, index: usize) -> Value<'_> {
            match index {
                0 => Shape::value(&self.open),
                1 => Shape::value(&self.secret),
                _ => Value::Absent,
            }
        }

        fn member_slot(&mut self, index: usize) -> Slot<'_> {
            match index {
                0 => Shape::slot(&mut self.open),
                1 => Shape::slot(&mut self.secret),
                _ => Slot::Ignored,
            }
        }
    }

    /// A required member below a secret map.
    struct Owner {
        secret: Option<HashMap<String, Named>>,
    }

    struct Named {
        name: Option<String>,
    }

    static OWNER: StructureSchema = StructureSchema::new(
        "test#Owner",
        "Owner",
        &[MemberSchema::new("secret", "secret").sensitive()],
    );
    static NAMED: StructureSchema = StructureSchema::new(
        "test#Named",
        "Named",
        &[MemberSchema::new("name", "name").required()],
    );

    impl Structure for Owner {
        fn schema(&self) -> &'static StructureSchema {
            &OWNER
        }

        fn member(&self, _: usize) -> Value<'_> {
            Shape::value(&self.secret)
        }

        fn member_slot(&mut self, _: usize) -> Slot<'_> {
            Shape::slot(&mut self.secret)
        }
    }

    impl Structure for Named {
        fn schema(&self) -> &'static StructureSchema {
            &NAMED
        }

        fn member(&self, _: usize) -> Value<'_> {
            Shape::value(&self.name)
        }

        fn member_slot(&mut self, _: usize) -> Slot<'_> {
            Shape::slot(&mut self.name)
        }
    }

    crate::structure!(Named { name });
    crate::structure!(Owner { secret });

    #[test]
    fn what_is_missing_below_a_secret_is_told_without_its_key() {
        let json = r#"{"secret": {"SECRETKEY": {}}}"#;
        let mut owner = Owner { secret: None };
        let missing = from_json(json.as_bytes(), &mut owner).unwrap();
        let missing = missing.iter().map(path_text).collect();
        let violations = validate(&owner, &missing).unwrap_err().0;
        let paths: Vec<&str> = violations.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(paths, ["secret.[…].member.name"]);
        let error = serde_json::from_str::<Owner>(json).unwrap_err().to_string();
        assert!(
            error.contains("missing required: secret[…].name"),
            "{error}"
        );
    }

    #[test]
    fn keys_of_secrets_are_not_told() {
        let texts = |key: &str| Some([(key.to_owned(), vec![String::new()])].into());
        let input = Input {
            open: texts("a-key"),
            secret: texts("SECRETKEY"),
        };
        let violations = validate(&input, &HashSet::new()).unwrap_err().0;
        let paths: Vec<&str> = violations.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(
            paths,
            ["open.a-key.member.1.member", "secret.[…].member.1.member"]
        );
    }
}
