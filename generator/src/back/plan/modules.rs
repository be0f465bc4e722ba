//! Which module a type goes to: that of the first resource that reaches it.

use super::Context;
use crate::back::model::{Item, TypeModule};
use crate::ir::{Content, Operation, TypeId, analysis};

impl Context<'_> {
    /// The modules of types, in the order of the resources.
    pub(super) fn type_modules(&self) -> Vec<TypeModule> {
        let mut placed = vec![false; self.api.types.len()];
        let mut modules = Vec::new();
        for resource in &self.names.resources {
            let operations = resource.operations.iter().map(|id| &self.api.operations[id.0 as usize]);
            let roots: Vec<TypeId> = operations.flat_map(|operation| self.item_roots(operation)).collect();
            let mut items: Vec<Item> = Vec::new();
            for id in analysis::reach::from(self.api, roots) {
                if !std::mem::replace(&mut placed[id.0 as usize], true) && self.names.types.contains_key(&id) {
                    items.extend(self.item(id));
                }
            }
            if !items.is_empty() {
                let name = resource.handle.as_str();
                let docs = vec![format!("Types that `{name}` is the first to use.")];
                modules.push(TypeModule {
                    module: resource.module.clone(),
                    docs,
                    items,
                });
            }
        }
        modules
    }

    /// The types that a client needs for an operation. A multipart body is no type: its parts are given one by one.
    fn item_roots(&self, operation: &Operation) -> Vec<TypeId> {
        let mut roots = Vec::new();
        let multipart = operation.body.as_ref().map(|body| &body.content);
        for id in operation.types() {
            match multipart {
                Some(Content::Multipart(body)) if *body == id => {
                    roots.extend(self.api.types[self.api.types.peel(id).0].shape.children());
                }
                _ => roots.push(id),
            }
        }
        roots
    }
}
