//! The name table as text: what snapshots show, and where a user looks up what to rename.

use std::fmt::Write;

use super::Names;
use crate::ir::analysis::headers;
use crate::ir::{Additional, Api, Shape, TypeId};

/// One line for each thing that has a name: what it is in the document, and what it is called.
pub fn table(api: &Api, names: &Names) -> String {
    let mut out = String::new();
    for (index, resource) in names.resources.iter().enumerate() {
        line(&mut out, 0, &resource.module, &resource.handle);
        if let Some(feature) = names
            .features
            .as_ref()
            .and_then(|features| features.resources.get(index))
        {
            line(&mut out, 1, "feature", feature);
        }
        for id in &resource.operations {
            let own = &names.operations[id.0 as usize];
            line(
                &mut out,
                1,
                &api.operations[id.0 as usize].label(),
                &format!("{}  {}", own.method, own.builder),
            );
            for (parameter, name) in api.operations[id.0 as usize].parameters.iter().zip(&own.parameters) {
                line(&mut out, 2, &parameter.name, name);
            }
        }
    }
    for (payload, name) in api.payloads.iter().zip(&names.payloads) {
        line(&mut out, 0, &payload.name, name);
    }
    for (set, own) in headers::of(api).iter().zip(&names.headers) {
        line(&mut out, 0, "headers of answers", &own.ident);
        for (header, name) in set.headers.iter().zip(&own.methods) {
            line(&mut out, 1, &header.name, name);
        }
    }
    let mut ids: Vec<_> = names.types.keys().copied().collect();
    ids.sort();
    for id in ids {
        line(&mut out, 0, &api.types[id].origin.pointer, &names.types[&id]);
        match &api.types[id].shape {
            Shape::Object(object) => {
                for (field, name) in object.fields.iter().zip(names.fields.get(&id).into_iter().flatten()) {
                    line(&mut out, 1, &field.name, name);
                }
                if let (Additional::Kept(_), Some(rest)) = (object.additional, names.rest.get(&id)) {
                    line(&mut out, 1, "…", rest);
                }
            }
            Shape::Enumeration(list) => {
                for (value, name) in list.values.iter().zip(names.variants.get(&id).into_iter().flatten()) {
                    line(&mut out, 1, value, name);
                }
                write_unknown(names, id, &mut out);
            }
            Shape::Union(_) => {
                for (index, name) in names.variants.get(&id).into_iter().flatten().enumerate() {
                    line(&mut out, 1, &format!("alternative {index}"), name);
                }
                write_unknown(names, id, &mut out);
            }
            _ => {}
        }
    }
    out
}

/// The variant that keeps what is not known, where it is not called as it mostly is.
fn write_unknown(names: &Names, id: TypeId, out: &mut String) {
    if let Some(unknown) = names.unknown.get(&id).filter(|unknown| *unknown != "Unknown") {
        line(out, 1, "…", unknown);
    }
}

fn line(out: &mut String, depth: usize, document: &str, rust: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}{document:?} -> {rust}", "  ".repeat(depth));
}
