//! A proposal becomes edits of the plan.

use super::{Proposal, Question};
use crate::{
    model::{FacilityKind, Metal, Name},
    scenario::{Edit, NewFacility, Plan},
};
use std::collections::BTreeSet;

/// The edits that put a proposal into a plan: closures, what opens again, and new facilities with ids that are free in it.
#[must_use]
pub fn accept(question: &Question, proposal: &Proposal, plan: &Plan) -> Vec<Edit> {
    let is_open = |id: &str| plan.get(id).map(|p| p.open);
    let mut edits: Vec<Edit> = proposal
        .closes
        .iter()
        .filter(|id| is_open(id) == Some(true))
        .map(|id| Edit::Close { id: id.clone() })
        .collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let first = plan.free_id(question.kind);
    let letters: String = first.chars().take_while(char::is_ascii_alphabetic).collect();
    let mut number: u32 = first[letters.len()..].parse().unwrap_or(1);
    for site in &proposal.sites {
        if site.existing {
            if is_open(&site.id) == Some(false) {
                edits.push(Edit::Reopen { id: site.id.clone() });
            }
            continue;
        }
        let mut id = format!("{letters}{number:03}");
        while plan.get(&id).is_some() || taken.contains(&id) {
            number += 1;
            id = format!("{letters}{number:03}");
        }
        taken.insert(id.clone());
        // A hub for one stream takes that stream's metals; a collection point takes all.
        let metals = match (question.kind, question.stream) {
            (FacilityKind::Hub, Some(stream)) => Metal::ALL.into_iter().filter(|m| m.stream() == stream).collect(),
            _ => Vec::new(),
        };
        edits.push(Edit::Add(NewFacility {
            id,
            kind: question.kind,
            name: Name { zh: site.zh.clone(), en: site.en.clone() },
            at: site.at,
            metals,
            capacity_t: question.capacity_t,
        }));
    }
    edits
}
