//! Files that are read: text, JSON, YAML and TOML.

use super::Example::{Document, File, None};
use super::{Code, Entry, codes};

codes! { SOURCES:
    NOT_UTF8 = "not-utf8", "the file is not UTF-8 text" {
        "Documents, overlays and configurations are text in UTF-8. The file has other bytes from the reported place on, as
        files in UTF-16 or Latin-1 have; nothing of it is read."
        None;
        "Save the file as UTF-8."
    }

    MALFORMED_JSON = "malformed-json", "the file is not JSON" {
        "The file begins with `{` or `[`, so it is read as JSON by RFC 8259: without comments, without a comma after the
        last item, with texts in double quotes. Nothing of it is read."
        File("{ \"openapi\": \"3.1.0\", }");
        "Correct the place that is reported. If the file is YAML that is written in braces, put a line `---` before it."
    }

    MALFORMED_YAML = "malformed-yaml", "the file is not YAML, or not what JSON could say" {
        "Indentation, quotes or brackets do not fit at the reported place or shortly before, or the file is empty: then nothing
        of it is read. The code is used as well for what YAML allows and JSON has no word for: a key that is a list, an
        alias inside its own anchor, a `<<` of something that has no keys."
        File("openapi: 3.1.0\ninfo: { title: Pets, version: '1'\npaths: {}\n");
        "Correct the place that is reported; look at the lines before it as well."
    }

    MALFORMED_TOML = "malformed-toml", "the client.toml is not TOML" {
        "The configuration does not follow https://toml.io. All mistakes are reported, and nothing is generated."
        None;
        "Correct the places that are reported."
    }

    DUPLICATE_KEY = "duplicate-key", "an object has a key twice" {
        "Of two entries with one key, the last one counts and the other is as good as absent. Mostly this is a part of a
        document that was pasted twice."
        File("openapi: 3.1.0\ninfo: { title: Pets, title: Cats, version: '1' }\n");
        "Keep one of the two; the help names the line of the other."
    }

    UNREPRESENTABLE_NUMBER = "unrepresentable-number", "a number is none that JSON can express" {
        "YAML knows `.inf` and `.nan`, and JSON and YAML allow numbers beyond a float of 64 bits. Such a value is read as the
        text that is written."
        File("openapi: 3.1.0\ninfo: { title: Pets, version: .nan }\n");
        "Write a finite number, or quotes around it if it is meant as text."
    }

    CONTROL_CHARACTER = "control-character", "a text in JSON has a raw control character" {
        "RFC 8259 wants line breaks and tabs in texts as escapes. The text is read as it stands, but most other readers of
        JSON refuse the file."
        File("{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Pets\n\", \"version\": \"1\"}}");
        "Write `\\n` for a line break and `\\t` for a tab."
    }

    NESTING_TOO_DEEP = "nesting-too-deep", "values or types stand too deep in one another" {
        "As an error: arrays and objects of the file lie more than 512 deep in one another, and the file is not read. As a
        warning: a chain of types that hold each other by value is so long that rustc would give up on it; the value at
        the reported place stays untyped JSON."
        None;
        "Give inner parts names under `components` and refer to them by `$ref`. For the warning nothing has to be done."
    }

    FILE_TOO_LARGE = "file-too-large", "a file is larger than any that is meant seriously" {
        "Files are read up to 64 MiB and two million values, which is several times as much as the largest APIs need: what is
        made of a file takes many times its size in memory. Nothing of the file is read."
        None;
        "Split the API into several documents, or bring parts of it into files of their own. Long examples may be removed,
        as the client has none of them."
    }

    SEVERAL_DOCUMENTS = "several-documents", "a YAML file holds more than one document" {
        "After a line `---` a second YAML document begins. Only the first one is read."
        File("openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\n---\nopenapi: 3.1.0\n");
        "Keep each document in a file of its own."
    }

    ALIAS_EXPANSION = "alias-expansion", "YAML's aliases repeat too much" {
        "Each alias `*name` stands for a copy of what is anchored by `&name`. Aliases of aliases grow beyond any memory with a
        few lines, so reading ends where the copies weigh more than two million values."
        None;
        "Use `$ref` instead of aliases: it is not copied."
    }

    UNFIT_TAG = "unfit-tag", "a YAML tag does not fit its value" {
        "A tag such as `!!int` says of what type the value is, and this one is of another. It is read as text."
        File("openapi: 3.1.0\ninfo: { title: Pets, version: !!int one }\n");
        "Correct the value, or remove the tag."
    }

    UNKNOWN_TAG = "unknown-tag", "a YAML tag is none of the core schema" {
        "Tags of applications, such as `!include`, have no meaning in an OpenAPI document. The value is read as if it had
        no tag."
        File("openapi: 3.1.0\ninfo: { title: !loud Pets, version: '1' }\n");
        "Remove the tag. Where it is meant to include a file, use `$ref`."
    }

    FILE_NOT_FOUND = "file-not-found", "a $ref leads to a file that is not there" {
        "Paths in references are relative to the file where they stand. What refers to the file is left out."
        Document("paths: { /pets: { $ref: 'pets.yaml' } }");
        "Put the file there, or correct the path."
    }

    FILE_UNREADABLE = "file-unreadable", "a $ref leads to a file that cannot be read" {
        "The file is there, but it may not be read, is none, or is neither YAML nor JSON: then a finding in it says where. What
        refers to it is left out."
        None;
        "Make it a file that can be read."
    }

    TOO_MANY_FILES = "too-many-files", "the document is made of too many files" {
        "Files are read up to a number and a size beyond any document that is meant seriously. What is referred to from there on
        is left out."
        None;
        "Split the API into several documents, or refer to fewer files."
    }
}
