//! Helpers for tests: build and load models from fragments.
#![allow(dead_code, reason = "no single test file needs all of it")]

use serde_json::{Value, json};
use smithy_model::{Import, Model, ModelErrors, Shape, ShapeId, import_text};

/// Returns a 2.0 file with shapes, as JSON text so that a test can repeat a key.
pub(crate) fn file(shapes: &str) -> String {
    format!(r#"{{"smithy": "2.0", "shapes": {shapes}}}"#)
}

pub(crate) fn load(files: &[(&str, &str)]) -> Result<Model, ModelErrors> {
    Model::from_sources(files)
}

/// Loads a model of one 2.0 file.
pub(crate) fn model(shapes: &str) -> Model {
    load(&[("m.json", &file(shapes))]).unwrap_or_else(|e| panic!("{e}"))
}

pub(crate) fn id(text: &str) -> ShapeId {
    text.parse().unwrap()
}

pub(crate) fn shape<'a>(model: &'a Model, text: &str) -> &'a Shape {
    model.expect(&id(text)).unwrap()
}

/// Returns the member names of a shape in order.
pub(crate) fn names(shape: &Shape) -> Vec<&str> {
    shape.members.keys().map(String::as_str).collect()
}

/// Returns all traits as one JSON object.
pub(crate) fn traits(traits: &smithy_model::Traits) -> Value {
    let fields = traits
        .iter()
        .map(|(id, value)| (id.to_owned(), value.clone()));
    Value::Object(fields.collect())
}

/// Returns a minimal botocore model: one rest-json operation `Op` with input `In`, output `Out`, and more shapes.
pub(crate) fn c2j(operation: Value, shapes: Value) -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "tea", "serviceId": "Tea Pot",
            "protocol": "rest-json", "signatureVersion": "v4", "serviceFullName": "Amazon Tea",
            "jsonVersion": "1.1"
        },
        "operations": {"Op": operation},
        "shapes": shapes
    })
}

/// Imports a botocore model.
pub(crate) fn imported(source: &Value) -> Import {
    import_text("c.json", source.to_string().as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

/// Imports and loads a botocore model.
pub(crate) fn model_of(source: &Value) -> Model {
    load(&[("c.json", &imported(source).text)]).unwrap_or_else(|e| panic!("{e}"))
}

/// Returns the traits of a shape, or of a member with `$`.
pub(crate) fn traits_of(model: &Model, text: &str) -> Value {
    let shape = shape(model, &id(text).without_member().to_string()).clone();
    match id(text).member() {
        Some(name) => traits(
            &shape
                .member(name)
                .unwrap_or_else(|| panic!("{text}"))
                .traits,
        ),
        None => traits(&shape.traits),
    }
}

/// The namespace of the shapes of [`c2j`].
pub(crate) const NS: &str = "com.amazonaws.teapot";

/// Returns a botocore operation with more members.
pub(crate) fn op(extra: Value) -> Value {
    let mut op = json!({"name": "Op", "http": {"method": "POST", "requestUri": "/op"}, "input": {"shape": "In"}});
    op.as_object_mut()
        .unwrap()
        .extend(extra.as_object().unwrap().clone());
    op
}
