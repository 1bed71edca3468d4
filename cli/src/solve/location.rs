//! Location problems: the core reads, solves and checks; here is the clock.

use super::{Args, Clock, Posed};
use crate::Refusal;
use atlas_core::format::location::{Case, Kind, Layout, Question};
use clap::ValueEnum;

pub(super) fn read(args: &Args, text: &str) -> Result<Posed, Refusal> {
    let kind = key(args.problem).and_then(|k| Kind::from_key(&k));
    let kind = kind.ok_or_else(|| super::wrong_format("dimacs"))?;
    let layout = key(args.format).and_then(|k| Layout::from_key(&k));
    let layout = layout.ok_or_else(|| super::wrong_format(kind.layouts()))?;
    let question = Question { kind, layout, p: args.p, radius: args.radius, capacity: args.capacity };
    let case = Case::read(text, &question)?;
    let seed = args.seed;
    Ok(Box::new(move |clock: &Clock| {
        let mut work = case.begin(seed)?;
        while work.step() && !clock.late() {}
        Ok(work.solved()?)
    }))
}

/// What a value is called on the command line.
fn key(value: impl ValueEnum) -> Option<String> {
    value.to_possible_value().map(|v| v.get_name().to_owned())
}
