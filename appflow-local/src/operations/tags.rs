//! `TagResource`, `UntagResource` and `ListTagsForResource`.

use crate::arn::{Resource, resource};
use crate::messages;
use crate::operations::flows;
use crate::session::{Session, required};
use crate::state::Entity;
use appflow_sdk::operation::list_tags_for_resource::{
    ListTagsForResourceInput, ListTagsForResourceOutput,
};
use appflow_sdk::operation::tag_resource::{TagResourceInput, TagResourceOutput};
use appflow_sdk::operation::untag_resource::{UntagResourceInput, UntagResourceOutput};
use smithy_reqwest::server::ServiceError;
use std::collections::BTreeMap;

/// The maximum number of tags of a resource.
const MAX_TAGS: usize = 50;

/// Returns the tags of a resource, and the entity to mark as changed.
fn tags_of<'a>(
    session: &'a mut Session<'_>,
    arn: &str,
) -> Result<(&'a mut BTreeMap<String, String>, Entity), ServiceError> {
    let missing = || messages::no_resource(arn);
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
        Resource::Malformed => Err(messages::invalid(format!(
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
    let arn = required(input.resource_arn, "resourceArn")?;
    let (tags, entity) = tags_of(session, &arn)?;
    let mut merged = tags.clone();
    merged.extend(input.tags.unwrap_or_default());
    if merged.len() > MAX_TAGS {
        return Err(messages::invalid(format!(
            "A resource can have at most {MAX_TAGS} tags."
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
    let arn = required(input.resource_arn, "resourceArn")?;
    let (tags, entity) = tags_of(session, &arn)?;
    for key in input.tag_keys.unwrap_or_default() {
        tags.remove(&key);
    }
    session.scope.touch(entity);
    Ok(UntagResourceOutput::default())
}
