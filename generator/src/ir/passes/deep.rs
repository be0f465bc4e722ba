//! Cuts chains of types that rustc could not follow to their end.
//!
//! Each type of a chain costs the compiler a level or two of its recursion limit (128) when it derives `Send`, drops or
//! decodes a value, in the crate that uses the client. Past [`DEEPEST`] types a value stays untyped JSON, and a finding
//! says so. Types that contain each other count as one: their circle ends.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Shape, TypeId};

/// How many types with names may stand in each other.
const DEEPEST: usize = 48;

/// How many lists and maps may stand directly in each other.
const MOST_LISTS: usize = 16;

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    let circles = circles(api);
    let mut circle_of = vec![0; api.types.len()];
    for (index, circle) in circles.iter().enumerate() {
        for id in circle {
            circle_of[id.0 as usize] = index;
        }
    }
    let mut heights = vec![Height::default(); api.types.len()];
    // What a circle contains comes before it.
    for (index, circle) in circles.iter().enumerate() {
        let mut height = Height::default();
        for id in circle {
            let named = api.types[*id].shape.is_named();
            for child in api.types[*id].shape.children() {
                let below = heights[child.0 as usize];
                if circle_of[child.0 as usize] == index {
                    continue;
                }
                if below.is_full(named) {
                    cut(api, *id, child, findings);
                } else {
                    height = height.max(below);
                }
            }
        }
        let named = circle.iter().any(|id| api.types[*id].shape.is_named());
        for id in circle {
            heights[id.0 as usize] = height.and(named);
        }
    }
}

/// How much stands in a type.
#[derive(Debug, Clone, Copy, Default)]
struct Height {
    /// Types with names, in each other.
    named: usize,
    /// Lists and maps directly in each other.
    unnamed: usize,
}

impl Height {
    fn is_full(self, named: bool) -> bool {
        if named {
            self.named >= DEEPEST
        } else {
            self.unnamed >= MOST_LISTS
        }
    }

    fn max(self, other: Self) -> Self {
        Self {
            named: self.named.max(other.named),
            unnamed: self.unnamed.max(other.unnamed),
        }
    }

    /// With one more type around it.
    fn and(self, named: bool) -> Self {
        Self {
            named: self.named + usize::from(named),
            unnamed: if named { 0 } else { self.unnamed + 1 },
        }
    }
}

/// The types in groups that contain each other, those that contain nothing first.
fn circles(api: &Api) -> Vec<Vec<TypeId>> {
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
            codes::NESTING_TOO_DEEP,
            place,
            "too many types stand in each other here",
        )
        .help("the value stays untyped JSON, because rustc gives up on longer chains"),
    );
    let mut any = api.types[child].clone();
    any.shape = Shape::Any;
    let any = api.types.push(any);
    api.types[owner].shape.replace(|id| if id == child { any } else { id });
}
