//! The document: its objects other than schemas.

use super::Example::{Document, File, None, Operation};
use super::{Code, Entry, codes};

codes! { DOCUMENT:
    NOT_OPENAPI = "not-openapi", "the file is no OpenAPI document" {
        "The file can be read, but it is no object, or it has neither `openapi` nor `swagger` at its top. Nothing is generated."
        File("title: Pets\n");
        "Give the OpenAPI document. It begins with `openapi:` and the version that it follows."
    }

    UNKNOWN_VERSION = "unknown-version", "the document is of a version of OpenAPI that is not known" {
        "OpenAPI 3.0, 3.1 and 3.2 can be read, and Swagger 2.0. A later 3.x is read as 3.2, with a warning; anything else is an error, and nothing is
        generated."
        File("openapi: 4.0.0\ninfo: { title: Pets, version: '1' }\n");
        "Write the version that the document follows, with quotes around it if YAML would take it for a number."
    }

    MISSING_KEY = "missing-key", "an object lacks a key that it cannot be without" {
        "OpenAPI requires the key. What can be guessed is: an `info` without a title is called API. Everything else is left
        out with the object: a server without `url`, a request body without a media type, a security scheme without `type`."
        Document("servers: [ { description: The only one. } ]");
        "Add the key that is named."
    }

    MALFORMED_VALUE = "malformed-value", "a value is of the wrong kind" {
        "OpenAPI wants text here, or a list, an object, a boolean or a number, and the document has something else. What is
        meant beyond doubt is read as that (`'true'` is true, 5 is \"5\"); otherwise the value counts as absent."
        Operation("{ deprecated: 'yes', responses: {} }");
        "Write a value of the kind that is named, or leave it out."
    }

    UNKNOWN_KEY = "unknown-key", "an object has a key that OpenAPI does not give it" {
        "Nothing reads the key, so what it says is not in the client. Mostly it is misspelled, indented too much or too little,
        or of another version of OpenAPI. It is reported once for each object and key."
        Operation("{ produces: [ application/json ], responses: {} }");
        "Correct its spelling or its indentation. A key of your own begins with `x-`."
    }

    RESERVED_KEY = "reserved-key", "an extension has a name that the generator keeps for itself" {
        "Keys that begin with `x-clientsmith-` carry what the generator finds out from one of its stages to the next. One in
        the document is ignored."
        Operation("{ x-clientsmith-note: mine, responses: {} }");
        "Give the extension another name."
    }

    SKIPPED = "skipped", "a webhook or callback sends nothing that there is a type for" {
        "Webhooks and callbacks describe requests that the API makes. What they send in JSON gets a type; there is none for a body of
        another kind, or without a schema."
        Document("webhooks: { newPet: { post: { responses: {} } } }");
        "Describe the body under `application/json`, if there is one. Otherwise nothing needs to be done."
    }

    NO_OPERATIONS = "no-operations", "the document has no operations" {
        "`paths` is empty or absent, or everything in it had to be left out; the client can call nothing."
        Document("paths: {}");
        "Describe what the API offers under `paths`. If that is there, see to the errors first."
    }

    INTERNAL_NORMALIZE = "internal-normalize", "a part could not be brought to OpenAPI 3.0" {
        "The generator repairs what documents get wrong and then reads the result as OpenAPI 3.0. Something of this part has
        survived the repairs that should not have; the path or schema is left out. This is a defect of the generator."
        None;
        "Report it, with this part of the document."
    }

    PATH_WITHOUT_SLASH = "path-without-slash", "a path does not begin with a slash" {
        "Paths are appended to the server's URL and begin with `/`. One is put before this; where the same path is there with a
        slash, that one is taken and this one is left out."
        Document("paths: { pets: { get: { responses: {} } } }");
        "Begin the path with `/`."
    }

    MALFORMED_PATH = "malformed-path", "a path is no object" {
        "Under a path stands an object with an operation for each method. This one is something else, and left out."
        Document("paths: { /pets: [ get ] }");
        "Write the operations as an object, or remove the path."
    }

    MALFORMED_METHOD = "malformed-method", "a method is not written in lower case" {
        "OpenAPI's keys for methods are in lower case: `get`. The operation is read all the same."
        Document("paths: { /pets: { GET: { responses: {} } } }");
        "Write the method in lower case; many other tools overlook it otherwise."
    }

    UNSUPPORTED_METHOD = "unsupported-method", "an operation has a method that cannot be generated" {
        "OpenAPI 3.2 knows the method `query`, and others under `additionalOperations`. Clients cannot send them by a method of
        their own yet; the operation is left out."
        Document("paths: { /pets: { query: { responses: {} } } }");
        "Offer another method. A client can send any request by `client.request(method, path)`."
    }

    MALFORMED_OPERATION = "malformed-operation", "an operation is no object" {
        "Under a method stands an object with at least `responses`. This one is something else, and left out."
        Document("paths: { /pets: { get: listPets } }");
        "Write the operation as an object, or remove it."
    }

    DUPLICATE_OPERATION_ID = "duplicate-operation-id", "two operations have one operationId" {
        "Ids are unique in a document: methods are named after them, and `client.toml` speaks of operations by them. The first
        keeps the id; the other is called by its method and path."
        Document("paths: { /a: { get: { operationId: list, responses: {} } }, /b: { get: { operationId: list, responses: {} } } }");
        "Give each operation an id of its own."
    }

    RESPONSES_MISSING = "responses-missing", "an operation declares no responses" {
        "OpenAPI requires `responses`. Without them the client cannot know what a call answers: a success answers nothing."
        Document("paths: { /pets: { get: { operationId: listPets } } }");
        "Declare at least the response of a success."
    }

    PATH_PARAMETER_UNDECLARED = "path-parameter-undeclared", "a name in a path's braces is not declared" {
        "Each `{name}` in a path needs a parameter with `in: path`. The client takes a text for it."
        Document("paths: { '/pets/{id}': { get: { responses: {} } } }");
        "Declare the parameter in the operation, or once for the path."
    }

    PATH_PARAMETER_UNUSED = "path-parameter-unused", "a path parameter does not stand in the path" {
        "The parameter says `in: path`, but the path has no braces with its name: it could not be sent. It is left out."
        Document("paths: { /pets: { get: { parameters: [ { name: id, in: path, required: true, schema: {} } ], responses: {} } } }");
        "Put the name into the path, in braces, or remove the parameter. Both are spelled alike, capitals included."
    }

    PATH_PARAMETER_OPTIONAL = "path-parameter-optional", "a path parameter is not required" {
        "Without its value there would be no path, so OpenAPI wants `required: true`. The client requires it in any case."
        Operation("{ parameters: [ { name: id, in: path, schema: { type: string } } ], responses: {} }");
        "Write `required: true`."
    }

    DUPLICATE_PARAMETER = "duplicate-parameter", "a parameter is declared twice" {
        "No two parameters of an operation have the same name and place. The first is kept."
        Operation("{ parameters: [ { name: q, in: query, schema: {} }, { name: q, in: query, schema: {} } ], responses: {} }");
        "Remove one of them. To replace a parameter of the path, declare it in the operation, and there once."
    }

    MALFORMED_PARAMETER = "malformed-parameter", "a parameter cannot be sent" {
        "The parameter is no object, has no name, or has a name that HTTP does not allow for a header. It is left out."
        Operation("{ parameters: [ { name: X Key, in: header, schema: { type: string } } ], responses: {} }");
        "Give it a name; those of headers have letters, digits and `-`."
    }

    PARAMETER_LOCATION = "parameter-location", "a parameter stands where none can" {
        "`in` is `query`, `header`, `path` or `cookie`. Bodies and forms are no parameters since OpenAPI 3. A whole query string
        (`in: querystring`, OpenAPI 3.2) is not supported. The parameter is left out."
        Operation("{ parameters: [ { name: pet, in: body, schema: { type: object } } ], responses: {} }");
        "Use one of the four places. What stands `in: body` or `in: formData` belongs into `requestBody`."
    }

    PARAMETER_STYLE = "parameter-style", "a parameter has a style that its place does not allow" {
        "Paths have `simple`, `label` and `matrix`, queries and forms `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`,
        headers `simple` and cookies `form`. The default of the place is used."
        Operation("{ parameters: [ { name: q, in: query, style: simple, schema: { type: string } } ], responses: {} }");
        "Use a style of the place, or none."
    }

    PARAMETER_WITHOUT_SCHEMA = "parameter-without-schema", "a parameter has no schema" {
        "Either `type` stands beside the name, as in Swagger 2.0: then it is read as if it stood in `schema`. Or neither
        `schema` nor `content` is there: then the client takes any value."
        Operation("{ parameters: [ { name: limit, in: query, type: integer } ], responses: {} }");
        "Put the type and what belongs to it into `schema`."
    }

    PARAMETER_CONTENT = "parameter-content", "a parameter is described more than once" {
        "A parameter has either `schema`, or `content` with one media type. Of both, `schema` counts; of several media
        types, the first."
        Operation("{ parameters: [ { name: q, in: query, schema: {}, content: { application/json: {} } } ], responses: {} }");
        "Keep one description."
    }

    MALFORMED_STATUS = "malformed-status", "a response is declared under no status, or twice" {
        "Responses stand under a status (`200`), a class (`2XX`) or `default`. One under anything else is left out, and so is
        the second of two that mean the same."
        Operation("{ responses: { ok: { description: Done. } } }");
        "Write the status that the API answers with."
    }

    SECURITY_UNDECLARED = "security-undeclared", "a security requirement names a scheme that is not there" {
        "Schemes are declared under `components.securitySchemes`. The alternative that needs this one is left out: the client
        has no credential to send for it."
        Operation("{ security: [ { key: [] } ], responses: {} }");
        "Declare the scheme, or correct the name."
    }

    UNSUPPORTED_SECURITY_SCHEME = "unsupported-security-scheme", "a security scheme is none that clients can follow" {
        "Clients send API keys, `bearer` and `basic`, and the tokens of OAuth 2 and OpenID Connect. Mutual TLS and other HTTP
        schemes are left out, with the requirements that need them."
        Document("components: { securitySchemes: { tls: { type: mutualTLS } } }");
        "Offer another scheme, or give the client an HTTP client or a transport of your own that does what is needed."
    }

    EXTERNAL_REF = "external-ref", "a $ref points out of the document" {
        "Relative paths to files of YAML or JSON are followed. What is at an address on the network, below the root of a file
        system, or in a file of another kind is not read."
        Document("paths: { /pets: { $ref: 'https://example.com/pets.yaml#/get' } }");
        "Save what is meant in a file, and refer to it by its path, relative to the file where the reference stands."
    }

    MISPLACED_REF = "misplaced-ref", "a $ref stands where OpenAPI has none" {
        "What it leads to in another file is put in its place, once and for all. Other tools may refuse such a document."
        None;
        "Nothing has to be done. To be safe with other tools, write out what is referred to."
    }

    RENAMED_COMPONENT = "renamed-component", "two things of several files have one name" {
        "What is referred to in other files is named by the end of the reference: its fragment, or the file's own name. Where two
        have one name, the later one gets a number."
        None;
        "Give one of them another name, or name it under the document's `components`."
    }

    UNRESOLVED_REF = "unresolved-ref", "a $ref points to nothing, or to something else than is wanted" {
        "Nothing stands where the reference points, or it is a parameter where a schema is wanted. A schema in its place
        allows anything; other parts are left out."
        Document("components: { schemas: { Owner: { properties: { pet: { $ref: '#/components/schemas/Pet' } } } } }");
        "Define what it points to, or correct the reference. `/` in a key is written `~1`, and `~` is `~0`."
    }

    REF_CYCLE = "ref-cycle", "references lead back to themselves" {
        "Nothing but references, or references and `allOf`, lie on the way from a part back to itself, so that it says
        nothing of what it is. The reference that closes the cycle is dropped. (Schemas that contain themselves through
        `properties` or `items` are fine.)"
        Document("components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }");
        "Define one of them by something else than the others."
    }

    SERVER_RELATIVE = "server-relative", "a server's URL is not absolute" {
        "It is relative to where the document was fetched from, which the generator does not know. The server is not among
        those of the client; where there is no other, users of the client have to say where the API is."
        Document("servers: [ { url: /v1 } ]");
        "Give `base-url` in client.toml, correct the URL in an overlay, or leave it to the users."
    }
}
