//! The protocol suites: runs botocore's cases of the JSON, query and XML protocols with clients generated from the model of
//! each suite.

mod cbor;
mod corpus;
mod excuses;
mod values;

use crate::Plan;
use crate::client_crate::{ClientCrate, question};
use crate::compare::Comparison;
use crate::process::Process;
use crate::report::Tally;
use anyhow::{Context, Result};
use corpus::{FILES, Suite};
use serde_json::{Value, json};
use smithy_codegen::{Options, lower};
use smithy_model::{Closure, Model, OperationShape, ShapeId};
use std::fs;
use values::to_cli;

/// Runs the suites.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Tally>> {
    let suites = corpus::read(&plan.work.join("botocore"))?;
    let mut clients = ClientCrate::new(&plan.work, "protocol-suites")?;
    let mut generated = Vec::new();
    for (number, suite) in suites.iter().enumerate() {
        let client = generate(&mut clients, number, suite);
        generated.push(client.with_context(|| format!("{}: {}", suite.file, suite.description))?);
    }
    let mut runner = Process::start(&clients.build()?, &[])?;
    let mut tallies: Vec<Tally> = FILES
        .iter()
        .map(|(file, _)| Tally::new(format!("protocol {file}")))
        .collect();
    let mut needed = Vec::new();
    for (number, (suite, generated)) in suites.iter().zip(&generated).enumerate() {
        let tally = FILES
            .iter()
            .position(|(file, _)| *file == suite.file)
            .and_then(|index| tallies.get_mut(index));
        let tally = tally.context("a table for each file")?;
        for case in &suite.cases {
            let name = case["id"].as_str().unwrap_or(&suite.description);
            let faults = match &generated.left_out {
                Some(reason) => vec![format!("the codegen leaves the operation out: {reason}")],
                None => Case {
                    number,
                    suite,
                    generated,
                    case,
                }
                .faults(&mut runner)?,
            };
            match excuses::of(suite.file, name) {
                _ if faults.is_empty() => tally.pass(),
                Some(excuse) => {
                    needed.push(excuse);
                    tally.excuse(format!("{name}: {}", excuse.reason));
                }
                None => tally.fail(|| format!("{name}\n  {}", faults.join("\n  "))),
            }
        }
    }
    if let Some(tally) = tallies.first_mut() {
        for idle in excuses::idle(&needed) {
            tally.fail(|| format!("no case needs this excuse: {idle:?}"));
        }
    }
    Ok(tallies)
}

/// The result of a suite.
struct Generated {
    /// The model of the suite.
    model: Model,
    /// The reason why there is no client, if there is none.
    left_out: Option<String>,
}

/// Generates the client of a suite as the module `suite_N`, whose one operation has the number N.
fn generate(clients: &mut ClientCrate, number: usize, suite: &Suite) -> Result<Generated> {
    let model_file = clients.folder().join(format!("{number}.json"));
    fs::write(&model_file, suite.model.to_string())?;
    let model = Model::load(&[model_file])?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    let options = Options {
        user_agent: "peers".to_owned(),
        origin: format!("`{}`", crate::COMMAND),
        examples: None,
        html_documentation: false,
        protocols: Vec::new(),
    };
    let client = lower::lower(&model, &closure, &options)?;
    let left_out = client.left_out.first().map(|(_, reason)| reason.clone());
    if left_out.is_none() {
        let module = format!("suite_{number}");
        let operation = client.operations.first();
        let operation = operation.context("a suite has an operation")?;
        clients.add(&module, &client)?;
        clients.add_call(number, &module, operation)?;
    }
    Ok(Generated { model, left_out })
}

/// A case of a suite.
struct Case<'a> {
    number: usize,
    suite: &'a Suite,
    generated: &'a Generated,
    case: &'a Value,
}

impl Case<'_> {
    /// Returns the deviations from a case.
    fn faults(&self, runner: &mut Process) -> Result<Vec<String>> {
        let model = &self.generated.model;
        let operation = model
            .shapes()
            .find_map(|shape| shape.as_operation())
            .context("an operation")?;
        let params = &self.case["params"];
        let input = match &operation.input {
            Some(input) if params.is_object() => to_cli(model, input, params)?,
            _ => json!({}),
        };
        let response = &self.case["response"];
        let mut answer = json!({
            "status": response["status_code"].as_u64().unwrap_or(200),
            "headers": response["headers"],
            "body": response["body"],
        });
        if self.is_cbor() {
            answer["body_hex"] = json!(cbor::digits(&response["body"])?);
        }
        let ours = runner.ask(&question(
            self.number,
            &input,
            self.suite.endpoint.as_deref(),
            answer,
        ))?;
        if let Some(refused) = ours["refused"].as_str() {
            return Ok(vec![format!("the input {input} is refused: {refused}")]);
        }
        if response.is_object() {
            self.response_faults(operation, &ours)
        } else {
            self.request_faults(&ours["sent"])
        }
    }

    fn is_cbor(&self) -> bool {
        self.suite.file.contains("cbor")
    }

    fn request_faults(&self, sent: &Value) -> Result<Vec<String>> {
        let expected = &self.case["serialized"];
        if sent.is_null() {
            return Ok(vec!["nothing was sent".to_owned()]);
        }
        let mut faults = Vec::new();
        let mut check = |what: &str, ours: &Value, theirs: &Value| {
            if ours != theirs && !theirs.is_null() {
                faults.push(format!("{what}: ours {ours}, theirs {theirs}"));
            }
        };
        check("method", &sent["method"], &expected["method"]);
        check(
            "target",
            &target(&sent["target"]),
            &target(&expected["uri"]),
        );
        let (ours, theirs) = match self.is_cbor() {
            true => cbor::documents(&sent["body_hex"], &expected["body"])?,
            false => (body(&sent["body"]), body(&expected["body"])),
        };
        check("body", &ours, &theirs);
        if let Some(host) = expected["host"]
            .as_str()
            .and_then(|host| host.split('/').next())
        {
            check("host", &sent["host"], &json!(host));
        }
        for (name, value) in expected["headers"].as_object().into_iter().flatten() {
            check(name, &list(&header(sent, name)), &list(value));
        }
        for name in expected["forbidHeaders"].as_array().into_iter().flatten() {
            let ours = header(sent, name.as_str().unwrap_or_default());
            if !ours.is_null() {
                faults.push(format!("the header {name} is sent: {ours}"));
            }
        }
        // `requireHeaders` names Content-Length only, which is the transport's: any body with a known length has it.
        Ok(faults)
    }

    fn response_faults(&self, operation: &OperationShape, ours: &Value) -> Result<Vec<String>> {
        if !self.case["error"].is_null() {
            return self.error_faults(operation, &ours["error"]);
        }
        if ours["output"].is_null() {
            return Ok(vec![format!(
                "the answer is refused: {}",
                ours["error"]["text"]
            )]);
        }
        match &operation.output {
            Some(output) => self.value_faults(output, &ours["output"], &self.case["result"]),
            None => Ok(vec![]),
        }
    }

    fn error_faults(&self, operation: &OperationShape, ours: &Value) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        let code = self.case["errorCode"].as_str().unwrap_or_default();
        if ours["code"] != code {
            faults.push(format!("code: ours {}, theirs {code:?}", ours["code"]));
        }
        if let Some(message) = self.case["errorMessage"].as_str()
            && ours["message"] != message
        {
            faults.push(format!(
                "message: ours {}, theirs {message:?}",
                ours["message"]
            ));
        }
        if let Some(shape) = operation.errors.iter().find(|id| id.name() == code) {
            faults.extend(self.value_faults(shape, &ours["members"], &self.case["error"])?);
        }
        Ok(faults)
    }

    fn value_faults(&self, shape: &ShapeId, ours: &Value, theirs: &Value) -> Result<Vec<String>> {
        let model = &self.generated.model;
        let theirs = to_cli(model, shape, theirs)?;
        let same = |ours: &Value, theirs: &Value| {
            ours.as_f64().is_some() && ours.as_f64() == theirs.as_f64()
        };
        let differences = Comparison::new(model, same).of(shape, ours, &theirs);
        Ok(differences.iter().map(ToString::to_string).collect())
    }
}

/// Normalizes path and query: the order of parameters has no meaning.
fn target(target: &Value) -> Value {
    let Some((path, query)) = target.as_str().and_then(|target| target.split_once('?')) else {
        return target.clone();
    };
    let mut parameters: Vec<&str> = query.split('&').collect();
    parameters.sort_unstable();
    json!([path, parameters])
}

/// Returns a body as JSON if it is JSON, the parts of a document if it is XML, sorted parameters if it is a form, otherwise
/// as text.
fn body(body: &Value) -> Value {
    let Some(text) = body.as_str() else {
        return body.clone();
    };
    if let Ok(json) = serde_json::from_str(text) {
        return json;
    }
    if let Ok(document) = roxmltree::Document::parse(text) {
        return element(document.root_element());
    }
    if text.starts_with("Action=") {
        let mut parameters: Vec<&str> = text.split('&').collect();
        parameters.sort_unstable();
        return json!(parameters);
    }
    body.clone()
}

/// Returns an element as JSON: its name, namespace and attributes, and its text or its elements. The order of members has
/// no meaning; those of one name keep theirs.
fn element(node: roxmltree::Node<'_, '_>) -> Value {
    let attributes = node.attributes().map(|attribute| {
        let name = format!(
            "{{{}}}{}",
            attribute.namespace().unwrap_or_default(),
            attribute.name()
        );
        (name, json!(attribute.value()))
    });
    let mut elements: Vec<_> = node.children().filter(|child| child.is_element()).collect();
    elements.sort_by_key(|child| (child.tag_name().name(), key_of_entry(*child)));
    let text = elements.is_empty().then(|| node.text().unwrap_or_default());
    json!({
        "name": node.tag_name().name(),
        "namespace": node.tag_name().namespace(),
        "attributes": attributes.collect::<serde_json::Map<_, _>>(),
        "text": text,
        "elements": elements.into_iter().map(element).collect::<Vec<_>>(),
    })
}

/// Returns the key of an entry of a map, whose order has no meaning: of two elements, the text of the first.
fn key_of_entry<'a>(node: roxmltree::Node<'a, '_>) -> Option<&'a str> {
    let elements: Vec<_> = node.children().filter(|child| child.is_element()).collect();
    match elements[..] {
        [key, _] => key.text(),
        _ => None,
    }
}

fn header(sent: &Value, name: &str) -> Value {
    let mut headers = sent["headers"].as_array().into_iter().flatten();
    let found = headers.find(|header| {
        header[0]
            .as_str()
            .is_some_and(|header| header.eq_ignore_ascii_case(name))
    });
    found.map(|header| header[1].clone()).unwrap_or_default()
}

/// Normalizes a list: spaces after commas have no meaning.
fn list(value: &Value) -> Value {
    json!(value.as_str().map(|text| text.replace(", ", ",")))
}
