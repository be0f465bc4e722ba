//! Nothing lost on the wire: whether every value that a document allows is read into its type and written again as the
//! same value, by the generated code itself.
//!
//! `subject` generates a crate and says which type stands for which schema; `document` and `schema` read that schema;
//! `values` (with `flat` and `scalars`) makes values of it, and a validator of JSON Schema says which of them are right;
//! `program` (with `builders`) compiles the types and puts the values through them; `compare` and the validator look at
//! what comes out. What is asked:
//!
//! - A value that the schema allows is read, and is the same when it is written again ([`report::Cause::Refused`],
//!   [`report::Cause::Changed`]), and the schema allows what is written ([`report::Cause::Invalid`]).
//! - A request's value that the `new` and the setters of its types make of the parts is the same value.
//! - Of a request nothing can be left out that the schema requires: where a type does without, or builders do not ask,
//!   what is written must be right all the same ([`report::Cause::Incomplete`]).
//! - Where an answer is not right in one of the ways that a client forgives (a text that its list does not know, `null`
//!   in a property that may be missing), it is read ([`report::Cause::Strict`]).
//!
//! A key of which the document says nothing has to be accepted, and may be gone. Where `additionalProperties` is written,
//! or the configuration keeps unknown fields, it has to be there again; so has `null` where the schema allows it. Where the
//! document wants more of a request than arguments can ask for, the failure has an explanation
//! ([`report::Failure::explanation`]).

mod builders;
mod compare;
mod document;
mod flat;
mod judge;
mod marks;
pub mod own;
mod program;
pub mod report;
mod scalars;
mod schema;
mod subject;
mod values;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

pub use clientsmith::back::emit::sabotage::Sabotage;
use fs_err as fs;
use serde_json::Value;

use judge::Judged;
use report::{Failure, Proof};
use schema::Schemas;
pub use schema::Way;
pub use subject::Subject;
use subject::{Api, Root};

/// Puts the values of some crates through their types. `folder` keeps what is compiled; `tell` is told after each crate
/// what was found so far.
///
/// # Errors
///
/// When a file cannot be written, or a program not be run.
pub fn prove(folder: &Path, subjects: &[Subject], tell: &dyn Fn(&Subject, &[Proof])) -> io::Result<Vec<Proof>> {
    fs::create_dir_all(folder)?;
    program::write(folder, subjects)?;
    let mut proofs = Vec::new();
    for subject in subjects {
        proofs.extend(one(folder, subject)?);
        tell(subject, &proofs);
    }
    Ok(proofs)
}

fn one(folder: &Path, subject: &Subject) -> io::Result<Vec<Proof>> {
    let program = match program::compile(folder, &subject.name)? {
        Ok(program) => program,
        Err(reason) => return Ok(vec![Proof::not_compiled(&subject.name, reason)]),
    };
    let mut number = 0;
    let mut proofs = Vec::new();
    for api in &subject.apis {
        let mut proof = Proof::new(&api.name);
        let judged = judged(api, &mut number, &mut proof);
        let lines: Vec<String> = judged
            .iter()
            .flat_map(|(number, _, judged)| judged.lines(*number))
            .collect();
        let mut said = program::feed(&program, &lines)?.into_iter();
        for (_, root, judged) in &judged {
            for (asked, said) in judged.asked.iter().zip(&mut said) {
                proof.count(asked);
                if let Err(wrong) = judged.verdict(asked, said, api.keeps_unknown) {
                    proof.failures.push(Failure::new(root, asked, wrong));
                }
            }
        }
        proofs.push(proof);
    }
    Ok(proofs)
}

/// What the types of an API are asked, each under its number in the program's table.
fn judged<'a>(api: &'a Api, number: &mut usize, proof: &mut Proof) -> Vec<(usize, &'a Root, Judged)> {
    let mut schemas = [
        Schemas::new(&api.document, Way::Sent),
        Schemas::new(&api.document, Way::Answered),
    ];
    let mut known = BTreeSet::new();
    let mut list = Vec::new();
    for root in &api.roots {
        let own = *number;
        *number += 1;
        let Some(place) = root
            .place
            .as_ref()
            .and_then(|place| api.document.followed(place.clone()))
        else {
            proof
                .unproven
                .push((root.label.clone(), "the document has no schema there".to_owned()));
            continue;
        };
        // What several operations share is looked at once.
        if !known.insert((place.clone(), root.way, format!("{:?}", root.ty))) {
            continue;
        }
        let whole: Value = schemas[usize::from(root.way == Way::Answered)].whole(&place);
        match Judged::new(&whole, root.way, root.is_built) {
            Ok(judged) => {
                proof.schema(&judged);
                list.push((own, root, judged));
            }
            Err(reason) => proof.unproven.push((root.label.clone(), reason)),
        }
    }
    list
}
