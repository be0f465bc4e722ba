//! The types of an API: an arena of shapes that refer to each other by id.

use std::ops::{Index, IndexMut};

use crate::diagnostic::Place;
use crate::ir::OperationId;

/// An index into [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);

/// All types, in the order in which the document first reaches them.
#[derive(Debug, Clone, Default)]
pub struct Types {
    list: Vec<Type>,
}

impl Types {
    /// Adds a type.
    pub fn push(&mut self, ty: Type) -> TypeId {
        let id = TypeId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(ty);
        id
    }

    /// Ids and types, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0u32..).map(TypeId).zip(&self.list)
    }

    /// All ids, in order. They stay valid while types are changed or added.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..u32::try_from(self.list.len()).unwrap_or(u32::MAX)).map(TypeId)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The type behind any number of [`Shape::Nullable`]s and [`Shape::Alias`]es, and whether `null` is allowed.
    pub fn peel(&self, mut id: TypeId) -> (TypeId, bool) {
        let mut nullable = false;
        // No way is longer, unless it is a circle.
        for _ in 0..self.list.len() {
            id = match self[id].shape {
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
}

impl Index<TypeId> for Types {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        &self.list[id.0 as usize]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.list[id.0 as usize]
    }
}

/// A type: what values look like, what the document says of them, and what it might be called.
#[derive(Debug, Clone)]
pub struct Type {
    /// What values look like.
    pub shape: Shape,
    /// What the document says of it.
    pub docs: Docs,
    /// Where a name may come from, the strongest first; more than one after equal types were folded.
    pub hints: Vec<Hint>,
    /// Where it stands.
    pub origin: Origin,
}

/// What values look like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// Only `null`.
    Null,
    /// `true` or `false`
    Bool,
    /// An integer.
    Integer(IntegerFormat),
    /// An integer out of a list, by which alternatives may be told apart; gone after `passes::classify`.
    Integers(IntegerFormat, Vec<serde_json::Number>),
    /// One of the booleans, by which alternatives may be told apart; gone after `passes::classify`.
    OneBool(bool),
    /// A number.
    Number(NumberFormat),
    /// Text.
    String(StringFormat),
    /// One value, which is written for the user: `const`, or a one-value `enum` that tells a union's alternatives apart.
    Const(serde_json::Value),
    /// Text out of a list that may grow.
    Enumeration(Enumeration),
    /// A list.
    Array(TypeId),
    /// A map from any text.
    Map(TypeId),
    /// A record.
    Object(Object),
    /// One of several.
    Union(Union),
    /// All of several at once; gone after `passes::merge`.
    AllOf(Vec<TypeId>),
    /// `null`, or the other.
    Nullable(TypeId),
    /// The same as the other (a component that is only a `$ref`); gone after `passes::resolve`.
    Alias(TypeId),
}

/// An integer's width. Without a format: 64 bits, signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// `int8`
    I8,
    /// `int16`
    I16,
    /// `int32`
    I32,
    /// `int64`, or none
    I64,
    /// `uint8`
    U8,
    /// `uint16`
    U16,
    /// `uint32`
    U32,
    /// `uint64`, or bounds beyond `i64`
    U64,
}

/// A number's width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// `float`
    F32,
    /// `double`, or none
    F64,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StringFormat {
    /// Text that stays text: no format, or one that clients do not check (uuid, uri, email, decimal, byte …).
    Plain,
    /// `date-time`: RFC 3339.
    DateTime,
    /// `date`: RFC 3339's full-date.
    Date,
    /// `binary`: a file. Only in multipart and raw bodies.
    Binary,
}

/// Text out of a list that may grow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Enumeration {
    /// The values known today, in the document's order, without repetition.
    pub values: Vec<String>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    /// Its fields, in the document's order.
    pub fields: Vec<Field>,
    /// What holds for keys beyond them.
    pub additional: Additional,
    /// Keys that must be there and that another part of an `allOf` declares; gone after `passes::merge`.
    pub also_required: Vec<String>,
}

/// What holds for keys beyond an object's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Additional {
    /// Nothing is said, or they are forbidden: the client ignores them.
    #[default]
    Ignored,
    /// They are values of this type, and kept.
    Kept(TypeId),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its key in the JSON.
    pub name: String,
    /// Its type; nullable where that says so.
    pub ty: TypeId,
    /// Whether it is always there, in the ways that it goes.
    pub required: bool,
    /// `readOnly`: only in answers.
    pub read_only: bool,
    /// `writeOnly`: only in requests.
    pub write_only: bool,
    /// `format: password`: its value is not to be shown.
    pub secret: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether a cycle of types closes here, so that the value must stand behind a pointer. Set by `analysis::cycles`.
    pub boxed: bool,
}

/// One of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The alternatives, in the document's order.
    pub alternatives: Vec<TypeId>,
    /// `oneOf` rather than `anyOf`.
    pub exclusive: bool,
    /// What the document says about telling them apart.
    pub discriminator: Option<Discriminator>,
    /// How a value's alternative is found; `None` until `passes::classify`.
    pub decision: Option<Decision>,
    /// For each alternative, whether a cycle of types closes there. Set by `analysis::cycles`; empty until then.
    pub boxed: Vec<bool>,
}

/// OpenAPI's `discriminator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discriminator {
    /// The property that holds the tag.
    pub property: String,
    /// Tags and the types that they stand for; where it is silent, a component's name is its tag.
    pub mapping: Vec<(String, TypeId)>,
}

/// How a JSON value's alternative is found: by its kind first. Numbers in here are indices into
/// [`Union::alternatives`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The alternative for `true` and `false`.
    pub boolean: Option<usize>,
    /// The alternative for integers.
    pub integer: Option<usize>,
    /// The alternative for numbers (integers too, where `integer` is `None`).
    pub number: Option<usize>,
    /// The alternatives for text, the most demanding first.
    pub string: Vec<usize>,
    /// The alternatives for arrays, the most demanding first.
    pub array: Vec<usize>,
    /// The alternatives for objects.
    pub object: ObjectChoice,
}

/// How an object's alternative is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ObjectChoice {
    /// No alternative is an object.
    #[default]
    None,
    /// The only one.
    One(usize),
    /// By the text under a key. A tag that is not listed is kept as it came.
    Tag {
        /// The key.
        property: String,
        /// Tags, and the alternatives that have each. Where more than one has it, they are tried in this order.
        tags: Vec<(String, Vec<usize>)>,
    },
    /// By the keys that are there, in this order: the first whose keys are all present.
    Keys(Vec<(usize, Vec<String>)>),
    /// By trying, in this order.
    Trial(Vec<usize>),
}

impl ObjectChoice {
    /// The key of the tags.
    pub fn property(&self) -> Option<&str> {
        match self {
            Self::Tag { property, .. } => Some(property),
            _ => None,
        }
    }

    /// The tags that an alternative shares with no other.
    pub fn own_tags(&self, alternative: usize) -> impl Iterator<Item = &str> {
        let tags = match self {
            Self::Tag { tags, .. } => &tags[..],
            _ => &[],
        };
        let own = tags.iter().filter(move |(_, group)| *group == [alternative]);
        own.map(|(tag, _)| tag.as_str())
    }
}

/// What the document says of a thing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docs {
    /// `title`
    pub title: Option<String>,
    /// `description`: CommonMark.
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// `default`: documented, never sent.
    pub default: Option<serde_json::Value>,
    /// What a server may insist on.
    pub constraints: Constraints,
}

/// What a server may insist on. Documented, never enforced by a client.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// Readable sentences' parts in a fixed order, such as `at least 60`, `at most 21600`, `1 to 200 characters`.
    pub list: Vec<String>,
}

/// Where a name may come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hint {
    /// A key under `components`.
    Component(String),
    /// A key under `components`, of a copy that has more than the component.
    Extended(String),
    /// A `title`.
    Title(String),
    /// A property of an object.
    Property(TypeId, String),
    /// An array's items.
    Item(TypeId),
    /// A map's values.
    Value(TypeId),
    /// An alternative of a union.
    Alternative(TypeId, usize),
    /// A part of an `allOf`.
    Part(TypeId),
    /// An operation's request body.
    RequestBody(OperationId),
    /// An operation's response: success.
    Response(OperationId),
    /// What comes value by value in an operation's success.
    StreamItem(OperationId),
    /// An operation's response: failure.
    ErrorBody(OperationId),
    /// An operation's parameter of this name.
    Parameter(OperationId, String),
    /// A header of this name in an operation's answers.
    Header(OperationId, String),
}

/// Where a thing stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The JSON Pointer in the normalised document, as a URI fragment.
    pub pointer: String,
    /// The place in the document as it was given.
    pub place: Option<Place>,
}

impl Shape {
    /// The types it refers to, in order. A discriminator's mapping is left out: it names alternatives.
    pub fn children(&self) -> Vec<TypeId> {
        match self {
            Self::Array(id) | Self::Map(id) | Self::Nullable(id) | Self::Alias(id) => vec![*id],
            Self::AllOf(parts) => parts.clone(),
            Self::Union(union) => union.alternatives.clone(),
            Self::Object(object) => {
                let mut list: Vec<_> = object.fields.iter().map(|field| field.ty).collect();
                if let Additional::Kept(value) = object.additional {
                    list.push(value);
                }
                list
            }
            _ => Vec::new(),
        }
    }

    /// Puts other types in the places of those it refers to, a discriminator's mapping included.
    pub fn replace(&mut self, other: impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Array(id) | Self::Map(id) | Self::Nullable(id) | Self::Alias(id) => *id = other(*id),
            Self::AllOf(parts) => parts.iter_mut().for_each(|part| *part = other(*part)),
            Self::Union(union) => {
                union
                    .alternatives
                    .iter_mut()
                    .for_each(|alternative| *alternative = other(*alternative));
                for (_, target) in union
                    .discriminator
                    .iter_mut()
                    .flat_map(|discriminator| &mut discriminator.mapping)
                {
                    *target = other(*target);
                }
            }
            Self::Object(object) => {
                object.fields.iter_mut().for_each(|field| field.ty = other(field.ty));
                if let Additional::Kept(value) = &mut object.additional {
                    *value = other(*value);
                }
            }
            _ => {}
        }
    }

    /// Whether a type of this shape gets a name of its own in a client.
    pub fn is_named(&self) -> bool {
        matches!(self, Self::Object(_) | Self::Enumeration(_) | Self::Union(_))
    }
}

impl Type {
    /// The key under `components` that it was written at.
    pub fn component(&self) -> Option<&str> {
        self.hints.iter().find_map(|hint| match hint {
            Hint::Component(name) => Some(name.as_str()),
            _ => None,
        })
    }
}
