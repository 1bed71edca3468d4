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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, Parameter};

    /// Aluminium at 20,000 yuan, its scrap at 15,000 a gross tonne of 90 %; copper's scrap is priced by metal, of 80 %.
    fn parameters(set: &[(&str, f64)]) -> Parameters {
        let rows = [
            ("price.product.Al", 20_000.0),
            ("price.product.Cu", 75_000.0),
            ("price.scrap.Al", 15_000.0),
            ("price.scrap.Cu", 68_000.0),
            ("process.metal_content_feed.Al", 90.0),
            ("process.metal_content_feed.Cu", 80.0),
            ("process.metal_content_feed.other", 25.0),
            (PRICE_LINKAGE_KEY, 0.0),
            (GRADE_PREMIUM_KEY, 3.0),
            (GRADE_SHARE_KEY, 0.0),
        ];
        let row = |(key, value): (&str, f64)| {
            let (key, unit, origin) = (key.into(), String::new(), Origin::default());
            Parameter { key, value, low: None, high: None, unit, origin, default: None }
        };
        let set = set.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
        Parameters::new(rows.into_iter().map(row).collect()).with(&set)
    }

    #[test]
    fn the_share_of_a_price_change_that_is_linked_comes_on_top_by_metal_content() {
        let scrap = |s, set: &[(&str, f64)]| scrap_yuan_per_gross_t(s, &parameters(set)).unwrap();
        assert_eq!(scrap(Stream::Al, &[("price.product.Al", 22_000.0)]), 15_000.0);
        let half = [("price.product.Al", 22_000.0), (PRICE_LINKAGE_KEY, 0.5)];
        // Half of 2,000 yuan a tonne of metal, of which a tonne of scrap holds 0.9: 900.
        assert_eq!(scrap(Stream::Al, &half), 15_900.0);
        let fall = [("price.product.Cu", 65_000.0), (PRICE_LINKAGE_KEY, 1.0)];
        // 68,000 x 0.8 less 10,000 x 0.8.
        assert!((scrap(Stream::Cu, &fall) - 46_400.0).abs() < 1e-9);
        assert_eq!(scrap_yuan_per_gross_t(Stream::Other, &parameters(&half)), None);
    }

    #[test]
    fn a_share_at_the_high_grade_sells_at_the_premium() {
        let al = |set: &[(&str, f64)]| product_yuan_per_t(Stream::Al, &parameters(set)).unwrap();
        assert_eq!(al(&[]), 20_000.0);
        // A tenth at three times the price: 20,000 x 1.2.
        assert!((al(&[(GRADE_SHARE_KEY, 0.1)]) - 24_000.0).abs() < 1e-9);
        assert_eq!(product_yuan_per_t(Stream::Other, &parameters(&[])), None);
    }
}
