//! What page and worker say to each other. Large documents (map geometry) travel beside the message as transferable buffers
//! and are named here by their place in the list.

mod compare;
mod futures;
mod insight;
mod response;
mod siting;
mod stress;

pub use compare::{CompareAsk, CompareNews, CompareTold, CompareWish};
pub use futures::{FuturesAsk, FuturesFar, FuturesNews, FuturesQuestion, FuturesTold, FuturesWish};
pub use insight::{Insight, InsightAsk, InsightNews, InsightTold};
pub use response::{ResponseAsk, ResponseNews, ResponseTold, ResponseWish};
pub use siting::{SitingAsk, SitingNews, SitingTold, SitingWish};
pub use stress::{StressAsk, StressNews, StressTold, StressWish};

use atlas_core::{
    account::Haul,
    allocation::{self, Worth},
    catchment::{Difference, Question, Remote, Served, Survey},
    diagnostics::Diagnostic,
    evaluate::{Figures, Handled},
    geo::LonLat,
    model::{Baseline, FacilityKind, Mode, ModeSet, Name, PerCluster, Place, Stream},
    routing::{Aim, Fewer},
    scenario::Scenario,
};
use serde::{Deserialize, Serialize};

/// What the page says, beside single words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Said {
    /// A question about a plan; answered by [`Response::Evaluated`].
    Ask(Box<Request>),
    /// Something about new sites.
    Siting(SitingAsk),
    /// Something about scenarios side by side.
    Compare(CompareAsk),
    /// What the plan and the baseline amount to, territory by territory.
    Insight(Box<InsightAsk>),
    /// Something about what levers do.
    Response(ResponseAsk),
    /// Something about many futures.
    Futures(FuturesAsk),
    /// Something about what breaks the network.
    Stress(Box<StressAsk>),
}

/// Asks for the state of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Counts up with every question; an answer with an older number is dropped.
    pub generation: u64,
    /// The plan, as edits over the baseline.
    pub scenario: Scenario,
    /// The facility whose catchment and way are wanted.
    pub focus: Option<String>,
    /// The stream whose way is wanted; `None`: the first the facility has.
    pub stream: Option<Stream>,
    /// A way between two places; answered with a settled plan only.
    pub journey: Option<JourneyQuery>,
    /// The catchments that are drawn and told of. Their figures are answered with a settled plan only.
    pub question: Question,
    /// True where the travel bands of all facilities are wanted, too.
    pub bands: bool,
    /// True where it is wanted who sends what where; answered apart ([`Response::Allocated`]), for a settled plan.
    pub allocate: bool,
    /// True for a settled plan: also what every facility handles, the catchments of the question and what is known of them.
    pub whole: bool,
}

/// A place where a journey begins or ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub at: LonLat,
}

/// A way that is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneyQuery {
    /// Where it begins.
    pub from: Stop,
    /// Where it ends.
    pub to: Stop,
    /// Modes it may use.
    pub modes: ModeSet,
    /// What it is chosen by.
    pub aim: Aim,
    /// What travels.
    pub stream: Stream,
    /// Which of the ways found is drawn as the chosen one.
    pub chosen: usize,
}

impl Request {
    /// The question about the baseline, number 0.
    #[must_use]
    pub fn baseline() -> Self {
        Self {
            generation: 0,
            scenario: Scenario::default(),
            focus: None,
            stream: None,
            journey: None,
            question: Question::usual(FacilityKind::CollectionPoint),
            bands: false,
            allocate: false,
            whole: true,
        }
    }
}

/// How far an allocation is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Allocating {
    /// Searching ways: so many of so many.
    Ways(u32, u32),
    /// Solving: the relative gap between the best plan so far and the bound, once there is one.
    Solving(Option<f64>),
}

/// What the worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Loading the first pack.
    First,
    /// Loading the network pack.
    Network,
    /// Making the network ready.
    Preparing,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// How far loading is, in bytes; `total` 0 where the host does not say.
    Progress { stage: Stage, done: u64, total: u64 },
    /// The first view. Buffers: base map, city labels (GeoJSON).
    First(Box<Baseline>),
    /// The ground is loaded, with what was wrong with the packs' tables. Buffers: detailed base map, roads (GeoJSON).
    Ground { places: Vec<Place>, problems: Vec<Diagnostic> },
    /// The other networks. Buffers: railways, waterways, sea lanes (GeoJSON).
    Networks,
    /// An answer. Buffers: selected catchment, way; where `facilities` is there also the catchments and the journey; where
    /// `survey` is there also the difference to the baseline's catchments (all GeoJSON), and a record a demand cell
    /// ([`CellView`]).
    Evaluated(Box<Answer>),
    /// How far the allocation of a plan is.
    Allocating(u64, Allocating),
    /// Who sends what where.
    Allocated(Box<Allocated>),
    /// The same of the baseline, to compare with: told once, when there is time.
    BaseAllocated(Box<allocation::Answer>),
    /// Something about new sites.
    Siting(Box<SitingTold>),
    /// Something about scenarios side by side.
    Compared(Box<CompareTold>),
    /// Something about territories.
    Insight(Box<InsightTold>),
    /// Something about what levers do.
    Responded(Box<ResponseTold>),
    /// Something about many futures.
    Futures(Box<FuturesTold>),
    /// Something about what breaks the network.
    Stressed(Box<StressTold>),
    /// The catchments of the last settled plan as a file. Buffer: GeoJSON.
    Exported,
    /// The worker cannot go on.
    Failed { code: String, detail: String },
}

/// Who sends what where in a settled plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Allocated {
    /// The question's number.
    pub generation: u64,
    /// The allocation; `None` where the plan is the one that was told of last. Buffer, where it is there: flows (GeoJSON).
    pub answer: Option<allocation::Answer>,
    /// Who takes the points' scrap; with the allocation.
    pub takers: Option<Takers>,
    /// What more capacity of the facility in focus would be worth, where it is a hub or smelter.
    pub worth: Option<Worth>,
}

/// Who takes the scrap of collection points, beside who is nearest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Takers {
    /// Ids of the facilities that are nearest to some point.
    pub nearest: Vec<String>,
    /// A row a point and stream, by stream.
    pub points: Vec<Taken>,
}

/// Who takes a point's scrap of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// The point: a row of the allocation's places.
    pub place: u32,
    /// Stream.
    pub stream: Stream,
    /// Gross tonnes a year that are taken, by whomever.
    pub gross_t: f64,
    /// Who takes most of it: a row of the places; `None` where nobody takes any.
    pub taker: Option<u32>,
    /// The share of it that the taker gets.
    pub share: f64,
    /// The way to the taker by its modes, in km.
    pub km: f64,
    /// Row of [`Takers::nearest`], and the way there by road in km; `None` where no road leads to any.
    pub nearest: Option<(u32, f64)>,
}

/// The state of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's number.
    pub generation: u64,
    /// All clusters together.
    pub total: Figures,
    /// Each cluster.
    pub by_cluster: PerCluster<Figures>,
    /// What every open facility handles, by id; only for a settled plan.
    pub facilities: Option<Vec<Handled>>,
    /// The facility asked for.
    pub focus: Option<Focus>,
    /// The journey asked for; only for a settled plan.
    pub journey: Option<JourneyView>,
    /// What is known of the catchments asked about; only for a settled plan.
    pub survey: Option<Box<SurveyView>>,
}

/// What is known of the catchments asked about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyView {
    /// Catchments, bands, coverage.
    pub survey: Survey,
    /// How coverage differs from the baseline's; `None` where the plan is the baseline.
    pub difference: Option<Difference>,
    /// Facilities that a planner put far from every road, or in the sea.
    pub remote: Vec<Remote>,
}

/// A demand cell as the page looks it up under the pointer. Crosses the border as 24 bytes a cell in ascending order of
/// `h3`: `h3` (u64), `people` (u32), `owner` (u32, [`CellView::NOBODY`] where nothing can be reached), `value` (f64), all
/// little-endian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellView {
    /// H3 index of resolution 6.
    pub h3: u64,
    /// Modelled residents.
    pub people: u32,
    /// Row of the facility in the survey.
    pub owner: Option<u32>,
    /// The way in the measure's unit; 0 without an owner.
    pub value: f64,
}

impl CellView {
    /// Stands for no owner.
    pub const NOBODY: u32 = u32::MAX;
    /// Bytes of one record.
    pub const BYTES: usize = 24;

    /// The record of a cell.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.h3.to_le_bytes());
        out.extend(self.people.to_le_bytes());
        out.extend(self.owner.unwrap_or(Self::NOBODY).to_le_bytes());
        out.extend(self.value.to_le_bytes());
    }

    /// Finds the record of a cell, by halving.
    #[must_use]
    pub fn find(records: &[u8], h3: u64) -> Option<Self> {
        let record = |i: usize| records[i * Self::BYTES..].first_chunk::<{ Self::BYTES }>();
        let key = |i: usize| record(i).map(|r| u64::from_le_bytes(*r.first_chunk().expect("8 of 24")));
        let (mut low, mut high) = (0, records.len() / Self::BYTES);
        while low < high {
            let middle = usize::midpoint(low, high);
            match key(middle)?.cmp(&h3) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let r = record(middle)?;
                    let word = |at: usize| u32::from_le_bytes(*r[at..].first_chunk().expect("4 of 24"));
                    let owner = Some(word(12)).filter(|o| *o != Self::NOBODY);
                    let value = f64::from_le_bytes(*r[16..].first_chunk().expect("8 of 24"));
                    return Some(Self { h3, people: word(8), owner, value });
                }
            }
        }
        None
    }
}

/// What was found for a journey, or the code of why nothing was.
pub type JourneyView = Result<Ways, String>;

/// Ways between two places: the least first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ways {
    /// The least way and its alternatives.
    pub all: Vec<WayView>,
    /// Why there are not three alternatives.
    pub fewer: Option<Fewer>,
    /// Keys of the parameters behind them.
    pub keys: Vec<String>,
}

/// One way of a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WayView {
    /// Sum of the legs, borders included.
    pub total: Haul,
    /// Yuan a tonne for borders.
    pub border_yuan_per_t: f64,
    /// Share of its length away from the ways before it; 1 for the first.
    pub different: f64,
    /// Generalised cost over that of the first.
    pub times_best: f64,
    /// Leg by leg.
    pub legs: Vec<LegView>,
}

/// A facility in focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// Its id.
    pub id: String,
    /// What it handles, where it is open.
    pub handled: Option<Handled>,
    /// The stream whose way is shown.
    pub stream: Stream,
    /// The way of its scrap, leg by leg; empty where there is none.
    pub legs: Vec<LegView>,
    /// Metres from the facility to the nearest road.
    pub access_m: u32,
    /// Its catchment as the question sees it; `None` where it is not among those asked about.
    pub served: Option<Served>,
}

/// One leg of a way, without its line, which travels as GeoJSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegView {
    /// How it is travelled.
    pub mode: Mode,
    /// Where it begins.
    pub from: Name,
    /// Where it ends.
    pub to: Name,
    /// The middle of its line.
    pub middle: LonLat,
    /// Distance, time, cost, CO2 of a tonne.
    pub haul: Haul,
    /// The part of it at the two ends: handling, waiting, fixed prices.
    pub at_ends: Haul,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_among_its_neighbours_and_nowhere_else() {
        let cells = [(2, Some(7)), (5, None), (9, Some(0))].map(|(h3, owner)| CellView {
            h3,
            people: h3 as u32 * 10,
            owner,
            value: h3 as f64 / 4.0,
        });
        let mut records = Vec::new();
        cells.iter().for_each(|c| c.write(&mut records));
        assert_eq!(records.len(), 3 * CellView::BYTES);
        for cell in cells {
            assert_eq!(CellView::find(&records, cell.h3), Some(cell));
        }
        assert!([0, 3, 10].iter().all(|h3| CellView::find(&records, *h3).is_none()));
        assert_eq!(CellView::find(&[], 1), None);
    }

    #[test]
    fn a_question_arrives_as_it_was_sent() {
        use atlas_core::{
            model::Stream,
            scenario::{Contract, Edit, Goal, Objective, SourceGroup},
        };
        let contract = Contract {
            id: "K1".into(),
            name: String::new(),
            stream: Stream::Al,
            from: SourceGroup::Points(vec!["CP0001".into()]),
            plant: "SM001".into(),
            min_t: None,
            max_t: Some(1.0),
            cost_factor: 1.0,
        };
        let objective = Objective::Weighted { yuan: 1.0, kg_co2e: 0.0, metal_kg: 0.5 };
        let scenario = Scenario {
            edits: vec![Edit::SetCapacity { id: "SM001".into(), tonnes: None }],
            goal: Goal { objective, contracts: vec![contract], ..Goal::default() },
            ..Scenario::default()
        };
        let request = Request { focus: Some("HB001".into()), generation: 7, scenario, ..Request::baseline() };
        let said = Said::Ask(Box::new(request));
        let bytes = postcard::to_stdvec(&said).expect("plain data");
        assert_eq!(postcard::from_bytes::<Said>(&bytes).expect("the same"), said);
    }

    #[test]
    fn a_question_about_sites_arrives_as_it_was_sent() {
        use atlas_core::siting::planning::{Area, Candidates, Question, Spot};
        let question = Question {
            area: Area { within: vec!["340000".into()], ring: vec![LonLat::new(117.0, 31.0)] },
            serves: Some(Area::default()),
            candidates: Candidates::List(vec![Spot { name: "A".into(), at: LonLat::new(117.1, 31.2) }]),
            limit: Some(20.0),
            ..Question::default()
        };
        let what = SitingWish::Begin(Box::default(), Box::new(question));
        let said = Said::Siting(SitingAsk { run: 3, what });
        let bytes = postcard::to_stdvec(&said).expect("plain data");
        assert_eq!(postcard::from_bytes::<Said>(&bytes).expect("the same"), said);
    }
}
