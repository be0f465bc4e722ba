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
            let about = format!("Types that `{}` is the first to use.", resource.handle);
            modules.extend(self.type_module(&resource.module, about, roots, &mut placed));
        }
        let about = "Types that only webhooks and callbacks use.".to_owned();
        let payloads = self.api.payload_types().collect();
        modules.extend(self.type_module(&self.names.payload_module, about, payloads, &mut placed));
        modules
    }

    /// The types that these reach and that have no place yet; `None` where there are none.
    fn type_module(&self, module: &str, about: String, roots: Vec<TypeId>, placed: &mut [bool]) -> Option<TypeModule> {
        let mut items: Vec<Item> = Vec::new();
        for id in analysis::reach::from(self.api, roots) {
            if !std::mem::replace(&mut placed[id.0 as usize], true) && self.names.types.contains_key(&id) {
                items.extend(self.item(id));
            }
        }
        (!items.is_empty()).then(|| TypeModule {
            module: module.to_owned(),
            docs: vec![about],
            items,
        })
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
