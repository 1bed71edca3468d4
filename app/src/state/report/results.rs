//! What comes of the plan: main figures, coverage, balance.

use super::{
    super::{
        AppState, FigureRow,
        balance::{gap_words, objective_key, proof_key, together},
        coverage::{band_rows, fraction},
        figure_rows, range_words,
    },
    ReportPart, ReportTable,
};
use crate::i18n::{Quantity, amount_number, count, limit_words, signed, significant, t, tr};
use atlas_core::{
    allocation::Balance,
    evaluate::explain,
    model::{Cluster, PerStream, Stream},
};

/// Nothing to say.
const NONE: &str = "–";

pub fn figures(state: &AppState) -> ReportPart {
    let lang = state.lang;
    let mut part = ReportPart { key: "figures", ..ReportPart::default() };
    if state.result.is_none() || !state.has_baseline() {
        part.text.push(t(lang, "results-wait"));
        return part;
    }
    if state.is_stale() {
        part.text.push(t(lang, "report-stale"));
    }
    part.text.push(t(lang, "results-note"));
    let rows = figure_rows(state);
    let word = |key: &str| t(lang, key);
    let parameters = state.parameters();
    let number =
        |row: &FigureRow, v: Option<f64>| v.map_or_else(|| NONE.into(), |v| significant(row.quantity.scaled(v, lang)));
    let change = |row: &FigureRow, i: usize| match (row.values[i], row.base[i]) {
        (Some(now), Some(base)) => signed(row.quantity.scaled(now - base, lang)),
        _ => NONE.into(),
    };
    let all = rows.iter().map(|row| {
        let inputs = explain(row.figure, &parameters).inputs.len();
        let known = tr(lang, "report-known", &[("n", &count(inputs))]);
        let unit = row.quantity.unit(lang).to_owned();
        let mut plan = number(row, row.values[3]);
        // Where futures were drawn for the plan, the ends of the band stand behind the figure.
        let band = row.aim(3).and_then(|aim| state.plan_band(&aim)).map(|of| of.band.quantiles);
        let ends = band.map(|q| [q[0], q[4]].map(|v| row.quantity.scaled(v, lang)));
        if let Some(range) = ends.and_then(|[low, high]| range_words(lang, low, high)) {
            plan = format!("{plan} ({range})");
        }
        vec![word(row.name), unit, plan, number(row, row.base[3]), change(row, 3), known]
    });
    let head = ["report-figure", "report-unit", "report-plan", "report-base", "report-change", "report-how"];
    part.tables.push(ReportTable {
        caption: word("report-all-clusters"),
        head: head.map(word).to_vec(),
        rows: all.collect(),
        numbers: 2..5,
    });
    let each = rows.iter().map(|row| {
        let mut cells = vec![format!("{} ({})", word(row.name), row.quantity.unit(lang))];
        cells.extend((0..3).flat_map(|i| [number(row, row.values[i]), change(row, i)]));
        cells
    });
    let clusters = Cluster::ALL.map(|c| word(&format!("cluster-{}", c.key())));
    let head =
        std::iter::once(word("report-figure")).chain(clusters.into_iter().flat_map(|c| [c, word("report-change")]));
    part.tables.push(ReportTable {
        caption: word("report-by-cluster"),
        head: head.collect(),
        rows: each.collect(),
        numbers: 1..7,
    });
    part
}

/// Who is near enough to what was asked about last.
pub fn coverage(state: &AppState) -> Option<ReportPart> {
    let lang = state.lang;
    let survey = &state.survey.as_ref()?.survey;
    let q = &survey.question;
    let limit = limit_words(lang, q.measure, q.limit);
    let (what, how) = (t(lang, &format!("kind-{}", q.of.key())), t(lang, &format!("measure-{}", q.measure.key())));
    let key = format!("coverage-share-{}", q.demand.key());
    let caption = tr(lang, &key, &[("limit", &limit), ("what", &what), ("how", &how)]);
    let per_cent =
        |share: Option<f64>| share.map_or_else(|| NONE.to_owned(), |s| format!("{} %", significant(s * 100.0)));
    let row = |name: String, share| vec![name, per_cent(fraction(share, q.demand))];
    let mut rows = vec![row(t(lang, "cluster-all"), &survey.coverage.all)];
    rows.extend(Cluster::ALL.map(|c| row(t(lang, &format!("cluster-{}", c.key())), &survey.coverage.by_cluster[c])));
    let shares = ReportTable { caption, head: vec![t(lang, "report-area"), "%".into()], rows, numbers: 1..2 };
    let unit = Quantity::of_measure(q.measure).unit(lang);
    let ends = |from: f64, upto: Option<f64>| match upto {
        Some(upto) => format!("{from}–{upto}"),
        None => tr(lang, "bands-beyond", &[("from", &from.to_string())]),
    };
    let amount = |v: f64| amount_number(lang, q.demand, v);
    let mut rows: Vec<Vec<String>> = band_rows(survey)
        .iter()
        .map(|b| {
            vec![ends(b.from, b.upto), amount(b.demand.of(q.demand)), per_cent(Some(b.share)), per_cent(Some(b.within))]
        })
        .collect();
    if survey.unreachable.cells > 0 {
        let lost = survey.unreachable.of(q.demand);
        let share = Some(lost / survey.total.of(q.demand).max(f64::MIN_POSITIVE));
        rows.push(vec![t(lang, "coverage-unreachable"), amount(lost), per_cent(share), NONE.into()]);
    }
    let bands = ReportTable {
        caption: format!("{} ({unit})", t(lang, "bands-title")),
        head: vec![unit.into(), t(lang, &format!("demand-{}", q.demand.key())), "%".into(), t(lang, "bands-within")],
        rows,
        numbers: 1..4,
    };
    let text = vec![t(lang, "coverage-modelled-note")];
    Some(ReportPart { key: "coverage", text, list: vec![], tables: vec![shares, bands] })
}

type Column = (&'static str, fn(&Balance) -> f64);

const COLUMNS: [Column; 8] = [
    ("balance-collected", |b| b.collected_t),
    ("balance-corridor", |b| b.corridor_t),
    ("balance-imported", |b| b.imported_t),
    ("balance-made", |b| b.product_t),
    ("report-losses", |b| b.sorting_loss_t + b.smelting_loss_t),
    ("balance-left", |b| b.unreached_t + b.unallocated_t),
    ("balance-demand", |b| b.demand_t),
    ("balance-unmet", |b| b.unmet_t),
];

/// Who sends what where, in sums; only where it was worked out for this plan.
pub fn balance(state: &AppState) -> Option<ReportPart> {
    let answer = state.allocation.as_ref().filter(|_| !state.is_allocation_stale())?;
    let lang = state.lang;
    let q = Quantity::TonnesPerYear;
    let table = |caption: String, of: &PerStream<Balance>| {
        let all = together(of);
        let row = |(key, read): Column| {
            let mut cells = vec![t(lang, key)];
            cells.extend(Stream::ALL.map(|s| significant(q.scaled(read(&of[s]), lang))));
            cells.push(significant(q.scaled(read(&all), lang)));
            cells
        };
        let mut head = vec![format!("{} ({})", t(lang, "report-metal-content"), q.unit(lang))];
        head.extend(Stream::ALL.map(|s| t(lang, &format!("stream-{}", s.key()))));
        head.push(t(lang, "balance-all-metals"));
        let rows = COLUMNS.into_iter().map(row).collect();
        ReportTable { caption, head, rows, numbers: 1..7 }
    };
    let mut tables = vec![table(t(lang, "cluster-all"), &answer.balance)];
    tables.extend(Cluster::ALL.map(|c| table(t(lang, &format!("cluster-{}", c.key())), &answer.by_cluster[c])));
    let text = vec![
        tr(
            lang,
            "report-proof",
            &[
                ("goal", &t(lang, &format!("goal-{}", objective_key(state.document.scenario().goal.objective)))),
                ("status", &t(lang, &format!("report-proof-{}", proof_key(answer.status)))),
                ("gap", &gap_words(answer.gap)),
            ],
        ),
        t(lang, "report-balance-modelled"),
    ];
    Some(ReportPart { key: "balance", text, list: vec![], tables })
}
