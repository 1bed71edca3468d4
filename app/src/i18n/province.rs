//! Names of provinces: the tables write them in Chinese only.

use super::Lang;

/// Chinese and English. Those of the clusters first.
const NAMES: [(&str, &str); 22] = [
    ("上海市", "Shanghai"),
    ("江苏省", "Jiangsu"),
    ("浙江省", "Zhejiang"),
    ("安徽省", "Anhui"),
    ("广东省", "Guangdong"),
    ("北京市", "Beijing"),
    ("天津市", "Tianjin"),
    ("河北省", "Hebei"),
    ("山东省", "Shandong"),
    ("辽宁省", "Liaoning"),
    ("福建省", "Fujian"),
    ("江西省", "Jiangxi"),
    ("河南省", "Henan"),
    ("湖北省", "Hubei"),
    ("湖南省", "Hunan"),
    ("山西省", "Shanxi"),
    ("广西壮族自治区", "Guangxi"),
    ("吉林省", "Jilin"),
    ("陕西省", "Shaanxi"),
    ("四川省", "Sichuan"),
    ("重庆市", "Chongqing"),
    ("贵州省", "Guizhou"),
];

/// The name in a language; as the table has it where nobody has translated it.
#[must_use]
pub fn province(lang: Lang, zh: &str) -> &str {
    match lang {
        Lang::Zh => zh,
        Lang::En => NAMES.iter().find(|(name, _)| *name == zh).map_or(zh, |(_, en)| en),
    }
}
