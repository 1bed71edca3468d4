//! Units of the tables in Chinese; in English they stand as the tables write them.

use super::Lang;
use std::borrow::Cow;

/// What the table says of a parameter that chooses: it has no unit.
const FAMILY: &str = "1 GLEC; 2 GB/T 51366";
/// What the table says of a list of three weights.
const WEIGHTS: &str = "population;urban population;secondary-industry value added";

/// What the tables write, and what a Chinese planner writes.
const UNITS: [(&str, &str); 75] = [
    ("%", "%"),
    ("% of EAF dust", "%（占电炉粉尘）"),
    ("% of battery weight", "%（占电池重）"),
    ("% of feed weight", "%（占原料重）"),
    ("% of scrap weight", "%（占废料重）"),
    (FAMILY, ""),
    ("% / points", "% / 个百分点"),
    ("% / x", "% / 倍"),
    ("%/y", "%/年"),
    ("Mt/y", "百万吨/年"),
    ("bn USD", "十亿美元"),
    ("bn yuan", "十亿元"),
    ("gCO2e/t-km", "克 CO₂e/吨公里"),
    ("gCO2e/t-km WTW", "克 CO₂e/吨公里（油井到车轮）"),
    ("h per transfer", "小时/次中转"),
    ("kgCO2e/t each", "千克 CO₂e/吨·次"),
    ("kgce/t", "千克标煤/吨"),
    ("km/h", "公里/小时"),
    ("kt gross/y", "千吨（毛重）/年"),
    ("kt metal/half-year", "千吨金属/半年"),
    ("kt metal/y", "千吨金属/年"),
    ("kt/half-year", "千吨/半年"),
    ("kt/y", "千吨/年"),
    ("100 m yuan/y", "亿元/年"),
    ("m people", "百万人"),
    ("m yuan/y", "百万元/年"),
    ("m yuan/y for 90 kt", "百万元/年（9 万吨）"),
    ("mg/m3", "毫克/立方米"),
    ("people", "人"),
    ("persons/household", "人/户"),
    (WEIGHTS, "权重"),
    ("share of capacity", "占产能比"),
    ("t/y", "吨/年"),
    ("tCO2e/t", "吨 CO₂e/吨"),
    ("tCO2e/t Li2CO3", "吨 CO₂e/吨碳酸锂"),
    ("tn yuan", "万亿元"),
    ("x", "倍"),
    ("yuan/g gold", "元/克（黄金）"),
    ("yuan/t", "元/吨"),
    ("yuan/t Li2CO3", "元/吨碳酸锂"),
    ("yuan/t battery metal", "元/吨电池金属"),
    ("yuan/t bright wire", "元/吨光亮线"),
    ("yuan/t each", "元/吨·次"),
    ("yuan/t old zinc", "元/吨旧锌"),
    ("yuan/t product", "元/吨产品"),
    ("yuan/t scrap", "元/吨废料"),
    ("yuan/t shredded cast", "元/吨破碎生铝"),
    ("yuan/t spent e-bike battery", "元/吨废电动车电池"),
    ("yuan/t-km", "元/吨公里"),
    ("yuan/tCO2", "元/吨 CO₂"),
    ("clusters", "个集群"),
    ("m vehicles/y", "百万辆/年"),
    ("platforms", "个平台"),
    ("points", "个点"),
    ("standards", "项标准"),
    ("% of demand", "%（占需求）"),
    ("% of electricity", "%（占用电）"),
    ("% of capacity", "%（占产能）"),
    ("kWh/t product", "千瓦时/吨产品"),
    ("kgCO2/kWh", "千克 CO₂/千瓦时"),
    ("km", "公里"),
    ("m yuan each", "百万元/处"),
    ("percentage points", "个百分点"),
    ("share of product", "占产品比"),
    ("share of the change", "占价格变动比"),
    ("yuan/t gross", "元/吨毛重"),
    ("yuan/t of capacity", "元/吨产能"),
    ("yuan/t of capacity a year", "元/吨产能·年"),
    ("1 allowed; 2 banned", ""),
    ("1 every plant; 2 ultra-low-emission plants only", ""),
    ("1 national average; 2 grid of the province", ""),
    ("0 no, 1 yes", ""),
    ("share", "占比"),
    ("t gross/y", "吨毛重/年"),
    ("tCO2e/y", "吨 CO₂e/年"),
];

/// The unit in the page's language; the table's own words where there are no others.
#[must_use]
pub fn unit_words(lang: Lang, unit: &str) -> Cow<'_, str> {
    let chinese = || UNITS.iter().find(|(table, _)| *table == unit).map(|(_, words)| *words);
    Cow::Borrowed(match lang {
        Lang::Zh => chinese().unwrap_or(unit),
        Lang::En if unit == FAMILY || unit.starts_with("1 ") || unit == "0 no, 1 yes" => "",
        Lang::En if unit == WEIGHTS => "weight",
        Lang::En => unit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::format::tables;

    #[test]
    fn every_unit_of_the_table_is_known_in_chinese() {
        let (parameters, _) = tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        for p in parameters.rows() {
            assert!(UNITS.iter().any(|u| u.0 == p.unit), "{}: {:?}", p.key, p.unit);
        }
    }
}
