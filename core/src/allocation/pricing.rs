//! What scrap costs and metal sells for.

use super::terms::metal_key;
use crate::model::{GRADE_PREMIUM_KEY, GRADE_SHARE_KEY, PRICE_LINKAGE_KEY, Parameters, Stream};

/// The parameter of the product price, yuan a tonne. "Other" holds metals of very different worth, and none stands for all.
#[must_use]
pub fn product_price_key(stream: Stream) -> Option<String> {
    (stream != Stream::Other).then(|| format!("price.product.{}", stream.table_key()))
}

/// The parameter of the price of scrap. The tables know none for the minor metals.
#[must_use]
pub fn scrap_price_key(stream: Stream) -> String {
    format!("price.scrap.{}", stream.table_key())
}

/// What a tonne of recycled metal sells for, grades weighed; `None` for a stream without a price.
#[must_use]
pub fn product_yuan_per_t(stream: Stream, parameters: &Parameters) -> Option<f64> {
    let price = parameters.get(&product_price_key(stream)?)?.value;
    if stream != Stream::Al {
        return Some(price);
    }
    let share = parameters.number_or(GRADE_SHARE_KEY, 0.0);
    Some(price * (1.0 + share * (parameters.number_or(GRADE_PREMIUM_KEY, 1.0) - 1.0)))
}

/// What a gross tonne of scrap costs; `None` for a stream without a price.
///
/// The table's prices are by tonne of scrap for aluminium and batteries, by tonne of metal for copper and zinc. A share of what
/// the product price was raised by (the linkage) comes on top, by the metal that the scrap holds. Never less than nothing.
#[must_use]
pub fn scrap_yuan_per_gross_t(stream: Stream, parameters: &Parameters) -> Option<f64> {
    let price = parameters.get(&scrap_price_key(stream))?.value;
    let content = parameters.number(stream.content_key()) / 100.0;
    let by_metal = matches!(stream, Stream::Cu | Stream::Zn);
    let raised = product_price_key(stream).map_or(0.0, |key| parameters.raised(&key));
    let linked = parameters.number_or(PRICE_LINKAGE_KEY, 0.0) * raised * content;
    Some((price * if by_metal { content } else { 1.0 } + linked).max(0.0))
}

/// The parameters behind both prices of a stream.
pub(super) fn keys(stream: Stream) -> Vec<String> {
    let mut keys = vec![scrap_price_key(stream), PRICE_LINKAGE_KEY.to_owned()];
    keys.extend(product_price_key(stream));
    if metal_key(stream) == "Al" {
        keys.extend([GRADE_PREMIUM_KEY, GRADE_SHARE_KEY].map(str::to_owned));
    }
    keys
}
