//! One drawn symbol, and the bytes the shader reads it from.

use crate::map::{
    look::{Ink, Look},
    mercator::Mercator,
    view::Shape,
    zoom,
};
use atlas_core::model::{FacilityKind, Metal};

/// A size that the zoom table decides: a row of the shader's table of diameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Slot {
    /// Small collection point.
    PointSmall,
    /// Medium collection point.
    PointMedium,
    /// Large collection point.
    PointLarge,
    /// Collection point that the plan changed.
    OwnPoint,
    /// Hub.
    Hub,
    /// Smelter.
    Smelter,
    /// Symbol that stands for several smelters.
    Merged,
    /// Symbol that stands for several hubs.
    MergedHubs,
    /// Port.
    Port,
    /// Rail hub.
    RailHub,
    /// Nothing of its own: the symbol brings its whole diameter.
    Own,
}

impl Slot {
    /// How many there are.
    pub const COUNT: usize = 11;

    /// The slot of a baseline collection point.
    #[must_use]
    pub const fn of_class(class: usize) -> Self {
        match class {
            0 => Self::PointSmall,
            1 => Self::PointMedium,
            _ => Self::PointLarge,
        }
    }

    /// Diameters of all slots in CSS px.
    #[must_use]
    pub fn table(zoom: f64) -> [f32; Self::COUNT] {
        let [s, m, l] = zoom::point_px(zoom);
        let (own, merged, merged_hubs) = (zoom::own_point_px(zoom), zoom::merged_px(zoom), zoom::merged_hubs_px(zoom));
        let (port, rail_hub) = (zoom::port_px(zoom), zoom::rail_hub_px(zoom));
        [s, m, l, own, zoom::hub_px(zoom), zoom::smelter_px(zoom), merged, merged_hubs, port, rail_hub, 0.0]
    }

    /// Diameter in CSS px.
    #[must_use]
    pub fn px(self, zoom: f64) -> f32 {
        Self::table(zoom)[self as usize]
    }
}

/// What is written in a symbol: a cell of the glyph atlas. 0 is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glyph(pub u8);

impl Glyph {
    const METALS: u8 = 1;
    const NUMBERS: u8 = Self::METALS + Metal::ALL.len() as u8;
    /// The largest number that is written out.
    const MOST: u32 = 99;
    /// How many cells the atlas has, the empty one among them.
    pub const COUNT: u8 = Self::NUMBERS + Self::MOST as u8;

    /// The symbol of a metal.
    #[must_use]
    pub const fn metal(metal: Metal) -> Self {
        Self(Self::METALS + metal as u8)
    }

    /// A number from 2 on; those over 99 are written so.
    #[must_use]
    pub const fn number(n: u32) -> Self {
        let n = if n > Self::MOST + 1 { Self::MOST + 1 } else { n };
        Self(Self::NUMBERS + n.saturating_sub(2) as u8)
    }

    /// True where a number stands in the cell.
    #[must_use]
    pub const fn is_number(self) -> bool {
        self.0 >= Self::NUMBERS
    }

    /// What stands in the cell.
    #[must_use]
    pub fn text(self) -> String {
        if self.0 < Self::METALS {
            return String::new();
        }
        if self.0 < Self::NUMBERS {
            // The group of precious metals has no symbol of its own.
            let metal = Metal::ALL[(self.0 - Self::METALS) as usize];
            return if metal == Metal::Precious { "PM" } else { metal.key() }.to_owned();
        }
        match u32::from(self.0 - Self::NUMBERS) + 2 {
            n if n > Self::MOST => format!("{}+", Self::MOST),
            n => n.to_string(),
        }
    }
}

/// A symbol as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Symbol {
    /// What it stands for.
    pub kind: FacilityKind,
    /// The facility, or the first of those it stands for.
    pub id: u32,
    /// How many it stands for.
    pub count: u32,
    /// Where the facility is.
    pub at: Mercator,
    /// Px from there to where the symbol is drawn, to the right and down.
    pub offset: [f32; 2],
    /// Outline.
    pub shape: Shape,
    /// Diameter.
    pub slot: Slot,
    /// Bands.
    pub look: Look,
    /// Its own colour.
    pub hue: Ink,
    /// What is written in it.
    pub glyph: Glyph,
}

/// What the shader draws an instance as.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Form {
    Circle,
    Square,
    Hexagon,
    Triangle,
    Anchor,
    /// A line between two positions.
    Line,
    /// A line from a position to a px offset from it.
    Tie,
}

impl From<Shape> for Form {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Circle => Self::Circle,
            Shape::Square => Self::Square,
            Shape::Hexagon => Self::Hexagon,
            Shape::Triangle => Self::Triangle,
            Shape::Anchor => Self::Anchor,
        }
    }
}

/// Bytes of an instance: two pairs of f32, then eight u8.
pub const STRIDE: usize = 24;

/// Instances for one buffer. Positions are relative to an anchor, so that 32 bits are enough at every zoom.
#[derive(Debug, Default)]
pub struct Batch {
    /// What goes to the graphics card.
    pub bytes: Vec<u8>,
}

impl Batch {
    /// How many instances there are.
    #[cfg(test)]
    pub const fn count(&self) -> usize {
        self.bytes.len() / STRIDE
    }

    /// Adds a symbol.
    pub fn symbol(&mut self, anchor: Mercator, s: &Symbol) {
        // What is written on a hue must suit it; on a hollow symbol it stands on the hollow's ground.
        let ground = if crate::map::look::hue_inside(s.look) { s.hue } else { Ink::Hollow };
        self.push(
            anchor,
            s.at,
            s.offset,
            [Form::from(s.shape) as u8, s.slot as u8, s.look as u8, s.hue as u8],
            [s.glyph.0, ground as u8, 0, 0],
        );
    }

    /// Adds a ring round a symbol: `wider_px` is added to its diameter.
    pub fn ring(&mut self, anchor: Mercator, s: &Symbol, shape: Shape, look: Look, wider_px: f32) {
        let wider = half_px(wider_px);
        // An anchor is no line round anything: its ring is a circle.
        let form = if shape == Shape::Anchor { Form::Circle } else { Form::from(shape) };
        self.push(
            anchor,
            s.at,
            s.offset,
            [form as u8, s.slot as u8, look as u8, s.hue as u8],
            [0, Ink::Hollow as u8, wider, 0],
        );
    }

    /// Adds a circle of its own diameter.
    pub fn circle(&mut self, anchor: Mercator, at: Mercator, px: f32, look: Look, hue: Ink) {
        let wider = half_px(px);
        self.push(
            anchor,
            at,
            [0.0; 2],
            [Form::Circle as u8, Slot::Own as u8, look as u8, hue as u8],
            [0, Ink::Hollow as u8, wider, 0],
        );
    }

    /// Adds the line from a place to a symbol on the ring round it.
    pub fn tie(&mut self, anchor: Mercator, s: &Symbol) {
        self.push(anchor, s.at, s.offset, [Form::Tie as u8, 0, Look::Tie as u8, 0], [0; 4]);
    }

    /// Adds a line between two positions.
    pub fn line(&mut self, anchor: Mercator, from: Mercator, to: Mercator, look: Look) {
        let to = [(to.x - anchor.x) as f32, (to.y - anchor.y) as f32];
        self.push(anchor, from, to, [Form::Line as u8, 0, look as u8, 0], [0; 4]);
    }

    fn push(&mut self, anchor: Mercator, at: Mercator, second: [f32; 2], a: [u8; 4], b: [u8; 4]) {
        for v in [(at.x - anchor.x) as f32, (at.y - anchor.y) as f32, second[0], second[1]] {
            self.bytes.extend_from_slice(&v.to_le_bytes());
        }
        self.bytes.extend_from_slice(&a);
        self.bytes.extend_from_slice(&b);
    }
}

/// Px in the halves that a byte holds.
fn half_px(px: f32) -> u8 {
    (px * 2.0).clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_its_text() {
        assert_eq!(Glyph::default().text(), "");
        assert_eq!(Glyph::metal(Metal::Al).text(), "Al");
        assert_eq!(Glyph::metal(Metal::Precious).text(), "PM");
        assert_eq!(Glyph::number(2).text(), "2");
        assert_eq!(Glyph::number(99).text(), "99");
        assert_eq!(Glyph::number(5000).text(), "99+");
        assert_eq!(Glyph::number(5000).0, Glyph::COUNT - 1);
    }

    #[test]
    fn an_instance_has_its_size() {
        let mut batch = Batch::default();
        batch.line(Mercator::default(), Mercator { x: 0.5, y: 0.25 }, Mercator::default(), Look::GhostLine);
        assert_eq!((batch.bytes.len(), batch.count()), (STRIDE, 1));
        assert_eq!(batch.bytes[..4], 0.5f32.to_le_bytes());
        assert_eq!(batch.bytes[16..20], [Form::Line as u8, 0, Look::GhostLine as u8, 0]);
    }
}
