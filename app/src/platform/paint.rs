//! Paints a part of the page onto a canvas: words, grounds, borders and drawings where the browser has laid them out. So a
//! picture has the very legend that the page has.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, Element, Node, Path2d, Range, SvgGraphicsElement, Text};

/// Paints an element and all in it. Its upper left corner is that of the canvas; `ratio` are canvas pixels a CSS px.
pub fn paint(host: &Element, context: &CanvasRenderingContext2d, ratio: f64) -> Result<(), JsValue> {
    let frame = host.get_bounding_client_rect();
    let painter = Painter {
        context,
        range: gloo::utils::document().create_range()?,
        ratio,
        left: frame.left(),
        top: frame.top(),
    };
    painter.upright()?;
    painter.element(host)
}

struct Painter<'a> {
    context: &'a CanvasRenderingContext2d,
    range: Range,
    ratio: f64,
    left: f64,
    top: f64,
}

/// A box in CSS px of the host.
#[derive(Clone, Copy)]
struct Frame {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

impl Painter<'_> {
    /// CSS px of the host from here on.
    fn upright(&self) -> Result<(), JsValue> {
        self.context.set_transform(self.ratio, 0.0, 0.0, self.ratio, 0.0, 0.0)
    }

    fn frame(&self, rect: &web_sys::DomRect) -> Frame {
        Frame { x: rect.left() - self.left, y: rect.top() - self.top, w: rect.width(), h: rect.height() }
    }

    fn element(&self, element: &Element) -> Result<(), JsValue> {
        let Some(style) = gloo::utils::window().get_computed_style(element)? else { return Ok(()) };
        if value(&style, "display") == "none" {
            return Ok(());
        }
        if element.local_name() == "svg" {
            return self.drawing(element);
        }
        let frame = self.frame(&element.get_bounding_client_rect());
        self.ground(&style, frame);
        self.borders(&style, frame);
        let mut child = element.first_child();
        while let Some(node) = child {
            match node.node_type() {
                Node::TEXT_NODE => self.words(node.unchecked_ref(), &style)?,
                Node::ELEMENT_NODE => self.element(node.unchecked_ref())?,
                _ => {}
            }
            child = node.next_sibling();
        }
        Ok(())
    }

    fn ground(&self, style: &CssStyleDeclaration, f: Frame) {
        self.context.set_fill_style_str(&value(style, "background-color"));
        self.context.fill_rect(f.x, f.y, f.w, f.h);
        let image = value(style, "background-image");
        let colours = colours(&image);
        let (Some(first), Some(second)) = (colours.first(), colours.get(1)) else { return };
        self.context.save();
        self.context.begin_path();
        self.context.rect(f.x, f.y, f.w, f.h);
        self.context.clip();
        if image.starts_with("repeating-linear-gradient") {
            self.context.set_fill_style_str(first);
            self.context.fill_rect(f.x, f.y, f.w, f.h);
            self.context.set_stroke_style_str(second);
            self.context.set_line_width(STRIPE.1);
            let (rise, fall) = if image.contains("(135deg") { (f.h, 0.0) } else { (0.0, f.h) };
            let mut x = -f.h;
            while x < f.w + f.h {
                self.context.begin_path();
                self.context.move_to(f.x + x, f.y + rise);
                self.context.line_to(f.x + x + f.h, f.y + fall);
                self.context.stroke();
                x += STRIPE.0;
            }
        } else if image.starts_with("radial-gradient") {
            self.context.set_fill_style_str(second);
            self.context.fill_rect(f.x, f.y, f.w, f.h);
            self.context.set_fill_style_str(first);
            let (mut x, mut y) = (DOT / 2.0, DOT / 2.0);
            while y < f.h {
                self.context.fill_rect(f.x + x - 0.8, f.y + y - 0.8, 1.6, 1.6);
                x += DOT;
                if x > f.w {
                    (x, y) = (DOT / 2.0, y + DOT);
                }
            }
        }
        self.context.restore();
    }

    fn borders(&self, style: &CssStyleDeclaration, f: Frame) {
        for (side, from, to) in [
            ("top", (0.0, 0.0), (1.0, 0.0)),
            ("right", (1.0, 0.0), (1.0, 1.0)),
            ("bottom", (0.0, 1.0), (1.0, 1.0)),
            ("left", (0.0, 0.0), (0.0, 1.0)),
        ] {
            let width = px(&value(style, &format!("border-{side}-width")));
            if width <= 0.0 || value(style, &format!("border-{side}-style")) == "none" {
                continue;
            }
            self.context.set_stroke_style_str(&value(style, &format!("border-{side}-color")));
            self.context.set_line_width(width);
            // A border lies within its box.
            let inset = |side: f64, size: f64| {
                if side == 0.0 { width / 2.0 } else { size - width / 2.0 }
            };
            let along = |a: f64, b: f64, size: f64| if a == b { inset(a, size) } else { a * size };
            self.context.begin_path();
            self.context.move_to(f.x + along(from.0, to.0, f.w), f.y + along(from.1, to.1, f.h));
            self.context.line_to(f.x + along(to.0, from.0, f.w), f.y + along(to.1, from.1, f.h));
            self.context.stroke();
        }
    }

    /// Words line by line, as the browser has broken them.
    fn words(&self, node: &Text, style: &CssStyleDeclaration) -> Result<(), JsValue> {
        let mut line: Option<(Frame, String)> = None;
        let mut at = 0;
        for c in node.data().chars() {
            let next = at + c.len_utf16() as u32;
            self.range.set_start(node, at)?;
            self.range.set_end(node, next)?;
            at = next;
            let f = self.frame(&self.range.get_bounding_client_rect());
            if f.w == 0.0 {
                continue;
            }
            let c = if c.is_whitespace() { ' ' } else { c };
            match &mut line {
                Some((on, text)) if (on.y - f.y).abs() < f.h / 2.0 => text.push(c),
                _ => {
                    if let Some(full) = line.replace((f, c.into())) {
                        self.line(&full, style)?;
                    }
                }
            }
        }
        line.map_or(Ok(()), |rest| self.line(&rest, style))
    }

    fn line(&self, (f, text): &(Frame, String), style: &CssStyleDeclaration) -> Result<(), JsValue> {
        self.context.set_font(&font(style));
        self.context.set_fill_style_str(&value(style, "color"));
        let size = self.context.measure_text(text)?;
        let (up, down) = (size.font_bounding_box_ascent(), size.font_bounding_box_descent());
        self.context.fill_text(text, f.x, f.y + (f.h - up - down) / 2.0 + up)
    }

    fn drawing(&self, svg: &Element) -> Result<(), JsValue> {
        let shapes = svg.query_selector_all("path, circle, rect, line, text")?;
        for i in 0..shapes.length() {
            if let Some(shape) = shapes.item(i).and_then(|n| n.dyn_into::<SvgGraphicsElement>().ok()) {
                self.shape(&shape)?;
            }
        }
        self.upright()
    }

    fn shape(&self, shape: &SvgGraphicsElement) -> Result<(), JsValue> {
        let Some(style) = gloo::utils::window().get_computed_style(shape)? else { return Ok(()) };
        let Some(m) = shape.get_screen_ctm() else { return Ok(()) };
        let (r, at) = (self.ratio, |name: &str| px(&shape.get_attribute(name).unwrap_or_default()));
        let (a, b, c, d) = (f64::from(m.a()) * r, f64::from(m.b()) * r, f64::from(m.c()) * r, f64::from(m.d()) * r);
        let (e, f) = ((f64::from(m.e()) - self.left) * r, (f64::from(m.f()) - self.top) * r);
        self.context.set_transform(a, b, c, d, e, f)?;
        let path = match shape.local_name().as_str() {
            "path" => Path2d::new_with_path_string(&shape.get_attribute("d").unwrap_or_default())?,
            "circle" => {
                let path = Path2d::new()?;
                path.arc(at("cx"), at("cy"), at("r"), 0.0, std::f64::consts::TAU)?;
                path
            }
            "rect" => {
                let path = Path2d::new()?;
                path.rect(at("x"), at("y"), at("width"), at("height"));
                path
            }
            "line" => {
                let path = Path2d::new()?;
                path.move_to(at("x1"), at("y1"));
                path.line_to(at("x2"), at("y2"));
                path
            }
            _ => {
                let middle = value(&style, "text-anchor") == "middle";
                self.context.set_font(&font(&style));
                self.context.set_text_align(if middle { "center" } else { "start" });
                self.context.set_fill_style_str(&value(&style, "fill"));
                self.context.fill_text(&shape.text_content().unwrap_or_default(), at("x"), at("y"))?;
                self.context.set_text_align("start");
                return Ok(());
            }
        };
        let (fill, stroke) = (value(&style, "fill"), value(&style, "stroke"));
        if is_paint(&fill) {
            self.context.set_global_alpha(value(&style, "fill-opacity").parse().unwrap_or(1.0));
            self.context.set_fill_style_str(&fill);
            self.context.fill_with_path_2d(&path);
            self.context.set_global_alpha(1.0);
        }
        if is_paint(&stroke) {
            self.context.set_stroke_style_str(&stroke);
            self.context.set_line_width(px(&value(&style, "stroke-width")));
            self.context.set_line_cap(&value(&style, "stroke-linecap"));
            self.context.set_line_join(&value(&style, "stroke-linejoin"));
            let dashes: js_sys::Array =
                value(&style, "stroke-dasharray").split(',').map(px).filter(|d| *d > 0.0).map(JsValue::from).collect();
            self.context.set_line_dash(&dashes)?;
            self.context.stroke_with_path(&path);
            self.context.set_line_dash(&js_sys::Array::new())?;
        }
        Ok(())
    }
}

/// Stripes of the legend's hatches: from one to the next, and how wide across; [`DOT`] likewise.
const STRIPE: (f64, f64) = (6.0, 1.3);
const DOT: f64 = 5.0;

fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

fn font(style: &CssStyleDeclaration) -> String {
    ["font-style", "font-weight", "font-size", "font-family"].map(|name| value(style, name)).join(" ")
}

fn is_paint(colour: &str) -> bool {
    !colour.is_empty() && colour != "none" && !colour.starts_with("url")
}

/// A number of px, with its unit or without.
fn px(text: &str) -> f64 {
    text.trim().trim_end_matches("px").parse().unwrap_or(0.0)
}

/// The colours of a gradient, in their order.
fn colours(image: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = image;
    while let Some(at) = ["rgb", "color("].iter().filter_map(|w| rest.find(w)).min() {
        let Some(end) = rest[at..].find(')') else { break };
        found.push(&rest[at..=at + end]);
        rest = &rest[at + end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_a_gradient_in_their_order() {
        let image = "repeating-linear-gradient(135deg, rgba(0, 0, 0, 0) 0px 3px, rgb(179, 38, 30) 3px 4.3px)";
        assert_eq!(colours(image), ["rgba(0, 0, 0, 0)", "rgb(179, 38, 30)"]);
        assert!(colours("none").is_empty());
        assert_eq!((px("1.4px"), px(" 3"), px("auto")), (1.4, 3.0, 0.0));
    }
}
