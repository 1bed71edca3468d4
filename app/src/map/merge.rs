//! Merging: which symbols stand too near to each other to be drawn one by one.
//!
//! The weightiest takes in all that lie within the radius, then the weightiest of the rest, and so on. So a merged symbol
//! stands where one of its members is, and never further than the radius from any of them. With a grid of the radius's
//! size this takes O(n log n) for points that do not all share one cell.

use std::collections::HashMap;

/// Something to merge.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Position in px.
    pub at: (f64, f64),
    /// The heavier leads; ties go to the earlier.
    pub weight: f64,
}

/// Items that become one: the leader first.
pub type Group = Vec<u32>;

/// Groups of items, in the order of their leaders' weight. Every item is in just one group.
#[must_use]
pub fn merge(items: &[Item], radius_px: f64) -> Vec<Group> {
    let cell = |at: (f64, f64)| ((at.0 / radius_px).floor() as i64, (at.1 / radius_px).floor() as i64);
    let mut grid: HashMap<(i64, i64), Vec<u32>> = HashMap::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        grid.entry(cell(item.at)).or_default().push(i as u32);
    }
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    order.sort_by(|a, b| items[*b as usize].weight.total_cmp(&items[*a as usize].weight).then(a.cmp(b)));
    let mut taken = vec![false; items.len()];
    let mut groups = Vec::new();
    for leader in order {
        if std::mem::replace(&mut taken[leader as usize], true) {
            continue;
        }
        let mut group = vec![leader];
        let at = items[leader as usize].at;
        let (cx, cy) = cell(at);
        for (x, y) in (cx - 1..=cx + 1).flat_map(|x| (cy - 1..=cy + 1).map(move |y| (x, y))) {
            // Members leave their cell, so that a crowded cell is not searched again and again.
            let Some(members) = grid.get_mut(&(x, y)) else { continue };
            members.retain(|i| {
                let free = !taken[*i as usize];
                if free && square_distance(at, items[*i as usize].at) < radius_px * radius_px {
                    taken[*i as usize] = true;
                    group.push(*i);
                    return false;
                }
                free
            });
        }
        group[1..].sort_unstable();
        groups.push(group);
    }
    groups
}

fn square_distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(x: f64, y: f64, weight: f64) -> Item {
        Item { at: (x, y), weight }
    }

    #[test]
    fn the_heaviest_leads() {
        let items = [item(0.0, 0.0, 1.0), item(3.0, 0.0, 5.0), item(100.0, 0.0, 2.0)];
        assert_eq!(merge(&items, 10.0), vec![vec![1, 0], vec![2]]);
    }

    #[test]
    fn all_at_one_place_become_one() {
        let items = vec![item(7.0, 7.0, 1.0); 2000];
        let groups = merge(&items, 5.0);
        assert_eq!((groups.len(), groups[0].len()), (1, 2000));
    }

    #[test]
    fn leaders_keep_their_distance_and_nobody_is_lost() {
        let items: Vec<Item> = (0..500u32)
            .map(|i| item(f64::from(i * 7919 % 503), f64::from(i * 104_729 % 499), f64::from(i % 13)))
            .collect();
        let groups = merge(&items, 19.0);
        let mut all: Vec<u32> = groups.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..500).collect::<Vec<_>>());
        for (i, a) in groups.iter().enumerate() {
            for b in &groups[i + 1..] {
                assert!(square_distance(items[a[0] as usize].at, items[b[0] as usize].at) >= 19.0 * 19.0);
            }
            assert!(a.iter().all(|m| square_distance(items[a[0] as usize].at, items[*m as usize].at) < 19.0 * 19.0));
        }
    }
}
