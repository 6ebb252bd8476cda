//! Lowers the `smithy.test` traits of operations and errors to one test for each case.

use crate::error::CodegenError;
use crate::ir::{Operation, ProtocolTest, TestSubject};
use crate::lower::resolver::Resolver;
use crate::names::{Ident, Scope};
use serde_json::Value;
use smithy_model::known::{HttpRequestTests, HttpResponseTests};
use smithy_model::{Shape, ShapeId};
use std::collections::BTreeSet;

/// Lowers the tests of all operations that are for clients and for the client's protocol.
pub(super) fn lower_all(
    resolver: &Resolver<'_>,
    operations: &[Operation],
) -> Result<Vec<ProtocolTest>, CodegenError> {
    let mut tests = Tests {
        scope: Scope::plain(),
        names: BTreeSet::new(),
        seen: BTreeSet::new(),
        tests: Vec::new(),
    };
    for operation in operations {
        let id = resolver
            .closure
            .operations
            .iter()
            .find(|id| id.name() == operation.wire_name);
        let Some(shape) = id.and_then(|id| resolver.model.shape(id)) else {
            continue;
        };
        tests.of_operation(resolver, operation, shape)?;
    }
    Ok(tests.tests)
}

struct Tests {
    scope: Scope,
    names: BTreeSet<String>,
    /// The cases so far. A case of an error that several operations share is run once. A request and a response may
    /// have the same id.
    seen: BTreeSet<(&'static str, ShapeId, String)>,
    tests: Vec<ProtocolTest>,
}

impl Tests {
    fn of_operation(
        &mut self,
        resolver: &Resolver<'_>,
        operation: &Operation,
        shape: &Shape,
    ) -> Result<(), CodegenError> {
        let requests = shape.traits.get::<HttpRequestTests>().map(|tests| tests.0);
        self.add(resolver, operation, shape, requests, &TestSubject::Request);
        let responses = shape.traits.get::<HttpResponseTests>().map(|tests| tests.0);
        self.add(
            resolver,
            operation,
            shape,
            responses,
            &TestSubject::Response,
        );
        let errors = shape.as_operation().into_iter().flat_map(|own| &own.errors);
        for id in errors.chain(&resolver.closure.service_errors) {
            let error = resolver.shape(id)?;
            let cases = error.traits.get::<HttpResponseTests>().map(|tests| tests.0);
            let code = resolver.protocol.error_code(error);
            let code = Some(code).filter(|code| code != id.name());
            let subject = TestSubject::Error(resolver.ident(id), code);
            self.add(resolver, operation, error, cases, &subject);
        }
        Ok(())
    }

    fn add(
        &mut self,
        resolver: &Resolver<'_>,
        operation: &Operation,
        shape: &Shape,
        cases: Option<Value>,
        subject: &TestSubject,
    ) {
        let Some(Value::Array(cases)) = cases else {
            return;
        };
        for case in cases {
            let text = |name: &str| case.get(name).and_then(Value::as_str);
            let is_ours = text("protocol") == Some(resolver.protocol.trait_id())
                && text("appliesTo") != Some("server");
            let id = text("id").unwrap_or("case").to_owned();
            let kind = kind(subject);
            if !is_ours || !self.seen.insert((kind, shape.id.clone(), id.clone())) {
                continue;
            }
            let name = match self.names.insert(id.clone()) {
                true => id,
                false => format!("{id}_{kind}"),
            };
            self.tests.push(ProtocolTest {
                ident: self.scope.claim(Ident::snake(&name)),
                module: operation.module.clone(),
                operation: operation.ident.clone(),
                subject: subject.clone(),
                case: without_prose(&case).to_string(),
            });
        }
    }
}

/// Returns a word for the subject of a case.
fn kind(subject: &TestSubject) -> &'static str {
    match subject {
        TestSubject::Request => "request",
        TestSubject::Response => "response",
        TestSubject::Error(..) => "error",
    }
}

/// Returns the case without the parts that only readers of the model need.
fn without_prose(case: &Value) -> Value {
    let mut case = case.clone();
    if let Value::Object(members) = &mut case {
        for name in ["documentation", "tags", "vendorParams", "vendorParamsShape"] {
            members.remove(name);
        }
    }
    case
}
