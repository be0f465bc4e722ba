//! Cuts chains of types that rustc could not follow to their end.
//!
//! Each type of a chain costs the compiler a level or two of its recursion limit (128) when it derives `Send`, drops or
//! decodes a value, in the crate that uses the client. Past [`DEEPEST`] types a value stays untyped JSON, and a finding
//! says so. Types that contain each other count as one: their circle ends.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Finding, Findings};
use crate::ir::{Api, Shape, TypeId};

/// How many types may stand in each other.
const DEEPEST: usize = 48;

/// How many lists, maps and nullables may stand in each other with no named type in between.
const DEEPEST_UNNAMED: usize = 16;

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    let mut heights = vec![0usize; api.types.len()];
    let mut unnamed = vec![0usize; api.types.len()];
    // Components come with what they contain before them.
    for component in components(api) {
        let mut height = 0;
        for id in &component {
            for child in api.types[*id].shape.children() {
                if component.contains(&child) {
                    continue;
                }
                let is_named = api.types[*id].shape.is_named();
                let too_deep = is_named && heights[child.0 as usize] >= DEEPEST;
                if too_deep || unnamed[child.0 as usize] >= DEEPEST_UNNAMED {
                    cut(api, *id, child, findings);
                    continue;
                }
                height = height.max(heights[child.0 as usize]);
                if !is_named {
                    unnamed[id.0 as usize] = unnamed[id.0 as usize].max(unnamed[child.0 as usize] + 1);
                }
            }
        }
        let named = component.iter().any(|id| api.types[*id].shape.is_named());
        for id in component {
            heights[id.0 as usize] = height + usize::from(named);
        }
    }
}

/// The types in groups that contain each other, those that contain nothing first.
fn components(api: &Api) -> Vec<Vec<TypeId>> {
    let mut graph = DiGraph::<TypeId, ()>::with_capacity(api.types.len(), api.types.len());
    let nodes: Vec<NodeIndex> = api.types.ids().map(|id| graph.add_node(id)).collect();
    for (id, ty) in api.types.iter() {
        for child in ty.shape.children() {
            graph.add_edge(nodes[id.0 as usize], nodes[child.0 as usize], ());
        }
    }
    let groups = kosaraju_scc(&graph).into_iter();
    groups
        .map(|group| group.into_iter().map(|node| graph[node]).collect())
        .collect()
}

/// Puts untyped JSON in the place of what an object or a union holds too deep.
fn cut(api: &mut Api, owner: TypeId, child: TypeId, findings: &mut Findings) {
    let place = api.types[child].origin.place.clone();
    findings.push(
        Finding::warning(
            "nesting-too-deep",
            place,
            "more types stand in each other here than rustc can follow",
        )
        .help("the value stays untyped JSON, because rustc gives up on longer chains"),
    );
    let mut any = api.types[child].clone();
    any.shape = Shape::Any;
    let any = api.types.push(any);
    api.types[owner].shape.replace(|id| if id == child { any } else { id });
}
