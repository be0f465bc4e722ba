//! The modules of types, and the features that they are compiled for.

use super::Context;
use crate::back::model::TypeModule;
use crate::ir::TypeId;
use crate::names::Users;

impl Context<'_> {
    /// The modules of types that have something in them.
    pub(super) fn type_modules(&self) -> Vec<TypeModule> {
        let modules = self.names.type_modules.iter().map(|module| TypeModule {
            module: module.name.clone(),
            docs: vec![self.about(&module.users)],
            items: module.types.iter().filter_map(|id| self.item(*id)).collect(),
            features: match &module.users {
                Users::Parts(parts) => self.features_of(parts).into_iter().map(str::to_owned).collect(),
                _ => Vec::new(),
            },
        });
        modules.filter(|module| !module.items.is_empty()).collect()
    }

    /// Whether a type is there whenever another one is.
    pub(super) fn is_compiled_with(&self, id: TypeId, other: TypeId) -> bool {
        match (self.users(id), self.users(other)) {
            (Some(Users::Parts(own)), Some(Users::Parts(others))) => others.iter().all(|user| own.contains(user)),
            (Some(Users::Parts(_)), Some(Users::Most)) => false,
            _ => true,
        }
    }

    fn users(&self, id: TypeId) -> Option<&Users> {
        let module = self.modules.get(&id)?;
        Some(&module.users)
    }

    fn about(&self, users: &Users) -> String {
        match users {
            Users::From(resource) => {
                let handle = self
                    .names
                    .resources
                    .get(*resource)
                    .map_or("", |resource| resource.handle.as_str());
                format!("Types that `{handle}` is the first to use.")
            }
            Users::Payloads => "Types that only webhooks and callbacks use.".to_owned(),
            Users::Most => "Types that most resources use, so that they are always compiled.".to_owned(),
            Users::Parts(parts) => about_features(&self.features_of(parts)),
        }
    }
}

/// For whom a module is compiled.
fn about_features(features: &[&str]) -> String {
    let features: Vec<String> = features.iter().map(|feature| format!("`{feature}`")).collect();
    match features.split_last() {
        Some((last, [])) => format!("Types that only {last} uses."),
        Some((last, rest)) => format!("Types that {} and {last} use.", rest.join(", ")),
        None => String::new(),
    }
}
