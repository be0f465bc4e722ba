//! What an entry of `[[api.paginate]]` means for an operation: which parameters and fields it names.
//!
//! Knows the IR. The check of a configuration and the plan of a client both ask here, so that they cannot differ.

use std::collections::HashSet;

use super::{Located, NextCursor, PageStyle, Pagination};
use crate::diagnostic::{Finding, Place, codes};
use crate::ir::{Api, Content, Object, Operation, OperationId, Shape, StringFormat, TypeId, Union};

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
    /// A number, as it is.
    Number,
    /// A number, as text.
    NumberAsText,
    /// Text or a number, as it is.
    Either,
    /// Text or a number, as text.
    EitherAsText,
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
        let body = self.operation.body.as_ref().map(|body| &body.content);
        if matches!(body, Some(Content::Multipart(_) | Content::Binary)) {
            return Err(fail("its body cannot be sent again", "remove it"));
        }
        Ok(*page)
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
                Ok(Advance::Cursor {
                    parameter: sent,
                    from_last_item: matches!(next, NextCursor::LastItem(_)),
                    next: path,
                    kind: kind.ok_or_else(|| unlike(parameter, name))?,
                })
            }
            PageStyle::Page {
                parameter,
                first,
                total,
            } => Ok(Advance::Page {
                parameter: self.counter(parameter)?,
                first: *first,
                total: self.optional(page, total.as_ref(), count, "a number")?,
            }),
            PageStyle::Offset { parameter, total } => Ok(Advance::Offset {
                parameter: self.counter(parameter)?,
                total: self.optional(page, total.as_ref(), count, "a number")?,
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
        if is_text && matches!(self.shape(end), Shape::Union(_)) && self.all_have_cursor(end, rest) {
            return Ok((path, Some(CursorKind::Key(rest.to_owned()))));
        }
        let (path, cursor) = self.field(from, name)?;
        let same_type = self.api.types.peel(sent).0 == self.api.types.peel(cursor).0;
        let (sent, cursor) = (self.shape(sent), self.shape(cursor));
        let kind = match cursor {
            Shape::String(StringFormat::Plain) if is_text => Some(CursorKind::Text),
            Shape::Integer(_) | Shape::Number(_) if is_text => Some(CursorKind::NumberAsText),
            Shape::Integer(_) | Shape::Number(_) if sent == cursor => Some(CursorKind::Number),
            Shape::Union(union) if is_text && self.is_text_or_number(union) => Some(CursorKind::EitherAsText),
            Shape::Union(union) if same_type && self.is_text_or_number(union) => Some(CursorKind::Either),
            _ => None,
        };
        Ok((path, kind))
    }

    /// Whether each of the records that there may be has a text or a number under a key.
    fn all_have_cursor(&self, id: TypeId, key: &str) -> bool {
        let is_cursor = |id| match self.shape(id) {
            Shape::Union(union) => self.is_text_or_number(union),
            shape => is_text_or_number(shape),
        };
        let (mut opened, mut stack) = (HashSet::new(), vec![id]);
        while let Some(id) = stack.pop() {
            match self.shape(id) {
                Shape::Union(union) if opened.insert(id) => stack.extend(&union.alternatives),
                Shape::Union(_) => {}
                Shape::Object(object) => {
                    let mut fields = object.fields.iter();
                    if !fields.any(|field| field.name == key && is_cursor(field.ty)) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        true
    }

    fn is_text_or_number(&self, union: &Union) -> bool {
        let mut shapes = union.alternatives.iter().map(|id| self.shape(*id));
        shapes.all(is_text_or_number)
    }

    /// A parameter outside the path, or else a field of the body.
    fn parameter(&self, name: &Located<String>) -> Result<(Parameter, TypeId), Box<Finding>> {
        let outside = &self.operation.parameters;
        if let Some(at) = outside.iter().position(|parameter| parameter.name == name.value) {
            return Ok((Parameter::Outside(at), outside[at].ty));
        }
        if let Some(body) = &self.operation.body
            && let Some(id) = body.content.ty()
            && let Shape::Object(object) = self.shape(id)
            && let Some(at) = object.fields.iter().position(|field| field.name == name.value)
        {
            let (id, nullable) = self.api.types.peel(id);
            if (!body.required || nullable) && self.is_demanding(object) {
                return Err(Box::new(self.body_may_be_missing(name)));
            }
            return Ok((Parameter::Body(id, at), object.fields[at].ty));
        }
        let message = format!("`{}` has no parameter `{}`", self.operation.label(), name.value);
        let help = "name a parameter, or a field of the body, as it is called in the document; or remove the entry";
        Err(Box::new(
            Finding::error(codes::PAGES_PARAMETER_UNKNOWN, name.place.clone(), message).help(help),
        ))
    }

    /// Whether there is no object without further values.
    fn is_demanding(&self, object: &Object) -> bool {
        let constant = |id| matches!(self.shape(id), Shape::Const(_));
        object.fields.iter().any(|field| field.required && !constant(field.ty))
    }

    /// Nothing can be put into a body that is not there, and that takes more than what is put there.
    fn body_may_be_missing(&self, name: &Located<String>) -> Finding {
        let message = format!(
            "`{}` cannot always be sent: the body of `{}` may be left out, and has required fields where it is not",
            name.value,
            self.operation.label()
        );
        let finding = Finding::error(codes::PAGES_IMPOSSIBLE, name.place.clone(), message);
        finding.help("if there always is a body, say so in an overlay: `required: true`, and no `null`; if not, remove the entry")
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

fn is_text_or_number(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::String(StringFormat::Plain) | Shape::Integer(_) | Shape::Number(_)
    )
}

/// A cursor that does not fit where it is sent.
fn unlike(parameter: &Located<String>, cursor: &Located<String>) -> Finding {
    let message = format!("`{}` does not take what `{}` is", parameter.value, cursor.value);
    let help =
        "text takes text and numbers, anything else its own type: name another one, or correct a type in an overlay";
    Finding::error(codes::PAGES_FIELD_KIND, parameter.place.clone(), message).help(help)
}

fn wrong_kind(what: &str, name: &Located<String>, kind: &str) -> Finding {
    let message = format!("`{what}` is not {kind}");
    let finding = Finding::error(codes::PAGES_FIELD_KIND, name.place.clone(), message);
    finding.help("name another one, or correct its type in an overlay")
}
