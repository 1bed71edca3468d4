//! What is wrong with a question, or was left out of it, in words.

use super::{Aim, Limit, Measure};
use crate::{diagnostics::Diagnostic, uncertainty::DrawsRefusal};

pub(super) fn unknown_area(code: &str) -> Diagnostic {
    Diagnostic::error(
        "siting-unknown-area",
        code,
        "no cluster, province or prefecture has this code",
        "Give yrd, prd or bohai, or the six-digit code of a province (340000) or prefecture (340100) of the clusters.",
    )
}

pub(super) fn few_corners(which: &str, corners: usize) -> Diagnostic {
    Diagnostic::error(
        "siting-ring",
        which,
        format!("a ring needs 3 corners and has {corners}"),
        "Draw at least three corners, or clear the ring.",
    )
}

pub(super) fn bad_position(which: &str) -> Diagnostic {
    Diagnostic::error(
        "siting-bad-position",
        which,
        "a position is no place on earth",
        "Give longitude and latitude in degrees, longitude first.",
    )
}

pub(super) fn bad_number(which: &str, value: f64) -> Diagnostic {
    Diagnostic::error(
        "siting-bad-number",
        which,
        format!("{value} is no number that can stand here"),
        "Give a number above 0, or leave it out.",
    )
}

pub(super) fn limit_needed() -> Diagnostic {
    Diagnostic::error(
        "siting-limit-needed",
        "limit",
        "this aim counts what lies within a limit, and none is given",
        "Say how far is near enough.",
    )
}

pub(super) fn limit_measure(measure: Measure) -> Diagnostic {
    Diagnostic::error(
        "siting-limit-measure",
        "measure",
        format!("least cost counts yuan by road, and the limit is in {}", measure.key()),
        "Choose kilometres by road or yuan as the measure, or drop the limit.",
    )
}

pub(super) fn no_count() -> Diagnostic {
    Diagnostic::error("siting-no-count", "count", "0 sites are asked for", "Ask for at least one site.")
}

pub(super) fn wrong_kind(kind: &str) -> Diagnostic {
    Diagnostic::error("siting-kind", "kind", format!("a {kind} cannot be sited"), "Ask for collection points or hubs.")
}

pub(super) fn not_via_hub(stream: &str) -> Diagnostic {
    Diagnostic::error(
        "siting-stream-not-via-hub",
        "stream",
        format!("{stream} goes straight to the smelter: no hub takes it"),
        "Choose aluminium or copper, or site collection points.",
    )
}

pub(super) fn no_site_cost() -> Diagnostic {
    Diagnostic::error(
        "siting-no-site-cost",
        "site_cost",
        "the tables state no yearly cost of a collection point",
        "Say what one new site costs a year.",
    )
}

pub(super) fn no_demand() -> Diagnostic {
    Diagnostic::error(
        "siting-no-demand",
        "serves",
        "nobody whose way would count lives there",
        "Choose a larger area, or another stream.",
    )
}

pub(super) fn no_candidates() -> Diagnostic {
    Diagnostic::error(
        "siting-no-candidates",
        "candidates",
        "no place is left where a site may stand",
        "Choose a larger area or other candidates, or relax spacing, forbidden areas and norms; see the notes for what was left out.",
    )
}

pub(super) fn too_many(asked: usize, sites: usize) -> Diagnostic {
    Diagnostic::error(
        "siting-too-many",
        "count",
        format!("{asked} sites are asked for, and {sites} may be open"),
        "Ask for fewer sites, or widen area and candidates.",
    )
}

pub(super) fn locked_open(locked: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "siting-locked-open",
        "open",
        format!("{locked} sites are locked open, and {most} are asked for"),
        "Ask for more sites, or unlock some.",
    )
}

pub(super) fn locked_row(limit: Limit) -> Diagnostic {
    let what = match limit {
        Limit::Budget => "cost more than the budget",
        _ => "stand too near to each other",
    };
    Diagnostic::error(
        "siting-locked-row",
        "open",
        format!("sites that are locked open {what}"),
        "Unlock one of them, or relax the limit.",
    )
}

pub(super) fn both_ways(id: &str) -> Diagnostic {
    Diagnostic::error("siting-lock-both", id, "is locked open and locked closed", "Keep one of the two locks.")
}

pub(super) fn unknown_lock(id: &str, why: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "siting-unknown-lock",
        id,
        why.map_or_else(
            || "is neither a facility of this kind nor a candidate".to_owned(),
            |why| format!("is locked open, and was left out of the candidates: {why}"),
        ),
        "Take it off the list of locks, or change what leaves it out.",
    )
}

pub(super) fn too_large(pairs: usize) -> Diagnostic {
    Diagnostic::error(
        "siting-too-large",
        "limit",
        format!("more than {pairs} pairs of demand and candidates lie within the limit"),
        "Choose a smaller limit, a smaller area, or places instead of cells as candidates.",
    )
}

pub(super) fn off_network(subject: &str, km: f64) -> Diagnostic {
    Diagnostic::warning(
        "siting-off-network",
        subject,
        format!("{km:.1} km from every road of the map"),
        "It was left out; move it nearer to a road.",
    )
}

pub(super) fn outside(subject: &str) -> Diagnostic {
    Diagnostic::warning(
        "siting-outside",
        subject,
        "in the sea or outside of the clusters",
        "It was left out; check its position.",
    )
}

pub(super) fn bad_spot(subject: &str) -> Diagnostic {
    Diagnostic::warning(
        "siting-bad-spot",
        subject,
        "its position is no place on earth",
        "It was left out; give longitude and latitude in degrees, longitude first.",
    )
}

pub(super) fn more_like_it(code: &str, count: usize) -> Diagnostic {
    Diagnostic::warning(code, format!("{count} more"), "left out for the same reason", "See those listed before.")
}

pub(super) fn left_out(code: &str, count: usize, why: &str) -> Diagnostic {
    Diagnostic::warning(
        code,
        format!("{count} candidates"),
        format!("left out: {why}"),
        "Change that limit if they should take part.",
    )
}

pub(super) fn norm_unchecked(norm: &str) -> Diagnostic {
    Diagnostic::warning(
        "siting-norm-unchecked",
        norm,
        "whether a site keeps it does not depend on its place alone, or the data do not say",
        "Check the norms of the plan once the sites are in it.",
    )
}

pub(super) fn unknown_profile(key: &str) -> Diagnostic {
    Diagnostic::error(
        "siting-unknown-norms",
        key,
        "there is no set of norms of this name",
        "Choose one of the sets that are offered.",
    )
}

pub(super) fn out_of_reach(demand: f64, unit: &str, where_: &str) -> Diagnostic {
    Diagnostic::warning(
        "siting-out-of-reach",
        where_,
        format!("{demand:.0} {unit} are out of reach of every facility and every candidate"),
        "They bind nothing in this question; add candidates nearer to them, or raise the limit.",
    )
}

pub(super) fn longest_stays(stays: f64, others: f64) -> Diagnostic {
    Diagnostic::warning(
        "siting-longest-stays",
        format!("{others:.1}"),
        format!(
            "some demand stays at {stays:.1} whatever is built, because no candidate is nearer; the longest way of all other demand is {others:.1}"
        ),
        "Add candidates nearer to that demand, or ask about a smaller area.",
    )
}

pub(super) fn unposed(why: &str) -> Diagnostic {
    Diagnostic::error("siting-unposed", "question", why.to_owned(), "Change the limits of the question and ask again.")
}

pub(super) fn with_capacity() -> Diagnostic {
    Diagnostic::error(
        "siting-with-capacity",
        "capacity_t",
        "with capacities who goes where would have to be solved anew",
        "Lock the site where it should be and ask again, or leave the capacity out.",
    )
}

pub(super) fn futures_number(runs: u32) -> Diagnostic {
    Diagnostic::error(
        "siting-futures-number",
        runs.to_string(),
        format!("{runs} futures are asked for"),
        "Ask for 1 to 500 futures, or for the table's values alone.",
    )
}

pub(super) fn futures_cannot_matter(aim: Aim) -> Diagnostic {
    let what = match aim {
        Aim::FewestSites => "the fewest sites that keep a limit",
        _ => "the longest way",
    };
    Diagnostic::error(
        "siting-futures-cannot-matter",
        "futures",
        format!(
            "{what} rest on where people live and on the roads, which are not drawn: all futures have the same answer"
        ),
        "Ask for the table's values, or for the mean way, the covered share or the least cost.",
    )
}

pub(super) fn futures_capacity() -> Diagnostic {
    Diagnostic::error(
        "siting-futures-capacity",
        "capacity_t",
        "with capacities who goes where would have to be solved anew in every future",
        "Leave the capacity out, or ask for the table's values.",
    )
}

pub(super) fn futures_too_large(most: usize) -> Diagnostic {
    Diagnostic::error(
        "siting-futures-too-large",
        most.to_string(),
        format!("so many places of demand can be looked at in {most} futures at most"),
        "Ask for fewer futures, or about a smaller area.",
    )
}

pub(super) fn futures_draws(refusal: &DrawsRefusal) -> Diagnostic {
    Diagnostic::error(
        "siting-futures-draws",
        "futures",
        refusal.to_string(),
        "Mend that row of the table and ask again.",
    )
}

pub(super) fn futures_alike() -> Diagnostic {
    Diagnostic::warning(
        "siting-futures-alike",
        "futures",
        "nothing that is drawn changes whose way counts how much: all futures agree on which sites are best",
        "Count demand in tonnes, or ask for the least cost, to see what futures change.",
    )
}

pub(super) fn futures_not_yet() -> Diagnostic {
    Diagnostic::warning(
        "siting-futures-not-yet",
        "futures",
        "the search was stopped before it came to the futures: these are sites for the table's values",
        "Let it go on.",
    )
}
