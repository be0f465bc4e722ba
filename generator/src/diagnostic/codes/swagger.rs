//! Swagger 2.0: what cannot be said in OpenAPI 3's words as it stands.

use super::Example::{File, None};
use super::{Code, Entry, codes};

codes! { SWAGGER:
    MIXED_DIALECTS = "mixed-dialects", "a document refers to a file of another specification" {
        "All files are read as the document is, and Swagger 2.0 and OpenAPI 3 keep and describe things in different ways."
        None;
        "Convert one of them, so that both follow the same specification."
    }

    COLLECTION_FORMAT = "collection-format", "a list is joined in a way that OpenAPI 3 has no word for" {
        "`collectionFormat` says how the values of a list become one text. OpenAPI 3 has fewer ways for fewer places, and none for
        lists of lists. Such a list is an argument of type text."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\npaths: { /pets: { get: { parameters: [ { name: ids, in: query, type: array, items: { type: string }, collectionFormat: tsv } ], responses: { '200': { description: ok } } } } }\n");
        "Join the values by hand, or use `csv` or `multi` if the API takes that, too."
    }

    BODY_PARAMETER = "body-parameter", "an operation has more than one body" {
        "A request has one body: a parameter that is `in: body`, or the fields of a form. The first of several is kept, and a form
        gives way."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\npaths: { /pets: { post: { consumes: [ application/json ], parameters: [ { name: a, in: body, schema: { type: object } }, { name: b, in: body, schema: { type: object } } ], responses: { '204': { description: ok } } } } }\n");
        "Describe one body that holds all."
    }

    ASSUMED_MEDIA_TYPE = "assumed-media-type", "nothing says what a body is in" {
        "Without `consumes` or `produces` a body is taken for JSON, a form for one that is URL-encoded, or for parts where it has a
        file, and an answer that is a file for bytes."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\npaths: { /pets: { get: { responses: { '200': { description: ok, schema: { type: object } } } } } }\n");
        "Add `consumes` and `produces` to the document or to the operation."
    }

    ASSUMED_SCHEME = "assumed-scheme", "nothing says by which scheme the host is called" {
        "The base URL is made of `schemes`, `host` and `basePath`. Without `schemes` it begins with `https`."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\nhost: pets.example.com\npaths: { /pets: { get: { responses: { '200': { description: ok } } } } }\n");
        "Add `schemes: [https]`."
    }

    UNSUPPORTED_SCHEME = "unsupported-scheme", "a client cannot call by a scheme" {
        "`ws` and `wss` are for other connections than those of a client of HTTP. They are ignored."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\nhost: pets.example.com\nschemes: [ wss, https ]\npaths: { /pets: { get: { responses: { '200': { description: ok } } } } }\n");
        "List `https` among the schemes."
    }

    UNUSED_SCHEMES = "unused-schemes", "an operation has schemes and no host" {
        "`schemes` of an operation change how the document's `host` is called. Where there is none they say nothing."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\npaths: { /pets: { get: { schemes: [ http ], responses: { '200': { description: ok } } } } }\n");
        "Add `host` to the document."
    }

    UNKNOWN_FLOW = "unknown-flow", "a flow of OAuth 2 is none of Swagger 2.0's" {
        "The flows are `implicit`, `password`, `application` and `accessCode`. With another one the client takes a token that the user
        brings."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\nsecurityDefinitions: { token: { type: oauth2, flow: device, scopes: {} } }\npaths: { /pets: { get: { security: [ { token: [] } ], responses: { '200': { description: ok } } } } }\n");
        "Use one of these flows."
    }

    UNUSED_EXAMPLE = "unused-example", "an example is in a media type that the answer does not have" {
        "`examples` of a response are listed by media type. One that is not under `produces`, or stands beside no `schema`, says nothing
        of the answer."
        File("swagger: '2.0'\ninfo: { title: Pets, version: '1' }\nproduces: [ application/json ]\npaths: { /pets: { get: { responses: { '200': { description: ok, schema: { type: object }, examples: { text/plain: a } } } } } }\n");
        "List the media type under `produces`, and give the response a `schema`."
    }
}
