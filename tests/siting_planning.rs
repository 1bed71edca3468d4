//! From a planner's question to sites on the real region, and back: what the answer says is what a survey of the accepted plan says.

use atlas_core::{
    catchment::{self, Demand, Fields, Measure, survey},
    geo::{LonLat, haversine_m},
    model::{FacilityKind, Region, Stream},
    scenario::{Change, Document, Scenario},
    siting::{
        Status, TOLERANCE,
        planning::{
            Aim, Area, Candidates, Existing, Limit, Place, Progress, Proposal, Question, Siting, SitingJob, Spot,
            accept,
        },
    },
};
use atlas_tests::region;

const ANHUI: &str = "340000";

fn within(code: &str) -> Area {
    Area { within: vec![code.into()], ring: Vec::new() }
}

fn begin(region: &Region, document: &Document, question: &Question) -> (Siting, SitingJob) {
    let mut siting = Siting::default();
    let job = siting.begin(region, document.plan(), document.scenario(), question);
    let job = job.unwrap_or_else(|problems| panic!("{problems:#?}"));
    (siting, job)
}

/// Works a job off; at most so many slices.
fn work(region: &Region, siting: &mut Siting, job: &mut SitingJob, slices: usize) -> Progress {
    let mut last = job.step(siting, region);
    for _ in 0..slices {
        if let Progress::Done { .. } = last {
            break;
        }
        last = job.step(siting, region);
    }
    last
}

fn solve(region: &Region, document: &Document, question: &Question) -> (SitingJob, Proposal) {
    let (mut siting, mut job) = begin(region, document, question);
    work(region, &mut siting, &mut job, 3000);
    let proposal = job.proposal(region);
    (job, proposal)
}

/// The plan with a proposal accepted.
fn accepted(region: &Region, document: &Document, question: &Question, proposal: &Proposal) -> Document {
    let mut after = document.clone();
    for edit in accept(question, proposal, document.plan()) {
        after.make(&region.baseline, Change::Edit(edit)).expect("an edit that fits");
    }
    after
}

/// Ways and weights of the cells of a question by the survey.
fn ways(region: &Region, document: &Document, question: &Question) -> Vec<(f64, f64)> {
    let asked = catchment::Question {
        measure: question.measure,
        stream: question.stream,
        demand: question.demand,
        ..catchment::Question::usual(question.kind)
    };
    let found = survey(region, document.plan(), document.scenario(), &asked, &mut Fields::default());
    let parameters = &region.baseline.parameters;
    let demands = catchment::Demands::new(region, parameters, &document.scenario().levers);
    let code: u32 = question.area.within[0].parse().unwrap();
    let inside = |row: u32| region.baseline.prefectures[row as usize].adcode / 10_000 == code / 10_000;
    let cells = region.ground.cells.iter().zip(&found.cells).filter(|(c, _)| inside(c.prefecture));
    cells
        .filter_map(|(c, a)| {
            let d = demands.of(c);
            let weight = if question.demand == Demand::Tonnes { d.tonnes(question.stream) } else { d.people };
            a.map(|a| (a.value, weight))
        })
        .collect()
}

fn mean(ways: &[(f64, f64)]) -> f64 {
    ways.iter().map(|(v, w)| v * w).sum::<f64>() / ways.iter().map(|w| w.1).sum::<f64>()
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * b.abs().max(1e-12)
}

#[test]
fn an_accepted_plan_is_what_its_proposal_said() {
    let region = region();
    let document = Document::new(&region.baseline);
    for (measure, demand, stream) in [
        (Measure::Km, Demand::People, None),
        (Measure::Minutes, Demand::Tonnes, Some(Stream::Pb)),
        (Measure::Yuan, Demand::Households, None),
        (Measure::Line, Demand::People, None),
    ] {
        let question = Question { measure, demand, stream, count: 6, area: within(ANHUI), ..Question::default() };
        let (_, proposal) = solve(&region, &document, &question);
        assert_eq!(proposal.sites.len(), 6);
        let tolerance = if measure == Measure::Line { 1e-4 } else { 1e-6 };
        let before = mean(&ways(&region, &document, &question));
        assert!(close(proposal.before.unwrap(), before, tolerance), "{measure:?}: {:?} {before}", proposal.before);
        let after = accepted(&region, &document, &question, &proposal);
        let objective = mean(&ways(&region, &after, &question));
        assert!(close(proposal.objective.unwrap(), objective, tolerance), "{:?} {objective}", proposal.objective);
        assert!(proposal.objective < proposal.before);
        // What is lost without a site is what the survey says once it is closed again.
        let site = &proposal.sites[0];
        let id = after.plan().facilities().iter().find(|f| f.facility.at == site.at && f.facility.id.starts_with('U'));
        let mut without = after.clone();
        let close_it = atlas_core::scenario::Edit::Close { id: id.unwrap().facility.id.clone() };
        without.make(&region.baseline, Change::Edit(close_it)).unwrap();
        let loss = mean(&ways(&region, &without, &question)) - objective;
        assert!((site.loss - loss).abs() < tolerance.max(1e-9) * objective, "{} {loss}", site.loss);
        let won: f64 = site.won.iter().map(|w| w.demand).sum();
        assert!(close(won, site.serves, 1e-9));
        if let Some(id) = proposal.sites[1].won[0].from.as_deref() {
            assert!(document.plan().get(id).is_some());
        }
    }
}

#[test]
fn coverage_is_what_the_survey_counts() {
    let region = region();
    let document = Document::new(&region.baseline);
    let base = Question { count: 8, limit: Some(10.0), area: within(ANHUI), ..Question::default() };
    let covered = Question { aim: Aim::MostCovered, ..base.clone() };
    let (_, proposal) = solve(&region, &document, &covered);
    let share = |d: &Document, limit: f64| {
        let ways = ways(&region, d, &covered);
        let near: f64 = ways.iter().filter(|w| w.0 <= limit).map(|w| w.1).sum();
        near / ways.iter().map(|w| w.1).sum::<f64>()
    };
    assert!(close(proposal.before.unwrap(), share(&document, 10.0), 1e-9));
    let after = accepted(&region, &document, &covered, &proposal);
    assert!(close(proposal.objective.unwrap(), share(&after, 10.0), 1e-9));
    assert!(close(1.0 - proposal.beyond / proposal.demand, share(&after, 10.0), 1e-9));
    // Fewest sites: all that can be is covered.
    let fewest = Question { aim: Aim::FewestSites, limit: Some(40.0), ..base };
    let (_, proposal) = solve(&region, &document, &fewest);
    assert_eq!(proposal.objective, Some(proposal.sites.len() as f64));
    assert!(close(proposal.beyond, proposal.out_of_reach, 1e-9) || proposal.beyond == proposal.out_of_reach);
    let after = accepted(&region, &document, &fewest, &proposal);
    assert!(close(1.0 - proposal.beyond / proposal.demand, share(&after, 40.0), 1e-9));
}

#[test]
fn limits_spacing_locks_and_rings_are_kept() {
    let region = region();
    let document = Document::new(&region.baseline);
    let at = LonLat::new;
    let forbidden = vec![at(116.8, 31.4), at(117.8, 31.4), at(117.8, 32.3), at(116.8, 32.3)];
    let question = Question {
        count: 8,
        area: within(ANHUI),
        apart_km: Some(8.0),
        forbidden: vec![forbidden],
        ..Question::default()
    };
    let (job, proposal) = solve(&region, &document, &question);
    let points: Vec<LonLat> = document.plan().open(FacilityKind::CollectionPoint).map(|f| f.at).collect();
    for (i, a) in proposal.sites.iter().enumerate() {
        assert!(!(116.8..117.8).contains(&a.at.lon) || !(31.4..32.3).contains(&a.at.lat));
        assert!(points.iter().all(|p| haversine_m(*p, a.at) >= 8_000.0));
        assert!(proposal.sites[..i].iter().all(|b| haversine_m(a.at, b.at) >= 8_000.0));
    }
    assert!(proposal.notes.iter().any(|n| n.code == "siting-forbidden"));
    assert!(proposal.notes.iter().any(|n| n.code == "siting-too-near"));
    // Locked: what is not in the plan is forced in, what is in it is left out.
    let out = proposal.sites[0].id.clone();
    let mut why = job.why_not(&Place::At(at(116.5, 33.5))).unwrap();
    while why.step() {}
    let into = why.answer(&job, &region).site.id;
    let locked = Question { open: vec![into.clone()], closed: vec![out.clone()], ..question };
    let (_, proposal) = solve(&region, &document, &locked);
    assert!(proposal.sites.iter().any(|s| s.id == into) && proposal.sites.iter().all(|s| s.id != out));
}

#[test]
fn what_cannot_be_asked_is_told() {
    let region = region();
    let document = Document::new(&region.baseline);
    let base = Question { area: within(ANHUI), ..Question::default() };
    let at = LonLat::new;
    let spot = |lon, lat| Spot { name: String::new(), at: at(lon, lat) };
    let cases = [
        (Question { count: 5000, ..base.clone() }, "siting-too-many"),
        (Question { count: 0, ..base.clone() }, "siting-no-count"),
        (Question { area: within("999999"), ..base.clone() }, "siting-unknown-area"),
        (
            Question { area: Area { ring: vec![at(0.0, 0.0), at(1.0, 1.0)], ..base.area.clone() }, ..base.clone() },
            "siting-ring",
        ),
        (Question { forbidden: vec![vec![at(0.0, 0.0)]], ..base.clone() }, "siting-ring"),
        (
            Question {
                serves: Some(Area { ring: vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0)], within: vec![] }),
                ..base.clone()
            },
            "siting-no-demand",
        ),
        (Question { open: vec!["place:1".into()], closed: vec!["place:1".into()], ..base.clone() }, "siting-lock-both"),
        (Question { open: vec!["nobody".into()], ..base.clone() }, "siting-unknown-lock"),
        (Question { limit: Some(f64::NAN), ..base.clone() }, "siting-bad-number"),
        (Question { apart_km: Some(-1.0), ..base.clone() }, "siting-bad-number"),
        (Question { aim: Aim::MostCovered, ..base.clone() }, "siting-limit-needed"),
        (Question { aim: Aim::LeastCost, ..base.clone() }, "siting-no-site-cost"),
        (Question { candidates: Candidates::None, ..base.clone() }, "siting-no-candidates"),
        (Question { kind: FacilityKind::Smelter, ..base.clone() }, "siting-kind"),
        (Question { kind: FacilityKind::Hub, stream: Some(Stream::Pb), ..base.clone() }, "siting-stream-not-via-hub"),
        (Question { norms: Some("lunar".into()), ..base.clone() }, "siting-unknown-norms"),
        (
            Question { candidates: Candidates::List(vec![spot(f64::NAN, 0.0), spot(123.5, 30.0)]), ..base.clone() },
            "siting-no-candidates",
        ),
    ];
    for (question, code) in cases {
        let problems = Siting::default().begin(&region, document.plan(), document.scenario(), &question);
        let problems = problems.err().unwrap_or_else(|| panic!("{code} is not told"));
        assert!(problems.iter().any(|p| p.code == code), "{code}: {problems:#?}");
        assert!(problems.iter().all(|p| !p.remedy.is_empty()));
    }
}

#[test]
fn a_list_is_read_row_by_row() {
    let region = region();
    let document = Document::new(&region.baseline);
    let good = |name: &str, lon, lat| Spot { name: name.into(), at: LonLat::new(lon, lat) };
    let spots = vec![good("甲", 117.2, 31.8), good("", 118.5, 31.7), good("sea", 123.5, 30.0), good("bad", 200.0, 0.0)];
    let question = Question {
        count: 1,
        candidates: Candidates::List(spots),
        area: Area::default(),
        serves: Some(within(ANHUI)),
        ..Question::default()
    };
    let (_, proposal) = solve(&region, &document, &question);
    assert!(["list:1", "list:2"].contains(&proposal.sites[0].id.as_str()));
    let codes: Vec<&str> = proposal.notes.iter().map(|n| n.subject.as_str()).collect();
    assert!(codes.contains(&"list row 3") && codes.contains(&"list row 4"), "{:#?}", proposal.notes);
}

#[test]
fn clean_sheets_and_closing_are_exact() {
    let region = region();
    let document = Document::new(&region.baseline);
    for (existing, count) in [(Existing::MayClose, 20), (Existing::Ignore, 5)] {
        let question =
            Question { existing, count, candidates: Candidates::Cells, area: within("340100"), ..Question::default() };
        let (_, proposal) = solve(&region, &document, &question);
        assert_eq!(proposal.sites.len(), count);
        assert!(!proposal.closes.is_empty());
        let after = accepted(&region, &document, &question, &proposal);
        let asked = catchment::Question::usual(FacilityKind::CollectionPoint);
        let found = survey(&region, after.plan(), &Scenario::default(), &asked, &mut Fields::default());
        let (mut sum, mut people) = (0.0, 0.0);
        for (c, a) in region.ground.cells.iter().zip(&found.cells) {
            if region.baseline.prefectures[c.prefecture as usize].adcode == 340_100
                && let Some(a) = a
            {
                sum += a.value * f64::from(c.people);
                people += f64::from(c.people);
            }
        }
        assert!(
            close(proposal.objective.unwrap(), sum / people, 1e-9),
            "{existing:?} {:?} {}",
            proposal.objective,
            sum / people
        );
    }
}

#[test]
fn a_site_is_dragged_and_other_plans_are_compared() {
    let region = region();
    let document = Document::new(&region.baseline);
    let question = Question { count: 5, area: within(ANHUI), ..Question::default() };
    let (job, proposal) = solve(&region, &document, &question);
    let best = proposal.objective.unwrap();
    let site = &proposal.sites[2];
    let stays = job.moved(&region, &site.id, site.at).unwrap();
    assert!(close(stays.objective, best, 1e-12) && close(stays.site.serves, site.serves, 1e-12));
    let to = LonLat::new(site.at.lon + 0.08, site.at.lat);
    let moved = job.moved(&region, &site.id, to).unwrap();
    let mut elsewhere = proposal.clone();
    elsewhere.sites[2].at = to;
    let after = accepted(&region, &document, &question, &elsewhere);
    assert!(close(moved.objective, mean(&ways(&region, &after, &question)), 1e-9));
    assert!(
        job.moved(&region, "nobody", to).is_err() && job.moved(&region, &site.id, LonLat::new(125.0, 30.0)).is_err()
    );

    let others = job.alternatives(&region, 0.02);
    assert!(!others.plans.is_empty());
    assert!(others.plans.windows(2).all(|w| w[0].objective <= w[1].objective && w[0].sites != w[1].sites));
    for plan in &others.plans {
        assert!(plan.objective >= best * (1.0 - 1e-12) && plan.objective <= best * 1.02 * (1.0 + 1e-9));
        assert!(close(job.plan_of(&region, &plan.sites).objective.unwrap(), plan.objective, 1e-12));
        assert!(!plan.swaps.is_empty());
    }
    assert_eq!(
        others.often[0].1,
        others.plans.iter().filter(|p| p.sites.contains(&others.often[0].0)).count()
            + usize::from(proposal.sites.iter().any(|s| s.id == others.often[0].0))
    );

    let mut curve = job.curve([1, 3, 5, 8]);
    while curve.step(&job, &region) {}
    let found = curve.curve();
    assert_eq!(found.points.iter().map(|p| p.count).collect::<Vec<_>>(), [1, 3, 5, 8]);
    assert!(found.points.windows(2).all(|w| w[0].objective > w[1].objective) && found.elbow.is_some());
    assert!(close(found.points[2].objective.unwrap(), best, 1e-3));
    assert_eq!(curve.proposal(&job, &region, 3).unwrap().sites.len(), 3);

    let mut why = job.why_not(&Place::At(LonLat::new(118.0, 30.0))).unwrap();
    while why.step() {}
    let why = why.answer(&job, &region);
    assert!(why.objective.unwrap() >= best * (1.0 - 1e-12) && why.into.contains(&why.site.id));
    assert_eq!(why.out.len(), why.into.len());
}

#[test]
fn limits_that_clash_say_what_would_help() {
    let region = region();
    let document = Document::new(&region.baseline);
    let question = Question { count: 2, limit: Some(25.0), area: within(ANHUI), ..Question::default() };
    let (mut siting, mut job) = begin(&region, &document, &question);
    let Progress::Done { plan, clash } = work(&region, &mut siting, &mut job, 20_000) else { panic!("not done") };
    let clash = clash.expect("two sites are not enough");
    assert_eq!((plan.status, plan.sites.len()), (Status::Infeasible, 0));
    let to = |limit: Limit| clash.relax.iter().find(|r| r.limit == limit).and_then(|r| r.to);
    let (count, limit) = (to(Limit::Count).unwrap(), to(Limit::Limit).unwrap());
    assert!(count > 2.0 && limit > 25.0, "{clash:?}");
    // Either relaxation works.
    let more = Question { count: count as usize, ..question.clone() };
    assert!(solve(&region, &document, &more).1.objective.is_some());
    let further = Question { limit: Some(limit), ..question };
    assert!(solve(&region, &document, &further).1.objective.is_some());
    // A budget for one site does not pay three.
    let poor =
        Question { count: 3, budget: Some(150.0), site_cost: Some(100.0), area: within(ANHUI), ..Question::default() };
    let (mut siting, mut job) = begin(&region, &document, &poor);
    let Progress::Done { clash, .. } = work(&region, &mut siting, &mut job, 1000) else { panic!("not done") };
    let clash = clash.expect("a clash");
    let to = |limit: Limit| clash.relax.iter().find(|r| r.limit == limit).map(|r| (r.to, r.least));
    assert_eq!(to(Limit::Budget), Some((Some(300.0), true)), "{clash:?}");
    assert_eq!(to(Limit::Count), Some((Some(1.0), true)), "{clash:?}");
}

#[test]
fn hubs_count_the_way_in_and_the_way_on() {
    let region = region();
    let document = Document::new(&region.baseline);
    let question = Question {
        kind: FacilityKind::Hub,
        stream: Some(Stream::Al),
        demand: Demand::Tonnes,
        count: 2,
        area: within("yrd"),
        ..Question::default()
    };
    let (job, proposal) = solve(&region, &document, &question);
    assert_eq!(proposal.sites.len(), 2);
    assert!(proposal.objective < proposal.before, "{:?} {:?}", proposal.objective, proposal.before);
    // A site that stays where it is, is worth what it was.
    let site = &proposal.sites[0];
    assert!(close(job.moved(&region, &site.id, site.at).unwrap().objective, proposal.objective.unwrap(), 1e-12));
    let both = Question { stream: None, ..question };
    assert_eq!(solve(&region, &document, &both).1.sites.len(), 2);
}

#[test]
fn the_same_question_has_the_same_answer() {
    let region = region();
    let document = Document::new(&region.baseline);
    let question = Question { count: 4, area: within(ANHUI), limit: Some(60.0), ..Question::default() };
    let run = || solve(&region, &document, &question).1;
    assert_eq!(run(), run());
}

/// The size that the issue names: 20 points in a cluster, all its places and all its cells. Its time is in the bench.
#[test]
fn twenty_points_in_a_cluster_are_proved() {
    let region = region();
    let document = Document::new(&region.baseline);
    for cluster in ["yrd", "prd", "bohai"] {
        let question = Question { count: 20, area: within(cluster), ..Question::default() };
        let (_, proposal) = solve(&region, &document, &question);
        assert!(proposal.size[0] > 1000 && proposal.size[2] > 1000, "{cluster}: {:?}", proposal.size);
        assert_eq!((proposal.status, proposal.sites.len()), (Status::Optimal, 20), "{cluster}");
        assert!(proposal.gap.is_some_and(|g| g <= TOLERANCE), "{cluster}: {:?}", proposal.gap);
    }
}

/// Small questions have the answer that trying all plans finds: every plan is read by the same exact rule that the tests above hold against the survey.
#[test]
fn small_questions_have_the_answer_of_trying_all() {
    let region = region();
    let document = Document::new(&region.baseline);
    let cells = region.ground.cells.iter();
    let there = |c: &&atlas_core::model::DemandCell| {
        region.baseline.prefectures[c.prefecture as usize].adcode == 340_800 && c.people > 0
    };
    let spots: Vec<Spot> =
        cells.filter(there).step_by(41).take(9).map(|c| Spot { name: String::new(), at: c.at }).collect();
    assert_eq!(spots.len(), 9);
    let base = Question {
        count: 3,
        candidates: Candidates::List(spots),
        area: within("340800"),
        existing: Existing::Ignore,
        ..Question::default()
    };
    let cost = Some(40_000.0);
    let questions = [
        base.clone(),
        Question { existing: Existing::Keep, ..base.clone() },
        Question { apart_km: Some(40.0), ..base.clone() },
        Question { aim: Aim::MostCovered, limit: Some(30.0), ..base.clone() },
        Question { aim: Aim::LeastLongest, ..base.clone() },
        Question { aim: Aim::FewestSites, limit: Some(60.0), ..base.clone() },
        Question { limit: Some(75.0), count: 4, ..base.clone() },
        Question { aim: Aim::LeastCost, site_cost: cost, demand: Demand::Tonnes, ..base.clone() },
        Question { measure: Measure::Line, ..base.clone() },
    ];
    for question in questions {
        let (job, proposal) = solve(&region, &document, &question);
        let n = proposal.size[0];
        let ids: Vec<String> = (1..=9).map(|i| format!("list:{i}")).collect();
        let mut best: Option<f64> = None;
        let places: Vec<LonLat> = match &question.candidates {
            Candidates::List(l) => l.iter().map(|s| s.at).collect(),
            _ => Vec::new(),
        };
        for set in 0..1u32 << 9 {
            let chosen: Vec<usize> = (0..9).filter(|i| set >> i & 1 == 1).collect();
            let counted = !matches!(question.aim, Aim::FewestSites | Aim::LeastCost);
            let far = |a: usize, b: usize| {
                question.apart_km.is_none_or(|km| haversine_m(places[a], places[b]) >= km * 1000.0)
            };
            if (counted && chosen.len() != question.count)
                || chosen.iter().any(|a| chosen.iter().any(|b| a < b && !far(*a, *b)))
            {
                continue;
            }
            let plan = job.plan_of(&region, &chosen.iter().map(|i| ids[*i].clone()).collect::<Vec<_>>());
            if plan.sites.len() != chosen.len()
                || (question.limit.is_some()
                    && question.aim != Aim::MostCovered
                    && plan.beyond > plan.out_of_reach + 1e-6)
            {
                continue;
            }
            let value = plan.objective.unwrap();
            let better = |b: f64| if question.aim == Aim::MostCovered { value > b } else { value < b };
            if best.is_none_or(better) {
                best = Some(value);
            }
        }
        let found = proposal.objective;
        assert!(
            best.zip(found).is_some_and(|(b, f)| close(f, b, 1e-9)) || (best.is_none() && found.is_none()),
            "{:?}, {n} candidates: {found:?} against {best:?}\n{question:?}",
            question.aim
        );
        assert!(found.is_none() || proposal.status == Status::Optimal, "{:?}", proposal.status);
    }
}

#[test]
fn capacities_divide_demand() {
    let region = region();
    let document = Document::new(&region.baseline);
    let roomy = Question {
        aim: Aim::LeastCost,
        existing: Existing::Ignore,
        candidates: Candidates::Cells,
        demand: Demand::Tonnes,
        area: within("341200"),
        site_cost: Some(100_000.0),
        ..Question::default()
    };
    let (_, free) = solve(&region, &document, &roomy);
    let most = free.sites.iter().map(|s| s.serves).fold(0.0, f64::max);
    let tight = Question { capacity_t: Some(0.6 * most), ..roomy };
    let (job, bound) = solve(&region, &document, &tight);
    assert!(bound.objective.unwrap() >= free.objective.unwrap() * (1.0 - 1e-9));
    for s in &bound.sites {
        assert!(s.serves <= 0.6 * most * 1.001, "{} {most}", s.serves);
    }
    assert!(job.alternatives(&region, 0.05).plans.is_empty());
}
