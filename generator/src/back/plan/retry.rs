//! Which retry rule an operation has, and how its documentation says so.

use super::Context;
use crate::back::model::{Body, BodyKind, ConnectionRetry, PartKind, Retry};
use crate::config::{Connection, RetryRule};
use crate::ir::Operation;

impl Context<'_> {
    /// The first rule that fits; `None` where none does, or where it allows nothing.
    pub(super) fn retry(&self, operation: &Operation) -> Option<Retry> {
        let config = self.config.retry.as_ref()?;
        let rule = config.rules.iter().find(|rule| fits(rule, operation))?;
        decided(config.max_retries, rule)
    }

    /// The rules that name no operation, with their methods: those that allow nothing, too, as they stand before others.
    pub(super) fn undeclared_retries(&self) -> Vec<(Vec<String>, Option<Retry>)> {
        let Some(config) = &self.config.retry else {
            return Vec::new();
        };
        let rules = config.rules.iter().filter(|rule| rule.operations.is_empty());
        let methods = |rule: &RetryRule| rule.methods.iter().map(|method| method.value.clone()).collect();
        rules
            .map(|rule| (methods(rule), decided(config.max_retries, rule)))
            .collect()
    }
}

/// What a rule comes to; `None` where it allows nothing.
fn decided(max_retries: u32, rule: &RetryRule) -> Option<Retry> {
    let connection = match rule.connection {
        Connection::Never => ConnectionRetry::Never,
        Connection::Unsent => ConnectionRetry::Unsent,
        Connection::Any => ConnectionRetry::Any,
    };
    let statuses: Vec<_> = rule.statuses.iter().filter_map(|status| range(&status.value)).collect();
    let allows = max_retries > 0 && (!statuses.is_empty() || connection != ConnectionRetry::Never);
    allows.then_some(Retry {
        max_retries,
        statuses,
        connection,
    })
}

fn fits(rule: &RetryRule, operation: &Operation) -> bool {
    let methods = rule.methods.is_empty() || rule.methods.iter().any(|method| method.value == operation.method);
    let label = operation.label();
    methods && (rule.operations.is_empty() || rule.operations.iter().any(|listed| listed.value == label))
}

/// `429` or `5XX`, as the configuration was checked to have it.
fn range(status: &str) -> Option<(u16, u16)> {
    match status.strip_suffix("XX") {
        Some(hundreds) => hundreds
            .parse::<u16>()
            .ok()
            .map(|digit| (digit * 100, digit * 100 + 99)),
        None => status.parse().ok().map(|code| (code, code)),
    }
}

/// A section for a call's documentation.
pub(super) fn docs(retry: Option<&Retry>, body: Option<&Body>) -> Vec<String> {
    let text = retry.map_or_else(|| "None: the call is sent once.".to_owned(), rule);
    let mut lines = vec!["# Retries".to_owned(), String::new(), text];
    if retry.is_some() && body.is_some_and(has_file) {
        lines.push("A file from a reader or a stream is sent once.".to_owned());
    }
    lines
}

fn rule(retry: &Retry) -> String {
    let times = match retry.max_retries {
        1 => "Once".to_owned(),
        times => format!("Up to {times} times"),
    };
    let statuses = retry.statuses.iter().map(|range| match range {
        (first, last) if first == last => first.to_string(),
        (first, _) => format!("{}XX", first / 100),
    });
    let statuses = statuses.collect::<Vec<_>>();
    let after = match statuses.split_last() {
        None => None,
        Some((only, [])) => Some(format!("after {only}")),
        Some((last, others)) => Some(format!("after {} or {last}", others.join(", "))),
    };
    let connection = match retry.connection {
        ConnectionRetry::Never => None,
        ConnectionRetry::Unsent => Some("where no connection can be made".to_owned()),
        ConnectionRetry::Any => Some("where the connection fails or time runs out".to_owned()),
    };
    let cases: Vec<_> = after.into_iter().chain(connection).collect();
    format!("{times}: {}.", cases.join(", and "))
}

fn has_file(body: &Body) -> bool {
    match &body.kind {
        BodyKind::Binary { .. } => true,
        BodyKind::Multipart(parts) => parts
            .iter()
            .any(|part| matches!(part.kind, PartKind::File | PartKind::Files)),
        BodyKind::Json(_) | BodyKind::Form(_) | BodyKind::Text { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(max_retries: u32, statuses: &[(u16, u16)], connection: ConnectionRetry) -> String {
        rule(&Retry {
            max_retries,
            statuses: statuses.to_vec(),
            connection,
        })
    }

    #[test]
    fn rules_in_plain_words() {
        assert_eq!(
            text(2, &[(408, 408), (429, 429), (500, 599)], ConnectionRetry::Any),
            "Up to 2 times: after 408, 429 or 5XX, and where the connection fails or time runs out."
        );
        assert_eq!(
            text(1, &[(429, 429)], ConnectionRetry::Unsent),
            "Once: after 429, and where no connection can be made."
        );
        assert_eq!(
            text(3, &[(429, 429)], ConnectionRetry::Never),
            "Up to 3 times: after 429."
        );
        assert_eq!(
            text(2, &[], ConnectionRetry::Unsent),
            "Up to 2 times: where no connection can be made."
        );
        assert_eq!(docs(None, None), ["# Retries", "", "None: the call is sent once."]);
    }

    #[test]
    fn statuses_and_ranges() {
        assert_eq!((range("429"), range("5XX")), (Some((429, 429)), Some((500, 599))));
    }
}
