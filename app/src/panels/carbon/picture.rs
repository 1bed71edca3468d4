//! Squares of true area: what is avoided, and what is given off beside it.

use crate::{
    compute::protocol::Insight,
    i18n::{co2_words, significant, tr},
    panels::use_shared,
    state::{PICTURE, carbon_picture, carbon_sentences, spoken},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub insight: Rc<Insight>,
}

#[component]
pub fn Picture(props: &Props) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let of = &props.insight.footprint;
    let drawn = carbon_picture(lang, &of.total, &of.elements, &shared.t("carbon-rest"));
    let Some(picture) = drawn else { return html! { <p class="hint">{ shared.t("carbon-nothing") }</p> } };
    let label: Vec<String> = carbon_sentences(lang, of).iter().map(|s| spoken(s)).collect();
    let px = |v: f64| format!("{v:.2}");
    let square = |s: &crate::state::CarbonSquare| {
        html! {
            <>
                <text x={px(s.x)} y={px(s.y - 18.0)}>{ shared.t(&format!("carbon-square-{}", s.key)) }</text>
                <text class="value" x={px(s.x)} y={px(s.y - 5.0)}>{ co2_words(lang, s.kg) }</text>
                <rect class={s.key} x={px(s.x)} y={px(s.y)} width={px(s.side)} height={px(s.side)} />
            </>
        }
    };
    let loupe = picture.loupe.as_ref().map(|l| {
        let small = picture.squares.iter().find(|s| s.key == "transport");
        let lines = small.map_or_else(String::new, |s| {
            let (right, bottom) = (l.x + l.side, s.y + s.side);
            format!("M{:.2} {bottom:.2}L{:.2} {:.2}M{:.2} {bottom:.2}L{right:.2} {:.2}", s.x, l.x, l.y, s.x + s.side, l.y)
        });
        let strip = |s: &crate::state::CarbonStrip| {
            html! {
                <>
                    <rect class="transport" x={px(l.x)} y={px(s.y)} width={px(l.side)} height={px(s.height)} />
                    <text text-anchor="end" x={px(l.x - 6.0)} y={px(s.y + s.height / 2.0 + 3.5)}>{ format!("{} {}", s.words, co2_words(lang, s.kg)) }</text>
                </>
            }
        };
        html! {
            <>
                <path class="loupe" d={lines} />
                <text class="value" text-anchor="end" x={px(l.x - 12.0)} y={px(l.y - 8.0)}>{ tr(lang, "carbon-loupe", &[("n", &significant(l.times))]) }</text>
                { for l.strips.iter().map(strip) }
            </>
        }
    });
    html! {
        <section class="compare-table" id="carbon-picture">
            <h3>{ shared.t("carbon-picture") }</h3>
            <svg class="carbon-squares" viewBox={format!("0 0 {} {}", PICTURE.width, PICTURE.height)} role="img" aria-label={label.join(" ")}>
                { for picture.squares.iter().map(square) }{ loupe }
            </svg>
            if of.total.sorting_kg == 0.0 { <p class="fine">{ shared.t("carbon-without-sorting") }</p> }
        </section>
    }
}
