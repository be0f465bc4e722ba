//! Waiters: which call they make, which field they look at, what their documentation says.

use super::{Context, example};
use crate::back::model::{Item, Missing, RustType, Waiter};
use crate::config;
use crate::ir::{Content, OperationId, TypeId};
use crate::names::{Resource, WaiterNames};

impl Context<'_> {
    /// The waiters of a resource. One that cannot be made is an error of `config::applies`.
    pub(super) fn waiters(&self, resource: &Resource) -> Vec<Waiter> {
        let all = self.config.waiters.iter().zip(&self.names.waiters);
        all.filter_map(|(waiter, own)| self.waiter(resource, waiter, own.as_ref()?))
            .collect()
    }

    fn waiter(&self, resource: &Resource, waiter: &config::Waiter, own: &WaiterNames) -> Option<Waiter> {
        let call = resource.operations.iter().position(|id| *id == own.operation)?;
        let (field, missing) = self.state(own.operation, &waiter.field.value)?;
        let values = |list: &[config::Located<String>]| list.iter().map(|value| value.value.clone()).collect();
        Some(Waiter {
            method: own.method.clone(),
            ident: own.builder.clone(),
            constant: own.constant.clone(),
            docs: self.waiter_docs(resource, waiter, own),
            call,
            key: waiter.field.value.clone(),
            field,
            missing,
            until: values(&waiter.until),
            fail: values(&waiter.fail),
        })
    }

    /// The field with the state, and how it may be missing.
    fn state(&self, id: OperationId, key: &str) -> Option<(String, Missing)> {
        let Item::Struct(answer) = self.item(self.answer(id)?)? else {
            return None;
        };
        let field = answer.fields.into_iter().find(|field| field.name == key)?;
        let missing = match field.ty {
            RustType::Option(_) => Missing::Option,
            RustType::Nullable(_) => Missing::Nullable,
            _ => Missing::Never,
        };
        Some((field.ident, missing))
    }

    fn answer(&self, id: OperationId) -> Option<TypeId> {
        let mut responses = self.api.operations[id.0 as usize].responses.iter();
        let response = responses.find(|response| response.status.is_success())?;
        match response.content {
            Content::Json(id) => Some(self.api.types.peel(id).0),
            _ => None,
        }
    }

    fn waiter_docs(&self, resource: &Resource, waiter: &config::Waiter, own: &WaiterNames) -> Vec<String> {
        let operation = &self.names.operations[own.operation.0 as usize];
        let (handle, builder, key) = (&resource.handle, &own.builder, &waiter.field.value);
        let (call, until) = (format!("[`{handle}::{}`]", operation.method), listed(&waiter.until));
        let mut lines = vec![
            format!("Waits until the `{key}` that {call} answers is {until}."),
            String::new(),
            "Asks at once, then after pauses that grow from half a second to 5 seconds, for 10 minutes at most:"
                .to_owned(),
            format!(
                "[`{builder}::with_interval`] and [`{builder}::with_timeout`] change that. A 404 within the first 10"
            ),
            "seconds means that what was just created is not found yet.".to_owned(),
            String::new(),
            "# Errors".to_owned(),
            String::new(),
        ];
        let over = "- [`crate::Error::Wait`]: the time is over";
        lines.push(match waiter.fail.as_slice() {
            [] => over.to_owned(),
            fail => format!(
                "{over}, or the `{key}` is {}, which {until} does not follow",
                listed(fail)
            ),
        });
        lines.push(format!("- all errors of {call}"));
        let example = example::of_call(self, own.operation, &own.method);
        if !example.is_empty() {
            lines.push(String::new());
            lines.extend(example);
        }
        lines
    }
}

/// `` `A`, `B` or `C` ``
fn listed(values: &[config::Located<String>]) -> String {
    let words: Vec<_> = values.iter().map(|value| format!("`{}`", value.value)).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}
