//! View models: everything the map is told and everything it says, as plain data. No web type occurs here.

use atlas_core::{
    catchment::norms::SubjectKind,
    geo::LonLat,
    model::{Certainty, Cluster, FacilityKind, Metal, Mode, Stream},
};

/// The language of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A document of geometry that the page hands to the map as GeoJSON bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The base map of the first view: features with `layer` (a name of the pack's geometry), `rank`, `zh`, `en`.
    Base,
    /// The same layers in full detail, shown instead of [`Source::Base`] from [`super::zoom::DETAIL`] up once it is there.
    Detail,
    /// Lines with `class` 1, 2 or 3. Until it is there, and below [`super::zoom::DETAIL`], the base map's `road-1` stands in.
    Roads,
    /// City points with `zh`, `en`, `rank` (1 the most important).
    Labels,
    /// Catchments: polygons with `kind` (a key of [`FacilityKind`]), `cluster` (`yrd`, `prd`, `bohai`), `tone` 0 to 3,
    /// `level` (`far` below [`super::zoom::NEAR_CATCHMENTS`], `near` from there up; without it at all zooms), `id`, and
    /// `over` where more comes than the facility can take. Travel bands: polygons with `bands: true` and `band` 1 to 5
    /// (5 the nearest), and `level` likewise.
    Catchments,
    /// The catchment in hand: polygons with `band` 1 to 5 (5 the nearest) and lines with `edge: true`.
    Selected,
    /// Lines with `mode`, and points with `zh`, `en` that label a leg.
    Route,
    /// Railways: lines with `class` 1, 2 or 3.
    Rails,
    /// Rivers and canals that barges use, likewise.
    Waterways,
    /// Coastal lanes, likewise.
    Sealanes,
    /// A way and its alternatives: lines with `mode`, `rank` (0 the best) and `chosen`; points that label the legs of the
    /// chosen one with `zh`, `en`; points with `end` A or B.
    Journey,
    /// How exactly the selected facility's place is known: a ring.
    Precision,
    /// How coverage differs from the baseline's: polygons with `change`: `gained`, `lost` or `moved`.
    Difference,
    /// Where norms are kept: points with `verdict` (a key of [`Outcome`]) and `about` (a key of [`SubjectKind`]).
    Norms,
    /// Who sends what where: lines. Their properties stand where they are written, in `compute::flows`.
    Flows,
    /// The selected facility's, likewise.
    OwnFlows,
    /// What scrap is worth: points with `p` (the page's number) and `class` 1 to 7.
    Prices,
    /// Who takes a point's scrap: points with `p`, `cluster`, `tone` 0 to 3 and `how` (a key of [`Service`]), and lines from
    /// each to its taker.
    Served,
    /// What proposed sites win: polygons with `rank`.
    SitingAreas,
    /// Where new sites might stand: points.
    SitingCandidates,
    /// Areas drawn by hand: polygons with `ring`: `forbidden` or `candidates`; a line with `draft`, points with `corner`.
    SitingDrawn,
    /// Proposed sites: points with `site` (their rank), `p` (the page's number), `s`, `zh`, `en`, `told`; points with `ghost`,
    /// `closes` or `asked`; lines with `moved`.
    SitingSites,
    /// What differs between two scenarios: its properties stand where they are written, in `state::compare::drawn`.
    Compared,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::Base,
        Self::Detail,
        Self::Roads,
        Self::Labels,
        Self::Catchments,
        Self::Selected,
        Self::Route,
        Self::Rails,
        Self::Waterways,
        Self::Sealanes,
        Self::Journey,
        Self::Precision,
        Self::Difference,
        Self::Norms,
        Self::Flows,
        Self::OwnFlows,
        Self::Prices,
        Self::Served,
        Self::SitingAreas,
        Self::SitingCandidates,
        Self::SitingDrawn,
        Self::SitingSites,
        Self::Compared,
    ];

    /// The id of the source in the map's style.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Detail => "detail",
            Self::Roads => "roads",
            Self::Labels => "labels",
            Self::Catchments => "catchments",
            Self::Selected => "selected",
            Self::Route => "route",
            Self::Rails => "rails",
            Self::Waterways => "waterways",
            Self::Sealanes => "sealanes",
            Self::Journey => "journey",
            Self::Precision => "precision",
            Self::Difference => "difference",
            Self::Norms => "norms",
            Self::Flows => "flows",
            Self::OwnFlows => "flows-own",
            Self::Prices => "prices",
            Self::Served => "served",
            Self::SitingAreas => "siting-areas",
            Self::SitingCandidates => "siting-candidates",
            Self::SitingDrawn => "siting-drawn",
            Self::SitingSites => "siting-sites",
            Self::Compared => "compared",
        }
    }
}

/// Lines that can be switched on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Railways.
    Rails,
    /// Waterways and sea lanes.
    Water,
}

/// How catchments are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Territories {
    /// Whose catchments: those of collection points give way to those of hubs from afar. `None` hides them.
    pub of: Option<FacilityKind>,
    /// The travel bands of all of them.
    pub bands: bool,
    /// What differs from the baseline.
    pub difference: bool,
    /// Tinted by what would be lost if its facility closed, in place of the cluster's hue.
    pub loss: bool,
    /// How strong, from 0 to 1.
    pub opacity: f64,
}

/// Which flows are shown, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowsView {
    /// True where they are on the map.
    pub shown: bool,
    /// Only those of a stream.
    pub stream: Option<Stream>,
    /// Only those that a mode carries furthest.
    pub mode: Option<Mode>,
    /// Only those that begin or end in a cluster.
    pub cluster: Option<Cluster>,
    /// Only those of recycled metal, or only those of scrap.
    pub metal: Option<bool>,
    /// The selected facility's own, from a document of their own, are drawn in full, and all others faint. True where its own
    /// can be told one by one only: a point's.
    pub own: Option<bool>,
    /// The others are not drawn at all.
    pub only: bool,
}

/// Something of the allocation, or a proposed site, under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A flow, by the number of its level and its row.
    Flow(u32, u32),
    /// A point whose price or taker is shown, by the page's number.
    Point(u32),
    /// A proposed site, by the page's number.
    Site(u32),
}

/// What scrap is worth at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceMark {
    /// Where.
    pub at: LonLat,
    /// The page's own number for it.
    pub id: u32,
    /// 1 (least) to 7; 4 is in the middle.
    pub class: u8,
}

/// How a point's scrap is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// By who is nearest.
    Nearest,
    /// By another.
    Other,
    /// By nobody.
    Nobody,
}

impl Service {
    /// All.
    pub const ALL: [Self; 3] = [Self::Nearest, Self::Other, Self::Nobody];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Other => "other",
            Self::Nobody => "nobody",
        }
    }
}

/// Who takes a point's scrap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServedMark {
    /// Where.
    pub at: LonLat,
    /// The page's own number for it.
    pub id: u32,
    /// How it is taken.
    pub how: Service,
    /// Where the taker is.
    pub taker: Option<LonLat>,
    /// Its cluster, which gives the hue.
    pub cluster: Option<Cluster>,
    /// 0 to 3: takers near each other have different ones.
    pub tone: u8,
}

/// The outline of a symbol: the kind of facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Collection point.
    Circle,
    /// Hub.
    Square,
    /// Smelter.
    Hexagon,
    /// Rail hub: upright.
    Triangle,
    /// Port.
    Anchor,
}

impl From<FacilityKind> for Shape {
    fn from(kind: FacilityKind) -> Self {
        match kind {
            FacilityKind::CollectionPoint => Self::Circle,
            FacilityKind::Hub => Self::Square,
            FacilityKind::Smelter => Self::Hexagon,
            FacilityKind::RailHub => Self::Triangle,
            FacilityKind::Port => Self::Anchor,
        }
    }
}

/// What the plan did to a facility.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum MarkState {
    /// Nothing.
    #[default]
    Baseline,
    /// Added: in the accent colour with a plus.
    Added,
    /// Moved: drawn like the baseline, in the accent colour, with a dashed ghost where it was and a thin line from there.
    Moved {
        /// Where it was.
        from: LonLat,
    },
    /// Closed: an outline with a cross.
    Closed,
}

/// A collection point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointMark {
    /// Position.
    pub at: LonLat,
    /// Its cluster, which gives the hue.
    pub cluster: Cluster,
    /// How well it is known.
    pub certainty: Certainty,
    /// What the plan did to it.
    pub state: MarkState,
    /// 0 to 1: the square root of its tonnes over the most tonnes of any.
    pub size: f32,
    /// The page's own number for it.
    pub id: u32,
}

/// Scrap of a prefecture: a circle whose area stands for tonnes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrapMark {
    /// The prefecture's seat.
    pub at: LonLat,
    /// Diameter in CSS px, up to [`ScrapMark::MOST_PX`].
    pub px: f32,
    /// The metal whose hue it has; none for all together.
    pub metal: Option<Metal>,
    /// The page's own number for it.
    pub id: u32,
}

impl ScrapMark {
    /// The largest diameter.
    pub const MOST_PX: f32 = 54.0;
    /// The smallest one that is drawn: less would not be seen.
    pub const LEAST_PX: f32 = 2.5;
}

/// What a check of norms says of something, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The norm is not kept.
    Fails,
    /// The data do not say.
    CannotSay,
    /// It is kept.
    Passes,
}

impl Outcome {
    /// All, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Fails, Self::CannotSay, Self::Passes];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::CannotSay => "cannot_say",
            Self::Passes => "passes",
        }
    }
}

/// Whether norms are kept at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormMark {
    /// The facility, or the seat of a prefecture.
    pub at: LonLat,
    /// What the check says.
    pub outcome: Outcome,
    /// What it is about.
    pub about: SubjectKind,
}

/// A hub, smelter, port or rail hub.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityMark {
    /// Position.
    pub at: LonLat,
    /// What it is; a collection point here is drawn as a hub would be, as a circle.
    pub kind: FacilityKind,
    /// Its cluster: the hue of a hub.
    pub cluster: Option<Cluster>,
    /// Main metal: the fill of a smelter.
    pub metal: Option<Metal>,
    /// How well it is known.
    pub certainty: Certainty,
    /// What the plan did to it.
    pub state: MarkState,
    /// Million tonnes of goods a year that a port handles; 0 where nobody says. The larger are drawn from further away.
    pub cargo_mt: f32,
    /// The page's own number for it; unique within a kind.
    pub id: u32,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
}

/// A facility by kind and the page's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Selected {
    /// Which list the number belongs to.
    pub kind: FacilityKind,
    /// The page's number.
    pub id: u32,
}

/// A symbol under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: FacilityKind,
    /// The facility, or the weightiest of those that one symbol stands for.
    pub id: u32,
    /// How many facilities the symbol stands for.
    pub cluster_of: u32,
    /// Where the facility is; the symbol may stand beside it on a ring.
    pub at: LonLat,
}

impl Hit {
    /// The facility of the hit.
    #[must_use]
    pub const fn selected(&self) -> Selected {
        Selected { kind: self.kind, id: self.id }
    }
}

/// Which symbols follow the pointer when they are dragged; the map pans under all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draggable {
    /// None.
    #[default]
    Nothing,
    /// Every collection point and hub.
    PointsAndHubs,
    /// Proposed sites.
    Sites,
}

/// What the map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Middle of the map.
    pub center: LonLat,
    /// Zoom level of 512 px tiles.
    pub zoom: f64,
    /// Metres on the ground in a CSS pixel, in the middle of the map.
    pub metres_per_px: f64,
    /// South-west and north-east corner.
    pub bounds: (LonLat, LonLat),
}

/// The pointer over the map. Over a symbol the default becomes a pointing hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// An arrow.
    #[default]
    Default,
    /// A crosshair, for placing; a double click then zooms no more.
    Crosshair,
    /// A closed hand.
    Grabbing,
}

/// What the map says. Pixels are CSS px from the container's top left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum MapEvent {
    /// The base map has been drawn for the first time.
    Ready,
    /// A click or tap that was not a drag.
    Click {
        /// Position on the earth.
        at: LonLat,
        /// Pixels from the left.
        x: f64,
        /// Pixels from the top.
        y: f64,
        /// The symbol there.
        hit: Option<Hit>,
        /// Where there is no symbol, the number of the scrap circle there.
        scrap: Option<u32>,
        /// Where there is no symbol, what of the allocation is there.
        pick: Option<Pick>,
        /// True for a finger.
        touch: bool,
    },
    /// The symbol under the mouse has changed.
    Hover {
        /// The symbol, if any.
        hit: Option<Hit>,
        /// Where there is no symbol, the number of the scrap circle there.
        scrap: Option<u32>,
        /// Pixels from the left.
        x: f64,
        /// Pixels from the top.
        y: f64,
    },
    /// The mouse has moved, at most once a frame, with no button down.
    Over {
        /// Position on the earth.
        at: LonLat,
        /// Pixels from the left.
        x: f64,
        /// Pixels from the top.
        y: f64,
        /// What of the allocation is there.
        pick: Option<Pick>,
    },
    /// The mouse has left the map, or a button went down.
    Out,
    /// A symbol that may be dragged (see [`Draggable`]) is being dragged: pressed, and moved by more than a few px.
    DragStart {
        /// The symbol.
        hit: Hit,
        /// Where the facility would be.
        at: LonLat,
    },
    /// A proposed site is being dragged.
    SiteDragStart {
        /// The page's number for it.
        site: u32,
    },
    /// The pointer moved, at most once a frame.
    DragMove {
        /// Where the facility would be.
        at: LonLat,
    },
    /// The pointer was released.
    DragEnd {
        /// Where the facility is dropped.
        at: LonLat,
    },
    /// The drag was broken off: by [`super::Map::cancel_drag`], a second finger, or the system.
    DragCancel,
    /// The view has changed: at most once a frame while it moves, and at the end.
    Camera(Camera),
    /// Something failed while the map was running, in the map's words.
    Error(String),
}

/// Why there is no map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapError {
    /// The script of MapLibre has not been loaded.
    ScriptMissing,
    /// The browser has no WebGL2, or it is switched off.
    NoWebGl2,
    /// MapLibre refused, in its own words.
    Refused(String),
}

impl std::fmt::Display for MapError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ScriptMissing => f.write_str("maplibre-gl.js is missing"),
            Self::NoWebGl2 => f.write_str("no WebGL2"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for MapError {}
