//! What every part of the tab has: a head with its why, a switch between chart and table, and its file.

use crate::{
    panels::{use_shared, why::use_why_button},
    platform,
    state::{SureTable, sure_csv},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// Its key: of the id and of the words.
    pub part: &'static str,
    /// What the why says.
    pub why: String,
    /// The file.
    pub csv: SureTable,
    /// The plan that the file is about, where it is about one.
    #[prop_or_default]
    pub plan: usize,
    /// What is shown at first.
    pub chart: Html,
    /// The same as a table; where there is none, the part is a table already.
    #[prop_or_default]
    pub table: Option<Html>,
    /// What stands below, whichever way it is shown.
    #[prop_or_default]
    pub notes: Html,
}

#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let part = props.part;
    let name = shared.t(&format!("sure-{part}-title"));
    let (why, open) = use_why_button(&name);
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let save = {
        let (shared, csv, plan) = (shared.clone(), props.csv, props.plan);
        Callback::from(move |_: MouseEvent| {
            if let Some((name, text)) = sure_csv(&shared.state, csv, plan) {
                platform::save_text(&name, "text/csv", &text);
            }
        })
    };
    html! {
        <section class="figure-box sure-part" id={format!("sure-{part}")}>
            <div class="row">
                <h3>{ &name }</h3>{ why }
                if props.table.is_some() {
                    <button class="link" id={format!("sure-{part}-as-table")} aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "sure-as-chart" } else { "sure-as-table" }) }</button>
                }
                <button class="link" id={format!("sure-{part}-csv")} onclick={save} aria-label={format!("{name}: {}", shared.t("sure-csv"))}>{ shared.t("sure-csv") }</button>
            </div>
            if open { <p class="fine sure-why">{ &props.why }</p> }
            { match &props.table {
                Some(table) if *as_table => table.clone(),
                _ => props.chart.clone(),
            } }
            { props.notes.clone() }
        </section>
    }
}

/// A table that scrolls by itself.
pub fn scroll(part: &str, label: String, head: Html, body: Html) -> Html {
    html! {
        <div class="scroll short" tabindex="0" role="region" aria-label={label}>
            <table class="plain" id={format!("sure-{part}-table")}><thead><tr>{ head }</tr></thead><tbody>{ body }</tbody></table>
        </div>
    }
}

/// A heading of a column of numbers, or of words.
pub fn head(words: String, numbers: bool) -> Html {
    html! { <th scope="col" class={numbers.then_some("num")}>{ words }</th> }
}
