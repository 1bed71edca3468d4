//! The little of WebGL2 that the symbols need: a program, buffers of instances, a texture.

use super::symbol::STRIDE;
use web_sys::{
    HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlBuffer, WebGlProgram, WebGlShader, WebGlTexture,
    WebGlUniformLocation, WebGlVertexArrayObject,
};

/// A linked program.
pub struct Program {
    gl: Gl,
    program: WebGlProgram,
}

impl Program {
    /// Compiles and links; the error is the driver's.
    pub fn new(gl: &Gl, vertex: &str, fragment: &str) -> Result<Self, String> {
        let program = gl.create_program().ok_or("no program")?;
        for (kind, source) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
            gl.attach_shader(&program, &compile(gl, kind, source)?);
        }
        gl.link_program(&program);
        if gl.get_program_parameter(&program, Gl::LINK_STATUS).as_bool() == Some(true) {
            Ok(Self { gl: gl.clone(), program })
        } else {
            Err(gl.get_program_info_log(&program).unwrap_or_default())
        }
    }

    /// Makes it the current program.
    pub fn activate(&self) {
        self.gl.use_program(Some(&self.program));
    }

    /// The place of a uniform; none where the compiler has dropped it.
    #[must_use]
    pub fn uniform(&self, name: &str) -> Option<WebGlUniformLocation> {
        self.gl.get_uniform_location(&self.program, name)
    }

    /// Frees it.
    pub fn delete(&self) {
        self.gl.delete_program(Some(&self.program));
    }
}

fn compile(gl: &Gl, kind: u32, source: &str) -> Result<WebGlShader, String> {
    let shader = gl.create_shader(kind).ok_or("no shader")?;
    gl.shader_source(&shader, source);
    gl.compile_shader(&shader);
    if gl.get_shader_parameter(&shader, Gl::COMPILE_STATUS).as_bool() == Some(true) {
        Ok(shader)
    } else {
        Err(gl.get_shader_info_log(&shader).unwrap_or_default())
    }
}

/// A buffer of instances and how its bytes are read.
pub struct Instances {
    gl: Gl,
    buffer: Option<WebGlBuffer>,
    array: Option<WebGlVertexArrayObject>,
    count: i32,
}

impl Instances {
    /// An empty buffer.
    pub fn new(gl: &Gl) -> Self {
        let (buffer, array) = (gl.create_buffer(), gl.create_vertex_array());
        gl.bind_vertex_array(array.as_ref());
        gl.bind_buffer(Gl::ARRAY_BUFFER, buffer.as_ref());
        let stride = STRIDE as i32;
        for (location, offset) in [(0, 0), (1, 8)] {
            gl.enable_vertex_attrib_array(location);
            gl.vertex_attrib_pointer_with_i32(location, 2, Gl::FLOAT, false, stride, offset);
            gl.vertex_attrib_divisor(location, 1);
        }
        for (location, offset) in [(2, 16), (3, 20)] {
            gl.enable_vertex_attrib_array(location);
            gl.vertex_attrib_i_pointer_with_i32(location, 4, Gl::UNSIGNED_BYTE, stride, offset);
            gl.vertex_attrib_divisor(location, 1);
        }
        gl.bind_vertex_array(None);
        Self { gl: gl.clone(), buffer, array, count: 0 }
    }

    /// Replaces the instances.
    pub fn upload(&mut self, bytes: &[u8]) {
        self.gl.bind_buffer(Gl::ARRAY_BUFFER, self.buffer.as_ref());
        self.gl.buffer_data_with_u8_array(Gl::ARRAY_BUFFER, bytes, Gl::DYNAMIC_DRAW);
        self.count = (bytes.len() / STRIDE) as i32;
    }

    /// Draws all of them with the current program.
    pub fn draw(&self) {
        if self.count > 0 {
            self.gl.bind_vertex_array(self.array.as_ref());
            self.gl.draw_arrays_instanced(Gl::TRIANGLE_STRIP, 0, 4, self.count);
            self.gl.bind_vertex_array(None);
        }
    }

    /// Frees it.
    pub fn delete(&self) {
        self.gl.delete_buffer(self.buffer.as_ref());
        self.gl.delete_vertex_array(self.array.as_ref());
    }
}

/// A texture from a canvas, smooth between its pixels.
pub fn texture(gl: &Gl, canvas: &HtmlCanvasElement) -> Result<Option<WebGlTexture>, String> {
    let texture = gl.create_texture();
    gl.active_texture(Gl::TEXTURE0);
    gl.bind_texture(Gl::TEXTURE_2D, texture.as_ref());
    gl.tex_image_2d_with_u32_and_u32_and_html_canvas_element(
        Gl::TEXTURE_2D,
        0,
        Gl::RGBA as i32,
        Gl::RGBA,
        Gl::UNSIGNED_BYTE,
        canvas,
    )
    .map_err(|e| format!("{e:?}"))?;
    for (name, value) in [
        (Gl::TEXTURE_MIN_FILTER, Gl::LINEAR),
        (Gl::TEXTURE_MAG_FILTER, Gl::LINEAR),
        (Gl::TEXTURE_WRAP_S, Gl::CLAMP_TO_EDGE),
        (Gl::TEXTURE_WRAP_T, Gl::CLAMP_TO_EDGE),
    ] {
        gl.tex_parameteri(Gl::TEXTURE_2D, name, value as i32);
    }
    Ok(texture)
}
