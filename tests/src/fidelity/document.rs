//! A document as it stands: where its schemas are, and what its discriminators say.
//!
//! Reads OpenAPI by itself, as `schema` does.

use std::collections::BTreeMap;

use serde_json::Value;

/// More references than this lead nowhere.
const HOPS: usize = 16;

/// A document as it stands, with what it refers to in other files.
#[derive(Debug, Clone)]
pub(super) struct Document {
    root: Value,
    pub(super) dialect: Dialect,
    /// By the place of a schema: the properties by which discriminators tell it, with its texts.
    pub(super) tags: BTreeMap<String, BTreeMap<String, Vec<Value>>>,
}

/// The versions of OpenAPI that say things differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Swagger,
    V30,
    V31,
}

impl Document {
    pub(super) fn new(root: Value) -> Self {
        let version = root.get("openapi").and_then(Value::as_str).unwrap_or_default();
        let dialect = match version {
            _ if root.get("swagger").is_some() => Dialect::Swagger,
            version if version.starts_with("3.0") => Dialect::V30,
            _ => Dialect::V31,
        };
        let mut document = Self {
            root,
            dialect,
            tags: BTreeMap::new(),
        };
        let mut tags = BTreeMap::new();
        document.collect_tags(&document.root, &mut tags);
        document.tags = tags;
        document
    }

    fn collect_tags(&self, node: &Value, into: &mut BTreeMap<String, BTreeMap<String, Vec<Value>>>) {
        if let Some((property, list)) = discriminated(node) {
            for alternative in list {
                let reference = alternative.get("$ref").and_then(Value::as_str).unwrap_or_default();
                let tags = self.tags_of(alternative, property, &node["discriminator"]);
                let known = into
                    .entry(reference.to_owned())
                    .or_default()
                    .entry(property.to_owned())
                    .or_default();
                known.extend(tags);
            }
        }
        match node {
            Value::Object(map) => map.values().for_each(|node| self.collect_tags(node, into)),
            Value::Array(list) => list.iter().for_each(|node| self.collect_tags(node, into)),
            _ => {}
        }
    }

    /// The texts by which a discriminator tells an alternative; none where it is none to tell.
    pub(super) fn tags_of(&self, alternative: &Value, property: &str, discriminator: &Value) -> Vec<Value> {
        let Some(reference) = alternative.get("$ref").and_then(Value::as_str) else {
            return Vec::new();
        };
        let target = self.resolved(alternative);
        if target.get("oneOf").or(target.get("anyOf")).is_some() || target.get("type").is_some_and(|ty| ty != "object")
        {
            return Vec::new();
        }
        let last = reference.rsplit('/').next().unwrap_or_default();
        let stands_for = |value: &Value| value == reference || value == last;
        let mapping = discriminator
            .get("mapping")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let mut tags: Vec<Value> = mapping
            .filter(|(_, value)| stands_for(value))
            .map(|(tag, _)| tag.as_str().into())
            .collect();
        if tags.is_empty() {
            tags.push(last.into());
        }
        let own = self.said(alternative, &|schema| schema.get("properties")?.get(property));
        let own = own.map(|own| self.resolved(own));
        let listed: Option<Vec<Value>> = own.and_then(|own| {
            own.get("const")
                .map(|only| vec![only.clone()])
                .or(own.get("enum")?.as_array().cloned())
        });
        match listed {
            // What the alternative says of its own tag holds.
            Some(listed) if !listed.iter().any(|own| tags.contains(own)) => Vec::new(),
            Some(listed) => tags.into_iter().filter(|tag| listed.contains(tag)).collect(),
            None => tags,
        }
    }

    /// What a pointer in a URI fragment leads to.
    pub(super) fn at(&self, reference: &str) -> Option<&Value> {
        self.root.pointer(&pointer(reference)?)
    }

    /// Where the schema of a component stands.
    pub(super) fn component(&self, name: &str) -> Option<String> {
        let folder = match self.dialect {
            Dialect::Swagger => "#/definitions",
            Dialect::V30 | Dialect::V31 => "#/components/schemas",
        };
        let reference = format!("{folder}/{}", escaped(name));
        self.at(&reference).map(|_| reference)
    }

    /// Where the schema of a request's body stands.
    pub(super) fn body(&self, method: &str, path: &str, media_type: &str) -> Option<String> {
        let operation = self.operation(method, path)?;
        if self.dialect != Dialect::Swagger {
            let body = self.followed(format!("{operation}/requestBody"))?;
            return self.content(&body, media_type);
        }
        let list = self.at(&format!("{operation}/parameters"))?.as_array()?;
        let mut places = (0..list.len()).filter_map(|index| self.followed(format!("{operation}/parameters/{index}")));
        let body = places.find(|place| self.at(place).is_some_and(|parameter| parameter["in"] == "body"))?;
        self.existing(format!("{body}/schema"))
    }

    /// Where the schema of an answer stands, under one of the names of its status.
    pub(super) fn answer(&self, method: &str, path: &str, statuses: &[String], media_type: &str) -> Option<String> {
        let response = self.response(method, path, statuses)?;
        match self.dialect {
            Dialect::Swagger => self.existing(format!("{response}/schema")),
            Dialect::V30 | Dialect::V31 => self.content(&response, media_type),
        }
    }

    /// Where the schema of what an answer gives value by value stands: `itemSchema`, or `schema`, of a list that of its
    /// items. Of an event it is that of its data.
    pub(super) fn item(&self, method: &str, path: &str, statuses: &[String], media_type: &str) -> Option<String> {
        let response = self.response(method, path, statuses)?;
        let media = format!("{response}/content/{}", escaped(media_type));
        let each = self.existing(format!("{media}/itemSchema"));
        let whole = || {
            let whole = self.followed(format!("{media}/schema"))?;
            self.existing(format!("{whole}/items")).or(Some(whole))
        };
        let item = self.followed(each.or_else(whole)?)?;
        let properties = self.at(&item)?.get("properties").and_then(Value::as_object);
        let is_event = properties.is_some_and(|properties| {
            let known = ["data", "event", "id", "retry"];
            properties.contains_key("data") && properties.keys().all(|key| known.contains(&key.as_str()))
        });
        if !is_event {
            return Some(item);
        }
        let data = format!("{item}/properties/data");
        self.existing(format!("{data}/contentSchema")).or(Some(data))
    }

    /// Where the schema of what a webhook of this name sends stands, or a callback of an operation, which is given by its
    /// method and path.
    pub(super) fn payload(&self, operation: Option<(&str, &str)>, name: &str, method: &str) -> Option<String> {
        let items = match operation {
            Some((method, path)) => {
                let operation = self.operation(method, path)?;
                let callback = self.followed(format!("{operation}/callbacks/{}", escaped(name)))?;
                self.keys(&callback)
            }
            None => vec![format!("#/webhooks/{}", escaped(name))],
        };
        items.into_iter().find_map(|item| {
            let item = self.followed(item)?;
            let body = self.followed(format!("{item}/{}/requestBody", method.to_ascii_lowercase()))?;
            let content = self.at(&format!("{body}/content"))?.as_object()?;
            let json = content.keys().find(|media_type| media_type.contains("json"))?;
            self.existing(format!("{body}/content/{}/schema", escaped(json)))
        })
    }

    /// The places of what an object holds.
    fn keys(&self, place: &str) -> Vec<String> {
        let map = self.at(place).and_then(Value::as_object);
        let keys = map.into_iter().flat_map(|map| map.keys());
        keys.map(|key| format!("{place}/{}", escaped(key))).collect()
    }

    fn response(&self, method: &str, path: &str, statuses: &[String]) -> Option<String> {
        let operation = self.operation(method, path)?;
        let mut responses =
            (statuses.iter()).filter_map(|status| self.followed(format!("{operation}/responses/{status}")));
        responses.next()
    }

    /// The schema of a media type, or of a range (`*/*`); without one the media type itself, which says as little of a
    /// value.
    fn content(&self, owner: &str, media_type: &str) -> Option<String> {
        let content = format!("{owner}/content");
        let listed = self.at(&content)?.as_object()?;
        let known = [media_type, "application/*", "*/*"]
            .into_iter()
            .find(|key| listed.contains_key(*key))?;
        let place = format!("{content}/{}", escaped(known));
        self.existing(format!("{place}/schema"))
            .or_else(|| self.existing(place))
    }

    fn operation(&self, method: &str, path: &str) -> Option<String> {
        let item = self.followed(format!("#/paths/{}", escaped(path)))?;
        self.existing(format!("{item}/{}", method.to_ascii_lowercase()))
    }

    fn existing(&self, reference: String) -> Option<String> {
        self.at(&reference).is_some().then_some(reference)
    }

    /// A place, or where it refers to.
    pub(super) fn followed(&self, mut reference: String) -> Option<String> {
        for _ in 0..HOPS {
            match self.at(&reference)?.get("$ref") {
                Some(next) => next.as_str()?.clone_into(&mut reference),
                None => return Some(reference),
            }
        }
        None
    }

    /// A schema, or what it refers to.
    pub(super) fn resolved<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        for _ in 0..HOPS {
            match schema
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|next| self.at(next))
            {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }

    /// What a schema, what it refers to or one of its parts says under a key.
    pub(super) fn said<'a>(
        &'a self,
        schema: &'a Value,
        find: &dyn Fn(&'a Value) -> Option<&'a Value>,
    ) -> Option<&'a Value> {
        self.said_within(schema, HOPS, find)
    }

    fn said_within<'a>(
        &'a self,
        schema: &'a Value,
        hops: usize,
        find: &dyn Fn(&'a Value) -> Option<&'a Value>,
    ) -> Option<&'a Value> {
        let schema = self.resolved(schema);
        let parts = || schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let below = || parts().find_map(|part| self.said_within(part, hops.checked_sub(1)?, find));
        find(schema).or_else(below)
    }
}

/// The JSON Pointer of a URI fragment.
fn pointer(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let bytes = percent_encoding::percent_decode_str(fragment);
    Some(bytes.decode_utf8().ok()?.into_owned())
}

/// A key as a step of a pointer in a URI fragment.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1").replace('%', "%25")
}

/// The property of a discriminator, and the alternatives that it tells apart.
pub(super) fn discriminated(schema: &Value) -> Option<(&str, &Vec<Value>)> {
    let property = schema.get("discriminator")?.get("propertyName")?.as_str()?;
    let list = schema.get("oneOf").or(schema.get("anyOf"))?.as_array()?;
    Some((property, list))
}
