//! Waiters: which call they make, which field they look at, what their documentation says.

use std::time::Duration;

use super::{Context, example};
use crate::back::model::{RustType, Waiter};
use crate::config::waiters::{self, State};
use crate::config::{self, Located};
use crate::ir::OperationId;
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
        let (field, ty) = self.state(own.operation, waiter)?;
        let values = |list: &[Located<String>]| list.iter().map(|value| value.value.clone()).collect();
        Some(Waiter {
            method: own.method.clone(),
            ident: own.builder.clone(),
            constant: own.constant.clone(),
            docs: self.waiter_docs(resource, waiter, own),
            call,
            key: waiter.field.value.clone(),
            field,
            ty,
            until: values(&waiter.until),
            fail: values(&waiter.fail),
            first_pause: waiter.pace.first_pause,
            longest_pause: waiter.pace.longest_pause,
            timeout: waiter.pace.timeout,
            not_found_for: waiter.pace.not_found_for,
        })
    }

    /// The field with the state, and its type.
    fn state(&self, id: OperationId, waiter: &config::Waiter) -> Option<(String, RustType)> {
        let operation = &self.api.operations[id.0 as usize];
        let State { answer, field } = waiters::resolve(self.api, operation, waiter).ok()?;
        self.planned_field(answer, field)
    }

    fn waiter_docs(&self, resource: &Resource, waiter: &config::Waiter, own: &WaiterNames) -> Vec<String> {
        let operation = &self.names.operations[own.operation.0 as usize];
        let (handle, builder, key) = (&resource.handle, &own.builder, &waiter.field.value);
        let (call, until) = (format!("[`{handle}::{}`]", operation.method), listed(&waiter.until));
        let mut lines = vec![
            format!("Waits until the `{key}` that {call} answers is {until}."),
            String::new(),
            asking(&waiter.pace),
            format!(
                "[`{builder}::with_interval`] and [`{builder}::with_timeout`] change that. {}",
                not_found(&waiter.pace)
            ),
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

fn asking(pace: &config::Pace) -> String {
    let (first, longest) = (time(pace.first_pause), time(pace.longest_pause));
    let pauses = if first == longest {
        format!("pauses of {first} that")
    } else {
        format!("pauses that grow from {first} to {longest} and")
    };
    let most = time(pace.timeout);
    format!("Asks at once, then after {pauses} are up to a quarter shorter by chance, for {most} at most:")
}

fn not_found(pace: &config::Pace) -> String {
    if pace.not_found_for.is_zero() {
        return "A 404 ends it, as any other error does.".to_owned();
    }
    let most = time(pace.not_found_for);
    format!("A 404 within {most} of the start means that what was just created is not found yet.")
}

/// `0.5 seconds`, `90 seconds`, `10 minutes`
fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let whole = time.subsec_nanos() == 0;
    let (count, unit) = match time.as_secs() {
        hours if whole && hours > 0 && hours % 3600 == 0 => (seconds / 3600.0, "hour"),
        minutes if whole && minutes > 0 && minutes % 60 == 0 => (seconds / 60.0, "minute"),
        _ => (seconds, "second"),
    };
    let plural = if count.to_string() == "1" { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

/// `` `A`, `B` or `C` ``
fn listed(values: &[Located<String>]) -> String {
    let words: Vec<_> = values.iter().map(|value| format!("`{}`", value.value)).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_plain_words() {
        let words = |milliseconds| time(Duration::from_millis(milliseconds));
        assert_eq!((words(500), words(1000)), ("0.5 seconds".into(), "1 second".into()));
        assert_eq!((words(90_000), words(60_000)), ("90 seconds".into(), "1 minute".into()));
        assert_eq!(
            (words(600_000), words(3_600_000)),
            ("10 minutes".into(), "1 hour".into())
        );
    }

    #[test]
    fn the_pace_in_plain_words() {
        let mut pace = config::Pace {
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_millis(2500),
            timeout: Duration::from_secs(30),
            not_found_for: Duration::from_secs(1),
        };
        assert_eq!(
            asking(&pace),
            "Asks at once, then after pauses that grow from 2 seconds to 2.5 seconds and are up to a quarter shorter by \
             chance, for 30 seconds at most:"
        );
        assert_eq!(
            not_found(&pace),
            "A 404 within 1 second of the start means that what was just created is not found yet."
        );
        pace.longest_pause = pace.first_pause;
        pace.not_found_for = Duration::ZERO;
        assert_eq!(
            asking(&pace),
            "Asks at once, then after pauses of 2 seconds that are up to a quarter shorter by chance, for 30 seconds at \
             most:"
        );
        assert_eq!(not_found(&pace), "A 404 ends it, as any other error does.");
    }
}
