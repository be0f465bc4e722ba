//! Schemas that are made of nothing but themselves: cycles of references and `allOf`.
//!
//! Knows the finished schemas by name.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::compose::annotated_reference;
use super::{build, keys};
use crate::diagnostic::{Finding, codes};
use crate::front::normalize::Normalizer;
use crate::front::source::{Entry, Map, Node, Pointer, Value};

impl Normalizer<'_, '_> {
    /// Opens every cycle by removing the reference that closes it.
    pub(in crate::front::normalize) fn open_cycles(&mut self) {
        let schemas = self.components.built_schemas();
        let mut done = HashSet::new();
        let names: Vec<String> = schemas.keys().cloned().collect();
        let mut closing = Vec::new();
        for name in names {
            visit(schemas, name, &mut done, &mut closing);
        }
        for (path, reference) in closing {
            let Some(owner) = path.last() else { continue };
            let Some(entry) = schemas.get_mut(owner) else { continue };
            let place = remove(&mut entry.node, &reference);
            let message = format!(
                "the schema `{reference}` is made of nothing but itself: `{}` -> `{reference}`",
                shown(&path)
            );
            let finding = Finding::error(codes::REF_CYCLE, place, message);
            self.findings
                .push(finding.help("define one of them by something else than the others"));
        }
    }
}

/// Looks for cycles through a schema, depth first and with a stack of its own: chains may be longer than the stack of a
/// thread. Each that is found is the names on it, the last of which closes it by a reference to the first.
fn visit(
    schemas: &IndexMap<String, Entry>,
    name: String,
    done: &mut HashSet<String>,
    closing: &mut Vec<(Vec<String>, String)>,
) {
    if done.contains(&name) {
        return;
    }
    let next = |name: &str| {
        schemas
            .get(name)
            .map(|entry| parts(&entry.node))
            .unwrap_or_default()
            .into_iter()
    };
    let mut path = IndexMap::new();
    let following = next(&name);
    path.insert(name, following);
    while let Some((_, following)) = path.last_mut() {
        let Some(name) = following.next() else {
            done.extend(path.pop().map(|(name, _)| name));
            continue;
        };
        if let Some(from) = path.get_index_of(&name) {
            closing.push((path.keys().skip(from).cloned().collect(), name));
        } else if !done.contains(&name) {
            let following = next(&name);
            path.insert(name, following);
        }
    }
}

/// The names on a cycle; of a long one the first and the last few.
fn shown(path: &[String]) -> String {
    const FEW: usize = 8;
    match path {
        [first @ .., _, _] if path.len() > FEW => {
            let (first, last) = (&first[..FEW - 2], &path[path.len() - 2..]);
            let left_out = path.len() - FEW;
            format!(
                "{}` -> {left_out} more -> `{}",
                first.join("` -> `"),
                last.join("` -> `")
            )
        }
        _ => path.join("` -> `"),
    }
}

/// The names of the schemas that a schema is or contains whole.
fn parts(node: &Node) -> Vec<String> {
    let Some(map) = build::as_map(node) else {
        return Vec::new();
    };
    if let Some(name) = referred(map) {
        return vec![name];
    }
    build::get_list(map, "allOf")
        .unwrap_or_default()
        .iter()
        .flat_map(parts)
        .collect()
}

fn referred(map: &Map) -> Option<String> {
    let pointer = Pointer::from_fragment(build::get_text(map, "$ref")?)?;
    pointer.tokens().last().cloned()
}

/// Removes a reference from what a schema is made of. Where it stood.
fn remove(node: &mut Node, name: &str) -> Option<crate::diagnostic::Place> {
    let place = node.place.clone();
    let Value::Object(map) = &mut node.value else {
        return None;
    };
    if referred(map).as_deref() == Some(name) {
        map.shift_remove("$ref");
        return Some(place);
    }
    let Value::Array(branches) = &mut map.get_mut("allOf")?.node.value else {
        return None;
    };
    let found = branches.iter_mut().find_map(|branch| remove(branch, name));
    branches.retain(|branch| build::as_map(branch).is_none_or(|map| !map.is_empty()));
    if branches.is_empty() {
        map.shift_remove("allOf");
        map.shift_remove(keys::ANNOTATED_REF);
    }
    annotated_reference(map, &place);
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::testing::schemas;

    #[test]
    fn of_a_long_cycle_the_first_and_last_names_are_shown() {
        let links = (0..20).map(|index| format!("A{index}: {{$ref: '#/components/schemas/A{}'}}\n", (index + 1) % 20));
        let ring = links.collect::<Vec<_>>().concat();
        assert_eq!(
            schemas("3.0.3", &ring).findings,
            ["24:10 error[ref-cycle] the schema `A0` is made of nothing but itself: \
              `A0` -> `A1` -> `A2` -> `A3` -> `A4` -> `A5` -> 12 more -> `A18` -> `A19` -> `A0`"]
        );
    }

    #[test]
    fn opens_cycles_of_nothing_but_references() {
        let outcome = schemas(
            "3.0.3",
            "
A: {$ref: '#/components/schemas/B'}
B: {$ref: '#/components/schemas/A'}
C: {allOf: [{$ref: '#/components/schemas/C'}, {type: object}]}
D: {type: object, properties: {d: {$ref: '#/components/schemas/D'}}}
E: {oneOf: [{$ref: '#/components/schemas/F'}, {type: string}], discriminator: {propertyName: f}}
F: {allOf: [{$ref: '#/components/schemas/E'}, {type: object}]}
",
        );
        assert_eq!(
            outcome.at("/components/schemas/A"),
            json!({"$ref": "#/components/schemas/B"})
        );
        assert_eq!(outcome.at("/components/schemas/B"), json!({}));
        assert_eq!(
            outcome.at("/components/schemas/C"),
            json!({"allOf": [{"type": "object"}]})
        );
        assert_eq!(
            outcome.at("/components/schemas/F/allOf/0"),
            json!({"$ref": "#/components/schemas/E"})
        );
        assert_eq!(
            outcome.findings,
            [
                "6:8 error[ref-cycle] the schema `A` is made of nothing but itself: `A` -> `B` -> `A`",
                "7:17 error[ref-cycle] the schema `C` is made of nothing but itself: `C` -> `C`",
            ]
        );
    }
}
