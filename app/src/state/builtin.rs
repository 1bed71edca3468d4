//! Scenarios that come with the app, each with its story.

use crate::i18n::Lang;
use atlas_core::{
    format::{
        about::{self, Words},
        scenario,
    },
    scenario::Scenario,
};
use std::sync::LazyLock;

/// A scenario that comes with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The name of its files.
    pub key: &'static str,
    file: &'static str,
    about: &'static str,
}

macro_rules! built_ins {
    ($($key:literal),*) => {
        [$(BuiltIn {
            key: $key,
            file: include_str!(concat!("../../../seeds/scenarios/", $key, ".json")),
            about: include_str!(concat!("../../../seeds/about/", $key, ".json")),
        }),*]
    };
}

/// All of them, in the order of the list.
pub const BUILT_INS: [BuiltIn; 12] = built_ins![
    "baseline-2025",
    "recovery-68",
    "recovery-76",
    "recovery-85",
    "yrd-dispatch",
    "bohai-subsidy",
    "prd-ten-points",
    "smelter-out",
    "freight-30",
    "closed-loop",
    "borders-and-gbt",
    "huaibei-points"
];

impl BuiltIn {
    /// The one of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        BUILT_INS.into_iter().find(|b| b.key == key)
    }

    /// The one that a scenario began as: they share the name for as long as nobody changes it.
    #[must_use]
    pub fn of(plan: &Scenario) -> Option<Self> {
        // Read once: the panel asks at every drawing.
        static NAMES: LazyLock<Vec<[String; 3]>> = LazyLock::new(|| {
            let names = |b: &BuiltIn| [b.scenario().name, b.about(Lang::Zh).name, b.about(Lang::En).name];
            BUILT_INS.iter().map(names).collect()
        });
        NAMES.iter().position(|names| names.contains(&plan.name)).map(|i| BUILT_INS[i])
    }

    /// The scenario under its name in a language, as a person opens it.
    #[must_use]
    pub fn named(&self, lang: Lang) -> Scenario {
        Scenario { name: self.about(lang).name, ..self.scenario() }
    }

    /// The scenario.
    ///
    /// # Panics
    /// Where the file that was built in is none: a test reads them all.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        scenario::read(self.file).expect("a file that is tested").0
    }

    /// Its story.
    ///
    /// # Panics
    /// As above.
    #[must_use]
    pub fn about(&self, lang: Lang) -> Words {
        let about = about::read(self.about).expect("a file that is tested");
        match lang {
            Lang::Zh => about.zh,
            Lang::En => about.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_one_is_whole_and_has_its_story() {
        let mut names = BTreeSet::new();
        for built_in in BUILT_INS {
            let (read, problems) = scenario::read(built_in.file).expect("a scenario");
            assert!(problems.is_empty() && !read.name.is_empty(), "{}", built_in.key);
            assert_eq!(read.changes() == 0, built_in.key == "baseline-2025", "{}", built_in.key);
            for lang in [Lang::Zh, Lang::En] {
                let Words { name, what, why, look } = built_in.about(lang);
                assert!([&what, &why, &look].iter().all(|w| w.chars().count() > 5), "{}", built_in.key);
                assert!(names.insert(name));
            }
            assert!(names.insert(read.name.clone()), "names tell them apart");
            for plan in [read, built_in.named(Lang::Zh), built_in.named(Lang::En)] {
                assert_eq!(BuiltIn::of(&plan), Some(built_in));
            }
        }
        assert_eq!(
            BuiltIn::from_key("bohai-subsidy").unwrap().scenario().parameters.get("policy.subsidy.Al.bohai"),
            Some(&200.0)
        );
    }

    #[test]
    fn every_file_is_in_the_list() {
        let seeds = |folder: &str| -> BTreeSet<String> {
            let path = format!("{}/../seeds/{folder}", env!("CARGO_MANIFEST_DIR"));
            let names =
                std::fs::read_dir(path).unwrap().flatten().map(|f| f.file_name().to_string_lossy().into_owned());
            names.filter_map(|n| n.strip_suffix(".json").map(str::to_owned)).collect()
        };
        let listed: BTreeSet<String> = BUILT_INS.iter().map(|b| b.key.to_owned()).collect();
        assert_eq!(seeds("scenarios"), listed);
        assert_eq!(seeds("about"), listed);
    }
}
