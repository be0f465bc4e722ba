//! What an entry of `[[api.paginate]]` means for an operation: which parameters and fields it names.
//!
//! Knows the IR. The check of a configuration and the plan of a client both ask here, so that they cannot differ.

use super::{Located, NextCursor, PageStyle, Pagination};
use crate::diagnostic::{Finding, Place, codes};
use crate::ir::{Api, Content, Operation, OperationId, Shape, StringFormat, TypeId};

/// How the pages of an operation are walked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The answer's type.
    pub page: TypeId,
    /// From the answer to the list of items.
    pub items: Path,
    /// An item's type.
    pub item: TypeId,
    /// From the answer to whether there is a further page.
    pub has_more: Option<Path>,
    /// Where the next page is.
    pub advance: Advance,
}

/// Fields to go through: each an object's type and an index among its fields.
pub type Path = Vec<(TypeId, usize)>;

/// Where the next page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advance {
    /// At a cursor: from the answer, or from its last item, to it.
    Cursor {
        /// What it is sent as.
        parameter: Parameter,
        /// From where the path leads to it.
        from_last_item: bool,
        /// The way to it, or to what has it.
        next: Path,
        /// What is there, and how it is sent.
        kind: CursorKind,
    },
    /// At the next number.
    Page {
        /// What it is sent as.
        parameter: Parameter,
        /// The number of the first page.
        first: u32,
        /// From the answer to the number of pages.
        total: Option<Path>,
    },
    /// Behind the items so far.
    Offset {
        /// What their number is sent as.
        parameter: Parameter,
        /// From the answer to the number of all items.
        total: Option<Path>,
    },
    /// At a link: from the answer to it; `None`: in the header `Link`.
    Link(Option<Path>),
}

/// What is at the end of the way to a cursor, and how the cursor is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorKind {
    /// Text, as it is.
    Text,
    /// An integer, as it is.
    Number,
    /// An integer, as text.
    NumberAsText,
    /// One of several records that all have this key: what is there, as text.
    Key(String),
}

/// A parameter of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// An index into the operation's parameters.
    Outside(usize),
    /// A field of the body: the body's type, and an index among its fields.
    Body(TypeId, usize),
}

/// The entry that is for an operation, resolved; `None` where there is none, or where it does not apply.
pub fn of(api: &Api, id: OperationId, paginations: &[Pagination]) -> Option<Pages> {
    let operation = api.operations.get(id.0 as usize)?;
    let label = operation.label();
    let entry = paginations
        .iter()
        .find(|entry| entry.operations.iter().any(|name| name.value == label))?;
    resolve(api, operation, entry).ok()
}

/// Resolves an entry.
///
/// # Errors
///
/// Where the document has not what it names.
pub fn resolve(api: &Api, operation: &Operation, entry: &Pagination) -> Result<Pages, Box<Finding>> {
    let resolver = Resolver { api, operation };
    let page = resolver.answer(entry)?;
    let (items, item) = resolver.items(page, entry)?;
    let flag = |ty: &Shape| matches!(ty, Shape::Bool);
    let has_more = resolver.optional(page, entry.has_more.as_ref(), flag, "a boolean")?;
    Ok(Pages {
        page,
        items,
        item,
        has_more,
        advance: resolver.advance(page, item, &entry.style)?,
    })
}

/// What names are looked up in.
struct Resolver<'a> {
    api: &'a Api,
    operation: &'a Operation,
}

impl Resolver<'_> {
    /// The type of the answer, which must be the same for every success.
    fn answer(&self, entry: &Pagination) -> Result<TypeId, Box<Finding>> {
        let fail = |reason: &str, help: &'static str| {
            let message = format!("`{}` has no pages: {reason}", self.operation.label());
            Box::new(Finding::error(codes::PAGES_IMPOSSIBLE, self.place(entry), message).help(help))
        };
        let successes = self.operation.successes();
        let mut contents: Vec<&Content> = successes.iter().map(|answer| &answer.content).collect();
        contents.dedup();
        let [Content::Json(page)] = contents[..] else {
            let help = "remove it, or correct the answers in an overlay";
            return Err(fail("its answers are not JSON of one type", help));
        };
        if self.api.types.peel(*page).1 {
            return Err(fail(
                "its answer may be null",
                "remove it, or correct the answer in an overlay",
            ));
        }
        if self.is_body_unfit() {
            return Err(fail("its body cannot be sent again, or not be changed", "remove it"));
        }
        Ok(*page)
    }

    /// Whether the body is a file, or may be left out only as a whole, so that nothing can be put into it.
    fn is_body_unfit(&self) -> bool {
        let Some(body) = &self.operation.body else { return false };
        match body.content {
            Content::Multipart(_) | Content::Binary => true,
            Content::Json(id) | Content::Form(id) => match self.shape(id) {
                Shape::Object(object) => {
                    let constant = |id| matches!(self.shape(id), Shape::Const(_));
                    let demanding = object.fields.iter().any(|field| field.required && !constant(field.ty));
                    demanding && (!body.required || self.api.types.peel(id).1)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Where the entry names the operation.
    fn place(&self, entry: &Pagination) -> Option<Place> {
        let label = self.operation.label();
        let name = entry.operations.iter().find(|name| name.value == label);
        name.map(|name| name.place.clone())
    }

    fn items(&self, page: TypeId, entry: &Pagination) -> Result<(Path, TypeId), Box<Finding>> {
        let (path, list) = match &entry.items {
            Some(items) => self.field(page, items)?,
            None => (Vec::new(), page),
        };
        if let Shape::Array(item) = self.shape(list) {
            return Ok((path, *item));
        }
        let label = self.operation.label();
        Err(match &entry.items {
            Some(items) => wrong_kind(&items.value, items, "a list").into(),
            None => {
                let message = format!("the answer of `{label}` is no list");
                let place = self.place(entry);
                let help = "say where the items are: items = \"<field>\"";
                Box::new(Finding::error(codes::PAGES_FIELD_KIND, place, message).help(help))
            }
        })
    }

    fn advance(&self, page: TypeId, item: TypeId, style: &PageStyle) -> Result<Advance, Box<Finding>> {
        let count = |ty: &Shape| matches!(ty, Shape::Integer(_) | Shape::Number(_));
        match style {
            PageStyle::Cursor { parameter, next } => {
                let (sent, ty) = self.parameter(parameter)?;
                let (from, name) = match next {
                    NextCursor::Field(name) => (page, name),
                    NextCursor::LastItem(name) => (item, name),
                };
                let (path, kind) = self.cursor(from, name, ty)?;
                let Some(kind) = kind else {
                    let kind = format!("a text, or an integer as `{}` is", name.value);
                    return Err(wrong_kind(&parameter.value, parameter, &kind).into());
                };
                Ok(Advance::Cursor {
                    parameter: sent,
                    from_last_item: matches!(next, NextCursor::LastItem(_)),
                    next: path,
                    kind,
                })
            }
            PageStyle::Page {
                parameter,
                first,
                total,
            } => Ok(Advance::Page {
                parameter: self.counter(parameter)?,
                first: *first,
                total: self.optional(page, total.as_ref(), count, "an integer")?,
            }),
            PageStyle::Offset { parameter, total } => Ok(Advance::Offset {
                parameter: self.counter(parameter)?,
                total: self.optional(page, total.as_ref(), count, "an integer")?,
            }),
            PageStyle::Link { next } => {
                let text = |ty: &Shape| matches!(ty, Shape::String(StringFormat::Plain));
                Ok(Advance::Link(self.optional(page, next.as_ref(), text, "text")?))
            }
        }
    }

    /// A parameter that counts.
    fn counter(&self, name: &Located<String>) -> Result<Parameter, Box<Finding>> {
        match self.parameter(name)? {
            (parameter, ty) if matches!(self.shape(ty), Shape::Integer(_) | Shape::Number(_)) => Ok(parameter),
            _ => Err(wrong_kind(&name.value, name, "a number").into()),
        }
    }

    /// The way to a cursor that is sent as a value of a type; no kind, where it is of another one.
    fn cursor(
        &self,
        from: TypeId,
        name: &Located<String>,
        sent: TypeId,
    ) -> Result<(Path, Option<CursorKind>), Box<Finding>> {
        let is_text = matches!(self.shape(sent), Shape::String(StringFormat::Plain));
        let (path, end, rest) = self.walk(from, &name.value);
        if is_text && self.has_cursor_as(end, rest) && matches!(self.shape(end), Shape::Union(_)) {
            return Ok((path, Some(CursorKind::Key(rest.to_owned()))));
        }
        let (path, cursor) = self.field(from, name)?;
        let kind = match (self.shape(sent), self.shape(cursor)) {
            (Shape::String(StringFormat::Plain), Shape::String(StringFormat::Plain)) => Some(CursorKind::Text),
            (Shape::String(StringFormat::Plain), Shape::Integer(_)) => Some(CursorKind::NumberAsText),
            (Shape::Integer(sent), Shape::Integer(cursor)) if sent == cursor => Some(CursorKind::Number),
            _ => None,
        };
        Ok((path, kind))
    }

    /// Whether a record, or each of the records that there may be, has a text or an integer under a key.
    fn has_cursor_as(&self, id: TypeId, key: &str) -> bool {
        match self.shape(id) {
            Shape::Union(union) => union.alternatives.iter().all(|id| self.has_cursor_as(*id, key)),
            Shape::Object(object) => object.fields.iter().any(|field| {
                let plain = matches!(
                    self.shape(field.ty),
                    Shape::String(StringFormat::Plain) | Shape::Integer(_)
                );
                field.name == key && plain
            }),
            _ => false,
        }
    }

    /// A parameter outside the path, or else a field of the body.
    fn parameter(&self, name: &Located<String>) -> Result<(Parameter, TypeId), Box<Finding>> {
        let outside = &self.operation.parameters;
        if let Some(at) = outside.iter().position(|parameter| parameter.name == name.value) {
            return Ok((Parameter::Outside(at), outside[at].ty));
        }
        let body = self.operation.body.as_ref().and_then(|body| body.content.ty());
        if let Some(body) = body.map(|id| self.api.types.peel(id).0)
            && let Shape::Object(object) = &self.api.types[body].shape
            && let Some(at) = object.fields.iter().position(|field| field.name == name.value)
        {
            return Ok((Parameter::Body(body, at), object.fields[at].ty));
        }
        let message = format!("`{}` has no parameter `{}`", self.operation.label(), name.value);
        let help = "name a parameter, or a field of the body, as it is called in the document; or remove the entry";
        Err(Box::new(
            Finding::error(codes::PAGES_PARAMETER_UNKNOWN, name.place.clone(), message).help(help),
        ))
    }

    fn optional(
        &self,
        page: TypeId,
        name: Option<&Located<String>>,
        fits: impl Fn(&Shape) -> bool,
        kind: &str,
    ) -> Result<Option<Path>, Box<Finding>> {
        let Some(name) = name else { return Ok(None) };
        match self.field(page, name)? {
            (path, ty) if fits(self.shape(ty)) => Ok(Some(path)),
            _ => Err(wrong_kind(&name.value, name, kind).into()),
        }
    }

    /// Goes along the keys of a path. A key may have dots in it: `@odata.nextLink`.
    fn field(&self, from: TypeId, name: &Located<String>) -> Result<(Path, TypeId), Box<Finding>> {
        let (path, end, rest) = self.walk(from, &name.value);
        if rest.is_empty() {
            return Ok((path, end));
        }
        let message = format!("no answer of `{}` has a field `{}`", self.operation.label(), name.value);
        let help = "name a field as it is called in the JSON, with the keys on the way to it: `meta.next`";
        let finding = Finding::error(codes::PAGES_FIELD_UNKNOWN, name.place.clone(), message);
        Err(Box::new(finding.help(help)))
    }

    /// Goes along the keys as far as there are fields: the way, where it ends, and the keys that are left.
    fn walk<'n>(&self, from: TypeId, keys: &'n str) -> (Path, TypeId, &'n str) {
        let (mut path, mut at, mut rest) = (Vec::new(), from, keys);
        while !rest.is_empty() {
            let id = self.api.types.peel(at).0;
            let fields = match &self.api.types[id].shape {
                Shape::Object(object) => &object.fields[..],
                _ => &[],
            };
            let found = fields.iter().enumerate().find_map(|(index, field)| {
                let after = rest.strip_prefix(field.name.as_str())?;
                let after = if after.is_empty() {
                    after
                } else {
                    after.strip_prefix('.')?
                };
                Some((index, field.ty, after))
            });
            let Some((index, ty, after)) = found else { break };
            path.push((id, index));
            (at, rest) = (ty, after);
        }
        (path, at, rest)
    }

    /// The shape behind any null.
    fn shape(&self, id: TypeId) -> &Shape {
        &self.api.types[self.api.types.peel(id).0].shape
    }
}

fn wrong_kind(what: &str, name: &Located<String>, kind: &str) -> Finding {
    let message = format!("`{what}` is not {kind}");
    let finding = Finding::error(codes::PAGES_FIELD_KIND, name.place.clone(), message);
    finding.help("name another one, or correct its type in an overlay")
}
