//! Everything that can be taken out, in one place: tables, the map as a picture, the report, the scenario.

mod picture;
mod tables;
mod workbook;

pub use picture::{Picture, PictureMaker, PictureTrouble};

use super::{plan::save_file, use_shared};
use crate::{
    app::Dialog,
    chart, platform,
    state::file_name,
    ui::{Icon, icon},
};
use tables::Tables;
use web_sys::Element;
use yew::prelude::*;

/// How far the picture is.
#[derive(Clone, Copy, PartialEq)]
enum Making {
    Idle,
    Busy,
    Done(u32, u32),
    Failed(PictureTrouble),
}

#[component]
pub fn ExportDialog() -> Html {
    let shared = use_shared();
    let dialog = use_node_ref();
    let making = use_state(|| Making::Idle);
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<Element>() {
                chart::open_dialog(&dialog);
            }
        });
    }
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<Element>() {
                chart::close_dialog(&dialog);
            }
        })
    };
    // The browser closes it on Escape, and says so either way.
    let closed = {
        let overlay = shared.dialog.clone();
        Callback::from(move |_: Event| {
            if *overlay == Some(Dialog::Export) {
                overlay.set(None);
            }
        })
    };
    let begin = {
        let making = making.clone();
        Callback::from(move |_: MouseEvent| making.set(Making::Busy))
    };
    let made = {
        let (shared, making) = (shared.clone(), making.clone());
        Callback::from(move |picture: Result<Picture, PictureTrouble>| {
            making.set(match picture {
                Ok(picture) => {
                    platform::save_blob(&file_name(&shared.state, "map", "png"), &picture.blob);
                    Making::Done(picture.width, picture.height)
                }
                Err(why) => Making::Failed(why),
            });
        })
    };
    let report = {
        let overlay = shared.dialog.clone();
        Callback::from(move |_: MouseEvent| overlay.set(Some(Dialog::Report)))
    };
    let scenario = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| save_file(&shared))
    };
    let busy = *making == Making::Busy;
    html! {
        <dialog class="sheet export" id="export" ref={dialog} aria-labelledby="export-title" onclose={closed}>
            <header>
                <h2 id="export-title">{ shared.t("export-all-title") }</h2>
                <button class="shut" onclick={close} aria-label={shared.t("export-close")}>{ icon(Icon::Close) }</button>
            </header>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="export-title">
                <section>
                    <h3>{ shared.t("export-look") }</h3>
                    <div class="export-ways">
                        <button class="btn" id="export-picture" onclick={begin} disabled={busy}>{ icon(Icon::Save) }{ shared.t("export-picture") }</button>
                        <p class="fine">{ shared.t("export-picture-hint") }</p>
                        <button class="btn" id="export-report" onclick={report}>{ icon(Icon::File) }{ shared.t("export-report") }</button>
                        <p class="fine">{ shared.t("export-report-hint") }</p>
                        <button class="btn" id="export-scenario" onclick={scenario}>{ icon(Icon::Save) }{ shared.t("export-scenario") }</button>
                        <p class="fine">{ shared.t("export-scenario-hint") }</p>
                    </div>
                    <p role="status" id="export-said" class={classes!("fine", (*making == Making::Idle).then_some("empty"))}>{ match *making {
                        Making::Busy => shared.t("picture-busy"),
                        Making::Done(w, h) => crate::i18n::tr(shared.state.lang, "picture-done", &[("w", &w.to_string()), ("h", &h.to_string())]),
                        _ => String::new(),
                    } }</p>
                    if let Making::Failed(why) = *making { <p class="strip" role="alert">{ shared.t(why.key()) }</p> }
                    if busy { <PictureMaker {made} /> }
                </section>
                <Tables />
                <p class="fine">{ shared.t("export-terms") }</p>
            </div>
        </dialog>
    }
}
