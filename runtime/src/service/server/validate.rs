//! Validates an input against all constraints of the model.
//!
//! This is stricter than the validation of a client: it includes patterns, values of enums and unique elements.

use crate::protocol::patterns::{whole, wide};
use crate::protocol::server::{Missing, ServiceStyle};
use crate::protocol::validate::place::Place;
use crate::protocol::validate::walk::{Rules, walk};
use crate::service::server::violation::Violations;
use crate::value::shape::Structure;

/// Validates an input. `missing` are the paths of required members that the request did not have. Neither these paths
/// nor those of violations contain the keys of secret maps, so that a violation in one entry of such a map is reported
/// for all its entries.
///
/// # Errors
///
/// Returns all violations, if there are any.
pub fn validate(
    input: &dyn Structure,
    missing: &Missing,
    style: ServiceStyle,
) -> Result<(), Violations> {
    let is_missing = |place: Place<'_>| missing.contains(&place.to_string());
    let rules = Rules {
        required: true,
        constraints: true,
        // AWS services match patterns like Java's `matches`, against the whole text. Patterns of other Smithy services
        // are anchored only as they are written.
        patterns: Some(match style {
            ServiceStyle::Aws => whole::matches,
            ServiceStyle::Smithy => wide::matches,
        }),
        closed: true,
        missing: (!missing.is_empty()).then_some(&is_missing as &dyn Fn(Place<'_>) -> bool),
    };
    let mut violations = Vec::new();
    walk(input, rules, &mut |finding| {
        violations.extend(style.violations(&finding));
    });
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Violations(violations))
    }
}

#[cfg(test)]
mod tests {
    use super::validate;
    use crate::protocol::server::{Missing, ServiceStyle};
    use crate::value::codec::from_json_exactly;
    use crate::value::schema::{MemberSchema, StructureSchema, TargetSchema};
    use crate::value::shape::{Shape, Slot, Structure, Value};
    use std::collections::HashMap;

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
    fn missing_members_below_a_secret_are_reported_without_its_key() {
        let json = r#"{"secret": {"SECRETKEY": {}}}"#;
        let mut owner = Owner { secret: None };
        let missing = from_json_exactly(json.as_bytes(), Slot::Structure(&mut owner)).unwrap();
        let violations = validate(&owner, &missing.into(), ServiceStyle::Aws)
            .unwrap_err()
            .0;
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
        let violations = validate(&input, &Missing::default(), ServiceStyle::Aws)
            .unwrap_err()
            .0;
        let paths: Vec<&str> = violations.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(
            paths,
            ["open.a-key.member.1.member", "secret.[…].member.1.member"]
        );
    }
}
