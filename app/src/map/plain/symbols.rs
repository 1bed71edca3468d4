//! Symbols and names on the plain map: the shapes, bands and inks of the other map's tables, drawn one by one.

use super::{
    pen::Pen,
    place::Place,
    sheet::{Sheet, cluster_token, on_screen, place_on_screen},
};
use crate::map::{
    layers::CLUSTER_NAMES,
    look::{Ink, LOOKS, Look, Sign, hue_inside},
    marks::{
        scene::Scene,
        symbol::{Glyph, Symbol},
    },
    tokens::Token,
    view::{Lang, Selected, Shape, Source},
    zoom,
};
use atlas_core::{geo::LonLat, model::FacilityKind};

/// What a ring adds to a symbol's diameter, as on the other map.
const SELECTED_PX: f64 = 16.0;
const HOVERED_PX: f64 = 4.0;
/// Room between two names (px).
const APART_PX: f64 = 6.0;

/// What stands out among the symbols.
#[derive(Clone, Debug, Default)]
pub struct Attention {
    /// With a ring.
    pub selected: Option<Selected>,
    /// Under the pointer.
    pub hovered: Option<Selected>,
    /// Where what is moved, or is being moved, was and is.
    pub ghosts: Vec<(Shape, LonLat, LonLat)>,
}

/// Draws all symbols.
pub fn draw(pen: &Pen, place: &Place, scene: &Scene, attention: &Attention) {
    let scale = pen.tokens.symbol_scale();
    for (shape, from, to) in &attention.ghosts {
        let (a, b) = (place_on_screen(place, *from), place_on_screen(place, *to));
        pen.line(Token::Accent, 1.0, &[]);
        pen.on.begin_path();
        pen.on.move_to(a.0, a.1);
        pen.on.line_to(b.0, b.1);
        pen.on.stroke();
        bands(pen, a, f64::from(zoom::own_point_px(place.zoom)) * scale / 2.0, *shape, Look::Ghost, Ink::Accent);
    }
    for s in scene.points.iter().chain(&scene.facilities) {
        let foot = place.px(s.at);
        let at = (foot.0 + f64::from(s.offset[0]), foot.1 + f64::from(s.offset[1]));
        if at.0 < -40.0 || at.1 < -40.0 || at.0 > place.size.0 + 40.0 || at.1 > place.size.1 + 40.0 {
            continue;
        }
        if s.offset != [0.0; 2] {
            pen.line(Token::MapText2, 0.7, &[]);
            pen.on.begin_path();
            pen.on.move_to(foot.0, foot.1);
            pen.on.line_to(at.0, at.1);
            pen.on.stroke();
        }
        symbol(pen, at, radius(s, place.zoom, scale), s);
        let which = Some(Selected { kind: s.kind, id: s.id });
        let ring = |look, px| {
            let shape = if s.shape == Shape::Anchor { Shape::Circle } else { s.shape };
            bands(pen, at, radius(s, place.zoom, scale) + px / 2.0, shape, look, s.hue);
        };
        if attention.hovered == which {
            ring(Look::Hovered, HOVERED_PX);
        }
        if attention.selected == which {
            ring(Look::Selected, SELECTED_PX);
        }
    }
}

fn radius(s: &Symbol, zoom: f64, scale: f64) -> f64 {
    f64::from(s.slot.px(zoom) + LOOKS[s.look as usize].wider) * scale / 2.0
}

fn symbol(pen: &Pen, at: (f64, f64), radius: f64, s: &Symbol) {
    if s.shape == Shape::Anchor {
        for (token, width) in [(Token::MapHalo, 4.0), (token_of(s.hue), 1.8)] {
            anchor(pen, at, radius * 0.8, token, width);
        }
        return;
    }
    bands(pen, at, radius, s.shape, s.look, s.hue);
    if s.glyph != Glyph::default() {
        let ground = if hue_inside(s.look) { token_of(s.hue) } else { Token::SymbolHollow };
        pen.font(if s.glyph.is_number() { 10.0 } else { 8.5 }, true);
        pen.write(&s.glyph.text(), at, pen.tokens.clearer(ground, Token::SymbolOutline, Token::SymbolHollow), false);
    }
}

/// The bands of a look from the outer edge inwards, and its sign.
fn bands(pen: &Pen, at: (f64, f64), radius: f64, shape: Shape, look: Look, hue: Ink) {
    let row = &LOOKS[look as usize];
    let ink = |i: usize| token_of(if row.inks[i] == Ink::Hue { hue } else { row.inks[i] });
    let corners = match shape {
        Shape::Circle | Shape::Anchor => 0,
        Shape::Square => 4,
        Shape::Hexagon => 6,
        Shape::Triangle => 3,
    };
    pen.alpha(f64::from(row.whole * row.fill));
    pen.outline(at, radius - f64::from(row.widths.iter().sum::<f32>()), corners);
    pen.ink(ink(3));
    pen.on.fill();
    pen.alpha(f64::from(row.whole));
    let mut outer = radius;
    for (i, width) in row.widths.iter().enumerate() {
        let width = f64::from(*width);
        if width > 0.0 {
            let dash = row.dash.map(f64::from);
            let dashes: &[f64] = if row.sign == Sign::Dashes && i == 1 { &dash } else { &[] };
            pen.line(ink(i), width, dashes);
            pen.outline(at, outer - width / 2.0, corners);
            pen.on.stroke();
        }
        outer -= width;
    }
    let arm = radius * 0.55;
    let cross: &[[f64; 4]] = match row.sign {
        Sign::Plus => &[[-1.0, 0.0, 1.0, 0.0], [0.0, -1.0, 0.0, 1.0]],
        Sign::Cross => &[[-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, 1.0, -1.0]],
        Sign::None | Sign::Dashes => &[],
    };
    for [x0, y0, x1, y1] in cross {
        pen.line(if row.sign == Sign::Plus { Token::MapHalo } else { ink(1) }, 1.6, &[]);
        pen.on.begin_path();
        pen.on.move_to(at.0 + x0 * arm, at.1 + y0 * arm);
        pen.on.line_to(at.0 + x1 * arm, at.1 + y1 * arm);
        pen.on.stroke();
    }
    pen.alpha(1.0);
}

fn anchor(pen: &Pen, (x, y): (f64, f64), r: f64, token: Token, width: f64) {
    pen.line(token, width, &[]);
    pen.on.begin_path();
    pen.on.move_to(x, y - r * 0.5);
    pen.on.line_to(x, y + r);
    pen.on.move_to(x - r * 0.5, y - r * 0.2);
    pen.on.line_to(x + r * 0.5, y - r * 0.2);
    let _ = pen.on.arc(x, y + r * 0.1, r * 0.9, 0.15 * std::f64::consts::PI, 0.85 * std::f64::consts::PI);
    pen.on.stroke();
    pen.on.begin_path();
    let _ = pen.on.arc(x, y - r * 0.75, r * 0.25, 0.0, 2.0 * std::f64::consts::PI);
    pen.on.stroke();
}

fn token_of(ink: Ink) -> Token {
    Ink::PALETTE.get(ink as usize).map_or(Token::Accent, |(_, token)| *token)
}

/// Names of clusters from afar, of facilities from near, of cities where there is room: the more important first.
pub fn names(pen: &Pen, place: &Place, sheet: &Sheet, scene: &Scene, lang: Lang) {
    let scale = pen.tokens.symbol_scale();
    // No name lies over a symbol.
    let boxed = |s: &Symbol| {
        let (x, y) = place.px(s.at);
        let (x, y) = (x + f64::from(s.offset[0]), y + f64::from(s.offset[1]));
        let r = radius(s, place.zoom, scale);
        [x - r, y - r, x + r, y + r]
    };
    let mut taken: Vec<[f64; 4]> = scene.facilities.iter().map(boxed).collect();
    let mut write = |text: &str, at: (f64, f64), px: f64, bold: bool, ink: Token| {
        if text.is_empty() || at.0 < 0.0 || at.1 < 0.0 || at.0 > place.size.0 || at.1 > place.size.1 {
            return;
        }
        pen.font(px, bold);
        let (half, high) = (pen.width(text) / 2.0 + APART_PX, px * pen.tokens.text_scale() / 2.0 + APART_PX / 2.0);
        let room_at = |y: f64| [at.0 - half, y - high, at.0 + half, y + high];
        let free = |room: &[f64; 4]| {
            !taken.iter().any(|t| t[0] < room[2] && room[0] < t[2] && t[1] < room[3] && room[1] < t[3])
        };
        let rooms = [0.0, 2.0 * high, -2.0 * high].map(|shift| (at.1 + shift, room_at(at.1 + shift)));
        let Some((y, room)) = rooms.into_iter().find(|(_, room)| free(room)) else { return };
        pen.write(text, (at.0, y), ink, true);
        taken.push(room);
    };
    if place.zoom < zoom::CLUSTER_NAMES_END {
        for (key, zh, en, lon, lat) in CLUSTER_NAMES {
            let at = place_on_screen(place, LonLat::new(lon, lat));
            let (text, px) = if lang == Lang::Zh { (zh, 19.0) } else { (en, 14.0) };
            write(text, at, px, true, cluster_token(key));
        }
    }
    if place.zoom >= zoom::NAMES {
        for s in scene.facilities.iter().filter(|s| s.kind != FacilityKind::CollectionPoint) {
            if let Some((zh, en)) = scene.name_of(s) {
                let (x, y) = place.px(s.at);
                write(if lang == Lang::Zh { zh } else { en }, (x, y + 20.0), 11.0, false, Token::MapText);
            }
        }
    }
    let most = 1 + ((place.zoom - 3.0).max(0.0) / 1.5) as u32;
    let mut cities: Vec<_> =
        sheet.points(Source::Labels).iter().filter(|c| c.of.number("rank").unwrap_or(9) <= most).collect();
    cities.sort_by_key(|c| c.of.number("rank"));
    for city in cities {
        let (own, other) = if lang == Lang::Zh { ("zh", "en") } else { ("en", "zh") };
        let text = if city.of.text(own).is_empty() { city.of.text(other) } else { city.of.text(own) };
        write(text, on_screen(place, city.at), 12.0, city.of.number("rank") == Some(1), Token::MapText);
    }
    for site in sheet.points(Source::SitingSites) {
        if let Some(rank) = site.of.number("site") {
            let at = on_screen(place, site.at);
            pen.outline(at, 11.0, 0);
            pen.ink(Token::Accent);
            pen.on.fill();
            pen.font(11.0, true);
            pen.write(&rank.to_string(), at, Token::OnAccent, false);
        }
    }
}
