//! What is given off beside what is avoided, as squares of true area.

use super::rows::element_words;
use crate::i18n::Lang;
use atlas_core::footprint::{Element, Sums};

/// The drawing: a wide one and a high one would need words of two sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Its size, in units of which a phone shows about one a pixel.
pub const PICTURE: Frame = Frame { width: 356.0, height: 342.0 };

/// Room above each square for its words.
const WORDS: f64 = 32.0;
/// The largest square.
const MOST: f64 = 196.0;
const GAP: f64 = 18.0;
/// Side of the square under the loupe.
const UNDER_LOUPE: f64 = 88.0;

/// A square whose area is what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    /// `avoided`, `smelting`, `sorting`, `transport`.
    pub key: &'static str,
    /// kg CO2e a year.
    pub kg: f64,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Side.
    pub side: f64,
}

/// A part of the square under the loupe: a strip of true share.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// What it is.
    pub words: String,
    /// kg CO2e a year.
    pub kg: f64,
    /// Upper edge.
    pub y: f64,
    /// Height.
    pub height: f64,
}

/// The square of transport, enlarged.
#[derive(Clone, Debug, PartialEq)]
pub struct Loupe {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Side.
    pub side: f64,
    /// How many times as long as in the picture.
    pub times: f64,
    /// Its parts, the largest first; small ones together as the last.
    pub strips: Vec<Strip>,
}

/// The picture.
#[derive(Clone, Debug, PartialEq)]
pub struct CarbonPicture {
    /// Squares; what is not counted has none.
    pub squares: Vec<Square>,
    /// Transport under the loupe.
    pub loupe: Option<Loupe>,
}

/// The picture of sums; `None` where nothing is avoided and nothing given off.
#[must_use]
pub fn carbon_picture(lang: Lang, all: &Sums, elements: &[Element], rest: &str) -> Option<CarbonPicture> {
    let amounts = [
        ("avoided", all.avoided_kg),
        ("smelting", all.smelting_kg()),
        ("sorting", all.sorting_kg),
        ("transport", all.transport_kg()),
    ];
    let most = amounts.iter().fold(0.0_f64, |m, (_, kg)| m.max(*kg));
    if most <= 0.0 {
        return None;
    }
    let side = |kg: f64| MOST * (kg / most).max(0.0).sqrt();
    let x = side(all.avoided_kg) + GAP;
    // What is given off stands in a column beside what is avoided, shrunk with it where it is as large.
    let column: f64 = amounts[1..].iter().map(|(_, kg)| side(*kg)).fold(0.0, f64::max);
    let shrink = ((PICTURE.width - 2.0) / (x + column)).min(1.0);
    let mut squares =
        vec![Square { key: "avoided", kg: all.avoided_kg, x: 1.0, y: WORDS, side: side(all.avoided_kg) * shrink }];
    let mut y = WORDS;
    for (key, kg) in amounts.into_iter().skip(1).filter(|(_, kg)| *kg > 0.0) {
        let side = side(kg) * shrink;
        squares.push(Square { key, kg, x: x * shrink, y, side });
        y += side + WORDS + 4.0;
    }
    let loupe = squares.iter().find(|s| s.key == "transport").filter(|s| s.side > 0.0).map(|transport| {
        let (x, y) = (1.0, PICTURE.height - UNDER_LOUPE - 1.0);
        Loupe {
            x,
            y,
            side: UNDER_LOUPE,
            times: UNDER_LOUPE / transport.side,
            strips: strips(lang, elements, transport.kg, y, rest),
        }
    });
    Some(CarbonPicture { squares, loupe })
}

/// A strip lower than this has no room for its words.
const LEAST: f64 = 12.0;

fn strips(lang: Lang, elements: &[Element], all: f64, top: f64, rest: &str) -> Vec<Strip> {
    let mut parts: Vec<(String, f64)> =
        elements.iter().filter(|e| e.total.kg > 0.0).map(|e| (element_words(lang, e), e.total.kg)).collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (large, small): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(_, kg)| UNDER_LOUPE * kg / all >= LEAST);
    let left: f64 = small.iter().map(|(_, kg)| kg).sum();
    let mut y = top;
    let mut strip = |(words, kg): (String, f64)| {
        let height = UNDER_LOUPE * kg / all;
        y += height;
        Strip { words, kg, y: y - height, height }
    };
    let mut strips: Vec<Strip> = large.into_iter().map(&mut strip).collect();
    if left > 0.0 {
        strips.push(strip((rest.to_owned(), left)));
    }
    strips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(avoided: f64, smelting: f64, transport: f64) -> CarbonPicture {
        let all = Sums { avoided_kg: avoided, fuel_kg: smelting, scrap_kg: transport, ..Sums::default() };
        carbon_picture(Lang::En, &all, &[], "rest").expect("something to draw")
    }

    #[test]
    fn areas_are_true_and_stay_inside() {
        for (avoided, smelting, transport) in [(1e9, 6e7, 4e6), (1e9, 9e8, 1e8), (1e6, 1e9, 5e8), (0.0, 1.0, 1.0)] {
            let p = picture(avoided, smelting, transport);
            let large = p.squares.iter().fold(0.0_f64, |m, s| m.max(s.kg));
            let per_kg = p.squares.iter().find(|s| s.kg == large).map(|s| s.side * s.side / s.kg).unwrap_or_default();
            for s in &p.squares {
                assert!((s.side * s.side - per_kg * s.kg).abs() < 1e-6, "{s:?}");
                assert!(s.x + s.side <= PICTURE.width, "{s:?}");
            }
            let loupe = p.loupe.expect("there is transport");
            let transport = p.squares.iter().find(|s| s.key == "transport").map(|s| s.side).unwrap_or_default();
            assert!((loupe.side - loupe.times * transport).abs() < 1e-9);
        }
    }

    #[test]
    fn what_is_not_counted_has_no_square() {
        let keys: Vec<_> = picture(1e9, 6e7, 4e6).squares.iter().map(|s| s.key).collect();
        assert_eq!(keys, ["avoided", "smelting", "transport"]);
        assert_eq!(carbon_picture(Lang::En, &Sums::default(), &[], ""), None);
    }
}
