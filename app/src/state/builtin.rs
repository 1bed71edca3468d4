//! Scenarios that come with the app.

use atlas_core::{format::scenario, scenario::Scenario};

/// A scenario that comes with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The stable key for translations.
    pub key: &'static str,
    file: &'static str,
}

/// All of them, in the order of the list.
pub const BUILT_INS: [BuiltIn; 3] = [
    BuiltIn { key: "yrd-dispatch", file: include_str!("../../../seeds/scenarios/yrd-dispatch.json") },
    BuiltIn { key: "bohai-subsidy", file: include_str!("../../../seeds/scenarios/bohai-subsidy.json") },
    BuiltIn { key: "closed-loop", file: include_str!("../../../seeds/scenarios/closed-loop.json") },
];

impl BuiltIn {
    /// The scenario.
    ///
    /// # Panics
    /// Where the file that was built in is none: a test reads them all.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        scenario::read(self.file).expect("a file that is tested").0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, has};

    #[test]
    fn every_one_is_whole_and_has_words() {
        for built_in in BUILT_INS {
            let (read, problems) = scenario::read(built_in.file).expect("a scenario");
            assert!(problems.is_empty() && !read.is_untouched(), "{}", built_in.key);
            for lang in [Lang::Zh, Lang::En] {
                assert!(has(lang, &format!("builtin-{}", built_in.key)));
                assert!(has(lang, &format!("builtin-{}-hint", built_in.key)));
            }
        }
        assert_eq!(BUILT_INS[1].scenario().parameters.get("policy.subsidy.Al.bohai"), Some(&200.0));
    }
}
