//! The methods `pages` and `items`: lists that come in pages, where `client.toml` says how.

use super::{Context, docs, example};
use crate::back::model::{
    AbsentBody, Advance, Body, BodyKind, CursorKind, Item, PagePlace, Pages, Parameter, Presence, RustType, Step,
    Target,
};
use crate::config::pages::{self, Path};
use crate::ir::{OperationId, TypeId};

impl Context<'_> {
    pub(super) fn pages(&self, id: OperationId, parameters: &[Parameter], body: Option<&Body>) -> Option<Pages> {
        let found = pages::of(self.api, id, &self.config.paginations)?;
        let places = Places {
            context: self,
            id,
            parameters,
            body,
        };
        let (docs, mut items_docs) = docs::of_pages();
        items_docs.extend(example::of_items(self, id));
        Some(Pages {
            docs,
            items_docs,
            page: self.rust_type(self.api.types.peel(found.page).0),
            items: self.steps(&found.items)?,
            item: self.nullable_type(found.item),
            has_more: self.optional_steps(found.has_more.as_ref())?,
            advance: places.advance(found.advance)?,
        })
    }

    fn steps(&self, path: &Path) -> Option<Vec<Step>> {
        path.iter().map(|&(id, index)| self.step(id, index)).collect()
    }

    /// `None` where there are steps that cannot be made.
    #[allow(clippy::option_option, reason = "the outer one says whether it can be done at all")]
    fn optional_steps(&self, path: Option<&Path>) -> Option<Option<Vec<Step>>> {
        path.map_or(Some(None), |path| self.steps(path).map(Some))
    }

    fn step(&self, id: TypeId, index: usize) -> Option<Step> {
        let (ident, ty) = self.planned_field(id, index)?;
        let presence = presence(&ty);
        Some(Step { ident, presence })
    }

    /// A field of a type as it is planned; constants are none.
    pub(super) fn planned_field(&self, id: TypeId, index: usize) -> Option<(String, RustType)> {
        let ident = self.names.fields.get(&id)?.get(index)?;
        let Some(Item::Struct(record)) = self.item(id) else {
            return None;
        };
        let mut fields = record.fields.into_iter();
        fields
            .find(|field| field.ident == *ident)
            .map(|field| (field.ident, field.ty))
    }
}

/// What says which places a builder has.
struct Places<'a> {
    context: &'a Context<'a>,
    id: OperationId,
    parameters: &'a [Parameter],
    body: Option<&'a Body>,
}

impl Places<'_> {
    fn advance(&self, advance: pages::Advance) -> Option<Advance> {
        Some(match advance {
            pages::Advance::Cursor {
                parameter,
                from_last_item,
                next,
                kind,
            } => Advance::Cursor {
                place: self.place(parameter)?.0,
                next: self.context.steps(&next)?,
                from_last_item,
                kind: match kind {
                    pages::CursorKind::Text => CursorKind::Text,
                    pages::CursorKind::Number => CursorKind::Number,
                    pages::CursorKind::NumberAsText => CursorKind::NumberAsText,
                    pages::CursorKind::Either => CursorKind::Either,
                    pages::CursorKind::EitherAsText => CursorKind::EitherAsText,
                    pages::CursorKind::Key(key) => CursorKind::Key(key),
                },
            },
            pages::Advance::Page {
                parameter,
                first,
                total,
            } => {
                let (place, number) = self.place(parameter)?;
                let total = self.context.optional_steps(total.as_ref())?;
                Advance::Page {
                    place,
                    number,
                    first,
                    total,
                }
            }
            pages::Advance::Offset { parameter, total } => {
                let (place, number) = self.place(parameter)?;
                let total = self.context.optional_steps(total.as_ref())?;
                Advance::Offset { place, number, total }
            }
            pages::Advance::Link(next) => Advance::Link(self.context.optional_steps(next.as_ref())?),
        })
    }

    /// A place and the type of what is put there.
    fn place(&self, parameter: pages::Parameter) -> Option<(PagePlace, RustType)> {
        let (target, ty) = match parameter {
            pages::Parameter::Outside(index) => {
                let ident = self
                    .context
                    .names
                    .operations
                    .get(self.id.0 as usize)?
                    .parameters
                    .get(index)?;
                let parameter = self.parameters.iter().find(|parameter| parameter.ident == *ident)?;
                (Target::Parameter(ident.clone()), parameter.ty.clone())
            }
            pages::Parameter::Body(id, index) => {
                let (ident, ty) = self.context.planned_field(id, index)?;
                (Target::BodyField(ident), ty)
            }
        };
        let optional_body = match self.body.map(|body| &body.kind) {
            Some(BodyKind::Json(value) | BodyKind::Form(value)) => value.absent != AbsentBody::Never,
            _ => false,
        };
        let place = PagePlace {
            optional_body: optional_body && matches!(target, Target::BodyField(_)),
            target,
            presence: presence(&ty),
        };
        let ty = match ty {
            RustType::Option(inner) | RustType::Nullable(inner) => *inner,
            ty => ty,
        };
        Some((place, ty))
    }
}

fn presence(ty: &RustType) -> Presence {
    match ty {
        RustType::Option(_) => Presence::Optional,
        RustType::Nullable(_) => Presence::Nullable,
        _ => Presence::Required,
    }
}
