//! Null: every way to allow it becomes `nullable`.
//!
//! Knows `nullable`, and alternatives that are null.

use super::{build, is_annotation, keys};
use crate::diagnostic::Place;
use crate::front::source::{Map, Node, Value};

/// Removes the alternatives that are null, and says `nullable` instead.
pub(super) fn alternatives(map: &mut Map) {
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(items)) = map.get_mut(key).map(|entry| &mut entry.node.value) else {
            continue;
        };
        let before = items.len();
        let place = items.iter().find(|item| is_null(item)).map(|item| item.place.clone());
        items.retain(|item| !is_null(item));
        let (after, none_left) = (items.len(), items.is_empty());
        if let Some(place) = place.filter(|_| after < before) {
            build::put(map, "nullable", build::flag(&place, true));
            if none_left {
                map.shift_remove(key);
                build::put(map, keys::NULL, build::flag(&place, true));
            }
        }
    }
}

/// Whether a finished schema allows null alone. `{nullable: true}` among alternatives is 3.0's idiom for it.
fn is_null(node: &Node) -> bool {
    build::as_map(node)
        .is_some_and(|map| build::is_set(map, keys::NULL) || (map.len() == 1 && build::is_set(map, "nullable")))
}

/// Strips a schema of null alone of everything but words. Whether it is one.
pub(super) fn only(map: &mut Map, place: &Place) -> bool {
    if !build::is_set(map, keys::NULL) || super::is_composed(map) {
        map.shift_remove(keys::NULL);
        return false;
    }
    map.retain(|key, _| is_annotation(key));
    build::put(map, "nullable", build::flag(place, true));
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::{schema, schemas};

    #[test]
    fn null_among_types_or_alternatives_is_nullable() {
        for text in [
            "{type: [string, 'null'], title: t}",
            "{type: [string, null], title: t}",
            "{title: t, anyOf: [{type: string}, {type: 'null'}]}",
            "{title: t, oneOf: [{type: string}, {enum: [null]}]}",
            "{title: t, oneOf: [{const: null}, {type: string}]}",
            "{title: t, anyOf: [{nullable: true}, {type: string}]}",
        ] {
            let (read, findings) = schema(text);
            assert_eq!(
                read,
                json!({"title": "t", "nullable": true, "type": "string"}),
                "{text}"
            );
            assert_eq!(findings, Vec::<String>::new());
        }
    }

    #[test]
    fn several_alternatives_stay_alternatives() {
        let (read, _) = schema("anyOf: [{type: string}, {type: boolean}, {type: 'null'}]");
        assert_eq!(
            read,
            json!({"anyOf": [{"type": "string"}, {"type": "boolean"}], "nullable": true})
        );
    }

    #[test]
    fn a_nullable_reference_is_an_annotated_one() {
        let text = "A: {type: string}\nB: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}\n";
        let outcome = schemas("3.1.0", text);
        let branches = json!([{"$ref": "#/components/schemas/A"}]);
        let annotated = json!({"nullable": true, "allOf": branches, (keys::ANNOTATED_REF): true});
        assert_eq!(outcome.at("/components/schemas/B"), annotated);
    }

    #[test]
    fn null_alone_says_so() {
        for text in [
            "{type: 'null', description: d}",
            "{const: null, description: d}",
            "{anyOf: [{type: 'null'}], description: d}",
        ] {
            let (read, findings) = schema(text);
            assert_eq!(
                read,
                json!({"description": "d", "nullable": true, (keys::NULL): true}),
                "{text}"
            );
            assert_eq!(findings, Vec::<String>::new());
        }
    }
}
