//! Everything that can happen, by area.

use super::{
    CarbonAction, Cells, ClusterFilter, CompareAction, FlowsAction, HelpAction, Hit, ImportAction, InsightAction,
    JourneyAction, KeepAction, LibraryAction, MapLayer, NormsAction, Notice, Page, Phase, QuestionAction,
    ResponseAction, ResultsTab, ScrapOf, SitingAction, SourcesView, StoryAction, StressAction, SureAction, Theme, Tool,
};
use crate::{
    compute::protocol::{Allocated, Allocating, Answer},
    i18n::Lang,
    map::view::Pick,
};
use atlas_core::{
    diagnostics::Diagnostic,
    geo::LonLat,
    model::{Baseline, Place, Stream},
    scenario::{Change, Scenario},
};

/// A facility that follows the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// Which.
    pub id: String,
    /// Where it was.
    pub from: LonLat,
    /// Where it is.
    pub at: LonLat,
}

/// Something that happened.
#[derive(Debug)]
pub enum Action {
    /// Loading and answers.
    Load(LoadAction),
    /// The plan changes.
    Edit(EditAction),
    /// What is shown changes.
    View(ViewAction),
    /// Keeping the plan in the browser.
    Keep(KeepAction),
    /// New sites.
    Siting(SitingAction),
    /// Scenarios side by side.
    Compare(CompareAction),
    /// Territories side by side.
    Insight(InsightAction),
    /// What levers do.
    Response(ResponseAction),
    /// How sure the figures are.
    Sure(SureAction),
    /// What breaks the network.
    Stress(StressAction),
    /// The account of carbon.
    Carbon(CarbonAction),
    /// The scenarios that are kept.
    Library(LibraryAction),
    /// Stories.
    Story(StoryAction),
    /// A table on its way into the plan.
    Import(ImportAction),
}

/// Loading and answers.
#[derive(Debug)]
pub enum LoadAction {
    /// How far it is.
    Phase(Phase),
    /// The first view is there.
    Baseline(Box<Baseline>),
    /// The ground is there, with what was wrong with the tables.
    Ground(Vec<Place>, Vec<Diagnostic>),
    /// An answer came, for a settled plan with a record a demand cell.
    Answer(Box<Answer>, Cells),
    /// How far the allocation with this number is.
    Allocating(u64, Allocating),
    /// An allocation came.
    Allocated(Box<Allocated>),
    /// The baseline's allocation came.
    BaseAllocated(Box<atlas_core::allocation::Answer>),
}

/// The plan changes.
#[derive(Debug)]
pub enum EditAction {
    /// An edit or a lever.
    Make(Change),
    /// A slider moves: its change takes the place of the one before, until it settles.
    Slide(Change),
    /// The slider stays where it is.
    Settle,
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Goes to where so many steps of the history are done.
    Jump(usize),
    /// Places something of the tool's kind; selects it.
    Place(LonLat),
    /// Deletes the selected facility: what was added goes, what is given is closed, and closed reopens.
    Delete,
    /// A facility begins to follow the pointer.
    DragStart(String),
    /// It is here now.
    DragTo(LonLat),
    /// It stays here.
    Drop,
    /// It goes back.
    DragCancel,
    /// Another scenario, from a file, with what was wrong with it.
    Open(Scenario, Vec<Diagnostic>),
    /// A new name.
    Rename(String),
    /// What whoever made it says about it, and who that is.
    Describe(String, String),
}

/// What is shown changes.
#[derive(Debug)]
pub enum ViewAction {
    /// Language.
    Lang(Lang),
    /// Theme.
    Theme(Theme),
    /// Page.
    Page(Page),
    /// Part of the sources page, which opens.
    Sources(SourcesView),
    /// A view from a link or a story, all but the map's place.
    Show(atlas_core::scenario::View),
    /// Tool.
    Tool(Tool),
    /// Selection.
    Select(Option<String>),
    /// Stream whose way is shown.
    Stream(Stream),
    /// The journey being planned.
    Journey(JourneyAction),
    /// Something else is asked about catchments.
    Question(QuestionAction),
    /// Other norms, or the same elsewhere.
    Norms(NormsAction),
    /// Part of the results.
    Results(ResultsTab),
    /// Clusters in the figures.
    Filter(ClusterFilter),
    /// A layer of the map goes on or off.
    Layer(MapLayer, bool),
    /// How strong catchments are drawn, in per cent.
    Opacity(u8),
    /// Tells the demand cell of a place in words, or nothing any more.
    Tell(Option<LonLat>),
    /// Other flows are shown.
    Flows(FlowsAction),
    /// Whose prices and takers the map shows.
    SpotsOf(Stream),
    /// Tells a flow or point of the allocation in words, or nothing any more.
    TellPick(Option<Pick>),
    /// Whose scrap the map shows.
    ScrapOf(ScrapOf),
    /// Selection of a prefecture, by its code; its layer goes on.
    Prefecture(Option<u32>),
    /// Something to tell, or nothing any more.
    Notice(Option<Notice>),
    /// Help and tour.
    Help(HelpAction),
    /// Something was found by the search box and opened.
    Found(Hit),
}

impl From<LoadAction> for Action {
    fn from(a: LoadAction) -> Self {
        Self::Load(a)
    }
}

impl From<EditAction> for Action {
    fn from(a: EditAction) -> Self {
        Self::Edit(a)
    }
}

impl From<KeepAction> for Action {
    fn from(a: KeepAction) -> Self {
        Self::Keep(a)
    }
}

impl From<ViewAction> for Action {
    fn from(a: ViewAction) -> Self {
        Self::View(a)
    }
}

impl From<StoryAction> for Action {
    fn from(a: StoryAction) -> Self {
        Self::Story(a)
    }
}

impl From<HelpAction> for Action {
    fn from(a: HelpAction) -> Self {
        Self::View(ViewAction::Help(a))
    }
}

impl From<ImportAction> for Action {
    fn from(a: ImportAction) -> Self {
        Self::Import(a)
    }
}

impl From<SitingAction> for Action {
    fn from(a: SitingAction) -> Self {
        Self::Siting(a)
    }
}

impl From<LibraryAction> for Action {
    fn from(a: LibraryAction) -> Self {
        Self::Library(a)
    }
}
