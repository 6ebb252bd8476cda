//! The suites "requests" and "signatures": compares requests for random inputs with botocore's, and our signatures with
//! botocore's of the same requests.

use crate::choices::{self, Choice, Of};
use crate::compare::{Comparison, Difference};
use crate::coverage::wanted;
use crate::draw::{Draw, Side};
use crate::exchange::{Answer, Sent, Setting};
use crate::process::Process;
use crate::report::Tally;
use crate::shrink::shrink;
use crate::{Plan, number_text, operations};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use smithy_model::{Model, ShapeId};
use std::collections::BTreeSet;

/// Runs both suites.
pub(crate) fn run(plan: &Plan, model: &Model, python: &mut Process) -> Result<Vec<Tally>> {
    let mut requests = Tally::new("requests");
    let mut signatures = Tally::new("signatures");
    for (id, input) in crate::inputs(model)? {
        if !plan.wants(id.name()) {
            continue;
        }
        let mut side = Case {
            model,
            python,
            operation: id.name(),
            input,
        };
        side.drawn(plan, &mut requests, &mut signatures)?;
        for stated in choices::cases(Of::Request, id.name()) {
            match side.choice_fault(&stated)? {
                None => requests.excuse(stated.choice.reason()),
                Some(fault) => requests.fail(|| fault),
            }
        }
    }
    Ok(vec![requests, signatures])
}

fn whole(ours: Value, theirs: Value) -> Judged {
    Err(vec![Difference::of_whole("request", ours, theirs)])
}

/// An operation on both sides.
struct Case<'a> {
    model: &'a Model,
    python: &'a mut Process,
    operation: &'a str,
    input: &'a ShapeId,
}

/// The choices that were applied, or the remaining differences.
type Judged = std::result::Result<BTreeSet<Choice>, Vec<Difference>>;

impl Case<'_> {
    /// Draws inputs until there are enough of them and they cover the model.
    fn drawn(&mut self, plan: &Plan, requests: &mut Tally, signatures: &mut Tally) -> Result<()> {
        let mut draw = Draw::new(self.model, Side::Input, plan.seed);
        let mut missing = wanted(self.model, self.input);
        let mut case = 0;
        while case < plan.cases || (!missing.is_empty() && case < 50 * plan.cases) {
            let drawn = draw.structure(self.input);
            missing.retain(|wanted| !draw.seen.contains(wanted));
            match self.differences(&drawn)? {
                Ok(choices) => requests.pass_after(choices.into_iter().map(Choice::reason)),
                Err(differences) => {
                    requests.fail(|| self.reproduction(plan, case, drawn.clone(), &differences))
                }
            }
            for token in [None, Some("a/session+token==")] {
                match self.signature_fault(&drawn, token)? {
                    None => signatures.pass(),
                    Some(fault) => {
                        signatures.fail(|| format!("{} of {drawn}: {fault}", self.operation))
                    }
                }
            }
            case += 1;
        }
        for missing in missing {
            requests.fail(|| format!("{}: {case} inputs never had {missing}", self.operation));
        }
        Ok(())
    }

    fn sent(&self, input: &Value, token: Option<&str>) -> std::result::Result<Sent, String> {
        let setting = Setting {
            session_token: token.map(str::to_owned),
            ..Setting::default()
        };
        let exchange = operations::call(self.operation, input, &setting, Answer::empty())
            .map_err(|refused| refused.0)?;
        match (exchange.sent, exchange.outcome) {
            (Some(sent), _) => Ok(sent),
            (None, Err(error)) => Err(error.to_string()),
            (None, Ok(_)) => Err("nothing was sent".to_owned()),
        }
    }

    /// Returns the request that botocore sends.
    fn theirs(&mut self, params: &Value) -> Result<Value> {
        let operation = self.operation;
        self.python
            .ask(&json!({"do": "request", "operation": operation, "params": params}))
    }

    /// Compares the requests of both.
    fn differences(&mut self, input: &Value) -> Result<Judged> {
        let (params, choices) = choices::unsent(self.model, self.input, input);
        let mut theirs = self.theirs(&params)?;
        let ours = match self.sent(input, None) {
            Ok(ours) => ours,
            // That both refuse would be agreement, but no input is drawn for that.
            Err(refused) => return Ok(whole(json!({ "refused": refused }), theirs)),
        };
        let head = json!({
            "method": ours.method,
            "path": ours.uri.path(),
            "query": ours.uri.query().unwrap_or_default(),
            "content_type": ours.header("content-type"),
        });
        let head_and_body = theirs.as_object_mut();
        let their_body = head_and_body
            .and_then(|theirs| theirs.shift_remove("body"))
            .unwrap_or_default();
        if head != theirs {
            return Ok(whole(head, theirs));
        }
        let our_body = String::from_utf8(ours.body)?;
        let their_body = their_body.as_str().context("a body is text")?;
        let differences = self.of_bodies(&our_body, their_body)?;
        Ok(if differences.is_empty() {
            Ok(choices)
        } else {
            Err(differences)
        })
    }

    fn of_bodies(&self, ours: &str, theirs: &str) -> Result<Vec<Difference>> {
        if ours == theirs {
            return Ok(vec![]);
        }
        if ours.is_empty() || theirs.is_empty() {
            return Ok(vec![Difference::of_whole(
                "body",
                json!(ours),
                json!(theirs),
            )]);
        }
        let comparison = Comparison::new(self.model, |_, _| false);
        let (ours, theirs) = (number_text::parse(ours)?, number_text::parse(theirs)?);
        Ok(comparison.of(self.input, &ours, &theirs))
    }

    /// Returns the fault of a case whose bodies differ intentionally.
    fn choice_fault(&mut self, stated: &choices::Case) -> Result<Option<String>> {
        let ours = match self.sent(&stated.given, None) {
            Ok(ours) => serde_json::from_slice(&ours.body)?,
            Err(refused) => json!({ "refused": refused }),
        };
        let theirs = self.theirs(&stated.given)?;
        let theirs = serde_json::from_str(theirs["body"].as_str().context("a body is text")?)?;
        Ok(stated.fault(&ours, &theirs))
    }

    /// Checks that both have the same signature for a request.
    fn signature_fault(&mut self, input: &Value, token: Option<&str>) -> Result<Option<String>> {
        let sent = match self.sent(input, token) {
            Ok(sent) => sent,
            Err(refused) => return Ok(Some(refused)),
        };
        // What signing itself adds is for botocore to add.
        let added = ["authorization", "x-amz-date", "x-amz-security-token"];
        let headers: serde_json::Map<String, Value> = sent
            .headers
            .iter()
            .filter(|(name, _)| !added.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect();
        let theirs = self.python.ask(&json!({
            "do": "sign",
            "method": sent.method,
            "url": sent.uri.to_string(),
            "headers": headers,
            "body": String::from_utf8_lossy(&sent.body),
            "token": token,
        }))?;
        let ours = sent.header("authorization");
        Ok((ours.is_none() || ours != theirs["authorization"].as_str())
            .then(|| format!("ours {ours:?}, theirs {theirs}")))
    }

    fn reproduction(
        &mut self,
        plan: &Plan,
        case: usize,
        input: Value,
        found: &[Difference],
    ) -> String {
        let smallest = shrink(input, |input| {
            // A simpler input that is refused shows another fault than this one.
            self.sent(input, None).is_ok() && matches!(self.differences(input), Ok(Err(_)))
        });
        let shown = match self.differences(&smallest) {
            Ok(Err(differences)) => differences,
            _ => found.to_vec(),
        };
        let shown: Vec<String> = shown.iter().map(Difference::to_string).collect();
        format!(
            "{} --operation {} --seed {} (case {case}):\n  input {smallest}\n  {}",
            crate::COMMAND,
            self.operation,
            plan.seed,
            shown.join("\n  ")
        )
    }
}
