//! Sites for many futures on the real region: what is told of a future is what a survey under its parameters says, and no plan is better.

use atlas_core::{
    catchment::{self, Demand, Fields, Measure, survey},
    model::{FacilityKind, Region, Stream},
    scenario::{Change, Document},
    siting::{
        Status, TOLERANCE,
        planning::{
            Aim, Area, By, Candidates, Existing, Futures, Progress, Proposal, Question, Siting, SitingJob, Spot, accept,
        },
    },
    uncertainty::{Draws, Spread},
};
use atlas_tests::region;

fn within(code: &str) -> Area {
    Area { within: vec![code.into()], ring: Vec::new() }
}

fn solve(region: &Region, document: &Document, question: &Question) -> (SitingJob, Proposal) {
    let mut siting = Siting::default();
    let job = siting.begin(region, document.plan(), document.scenario(), question);
    let mut job = job.unwrap_or_else(|problems| panic!("{problems:#?}"));
    for _ in 0..20_000 {
        if let Progress::Done { .. } = job.step(&mut siting, region) {
            break;
        }
    }
    let proposal = job.proposal(region);
    (job, proposal)
}

fn futures(runs: u32, by: By) -> Option<Futures> {
    Some(Futures { runs, seed: 3, by })
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1e-12)
}

#[test]
fn a_future_is_what_a_survey_under_its_parameters_says() {
    let region = region();
    let document = Document::new(&region.baseline);
    let question = Question {
        stream: Some(Stream::Cu),
        demand: Demand::Tonnes,
        measure: Measure::Yuan,
        count: 5,
        area: within("340000"),
        futures: futures(3, By::WorstCase),
        ..Question::default()
    };
    let (_, proposal) = solve(&region, &document, &question);
    let told = proposal.futures.as_ref().expect("futures were asked about");
    assert_eq!((told.runs, told.values.len(), told.plan.band.runs), (3, 3, 3));
    let draws = Draws::new(&region.baseline.parameters, 3).unwrap().without(|key| key.starts_with("policy."));
    let asked = catchment::Question {
        measure: question.measure,
        stream: question.stream,
        demand: question.demand,
        ..catchment::Question::usual(question.kind)
    };
    for (run, [value, _]) in (0..).zip(&told.values) {
        let mut after = document.clone();
        for edit in accept(&question, &proposal, document.plan()) {
            after.make(&region.baseline, Change::Edit(edit)).unwrap();
        }
        // Speeds and the yield of hubs stay as they are; neither counts in yuan from cells to points.
        let drawn = draws.named(run).into_iter().map(|(k, v)| (k, Some(v))).collect();
        after.make(&region.baseline, Change::Parameters(drawn)).unwrap();
        let found = survey(&region, after.plan(), after.scenario(), &asked, &mut Fields::default());
        let parameters = after.scenario().parameters(&region.baseline);
        let demands = catchment::Demands::new(&region, &parameters, &after.scenario().levers);
        let inside = |row: u32| region.baseline.prefectures[row as usize].adcode / 10_000 == 34;
        let (mut sum, mut weight) = (0.0, 0.0);
        for (cell, a) in region.ground.cells.iter().zip(&found.cells).filter(|(c, _)| inside(c.prefecture)) {
            if let Some(a) = a {
                let tonnes = demands.of(cell).tonnes(question.stream);
                sum += a.value * tonnes;
                weight += tonnes;
            }
        }
        assert!(close(*value, sum / weight, 1e-6), "run {run}: {value} {}", sum / weight);
    }
    // The future is drawn, not repeated.
    assert!(!close(told.values[0][0], told.values[1][0], 1e-3));
    assert!(close(told.plan.worst, proposal.objective.unwrap(), 1e-9));
}

/// Nine places, every choice of them in every future: the objective is that of the best choice, and what is told goes with it.
#[test]
fn small_questions_have_the_answer_of_trying_all_in_all_futures() {
    let region = region();
    let document = Document::new(&region.baseline);
    let home = |c: &atlas_core::model::DemandCell| region.baseline.prefectures[c.prefecture as usize].adcode;
    let cells = region.ground.cells.iter();
    let there = |c: &&atlas_core::model::DemandCell| matches!(home(c), 340_800 | 340_700) && c.people > 0;
    let spots: Vec<Spot> =
        cells.filter(there).step_by(47).take(9).map(|c| Spot { name: String::new(), at: c.at }).collect();
    assert_eq!(spots.len(), 9);
    let base = Question {
        count: 3,
        candidates: Candidates::List(spots),
        area: Area { within: vec!["340800".into(), "340700".into()], ring: Vec::new() },
        existing: Existing::Ignore,
        demand: Demand::Tonnes,
        ..Question::default()
    };
    let questions = [
        base.clone(),
        Question { existing: Existing::Keep, stream: Some(Stream::Pb), ..base.clone() },
        Question { aim: Aim::MostCovered, limit: Some(25.0), ..base.clone() },
        Question { aim: Aim::LeastCost, site_cost: Some(60_000.0), ..base.clone() },
        Question { limit: Some(75.0), count: 4, ..base.clone() },
    ];
    for (question, by) in questions.iter().flat_map(|q| [By::Mean, By::WorstCase, By::Regret].map(|by| (q, by))) {
        let question = Question { futures: futures(7, by), ..question.clone() };
        let (job, proposal) = solve(&region, &document, &question);
        let covers = question.aim == Aim::MostCovered;
        let sign = if covers { -1.0 } else { 1.0 };
        let counted = question.aim != Aim::LeastCost;
        let mut all: Vec<Vec<f64>> = Vec::new();
        for set in 0..1u32 << 9 {
            let ids: Vec<String> = (0..9).filter(|i| set >> i & 1 == 1).map(|i| format!("list:{}", i + 1)).collect();
            if counted && ids.len() != question.count {
                continue;
            }
            let plan = job.plan_of(&region, &ids);
            if question.limit.is_some() && !covers && plan.beyond > plan.out_of_reach + 1e-6 {
                continue;
            }
            // What is told of any plan is of its own values.
            let told = plan.futures.expect("every plan is told of");
            all.push(told.values.iter().map(|v| sign * v[0]).collect());
        }
        let own: Vec<f64> = (0..7).map(|k| all.iter().map(|v| v[k]).fold(f64::INFINITY, f64::min)).collect();
        let judge = |v: &Vec<f64>| match by {
            By::Mean => v.iter().sum::<f64>() / 7.0,
            By::WorstCase => v.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            By::Regret => v.iter().zip(&own).map(|(v, o)| v - o).fold(f64::NEG_INFINITY, f64::max),
        };
        let best = all.iter().map(judge).fold(f64::INFINITY, f64::min);
        let best = if by == By::Regret { best } else { sign * best };
        let scale = all.iter().flatten().map(|v| v.abs()).fold(0.0, f64::max).max(if covers { 1.0 } else { 0.0 });
        let found = proposal.objective.expect("a plan");
        let (aim, kept) = (question.aim, question.existing);
        assert!((found - best).abs() <= 2.0 * TOLERANCE * scale, "{aim:?} {kept:?} {by:?}: {found} against {best}");
        assert_eq!(proposal.status, Status::Optimal, "{aim:?} {by:?} {:?}", proposal.gap);
        let told = proposal.futures.as_ref().unwrap();
        assert_eq!(told.better + told.alike + told.worse, 7);
        assert!(!told.same || told.alike == 7);
        let worst = |i: usize| told.values.iter().map(|v| sign * v[i]).fold(f64::NEG_INFINITY, f64::max);
        match by {
            By::Mean => assert!(told.price <= 1e-9 * scale, "{}", told.price),
            By::WorstCase => assert!(worst(0) <= worst(1) + 1e-9 * scale),
            By::Regret => {
                let ([least, most], [_, others]) = (told.plan.regret.unwrap(), told.plain.regret.unwrap());
                assert!(least <= most && most <= others + 2.0 * TOLERANCE * scale);
                assert!(least - 1e-9 * scale <= found && found <= most + 1e-9 * scale);
            }
        }
    }
}

#[test]
fn questions_that_futures_do_not_touch_are_told_so() {
    let region = region();
    let document = Document::new(&region.baseline);
    let base = Question { count: 3, area: within("340100"), futures: futures(4, By::Regret), ..Question::default() };
    // Residents do not move: sites by people are the same in all futures, and that is said.
    let (_, proposal) = solve(&region, &document, &base);
    assert!(proposal.notes.iter().any(|n| n.code == "siting-futures-alike"), "{:?}", proposal.notes);
    assert!(proposal.futures.as_ref().is_some_and(|f| f.same && f.alike == 4));
    let refused = |question: Question| {
        let found = Siting::default().begin(&region, document.plan(), document.scenario(), &question);
        found.err().expect("a refusal").into_iter().map(|d| d.code).collect::<Vec<_>>()
    };
    let many = Question { futures: futures(0, By::Mean), ..base.clone() };
    assert_eq!(refused(many), ["siting-futures-number"]);
    let many = Question { futures: futures(501, By::Mean), ..base.clone() };
    assert_eq!(refused(many), ["siting-futures-number"]);
    let longest = Question { aim: Aim::LeastLongest, ..base.clone() };
    assert_eq!(refused(longest), ["siting-futures-cannot-matter"]);
    let fewest = Question { aim: Aim::FewestSites, limit: Some(20.0), ..base.clone() };
    assert_eq!(refused(fewest), ["siting-futures-cannot-matter"]);
    let capacity =
        Question { aim: Aim::LeastCost, site_cost: Some(1e5), capacity_t: Some(5e4), demand: Demand::Tonnes, ..base };
    assert_eq!(refused(capacity), ["siting-futures-capacity"]);
    let wide = Question {
        area: Area::default(),
        demand: Demand::Tonnes,
        futures: futures(400, By::Mean),
        ..Question::default()
    };
    assert_eq!(refused(wide), ["siting-futures-too-large"]);
}

/// What a person sets is meant: it is not drawn.
#[test]
fn what_the_plan_sets_is_not_drawn() {
    let region = region();
    let mut document = Document::new(&region.baseline);
    let question = Question {
        kind: FacilityKind::Hub,
        aim: Aim::LeastCost,
        demand: Demand::Tonnes,
        area: within("340000"),
        site_cost: Some(3e6),
        futures: futures(6, By::WorstCase),
        ..Question::default()
    };
    let spread = |d: &Document| {
        let (_, proposal) = solve(&region, d, &question);
        let band = proposal.futures.unwrap().plan.band;
        (band.quantiles[4] - band.quantiles[0]) / band.mean
    };
    assert!(spread(&document) > 0.1);
    // A hair beside the table's value: what equals it is no setting of the user's.
    let drawn = Draws::new(&region.baseline.parameters, 3).unwrap();
    let near = |s: &Spread| s.mode + if s.mode < s.high { 1e-6 } else { -1e-6 } * (s.high - s.low);
    let set = drawn.keys().iter().map(|(key, s)| (key.clone(), Some(near(s))));
    document.make(&region.baseline, Change::Parameters(set.collect())).unwrap();
    assert!(spread(&document) < 1e-9);
}
