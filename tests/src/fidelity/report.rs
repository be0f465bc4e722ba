//! What was found of each document, for people and for programs.

use std::fmt::{self, Display, Write};

use serde_json::{Value, json};

use super::judge::{Asked, Judged, Question, Wrong};
use super::schema::Way;
use super::subject::Root;

/// Longer values and reasons are cut.
const LONG: usize = 600;

/// What was found of a document.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// The document.
    pub document: String,
    /// How many schemas were looked at.
    pub schemas: usize,
    /// How many values that are right went through their types.
    pub values: usize,
    /// How many values were tried that are not right in one place, or that builders made.
    pub variants: usize,
    /// The fewest values of a schema that has more.
    pub fewest: Option<usize>,
    /// Schemas that have fewer values than are asked for: all of them were tried that could be made.
    pub exhausted: usize,
    /// What went wrong.
    pub failures: Vec<Failure>,
    /// Schemas that could not be looked at, and why.
    pub unproven: Vec<(String, String)>,
    /// What rustc said, where the types do not compile.
    pub not_compiled: Option<String>,
}

/// What went wrong with a value.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Whose schema it is: `Pet`, `GET /pets 200`.
    pub label: String,
    /// Which way it goes.
    pub way: Way,
    /// Whether the value is right as the schema has it, and only was to be read and written again.
    pub of_value: bool,
    /// What went wrong.
    pub cause: Cause,
    /// How.
    pub reason: String,
    /// What the document wants beyond the arguments for which builders can ask.
    pub explanation: Option<String>,
    /// The value.
    pub value: String,
}

/// What can go wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It is right and is refused.
    Refused,
    /// It is another one when it is written again.
    Changed,
    /// It is not right any more when it is written again.
    Invalid,
    /// What is required can be left out of what is sent.
    Incomplete,
    /// It is refused for what a client forgives.
    Strict,
}

impl Cause {
    /// As reports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Changed => "changed",
            Self::Invalid => "invalid",
            Self::Incomplete => "incomplete",
            Self::Strict => "strict",
        }
    }
}

impl Proof {
    pub(super) fn new(document: &str) -> Self {
        Self {
            document: document.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn not_compiled(document: &str, reason: String) -> Self {
        Self {
            not_compiled: Some(reason),
            ..Self::new(document)
        }
    }

    pub(super) fn schema(&mut self, judged: &Judged) {
        let right = judged
            .asked
            .iter()
            .filter(|asked| asked.question == Question::Right)
            .count();
        self.schemas += 1;
        if judged.exhausted {
            self.exhausted += 1;
        } else {
            self.fewest = Some(self.fewest.map_or(right, |fewest| fewest.min(right)));
        }
    }

    pub(super) fn count(&mut self, asked: &Asked) {
        match asked.question {
            Question::Right => self.values += 1,
            _ => self.variants += 1,
        }
    }

    /// Whether nothing is lost that could come through.
    pub fn is_well(&self) -> bool {
        self.not_compiled.is_none() && self.failures.iter().all(|failure| failure.explanation.is_some())
    }

    fn explained(&self) -> usize {
        let explained = self.failures.iter().filter(|failure| failure.explanation.is_some());
        explained.count()
    }
}

impl Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            schemas,
            values,
            variants,
            ..
        } = self;
        if self.not_compiled.is_some() {
            return f.write_str("does not compile");
        }
        let (failures, unproven) = (self.failures.len(), self.unproven.len());
        write!(
            f,
            "{schemas} schemas, {values} values and {variants} variants of them, {failures} failures, {unproven} unproven"
        )
    }
}

impl Failure {
    pub(super) fn new(root: &Root, asked: &Asked, wrong: Wrong) -> Self {
        Self {
            label: root.label.clone(),
            way: root.way,
            of_value: asked.question == Question::Right,
            cause: wrong.cause,
            reason: cut(&wrong.reason),
            explanation: wrong.explanation,
            value: cut(&asked.text),
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONG).collect()
}

/// One paragraph: how many of each.
pub fn summary(proofs: &[Proof]) -> String {
    let sum = |what: fn(&Proof) -> usize| proofs.iter().map(what).sum::<usize>();
    let (values, failed) = (sum(|proof| proof.values), sum(failed_values));
    #[allow(clippy::cast_precision_loss, reason = "a share")]
    let share = 100.0 * (1.0 - failed as f64 / values.max(1) as f64);
    format!(
        "{} documents, {} schemas, {values} values of which {share:.3} % came through; {} variants; {} failures in all, {} of \
         them explained by the document; {} schemas unproven, {} documents not compiled",
        proofs.len(),
        sum(|proof| proof.schemas),
        sum(|proof| proof.variants),
        sum(|proof| proof.failures.len()),
        sum(Proof::explained),
        sum(|proof| proof.unproven.len()),
        sum(|proof| usize::from(proof.not_compiled.is_some())),
    )
}

/// How many values that are right did not come through.
fn failed_values(proof: &Proof) -> usize {
    proof.failures.iter().filter(|failure| failure.of_value).count()
}

/// A table with a row for each document, and then each schema that has failures with the first of them.
pub fn markdown(proofs: &[Proof]) -> String {
    let mut text = format!("# Fidelity\n\n{}\n\n", summary(proofs));
    text.push_str("| document | schemas | values | failures | variants | failures | fewer values | unproven |\n");
    text.push_str("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for proof in proofs {
        let failed = failed_values(proof);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {failed} | {} | {} | {} | {} |",
            proof.document,
            proof.schemas,
            proof.values,
            proof.variants,
            proof.failures.len() - failed,
            proof.exhausted,
            proof.unproven.len(),
        );
    }
    for proof in proofs {
        text.push_str(&details(proof));
    }
    text
}

fn details(proof: &Proof) -> String {
    let mut text = String::new();
    if let Some(reason) = &proof.not_compiled {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "\n## {} does not compile\n\n```text\n{}\n```",
            proof.document,
            cut(reason)
        );
    }
    let mut told = Vec::new();
    for failure in &proof.failures {
        let key = (&failure.label, failure.way, failure.cause);
        if told.contains(&key) {
            continue;
        }
        if told.is_empty() {
            let _ = writeln!(text, "\n## {}\n", proof.document);
        }
        told.push(key);
        let same = proof
            .failures
            .iter()
            .filter(|other| (&other.label, other.way, other.cause) == key)
            .count();
        let Failure {
            label,
            way,
            cause,
            reason,
            explanation,
            value,
            ..
        } = failure;
        let explanation = explanation.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
        let _ = writeln!(
            text,
            "- {label} ({way:?}), {} of {same} values: {reason}{explanation}\n  `{value}`",
            cause.as_str()
        );
    }
    for (label, reason) in &proof.unproven {
        let _ = writeln!(text, "- {}: {label} is unproven: {}", proof.document, cut(reason));
    }
    text
}

/// All of it.
pub fn as_json(proofs: &[Proof]) -> Value {
    let documents = proofs.iter().map(|proof| {
        let failures = proof.failures.iter().map(|failure| {
            json!({
                "schema": failure.label,
                "way": format!("{:?}", failure.way).to_lowercase(),
                "cause": failure.cause.as_str(),
                "reason": failure.reason,
                "explanation": failure.explanation,
                "value": failure.value,
            })
        });
        let unproven = proof
            .unproven
            .iter()
            .map(|(label, reason)| json!({ "schema": label, "reason": reason }));
        json!({
            "document": proof.document,
            "schemas": proof.schemas,
            "values": proof.values,
            "variants": proof.variants,
            "failures": failures.collect::<Vec<_>>(),
            "unproven": unproven.collect::<Vec<_>>(),
            "exhausted": proof.exhausted,
            "fewest": proof.fewest,
            "not_compiled": proof.not_compiled,
        })
    });
    json!({ "summary": summary(proofs), "documents": documents.collect::<Vec<_>>() })
}
