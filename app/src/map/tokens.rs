//! The design tokens the map reads, and how they are read. No colour stands in the code: only the names of tokens.

use std::collections::HashMap;

/// Declares the tokens once: name here, CSS custom property there.
macro_rules! tokens {
    ($($name:ident = $css:literal,)*) => {
        /// A custom property of the page's style sheet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Token { $($name,)* }

        impl Token {
            /// All tokens.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name of the custom property.
            #[must_use]
            pub const fn css(self) -> &'static str {
                match self { $(Self::$name => $css,)* }
            }
        }
    };
}

tokens! {
    Surface1 = "--surface-1", Accent = "--accent", OnAccent = "--on-accent", Focus = "--focus", Good = "--good", Bad = "--bad", FontUi = "--font-ui", Fs1 = "--fs-1",
    ClusterYrd = "--cluster-yrd", ClusterPrd = "--cluster-prd", ClusterBohai = "--cluster-bohai",
    MetalAl = "--metal-al", MetalCu = "--metal-cu", MetalPb = "--metal-pb", MetalZn = "--metal-zn",
    MetalLi = "--metal-li", MetalSn = "--metal-sn", MetalPm = "--metal-pm",
    SymbolOutline = "--symbol-outline", SymbolHollow = "--symbol-hollow", SymbolHub = "--symbol-hub",
    Band1 = "--band-1", Band2 = "--band-2", Band3 = "--band-3", Band4 = "--band-4", Band5 = "--band-5",
    Overload = "--overload", Diff1 = "--diff-1", Diff2 = "--diff-2", Diff3 = "--diff-3", Diff4 = "--diff-4", Diff5 = "--diff-5", Diff6 = "--diff-6", Diff7 = "--diff-7",
    MapLand = "--map-land", MapWater = "--map-water", MapLake = "--map-lake", MapCoast = "--map-coast",
    MapRiver = "--map-river", MapRoad1 = "--map-road-1", MapRoad1Casing = "--map-road-1-casing",
    MapRail = "--map-rail", MapRoad2 = "--map-road-2", MapRoad3 = "--map-road-3", MapProvince = "--map-province",
    MapGraticule = "--map-graticule", MapText = "--map-text", MapText2 = "--map-text-2", MapHalo = "--map-halo",
    MapWaterText = "--map-water-text",
}

/// Diameter of a hub in px at zoom 7 in the themes without a scale: the projector's is larger.
const HUB_PX: f64 = 12.0;
/// Size of the smallest text in px in the themes without a scale.
const TEXT_PX: f64 = 11.0;
/// What MapLibre draws where a token is missing: nothing.
const NOTHING: &str = "rgba(0,0,0,0)";

/// The values of the tokens in one theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens(HashMap<Token, String>);

impl Tokens {
    /// Reads all tokens, and says which are missing.
    pub fn read(value: impl Fn(&str) -> String) -> (Self, Vec<&'static str>) {
        let all = Token::ALL.iter().map(|t| (*t, value(t.css()).trim().to_owned()));
        let (found, missing): (Vec<_>, Vec<_>) = all.partition(|(_, v)| !v.is_empty());
        (Self(found.into_iter().collect()), missing.into_iter().map(|(t, _)| t.css()).collect())
    }

    /// A colour in CSS.
    #[must_use]
    pub fn css(&self, token: Token) -> &str {
        self.0.get(&token).map_or(NOTHING, String::as_str)
    }

    /// A colour as red, green, blue and alpha from 0 to 1.
    #[must_use]
    pub fn rgba(&self, token: Token) -> [f32; 4] {
        parse_colour(self.css(token)).unwrap_or_default()
    }

    /// How much larger symbols are than in the table of zooms.
    #[must_use]
    pub fn symbol_scale(&self) -> f64 {
        self.px(Token::SymbolHub).map_or(1.0, |px| px / HUB_PX)
    }

    /// How much larger map text is than on a screen at arm's length.
    #[must_use]
    pub fn text_scale(&self) -> f64 {
        self.px(Token::Fs1).map_or(1.0, |px| px / TEXT_PX)
    }

    /// The families of the page's font, in order.
    #[must_use]
    pub fn fonts(&self) -> Vec<String> {
        let families = self.0.get(&Token::FontUi).map_or("", String::as_str).split(',');
        families.map(|f| f.trim().trim_matches(['"', '\'']).to_owned()).filter(|f| !f.is_empty()).collect()
    }

    /// Of two tokens the one that can be read better on a third.
    #[must_use]
    pub fn clearer(&self, on: Token, a: Token, b: Token) -> Token {
        if self.contrast(a, on) >= self.contrast(b, on) { a } else { b }
    }

    /// The contrast of two tokens, as WCAG 2.2 has it.
    #[must_use]
    pub fn contrast(&self, a: Token, b: Token) -> f64 {
        let [a, b] = [a, b].map(|t| luminance(self.rgba(t)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn px(&self, token: Token) -> Option<f64> {
        self.0.get(&token)?.strip_suffix("px")?.trim().parse().ok().filter(|px| *px > 0.0)
    }
}

/// `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(...)` and `rgba(...)` with commas.
fn parse_colour(css: &str) -> Option<[f32; 4]> {
    if let Some(hex) = css.strip_prefix('#') {
        let digits: Vec<f32> = hex.chars().map(|c| c.to_digit(16).map(|d| d as f32)).collect::<Option<_>>()?;
        let pair = |i: usize| (digits[2 * i] * 16.0 + digits[2 * i + 1]) / 255.0;
        return match digits.len() {
            3 => Some([digits[0] / 15.0, digits[1] / 15.0, digits[2] / 15.0, 1.0]),
            6 => Some([pair(0), pair(1), pair(2), 1.0]),
            8 => Some([pair(0), pair(1), pair(2), pair(3)]),
            _ => None,
        };
    }
    let inner = css.strip_prefix("rgba(").or_else(|| css.strip_prefix("rgb("))?.strip_suffix(')')?;
    let parts: Vec<f32> = inner.split(',').map(|p| p.trim().parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [r, g, b] => Some([r / 255.0, g / 255.0, b / 255.0, 1.0]),
        [r, g, b, a] => Some([r / 255.0, g / 255.0, b / 255.0, a]),
        _ => None,
    }
}

/// Relative luminance of WCAG 2.2.
fn luminance([r, g, b, _]: [f32; 4]) -> f64 {
    let linear = |c: f32| {
        let c = f64::from(c);
        if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(pairs: &[(&str, &str)]) -> Tokens {
        Tokens::read(|name| pairs.iter().find(|p| p.0 == name).map_or(String::new(), |p| p.1.into())).0
    }

    #[test]
    fn colours_in_all_spellings() {
        assert_eq!(parse_colour("#fff"), Some([1.0; 4]));
        assert_eq!(parse_colour("#FF0000"), Some([1.0, 0.0, 0.0, 1.0]));
        assert_eq!(parse_colour("rgba(255, 0, 0, .5)"), Some([1.0, 0.0, 0.0, 0.5]));
        assert_eq!(parse_colour("nonsense"), None);
    }

    #[test]
    fn missing_tokens_are_named() {
        let (tokens, missing) = Tokens::read(|name| if name == "--accent" { " #fff ".into() } else { String::new() });
        assert_eq!(tokens.css(Token::Accent), "#fff");
        assert_eq!(missing.len(), Token::ALL.len() - 1);
    }

    #[test]
    fn the_projector_is_larger() {
        assert_eq!(tokens(&[("--symbol-hub", "18px")]).symbol_scale(), 1.5);
        assert_eq!(tokens(&[]).text_scale(), 1.0);
    }

    #[test]
    fn text_on_a_hue() {
        let t = tokens(&[("--metal-al", "#fff"), ("--symbol-outline", "#111"), ("--symbol-hollow", "#eee")]);
        assert_eq!(t.clearer(Token::MetalAl, Token::SymbolOutline, Token::SymbolHollow), Token::SymbolOutline);
    }

    /// A theme of the page's style sheet.
    fn theme(name: &str) -> Tokens {
        let sheet = include_str!("../../../public/tokens.css");
        let block = sheet.split(&format!("[data-theme=\"{name}\"] {{")).nth(1).and_then(|rest| rest.split('}').next());
        let value = |token: &str| {
            let line = block.unwrap_or_default().lines().find_map(|l| l.trim().strip_prefix(token)?.strip_prefix(':'));
            line.unwrap_or_default().trim().trim_end_matches(';').to_owned()
        };
        Tokens::read(value).0
    }

    #[test]
    fn symbols_and_words_stand_out_in_every_theme() {
        use Token::{
            Accent, ClusterBohai, ClusterPrd, ClusterYrd, MapLand, MapText, MapText2, MapWater, MapWaterText, OnAccent,
            Overload, Surface1, SymbolHollow, SymbolOutline,
        };
        for name in ["light", "dark", "projector"] {
            let t = theme(name);
            let holds = |least: f64, a: Token, b: Token| {
                let contrast = t.contrast(a, b);
                assert!(contrast >= least, "{name}: {a:?} on {b:?} {contrast:.2}");
            };
            // Graphics 3:1, words 4.5:1. Metal hues always have the outline round them.
            for ground in [MapLand, MapWater] {
                for symbol in [Accent, ClusterYrd, ClusterPrd, ClusterBohai, SymbolOutline, Overload, Token::Focus] {
                    holds(3.0, symbol, ground);
                }
                [MapText, MapText2].into_iter().for_each(|word| holds(4.5, word, ground));
            }
            holds(4.5, MapWaterText, MapWater);
            holds(4.5, OnAccent, Accent);
            holds(3.0, SymbolOutline, SymbolHollow);
            [Accent, Token::Good, Token::Bad].into_iter().for_each(|word| holds(4.5, word, Surface1));
            // Letters in a symbol are part of a graphic; panels have the words.
            for metal in Token::ALL.iter().filter(|t| t.css().starts_with("--metal-")) {
                holds(3.0, t.clearer(*metal, SymbolOutline, SymbolHollow), *metal);
            }
        }
    }

    #[test]
    fn fonts_without_their_quotes() {
        let t = tokens(&[("--font-ui", "\"Noto Sans SC\", system-ui")]);
        assert_eq!(t.fonts(), ["Noto Sans SC", "system-ui"]);
    }
}
