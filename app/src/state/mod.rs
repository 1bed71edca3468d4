//! The state of the page: what is loaded, the plan under the pen, what is selected, and the answers that came. Pure: no
//! browser, no worker.

mod action;
mod address;
mod allocation_csv;
mod balance;
mod builtin;
mod carbon;
mod cells;
mod circularity;
mod clusters;
mod compare;
mod coverage;
mod csv;
mod export;
mod curve;
mod dots;
mod findings;
mod flows;
mod history;
mod import;
mod insight;
mod response;
mod journey;
mod layers;
mod ledger;
mod library;
mod matching;
mod measuring;
mod catalogue;
mod levers;
mod look;
mod moved;
mod norms;
mod prices;
mod question;
mod reduce;
mod report;
mod sankey;
mod said;
mod saving;
mod scrap;
mod select;
mod shelf;
mod siting;
mod spots;
mod table;
mod trace;
mod view;
mod worth;

mod commands;
mod glossary;
mod player;
mod spotlight;
mod stories;
mod story_words;
mod stress;
mod sure;

pub use commands::{BINDINGS, Chord, Command, Place as KeyPlace, Pressed, bound, chords_of};
pub use glossary::{Help, HelpAction, HelpPart, TERMS, TOUR};
pub use player::Playing;
pub use spotlight::{Lit, fitted_zoom, label_offset, lit};
pub use stories::{BUILT_IN_STORIES, OwnStory, StepEdit, Stories, StoryAction, StoryRef};
pub use story_words::{
    LargeFigure, Piece as StoryPiece, figure_keys, large_figures, spot_name, story_pieces, story_text,
    unknown_placeholders,
};
pub use stress::{
    DetourRow, HarmBar, REGRET_AIMS, Ranked, Regretted, StressAction, Stresses, Work, case_words, detour_geojson,
    detour_marks, detour_rows, harm_bars, harm_words, naming as stress_naming, plan_words, regret_sentences,
    shock_words, stress_csv, stress_sentence, stress_summary,
};
pub use sure::{
    BandOf, DOT, DOTS_CHART, DotsDrawing, DotsRow, Futures, OddsLine, RULE_BASES, RULE_CONFIDENCES, StripDrawing, Sure,
    SureAction, SureFacts, SureFilter, SureRow, SureTable, Worth as BetterData, WorthRow, band_words, caveat_words,
    dots_drawing, dots_words, indicator_words, moves_words, odds_lines, plan_called, range_words, regret_number,
    regret_words, regrets, strip_drawing, sure_csv, sure_facts, sure_number, sure_rows, sure_unit, variance_words,
    worth as better_data, worth_together as better_data_together, worth_words,
};

pub use view::{Page, Phase, ResultsTab, Section, SourcesView, Theme, Tool};

pub use action::{Action, Drag, EditAction, LoadAction, ViewAction};
pub use address::{Asked, LINK_MOST, QR_MOST, code_of, embed_code, link_to, qr_path};
pub use allocation_csv::{AllocationTable, allocation_csv};
pub use balance::{
    Area, BalanceFigure, Carried, CostStage, ENDS, ENTERS, Entry, LEAVES, METALS, Matrix, Metals, SurplusLevel,
    SurplusOf, SurplusRow, balance_of, gap_words, matrix, objective_key, off, proof_key, solved_share, stages, sum_of,
    surplus_rows, symbol, together, yuan_per_tonne,
};
pub use builtin::{BUILT_INS, BuiltIn};
pub use carbon::{
    CarbonAction, CarbonPer, CarbonRow, CarbonSquare, CarbonStrip, CarbonView, LANES_SHOWN, PICTURE, carbon_cell,
    carbon_picture, carbon_sentences, carbon_unit, element_id, element_words, heaviest_lanes,
};
pub use catalogue::{effects_of, features_for, kind_key, lever_groups, levers_set, reset_levers};
pub use cells::{CellTold, Cells, cell_at, shown_catchments};
pub use circularity::{Arc as LoopArc, loop_id, loop_of, loop_sentences, ring, share_words, stage_id};
pub use clusters::{
    CapacityBar, ClusterCell, ClusterColumn, ClusterPiece, ClusterRow, area_name, area_names, capacity_bars,
    capacity_csv, cluster_columns, cluster_rows, cluster_sentences, clusters_csv, no_value_words, profile_name,
    profile_unit, profile_why, read_area, slope_csv, slope_of,
};
pub use compare::{
    Choice, Compare, CompareAction, CompareCell, CompareMap, CompareRow, CompareTab, FlowRow as ComparedFlow,
    MOST as MOST_COMPARED, Piece, STRONG as STRONG_FLOW, Setting, Why as CompareWhy, compare_csv, compared_geojson,
    difference_unit, differing_marks, drawn as flows_drawn, facility_words, flow_rows as compared_flows,
    indicator_name, letter, most_changed, rows as compare_rows, sentence as compare_sentence,
    settings as compare_settings, shown_cluster, side_marks,
};
pub use coverage::{
    AreaColumn, AreaLevel, AreaRow, BandRow, Basis, ServedColumn, area_rows, band_rows, basis, coverage_aim, fraction,
    points_gained, served_rows,
};
pub use csv::{CoverageTable, coverage_csv};
pub use curve::{CHART, CurveChart, curve_chart};
pub use export::{CREDITS, ExportTable, export_book, export_rows, export_sheet, file_name, scenario_title};
pub use findings::{FindingFilter, Method, STREET_POINT_KEY, beyond, finding_rows, findings_on, norm_marks};
pub use flows::{
    FlowColumn, FlowFilter, FlowsAction, Stage as FlowStage, end_words, flow_rows, flows_view, own_flows, picked_flow,
    shown_level,
};
pub use history::{HistoryView, StepLine, edit_words, history};
pub use import::{Import, ImportAction, Imported};
pub use insight::{InsightAction, Insights, MOST_AREAS};
pub use journey::{By, End, Journey, JourneyAction};
pub use layers::{Layers, MapLayer, ScrapOf};
pub use ledger::{
    Balanced, SHIFT, ledger_balance_name, ledger_equation, ledger_id, ledger_name, ledger_number, ledger_sentences,
    ledger_shift, ledger_unit, shift_drawing, shift_x,
};
pub use levers::{ContractDraft, DraftError, parse_amount, plants_for, subsidies_set, tonnes_typed, typed_tonnes};
pub use library::{Library, LibraryAction, Shelved, Wish};
pub use matching::{FURTHER, Match, matches, place_name, prefecture_name};
pub use measuring::measuring_words;
pub use moved::{MovedRow, moved, moved_first, smelters_load};
pub use norms::{NormsAction, NormsChoice, OWN, norm_report, norms_wanted, provinces};
pub use prices::{
    Bottleneck, PriceFilter, PriceUnit, ScrapWorth, bottlenecks, facility_use, is_short, load, prices_csv, scrap_worth,
    used_streams,
};
pub use question::{BandsError, QuestionAction, bands_words, parse_bands, parse_limit};
pub use report::{ReportPart, ReportTable, report_parts, report_scenario};
pub use response::{
    Asking, BARS, BarDrawing, FRONT_CHART, FrontDrawing, QUICK, RESPONSE_CHART, ResponseAction, ResponseDrawing,
    Responses, TornadoDrawing, aim_name, aim_quantity, aim_words, answer_csv, confirmed_words, found_steps,
    found_words, front_drawing, front_row_words, lever_name, lever_value, measure_name, quick_row, quick_sentences,
    response_drawing, still_words, tornado_drawing, where_name,
};
pub use said::{Said, said, spoken};
pub use sankey::{SankeyLink, SankeyLook, sankey_links, sankey_option, stream_words};
pub use saving::{KeepAction, Keeping, Saving, StoreTrouble, Tale};
pub use scrap::{
    ScrapRow, ScrapSums, ScrapWhat, recovery_rate, scrap_legend, scrap_marks, scrap_rows, scrap_sums, scrap_why,
    tonnes_of,
};
pub use select::{ClusterFilter, FigureRow, Hit, figure_rows, marks, modes_drawn, percent, search};
pub use shelf::{ShelfRow, shelf_rows};
pub use siting::{
    AskAction, BadRow, CurveDrawing, DOT as FUTURES_DOT, DotRow, FUTURES_CHART, FuturesDrawing, GAP_CHART, GapDrawing,
    LimitKind, Moment, Phase as SitingPhase, Ring, Search, Shown, SiteList, Siting, SitingAction, Source as SiteSource,
    TRADE_CHART, Unit, WhyNotView, area_choices, by_key, curve_drawing, drawn_geojson, futures_csv, futures_drawing,
    futures_label, futures_rows, futures_words, gap_drawing, objective_unit, objective_words, plan_view, read_list,
    ring_area_km2, site_name, sites_geojson, siting_view, standing_in, swap_words, typed_count, typed_number,
    typed_whole, worse,
};
pub use spots::{PointTold, PriceRamp, place_of, point_told, price_marks, price_ramp, served_marks, served_sums};
pub use table::{FacilityColumn, Sort, facility_rows};
pub use trace::{TraceBy, TraceRow, TraceView, trace_view};
pub use worth::{WORTH_CHART, WorthChart, WorthTale, worth_chart, worth_steps, worth_tale};

use crate::{
    compute::{
        bundles::Bundles,
        protocol::{Allocated, Allocating, Answer, Focus, JourneyView, Stage, SurveyView, Takers},
    },
    i18n::Lang,
    map::view::Pick,
};
use atlas_core::{
    allocation::{Answer as Allocation, Worth},
    catchment::Question,
    diagnostics::Diagnostic,
    evaluate::{Figures, Handled},
    geo::LonLat,
    model::{Baseline, FacilityKind, Parameters, PerCluster, Place, Stream},
    scenario::{Document, Levers, Scenario},
};
use std::{borrow::Cow, rc::Rc};

/// The figures of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Result {
    /// All clusters together.
    pub total: Figures,
    /// Each cluster.
    pub by_cluster: PerCluster<Figures>,
}

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    /// Language.
    pub lang: Lang,
    /// Theme.
    pub theme: Theme,
    /// Open page.
    pub page: Page,
    /// How far loading is.
    pub phase: Phase,
    /// What is given.
    pub baseline: Rc<Baseline>,
    /// Places to search.
    pub places: Rc<Vec<Place>>,
    /// The plan under the pen.
    pub document: Rc<Document>,
    /// What a click does.
    pub tool: Tool,
    /// Selected facility.
    pub selected: Option<String>,
    /// Stream whose way is shown.
    pub stream: Option<Stream>,
    /// A facility under the pointer.
    pub drag: Option<Drag>,
    /// Number of the newest question.
    pub generation: u64,
    /// Number of the newest answer.
    pub answered: u64,
    /// The baseline's result.
    pub base: Option<Rc<Result>>,
    /// The plan's result.
    pub result: Option<Rc<Result>>,
    /// What each facility of the settled plan handles.
    pub handled: Rc<Vec<Handled>>,
    /// What the answer says of the selected facility.
    pub focus: Option<Rc<Focus>>,
    /// The journey being planned.
    pub journey: Journey,
    /// What was found for it.
    pub ways: Option<Rc<JourneyView>>,
    /// Which catchments are drawn and told of.
    pub question: Rc<Question>,
    /// What is known of them.
    pub survey: Option<Rc<SurveyView>>,
    /// Owner and way of every demand cell; its rows are those of the survey.
    pub cells: Cells,
    /// Who sends what where, in the plan that was allocated last.
    pub allocation: Option<Rc<Allocation>>,
    /// The baseline's allocation, in sums; without places and flows unless the plan is the baseline.
    pub base_allocation: Option<Rc<Allocation>>,
    /// What that allocation's prices count in.
    pub priced_in: PriceUnit,
    /// Number of the newest question about another plan than before.
    pub planned: u64,
    /// Number of the newest question whose allocation is known.
    pub allocated: u64,
    /// How far the next allocation is.
    pub allocating: Option<Allocating>,
    /// The flows of the allocation as they are drawn.
    pub bundles: Rc<Bundles>,
    /// Who takes the points' scrap in it.
    pub takers: Rc<Takers>,
    /// Which flows the map and the table show.
    pub flow_filter: FlowFilter,
    /// Whose prices and takers the map shows.
    pub spots_of: Stream,
    /// A flow or point of the allocation that is told in words.
    pub told_pick: Option<Pick>,
    /// What more capacity of the selected facility would be worth.
    pub worth: Option<Rc<Worth>>,
    /// A place whose demand cell is told in words.
    pub told: Option<LonLat>,
    /// The open part of the results.
    pub results: ResultsTab,
    /// Which norms apply, and where.
    pub norms: Rc<NormsChoice>,
    /// Clusters in the figures.
    pub filter: ClusterFilter,
    /// The open part of the sources page.
    pub sources: SourcesView,
    /// How far keeping the plan in the browser is.
    pub keeping: Keeping,
    /// The scenarios that the browser keeps.
    pub library: Library,
    /// A slider is under the pointer: its values replace one another.
    pub sliding: bool,
    /// What the map shows beside what it always shows.
    pub layers: Layers,
    /// Selected prefecture, by its code; never beside a selected facility.
    pub prefecture: Option<u32>,
    /// New sites: what is asked, and what was found.
    pub siting: Siting,
    /// Scenarios side by side.
    pub compare: Compare,
    /// What plan and baseline amount to, territory by territory.
    pub insights: Insights,
    /// What levers do.
    pub responses: Responses,
    /// How sure the figures are.
    pub sure: Sure,
    /// What breaks the network.
    pub stress: Stresses,
    /// What is chosen of the account of carbon.
    pub carbon: CarbonView,
    /// True in a frame of another page: nothing is edited or kept.
    pub embed: bool,
    /// Something to tell the person: a code and what was said.
    pub notice: Option<Rc<Notice>>,
    /// Stories that can be told.
    pub stories: Stories,
    /// The story that is told now.
    pub playing: Option<Playing>,
    /// What of the help is open.
    pub help: Help,
    /// What was found by the search box last, the newest first.
    pub recent: Rc<Vec<Hit>>,
    /// A table on its way into the plan.
    pub table: Option<Rc<Import>>,
    /// What came of the last one.
    pub imported: Option<Rc<Imported>>,
}

/// Something that could not be done, with all its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Reasons, at least one.
    pub problems: Vec<Diagnostic>,
}

impl AppState {
    /// The start: nothing is loaded yet.
    #[must_use]
    pub fn new(lang: Lang, theme: Theme) -> Self {
        Self {
            lang,
            theme,
            page: Page::Plan,
            phase: Phase::Loading(Stage::First, 0, 0),
            baseline: Rc::default(),
            places: Rc::default(),
            document: Rc::default(),
            tool: Tool::Select,
            selected: None,
            stream: None,
            drag: None,
            generation: 0,
            answered: 0,
            base: None,
            result: None,
            handled: Rc::default(),
            focus: None,
            journey: Journey::default(),
            ways: None,
            question: Rc::new(Question::usual(FacilityKind::CollectionPoint)),
            survey: None,
            cells: Cells::default(),
            allocation: None,
            base_allocation: None,
            priced_in: PriceUnit::Yuan,
            planned: 0,
            allocated: 0,
            allocating: None,
            bundles: Rc::default(),
            takers: Rc::default(),
            flow_filter: FlowFilter::default(),
            spots_of: Stream::Al,
            told_pick: None,
            worth: None,
            told: None,
            results: ResultsTab::default(),
            norms: Rc::default(),
            filter: ClusterFilter::All,
            sources: SourcesView { section: Section::Parameters, wanted: None },
            keeping: Keeping::default(),
            library: Library::default(),
            sliding: false,
            layers: Layers::default(),
            prefecture: None,
            siting: Siting::default(),
            compare: Compare::default(),
            insights: Insights::default(),
            responses: Responses::default(),
            sure: Sure::default(),
            stress: Stresses::default(),
            carbon: CarbonView::default(),
            embed: false,
            notice: None,
            stories: Stories::default(),
            playing: None,
            help: Help::default(),
            recent: Rc::default(),
            table: None,
            imported: None,
        }
    }

    /// True where the figures on the screen are older than the plan.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.answered < self.generation
    }

    /// True where something on the screen shows who sends what where: else nobody need compute it.
    #[must_use]
    pub fn wants_allocation(&self) -> bool {
        matches!(self.results, ResultsTab::Balance | ResultsTab::Prices) || self.layers.shows_allocation()
    }

    /// True where the allocation on the screen is older than the plan.
    #[must_use]
    pub fn is_allocation_stale(&self) -> bool {
        self.allocation.is_none() || self.allocated < self.planned
    }

    /// The scenario to ask about: with the drag in progress as if it were dropped here.
    #[must_use]
    pub fn asked_scenario(&self) -> Scenario {
        let mut scenario = self.document.scenario().clone();
        if let Some(drag) = &self.drag {
            scenario.edits.push(atlas_core::scenario::Edit::Move { id: drag.id.clone(), to: drag.at });
        }
        scenario
    }

    /// Where a facility is on the screen now.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<LonLat> {
        match &self.drag {
            Some(drag) if drag.id == id => Some(drag.at),
            _ => self.document.plan().get(id).map(|p| p.facility.at),
        }
    }

    /// What a facility handles in the settled plan, where it is open.
    #[must_use]
    pub fn handled(&self, id: &str) -> Option<&Handled> {
        self.handled.binary_search_by(|h| h.id.as_str().cmp(id)).ok().map(|i| &self.handled[i])
    }

    /// The levers in force.
    #[must_use]
    pub fn levers(&self) -> &Levers {
        &self.document.scenario().levers
    }

    /// The parameters in force: the table's, with those that the user set.
    #[must_use]
    pub fn parameters(&self) -> Cow<'_, Parameters> {
        self.document.scenario().parameters(&self.baseline)
    }

    /// True once the baseline is there, before which there is no plan.
    #[must_use]
    pub fn has_baseline(&self) -> bool {
        !self.baseline.prefectures.is_empty()
    }

    /// Takes an allocation, unless a newer one is there.
    fn take_allocation(&mut self, told: Allocated) {
        if told.generation < self.allocated {
            return;
        }
        self.allocated = told.generation;
        self.allocating = None;
        if let Some(answer) = told.answer {
            self.bundles = Rc::new(Bundles::new(&answer));
            self.takers = Rc::new(told.takers.unwrap_or_default());
            // Rows mean something else now.
            self.told_pick = None;
            self.allocation = Some(Rc::new(answer));
            // An answer to an older question is replaced soon; until then it keeps the unit that was there.
            if told.generation == self.generation {
                self.priced_in = PriceUnit::of(self.document.scenario().goal.objective);
            }
        }
        self.worth = told.worth.filter(|w| self.selected.as_ref() == Some(&w.id)).map(Rc::new);
    }

    fn take(&mut self, answer: Answer, cells: Cells) {
        if answer.generation < self.answered {
            return;
        }
        self.answered = answer.generation;
        let result = Rc::new(Result { total: answer.total, by_cluster: answer.by_cluster });
        // The worker answers for the baseline unasked, before any question.
        if answer.generation == 0 {
            self.base = Some(Rc::clone(&result));
        }
        self.result = Some(result);
        if let Some(facilities) = answer.facilities {
            self.handled = Rc::new(facilities);
            self.ways = answer.journey.map(Rc::new);
            self.survey = answer.survey.map(|s| Rc::new(*s));
            self.cells = cells;
        }
        self.focus = answer.focus.filter(|f| self.selected.as_ref() == Some(&f.id)).map(Rc::new);
    }
}
