//! The suites "requests" and "signatures": for drawn inputs, what our client sends against what botocore sends, and
//! our signature against botocore's of the same request.

use crate::compare::{Choice, Comparison, Difference, judge};
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

/// Where our requests differ from botocore's, and why they are meant to.
const CHOICES: &[Choice] = &[Choice {
    reason: "a member that holds its default is not sent, as in AWS's newer SDKs; botocore sends what it was given",
    explains: |difference| {
        let zero = [
            json!(false),
            json!("\0number 0"),
            json!("\0number 0.0"),
            json!("\0number -0.0"),
        ];
        difference.default
            && difference.ours.is_none()
            && difference
                .theirs
                .as_ref()
                .is_some_and(|value| zero.contains(value))
    },
}];

/// Runs both suites.
pub(crate) fn run(plan: &Plan, model: &Model, python: &mut Process) -> Result<Vec<Tally>> {
    let mut requests = Tally::new("requests");
    let mut signatures = Tally::new("signatures");
    for (id, input) in crate::inputs(model)? {
        if !plan.wants(id.name()) {
            continue;
        }
        let mut draw = Draw::new(model, Side::Input, plan.seed);
        let mut missing = wanted(model, input);
        let mut case = 0;
        while case < plan.cases || (!missing.is_empty() && case < 50 * plan.cases) {
            let drawn = draw.structure(input);
            missing.retain(|wanted| !draw.seen.contains(wanted));
            let mut side = Case {
                model,
                python,
                operation: id.name(),
                input,
            };
            match side.differences(&drawn)? {
                Ok(reasons) if reasons.is_empty() => requests.pass(),
                Ok(reasons) => requests.excuse(reasons),
                Err(differences) => {
                    requests.fail(|| side.reproduction(plan, case, drawn.clone(), &differences))
                }
            }
            for token in [None, Some("a/session+token==")] {
                match side.signature_fault(&drawn, token)? {
                    None => signatures.pass(),
                    Some(fault) => signatures.fail(|| format!("{} of {drawn}: {fault}", id.name())),
                }
            }
            case += 1;
        }
        for missing in missing {
            requests.fail(|| format!("{}: {case} inputs never had {missing}", id.name()));
        }
    }
    Ok(vec![requests, signatures])
}

/// An operation on both sides.
struct Case<'a> {
    model: &'a Model,
    python: &'a mut Process,
    operation: &'a str,
    input: &'a ShapeId,
}

type Judged = std::result::Result<Vec<&'static str>, Vec<Difference>>;

impl Case<'_> {
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

    /// Compares what both send.
    fn differences(&mut self, input: &Value) -> Result<Judged> {
        let theirs = self
            .python
            .ask(&json!({"do": "request", "operation": self.operation, "params": input}))?;
        let whole = |ours: Value, theirs: Value| {
            Err(vec![Difference {
                path: String::new(),
                kind: "request",
                required: false,
                default: false,
                ours: Some(ours),
                theirs: Some(theirs),
            }])
        };
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
        let mut their_head = theirs.clone();
        let their_body = their_head
            .as_object_mut()
            .and_then(|head| head.shift_remove("body"))
            .unwrap_or_default();
        if head != their_head {
            return Ok(whole(head, their_head));
        }
        let our_body = String::from_utf8(ours.body)?;
        let their_body = their_body.as_str().context("a body is text")?;
        if our_body.is_empty() || their_body.is_empty() {
            return Ok(if our_body == their_body {
                Ok(vec![])
            } else {
                whole(json!(our_body), json!(their_body))
            });
        }
        let comparison = Comparison::new(self.model, |_, _| false);
        let differences = comparison.of(
            self.input,
            &number_text::parse(&our_body)?,
            &number_text::parse(their_body)?,
        );
        Ok(judge(differences, CHOICES))
    }

    /// What both sign must have one signature.
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
