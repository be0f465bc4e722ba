//! Compositions: references with words beside them, compositions of one, discriminators.
//!
//! Knows `$ref`, `allOf`, `anyOf`, `oneOf`, `not` and `discriminator`.

use super::{build, is_annotation, keys};
use crate::diagnostic::{Finding, Place};
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
    pub(super) fn negation(&mut self, map: &mut Map) {
        let alone = map.keys().all(|key| key == "not" || is_annotation(key));
        if alone {
            return;
        }
        if let Some(entry) = map.shift_remove("not") {
            let message = "`not` is nothing that a type can say; it is ignored";
            let finding = Finding::note("unsupported-keyword", entry.key, message);
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
            "unresolved-mapping",
            &node.place,
            message,
            "map it to a schema of the document, or remove it",
        );
        None
    }
}
