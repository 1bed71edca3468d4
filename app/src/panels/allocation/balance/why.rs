//! Where a figure of the panel comes from: its formula, the parameters and the data.

use crate::{
    app::Shared,
    i18n::Lang,
    panels::{inputs::inputs, use_shared, why::use_why_button},
    state::BalanceFigure,
};
use atlas_core::model::Parameter;
use yew::prelude::*;

/// The button that opens an explanation, and the explanation where it is open.
#[hook]
pub fn use_why(of: BalanceFigure, name: &str) -> (Html, Html) {
    let shared = use_shared();
    let (button, open) = use_why_button(name);
    (button, if open { explanation(&shared, of) } else { Html::default() })
}

/// The formula of a part of the balance, with its data and parameters.
pub fn explanation(shared: &Shared, of: BalanceFigure) -> Html {
    let parameters = shared.state.parameters();
    let keys = of.parameters(&parameters);
    let rows: Vec<&Parameter> = keys.iter().filter_map(|k| parameters.get(k)).collect();
    let colon = if shared.state.lang == Lang::Zh { "：" } else { ": " };
    html! {
        <div class="because">
            <p>{ shared.t(of.formula()) }</p>
            <p class="fine"><b>{ shared.t("why-data") }</b>{ colon }{ shared.t("data-allocation") }</p>
            if !rows.is_empty() { { inputs(shared, &rows) } }
        </div>
    }
}
