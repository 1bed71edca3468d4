//! The layer that draws the symbols inside MapLibre's frame, as one of its custom layers.
//!
//! MapLibre calls `onAdd`, `render` and `onRemove` of an object that is made here from Rust closures. Marks are laid out
//! outside of the frame; `render` only uploads what has changed and draws three buffers. Before it MapLibre sets
//! premultiplied blending, and after it resets whatever state was touched.

use super::{
    atlas,
    gl::{Instances, Program, texture},
    scene::{ANCHOR, Scene},
    shader,
    symbol::Slot,
};
use crate::map::{
    look::{Ink, LOOKS},
    mercator::Mercator,
    tokens::{Token, Tokens},
};
use js_sys::{Array, Object, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{WebGl2RenderingContext as Gl, WebGlTexture, WebGlUniformLocation};

/// Id of the layer in the map's style.
pub const ID: &str = "marks";

/// The atlas is drawn finer than the screen: symbols do not stand on whole pixels.
const ATLAS_RATIO: f64 = 1.5;

/// What has to be sent to the graphics card before the next frame.
#[derive(Clone, Copy, Default)]
struct Stale {
    symbols: bool,
    over: bool,
    theme: bool,
}

/// The symbols of the map.
pub struct MarksLayer {
    scene: RefCell<Scene>,
    tokens: RefCell<Tokens>,
    stale: Cell<Stale>,
    width_px: Cell<f64>,
    gpu: RefCell<Option<Gpu>>,
    failed: RefCell<Option<String>>,
}

struct Gpu {
    gl: Gl,
    program: Program,
    uniforms: Uniforms,
    points: Instances,
    facilities: Instances,
    over: Instances,
    atlas: Option<WebGlTexture>,
}

struct Uniforms {
    middle: Option<WebGlUniformLocation>,
    px_per_unit: Option<WebGlUniformLocation>,
    clip_per_px: Option<WebGlUniformLocation>,
    ratio: Option<WebGlUniformLocation>,
    scale: Option<WebGlUniformLocation>,
    px: Option<WebGlUniformLocation>,
    palette: Option<WebGlUniformLocation>,
    written: Option<WebGlUniformLocation>,
}

impl MarksLayer {
    /// A layer without marks.
    #[must_use]
    pub fn new(tokens: Tokens) -> Rc<Self> {
        Rc::new(Self {
            scene: RefCell::default(),
            tokens: RefCell::new(tokens),
            stale: Cell::default(),
            width_px: Cell::new(1.0),
            gpu: RefCell::default(),
            failed: RefCell::default(),
        })
    }

    /// Reads the scene.
    pub fn read<T>(&self, f: impl FnOnce(&Scene) -> T) -> T {
        f(&self.scene.borrow())
    }

    /// Changes what lies over the symbols: ghosts and rings.
    pub fn change_over<T>(&self, f: impl FnOnce(&mut Scene) -> T) -> T {
        self.stale.set(Stale { over: true, ..self.stale.get() });
        f(&mut self.scene.borrow_mut())
    }

    /// Lays out again where needed; true where symbols have changed.
    pub fn lay_out(&self, zoom: f64) -> bool {
        let changed = self.scene.borrow_mut().lay_out(zoom, self.scale());
        if changed {
            self.stale.set(Stale { symbols: true, over: true, ..self.stale.get() });
        }
        changed
    }

    /// How much larger symbols are in this theme.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.tokens.borrow().symbol_scale()
    }

    /// New colours and sizes.
    pub fn set_tokens(&self, tokens: Tokens) {
        *self.tokens.borrow_mut() = tokens;
        self.stale.set(Stale { symbols: true, over: true, theme: true });
    }

    /// Width of the map in CSS px.
    pub fn set_width_px(&self, width: f64) {
        self.width_px.set(width.max(1.0));
    }

    /// Takes the driver's words where the layer could not be made.
    pub fn take_error(&self) -> Option<String> {
        self.failed.borrow_mut().take()
    }

    /// The object that MapLibre adds to its style.
    #[must_use]
    pub fn custom_layer(self: &Rc<Self>) -> Object {
        let on_add = {
            let weak = Rc::downgrade(self);
            Closure::<dyn FnMut(JsValue, JsValue)>::new(move |_map: JsValue, gl: JsValue| {
                if let (Some(layer), Ok(gl)) = (weak.upgrade(), gl.dyn_into::<Gl>()) {
                    layer.start(&gl);
                }
            })
        };
        let render = {
            let weak = Rc::downgrade(self);
            Closure::<dyn FnMut(JsValue, JsValue)>::new(move |_gl: JsValue, arguments: JsValue| {
                if let (Some(layer), Some(matrix)) = (weak.upgrade(), main_matrix(&arguments)) {
                    layer.render(&matrix);
                }
            })
        };
        let on_remove = {
            let weak = Rc::downgrade(self);
            Closure::<dyn FnMut()>::new(move || {
                if let Some(gpu) = weak.upgrade().and_then(|l| l.gpu.borrow_mut().take()) {
                    gpu.delete();
                }
            })
        };
        let object = Object::new();
        let set = |key: &str, value: &JsValue| {
            // A fresh plain object takes any property.
            let _ = Reflect::set(&object, &key.into(), value);
        };
        set("id", &ID.into());
        set("type", &"custom".into());
        set("renderingMode", &"2d".into());
        // From here on JavaScript owns the closures, and frees them with the object.
        set("onAdd", &on_add.into_js_value());
        set("render", &render.into_js_value());
        set("onRemove", &on_remove.into_js_value());
        object
    }

    fn start(&self, gl: &Gl) {
        match Gpu::new(gl) {
            Ok(gpu) => {
                *self.gpu.borrow_mut() = Some(gpu);
                self.stale.set(Stale { symbols: true, over: true, theme: true });
            }
            Err(why) => *self.failed.borrow_mut() = Some(why),
        }
    }

    fn render(&self, matrix: &[f64; 16]) {
        let mut gpu = self.gpu.borrow_mut();
        let Some(gpu) = gpu.as_mut() else { return };
        let view = View::of(matrix, self.width_px.get(), &gpu.gl);
        let stale = self.stale.take();
        gpu.program.activate();
        if stale.theme {
            gpu.set_theme(&self.tokens.borrow(), view.ratio);
        }
        let scene = self.scene.borrow();
        if stale.symbols {
            let batches = scene.batches();
            gpu.points.upload(&batches.points.bytes);
            gpu.facilities.upload(&batches.facilities.bytes);
            gpu.over.upload(&batches.over.bytes);
        } else if stale.over {
            gpu.over.upload(&scene.over(Mercator::from(ANCHOR)).bytes);
        }
        gpu.draw(&view, self.scale() as f32);
    }
}

/// What a frame is drawn with.
struct View {
    middle: Mercator,
    px_per_unit: f64,
    size_px: (f64, f64),
    ratio: f64,
    zoom: f64,
}

impl View {
    /// Without rotation and pitch the matrix is a scale and a shift. It is of 64 bits: the middle of the view is exact.
    fn of(m: &[f64; 16], width_px: f64, gl: &Gl) -> Self {
        let ratio = f64::from(gl.drawing_buffer_width()) / width_px;
        let size_px = (width_px, f64::from(gl.drawing_buffer_height()) / ratio);
        let px_per_unit = m[0] / m[15] * size_px.0 / 2.0;
        Self {
            middle: Mercator { x: -m[12] / m[0], y: -m[13] / m[5] },
            px_per_unit,
            size_px,
            ratio,
            zoom: libm::log2(px_per_unit / crate::map::mercator::world_px(0.0)),
        }
    }
}

fn main_matrix(arguments: &JsValue) -> Option<[f64; 16]> {
    let data = Reflect::get(arguments, &"defaultProjectionData".into()).ok()?;
    let matrix = Reflect::get(&data, &"mainMatrix".into()).ok()?;
    let numbers: Vec<f64> = Array::from(&matrix).iter().filter_map(|v| v.as_f64()).collect();
    numbers.try_into().ok()
}

impl Gpu {
    fn new(gl: &Gl) -> Result<Self, String> {
        let program = Program::new(gl, &shader::vertex(), &shader::fragment())?;
        program.activate();
        let u = |name: &str| program.uniform(name);
        for (i, row) in LOOKS.iter().enumerate() {
            let [a, b, c] = row.widths;
            gl.uniform4f(u(&format!("u_widths[{i}]")).as_ref(), a, b, c, f32::from(row.sign as u8));
            gl.uniform4f(u(&format!("u_rest[{i}]")).as_ref(), row.dash[0], row.dash[1], row.fill, row.whole);
            gl.uniform1f(u(&format!("u_wider[{i}]")).as_ref(), row.wider);
            let [p, q, r, s] = row.inks.map(|ink| ink as u32);
            gl.uniform4ui(u(&format!("u_inks[{i}]")).as_ref(), p, q, r, s);
        }
        let (w, h) = atlas::CELL_PX;
        gl.uniform4f(u("u_cell").as_ref(), atlas::COLUMNS as f32, atlas::ROWS as f32, w as f32, h as f32);
        gl.uniform1i(u("u_atlas").as_ref(), 0);
        let uniforms = Uniforms {
            middle: u("u_middle"),
            px_per_unit: u("u_px_per_unit"),
            clip_per_px: u("u_clip_per_px"),
            ratio: u("u_ratio"),
            scale: u("u_scale"),
            px: u("u_px"),
            palette: u("u_palette"),
            written: u("u_written"),
        };
        let [points, facilities, over] = [(); 3].map(|()| Instances::new(gl));
        Ok(Self { gl: gl.clone(), program, uniforms, points, facilities, over, atlas: None })
    }

    fn set_theme(&mut self, tokens: &Tokens, ratio: f64) {
        // The shader blends premultiplied colours.
        let premultiplied = |token| {
            let [r, g, b, a] = tokens.rgba(token);
            [r * a, g * a, b * a, a]
        };
        let palette: Vec<f32> = Ink::PALETTE.iter().flat_map(|(_, t)| premultiplied(*t)).collect();
        let on = |t| tokens.clearer(t, Token::SymbolOutline, Token::SymbolHollow);
        let written: Vec<f32> = Ink::PALETTE.iter().flat_map(|(_, t)| premultiplied(on(*t))).collect();
        self.gl.uniform4fv_with_f32_array(self.uniforms.palette.as_ref(), &palette);
        self.gl.uniform4fv_with_f32_array(self.uniforms.written.as_ref(), &written);
        self.gl.delete_texture(self.atlas.take().as_ref());
        let canvas = atlas::draw(&tokens.fonts(), ratio * ATLAS_RATIO * tokens.symbol_scale());
        // Without the atlas symbols have no numbers; the map still works.
        self.atlas = canvas.and_then(|c| texture(&self.gl, &c).ok().flatten());
    }

    fn draw(&self, view: &View, scale: f32) {
        let (gl, u) = (&self.gl, &self.uniforms);
        let anchor = Mercator::from(ANCHOR);
        let (dx, dy) = (view.middle.x - anchor.x, view.middle.y - anchor.y);
        gl.uniform2f(u.middle.as_ref(), dx as f32, dy as f32);
        gl.uniform2f(u.px_per_unit.as_ref(), view.px_per_unit as f32, view.px_per_unit as f32);
        gl.uniform2f(u.clip_per_px.as_ref(), 2.0 / view.size_px.0 as f32, -2.0 / view.size_px.1 as f32);
        gl.uniform1f(u.ratio.as_ref(), view.ratio as f32);
        gl.uniform1f(u.scale.as_ref(), scale);
        gl.uniform1fv_with_f32_array(u.px.as_ref(), &Slot::table(view.zoom));
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, self.atlas.as_ref());
        for instances in [&self.points, &self.facilities, &self.over] {
            instances.draw();
        }
    }

    fn delete(&self) {
        for instances in [&self.points, &self.facilities, &self.over] {
            instances.delete();
        }
        self.gl.delete_texture(self.atlas.as_ref());
        self.program.delete();
    }
}
