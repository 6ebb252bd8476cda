//! Finds event streams: the members of inputs and outputs that target a union with `smithy.api#streaming`.

use crate::{Member, Model, Shape, ShapeId, ShapeKind};

impl Model {
    /// Returns the member of an input or output that is an event stream, with its union.
    pub fn event_stream(&self, id: &ShapeId) -> Option<(&Member, &Shape)> {
        let mut members = self.shape(id)?.members.values();
        members.find_map(|member| {
            let union = self.shape(&member.target)?;
            union.is_event_stream().then_some((member, union))
        })
    }

    /// Returns the errors of an event stream, with the members that target them: a stream ends with an error instead of
    /// sending it as an event.
    pub fn stream_errors<'a>(
        &'a self,
        union: &'a Shape,
    ) -> impl Iterator<Item = (&'a Member, &'a Shape)> {
        let members = union.members.values();
        members.filter_map(|member| {
            let target = self.shape(&member.target)?;
            target.is_error().then_some((member, target))
        })
    }
}

impl Shape {
    /// Returns whether the shape is the union of an event stream.
    pub fn is_event_stream(&self) -> bool {
        self.kind == ShapeKind::Union && self.traits.has("smithy.api#streaming")
    }

    /// Returns whether the shape is an error.
    pub fn is_error(&self) -> bool {
        self.traits.has("smithy.api#error")
    }
}

#[cfg(test)]
mod tests {
    use crate::{Closure, Model, ShapeId};

    const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
        "a#Service": {"type": "service", "version": "1", "operations": [{"target": "a#Listen"}]},
        "a#Listen": {"type": "operation", "output": {"target": "a#Heard"}},
        "a#Heard": {"type": "structure", "members": {
            "text": {"target": "smithy.api#String"}, "events": {"target": "a#Events"}}},
        "a#Events": {"type": "union", "traits": {"smithy.api#streaming": {}}, "members": {
            "sound": {"target": "a#Sound"}, "silence": {"target": "a#Silence"}}},
        "a#Sound": {"type": "structure", "members": {}},
        "a#Silence": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}
    }}"#;

    #[test]
    fn errors_of_an_event_stream_are_errors_of_the_service_and_no_types() {
        let model = Model::from_sources(&[("model.json", MODEL)]).unwrap();
        let id = |name: &str| name.parse::<ShapeId>().unwrap();
        let (member, union) = model.event_stream(&id("a#Heard")).unwrap();
        assert_eq!(
            (member.name.as_str(), &union.id),
            ("events", &id("a#Events"))
        );
        assert!(model.event_stream(&id("a#Sound")).is_none());
        let closure = Closure::of(&model, &id("a#Service")).unwrap();
        let names = |ids: &std::collections::BTreeSet<ShapeId>| {
            ids.iter()
                .map(|id| id.name().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&closure.errors), ["Silence"]);
        assert_eq!(names(&closure.types), ["Events", "Sound"]);
    }
}
