//! `readOnly` and `writeOnly`: what is only answered is not sent, what is only sent is not answered.
//!
//! A record that goes both ways keeps such a field: one that is only answered nobody has to give, and one that is only sent
//! is not there in answers, which `back::plan` sees to.

use crate::ir::{Api, Shape, analysis};

pub(super) fn run(api: &mut Api) {
    let uses = analysis::usage::of(api);
    for id in api.types.ids() {
        let way = uses[id.0 as usize];
        let Shape::Object(object) = &mut api.types[id].shape else {
            continue;
        };
        object.fields.retain(|field| {
            !(field.read_only && way.sent && !way.answered || field.write_only && way.answered && !way.sent)
        });
        for field in &mut object.fields {
            if way.sent && way.answered && field.read_only {
                field.required = false;
            }
        }
    }
}
