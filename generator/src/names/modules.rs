//! The modules of types: which there are, who uses them, and which types they have.
//!
//! In a client that is always compiled as a whole, a type stands with the first resource that uses it. Where parts can be left
//! out, types that the same parts use stand together, so that one condition holds for a module. What uses a type uses all that
//! it is made of, so that every type finds its own compiled.

use std::collections::BTreeMap;

use super::Names;
use super::scope::Scope;
use crate::ir::analysis::reach;
use crate::ir::{Api, Payload, TypeId};

/// A module of types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeModule {
    /// Its name.
    pub name: String,
    /// Who uses its types.
    pub users: Users,
    /// Its types, in the order in which calls reach them.
    pub types: Vec<TypeId>,
}

/// Who uses the types of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// The resource of this index, and perhaps others after it.
    From(usize),
    /// Webhooks and callbacks alone.
    Payloads,
    /// These of [`Features::parts`](super::Features::parts) alone, by their index.
    Parts(Vec<usize>),
    /// More than half of the parts.
    Most,
}

/// A part of the client, and the types that it names.
struct Part {
    module: String,
    roots: Vec<TypeId>,
}

/// Names the modules of types.
pub(super) fn name(api: &Api, names: &mut Names) {
    let mut scope = Scope::default();
    let mut parts: Vec<Part> = Vec::new();
    for resource in &names.resources {
        scope.take(&resource.module);
        let operations = resource.operations.iter().map(|id| &api.operations[id.0 as usize]);
        parts.push(Part {
            module: resource.module.clone(),
            roots: operations.flat_map(|operation| reach::roots(api, operation)).collect(),
        });
    }
    let payloads: Vec<([&str; 2], Vec<TypeId>)> = match names.features {
        Some(_) => vec![
            (["webhooks", "webhook_payloads"], types(api.webhooks())),
            (["callbacks", "callback_payloads"], types(api.callbacks())),
        ],
        None => vec![(["payloads", "sent_payloads"], types(&api.payloads))],
    };
    for (candidates, roots) in payloads.into_iter().filter(|(_, roots)| !roots.is_empty()) {
        let module = scope.claim(candidates, "_").name;
        parts.push(Part { module, roots });
    }
    let used = used(api, names, &parts);
    names.type_modules = match names.features {
        Some(_) => by_users(used, &parts, &mut scope),
        None => by_first_user(used, parts, names.resources.len()),
    };
}

fn types<'a>(payloads: impl IntoIterator<Item = &'a Payload>) -> Vec<TypeId> {
    payloads.into_iter().map(|payload| payload.ty).collect()
}

/// Every type that a part reaches, in the order of the parts, with the parts that do.
fn used(api: &Api, names: &Names, parts: &[Part]) -> Vec<(TypeId, Vec<usize>)> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    let mut order = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        for id in reach::from(api, part.roots.iter().copied()) {
            let users = &mut users[id.0 as usize];
            if users.is_empty() && names.types.contains_key(&id) {
                order.push(id);
            }
            users.push(index);
        }
    }
    let with_users = |id: TypeId| (id, std::mem::take(&mut users[id.0 as usize]));
    order.into_iter().map(with_users).collect()
}

/// A module for each part; those behind the resources are of payloads.
fn by_first_user(used: Vec<(TypeId, Vec<usize>)>, parts: Vec<Part>, resources: usize) -> Vec<TypeModule> {
    let modules = parts.into_iter().enumerate().map(|(index, part)| TypeModule {
        name: part.module,
        users: if index < resources {
            Users::From(index)
        } else {
            Users::Payloads
        },
        types: Vec::new(),
    });
    let mut modules: Vec<TypeModule> = modules.collect();
    for (id, users) in used {
        if let Some(module) = users.first().and_then(|first| modules.get_mut(*first)) {
            module.types.push(id);
        }
    }
    modules.retain(|module| !module.types.is_empty());
    modules
}

/// A module for each set of parts. Sets of more than half of the parts are one: with any part, they would mostly be compiled.
fn by_users(used: Vec<(TypeId, Vec<usize>)>, parts: &[Part], scope: &mut Scope) -> Vec<TypeModule> {
    let mut sets: BTreeMap<Vec<usize>, Vec<TypeId>> = BTreeMap::new();
    let mut most = Vec::new();
    for (id, users) in used {
        if users.len() > 1 && users.len() * 2 > parts.len() {
            most.push(id);
        } else {
            sets.entry(users).or_default().push(id);
        }
    }
    let modules = sets.into_iter().map(|(users, types)| TypeModule {
        name: set_name(&users, parts, scope),
        users: Users::Parts(users),
        types,
    });
    let mut modules: Vec<TypeModule> = modules.collect();
    if !most.is_empty() {
        modules.push(TypeModule {
            name: scope.claim(["shared", "shared_types"], "_").name,
            users: Users::Most,
            types: most,
        });
    }
    modules
}

/// `issues`, `issues_and_pulls`, `issues_pulls_and_repos`, `issues_and_3_others`; where another set has that,
/// `issues_pulls_and_2_others`.
fn set_name(users: &[usize], parts: &[Part], scope: &mut Scope) -> String {
    if let [only] = users {
        return parts[*only].module.clone();
    }
    let modules = users.iter().map(|user| parts[*user].module.trim_start_matches("r#"));
    let modules: Vec<&str> = modules.collect();
    let candidates: Vec<String> = match modules.as_slice() {
        [first @ .., last] if first.len() < 3 => vec![format!("{}_and_{last}", first.join("_"))],
        all => {
            let counted = |first: usize| format!("{}_and_{}_others", all[..first].join("_"), all.len() - first);
            (1..=2).map(counted).collect()
        }
    };
    scope.claim(candidates.iter().map(String::as_str), "_").name
}

#[cfg(test)]
mod tests {
    use super::Users;
    use crate::testing::{config, understood};

    /// Operations of these tags that answer these schemas, each of which has the ones that it is told to have.
    fn modules(
        toml: &str,
        operations: &[(&str, &str)],
        schemas: &[(&str, &[&str])],
    ) -> Vec<(String, Users, Vec<String>)> {
        let reference = |name: &&str| format!("{{$ref: '#/components/schemas/{name}'}}");
        let paths = operations.iter().enumerate().map(|(index, (tag, schema))| {
            let answer = format!("content: {{application/json: {{schema: {}}}}}", reference(schema));
            format!("  /a{index}: {{get: {{tags: [{tag}], responses: {{'200': {{description: ok, {answer}}}}}}}}}\n")
        });
        let schemas = schemas.iter().map(|(name, parts)| {
            let fields: Vec<String> = parts
                .iter()
                .map(|part| format!("{}: {}", part.to_lowercase(), reference(part)))
                .collect();
            format!(
                "    {name}: {{type: object, properties: {{of_{name}: {{type: string}}, {}}}}}\n",
                fields.join(", ")
            )
        });
        let (paths, schemas): (String, String) = (paths.collect(), schemas.collect());
        let document = format!("paths:\n{paths}components:\n  schemas:\n{schemas}");
        let (understood, _) = understood(&config(toml), &document);
        let modules = understood.names.type_modules.into_iter();
        let named = |id| understood.names.types[&id].clone();
        modules
            .map(|module| (module.name, module.users, module.types.into_iter().map(named).collect()))
            .collect()
    }

    fn module(name: &str, users: Users, types: &[&str]) -> (String, Users, Vec<String>) {
        (
            name.to_owned(),
            users,
            types.iter().map(|ty| (*ty).to_owned()).collect(),
        )
    }

    const OPERATIONS: &[(&str, &str)] = &[
        ("cats", "Cat"),
        ("dogs", "Dog"),
        ("fish", "Fish"),
        ("type", "Type"),
        ("cats", "Dog"),
        ("birds", "Bird"),
    ];
    const SCHEMAS: &[(&str, &[&str])] = &[
        ("Cat", &["Paw", "Age"]),
        ("Dog", &["Paw", "Age"]),
        ("Fish", &["Water", "Age"]),
        ("Type", &["Water"]),
        ("Paw", &["Claw"]),
        ("Claw", &[]),
        ("Water", &[]),
        ("Age", &[]),
        ("Bird", &[]),
    ];

    #[test]
    fn a_type_stands_with_its_first_user() {
        assert_eq!(
            modules("", OPERATIONS, SCHEMAS),
            [
                module("cats", Users::From(0), &["Cat", "Paw", "Claw", "Age", "Dog"]),
                module("fish", Users::From(2), &["Fish", "Water"]),
                module("r#type", Users::From(3), &["Type"]),
                module("birds", Users::From(4), &["Bird"]),
            ]
        );
    }

    #[test]
    fn types_that_the_same_parts_use_stand_together() {
        assert_eq!(
            modules("resource-features = true\n", OPERATIONS, SCHEMAS),
            [
                module("cats", Users::Parts(vec![0]), &["Cat"]),
                module("cats_and_dogs", Users::Parts(vec![0, 1]), &["Paw", "Claw", "Dog"]),
                module("fish", Users::Parts(vec![2]), &["Fish"]),
                module("fish_and_type", Users::Parts(vec![2, 3]), &["Water"]),
                module("r#type", Users::Parts(vec![3]), &["Type"]),
                module("birds", Users::Parts(vec![4]), &["Bird"]),
                // Three of five.
                module("shared", Users::Most, &["Age"]),
            ]
        );
    }

    #[test]
    fn modules_of_many_users_are_told_apart() {
        let tags = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "shared"];
        let sets: &[(&str, &[&str])] = &[
            ("Three", &["a", "b", "c"]),
            ("Four", &["a", "b", "c", "d"]),
            ("Other", &["a", "e", "f", "g"]),
            ("Third", &["a", "e", "h", "i"]),
            ("Most", &["a", "b", "c", "d", "e", "f"]),
        ];
        let operations: Vec<(&str, &str)> = tags
            .iter()
            .flat_map(|tag| {
                let using = sets.iter().filter(|(_, users)| users.contains(tag));
                using.map(|(schema, _)| (*tag, *schema)).chain([(*tag, "Own")])
            })
            .collect();
        let schemas: Vec<(&str, &[&str])> = sets
            .iter()
            .map(|(name, _)| (*name, &[][..]))
            .chain([("Own", &[][..])])
            .collect();
        let found = modules("resource-features = true\n", &operations, &schemas);
        assert_eq!(
            found,
            [
                module("a_b_and_c", Users::Parts(vec![0, 1, 2]), &["Three"]),
                module("a_and_3_others", Users::Parts(vec![0, 1, 2, 3]), &["Four"]),
                module("a_e_and_2_others", Users::Parts(vec![0, 4, 5, 6]), &["Other"]),
                module("a_e_and_2_others_2", Users::Parts(vec![0, 4, 7, 8]), &["Third"]),
                module("shared_types", Users::Most, &["Most", "Own"]),
            ]
        );
    }
}
