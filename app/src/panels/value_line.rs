//! What is under the pointer in one line: a symbol's name and number, or the demand cell. The same words are told to those
//! who do not use a pointer.

use super::flows::point_parts;
use crate::{
    app::Shared,
    i18n::{Quantity, amount_words, significant, tr, way_words},
    state::{CellTold, ScrapWhat, cell_at, place_of, point_told, scrap_rows, tonnes_of},
};
use atlas_core::{catchment::Demand, geo::LonLat};
use yew::prelude::*;

/// A symbol under the pointer, by row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hovered {
    Facility(u32),
    Prefecture(u32),
}

/// Name and number of what is under the pointer.
pub fn value_line(shared: &Shared, what: Hovered, x: f64, y: f64) -> Html {
    let state = &shared.state;
    let amount = |t: f64, q: Quantity| format!("{} {}", significant(q.scaled(t, state.lang)), q.unit(state.lang));
    let (name, number) = match what {
        Hovered::Facility(row) => {
            let Some(found) = state.document.plan().facilities().get(row as usize).filter(|_| state.drag.is_none())
            else {
                return Html::default();
            };
            let f = &found.facility;
            // A port's number is that of all its goods.
            let cargo = f.capacity.filter(|_| f.kind.is_terminal());
            let number = match cargo {
                Some(c) => format!(" · {} {}", shared.t("card-cargo"), amount(c.tonnes, Quantity::CargoPerYear)),
                None => state
                    .handled(&f.id)
                    .map_or_else(String::new, |h| format!(" · {}", amount(h.gross_t.total(), Quantity::TonnesPerYear))),
            };
            // Where prices or takers are on the map, a point's own lie below its symbol.
            let told = place_of(state, &f.id).and_then(|row| point_told(state, row));
            let told = told.map_or_else(String::new, |told| format!(" · {}", point_parts(shared, &told)));
            (&f.name, format!("{number}{told}"))
        }
        Hovered::Prefecture(row) => {
            let rows = scrap_rows(state, ScrapWhat::Generated);
            let (Some(home), Some(found)) = (state.baseline.prefectures.get(row as usize), rows.get(row as usize))
            else {
                return Html::default();
            };
            let tonnes = amount(tonnes_of(&found.tonnes, state.layers.scrap_of), Quantity::TonnesPerYear);
            let number = format!(" · {tonnes} ({})", shared.t("basis-modelled"));
            (&home.name, number)
        }
    };
    html! { <span class="value-line" style={format!("left:{x:.0}px;top:{y:.0}px")}><b>{ state.lang.name(name) }</b>{ number }</span> }
}

/// The demand cell under the pointer; nothing where nobody lives.
pub fn cell_line(shared: &Shared, at: LonLat, x: f64, y: f64) -> Html {
    let Some(cell) = cell_at(&shared.state, at) else { return Html::default() };
    let (name, rest) = parts(shared, &cell);
    html! { <span id="cell-line" class="value-line" style={format!("left:{x:.0}px;top:{y:.0}px")}><b>{ name }</b>{ " · " }{ rest }</span> }
}

/// The demand cell of a place in words, with the place.
pub fn cell_words(shared: &Shared, at: LonLat, cell: Option<CellTold>) -> String {
    let lang = shared.state.lang;
    let words = match cell {
        Some(cell) => {
            let (name, rest) = parts(shared, &cell);
            tr(lang, "cell-told", &[("name", &name), ("rest", &rest)])
        }
        None if shared.state.survey.is_none() => shared.t("cell-not-yet"),
        None => shared.t("cell-nobody"),
    };
    let place = format!("{:.2}°E {:.2}°N", at.lon, at.lat);
    tr(lang, "cell-told-at", &[("place", &place), ("words", &words)])
}

/// Whose it is, and how far and how many.
fn parts(shared: &Shared, cell: &CellTold) -> (String, String) {
    let state = &shared.state;
    let people = amount_words(state.lang, Demand::People, f64::from(cell.people));
    match &cell.owner {
        Some((id, way)) => {
            let found = state.document.plan().get(id);
            let name = found.map_or_else(|| id.clone(), |p| state.lang.name(&p.facility.name).to_owned());
            let way = way_words(state.lang, cell.measure, *way);
            let key = if cell.measure.is_modelled() { "cell-way-modelled" } else { "cell-way" };
            (name, tr(state.lang, key, &[("way", &way), ("people", &people)]))
        }
        None => (shared.t("cell-unreachable"), tr(state.lang, "cell-people", &[("people", &people)])),
    }
}
