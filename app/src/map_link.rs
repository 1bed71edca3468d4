//! The page's hold on the map: the newest document of each source is kept for a map that is not there yet, or comes again after
//! another page was open.

use crate::map::{AnyMap, Map, view::Source};
use atlas_core::geo::LonLat;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// A document without features.
const EMPTY: &[u8] = br#"{"type":"FeatureCollection","features":[]}"#;

/// What the worker draws of new sites.
const fn is_siting(source: Source) -> bool {
    matches!(source, Source::SitingAreas | Source::SitingCandidates)
}

/// A map that may not be there yet. Clones share it.
#[derive(Clone, Default)]
pub struct MapLink(Rc<Inner>);

#[derive(Default)]
struct Inner {
    map: RefCell<Option<AnyMap>>,
    documents: RefCell<Vec<(Source, Vec<u8>)>>,
    settled: Cell<bool>,
    /// True while new sites are shown.
    siting: Cell<bool>,
    then: RefCell<Option<Box<dyn FnOnce()>>>,
    /// Where the map was last, and where it goes as soon as it is there.
    place: Cell<Option<(LonLat, f64)>>,
    waiting: Cell<Option<(LonLat, f64)>>,
}

impl PartialEq for MapLink {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl MapLink {
    /// Takes the map and hands it what came before it.
    pub fn attach(&self, map: AnyMap) {
        for (source, document) in self.0.documents.borrow().iter() {
            if !is_siting(*source) || self.0.siting.get() {
                map.set_geojson(*source, document);
            }
        }
        if let Some((at, zoom)) = self.0.waiting.take().or(self.0.place.get()) {
            map.fly_to(at, Some(zoom));
        }
        *self.0.map.borrow_mut() = Some(map);
    }

    /// Takes a map that has its ground in common with another's: base map, names and roads come from there.
    pub fn attach_over(&self, ground: &Self, map: AnyMap) {
        const GROUND: [Source; 4] = [Source::Base, Source::Labels, Source::Detail, Source::Roads];
        for (source, document) in ground.0.documents.borrow().iter().filter(|(s, _)| GROUND.contains(s)) {
            map.set_geojson(*source, document);
        }
        self.attach(map);
    }

    /// Remembers where the map is, for the next one.
    pub fn remember(&self, at: LonLat, zoom: f64) {
        self.0.place.set(Some((at, zoom)));
    }

    /// Where the map is, or was when it was there.
    pub fn place(&self) -> Option<(LonLat, f64)> {
        self.0.place.get()
    }

    /// Goes to a place, also where the map is still to come.
    pub fn go(&self, at: LonLat, zoom: f64) {
        if self.with(|m| m.fly_to(at, Some(zoom))).is_none() {
            self.0.waiting.set(Some((at, zoom)));
        }
    }

    /// Does something once the first map is drawn, or once it is clear that there will be none.
    pub fn when_settled(&self, then: impl FnOnce() + 'static) {
        *self.0.then.borrow_mut() = Some(Box::new(then));
        if self.0.settled.get() {
            self.settle();
        }
    }

    /// The first map is drawn, or there will be none.
    pub fn settle(&self) {
        self.0.settled.set(true);
        let then = self.0.then.borrow_mut().take();
        if let Some(then) = then {
            then();
        }
    }

    /// Ends the map.
    pub fn detach(&self) {
        if let Some(map) = self.0.map.borrow_mut().take() {
            map.destroy();
        }
    }

    /// Does something with the map, where it is there.
    pub fn with<T>(&self, f: impl FnOnce(&AnyMap) -> T) -> Option<T> {
        let map = self.0.map.borrow().clone();
        map.as_ref().map(f)
    }

    /// Shows what the worker drew of new sites, or hides it: the documents stay here.
    pub fn show_siting(&self, shown: bool) {
        self.0.siting.set(shown);
        for (source, document) in self.0.documents.borrow().iter().filter(|(s, _)| is_siting(*s)) {
            self.with(|m| m.set_geojson(*source, if shown { document } else { EMPTY }));
        }
    }

    /// Hands a document to the map.
    pub fn document(&self, source: Source, document: Vec<u8>) {
        if !is_siting(source) || self.0.siting.get() {
            self.with(|m| m.set_geojson(source, &document));
        }
        let mut documents = self.0.documents.borrow_mut();
        documents.retain(|(s, _)| *s != source);
        documents.push((source, document));
    }
}
