//! Compares both sides of an operation with random inputs, responses and errors.

use super::difference::{difference, without_zeros};
use super::facts::Facts;
use super::{comparison, fit, request};
use crate::Plan;
use crate::client_crate::question;
use crate::draw::{Draw, Side};
use crate::process::Process;
use crate::report::Tally;
use crate::shrink::shrink;
use anyhow::Result;
use serde_json::{Value, json};
use smithy_model::known::HttpError;
use smithy_model::{Model, OperationShape, ShapeId};

/// The maximum length of inputs that are shrunk.
const LARGE: usize = 4_000;

/// An operation on both sides.
pub(super) struct Case<'a> {
    pub(super) service: &'static str,
    pub(super) model: &'a Model,
    pub(super) id: &'a ShapeId,
    pub(super) operation: &'a OperationShape,
    pub(super) number: usize,
    pub(super) ours: &'a mut Process,
    pub(super) theirs: &'a mut Process,
    /// The session token of the calls.
    pub(super) token: Option<&'static str>,
    /// The choices that the last requests needed.
    pub(super) settled: Vec<&'static str>,
}

impl Case<'_> {
    /// Runs the cases of this number of inputs.
    pub(super) fn run(&mut self, plan: &Plan, count: usize, tally: &mut Tally) -> Result<()> {
        let mut inputs = Draw::new(self.model, Side::Input, plan.seed);
        let mut outputs = Draw::new(self.model, Side::Output, plan.seed);
        for number in 0..count {
            let input = self.drawn(&mut inputs, self.operation.input.as_ref());
            self.token = (number % 2 == 1).then_some("session/token+==");
            match self.request_fault(&input)? {
                None => tally.pass_after(std::mem::take(&mut self.settled)),
                Some(fault) => tally.fail(|| self.reproduction(plan, input.clone(), &fault)),
            }
            if !self.sends(&input)? {
                continue;
            }
            let output = self.drawn(&mut outputs, self.operation.output.as_ref());
            self.judge(plan, tally, &output, |case| {
                case.answer_fault(&input, &output)
            })?;
            let errors = self.operation.errors.len().max(1);
            if let Some(id) = self.operation.errors.get(number % errors) {
                let error = self.drawn(&mut outputs, Some(id));
                self.judge(plan, tally, &error, |case| {
                    case.error_fault(&input, id, &error)
                })?;
            }
            let model = self.model;
            let stream = self.operation.output.as_ref();
            let stream = stream.and_then(|id| model.event_stream(id));
            let errors = stream
                .into_iter()
                .flat_map(|(_, union)| model.stream_errors(union));
            let errors: Vec<_> = errors.collect();
            if let Some((member, error)) = errors.get(number % errors.len().max(1)) {
                let members = self.drawn(&mut outputs, Some(&error.id));
                self.judge(plan, tally, &members, |case| {
                    case.stream_fault(&input, &member.name, error.id.name(), &members)
                })?;
            }
        }
        Ok(())
    }

    fn drawn(&self, draw: &mut Draw<'_>, id: Option<&ShapeId>) -> Value {
        let Some(id) = id else { return json!({}) };
        let mut value = draw.structure(id);
        fit::fit(self.model, id, &mut value, draw);
        value
    }

    fn judge(
        &mut self,
        plan: &Plan,
        tally: &mut Tally,
        value: &Value,
        fault: impl FnOnce(&mut Self) -> Result<Option<String>>,
    ) -> Result<()> {
        match fault(self)? {
            None => tally.pass(),
            Some(fault) => {
                tally.fail(|| format!("{}:\n  members {value}\n  {fault}", self.command(plan)))
            }
        }
        Ok(())
    }

    fn command(&self, plan: &Plan) -> String {
        format!(
            "{} --suite services --operation {} --seed {} ({})",
            crate::COMMAND,
            self.id.name(),
            plan.seed,
            self.service
        )
    }

    /// Returns whether our side accepts an input. An input that neither side accepts has no response.
    fn sends(&mut self, input: &Value) -> Result<bool> {
        let ours = self.ask_ours(input, json!({"status": 200, "body": "{}"}))?;
        Ok(ours["sent"].is_object())
    }

    fn reproduction(&mut self, plan: &Plan, input: Value, fault: &str) -> String {
        // Some inputs here are so large that it would take minutes.
        if input.to_string().len() > LARGE {
            return format!("{}:\n  input {input}\n  {fault}", self.command(plan));
        }
        let smallest = shrink(input, |input| {
            // A simpler input that is refused shows another fault than this one.
            let sends = matches!(self.sends(input), Ok(true));
            let refused = |fault: &str| fault.starts_with("theirs is not sent");
            sends
                && matches!(self.request_fault(input), Ok(Some(found)) if refused(&found) == refused(fault))
        });
        let shown = match self.request_fault(&smallest) {
            Ok(Some(fault)) => fault,
            _ => fault.to_owned(),
        };
        format!("{}:\n  input {smallest}\n  {shown}", self.command(plan))
    }

    fn ask_ours(&mut self, input: &Value, answer: Value) -> Result<Value> {
        let mut question = question(self.number, input, None, answer);
        question["token"] = json!(self.token);
        self.ours.ask(&question)
    }

    fn ask_theirs(&mut self, what: &str, input: &Value, more: Value) -> Result<Value> {
        let mut question = json!({
            "do": what,
            "service": self.service,
            "operation": self.id.name(),
            "params": input,
            "token": self.token,
        });
        if let (Some(question), Value::Object(more)) = (question.as_object_mut(), more) {
            question.extend(more);
        }
        self.theirs.ask(&question)
    }

    /// Returns the first difference of both requests.
    fn request_fault(&mut self, input: &Value) -> Result<Option<String>> {
        let ours = self.ask_ours(input, json!({"status": 200, "body": "{}"}))?;
        let theirs = self.ask_theirs("request", input, json!({}))?;
        Ok(match (ours["sent"].is_object(), theirs.get("refused")) {
            (true, None) => match self.difference_of_requests(input, &ours["sent"], &theirs)? {
                None => self.signature_fault(&ours["sent"])?,
                fault => fault,
            },
            // What neither sends is agreement too.
            (false, Some(_)) => None,
            (true, Some(refused)) => Some(format!("theirs is not sent: {refused}")),
            (false, None) => Some(format!("ours is not sent: {ours}")),
        })
    }

    fn difference_of_requests(
        &mut self,
        input: &Value,
        ours: &Value,
        theirs: &Value,
    ) -> Result<Option<String>> {
        let facts = Facts::of(self.model, self.model.expect(self.id)?, input);
        Ok(match comparison::compared(ours, theirs, &facts) {
            Ok(reasons) => {
                self.settled = reasons;
                None
            }
            Err(fault) => Some(fault),
        })
    }

    /// Returns the difference of our signature and that of botocore for our request, by the signer of its own.
    fn signature_fault(&mut self, sent: &Value) -> Result<Option<String>> {
        let (signed, headers) = request::without_signature(sent);
        let theirs = self.theirs.ask(&json!({
            "do": "sign",
            "method": sent["method"],
            "url": request::url(sent),
            "headers": headers,
            "body": sent["body_hex"],
        }))?;
        let theirs = theirs.get("authorization").unwrap_or(&theirs);
        Ok((signed != *theirs).then(|| format!("signature: ours {signed}, theirs {theirs}")))
    }

    /// Returns the first difference of the values that both parse from a response.
    fn answer_fault(&mut self, input: &Value, output: &Value) -> Result<Option<String>> {
        let theirs = self.ask_theirs("output", input, json!({"value": output}))?;
        let Some(expected) = theirs.get("output") else {
            return Ok(Some(format!("theirs is not read: {theirs}")));
        };
        let ours = self.ask_ours(input, theirs["answer"].clone())?;
        Ok(match ours.get("output") {
            Some(read) => {
                let read =
                    without_zeros(self.model, self.operation.output.as_ref(), read, expected);
                difference(&read, expected)
            }
            None => Some(format!("ours is not read: {ours}")),
        })
    }

    /// Returns the first difference of what both read from an error at the end of an event stream. botocore names it by
    /// the member of the union, and our client by its shape, as everywhere.
    fn stream_fault(
        &mut self,
        input: &Value,
        member: &str,
        code: &str,
        members: &Value,
    ) -> Result<Option<String>> {
        let error = json!({"member": member, "value": members});
        let theirs = self.ask_theirs("stream_error", input, error)?;
        let ours = self.ask_ours(input, theirs["answer"].clone())?;
        let expected = match theirs["code"] == member {
            true => json!({"code": code, "message": theirs["message"]}),
            false => json!({"theirs": theirs}),
        };
        let error = &ours["error"];
        let read = json!({"code": error["code"], "message": error["message"]});
        Ok(difference(&read, &expected))
    }

    /// Returns the first difference of the values that both parse from an error.
    fn error_fault(
        &mut self,
        input: &Value,
        id: &ShapeId,
        members: &Value,
    ) -> Result<Option<String>> {
        let traits = &self.model.expect(id)?.traits;
        let status = traits.get::<HttpError>().map_or(400, |status| status.0);
        let error =
            json!({"error": id.name(), "code": id.name(), "status": status, "value": members});
        let theirs = self.ask_theirs("error", input, error)?;
        let ours = self.ask_ours(input, theirs["answer"].clone())?;
        let expected = json!({
            "code": theirs["code"],
            "message": theirs["message"].as_str().unwrap_or_default(),
            "members": theirs["members"],
        });
        let members = without_zeros(
            self.model,
            Some(id),
            &ours["error"]["members"],
            &theirs["members"],
        );
        let read = json!({
            "code": ours["error"]["code"],
            "message": ours["error"]["message"],
            "members": members,
        });
        Ok(difference(&read, &expected))
    }
}
