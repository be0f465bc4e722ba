//! Headers of answers get types that can be read from one line: text where there is none.

use std::collections::HashMap;

use crate::ir::{Additional, Api, Docs, Encoding, Header, Shape, StringFormat, Type, TypeId, Types};

/// Makes text of what the style `simple` cannot say (OpenAPI 3.0.4, section 4.7.12.2), and of a header that answers to one
/// operation declare with different types: it is read before it is known whose it is.
pub(super) fn run(api: &mut Api) {
    if api
        .operations
        .iter()
        .all(|operation| operation.headers().next().is_none())
    {
        return;
    }
    let text = api.types.push(Type {
        shape: Shape::String(StringFormat::Plain),
        docs: Docs::default(),
        hints: Vec::new(),
        origin: crate::ir::Origin::default(),
    });
    let types = &api.types;
    for operation in &mut api.operations {
        let mut first: HashMap<String, (TypeId, Encoding)> = HashMap::new();
        let mut differ = Vec::new();
        for header in operation.headers_mut() {
            settle(types, header, text);
            let name = header.name.to_ascii_lowercase();
            let own = (header.ty, header.encoding);
            if *first.entry(name.clone()).or_insert(own) != own {
                differ.push(name);
            }
        }
        for header in operation.headers_mut() {
            if differ.contains(&header.name.to_ascii_lowercase()) {
                as_text(header, text);
            }
        }
    }
}

fn settle(types: &Types, header: &mut Header, text: TypeId) {
    if header.encoding == Encoding::Json {
        return;
    }
    if !is_sayable(types, header.ty) {
        as_text(header, text);
    } else if !matches!(types[types.peel(header.ty).0].shape, Shape::Object(_) | Shape::Map(_)) {
        // Only objects are written in two ways.
        header.encoding = Encoding::Simple { explode: false };
    }
}

fn as_text(header: &mut Header, text: TypeId) {
    header.ty = text;
    header.encoding = Encoding::Simple { explode: false };
}

/// Whether a type is a value, a list of values, or an object whose fields are values.
fn is_sayable(types: &Types, id: TypeId) -> bool {
    let is_value = |id: TypeId| {
        matches!(
            types[types.peel(id).0].shape,
            Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::String(_) | Shape::Enumeration(_)
        )
    };
    match &types[types.peel(id).0].shape {
        Shape::Array(items) | Shape::Map(items) => is_value(*items),
        Shape::Object(object) => {
            let others = match object.additional {
                Additional::Ignored => true,
                Additional::Kept(value) => is_value(value),
            };
            others && object.fields.iter().all(|field| is_value(field.ty))
        }
        _ => is_value(id),
    }
}
