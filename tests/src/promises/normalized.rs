//! What `front::normalize` lists in its module's documentation, asked of a document that it has made.

use std::collections::{HashMap, HashSet};

use clientsmith::front::normalize::{Normalized, keys};
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, Content, Header, MediaType, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, ReferenceOr, Response, Schema, SchemaKind, Type,
};
use serde_json::Value;

type Checked = Result<(), String>;

pub(super) fn check(document: &Normalized) -> Checked {
    let api = &document.openapi;
    let empty = Components::default();
    let components = api.components.as_ref().unwrap_or(&empty);
    let checker = Checker { components };
    checker.components()?;
    checker.cycles()?;
    checker.paths(api)
}

struct Checker<'d> {
    components: &'d Components,
}

/// A broken promise, unless it is kept.
fn ensure(kept: bool, broken: impl FnOnce() -> String) -> Checked {
    if kept { Ok(()) } else { Err(broken()) }
}

/// What a section of components has under the name in a reference to it.
fn target<'t, T>(section: &str, known: &'t IndexMap<String, ReferenceOr<T>>, reference: &str) -> Result<&'t T, String> {
    let name = reference
        .strip_prefix("#/components/")
        .and_then(|rest| rest.strip_prefix(section)?.strip_prefix('/'));
    let name = name.ok_or_else(|| format!("`{reference}` is no reference to {section}"))?;
    let name = name.replace("~1", "/").replace("~0", "~");
    match known.get(&name) {
        Some(ReferenceOr::Item(item)) => Ok(item),
        // A schema may be nothing but a reference.
        Some(ReferenceOr::Reference { .. }) => Err(format!("`{reference}` leads to a reference")),
        None => Err(format!("`{reference}` leads nowhere")),
    }
}

impl Checker<'_> {
    fn components(&self) -> Checked {
        let Components {
            schemas,
            responses,
            parameters,
            examples,
            request_bodies,
            headers,
            security_schemes,
            links,
            callbacks,
            ..
        } = self.components;
        ensure(examples.is_empty() && links.is_empty() && callbacks.is_empty(), || {
            "there are examples, links or callbacks".to_owned()
        })?;
        for schema in schemas.values() {
            self.schema(schema, false)?;
        }
        for response in items("responses", responses)? {
            self.response(response)?;
        }
        for parameter in items("parameters", parameters)? {
            self.parameter(parameter)?;
        }
        for body in items("requestBodies", request_bodies)? {
            self.content(&body.content)?;
        }
        for header in items("headers", headers)? {
            self.header(header)?;
        }
        items("securitySchemes", security_schemes).map(drop)
    }

    fn schema_reference(&self, reference: &str) -> Checked {
        match target("schemas", &self.components.schemas, reference) {
            Err(broken) if !broken.ends_with("leads to a reference") => Err(broken),
            _ => Ok(()),
        }
    }

    /// A schema; `beside` where another branch of a composition may declare what it requires.
    fn schema(&self, schema: &ReferenceOr<Schema>, beside: bool) -> Checked {
        match schema {
            ReferenceOr::Reference { reference } => self.schema_reference(reference),
            ReferenceOr::Item(schema) => self.own_schema(schema, beside),
        }
    }

    fn own_schema(&self, schema: &Schema, beside: bool) -> Checked {
        let Schema {
            schema_data: data,
            schema_kind: kind,
        } = schema;
        let short = || format!("{schema:?}").chars().take(600).collect::<String>();
        if data.extensions.contains_key(keys::NULL) {
            ensure(data.nullable, || format!("null alone without `nullable`: {}", short()))?;
        }
        if let Some(reference) = data.extensions.get(keys::CONTENT_SCHEMA).and_then(Value::as_str) {
            self.schema_reference(reference)?;
        }
        let tagged = data.discriminator.is_some();
        if let Some(reference) = data
            .discriminator
            .iter()
            .find_map(|tag| tag.extensions.get(keys::DEFAULT_MAPPING)?.as_str())
        {
            self.schema_reference(reference)?;
        }
        match kind {
            SchemaKind::Type(kind) => self
                .typed(kind, beside)
                .map_err(|broken| format!("{broken}: {}", short())),
            SchemaKind::OneOf { one_of: of } | SchemaKind::AnyOf { any_of: of } => {
                ensure(of.len() >= if tagged { 1 } else { 2 }, || {
                    format!("a choice of {}: {}", of.len(), short())
                })?;
                self.branches(of)
            }
            SchemaKind::AllOf { all_of } => {
                ensure(!all_of.is_empty(), || format!("an empty allOf: {}", short()))?;
                self.branches(all_of)
            }
            SchemaKind::Not { not } => self.schema(not, true),
            SchemaKind::Any(any) => {
                let composed = !(any.one_of.is_empty() && any.any_of.is_empty() && any.all_of.is_empty());
                ensure(composed || any.typ.is_none(), || {
                    format!("a type that does not fit its keywords: {}", short())
                })?;
                ensure(tagged || any.one_of.len() != 1, || {
                    format!("a choice of one: {}", short())
                })?;
                ensure(tagged || any.any_of.len() != 1, || {
                    format!("a choice of one: {}", short())
                })?;
                self.branches(&any.one_of)?;
                self.branches(&any.any_of)?;
                self.branches(&any.all_of)?;
                self.parts(&any.properties, any.additional_properties.as_ref())?;
                if let Some(items) = &any.items {
                    self.schema(&items.clone().unbox(), false)?;
                }
                any.not.as_ref().map_or(Ok(()), |not| self.schema(not, true))
            }
        }
    }

    fn typed(&self, kind: &Type, beside: bool) -> Checked {
        match kind {
            Type::String(text) => distinct(&text.enumeration),
            Type::Number(number) => distinct(
                &number
                    .enumeration
                    .iter()
                    .map(|item| item.map(f64::to_bits))
                    .collect::<Vec<_>>(),
            ),
            Type::Integer(integer) => distinct(&integer.enumeration),
            Type::Boolean(boolean) => distinct(&boolean.enumeration),
            Type::Array(array) => match &array.items {
                Some(items) => self.schema(&items.clone().unbox(), false),
                None => Err("an array without items".to_owned()),
            },
            Type::Object(object) => {
                let undeclared = object
                    .required
                    .iter()
                    .find(|name| !object.properties.contains_key(*name));
                ensure(beside || undeclared.is_none(), || {
                    format!("{undeclared:?} is required, and not declared")
                })?;
                self.parts(&object.properties, object.additional_properties.as_ref())
            }
        }
    }

    fn branches(&self, branches: &[ReferenceOr<Schema>]) -> Checked {
        branches.iter().try_for_each(|branch| self.schema(branch, true))
    }

    fn parts(
        &self,
        properties: &IndexMap<String, ReferenceOr<Box<Schema>>>,
        further: Option<&AdditionalProperties>,
    ) -> Checked {
        for property in properties.values() {
            self.schema(&property.clone().unbox(), false)?;
        }
        match further {
            Some(AdditionalProperties::Schema(schema)) => self.schema(schema, false),
            _ => Ok(()),
        }
    }

    /// No schema is made of nothing but itself.
    fn cycles(&self) -> Checked {
        let schemas = &self.components.schemas;
        let next: HashMap<&str, Vec<&str>> = schemas
            .iter()
            .map(|(name, schema)| (name.as_str(), parts(schema)))
            .collect();
        let mut waiting: HashMap<&str, usize> = next.keys().map(|name| (*name, 0)).collect();
        for name in next.values().flatten() {
            waiting.entry(name).and_modify(|count| *count += 1);
        }
        let mut free: Vec<&str> = waiting
            .iter()
            .filter(|(_, count)| **count == 0)
            .map(|(name, _)| *name)
            .collect();
        let mut done = 0;
        while let Some(name) = free.pop() {
            done += 1;
            for name in next.get(name).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(name) {
                    *count -= 1;
                    if *count == 0 {
                        free.push(name);
                    }
                }
            }
        }
        ensure(done == next.len(), || {
            "there is a cycle of references and allOf".to_owned()
        })
    }

    fn paths(&self, api: &OpenAPI) -> Checked {
        let mut ids = HashSet::new();
        self.security(api.security.as_deref())?;
        for (path, item) in &api.paths.paths {
            let ReferenceOr::Item(item) = item else {
                return Err(format!("the path item {path} is a reference"));
            };
            ensure(item.parameters.is_empty(), || {
                format!("{path} has parameters of its own")
            })?;
            for (method, operation) in item.iter() {
                self.operation(path, operation)
                    .map_err(|broken| format!("{method} {path}: {broken}"))?;
                let id = operation.operation_id.as_deref();
                ensure(id.is_none_or(|id| ids.insert(id)), || {
                    format!("{id:?} is the id of two operations")
                })?;
            }
        }
        let incoming = api.extensions.get(keys::INCOMING).and_then(Value::as_array);
        let schemas = incoming
            .into_iter()
            .flatten()
            .filter_map(|incoming| incoming.get("schema")?.as_str());
        schemas
            .into_iter()
            .try_for_each(|reference| self.schema_reference(reference))
    }

    fn security(&self, requirements: Option<&[openapiv3::SecurityRequirement]>) -> Checked {
        let mut names = requirements.into_iter().flatten().flat_map(IndexMap::keys);
        let unknown = names.find(|name| !self.components.security_schemes.contains_key(*name));
        ensure(unknown.is_none(), || {
            format!("no security scheme is called {unknown:?}")
        })
    }

    fn operation(&self, path: &str, operation: &Operation) -> Checked {
        ensure(operation.callbacks.is_empty(), || "there are callbacks".to_owned())?;
        self.security(operation.security.as_deref())?;
        let mut known = HashSet::new();
        for parameter in &operation.parameters {
            let parameter = match parameter {
                ReferenceOr::Reference { reference } => target("parameters", &self.components.parameters, reference)?,
                ReferenceOr::Item(parameter) => parameter,
            };
            self.parameter(parameter)?;
            let name = parameter.parameter_data_ref().name.as_str();
            ensure(known.insert((place(parameter), name)), || {
                format!("`{name}` is there twice")
            })?;
        }
        let mut template = HashSet::new();
        let mut rest = path;
        while let Some((name, after)) = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
            template.insert(name);
            rest = after;
        }
        let given: HashSet<&str> = known
            .iter()
            .filter(|(place, _)| *place == "path")
            .map(|(_, name)| *name)
            .collect();
        ensure(template == given, || {
            format!("the template has {template:?}, and the parameters are {given:?}")
        })?;
        if let Some(body) = &operation.request_body {
            let body = match body {
                ReferenceOr::Reference { reference } => {
                    target("requestBodies", &self.components.request_bodies, reference)?
                }
                ReferenceOr::Item(body) => body,
            };
            self.content(&body.content)?;
        }
        let responses = &operation.responses;
        for response in responses.default.iter().chain(responses.responses.values()) {
            match response {
                ReferenceOr::Reference { reference } => {
                    target("responses", &self.components.responses, reference).map(|_| ())?;
                }
                ReferenceOr::Item(response) => self.response(response)?,
            }
        }
        Ok(())
    }

    fn parameter(&self, parameter: &Parameter) -> Checked {
        let data: &ParameterData = parameter.parameter_data_ref();
        ensure(data.required || place(parameter) != "path", || {
            format!("the path parameter `{}` is optional", data.name)
        })?;
        ensure(place(parameter) != "header" || is_token(&data.name), || {
            format!("`{}` is no name of a header", data.name)
        })?;
        ensure(data.examples.is_empty(), || format!("`{}` has examples", data.name))?;
        self.format(&data.format)
    }

    fn header(&self, header: &Header) -> Checked {
        ensure(header.examples.is_empty(), || "a header has examples".to_owned())?;
        self.format(&header.format)
    }

    fn format(&self, format: &ParameterSchemaOrContent) -> Checked {
        match format {
            ParameterSchemaOrContent::Schema(schema) => self.schema(schema, false),
            ParameterSchemaOrContent::Content(content) => {
                ensure(content.len() == 1, || format!("{} media types", content.len()))?;
                self.content(content)
            }
        }
    }

    fn response(&self, response: &Response) -> Checked {
        ensure(response.links.is_empty(), || "there are links".to_owned())?;
        self.headers(&response.headers)?;
        self.content(&response.content)
    }

    fn headers(&self, headers: &IndexMap<String, ReferenceOr<Header>>) -> Checked {
        for header in headers.values() {
            match header {
                ReferenceOr::Reference { reference } => {
                    target("headers", &self.components.headers, reference).map(|_| ())?;
                }
                ReferenceOr::Item(header) => self.header(header)?,
            }
        }
        Ok(())
    }

    fn content(&self, content: &Content) -> Checked {
        for MediaType {
            schema,
            examples,
            encoding,
            extensions,
            ..
        } in content.values()
        {
            ensure(examples.is_empty(), || "a media type has examples".to_owned())?;
            schema.iter().try_for_each(|schema| self.schema(schema, false))?;
            encoding
                .values()
                .try_for_each(|encoding| self.headers(&encoding.headers))?;
            let item = extensions.get(keys::ITEM_SCHEMA).and_then(Value::as_str);
            item.map_or(Ok(()), |reference| self.schema_reference(reference))?;
        }
        Ok(())
    }
}

/// The components of a section, none of which is a reference.
fn items<'t, T>(section: &str, known: &'t IndexMap<String, ReferenceOr<T>>) -> Result<Vec<&'t T>, String> {
    let item = |(name, component): (&String, &'t ReferenceOr<T>)| match component {
        ReferenceOr::Item(item) => Ok(item),
        ReferenceOr::Reference { .. } => Err(format!("{section}/{name} is a reference")),
    };
    known.iter().map(item).collect()
}

/// The components that a schema consists of: where it leads to, and the branches of its `allOf`.
fn parts(schema: &ReferenceOr<Schema>) -> Vec<&str> {
    match schema {
        ReferenceOr::Reference { reference } => reference.strip_prefix("#/components/schemas/").into_iter().collect(),
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => all_of.iter().flat_map(parts).collect(),
            SchemaKind::Any(any) => any.all_of.iter().flat_map(parts).collect(),
            _ => Vec::new(),
        },
    }
}

/// At least one item, no two equal, none of them null; or no `enum` at all.
fn distinct<T: std::hash::Hash + Eq>(items: &[Option<T>]) -> Checked {
    let mut known = HashSet::new();
    ensure(items.iter().all(|item| item.is_some() && known.insert(item)), || {
        "an enum has null, or an item twice".to_owned()
    })
}

fn place(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}

/// A `token` (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(legal)
}
