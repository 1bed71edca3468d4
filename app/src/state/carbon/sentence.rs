//! What stands out, in sentences.

use super::{
    CarbonPer, CarbonRow,
    rows::{element_id, element_words, with_unit},
};
use crate::{
    i18n::{Lang, significant},
    state::{Said, said},
};
use atlas_core::{
    footprint::{ElementKind, Footprint},
    model::Mode,
};

/// A haul that everybody can picture, in kilometres.
const HAUL_KM: f64 = 500.0;

/// Two to four sentences.
#[must_use]
pub fn carbon_sentences(lang: Lang, of: &Footprint) -> Vec<Vec<Said>> {
    let all = &of.total;
    let row = |r: CarbonRow| with_unit(lang, r, CarbonPer::Year, all);
    let id = |r: CarbonRow| r.id();
    let per_cent = |share: f64| format!("{} %", significant(100.0 * share));
    let [avoided, emitted, net] = [CarbonRow::Avoided, CarbonRow::Emitted, CarbonRow::Net].map(id);
    let mut all_said = vec![said(
        lang,
        "carbon-say-net",
        &[],
        &[
            ("avoided", &avoided, row(CarbonRow::Avoided)),
            ("emitted", &emitted, row(CarbonRow::Emitted)),
            ("net", &net, row(CarbonRow::Net)),
        ],
    )];
    if let Some(share) = all.transport_share() {
        let [transport, smelting, rate] = [CarbonRow::Transport, CarbonRow::Smelting, CarbonRow::Share].map(id);
        all_said.push(said(
            lang,
            "carbon-say-transport",
            &[],
            &[
                ("transport", &transport, row(CarbonRow::Transport)),
                ("share", &rate, per_cent(share)),
                ("smelting", &smelting, row(CarbonRow::Smelting)),
            ],
        ));
    }
    let most = of.elements.iter().max_by(|a, b| a.total.kg.total_cmp(&b.total.kg)).filter(|e| e.total.kg > 0.0);
    if let Some(e) = most {
        let (name, id) = (element_words(lang, e), element_id(e));
        let share = per_cent(e.total.kg / all.transport_kg());
        all_said.push(said(lang, "carbon-say-element", &[("name", &name)], &[("share", &id, share)]));
    }
    let truck = of.elements.iter().find(|e| e.mode == Mode::Road && e.kind == ElementKind::Main);
    if let (Some(truck), Some(primary)) = (truck, of.primary.al.t_per_t) {
        let (kg, id) = (truck.intensity.kg() * HAUL_KM, element_id(truck));
        let figures = [
            ("kg", id.as_str(), format!("{} kg", significant(kg))),
            ("share", "carbon-primary-al", per_cent(kg / (1000.0 * primary))),
        ];
        all_said.push(said(lang, "carbon-say-haul", &[("km", &significant(HAUL_KM))], &figures));
    }
    all_said
}
