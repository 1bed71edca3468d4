//! What is said of sites in several places: on the map, in the legend, of what is wrong.

use crate::{
    app::Shared,
    i18n::{Lang, Quantity, amount_words, has, significant, tr},
    state::{Search, Shown, SitingPhase, site_name, standing_in},
};
use atlas_core::{
    diagnostics::Diagnostic,
    siting::planning::{Limit, Question, Won},
};
use yew::prelude::*;

/// The key of a limit's words.
pub const fn limit_key(limit: Limit) -> &'static str {
    match limit {
        Limit::Count => "siting-limit-count",
        Limit::Limit => "siting-limit-limit",
        Limit::Apart => "siting-limit-apart",
        Limit::Budget => "siting-limit-budget",
        Limit::Locks => "siting-limit-locks",
        Limit::Capacity => "siting-limit-capacity",
    }
}

/// What is wrong, in the page's language where it has words for it.
pub fn problem_words(shared: &Shared, d: &Diagnostic) -> String {
    let key = format!("diag-{}", d.code);
    if has(shared.state.lang, &key) {
        tr(shared.state.lang, &key, &[("subject", &subject_words(shared, d))])
    } else {
        format!("{} {}", d.message, d.remedy)
    }
}

/// Whom a diagnostic speaks of: a number of candidates, a place in both languages, a site, or what it says itself.
fn subject_words(shared: &Shared, d: &Diagnostic) -> String {
    let lang = shared.state.lang;
    match d.subject.split_once(' ') {
        Some((n, "candidates")) => tr(lang, "siting-n-candidates", &[("n", n)]),
        Some((n, "more")) => tr(lang, "siting-n-more", &[("n", n)]),
        Some((zh, en)) if d.code == "siting-out-of-reach" => if lang == Lang::Zh { zh } else { en }.to_owned(),
        _ => standing_in(&shared.state, &d.subject),
    }
}

/// Fields of the sentence that a diagnostic may speak of.
pub const SENTENCE: [&str; 8] = ["count", "kind", "stream", "measure", "candidates", "serves", "area", "futures"];
/// Fields of the list of limits, likewise.
const LIMITS: [&str; 10] =
    ["existing", "open", "closed", "limit", "apart_km", "forbidden", "budget", "site_cost", "capacity_t", "norms"];

/// True where what is wrong stands beside its field.
pub fn has_field(d: &Diagnostic) -> bool {
    SENTENCE.iter().chain(&LIMITS).any(|s| speaks_of(d, s))
}

fn speaks_of(d: &Diagnostic, field: &str) -> bool {
    d.subject.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What is wrong with a field of the question, below it.
pub fn trouble(shared: &Shared, subjects: &[&str]) -> Html {
    let state = &shared.state;
    let Some(search) = state.siting.search.as_ref().filter(|s| s.phase == SitingPhase::Refused) else {
        return Html::default();
    };
    if *search.question != state.siting.ask.asked() {
        return Html::default();
    }
    let found = search.problems.iter().filter(|d| subjects.iter().any(|s| speaks_of(d, s)));
    let lines: Vec<Html> = found.map(|d| html! { <p class="bad wrong">{ problem_words(shared, d) }</p> }).collect();
    html! { <>{ for lines }</> }
}

/// Demand won, and from whom.
pub fn won_words(shared: &Shared, q: &Question, won: &Won) -> String {
    let lang = shared.state.lang;
    let amount = amount_words(lang, q.demand, won.demand);
    match &won.from {
        Some(id) if id == Won::OTHERS => {
            tr(lang, "siting-won-from", &[("amount", &amount), ("name", &shared.t("siting-won-others"))])
        }
        Some(id) => tr(lang, "siting-won-from", &[("amount", &amount), ("name", &standing_in(&shared.state, id))]),
        None => tr(lang, "siting-won-new", &[("amount", &amount)]),
    }
}

/// A site under the pointer: rank and name, whom it serves.
pub fn site_parts(shared: &Shared, row: u32) -> Option<(String, String)> {
    let search: &Search = shared.state.siting.search.as_ref()?;
    let site = search.plan()?.sites.get(row as usize)?;
    let lang = shared.state.lang;
    let q = &search.question;
    let mean = format!("{} {}", significant(site.mean), Quantity::of_measure(q.measure).unit(lang));
    let values = [("amount", &*amount_words(lang, q.demand, site.serves)), ("mean", &*mean)];
    Some((format!("{} {}", row + 1, site_name(lang, site)), tr(lang, "siting-serves", &values)))
}

/// What the foot of the map says while the panel is open.
pub fn siting_say(shared: &Shared) -> Option<String> {
    let state = &shared.state;
    let search = state.siting.search.as_ref().filter(|_| state.siting.open)?;
    if state.are_sites_accepted() {
        return None;
    }
    let plan = search.plan().filter(|p| !p.sites.is_empty())?;
    let n = plan.sites.len().to_string();
    let key = match (search.shown, search.phase) {
        (Shown::Moved, _) => "siting-map-moved",
        (Shown::Count(_) | Shown::Alternative(_), _) => "siting-map-other",
        (Shown::Best, SitingPhase::Ways(..) | SitingPhase::Searching) => "siting-map-improving",
        (Shown::Best, _) => "siting-map-best",
    };
    Some(tr(state.lang, key, &[("n", &n)]))
}

/// The legend's column of new sites, while the panel is open.
pub fn siting_legend(shared: &Shared) -> Html {
    let item = |swatch: Html, key: &str| html! { <li>{ swatch }<span>{ shared.t(key) }</span></li> };
    html! {
        <div class="siting-legend"><h2>{ shared.t("siting-title") }</h2><ul>
            { item(html! { <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"><circle class="added" r="6.500" /><text y="3.500" text-anchor="middle">{ "1" }</text></svg> }, "siting-legend-site") }
            { item(html! { <svg width="14" height="12" viewBox="-7 -6 14 12" aria-hidden="true"><circle class="candidate" r="2.200" /></svg> }, "siting-legend-candidate") }
            { item(html! { <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true"><rect class="won-area" x=".5" y=".5" width="21" height="11" /></svg> }, "siting-legend-won") }
            { item(html! { <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true"><path class="forbidden-hatch" d="M1 11 11 1M6 11 16 1M11 11 21 1M16 11l5-5M1 6l5-5" /><rect class="forbidden-area" x=".5" y=".5" width="21" height="11" /></svg> }, "siting-legend-forbidden") }
        </ul></div>
    }
}
