//! How finely an allocation looks at supply.

use serde::{Deserialize, Serialize};

/// How finely an allocation looks at supply.
///
/// By [`Grain::Prefectures`] the points of a prefecture that the same contracts name send together: each sends the same share of
/// its scrap to the same plants, by ways of its own. So the answer is a plan that could be carried out, it costs as
/// much as the best plan by points or a little more, and its problem is a small part of the other in size. See [`super::hauls`] for the ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Every point by itself: exact, with prices and proof.
    #[default]
    Points,
    /// The points of a prefecture together: quick, for many plans one after the other.
    Prefectures,
}
