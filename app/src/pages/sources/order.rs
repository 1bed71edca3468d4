//! Sorting a list by one of its columns.

use std::cmp::Ordering;

/// The column a list is sorted by, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<C> {
    pub column: C,
    pub descending: bool,
}

impl<C: PartialEq + Copy> Order<C> {
    /// The order after a click on a column's head: up, then down, then as in the table.
    pub fn clicked(now: Option<Self>, column: C) -> Option<Self> {
        match now {
            Some(order) if order.column == column && order.descending => None,
            Some(order) if order.column == column => Some(Self { column, descending: true }),
            _ => Some(Self { column, descending: false }),
        }
    }

    /// A comparison turned round where the order is.
    pub fn direct(self, ordering: Ordering) -> Ordering {
        if self.descending { ordering.reverse() } else { ordering }
    }
}

/// Text without regard to capitals; empty text comes last.
pub fn by_text(a: &str, b: &str) -> Ordering {
    a.is_empty().cmp(&b.is_empty()).then_with(|| a.to_lowercase().cmp(&b.to_lowercase()))
}

/// Numbers; what has none comes last.
pub fn by_number(a: Option<f64>, b: Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_turns_the_order_and_then_lets_it_be() {
        let up = Order::clicked(None, 'a');
        let down = Order::clicked(up, 'a');
        assert_eq!(up, Some(Order { column: 'a', descending: false }));
        assert_eq!(down, Some(Order { column: 'a', descending: true }));
        assert_eq!(Order::clicked(down, 'a'), None);
        assert_eq!(Order::clicked(down, 'b'), Some(Order { column: 'b', descending: false }));
    }

    #[test]
    fn what_is_missing_comes_last() {
        assert_eq!(by_text("", "z"), Ordering::Greater);
        assert_eq!(by_number(None, Some(1.0)), Ordering::Greater);
        assert_eq!(by_text("b", "A"), Ordering::Greater);
    }
}
