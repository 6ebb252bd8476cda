//! Tests of the code that endpoint rules become, by the semantics that Smithy specifies for the rules language.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "endpoint_rules/conditions.rs"]
mod conditions;
#[path = "endpoint_rules/outcomes.rs"]
mod outcomes;

use serde_json::{Value, json};
use smithy_codegen::{CodegenError, Generated, Options};
use smithy_model::{Closure, Model};

/// Generates the client of a service with these rules and test cases.
fn generate(rules: Value, cases: Value) -> Result<Generated, CodegenError> {
    let text = json!({"required": false, "type": "string"});
    let flag = json!({"required": false, "type": "boolean"});
    let parameters = json!({
        "Region": {"type": "string", "builtIn": "AWS::Region", "required": true},
        "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false},
        "Name": text, "Alias": text, "Flag": flag, "Other": flag, "Value": flag,
        "List": {"type": "stringArray", "required": false},
        "Names": {"type": "StringArray", "required": true, "default": ["a", "b"]},
        "UseDualStack": {"type": "boolean", "builtIn": "AWS::UseDualStack"},
        "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"},
        "Account": {"type": "string", "builtIn": "AWS::Auth::AccountId"},
    });
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": {
            "aws.protocols#awsJson1_0": {},
            "smithy.rules#endpointRuleSet": {"version": "1.1", "parameters": parameters, "rules": rules},
            "smithy.rules#endpointTests": {"version": "1.0", "testCases": cases}}},
        "x#Get": {"type": "operation"},
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    smithy_codegen::generate(&model, &closure, &Options::default())
}

/// Returns a file of that client without white space, or the error.
fn text_of(file: &str, rules: Value, cases: Value) -> String {
    match generate(rules, cases) {
        Ok(generated) => compact(generated.files.get(file).unwrap_or_default()),
        Err(error) => error.to_string(),
    }
}

/// Returns code without white space and the commas that only lines of their own have.
fn compact(code: &str) -> String {
    let code: String = code.split_whitespace().collect();
    let last = [(",)", ")"), (",]", "]"), (",}", "}")];
    last.iter()
        .fold(code, |code, (comma, end)| code.replace(comma, end))
}

/// Returns the code of these rules without white space, after the variables of the parameters, or the error.
fn code(rules: Value) -> String {
    let text = text_of("endpoint.rs", rules, json!([]));
    let Some((_, body)) = text.split_once("->Resolution{") else {
        return text;
    };
    let mut body = body.strip_suffix('}').unwrap();
    while let Some((line, rest)) = body.split_once(';') {
        if !line.starts_with("let") || !line.contains("=parameters.") {
            break;
        }
        body = rest;
    }
    body.to_owned()
}

fn call(function: &str, argv: Value) -> Value {
    json!({"fn": function, "argv": argv})
}

fn assigned(name: &str, function: &str, argv: Value) -> Value {
    json!({"fn": function, "argv": argv, "assign": name})
}

fn of(name: &str) -> Value {
    json!({"ref": name})
}

fn endpoint(conditions: Value, url: &str) -> Value {
    json!({"conditions": conditions, "endpoint": {"url": url}, "type": "endpoint"})
}

fn tree(conditions: Value, rules: Value) -> Value {
    json!({"conditions": conditions, "rules": rules, "type": "tree"})
}

const EXHAUSTED: &str = r#"return rules::error("no endpoint rule fits the parameters");"#;
