//! Where a facility's tonnes come from and where they end, joined by prefecture or facility: the largest and the rest.

use super::{
    AppState,
    prices::{place_name, prefecture_name},
};
use atlas_core::{
    allocation::{Answer, End, Origin, Trace},
    model::{PerMode, Stream},
};
use std::collections::BTreeMap;

/// What shares are joined by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceBy {
    /// The prefecture they come from.
    #[default]
    Prefecture,
    /// The facility.
    Facility,
}

impl TraceBy {
    /// Both, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::Prefecture, Self::Facility];

    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Prefecture => "prefecture",
            Self::Facility => "facility",
        }
    }
}

/// A joined share; per tonne means, weighted by gross tonnes.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceRow {
    /// What it is called; empty for the rest.
    pub name: String,
    /// Its facility, where it is one.
    pub id: Option<String>,
    /// The hub on the way; none where there is none, or several.
    pub via: Option<String>,
    /// Its stream; none for the rest.
    pub stream: Option<Stream>,
    /// Gross tonnes a year at the source.
    pub gross_t: f64,
    /// Of all that was traced.
    pub share: f64,
    /// Kilometres of a tonne by mode.
    pub km: PerMode<f64>,
    /// Yuan of transport a gross tonne.
    pub yuan_per_t: f64,
    /// kg CO2e of transport a gross tonne.
    pub kg_co2e_per_t: f64,
}

/// What was traced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraceView {
    /// The largest, largest first.
    pub rows: Vec<TraceRow>,
    /// The rest, and how many they are.
    pub rest: Option<(usize, TraceRow)>,
    /// Gross tonnes of everything.
    pub total_t: f64,
}

/// Rows before the rest.
const MOST: usize = 10;

#[derive(Default)]
struct Sum {
    place: u32,
    via: Option<u32>,
    many: bool,
    gross_t: f64,
    km: PerMode<f64>,
    yuan: f64,
    kg: f64,
}

impl Sum {
    fn add(&mut self, o: &Origin) {
        self.many |= self.gross_t > 0.0 && self.via != o.via;
        (self.place, self.via) = (o.place, o.via);
        self.gross_t += o.gross_t;
        self.km = PerMode::from_fn(|m| self.km[m] + o.km[m] * o.gross_t);
        self.yuan += o.yuan_per_t * o.gross_t;
        self.kg += o.kg_co2e_per_t * o.gross_t;
    }

    fn join(&mut self, other: &Self) {
        self.gross_t += other.gross_t;
        self.km = PerMode::from_fn(|m| self.km[m] + other.km[m]);
        self.yuan += other.yuan;
        self.kg += other.kg;
    }
}

/// Place, hub on the way, stream: what is one row.
type Key = (String, Option<u32>, Stream);

/// Joins the shares of a trace.
#[must_use]
pub fn trace_view(state: &AppState, answer: &Answer, trace: &Trace, by: TraceBy) -> TraceView {
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for o in &trace.shares {
        let Some(place) = answer.places.get(o.place as usize) else { continue };
        // Imports are no prefecture's, and what ends somewhere ends at a plant by way of one hub.
        let (key, via) = match (&place.end, by) {
            (End::Facility(_) | End::Corridor(_), TraceBy::Prefecture) => (place.adcode.to_string(), None),
            (end, _) => (end.key(), o.via),
        };
        sums.entry((key, via, o.stream)).or_default().add(o);
    }
    let total_t: f64 = sums.values().map(|s| s.gross_t).sum();
    let mut sums: Vec<(Key, Sum)> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.gross_t.total_cmp(&a.1.gross_t));
    let row = |sum: &Sum, stream: Option<Stream>| {
        let place = answer.places.get(sum.place as usize).filter(|_| stream.is_some());
        let joined = by == TraceBy::Prefecture;
        let name = match place {
            None => String::new(),
            Some(p) if joined && !matches!(p.end, End::Import(_)) => {
                prefecture_name(state, p.adcode).unwrap_or_else(|| place_name(state, p))
            }
            Some(p) => place_name(state, p),
        };
        let id = place.filter(|_| !joined).and_then(|p| match &p.end {
            End::Facility(id) => Some(id.clone()),
            _ => None,
        });
        let via = sum.via.filter(|_| !sum.many && stream.is_some());
        let each = |v: f64| if sum.gross_t > 0.0 { v / sum.gross_t } else { 0.0 };
        TraceRow {
            name,
            id,
            via: via.and_then(|v| answer.places.get(v as usize)).map(|p| place_name(state, p)),
            stream,
            gross_t: sum.gross_t,
            share: if total_t > 0.0 { sum.gross_t / total_t } else { 0.0 },
            km: PerMode::from_fn(|m| each(sum.km[m])),
            yuan_per_t: each(sum.yuan),
            kg_co2e_per_t: each(sum.kg),
        }
    };
    let cut = sums.len().min(MOST);
    let rest = (sums.len() > cut).then(|| {
        let mut sum = Sum::default();
        sums[cut..].iter().for_each(|(_, s)| sum.join(s));
        (sums.len() - cut, row(&sum, None))
    });
    TraceView { rows: sums[..cut].iter().map(|((.., stream), s)| row(s, Some(*stream))).collect(), rest, total_t }
}

#[cfg(test)]
mod tests {
    use super::super::prices::tests::{place, state};
    use super::*;
    use atlas_core::model::Cluster;

    fn origin(place: u32, via: Option<u32>, gross_t: f64, road: f64) -> Origin {
        Origin {
            place,
            via,
            stream: Stream::Al,
            metal_t: gross_t * 0.9,
            gross_t,
            km: PerMode { road, ..PerMode::default() },
            yuan_per_t: 100.0,
            kg_co2e_per_t: 10.0,
        }
    }

    fn answer() -> Answer {
        let at = |id: &str| place(End::Facility(id.into()), Some(Cluster::Yrd));
        Answer { places: vec![at("C1"), at("C2"), at("H1"), at("H2"), at("S1")], ..Answer::default() }
    }

    #[test]
    fn shares_of_a_prefecture_are_one_and_weighted_by_tonnes() {
        let trace = Trace { shares: vec![origin(0, Some(2), 30.0, 100.0), origin(1, Some(3), 10.0, 300.0)] };
        let view = trace_view(&state(), &answer(), &trace, TraceBy::Prefecture);
        let row = &view.rows[0];
        assert_eq!((row.name.as_str(), &row.via, &row.id), ("Nanjing", &None, &None), "several hubs are no hub");
        assert_eq!((view.rows.len(), view.total_t, row.share), (1, 40.0, 1.0));
        assert!((row.km.road - 150.0).abs() < 1e-9 && (row.yuan_per_t - 100.0).abs() < 1e-9);
        let view = trace_view(&state(), &answer(), &trace, TraceBy::Facility);
        assert_eq!((view.rows[0].name.as_str(), view.rows[0].via.as_deref()), ("Name C1", Some("Name H1")));
        assert_eq!((view.rows[1].id.as_deref(), view.rows[1].share), (Some("C2"), 0.25));
    }

    #[test]
    fn the_eleventh_and_more_are_the_rest() {
        let mut answer = answer();
        answer.places = (0..13).map(|i| place(End::Facility(format!("P{i:02}")), None)).collect();
        let trace = Trace { shares: (0..13).map(|i| origin(i, None, f64::from(100 - i), 50.0)).collect() };
        let view = trace_view(&state(), &answer, &trace, TraceBy::Facility);
        let (n, rest) = view.rest.expect("a rest");
        assert_eq!((view.rows.len(), n, rest.gross_t), (10, 3, 90.0 + 89.0 + 88.0));
        assert!(rest.name.is_empty() && rest.stream.is_none() && (rest.km.road - 50.0).abs() < 1e-9);
        let shares: f64 = view.rows.iter().map(|r| r.share).sum::<f64>() + rest.share;
        assert!((shares - 1.0).abs() < 1e-9);
        assert_eq!(trace_view(&state(), &answer, &Trace::default(), TraceBy::Facility), TraceView::default());
    }
}
