//! Fields and variants.

use super::Names;
use super::case::{camel, is_literal, snake, words};
use super::rename::Renames;
use super::scope::Scope;
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Additional, Api, Enumeration, Object, Shape, StringFormat, TypeId, Union};

/// What a struct's setters must not be called: constructors, and methods of traits that they would hide.
const STRUCT: &[&str] = &[
    "new",
    "clone",
    "into",
    "default",
    "fmt",
    "eq",
    "serialize",
    "deserialize",
    "read",
    "to_owned",
];

/// Names the members of every named type.
pub(super) fn name(api: &Api, names: &mut Names, renames: &mut Renames<'_>, findings: &mut Findings) {
    let mut ids: Vec<TypeId> = names.types.keys().copied().collect();
    ids.sort();
    for id in ids {
        let shape = &api.types[id].shape;
        let reserved = if matches!(shape, Shape::Object(_)) { STRUCT } else { &[] };
        let mut members = Members {
            api,
            id,
            owner: names.types[&id].clone(),
            renames,
            findings,
            scope: Scope::with_reserved(reserved),
        };
        let variants = match shape {
            Shape::Object(object) => {
                names.fields.insert(id, members.fields(object));
                names.rest.insert(id, members.rest(object));
                continue;
            }
            Shape::Enumeration(list) => members.values(list),
            Shape::Union(union) => members.alternatives(union, names),
            _ => continue,
        };
        names.unknown.insert(id, members.unknown());
        names.variants.insert(id, variants);
    }
}

struct Members<'a, 'r> {
    api: &'a Api,
    id: TypeId,
    /// The type's name.
    owner: String,
    renames: &'a mut Renames<'r>,
    findings: &'a mut Findings,
    scope: Scope,
}

impl Members<'_, '_> {
    fn fields(&mut self, object: &Object) -> Vec<String> {
        let mut list = Vec::new();
        for field in &object.fields {
            let renamed = self.renames.field(&self.owner, &field.name, self.findings);
            let plain = snake(&field.name);
            let other = format!("{}_", plain.trim_start_matches("r#"));
            // A reserved name gets an underscore; a second field of one name gets a number.
            let reserved = STRUCT.contains(&plain.as_str());
            let first = renamed.unwrap_or(if reserved { other } else { plain });
            list.push(self.claim(&first, &field.name, "fields", "_"));
        }
        list
    }

    /// After the fields: theirs is what the document calls them.
    fn rest(&mut self, object: &Object) -> String {
        let kept = matches!(object.additional, Additional::Kept(_));
        let name = if kept {
            "additional_properties"
        } else {
            "unknown_fields"
        };
        self.scope.claim([name], "_").name
    }

    fn values(&mut self, list: &Enumeration) -> Vec<String> {
        let values = list.values.iter();
        values.map(|value| self.variant(&camel(value), value)).collect()
    }

    fn alternatives(&mut self, union: &Union, names: &Names) -> Vec<String> {
        let full: Vec<String> = union
            .alternatives
            .iter()
            .enumerate()
            .map(|(index, id)| self.alternative(union, index, *id, names))
            .collect();
        let short = without_shared_words(&full);
        let mut list = Vec::new();
        for (full, short) in full.iter().zip(short) {
            list.push(self.variant(&short, full));
        }
        list
    }

    fn alternative(&self, union: &Union, index: usize, id: TypeId, names: &Names) -> String {
        let is_record = matches!(self.api.types[id].shape, Shape::Object(_) | Shape::Map(_));
        if let Some(decision) = union.decision.as_ref().filter(|_| is_record) {
            let mut own = decision.object.own_tags(index);
            if let (Some(tag), None) = (own.next(), own.next())
                && !is_literal(tag)
            {
                return camel(tag);
            }
        }
        if let Some(name) = names.types.get(&id) {
            let inline_text =
                matches!(self.api.types[id].shape, Shape::Enumeration(_)) && self.api.types[id].component().is_none();
            return if inline_text { "Name".to_owned() } else { name.clone() };
        }
        self.kind_word(id).to_owned()
    }

    fn kind_word(&self, id: TypeId) -> &'static str {
        match &self.api.types[id].shape {
            Shape::Bool => "Bool",
            Shape::Integer(_) => "Integer",
            Shape::Number(_) => "Number",
            Shape::String(StringFormat::DateTime) => "DateTime",
            Shape::String(StringFormat::Date) => "Date",
            Shape::String(_) => "Text",
            Shape::Array(_) => "List",
            Shape::Map(_) => "Map",
            _ => "Value",
        }
    }

    fn variant(&mut self, name: &str, value: &str) -> String {
        let renamed = self.renames.variant(&self.owner, value, self.findings);
        self.claim(&renamed.unwrap_or_else(|| name.to_owned()), value, "variants", "")
    }

    fn unknown(&mut self) -> String {
        self.scope.claim(["Unknown", "Other", "UnknownValue"], "").name
    }

    fn claim(&mut self, name: &str, key: &str, table: &str, join: &str) -> String {
        let claimed = self.scope.claim([name], join);
        if claimed.numbered {
            let owner = &self.owner;
            let message = format!(
                "`{}` of `{owner}` would have the name of another: it is `{}` now",
                key.escape_debug(),
                claimed.name
            );
            self.findings.push(
                Finding::note(
                    codes::NAME_COLLISION,
                    self.api.types[self.id].origin.place.clone(),
                    message,
                )
                .help(format!(
                    "settle it in client.toml: [api.rename.{table}] {:?} = \"<name>\"",
                    format!("{owner}.{key}")
                )),
            );
        }
        claimed.name
    }
}

/// `Browserbase`, `External`, `None` for `BrowserbaseProxyConfig`, `ExternalProxyConfig`, `NoneProxyConfig`.
fn without_shared_words(names: &[String]) -> Vec<String> {
    let split: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
    let Some((first, rest)) = split.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return names.to_vec();
    };
    let shortest = split.iter().map(Vec::len).min().unwrap_or_default();
    let suffix = (0..shortest).take_while(|at| {
        let word = &first[first.len() - 1 - at];
        rest.iter().all(|other| other[other.len() - 1 - at] == *word)
    });
    let suffix = suffix.count();
    // Something must be left of every name, and it must begin with a letter.
    let short: Vec<String> = split
        .iter()
        .map(|words| camel(&words[..words.len() - suffix].join("_")))
        .collect();
    let good = suffix > 0 && shortest > suffix && short.iter().all(|name| !name.starts_with("Value"));
    if good { short } else { names.to_vec() }
}
