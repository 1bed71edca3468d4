//! What the headings of a table say it holds.

use super::{Field, Kind, MassUnit, Settings, Table, features::GEOMETRY, field::FIELDS};
use crate::{geo::Datum, model::FacilityKind};

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
pub(super) fn fields_of(columns: &[String], kind: Kind) -> Vec<Option<Field>> {
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
