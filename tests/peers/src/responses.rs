//! The suites "responses" and "errors": compares the values that our client parses from random responses with botocore's.

use crate::choices::{self, Choice, Of};
use crate::compare::{Comparison, Difference};
use crate::draw::{Draw, Side};
use crate::exchange::{Answer, Setting};
use crate::process::Process;
use crate::report::Tally;
use crate::shrink::shrink;
use crate::{Plan, operations, wire_text};
use anyhow::{Context, Result};
use appflow_sdk::Error;
use fastrand::Rng;
use serde_json::{Map, Value, json};
use smithy_model::known::HttpError;
use smithy_model::{Model, OperationShape, ShapeId};

/// The choices that are applied.
const BOTH_REFUSE: &str = "both refuse the answer";

/// Runs both suites.
pub(crate) fn run(plan: &Plan, model: &Model, python: &mut Process) -> Result<Vec<Tally>> {
    let mut responses = Tally::new("responses");
    let mut errors = Tally::new("errors");
    for (id, input) in crate::inputs(model)? {
        if !plan.wants(id.name()) {
            continue;
        }
        let operation = model.expect(id)?.as_operation().context("an operation")?;
        let mut case = Case {
            model,
            python,
            operation: id.name(),
            output: operation.output.as_ref().context("an output")?,
            params: Draw::new(model, Side::Input, plan.seed).structure(input),
        };
        for number in 0..plan.cases {
            case.output(plan, number, &mut responses)?;
            case.error(plan, number, operation, &mut errors)?;
        }
        for stated in choices::cases(Of::Response, id.name()) {
            match case.choice_fault(&stated)? {
                None => responses.excuse(stated.choice.reason()),
                Some(fault) => responses.fail(|| fault),
            }
        }
    }
    Ok(vec![responses, errors])
}

/// An operation on both sides, with an input that both accept.
struct Case<'a> {
    model: &'a Model,
    python: &'a mut Process,
    operation: &'a str,
    output: &'a ShapeId,
    params: Value,
}

/// The choices that were applied, or the remaining differences.
type Judged = std::result::Result<Vec<&'static str>, Vec<Difference>>;

impl Case<'_> {
    fn output(&mut self, plan: &Plan, number: usize, tally: &mut Tally) -> Result<()> {
        let seed = plan.seed ^ (number as u64) << 32;
        let mut draw = Draw::new(self.model, Side::Output, seed);
        let body = draw.structure(self.output);
        match self.differences(&body, seed)? {
            Ok(settled) => tally.pass_after(settled),
            Err(differences) => {
                tally.fail(|| self.reproduction(plan, number, body, seed, &differences))
            }
        }
        Ok(())
    }

    /// Returns the values that both parse from a body.
    fn both(&mut self, text: String) -> Result<(std::result::Result<Value, Error>, Value)> {
        let theirs = self.ask(200, json!({"Content-Type": "application/json"}), &text)?;
        let answer = Answer {
            status: 200,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: text.into_bytes(),
        };
        let exchange = operations::call(self.operation, &self.params, &Setting::default(), answer)
            .map_err(|refused| anyhow::anyhow!(refused.0))?;
        let theirs = theirs.get("output").cloned().unwrap_or(theirs);
        Ok((exchange.outcome, theirs))
    }

    /// Compares the values that both parse from a body, written in the style of `seed`.
    fn differences(&mut self, body: &Value, seed: u64) -> Result<Judged> {
        let text = wire_text::write(body, &mut Rng::with_seed(seed));
        let (ours, theirs) = self.both(text)?;
        let refused = !theirs["refused"].is_null();
        Ok(match ours {
            Err(_) if refused => Ok(vec![BOTH_REFUSE]),
            Err(error) => Err(vec![whole(json!({"refused": error.to_string()}), theirs)]),
            Ok(ours) if refused => Err(vec![whole(ours, theirs)]),
            Ok(ours) => {
                let (theirs, choices) = choices::read(self.model, self.output, &theirs);
                let comparison = Comparison::new(self.model, same_number);
                let differences = comparison.of(self.output, &ours, &theirs);
                if differences.is_empty() {
                    Ok(choices.into_iter().map(Choice::reason).collect())
                } else {
                    Err(differences)
                }
            }
        })
    }

    /// Returns the fault of a case whose parsed values differ intentionally.
    fn choice_fault(&mut self, stated: &choices::Case) -> Result<Option<String>> {
        let (ours, theirs) = self.both(stated.given.to_string())?;
        let ours = ours.unwrap_or_else(|error| json!({"refused": error.to_string()}));
        Ok(stated.fault(&ours, &theirs))
    }

    fn ask(&mut self, status: u16, headers: Value, body: &str) -> Result<Value> {
        self.python.ask(&json!({
            "do": "response",
            "operation": self.operation,
            "params": self.params,
            "status": status,
            "headers": headers,
            "body": body,
        }))
    }

    fn reproduction(
        &mut self,
        plan: &Plan,
        number: usize,
        body: Value,
        seed: u64,
        found: &[Difference],
    ) -> String {
        let smallest = shrink(body, |body| {
            matches!(self.differences(body, seed), Ok(Err(_)))
        });
        let shown = match self.differences(&smallest, seed) {
            Ok(Err(differences)) => differences,
            _ => found.to_vec(),
        };
        let shown: Vec<String> = shown.iter().map(Difference::to_string).collect();
        format!(
            "{} --operation {} --seed {} (case {number}):\n  body {}\n  {}",
            crate::COMMAND,
            self.operation,
            plan.seed,
            wire_text::write(&smallest, &mut Rng::with_seed(seed)),
            shown.join("\n  ")
        )
    }

    /// Draws an error that the model names for the operation, or one of the common errors.
    fn error(
        &mut self,
        plan: &Plan,
        number: usize,
        operation: &OperationShape,
        tally: &mut Tally,
    ) -> Result<()> {
        let mut rng = Rng::with_seed(plan.seed ^ (number as u64) << 32);
        let drawn = match operation.errors.get(number % (operation.errors.len() + 1)) {
            Some(id) => ErrorAnswer::draw(id.name(), status(self.model, id)?, &mut rng),
            None => ErrorAnswer::draw("ErrorOfTomorrow", 400, &mut rng),
        };
        let mut theirs = self.ask(
            drawn.status,
            json!(
                drawn
                    .headers
                    .iter()
                    .cloned()
                    .collect::<std::collections::BTreeMap<_, _>>()
            ),
            &drawn.body,
        )?;
        let shown = format!("{} {drawn:?}", self.operation);
        let answer = Answer {
            status: drawn.status,
            headers: drawn.headers,
            body: drawn.body.into_bytes(),
        };
        let exchange = operations::call(self.operation, &self.params, &Setting::default(), answer)
            .map_err(|refused| anyhow::anyhow!(refused.0))?;
        let ours = match &exchange.outcome {
            Ok(output) => json!({ "output": output }),
            Err(error) => json!({
                "code": error.code(),
                "message": error.message().unwrap_or_default(),
                "status": error.status(),
                "exception": exception(error),
            }),
        };
        if theirs["message"].is_null() {
            theirs["message"] = json!("");
        }
        if ours == theirs {
            tally.pass();
        } else {
            tally.fail(|| format!("{shown}:\n  ours {ours}\n  theirs {theirs}"));
        }
        Ok(())
    }
}

/// Returns botocore's name of the variant with the members of the error.
fn exception(error: &Error) -> String {
    let text = format!("{:?}", error.kind());
    match text.split([' ', '(', '{']).next().unwrap_or_default() {
        "UnmodeledService" => "ClientError".to_owned(),
        name => name.to_owned(),
    }
}

/// Draws an error as a server may send it.
#[derive(Debug)]
struct ErrorAnswer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl ErrorAnswer {
    /// Draws the code in the header or the body, with or without decoration, and the message under one of its names, or missing.
    fn draw(code: &str, status: u16, rng: &mut Rng) -> Self {
        let forms = [
            code.to_owned(),
            format!("{code}:http://internal.amazon.example/coral/x/"),
            format!("com.amazonaws.appflow#{code}"),
            format!("com.amazonaws.appflow#{code}:http://internal.amazon.example/coral/x/"),
        ];
        let form = &forms[rng.usize(..forms.len())];
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let mut body = Map::new();
        match rng.u8(..5) {
            0 | 1 => headers.push(("x-amzn-ErrorType".to_owned(), form.clone())),
            2 => {
                body.insert("__type".to_owned(), json!(form));
            }
            3 => {
                body.insert("code".to_owned(), json!(form));
            }
            _ => {
                headers.push(("x-amzn-errortype".to_owned(), form.clone()));
                body.insert(
                    "__type".to_owned(),
                    json!("com.amazonaws.appflow#SomethingElse"),
                );
            }
        }
        let message = crate::palette::text(rng, 200);
        match rng.u8(..6) {
            0 => {}
            1 => {
                body.insert("message".to_owned(), Value::Null);
            }
            2 => {
                body.insert("Message".to_owned(), json!(message));
            }
            _ => {
                body.insert("message".to_owned(), json!(message));
            }
        }
        if rng.bool() {
            body.insert("aMemberOfTomorrow".to_owned(), crate::palette::unknown(rng));
        }
        Self {
            status,
            headers,
            body: wire_text::write(&Value::Object(body), rng),
        }
    }
}

fn status(model: &Model, error: &ShapeId) -> Result<u16> {
    let traits = &model.expect(error)?.traits;
    Ok(
        match (traits.get::<HttpError>(), traits.raw("smithy.api#error")) {
            (Some(HttpError(status)), _) => status,
            (None, Some(Value::String(fault))) if fault == "server" => 500,
            _ => 400,
        },
    )
}

fn whole(ours: Value, theirs: Value) -> Difference {
    Difference::of_whole("answer", ours, theirs)
}

/// Compares numbers by value: `2` and `2.0` are equal.
fn same_number(ours: &Value, theirs: &Value) -> bool {
    match (ours.as_i64(), theirs.as_i64()) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => ours.as_f64().is_some() && ours.as_f64() == theirs.as_f64(),
    }
}
