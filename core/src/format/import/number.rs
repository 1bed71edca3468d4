//! Numbers as people write them into tables: with thousands set apart, full-width digits, units behind them.

use super::{MassUnit, Reason};

/// An amount in tonnes a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Tonnes a year.
    pub tonnes: f64,
    /// True where the cell said its unit itself.
    pub own_unit: bool,
}

/// True where a cell says in words that it is empty.
pub fn is_blank(text: &str) -> bool {
    let t = text.trim();
    matches!(t, "" | "-" | "--" | "–" | "—" | "——" | "/" | "\\" | "无" | "暂无" | "未知" | "不详" | "*" | "...")
        || ["n/a", "na", "null", "none", "nil", "unknown", "tbd"].iter().any(|w| t.eq_ignore_ascii_case(w))
}

/// Reads an amount; what says no unit is in `unit`. `None` where the cell is empty.
///
/// # Errors
/// Where it cannot be read, or only in two ways, or is below nothing.
pub fn parse_quantity(text: &str, unit: MassUnit) -> Result<Option<Quantity>, Reason> {
    if is_blank(text) {
        return Ok(None);
    }
    let text = narrow(text);
    let (number, rest) = split(&text)?;
    let rest = rest.trim();
    let (factor, own_unit) = match rest {
        "" => (unit.tonnes(), false),
        // A bare ten thousand or hundred million multiplies the unit of the column.
        "万" => (1e4 * unit.tonnes(), false),
        "亿" => (1e8 * unit.tonnes(), false),
        "千" | "k" => (1e3 * unit.tonnes(), false),
        other => (MassUnit::from_words(other).ok_or(Reason::UnknownUnit)?.tonnes(), true),
    };
    let tonnes = number * factor;
    if !tonnes.is_finite() {
        Err(Reason::NotFinite)
    } else if tonnes < 0.0 {
        Err(Reason::Negative)
    } else {
        Ok(Some(Quantity { tonnes, own_unit }))
    }
}

/// Reads degrees, decimal or in degrees, minutes and seconds. `None` where the cell is empty.
///
/// # Errors
/// Where it cannot be read.
pub fn parse_degrees(text: &str) -> Result<Option<f64>, Reason> {
    if is_blank(text) {
        return Ok(None);
    }
    let text = narrow(text);
    let mut t = text.trim();
    let mut sign = 1.0;
    for (word, s) in
        [("东经", 1.0), ("北纬", 1.0), ("西经", -1.0), ("南纬", -1.0), ("E", 1.0), ("N", 1.0), ("W", -1.0), ("S", -1.0)]
    {
        if let Some(rest) = t.strip_prefix(word).or_else(|| t.strip_suffix(word)) {
            (t, sign) = (rest.trim(), s);
            break;
        }
    }
    let (whole, rest) = split(t)?;
    let rest = rest.trim();
    if rest.is_empty() || matches!(rest, "°" | "度" | "º") {
        return Ok(Some(sign * whole));
    }
    let rest = rest.strip_prefix(['°', '度', 'º']).ok_or(Reason::NotANumber)?;
    let (minutes, rest) = split(rest.trim())?;
    let rest = rest.trim().strip_prefix(['\'', '′', '’', '分']).ok_or(Reason::NotANumber)?.trim();
    let seconds = if rest.is_empty() {
        0.0
    } else {
        let (seconds, rest) = split(rest)?;
        if !matches!(rest.trim(), "" | "\"" | "″" | "”" | "''" | "秒") {
            return Err(Reason::NotANumber);
        }
        seconds
    };
    if !(0.0..60.0).contains(&minutes) || !(0.0..60.0).contains(&seconds) || libm::trunc(whole) != whole {
        return Err(Reason::NotANumber);
    }
    Ok(Some(sign * (whole + (minutes / 60.0 + seconds / 3600.0) * if whole < 0.0 { -1.0 } else { 1.0 })))
}

/// Full-width letters as plain ones.
fn narrow(text: &str) -> String {
    let one = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2212}' => '-',
        c => c,
    };
    text.trim().chars().map(one).collect()
}

/// The number that a text begins with, and what follows it.
fn split(text: &str) -> Result<(f64, &str), Reason> {
    if text.starts_with('=') {
        return Err(Reason::Formula);
    }
    if text.starts_with('#') {
        return Err(Reason::CellError);
    }
    let bare = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    if bare.starts_with("nan") || bare.starts_with("inf") || bare.starts_with('∞') {
        return Err(Reason::NotFinite);
    }
    let bytes = text.as_bytes();
    let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    while end < bytes.len() {
        let digit_follows = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match bytes[end] {
            b'0'..=b'9' | b'.' => end += 1,
            b',' if digit_follows => end += 1,
            // Thousands set apart by spaces, always three digits.
            b' ' if bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count() == 3 => end += 1,
            b'e' | b'E' if digit_follows => end += 1,
            b'e' | b'E'
                if matches!(bytes.get(end + 1), Some(b'+' | b'-'))
                    && bytes.get(end + 2).is_some_and(u8::is_ascii_digit) =>
            {
                end += 2;
            }
            _ => break,
        }
    }
    let (number, rest) = text.split_at(end);
    let plain: String = number.chars().filter(|c| *c != ' ').collect();
    let value = if plain.contains(',') { commas(&plain)? } else { plain.parse().map_err(|_| Reason::NotANumber)? };
    Ok((value, rest))
}

/// A number with commas: they set thousands apart, and nothing else is sure.
fn commas(text: &str) -> Result<f64, Reason> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let digits = whole.trim_start_matches(['+', '-']);
    let mut groups = digits.split(',');
    let first = groups.next().unwrap_or_default();
    let even = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
    if !even || part.is_some_and(|p| p.contains(',')) {
        return Err(Reason::TwoReadings);
    }
    text.replace(',', "").parse().map_err(|_| Reason::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let t = |text: &str| parse_quantity(text, MassUnit::Tonnes).map(|q| q.map(|q| q.tonnes));
        for (text, tonnes) in [
            ("250", 250.0),
            ("250 t/y", 250.0),
            ("3.5万吨", 35_000.0),
            ("3.5 万吨/年", 35_000.0),
            ("12 kt", 12_000.0),
            ("1,200", 1200.0),
            ("1,234,567.5 t", 1_234_567.5),
            ("1 200", 1200.0),
            ("１２００吨", 1200.0),
            ("5000kg", 5.0),
            ("1.2e3", 1200.0),
            ("2万", 20_000.0),
            ("10 t/d", 3650.0),
            ("0", 0.0),
            ("0.3 Mt/a", 300_000.0),
        ] {
            let read = t(text).unwrap().unwrap();
            assert!((read - tonnes).abs() < 1e-6 * tonnes.max(1.0), "{text}: {read}");
        }
        for (text, why) in [
            ("many", Reason::NotANumber),
            ("约250", Reason::NotANumber),
            ("200-300", Reason::UnknownUnit),
            ("3,5", Reason::TwoReadings),
            ("1.200,5", Reason::TwoReadings),
            ("-4", Reason::Negative),
            ("NaN", Reason::NotFinite),
            ("inf", Reason::NotFinite),
            ("1e999", Reason::NotFinite),
            ("=A1*2", Reason::Formula),
            ("#DIV/0!", Reason::CellError),
            ("5 apples", Reason::UnknownUnit),
        ] {
            assert_eq!(t(text), Err(why), "{text}");
        }
        assert_eq!((t(""), t(" — "), t("n/a")), (Ok(None), Ok(None), Ok(None)));
        assert_eq!(parse_quantity("3", MassUnit::WanTonnes).unwrap().unwrap().tonnes, 30_000.0);
        assert_eq!(
            parse_quantity("3 t", MassUnit::WanTonnes).unwrap().unwrap(),
            Quantity { tonnes: 3.0, own_unit: true }
        );
    }

    #[test]
    fn degrees_are_read_as_people_write_them() {
        for (text, degrees) in [
            ("117.28", 117.28),
            ("117.28°E", 117.28),
            ("E117.28", 117.28),
            ("东经117.28度", 117.28),
            ("117°16′48″", 117.28),
            ("31°51'36\" N", 31.86),
            ("-12.5", -12.5),
        ] {
            let read = parse_degrees(text).unwrap().unwrap();
            assert!((read - degrees).abs() < 1e-9, "{text}: {read}");
        }
        for text in ["here", "117°75′", "1,5", "=1", "117.2x"] {
            assert!(parse_degrees(text).is_err(), "{text}");
        }
        assert_eq!(parse_degrees(""), Ok(None));
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in "\\PC{0,40}", other in "[-+0-9.,' eE万吨°′″=#]{0,20}") {
            for text in [&text, &other] {
                for unit in MassUnit::ALL {
                    let _ = parse_quantity(text, unit);
                }
                let _ = parse_degrees(text);
            }
        }

        #[test]
        fn a_number_that_is_written_is_read(value in 0.0..1e12f64) {
            prop_assert_eq!(parse_quantity(&value.to_string(), MassUnit::Tonnes).unwrap().unwrap().tonnes, value);
        }
    }
}
