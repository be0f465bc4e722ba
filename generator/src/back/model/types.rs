//! Types of what is sent and answered.

use super::{Argument, DateCrate, Setter, Store};

/// A module of types.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeModule {
    /// Its name.
    pub module: String,
    /// Its first lines.
    pub docs: Vec<String>,
    /// Its items.
    pub items: Vec<Item>,
    /// It is compiled where one of these features is on; none: always.
    pub features: Vec<String>,
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A record.
    Struct(Struct),
    /// Text out of a list that may grow.
    Enumeration(Enumeration),
    /// One of several.
    Union(Union),
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Values that are always the same: written for the user, checked when read.
    pub constants: Vec<Constant>,
    /// Field that keeps keys beyond the others: a `BTreeMap<String, V>`.
    pub rest: Option<Rest>,
    /// Whether all fields may be left out, so that it has `Default`.
    pub default: bool,
    /// `new` with these arguments and the setters, where users build it; `None` where only the API does.
    pub builder: Option<StructBuilder>,
}

/// `new` and setters of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct StructBuilder {
    /// `new`'s arguments: the required fields; `Target::BodyField` names the field, `Store` how it is stored.
    pub arguments: Vec<(Argument, Store)>,
    /// The setters of the rest; `Target::BodyField` names the field.
    pub setters: Vec<Setter>,
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name in Rust.
    pub ident: String,
    /// Its key in JSON.
    pub name: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its whole type, `Option`, `Nullable` and `Box` included.
    pub ty: RustType,
    /// How it may be missing.
    pub presence: Presence,
    /// Whether it must be given by whoever makes the record. A field that is only sent must, though answers lack it.
    pub asked: bool,
    /// Whether `Debug` leaves its value out.
    pub secret: bool,
}

/// How a field may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there (`null` too, if its type is an `Option`).
    Required,
    /// `Option<T>`: left out when `None`; read from `null` or nothing.
    Optional,
    /// `Nullable<T>`: three states.
    Nullable,
}

/// A value that is always the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// Its key in JSON.
    pub name: String,
    /// The value: text, a boolean or an integer.
    pub value: ConstantValue,
    /// Whether it is always there; where it may be missing, it may be `null`, too.
    pub required: bool,
}

/// A constant's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstantValue {
    /// Text.
    Text(String),
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i64),
}

/// The field that keeps keys beyond the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// The values' type.
    pub value: RustType,
}

/// Text out of a list that may grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its values.
    pub values: Vec<EnumerationValue>,
    /// The variant that keeps a value not known here: `Unknown`, unless a value is called that.
    pub unknown: String,
    /// Whether a field that can be sent as `null` holds it, so that `Nullable` of it is made from the same values.
    pub nullable: bool,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumerationValue {
    /// The variant.
    pub ident: String,
    /// The text.
    pub value: String,
}

/// One of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its variants, one payload each.
    pub variants: Vec<Variant>,
    /// How a value's variant is found; indices into `variants`.
    pub decision: Decision,
    /// The variant that keeps an object whose tag is not known here (`serde_json::Value`); only with `ObjectChoice::Tag`.
    pub unknown: Option<String>,
    /// What was expected, for errors: `an array or a boolean`.
    pub expected: String,
    /// Whether a field that can be sent as `null` holds it, so that `Nullable` of it is made from the same values.
    pub nullable: bool,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Its payload, `Box` included.
    pub ty: RustType,
    /// `From` these types (only such as no other variant takes, and never a parameter of the trait's own).
    pub from: Vec<Conversion>,
    /// A tag to write beside the payload's own fields, of which it is none.
    pub tag: Option<Tag>,
    /// The constants without which an object is not tried as this variant, since the payload would do without.
    pub keys: Vec<String>,
}

/// What tells an alternative from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The key.
    pub key: String,
    /// The text.
    pub text: String,
    /// Whether it is passed over where it is read, so that the payload does not keep it among its other properties.
    pub passed_over: bool,
}

/// A `From` implementation of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// From the payload (unboxed).
    Payload,
    /// From `&str`, where the payload is `String` or an open enum.
    Str,
    /// From `[T; N]`, where the payload is `Vec<T>`.
    Array,
}

/// How a union's variant is found: by the kind of the JSON value first. Numbers in here are indices into
/// [`Union::variants`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The variant for `true` and `false`.
    pub boolean: Option<usize>,
    /// The variant for integers.
    pub integer: Option<usize>,
    /// The variant for numbers (integers too, where `integer` is `None`).
    pub number: Option<usize>,
    /// The variants for text, the most demanding first.
    pub string: Vec<usize>,
    /// The variants for arrays, the most demanding first.
    pub array: Vec<usize>,
    /// The variants for objects.
    pub object: ObjectChoice,
}

/// How an object's variant is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ObjectChoice {
    /// No variant is an object.
    #[default]
    None,
    /// The only one.
    One(usize),
    /// By the text under a key.
    Tag {
        /// The key.
        property: String,
        /// Tags, and the variants that have each. Where more than one has it, they are tried in this order.
        tags: Vec<(String, Vec<usize>)>,
    },
    /// By the keys that are there, in this order: the first whose keys are all present.
    Keys(Vec<(usize, Vec<String>)>),
    /// By trying, in this order.
    Trial(Vec<usize>),
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i8` … `u64`, `f32`, `f64`, by name.
    Numeric(&'static str),
    /// `String`
    String,
    /// `serde_json::Value`
    Json,
    /// `()`
    Unit,
    /// `jiff::Timestamp` or `chrono::DateTime<chrono::FixedOffset>`
    DateTime(DateCrate),
    /// `jiff::civil::Date` or `chrono::NaiveDate`
    Date(DateCrate),
    /// The runtime's `Upload`.
    Upload,
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// The runtime's `Nullable<T>`
    Nullable(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
    /// A type of this API's `types`.
    Named(String),
}

impl RustType {
    /// The type of the crate that is in it, if there is one.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Vec(inner) | Self::Map(inner) | Self::Option(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.named()
            }
            Self::Named(name) => Some(name),
            _ => None,
        }
    }
}
