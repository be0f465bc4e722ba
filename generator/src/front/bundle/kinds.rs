//! Where references may stand: the objects of OpenAPI and Swagger, as a table.
//!
//! Knows which keys hold which objects. What is not in here (examples, extensions, defaults) is anybody's data, and what
//! looks like a reference in it is none.

use Holds::{Each, Mapping, One, Reference};

/// An object.
pub(super) struct Kind {
    /// What its keys hold.
    fields: &'static [(&'static str, Holds)],
    /// What all other keys hold.
    others: Option<&'static Kind>,
}

/// What stands under a key.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// The text of a reference to one of a section of the Components Object.
    Reference(&'static str),
    /// An object, or a list of such.
    One(&'static Kind),
    /// An object with any keys, whose values are such objects.
    Each(&'static Kind),
    /// Schemas, each as a reference or by its name.
    Mapping,
}

impl Kind {
    /// What stands under a key.
    pub(super) fn holds(&self, key: &str) -> Option<Holds> {
        if let Some((_, holds)) = self.fields.iter().find(|(name, _)| *name == key) {
            return Some(*holds);
        }
        self.others.filter(|_| !key.starts_with("x-")).map(One)
    }

    /// Whether it is a schema.
    pub(super) fn is_schema(&self) -> bool {
        std::ptr::eq(self, &raw const SCHEMA)
    }

    /// Whether a reference may stand in place of it.
    pub(super) fn is_referred_to(&self) -> bool {
        self.fields.iter().any(|(key, _)| *key == "$ref")
    }
}

const fn object(fields: &'static [(&'static str, Holds)]) -> Kind {
    Kind { fields, others: None }
}

pub(super) static DOCUMENT: Kind = object(&[
    ("info", One(&PLAIN)),
    ("servers", One(&PLAIN)),
    ("security", One(&PLAIN)),
    ("tags", One(&PLAIN)),
    ("externalDocs", One(&PLAIN)),
    ("paths", Each(&PATH_ITEM)),
    ("webhooks", Each(&PATH_ITEM)),
    ("components", One(&COMPONENTS)),
    ("$defs", Each(&SCHEMA)),
    // Swagger 2.0, and older JSON Schema.
    ("definitions", Each(&SCHEMA)),
    ("parameters", Each(&PARAMETER)),
    ("responses", Each(&RESPONSE)),
    ("securityDefinitions", Each(&SECURITY_SCHEME)),
]);

/// An object in which there are no references.
static PLAIN: Kind = object(&[]);

static COMPONENTS: Kind = object(&[
    ("schemas", Each(&SCHEMA)),
    ("responses", Each(&RESPONSE)),
    ("parameters", Each(&PARAMETER)),
    ("requestBodies", Each(&REQUEST_BODY)),
    ("headers", Each(&HEADER)),
    ("securitySchemes", Each(&SECURITY_SCHEME)),
    ("pathItems", Each(&PATH_ITEM)),
    ("mediaTypes", Each(&MEDIA_TYPE)),
    ("examples", Each(&EXAMPLE)),
    ("links", Each(&LINK)),
    ("callbacks", Each(&CALLBACK)),
]);

static PATH_ITEM: Kind = object(&[
    ("$ref", Reference("pathItems")),
    ("parameters", One(&PARAMETER)),
    ("get", One(&OPERATION)),
    ("put", One(&OPERATION)),
    ("post", One(&OPERATION)),
    ("delete", One(&OPERATION)),
    ("options", One(&OPERATION)),
    ("head", One(&OPERATION)),
    ("patch", One(&OPERATION)),
    ("trace", One(&OPERATION)),
    ("query", One(&OPERATION)),
    ("additionalOperations", Each(&OPERATION)),
]);

static OPERATION: Kind = object(&[
    ("parameters", One(&PARAMETER)),
    ("requestBody", One(&REQUEST_BODY)),
    ("responses", Each(&RESPONSE)),
    ("callbacks", Each(&CALLBACK)),
]);

static PARAMETER: Kind = object(&[
    ("$ref", Reference("parameters")),
    ("schema", One(&SCHEMA)),
    ("content", Each(&MEDIA_TYPE)),
    ("examples", Each(&EXAMPLE)),
]);

static HEADER: Kind = object(&[
    ("$ref", Reference("headers")),
    ("schema", One(&SCHEMA)),
    ("content", Each(&MEDIA_TYPE)),
    ("examples", Each(&EXAMPLE)),
]);

static REQUEST_BODY: Kind = object(&[("$ref", Reference("requestBodies")), ("content", Each(&MEDIA_TYPE))]);

static RESPONSE: Kind = object(&[
    ("$ref", Reference("responses")),
    ("headers", Each(&HEADER)),
    ("content", Each(&MEDIA_TYPE)),
    ("links", Each(&LINK)),
    ("schema", One(&SCHEMA)),
]);

static MEDIA_TYPE: Kind = object(&[
    ("$ref", Reference("mediaTypes")),
    ("schema", One(&SCHEMA)),
    ("itemSchema", One(&SCHEMA)),
    ("examples", Each(&EXAMPLE)),
    ("encoding", Each(&ENCODING)),
    ("prefixEncoding", One(&ENCODING)),
    ("itemEncoding", One(&ENCODING)),
]);

static ENCODING: Kind = object(&[("headers", Each(&HEADER)), ("encoding", Each(&ENCODING))]);

static EXAMPLE: Kind = object(&[("$ref", Reference("examples"))]);

static LINK: Kind = object(&[("$ref", Reference("links"))]);

static SECURITY_SCHEME: Kind = object(&[("$ref", Reference("securitySchemes"))]);

/// Its other keys are expressions, each with a path item.
static CALLBACK: Kind = Kind {
    fields: &[("$ref", Reference("callbacks"))],
    others: Some(&PATH_ITEM),
};

static SCHEMA: Kind = object(&[
    ("$ref", Reference("schemas")),
    ("$dynamicRef", Reference("schemas")),
    ("$recursiveRef", Reference("schemas")),
    ("discriminator", One(&DISCRIMINATOR)),
    ("properties", Each(&SCHEMA)),
    ("patternProperties", Each(&SCHEMA)),
    ("dependentSchemas", Each(&SCHEMA)),
    ("dependencies", Each(&SCHEMA)),
    ("$defs", Each(&SCHEMA)),
    ("definitions", Each(&SCHEMA)),
    ("items", One(&SCHEMA)),
    ("prefixItems", One(&SCHEMA)),
    ("additionalItems", One(&SCHEMA)),
    ("unevaluatedItems", One(&SCHEMA)),
    ("contains", One(&SCHEMA)),
    ("additionalProperties", One(&SCHEMA)),
    ("unevaluatedProperties", One(&SCHEMA)),
    ("propertyNames", One(&SCHEMA)),
    ("allOf", One(&SCHEMA)),
    ("anyOf", One(&SCHEMA)),
    ("oneOf", One(&SCHEMA)),
    ("not", One(&SCHEMA)),
    ("if", One(&SCHEMA)),
    ("then", One(&SCHEMA)),
    ("else", One(&SCHEMA)),
    ("contentSchema", One(&SCHEMA)),
]);

static DISCRIMINATOR: Kind = object(&[("mapping", Mapping), ("defaultMapping", Mapping)]);

/// What stands in a section of the Components Object.
pub(super) fn of_section(section: &str) -> Option<&'static Kind> {
    match COMPONENTS.holds(section) {
        Some(Each(kind)) => Some(kind),
        _ => None,
    }
}
