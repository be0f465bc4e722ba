//! The tables leave nothing out: every operation of the documents, every declared status, every field of every body.

use std::collections::BTreeSet;
use std::path::Path;

use clientsmith::cli::project;
use clientsmith::generator::Options;
use clientsmith::ir::{Additional, Api, Content, Operation, Shape, Status, TypeId};
use serde_json::Value;

use super::{Answered, Row, Sent, browser_use, browserbase, failures};

/// The APIs of a folder of `specs/`, as the generator understands them.
pub(super) fn apis(name: &str) -> Vec<Api> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
    let outcome = project::run(&folder, Options::default()).unwrap();
    outcome.apis.into_iter().map(|understood| understood.api).collect()
}

#[test]
fn no_operation_of_browserbase_is_left_out() {
    let [api] = <[Api; 1]>::try_from(apis("browserbase")).unwrap();
    assert_eq!(api.operations.len(), 22);
    check(&api, &browserbase::rows(), "", &failures::of_browserbase());
}

#[test]
fn no_operation_of_browser_use_is_left_out() {
    let [v2, v3] = <[Api; 2]>::try_from(apis("browser-use")).unwrap();
    assert_eq!((v2.operations.len(), v3.operations.len()), (1, 1));
    check(&v2, &browser_use::rows_v2(), "/api/v2", &failures::of_browser_use_v2());
    check(&v3, &browser_use::rows_v3(), "/api/v3", &failures::of_browser_use_v3());
}

/// What a table says: an operation's id, a status that is declared for it, a body for that status.
type Failures = [(&'static str, u16, Value)];

fn check<C>(api: &Api, rows: &[Row<C>], base: &str, failures: &Failures) {
    let documented: BTreeSet<_> = api.operations.iter().map(Operation::label).collect();
    let called: BTreeSet<_> = rows.iter().map(|row| row.id.to_owned()).collect();
    assert_eq!(called, documented);
    for operation in &api.operations {
        let id = operation.label();
        let rows: Vec<_> = rows.iter().filter(|row| row.id == id).collect();
        for row in &rows {
            assert_eq!(row.method, operation.method, "{id}");
            let path = row.target.split('?').next().unwrap();
            assert!(is_of(path, &format!("{base}{}", operation.path)), "{id}: {path}");
        }
        check_statuses(operation, &rows, failures);
        check_bodies(api, operation, &rows, failures);
    }
}

/// Whether a path comes from a template.
fn is_of(path: &str, template: &str) -> bool {
    let parts = path.split('/').zip(template.split('/'));
    let fits = parts
        .into_iter()
        .all(|(part, wanted)| wanted.starts_with('{') && !part.is_empty() || part == wanted);
    fits && path.matches('/').count() == template.matches('/').count()
}

fn check_statuses<C>(operation: &Operation, rows: &[&Row<C>], failures: &Failures) {
    let id = operation.label();
    let answered: BTreeSet<_> = rows.iter().map(|row| Status::Code(row.answer.0)).collect();
    let failed = failures.iter().filter(|(known, ..)| *known == id);
    let failed: BTreeSet<_> = failed.map(|(_, status, _)| Status::Code(*status)).collect();
    let declared = |success: bool| {
        let all = operation
            .responses
            .iter()
            .filter(|response| response.status.is_success() == success);
        all.filter(|response| success || response.content != Content::Empty)
            .map(|response| response.status)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(answered, declared(true), "{id}");
    assert_eq!(failed, declared(false), "{id}");
}

fn check_bodies<C>(api: &Api, operation: &Operation, rows: &[&Row<C>], failures: &Failures) {
    let id = operation.label();
    let mut missing = Vec::new();
    if let Some(Content::Json(ty)) = operation.body.as_ref().map(|body| &body.content) {
        let samples = rows.iter().filter_map(|row| match &row.sent {
            Sent::Json(value) => Some(value),
            _ => None,
        });
        uncovered(
            api,
            *ty,
            &samples.collect::<Vec<_>>(),
            &format!("{id} sends $"),
            &mut missing,
        );
    }
    for response in &operation.responses {
        let Content::Json(ty) = response.content else { continue };
        let successes = rows.iter().filter_map(|row| match &row.answer {
            (status, Answered::Json(value)) => Some((*status, value)),
            _ => None,
        });
        let failures = failures.iter().filter(|(known, ..)| *known == id);
        let samples: Vec<_> = successes
            .chain(failures.map(|(_, status, value)| (*status, value)))
            .filter(|(status, _)| Status::Code(*status) == response.status)
            .map(|(_, value)| value)
            .collect();
        uncovered(api, ty, &samples, &format!("{id} reads $"), &mut missing);
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// Collects the parts of a type that none of the samples has.
fn uncovered(api: &Api, ty: TypeId, samples: &[&Value], path: &str, missing: &mut Vec<String>) {
    let (ty, _) = api.types.peel(ty);
    let samples: Vec<_> = samples.iter().copied().filter(|sample| !sample.is_null()).collect();
    if samples.is_empty() {
        missing.push(path.to_owned());
        return;
    }
    match &api.types[ty].shape {
        Shape::Object(object) => {
            for field in &object.fields {
                let values: Vec<_> = samples.iter().filter_map(|sample| sample.get(&field.name)).collect();
                uncovered(api, field.ty, &values, &format!("{path}.{}", field.name), missing);
            }
            assert_eq!(object.additional, Additional::Ignored, "{path}: nothing looks at these");
        }
        Shape::Array(item) => {
            let values: Vec<_> = samples
                .iter()
                .filter_map(|sample| sample.as_array())
                .flatten()
                .collect();
            uncovered(api, *item, &values, &format!("{path}[]"), missing);
        }
        Shape::Map(value) => {
            let maps = samples.iter().filter_map(|sample| sample.as_object());
            let values: Vec<_> = maps.flat_map(|map| map.values()).collect();
            uncovered(api, *value, &values, &format!("{path}.*"), missing);
        }
        Shape::Union(union) => {
            for (index, alternative) in union.alternatives.iter().enumerate() {
                let fitting: Vec<_> = samples
                    .iter()
                    .copied()
                    .filter(|sample| may_be(api, *alternative, sample))
                    .collect();
                uncovered(api, *alternative, &fitting, &format!("{path}|{index}"), missing);
            }
        }
        _ => {}
    }
}

/// Whether a value is of the kind of a union's alternative, and has its tag.
fn may_be(api: &Api, alternative: TypeId, value: &Value) -> bool {
    match &api.types[alternative].shape {
        Shape::Bool => value.is_boolean(),
        Shape::Integer(_) => value.is_i64(),
        Shape::String(_) => value.is_string(),
        Shape::Array(_) => value.is_array(),
        Shape::Object(object) => object.fields.iter().all(|field| match &api.types[field.ty].shape {
            Shape::Const(tag) => value.get(&field.name) == Some(tag),
            _ => true,
        }),
        shape => panic!("no union of the documents has such an alternative: {shape:?}"),
    }
}
