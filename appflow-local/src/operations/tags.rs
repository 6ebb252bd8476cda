//! Tags of flows and registered connectors.

use crate::arn::{Resource, resource};
use crate::operations::flows;
use crate::session::{Session, given};
use crate::state::Entity;
use crate::texts;
use appflow_sdk::operation::list_tags_for_resource::{
    ListTagsForResourceInput, ListTagsForResourceOutput,
};
use appflow_sdk::operation::tag_resource::{TagResourceInput, TagResourceOutput};
use appflow_sdk::operation::untag_resource::{UntagResourceInput, UntagResourceOutput};
use smithy_reqwest::server::ServiceError;
use std::collections::BTreeMap;

/// The most tags of one resource.
const MOST: usize = 50;

/// The tags of a resource, and what to note as changed with them.
fn tags_of<'a>(
    session: &'a mut Session<'_>,
    arn: &str,
) -> Result<(&'a mut BTreeMap<String, String>, Entity), ServiceError> {
    let missing = || texts::no_resource(arn);
    match resource(session.caller, arn) {
        Resource::Flow(name) => {
            let flow = session.scope.flows.get_mut(name).ok_or_else(missing)?;
            Ok((&mut flow.tags, Entity::Flow(name.to_owned())))
        }
        Resource::Connector(label) => {
            let registration = session
                .scope
                .registrations
                .get_mut(label)
                .ok_or_else(missing)?;
            Ok((
                &mut registration.tags,
                Entity::Registration(label.to_owned()),
            ))
        }
        Resource::Elsewhere => Err(missing()),
        Resource::Malformed => Err(texts::invalid(format!(
            "{arn} is not the ARN of a flow or connector."
        ))),
    }
}

pub(crate) fn list(
    session: &mut Session<'_>,
    input: &ListTagsForResourceInput,
) -> Result<ListTagsForResourceOutput, ServiceError> {
    let (tags, _) = tags_of(session, input.resource_arn().unwrap_or_default())?;
    let mut output = ListTagsForResourceOutput::default();
    output.tags = Some(flows::tags(tags));
    Ok(output)
}

pub(crate) fn tag(
    session: &mut Session<'_>,
    input: TagResourceInput,
) -> Result<TagResourceOutput, ServiceError> {
    let arn = given(input.resource_arn, "resourceArn")?;
    let (tags, entity) = tags_of(session, &arn)?;
    let mut merged = tags.clone();
    merged.extend(input.tags.unwrap_or_default());
    if merged.len() > MOST {
        return Err(texts::invalid(format!(
            "A resource can have at most {MOST} tags."
        )));
    }
    *tags = merged;
    session.scope.touch(entity);
    Ok(TagResourceOutput::default())
}

pub(crate) fn untag(
    session: &mut Session<'_>,
    input: UntagResourceInput,
) -> Result<UntagResourceOutput, ServiceError> {
    let arn = given(input.resource_arn, "resourceArn")?;
    let (tags, entity) = tags_of(session, &arn)?;
    for key in input.tag_keys.unwrap_or_default() {
        tags.remove(&key);
    }
    session.scope.touch(entity);
    Ok(UntagResourceOutput::default())
}
