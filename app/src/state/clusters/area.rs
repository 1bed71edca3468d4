//! Territories beside the clusters: what they are called, and how what was typed is read.

use crate::i18n::{Lang, province, t};
use atlas_core::{
    model::Baseline,
    profile::{Area, AreaError},
};

/// What a territory is called.
#[must_use]
pub fn area_name(lang: Lang, baseline: &Baseline, area: &Area) -> String {
    let joined = |names: Vec<String>| match names.len() {
        0..=2 => names.join(if lang == Lang::Zh { "、" } else { ", " }),
        n => format!("{} + {}", names[0], n - 1),
    };
    match area {
        Area::All => t(lang, "cluster-all"),
        Area::Cluster(c) => t(lang, &format!("cluster-{}", c.key())),
        Area::Provinces(names) => joined(names.iter().map(|n| province(lang, n).to_owned()).collect()),
        Area::Prefectures(_) => joined(area.prefectures(baseline).map(|p| lang.name(&p.name).to_owned()).collect()),
    }
}

/// What was typed as a territory: provinces and prefectures by name in either language or by code. All of one kind, or all
/// are told as prefectures.
///
/// # Errors
/// The code of what is wrong, and the name that it is about.
pub fn read_area(baseline: &Baseline, typed: &str) -> Result<Area, (&'static str, String)> {
    let names: Vec<&str> = typed.split([',', '，', '、', ';', '；']).map(str::trim).filter(|n| !n.is_empty()).collect();
    if names.is_empty() {
        return Err(("area-empty", String::new()));
    }
    let own = || baseline.prefectures.iter().filter(|p| p.cluster.is_some());
    let (mut provinces, mut codes, mut mixed) = (Vec::new(), Vec::new(), false);
    for name in names {
        let is = |zh: &str, en: &str| zh == name || en.eq_ignore_ascii_case(name) || short(zh) == name;
        let of: Vec<_> = own().filter(|p| is(&p.province, province(Lang::En, &p.province))).collect();
        if let Some(first) = of.first() {
            provinces.push(first.province.clone());
            codes.extend(of.iter().map(|p| p.adcode));
            continue;
        }
        let found = own().find(|p| is(&p.name.zh, &p.name.en) || p.adcode.to_string() == name);
        let Some(home) = found else { return Err(("area-unknown", name.to_owned())) };
        codes.push(home.adcode);
        mixed = true;
    }
    let area = if mixed { Area::Prefectures(codes) } else { Area::Provinces(provinces) };
    match area.check(baseline) {
        Ok(()) => Ok(area),
        Err(AreaError::Empty) => Err(("area-empty", String::new())),
        Err(e) => Err(("area-unknown", e.to_string())),
    }
}

/// A name without its rank: 江苏 for 江苏省.
fn short(zh: &str) -> &str {
    zh.strip_suffix(['省', '市']).unwrap_or(zh)
}

/// Names that may be typed: provinces, then prefectures.
#[must_use]
pub fn area_names(lang: Lang, baseline: &Baseline) -> Vec<String> {
    let own = || baseline.prefectures.iter().filter(|p| p.cluster.is_some());
    let mut names: Vec<String> = Vec::new();
    let provinces = own().map(|p| province(lang, &p.province).to_owned());
    for name in provinces.chain(own().map(|p| lang.name(&p.name).to_owned())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
