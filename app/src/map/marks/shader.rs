//! The shaders of the symbols, in GLSL ES 3.00.
//!
//! One instance is a square of four corners round a symbol. The fragment shader measures the depth under the symbol's
//! edge and picks the band of the look; so symbols are sharp at every size and pixel ratio, and cost no images.

use super::symbol::Slot;
use crate::map::look::{Ink, LOOKS};

/// What both shaders begin with.
fn head() -> String {
    let (slots, looks, inks) = (Slot::COUNT, LOOKS.len(), Ink::PALETTE.len());
    format!(
        "#version 300 es\nprecision highp float;\nprecision highp int;\n#define SLOTS {slots}\n#define LOOKS {looks}\n#define INKS {inks}u\n"
    )
}

/// The vertex shader.
#[must_use]
pub fn vertex() -> String {
    head() + VERTEX
}

/// The fragment shader.
#[must_use]
pub fn fragment() -> String {
    head() + FRAGMENT
}

const VERTEX: &str = r"
layout(location = 0) in vec2 a_at;
layout(location = 1) in vec2 a_second;
layout(location = 2) in uvec4 a_kind;   // form, slot, look, hue
layout(location = 3) in uvec4 a_more;   // glyph, ground, wider in half px

uniform vec2 u_middle;          // middle of the view, relative to the anchor
uniform vec2 u_px_per_unit;     // CSS px in a unit of the projection
uniform vec2 u_clip_per_px;
uniform float u_reach;          // CSS px round the view within which a symbol may be seen
uniform float u_scale;
uniform float u_px[SLOTS];
uniform vec4 u_widths[LOOKS];   // outline, ring, inner outline, sign
uniform vec4 u_rest[LOOKS];     // dash, gap, opacity of fill, of all
uniform float u_wider[LOOKS];
uniform uvec4 u_inks[LOOKS];
uniform vec4 u_palette[INKS];
uniform vec4 u_written[INKS];   // what can be read on each ink
uniform vec4 u_cell;            // columns and rows of the atlas, px of a cell

out vec2 v_at;
out vec2 v_in_cell;             // from -0.5 to 0.5 within the glyph's cell
flat out vec3 v_cell;           // column and row of the glyph's cell, 1 where there is one
flat out vec4 v_widths;
flat out vec4 v_rest;
flat out vec4 v_outline;
flat out vec4 v_ring;
flat out vec4 v_inner;
flat out vec4 v_fill;
flat out vec4 v_writing;
flat out vec2 v_form;           // form, half of the diameter

vec4 ink(uint code, uint hue) {
    return u_palette[code == INKS ? hue : code];
}

void main() {
    uint form = a_kind.x;
    uint look = a_kind.z;
    uint hue = min(a_kind.w, INKS - 1u);
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
    vec2 px = (a_at - u_middle) * u_px_per_unit;
    // Most of a hundred thousand symbols are out of sight: nothing is worked out for them.
    vec2 beyond = abs(px) - 1.0 / abs(u_clip_per_px);
    if (form < 5u && max(beyond.x, beyond.y) > u_reach) {
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        return;
    }

    vec4 widths = u_widths[look];
    widths.xyz *= u_scale;
    v_rest = u_rest[look];
    v_rest.xy *= u_scale;
    uvec4 inks = u_inks[look];
    v_outline = ink(inks.x, hue);
    v_ring = ink(inks.y, hue);
    v_inner = ink(inks.z, hue);
    v_fill = ink(inks.w, hue) * v_rest.z;
    v_writing = vec4(0.0);
    v_in_cell = vec2(0.0);
    v_cell = vec3(0.0);

    if (form >= 5u) {
        vec2 to = form == 5u ? (a_second - u_middle) * u_px_per_unit : px + a_second;
        vec2 way = to - px;
        vec2 along = length(way) > 0.0 ? normalize(way) : vec2(1.0, 0.0);
        float reach = widths.y * 0.5 + 1.0;
        v_at = vec2(0.0, corner.y * reach);
        v_form = vec2(5.0, widths.y * 0.5);
        px = (corner.x < 0.0 ? px : to) + vec2(-along.y, along.x) * v_at.y;
    } else {
        float d = (u_px[a_kind.y] + float(a_more.z) * 0.5 + u_wider[look]) * u_scale;
        // Small symbols have thinner bands: their inside must be seen. A ring far round a symbol is large enough.
        float bands = widths.x + widths.y + widths.z;
        widths.xyz *= min(1.0, 0.27 * d / bands);
        float reach = d * 0.5 + 1.0;
        if (a_more.x > 0u) {
            float size = u_scale * u_px[a_kind.y] / 17.0;
            reach = max(reach, u_cell.z * size * 0.5);
            v_in_cell = corner * reach / (u_cell.zw * size);
            v_cell = vec3(mod(float(a_more.x), u_cell.x), floor(float(a_more.x) / u_cell.x), 1.0);
            v_writing = u_written[min(a_more.y, INKS - 1u)];
        }
        v_at = corner * reach;
        v_form = vec2(float(form), d * 0.5);
        px += a_second + v_at;
    }
    v_widths = widths;
    gl_Position = vec4(px * u_clip_per_px, 0.0, 1.0);
}
";

const FRAGMENT: &str = r"
uniform float u_ratio;          // device px in a CSS px
uniform float u_scale;
uniform vec4 u_cell;
uniform sampler2D u_atlas;

in vec2 v_at;
in vec2 v_in_cell;
flat in vec3 v_cell;
flat in vec4 v_widths;
flat in vec4 v_rest;
flat in vec4 v_outline;
flat in vec4 v_ring;
flat in vec4 v_inner;
flat in vec4 v_fill;
flat in vec4 v_writing;
flat in vec2 v_form;
out vec4 o_colour;

const float TURN = 6.28318530718;

// How much of a pixel lies inside of an edge, d px away.
float cover(float d) {
    return clamp(d * u_ratio + 0.5, 0.0, 1.0);
}

float to_segment(vec2 p, vec2 a, vec2 b) {
    vec2 d = b - a;
    return length(p - a - d * clamp(dot(p - a, d) / dot(d, d), 0.0, 1.0));
}

// Distance to the middle of the strokes of an anchor that is 2 high: eye, stock, shank, arms with flukes.
float to_anchor(vec2 p) {
    p.x = abs(p.x);
    float d = abs(length(p - vec2(0.0, -0.74)) - 0.2);
    d = min(d, to_segment(p, vec2(0.0, -0.54), vec2(0.0, 0.92)));
    d = min(d, to_segment(p, vec2(0.0, -0.3), vec2(0.4, -0.3)));
    // The arms are the lower part of a circle.
    vec2 q = p - vec2(0.0, 0.14);
    d = min(d, q.y > 0.18 * length(q) ? abs(length(q) - 0.78) : length(q - vec2(0.767, 0.14)));
    d = min(d, to_segment(p, vec2(0.767, 0.24), vec2(0.54, 0.36)));
    return min(d, to_segment(p, vec2(0.767, 0.24), vec2(0.92, 0.44)));
}

// Depth under the outer edge.
float depth(vec2 p, float form, float half_px) {
    if (form > 3.5) {
        float outside = v_widths.x + 0.075 * half_px + 0.15 * u_scale;
        float size = half_px - outside;
        return outside - to_anchor(p / size) * size;
    }
    if (form > 2.5) {
        p.y -= 0.28 * half_px;
        return 0.58 * half_px - max(p.y, 0.8660254 * abs(p.x) - 0.5 * p.y);
    }
    p = abs(p);
    if (form < 0.5) return half_px - length(p);
    if (form < 1.5) return half_px - max(p.x, p.y);
    return half_px * 0.8660254 - max(p.x, 0.5 * p.x + 0.8660254 * p.y);
}

// Whole dashes along the middle of the ring, one over every corner.
float dashes(vec2 p, float form, float half_px, float width) {
    float angle = atan(p.y, p.x);
    float whole = v_rest.x + v_rest.y;
    float along, around, count;
    if (form < 0.5 || form > 2.5) {
        along = angle / TURN;
        around = TURN * (half_px - width * 0.5);
        count = max(1.0, floor(around / whole + 0.5));
    } else {
        float sides = form < 1.5 ? 4.0 : 6.0;
        float inner = half_px * (form < 1.5 ? 1.0 : 0.8660254) - width * 0.5;
        float side = TURN / sides;
        float sector = floor(angle / side + 0.5);
        float s = tan(angle - sector * side) / tan(side * 0.5);
        along = (sector + (s + 1.0) * 0.5) / sides;
        around = 2.0 * sides * inner * tan(side * 0.5);
        count = sides * max(1.0, floor(around / sides / whole + 0.5));
    }
    float length_px = around / count;
    float from_middle = abs(fract(along * count + 0.5) - 0.5) * length_px;
    return cover(0.5 * length_px * v_rest.x / whole - from_middle);
}

void main() {
    if (v_form.x > 4.5) {
        o_colour = v_ring * cover(v_form.y - abs(v_at.y)) * v_rest.w;
        return;
    }
    float sign = v_widths.w;
    float t = depth(v_at, v_form.x, v_form.y);
    float e1 = v_widths.x;
    float e2 = e1 + v_widths.y;
    float e3 = e2 + v_widths.z;
    vec4 c = mix(v_inner, v_fill, cover(t - e3));
    if (sign > 0.5 && sign < 1.5) {
        c = mix(v_fill, v_ring, dashes(v_at, v_form.x, v_form.y, v_widths.y) * (1.0 - cover(t - e2)));
    } else {
        c = mix(v_ring, c, cover(t - e2));
    }
    c = e1 > 0.0 ? mix(v_outline, c, cover(t - e1)) : c;
    if (sign > 1.5) {
        // A plus, or turned by half a right angle a cross.
        vec2 p = sign > 2.5 ? vec2(v_at.x + v_at.y, v_at.x - v_at.y) * 0.70710678 : v_at;
        p = abs(p);
        float arm = v_form.y * (sign > 2.5 ? 0.62 : 0.5);
        float bar = 0.8 * u_scale;
        float stroke = max(cover(bar - p.x) * cover(arm - p.y), cover(bar - p.y) * cover(arm - p.x));
        // Of an anchor's strokes too little is left to cross out: there the cross lies over all.
        float within = v_form.x > 3.5 ? 1.0 : cover(t);
        c = mix(c * cover(t), sign > 2.5 ? v_ring : v_outline, stroke * within);
    } else {
        c *= cover(t);
    }
    if (v_cell.z > 0.5 && abs(v_in_cell.x) < 0.5 && abs(v_in_cell.y) < 0.5) {
        float written = texture(u_atlas, (v_cell.xy + 0.5 + v_in_cell) / u_cell.xy).a;
        c = mix(c, v_writing, written);
    }
    o_colour = c * v_rest.w;
}
";
