//! The few images that MapLibre draws itself: the arrowhead of a way, the plate of its labels, and the empty box that keeps
//! labels off symbols, the hatchings of areas, and the signs of what keeps norms and what does not. Drawn on a canvas from tokens, at twice the size.

use super::{
    externs::JsMap,
    layers::{
        ARROW_IMAGE, BOX_IMAGE, CANNOT_SAY_IMAGE, FAILS_IMAGE, FLOW_ARROWS, FORBIDDEN_IMAGE, GAINED_IMAGE, LOST_IMAGE,
        MOVED_IMAGE, OVER_IMAGE, PASSES_IMAGE, PLATE_IMAGE, STREAM_INKS,
    },
    tokens::{Token, Tokens},
    view::Outcome,
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
/// Side of a hatching's tile in CSS px: a whole number of image px.
const HATCH_PX: f64 = 8.0;
/// Side of the image of a verdict in CSS px.
const VERDICT_PX: f64 = 17.0;
/// Side of the empty box in CSS px.
const BOX_PX: u32 = 8;

/// Puts the images into the map, or replaces them where they are there already.
pub fn put(map: &JsMap, tokens: &Tokens) {
    let scale = tokens.text_scale();
    let arrows = FLOW_ARROWS.into_iter().zip(STREAM_INKS).map(|(id, ink)| (id, ink, Token::SymbolOutline));
    for (id, ink, edge) in arrows.chain([(ARROW_IMAGE, Token::Accent, Token::MapHalo)]) {
        if let Some(image) = arrow(tokens, scale, ink, edge) {
            set(map, id, &image, &format!(r#"{{"pixelRatio":{RATIO}}}"#));
        }
    }
    if let Some(image) = plate(tokens) {
        let (from, to) = (PLATE_PX * RATIO / 2.0 - 1.0, PLATE_PX * RATIO / 2.0 + 1.0);
        let (a, b) = (3.0 * RATIO, (PLATE_PX - 3.0) * RATIO);
        let options = format!(
            r#"{{"pixelRatio":{RATIO},"stretchX":[[{from},{to}]],"stretchY":[[{from},{to}]],"content":[{a},{a},{b},{b}]}}"#
        );
        set(map, PLATE_IMAGE, &image, &options);
    }
    let hatchings = [
        (OVER_IMAGE, Token::Overload, Hatching::Up),
        (GAINED_IMAGE, Token::Diff1, Hatching::Up),
        (LOST_IMAGE, Token::Diff7, Hatching::Down),
        (MOVED_IMAGE, Token::MapText2, Hatching::Dots),
        (FORBIDDEN_IMAGE, Token::MapText2, Hatching::Up),
    ];
    for (id, token, hatching) in hatchings {
        if let Some(image) = hatch(tokens.css(token), hatching) {
            set(map, id, &image, &format!(r#"{{"pixelRatio":{RATIO}}}"#));
        }
    }
    let verdicts =
        [(FAILS_IMAGE, Outcome::Fails), (CANNOT_SAY_IMAGE, Outcome::CannotSay), (PASSES_IMAGE, Outcome::Passes)];
    for (id, outcome) in verdicts {
        if let Some(image) = verdict(tokens, outcome, scale) {
            set(map, id, &image, &format!(r#"{{"pixelRatio":{RATIO}}}"#));
        }
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

fn arrow(tokens: &Tokens, scale: f64, ink: Token, edge: Token) -> Option<ImageData> {
    drawn(ARROW_PX * scale, |c| {
        let middle = ARROW_PX * scale / 2.0;
        c.begin_path();
        for (x, y) in [(-4.5, -5.0), (4.5, 0.0), (-4.5, 5.0)] {
            c.line_to(middle + x * scale, middle + y * scale);
        }
        c.close_path();
        c.set_line_join("round");
        c.set_line_width(2.4 * scale);
        c.set_stroke_style_str(tokens.css(edge));
        c.stroke();
        c.set_fill_style_str(tokens.css(ink));
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

/// A failure is a disc with a cross, what is kept a tick, what nobody can say a hollow ring: form tells them apart, and a halo
/// keeps them off what lies below.
fn verdict(tokens: &Tokens, outcome: Outcome, scale: f64) -> Option<ImageData> {
    let middle = VERDICT_PX / 2.0;
    let cross = [[(-2.8, -2.8), (2.8, 2.8), (2.8, 2.8)], [(2.8, -2.8), (-2.8, 2.8), (-2.8, 2.8)]];
    let tick = [(-4.2, 0.4), (-1.2, 3.4), (4.6, -3.6)];
    let strokes = |c: &CanvasRenderingContext2d, lines: &[[(f64, f64); 3]], token, width| {
        c.begin_path();
        for line in lines {
            c.move_to(middle + line[0].0, middle + line[0].1);
            line[1..].iter().for_each(|(x, y)| c.line_to(middle + x, middle + y));
        }
        c.set_stroke_style_str(tokens.css(token));
        c.set_line_width(width);
        c.stroke();
    };
    let disc = |c: &CanvasRenderingContext2d, radius: f64, token| {
        c.begin_path();
        // A whole circle of a radius above 0 is never refused.
        let _ = c.arc(middle, middle, radius, 0.0, std::f64::consts::TAU);
        c.set_fill_style_str(tokens.css(token));
        c.fill();
    };
    drawn(VERDICT_PX * scale, |c| {
        let _ = c.scale(scale, scale);
        c.set_line_cap("round");
        c.set_line_join("round");
        match outcome {
            Outcome::Fails => {
                disc(c, 8.0, Token::MapHalo);
                disc(c, 6.8, Token::Bad);
                strokes(c, &cross, Token::MapHalo, 2.0);
            }
            Outcome::CannotSay => {
                disc(c, 5.6, Token::MapHalo);
                disc(c, 4.6, Token::MapText2);
                disc(c, 3.0, Token::MapHalo);
            }
            Outcome::Passes => {
                strokes(c, &[tick], Token::MapHalo, 4.6);
                strokes(c, &[tick], Token::Good, 2.2);
            }
        }
    })
}

/// Hatchings that can be told apart without colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hatching {
    Up,
    Down,
    Dots,
}

/// A tile that repeats without a seam.
fn hatch(colour: &str, hatching: Hatching) -> Option<ImageData> {
    drawn(HATCH_PX, |c| {
        if hatching == Hatching::Dots {
            c.set_fill_style_str(colour);
            c.fill_rect(HATCH_PX / 2.0 - 0.75, HATCH_PX / 2.0 - 0.75, 1.5, 1.5);
            return;
        }
        c.set_stroke_style_str(colour);
        c.set_line_width(1.25);
        c.begin_path();
        // The stroke of the tile, and the corners of its neighbours' strokes.
        for shift in [-HATCH_PX, 0.0, HATCH_PX] {
            let (from, to) = (shift - 1.0, shift + HATCH_PX + 1.0);
            let (low, high) = (HATCH_PX + 1.0, -1.0);
            let (start, end) = if hatching == Hatching::Up { (low, high) } else { (high, low) };
            c.move_to(from, start);
            c.line_to(to, end);
        }
        c.stroke();
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
