//! What becomes of each key that OpenAPI and JSON Schema have.
//!
//! The table says what the stages after this do: `normalize` takes from it which keywords of schemas are read, and a test
//! holds the keys of other objects against those that `normalize` checks.

use super::Treatment::{self, Documented, Honoured, Ignored};

/// An object of the specification.
#[derive(Debug)]
pub struct Object {
    /// Its name, without the word object.
    pub name: &'static str,
    /// Its keys.
    pub rows: &'static [Row],
}

/// A key.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The key.
    pub key: &'static str,
    /// What becomes of it, where nothing beside it or around it makes a difference.
    pub treatment: Treatment,
    /// Why, or in which way; empty where there is nothing to add.
    pub why: &'static str,
    /// What stands under it.
    pub(super) holds: Holds,
    /// The one type of values that a keyword of schemas says something about.
    pub(super) owner: Option<&'static str>,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds {
    /// Nothing that has keys of the specification.
    Value,
    /// An object, or a list of them.
    One(&'static Object),
    /// An object with any keys, of which each holds one.
    Map(&'static Object),
    /// An object with any keys, of which each holds such an object.
    Maps(&'static Object),
    /// Servers, of which the first counts.
    Servers,
}

impl Object {
    pub(super) fn row(&self, key: &str) -> Option<&'static Row> {
        self.rows.iter().find(|row| row.key == key)
    }
}

const fn row(key: &'static str, treatment: Treatment, why: &'static str) -> Row {
    Row {
        key,
        treatment,
        why,
        holds: Holds::Value,
        owner: None,
    }
}

const fn honoured(key: &'static str) -> Row {
    row(key, Honoured, "")
}

const fn documented(key: &'static str, why: &'static str) -> Row {
    row(key, Documented, why)
}

const fn ignored(key: &'static str, why: &'static str) -> Row {
    row(key, Ignored, why)
}

impl Row {
    const fn one(self, object: &'static Object) -> Self {
        Self {
            holds: Holds::One(object),
            ..self
        }
    }

    const fn map(self, object: &'static Object) -> Self {
        Self {
            holds: Holds::Map(object),
            ..self
        }
    }

    const fn maps(self, object: &'static Object) -> Self {
        Self {
            holds: Holds::Maps(object),
            ..self
        }
    }

    const fn servers(self) -> Self {
        Self {
            holds: Holds::Servers,
            ..self
        }
    }

    /// Of one type of values only.
    const fn of(self, owner: &'static str) -> Self {
        Self {
            owner: Some(owner),
            ..self
        }
    }

    const fn but(self, why: &'static str) -> Self {
        Self { why, ..self }
    }
}

const UNUSED: &str = "of no use to a client";
const WORDS: &str = "in the documentation";
const LABEL: &str = "shown nowhere yet";
const EXAMPLE: &str = "examples are made from the types";
const RECEIVED: &str = "a client does not answer requests";
const PAYLOAD: &str = "a type for what each request sends";
const TOKEN: &str = "the token is the user's to bring";
pub(super) const BY_SERVER: &str = "the server checks it";
const UNTYPED: &str = "says what no Rust type can say; the server checks it";
const PARTS: &str = "parts have names, and not places";
const NESTED: &str = "a part has no parts of its own";

/// The document.
pub(super) static ROOT: Object = Object {
    name: "OpenAPI",
    rows: &[
        honoured("openapi"),
        honoured("$self"),
        honoured("info").one(&INFO),
        ignored("jsonSchemaDialect", "schemas are read as JSON Schema 2020-12"),
        honoured("servers").servers(),
        honoured("paths").map(&PATH_ITEM),
        honoured("webhooks").map(&SENT_ITEM).but(PAYLOAD),
        honoured("components").one(&COMPONENTS),
        honoured("security"),
        honoured("tags").one(&TAG),
        ignored("externalDocs", LABEL),
        honoured("$defs").map(&SCHEMA).but("where it is referred to"),
        honoured("definitions").map(&SCHEMA).but("where it is referred to"),
    ],
};

pub(super) static INFO: Object = Object {
    name: "Info",
    rows: &[
        honoured("title"),
        ignored("summary", LABEL),
        documented("description", "in the module of an API, where a crate has several"),
        ignored("termsOfService", LABEL),
        ignored("contact", LABEL),
        ignored("license", "the crate has a licence of its own"),
        documented("version", WORDS),
    ],
};

pub(super) static COMPONENTS: Object = Object {
    name: "Components",
    rows: &[
        honoured("schemas").map(&SCHEMA),
        honoured("responses").map(&RESPONSE),
        honoured("parameters").map(&PARAMETER),
        ignored("examples", EXAMPLE),
        honoured("requestBodies").map(&REQUEST_BODY),
        honoured("headers").map(&HEADER),
        honoured("securitySchemes").map(&SECURITY_SCHEME),
        ignored("links", UNUSED),
        honoured("callbacks").maps(&SENT_ITEM).but(PAYLOAD),
        honoured("pathItems").map(&PATH_ITEM),
        honoured("mediaTypes").map(&MEDIA_TYPE),
    ],
};

pub(super) static TAG: Object = Object {
    name: "Tag",
    rows: &[
        honoured("name"),
        ignored("summary", LABEL),
        documented("description", WORDS),
        ignored("externalDocs", LABEL),
        ignored("parent", "resources are not nested"),
        ignored("kind", UNUSED),
    ],
};

pub(super) static SERVER: Object = Object {
    name: "Server",
    rows: &[
        honoured("url"),
        ignored("description", LABEL),
        ignored("name", LABEL),
        honoured("variables").map(&SERVER_VARIABLE),
    ],
};

/// Any but the first of several.
pub(super) static FURTHER_SERVER: Object = Object {
    name: "Server",
    rows: &[
        ignored("url", "the first server is the base URL"),
        ignored("description", LABEL),
        ignored("name", LABEL),
        ignored("variables", "the first server is the base URL"),
    ],
};

pub(super) static SERVER_VARIABLE: Object = Object {
    name: "Server Variable",
    rows: &[
        ignored("enum", "the base URL has the defaults in it"),
        honoured("default"),
        ignored("description", LABEL),
    ],
};

pub(super) static PATH_ITEM: Object = Object {
    name: "Path Item",
    rows: &[
        honoured("$ref"),
        documented("summary", "where an operation has none"),
        documented("description", "where an operation has none"),
        honoured("servers").servers(),
        honoured("parameters").one(&PARAMETER),
        honoured("get").one(&OPERATION),
        honoured("put").one(&OPERATION),
        honoured("post").one(&OPERATION),
        honoured("delete").one(&OPERATION),
        honoured("options").one(&OPERATION),
        honoured("head").one(&OPERATION),
        honoured("patch").one(&OPERATION),
        honoured("trace").one(&OPERATION),
        ignored("query", "a method that cannot be generated"),
        ignored("additionalOperations", "methods that cannot be generated"),
    ],
};

pub(super) static OPERATION: Object = Object {
    name: "Operation",
    rows: &[
        honoured("tags"),
        documented("summary", WORDS),
        documented("description", WORDS),
        ignored("externalDocs", LABEL),
        honoured("operationId"),
        honoured("parameters").one(&PARAMETER),
        honoured("requestBody").one(&REQUEST_BODY),
        honoured("responses").map(&RESPONSE),
        honoured("callbacks").maps(&SENT_ITEM).but(PAYLOAD),
        honoured("deprecated"),
        honoured("security"),
        honoured("servers").servers(),
    ],
};

/// The path item of requests that the API sends.
pub(super) static SENT_ITEM: Object = Object {
    name: "Path Item",
    rows: &[
        honoured("$ref"),
        ignored("summary", RECEIVED),
        ignored("description", RECEIVED),
        ignored("servers", RECEIVED),
        ignored("parameters", RECEIVED),
        honoured("get").one(&SENT),
        honoured("put").one(&SENT),
        honoured("post").one(&SENT),
        honoured("delete").one(&SENT),
        honoured("options").one(&SENT),
        honoured("head").one(&SENT),
        honoured("patch").one(&SENT),
        honoured("trace").one(&SENT),
        ignored("query", "a method that cannot be generated"),
        ignored("additionalOperations", "methods that cannot be generated"),
    ],
};

/// A request that the API sends.
pub(super) static SENT: Object = Object {
    name: "Operation",
    rows: &[
        ignored("tags", RECEIVED),
        documented("summary", WORDS),
        documented("description", WORDS),
        ignored("externalDocs", LABEL),
        ignored("operationId", "its type is named by its key"),
        ignored("parameters", RECEIVED),
        honoured("requestBody").one(&SENT_BODY),
        ignored("responses", RECEIVED),
        ignored("callbacks", RECEIVED),
        documented("deprecated", WORDS),
        ignored("security", RECEIVED),
        ignored("servers", RECEIVED),
    ],
};

pub(super) static SENT_BODY: Object = Object {
    name: "Request Body",
    rows: &[
        honoured("content").map(&SENT_MEDIA_TYPE).but("what is JSON"),
        ignored("description", LABEL),
        ignored("required", RECEIVED),
    ],
};

pub(super) static SENT_MEDIA_TYPE: Object = Object {
    name: "Media Type",
    rows: &[
        honoured("schema").one(&SCHEMA),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
    ],
};

pub(super) static PARAMETER: Object = Object {
    name: "Parameter",
    rows: &[
        honoured("name"),
        honoured("in"),
        documented("description", WORDS),
        honoured("required"),
        honoured("deprecated"),
        ignored("allowEmptyValue", "an empty text can be sent in any case"),
        honoured("style"),
        honoured("explode"),
        honoured("allowReserved").but("in a query; `#[]&=+'` are encoded all the same"),
        honoured("schema").one(&SCHEMA),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
        honoured("content").map(&MEDIA_TYPE),
    ],
};

pub(super) static REQUEST_BODY: Object = Object {
    name: "Request Body",
    rows: &[
        documented("description", WORDS),
        honoured("content").map(&MEDIA_TYPE),
        honoured("required"),
    ],
};

pub(super) static MEDIA_TYPE: Object = Object {
    name: "Media Type",
    rows: &[
        honoured("schema").one(&SCHEMA),
        honoured("itemSchema").one(&SCHEMA),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
        ignored("encoding", "only forms have fields that are encoded"),
        ignored("prefixEncoding", PARTS),
        ignored("itemEncoding", PARTS),
    ],
};

/// The media type of a form that is sent.
pub(super) static FORM: Object = Object {
    name: "Media Type",
    rows: &[
        honoured("schema").one(&SCHEMA),
        ignored("itemSchema", "a form has fields, and no items"),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
        honoured("encoding").map(&ENCODING),
        ignored("prefixEncoding", PARTS),
        ignored("itemEncoding", PARTS),
    ],
};

pub(super) static ENCODING: Object = Object {
    name: "Encoding",
    rows: &[
        honoured("contentType").but("the first of several"),
        honoured("headers")
            .map(&PART_HEADER)
            .but("those of parts that have one value"),
        honoured("style"),
        honoured("explode"),
        honoured("allowReserved").but("in a URL-encoded form; `#[]&=+'` are encoded all the same"),
        ignored("encoding", NESTED),
        ignored("prefixEncoding", NESTED),
        ignored("itemEncoding", NESTED),
    ],
};

/// A header of a part.
pub(super) static PART_HEADER: Object = Object {
    name: "Header",
    rows: &[
        ignored("description", "it is sent without being asked for"),
        ignored("required", "it is sent without being asked for"),
        ignored("deprecated", "it is sent without being asked for"),
        ignored("allowEmptyValue", UNUSED),
        ignored("style", "there is one"),
        ignored("explode", "it is one text"),
        honoured("schema").one(&SCHEMA),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
        ignored("content", "it is one text"),
    ],
};

pub(super) static RESPONSE: Object = Object {
    name: "Response",
    rows: &[
        ignored("summary", LABEL),
        documented("description", WORDS),
        honoured("headers").map(&HEADER),
        honoured("content").map(&MEDIA_TYPE),
        ignored("links", UNUSED),
    ],
};

pub(super) static HEADER: Object = Object {
    name: "Header",
    rows: &[
        documented("description", WORDS),
        ignored("required", "what an answer does not have is `None`"),
        honoured("deprecated"),
        ignored("allowEmptyValue", UNUSED),
        ignored("style", "there is one"),
        honoured("explode"),
        honoured("schema").one(&SCHEMA),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
        honoured("content").map(&MEDIA_TYPE),
    ],
};

pub(super) static SECURITY_SCHEME: Object = Object {
    name: "Security Scheme",
    rows: &[
        honoured("type"),
        documented("description", WORDS),
        honoured("name"),
        honoured("in"),
        honoured("scheme"),
        ignored("bearerFormat", "any token is sent as it is"),
        honoured("flows").one(&FLOWS),
        ignored("openIdConnectUrl", TOKEN),
        ignored("oauth2MetadataUrl", TOKEN),
        ignored("deprecated", LABEL),
    ],
};

pub(super) static FLOWS: Object = Object {
    name: "OAuth Flows",
    rows: &[
        honoured("clientCredentials").one(&CLIENT_CREDENTIALS),
        ignored("authorizationCode", TOKEN),
        ignored("deviceAuthorization", TOKEN),
        ignored("implicit", TOKEN),
        ignored("password", TOKEN),
    ],
};

pub(super) static CLIENT_CREDENTIALS: Object = Object {
    name: "OAuth Flow",
    rows: &[
        honoured("tokenUrl"),
        ignored("refreshUrl", "tokens of this flow are fetched anew"),
        ignored("scopes", "those that operations require are asked for"),
    ],
};

/// What stands in the place of something else.
pub(super) static REFERENCE: Object = Object {
    name: "Reference",
    rows: &[
        honoured("$ref"),
        ignored("summary", "what is referred to has words of its own"),
        ignored("description", "what is referred to has words of its own"),
    ],
};

pub(super) static DISCRIMINATOR: Object = Object {
    name: "Discriminator",
    rows: &[
        honoured("propertyName"),
        honoured("mapping"),
        ignored("defaultMapping", "an unknown value is kept as it is"),
    ],
};

/// A schema, of every dialect.
pub(super) static SCHEMA: Object = Object {
    name: "Schema",
    rows: &[
        // What it is called, and what is said about it.
        honoured("title").but("the name of a type"),
        documented("description", WORDS),
        honoured("deprecated"),
        documented("default", "never sent"),
        ignored("example", EXAMPLE),
        ignored("examples", EXAMPLE),
        ignored("externalDocs", LABEL),
        ignored("$comment", UNUSED),
        // Which values there are.
        honoured("type"),
        honoured("nullable"),
        honoured("format"),
        honoured("enum"),
        honoured("const"),
        honoured("readOnly"),
        honoured("writeOnly"),
        ignored("xml", "XML is sent and answered as text"),
        // How they are made of others.
        honoured("$ref"),
        honoured("$dynamicRef").but("as a `$ref`"),
        honoured("$recursiveRef").but("as a `$ref`"),
        honoured("allOf").one(&SCHEMA),
        honoured("oneOf").one(&SCHEMA),
        honoured("anyOf").one(&SCHEMA),
        honoured("discriminator").one(&DISCRIMINATOR),
        honoured("properties").map(&SCHEMA).of("object"),
        honoured("required").of("object"),
        honoured("additionalProperties").one(&SCHEMA).of("object"),
        honoured("patternProperties")
            .map(&SCHEMA)
            .but("as additional properties; keys are not checked"),
        honoured("items").one(&SCHEMA).of("array"),
        honoured("prefixItems")
            .one(&SCHEMA)
            .but("as a list of any of these; the order is not checked"),
        honoured("contentEncoding").but("a file, where it is not in JSON"),
        honoured("contentMediaType").but("a file, where it is not in JSON"),
        honoured("contentSchema"),
        // What the server may insist on.
        documented("pattern", BY_SERVER).of("string"),
        documented("minLength", BY_SERVER).of("string"),
        documented("maxLength", BY_SERVER).of("string"),
        documented("minimum", BY_SERVER).of("number"),
        documented("maximum", BY_SERVER).of("number"),
        documented("exclusiveMinimum", BY_SERVER).of("number"),
        documented("exclusiveMaximum", BY_SERVER).of("number"),
        documented("multipleOf", BY_SERVER).of("number"),
        documented("minItems", BY_SERVER).of("array"),
        documented("maxItems", BY_SERVER).of("array"),
        documented("uniqueItems", BY_SERVER).of("array"),
        documented("minProperties", BY_SERVER).of("object"),
        documented("maxProperties", BY_SERVER).of("object"),
        ignored("not", UNTYPED),
        ignored("if", UNTYPED),
        ignored("then", UNTYPED),
        ignored("else", UNTYPED),
        ignored("dependentSchemas", UNTYPED),
        ignored("dependentRequired", UNTYPED),
        ignored("dependencies", UNTYPED),
        ignored("propertyNames", UNTYPED),
        ignored("contains", UNTYPED),
        ignored("minContains", "says nothing without `contains`"),
        ignored("maxContains", "says nothing without `contains`"),
        ignored("unevaluatedProperties", UNTYPED),
        ignored("unevaluatedItems", UNTYPED),
        ignored("additionalItems", UNTYPED),
        // Where it is.
        honoured("$id").but("as the target of references"),
        honoured("$anchor").but("as the target of references"),
        honoured("$dynamicAnchor").but("as the target of references"),
        honoured("$defs").map(&SCHEMA).but("where it is referred to"),
        honoured("definitions").map(&SCHEMA).but("where it is referred to"),
        ignored("id", "JSON Schema has `$id` since 2019"),
        ignored("$schema", "schemas are read as JSON Schema 2020-12"),
        ignored("$vocabulary", UNUSED),
        ignored("$recursiveAnchor", "`$recursiveRef` is read as a `$ref`"),
    ],
};

/// The objects of a document. Those that stand in another place than usual, under the same name, are not among them.
const OBJECTS: [&Object; 20] = [
    &ROOT,
    &INFO,
    &COMPONENTS,
    &TAG,
    &SERVER,
    &SERVER_VARIABLE,
    &PATH_ITEM,
    &OPERATION,
    &PARAMETER,
    &REQUEST_BODY,
    &MEDIA_TYPE,
    &ENCODING,
    &RESPONSE,
    &HEADER,
    &SECURITY_SCHEME,
    &FLOWS,
    &CLIENT_CREDENTIALS,
    &REFERENCE,
    &DISCRIMINATOR,
    &SCHEMA,
];

/// An object by its name.
pub fn object(name: &str) -> Option<&'static Object> {
    OBJECTS.into_iter().find(|object| object.name == name)
}

/// The row of a keyword of schemas.
pub(crate) fn keyword(key: &str) -> Option<&'static Row> {
    SCHEMA.row(key)
}

impl Row {
    /// The one type of values that a keyword of schemas says something about; number stands for integer too.
    pub(crate) const fn owner(&self) -> Option<&'static str> {
        self.owner
    }

    /// Whether a keyword restricts values in a way that is reported as lost.
    pub(crate) fn is_lost(&self) -> bool {
        self.why == UNTYPED
    }
}
