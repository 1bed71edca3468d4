//! The map of what differs; and before and after, two maps one over the other that show the same place.

use super::{
    legend::CompareLegend,
    pair_names,
    side::{Both, use_side},
    swipe::Swipe,
};
use crate::{
    i18n::{t, tr},
    map::{
        Map,
        view::{Camera, FlowsView, Source, Territories},
    },
    panels::{legend::scale_bar, map_buttons::MapButtons, use_shared},
    state::{CompareAction, CompareMap, compared_geojson, differing_marks, side_marks},
};
use std::{cell::Cell, rc::Rc};
use yew::prelude::*;

/// A document without features.
const EMPTY: &[u8] = br#"{"type":"FeatureCollection","features":[]}"#;

#[component]
pub fn CompareMaps() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let compare = &state.compare;
    let swipe = compare.map.is_swipe();
    let containers = [use_node_ref(), use_node_ref()];
    let stage = use_node_ref();
    let camera = use_state_eq(|| None::<Camera>);
    let failed = use_state(|| None::<&'static str>);
    let at = use_state(|| 50.0);
    let led = use_memo((), |()| Rc::new(Cell::new(false)));

    let both = Both { camera: camera.clone(), failed: failed.clone(), led: Rc::clone(&led) };
    use_side(&shared, 0, true, &containers[0], &both);
    // The second is there only while two are looked at.
    use_side(&shared, 1, swipe, &containers[1], &both);
    {
        let (links, map) = (shared.sides.clone(), compare.map);
        use_effect_with(map, move |map| {
            let territories = Territories {
                of: None,
                bands: *map == CompareMap::Bands,
                difference: *map == CompareMap::Differences,
                loss: false,
                opacity: 1.0,
            };
            for link in &links {
                link.with(|m| {
                    m.set_territories(territories);
                    m.set_flows(&FlowsView { shown: *map == CompareMap::Flows, ..FlowsView::default() });
                });
            }
        });
    }
    {
        let (link, found) = (shared.sides[0].clone(), compare.differences().filter(|_| !swipe).cloned());
        use_effect_with((found.as_ref().map(Rc::as_ptr), swipe), move |_| {
            link.document(Source::Compared, found.map_or_else(|| EMPTY.to_vec(), |f| compared_geojson(&f)));
        });
    }
    {
        let (links, compare) = (shared.sides.clone(), compare.clone());
        let pair = compare.pair();
        let plans = pair.map(|(a, b)| [a, b].map(|i| Rc::as_ptr(&compare.all[i].plan)));
        let key = (plans, swipe, compare.differences().map(Rc::as_ptr));
        use_effect_with(key, move |_| {
            let Some((a, b)) = pair else { return };
            for (side, row) in [a, b].into_iter().enumerate() {
                let plan = &compare.all[row].plan;
                let lists = if swipe {
                    side_marks(plan)
                } else {
                    differing_marks(&compare.all[b].plan, compare.differences().map(|d| &**d))
                };
                links[side].with(|m| {
                    m.set_points(&lists.points);
                    m.set_facilities(&lists.facilities);
                });
            }
        });
    }
    {
        let (links, names) = (shared.sides.clone(), pair_names(&shared));
        use_effect_with((state.lang, names, swipe), move |(lang, names, swipe)| {
            let (a, b) = names.clone().unwrap_or_default();
            let words = if *swipe {
                [tr(*lang, "compare-map-before", &[("name", &a)]), tr(*lang, "compare-map-after", &[("name", &b)])]
            } else {
                [t(*lang, "compare-map-label"), String::new()]
            };
            for (link, words) in links.iter().zip(&words) {
                link.with(|m| m.set_aria_label(words));
            }
        });
    }

    let choose = |map: CompareMap| {
        let shared = shared.clone();
        let set = Callback::from(move |_: MouseEvent| shared.act(CompareAction::Map(map)));
        html! { <button id={format!("compare-map-{}", map.key())} aria-pressed={(state.compare.map == map).to_string()} onclick={set}>{ t(state.lang, &format!("compare-map-{}", map.key())) }</button> }
    };
    let (a, b) = pair_names(&shared).unwrap_or_default();
    let on_move = {
        let at = at.clone();
        Callback::from(move |to: f64| at.set(to))
    };
    let clip = format!("clip-path:inset(0 0 0 {:.2}%)", *at);
    html! {
        <section class="compare-map" aria-label={shared.t("compare-map-label")}>
            <div class="row"><h3>{ shared.t("compare-map") }</h3>
                <div class="segments" role="group" aria-label={shared.t("compare-map-choose")}>{ for CompareMap::ALL.map(choose) }</div></div>
            <div class="plate">
                <div class="stage" ref={stage.clone()} data-at={format!("{:.0}", *at)}>
                    <div id="compare-before" ref={containers[0].clone()} class="map" tabindex="-1"></div>
                    <div id="compare-after" ref={containers[1].clone()} class={classes!("map", "after", (!swipe).then_some("away"))} style={clip} tabindex="-1"></div>
                    if let Some(key) = *failed { <p class="strip nomap" role="alert">{ shared.t(key) }</p> }
                    if swipe {
                        <span class="side-name left">{ &a }</span><span class="side-name right">{ &b }</span>
                        <Swipe at={*at} {on_move} {stage} names={(a.clone(), b.clone())} />
                    }
                    <MapButtons link={shared.sides[0].clone()} />
                </div>
                <footer class="compare-margin">
                    <CompareLegend />
                    <div class="foot">{ scale_bar(*camera) }<span class="credits">{ shared.t("credit-short") }</span></div>
                </footer>
            </div>
        </section>
    }
}
