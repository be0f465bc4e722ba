//! Lists whose items are of several types at once.

use super::{MOST_MADE, Merge};
use crate::ir::{Hint, Shape, Type, TypeId};

impl Merge<'_> {
    /// A list whose items are of all the types that those of some lists are; `None` where one of them is no list.
    pub(super) fn lists(&mut self, id: TypeId, lists: &[TypeId], hint: &Hint, name: &str) -> Option<TypeId> {
        let items: Option<Vec<TypeId>> = (lists.iter())
            .map(|list| match self.api.types[*list].shape {
                Shape::Array(items) => Some(items),
                _ => None,
            })
            .collect();
        let items = items?;
        let (first, rest) = items.split_first()?;
        if rest.iter().all(|item| item == first) {
            return lists.first().copied();
        }
        let mut key = lists.to_vec();
        key.sort();
        if let Some(found) = self.lists.get(&key) {
            return Some(*found);
        }
        if self.made == MOST_MADE {
            return None;
        }
        self.made += 1;
        let list = Type {
            hints: vec![hint.clone()],
            ..self.blank(id)
        };
        let list = self.api.types.push(list);
        // Lists of themselves end here.
        self.lists.insert(key.clone(), list);
        let item = rest
            .iter()
            .fold(*first, |met, item| self.both(list, met, *item, Hint::Item(list), name));
        self.api.types[list].shape = Shape::Array(item);
        // One that says it all keeps its name.
        let strictest = items.iter().position(|own| *own == item).map(|at| lists[at]);
        let list = strictest.unwrap_or(list);
        self.lists.insert(key, list);
        Some(list)
    }
}
