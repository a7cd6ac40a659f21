//! JSON, compared with the JSON Schemas that lie beside it: the keywords that these use, and no
//! other, so that a keyword which nobody checks is noticed.

use serde_json::Value;

/// Keywords that say nothing about what is valid.
const WORDS: [&str; 4] = ["$schema", "title", "description", "$defs"];

/// Everything that is not as the schema says.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { return };
    for (keyword, rule) in rules {
        let fine = match keyword.as_str() {
            "$ref" => {
                let pointer = rule.as_str().unwrap().trim_start_matches('#');
                check(root, root.pointer(pointer).expect("what is referred to"), value, at, found);
                true
            }
            "type" => types(rule).iter().any(|name| is(value, name)),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "required" => rule.as_array().unwrap().iter().all(|name| {
                let name = name.as_str().unwrap();
                value.as_object().is_none_or(|map| map.contains_key(name))
            }),
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(part) = value.get(name) {
                        check(root, rule, part, &format!("{at}/{name}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = rules.get("properties").and_then(Value::as_object);
                let more = value.as_object().into_iter().flatten();
                let more =
                    more.filter(|(name, _)| known.is_none_or(|all| !all.contains_key(*name)));
                let mut fine = true;
                for (name, part) in more {
                    fine &= rule != &Value::Bool(false);
                    check(root, rule, part, &format!("{at}/{name}"), found);
                }
                fine
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{at}/{number}"), found);
                }
                true
            }
            word => {
                assert!(WORDS.contains(&word), "nobody checks the keyword {word}");
                true
            }
        };
        if !fine {
            found.push(format!("{at}: {keyword}: {value:.80}"));
        }
    }
}

fn types(rule: &Value) -> Vec<&str> {
    match rule {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no type {other}"),
    }
}

#[test]
fn a_schema_refuses_what_it_does_not_say() {
    let schema = serde_json::json!({
        "type": "object", "additionalProperties": false, "required": ["a"],
        "properties": {
            "a": { "type": ["integer", "null"], "minimum": 0 },
            "b": { "enum": ["x"] },
        },
    });
    assert!(faults(&schema, &serde_json::json!({ "a": 1, "b": "x" })).is_empty());
    for wrong in [
        serde_json::json!({}),
        serde_json::json!({ "a": -1 }),
        serde_json::json!({ "a": "1" }),
        serde_json::json!({ "a": null, "b": "y" }),
        serde_json::json!({ "a": 1, "c": 1 }),
        serde_json::json!([]),
    ] {
        assert!(!faults(&schema, &wrong).is_empty(), "{wrong}");
    }
}
