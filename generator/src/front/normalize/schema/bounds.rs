//! Bounds: 3.1's exclusive ones become 3.0's; what an integer of `openapiv3` cannot hold is kept as text.
//!
//! Knows numbers and `minimum`, `maximum`, `exclusive…`, `multipleOf`.

use super::values::whole;
use super::{build, keys};
use crate::diagnostic::Place;
use crate::front::source::{Map, Node, Value};

/// `exclusiveMinimum: 5` as `minimum: 5` and `exclusiveMinimum: true`. Of two bounds the tighter one is kept.
pub(super) fn exclusive(map: &mut Map) {
    for (key, plain) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(bound) = build::get(map, key).cloned() else {
            continue;
        };
        let other = build::get(map, plain).and_then(as_float);
        match as_float(&bound) {
            Some(value) => {
                let loose = other.is_some_and(|other| {
                    if plain == "minimum" {
                        other > value
                    } else {
                        other < value
                    }
                });
                if loose {
                    map.shift_remove(key);
                } else {
                    build::put(map, key, build::flag(&bound.place, true));
                    build::put(map, plain, bound);
                }
            }
            // A flag without a bound says nothing.
            None if other.is_none() => drop(map.shift_remove(key)),
            None => {}
        }
    }
}

fn as_float(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

/// Makes the bounds of an integer integers of 64 bits; others travel on as text.
pub(super) fn integer(map: &mut Map, place: &Place) {
    let mut beyond = Map::new();
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(Node {
            value: Value::Number(number),
            ..
        }) = build::get(map, key)
        else {
            continue;
        };
        let held = whole(number).and_then(|value| i64::try_from(value).ok());
        if let (Some(value), Some(entry)) = (held, map.get_mut(key)) {
            entry.node.value = Value::Number(value.into());
        } else if let Some(node) = build::take(map, key) {
            let written = build::written(&node).unwrap_or_default();
            build::put(&mut beyond, key, build::text(&node.place, written));
        }
    }
    for (key, plain) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if beyond.contains_key(plain)
            && let Some(flag) = build::take(map, key)
        {
            build::put(&mut beyond, key, build::text(&flag.place, "true"));
        }
    }
    if !beyond.is_empty() {
        build::put(map, keys::BOUNDS, build::object(place, beyond));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::schema;

    #[test]
    fn exclusive_bounds_become_flags() {
        let (read, _) = schema("{type: number, exclusiveMinimum: 0, exclusiveMaximum: 1.5, maximum: 2}");
        let expected = json!({
            "exclusiveMinimum": true,
            "exclusiveMaximum": true,
            "maximum": 1.5,
            "minimum": 0,
            "type": "number",
        });
        assert_eq!(read, expected);
        let (read, _) = schema("{type: integer, exclusiveMinimum: 0, minimum: 3, exclusiveMaximum: true}");
        assert_eq!(read, json!({"minimum": 3, "type": "integer"}));
    }

    #[test]
    fn bounds_of_integers_are_integers_or_text() {
        let (read, findings) = schema("{type: integer, minimum: 1e3, maximum: 18446744073709551615, multipleOf: 0.5}");
        let bounds = json!({"maximum": "18446744073709551615", "multipleOf": "0.5"});
        assert_eq!(
            read,
            json!({"minimum": 1000, "type": "integer", (keys::BOUNDS): bounds})
        );
        assert_eq!(findings, Vec::<String>::new());
        let (read, _) = schema("{type: integer, exclusiveMaximum: 9223372036854775808}");
        let bounds = json!({"maximum": "9223372036854775808", "exclusiveMaximum": "true"});
        assert_eq!(read, json!({"type": "integer", (keys::BOUNDS): bounds}));
    }
}
