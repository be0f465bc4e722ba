//! `client.toml` and the command line, and whether what they say applies to the document.

use super::Example::{Client, Document, None};
use super::{Code, Entry, codes};

codes! { CONFIGURATION:
    CONFIG_MISSING_KEY = "config-missing-key", "client.toml lacks a key that it has to have" {
        "The crate needs a name, each `[[api]]` a document, each wait an operation, a method, a field and values. Where there
        are several APIs, each needs a module. Nothing is generated."
        Client("[[api.wait]]\noperation = \"getJob\"\n");
        "Add the key; the help says what it holds, and specs/README.md describes all of them."
    }

    CONFIG_UNKNOWN_KEY = "config-unknown-key", "client.toml has a key that is not known" {
        "The key is misspelled, stands in the wrong table, or goes with another `style` of pages. What it says would have no
        effect."
        Client("base_url = \"https://example.com\"\n");
        "Correct its spelling, or remove it; the help names the key that is closest, or all that the table has."
    }

    CONFIG_INVALID_VALUE = "config-invalid-value", "a value in client.toml will not do" {
        "It is of the right kind, but not what is asked for: no crate name, no version, no URL, no name in snake_case, a number
        that is too large."
        Client("dates = \"time\"\n");
        "Write what the help asks for."
    }

    CONFIG_WRONG_KIND = "config-wrong-kind", "a value in client.toml is of the wrong kind" {
        "A text is wanted where a number stands, a list where a text stands, and so on."
        Client("overlays = \"fixes.yaml\"\n");
        "Write a value of the kind that is named; a list of one item needs its brackets."
    }

    FILTER_UNMATCHED = "filter-unmatched", "a filter fits no operation" {
        "A pattern of `include` or `exclude` fits no operation: it is misspelled, or what it was for is gone. Patterns of
        `exclude` are held against what `include` leaves, and those of the command line against what client.toml leaves."
        Client("include = [\"tag:job\", \"path:/jobs\"]\n");
        "Correct the pattern, or remove it. Tags, paths and ids are compared with their capitals; `*` is any text without a
        slash, `**` any text."
    }

    FILTER_EXCLUDES_ALL = "filter-excludes-all", "the filters leave out every operation" {
        "Each pattern fits something, but together they leave nothing to make a client for."
        Client("exclude = [\"path:**\"]\n");
        "Include more, or exclude less."
    }

    FILTERED = "filtered", "filters leave out operations" {
        "Tells how many operations are generated where `include` or `exclude` leave some of them out. What only those need is
        left out as well."
        Client("exclude = [\"id:listJobs\"]\n");
        "Nothing needs to be done."
    }

    OPERATION_UNKNOWN = "operation-unknown", "client.toml names an operation that the document does not have" {
        "Operations are named by their operationId, or by `GET /path` where they have none. The entry does nothing, so it is
        out of date or misspelled."
        Client("[[api.retry.rule]]\noperations = [\"getJobs\"]\n");
        "Correct the name, or remove the entry."
    }

    CREDENTIAL_UNKNOWN = "credential-unknown", "client.toml names a security scheme that is not there" {
        "`[api.credentials.<scheme>]` belongs to a key under `components.securitySchemes`. The document has none of this name,
        or one that a client cannot send."
        Client("[api.credentials.key]\nenv = \"JOBS_KEY\"\n");
        "Use the name of a scheme of the document, or remove the entry."
    }

    CREDENTIAL_WITHOUT_CLIENT = "credential-without-client", "client.toml sets up a client of a scheme that knows of none" {
        "`[api.credentials.<scheme>.client]` is for schemes of type `oauth2` with the flow `clientCredentials`: only they say where
        the client's id and secret are changed for a token."
        Client("[api.credentials.token.client]\nmethod = \"service_account\"\n");
        "Remove the table, or add the flow in an overlay."
    }

    SECRET_FIELD_UNKNOWN = "secret-field-unknown", "client.toml hides a field that is not there" {
        "`secret-fields` lists what `Debug` does not show, as the type is finally named and the key is called in the JSON. A
        field that is not found is not hidden."
        Client("secret-fields = [\"Job.password\"]\n");
        "Correct the name, or remove it."
    }

    RENAME_UNUSED = "rename-unused", "a rename applies to nothing" {
        "The key of a rename is a name that the generator gives. It gives this one to nothing: the document has changed, or
        the name is misspelled."
        Client("[api.rename.types]\nTask = \"Work\"\n");
        "Remove the entry, or write the name as it is in the crate that is generated without it."
    }

    RENAME_MALFORMED = "rename-malformed", "a rename gives a name that Rust does not allow" {
        "The new name is no identifier, or a keyword; for an operation it is a resource and a method with a dot in between. The
        rename is not applied. In a client.toml this is `config-invalid-value` already; the code is for configurations that
        a program makes."
        None;
        "Use letters, digits and underscores, and no keyword."
    }

    NAME_COLLISION = "name-collision", "two things would have one name" {
        "Rust allows no two types, methods, fields or variants of one name in one place, and names that differ only by case are
        kept apart as well. One of them has got a number or a longer name, which may change when the document does."
        Document(
            "paths: { /a: { get: { tags: [ pets ], operationId: list-pets, responses: {} } }, /b: { get: { tags: [ pets ], \
             operationId: listPets, responses: {} } } }"
        );
        "Settle it with the line of client.toml that the help gives."
    }

    TOO_MANY_FEATURES = "too-many-features", "a feature for each resource would be more than a registry allows" {
        "Where a document has many operations, or client.toml asks for it (`resource-features = true`), each resource is a
        feature of the crate. A registry takes no crate with more than 300. Where client.toml asks for them, nothing is
        generated; otherwise the resources have no features, so that all of them are always compiled. Where several APIs of one
        crate have too many together, the crate is generated, but no registry takes it."
        None;
        "Leave operations out, bring resources together by `[api.rename.operations]`, or write `resource-features = false`."
    }

    WAITER_OPERATION = "waiter-operation", "an operation cannot be waited for" {
        "`[[api.wait]]` calls the operation again and again and looks at a field of its answer. That takes one answer that is a
        JSON object for every success, and no file that is sent."
        Client("[[api.wait]]\noperation = \"stopJob\"\nmethod = \"wait\"\nfield = \"status\"\nuntil = [\"DONE\"]\n");
        "Name the operation that reads the state, or correct its answers in an overlay."
    }

    WAITER_FIELD_UNKNOWN = "waiter-field-unknown", "a wait looks at a field that is not there" {
        "`field` is a key of the operation's answer, as it is called in the JSON. The answer has none of this name."
        Client("[[api.wait]]\noperation = \"getJob\"\nmethod = \"wait\"\nfield = \"state\"\nuntil = [\"DONE\"]\n");
        "Correct the name, or remove the entry."
    }

    WAITER_FIELD_KIND = "waiter-field-kind", "a wait looks at a field that is no text" {
        "A wait ends where the field has one of several texts. Numbers, booleans and objects cannot be waited for."
        Client("[[api.wait]]\noperation = \"getJob\"\nmethod = \"wait\"\nfield = \"progress\"\nuntil = [\"100\"]\n");
        "Name a field that holds text, or correct its type in an overlay."
    }

    WAITER_VALUE_UNKNOWN = "waiter-value-unknown", "a wait ends with a value that the field cannot have" {
        "The field's `enum` does not list the value, so that the wait would never end with it."
        Client("[[api.wait]]\noperation = \"getJob\"\nmethod = \"wait\"\nfield = \"status\"\nuntil = [\"FINISHED\"]\n");
        "Use one of the values that the document lists. If the API has this one, too, add it to the `enum` in an overlay."
    }

    WAITER_METHOD_TAKEN = "waiter-method-taken", "a wait has the name of another method" {
        "The method stands beside the operation that it waits for, where a rename or another wait gives its name to a method
        already. (Names that the generator makes give way.)"
        Client("[api.rename.operations]\nstopJob = \"jobs.wait\"\n[[api.wait]]\noperation = \"getJob\"\nmethod = \"wait\"\nfield = \"status\"\nuntil = [\"DONE\"]\n");
        "Choose another name, such as `wait_until_done`."
    }

    PAGES_IMPOSSIBLE = "pages-impossible", "an operation has no pages" {
        "A list in pages takes one answer in JSON for every success that is never null, and a body, if any, into which a cursor
        can be put."
        Client("[[api.paginate]]\noperations = [\"stopJob\"]\nstyle = \"link\"\n");
        "Remove the operation from the entry, or correct its answers in an overlay."
    }

    PAGES_FIELD_UNKNOWN = "pages-field-unknown", "pages are described by a field that is not there" {
        "`items`, `next`, `has-more`, `total` and `item-cursor` are fields of the answer, with the keys on the way to them and
        dots in between: `meta.next`. There is no such field."
        Client("[[api.paginate]]\noperations = [\"listJobs\"]\nstyle = \"cursor\"\nparameter = \"cursor\"\nnext = \"meta.next\"\nitems = \"jobs\"\n");
        "Correct the path, or remove the key."
    }

    PAGES_FIELD_KIND = "pages-field-kind", "pages are described by a field of the wrong kind" {
        "`items` is a list, `has-more` a boolean, `total` a number, and a cursor is text or a number as its parameter is."
        Client("[[api.paginate]]\noperations = [\"listJobs\"]\nstyle = \"cursor\"\nparameter = \"cursor\"\nnext = \"next\"\nitems = \"next\"\n");
        "Name another field, or correct its type in an overlay."
    }

    PAGES_PARAMETER_UNKNOWN = "pages-parameter-unknown", "pages are asked for by a parameter that is not there" {
        "`parameter` is a parameter of the operation, or a field of its body, as it is called in the document. There is none of
        this name."
        Client("[[api.paginate]]\noperations = [\"listJobs\"]\nstyle = \"cursor\"\nparameter = \"after\"\nnext = \"next\"\nitems = \"jobs\"\n");
        "Correct the name, or remove the entry."
    }
}
