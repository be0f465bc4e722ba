//! The times of a waiter: which keys they are read from, what holds where one is not given, and that they go together.

use std::time::Duration;

use super::reader::Table;
use super::{Located, Pace};
use crate::diagnostic::codes;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(600);
const NOT_FOUND_FOR: Duration = Duration::from_secs(10);

/// The shortest time that is one.
const LEAST: Duration = Duration::from_millis(1);

/// The keys of an entry of `[[api.wait]]` that are times.
pub(super) fn pace(table: &mut Table<'_>) -> Pace {
    let first = table.seconds("first-pause", LEAST);
    let longest = table.seconds("longest-pause", LEAST);
    let timeout = table.seconds("timeout", LEAST);
    let not_found_for = table.seconds("not-found-for", Duration::ZERO);
    let value = |given: &Option<Located<Duration>>| given.as_ref().map(|given| given.value);
    let pace = Pace {
        // A pause that is not given keeps to the other.
        first_pause: value(&first).unwrap_or_else(|| value(&longest).map_or(FIRST_PAUSE, |it| it.min(FIRST_PAUSE))),
        longest_pause: value(&longest)
            .unwrap_or_else(|| value(&first).map_or(LONGEST_PAUSE, |it| it.max(LONGEST_PAUSE))),
        timeout: value(&timeout).unwrap_or(TIMEOUT),
        not_found_for: value(&not_found_for).unwrap_or(NOT_FOUND_FOR),
    };
    if let Some(longest) = longest.filter(|_| pace.longest_pause < pace.first_pause) {
        let what = "`longest-pause` in [[api.wait]] is shorter than `first-pause`";
        refuse(
            table,
            &longest,
            what,
            "write a time that is not, or leave one of them out",
        );
    }
    if let Some(given) = timeout.or(first).filter(|_| pace.timeout <= pace.first_pause) {
        let what = "`timeout` in [[api.wait]] is over before `first-pause` is, so that it would ask only once";
        refuse(
            table,
            &given,
            what,
            "write a longer `timeout`, or a shorter `first-pause`",
        );
    }
    pace
}

fn refuse(table: &mut Table<'_>, given: &Located<Duration>, what: &str, help: &str) {
    table.push(
        codes::CONFIG_INVALID_VALUE,
        given.place.clone(),
        what.to_owned(),
        help.to_owned(),
    );
}
