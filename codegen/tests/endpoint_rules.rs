//! Tests of the code that endpoint rules become, by the semantics that Smithy specifies for the rules language.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_codegen::{CodegenError, Generated, Options};
use smithy_model::{Closure, Model};

/// Generates the client of a service with these rules and test cases.
fn generate(rules: Value, cases: Value) -> Result<Generated, CodegenError> {
    let text = json!({"required": false, "type": "string"});
    let flag = json!({"required": false, "type": "boolean"});
    let parameters = json!({
        "Region": {"type": "string", "builtIn": "AWS::Region", "required": true},
        "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false},
        "Name": text, "Alias": text, "Flag": flag, "Other": flag, "Value": flag,
        "List": {"type": "stringArray", "required": false},
        "Names": {"type": "StringArray", "required": true, "default": ["a", "b"]},
    });
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": {
            "aws.protocols#awsJson1_0": {},
            "smithy.rules#endpointRuleSet": {"version": "1.1", "parameters": parameters, "rules": rules},
            "smithy.rules#endpointTests": {"version": "1.0", "testCases": cases}}},
        "x#Get": {"type": "operation"},
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    smithy_codegen::generate(&model, &closure, &Options::default())
}

/// Returns a file of that client without white space, or the error.
fn text_of(file: &str, rules: Value, cases: Value) -> String {
    match generate(rules, cases) {
        Ok(generated) => compact(generated.files.get(file).unwrap_or_default()),
        Err(error) => error.to_string(),
    }
}

/// Returns code without white space and the commas that only lines of their own have.
fn compact(code: &str) -> String {
    let code: String = code.split_whitespace().collect();
    let last = [(",)", ")"), (",]", "]"), (",}", "}")];
    last.iter()
        .fold(code, |code, (comma, end)| code.replace(comma, end))
}

/// Returns the code of these rules without white space, after the variables of the parameters, or the error.
fn code(rules: Value) -> String {
    let text = text_of("endpoint.rs", rules, json!([]));
    let Some((_, body)) = text.split_once("->Resolution{") else {
        return text;
    };
    let mut body = body.strip_suffix('}').unwrap();
    while let Some((line, rest)) = body.split_once(';') {
        if !line.starts_with("let") || !line.contains("=parameters.") {
            break;
        }
        body = rest;
    }
    body.to_owned()
}

fn call(function: &str, argv: Value) -> Value {
    json!({"fn": function, "argv": argv})
}

fn assigned(name: &str, function: &str, argv: Value) -> Value {
    json!({"fn": function, "argv": argv, "assign": name})
}

fn of(name: &str) -> Value {
    json!({"ref": name})
}

fn endpoint(conditions: Value, url: &str) -> Value {
    json!({"conditions": conditions, "endpoint": {"url": url}, "type": "endpoint"})
}

fn tree(conditions: Value, rules: Value) -> Value {
    json!({"conditions": conditions, "rules": rules, "type": "tree"})
}

const EXHAUSTED: &str = r#"return rules::error("no endpoint rule fits the parameters");"#;

#[test]
fn a_condition_holds_for_the_values_that_smithy_names() {
    let region = of("Region");
    let optional = of("Name");
    let (fips, flag, other) = (of("UseFIPS"), of("Flag"), of("Other"));
    let is_set = |of: &Value| call("isSet", json!([of]));
    let not = |of: Value| call("not", json!([of]));
    let booleans = |left: &Value, right: Value| call("booleanEquals", json!([left, right]));
    let texts = |left: Value, right: Value| call("stringEquals", json!([left, right]));
    let table = [
        (is_set(&optional), "name.is_some()"),
        (not(is_set(&optional)), "name.is_none()"),
        (not(not(is_set(&optional))), "!name.is_none()"),
        (
            is_set(&call("parseURL", json!([region]))),
            "rules::parse_url(region).is_some()",
        ),
        (booleans(&fips, json!(true)), "use_fips"),
        (booleans(&fips, json!(false)), "!use_fips"),
        (not(booleans(&fips, json!(true))), "!use_fips"),
        (booleans(&json!(true), fips.clone()), "true == use_fips"),
        (booleans(&flag, json!(true)), "flag == Some(true)"),
        (booleans(&flag, json!(false)), "flag == Some(false)"),
        (booleans(&flag, other.clone()), "flag == other"),
        (not(booleans(&flag, other.clone())), "flag != other"),
        (texts(region.clone(), json!("x")), r#"region == "x""#),
        (texts(optional.clone(), json!("x")), r#"name == Some("x")"#),
        (not(texts(region.clone(), json!("x"))), r#"region != "x""#),
        (
            not(not(texts(region.clone(), json!("x")))),
            r#"region == "x""#,
        ),
        (texts(json!("{Region}"), json!("x")), r#"region == "x""#),
        (
            texts(json!("a{Region}"), optional.clone()),
            r#"Some(format!("a{region}").as_str()) == name"#,
        ),
        (
            call("parseURL", json!([region])),
            "rules::parse_url(region).is_some()",
        ),
        (
            call("aws.partition", json!([region])),
            "parameters.partition(region).is_some()",
        ),
        (
            call("isValidHostLabel", json!([region, false])),
            "rules::is_valid_host_label(region, false)",
        ),
        (
            not(call("isValidHostLabel", json!([region, true]))),
            "!rules::is_valid_host_label(region, true)",
        ),
        (
            call("aws.isVirtualHostableS3Bucket", json!([region, fips])),
            "rules::is_virtual_hostable_s3_bucket(region, use_fips)",
        ),
        (
            call("coalesce", json!([flag, false])),
            "flag.unwrap_or(false)",
        ),
        (
            call("coalesce", json!([flag, other])),
            "flag.or(other) == Some(true)",
        ),
        (call("coalesce", json!([fips, flag])), "use_fips"),
        (
            call("coalesce", json!([flag, fips, other])),
            "flag.unwrap_or(use_fips)",
        ),
        (
            call("ite", json!([fips, true, false])),
            "rules::ite(use_fips, true, false)",
        ),
        (
            call("ite", json!([fips, flag, true])),
            "rules::ite(use_fips, flag, Some(true)) == Some(true)",
        ),
        (
            call("ite", json!([fips, flag, other])),
            "rules::ite(use_fips, flag, other) == Some(true)",
        ),
    ];
    for (condition, expected) in table {
        let rule = endpoint(json!([condition]), "https://x");
        let expected =
            format!(r#"if {expected} {{ return Ok(rules::endpoint("https://x")); }} {EXHAUSTED}"#);
        assert_eq!(code(json!([rule])), compact(&expected), "{condition}");
    }
}

#[test]
fn a_condition_that_always_holds_is_left_out_and_a_rule_that_never_holds_too() {
    let (region, fips) = (of("Region"), of("UseFIPS"));
    let is_set = |of: Value| call("isSet", json!([of]));
    let not = |of: Value| call("not", json!([of]));
    let parts = call("split", json!([region, "-", 0]));
    let table = [
        (is_set(region.clone()), true),
        (not(is_set(region.clone())), false),
        (is_set(parts.clone()), true),
        (is_set(is_set(of("Name"))), true),
        (not(not(is_set(region.clone()))), true),
        (call("booleanEquals", json!([true, true])), true),
        (call("booleanEquals", json!([false, false])), true),
        (call("booleanEquals", json!([true, false])), false),
        (call("booleanEquals", json!([is_set(fips), true])), true),
        (call("booleanEquals", json!([is_set(region), false])), false),
        (assigned("parts", "split", parts["argv"].clone()), true),
    ];
    for (condition, holds) in table {
        let last = endpoint(json!([]), "https://last");
        let rules = json!([endpoint(json!([condition]), "https://x"), last, last]);
        let url = if holds { "https://x" } else { "https://last" };
        let expected = format!(r#"return Ok(rules::endpoint("{url}"));"#);
        assert_eq!(code(rules), compact(&expected), "{condition}");
    }
}

#[test]
fn a_value_that_is_assigned_is_a_variable_where_it_is_read() {
    let (region, name, fips) = (of("Region"), of("Name"), of("UseFIPS"));
    let label = |of: &Value| json!([of, false]);
    let name_is_set = || call("isSet", json!([name]));
    let table = [
        (
            json!([name_is_set()]),
            "{Name}",
            "let Some(name) = name",
            "name",
        ),
        (
            json!([assigned("url", "parseURL", json!([region]))]),
            "{url#path}",
            "let Some(url) = rules::parse_url(region)",
            "url.path",
        ),
        (
            json!([assigned("url", "parseURL", json!([region]))]),
            "x",
            "rules::parse_url(region).is_some()",
            r#""x""#,
        ),
        // A condition that is false does not hold, even if its value is assigned.
        (
            json!([assigned("ok", "isValidHostLabel", label(&region))]),
            "x",
            "let Some(ok) = Some(rules::is_valid_host_label(region, false)) && ok",
            r#""x""#,
        ),
        (
            json!([assigned("ok", "coalesce", json!([of("Flag"), of("Other")]))]),
            "x",
            "let Some(ok) = flag.or(other) && ok",
            r#""x""#,
        ),
        // A function of an absent value has no value.
        (
            json!([call("isValidHostLabel", label(&name))]),
            "{Name}",
            "let Some(name) = name && rules::is_valid_host_label(name, false)",
            "name",
        ),
        (
            json!([assigned("n", "uriEncode", json!([name]))]),
            "{n}",
            "let Some(name) = name && let Some(n) = rules::uri_encode(name)",
            "n.clone()",
        ),
        (
            json!([call("isSet", json!([call("aws.partition", json!([name]))]))]),
            "x",
            "name.and_then(|value| parameters.partition(value)).is_some()",
            r#""x""#,
        ),
        (
            json!([call(
                "isValidHostLabel",
                json!([call("substring", json!([region, 0, 2, true])), false])
            )]),
            "x",
            "rules::substring(region, 0, 2, true).is_some_and(|value| rules::is_valid_host_label(value, false))",
            r#""x""#,
        ),
        // Names that the code needs itself are not those of variables.
        (
            json!([
                call("isSet", json!([of("Value")])),
                assigned("rules", "substring", json!([region, 1, 3, of("Value")])),
                assigned("parameters", "uriEncode", json!([of("rules")]))
            ]),
            "{parameters}{rules}",
            "let Some(value_) = value_ && let Some(rules_) = rules::substring(region, 1, 3, value_)
             && let Some(parameters_) = rules::uri_encode(rules_)",
            r#"format!("{parameters_}{rules_}")"#,
        ),
        // The most recent variable of a name counts.
        (
            json!([
                assigned("n", "uriEncode", json!([region])),
                assigned("n", "uriEncode", json!([of("n")]))
            ]),
            "{n}",
            "let Some(n) = rules::uri_encode(region) && let Some(n_) = rules::uri_encode(&n)",
            "n_.clone()",
        ),
        // Elements and parts, from the start and from the end.
        (
            json!([assigned("n", "getAttr", json!([of("Names"), "[1]"]))]),
            "{n}",
            "let Some(n) = rules::element(names, 1)",
            "n",
        ),
        (
            json!([
                call("isSet", json!([of("List")])),
                assigned("n", "getAttr", json!([of("List"), "[-2]"]))
            ]),
            "{n}",
            "let Some(list) = list && let Some(n) = rules::element(list, -2)",
            "n",
        ),
        (
            json!([
                assigned("p", "split", json!([region, "-", 2])),
                assigned("n", "getAttr", json!([of("p"), "[0]"]))
            ]),
            "{n}",
            r#"let Some(p) = Some(rules::split(region, "-", 2)) && let Some(n) = rules::element(&p, 0)"#,
            "n",
        ),
        (
            json!([
                assigned("arn", "aws.parseArn", json!([region])),
                assigned("n", "getAttr", json!([of("arn"), "resourceId[-1]"]))
            ]),
            "{n}",
            "let Some(arn) = rules::parse_arn(region) && let Some(n) = arn.resource(-1)",
            "n",
        ),
        // Values to choose from are borrowed, and remain for later rules.
        (
            json!([assigned("n", "coalesce", json!([name, of("Alias"), "x"]))]),
            "{n}",
            r#"let Some(n) = Some(name.or(alias).unwrap_or("x"))"#,
            "n",
        ),
        (
            json!([assigned(
                "n",
                "coalesce",
                json!([call("uriEncode", json!([region])), "a{Region}"])
            )]),
            "{n}",
            r#"let Some(n) = Some(rules::uri_encode(region).as_deref().unwrap_or(format!("a{region}").as_str()))"#,
            "n",
        ),
        (
            json!([assigned("n", "ite", json!([fips, name, of("Alias")]))]),
            "{n}",
            "let Some(n) = rules::ite(use_fips, name, alias)",
            "n",
        ),
        (
            json!([assigned("n", "ite", json!([fips, "x", of("Alias")]))]),
            "{n}",
            r#"let Some(n) = rules::ite(use_fips, Some("x"), alias)"#,
            "n",
        ),
        (
            json!([
                assigned("url", "parseURL", json!([region])),
                assigned("n", "ite", json!([fips, "{url#normalizedPath}", "/"]))
            ]),
            "{n}",
            r#"let Some(url) = rules::parse_url(region) && let Some(n) = Some(rules::ite(use_fips, url.normalized_path.as_str(), "/"))"#,
            "n",
        ),
        (
            json!([
                assigned("url", "parseURL", json!([region])),
                assigned("n", "getAttr", json!([of("url"), "normalizedPath"]))
            ]),
            "{n}",
            "let Some(url) = rules::parse_url(region) && let Some(n) = Some(url.normalized_path.clone())",
            "n.clone()",
        ),
        (
            json!([
                assigned("url", "parseURL", json!([region])),
                assigned("n", "ite", json!([fips, of("url"), of("url")]))
            ]),
            "{n#path}",
            "let Some(url) = rules::parse_url(region) && let Some(n) = Some(rules::ite(use_fips, url.clone(), url.clone()))",
            "n.path",
        ),
        (
            json!([
                assigned("n", "coalesce", json!([of("List"), of("Names")])),
                assigned("m", "getAttr", json!([of("n"), "[0]"]))
            ]),
            "{m}",
            "let Some(n) = Some(list.unwrap_or(names)) && let Some(m) = rules::element(n, 0)",
            "m",
        ),
    ];
    for (conditions, url, expected, outcome) in table {
        let rule = endpoint(conditions, url);
        let expected =
            format!("if {expected} {{ return Ok(rules::endpoint({outcome})); }} {EXHAUSTED}");
        assert_eq!(code(json!([rule])), compact(&expected), "{rule}");
    }
}

#[test]
fn an_attribute_is_a_field_of_the_value() {
    let table = [
        ("aws.partition", "name", "name"),
        ("aws.partition", "dnsSuffix", "dns_suffix"),
        (
            "aws.partition",
            "dualStackDnsSuffix",
            "dual_stack_dns_suffix",
        ),
        (
            "aws.partition",
            "implicitGlobalRegion",
            "implicit_global_region",
        ),
        ("parseURL", "scheme", "scheme"),
        ("parseURL", "authority", "authority"),
        ("parseURL", "path", "path"),
        ("parseURL", "normalizedPath", "normalized_path"),
        ("aws.parseArn", "partition", "partition"),
        ("aws.parseArn", "service", "service"),
        ("aws.parseArn", "region", "region"),
        ("aws.parseArn", "accountId", "account_id"),
    ];
    for (function, attribute, field) in table {
        let condition = assigned("v", function, json!([of("Region")]));
        let url = format!("https://{{v#{attribute}}}");
        let code = code(json!([endpoint(json!([condition]), &url)]));
        let expected = format!(r#"rules::endpoint(format!("https://{{}}",v.{field}))"#);
        assert!(code.contains(&expected), "{function} {attribute}: {code}");
    }
    for (function, attribute, field) in [
        ("aws.partition", "supportsFIPS", "supports_fips"),
        ("aws.partition", "supportsDualStack", "supports_dual_stack"),
        ("parseURL", "isIp", "is_ip"),
    ] {
        let value = assigned("v", function, json!([of("Region")]));
        let is_true = call(
            "booleanEquals",
            json!([call("getAttr", json!([of("v"), attribute])), true]),
        );
        let code = code(json!([endpoint(json!([value, is_true]), "https://x")]));
        assert!(
            code.contains(&format!("&&v.{field}{{")),
            "{function} {attribute}: {code}"
        );
    }
}

#[test]
fn a_rule_whose_conditions_hold_ends_the_evaluation() {
    let is_set = |name: &str| json!([call("isSet", json!([of(name)]))]);
    let table = [
        // The rules within a rule are exhausted, and those after it do not apply.
        (
            json!([
                tree(
                    is_set("Name"),
                    json!([endpoint(is_set("Alias"), "https://a")])
                ),
                endpoint(json!([]), "https://b")
            ]),
            r#"if name.is_some() { if alias.is_some() { return Ok(rules::endpoint("https://a")); }
               return rules::error("no endpoint rule fits the parameters"); }
               return Ok(rules::endpoint("https://b"));"#,
        ),
        (
            json!([
                tree(json!([]), json!([endpoint(is_set("Alias"), "https://a")])),
                endpoint(json!([]), "https://b")
            ]),
            r#"if alias.is_some() { return Ok(rules::endpoint("https://a")); }
               return rules::error("no endpoint rule fits the parameters");"#,
        ),
        (
            json!([tree(
                is_set("Name"),
                json!([
                {"conditions": [], "error": "{Name} is {{bad}}", "type": "error"},
                endpoint(json!([]), "https://a")])
            )]),
            r#"if let Some(name) = name { return rules::error(format!("{name} is {{bad}}")); }
               return rules::error("no endpoint rule fits the parameters");"#,
        ),
        // A variable of one rule is not one of the next.
        (
            json!([
                endpoint(
                    json!([assigned("v", "uriEncode", json!([of("Region")]))]),
                    "https://{v}"
                ),
                endpoint(
                    json!([assigned("v", "aws.parseArn", json!([of("Region")]))]),
                    "https://{v#service}"
                )
            ]),
            r#"if let Some(v) = rules::uri_encode(region) { return Ok(rules::endpoint(format!("https://{v}"))); }
               if let Some(v) = rules::parse_arn(region) { return Ok(rules::endpoint(format!("https://{}", v.service))); }
               return rules::error("no endpoint rule fits the parameters");"#,
        ),
    ];
    for (rules, expected) in table {
        assert_eq!(code(rules.clone()), compact(expected), "{rules}");
    }
}

#[test]
fn a_template_has_the_values_of_its_variables_and_single_braces() {
    let conditions = json!([call("isSet", json!([of("Name")]))]);
    for (template, expected) in [
        ("x", r#""x""#),
        ("{{x}}", r#""{x}""#),
        ("{Region}", "region"),
        ("{Region}{Region}", r#"format!("{region}{region}")"#),
        ("a{Region}", r#"format!("a{region}")"#),
        ("{Region}b", r#"format!("{region}b")"#),
        ("{{{Region}}}", r#"format!("{{{region}}}")"#),
        ("a{{b}}c{Name}d", r#"format!("a{{b}}c{name}d")"#),
    ] {
        let rule = json!({"conditions": conditions, "error": template, "type": "error"});
        let code = code(json!([rule]));
        let expected = compact(&format!("return rules::error({expected});"));
        assert!(code.contains(&expected), "{template}: {code}");
    }
}

#[test]
fn an_endpoint_has_headers_and_the_first_scheme_that_is_supported() {
    let sigv4 = json!({"name": "sigv4", "signingName": "s", "signingRegion": "{Region}"});
    let table = [
        (
            json!({}),
            json!({"X-One": ["a", {"ref": "Region"}], "X-Two": ["b{Region}"]}),
            r#".header("x-one", "a").header("x-one", region).header("x-two", format!("b{region}"))"#,
        ),
        (
            json!({"authSchemes": [sigv4]}),
            json!({}),
            r#".signing_name("s").signing_region(region)"#,
        ),
        (
            json!({"authSchemes": [{"name": "sigv4a", "signingName": "a"}, sigv4]}),
            json!({}),
            r#".signing_name("s").signing_region(region)"#,
        ),
        (
            json!({"authSchemes": [{"name": "sigv4a", "signingName": "a", "signingRegionSet": ["{Region}", "b"]}]}),
            json!({}),
            r#".signing_name("a").sigv4a(format!("{region},b"))"#,
        ),
        (
            json!({"authSchemes": [{"name": "sigv4a"}]}),
            json!({}),
            r#".sigv4a("*")"#,
        ),
        (
            json!({"authSchemes": [{"name": "m"}, {"name": "n"}]}),
            json!({}),
            r#".unsupported_scheme("m or n")"#,
        ),
        (
            json!({"authSchemes": [{"name": "m"}, {"name": "none"}]}),
            json!({}),
            "",
        ),
        (json!({"authSchemes": []}), json!({}), ""),
        (json!({"other": [{"name": "m"}]}), json!({}), ""),
    ];
    for (properties, headers, expected) in table {
        let endpoint = json!({"url": "https://x", "properties": properties, "headers": headers});
        let rule = json!({"conditions": [], "endpoint": endpoint, "type": "endpoint"});
        let expected = format!(r#"return Ok(rules::endpoint("https://x"){expected});"#);
        assert_eq!(code(json!([rule])), compact(&expected), "{rule}");
    }
}

#[test]
fn a_variable_is_only_there_for_a_parameter_that_is_read() {
    let text = text_of(
        "endpoint.rs",
        json!([endpoint(json!([]), "https://x")]),
        json!([]),
    );
    for expected in [
        r#"Parameter::new("Region").built_in(BuiltIn::Region).required()"#,
        r#"Parameter::new("UseFIPS").built_in(BuiltIn::UseFips).default(DefaultValue::Boolean(false)).required()"#,
        r#"Parameter::new("Name"),Parameter"#,
        r#"Parameter::new("Names").default(DefaultValue::List(&["a","b"])).required()"#,
        "fnresolve(_:&Parameters)->Resolution{return",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let partition = |argv: Value| endpoint(json!([call("aws.partition", argv)]), "https://x");
    for (rule, variables) in [
        (
            endpoint(json!([]), "{Region}"),
            r#"letregion=parameters.text("Region").unwrap_or_default();return"#,
        ),
        (
            endpoint(json!([call("isSet", json!([of("Flag")]))]), "https://x"),
            r#"letflag=parameters.boolean("Flag");if"#,
        ),
        (
            endpoint(
                json!([assigned("n", "getAttr", json!([of("Names"), "[0]"]))]),
                "{n}",
            ),
            r#"letnames=parameters.list("Names").unwrap_or_default();if"#,
        ),
        (partition(json!(["r"])), r#"ifparameters.partition("r")"#),
    ] {
        let text = text_of("endpoint.rs", json!([rule]), json!([]));
        let expected = format!("fnresolve(parameters:&Parameters)->Resolution{{{variables}");
        assert!(text.contains(&expected), "{expected}: {text}");
    }
}

#[test]
fn a_test_case_has_its_parameters_and_what_it_expects() {
    let schemes = json!([{"name": "sigv4a", "signingName": "a"}, {"name": "sigv4", "signingName": "s", "signingRegion": "r"}]);
    let endpoint_of = |more: Value| {
        let mut endpoint = json!({"url": "https://x"});
        endpoint
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"endpoint": endpoint})
    };
    let cases = json!([
        {"documentation": "one", "params": {"Region": "r", "Flag": true, "List": ["a"]}, "expect": endpoint_of(json!({}))},
        {"params": {}, "expect": {"error": "no"}},
        {"expect": endpoint_of(json!({"properties": {"authSchemes": schemes}, "headers": {"X-A": ["b", "c"]}}))},
        {"expect": endpoint_of(json!({"properties": {"authSchemes": [{"name": "sigv4a", "signingName": "a"}]}}))},
    ]);
    let text = text_of(
        "endpoint_tests.rs",
        json!([endpoint(json!([]), "https://x")]),
        cases,
    );
    let none = r#"expected: Expected::Endpoint { url: "https://x", signing_region: None, signing_name: None, headers: &[], }, }"#;
    for expected in [
        format!(r#"Case {{ documentation: "one", parameters: &[("Region", CaseValue::Text("r")), ("Flag", CaseValue::Boolean(true)),
            ("List", CaseValue::List(&["a"])),], {none}"#),
        r#"Case { documentation: "case 2", parameters: &[], expected: Expected::Error("no"), }"#.to_owned(),
        r#"Case { documentation: "case 3", parameters: &[], expected: Expected::Endpoint { url: "https://x", signing_region: Some("r"),
            signing_name: Some("s"), headers: &[("x-a", "b"), ("x-a", "c")], }, }"#.to_owned(),
        format!(r#"Case {{ documentation: "case 4", parameters: &[], {none}"#),
    ] {
        assert!(text.contains(&compact(&expected)), "{}: {text}", compact(&expected));
    }
}

#[test]
fn rules_with_invalid_values_are_an_error_that_names_them() {
    let url = || assigned("url", "parseURL", json!([of("Region")]));
    let attribute = |of: Value, path: &str| call("getAttr", json!([of, path]));
    let table = [
        (
            json!([url(), attribute(of("url"), "dnsSuffix")]),
            "no attribute `dnsSuffix`",
        ),
        (
            json!([url(), attribute(of("url"), "resourceId[0]")]),
            "no attribute `resourceId[0]`",
        ),
        (
            json!([attribute(of("Names"), "resourceId[0]")]),
            "no attribute `resourceId[0]`",
        ),
        (json!([attribute(of("Names"), "[x]")]), "no attribute `[x]`"),
        (
            json!([attribute(of("Region"), "[0]")]),
            "no attribute `[0]`",
        ),
        (
            json!([attribute(call("parseURL", json!([of("Region")])), "path")]),
            "`path` of an optional value",
        ),
        (
            json!([call("not", json!([of("Flag")]))]),
            "`not` of a value that is not a boolean, or is optional",
        ),
        (
            json!([call("not", json!([of("Region")]))]),
            "`not` of a value that is not a boolean, or is optional",
        ),
        (
            json!([call("booleanEquals", json!([of("Flag"), "x"]))]),
            "`booleanEquals` in a rule: unknown function, or invalid types",
        ),
        (
            json!([call("parseURL", json!([of("Names")]))]),
            "`parseURL` in a rule: invalid types of arguments",
        ),
        (
            json!([call("parseURL", json!([of("Region"), of("Region")]))]),
            "`parseURL` in a rule: invalid types of arguments",
        ),
        (
            json!([call("substring", json!([of("Region"), 0, 1.5, true]))]),
            "invalid position",
        ),
        (
            json!([call("isSet", json!([{"fn": "parseURL"}]))]),
            "is neither a reference nor a call",
        ),
        (json!([call("isSet", json!([null]))]), "unexpected null"),
        (
            json!([call("coalesce", json!([]))]),
            "`coalesce` in a rule: the values to choose from",
        ),
        (
            json!([call("ite", json!([of("Region"), "x", "y"]))]),
            "the condition must be a boolean",
        ),
        (
            json!([call("ite", json!([of("UseFIPS"), "x"]))]),
            "`ite` in a rule: unknown function",
        ),
    ];
    for (conditions, expected) in table {
        let code = code(json!([endpoint(conditions.clone(), "https://x")]));
        assert!(
            code.starts_with("x#S: endpoint rules: "),
            "{conditions}: {code}"
        );
        assert!(code.contains(expected), "{conditions}: {code}");
    }
    for (url, expected) in [
        (of("Names"), "is not a string"),
        (of("Name"), "is optional: test it with `isSet` first"),
        (
            json!("{Names}"),
            "`{Names}` must be a string that is not optional",
        ),
        (
            json!("{UseFIPS}"),
            "`{UseFIPS}` must be a string that is not optional",
        ),
        (json!("a}b{c}"), "unmatched braces in `a}b{c}`"),
    ] {
        let rule = json!({"conditions": [], "endpoint": {"url": url}, "type": "endpoint"});
        let code = code(json!([rule]));
        assert!(code.contains(expected), "{url}: {code}");
    }
}
