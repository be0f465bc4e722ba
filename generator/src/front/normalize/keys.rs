//! The keys in which what OpenAPI 3.0 has no word for travels from here to `front::lower`.
//!
//! Knows their names and their meaning only. A document never brings them along: [`PREFIX`] is reserved, and a key that
//! begins with it is removed and reported.

/// What all of them begin with.
pub const PREFIX: &str = "x-clientsmith-";

/// On a component: `true`. It stood elsewhere in the document, was referred to there, and got its name here, so the
/// name is nothing that the author chose.
pub const HOISTED: &str = "x-clientsmith-hoisted";

/// On a schema: `true`. It is `allOf` of one `$ref`, and beside it nothing but annotations and `nullable`: the same
/// type as the one referred to, with other words about it.
pub const ANNOTATED_REF: &str = "x-clientsmith-annotated-ref";

/// On a schema whose `enum` has one value: `true`. It was written as `const`.
pub const CONST: &str = "x-clientsmith-const";

/// On a schema: `true`. It allows `null` and nothing else. `nullable: true` stands beside it.
pub const NULL: &str = "x-clientsmith-null";

/// On a schema: an object from keyword to text. Bounds that 3.0's schema cannot hold (`minimum: 0.5` of an integer, a
/// `maximum` beyond 64 bits), as they are written.
pub const BOUNDS: &str = "x-clientsmith-bounds";

/// On a schema: an object from keyword to value. Keywords that are not JSON Schema's (`ge`, `le`): for documentation.
pub const KEYWORDS: &str = "x-clientsmith-keywords";

/// On a media type: a reference, as text, to the schema of each item of a streamed body (3.2's `itemSchema`).
pub const ITEM_SCHEMA: &str = "x-clientsmith-item-schema";

/// On a schema of text: a reference, as text, to the schema of the JSON that the text holds (`contentSchema`).
pub const CONTENT_SCHEMA: &str = "x-clientsmith-content-schema";

/// On the document: a list of the requests that the API sends, webhooks and callbacks, each an object with `name`,
/// `method`, the `operation` that it is a callback of, `summary`, `description`, `deprecated` and, as `schema`, a
/// reference to the schema of its body.
pub const INCOMING: &str = "x-clientsmith-incoming";

/// On a discriminator: a reference, as text, to the schema that is meant where no mapping fits (3.2's
/// `defaultMapping`).
pub const DEFAULT_MAPPING: &str = "x-clientsmith-default-mapping";
