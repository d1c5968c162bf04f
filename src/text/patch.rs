//! What one JSON value has otherwise than another: a merge patch (RFC 7396).

use serde_json::{Map, Value};

/// What makes `after` of `before`, two objects without nulls.
pub fn between(before: &Value, after: &Value) -> Value {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return after.clone();
    };
    let mut patch = Map::new();
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, value) in after {
        match before.get(key) {
            Some(old) if old == value => {}
            Some(old) => _ = patch.insert(key.clone(), between(old, value)),
            None => _ = patch.insert(key.clone(), value.clone()),
        }
    }
    Value::Object(patch)
}

/// `before` with what `patch` changes.
pub fn applied(before: Value, patch: Value) -> Value {
    let Value::Object(patch) = patch else {
        return patch;
    };
    let mut changed = match before {
        Value::Object(before) => before,
        _ => Map::new(),
    };
    for (key, value) in patch {
        match value {
            Value::Null => _ = changed.remove(&key),
            value => {
                let old = changed.remove(&key).unwrap_or(Value::Null);
                changed.insert(key, applied(old, value));
            }
        }
    }
    Value::Object(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_examples_of_the_standard_hold() {
        for (before, patch, after) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a": "b"}), json!(["c"]), json!(["c"])),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            assert_eq!(applied(before.clone(), patch), after, "{before}");
        }
    }

    #[test]
    fn what_is_between_two_makes_one_of_the_other() {
        let all = [
            json!({}),
            json!({"a": 1, "b": {"c": [1, 2], "d": "x"}}),
            json!({"a": 1.5, "b": {"c": [1], "e": {"f": true}}}),
            json!({"b": 2}),
        ];
        for before in &all {
            for after in &all {
                assert_eq!(&applied(before.clone(), between(before, after)), after);
            }
            assert_eq!(between(before, before), json!({}));
        }
    }
}
