//! A canvas, and the tokens it draws with. What a canvas refuses to draw is left out.

use super::sheet::HOLES;
use crate::map::tokens::{Token, Tokens};
use js_sys::Array;
use std::f64::consts::PI;
use web_sys::{CanvasRenderingContext2d, Path2d};

/// Px of land colour round a label.
const HALO_PX: f64 = 2.6;

/// Something to draw with.
pub struct Pen<'a> {
    /// The canvas.
    pub on: &'a CanvasRenderingContext2d,
    /// The theme.
    pub tokens: &'a Tokens,
    /// Device px in a CSS px.
    pub ratio: f64,
    /// Width and height in CSS px.
    pub size: (f64, f64),
}

impl Pen<'_> {
    /// Positions are CSS px from the top left corner.
    pub fn on_screen(&self) {
        let _ = self.on.set_transform(self.ratio, 0.0, 0.0, self.ratio, 0.0, 0.0);
        let _ = self.on.set_line_dash(&Array::new());
        self.on.set_global_alpha(1.0);
    }

    /// Positions are those of the map's plane; its origin is at a place of the screen.
    pub fn on_plane(&self, origin: (f64, f64), scale: f64) {
        let s = self.ratio * scale;
        let _ = self.on.set_transform(s, 0.0, 0.0, s, origin.0 * self.ratio, origin.1 * self.ratio);
        self.on.set_line_join("round");
    }

    /// Covers everything.
    pub fn fill_all(&self, token: Token) {
        self.on_screen();
        self.ink(token);
        self.on.fill_rect(0.0, 0.0, self.size.0, self.size.1);
    }

    /// How much can be seen of what follows.
    pub fn alpha(&self, alpha: f64) {
        self.on.set_global_alpha(alpha);
    }

    /// The colour of areas and text.
    pub fn ink(&self, token: Token) {
        self.on.set_fill_style_str(self.tokens.css(token));
    }

    /// The colour, width and dashes of lines.
    pub fn line(&self, token: Token, width: f64, dash: &[f64]) {
        self.on.set_stroke_style_str(self.tokens.css(token));
        self.on.set_line_width(width);
        let dash: Array = dash.iter().map(|d| wasm_bindgen::JsValue::from_f64(*d)).collect();
        let _ = self.on.set_line_dash(&dash);
    }

    /// Fills areas.
    pub fn fill(&self, path: &Path2d, token: Token) {
        self.ink(token);
        self.on.fill_with_path_2d_and_winding(path, HOLES);
    }

    /// Draws lines.
    pub fn stroke(&self, path: &Path2d, token: Token, width: f64, dash: &[f64]) {
        self.line(token, width, dash);
        self.on.stroke_with_path(path);
    }

    /// Begins a regular polygon, or a circle where it has no corners.
    pub fn outline(&self, (x, y): (f64, f64), radius: f64, corners: u32) {
        self.on.begin_path();
        if corners == 0 {
            let _ = self.on.arc(x, y, radius.max(0.1), 0.0, 2.0 * PI);
            return;
        }
        // A square of the same side as a circle's diameter reaches further at its corners.
        let (reach, turn) =
            if corners == 4 { (radius * std::f64::consts::SQRT_2, PI / 4.0) } else { (radius, -PI / 2.0) };
        for i in 0..corners {
            let angle = turn + 2.0 * PI * f64::from(i) / f64::from(corners);
            let (px, py) = (x + reach * libm::cos(angle), y + reach * libm::sin(angle));
            if i == 0 { self.on.move_to(px, py) } else { self.on.line_to(px, py) }
        }
        self.on.close_path();
    }

    /// The font of a text.
    pub fn font(&self, px: f64, bold: bool) {
        let families = self.tokens.fonts().iter().map(|f| format!("\"{f}\"")).collect::<Vec<_>>().join(", ");
        let weight = if bold { 700 } else { 400 };
        self.on.set_font(&format!("{weight} {}px {families}, sans-serif", px * self.tokens.text_scale()));
    }

    /// How wide a text is in the font that was set.
    pub fn width(&self, text: &str) -> f64 {
        self.on.measure_text(text).map_or(0.0, |m| m.width())
    }

    /// Writes a text round a middle, with land colour round it where it stands on the map.
    pub fn write(&self, text: &str, (x, y): (f64, f64), ink: Token, halo: bool) {
        self.on.set_text_align("center");
        self.on.set_text_baseline("middle");
        if halo {
            self.line(Token::MapHalo, HALO_PX, &[]);
            let _ = self.on.stroke_text(text, x, y);
        }
        self.ink(ink);
        let _ = self.on.fill_text(text, x, y);
    }
}
