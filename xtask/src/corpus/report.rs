//! The table of a corpus, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::compile::Compiled;
use super::{Case, Outcome};

/// The report in the format that the file's name asks for; Markdown if it asks for none.
pub(super) fn text(cases: &[Case], file: Option<&Path>) -> String {
    if file.and_then(Path::extension).is_some_and(|end| end == "json") {
        let list: Vec<_> = cases.iter().map(as_json).collect();
        format!("{:#}\n", json!({ "summary": summary(cases), "documents": list }))
    } else {
        markdown(cases)
    }
}

/// One paragraph: how many of each.
pub(super) fn summary(cases: &[Case]) -> String {
    let count = |what: fn(&Case) -> bool| cases.iter().filter(|case| what(case)).count();
    let sum = |what: fn(&super::one::Measured) -> u64| cases.iter().filter_map(Case::measured).map(what).sum::<u64>();
    let seconds: f64 = cases
        .iter()
        .filter_map(Case::measured)
        .map(|measured| measured.seconds)
        .sum();
    let compiled = |what: fn(&Compiled) -> bool| {
        cases
            .iter()
            .filter_map(|case| case.compiled.as_ref())
            .filter(|one| what(one))
            .count()
    };
    format!(
        "{} documents: {} without errors, {} with errors of which {} give no crate, {} that stopped the generator; \
         {} of {} operations, {} lines, {seconds:.1} s; {} compiled: {} well, {} of them without a warning",
        cases.len(),
        count(|case| case.measured().is_some_and(|measured| measured.errors == 0)),
        count(|case| case.measured().is_some_and(|measured| measured.errors > 0)),
        count(|case| case.measured().is_some_and(|measured| !measured.written)),
        count(|case| case.measured().is_none()),
        sum(|measured| measured.generated),
        sum(|measured| measured.operations),
        sum(|measured| measured.lines),
        compiled(|_| true),
        compiled(|one| one.errors == 0),
        compiled(|one| one.errors == 0 && one.warnings == 0),
    )
}

fn markdown(cases: &[Case]) -> String {
    let mut text = format!("# Corpus\n\n{}\n\n", summary(cases));
    text.push_str(
        "| document | operations | left out | errors | warnings | notes | lines | generate, s | check, s | compiles | first error |\n",
    );
    text.push_str("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|\n");
    for case in cases {
        let cells = match &case.outcome {
            Outcome::Done(one) => format!(
                "{} | {} | {} | {} | {} | {} | {:.2} | {} | {} | {}",
                one.operations,
                one.left_out.len(),
                one.errors,
                one.warnings,
                one.notes,
                one.lines,
                one.seconds,
                seconds(case.compiled.as_ref()),
                checked(case.compiled.as_ref()),
                cell(
                    case.compiled.as_ref().map_or("", |compiled| &compiled.first),
                    &one.first_error
                ),
            ),
            Outcome::Stopped(reason) => format!(" | | | | | | | | stopped | {}", cell(reason, "")),
            Outcome::Foreign => continue,
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} | {cells} |", case.name);
    }
    text.push_str(&left_out(cases));
    text.push_str(&codes(cases));
    text
}

fn seconds(compiled: Option<&Compiled>) -> String {
    compiled
        .and_then(|compiled| compiled.seconds)
        .map_or_else(String::new, |seconds| format!("{seconds:.2}"))
}

/// The operations that clients do not have.
fn left_out(cases: &[Case]) -> String {
    let mut text = String::new();
    for case in cases {
        for (operation, reason) in case.measured().into_iter().flat_map(|one| &one.left_out) {
            let reason = cell(reason.as_deref().unwrap_or("no error says why"), "");
            let _ = writeln!(text, "| {} | {} | {reason} |", case.name, cell(operation, ""));
        }
    }
    if text.is_empty() {
        return text;
    }
    format!("\n| document | left out | because |\n|---|---|---|\n{text}")
}

fn checked(compiled: Option<&Compiled>) -> String {
    match compiled {
        None => "not run".to_owned(),
        Some(compiled) if compiled.errors > 0 => format!("{} errors", compiled.errors),
        Some(compiled) if compiled.warnings > 0 => format!("{} warnings", compiled.warnings),
        Some(_) => "well".to_owned(),
    }
}

/// The first of two texts that says something, on one line and without what would end the cell.
fn cell(text: &str, other: &str) -> String {
    let text = if text.is_empty() { other } else { text };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(220).collect::<String>().replace('|', "\\|")
}

/// How often each code was seen, in findings and by the compiler, and in how many documents.
fn codes(cases: &[Case]) -> String {
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let found = cases
        .iter()
        .filter_map(Case::measured)
        .flat_map(|measured| &measured.codes);
    let said = cases
        .iter()
        .filter_map(|case| case.compiled.as_ref())
        .flat_map(|compiled| &compiled.codes);
    let all = found.map(|(code, count)| (code, count)).chain(said);
    for (code, count) in all {
        let entry = counts.entry(code).or_default();
        *entry = (entry.0 + count, entry.1 + 1);
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, (_, documents))| (std::cmp::Reverse(*documents), *code));
    let mut text = "\n| code | documents | times |\n|---|---:|---:|\n".to_owned();
    for (code, (times, documents)) in rows {
        let _ = writeln!(text, "| {code} | {documents} | {times} |");
    }
    text
}

fn as_json(case: &Case) -> Value {
    let mut value = json!({ "name": case.name });
    if let Outcome::Stopped(reason) = &case.outcome {
        value["stopped"] = json!(reason);
    }
    if let Some(one) = case.measured() {
        value["operations"] = json!(one.operations);
        value["generated"] = json!(one.generated);
        value["left_out"] = one
            .left_out
            .iter()
            .map(|(operation, reason)| json!({ "operation": operation, "reason": reason }))
            .collect();
        value["findings"] = json!({ "error": one.errors, "warning": one.warnings, "note": one.notes });
        value["first_error"] = json!(one.first_error);
        value["codes"] = one
            .codes
            .iter()
            .map(|(code, count)| (code.clone(), json!(count)))
            .collect();
        value["lines"] = json!(one.lines);
        value["seconds"] = json!(one.seconds);
    }
    if let Some(compiled) = &case.compiled {
        value["check"] = json!({
            "errors": compiled.errors,
            "warnings": compiled.warnings,
            "first": compiled.first,
            "codes": compiled.codes,
            "seconds": compiled.seconds,
        });
    }
    value
}
