//! Operations: their ids, their parameters against the path's template, and what they cannot be without.
//!
//! Knows the Operation Object.

use super::shape::OPERATION;
use super::{Normalizer, build};
use crate::diagnostic::{Finding, codes};
use crate::front::source::{Map, Node, Value};

/// What an operation has from the path that it stands under.
pub(super) struct Shared<'d, 'p> {
    pub(super) path: &'p str,
    pub(super) parameters: Option<&'d Node>,
}

impl<'d> Normalizer<'d, '_> {
    /// An operation. `None`, with an error, where it is none.
    pub(super) fn operation(&mut self, method: &str, shared: &Shared<'d, '_>, node: &'d Node) -> Option<Node> {
        let Some(source) = build::as_map(node) else {
            let (path, kind) = (shared.path, build::kind(node));
            let message = format!("`{method}` of `{path}` is {kind}, not an object; it is left out");
            self.error(
                codes::MALFORMED_OPERATION,
                &node.place,
                message,
                "write an operation as an object, or remove it",
            );
            return None;
        };
        let mut map = self.object(node, &OPERATION)?;
        self.operation_id(source, &mut map);
        if let Some(callbacks) = build::get(source, "callbacks") {
            let label = build::get_text(&map, "operationId").map(str::to_owned);
            let label = label.unwrap_or_else(|| format!("{} {}", method.to_ascii_uppercase(), shared.path));
            self.callbacks(&label, callbacks);
        }
        let own = build::take(&mut map, "parameters");
        let parameters = self.all_parameters(method, shared, own, node);
        if !parameters.is_empty() {
            let place = build::get(source, "parameters")
                .or(shared.parameters)
                .unwrap_or(node)
                .place
                .clone();
            build::put(&mut map, "parameters", build::list(&place, parameters));
        }
        if !map.contains_key("responses") {
            let message = format!("`{method}` of `{}` has no responses", shared.path);
            self.warn(
                codes::RESPONSES_MISSING,
                &node.place,
                message,
                "declare at least the response of a success",
            );
            build::put(&mut map, "responses", build::empty(&node.place));
        }
        Some(build::object(&node.place, map))
    }

    /// Operation ids are unique: the second operation of an id keeps none.
    fn operation_id(&mut self, source: &Map, map: &mut Map) {
        let Some(id) = build::get_text(map, "operationId").map(str::to_owned) else {
            return;
        };
        let place = build::get(source, "operationId").map(|node| node.place.clone());
        if id.is_empty() {
            map.shift_remove("operationId");
            let message = "an `operationId` is empty; the operation is named after its path";
            self.findings
                .push(Finding::warning(codes::MALFORMED_VALUE, place, message).help("give the operation an id"));
            return;
        }
        match self.operation_ids.get(&id) {
            Some(first) => {
                let message = format!("the operation id `{id}` is used before, at {first}");
                let finding = Finding::error(codes::DUPLICATE_OPERATION_ID, place, message);
                self.findings.push(finding.help("give each operation an id of its own"));
                map.shift_remove("operationId");
            }
            None => self.operation_ids.extend(place.map(|place| (id, place))),
        }
    }

    /// The path's parameters and the operation's own, which take their place; then those that only the template names.
    fn all_parameters(
        &mut self,
        method: &str,
        shared: &Shared<'d, '_>,
        own: Option<Node>,
        operation: &Node,
    ) -> Vec<Node> {
        let inherited = shared
            .parameters
            .and_then(|node| self.parameters(node))
            .map(into_items)
            .unwrap_or_default();
        let own = own.map(into_items).unwrap_or_default();
        let names = template_names(shared.path);
        let mut all: Vec<Node> = Vec::new();
        let inherited = inherited.into_iter().filter(|parameter| {
            let key = self.parameter_key(parameter);
            !own.iter().any(|other| self.parameter_key(other) == key)
        });
        all.extend(inherited.collect::<Vec<_>>());
        all.extend(own);
        all.retain(|parameter| self.fits_template(parameter, &names, shared.path));
        for name in names {
            let declared = all.iter().any(|parameter| {
                self.parameter_key(parameter)
                    .is_some_and(|(other, location)| other == name && location == "path")
            });
            if !declared {
                let message = format!(
                    "`{{{name}}}` in the path of `{method}` `{}` is not declared; it is taken for text",
                    shared.path
                );
                self.warn(
                    codes::PATH_PARAMETER_UNDECLARED,
                    &operation.place,
                    message,
                    "declare it with `in: path`",
                );
                all.push(template_parameter(name, operation));
            }
        }
        all
    }

    /// Whether a parameter that stands in the path is in its template; a finding where it is not.
    fn fits_template(&mut self, parameter: &Node, names: &[&str], path: &str) -> bool {
        let Some((name, location)) = self.parameter_key(parameter) else {
            return false;
        };
        if location != "path" || names.contains(&name) {
            return true;
        }
        let message = format!("the path `{path}` has no `{{{name}}}`; the parameter is left out");
        self.warn(
            codes::PATH_PARAMETER_UNUSED,
            &parameter.place,
            message,
            "put it into the path, or remove it",
        );
        false
    }
}

fn into_items(node: Node) -> Vec<Node> {
    match node.value {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// The names in the braces of a path, each once.
fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, onward)) = after.split_once('}') else {
            break;
        };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
        rest = onward;
    }
    names
}

fn template_parameter(name: &str, operation: &Node) -> Node {
    let place = &operation.place;
    let mut schema = Map::new();
    build::put(&mut schema, "type", build::text(place, "string"));
    let mut map = Map::new();
    build::put(&mut map, "name", build::text(place, name));
    build::put(&mut map, "in", build::text(place, "path"));
    build::put(&mut map, "required", build::flag(place, true));
    build::put(&mut map, "schema", build::object(place, schema));
    build::object(place, map)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::template_names;
    use crate::front::normalize::testing::document;

    #[test]
    fn finds_the_names_in_a_template() {
        assert_eq!(template_names("/a/{b}-{c}.json/{b}/{}/{d"), ["b", "c"]);
    }

    #[test]
    fn merges_the_parameters_of_the_path_and_checks_them_against_the_template() {
        let outcome = document(
            "openapi: 3.0.0
info: {title: T, version: '1'}
paths:
  /a/{x}/{y}:
    parameters:
    - {name: x, in: path, required: true, schema: {type: integer}}
    - {name: q, in: query, schema: {type: string}}
    get:
      parameters:
      - {name: q, in: query, schema: {type: boolean}}
      - {name: z, in: path, required: true, schema: {type: string}}
      responses: {}
",
        );
        assert_eq!(outcome.at("/paths/~1a~1{x}~1{y}/parameters"), json!(null));
        assert_eq!(
            outcome.at("/paths/~1a~1{x}~1{y}/get/parameters"),
            json!([
                {"name": "x", "in": "path", "required": true, "schema": {"type": "integer"}},
                {"name": "q", "in": "query", "schema": {"type": "boolean"}},
                {"name": "y", "in": "path", "required": true, "schema": {"type": "string"}},
            ])
        );
        assert_eq!(
            outcome.findings,
            [
                "9:7 warning[path-parameter-undeclared] `{y}` in the path of `get` `/a/{x}/{y}` is not declared; it is taken \
                 for text",
                "11:9 warning[path-parameter-unused] the path `/a/{x}/{y}` has no `{z}`; the parameter is left out",
            ]
        );
    }

    #[test]
    fn keeps_operation_ids_unique() {
        let outcome = document(
            "openapi: 3.0.0
info: {title: T, version: '1'}
paths:
  /a: {get: {operationId: list, responses: {}}, put: {operationId: list, responses: {}}, post: {operationId: ''}}
",
        );
        assert_eq!(
            outcome.at("/paths/~1a/get"),
            json!({"operationId": "list", "responses": {}})
        );
        assert_eq!(outcome.at("/paths/~1a/put"), json!({"responses": {}}));
        assert_eq!(
            outcome.findings,
            [
                "4:68 error[duplicate-operation-id] the operation id `list` is used before, at api.yaml:4:27",
                "4:96 warning[responses-missing] `post` of `/a` has no responses",
                "4:110 warning[malformed-value] an `operationId` is empty; the operation is named after its path",
            ]
        );
    }

    #[test]
    fn drops_an_operation_that_is_none_and_keeps_the_others() {
        let outcome = document(
            "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: 5, put: {responses: {}, deprecated: 'true'}}\n",
        );
        assert_eq!(
            outcome.at("/paths/~1a"),
            json!({"put": {"responses": {}, "deprecated": true}})
        );
        assert_eq!(
            outcome.findings,
            [
                "4:13 error[malformed-operation] `get` of `/a` is a number, not an object; it is left out",
                "4:49 warning[malformed-value] `deprecated` is text, not a boolean",
            ]
        );
    }
}
