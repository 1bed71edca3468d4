//! The panels around the map.

mod about;
mod allocation;
mod assumptions;
mod band;
mod builtin;
mod carbon;
mod said;
mod catchment;
mod chosen_file;
mod circularity;
mod clusters;
mod compare;
mod coverage;
mod error;
mod export;
mod facility;
mod flows;
mod figures;
mod history;
mod help;
mod import;
mod inputs;
mod insight;
mod journey;
mod kept;
mod layers;
mod legend;
mod levers;
mod library;
mod map_buttons;
mod map_view;
mod norms;
mod notice;
mod palette;
mod place_field;
mod plan;
mod prefecture;
mod response;
mod route;
mod share;
mod siting;
mod start;
mod stress;
mod sure;
mod table;
mod territory;
mod top_bar;
mod update;
mod value_line;
mod why;

pub use about::About;
pub use allocation::{AllocationLevers, BalancePanel, PricesPanel};
pub use assumptions::{choice, disputed_word, family_select, mine, open_source, set, struck};
pub use band::{BandLook, BandMark};
pub use builtin::BuiltIns;
pub use carbon::CarbonTab;
pub use chosen_file::chosen_text;
pub use circularity::LoopTab;
pub use clusters::ClustersTab;
pub use compare::{
    Chooser, CompareMaps, Headline as CompareHeadline, IndicatorTable, Progress as CompareProgress, Twin as CompareTwin,
};
pub use coverage::CoveragePanel;
pub use error::{ErrorPage, ErrorStrip};
pub use export::{ExportDialog, Picture, PictureMaker, PictureTrouble};
pub use facility::{FacilityCard, start_move};
pub use figures::FiguresPanel;
pub use help::{HelpDialog, Tour, term_link, use_first_visit};
pub use history::HistoryList;
pub use import::{DropZone, ImportDialog, ImportEntry};
pub use insight::InsightProgress;
pub use journey::JourneyPanel;
pub use kept::KeptStrip;
pub use layers::LayersControl;
pub use legend::MapMargin;
pub use levers::LeversTab;
pub use library::{LibraryDialog, name_or};
pub use map_view::{MapView, stop_at};
pub use norms::{NormsPanel, ReportHold, use_report};
pub use notice::NoticeStrip;
pub use palette::Palette;
pub use plan::{PlanPanel, save_file};
pub use prefecture::PrefectureCard;
pub use response::{LeverSentences, QuickFigures, ResponsePanel};
pub use route::RouteTable;
pub use said::sentences as said_sentences;
pub use share::ShareDialog;
pub use siting::{SitingPanel, SitingResults};
pub use start::StartPanel;
pub use stress::StressTab;
pub use sure::SureTab;
pub use table::TableTwin;
pub use top_bar::{TopBar, switch_language, switch_theme};
pub use update::UpdateStrip;
pub use why::use_why_button;

use crate::app::Shared;
use yew::prelude::*;

/// State and map, in any panel.
#[hook]
pub fn use_shared() -> Shared {
    use_context::<Shared>().expect("panels live inside the app")
}
