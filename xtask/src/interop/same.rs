//! Whether two JSON values say the same, as far as a typed client can.
//!
//! Knows the IR's fields only by name.

use clientsmith::ir::{Api, Shape};
use serde_json::Value;

/// Whether a decoded value, written again, is what came: what no field is declared for may be gone, and `null`s too.
pub(super) fn kept(api: &Api, came: &Value, again: &Value) -> Result<(), String> {
    compare(api, came, again, "$")
}

fn compare(api: &Api, came: &Value, again: &Value, path: &str) -> Result<(), String> {
    match (came, again) {
        (Value::Object(came), Value::Object(again)) => {
            for (key, value) in came {
                let path = format!("{path}.{key}");
                match again.get(key) {
                    Some(again) => compare(api, value, again, &path)?,
                    None if value.is_null() || !declared(api, key) => {}
                    None => return Err(format!("{path} = {value} is lost")),
                }
            }
            match again.keys().find(|key| !came.contains_key(*key)) {
                // A tag that the answer lacks is written nevertheless.
                Some(key) if !constant(api, key) => Err(format!("{path}.{key} comes from nowhere")),
                _ => Ok(()),
            }
        }
        (Value::Array(came), Value::Array(again)) if came.len() == again.len() => {
            let pairs = came.iter().zip(again).enumerate();
            let mut compared =
                pairs.map(|(index, (came, again))| compare(api, came, again, &format!("{path}[{index}]")));
            compared.find(Result::is_err).unwrap_or(Ok(()))
        }
        (came, again) if scalar(came, again) => Ok(()),
        _ => Err(format!("{path} came as {came} and is {again}")),
    }
}

/// Whether two values are the same, numbers by value.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let same = |(key, value): (&String, &Value)| right.get(key).is_some_and(|other| equal(value, other));
            left.len() == right.len() && left.iter().all(same)
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        _ => left == right,
    }
}

/// Numbers by value; points in time by the second, since they may be written in another zone's words.
fn scalar(came: &Value, again: &Value) -> bool {
    match (came, again) {
        (Value::String(came), Value::String(again)) if is_time(came) && is_time(again) => {
            came.get(..19) == again.get(..19) || !came.ends_with(['Z', 'z'])
        }
        _ => equal(came, again),
    }
}

fn is_time(text: &str) -> bool {
    text.len() >= 20 && text.as_bytes().get(10).is_some_and(|byte| matches!(byte, b'T' | b't'))
}

fn declared(api: &Api, key: &str) -> bool {
    fields(api).any(|(name, _)| name == key)
}

fn constant(api: &Api, key: &str) -> bool {
    fields(api).any(|(name, constant)| constant && name == key)
}

/// Names of fields, and whether what they hold is always the same.
fn fields(api: &Api) -> impl Iterator<Item = (&str, bool)> {
    let types = &api.types;
    let objects = types.iter().filter_map(|(_, ty)| match &ty.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    });
    let fields = objects.flat_map(|object| &object.fields);
    fields.map(|field| {
        (
            field.name.as_str(),
            matches!(types[types.peel(field.ty).0].shape, Shape::Const(_)),
        )
    })
}

#[cfg(test)]
mod tests {
    use clientsmith::ir::Api;
    use serde_json::json;

    use super::{equal, kept};

    #[test]
    fn numbers_and_times_count_by_value() {
        let came = json!({ "n": 1, "at": "2025-01-02T03:04:05.000Z" });
        let again = json!({ "n": 1.0, "at": "2025-01-02T03:04:05Z" });
        assert_eq!(kept(&Api::default(), &came, &again), Ok(()));
        assert!(equal(&json!([1, { "a": 2.0 }]), &json!([1.0, { "a": 2 }])));
        assert!(!equal(&json!({ "a": 1 }), &json!({ "a": 1, "b": null })));
    }

    #[test]
    fn says_where_values_differ() {
        let differs = |came, again| kept(&Api::default(), &came, &again).unwrap_err();
        let item = differs(json!({ "a": [1, "x"] }), json!({ "a": [1, "y"] }));
        assert_eq!(item, r#"$.a[1] came as "x" and is "y""#);
        let new = differs(json!({}), json!({ "a": 1 }));
        assert_eq!(new, "$.a comes from nowhere");
    }
}
