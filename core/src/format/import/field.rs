//! What columns hold: guessed by their headings in Chinese and English, and said by a person where the guess is wrong.

use super::{Table, features::GEOMETRY};
use crate::{
    geo::Datum,
    model::{FacilityKind, Stream},
};
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
    const fn headings(self) -> &'static [&'static str] {
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
const FIELDS: [Field; 19] = [
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

/// A unit of mass a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MassUnit {
    /// Tonnes a year.
    #[default]
    Tonnes,
    /// Thousand tonnes a year.
    Kilotonnes,
    /// Ten thousand tonnes a year, 万吨.
    WanTonnes,
    /// Million tonnes a year.
    Megatonnes,
    /// Kilograms a year.
    Kilograms,
    /// Tonnes a month.
    TonnesMonth,
    /// Tonnes a day.
    TonnesDay,
}

impl MassUnit {
    /// All units.
    pub const ALL: [Self; 7] = [
        Self::Tonnes,
        Self::WanTonnes,
        Self::Kilotonnes,
        Self::Megatonnes,
        Self::Kilograms,
        Self::TonnesMonth,
        Self::TonnesDay,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tonnes => "t",
            Self::Kilotonnes => "kt",
            Self::WanTonnes => "wan-t",
            Self::Megatonnes => "mt",
            Self::Kilograms => "kg",
            Self::TonnesMonth => "t-month",
            Self::TonnesDay => "t-day",
        }
    }

    /// How many tonnes a year it is.
    #[must_use]
    pub const fn tonnes(self) -> f64 {
        match self {
            Self::Tonnes => 1.0,
            Self::Kilotonnes => 1e3,
            Self::WanTonnes => 1e4,
            Self::Megatonnes => 1e6,
            Self::Kilograms => 1e-3,
            Self::TonnesMonth => 12.0,
            Self::TonnesDay => 365.0,
        }
    }

    /// The unit that words stand for.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let w: String = words.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_lowercase();
        for day in ["/d", "/day", "/天", "/日", "perday"] {
            if let Some(mass) = w.strip_suffix(day) {
                return matches!(mass, "t" | "吨").then_some(Self::TonnesDay);
            }
        }
        for month in ["/month", "/mo", "/月", "permonth"] {
            if let Some(mass) = w.strip_suffix(month) {
                return matches!(mass, "t" | "吨").then_some(Self::TonnesMonth);
            }
        }
        let years = ["/y", "/yr", "/year", "/a", "/年", "peryear", "pa", "/annum"];
        let mass = years.iter().find_map(|y| w.strip_suffix(y)).unwrap_or(&w);
        // Mass of contained metal is mass all the same.
        let mass = mass.strip_suffix("metal").unwrap_or(mass);
        Some(match mass {
            "t" | "吨" | "tonne" | "tonnes" | "ton" | "tons" => Self::Tonnes,
            "kt" | "千吨" => Self::Kilotonnes,
            "万吨" | "万t" | "10kt" | "10^4t" | "10⁴t" => Self::WanTonnes,
            "mt" | "百万吨" => Self::Megatonnes,
            "kg" | "公斤" | "千克" => Self::Kilograms,
            _ => return None,
        })
    }
}

/// What happens to what the plan has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// It stays, and the rows come beside it.
    #[default]
    Add,
    /// The rows take its place: what is in both is brought to what the row says, and the rest is closed or removed.
    Replace,
}

/// How a table is to be understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What its rows are.
    pub kind: Kind,
    /// What each column holds, if anything.
    pub fields: Vec<Option<Field>>,
    /// The unit of amounts that say none.
    pub unit: MassUnit,
    /// True where the unit stands in a heading or a person chose it.
    pub unit_known: bool,
    /// What positions are measured against.
    pub datum: Datum,
    /// Longitude and latitude are exchanged.
    pub swap: bool,
    /// What happens to what the plan has already.
    pub mode: Mode,
    /// Flows: exactly so much, and not at least.
    pub exact: bool,
}

impl Settings {
    /// Says what a column holds; no other column holds it then.
    pub fn set_field(&mut self, column: usize, field: Option<Field>) {
        if let Some(field) = field {
            self.fields.iter_mut().filter(|f| **f == Some(field)).for_each(|f| *f = None);
        }
        if let Some(f) = self.fields.get_mut(column) {
            *f = field;
        }
    }

    /// The same table understood as something else: what its columns hold is guessed anew.
    #[must_use]
    pub fn of_kind(self, table_columns: &[String], kind: Kind) -> Self {
        Self { kind, fields: fields_of(table_columns, kind), ..self }
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == Some(field))
    }
}

/// A heading without case, spaces, marks, and what stands in brackets.
fn bare(heading: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth > 0 || c.is_whitespace() || matches!(c, '_' | '-' | '.' | '*' | ':' | '：' | '/') => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// What stands in the brackets of a heading, or behind its last space.
fn unit_of(heading: &str) -> Option<MassUnit> {
    let open = heading.find(['(', '（', '[', '【'])?;
    let inner = &heading[open..].trim_start_matches(['(', '（', '[', '【']);
    MassUnit::from_words(inner.split([')', '）', ']', '】', ',', '，']).next()?)
}

/// True where a heading names something that tables are made of.
pub fn is_known(heading: &str) -> bool {
    let bare = bare(heading);
    FIELDS.iter().any(|f| f.headings().contains(&bare.as_str()))
}

/// What columns hold if the table is of a kind: a field goes to the first heading that is its own, else to the first that has its
/// longest word in it.
fn fields_of(columns: &[String], kind: Kind) -> Vec<Option<Field>> {
    let bares: Vec<String> = columns.iter().map(|c| bare(c)).collect();
    let mut fields = vec![None; columns.len()];
    let all = kind.fields();
    // The position of a feature is its geometry, whatever its properties say.
    for (heading, field) in GEOMETRY.into_iter().zip([Field::Lon, Field::Lat]) {
        if let Some(c) = columns.iter().position(|c| c == heading).filter(|_| all.contains(&field)) {
            fields[c] = Some(field);
        }
    }
    let exact = |f: &Field, b: &String| f.headings().contains(&b.as_str());
    let part = |f: &Field, b: &String| {
        let long = |w: &&&str| w.chars().count() >= if w.is_ascii() { 4 } else { 2 };
        f.headings().iter().filter(long).any(|w| b.contains(*w))
    };
    for whole in [true, false] {
        for field in &all {
            if fields.contains(&Some(*field)) {
                continue;
            }
            if let Some(c) = (0..columns.len()).find(|c| {
                fields[*c].is_none() && if whole { exact(field, &bares[*c]) } else { part(field, &bares[*c]) }
            }) {
                fields[c] = Some(*field);
            }
        }
    }
    fields
}

/// What a table seems to be.
#[must_use]
pub fn guess(name: &str, table: &Table) -> Settings {
    let columns = &table.columns;
    let complete = |kind: Kind| kind.lacks(&fields_of(columns, kind)).is_empty();
    let words = format!("{} {}", name, columns.join(" ")).to_lowercase();
    let says = |any: &[&str]| any.iter().any(|w| words.contains(w));
    let first_id = fields_of(columns, Kind::Points)
        .iter()
        .position(|f| *f == Some(Field::Id))
        .map_or("", |c| (0..table.len().min(1)).map(|r| table.cell(r, c)).next().unwrap_or(""));
    let begins = |any: [&str; 2]| any.iter().any(|p| first_id.starts_with(p));
    let kind = if complete(Kind::Facilities) && kinds_are_known(table) {
        Kind::Facilities
    } else if complete(Kind::Points) {
        if says(&["冶炼", "smelter", "再生铝厂", "熔炼"]) || begins(["SM", "US"]) {
            Kind::Smelters
        } else if says(&["集散", "分拣", "hub"]) || begins(["HB", "UH"]) {
            Kind::Hubs
        } else {
            Kind::Points
        }
    } else if complete(Kind::Flows) {
        Kind::Flows
    } else if complete(Kind::Demand) {
        Kind::Demand
    } else {
        Kind::Points
    };
    let fields = fields_of(columns, kind);
    let amounts = |f: &Field| matches!(f, Field::Capacity | Field::Amount | Field::AmountOf(_));
    let unit = (0..columns.len()).filter(|c| fields[*c].as_ref().is_some_and(amounts)).find_map(|c| {
        let tail = bare(&columns[c]);
        unit_of(&columns[c]).or_else(|| (tail.ends_with("万吨")).then_some(MassUnit::WanTonnes)).or_else(|| {
            let last = columns[c].rsplit(['_', ' ']).next()?;
            (last != columns[c]).then(|| MassUnit::from_words(last)).flatten()
        })
    });
    let stated = (0..columns.len()).find(|c| matches!(bare(&columns[*c]).as_str(), "datum" | "坐标系" | "坐标系统"));
    let stated = stated.filter(|_| !table.is_empty()).map_or("", |c| table.cell(0, c));
    let words = format!("{words} {}", stated.to_lowercase());
    let says = |any: &[&str]| any.iter().any(|w| words.contains(w));
    let datum = if says(&["gcj", "高德", "amap", "火星"]) {
        Datum::Gcj02
    } else if says(&["bd09", "bd-09", "百度", "baidu"]) {
        Datum::Bd09
    } else {
        Datum::Wgs84
    };
    Settings { kind, fields, unit: unit.unwrap_or_default(), unit_known: unit.is_some(), datum, ..Settings::default() }
}

/// True where the column of kinds holds kinds in its first rows.
fn kinds_are_known(table: &Table) -> bool {
    let fields = fields_of(&table.columns, Kind::Facilities);
    let Some(c) = fields.iter().position(|f| *f == Some(Field::Kind)) else { return false };
    let rows = table.len().min(20);
    (0..rows).filter(|r| kind_of(table.cell(*r, c)).is_some()).count() * 2 > rows
}

/// The kind of facility that a word stands for.
pub fn kind_of(word: &str) -> Option<FacilityKind> {
    let bare = bare(word);
    if let Some(kind) = FacilityKind::ALL.into_iter().find(|k| k.key().replace('_', "") == bare) {
        return Some(kind);
    }
    Some(match bare.as_str() {
        "收集点" | "回收点" | "回收站" | "网点" | "point" => FacilityKind::CollectionPoint,
        "集散中心" | "分拣中心" | "集散" | "分拣集散中心" => FacilityKind::Hub,
        "冶炼厂" | "再生厂" | "冶炼" | "plant" => FacilityKind::Smelter,
        "港口" | "港" => FacilityKind::Port,
        "铁路货场" | "铁路枢纽" | "货运站" => FacilityKind::RailHub,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headings: &str, row: &str) -> Table {
        let mut t = Table::default();
        t.push(1, headings.split(','));
        t.push(2, row.split(','));
        t.settle_headings(is_known);
        t
    }

    fn guessed(headings: &str, row: &str) -> (Kind, String, MassUnit) {
        let g = guess("a.csv", &table(headings, row));
        let fields: Vec<String> = g.fields.iter().map(|f| f.map_or("-".into(), Field::key)).collect();
        (g.kind, fields.join(" "), g.unit)
    }

    #[test]
    fn headings_in_both_languages_are_known() {
        use MassUnit::{Kilotonnes, Tonnes, WanTonnes};
        let cases = [
            ("编号,名称,经度,纬度,年处理能力（吨）", "1,a,117,31,5", Kind::Points, "id name lon lat capacity", Tonnes),
            ("name,lng,lat,remark", "a,117,31,x", Kind::Points, "name lon lat -", Tonnes),
            (
                "企业名称,X,Y,产能(万吨/年),金属品种",
                "冶炼,117,31,5,铝",
                Kind::Points,
                "name lon lat capacity -",
                WanTonnes,
            ),
            (
                "id,kind,name_zh,name_en,lon,lat,metals,capacity_kt",
                "SM001,smelter,a,b,117,31,Al,5",
                Kind::Facilities,
                "id kind name name-en lon lat metals capacity",
                Kilotonnes,
            ),
            (
                "id,name,longitude,latitude,metals",
                "SM001,a,117,31,Al",
                Kind::Smelters,
                "id name lon lat metals",
                Tonnes,
            ),
            ("分拣中心名称,经度,纬度", "a,117,31", Kind::Hubs, "name lon lat", Tonnes),
            ("城市,品种,产生量(t)", "合肥,铝,5", Kind::Demand, "place stream amount", Tonnes),
            ("adcode,铝,铜,铅", "340100,5,5,5", Kind::Demand, "place amount-al amount-cu amount-pb", Tonnes),
            ("来源,品种,去向,数量(kt)", "yrd,al,SM001,5", Kind::Flows, "source stream plant amount", Kilotonnes),
        ];
        for (headings, row, kind, fields, unit) in cases {
            assert_eq!(guessed(headings, row), (kind, fields.to_owned(), unit), "{headings}");
        }
    }

    #[test]
    fn one_field_is_in_one_column() {
        let mut s = guess("", &table("name,lon,lat", "a,1,2"));
        s.set_field(0, Some(Field::Lon));
        assert_eq!(s.fields, [Some(Field::Lon), None, Some(Field::Lat)]);
        assert_eq!(Kind::Points.lacks(&s.fields), []);
        s.set_field(0, None);
        assert_eq!(Kind::Points.lacks(&s.fields), [Field::Lon]);
    }

    #[test]
    fn file_and_headings_tell_the_datum() {
        let datum = |name: &str, headings: &str| guess(name, &table(headings, "a,1,2")).datum;
        assert_eq!(datum("a.csv", "name,lon,lat"), Datum::Wgs84);
        assert_eq!(datum("a.csv", "名称,百度经度,百度纬度"), Datum::Bd09);
        assert_eq!(datum("高德导出.csv", "name,lon,lat"), Datum::Gcj02);
    }
}
