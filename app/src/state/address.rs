//! What the page's address asks for, and the addresses that are shared.

use super::Theme;
use crate::i18n::Lang;
use atlas_core::format::link::LINK_PREFIX;
use qrcode::{Color, EcLevel, QrCode};

/// What follows the question mark of the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Shown in a frame of another page.
    pub embed: bool,
    /// The language.
    pub lang: Option<Lang>,
    /// The theme.
    pub theme: Option<Theme>,
}

impl Asked {
    /// Reads `?embed=1&lang=en&theme=dark`; what it does not know it leaves out.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let value = |key: &str| {
            query
                .trim_start_matches('?')
                .split('&')
                .find_map(|pair| pair.split_once('=').filter(|p| p.0 == key))
                .map(|p| p.1)
        };
        let themes = [Theme::Light, Theme::Dark, Theme::Projector];
        Self {
            embed: value("embed") == Some("1"),
            lang: value("lang").map(Lang::from_tag),
            theme: value("theme").and_then(|v| themes.into_iter().find(|t| t.key() == v)),
        }
    }
}

/// The longest link that has a QR code: a larger one no telephone reads from a screen.
pub const QR_MOST: usize = 1_200;
/// The longest link that is offered: what is longer messengers and mail cut.
pub const LINK_MOST: usize = 32_000;

/// The code in a fragment, where it is one of a shared link.
#[must_use]
pub fn code_of(fragment: &str) -> Option<&str> {
    fragment.strip_prefix(LINK_PREFIX)
}

/// A shared link; `page` is the app's address without query and fragment.
#[must_use]
pub fn link_to(page: &str, code: &str) -> String {
    format!("{page}{LINK_PREFIX}{code}")
}

/// What another page puts in to show the scenario in a frame.
#[must_use]
pub fn embed_code(page: &str, code: &str, lang: Lang, theme: Theme, title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    let (lang, theme) = (lang.tag(), theme.key());
    format!(
        "<iframe src=\"{page}?embed=1&amp;lang={lang}&amp;theme={theme}{LINK_PREFIX}{code}\" title=\"{title}\" width=\"960\" height=\"540\" loading=\"lazy\" style=\"border:0;max-width:100%\"></iframe>"
    )
}

/// A QR code as the path of an SVG: its width in modules, with the quiet zone, and the dark ones. `None` where the link is too long.
#[must_use]
pub fn qr_path(link: &str) -> Option<(usize, String)> {
    /// Modules of quiet zone that the standard asks for.
    const QUIET: usize = 4;
    if link.len() > QR_MOST {
        return None;
    }
    let code = QrCode::with_error_correction_level(link, EcLevel::L).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        // Neighbours in a row are drawn as one.
        for run in modules.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + QUIET, row + QUIET, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    Some((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_asks_for() {
        let asked = Asked::read("?embed=1&lang=en-GB&theme=dark&x=y&z");
        assert_eq!(asked, Asked { embed: true, lang: Some(Lang::En), theme: Some(Theme::Dark) });
        assert_eq!(Asked::read("?embed=0&theme=pink"), Asked::default());
        assert_eq!(Asked::read(""), Asked::default());
        assert_eq!(code_of("#s=AbC"), Some("AbC"));
        assert_eq!((code_of("#x"), code_of("")), (None, None));
    }

    #[test]
    fn a_title_cannot_break_out_of_the_frame() {
        let code = embed_code("https://x.org/a/", "AbC", Lang::En, Theme::Light, "\"><script>");
        assert!(code.contains("title=\"&quot;&gt;&lt;script&gt;\""), "{code}");
        assert!(code.contains("https://x.org/a/?embed=1&amp;lang=en&amp;theme=light#s=AbC"), "{code}");
    }

    /// What is drawn is read by a decoder that is not ours.
    #[test]
    fn a_qr_code_can_be_read() {
        for length in [20, 400, QR_MOST - 40] {
            let link = link_to("https://atlas.example/x/", &"Ab1_-".repeat(length / 5));
            let (width, path) = qr_path(&link).expect("short enough");
            let mut dark = vec![false; width * width];
            for run in path.split('M').skip(1) {
                let numbers: Vec<usize> = run
                    .split(|c: char| !c.is_ascii_digit())
                    .filter(|n| !n.is_empty())
                    .map(|n| n.parse().unwrap())
                    .collect();
                dark[numbers[1] * width + numbers[0]..][..numbers[2]].fill(true);
            }
            // Without the quiet zone, which a camera needs to find it.
            let grid = rqrr::SimpleGrid::from_func(width - 8, |x, y| dark[(y + 4) * width + x + 4]);
            let read = rqrr::Grid::new(grid).decode().expect("it is read").1;
            assert_eq!(read, link);
        }
        assert_eq!(qr_path(&"x".repeat(QR_MOST + 1)), None);
    }
}
