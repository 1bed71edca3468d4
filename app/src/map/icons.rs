//! The few images that MapLibre draws itself: the arrowhead of a way, the plate of its labels, and the empty box that keeps
//! labels off symbols. Drawn on a canvas from tokens, at twice the size.

use super::{
    externs::JsMap,
    layers::{ARROW_IMAGE, BOX_IMAGE, PLATE_IMAGE},
    tokens::{Token, Tokens},
};
use js_sys::JSON;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Image px in a CSS px.
const RATIO: f64 = 2.0;
/// Side of the arrowhead's image in CSS px.
const ARROW_PX: f64 = 14.0;
/// Side of the plate's image in CSS px; its middle is stretched.
const PLATE_PX: f64 = 12.0;
/// Side of the empty box in CSS px.
const BOX_PX: u32 = 8;

/// Puts the images into the map, or replaces them where they are there already.
pub fn put(map: &JsMap, tokens: &Tokens) {
    let scale = tokens.text_scale();
    if let Some(image) = arrow(tokens, scale) {
        set(map, ARROW_IMAGE, &image, &format!(r#"{{"pixelRatio":{RATIO}}}"#));
    }
    if let Some(image) = plate(tokens) {
        let (from, to) = (PLATE_PX * RATIO / 2.0 - 1.0, PLATE_PX * RATIO / 2.0 + 1.0);
        let (a, b) = (3.0 * RATIO, (PLATE_PX - 3.0) * RATIO);
        let options = format!(
            r#"{{"pixelRatio":{RATIO},"stretchX":[[{from},{to}]],"stretchY":[[{from},{to}]],"content":[{a},{a},{b},{b}]}}"#
        );
        set(map, PLATE_IMAGE, &image, &options);
    }
    let nothing = vec![0; (4 * BOX_PX * BOX_PX) as usize];
    if let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&nothing), BOX_PX, BOX_PX) {
        set(map, BOX_IMAGE, &image, "{}");
    }
}

/// Before its style is loaded the map has no images; they are put again then. An image of another size cannot be updated,
/// only replaced.
fn set(map: &JsMap, id: &str, image: &ImageData, options: &str) {
    if map.has_image(id) == Ok(true) {
        let _ = map.remove_image(id);
    }
    let _ = map.add_image(id, image, &JSON::parse(options).unwrap_or(JsValue::UNDEFINED));
}

fn arrow(tokens: &Tokens, scale: f64) -> Option<ImageData> {
    drawn(ARROW_PX * scale, |c| {
        let middle = ARROW_PX * scale / 2.0;
        c.begin_path();
        for (x, y) in [(-4.5, -5.0), (4.5, 0.0), (-4.5, 5.0)] {
            c.line_to(middle + x * scale, middle + y * scale);
        }
        c.close_path();
        c.set_line_join("round");
        c.set_line_width(2.4 * scale);
        c.set_stroke_style_str(tokens.css(Token::MapHalo));
        c.stroke();
        c.set_fill_style_str(tokens.css(Token::Accent));
        c.fill();
    })
}

fn plate(tokens: &Tokens) -> Option<ImageData> {
    drawn(PLATE_PX, |c| {
        c.set_fill_style_str(tokens.css(Token::Surface1));
        c.fill_rect(0.5, 0.5, PLATE_PX - 1.0, PLATE_PX - 1.0);
        c.set_stroke_style_str(tokens.css(Token::Accent));
        c.set_line_width(1.0);
        c.stroke_rect(0.5, 0.5, PLATE_PX - 1.0, PLATE_PX - 1.0);
    })
}

/// What was drawn on a canvas of that side in CSS px.
fn drawn(side: f64, draw: impl FnOnce(&CanvasRenderingContext2d)) -> Option<ImageData> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let px = (side * RATIO).round();
    canvas.set_width(px as u32);
    canvas.set_height(px as u32);
    // What is read back at once is better drawn without the graphics card.
    let options = JSON::parse(r#"{"willReadFrequently":true}"#).ok()?;
    let context = canvas.get_context_with_context_options("2d", &options).ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    context.scale(RATIO, RATIO).ok()?;
    draw(&context);
    context.get_image_data(0.0, 0.0, px, px).ok()
}
