//! Tests of the report for each kind of change, with two small models that differ in it.

use super::sample::{told, with};
use crate::model::diff::report::Effect::{self, Adds, Breaks, Changes};
use serde_json::{Value, json};

#[test]
fn each_change_is_reported_once_with_its_effect_in_both_directions() {
    let member = |target: &str| json!({"target": target});
    let string = || member("smithy.api#String");
    let required = || json!({"target": "smithy.api#String", "traits": {"smithy.api#required": {}}});
    let operation = json!({"type": "operation", "traits": {"smithy.api#http": {"method": "POST", "uri": "/new"}}});
    let unit = |value: &str| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}});
    let paginated = json!({"inputToken": "token", "outputToken": "token", "items": "items"});
    let waiter =
        json!({"Done": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}});
    type Line<'a> = (Effect, &'a str);
    type Case<'a> = (Vec<(&'a str, Value)>, Line<'a>, Line<'a>);
    let cases: Vec<Case<'_>> = vec![
        // Operations.
        (
            vec![
                ("/a#New", operation),
                ("/a#S/operations/-", member("a#New")),
            ],
            (Adds, " + New"),
            (Breaks, "New was removed"),
        ),
        (
            vec![("/a#Op/traits/smithy.api#http/uri", json!("/new"))],
            (
                Breaks,
                "Op has the HTTP binding `POST /new` (200), before `POST /op` (200)",
            ),
            (
                Breaks,
                "Op has the HTTP binding `POST /op` (200), before `POST /new` (200)",
            ),
        ),
        (
            vec![(
                "/a#Op/traits/smithy.api#endpoint",
                json!({"hostPrefix": "x."}),
            )],
            (Breaks, "Op has the host prefix `x.`, before none"),
            (Breaks, "Op has the host prefix none, before `x.`"),
        ),
        (
            vec![("/a#Op/traits/smithy.api#paginated", paginated)],
            (Adds, "Op + a paginator"),
            (Breaks, "Op no longer has a paginator"),
        ),
        (
            vec![("/a#Op/traits/smithy.waiters#waitable", waiter)],
            (Adds, "Op + the waiter `Done`"),
            (Breaks, "Op no longer has the waiter `Done`"),
        ),
        (
            vec![(
                "/a#Op/traits/smithy.api#deprecated",
                json!({"message": "Use Other."}),
            )],
            (Changes, "Op is deprecated: Use Other."),
            (Changes, "Op is no longer deprecated"),
        ),
        (
            vec![("/a#Op/traits/smithy.api#idempotent", json!({}))],
            (Changes, "Op has the trait `smithy.api#idempotent`"),
            (
                Changes,
                "Op no longer has the trait `smithy.api#idempotent`",
            ),
        ),
        // Errors.
        (
            vec![("/a#Other/errors/-", member("a#Bad"))],
            (Adds, "Other + Bad"),
            (Changes, "Other no longer returns the error `Bad`"),
        ),
        (
            vec![("/a#Bad/traits/smithy.api#httpError", json!(404))],
            (Changes, "Bad has the trait `smithy.api#httpError` `404`"),
            (
                Changes,
                "Bad no longer has the trait `smithy.api#httpError`",
            ),
        ),
        // Members.
        (
            vec![("/a#In/members/more", string())],
            (Adds, "Op input + more"),
            (Breaks, "Op input no longer has the member `more`"),
        ),
        (
            vec![("/a#Out/members/more", string())],
            (Adds, "Op output + more"),
            (Breaks, "Op output no longer has the member `more`"),
        ),
        (
            vec![("/a#Choice/members/z", string())],
            (Adds, "Choice + z"),
            (Breaks, "Choice no longer has the member `z`"),
        ),
        (
            vec![("/a#In/members/more", required())],
            (
                Breaks,
                "Op input has the new required member `more`: calls without it are rejected",
            ),
            (Breaks, "Op input no longer has the member `more`"),
        ),
        (
            vec![("/a#Out/members/more", required())],
            (Adds, "Op output + more"),
            (Breaks, "Op output no longer has the member `more`"),
        ),
        // Requiredness: of an input itself, of a structure in both, of one that only comes back, of a structure in one.
        (
            vec![("/a#In/members/must/traits", json!({}))],
            (Changes, "Op input.must is no longer required"),
            (
                Breaks,
                "Op input.must is required now; calls without it are rejected",
            ),
        ),
        (
            vec![("/a#Data/members/b/traits", json!({}))],
            (
                Breaks,
                "Data.b is no longer required; is an `Option` in Rust now",
            ),
            (
                Breaks,
                "Data.b is required now; calls without it are rejected; is no longer an `Option` in Rust",
            ),
        ),
        (
            vec![(
                "/a#OutOnly/members/text/traits",
                json!({"smithy.api#required": {}}),
            )],
            (
                Breaks,
                "OutOnly.text is required now; is no longer an `Option` in Rust",
            ),
            (
                Breaks,
                "OutOnly.text is no longer required; is an `Option` in Rust now",
            ),
        ),
        (
            vec![(
                "/a#Data/members/inner/traits",
                json!({"smithy.api#required": {}}),
            )],
            (
                Breaks,
                "Data.inner is required now; calls without it are rejected",
            ),
            (Changes, "Data.inner is no longer required"),
        ),
        (
            vec![(
                "/a#Data/members/a/traits",
                json!({"smithy.api#default": ""}),
            )],
            (
                Breaks,
                "Data.a is no longer an `Option` in Rust; has the default `\"\"`",
            ),
            (
                Breaks,
                "Data.a is an `Option` in Rust now; no longer has a default",
            ),
        ),
        // Types.
        (
            vec![("/a#Data/members/a/target", json!("a#Color"))],
            (Breaks, "Data.a is of type `Color`, before `string`"),
            (Breaks, "Data.a is of type `string`, before `Color`"),
        ),
        (
            vec![("/a#Out/members/items/target", json!("a#Name"))],
            (
                Breaks,
                "Op output.items is of type `string`, before `Vec<string>`",
            ),
            (
                Breaks,
                "Op output.items is of type `Vec<string>`, before `string`",
            ),
        ),
        (
            vec![("/a#Names/traits", json!({"smithy.api#sparse": {}}))],
            (
                Breaks,
                "Op output.items is of type `Vec<Option<string>>`, before `Vec<string>`",
            ),
            (
                Breaks,
                "Op output.items is of type `Vec<string>`, before `Vec<Option<string>>`",
            ),
        ),
        // Enums.
        (
            vec![("/a#Color/members/GREEN", unit("green"))],
            (Adds, "Color + green"),
            (Breaks, "Color no longer has the value `green`"),
        ),
        (
            vec![
                ("/a#Color/members/BLUE", Value::Null),
                ("/a#Color/members/AZURE", unit("blue")),
            ],
            (
                Breaks,
                "Color calls the value `blue` `AZURE`, before `BLUE`",
            ),
            (
                Breaks,
                "Color calls the value `blue` `BLUE`, before `AZURE`",
            ),
        ),
        (
            vec![(
                "/a#Color/members/RED/traits/smithy.api#deprecated",
                json!({}),
            )],
            (Changes, "Color.red is deprecated"),
            (Changes, "Color.red is no longer deprecated"),
        ),
        // Constraints: of a shape in several members, of a member, where they are and are not checked.
        (
            vec![(
                "/a#Name/traits/smithy.api#length",
                json!({"min": 1, "max": 20}),
            )],
            (Changes, "Name has a wider length: 1 to 20, before 1 to 10"),
            (
                Breaks,
                "Name has a narrower length: 1 to 10, before 1 to 20",
            ),
        ),
        (
            vec![(
                "/a#Name/traits/smithy.api#length",
                json!({"min": 2, "max": 20}),
            )],
            (Breaks, "Name has another length: 2 to 20, before 1 to 10"),
            (Breaks, "Name has another length: 1 to 10, before 2 to 20"),
        ),
        (
            vec![("/a#Text/traits/smithy.api#length", json!({"max": 5}))],
            (
                Changes,
                "Text has a narrower length: at most 5, before at most 10",
            ),
            (
                Changes,
                "Text has a wider length: at most 10, before at most 5",
            ),
        ),
        (
            vec![("/a#Count/traits/smithy.api#range", json!({"min": 1}))],
            (
                Changes,
                "Count has a wider range: at least 1, before 1 to 5",
            ),
            (
                Breaks,
                "Count has a narrower range: 1 to 5, before at least 1",
            ),
        ),
        (
            vec![("/a#Name/traits/smithy.api#pattern", json!(".*"))],
            (Changes, "Name must match `.*`, before `[a-z]+`"),
            (
                Breaks,
                "Name must match `[a-z]+`, before `.*`, so that accepted values may be rejected now",
            ),
        ),
        (
            vec![("/a#Name/traits/smithy.api#pattern", Value::Null)],
            (Changes, "Name need no longer match `[a-z]+`"),
            (Breaks, "Name must match `[a-z]+`"),
        ),
        (
            vec![(
                "/a#In/members/token/traits",
                json!({"smithy.api#length": {"max": 3}}),
            )],
            (
                Breaks,
                "Op input.token has a narrower length: at most 3, before any",
            ),
            (
                Changes,
                "Op input.token has a wider length: any, before at most 3",
            ),
        ),
        (
            vec![("/a#Names/traits", json!({"smithy.api#uniqueItems": {}}))],
            (Changes, "Names must have unique elements"),
            (Changes, "Names may repeat elements"),
        ),
        // On the wire, and what is printed.
        (
            vec![(
                "/a#Data/members/a/traits",
                json!({"smithy.api#jsonName": "A"}),
            )],
            (Breaks, "Data.a has the trait `smithy.api#jsonName` `\"A\"`"),
            (
                Breaks,
                "Data.a no longer has the trait `smithy.api#jsonName`",
            ),
        ),
        (
            vec![(
                "/a#Data/members/a/traits",
                json!({"smithy.api#sensitive": {}}),
            )],
            (Changes, "Data.a is secret now, and never printed"),
            (Changes, "Data.a is no longer secret, and is printed"),
        ),
        // The service.
        (
            vec![("/a#S/version", json!("2"))],
            (Changes, "The service has the API version `2`, before `1`"),
            (Changes, "The service has the API version `1`, before `2`"),
        ),
    ];
    let base = with(&[]);
    for (edits, forth, back) in cases {
        let changed = with(&edits);
        let line = |(effect, text): Line<'_>| vec![(effect, text.to_owned())];
        assert_eq!(told(&base, &changed), line(forth), "{edits:?}");
        assert_eq!(
            told(&changed, &base),
            line(back),
            "{edits:?}, the other way round"
        );
    }
}
