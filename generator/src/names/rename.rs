//! The renames of `client.toml`, each used or reported.

use std::collections::HashMap;

use super::case;
use crate::config::{CredentialConfig, Located, Rename};
use crate::diagnostic::{Finding, Findings, Place, codes};
use crate::ir::{Api, Credential, CredentialKind};

/// One table of renames: from the name that would be given to the one to use.
struct Table<'a> {
    what: &'static str,
    entries: HashMap<&'a str, (&'a Located<String>, &'a str)>,
    order: Vec<&'a str>,
    used: Vec<&'a str>,
}

impl<'a> Table<'a> {
    fn new(what: &'static str, list: &'a [(Located<String>, String)]) -> Self {
        let entries = list
            .iter()
            .map(|(key, value)| (key.value.as_str(), (key, value.as_str())))
            .collect();
        Self {
            what,
            entries,
            order: list.iter().map(|(key, _)| key.value.as_str()).collect(),
            used: Vec::new(),
        }
    }

    fn find(&mut self, key: &str) -> Option<(&'a str, &'a Place)> {
        let (located, value) = self.entries.get(key)?;
        self.used.push(located.value.as_str());
        Some((value, &located.place))
    }
}

/// All tables of one API.
pub(super) struct Renames<'a> {
    types: Table<'a>,
    fields: Table<'a>,
    variants: Table<'a>,
    operations: Table<'a>,
}

impl<'a> Renames<'a> {
    pub(super) fn new(rename: &'a Rename) -> Self {
        Self {
            types: Table::new("type", &rename.types),
            fields: Table::new("field", &rename.fields),
            variants: Table::new("variant", &rename.variants),
            operations: Table::new("operation", &rename.operations),
        }
    }

    /// The name to use for a type that would get this one.
    pub(super) fn ty(&mut self, name: &str, findings: &mut Findings) -> Option<String> {
        let (new, place) = self.types.find(name)?;
        valid(new, place, findings)
    }

    /// The name to use for a field, by its type's final name and its key.
    pub(super) fn field(&mut self, ty: &str, key: &str, findings: &mut Findings) -> Option<String> {
        let (new, place) = self.fields.find(&format!("{ty}.{key}"))?;
        valid(new, place, findings)
    }

    /// The name to use for a variant, by its type's final name and its value.
    pub(super) fn variant(&mut self, ty: &str, value: &str, findings: &mut Findings) -> Option<String> {
        let (new, place) = self.variants.find(&format!("{ty}.{value}"))?;
        valid(new, place, findings)
    }

    /// Resource and method to use for an operation.
    pub(super) fn operation(&mut self, label: &str, findings: &mut Findings) -> Option<(String, String)> {
        let (new, place) = self.operations.find(label)?;
        let Some((resource, method)) = new.split_once('.') else {
            findings.push(
                Finding::error(
                    codes::RENAME_MALFORMED,
                    place.clone(),
                    format!("`{new}` is no resource and method"),
                )
                .help("write both with a dot in between, as in `sessions.create`"),
            );
            return None;
        };
        Some((valid(resource, place, findings)?, valid(method, place, findings)?))
    }

    /// Reports every entry that nothing asked for.
    pub(super) fn report_unused(self, findings: &mut Findings) {
        for table in [self.types, self.fields, self.variants, self.operations] {
            for key in table.order {
                if table.used.contains(&key) {
                    continue;
                }
                let place = table.entries.get(key).map(|(located, _)| located.place.clone());
                let message = format!("no {} is called `{key}`, so the rename does not apply", table.what);
                findings.push(
                    Finding::error(codes::RENAME_UNUSED, place, message)
                        .help("remove the entry, or write the name as the name table has it"),
                );
            }
        }
    }
}

fn valid(name: &str, place: &Place, findings: &mut Findings) -> Option<String> {
    if case::is_identifier(name) {
        return Some(name.to_owned());
    }
    findings.push(
        Finding::error(
            codes::RENAME_MALFORMED,
            place.clone(),
            format!("`{name}` is no Rust identifier"),
        )
        .help("use letters, digits and underscores, and no keyword"),
    );
    None
}

/// Reports a `[api.credentials.<scheme>]` whose scheme the document does not have, or has without a flow for clients.
pub(super) fn known_scheme(api: &Api, config: &CredentialConfig, findings: &mut Findings) {
    let named = |credential: &&Credential| credential.scheme == config.scheme.value;
    if let Some(credential) = api.credentials.iter().find(named) {
        let fetches = matches!(credential.kind, CredentialKind::ClientCredentials(_));
        if let Some(client) = config.client.as_ref().filter(|_| !fetches) {
            let message = format!(
                "the security scheme `{}` has no flow `clientCredentials`",
                credential.scheme
            );
            let finding = Finding::error(codes::CREDENTIAL_WITHOUT_CLIENT, client.place.clone(), message);
            findings.push(finding.help("remove the table"));
        }
        return;
    }
    let known: Vec<_> = api
        .credentials
        .iter()
        .map(|credential| format!("`{}`", credential.scheme))
        .collect();
    let message = format!("the document has no security scheme `{}`", config.scheme.value);
    let help = if known.is_empty() {
        "remove the entry: the document has none that a client can send".to_owned()
    } else {
        format!("use one of {}", known.join(", "))
    };
    findings.push(Finding::error(codes::CREDENTIAL_UNKNOWN, config.scheme.place.clone(), message).help(help));
}
