//! Numbers as people read them: three significant digits in panels, grouped in tables, 万 in Chinese.

use super::{Lang, tr};
use atlas_core::catchment::{Demand, Measure};

/// A kind of quantity with its own unit in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Tonnes a year: 万吨/年 or kt/y.
    TonnesPerYear,
    /// Goods that a port handles, tonnes a year: 亿吨/年 or Mt/y.
    CargoPerYear,
    /// Tonne-kilometres a year: 亿吨公里/年 or m t-km/y.
    TonneKm,
    /// Kilometres.
    Km,
    /// Minutes.
    Minutes,
    /// Yuan a tonne.
    YuanPerTonne,
    /// kg CO2e a tonne.
    KgPerTonne,
    /// Per cent; the value is a share.
    Percent,
    /// Yuan a year: 亿元/年 or bn yuan/y.
    YuanPerYear,
    /// kg CO2e a year: 万吨 CO₂e/年 or kt CO₂e/y.
    Co2PerYear,
    /// People: 万人 or million people.
    People,
    /// Households, likewise.
    Households,
    /// Without a unit.
    Number,
}

impl Quantity {
    /// What the values of a measure are.
    #[must_use]
    pub const fn of_measure(measure: Measure) -> Self {
        match measure {
            Measure::Km | Measure::Line => Self::Km,
            Measure::Minutes => Self::Minutes,
            Measure::Yuan => Self::YuanPerTonne,
        }
    }

    /// The unit's words.
    #[must_use]
    pub const fn unit(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::TonnesPerYear, Lang::Zh) => "万吨/年",
            (Self::TonnesPerYear, Lang::En) => "kt/y",
            (Self::CargoPerYear, Lang::Zh) => "亿吨/年",
            (Self::CargoPerYear, Lang::En) => "Mt/y",
            (Self::TonneKm, Lang::Zh) => "亿吨公里/年",
            (Self::TonneKm, Lang::En) => "m t-km/y",
            (Self::Km, Lang::Zh) => "公里",
            (Self::Km, Lang::En) => "km",
            (Self::Minutes, Lang::Zh) => "分钟",
            (Self::Minutes, Lang::En) => "min",
            (Self::YuanPerTonne, Lang::Zh) => "元/吨",
            (Self::YuanPerTonne, Lang::En) => "yuan/t",
            (Self::KgPerTonne, Lang::Zh) => "千克 CO₂e/吨",
            (Self::KgPerTonne, Lang::En) => "kg CO₂e/t",
            (Self::Percent, _) => "%",
            (Self::YuanPerYear, Lang::Zh) => "亿元/年",
            (Self::YuanPerYear, Lang::En) => "bn yuan/y",
            (Self::Co2PerYear, Lang::Zh) => "万吨 CO₂e/年",
            (Self::Co2PerYear, Lang::En) => "kt CO₂e/y",
            (Self::People, Lang::Zh) => "万人",
            (Self::People, Lang::En) => "m people",
            (Self::Households, Lang::Zh) => "万户",
            (Self::Households, Lang::En) => "m households",
            (Self::Number, _) => "",
        }
    }

    /// The value in that unit.
    #[must_use]
    pub const fn scaled(self, value: f64, lang: Lang) -> f64 {
        match (self, lang) {
            (Self::TonnesPerYear, Lang::Zh) => value / 1e4,
            (Self::TonnesPerYear, Lang::En) => value / 1e3,
            (Self::TonneKm | Self::CargoPerYear, Lang::Zh) => value / 1e8,
            (Self::TonneKm | Self::CargoPerYear, Lang::En) => value / 1e6,
            (Self::Percent, _) => value * 100.0,
            (Self::YuanPerYear, Lang::Zh) => value / 1e8,
            (Self::YuanPerYear, Lang::En) => value / 1e9,
            (Self::Co2PerYear, Lang::Zh) => value / 1e7,
            (Self::Co2PerYear, Lang::En) => value / 1e6,
            (Self::People | Self::Households, Lang::Zh) => value / 1e4,
            (Self::People | Self::Households, Lang::En) => value / 1e6,
            _ => value,
        }
    }
}

/// Three significant digits, grouped by thousands.
#[must_use]
pub fn significant(value: f64) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let size = value.abs();
    let decimals = if size >= 100.0 || size == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 1.0 {
        2
    } else {
        3
    };
    grouped(value, decimals)
}

/// Three significant digits of something that is counted, in 万 and 亿 or thousands and millions where it is large.
#[must_use]
fn large(value: f64, lang: Lang) -> String {
    // From where on it is written in which units. Thousands begin late: smaller numbers are read more easily in full.
    let steps = match lang {
        Lang::Zh => [(1e8, 1e8, "亿"), (1e4, 1e4, "万")],
        Lang::En => [(1e6, 1e6, "million"), (1e4, 1e3, "thousand")],
    };
    let step = steps.into_iter().find(|(from, ..)| value.abs() >= from * 0.9995);
    step.map_or_else(
        || grouped(value, 0),
        |(from, unit, word)| format!("{} {word}", significant((value / unit).max(from / unit))),
    )
}

/// An amount of demand where people or households are already named beside it; tonnes keep their unit, which depends on
/// their size.
#[must_use]
pub fn amount_number(lang: Lang, demand: Demand, value: f64) -> String {
    match demand {
        Demand::People | Demand::Households => large(value, lang),
        Demand::Tonnes => amount_words(lang, demand, value),
    }
}

/// An amount of demand with its unit.
#[must_use]
pub fn amount_words(lang: Lang, demand: Demand, value: f64) -> String {
    match demand {
        Demand::People => tr(lang, "amount-people", &[("n", &large(value, lang))]),
        Demand::Households => tr(lang, "amount-households", &[("n", &large(value, lang))]),
        // Little is said in plain tonnes: 0.002 of the larger unit says nothing.
        Demand::Tonnes if value.abs() < 1000.0 => tr(lang, "amount-tonnes", &[("n", &significant(value))]),
        Demand::Tonnes => {
            let q = Quantity::TonnesPerYear;
            format!("{} {}", significant(q.scaled(value, lang)), q.unit(lang))
        }
    }
}

/// Yuan a year with their unit, which depends on how many they are.
#[must_use]
pub fn yuan_words(lang: Lang, yuan: f64) -> String {
    let steps = match lang {
        Lang::Zh => [(1e8, "亿元/年"), (1e4, "万元/年"), (1.0, "元/年")],
        Lang::En => [(1e9, "bn yuan/y"), (1e6, "m yuan/y"), (1.0, "yuan/y")],
    };
    in_steps(yuan, steps)
}

/// Emissions a year, given in kg of CO2e, with their unit.
#[must_use]
pub fn co2_words(lang: Lang, kg: f64) -> String {
    let steps = match lang {
        Lang::Zh => [(1e8, "亿吨 CO₂e/年"), (1e4, "万吨 CO₂e/年"), (1.0, "吨 CO₂e/年")],
        Lang::En => [(1e6, "Mt CO₂e/y"), (1e3, "kt CO₂e/y"), (1.0, "t CO₂e/y")],
    };
    in_steps(kg / 1000.0, steps)
}

/// Three digits in the largest unit of which there is one.
fn in_steps(value: f64, steps: [(f64, &str); 3]) -> String {
    let (unit, word) = steps.into_iter().find(|(unit, _)| value.abs() >= unit * 0.9995).unwrap_or(steps[2]);
    format!("{} {word}", significant(value / unit))
}

/// A way in a measure, with its unit.
#[must_use]
pub fn way_words(lang: Lang, measure: Measure, value: f64) -> String {
    format!("{} {}", significant(value), Quantity::of_measure(measure).unit(lang))
}

/// A limit in a measure, with every digit that was typed.
#[must_use]
pub fn limit_words(lang: Lang, measure: Measure, value: f64) -> String {
    format!("{} {}", exact(value), Quantity::of_measure(measure).unit(lang))
}

/// A change: always with its sign, true minus.
#[must_use]
pub fn signed(value: f64) -> String {
    let text = significant(value);
    // What rounds to nothing is no change.
    if text.chars().all(|c| matches!(c, '0' | '.' | '−')) {
        "±0".into()
    } else if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// One point among thousands moves a mean in its fourth digit: the change keeps two digits of its own.
#[must_use]
pub fn small_change(v: f64) -> String {
    if v != 0.0 && v.abs() < 0.1 {
        format!("{}{}", if v < 0.0 { "−" } else { "+" }, two_digits(v.abs()))
    } else {
        signed(v)
    }
}

fn two_digits(v: f64) -> String {
    let mut decimals = 2;
    let mut size = v;
    while size < 0.1 && decimals < 6 {
        size *= 10.0;
        decimals += 1;
    }
    format!("{v:.decimals$}")
}

/// A whole number, grouped.
#[must_use]
pub fn integer(value: f64) -> String {
    grouped(value, 0)
}

/// Every digit, grouped, as a table shows a value.
#[must_use]
pub fn exact(value: f64) -> String {
    let text = value.abs().to_string();
    let decimals = text.find('.').map_or(0, |at| text.len() - at - 1);
    grouped(value, decimals)
}

/// A number with so many decimals, grouped: for tables, where digits stand below each other.
#[must_use]
pub fn decimals(value: f64, places: usize) -> String {
    if value.is_finite() { grouped(value, places) } else { "–".into() }
}

/// Three digits that count, however small the value is.
#[must_use]
pub fn grouped_digits(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || size >= 0.1 {
        return significant(value);
    }
    let (mut places, mut lead) = (3, size * 10.0);
    while lead < 1.0 && places < 12 {
        places += 1;
        lead *= 10.0;
    }
    grouped(value, places).trim_end_matches('0').to_owned()
}

/// A count, grouped.
#[must_use]
pub fn count(value: usize) -> String {
    grouped(value as f64, 0)
}

fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    let zero = text.chars().all(|c| c == '0' || c == '.');
    format!("{}{out}{rest}", if value < 0.0 && !zero { "−" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_written_as_each_language_does() {
        let zh = [9_870.0, 12_345.0, 123_456_789.0].map(|v| large(v, Lang::Zh));
        assert_eq!(zh, ["9,870", "1.23 万", "1.23 亿"]);
        let en = [9_870.0, 12_345.0, 999_990.0, 123_456_789.0].map(|v| large(v, Lang::En));
        assert_eq!(en, ["9,870", "12.3 thousand", "1.00 million", "123 million"]);
        assert_eq!(amount_words(Lang::En, Demand::People, 12_345.0), "12.3 thousand people");
        assert_eq!(amount_words(Lang::Zh, Demand::Tonnes, 42.0), "42.0 吨/年");
        assert_eq!(way_words(Lang::Zh, Measure::Minutes, 42.0), "42.0 分钟");
    }

    #[test]
    fn money_and_emissions_choose_their_unit() {
        assert_eq!(yuan_words(Lang::Zh, 1.2408e11), "1,241 亿元/年");
        assert_eq!(yuan_words(Lang::En, -4.2e7), "−42.0 m yuan/y");
        assert_eq!(yuan_words(Lang::Zh, 0.0), "0 元/年");
        assert_eq!(co2_words(Lang::Zh, 6.851e9), "685 万吨 CO₂e/年");
        assert_eq!(co2_words(Lang::En, 6.851e9), "6.85 Mt CO₂e/y");
    }

    #[test]
    fn three_digits_and_true_minus() {
        assert_eq!(significant(1234.5), "1,234");
        assert_eq!(significant(96.34), "96.3");
        assert_eq!(significant(0.0), "0");
        assert_eq!(significant(f64::NAN), "–");
        assert_eq!([0.0123, 0.05, 0.000_4567, 0.25].map(grouped_digits), ["0.0123", "0.05", "0.000457", "0.250"]);
        assert_eq!(signed(-7.4), "−7.40");
        assert_eq!(signed(0.000_01), "±0");
        assert_eq!(signed(12.0), "+12.0");
        assert_eq!(
            [exact(200_000.0), exact(0.103), exact(-50.0), exact(1409.8)],
            ["200,000", "0.103", "−50", "1,409.8"]
        );
    }
}
