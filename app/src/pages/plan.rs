//! The map page: what I change on the left, the map, what it does on the right; on a phone one sheet with three tabs.

use crate::{
    app::{Dialog, Shared},
    compute::protocol::Stage,
    i18n::{t, tr},
    map::{Map, view::Camera},
    panels::{
        BalancePanel, CoveragePanel, ErrorStrip, FacilityCard, FiguresPanel, KeptStrip, MapView, NormsPanel,
        NoticeStrip, PlanPanel, PrefectureCard, PricesPanel, ReportHold, SitingPanel, SitingResults, TableTwin, Tour,
        use_report, use_shared,
    },
    platform,
    state::{Phase, ResultsTab, ViewAction, percent},
    ui::{Icon, Tabs, icon},
};
use yew::prelude::*;

/// The tabs of the phone's sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Plan,
    Selected,
    Results,
}

/// The stops of the phone's sheet, from low to high.
const STOPS: [&str; 3] = ["low", "middle", "high"];

#[component]
pub fn PlanPage() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let (left, right) = (use_state(|| true), use_state(|| true));
    let table = use_state(|| false);
    let tab = use_state(|| Tab::Plan);
    let stop = use_state(|| 1usize);
    let camera = use_state(|| None::<Camera>);
    let report = use_report(&shared);
    let on_camera = {
        let camera = camera.clone();
        use_callback((), move |c: Camera, ()| camera.set(Some(c)))
    };
    {
        // On a phone the sheet shows what was just selected.
        let tab = tab.clone();
        use_effect_with((state.selected.clone(), state.prefecture), move |(selected, prefecture)| {
            tab.set(if selected.is_some() || prefecture.is_some() { Tab::Selected } else { Tab::Plan });
        });
    }
    {
        let map = shared.map.clone();
        use_effect_with((*left, *right, *table, state.siting.open), move |_| {
            map.with(Map::resize);
        });
    }
    // Another scenario is read from its beginning.
    use_effect_with(state.library.open.clone(), |_| platform::to_top(".drawer.left"));
    let toggle = |s: &UseStateHandle<bool>| {
        let s = s.clone();
        Callback::from(move |_: MouseEvent| s.set(!*s))
    };
    let fold = |open: &UseStateHandle<bool>, side: &'static str| {
        let key = if **open { "drawer-collapse" } else { "drawer-expand" };
        let label = format!("{}: {}", shared.t(&format!("drawer-{side}")), shared.t(key));
        html! { <button class={classes!("fold", side)} aria-expanded={open.to_string()} aria-label={label.clone()} title={label} onclick={toggle(open)}>{ icon(Icon::Collapse) }</button> }
    };
    let tab_button = |which: Tab, key: &str| {
        let tab = tab.clone();
        let selected = (*tab == which).to_string();
        let choose = Callback::from(move |_: MouseEvent| tab.set(which));
        html! { <button aria-pressed={selected} onclick={choose}>{ shared.t(key) }</button> }
    };
    let shift = |up: bool| {
        let stop = stop.clone();
        Callback::from(move |_: MouseEvent| stop.set(if up { (*stop + 1).min(2) } else { stop.saturating_sub(1) }))
    };
    let shown = |which: Tab| (*tab == which).then_some("shown");
    html! {
        <>
            { progress(&state.phase, state.lang) }
            <ContextProvider<ReportHold> context={report}>
            <main class={classes!("plan", (!*left).then_some("no-left"), (!*right).then_some("no-right"), state.siting.open.then_some("with-siting"), STOPS[*stop])}>
                <div class="grip">
                    <div class="segments" role="group" aria-label={shared.t("drawer-left")}>
                        { tab_button(Tab::Plan, "sheet-plan") }{ tab_button(Tab::Selected, "sheet-selected") }{ tab_button(Tab::Results, "sheet-results") }
                    </div>
                    <button aria-label={shared.t("sheet-more")} disabled={*stop == 2} onclick={shift(true)}>{ icon(Icon::Up) }</button>
                    <button aria-label={shared.t("sheet-less")} disabled={*stop == 0} onclick={shift(false)}>{ icon(Icon::Down) }</button>
                </div>
                <aside class={classes!("drawer", "left", shown(Tab::Plan))} aria-label={shared.t("drawer-left")} tabindex="0">
                    if let Phase::Failed(code, detail) = &state.phase { <ErrorStrip code={code.clone()} detail={detail.clone()} /> }
                    if state.siting.open { <SitingPanel /> } else {
                    <Tour /><KeptStrip /><NoticeStrip /><PlanPanel />
                    <section class="row"><button class="btn" onclick={toggle(&table)} aria-pressed={table.to_string()}>{ icon(Icon::Table) }{ shared.t(if *table { "table-close" } else { "table-open" }) }</button>
                        { export_button(&shared) }</section>
                    }
                </aside>
                <div class="middle">
                    { fold(&left, "left") }
                    <MapView camera={*camera} {on_camera} />
                    if *table { <TableTwin /> }
                    { fold(&right, "right") }
                    <div class={classes!("holder", shown(Tab::Selected), covers(&shared).then_some("at-left"))}>
                        <FacilityCard /><PrefectureCard />
                        if state.selected.is_none() && state.prefecture.is_none() { <p class="hint only-phone">{ shared.t("selected-none") }</p> }
                    </div>
                </div>
                <aside class={classes!("drawer", "right", shown(Tab::Results))} aria-label={shared.t("drawer-right")} tabindex="0">{ results(&shared) }</aside>
            </main>
            </ContextProvider<ReportHold>>
        </>
    }
}

/// Opens what can be taken out.
fn export_button(shared: &Shared) -> Html {
    let overlay = shared.dialog.clone();
    let open = Callback::from(move |_: MouseEvent| overlay.set(Some(Dialog::Export)));
    html! { <button class="btn" id="export-open" aria-haspopup="dialog" onclick={open}>{ icon(Icon::Save) }{ shared.t("export-open") }</button> }
}

/// The card's width and its distance from the edge, in px.
const CARD_PX: f64 = 380.0;

/// True where a card on the right would lie over the symbol it speaks of.
fn covers(shared: &Shared) -> bool {
    let home = || shared.state.baseline.prefectures.iter().find(|p| Some(p.adcode) == shared.state.prefecture);
    let at = match &shared.state.selected {
        Some(id) => shared.state.position(id),
        None => home().map(|p| p.seat),
    };
    let side = at.and_then(|at| {
        shared.map.with(|m| {
            let (left, right) = m.camera().bounds;
            let width = m.project(right).0 - m.project(left).0;
            m.project(at).0 > width - CARD_PX
        })
    });
    side.unwrap_or(false)
}

/// The results: figures, coverage, or norms.
fn results(shared: &Shared) -> Html {
    let open = shared.state.results;
    let choose = {
        let shared = shared.clone();
        Callback::from(move |i: usize| {
            shared.act(ViewAction::Results(ResultsTab::shown(shared.state.siting.open)[i]));
        })
    };
    let tabs = ResultsTab::shown(shared.state.siting.open);
    let names: Vec<String> = tabs.iter().map(|tab| shared.t(&format!("results-tab-{}", tab.key()))).collect();
    let index = tabs.iter().position(|tab| *tab == open).unwrap_or(0);
    html! {
        <>
            <Tabs label={shared.t("drawer-right")} panels={tabs.iter().map(|tab| tab.key()).collect::<Vec<_>>()} {names} open={index} on_open={choose} />
            { match open {
                ResultsTab::Figures => html! { <div role="tabpanel" id="figures" aria-labelledby="figures-tab"><FiguresPanel /></div> },
                ResultsTab::Coverage => html! { <div role="tabpanel" id="coverage" aria-labelledby="coverage-tab"><CoveragePanel /></div> },
                ResultsTab::Balance => html! { <div role="tabpanel" id="balance" aria-labelledby="balance-tab"><BalancePanel /></div> },
                ResultsTab::Prices => html! { <div role="tabpanel" id="prices" aria-labelledby="prices-tab"><PricesPanel /></div> },
                ResultsTab::Siting => html! { <div role="tabpanel" id="results-siting" aria-labelledby="results-siting-tab"><SitingResults /></div> },
                ResultsTab::Norms => html! { <div role="tabpanel" id="norms" aria-labelledby="norms-tab"><NormsPanel /></div> },
            } }
        </>
    }
}

/// The bar under the top bar, with words, while anything loads.
fn progress(phase: &Phase, lang: crate::i18n::Lang) -> Html {
    let Phase::Loading(stage, done, total) = phase else { return Html::default() };
    let what = t(
        lang,
        match stage {
            Stage::First => "loading-first",
            Stage::Network => "loading-network",
            Stage::Preparing => "loading-preparing",
        },
    );
    let share = percent(*done, *total);
    let words = share
        .map_or_else(|| what.clone(), |p| tr(lang, "loading-percent", &[("what", &what), ("percent", &p.to_string())]));
    html! {
        <div class="progress" role="status">
            <i style={format!("width:{}%", share.unwrap_or(100))}></i><span>{ words }</span>
        </div>
    }
}
