//! Schemas, and the types that are made of them.

use super::Example::{None, Schema};
use super::{Code, Entry, codes};

codes! { SCHEMAS:
    TOO_DEEP = "too-deep", "schemas stand too deep in one another" {
        "More than 64 schemas are written one inside the other. The innermost allows anything."
        None;
        "Give inner schemas names under `components.schemas` and refer to them."
    }

    UNKNOWN_TYPE = "unknown-type", "a schema has a type that is none" {
        "Types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, since OpenAPI 3.1, `null`. What is meant
        beyond doubt (`int`, `str`, `date`) is taken for that; otherwise any value is allowed."
        Schema("{ type: money }");
        "Write one of the types. What kind of text or number it is belongs into `format`."
    }

    KEYWORD_WITHOUT_EFFECT = "keyword-without-effect", "a keyword does not concern the type beside it" {
        "`properties` says nothing of a string, nor `items` of an object. JSON Schema ignores such a keyword, and so does
        the client; most likely it is the `type` that is wrong."
        Schema("{ type: string, properties: { name: { type: string } } }");
        "Correct the `type`, or remove the keyword."
    }

    UNKNOWN_KEYWORD = "unknown-keyword", "a schema has a keyword that is not JSON Schema's" {
        "The keyword changes nothing of the type; it is shown in the documentation of the field. Mostly it is misspelled
        (`enums`), indented wrongly, or another tool's (`ge`). It is reported once for each keyword."
        Schema("{ type: integer, ge: 1 }");
        "Correct its spelling or its indentation, or begin it with `x-`."
    }

    UNSUPPORTED_KEYWORD = "unsupported-keyword", "a keyword says what no Rust type can say" {
        "`if`, `not`, `dependentSchemas` and their like restrict values that types cannot tell apart. The type allows more than
        the schema does, and the server checks what is sent to it. It is reported once for each keyword."
        Schema("{ type: object, propertyNames: { pattern: '^[a-z]+$' } }");
        "Nothing needs to be done. `clientsmith keywords` lists where such keywords stand."
    }

    REF_SIBLINGS = "ref-siblings", "a keyword beside a $ref has no effect in OpenAPI 3.0" {
        "In 3.0 a reference stands alone, and what is beside it is ignored (but for words of documentation, which are kept).
        In 3.1 both count."
        super::Example::File(
            "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Name: { type: string }\n    \
             Nickname: { $ref: '#/components/schemas/Name', maxLength: 20 }\n"
        );
        "Combine the two with `allOf`, or use OpenAPI 3.1."
    }

    REQUIRED_UNDECLARED = "required-undeclared", "a required property is not declared" {
        "`required` lists a name that `properties` does not have. The type has a field for it that takes any JSON."
        Schema("{ type: object, required: [ nam ], properties: { name: { type: string } } }");
        "Declare it under `properties`, or correct its name."
    }

    TUPLE = "tuple", "a tuple is read as a list" {
        "`prefixItems` (or a list under `items`) gives each place of an array a schema of its own. The client has a list whose
        items may be any of these, so the order is not checked."
        Schema("{ type: array, prefixItems: [ { type: string }, { type: integer } ] }");
        "Nothing needs to be done."
    }

    EMPTY_COMPOSITION = "empty-composition", "a composition has no schemas" {
        "`allOf`, `oneOf`, `anyOf` and `prefixItems` list at least one schema. This one lists none, and is ignored."
        Schema("{ oneOf: [] }");
        "List at least one schema, or remove the keyword."
    }

    EMPTY_ENUM = "empty-enum", "an enum allows no value" {
        "`enum` lists nothing, or nothing that is of the schema's type. It is ignored, so that the type alone counts."
        Schema("{ type: integer, enum: [ one, two ] }");
        "List the values, or correct the `type`."
    }

    ENUM_VALUE = "enum-value", "an enum lists a value of another type" {
        "The schema's type does not allow the value. One that is meant beyond doubt (1 among texts) is read as the type
        wants it; any other is ignored."
        Schema("{ type: string, enum: [ small, 1 ] }");
        "Correct the `type`, or the quotes around the value."
    }

    ENUM_DUPLICATE = "enum-duplicate", "an enum lists a value twice" {
        "The value counts once."
        Schema("{ type: string, enum: [ small, small ] }");
        "Remove one of them."
    }

    ENUM_OF_ARRAY = "enum-of-array", "an array's enum lists values of its items" {
        "`enum` beside `type: array` would list whole arrays. The values are none, so they are read as those of the items."
        Schema("{ type: array, items: { type: string }, enum: [ small, large ] }");
        "Put `enum` into `items`."
    }

    MIXED_ENUM = "mixed-enum", "an enum mixes values of several kinds" {
        "Texts, numbers and others stand in one list without a type, and no Rust enum is all of them. The values stay untyped
        JSON."
        Schema("{ enum: [ auto, 1, true ] }");
        "Split it in an overlay: an `anyOf` with an `enum` for each kind."
    }

    UNRESOLVED_MAPPING = "unresolved-mapping", "a discriminator maps to a schema that is not there" {
        "A `mapping` leads from a value of the discriminator to a schema, by reference or by name. This one leads nowhere; the
        value is ignored."
        Schema("{ type: object, discriminator: { propertyName: kind, mapping: { dog: Dog } } }");
        "Map it to a schema of the document, or remove it."
    }

    UNION_BY_TRIAL = "union-by-trial", "nothing tells the alternatives of a union apart" {
        "Alternatives are told apart by their JSON kind, a discriminator, a property with one value, or keys that only one
        requires. These have none of that. The client tries them and takes the one that would write most of the value
        again, of several the most demanding: that is right unless two of them fit the same value in every part."
        Schema("{ oneOf: [ { type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } } ] }");
        "Give the alternatives a property with one value each, or a `discriminator`, in an overlay. Otherwise nothing needs
        to be done."
    }

    ALL_OF_CONTRADICTION = "all-of-contradiction", "no value fits an allOf" {
        "The parts contradict each other: a text that is a number as well, an `enum` without a common value. The last part
        counts where it can, else the value stays untyped JSON."
        Schema("{ allOf: [ { type: string }, { type: integer } ] }");
        "Correct the schema in an overlay."
    }

    ALL_OF_TOO_LARGE = "all-of-too-large", "merging an allOf makes too much" {
        "Each alternative of a part is combined with each of the others, and so are the properties that they share; and what
        extends a type has all that it has. Here this goes beyond what any crate could hold; the value stays untyped JSON."
        None;
        "Write out in an overlay what the value looks like."
    }

    UNION_TOO_LARGE = "union-too-large", "unions of unions have too many alternatives" {
        "A union that is an alternative of another gives it its own alternatives. Here this goes beyond what any crate could
        hold; the value stays untyped JSON."
        None;
        "Write out in an overlay what the value looks like."
    }

    ENDLESS_TYPE = "endless-type", "a schema contains itself with nothing in between" {
        "An array of itself, or a map of itself, has no finite type: a cycle needs an object or a union on its way. The
        values stay untyped JSON."
        super::Example::Document(
            "paths: { /trees: { get: { responses: { '200': { description: A tree., content: { application/json: { schema: { $ref: \
             '#/components/schemas/Tree' } } } } } } } }\ncomponents: { schemas: { Tree: { type: array, items: { $ref: \
             '#/components/schemas/Tree' } } } }"
        );
        "Put an object in between, if that is what is meant."
    }
}
