//! What is asked about catchments: how the question changes, and how what was typed is read.

use atlas_core::{
    catchment::{Demand, Measure, Question},
    model::{Cluster, FacilityKind, Stream},
};

/// Something else is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum QuestionAction {
    /// About another kind of facility.
    Of(FacilityKind),
    /// About a stream, or all of them.
    Stream(Option<Stream>),
    /// About a cluster, or all of them.
    Cluster(Option<Cluster>),
    /// About one facility alone, by its id, or all of them.
    Only(Option<String>),
    /// By another measure.
    Measure(Measure),
    /// Upper ends of travel bands.
    Bands(Vec<f64>),
    /// What is near enough.
    Limit(f64),
    /// Counted in something else.
    Demand(Demand),
}

impl QuestionAction {
    /// The question after it. Another kind or measure comes with its usual bands: minutes are no kilometres.
    #[must_use]
    pub fn after(self, before: &Question) -> Question {
        let mut q = before.clone();
        match self {
            Self::Of(of) if of != q.of => {
                q.of = of;
                q.only.clear();
                take_usual(&mut q);
            }
            Self::Measure(measure) if measure != q.measure => {
                q.measure = measure;
                take_usual(&mut q);
            }
            Self::Of(_) | Self::Measure(_) => {}
            Self::Stream(stream) => q.stream = stream,
            Self::Cluster(cluster) => q.cluster = cluster,
            Self::Only(id) => q.only = id.into_iter().collect(),
            Self::Bands(bands) => q.bands = bands,
            Self::Limit(limit) => q.limit = limit,
            Self::Demand(demand) => q.demand = demand,
        }
        q
    }
}

fn take_usual(q: &mut Question) {
    let bands = q.measure.usual_bands(q.of);
    q.bands = bands.to_vec();
    q.limit = bands[1];
}

/// Why what was typed is no list of bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BandsError {
    /// This part is no number above zero.
    NotANumber(String),
    /// Each must be larger than the one before.
    NotAscending,
    /// One to four of them: the ramp has five colours, and the last band is open.
    Count,
}

impl BandsError {
    /// The key of its words.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotANumber(_) => "ask-bands-number",
            Self::NotAscending => "ask-bands-order",
            Self::Count => "ask-bands-count",
        }
    }
}

/// Most limits between bands.
const MOST_BANDS: usize = 4;
/// Beyond this nothing in the region can be.
const MOST_LIMIT: f64 = 100_000.0;

/// Reads bands, however they are separated.
///
/// # Errors
/// Where they are no ascending numbers above zero, or too many.
pub fn parse_bands(typed: &str) -> Result<Vec<f64>, BandsError> {
    let separators = [',', '，', '、', ';', '；', ' ', '\u{3000}'];
    let parts = typed.split(separators).filter(|p| !p.is_empty());
    let bands = parts
        .map(|p| parse_limit(p).ok_or_else(|| BandsError::NotANumber(p.to_owned())))
        .collect::<Result<Vec<f64>, _>>()?;
    if bands.windows(2).any(|w| w[0] >= w[1]) {
        return Err(BandsError::NotAscending);
    }
    if (1..=MOST_BANDS).contains(&bands.len()) { Ok(bands) } else { Err(BandsError::Count) }
}

/// Reads a limit: a number above zero.
#[must_use]
pub fn parse_limit(typed: &str) -> Option<f64> {
    typed.trim().parse().ok().filter(|v| *v > 0.0 && *v <= MOST_LIMIT)
}

/// Bands as they are typed.
#[must_use]
pub fn bands_words(bands: &[f64]) -> String {
    bands.iter().map(f64::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{Action, AppState, EditAction, LoadAction, Theme, Tool, ViewAction},
    };
    use atlas_core::{
        geo::LonLat,
        model::{Baseline, Prefecture},
    };
    use std::rc::Rc;
    use yew::Reducible;

    #[test]
    fn another_kind_or_measure_brings_its_usual_bands() {
        let points = Question::usual(FacilityKind::CollectionPoint);
        let typed = QuestionAction::Bands(vec![3.0, 6.0]).after(&QuestionAction::Limit(6.0).after(&points));
        let hubs = QuestionAction::Of(FacilityKind::Hub).after(&typed);
        assert_eq!((hubs.bands.as_slice(), hubs.limit), ([50.0, 100.0, 200.0, 400.0].as_slice(), 100.0));
        let minutes = QuestionAction::Measure(Measure::Minutes).after(&hubs);
        assert_eq!(minutes.limit, 120.0);
        assert_eq!(QuestionAction::Measure(Measure::Km).after(&typed), typed, "what is the same keeps what was typed");
    }

    #[test]
    fn one_facility_alone_is_not_asked_about_as_another_kind() {
        let alone = QuestionAction::Only(Some("HB001".into())).after(&Question::usual(FacilityKind::Hub));
        assert_eq!(alone.only, ["HB001"]);
        assert!(QuestionAction::Of(FacilityKind::Smelter).after(&alone).only.is_empty());
    }

    #[test]
    fn bands_are_read_however_they_are_separated() {
        assert_eq!(parse_bands("5, 10，20、 40"), Ok(vec![5.0, 10.0, 20.0, 40.0]));
        assert_eq!(parse_bands("2.5"), Ok(vec![2.5]));
        assert_eq!(parse_bands("5, ten"), Err(BandsError::NotANumber("ten".into())));
        assert_eq!(parse_bands("5, -1"), Err(BandsError::NotANumber("-1".into())));
        assert_eq!(parse_bands("10, 5"), Err(BandsError::NotAscending));
        assert_eq!(parse_bands("1 2 3 4 5"), Err(BandsError::Count));
        assert_eq!(parse_bands(" "), Err(BandsError::Count));
        assert_eq!(parse_bands(&bands_words(&[5.0, 7.5])), Ok(vec![5.0, 7.5]));
        assert_eq!((parse_limit("1e9"), parse_limit("nan"), parse_limit(" 12 ")), (None, None, Some(12.0)));
    }

    #[test]
    fn a_question_about_one_facility_ends_with_it() {
        let act = |s: Rc<AppState>, a: Action| s.reduce(a);
        let at = LonLat::new(118.8, 32.0);
        let home = Prefecture { cluster: Some(Cluster::Yrd), seat: at, ..Prefecture::default() };
        let baseline = Baseline { prefectures: vec![home], ..Baseline::default() };
        let state = Rc::new(AppState::new(Lang::En, Theme::Light));
        let state = act(state, LoadAction::Baseline(Box::new(baseline)).into());
        let state = act(state, ViewAction::Tool(Tool::Point).into());
        let state = act(state, EditAction::Place(at).into());
        let id = state.selected.clone().expect("what was placed");
        let alone = act(state, ViewAction::Question(QuestionAction::Only(Some(id.clone()))).into());
        assert_eq!(alone.question.only, [id]);
        assert!(act(alone, EditAction::Delete.into()).question.only.is_empty());
    }

    #[test]
    fn only_another_question_is_asked_again() {
        let state = Rc::new(AppState::new(Lang::En, Theme::Light));
        let act = |s: Rc<AppState>, a| s.reduce(ViewAction::Question(a).into());
        let same = act(Rc::clone(&state), QuestionAction::Of(state.question.of));
        assert_eq!(same.generation, state.generation);
        let other = act(same, QuestionAction::Demand(Demand::Tonnes));
        assert_eq!((other.generation, other.question.demand), (state.generation + 1, Demand::Tonnes));
    }
}
