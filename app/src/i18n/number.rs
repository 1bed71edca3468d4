//! Numbers as people read them: three significant digits in panels, grouped in tables, 万 in Chinese.

use super::Lang;

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
    /// Yuan a tonne.
    YuanPerTonne,
    /// kg CO2e a tonne.
    KgPerTonne,
    /// Per cent; the value is a share.
    Percent,
}

impl Quantity {
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
            (Self::YuanPerTonne, Lang::Zh) => "元/吨",
            (Self::YuanPerTonne, Lang::En) => "yuan/t",
            (Self::KgPerTonne, Lang::Zh) => "千克 CO₂e/吨",
            (Self::KgPerTonne, Lang::En) => "kg CO₂e/t",
            (Self::Percent, _) => "%",
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
    fn three_digits_and_true_minus() {
        assert_eq!(significant(1234.5), "1,234");
        assert_eq!(significant(96.34), "96.3");
        assert_eq!(significant(0.0), "0");
        assert_eq!(significant(f64::NAN), "–");
        assert_eq!(signed(-7.4), "−7.40");
        assert_eq!(signed(0.000_01), "±0");
        assert_eq!(signed(12.0), "+12.0");
        assert_eq!(
            [exact(200_000.0), exact(0.103), exact(-50.0), exact(1409.8)],
            ["200,000", "0.103", "−50", "1,409.8"]
        );
    }
}
