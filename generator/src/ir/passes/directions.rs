//! `readOnly` and `writeOnly`: what is only answered is not sent, what is only sent is not answered.
//!
//! A record that goes both ways keeps such a field, but nobody has to give it.

use crate::ir::{Api, Shape, analysis};

pub(super) fn run(api: &mut Api) {
    let uses = analysis::usage::of(api);
    for id in api.types.ids() {
        let used = uses[id.0 as usize];
        let Shape::Object(object) = &mut api.types[id].shape else {
            continue;
        };
        object.fields.retain(|field| {
            !(field.read_only && used.sent && !used.answered || field.write_only && used.answered && !used.sent)
        });
        for field in &mut object.fields {
            if used.sent && used.answered && (field.read_only || field.write_only) {
                field.required = false;
            }
        }
    }
}
