//! Where a `$ref` points.
//!
//! Knows JSON Pointers, anchors and ids, and which components there are; follows references to where they end.

use std::collections::HashMap;

use super::components::Category;
use super::{Normalizer, build};
use crate::diagnostic::codes::Code;
use crate::diagnostic::{Finding, Place, codes};
use crate::front::bundle::Reference;
use crate::front::source::{Map, Node, Pointer, Value};

/// How many references are followed from one to the next before they count as a cycle.
const MAX_HOPS: usize = 64;

/// Pointers with more tokens lead nowhere: no file is as deep.
const MAX_TOKENS: usize = 1024;

/// What a reference points to.
#[derive(Debug, Clone)]
pub(super) struct Target<'d> {
    pub(super) node: &'d Node,
    pub(super) pointer: Pointer,
    /// The schemas around it that its own references may be relative to.
    pub(super) scopes: Vec<&'d Node>,
}

impl Target<'_> {
    /// The name, where the target is a component of that category.
    pub(super) fn component(&self, category: Category) -> Option<&str> {
        match self.pointer.tokens() {
            [components, section, name] if components == "components" && section == category.key() => Some(name),
            _ => None,
        }
    }
}

/// Schemas by `$id` and by anchor. Made when the first reference needs it: few documents have any.
pub(super) type Anchors<'d> = HashMap<String, &'d Node>;

/// Why a reference leads nowhere.
enum Lost {
    External,
    Dangling,
    Wrong(&'static str),
    Cycle,
}

impl<'d> Normalizer<'d, '_> {
    /// A component in place of a reference to one of a category. `None`, with a finding, where there is none.
    pub(super) fn referenced(&mut self, category: Category, node: &'d Node) -> Option<Node> {
        let target = self.follow(category, node)?;
        let name = self.component(category, &target)?;
        Some(Self::reference(category, &name, &node.place))
    }

    /// `{$ref: …}` to a component.
    fn reference(category: Category, name: &str, place: &Place) -> Node {
        let mut map = Map::new();
        build::put(&mut map, "$ref", build::text(place, category.reference(name)));
        build::object(place, map)
    }

    /// What an object with a `$ref` points to in the end, or a finding.
    pub(super) fn follow(&mut self, category: Category, node: &'d Node) -> Option<Target<'d>> {
        let reference = build::as_map(node).and_then(|map| build::get(map, "$ref"))?;
        match self.chase(category, reference) {
            Ok(target) => Some(target),
            Err(lost) => {
                self.lost(reference, &lost, category);
                None
            }
        }
    }

    /// The same, without a finding.
    pub(super) fn follow_quietly(&self, category: Category, node: &'d Node) -> Option<Target<'d>> {
        let reference = build::as_map(node).and_then(|map| build::get(map, "$ref"))?;
        self.chase(category, reference).ok()
    }

    /// The same, without going on from there to where that points.
    pub(super) fn follow_one(&mut self, category: Category, node: &'d Node) -> Option<Target<'d>> {
        let reference = build::as_map(node).and_then(|map| build::get(map, "$ref"))?;
        let found = self
            .locate(reference)
            .and_then(|target| check_category(&target, category).map(|()| target));
        found.map_err(|lost| self.lost(reference, &lost, category)).ok()
    }

    fn chase(&self, category: Category, reference: &'d Node) -> Result<Target<'d>, Lost> {
        let mut target = self.locate(reference)?;
        for _ in 0..MAX_HOPS {
            check_category(&target, category)?;
            let next = build::as_map(target.node).and_then(|map| build::get(map, "$ref"));
            match next {
                Some(next) => target = self.locate(next)?,
                None => return Ok(target),
            }
        }
        Err(Lost::Cycle)
    }

    /// The reference to a component that stands for a reference to a schema; what is no component yet becomes one.
    /// `None`, with a finding, where there is none.
    pub(super) fn schema_reference(&mut self, reference: &'d Node) -> Option<String> {
        match self.schema_target(reference) {
            Ok(name) => Some(Category::Schemas.reference(&name)),
            Err(lost) => {
                self.lost(reference, &lost, Category::Schemas);
                None
            }
        }
    }

    /// The same, without a finding.
    pub(super) fn quiet_schema_reference(&mut self, reference: &'d Node) -> Option<String> {
        self.schema_target(reference)
            .ok()
            .map(|name| Category::Schemas.reference(&name))
    }

    fn schema_target(&mut self, reference: &'d Node) -> Result<String, Lost> {
        let mut target = self.locate(reference)?;
        for _ in 0..MAX_HOPS {
            check_category(&target, Category::Schemas)?;
            let declared = self.components.declared(Category::Schemas);
            if let Some(name) = target.component(Category::Schemas)
                && declared.is_some_and(|map| map.contains_key(name))
            {
                return Ok(name.to_owned());
            }
            match build::as_map(target.node) {
                Some(map) if map.len() == 1 && map.contains_key("$ref") => {
                    let next = build::get(map, "$ref").unwrap_or(reference);
                    target = self.locate(next)?;
                }
                _ => return Ok(self.hoist(&target)),
            }
        }
        Err(Lost::Cycle)
    }

    fn lost(&mut self, reference: &Node, lost: &Lost, category: Category) {
        let Some(written) = build::as_text(reference) else {
            return self.malformed("$ref", reference, "text");
        };
        if self.lost.contains(&reference.place) {
            return;
        }
        // What leads to another file was led on; how it was written stands beside it.
        let written = reference.text.as_deref().unwrap_or(written);
        let noun = category.noun();
        let (code, message, help) = match lost {
            Lost::External => external(written),
            Lost::Dangling => (
                codes::UNRESOLVED_REF,
                format!("`{written}` points to nothing"),
                self.advice(written, category),
            ),
            Lost::Wrong(what) => (
                codes::UNRESOLVED_REF,
                format!("`{written}` points to {what}, where {noun} is wanted"),
                format!("refer to {noun}"),
            ),
            Lost::Cycle => (
                codes::REF_CYCLE,
                format!("`{written}` leads back to itself through nothing but references"),
                format!("define {noun} in one of the places that refer to each other"),
            ),
        };
        self.findings
            .push(Finding::error(code, reference.place.clone(), message).help(help));
    }

    /// What to do about a reference that points to nothing: what is meant may be there under another path.
    fn advice(&self, written: &str, category: Category) -> String {
        let name = written.rsplit(['/', '#']).next().unwrap_or_default();
        match self.components.declared(category) {
            Some(map) if map.contains_key(name) => format!("write `{}`", category.reference(name)),
            _ => format!("define {} there, or correct the reference", category.noun()),
        }
    }

    /// What one reference points to, without following any further.
    fn locate(&self, reference: &'d Node) -> Result<Target<'d>, Lost> {
        let Some(text) = build::as_text(reference) else {
            return Err(Lost::Wrong("no place"));
        };
        let (base, fragment) = text.split_once('#').unwrap_or((text, ""));
        if base.is_empty() || self.is_own(base) {
            return self.fragment(fragment).ok_or(Lost::Dangling);
        }
        let whole = self.anchors().get(base).copied().ok_or(Lost::External)?;
        let pointer = Pointer::from_fragment(&format!("#{fragment}")).ok_or(Lost::Dangling)?;
        let node = pointer.find(whole).ok_or(Lost::Dangling)?;
        let name = base.trim_end_matches(".json").rsplit('/').next().unwrap_or(base);
        Ok(Target {
            node,
            pointer: Pointer::root().child(name).below(pointer.tokens()),
            scopes: vec![whole],
        })
    }

    fn anchors(&self) -> &Anchors<'d> {
        self.anchors.get_or_init(|| index_anchors(self.document))
    }

    /// Whether a URI is that of the document itself: its `$self`.
    fn is_own(&self, base: &str) -> bool {
        build::as_map(self.document).and_then(|root| build::get_text(root, "$self")) == Some(base)
    }

    fn fragment(&self, fragment: &str) -> Option<Target<'d>> {
        if fragment.is_empty() {
            let node = *self.scopes.first()?;
            return Some(Target {
                node,
                pointer: Pointer::root().child("root"),
                scopes: Vec::new(),
            });
        }
        if !fragment.starts_with('/') {
            let anchor = format!("#{fragment}");
            let node = *self.anchors().get(anchor.as_str())?;
            return Some(Target {
                node,
                pointer: Pointer::root().child(fragment),
                scopes: self.scopes.clone(),
            });
        }
        let decoded = Pointer::from_fragment(&format!("#{fragment}"))?;
        let literal = unescape(fragment);
        let at_root = [&decoded, &literal]
            .into_iter()
            .find_map(|pointer| find(self.document, self.document, pointer, 0));
        if let Some((node, pointer)) = at_root {
            return Some(Target {
                node,
                pointer,
                scopes: Vec::new(),
            });
        }
        // Tools that paste a JSON Schema into a document leave its references relative to the schema.
        self.scopes.iter().enumerate().rev().find_map(|(at, scope)| {
            let (node, pointer) = find(self.document, scope, &decoded, 0)?;
            let scopes = self.scopes.iter().take(at + 1).copied().collect();
            Some(Target { node, pointer, scopes })
        })
    }
}

/// Code, message and help about a reference to what is never read.
fn external(written: &str) -> (Code, String, String) {
    let (what, help) = match Reference::read(written) {
        Reference::Uri => (
            "is a URI, and nothing is fetched from the network",
            "save what it names in a file, and refer to that by its path, relative to this file",
        ),
        Reference::Absolute => (
            "is no relative path, and other paths are not followed",
            "refer to the file by its path, relative to this file",
        ),
        Reference::Other => (
            "names no file of YAML or JSON, and others are not read",
            "refer to a file that ends in `.yaml`, `.yml` or `.json`, or to a component: `#/components/...`",
        ),
        Reference::Within(_) | Reference::File { .. } => (
            "points out of the document",
            "bundle the document first, so that every reference begins with `#/`",
        ),
    };
    (codes::EXTERNAL_REF, format!("`{written}` {what}"), help.to_owned())
}

/// A fragment as a pointer, its percent signs taken literally.
fn unescape(fragment: &str) -> Pointer {
    let tokens = fragment.split('/').skip(1);
    Pointer::root().below(tokens.map(|token| token.replace("~1", "/").replace("~0", "~")))
}

/// The node that a pointer points to, and where that is: references on the way are followed.
fn find<'d>(document: &'d Node, root: &'d Node, pointer: &Pointer, hops: usize) -> Option<(&'d Node, Pointer)> {
    if pointer.tokens().len() > MAX_TOKENS {
        return None;
    }
    if let Some(node) = pointer.find(root) {
        return Some((node, pointer.clone()));
    }
    let mut node = root;
    for (at, token) in pointer.tokens().iter().enumerate() {
        if let Some(next) = Pointer::root().child(token).find(node) {
            node = next;
            continue;
        }
        let reference = build::get_text(build::as_map(node)?, "$ref")?;
        let onward = Pointer::from_fragment(reference).filter(|_| hops < MAX_HOPS)?;
        let whole = onward.below(pointer.tokens().get(at..)?);
        return find(document, document, &whole, hops + 1);
    }
    None
}

/// Whether the target may be what is wanted.
fn check_category(target: &Target<'_>, category: Category) -> Result<(), Lost> {
    let fits = match target.node.value {
        Value::Object(_) => true,
        Value::Bool(_) => category == Category::Schemas,
        _ => false,
    };
    if !fits {
        return Err(Lost::Wrong(build::kind(target.node)));
    }
    match target.pointer.tokens() {
        [components, section, _] if components == "components" && section != category.key() => Err(Lost::Wrong(
            Category::of_section(section).map_or("something else", Category::noun),
        )),
        _ => Ok(()),
    }
}

/// What has an `$id`, under it, and what has an anchor, under `#` and the anchor.
fn index_anchors(document: &Node) -> Anchors<'_> {
    let mut found = HashMap::new();
    let mut open = vec![document];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                open.extend(map.values().map(|entry| &entry.node));
                found.extend(build::get_text(map, "$id").map(|id| (id.to_owned(), node)));
                for key in ["$anchor", "$dynamicAnchor"] {
                    found.extend(build::get_text(map, key).map(|anchor| (format!("#{anchor}"), node)));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::{document, schema, schemas};

    #[test]
    fn hoists_what_is_referred_to_elsewhere() {
        let outcome = schemas(
            "3.1.0",
            "
A: {type: object, properties: {b: {type: string}, self: {$ref: '#/components/schemas/A/properties/b'}}}
A_b: {type: integer}
Alias: {$ref: '#/components/schemas/A'}
Through: {$ref: '#/components/schemas/Alias/properties/b'}
Defs: {$defs: {X: {type: array, items: {$ref: '#/$defs/X'}}}, $ref: '#/$defs/X'}
Tree: {type: object, properties: {children: {type: array, items: {$ref: '#'}}}}
",
        );
        assert_eq!(outcome.findings, Vec::<String>::new());
        let hoisted = json!({"$ref": "#/components/schemas/A_b_2"});
        assert_eq!(outcome.at("/components/schemas/A/properties/self"), hoisted);
        assert_eq!(
            outcome.at("/components/schemas/Alias"),
            json!({"$ref": "#/components/schemas/A"})
        );
        assert_eq!(outcome.at("/components/schemas/Through"), hoisted);
        assert_eq!(
            outcome.at("/components/schemas/A_b_2"),
            json!({"type": "string", (keys::HOISTED): true})
        );
        assert_eq!(
            outcome.at("/components/schemas/Defs"),
            json!({"$ref": "#/components/schemas/X"})
        );
        let items = json!({"$ref": "#/components/schemas/X"});
        assert_eq!(
            outcome.at("/components/schemas/X"),
            json!({"type": "array", "items": items, (keys::HOISTED): true})
        );
        let children = outcome.at("/components/schemas/Tree/properties/children/items");
        assert_eq!(children, json!({"$ref": "#/components/schemas/root"}));
    }

    #[test]
    fn reads_names_with_odd_characters() {
        let outcome = schemas(
            "3.1.0",
            "
'a/b': {type: string}
'100% ~ü': {type: string}
'x y': {type: string}
One: {$ref: '#/components/schemas/a~1b'}
Two: {$ref: '#/components/schemas/100% ~0ü'}
Three: {$ref: '#/components/schemas/x%20y'}
",
        );
        assert_eq!(outcome.findings, Vec::<String>::new());
        assert_eq!(outcome.at("/components/schemas/One/$ref"), "#/components/schemas/a~1b");
        assert_eq!(
            outcome.at("/components/schemas/Two/$ref"),
            "#/components/schemas/100%25 ~0ü"
        );
        assert_eq!(outcome.at("/components/schemas/Three/$ref"), "#/components/schemas/x y");
    }

    #[test]
    fn follows_anchors_and_ids() {
        let outcome = schemas(
            "3.1.0",
            "
Node: {$anchor: node, $id: 'https://example.com/node', type: string}
One: {type: object, properties: {a: {$ref: '#node'}, b: {$ref: 'https://example.com/node'}}}
",
        );
        assert_eq!(outcome.findings, Vec::<String>::new());
        assert_eq!(
            outcome.at("/components/schemas/One/properties/a/$ref"),
            "#/components/schemas/node"
        );
        assert_eq!(
            outcome.at("/components/schemas/One/properties/b/$ref"),
            "#/components/schemas/node"
        );
    }

    #[test]
    fn reports_references_that_lead_nowhere() {
        let (read, findings) = schema(
            "type: object
properties:
  a: {$ref: '#/components/schemas/Gone'}
  b: {$ref: 'other.json#/X'}
  c: {$ref: '#/definitions/S'}
  d: {$ref: 5}
  e: {$ref: '#/info/title', description: kept}
",
        );
        assert_eq!(
            read["properties"],
            json!({"a": {}, "b": {}, "c": {}, "d": {}, "e": {"description": "kept"}})
        );
        assert_eq!(
            findings,
            [
                "8:19 error[unresolved-ref] `#/components/schemas/Gone` points to nothing",
                "9:19 error[external-ref] `other.json#/X` points out of the document",
                "10:19 error[unresolved-ref] `#/definitions/S` points to nothing",
                "11:19 warning[malformed-value] `$ref` is a number, not text",
                "12:19 error[unresolved-ref] `#/info/title` points to text, where a schema is wanted",
            ]
        );
    }

    #[test]
    fn leads_references_to_other_components_to_their_ends() {
        let outcome = document(
            "openapi: 3.0.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/Alias'}, {$ref: '#/components/parameters/Loop'}]
      requestBody: {$ref: '#/components/schemas/S'}
      responses: {200: {$ref: '#/paths/~1b/get/responses/200'}, 404: {$ref: '#/components/responses/None'}}
  /b: {get: {responses: {200: {description: d}}}}
components:
  schemas: {S: {type: string}}
  parameters:
    Alias: {$ref: '#/components/parameters/Q'}
    Q: {name: q, in: query, schema: {type: string}}
    Loop: {$ref: '#/components/parameters/Loop'}
",
        );
        assert_eq!(
            outcome.at("/paths/~1a/get/parameters"),
            json!([{"$ref": "#/components/parameters/Q"}])
        );
        assert_eq!(outcome.at("/paths/~1a/get/requestBody"), json!(null));
        let response = json!({"200": {"$ref": "#/components/responses/b_get"}});
        assert_eq!(outcome.at("/paths/~1a/get/responses"), response);
        assert_eq!(
            outcome.at("/components/responses/b_get"),
            json!({"description": "d", (keys::HOISTED): true})
        );
        let parameters = json!({"Q": {"name": "q", "in": "query", "schema": {"type": "string"}}});
        assert_eq!(outcome.at("/components/parameters"), parameters);
        let cycle =
            "error[ref-cycle] `#/components/parameters/Loop` leads back to itself through nothing but references";
        assert_eq!(
            outcome.findings,
            [
                &format!("6:68 {cycle}"),
                "7:27 error[unresolved-ref] `#/components/schemas/S` points to a schema, where a request body is wanted",
                "8:77 error[unresolved-ref] `#/components/responses/None` points to nothing",
                &format!("15:18 {cycle}"),
            ]
        );
    }
}
