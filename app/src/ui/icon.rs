//! Line icons on a 16-unit grid, drawn in the current colour.

use yew::prelude::*;

/// An icon, by what it shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Arrow,
    Check,
    Close,
    Collapse,
    Copy,
    Down,
    File,
    Home,
    Hub,
    Layers,
    Minus,
    Play,
    Move,
    Plus,
    Point,
    Pointer,
    Redo,
    Save,
    Search,
    Share,
    Shelf,
    Sites,
    Size,
    Stop,
    Swap,
    Table,
    Theme,
    Undo,
    Up,
    Way,
}

/// Draws an icon; it says nothing to a screen reader, the control's name does.
pub fn icon(which: Icon) -> Html {
    let path = match which {
        Icon::Arrow => "M6 3.500 10.500 8 6 12.500",
        Icon::Check => "M3 8.500 6.500 12 13 4",
        Icon::Close => "M3.500 3.500l9 9M12.500 3.500l-9 9",
        Icon::Collapse => "M10 3.500 5.500 8l4.500 4.500",
        Icon::Copy => "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
        Icon::Down => "M3.500 6 8 10.500 12.500 6",
        Icon::File => "M2.500 12.500v-9h4l1.500 2h5.500v7z",
        Icon::Home => "M2 8l6-5.500L14 8M4 6.500v7h8v-7",
        Icon::Hub => "M3 3h10v10H3zM6 6h4v4H6z",
        Icon::Layers => "M8 2 2 5.500 8 9l6-3.500zM2 8.500 8 12l6-3.500M2 11.500 8 15l6-3.500",
        Icon::Minus => "M3 8h10",
        Icon::Move => "M8 1.500v13M1.500 8h13M6 3.500l2-2 2 2M6 12.500l2 2 2-2M3.500 6l-2 2 2 2M12.500 6l2 2-2 2",
        Icon::Play => "M4.500 2.500 13 8l-8.500 5.500z",
        Icon::Plus => "M8 3v10M3 8h10",
        Icon::Point => "M8 1v3M8 12v3M1 8h3M12 8h3M8 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8",
        Icon::Pointer => "M4 2l8.500 6.500-4 .700L6.700 13z",
        Icon::Redo => "M11 2.500 14 5.500l-3 3M14 5.500H6.500a4 4 0 0 0 0 8H9",
        Icon::Save => "M8 2v8M4.500 7 8 10.500 11.500 7M2.500 13.500h11",
        Icon::Search => "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9M10.500 10.500 14 14",
        Icon::Share => {
            "M12 5.500a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600M4 9.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600M12 14.100a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600M5.600 7.200l4.800-2.600M5.600 8.800l4.800 2.600"
        }
        Icon::Shelf => "M2.500 2.500h3v11h-3zM5.500 2.500h3v11h-3zM9.300 3.200l2.800-.700 2.600 10.300-2.800.700z",
        Icon::Sites => {
            "M5.500 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M11.500 13.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4M12.500 2.500v4M10.500 4.500h4M3 13.500 13.500 13.500"
        }
        Icon::Stop => "M4 4h8v8H4z",
        Icon::Size => "M2.500 13.500h11M4 13.500V9.500M8 13.500V6M12 13.500V2.500",
        Icon::Swap => "M5 2v11M2.500 10.500 5 13l2.500-2.500M11 14V3M8.500 5.500 11 3l2.500 2.500",
        Icon::Table => "M2 3h12v10H2zM2 6.500h12M2 9.700h12M6.500 3v10",
        Icon::Theme => {
            "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.500 1.500M11.500 11.500 13 13M13 3l-1.500 1.500M4.500 11.500 3 13"
        }
        Icon::Undo => "M5 2.500 2 5.500l3 3M2 5.500h7.500a4 4 0 0 1 0 8H7",
        Icon::Up => "M3.500 10 8 5.500 12.500 10",
        Icon::Way => {
            "M3 13.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3M13 5.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3M4.500 12h5a2 2 0 0 0 0-4h-3a2 2 0 0 1 0-4h5"
        }
    };
    html! {
        <svg class="ic" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}
