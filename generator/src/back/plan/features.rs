//! The features of the crate that the parts of a client have, where they can be left out.

use super::{Context, example};
use crate::back::model::ResourceFeatures;
use crate::ir::OperationId;
use crate::names::Features;

impl Context<'_> {
    /// The features of the API's parts.
    pub(super) fn resource_features(&self) -> Option<ResourceFeatures> {
        let features = self.names.features.as_ref()?;
        let mut each: Vec<String> = features.parts().map(str::to_owned).collect();
        each.sort();
        let shown = self.shown_feature().or_else(|| features.resources.first().cloned());
        Some(ResourceFeatures {
            all: features.all.clone(),
            each,
            example: shown?,
        })
    }

    /// The feature of the resource whose call the examples show.
    pub(super) fn shown_feature(&self) -> Option<String> {
        self.feature_of(example::best(self)?.0)
    }

    /// The feature of the resource that an operation belongs to.
    pub(super) fn feature_of(&self, operation: OperationId) -> Option<String> {
        let mut resources = self.names.resources.iter();
        let index = resources.position(|resource| resource.operations.contains(&operation))?;
        self.names.features.as_ref()?.resources.get(index).cloned()
    }

    /// The features of these parts, sorted.
    pub(super) fn features_of(&self, parts: &[usize]) -> Vec<&str> {
        let all = self.names.features.iter().flat_map(Features::parts).enumerate();
        let wanted = all.filter(|(index, _)| parts.contains(index));
        let mut features: Vec<&str> = wanted.map(|(_, feature)| feature).collect();
        features.sort_unstable();
        features
    }
}
