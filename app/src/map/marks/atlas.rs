//! The glyph atlas: numbers and element symbols, written once with the page's font. Its alpha is what is written.

use super::symbol::Glyph;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Cells in a row.
pub const COLUMNS: u32 = 12;
/// Rows.
pub const ROWS: u32 = (Glyph::COUNT as u32).div_ceil(COLUMNS);
/// CSS px of a cell in a symbol of 17 px.
pub const CELL_PX: (f64, f64) = (24.0, 14.0);
/// Size of numbers there.
const NUMBER_PX: f64 = 10.0;
/// Size of element symbols, which have less room.
const ELEMENT_PX: f64 = 8.5;
/// Numbers of more digits and wide symbols are written narrower than this.
const WIDEST_PX: f64 = 13.0;

/// Draws the atlas for a pixel ratio; none where the browser gives no canvas.
#[must_use]
pub fn draw(fonts: &[String], ratio: f64) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((f64::from(COLUMNS) * CELL_PX.0 * ratio).ceil() as u32);
    canvas.set_height((f64::from(ROWS) * CELL_PX.1 * ratio).ceil() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let families = fonts.iter().map(|f| format!("\"{f}\"")).collect::<Vec<_>>().join(", ");
    context.set_text_align("center");
    context.set_text_baseline("alphabetic");
    for cell in 1..Glyph::COUNT {
        let size = if Glyph(cell).is_number() { NUMBER_PX } else { ELEMENT_PX };
        context.set_font(&format!("700 {}px {families}, sans-serif", size * ratio));
        let (column, row) = (u32::from(cell) % COLUMNS, u32::from(cell) / COLUMNS);
        let x = (f64::from(column) + 0.5) * CELL_PX.0 * ratio;
        // Capitals and digits are about 0.73 of the text's size high: their middle is the cell's middle.
        let y = ((f64::from(row) + 0.5) * CELL_PX.1 + size * 0.365) * ratio;
        // A text that is too wide is an exception of the symbol, not a reason to have no map.
        let _ = context.fill_text_with_max_width(&Glyph(cell).text(), x, y, WIDEST_PX * ratio);
    }
    Some(canvas)
}
