//! All prices as a file for a spreadsheet.

use super::PricesProps;
use crate::{
    panels::use_shared,
    platform,
    state::prices_csv,
    ui::{Icon, icon},
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Export(props: &PricesProps) -> Html {
    let shared = use_shared();
    let save = {
        let (shared, answer) = (shared.clone(), Rc::clone(&props.answer));
        Callback::from(move |_: MouseEvent| {
            platform::save_text("prices.csv", "text/csv", &prices_csv(&shared.state, &answer))
        })
    };
    html! {
        <section class="figure" id="prices-export">
            <h3>{ shared.t("export-title") }</h3>
            <div class="row wide"><button class="btn" id="export-prices" onclick={save}>{ icon(Icon::Save) }{ shared.t("export-prices") }</button></div>
        </section>
    }
}
