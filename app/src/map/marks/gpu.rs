//! The symbols on the graphics card: one program, a buffer a layer of symbols, the glyph atlas.

use super::{
    atlas,
    gl::{Instances, Program, texture},
    scene::{ANCHOR, Batches},
    shader,
    symbol::{Batch, Slot},
};
use crate::map::{
    look::{Ink, LOOKS},
    mercator::Mercator,
    tokens::{Token, Tokens},
};
use web_sys::{WebGl2RenderingContext as Gl, WebGlTexture, WebGlUniformLocation};

/// The atlas is drawn finer than the screen: symbols do not stand on whole pixels.
const ATLAS_RATIO: f64 = 1.5;

/// A symbol on a ring, with the ring of the selection round it, is not further from its place than this.
const REACH_PX: f32 = 120.0;

/// What the symbols have on the graphics card.
pub struct Gpu {
    /// The card.
    pub gl: Gl,
    program: Program,
    uniforms: Uniforms,
    scrap: Instances,
    points: Instances,
    facilities: Instances,
    over: Instances,
    atlas: Option<WebGlTexture>,
}

struct Uniforms {
    middle: Option<WebGlUniformLocation>,
    px_per_unit: Option<WebGlUniformLocation>,
    clip_per_px: Option<WebGlUniformLocation>,
    reach: Option<WebGlUniformLocation>,
    ratio: Option<WebGlUniformLocation>,
    scale: Option<WebGlUniformLocation>,
    px: Option<WebGlUniformLocation>,
    palette: Option<WebGlUniformLocation>,
    written: Option<WebGlUniformLocation>,
}

/// What a frame is drawn with.
pub struct View {
    middle: Mercator,
    px_per_unit: f64,
    size_px: (f64, f64),
    /// Device px in a CSS px.
    pub ratio: f64,
    zoom: f64,
}

impl View {
    /// Without rotation and pitch the matrix is a scale and a shift. It is of 64 bits: the middle of the view is exact.
    pub fn of(m: &[f64; 16], width_px: f64, gl: &Gl) -> Self {
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

impl Gpu {
    pub fn new(gl: &Gl) -> Result<Self, String> {
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
            reach: u("u_reach"),
            ratio: u("u_ratio"),
            scale: u("u_scale"),
            px: u("u_px"),
            palette: u("u_palette"),
            written: u("u_written"),
        };
        let [scrap, points, facilities, over] = [(); 4].map(|()| Instances::new(gl));
        Ok(Self { gl: gl.clone(), program, uniforms, scrap, points, facilities, over, atlas: None })
    }

    /// Makes the program current: uniforms are set in it.
    pub fn begin(&self) {
        self.program.activate();
    }

    /// Replaces all symbols.
    pub fn upload(&mut self, batches: &Batches) {
        self.scrap.upload(&batches.scrap.bytes);
        self.points.upload(&batches.points.bytes);
        self.facilities.upload(&batches.facilities.bytes);
        self.upload_over(&batches.over);
    }

    /// Replaces what lies over the symbols.
    pub fn upload_over(&mut self, over: &Batch) {
        self.over.upload(&over.bytes);
    }

    /// Takes over colours and font.
    pub fn set_theme(&mut self, tokens: &Tokens, ratio: f64) {
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

    /// Draws all symbols.
    pub fn draw(&self, view: &View, scale: f32) {
        let (gl, u) = (&self.gl, &self.uniforms);
        let anchor = Mercator::from(ANCHOR);
        let (dx, dy) = (view.middle.x - anchor.x, view.middle.y - anchor.y);
        gl.uniform2f(u.middle.as_ref(), dx as f32, dy as f32);
        gl.uniform2f(u.px_per_unit.as_ref(), view.px_per_unit as f32, view.px_per_unit as f32);
        gl.uniform2f(u.clip_per_px.as_ref(), 2.0 / view.size_px.0 as f32, -2.0 / view.size_px.1 as f32);
        gl.uniform1f(u.reach.as_ref(), REACH_PX * scale);
        gl.uniform1f(u.ratio.as_ref(), view.ratio as f32);
        gl.uniform1f(u.scale.as_ref(), scale);
        gl.uniform1fv_with_f32_array(u.px.as_ref(), &Slot::table(view.zoom));
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, self.atlas.as_ref());
        for instances in [&self.scrap, &self.points, &self.facilities, &self.over] {
            instances.draw();
        }
    }

    /// Frees everything.
    pub fn delete(&self) {
        for instances in [&self.scrap, &self.points, &self.facilities, &self.over] {
            instances.delete();
        }
        self.gl.delete_texture(self.atlas.as_ref());
        self.program.delete();
    }
}
