//! `allOf` becomes one flat type.
//!
//! Objects give their fields, required ones of every part stay required, and where a part is a union the others are
//! merged into each of its alternatives. Parts that no value can satisfy at once are a finding.
//!
//! What an `allOf` is made of is always read as the document wrote it, so that the result does not depend on which
//! `allOf` is merged first.

mod lists;
mod undeclared;

use std::collections::{HashMap, HashSet};

use super::scalars::{self, Met};
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Additional, Api, Docs, Field, Hint, Object, Shape, Type, TypeId, Union};

/// More alternatives than this are not multiplied out.
const MOST_ALTERNATIVES: usize = 64;

/// More types than this are not made in addition to the document's: recursive parts can ask for ever more.
const MOST_MADE: usize = 4096;

/// More parts and fields than this are not brought together: a chain of types that each extend the one before has the
/// square of its length.
const MOST_MERGED: usize = 400_000;

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    let written = api.types.iter().filter_map(|(id, ty)| match &ty.shape {
        Shape::AllOf(list) => Some((id, list.clone())),
        _ => None,
    });
    let mut merge = Merge {
        written: written.collect(),
        by_leaves: HashMap::new(),
        lists: HashMap::new(),
        made: 0,
        merged: 0,
        reported: HashSet::new(),
        api,
        findings,
    };
    // Merging can make new `allOf`s (of a union's alternatives, of two fields' types): they come after.
    let mut next = 0;
    while next < merge.api.types.len() {
        merge.settle(TypeId(u32::try_from(next).unwrap_or(u32::MAX)));
        next += 1;
    }
    merge.declare();
}

struct Merge<'a> {
    api: &'a mut Api,
    findings: &'a mut Findings,
    /// The parts of every `allOf`, those made here included.
    written: HashMap<TypeId, Vec<TypeId>>,
    /// The first `allOf` of the same parts that admits `null` or not, which stands for the others where one is made:
    /// recursive parts end in it.
    by_leaves: HashMap<(Vec<TypeId>, bool), TypeId>,
    /// The list that is made of some lists.
    lists: HashMap<Vec<TypeId>, TypeId>,
    /// How many were made.
    made: usize,
    /// How many parts and fields were brought together.
    merged: usize,
    /// Places and names of properties that no part declares.
    reported: HashSet<(String, String)>,
}

/// The parts of an `allOf`, those of nested ones in the place of the nested one.
#[derive(Default)]
struct Parts {
    objects: Vec<TypeId>,
    unions: Vec<TypeId>,
    scalars: Vec<TypeId>,
    /// The nested `allOf`s.
    nested: HashSet<TypeId>,
    /// Whether every part admits `null`.
    nullable: bool,
}

impl Parts {
    fn leaves(&self) -> Vec<TypeId> {
        let mut leaves = [&self.objects[..], &self.unions, &self.scalars].concat();
        leaves.sort();
        leaves
    }

    /// What is the same for every `allOf` that means the same.
    fn key(&self) -> (Vec<TypeId>, bool) {
        (self.leaves(), self.nullable)
    }
}

impl Merge<'_> {
    /// Leaves anything but an `allOf` in the place of `id`.
    fn settle(&mut self, id: TypeId) {
        if !self.written.contains_key(&id) {
            return;
        }
        if self.merged > MOST_MERGED {
            self.too_large(id, &format!("brings more than {MOST_MERGED} parts and fields together"));
            self.api.types[id].shape = Shape::Any;
            return;
        }
        let parts = self.parts(&[id]);
        self.by_leaves.entry(parts.key()).or_insert(id);
        let shape = self.merged(id, &parts);
        self.api.types[id].shape = shape;
        if parts.nullable {
            let inner = self.api.types[id].clone();
            let inner = self.api.types.push(inner);
            self.api.types[id].shape = Shape::Nullable(inner);
        }
    }

    /// What values of all these types at once are made of. With a stack of its own: parts may be nested deep.
    fn parts(&mut self, list: &[TypeId]) -> Parts {
        let mut parts = Parts::default();
        let mut seen = HashSet::new();
        let mut nullable = None;
        let mut stack: Vec<(TypeId, bool)> = list.iter().rev().map(|id| (*id, false)).collect();
        while let Some((part, admitted)) = stack.pop() {
            let (part, null) = self.behind(part);
            let null = null || admitted;
            if let Some(inner) = self.written.get(&part) {
                if parts.nested.insert(part) {
                    stack.extend(inner.iter().rev().map(|id| (*id, null)));
                }
                continue;
            }
            let kind = match &self.api.types[part].shape {
                // It says nothing, so it forbids nothing, `null` neither.
                Shape::Any => continue,
                Shape::Object(_) | Shape::Map(_) => &mut parts.objects,
                Shape::Union(_) => &mut parts.unions,
                _ => &mut parts.scalars,
            };
            nullable = Some(nullable.unwrap_or(true) && null);
            if seen.insert(part) {
                kind.push(part);
            }
        }
        parts.nullable = nullable == Some(true);
        self.merged += parts.nested.len() + seen.len();
        parts
    }

    /// The type behind nullability, as the document wrote it, and whether it was nullable.
    fn behind(&self, mut id: TypeId) -> (TypeId, bool) {
        let mut nullable = false;
        while let Shape::Nullable(inner) = self.api.types[id].shape
            && !self.written.contains_key(&id)
        {
            nullable = true;
            id = inner;
        }
        (id, nullable)
    }

    fn merged(&mut self, id: TypeId, parts: &Parts) -> Shape {
        self.constraints(id, &parts.objects);
        let unions: Vec<TypeId> = (parts.unions.iter().copied())
            .filter(|union| !self.leads_back(*union, &parts.nested))
            .collect();
        match (&parts.objects[..], &unions[..], &parts.scalars[..]) {
            ([], [], []) => Shape::Any,
            ([one], [], []) | ([], [one], []) | ([], [], [one]) if self.is_inline(*one) => self.take_over(id, *one),
            ([one], [], []) | ([], [one], []) | ([], [], [one]) => Shape::Alias(*one),
            (objects, [], []) => self.objects(id, objects),
            // One alternative of the unions, if the document is right: the scalar says which.
            ([], _, scalars) if !scalars.is_empty() => self.scalars(id, scalars),
            (objects, unions, []) => self.multiplied(id, objects, unions),
            _ => {
                self.contradiction(id, "a part is an object and another is none");
                Shape::Any
            }
        }
    }

    /// What a server wants of a part it wants of the whole.
    fn constraints(&mut self, id: TypeId, parts: &[TypeId]) {
        for part in parts {
            let more = self.api.types[*part].docs.constraints.list.clone();
            let list = &mut self.api.types[id].docs.constraints.list;
            list.extend(more.into_iter().filter(|one| !list.contains(one)).collect::<Vec<_>>());
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
    fn leads_back(&self, union: TypeId, nested: &HashSet<TypeId>) -> bool {
        let Shape::Union(union) = &self.api.types[union].shape else {
            return false;
        };
        let mut alternatives = union.alternatives.iter();
        alternatives.any(|alternative| nested.contains(&self.behind(*alternative).0))
    }

    /// The fields of all parts; a map where none has any.
    fn objects(&mut self, id: TypeId, parts: &[TypeId]) -> Shape {
        let mut merged = Object::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for part in parts {
            let object = match &self.api.types[*part].shape {
                Shape::Object(object) => object.clone(),
                Shape::Map(value) => Object {
                    additional: Additional::Kept(*value),
                    ..Object::default()
                },
                _ => continue,
            };
            self.merged += object.fields.len();
            merged.additional = self.additional(id, merged.additional, object.additional);
            merged.also_required.extend(object.also_required);
            for field in object.fields {
                match places.get(&field.name).copied() {
                    None => {
                        places.insert(field.name.clone(), merged.fields.len());
                        merged.fields.push(field);
                    }
                    Some(index) => {
                        let both = self.field(id, &merged.fields[index].clone(), field);
                        merged.fields[index] = both;
                    }
                }
            }
        }
        for name in std::mem::take(&mut merged.also_required) {
            match places.get(&name) {
                Some(index) => merged.fields[*index].required = true,
                None if merged.additional == Additional::Ignored => {
                    places.insert(name.clone(), merged.fields.len());
                    merged.fields.push(self.undeclared(id, name));
                }
                None => {}
            }
        }
        match merged.additional {
            Additional::Kept(value) if merged.fields.is_empty() => Shape::Map(value),
            _ => Shape::Object(merged),
        }
    }

    fn additional(&mut self, id: TypeId, first: Additional, second: Additional) -> Additional {
        match (first, second) {
            (Additional::Kept(first), Additional::Kept(second)) => {
                Additional::Kept(self.both(id, first, second, Hint::Value(id), "additionalProperties"))
            }
            (Additional::Ignored, other) | (other, Additional::Ignored) => other,
        }
    }

    /// A field that two parts declare.
    fn field(&mut self, id: TypeId, first: &Field, second: Field) -> Field {
        let hint = Hint::Property(id, first.name.clone());
        let ty = self.both(id, first.ty, second.ty, hint, &first.name);
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
    fn both(&mut self, id: TypeId, first: TypeId, second: TypeId, hint: Hint, name: &str) -> TypeId {
        let parts = self.parts(&[first, second]);
        let (first, second) = (self.behind(first).0, self.behind(second).0);
        let met = match (&parts.leaves()[..], &parts.scalars[..]) {
            _ if first == second => Some(first),
            ([], _) => Some(second),
            ([one], _) => Some(*one),
            (_, []) => Some(self.make(id, vec![first, second], hint)),
            (_, scalars) if parts.objects.is_empty() => {
                self.lists(id, scalars, &hint, name).or_else(|| self.strictest(scalars))
            }
            _ => None,
        };
        let met = met.unwrap_or_else(|| {
            self.contradiction(
                id,
                &format!("its parts declare `{name}` with types that exclude each other"),
            );
            second
        });
        if !parts.nullable {
            return met;
        }
        let nullable = Type {
            shape: Shape::Nullable(met),
            ..self.blank(id)
        };
        self.api.types.push(nullable)
    }

    /// An `allOf` of these types, or the one that there is.
    fn make(&mut self, id: TypeId, list: Vec<TypeId>, hint: Hint) -> TypeId {
        let ty = Type {
            hints: vec![hint],
            ..self.blank(id)
        };
        self.make_as(list, ty)
    }

    fn make_as(&mut self, list: Vec<TypeId>, ty: Type) -> TypeId {
        let key = self.parts(&list).key();
        if let Some(found) = self.by_leaves.get(&key) {
            return *found;
        }
        let id = self.api.types.push(ty);
        if self.made == MOST_MADE {
            self.too_large(id, &format!("makes more than {MOST_MADE} types"));
            return id;
        }
        self.made += 1;
        self.api.types[id].shape = Shape::AllOf(list.clone());
        self.by_leaves.insert(key, id);
        self.written.insert(id, list);
        id
    }

    /// A type of its own that says nothing yet.
    fn blank(&self, id: TypeId) -> Type {
        Type {
            shape: Shape::Any,
            docs: Docs::default(),
            hints: Vec::new(),
            origin: self.api.types[id].origin.clone(),
        }
    }

    fn scalars(&mut self, id: TypeId, parts: &[TypeId]) -> Shape {
        let hint = self.api.types[id].hints.first().cloned().unwrap_or(Hint::Part(id));
        let list = self.lists(id, parts, &hint, "items");
        match list.or_else(|| self.strictest(parts)) {
            Some(kept) if self.is_inline(kept) => self.take_over(id, kept),
            Some(kept) => Shape::Alias(kept),
            None => {
                self.contradiction(id, "its parts exclude each other");
                Shape::Any
            }
        }
    }

    /// The scalar that admits least; `None` where two exclude each other.
    fn strictest(&mut self, parts: &[TypeId]) -> Option<TypeId> {
        let (first, rest) = parts.split_first()?;
        let strictest = rest.iter().try_fold(*first, |kept, part| {
            match scalars::meet(&self.api.types[kept].shape, &self.api.types[*part].shape) {
                Met::First => Some(kept),
                Met::Second => Some(*part),
                Met::Never => None,
            }
        })?;
        Some(self.with_width(strictest, parts))
    }

    /// A list of integers with the width that another part says.
    fn with_width(&mut self, list: TypeId, parts: &[TypeId]) -> TypeId {
        let mut widths = parts.iter().filter_map(|part| match &self.api.types[*part].shape {
            Shape::Integer(width) => Some(width),
            _ => None,
        });
        let (Shape::Integers(own, values), Some(said)) = (&self.api.types[list].shape, widths.next()) else {
            return list;
        };
        if own == said {
            return list;
        }
        let shape = Shape::Integers(*said, values.clone());
        let ty = Type {
            shape,
            ..self.api.types[list].clone()
        };
        self.api.types.push(ty)
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
                return self.objects(id, objects);
            }
            let extended = rows.iter().flat_map(|row| {
                let alternatives = union.alternatives.iter();
                alternatives.map(|alternative| row.iter().copied().chain([*alternative]).collect())
            });
            rows = extended.collect();
            last = Some(union.clone());
        }
        if unions.len() > 1 {
            // Of two texts or lists, only like and like go together.
            rows.retain(|row| self.is_possible(row));
        }
        let rows = rows.into_iter().enumerate();
        let alternatives: Vec<TypeId> = rows.map(|(index, row)| self.row(id, index, row)).collect();
        let Some(last) = last.filter(|_| !alternatives.is_empty()) else {
            self.contradiction(id, "its unions have no alternative in common");
            return Shape::Any;
        };
        // Of several unions, no discriminator tells the alternatives of the product apart.
        let mut discriminator = last.discriminator.clone().filter(|_| unions.len() == 1);
        for (_, target) in discriminator.iter_mut().flat_map(|found| &mut found.mapping) {
            let index = last.alternatives.iter().position(|alternative| alternative == target);
            let row = index.and_then(|index| alternatives.get(index));
            *target = row.copied().unwrap_or(*target);
        }
        Shape::Union(Union {
            alternatives,
            discriminator,
            decision: None,
            ..last
        })
    }

    fn is_possible(&mut self, row: &[TypeId]) -> bool {
        let parts = self.parts(row);
        match (&parts.objects[..], &parts.scalars[..]) {
            (_, []) => true,
            ([], scalars) => self.strictest(scalars).is_some(),
            _ => false,
        }
    }

    /// One alternative with the objects merged into it; itself, where it has all of them already.
    fn row(&mut self, id: TypeId, index: usize, row: Vec<TypeId>) -> TypeId {
        let Some((alternative, objects)) = row.split_last() else {
            return id;
        };
        let behind = self.behind(*alternative).0;
        let own = self.parts(&[behind]);
        if objects.iter().all(|object| own.objects.contains(object)) {
            return *alternative;
        }
        // A name of its own: the alternative's may be in use for what it is without the objects.
        let mut hints: Vec<Hint> = (self.api.types[behind].hints.iter())
            .filter_map(|hint| match hint {
                Hint::Component(name) => Some(Hint::Extended(name.clone())),
                Hint::Extended(_) | Hint::Title(_) => Some(hint.clone()),
                _ => None,
            })
            .collect();
        hints.push(Hint::Alternative(id, index));
        let ty = Type {
            docs: self.api.types[behind].docs.clone(),
            hints,
            ..self.blank(id)
        };
        self.make_as(row, ty)
    }

    fn too_large(&mut self, id: TypeId, what: &str) {
        let place = self.api.types[id].origin.place.clone();
        self.findings.push(
            Finding::warning(codes::ALL_OF_TOO_LARGE, place, format!("merging `allOf` {what} here"))
                .help("the value stays JSON; write out in an overlay what it looks like"),
        );
    }

    fn contradiction(&mut self, id: TypeId, what: &str) {
        let origin = &self.api.types[id].origin;
        self.findings.push(
            Finding::warning(
                codes::ALL_OF_CONTRADICTION,
                origin.place.clone(),
                format!("no value fits this `allOf`: {what}"),
            )
            .help("correct the schema in an overlay; until then the last part counts, or the value stays JSON"),
        );
    }
}
