//! The layer that draws the symbols inside MapLibre's frame, as one of its custom layers.
//!
//! MapLibre calls `onAdd`, `render` and `onRemove` of an object that is made here from Rust closures. Marks are laid out
//! outside of the frame; `render` only uploads what has changed and draws three buffers. Before it MapLibre sets
//! premultiplied blending, and after it resets whatever state was touched.

use super::{
    gpu::{Gpu, View},
    scene::{ANCHOR, Scene},
};
use crate::map::{mercator::Mercator, tokens::Tokens};
use js_sys::{Array, Object, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::WebGl2RenderingContext as Gl;

/// Id of the layer in the map's style.
pub const ID: &str = "marks";

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

    /// Changes what has no layout: the circles of scrap.
    pub fn change_all(&self, f: impl FnOnce(&mut Scene)) {
        self.stale.set(Stale { symbols: true, over: true, ..self.stale.get() });
        f(&mut self.scene.borrow_mut());
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
        gpu.begin();
        if stale.theme {
            gpu.set_theme(&self.tokens.borrow(), view.ratio);
        }
        let scene = self.scene.borrow();
        if stale.symbols {
            gpu.upload(&scene.batches());
        } else if stale.over {
            gpu.upload_over(&scene.over(Mercator::from(ANCHOR)));
        }
        gpu.draw(&view, self.scale() as f32);
    }
}

fn main_matrix(arguments: &JsValue) -> Option<[f64; 16]> {
    let data = Reflect::get(arguments, &"defaultProjectionData".into()).ok()?;
    let matrix = Reflect::get(&data, &"mainMatrix".into()).ok()?;
    let numbers: Vec<f64> = Array::from(&matrix).iter().filter_map(|v| v.as_f64()).collect();
    numbers.try_into().ok()
}
