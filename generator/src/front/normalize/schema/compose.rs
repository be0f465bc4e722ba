//! Compositions: references with words beside them, compositions of one, discriminators.
//!
//! Knows `$ref`, `allOf`, `anyOf`, `oneOf`, `not` and `discriminator`.

use super::{build, is_annotation, keys};
use crate::diagnostic::{Finding, Place, codes};
use crate::front::normalize::Normalizer;
use crate::front::normalize::components::Category;
use crate::front::source::{Entry, Map, Node, Value};

/// A reference with siblings becomes a branch of `allOf`.
pub(super) fn reference_to_all_of(map: &mut Map) {
    for key in ["$dynamicRef", "$recursiveRef", "$ref"] {
        let Some(reference) = build::take(map, key) else {
            continue;
        };
        let place = reference.place.clone();
        let mut branch = Map::new();
        build::put(&mut branch, "$ref", reference);
        push_branch(map, build::object(&place, branch), true);
    }
}

fn push_branch(map: &mut Map, branch: Node, first: bool) {
    if let Some(Entry {
        node: Node {
            value: Value::Array(branches),
            ..
        },
        ..
    }) = map.get_mut("allOf")
    {
        let at = if first { 0 } else { branches.len() };
        branches.insert(at, branch);
    } else {
        let place = branch.place.clone();
        build::put(map, "allOf", build::list(&place, vec![branch]));
    }
}

/// A composition of one schema is that schema: put in place where only annotations stand beside it, else joined with
/// `allOf`.
pub(super) fn single_alternative(map: &mut Map) {
    for key in ["anyOf", "oneOf"] {
        if build::get_list(map, key).is_some_and(|items| items.len() == 1) && !map.contains_key("discriminator") {
            let Some(Node {
                value: Value::Array(items),
                ..
            }) = build::take(map, key)
            else {
                continue;
            };
            for item in items {
                push_branch(map, item, false);
            }
        }
    }
    let others = map.keys().all(|key| key == "allOf" || is_annotation(key));
    let single = build::get_list(map, "allOf").filter(|items| items.len() == 1 && others);
    let inline = single
        .and_then(|items| items.first())
        .and_then(build::as_map)
        .is_some_and(|map| !is_reference(map));
    if !inline {
        return;
    }
    if let Some(Node {
        value: Value::Array(items),
        ..
    }) = build::take(map, "allOf")
    {
        for item in items {
            let Value::Object(inner) = item.value else { continue };
            for (key, entry) in inner {
                map.entry(key).or_insert(entry);
            }
        }
    }
}

/// Whether the schema is nothing but a reference.
pub(super) fn is_reference(map: &Map) -> bool {
    map.len() == 1 && map.contains_key("$ref")
}

/// Flags `allOf` of one reference with annotations; without any, it is the reference.
pub(super) fn annotated_reference(map: &mut Map, place: &Place) {
    let single = build::get_list(map, "allOf").filter(|items| items.len() == 1);
    let Some(target) = single
        .and_then(|items| items.first())
        .and_then(build::as_map)
        .filter(|map| is_reference(map))
    else {
        return;
    };
    if map.len() == 1 {
        *map = target.clone();
    } else if map.keys().all(|key| key == "allOf" || is_annotation(key)) {
        build::put(map, keys::ANNOTATED_REF, build::flag(place, true));
    }
}

impl<'d> Normalizer<'d, '_> {
    /// `not` is kept where it stands alone: beside others it says nothing that a type can.
    pub(super) fn negation(&mut self, map: &mut Map, types: &[Node]) {
        let alone = map.keys().all(|key| key == "not" || is_annotation(key));
        if alone && types.is_empty() {
            return;
        }
        if let Some(entry) = map.shift_remove("not") {
            let message = "`not` is nothing that a type can say; it is ignored";
            let finding = Finding::note(codes::UNSUPPORTED_KEYWORD, entry.key, message);
            self.tally.count(
                "not",
                finding.help("nothing needs to be done; the server checks what is sent to it"),
            );
        }
    }

    /// The mapping of a discriminator, with references to components instead of bare names.
    pub(super) fn mapping(&mut self, source: &'d Map, map: &mut Map) {
        if let Some(default) = build::get(source, "defaultMapping")
            && let Some(reference) = self.mapped(default)
        {
            build::put(map, keys::DEFAULT_MAPPING, build::text(&default.place, reference));
        }
        let Some(mapping) = build::get(source, "mapping") else {
            return;
        };
        let read = self.values("mapping", mapping, |this, _, value| {
            this.mapped(value).map(|reference| build::text(&value.place, reference))
        });
        if let Some(node) = read {
            build::put(map, "mapping", node);
        }
    }

    fn mapped(&mut self, node: &'d Node) -> Option<String> {
        let Some(text) = build::as_text(node) else {
            self.malformed("mapping", node, "a reference to a schema");
            return None;
        };
        let schemas = self.components.declared(Category::Schemas);
        if schemas.is_some_and(|map| map.contains_key(text)) {
            return Some(Category::Schemas.reference(text));
        }
        if let Some(reference) = self.quiet_schema_reference(node) {
            return Some(reference);
        }
        let message = format!("the discriminator maps to `{text}`, which is not there; the value is ignored");
        self.warn(
            codes::UNRESOLVED_MAPPING,
            &node.place,
            message,
            "map it to a schema of the document, or remove it",
        );
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::{schema, schemas};

    #[test]
    fn keeps_words_beside_a_reference() {
        for version in ["3.0.3", "3.1.0"] {
            let text = "A: {type: string}\nB: {$ref: '#/components/schemas/A', description: d, nullable: true}\n";
            let outcome = schemas(version, text);
            let branches = json!([{"$ref": "#/components/schemas/A"}]);
            assert_eq!(
                outcome.at("/components/schemas/B"),
                json!({"description": "d", "nullable": true, "allOf": branches, (keys::ANNOTATED_REF): true})
            );
            assert_eq!(outcome.findings, Vec::<String>::new());
        }
    }

    #[test]
    fn other_keywords_beside_a_reference_count_from_3_1() {
        let text = "A: {type: object}\nB: {$ref: '#/components/schemas/A', required: [x]}\n";
        let outcome = schemas("3.0.3", text);
        assert_eq!(
            outcome.at("/components/schemas/B"),
            json!({"$ref": "#/components/schemas/A"})
        );
        let note = "6:41 note[ref-siblings] `required` has no effect beside a `$ref` in OpenAPI 3.0; it is ignored";
        assert_eq!(outcome.findings, [note]);
        let outcome = schemas("3.1.0", text);
        let branches = json!([{"$ref": "#/components/schemas/A"}]);
        assert_eq!(
            outcome.at("/components/schemas/B"),
            json!({"required": ["x"], "allOf": branches})
        );
    }

    #[test]
    fn a_composition_of_one_is_what_it_is_made_of() {
        let text = "A: {type: string}\nB: {allOf: [{$ref: '#/components/schemas/A'}]}\nC: {oneOf: [{type: string, title: t}], \
                    title: u}\n";
        let outcome = schemas("3.0.3", text);
        assert_eq!(
            outcome.at("/components/schemas/B"),
            json!({"$ref": "#/components/schemas/A"})
        );
        assert_eq!(
            outcome.at("/components/schemas/C"),
            json!({"title": "u", "type": "string"})
        );
        let (joined, _) = schema("{type: object, properties: {a: {}}, anyOf: [{properties: {b: {}}}]}");
        assert_eq!(joined["allOf"], json!([{"properties": {"b": {}}}]));
    }

    #[test]
    fn a_discriminator_maps_to_components() {
        let outcome = schemas(
            "3.1.0",
            "
Cat: {type: object}
Pet:
  oneOf: [{$ref: '#/components/schemas/Cat'}]
  discriminator:
    propertyName: kind
    defaultMapping: Cat
    mapping: {cat: Cat, tom: '#/components/schemas/Cat', dog: Dog, cow: 5}
Old: {discriminator: kind, type: object}
",
        );
        let cat = "#/components/schemas/Cat";
        assert_eq!(
            outcome.at("/components/schemas/Pet/discriminator"),
            json!({"propertyName": "kind", (keys::DEFAULT_MAPPING): cat, "mapping": {"cat": cat, "tom": cat}})
        );
        assert_eq!(outcome.at("/components/schemas/Pet/oneOf"), json!([{"$ref": cat}]));
        assert_eq!(
            outcome.at("/components/schemas/Old/discriminator"),
            json!({"propertyName": "kind"})
        );
        assert_eq!(
            outcome.findings,
            [
                "11:67 warning[unresolved-mapping] the discriminator maps to `Dog`, which is not there; the value is ignored",
                "11:77 warning[malformed-value] `mapping` is a number, not a reference to a schema",
                "12:26 warning[malformed-value] `discriminator` is text, not an object",
            ]
        );
    }

    #[test]
    fn a_negation_stands_alone() {
        assert_eq!(schema("not: {type: string}").0, json!({"not": {"type": "string"}}));
        let (read, findings) = schema("{type: string, not: {enum: [a]}}");
        assert_eq!(read, json!({"type": "string"}));
        let note = "6:22 note[unsupported-keyword] `not` is nothing that a type can say; it is ignored";
        assert_eq!(findings, [note]);
    }
}
