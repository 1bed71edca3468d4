//! Provinces: their polygons from the GeoPackage of `qgis-common` (Natural Earth), and what we call them.

use crate::{
    error::{DataError, Explain, Result},
    locate::Locator,
};
use atlas_core::{geo::LonLat, model::Cluster};
use geo::{BoundingRect, MultiPolygon};
use geozero::{ToGeo, wkb::GpkgWkb};
use std::path::Path;

/// One province-level unit.
pub struct Province {
    /// First two digits of its administrative code.
    pub code: u32,
    /// Chinese name as tables write it.
    pub zh: &'static str,
    /// Short Chinese name for the map.
    pub short_zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// Its cluster.
    pub cluster: Option<Cluster>,
    /// Its polygons.
    pub area: MultiPolygon<f64>,
    /// Finds positions in them.
    pub locator: Locator,
}

impl Province {
    /// True for the 17 provinces whose roads are kept.
    pub fn has_roads(&self) -> bool {
        ROADS.contains(&self.code)
    }
}

/// All areas of the window.
pub struct Admin {
    /// The province-level units of China that the source has as its provinces, by code.
    pub provinces: Vec<Province>,
    /// Every other area of the source that touches the window: only to know what is not ours to draw or to drive on.
    pub others: Vec<MultiPolygon<f64>>,
    /// Finds positions in those.
    pub other_locator: Locator,
}

/// Provinces with a road network: the ten of the clusters and the seven of the corridors between them.
const ROADS: [u32; 17] = [11, 12, 13, 14, 21, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45];

/// Name in the source, code, Chinese name, short name, English name.
const NAMES: [(&str, u32, &str, &str, &str); 31] = [
    ("Beijing", 11, "北京市", "北京", "Beijing"),
    ("Tianjin", 12, "天津市", "天津", "Tianjin"),
    ("Hebei", 13, "河北省", "河北", "Hebei"),
    ("Shanxi", 14, "山西省", "山西", "Shanxi"),
    ("Inner Mongol", 15, "内蒙古自治区", "内蒙古", "Inner Mongolia"),
    ("Liaoning", 21, "辽宁省", "辽宁", "Liaoning"),
    ("Jilin", 22, "吉林省", "吉林", "Jilin"),
    ("Heilongjiang", 23, "黑龙江省", "黑龙江", "Heilongjiang"),
    ("Shanghai", 31, "上海市", "上海", "Shanghai"),
    ("Jiangsu", 32, "江苏省", "江苏", "Jiangsu"),
    ("Zhejiang", 33, "浙江省", "浙江", "Zhejiang"),
    ("Anhui", 34, "安徽省", "安徽", "Anhui"),
    ("Fujian", 35, "福建省", "福建", "Fujian"),
    ("Jiangxi", 36, "江西省", "江西", "Jiangxi"),
    ("Shandong", 37, "山东省", "山东", "Shandong"),
    ("Henan", 41, "河南省", "河南", "Henan"),
    ("Hubei", 42, "湖北省", "湖北", "Hubei"),
    ("Hunan", 43, "湖南省", "湖南", "Hunan"),
    ("Guangdong", 44, "广东省", "广东", "Guangdong"),
    ("Guangxi", 45, "广西壮族自治区", "广西", "Guangxi"),
    ("Hainan", 46, "海南省", "海南", "Hainan"),
    ("Chongqing", 50, "重庆市", "重庆", "Chongqing"),
    ("Sichuan", 51, "四川省", "四川", "Sichuan"),
    ("Guizhou", 52, "贵州省", "贵州", "Guizhou"),
    ("Yunnan", 53, "云南省", "云南", "Yunnan"),
    ("Xizang", 54, "西藏自治区", "西藏", "Xizang"),
    ("Shaanxi", 61, "陕西省", "陕西", "Shaanxi"),
    ("Gansu", 62, "甘肃省", "甘肃", "Gansu"),
    ("Qinghai", 63, "青海省", "青海", "Qinghai"),
    ("Ningxia", 64, "宁夏回族自治区", "宁夏", "Ningxia"),
    ("Xinjiang", 65, "新疆维吾尔自治区", "新疆", "Xinjiang"),
];

const REMEDY: &str =
    "The package differs from the pinned version, or was not unpacked whole: delete it from the cache.";

impl Admin {
    /// Reads the GeoPackage.
    pub fn read(path: &Path) -> Result<Self> {
        let what = || format!("cannot read {}", path.display());
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let db = rusqlite::Connection::open_with_flags(path, flags).explain(what, REMEDY)?;
        let mut query =
            db.prepare("SELECT adm0_a3, name, geom FROM states_provinces ORDER BY fid").explain(what, REMEDY)?;
        let rows = query
            .query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?, r.get::<_, Vec<u8>>(2)?)))
            .explain(what, REMEDY)?;
        let mut found: Vec<(u32, MultiPolygon<f64>)> = Vec::new();
        let mut others = Vec::new();
        for row in rows {
            let (country, name, geometry) = row.explain(what, REMEDY)?;
            let area = match GpkgWkb(geometry).to_geo().explain(what, REMEDY)? {
                geo::Geometry::MultiPolygon(m) => m,
                geo::Geometry::Polygon(p) => MultiPolygon::new(vec![p]),
                _ => return Err(DataError::new(what(), "a province that is no polygon", REMEDY)),
            };
            let named = NAMES.iter().find(|n| country == "CHN" && Some(n.0) == name.as_deref());
            match named {
                Some(n) => found.push((n.1, area)),
                None if touches_window(&area) => others.push(area),
                None => {}
            }
        }
        let mut provinces = Vec::new();
        for (source, code, zh, short_zh, en) in NAMES {
            let Some(at) = found.iter().position(|(c, _)| *c == code) else {
                return Err(DataError::new(what(), format!("no province {source:?}"), REMEDY));
            };
            let area = found.swap_remove(at).1;
            let locator = Locator::of_area(&area);
            provinces.push(Province { code, zh, short_zh, en, cluster: cluster(code), area, locator });
        }
        let other_locator = Locator::of_area(&others.iter().flatten().cloned().collect());
        Ok(Self { provinces, others, other_locator })
    }

    /// The province that holds a position.
    pub fn province_at(&self, at: LonLat) -> Option<&Province> {
        self.provinces.iter().find(|p| p.locator.contains(at))
    }

    /// The province that holds a position, or else, off the coast, the one with the nearest edge within `reach` degrees,
    /// unless an area that is not ours is nearer.
    pub fn province_near(&self, at: LonLat, reach: f64) -> Option<&Province> {
        self.province_at(at).or_else(|| {
            let edges = self.provinces.iter().filter_map(|p| Some((p.locator.edge_within(at, reach)?, p)));
            let (distance, nearest) = edges.min_by(|a, b| a.0.total_cmp(&b.0))?;
            let other = self.other_locator.edge_within(at, reach).unwrap_or(f64::INFINITY);
            (!self.other_locator.contains(at) && distance < other).then_some(nearest)
        })
    }

    /// The province of a Chinese name.
    pub fn by_name(&self, zh: &str) -> Option<&Province> {
        self.provinces.iter().find(|p| p.zh == zh)
    }
}

/// The cluster of a province code.
pub fn cluster(code: u32) -> Option<Cluster> {
    match code {
        31..=34 => Some(Cluster::Yrd),
        44 => Some(Cluster::Prd),
        11 | 12 | 13 | 21 | 37 => Some(Cluster::Bohai),
        _ => None,
    }
}

fn touches_window(area: &MultiPolygon<f64>) -> bool {
    area.bounding_rect().is_some_and(|r| {
        r.max().x > crate::WINDOW[0]
            && r.min().x < crate::WINDOW[2]
            && r.max().y > crate::WINDOW[1]
            && r.min().y < crate::WINDOW[3]
    })
}
