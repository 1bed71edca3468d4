//! What the rows of a table may be and what its columns may hold, with the headings that say so in Chinese and English.

use crate::model::{FacilityKind, Stream};
use serde::{Deserialize, Serialize};

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Collection points.
    #[default]
    Points,
    /// Hubs.
    Hubs,
    /// Smelters.
    Smelters,
    /// Facilities, each row saying its kind.
    Facilities,
    /// Scrap that arises, by prefecture and stream.
    Demand,
    /// Tonnes that a source sends to a plant.
    Flows,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Points, Self::Hubs, Self::Smelters, Self::Facilities, Self::Demand, Self::Flows];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Hubs => "hubs",
            Self::Smelters => "smelters",
            Self::Facilities => "facilities",
            Self::Demand => "demand",
            Self::Flows => "flows",
        }
    }

    /// True where the rows are places.
    #[must_use]
    pub const fn is_places(self) -> bool {
        !matches!(self, Self::Demand | Self::Flows)
    }

    /// The kind of facility that a row is where it does not say so.
    #[must_use]
    pub const fn facility(self) -> Option<FacilityKind> {
        match self {
            Self::Points => Some(FacilityKind::CollectionPoint),
            Self::Hubs => Some(FacilityKind::Hub),
            Self::Smelters => Some(FacilityKind::Smelter),
            Self::Facilities | Self::Demand | Self::Flows => None,
        }
    }

    /// What its columns may hold.
    #[must_use]
    pub fn fields(self) -> Vec<Field> {
        use Field::{
            Amount, AmountOf, Capacity, Id, Kind, Lat, Lon, Metals, Name, NameEn, Open, Place, Plant, Source, Stream,
        };
        match self {
            Self::Points => vec![Id, Name, NameEn, Lon, Lat, Capacity, Open],
            Self::Hubs | Self::Smelters => vec![Id, Name, NameEn, Lon, Lat, Capacity, Metals, Open],
            Self::Facilities => vec![Id, Kind, Name, NameEn, Lon, Lat, Capacity, Metals, Open],
            Self::Demand => {
                let streams = crate::model::Stream::ALL.map(AmountOf);
                [&[Place, Stream, Amount][..], &streams].concat()
            }
            Self::Flows => vec![Id, Name, Source, Stream, Plant, Amount],
        }
    }

    /// What it cannot do without and lacks.
    #[must_use]
    pub fn lacks(self, fields: &[Option<Field>]) -> Vec<Field> {
        let has = |f: Field| fields.contains(&Some(f));
        let needed: Vec<Field> = match self {
            Self::Points | Self::Hubs => vec![Field::Lon, Field::Lat],
            Self::Smelters => vec![Field::Lon, Field::Lat, Field::Metals],
            Self::Facilities => vec![Field::Kind, Field::Lon, Field::Lat],
            Self::Demand if Stream::ALL.into_iter().any(|s| has(Field::AmountOf(s))) => vec![Field::Place],
            Self::Demand => vec![Field::Place, Field::Stream, Field::Amount],
            Self::Flows => vec![Field::Source, Field::Stream, Field::Plant, Field::Amount],
        };
        needed.into_iter().filter(|f| !has(*f)).collect()
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// Id.
    Id,
    /// Kind of facility.
    Kind,
    /// Name, in Chinese or whatever the table has.
    Name,
    /// Name in English.
    NameEn,
    /// Degrees east.
    Lon,
    /// Degrees north.
    Lat,
    /// Tonnes a year.
    Capacity,
    /// Metals.
    Metals,
    /// Whether it is in use.
    Open,
    /// Prefecture, by name or code.
    Place,
    /// Stream of scrap.
    Stream,
    /// Tonnes a year.
    Amount,
    /// Tonnes a year of one stream.
    AmountOf(Stream),
    /// Where a flow begins.
    Source,
    /// Where it ends.
    Plant,
}

impl Field {
    /// The stable key.
    #[must_use]
    pub fn key(self) -> String {
        let key = match self {
            Self::Id => "id",
            Self::Kind => "kind",
            Self::Name => "name",
            Self::NameEn => "name-en",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Capacity => "capacity",
            Self::Metals => "metals",
            Self::Open => "open",
            Self::Place => "place",
            Self::Stream => "stream",
            Self::Amount => "amount",
            Self::AmountOf(s) => return format!("amount-{}", s.key()),
            Self::Source => "source",
            Self::Plant => "plant",
        };
        key.to_owned()
    }

    /// Headings by which it is known, as [`bare`] leaves them. The longer ones come first where one is part of another.
    pub(super) const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                "编号",
                "编码",
                "代码",
                "站点编号",
                "设施编号",
                "id",
                "code",
                "facilityid",
                "pointid",
                "siteid",
                "contract",
                "contractid",
            ],
            Self::Kind => &["类型", "类别", "设施类型", "kind", "type", "facilitykind", "category"],
            Self::Name => &[
                "名称",
                "站点名称",
                "企业名称",
                "公司名称",
                "单位名称",
                "中文名称",
                "中文名",
                "设施名称",
                "站点",
                "厂名",
                "name",
                "namezh",
                "title",
                "facility",
                "sitename",
                "company",
            ],
            Self::NameEn => &["英文名称", "英文名", "nameen", "englishname"],
            Self::Lon => {
                &["经度", "东经", "lon", "lng", "long", "longitude", "x", "xcoord", "坐标x", "经度坐标", "geometrylon"]
            }
            Self::Lat => &["纬度", "北纬", "lat", "latitude", "y", "ycoord", "坐标y", "纬度坐标", "geometrylat"],
            Self::Capacity => &[
                "产能",
                "年产能",
                "设计产能",
                "能力",
                "处理能力",
                "年处理能力",
                "规模",
                "年吞吐量",
                "吞吐量",
                "吞吐能力",
                "回收能力",
                "capacity",
                "capacityt",
                "capacityty",
                "annualcapacity",
                "throughput",
            ],
            Self::Metals => &["金属", "金属种类", "品种", "金属品种", "回收品种", "metals", "metal", "materials"],
            Self::Open => &["在用", "是否开放", "是否运营", "open"],
            Self::Place => &[
                "地市",
                "地级市",
                "城市",
                "市",
                "地区",
                "行政区",
                "行政区划",
                "行政区划代码",
                "区划代码",
                "prefecture",
                "city",
                "adcode",
                "region",
                "place",
            ],
            Self::Stream => {
                &["品种", "料种", "废料种类", "废料", "金属", "金属品种", "stream", "metal", "material", "scrap"]
            }
            Self::Amount => &[
                "产生量",
                "报废量",
                "数量",
                "重量",
                "流量",
                "废料量",
                "年产生量",
                "吨",
                "供应量",
                "amount",
                "tonnes",
                "tons",
                "t",
                "ty",
                "quantity",
                "generated",
                "generatedt",
                "flow",
                "weight",
                "mint",
                "volume",
                "metaltperyear",
                "tperyear",
            ],
            Self::AmountOf(Stream::Al) => &["铝", "废铝", "al", "aluminium", "aluminum"],
            Self::AmountOf(Stream::Cu) => &["铜", "废铜", "cu", "copper"],
            Self::AmountOf(Stream::Pb) => &["铅", "废铅", "废铅酸电池", "pb", "lead"],
            Self::AmountOf(Stream::Zn) => &["锌", "废锌", "zn", "zinc"],
            Self::AmountOf(Stream::Other) => &["其他", "其它", "other", "others"],
            Self::Source => {
                &["来源", "起点", "供应方", "来源地", "发出地", "出发地", "source", "from", "origin", "sourceid"]
            }
            Self::Plant => &[
                "去向",
                "终点",
                "冶炼厂",
                "接收方",
                "目的地",
                "工厂",
                "plant",
                "to",
                "destination",
                "smelter",
                "target",
            ],
        }
    }
}

/// All fields of all kinds.
pub(super) const FIELDS: [Field; 19] = [
    Field::Id,
    Field::Kind,
    Field::Name,
    Field::NameEn,
    Field::Lon,
    Field::Lat,
    Field::Capacity,
    Field::Metals,
    Field::Open,
    Field::Place,
    Field::Stream,
    Field::Amount,
    Field::AmountOf(Stream::Al),
    Field::AmountOf(Stream::Cu),
    Field::AmountOf(Stream::Pb),
    Field::AmountOf(Stream::Zn),
    Field::AmountOf(Stream::Other),
    Field::Source,
    Field::Plant,
];
