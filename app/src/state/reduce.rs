//! From a state and an action to the next state.

use super::{
    Action, AppState, Drag, EditAction, JourneyAction, LoadAction, MapLayer, Notice, Page, Phase, QuestionAction,
    SitingAction, Tale, Tool, ViewAction,
};
use atlas_core::{
    diagnostics::Diagnostic,
    model::{FacilityKind, Name},
    scenario::{Change, Document, Edit, NewFacility, Standing},
};
use std::rc::Rc;
use yew::Reducible;

impl Reducible for AppState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        let action = if next.playing.is_some() { next.while_playing(action) } else { Some(action) };
        let Some(action) = action else { return Rc::new(next) };
        match action {
            Action::Load(a) => next.load(a),
            Action::Edit(a) => next.edit(a),
            Action::View(a) => next.view(a),
            Action::Keep(a) => next.keep(a),
            Action::Siting(a) => next.site(a),
            Action::Compare(a) => next.compare(a),
            Action::Insight(a) => next.insight(a),
            Action::Response(a) => next.respond(a),
            Action::Sure(a) => next.sure(a),
            Action::Stress(a) => next.stress(a),
            Action::Carbon(a) => next.carbon(a),
            Action::Library(a) => next.library_act(a),
            Action::Story(a) => next.play(a),
            Action::Import(a) => next.import(a),
        }
        // Another plan, also while something is dragged: what was allocated before is of the plan before.
        let same_plan = Rc::ptr_eq(&self.document, &next.document) && self.drag == next.drag;
        if next.generation != self.generation && !same_plan {
            next.planned = next.generation;
        }
        Rc::new(next)
    }
}

impl AppState {
    fn load(&mut self, action: LoadAction) {
        match action {
            LoadAction::Phase(phase) => self.phase = phase,
            LoadAction::Baseline(baseline) => {
                self.document = Rc::new(Document::new(&baseline));
                self.baseline = Rc::new(*baseline);
                self.restore();
            }
            LoadAction::Ground(places, problems) => {
                self.tell(problems);
                self.places = Rc::new(places);
                self.phase = Phase::Ready;
            }
            LoadAction::Answer(answer, cells) => self.take(*answer, cells),
            LoadAction::Allocating(generation, far) => {
                if generation > self.allocated {
                    self.allocating = Some(far);
                }
            }
            LoadAction::Allocated(told) => self.take_allocation(*told),
            LoadAction::BaseAllocated(answer) => self.base_allocation = Some(Rc::new(*answer)),
        }
    }

    pub(super) fn edit(&mut self, action: EditAction) {
        if self.embed {
            return;
        }
        let baseline = Rc::clone(&self.baseline);
        let sliding = std::mem::take(&mut self.sliding);
        match action {
            EditAction::Slide(change) => {
                if sliding {
                    Rc::make_mut(&mut self.document).undo(&baseline);
                }
                self.make(change);
                self.sliding = true;
            }
            EditAction::Settle => {}
            EditAction::Make(change) => self.make(change),
            EditAction::Undo | EditAction::Redo => {
                self.drag = None;
                self.imported = None;
                if matches!(action, EditAction::Undo) && !self.document.can_undo() {
                    self.bring_back();
                    return;
                }
                let document = Rc::make_mut(&mut self.document);
                let undo = matches!(action, EditAction::Undo);
                if if undo { document.undo(&baseline) } else { document.redo(&baseline) } {
                    self.generation += 1;
                }
                self.keep_selection();
            }
            EditAction::Jump(steps) => {
                self.drag = None;
                if Rc::make_mut(&mut self.document).jump(&baseline, steps) {
                    self.generation += 1;
                }
                self.keep_selection();
            }
            EditAction::Place(at) => {
                let kind = match self.tool {
                    Tool::Select | Tool::Journey | Tool::Ring | Tool::WhyNot => return,
                    Tool::Point => FacilityKind::CollectionPoint,
                    Tool::Hub => FacilityKind::Hub,
                };
                let id = self.document.plan().free_id(kind);
                let new = NewFacility {
                    id: id.clone(),
                    kind,
                    name: self.new_name(&id, kind),
                    at,
                    metals: vec![],
                    capacity_t: None,
                };
                let before = self.generation;
                self.make(Change::Edit(Edit::Add(new)));
                if self.generation > before {
                    self.selected = Some(id);
                    self.prefecture = None;
                    self.focus = None;
                    self.tool = Tool::Select;
                }
            }
            EditAction::Delete => {
                let Some(id) = self.selected.clone() else { return };
                let Some(found) = self.document.plan().get(&id) else { return };
                let edit = match (&found.standing, found.open) {
                    (_, false) => Edit::Reopen { id },
                    (Standing::Added(_), true) => Edit::Remove { id },
                    (_, true) => Edit::Close { id },
                };
                self.make(Change::Edit(edit));
                self.keep_selection();
            }
            EditAction::DragStart(id) => {
                if let Some(at) = self.position(&id) {
                    self.selected = Some(id.clone());
                    self.prefecture = None;
                    self.drag = Some(Drag { id, from: at, at });
                }
            }
            EditAction::DragTo(at) => {
                if let Some(drag) = &mut self.drag {
                    drag.at = at;
                    self.generation += 1;
                }
            }
            EditAction::Drop => {
                if let Some(drag) = self.drag.take()
                    && drag.at != drag.from
                {
                    self.make(Change::Edit(Edit::Move { id: drag.id, to: drag.at }));
                }
            }
            EditAction::DragCancel => {
                if self.drag.take().is_some() {
                    self.generation += 1;
                }
            }
            EditAction::Open(scenario, mut problems) => {
                let (document, more) = Document::open(&baseline, scenario);
                problems.extend(more);
                // What is there already is not there twice.
                let known = self.entry_with(document.scenario());
                self.put_aside(document, known, Some(Tale::Opened));
                self.notice = (!problems.is_empty()).then(|| Rc::new(Notice { problems }));
            }
            EditAction::Rename(name) => Rc::make_mut(&mut self.document).rename(name),
            EditAction::Describe(note, author) => Rc::make_mut(&mut self.document).describe(note, author),
        }
    }

    pub(super) fn view(&mut self, action: ViewAction) {
        let wanted = self.wants_allocation();
        self.turn(action);
        // Something that shows the allocation is opened: now it is worth computing.
        if self.wants_allocation() && !wanted && self.is_allocation_stale() {
            self.generation += 1;
        }
    }

    pub(super) fn turn(&mut self, action: ViewAction) {
        match action {
            ViewAction::Lang(lang) => {
                self.responses.speak(self.lang, lang);
                self.lang = lang;
            }
            ViewAction::Theme(theme) => self.theme = theme,
            ViewAction::Page(page) => self.page = page,
            ViewAction::Sources(view) => {
                self.sources = view;
                self.page = Page::Sources;
            }
            ViewAction::Show(view) => self.show_view(&view),
            ViewAction::Tool(tool) => {
                self.tool = tool;
                if tool != Tool::Ring {
                    self.siting.drawing = None;
                }
            }
            ViewAction::Select(id) => {
                self.prefecture = None;
                if self.selected != id {
                    self.selected = id;
                    self.stream = None;
                    self.focus = None;
                    self.generation += 1;
                }
            }
            ViewAction::Stream(stream) => {
                self.stream = Some(stream);
                self.generation += 1;
            }
            ViewAction::Journey(action) => {
                let before = self.journey.query();
                if let JourneyAction::Open(open) = action {
                    if open {
                        self.site(SitingAction::Open(false));
                    }
                    self.tool = if open { Tool::Journey } else { Tool::Select };
                }
                self.journey.act(action);
                if self.journey.query() != before {
                    self.generation += 1;
                }
            }
            ViewAction::Question(action) => {
                let question = action.after(&self.question);
                if question != *self.question {
                    self.question = Rc::new(question);
                    self.generation += 1;
                }
            }
            ViewAction::Norms(action) => self.norms = Rc::new(self.norms.after(action, &self.baseline)),
            ViewAction::Results(tab) => self.results = tab,
            ViewAction::Filter(filter) => self.filter = filter,
            ViewAction::Opacity(percent) => self.layers.set_opacity_percent(percent),
            ViewAction::Tell(at) => self.told = at,
            ViewAction::Flows(action) => self.flow_filter = self.flow_filter.after(action),
            ViewAction::SpotsOf(stream) => self.spots_of = stream,
            ViewAction::TellPick(pick) => self.told_pick = pick,
            ViewAction::Layer(layer, on) => {
                self.layers.set(layer, on);
                if matches!(layer, MapLayer::Flows | MapLayer::ScrapPrices | MapLayer::Served) {
                    self.told_pick = None;
                }
                // Bands of all facilities are drawn where they are wanted only.
                if layer == MapLayer::Bands && on {
                    self.generation += 1;
                }
                if layer == MapLayer::Scrap && !on {
                    self.prefecture = None;
                }
            }
            ViewAction::ScrapOf(of) => self.layers.scrap_of = of,
            ViewAction::Prefecture(adcode) => {
                if adcode.is_some() {
                    self.turn(ViewAction::Select(None));
                    self.layers.set(MapLayer::Scrap, true);
                }
                self.prefecture = adcode;
            }
            ViewAction::Notice(notice) => self.notice = notice.map(Rc::new),
            ViewAction::Help(action) => self.help = self.help.after(action),
            ViewAction::Found(hit) => self.found(hit),
        }
    }

    pub(super) fn make(&mut self, change: Change) {
        let baseline = Rc::clone(&self.baseline);
        match Rc::make_mut(&mut self.document).make(&baseline, change) {
            Ok(()) => {
                self.generation += 1;
                self.notice = None;
                self.imported = None;
            }
            Err(e) => {
                let problem = Diagnostic::error(e.code(), "", e.to_string(), "");
                self.notice = Some(Rc::new(Notice { problems: vec![problem] }));
            }
        }
    }

    /// A selection that is gone from the plan is no selection.
    pub(super) fn keep_selection(&mut self) {
        if self.selected.as_ref().is_some_and(|id| self.document.plan().get(id).is_none()) {
            self.selected = None;
            self.focus = None;
        }
        // A question about one facility alone ends with the facility.
        if self.question.only.iter().any(|id| self.document.plan().get(id).is_none()) {
            self.question = Rc::new(QuestionAction::Only(None).after(&self.question));
        }
    }

    /// A new facility is called by its kind and number, in both languages.
    fn new_name(&self, id: &str, kind: FacilityKind) -> Name {
        let number = id.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches('0');
        match kind {
            FacilityKind::CollectionPoint => {
                Name { zh: format!("新收集点 {number}"), en: format!("New point {number}") }
            }
            FacilityKind::Hub => Name { zh: format!("新集散中心 {number}"), en: format!("New hub {number}") },
            FacilityKind::Smelter | FacilityKind::RailHub | FacilityKind::Port => Name { zh: id.into(), en: id.into() },
        }
    }
}
