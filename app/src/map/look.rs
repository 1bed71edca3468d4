//! How symbols look: bands from the outer edge inwards, each in an ink. The shader draws what these tables say.

use super::tokens::Token;
use atlas_core::model::{Certainty, Cluster, FacilityKind, Metal};

/// A colour of the symbol layer: a row of the shader's palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ink {
    /// What the user did or is about to do.
    Accent,
    /// Land colour round things.
    Halo,
    /// The line round metal hues.
    Outline,
    /// The inside of hollow symbols.
    Hollow,
    /// Quiet lines and crosses.
    Muted,
    /// The keyboard's focus.
    Focus,
    /// Yangtze Delta.
    Yrd,
    /// Pearl River Delta.
    Prd,
    /// Bohai Rim.
    Bohai,
    /// Aluminium.
    Al,
    /// Copper.
    Cu,
    /// Lead.
    Pb,
    /// Zinc.
    Zn,
    /// Lithium, cobalt, nickel.
    Li,
    /// Tin.
    Sn,
    /// Precious metals.
    Pm,
    /// Stands for the hue of the single symbol.
    Hue,
}

impl Ink {
    /// The palette in the order of the numbers, without [`Ink::Hue`].
    pub const PALETTE: [(Self, Token); 16] = [
        (Self::Accent, Token::Accent),
        (Self::Halo, Token::MapHalo),
        (Self::Outline, Token::SymbolOutline),
        (Self::Hollow, Token::SymbolHollow),
        (Self::Muted, Token::MapText2),
        (Self::Focus, Token::Focus),
        (Self::Yrd, Token::ClusterYrd),
        (Self::Prd, Token::ClusterPrd),
        (Self::Bohai, Token::ClusterBohai),
        (Self::Al, Token::MetalAl),
        (Self::Cu, Token::MetalCu),
        (Self::Pb, Token::MetalPb),
        (Self::Zn, Token::MetalZn),
        (Self::Li, Token::MetalLi),
        (Self::Sn, Token::MetalSn),
        (Self::Pm, Token::MetalPm),
    ];

    /// The hue of a cluster.
    #[must_use]
    pub const fn of_cluster(cluster: Cluster) -> Self {
        match cluster {
            Cluster::Yrd => Self::Yrd,
            Cluster::Prd => Self::Prd,
            Cluster::Bohai => Self::Bohai,
        }
    }

    /// The hue of a metal.
    #[must_use]
    pub const fn of_metal(metal: Metal) -> Self {
        match metal {
            Metal::Al => Self::Al,
            Metal::Cu => Self::Cu,
            Metal::Pb => Self::Pb,
            Metal::Zn => Self::Zn,
            Metal::Li | Metal::Co | Metal::Ni => Self::Li,
            Metal::Sn => Self::Sn,
            Metal::Precious => Self::Pm,
        }
    }
}

/// What is drawn over a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Sign {
    /// Nothing.
    None,
    /// The ring is dashed, in whole dashes.
    Dashes,
    /// A plus in the ink of the outline.
    Plus,
    /// A cross in the ink of the ring.
    Cross,
}

/// A kind of look; the row of [`LOOKS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Look {
    /// Smallest modelled collection point: a dash would not be seen.
    PointThin,
    /// Modelled collection point.
    PointDashed,
    /// Large modelled collection point.
    PointDashedLarge,
    /// Estimated collection point.
    PointHollow,
    /// Known collection point or hub.
    Solid,
    /// Estimated hub.
    Hollow,
    /// Modelled hub.
    Dashed,
    /// Known smelter.
    SmelterSolid,
    /// Estimated smelter.
    SmelterHollow,
    /// Estimated smelter with the symbol of its metal inside.
    SmelterWritten,
    /// Modelled smelter.
    SmelterDashed,
    /// Added by the user.
    Added,
    /// Closed by the user.
    Closed,
    /// Ring of the selected symbol.
    Selected,
    /// Ring of the keyboard's focus.
    Focused,
    /// Line round the symbol under the pointer.
    Hovered,
    /// The old place of what was moved.
    Ghost,
    /// From the old place to the new.
    GhostLine,
    /// From a place to a symbol on the ring round it.
    Tie,
    /// Port: the strokes of an anchor.
    Anchor,
    /// Port that is known: heavier strokes.
    AnchorSolid,
    /// Rail hub.
    RailHub,
    /// Scrap of a prefecture, modelled.
    Scrap,
}

/// The numbers of a look. Widths in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LookRow {
    /// Which look this is.
    pub look: Look,
    /// Widths of outline, ring and inner outline; the rest is fill.
    pub widths: [f32; 3],
    /// Inks of outline, ring, inner outline and fill. A band of no width has its neighbour's ink.
    pub inks: [Ink; 4],
    /// What is drawn over it.
    pub sign: Sign,
    /// Length of a dash and of the gap after it.
    pub dash: [f32; 2],
    /// Opacity of the fill.
    pub fill: f32,
    /// Opacity of the whole.
    pub whole: f32,
    /// Px by which it is wider than the zoom table says: room for its outlines.
    pub wider: f32,
}

const fn row(look: Look, widths: [f32; 3], inks: [Ink; 4]) -> LookRow {
    LookRow { look, widths, inks, sign: Sign::None, dash: [1.0, 0.0], fill: 1.0, whole: 1.0, wider: 0.0 }
}

const fn ring(look: Look, width: f32, ink: Ink, fill: f32) -> LookRow {
    LookRow { fill, ..row(look, [0.0, width, 0.0], [ink, ink, ink, Ink::Hollow]) }
}

const fn dashed(look: Look, width: f32, ink: Ink, dash: [f32; 2], fill: f32) -> LookRow {
    LookRow { sign: Sign::Dashes, dash, ..ring(look, width, ink, fill) }
}

const fn haloed(mut row: LookRow, wider: f32) -> LookRow {
    row.widths[0] = 0.6;
    row.inks[0] = Ink::Halo;
    row.wider = wider;
    row
}

/// All looks, in the order of the numbers of [`Look`].
pub const LOOKS: [LookRow; 23] = [
    // The halo tells points from the bands of a catchment in hand; on land it is not seen.
    LookRow { whole: 0.7, ..haloed(ring(Look::PointThin, 1.1, Ink::Hue, 0.0), 1.2) },
    haloed(dashed(Look::PointDashed, 1.2, Ink::Hue, [3.0, 1.6], 0.72), 2.4),
    haloed(dashed(Look::PointDashedLarge, 1.35, Ink::Hue, [3.4, 1.9], 0.72), 2.6),
    ring(Look::PointHollow, 1.75, Ink::Hue, 1.0),
    row(Look::Solid, [0.6, 0.0, 0.0], [Ink::Halo, Ink::Halo, Ink::Halo, Ink::Hue]),
    ring(Look::Hollow, 2.0, Ink::Hue, 1.0),
    dashed(Look::Dashed, 1.75, Ink::Hue, [2.6, 1.7], 1.0),
    LookRow {
        wider: 0.6,
        ..row(Look::SmelterSolid, [1.25, 0.0, 0.0], [Ink::Outline, Ink::Outline, Ink::Outline, Ink::Hue])
    },
    LookRow {
        wider: 2.5,
        ..row(Look::SmelterHollow, [1.0, 2.3, 1.0], [Ink::Outline, Ink::Hue, Ink::Outline, Ink::Hollow])
    },
    LookRow {
        wider: 2.5,
        ..row(Look::SmelterWritten, [0.9, 1.7, 0.6], [Ink::Outline, Ink::Hue, Ink::Outline, Ink::Hollow])
    },
    dashed(Look::SmelterDashed, 1.5, Ink::Outline, [2.6, 1.7], 1.0),
    LookRow { sign: Sign::Plus, ..row(Look::Added, [0.8, 0.0, 0.0], [Ink::Halo, Ink::Halo, Ink::Halo, Ink::Accent]) },
    LookRow { sign: Sign::Cross, ..ring(Look::Closed, 1.25, Ink::Muted, 0.72) },
    LookRow { fill: 0.0, ..row(Look::Selected, [1.4, 2.2, 1.4], [Ink::Halo, Ink::Accent, Ink::Halo, Ink::Halo]) },
    LookRow { fill: 0.0, ..row(Look::Focused, [1.0, 2.0, 1.0], [Ink::Halo, Ink::Focus, Ink::Halo, Ink::Halo]) },
    ring(Look::Hovered, 1.0, Ink::Outline, 0.0),
    dashed(Look::Ghost, 1.3, Ink::Accent, [2.5, 2.0], 0.0),
    ring(Look::GhostLine, 1.0, Ink::Accent, 0.0),
    ring(Look::Tie, 0.7, Ink::Muted, 0.0),
    // What remains within the halo is the stroke: the shader adds the half of it that the second width says.
    LookRow { wider: 2.0, ..row(Look::Anchor, [1.2, 0.0, 0.0], [Ink::Halo, Ink::Halo, Ink::Halo, Ink::Hue]) },
    LookRow { wider: 2.0, ..row(Look::AnchorSolid, [1.0, 0.0, 0.0], [Ink::Halo, Ink::Halo, Ink::Halo, Ink::Hue]) },
    LookRow { wider: 1.6, ..row(Look::RailHub, [0.8, 1.3, 0.0], [Ink::Halo, Ink::Hue, Ink::Hue, Ink::Hollow]) },
    LookRow {
        inks: [Ink::Outline, Ink::Outline, Ink::Outline, Ink::Hue],
        ..dashed(Look::Scrap, 1.0, Ink::Outline, [3.4, 1.9], 0.26)
    },
];

/// The look of a facility of the baseline. `class` is the size class of a collection point.
#[must_use]
pub const fn of_baseline(kind: FacilityKind, certainty: Certainty, class: usize) -> Look {
    match (kind, certainty) {
        (FacilityKind::Port, Certainty::Known) => Look::AnchorSolid,
        (FacilityKind::Port, Certainty::Estimated | Certainty::Modelled) => Look::Anchor,
        (FacilityKind::RailHub, Certainty::Estimated) => Look::RailHub,
        (FacilityKind::CollectionPoint | FacilityKind::Hub | FacilityKind::RailHub, Certainty::Known) => Look::Solid,
        (FacilityKind::CollectionPoint, Certainty::Estimated) => Look::PointHollow,
        (FacilityKind::CollectionPoint, Certainty::Modelled) => match class {
            0 => Look::PointThin,
            1 => Look::PointDashed,
            _ => Look::PointDashedLarge,
        },
        (FacilityKind::Hub, Certainty::Estimated) => Look::Hollow,
        (FacilityKind::Hub | FacilityKind::RailHub, Certainty::Modelled) => Look::Dashed,
        (FacilityKind::Smelter, Certainty::Known) => Look::SmelterSolid,
        (FacilityKind::Smelter, Certainty::Estimated) => Look::SmelterHollow,
        (FacilityKind::Smelter, Certainty::Modelled) => Look::SmelterDashed,
    }
}

/// True where the inside of a smelter's symbol has the hue of its metal: what is written on it must suit.
#[must_use]
pub const fn hue_inside(look: Look) -> bool {
    matches!(look, Look::SmelterSolid | Look::Solid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rows() {
        assert!(LOOKS.iter().enumerate().all(|(i, row)| row.look as usize == i));
        assert!(Ink::PALETTE.iter().enumerate().all(|(i, (ink, _))| *ink as usize == i));
        assert_eq!(Ink::Hue as usize, Ink::PALETTE.len());
    }

    #[test]
    fn a_metal_hue_is_never_without_an_outline() {
        for certainty in [Certainty::Known, Certainty::Estimated, Certainty::Modelled] {
            let row = LOOKS[of_baseline(FacilityKind::Smelter, certainty, 0) as usize];
            assert_eq!(row.inks[0], Ink::Outline);
        }
    }

    #[test]
    fn certainty_is_told_by_form() {
        for kind in [FacilityKind::CollectionPoint, FacilityKind::Hub, FacilityKind::Smelter] {
            let [k, e, m] =
                [Certainty::Known, Certainty::Estimated, Certainty::Modelled].map(|c| of_baseline(kind, c, 2));
            assert!(k != e && e != m && k != m);
            assert_eq!(LOOKS[m as usize].sign, Sign::Dashes);
        }
    }
}
