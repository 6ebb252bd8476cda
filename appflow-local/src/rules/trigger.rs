//! Triggers: schedules must be understood and not too frequent; events come from Salesforce only.

use crate::catalogue;
use crate::clock::Millis;
use crate::schedule::Expression;
use appflow_sdk::types::{ConnectorType, TriggerConfig, TriggerType};

/// What is wrong with a trigger.
pub(super) fn objection(
    trigger: &TriggerConfig,
    source: &ConnectorType,
    now: Millis,
) -> Option<String> {
    let scheduled = trigger
        .trigger_properties
        .as_ref()
        .and_then(|properties| properties.scheduled.as_ref());
    match (&trigger.trigger_type, scheduled) {
        (TriggerType::Scheduled, None) => {
            Some("A Scheduled trigger needs triggerProperties.Scheduled".to_owned())
        }
        (TriggerType::Scheduled, Some(schedule)) => {
            let text = &schedule.schedule_expression;
            let Some(expression) = Expression::parse(text) else {
                return Some(format!("The schedule expression {text} is not valid"));
            };
            if !expression.fires_after(now) {
                return Some(format!("The schedule expression {text} never fires"));
            }
            if expression.period() < catalogue::least_period(source) {
                return Some(format!(
                    "The schedule expression {text} is more frequent than {source} allows"
                ));
            }
            let (start, end) = (schedule.schedule_start_time, schedule.schedule_end_time);
            let ends_first = start.zip(end).is_some_and(|(start, end)| end <= start);
            ends_first.then(|| "The schedule ends before it starts".to_owned())
        }
        (_, Some(_)) => Some("Only a Scheduled trigger has schedule properties".to_owned()),
        (TriggerType::Event, None) if *source != ConnectorType::Salesforce => {
            Some(format!("{source} has no events that trigger flows"))
        }
        _ => None,
    }
}
