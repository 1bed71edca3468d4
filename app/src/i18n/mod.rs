//! Words in two languages, from Fluent bundles, and numbers as each language writes them.

mod number;
mod parameter;
mod province;
mod unit;

pub use number::{
    Quantity, amount_number, amount_words, co2_words, count, decimals, exact, grouped_digits, integer, limit_words,
    signed, significant, small_change, way_words, yuan_words,
};
pub use parameter::parameter_name;
pub use province::province;
pub use unit::unit_words;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use serde::{Deserialize, Serialize};

/// The language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language for a browser's tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The name in this language; the other's where it has none.
    #[must_use]
    pub fn name(self, name: &atlas_core::model::Name) -> &str {
        let (own, other) = match self {
            Self::Zh => (&name.zh, &name.en),
            Self::En => (&name.en, &name.zh),
        };
        if own.is_empty() { other } else { own }
    }
}

impl From<Lang> for crate::map::view::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

/// The bundles' sources, embedded.
pub const SOURCES: [(Lang, &str); 2] =
    [(Lang::Zh, include_str!("../../locales/zh-CN.ftl")), (Lang::En, include_str!("../../locales/en.ftl"))];

thread_local! {
    static BUNDLES: [(Lang, FluentBundle<FluentResource>); 2] = SOURCES.map(|(lang, source)| {
        let resource = FluentResource::try_new(source.to_owned()).expect("the bundles are tested");
        let mut bundle = FluentBundle::new(vec![lang.tag().parse().expect("a tag of ours")]);
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).expect("the bundles are tested");
        (lang, bundle)
    });
}

/// The words for a key.
#[must_use]
pub fn t(lang: Lang, key: &str) -> String {
    tr(lang, key, &[])
}

/// The words for a key with values filled in. A key that no bundle has is shown as it is, so that it can be seen and
/// reported.
#[must_use]
pub fn tr(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(*name, *value);
    }
    BUNDLES.with(|bundles| {
        let (_, bundle) = bundles.iter().find(|(l, _)| *l == lang).expect("both languages");
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else { return key.to_owned() };
        bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
    })
}

/// The source of a row in its own words, but for the sector report, which the tables call "seed".
#[must_use]
pub fn source_words(lang: Lang, source: &str) -> String {
    match source.strip_prefix("seed") {
        Some(rest) => format!("{}{rest}", t(lang, "source-report")),
        None => source.to_owned(),
    }
}

/// True where the bundle has words for a key.
#[must_use]
pub fn has(lang: Lang, key: &str) -> bool {
    BUNDLES.with(|bundles| bundles.iter().any(|(l, b)| *l == lang && b.has_message(key)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|l| l.split(" =").next())
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_all_parse() {
        assert_eq!(keys(SOURCES[0].1), keys(SOURCES[1].1));
        for (lang, source) in SOURCES {
            for key in keys(source) {
                assert!(has(lang, key), "{key} in {}", lang.tag());
            }
        }
    }
}
