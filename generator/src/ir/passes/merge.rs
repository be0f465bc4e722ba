//! `allOf` becomes one flat type.
//!
//! Objects give their fields, required ones of every part stay required, and where a part is a union the others are
//! merged into each of its alternatives. Parts that no value can satisfy at once are a finding.

use super::scalars::{self, Met};
use crate::diagnostic::{Finding, Findings};
use crate::ir::{Additional, Api, Docs, Field, Hint, Object, Shape, Type, TypeId, Union};

/// More alternatives than this are not multiplied out.
const MOST_ALTERNATIVES: usize = 64;

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    let mut merge = Merge {
        api,
        findings,
        open: Vec::new(),
    };
    // Merging can make new `allOf`s (of a union's alternatives, of two fields' types): they come after.
    let mut next = 0;
    while next < merge.api.types.len() {
        merge.settle(TypeId(u32::try_from(next).unwrap_or(u32::MAX)));
        next += 1;
    }
}

struct Merge<'a> {
    api: &'a mut Api,
    findings: &'a mut Findings,
    /// The `allOf`s whose parts are being merged right now, outermost first.
    open: Vec<TypeId>,
}

/// The parts of an `allOf`, those of nested ones included.
#[derive(Default)]
struct Parts {
    objects: Vec<TypeId>,
    unions: Vec<TypeId>,
    scalars: Vec<TypeId>,
    /// Whether every part admits `null`.
    nullable: Option<bool>,
}

impl Merge<'_> {
    /// Leaves anything but an `allOf` in the place of `id`.
    fn settle(&mut self, id: TypeId) {
        let Shape::AllOf(list) = &self.api.types[id].shape else {
            return;
        };
        let list = list.clone();
        if self.open.contains(&id) {
            return;
        }
        self.open.push(id);
        let mut parts = Parts::default();
        self.collect(&list, &mut parts, &mut vec![id]);
        let shape = self.merged(id, &parts);
        self.api.types[id].shape = shape;
        self.open.pop();
        if parts.nullable == Some(true) {
            let inner = self.api.types[id].clone();
            let inner = self.api.types.push(inner);
            self.api.types[id].shape = Shape::Nullable(inner);
        }
    }

    fn collect(&mut self, list: &[TypeId], parts: &mut Parts, seen: &mut Vec<TypeId>) {
        for part in list {
            let (part, nullable) = self.behind(*part);
            if seen.contains(&part) {
                continue;
            }
            match &self.api.types[part].shape {
                // It says nothing, so it forbids nothing, `null` neither.
                Shape::Any => continue,
                Shape::AllOf(inner) => {
                    let inner = inner.clone();
                    seen.push(part);
                    self.collect(&inner, parts, seen);
                }
                Shape::Object(_) | Shape::Map(_) => parts.objects.push(part),
                Shape::Union(_) => parts.unions.push(part),
                _ => parts.scalars.push(part),
            }
            parts.nullable = Some(parts.nullable.unwrap_or(true) && nullable);
        }
    }

    /// The type behind aliases and nullability, and whether it was nullable.
    fn behind(&self, mut id: TypeId) -> (TypeId, bool) {
        let mut nullable = false;
        for _ in 0..self.api.types.len() {
            id = match self.api.types[id].shape {
                Shape::Alias(next) => next,
                Shape::Nullable(next) => {
                    nullable = true;
                    next
                }
                _ => break,
            };
        }
        (id, nullable)
    }

    fn merged(&mut self, id: TypeId, parts: &Parts) -> Shape {
        let unions: Vec<TypeId> = parts
            .unions
            .iter()
            .copied()
            .filter(|union| !self.leads_back(*union))
            .collect();
        match (&parts.objects[..], &unions[..], &parts.scalars[..]) {
            ([], [], []) => Shape::Any,
            ([one], [], []) | ([], [one], []) | ([], [], [one]) if self.is_inline(*one) => self.take_over(id, *one),
            ([one], [], []) | ([], [one], []) | ([], [], [one]) => Shape::Alias(*one),
            (objects, [], []) => Shape::Object(self.objects(id, objects)),
            ([], [], scalars) => self.scalars(id, scalars),
            (_, unions, []) => self.multiplied(id, &parts.objects, unions),
            _ => self.contradiction(id, "a part is an object and another is none"),
        }
    }

    fn is_inline(&self, id: TypeId) -> bool {
        self.api.types[id].component().is_none()
    }

    /// The shape of the only part; what that part says of itself is said here, unless this says something.
    fn take_over(&mut self, id: TypeId, part: TypeId) -> Shape {
        let Type { shape, docs, .. } = self.api.types[part].clone();
        let own = &mut self.api.types[id].docs;
        own.description = own.description.take().or(docs.description);
        own.title = own.title.take().or(docs.title);
        shape
    }

    /// A union whose alternatives extend the very type that is being merged, as a base with a discriminator does.
    fn leads_back(&self, union: TypeId) -> bool {
        let Shape::Union(union) = &self.api.types[union].shape else {
            return false;
        };
        union.alternatives.iter().any(|alternative| {
            let (alternative, _) = self.behind(*alternative);
            self.open.contains(&alternative)
        })
    }

    fn objects(&mut self, id: TypeId, parts: &[TypeId]) -> Object {
        let mut merged = Object::default();
        for part in parts {
            let (fields, additional) = match &self.api.types[*part].shape {
                Shape::Object(object) => (object.fields.clone(), object.additional),
                Shape::Map(value) => (Vec::new(), Additional::Kept(*value)),
                _ => continue,
            };
            if let Additional::Kept(_) = additional {
                merged.additional = additional;
            }
            for field in fields {
                match merged.fields.iter().position(|other| other.name == field.name) {
                    None => merged.fields.push(field),
                    Some(index) => {
                        let both = self.field(id, &merged.fields[index].clone(), field);
                        merged.fields[index] = both;
                    }
                }
            }
        }
        for part in parts {
            if let Shape::Object(object) = &self.api.types[*part].shape {
                let required = |field: &&mut Field| object.required_elsewhere.contains(&field.name);
                merged
                    .fields
                    .iter_mut()
                    .filter(required)
                    .for_each(|field| field.required = true);
            }
        }
        merged
    }

    /// A field that two parts declare.
    fn field(&mut self, id: TypeId, first: &Field, second: Field) -> Field {
        let ty = self.both(id, first.ty, second.ty, &first.name);
        Field {
            ty,
            required: first.required || second.required,
            read_only: first.read_only || second.read_only,
            write_only: first.write_only || second.write_only,
            secret: first.secret || second.secret,
            docs: Docs {
                title: second.docs.title.or_else(|| first.docs.title.clone()),
                description: second.docs.description.or_else(|| first.docs.description.clone()),
                deprecated: first.docs.deprecated || second.docs.deprecated,
                default: second.docs.default.or_else(|| first.docs.default.clone()),
                constraints: if second.docs.constraints.list.is_empty() {
                    first.docs.constraints.clone()
                } else {
                    second.docs.constraints
                },
            },
            name: second.name,
            boxed: false,
        }
    }

    /// The type of values that are of both types.
    fn both(&mut self, id: TypeId, first: TypeId, second: TypeId, name: &str) -> TypeId {
        let ((first_inner, a), (second_inner, b)) = (self.behind(first), self.behind(second));
        let met = if first_inner == second_inner {
            first_inner
        } else {
            match scalars::meet(&self.api.types[first_inner].shape, &self.api.types[second_inner].shape) {
                Met::First => first_inner,
                Met::Second => second_inner,
                Met::Structures => {
                    let hints = self.api.types[second_inner].hints.clone();
                    let own = Type {
                        shape: Shape::AllOf(vec![first_inner, second_inner]),
                        hints,
                        ..self.blank(id)
                    };
                    self.api.types.push(Type {
                        hints: vec![Hint::Property(id, name.to_owned())],
                        ..own
                    })
                }
                Met::Never => {
                    self.contradiction(
                        id,
                        &format!("its parts declare `{name}` with types that exclude each other"),
                    );
                    second_inner
                }
            }
        };
        if !(a && b) {
            return met;
        }
        let nullable = Type {
            shape: Shape::Nullable(met),
            ..self.blank(id)
        };
        self.api.types.push(nullable)
    }

    fn blank(&self, id: TypeId) -> Type {
        Type {
            shape: Shape::Any,
            docs: Docs::default(),
            hints: Vec::new(),
            origin: self.api.types[id].origin.clone(),
        }
    }

    fn scalars(&mut self, id: TypeId, parts: &[TypeId]) -> Shape {
        let Some((first, rest)) = parts.split_first() else {
            return Shape::Any;
        };
        let mut kept = *first;
        for part in rest {
            match scalars::meet(&self.api.types[kept].shape, &self.api.types[*part].shape) {
                Met::First => {}
                Met::Second => kept = *part,
                Met::Structures | Met::Never => return self.contradiction(id, "its parts exclude each other"),
            }
        }
        if self.is_inline(kept) {
            self.take_over(id, kept)
        } else {
            Shape::Alias(kept)
        }
    }

    /// The objects merged into each alternative of the unions.
    fn multiplied(&mut self, id: TypeId, objects: &[TypeId], unions: &[TypeId]) -> Shape {
        let mut rows: Vec<Vec<TypeId>> = vec![objects.to_vec()];
        let mut last = None;
        for union in unions {
            let Shape::Union(union) = &self.api.types[*union].shape else {
                continue;
            };
            if rows.len().saturating_mul(union.alternatives.len()) > MOST_ALTERNATIVES {
                self.contradiction(id, "its unions multiply to too many alternatives");
                return Shape::Object(self.objects(id, objects));
            }
            let extended = rows.iter().flat_map(|row| {
                union
                    .alternatives
                    .iter()
                    .map(|alternative| row.iter().copied().chain([*alternative]).collect())
            });
            rows = extended.collect();
            last = Some(union.clone());
        }
        let Some(last) = last else { return Shape::Any };
        let alternatives = rows
            .into_iter()
            .enumerate()
            .map(|(index, row)| self.row(id, index, row))
            .collect::<Vec<_>>();
        let mut discriminator = last.discriminator.clone();
        for (_, target) in discriminator
            .iter_mut()
            .flat_map(|discriminator| &mut discriminator.mapping)
        {
            let index = last.alternatives.iter().position(|alternative| alternative == target);
            *target = index
                .and_then(|index| alternatives.get(index))
                .copied()
                .unwrap_or(*target);
        }
        Shape::Union(Union {
            alternatives,
            discriminator,
            decision: None,
            ..last
        })
    }

    /// One alternative with the objects merged into it; itself, where it has all of them already.
    fn row(&mut self, id: TypeId, index: usize, row: Vec<TypeId>) -> TypeId {
        let Some((alternative, objects)) = row.split_last() else {
            return id;
        };
        let mut parts = Parts::default();
        let (behind, _) = self.behind(*alternative);
        self.collect(&[behind], &mut parts, &mut Vec::new());
        if objects.iter().all(|object| parts.objects.contains(object)) {
            return *alternative;
        }
        // A name of its own: the alternative's may be in use for what it is without the objects.
        let mut hints = vec![Hint::Alternative(id, index)];
        hints.extend(self.api.types[behind].hints.iter().filter_map(|hint| match hint {
            Hint::Component(name) => Some(Hint::Title(name.clone())),
            Hint::Title(_) => Some(hint.clone()),
            _ => None,
        }));
        hints.rotate_left(1);
        let ty = Type {
            shape: Shape::AllOf(row),
            docs: self.api.types[behind].docs.clone(),
            hints,
            ..self.blank(id)
        };
        self.api.types.push(ty)
    }

    fn contradiction(&mut self, id: TypeId, what: &str) -> Shape {
        let origin = &self.api.types[id].origin;
        self.findings.push(
            Finding::warning(
                "all-of-contradiction",
                origin.place.clone(),
                format!("no value fits this `allOf`: {what}"),
            )
            .help("correct the schema in an overlay; until then the last part counts, or the value stays JSON"),
        );
        Shape::Any
    }
}
