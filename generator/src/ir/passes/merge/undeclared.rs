//! Properties that are required, and that no part declares: they are there, whatever they are.

use super::Merge;
use crate::diagnostic::{Finding, codes};
use crate::ir::analysis::reach;
use crate::ir::{Additional, Docs, Field, Hint, Shape, Type, TypeId};

impl Merge<'_> {
    /// Declares what objects require that stand alone, and that no part of them declares.
    pub(super) fn declare(&mut self) {
        for id in reach::from(self.api, self.api.roots()) {
            let Shape::Object(object) = &mut self.api.types[id].shape else {
                continue;
            };
            let names = std::mem::take(&mut object.also_required);
            if object.additional != Additional::Ignored {
                continue;
            }
            let fields: Vec<Field> = names.into_iter().map(|name| self.undeclared(id, name)).collect();
            if let Shape::Object(object) = &mut self.api.types[id].shape {
                object.fields.extend(fields);
            }
        }
    }

    /// A field that every value has and no part declares.
    pub(super) fn undeclared(&mut self, id: TypeId, name: String) -> Field {
        let place = self.api.types[id].origin.place.clone();
        if self.reported.insert((format!("{place:?}"), name.clone())) {
            let message = format!("the property `{name}` is required, but no part declares it; any value is allowed");
            self.findings.push(
                Finding::warning(codes::REQUIRED_UNDECLARED, place, message)
                    .help("declare it under `properties`, or correct its name"),
            );
        }
        let any = Type {
            hints: vec![Hint::Property(id, name.clone())],
            ..self.blank(id)
        };
        Field {
            ty: self.api.types.push(any),
            name,
            required: true,
            read_only: false,
            write_only: false,
            secret: false,
            docs: Docs::default(),
            boxed: false,
        }
    }
}
