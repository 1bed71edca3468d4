//! What the card of a facility says of its catchment: who it serves, how far they travel, and what would be lost if it
//! closed.

use crate::{
    app::Shared,
    i18n::{Lang, amount_words, limit_words, tr, way_words},
    state::ServedColumn,
};
use atlas_core::{
    catchment::{Demand, Question, Served},
    model::Facility,
};
use yew::prelude::*;

/// The rows; nothing where the facility is not among those asked about.
pub fn catchment(shared: &Shared, f: &Facility) -> Html {
    let state = &shared.state;
    // The answer about the facility in hand is as new as the pointer; the survey is that of the settled plan.
    let in_hand = state.focus.as_ref().filter(|x| x.id == f.id).and_then(|x| x.served.as_ref());
    let settled = || state.survey.as_ref().and_then(|s| s.survey.served(&f.id));
    let Some(served) = in_hand.or_else(settled) else { return Html::default() };
    let (q, lang) = (&*state.question, state.lang);
    let row = |words: String, value: String| {
        html! { <div class="cell"><dt>{ words }</dt><dd class="num"><b>{ value }</b></dd></div> }
    };
    let way = |v: Option<f64>| v.map_or_else(|| "–".into(), |v| way_words(lang, q.measure, v));
    let demand = |d: Demand, v: f64| row(shared.t(&format!("demand-{}", d.key())), amount_words(lang, d, v));
    let how = shared.t(&format!("measure-{}", q.measure.key()));
    html! {
        <div id="card-catchment" data-people={format!("{:.0}", served.demand.people)}>
            <h3>{ tr(lang, "card-catchment", &[("how", &how)]) }</h3>
            <dl class="cells">
                { demand(Demand::People, served.demand.people) }
                { demand(Demand::Households, served.demand.households) }
                { demand(Demand::Tonnes, served.demand.tonnes) }
                { row(ServedColumn::Mean.words(lang, q.measure), way(served.mean)) }
                { row(ServedColumn::P95.words(lang, q.measure), way(served.p95)) }
            </dl>
            <p id="card-loss">{ loss_words(lang, q, served) }</p>
        </div>
    }
}

/// What would be lost if it closed, in plain words.
fn loss_words(lang: Lang, q: &Question, served: &Served) -> String {
    let loss = &served.loss;
    let people = |v: f64| amount_words(lang, Demand::People, v);
    if served.demand.cells == 0 {
        return tr(lang, "loss-none", &[]);
    }
    let mut parts = Vec::new();
    if let Some(added) = loss.added_mean {
        parts.push(tr(lang, "loss-longer", &[("way", &way_words(lang, q.measure, added))]));
    }
    if loss.uncovered.people > 0.0 {
        let limit = limit_words(lang, q.measure, q.limit);
        parts.push(tr(lang, "loss-uncovered", &[("people", &people(loss.uncovered.people)), ("limit", &limit)]));
    }
    if loss.stranded.people > 0.0 {
        parts.push(tr(lang, "loss-stranded", &[("people", &people(loss.stranded.people))]));
    }
    let (between, end) = if lang == Lang::Zh { ("；", "。") } else { ("; ", ".") };
    tr(lang, "loss-if-closed", &[("parts", &(parts.join(between) + end))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{
        catchment::{Amount, Loss},
        model::FacilityKind,
    };

    fn served(loss: Loss) -> Served {
        let demand = Amount { cells: 3, people: 5000.0, ..Amount::default() };
        Served { id: "CP001".into(), demand, mean: Some(4.0), p95: Some(9.0), loss }
    }

    #[test]
    fn the_loss_says_only_what_is_lost() {
        let q = Question::usual(FacilityKind::CollectionPoint);
        let near = served(Loss { added_mean: Some(6.2), ..Loss::default() });
        let words = loss_words(Lang::En, &q, &near);
        assert!(words.contains("6.20 km") && !words.contains("people lose"), "{words}");
        let stranded = Amount { cells: 1, people: 1200.0, ..Amount::default() };
        let far = served(Loss { stranded, uncovered: stranded, ..Loss::default() });
        let words = loss_words(Lang::En, &q, &far);
        assert!(words.contains("1,200 people") && !words.contains("{"), "{words}");
        let nobody = Served { demand: Amount::default(), ..near };
        assert_eq!(loss_words(Lang::Zh, &q, &nobody), tr(Lang::Zh, "loss-none", &[]));
    }
}
