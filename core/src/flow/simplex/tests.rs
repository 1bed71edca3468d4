use super::*;
use crate::flow::{bound, check};
use proptest::prelude::*;

fn network(supply: &[i64], arcs: &[(u32, u32, i64, i64, i64)]) -> FlowNetwork {
    let mut n = FlowNetwork::new(0);
    for s in supply {
        n.add_node(*s);
    }
    for &(tail, head, lower, capacity, cost) in arcs {
        n.add_arc(Arc { tail, head, lower, capacity, cost });
    }
    n
}

/// The least cost by trying every flow.
fn exhaustive(n: &FlowNetwork) -> Option<i128> {
    fn walk(n: &FlowNetwork, flow: &mut Vec<i64>, best: &mut Option<i128>) {
        let Some(arc) = n.arcs().get(flow.len()) else {
            if check(n, flow, None).is_ok() {
                let cost = n.cost(flow);
                *best = Some(best.map_or(cost, |b| b.min(cost)));
            }
            return;
        };
        for f in arc.lower..=arc.capacity {
            flow.push(f);
            walk(n, flow, best);
            flow.pop();
        }
    }
    let mut best = None;
    walk(n, &mut Vec::new(), &mut best);
    best
}

fn solve(n: &FlowNetwork) -> (Progress, NetworkSimplex) {
    let mut s = NetworkSimplex::new(n);
    let p = s.run(u64::MAX);
    (p, s)
}

/// By hand: 4 units from 0 to 3; 2 by the cheap upper way (cost 2 each), 2 by the lower one (cost 4 each).
#[test]
fn two_ways() {
    let n = network(&[4, 0, 0, -4], &[(0, 1, 0, 2, 1), (1, 3, 0, 9, 1), (0, 2, 0, 9, 2), (2, 3, 0, 9, 2)]);
    let (p, s) = solve(&n);
    assert_eq!((p, s.objective(), s.flow()), (Progress::Optimal, 12, vec![2, 2, 2, 2]));
    assert_eq!(check(&n, &s.flow(), Some(s.potentials())), Ok(()));
    assert_eq!(bound(&n, s.potentials()), Some(12));
}

#[test]
fn a_negative_cycle_is_filled_and_one_without_limit_is_told() {
    let n = network(&[0, 0], &[(0, 1, 1, 5, -3), (1, 0, 0, 4, 1)]);
    let (p, s) = solve(&n);
    assert_eq!((p, s.objective()), (Progress::Optimal, -8));
    let n = network(&[0, 0], &[(0, 1, 0, UNBOUNDED, -3), (1, 0, 0, UNBOUNDED, 1)]);
    assert_eq!(solve(&n).0, Progress::Unbounded);
}

#[test]
fn what_cannot_be_met_is_told() {
    let n = network(&[3, 0, -3], &[(0, 1, 0, 2, 1), (1, 2, 0, 9, 1)]);
    let (p, s) = solve(&n);
    assert_eq!(p, Progress::Infeasible);
    assert_eq!(s.unmet().iter().map(|u| u.1).sum::<i64>(), 0);
    assert!(s.unmet().iter().any(|u| u.1 == 1));
    assert_eq!(solve(&network(&[1, 0], &[(0, 1, 0, 9, 1)])).0, Progress::Infeasible);
    assert_eq!(solve(&network(&[0, 0], &[])).0, Progress::Optimal);
    assert_eq!(solve(&network(&[], &[])).0, Progress::Optimal);
}

type Raw = (Vec<i64>, Vec<(u32, u32, i64, i64, i64)>);

fn small() -> impl Strategy<Value = Raw> {
    (2usize..5).prop_flat_map(|n| {
        let supply = proptest::collection::vec(-2i64..3, n - 1);
        let arc = (0..n as u32, 0..n as u32, -1i64..2, 0i64..3, -4i64..9)
            .prop_map(|(t, h, l, room, c)| (t, h, l, l + room, c));
        (supply, proptest::collection::vec(arc, 0..7)).prop_map(|(mut supply, arcs)| {
            supply.push(-supply.iter().sum::<i64>());
            (supply, arcs)
        })
    })
}

fn large() -> impl Strategy<Value = (FlowNetwork, FlowNetwork)> {
    (5usize..60, any::<u64>()).prop_map(|(n, seed)| {
        let mut state = seed | 1;
        let mut random = |below: i64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as i64
        };
        let mut supply: Vec<i64> = (1..n).map(|_| random(21) - 10).collect();
        supply.push(-supply.iter().sum::<i64>());
        let arcs: Vec<_> = (0..5 * n)
            .map(|_| (random(n as i64) as u32, random(n as i64) as u32, 0, random(40), random(50) - 5))
            .collect();
        let one = network(&supply, &arcs);
        let mut other = one.clone();
        for i in 0..arcs.len() {
            if random(4) == 0 {
                other.set_capacity(i, random(40));
            }
            if random(6) == 0 {
                other.set_cost(i, random(50) - 5);
            }
        }
        let (a, b, moved) = (random(n as i64) as u32, random(n as i64) as u32, random(5));
        other.set_supply(a, other.supply()[a as usize] + moved);
        other.set_supply(b, other.supply()[b as usize] - moved);
        (one, other)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_least_of_all_flows((supply, arcs) in small()) {
        let n = network(&supply, &arcs);
        let (p, s) = solve(&n);
        match exhaustive(&n) {
            Some(best) => {
                prop_assert_eq!(p, Progress::Optimal);
                prop_assert_eq!(s.objective(), best);
                prop_assert_eq!(check(&n, &s.flow(), Some(s.potentials())), Ok(()));
                prop_assert_eq!(bound(&n, s.potentials()), Some(best));
            }
            None => prop_assert_eq!(p, Progress::Infeasible),
        }
    }

    #[test]
    fn a_start_from_another_basis_comes_to_the_same_answer((one, other) in large()) {
        let (_, s) = solve(&one);
        let (p, cold) = solve(&other);
        let mut warm = NetworkSimplex::warm(&other, &s.basis());
        prop_assert_eq!(warm.run(u64::MAX), p);
        if p == Progress::Optimal {
            prop_assert_eq!(warm.objective(), cold.objective());
            prop_assert_eq!(check(&other, &warm.flow(), Some(warm.potentials())), Ok(()));
        }
        let mut same = NetworkSimplex::warm(&other, &cold.basis());
        same.run(u64::MAX);
        if p == Progress::Optimal {
            prop_assert_eq!(same.pivots(), 0, "its own basis is the answer");
        }
        // One capacity changed in place.
        let (mut narrower, mut going) = (one.clone(), solve(&one).1);
        narrower.set_capacity(0, one.arcs()[0].capacity / 2);
        going.set_capacities([(0, one.arcs()[0].capacity / 2)]);
        let (p, anew) = solve(&narrower);
        prop_assert_eq!(going.run(u64::MAX), p);
        if p == Progress::Optimal {
            prop_assert_eq!(going.objective(), anew.objective());
            prop_assert_eq!(check(&narrower, &going.flow(), Some(going.potentials())), Ok(()));
        }
        // Costs changed and arcs added in place.
        let (_, mut going) = solve(&one);
        let costs: Vec<i64> = other.arcs().iter().map(|a| a.cost).collect();
        going.set_costs(costs.iter().copied());
        let more: Vec<Arc> = other.arcs().iter().map(|a| Arc { cost: a.cost - 2, ..*a }).collect();
        going.add_arcs(more.iter().copied());
        let mut changed = one.clone();
        costs.iter().enumerate().for_each(|(i, c)| changed.set_cost(i, *c));
        more.iter().for_each(|a| { changed.add_arc(*a); });
        let (p, anew) = solve(&changed);
        prop_assert_eq!(going.run(u64::MAX), p);
        if p == Progress::Optimal {
            prop_assert_eq!(going.objective(), anew.objective());
            prop_assert_eq!(check(&changed, &going.flow(), Some(going.potentials())), Ok(()));
        }
    }
}
